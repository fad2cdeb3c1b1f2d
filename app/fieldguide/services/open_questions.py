"""All that was to be asked and has no answer yet, wherever it was prepared or written down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from fieldguide.domain.entries import Asked, Question
from fieldguide.domain.notes import LineKind
from fieldguide.domain.records import Ref
from fieldguide.domain.script import fold
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import LINE

WAITING: Final = (Asked.OPEN, Asked.ASKED)


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """One question; ``entry`` is empty for a line of a note that nothing was done with yet."""

    value: Question
    entry: str = ""
    about: Ref | None = None
    title: str = ""
    """That of the record it is about, as it was then."""
    visit: Ref | None = None
    note: str = ""
    """The note that it stands in, for a line."""
    written: datetime | None = None


def open_questions(book: Notebook) -> list[OpenQuestion]:
    """Those without an answer; runs on the notes' thread."""
    entries = book.questions.all()
    known = {(one.value.origin, one.value.text) for one in entries}
    found = [
        OpenQuestion(one.value, one.id, one.about, one.title, one.visit, "", one.created)
        for one in entries
        if one.value.state in WAITING
    ]
    for line in book.lines([LineKind.QUESTION]):
        origin = f"{LINE}:{line.note}"
        if line.text.strip() and (origin, line.text) not in known:
            value = Question(line.text, origin=origin)
            found.append(
                OpenQuestion(value, "", line.about, line.title, line.visit, line.note, line.created)
            )
    return found


def holding(questions: Iterable[OpenQuestion], words: str) -> list[OpenQuestion]:
    """Those that hold some words, themselves or in the title of their record."""
    sought = fold(words.strip())
    return [one for one in questions if sought in fold(f"{one.value.text} {one.title}")]


def settle(
    book: Notebook, question: OpenQuestion, state: Asked, answer: str = ""
) -> Callable[[Notebook], object]:
    """Answer one, say that it was asked, or drop it; the answer takes that back."""
    before = question.value
    after = replace(before, state=state, answer=answer or before.answer)
    kept = question.entry or _kept(book, before)
    if kept:
        book.questions.edit(kept, lambda _: after)
        return lambda own: own.questions.edit(kept, lambda _: before)
    entry = book.questions.add(after, question.about, title=question.title, visit=question.visit)
    return lambda own: own.questions.remove(entry.id)


def _kept(book: Notebook, value: Question) -> str:
    """The entry that was made of a line since it was listed; empty for none."""
    same = (
        one.id
        for one in book.questions.all()
        if (one.value.origin, one.value.text) == (value.origin, value.text)
    )
    return next(same, "")
