"""How long ten thousand vCards take to be read, and whether they are the people that were written."""

import io
import time

from fieldguide.domain.script import HANZI
from fieldguide.services.vcard import vcard
from fieldguide.services.vcard_reader import import_cards
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
    imported = import_cards(file, origin="")
    took = time.perf_counter() - began
    same = sum(card.person == one for card, one in zip(imported.cards, people, strict=True))
    return [
        (f"{len(people):,} vCards read in", took, "s", 10.0),
        ("of them, the same person as was written", same / len(people), "", -1.0),
    ]


def _in_hanzi(text: str) -> bool:
    return HANZI.search(text) is not None
