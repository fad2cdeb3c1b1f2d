"""How long ten thousand vCards take to be read and kept, and whether they are who was written."""

import io
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from fieldguide.domain.people import Person
from fieldguide.domain.script import HANZI
from fieldguide.services.notebook import open_notebook
from fieldguide.services.people_import import Arrival, CardFile
from fieldguide.services.vcard import vcard
from fieldguide.services.vcard_reader import Card, read_cards
from tests.bench.people import crowd

Figure = tuple[str, float, str, float | None]

CARDS = 10_000


def figures() -> list[Figure]:
    """Name, value, unit and the limit (a lower one when negative) of each figure."""
    # A name of an organisation in hanzi is read as such wherever it was written.
    people = [
        one for one in crowd(CARDS * 3 // 2, 0)[0] if not _in_hanzi(one.roles[0].organisation)
    ]
    people = people[:CARDS]
    file = io.BytesIO("".join(vcard(one, private=True) for one in people).encode())
    began = time.perf_counter()
    cards = list(read_cards(file, origin=""))
    took = time.perf_counter() - began
    pairs = zip(cards, people, strict=True)
    same = sum(isinstance(card, Card) and card.person == one for card, one in pairs)
    return [
        (f"{len(people):,} vCards read in", took, "s", 10.0),
        ("of them, the same person as was written", same / len(people), "", -1.0),
        *_imported(people),
    ]


def _imported(people: Sequence[Person]) -> list[Figure]:
    """The whole way from a file into the notebook and back out by the one undo."""
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        path = Path(folder) / "team.vcf"
        path.write_text("".join(vcard(one, private=True) for one in people), "utf-8", newline="")
        book = open_notebook(Path(folder) / "profile", create=True)
        began, longest, arrival = time.perf_counter(), 0.0, Arrival()
        file, last = CardFile(path), False
        while not last:
            piece = file.next()
            last, started = piece.last, time.perf_counter()
            arrival += book.reception.receive(piece)
            longest = max(longest, time.perf_counter() - started)
        took = time.perf_counter() - began
        file.close()
        kept = book.people.count()
        began = time.perf_counter()
        for one in arrival.pieces():
            book.reception.take_back(one)
        back, left = time.perf_counter() - began, book.people.count()
        book.close()
    return [
        (f"{len(people):,} vCards imported into the notebook", took, "s", 10.0),
        ("longest that a note waits for it meanwhile", longest * 1_000, "ms", 1_000.0),
        ("of them, kept", kept / len(people), "", -1.0),
        ("the import taken back", back, "s", None),
        ("people left behind by that", float(left), "", 0.0),
    ]


def _in_hanzi(text: str) -> bool:
    return HANZI.search(text) is not None
