"""The evening list: what is missing is named once, and is gone as soon as it is done."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fieldguide.domain.backups import Backup, Reason
from fieldguide.domain.entries import Asked, Closing, FollowUp
from fieldguide.domain.notes import Visibility
from fieldguide.domain.people import Face, Person, PersonName, Picture
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Day
from fieldguide.errors import BadRequest
from fieldguide.services import day_close, follow_ups, visiting
from fieldguide.services.day_close import Evening, Step
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, open_notebook

ZONE = "Asia/Shanghai"
EVENING = datetime(2013, 5, 28, 19, 10, tzinfo=ZoneInfo(ZONE))
BIOBAY = Ref("visit", "biobay-2013")


class Clock:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = EVENING

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def book(tmp_path: Path, clock: Clock) -> Iterator[Notebook]:
    book = open_notebook(tmp_path / "profile", create=True, clock=clock)
    yield book
    book.close()


@pytest.fixture
def day(guide: Guide) -> Day:
    return guide.day("2013-05-28")


def look(book: Notebook, day: Day, *backups: Backup) -> Evening:
    return day_close.evening(book, day, ZONE, backups)


def write(book: Notebook, text: str) -> str:
    note = book.start(None, "BioBAY", BIOBAY)
    book.save(note.id, text, note.revision.id)
    return note.id


def test_a_day_without_notes_has_its_visits_and_the_backup_left(book: Notebook, day: Day) -> None:
    found = look(book, day)
    assert found.left == (Step.VISITS, Step.BACKUP)
    assert found.open_visits == found.visits == day.visits


def test_a_visit_that_was_closed_is_done(book: Notebook, guide: Guide, day: Day) -> None:
    for visit in day.visits:
        subject = visiting.subject_of(guide, visit.ref)
        visiting.close(book, subject, Closing("Heard", closed=visit.ref != BIOBAY))
    assert [one.ref for one in look(book, day).open_visits] == [BIOBAY]


def test_a_quote_gets_its_speaker_in_the_note_itself(book: Notebook, day: Day) -> None:
    note = write(book, "F: 330\nQ: Match-making first (sure)\nQ Dr Li: Yes")
    (line,) = look(book, day).speakers
    day_close.name_speaker(book, line, " Gao: Ronghui ")
    assert book.note(note).text == "F: 330\nQ Gao Ronghui: Match-making first (sure)\nQ Dr Li: Yes"
    assert look(book, day).speakers == ()
    with pytest.raises(BadRequest, match="changed meanwhile"):
        day_close.name_speaker(book, line, "Somebody")
    with pytest.raises(BadRequest, match="Say who"):
        day_close.name_speaker(book, line, " : ")


def test_an_action_needs_an_owner_and_a_date(book: Notebook, day: Day) -> None:
    write(book, "A: Ask VTT")
    follow_ups.add(book, FollowUp("By hand", owner="Emilie", due="2013-06-07"))
    (task,) = look(book, day).actions
    follow_ups.assign(book, task, "Emilie", "")
    (task,) = look(book, day).actions
    follow_ups.assign(book, task, "Emilie", "2013-06-07")
    assert look(book, day).actions == ()


def test_questions_of_the_day_are_left_until_they_are_answered(
    book: Notebook, guide: Guide, day: Day
) -> None:
    subject = visiting.subject_of(guide, BIOBAY)
    visiting.prepare(book, subject, "Per month?")
    asked = visiting.scene_of(book, subject).questions[0]
    visiting.answer(book, subject, asked, Asked.ASKED)
    assert [one.value.text for one in look(book, day).questions] == ["Per month?"]
    visiting.answer(book, subject, asked, Asked.ANSWERED, "Yes")
    assert look(book, day).questions == ()


def test_a_card_is_to_be_typed_until_there_is_a_name(book: Notebook, day: Day) -> None:
    entry = book.people.add(Person(pictures=(Picture(Face.CARD_FRONT, "a1"),)))
    assert [one.id for one in look(book, day).cards] == [entry.id]
    book.people.put(entry.id, Person(names=(PersonName("Li Wei"),), pictures=entry.value.pictures))
    assert look(book, day).cards == ()


def test_lines_are_counted_by_who_gets_them_and_by_the_day_of_the_place(
    book: Notebook, day: Day, clock: Clock
) -> None:
    write(book, "F: one\nO: two")
    book.set_visibility(write(book, "F: three"), Visibility.ORGANISER)
    clock.now = EVENING + timedelta(hours=6)
    write(book, "F: after midnight")
    assert look(book, day).readers == {Visibility.MINE: 2, Visibility.ORGANISER: 1}


def test_a_backup_counts_only_when_it_is_sound_and_nothing_was_written_since(
    book: Notebook, day: Day, clock: Clock
) -> None:
    write(book, "F: one")
    made = Backup(1, EVENING + timedelta(minutes=1), Reason.ASKED, 1)
    assert look(book, day, made).backup == made
    assert Step.BACKUP not in look(book, day, made).left
    damaged = Backup(2, EVENING + timedelta(minutes=2), Reason.DAMAGED, 1)
    assert look(book, day, damaged).backup is None
    clock.now = EVENING + timedelta(minutes=5)
    write(book, "F: two")
    assert look(book, day, made).backup is None
