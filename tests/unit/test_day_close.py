"""The evening list: what is missing is named once, and is gone as soon as it is done."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from fieldguide.domain.entries import Asked, Closing, FollowUp
from fieldguide.domain.notes import Visibility
from fieldguide.domain.people import Face, Person, PersonName, Picture
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services import day_close, follow_ups, visiting
from fieldguide.services.day_close import Evening, Plan, Step
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
def day(guide: Guide) -> Plan:
    return day_close.plan_of(guide, "2013-05-28", EVENING)


def look(book: Notebook, day: Plan) -> Evening:
    return day_close.evening(book, day)


def write(book: Notebook, text: str, visit: Ref | None = BIOBAY) -> str:
    note = book.start(None, "BioBAY" if visit else "", visit)
    book.save(note.id, text, note.revision.id)
    return note.id


def test_a_day_without_notes_has_its_visits_left(book: Notebook, day: Plan) -> None:
    found = look(book, day)
    assert found.left == (Step.VISITS,)
    assert [one.refs[0].slug for one in found.open_visits] == [
        "sip-2013", "biobay-2013", "sinano-2013",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2013-05-28T21:40", "2013-05-28"),
        ("2013-05-29T02:10", "2013-05-28"),
        ("2013-05-29T08:00", "2013-05-29"),
        ("2013-05-20T12:00", "2013-05-27"),
        ("1970-01-01T00:00", "2013-05-27"),
        ("2026-11-24T09:00", "2013-05-31"),
    ],
)
def test_the_day_to_close_is_the_one_that_is_ending_whatever_the_clock_says(
    guide: Guide, now: str, day: str
) -> None:
    moment = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(ZONE))
    assert day_close.plan_of(guide, "", moment).date == day


def test_a_visit_that_was_closed_is_done(book: Notebook, day: Plan) -> None:
    for subject in day.subjects:
        visiting.close(book, subject, Closing("Heard", closed=subject.refs[0] != BIOBAY))
    (left,) = look(book, day).open_visits
    assert left.refs[0] == BIOBAY
    undo = day_close.close_visit(book, left)
    assert look(book, day).open_visits == ()
    undo(book)
    assert look(book, day).open_visits == (left,)


def test_a_note_on_nothing_is_filed_on_a_visit_and_taken_off_again(
    book: Notebook, day: Plan, clock: Clock
) -> None:
    note = write(book, "F: one", None)
    clock.now = EVENING + timedelta(days=1)
    write(book, "F: of the day after", None)
    (card,) = look(book, day).unfiled
    undo = day_close.file_note(book, card.id, day.subjects[1])
    assert look(book, day).unfiled == ()
    assert (book.note(note).about, book.note(note).title) == (day.subjects[1].refs[-1], "BioBAY")
    assert book.note(note).visit == BIOBAY
    undo(book)
    assert [one.id for one in look(book, day).unfiled] == [note]


def test_a_note_over_midnight_belongs_to_the_evening_it_was_begun(
    book: Notebook, guide: Guide, day: Plan, clock: Clock
) -> None:
    clock.now = EVENING.replace(hour=23, minute=50)
    note = book.start(None, "")
    clock.now += timedelta(hours=1)
    book.save(note.id, "Q: Begun before midnight", note.revision.id)
    write(book, "Q: Begun after it", None)
    after = day_close.plan_of(guide, "2013-05-29", EVENING)
    assert len(look(book, day).speakers) == 2
    assert look(book, after).speakers == look(book, after).unfiled == ()


def test_a_wrong_clock_hides_no_note(book: Notebook, guide: Guide, day: Plan, clock: Clock) -> None:
    clock.now = datetime(1970, 1, 1, tzinfo=ZoneInfo(ZONE))
    write(book, "Q: On the visit")
    lost = write(book, "F: On nothing", None)
    for one in (day, day_close.plan_of(guide, "2013-05-30", EVENING)):
        assert [card.id for card in look(book, one).unfiled] == [lost]
    assert [line.text for line in look(book, day).speakers] == ["On the visit"]


def test_of_two_visits_at_once_each_keeps_its_own(book: Notebook, day: Plan) -> None:
    first, second, third = day.subjects
    assert second.visit is not None
    assert first.visit is not None
    together = replace(second, visit=replace(second.visit, when=first.visit.when))
    both = replace(day, subjects=(first, together, third))
    for subject in both.subjects[:2]:
        visiting.prepare(book, subject, f"To {subject.title}?")
    found = look(book, both)
    assert [(one.asked.text, one.subject.refs[0]) for one in found.questions] == [
        (f"To {one.title}?", one.refs[0]) for one in both.subjects[:2]
    ]
    day_close.close_visit(book, first)
    assert look(book, both).open_visits == (together, third)


def test_a_quote_gets_its_speaker_in_the_note_itself(book: Notebook, day: Plan) -> None:
    note = write(book, "F: 330\nQ: Match-making first (sure)\nQ Dr Li: Yes")
    (line,) = look(book, day).speakers
    undo = day_close.name_speaker(book, line, " Gao: Ronghui ")
    assert book.note(note).text == "F: 330\nQ Gao Ronghui: Match-making first (sure)\nQ Dr Li: Yes"
    assert look(book, day).speakers == ()
    with pytest.raises(BadRequest, match="changed meanwhile"):
        day_close.name_speaker(book, line, "Somebody")
    with pytest.raises(BadRequest, match="Say who"):
        day_close.name_speaker(book, line, " : ")
    undo(book)
    assert look(book, day).speakers == (line,)


def test_an_action_needs_an_owner_and_a_date(book: Notebook, day: Plan) -> None:
    write(book, "A: Ask VTT")
    follow_ups.add(book, FollowUp("By hand", owner="Emilie", due="2013-06-07"))
    (task,) = look(book, day).actions
    follow_ups.assign(book, task, "Emilie", "")
    (task,) = look(book, day).actions
    undo = day_close.assign(book, task, "Emilie", "2013-06-07")
    assert look(book, day).actions == ()
    undo(book)
    assert [one.value.owner for one in look(book, day).actions] == ["Emilie"]


def test_questions_of_the_day_are_left_until_they_are_answered(
    book: Notebook, guide: Guide, day: Plan
) -> None:
    subject = visiting.subject_of(guide, BIOBAY)
    visiting.prepare(book, subject, "Per month?")
    visiting.prepare(book, visiting.subject_of(guide, subject.refs[-1]), "Prepared at home?")
    write(book, "?: From a line?")
    write(book, "?: Of another visit?", Ref("visit", "renji-2013"))
    visiting.answer(book, subject, visiting.scene_of(book, subject).questions[0], Asked.ASKED)
    found = look(book, day).questions
    assert [one.asked.text for one in found] == ["Per month?", "Prepared at home?", "From a line?"]
    for one in found:
        undo = day_close.settle(book, one, Asked.ANSWERED, "Yes")
        undo(book)
        assert look(book, day).questions == found
        day_close.settle(book, one, Asked.DROPPED)
        found = look(book, day).questions
    assert found == ()


def test_a_question_is_carried_to_the_next_visit_that_is_alike(
    book: Notebook, guide: Guide, day: Plan
) -> None:
    visiting.prepare(book, day.subjects[1], "Per month?")
    (waiting,) = look(book, day).questions
    to = day.next_related(waiting.subject)
    assert to is not None
    assert set(to.types) & set(waiting.subject.types)
    undo = day_close.carry_over(book, waiting, to)
    assert look(book, day).questions == ()
    (carried,) = [one for one in visiting.questions_of(book, to) if one.carried]
    assert carried.text == "Per month?"
    undo(book)
    assert look(book, day).questions == (waiting,)
    day_close.carry_over(book, waiting, None)
    assert look(book, day).questions == ()
    assert [one.value.state for one in book.questions.all()] == [Asked.OPEN]


def test_all_questions_are_carried_over_or_dropped_in_one_step_with_one_undo(
    book: Notebook, day: Plan
) -> None:
    visiting.prepare(book, day.subjects[1], "Per month?")
    write(book, "?: From a line?")
    found = look(book, day)
    assert len(found.questions) == 2
    for deed, state in ((day_close.carry_all, Asked.OPEN), (day_close.drop_all, Asked.DROPPED)):
        undo = deed(book, found)
        assert look(book, day).questions == ()
        assert [one.value.state for one in book.questions.all()] == [state, state]
        undo(book)
        assert look(book, day).questions == found.questions


def test_a_card_is_to_be_typed_until_there_is_a_name(book: Notebook, day: Plan) -> None:
    entry = book.people.add(Person(pictures=(Picture(Face.CARD_FRONT, "a1"),)))
    assert [one.id for one in look(book, day).cards] == [entry.id]
    book.people.put(entry.id, Person(names=(PersonName("Li Wei"),), pictures=entry.value.pictures))
    assert look(book, day).cards == ()


def test_lines_are_counted_by_who_gets_them_and_by_the_day_of_the_place(
    book: Notebook, day: Plan, clock: Clock
) -> None:
    write(book, "F: one\nO: two")
    book.set_visibility(write(book, "F: three"), Visibility.ORGANISER)
    clock.now = EVENING + timedelta(hours=10)
    write(book, "F: of the morning after", None)
    assert look(book, day).readers == {Visibility.MINE: 2, Visibility.ORGANISER: 1}
