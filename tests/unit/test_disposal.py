"""The trash: what lies in it goes after thirty days of use, and never by a clock that is wrong."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from fieldguide.domain.attachments import Attachment
from fieldguide.domain.entries import Question
from fieldguide.domain.notes import Note
from fieldguide.domain.people import Person, PersonName
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services.attachments import look_at
from fieldguide.services.disposal import Gone
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.shelf import Entry, FileEntry, Part, Wanted
from tests.unit.clock import TUESDAY, Clock

BIOBAY = Ref("organisation", "biobay")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "profile", create=True, clock=clock)
    go_through_a_start(opened)
    yield opened
    opened.close()


def write(book: Notebook, text: str) -> Note:
    note = book.start(BIOBAY, "BioBAY")
    return book.save(note.id, text, note.revision.id)


def attach(book: Notebook, note: Note, data: bytes) -> Attachment:
    return book.album.attach(note.id, look_at(f"{data.decode()}.bin", data))


def rows(book: Notebook, table: str) -> int:
    return int(book._db._conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def go_through_a_start(book: Notebook) -> list[str]:
    """What the program does at its start, when the backup went well."""
    gone = book.disposal.purge() if book.disposal.look() else Gone()
    return [*(card.opening for card in gone.notes), *gone.files]


def use_daily(book: Notebook, clock: Clock, days: int) -> list[str]:
    gone: list[str] = []
    for _ in range(days):
        clock.wait(days=1)
        gone += go_through_a_start(book)
    return gone


def trashed(book: Notebook) -> Entry:
    (entry,) = book.shelf.look(Wanted(Part.TRASH)).first.values()
    assert isinstance(entry, Entry)
    return entry


def removed(book: Notebook) -> FileEntry:
    (entry,) = book.shelf.look(Wanted(Part.FILES)).first.values()
    assert isinstance(entry, FileEntry)
    return entry


def test_people_go_by_the_same_rule_as_notes_and_are_counted(book: Notebook, clock: Clock) -> None:
    person = book.people.add(Person(names=(PersonName("Li Wei"),)))
    question = book.questions.add(Question("Who pays?"))
    book.people.remove(person.id)
    book.questions.remove(question.id)
    assert trashed(book).note.id == person.id
    assert book.shelf.look(Wanted(Part.TRASH)).trashed == 1
    go_through_a_start(book)
    use_daily(book, clock, 29)
    clock.wait(days=1)
    assert book.disposal.look() == 2
    assert [card.opening for card in book.disposal.purge().people] == ["Li Wei"]
    assert book.disposal.trashed() == {}


def test_a_deleted_note_goes_after_thirty_days_with_its_history(
    book: Notebook, clock: Clock
) -> None:
    note, kept = write(book, "goes"), write(book, "stays")
    book.delete(note.id)
    assert go_through_a_start(book) == []
    assert trashed(book).goes == date(2013, 6, 27)
    assert use_daily(book, clock, 29) == []
    assert use_daily(book, clock, 1) == ["goes"]
    assert book.tally() == (1, 0)
    assert book.note(kept.id).text == "stays"
    with pytest.raises(BadRequest):
        book.history(note.id)


def test_the_photos_of_a_note_that_goes_leave_no_chunk_behind(book: Notebook, clock: Clock) -> None:
    note, other = write(book, "goes"), write(book, "stays")
    for data in (b"one", b"both"):
        attach(book, note, data)
    book.album.remove(attach(book, note, b"removed before"))
    shared = attach(book, other, b"both")
    book.delete(note.id)
    assert use_daily(book, clock, 30) == ["goes"]
    assert [rows(book, table) for table in ("attachment", "piece", "chunk")] == [1, 1, 1]
    assert book.album.open(shared) == b"both"


def test_a_file_taken_off_its_note_goes_after_thirty_days_and_can_be_put_back_till_then(
    book: Notebook, clock: Clock
) -> None:
    note = write(book, "a note")
    first, second = attach(book, note, b"first"), attach(book, note, b"second")
    for one in (first, second):
        book.album.remove(one)
    assert use_daily(book, clock, 29) == []
    book.album.put_back(first)
    assert removed(book).removed.title == "BioBAY"
    assert removed(book).goes == date(2013, 6, 27)
    assert use_daily(book, clock, 1) == ["second.bin"]
    assert book.album.open(first) == b"first"
    assert rows(book, "chunk") == 1


@pytest.mark.parametrize("wrong", [1990, 2099])
def test_a_clock_that_is_wrong_for_a_while_does_not_empty_the_trash(
    book: Notebook, clock: Clock, wrong: int
) -> None:
    note = write(book, "note")
    book.album.remove(attach(book, note, b"file"))
    book.delete(write(book, "kept").id)
    assert use_daily(book, clock, 2) == []
    right, clock.now = clock.now, datetime(wrong, 1, 1, tzinfo=UTC)
    assert go_through_a_start(book) == []
    clock.now = right
    assert use_daily(book, clock, 20) == []
    assert use_daily(book, clock, 10) == ["kept", "file.bin"]


def test_what_is_deleted_while_the_clock_is_wrong_stays_for_weeks_of_use(
    book: Notebook, clock: Clock
) -> None:
    write(book, "note")
    go_through_a_start(book)
    clock.now = datetime(1990, 1, 1, tzinfo=UTC)
    book.delete(write(book, "deleted in 1990").id)
    clock.now = TUESDAY + timedelta(days=1)
    assert use_daily(book, clock, 21) == []
    assert use_daily(book, clock, 9) == ["deleted in 1990"]


def test_a_profile_carried_to_a_computer_that_is_decades_ahead_loses_nothing_at_once(
    book: Notebook, clock: Clock
) -> None:
    book.delete(write(book, "kept").id)
    go_through_a_start(book)
    clock.now = datetime(2099, 1, 1, tzinfo=UTC)
    assert go_through_a_start(book) == []
    for _ in range(3):
        assert go_through_a_start(book) == []
    assert use_daily(book, clock, 22) == []


def test_going_to_and_fro_between_a_day_of_the_past_and_today_empties_nothing(
    book: Notebook, clock: Clock
) -> None:
    book.delete(write(book, "deleted on a day of 2013").id)
    now = datetime(2026, 11, 24, tzinfo=UTC)
    for _ in range(12):
        for clock.now in (now, TUESDAY):
            assert go_through_a_start(book) == []
    clock.now = now
    assert use_daily(book, clock, 22) == []
    assert use_daily(book, clock, 1) == ["deleted on a day of 2013"]


def test_a_note_deleted_once_more_has_its_thirty_days_again(book: Notebook, clock: Clock) -> None:
    note = write(book, "twice")
    book.delete(note.id)
    use_daily(book, clock, 25)
    book.restore(note.id)
    book.delete(note.id)
    assert use_daily(book, clock, 29) == []
    assert use_daily(book, clock, 1) == ["twice"]


def test_a_note_taken_out_while_the_backup_was_made_stays(book: Notebook, clock: Clock) -> None:
    note = write(book, "wanted")
    book.delete(note.id)
    use_daily(book, clock, 29)
    clock.wait(days=1)
    assert book.disposal.look() == 1
    book.restore(note.id)
    assert book.disposal.purge() == Gone()
    assert book.note(note.id).text == "wanted"


def test_emptying_removes_all_of_the_trash_and_nothing_else(book: Notebook) -> None:
    kept = write(book, "kept")
    stays = attach(book, kept, b"stays")
    book.album.remove(attach(book, kept, b"goes"))
    gone = write(book, "gone")
    attach(book, gone, b"with it")
    book.delete(gone.id)
    emptied = book.disposal.empty(book.disposal.trashed())
    assert ([card.opening for card in emptied.notes], emptied.files) == (["gone"], ("goes.bin",))
    assert book.tally() == (1, 0)
    assert book.album.attachments(kept.id) == [stays]
    assert rows(book, "chunk") == 1
    assert book.search("gone") == []


def test_what_is_deleted_after_emptying_was_asked_for_stays_in_the_trash(
    book: Notebook, clock: Clock
) -> None:
    old, changed, late = (write(book, text) for text in ("old", "changed", "late"))
    for note in (old, changed):
        book.delete(note.id)
    asked = book.disposal.trashed()
    clock.wait(days=1)
    back = book.restore(changed.id)
    book.save(changed.id, "changed since", back.revision.id)
    for note in (changed, late):
        book.delete(note.id)
    assert [card.opening for card in book.disposal.empty(asked).notes] == ["old"]
    assert {card.opening for card in book.trash()} == {"changed since", "late"}


def test_notes_of_a_newer_program_are_not_emptied(book: Notebook, clock: Clock) -> None:
    book.delete(write(book, "kept").id)
    clock.wait(days=40)
    book._db.read_only = "These notes are of a newer program."
    assert book.disposal.look() == 0
    with pytest.raises(WorkspaceUnavailable, match="newer"):
        book.disposal.empty(book.disposal.trashed())
