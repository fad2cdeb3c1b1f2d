"""Open questions: those prepared and those in notes, each once until it is answered or dropped."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide.domain.entries import Asked, Question
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.open_questions import holding, open_questions, settle

PARK, VISIT = Ref("organisation", "biobay"), Ref("visit", "biobay-2013")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    book = open_notebook(tmp_path / "profile", create=True)
    book.questions.add(Question("Per month?"), PARK, title="BioBAY")
    note = book.start(PARK, "BioBAY", VISIT)
    book.save(note.id, "?: Who are the other 100?\n?: \nF: 330", note.revision.id)
    yield book
    book.close()


def texts(book: Notebook, words: str = "") -> list[str]:
    return [one.value.text for one in holding(open_questions(book), words)]


def test_they_are_found_by_words_of_theirs_and_of_their_record(book: Notebook) -> None:
    assert texts(book) == ["Per month?", "Who are the other 100?"]
    assert texts(book, "MONTH") == ["Per month?"]
    assert texts(book, "biobay") == texts(book)
    assert {one.title for one in open_questions(book)} == {"BioBAY"}


@pytest.mark.parametrize("state", [Asked.ANSWERED, Asked.DROPPED])
def test_one_that_is_settled_is_gone_until_that_is_taken_back(book: Notebook, state: Asked) -> None:
    before = open_questions(book)
    for one in before:
        undo = settle(book, one, state, "Yes")
        assert one.value.text not in texts(book)
        undo(book)
        assert open_questions(book) == before


def test_one_that_was_asked_waits_for_its_answer(book: Notebook) -> None:
    line = open_questions(book)[1]
    settle(book, line, Asked.ASKED)
    (asked,) = [one for one in open_questions(book) if one.value.state is Asked.ASKED]
    assert (asked.value.text, asked.about, asked.visit) == (line.value.text, PARK, VISIT)


def test_a_line_that_is_answered_twice_from_one_list_is_one_question(book: Notebook) -> None:
    line = open_questions(book)[1]
    settle(book, line, Asked.ASKED)
    settle(book, line, Asked.ANSWERED, "Yes")
    assert [one.value.answer for one in book.questions.all()] == ["", "Yes"]
