"""The history of a note: saves gathered into steps, and bulk changes taken back."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.domain.difference import Change
from fieldguide.domain.notes import Note, Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.timeline import GLANCE, Deed, Step, compared, counts, glance, timeline
from tests.unit.clock import TUESDAY, Clock

BIOBAY = Ref("organisation", "biobay")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "profile", create=True, clock=clock)
    yield opened
    opened.close()


def write(book: Notebook, text: str) -> Note:
    note = book.start(BIOBAY, "BioBAY")
    return book.save(note.id, text, note.revision.id)


def deeds(book: Notebook, note: Note) -> list[Deed]:
    return [step.deed for step in timeline(book, note.id).steps]


def test_saves_without_a_pause_are_one_step_and_a_pause_begins_another(
    book: Notebook, clock: Clock
) -> None:
    note = write(book, "F: 330")
    for text in ("F: 330 companies", "F: 330 companies\nQ Gao: come"):
        clock.wait(minutes=1)
        note = book.save(note.id, text, note.revision.id)
    clock.wait(minutes=12)
    note = book.save(note.id, "F: 330 firms\nQ Gao: come\n?: who", note.revision.id)
    told = timeline(book, note.id)
    assert told.saves == 5
    assert [(step.deed, step.saves) for step in told.steps] == [(Deed.WRITTEN, 1), (Deed.BEGUN, 4)]
    last, first = told.steps
    assert (last.added, last.changed, last.removed, last.lines) == (1, 1, 0, 3)
    assert (first.added, first.lines) == (2, 2)
    assert last.before == first.saved.id


def test_writing_for_long_or_past_midnight_or_with_a_clock_set_back_begins_another_step(
    book: Notebook, clock: Clock
) -> None:
    note = write(book, "0")
    for number in range(40):
        clock.wait(minutes=1)
        note = book.save(note.id, f"{number + 1}", note.revision.id)
    assert [step.saves for step in timeline(book, note.id).steps] == [10, 32]
    clock.wait(minutes=-1)
    note = book.save(note.id, "set back", note.revision.id)
    clock.now = TUESDAY.replace(hour=23, minute=59)
    note = book.save(note.id, "late", note.revision.id)
    clock.wait(minutes=2)
    note = book.save(note.id, "after midnight", note.revision.id)
    assert [step.when.day for step in timeline(book, note.id).steps] == [29, 28, 28, 28, 28]


def test_each_kind_of_change_is_a_step_of_its_own(book: Notebook) -> None:
    note = write(book, "one")
    book.set_visibility(note.id, Visibility.ORGANISER)
    book.change([note.id], lambda draft: replace(draft, about=None, title=""))
    book.delete(note.id)
    book.restore(note.id)
    expected = [Deed.TAKEN_OUT, Deed.TRASHED, Deed.FILED, Deed.READERS, Deed.BEGUN]
    assert deeds(book, note) == expected


def test_two_who_write_at_once_are_two_rows_of_steps_and_are_settled(book: Notebook) -> None:
    base = write(book, "base")
    mine, theirs = base, base
    for number in range(3):
        mine = book.save(base.id, f"mine {number}", mine.revision.id)
        theirs = book.save(base.id, f"theirs {number}", theirs.revision.id)
    told = timeline(book, base.id)
    assert [note.text for note in told.versions] == ["mine 2", "theirs 2"]
    assert sum(step.beside for step in told.steps) == 1
    assert sum(step.saves for step in told.steps) == told.saves == 8
    book.settle(base.id, "both")
    assert deeds(book, base)[0] is Deed.SETTLED
    assert len(timeline(book, base.id).versions) == 1


def test_a_text_brought_back_says_when_it_stood_before(book: Notebook, clock: Clock) -> None:
    note = write(book, "tuesday")
    clock.wait(days=1)
    note = book.save(note.id, "wednesday", note.revision.id)
    clock.wait(hours=1)
    note = book.save(note.id, "tuesday", note.revision.id)
    newest, _, oldest = timeline(book, note.id).steps
    assert newest.again == oldest.when == TUESDAY
    assert oldest.again is None
    assert [revision.draft.text for revision in book.history(note.id)] == [
        "tuesday",
        "wednesday",
        "tuesday",
        "",
    ]


def test_any_two_states_can_be_compared(book: Notebook) -> None:
    note = write(book, "one\ntwo")
    old = note.revision.id
    note = book.save(note.id, "one\nthree", note.revision.id)
    found = compared(book, note.id, old, note.revision.id)
    assert found.difference.count(Change.REMOVED) == 1
    assert compared(book, note.id, "", old).difference.count(Change.ADDED) == 2
    with pytest.raises(BadRequest):
        compared(book, write(book, "other").id, "", old)


def test_there_is_no_history_of_a_note_that_is_not_there(book: Notebook) -> None:
    with pytest.raises(BadRequest):
        timeline(book, "none")


def test_many_long_saves_are_gathered_without_reading_every_text(
    book: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldguide.services.timeline.MOST_TEXT", 60)
    note = write(book, "a" * 20)
    for visibility in (Visibility.ORGANISER, Visibility.MINE, Visibility.PUBLISHABLE):
        note = book.set_visibility(note.id, visibility)
        note = book.save(note.id, note.text + f"\n{visibility}", note.revision.id)
    steps: tuple[Step, ...] = timeline(book, note.id).steps
    assert [step.lines for step in steps] == [4, 0, 0, 0, 0, 0, 0]
    assert [step.saves for step in steps] == [1, 1, 1, 1, 1, 1, 2]


def type_for_days(book: Notebook, clock: Clock, saves: int) -> Note:
    """Ten saves in a row, then a pause; CRLF and hanzi as they come."""
    note = write(book, "begun")
    for number in range(saves):
        clock.wait(minutes=1 if number % 10 else 60)
        note = book.save(note.id, f"生物 {number // 10}\r\nline {number}", note.revision.id)
    return note


def test_a_glance_at_a_long_history_tells_its_last_steps_as_the_whole_does(
    book: Notebook, clock: Clock
) -> None:
    note = type_for_days(book, clock, GLANCE + 55)
    first, whole = glance(book, note.id), timeline(book, note.id)
    assert (first.whole, whole.whole) == (False, True)
    assert first.saves == whole.saves == GLANCE + 57
    assert len(first.steps) == 20
    assert len(whole.steps) == 27
    for step, other in zip(first.steps, whole.steps, strict=False):
        assert step == (other if step.counted else replace(step, saved=other.saved))
    assert counts(book, note.id, first.steps) == whole.steps[: len(first.steps)]


def test_a_glance_at_an_hour_of_typing_without_a_pause_is_the_whole(
    book: Notebook, clock: Clock
) -> None:
    note = write(book, "0")
    for number in range(GLANCE + 20):
        clock.wait(seconds=5)
        note = book.save(note.id, f"{number}", note.revision.id)
    told = glance(book, note.id)
    assert told.whole
    assert [step.saves for step in told.steps] == [GLANCE + 21]


def test_a_bulk_change_is_undone_note_by_note(book: Notebook) -> None:
    notes = [write(book, text) for text in ("one", "two", "three")]
    book.set_visibility(notes[1].id, Visibility.PUBLISHABLE)
    ids = [note.id for note in notes]
    changed = book.change(ids, lambda draft: replace(draft, visibility=Visibility.ORGANISER))
    assert {book.note(one).visibility for one in ids} == {Visibility.ORGANISER}
    later = book.note(ids[2])
    book.save(later.id, "three and more", later.revision.id)
    book.change_back(changed)
    seen = [book.note(one) for one in ids]
    assert [note.visibility for note in seen] == ["mine", "publishable", "mine"]
    assert [note.text for note in seen] == ["one", "two", "three and more"]
    assert all(len(note.heads) == 1 for note in seen)


def test_a_bulk_change_changes_all_or_nothing(book: Notebook) -> None:
    note = write(book, "one")
    with pytest.raises(BadRequest):
        book.change([note.id, "none"], lambda draft: replace(draft, deleted=True))
    assert not book.note(note.id).deleted


def test_undoing_the_deletion_of_a_note_in_conflict_brings_each_version_back(
    book: Notebook,
) -> None:
    base = write(book, "base")
    book.save(base.id, "mine", base.revision.id)
    book.save(base.id, "theirs", base.revision.id)
    changed = book.change([base.id], lambda draft: replace(draft, deleted=True))
    assert not book.notes()
    book.change_back(changed)
    assert [note.text for note in book.versions(base.id)] == ["mine", "theirs"]
    assert len(book.notes()) == 1
