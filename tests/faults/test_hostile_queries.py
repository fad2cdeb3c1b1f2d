"""Whatever is typed, in any length, is answered: in the guide and in the notes."""

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, open_notebook
from tests.queries.expectations import hostile_texts, queries

ROUNDS = 4_000
SLOWEST_S = 1.0
PIECES = (
    '"', "'", "*", "(", ")", "^", "-", "+", ":", "{", "}", "NEAR(", " AND ", " OR ", " NOT ", "\\",
    "%", "_", "--", ";", "\0", "\n", "\t", "\u200b", "\u202e", "\ufeff", "\ud800", "\udcff", "😀",
    "👩‍🔬", "仁", "济医院", "ﬁ", "ß", "İ", "́", "ｒｅｎｊｉ", "①", "³", "٣", "renji", "4,475", "30 May",
    "09:00", "@", "a" * 300, "仁" * 300, " " * 300,
)  # fmt: skip


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "profile", create=True)
    for text in ("F: 仁济医院 4,475 staff", "Q: renji?", "\ud800 “half” 😀"):
        note = opened.start(None, "")
        opened.save(note.id, text, note.revision.id)
    yield opened
    opened.close()


def soup() -> Iterator[str]:
    """Pieces that mean something to some reader, in any order; and real questions, spoilt."""
    chance = random.Random(20130529)
    real = [query.text for query in queries()]
    for number in range(ROUNDS):
        if number % 3 == 0:
            text = chance.choice(real)
            place = chance.randrange(len(text) + 1)
            yield text[:place] + chance.choice(PIECES) + text[place:]
        elif number % 3 == 1:
            yield "".join(chance.choice(PIECES) for _ in range(chance.randint(1, 12)))
        else:
            yield "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randint(1, 30)))


def test_the_guide_answers_anything(guide: Guide) -> None:
    for text in [*hostile_texts(), *soup()]:
        began = time.perf_counter()
        found = guide.search(text)
        assert time.perf_counter() - began < SLOWEST_S, ascii(text[:200])
        assert len(found.hits) <= 20


def test_the_notes_answer_anything(notebook: Notebook) -> None:
    for text in [*hostile_texts(), *soup()]:
        began = time.perf_counter()
        notebook.search(text)
        assert time.perf_counter() - began < SLOWEST_S, ascii(text[:200])


@pytest.mark.parametrize("length", [10_000, 1_000_000])
@pytest.mark.parametrize("piece", ["a", "renji ", "仁", '"', "😀", "\0", "1,", "e\u0301"])
def test_a_pasted_book_is_answered_soon(guide: Guide, piece: str, length: int) -> None:
    text = piece * (length // len(piece))
    began = time.perf_counter()
    guide.search(text)
    assert time.perf_counter() - began < SLOWEST_S
