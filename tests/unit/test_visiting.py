"""A visit: the note's place in the day, what to ask there, who was met, what it came to."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fieldguide.domain.entries import Asked, Closing
from fieldguide.domain.people import Person, PersonName
from fieldguide.domain.records import Ref
from fieldguide.errors import UnknownRef
from fieldguide.services import agenda, visiting
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.writing import occasion

SHANGHAI = ZoneInfo("Asia/Shanghai")
BIOBAY, PARK = Ref("visit", "biobay-2013"), Ref("organisation", "biobay")


@pytest.fixture
def subject(guide: Guide) -> visiting.Subject:
    return visiting.subject_of(guide, BIOBAY)


@pytest.mark.parametrize(
    ("hour", "zone", "slug"),
    [
        (datetime(2013, 5, 28, 8, 0), SHANGHAI, "sip-2013"),
        (datetime(2013, 5, 28, 11, 40), SHANGHAI, "biobay-2013"),
        (datetime(2013, 5, 28, 5, 40), ZoneInfo("Europe/Paris"), "biobay-2013"),
        (datetime(2013, 5, 28, 20, 0), SHANGHAI, "sinano-2013"),
    ],
)
def test_the_visit_is_the_one_under_way_or_next_by_the_clock_of_its_place(
    guide: Guide, hour: datetime, zone: ZoneInfo, slug: str
) -> None:
    visit = visiting.visit_at(guide, hour.replace(tzinfo=zone))
    assert visit is not None
    assert visit.ref.slug == slug


@pytest.mark.parametrize(
    ("zone", "hour", "visit"),
    [("America/New_York", 23, BIOBAY), ("America/New_York", 9, None), ("Asia/Shanghai", 9, None)],
)
def test_a_note_on_a_host_is_of_the_visit_there_on_the_day_of_its_place(
    guide: Guide, zone: str, hour: int, visit: Ref | None
) -> None:
    now = datetime(2013, 5, 27, hour, tzinfo=ZoneInfo(zone))
    assert occasion(guide, PARK, now).visit == visit


def test_on_another_day_there_is_no_visit(guide: Guide) -> None:
    assert visiting.visit_at(guide, datetime(2026, 11, 24, 9, 0, tzinfo=SHANGHAI)) is None


@pytest.mark.parametrize(
    ("day", "about", "slug"),
    [
        (27, PARK, "biobay-2013"),
        (27, BIOBAY, "biobay-2013"),
        (27, Ref("organisation", "sinano"), "sinano-2013"),
        (27, Ref("claim", "small-batches"), "renji-2013"),
        (27, None, "renji-2013"),
        (29, PARK, "sebp-2013"),
    ],
)
def test_what_is_asked_over_a_record_belongs_to_its_visit_while_that_is_still_to_come(
    guide: Guide, day: int, about: Ref | None, slug: str
) -> None:
    now = datetime(2013, 5, day, 8, 0, tzinfo=SHANGHAI)
    found = visiting.subject_near(guide, now, about)
    assert found is not None
    assert found.visit is not None
    assert found.visit.ref.slug == slug


def test_a_subject_is_the_visit_with_its_host_and_their_doubts(subject: visiting.Subject) -> None:
    assert subject.refs[0] == BIOBAY
    assert PARK in subject.refs
    assert subject.doubts
    assert len({doubt for doubt, _ in subject.doubts}) == len(subject.doubts)


def test_nobody_expects_to_meet_the_founder_of_1844(guide: Guide) -> None:
    renji = visiting.subject_of(guide, Ref("visit", "renji-2013"))
    assert renji.visit is not None
    met = {str(link.other) for link in renji.hosts}
    hosts = {str(one.ref) for one in agenda.hosts_of(guide, renji.visit)}
    assert "person/william-lockhart" not in met | hosts
    hospital = guide.record(Ref("organisation", "renji-hospital"))
    assert "person/william-lockhart" in {str(link.other) for link in hospital.people}


def test_a_record_without_a_visit_is_a_subject_too(guide: Guide) -> None:
    subject = visiting.subject_of(guide, PARK)
    assert (subject.refs, subject.visit) == ((PARK,), None)
    with pytest.raises(UnknownRef):
        visiting.subject_of(guide, Ref("organisation", "nowhere"))


def test_doubts_lines_and_prepared_questions_are_asked_and_answered(
    book: Notebook, subject: visiting.Subject
) -> None:
    visiting.prepare(book, subject, "Soft landing for a French cluster?")
    note = book.start(PARK, "BioBAY", BIOBAY)
    book.save(note.id, "?: Who are the other 100?\nF: 330", note.revision.id)
    scene = visiting.scene_of(book, subject)
    texts = [one.text for one in scene.questions]
    assert texts[:2] == ["Soft landing for a French cluster?", "Who are the other 100?"]
    assert texts[2:] == [text for _, text in subject.doubts]
    assert scene.done == 0
    for one in scene.questions[:3]:
        visiting.answer(book, subject, one, Asked.ANSWERED, "Yes.")
    again = visiting.scene_of(book, subject)
    assert sorted(one.text for one in again.questions) == sorted(texts)
    assert again.done == 3
    assert {one.answer for one in again.questions if one.state is Asked.ANSWERED} == {"Yes."}


def test_what_is_dropped_is_not_shown_again(book: Notebook, subject: visiting.Subject) -> None:
    first = visiting.scene_of(book, subject).questions[0]
    visiting.answer(book, subject, first, Asked.DROPPED)
    assert first.text not in [one.text for one in visiting.scene_of(book, subject).questions]


def test_a_question_left_open_is_carried_to_the_next_visit_there(
    guide: Guide, book: Notebook, subject: visiting.Subject
) -> None:
    entry = visiting.prepare(book, subject, "Rent per month?")
    book.questions.place(entry.id, PARK, Ref("visit", "earlier"))
    (carried,) = [one for one in visiting.scene_of(book, subject).questions if one.carried]
    assert carried.text == "Rent per month?"
    shown = visiting.scene_of(book, visiting.subject_of(guide, PARK)).questions
    assert not any(one.carried for one in shown)


def test_a_visit_is_closed_once_and_written_over(book: Notebook, subject: visiting.Subject) -> None:
    visiting.close(book, subject, Closing(heard="330 companies"))
    visiting.close(book, subject, Closing(heard="330 companies", risks="rent", closed=True))
    (entry,) = book.closings.all()
    assert (entry.value.risks, entry.visit) == ("rent", BIOBAY)
    assert visiting.scene_of(book, subject).closing == entry
    assert len(book.history(entry.id)) == 2


def test_who_was_met_stands_in_the_visit(book: Notebook, subject: visiting.Subject) -> None:
    book.introduce("Emilie Romeo")
    at_home = datetime(2013, 5, 27, 23, 40, tzinfo=ZoneInfo("America/New_York"))
    visiting.meet(book, subject, Person(names=(PersonName("Li Wei"),)), at_home)
    book.people.add(Person(names=(PersonName("Somebody Else"),)))
    (met,) = visiting.scene_of(book, subject).met
    assert met.value.title == "Li Wei"
    assert (met.value.met[0].by, met.value.met[0].on) == ("Emilie Romeo", "2013-05-28")


def test_attendance_is_set_and_taken_back_and_outlasts_nothing_else(
    book: Notebook, subject: visiting.Subject
) -> None:
    visiting.close(book, subject, Closing(heard="Rent is open"))
    visiting.attend(book, subject, "person/gao", here=True)
    visiting.attend(book, subject, "person.1", here=True)
    visiting.attend(book, subject, "person/gao", here=False)
    scene = visiting.scene_of(book, subject)
    assert scene.attended == {"person.1"}
    assert scene.closing is not None
    assert scene.closing.value.heard == "Rent is open"


def test_what_was_done_to_a_question_is_taken_back(
    book: Notebook, subject: visiting.Subject
) -> None:
    (doubt, *_) = visiting.scene_of(book, subject).questions
    entry = visiting.answer(book, subject, doubt, Asked.DROPPED)
    visiting.take_back(book, doubt, entry.id)
    assert visiting.scene_of(book, subject).questions[0] == doubt
    own = visiting.prepare(book, subject, "Who pays?")
    asked = visiting.scene_of(book, subject).questions[0]
    visiting.answer(book, subject, asked, Asked.ANSWERED, "The park")
    visiting.take_back(book, asked, own.id)
    assert book.questions.get(own.id).value.state is Asked.OPEN


def test_a_question_asked_elsewhere_says_so_again_when_its_answer_is_taken_back(
    guide: Guide, book: Notebook
) -> None:
    before = visiting.subject_of(guide, Ref("visit", "sebp-2013"))
    after = visiting.subject_of(guide, Ref("visit", "zhangjiang-2013"))
    visiting.prepare(book, before, "Who pays?")
    (waiting,) = [one for one in visiting.questions_of(book, before) if one.entry]
    visiting.carry_over(book, before, waiting, after)
    (carried,) = [one for one in visiting.questions_of(book, after) if one.entry]
    entry = visiting.answer(book, after, carried, Asked.ANSWERED, "The park")
    visiting.take_back(book, carried, entry.id)
    assert book.questions.get(entry.id).value.asked_in == before.refs[0]
    assert [one for one in visiting.questions_of(book, after) if one.entry] == [carried]


def test_a_doubt_that_is_ticked_and_answered_before_it_is_shown_anew_stays_one_question(
    book: Notebook, subject: visiting.Subject
) -> None:
    (doubt, *_) = visiting.scene_of(book, subject).questions
    visiting.answer(book, subject, doubt, Asked.ASKED)
    visiting.answer(book, subject, doubt, Asked.ANSWERED, "The park")
    assert [one.value.answer for one in book.questions.all()] == ["The park"]
    visiting.carry_over(book, subject, doubt, None)
    assert [one.value.state for one in book.questions.all()] == [Asked.OPEN]


def test_what_one_usually_asks_fits_who_is_visited_and_is_never_there_twice(
    guide: Guide, book: Notebook, subject: visiting.Subject
) -> None:
    offered = visiting.scene_of(book, subject).usual
    assert {one.origin for one in offered} == {"usual:park"}
    visiting.prepare(book, subject, offered[1].text)
    added = visiting.prepare_usual(book, subject)
    assert len(added) == len(offered) - 1
    scene = visiting.scene_of(book, subject)
    texts = [one.text for one in scene.questions]
    assert (scene.usual, len(texts)) == ((), len(set(texts)))
    assert visiting.prepare_usual(book, subject) == ()
    renji = visiting.subject_of(guide, Ref("organisation", "renji-hospital"))
    assert {one.origin for one in visiting.scene_of(book, renji).usual} == {"usual:hospital"}
    station = visiting.subject_of(guide, Ref("visit", "internal-meeting-2013"))
    assert visiting.scene_of(book, station).usual == ()


def test_a_question_left_open_by_a_host_elsewhere_is_carried_to_the_next_visit_not_the_one_before(
    guide: Guide, book: Notebook
) -> None:
    def carried(slug: str) -> list[str]:
        scene = visiting.scene_of(book, visiting.subject_of(guide, Ref("visit", slug)))
        return [one.text for one in scene.questions if one.carried]

    before = visiting.subject_of(guide, Ref("visit", "sebp-2013"))
    entry = visiting.prepare(book, before, "Who pays?")
    book.questions.place(entry.id, Ref("place", "shanghai"), before.refs[0])
    assert carried("zhangjiang-2013") == ["Who pays?"]
    after = visiting.subject_of(guide, Ref("visit", "zhangjiang-2013"))
    visiting.prepare(book, after, "And then?")
    assert carried("sebp-2013") == []
    visiting.answer(book, before, visiting.scene_of(book, before).questions[0], Asked.ASKED)
    assert carried("zhangjiang-2013") == []


def test_a_doubt_is_taken_up_once_and_one_that_was_dropped_is_asked_again(
    guide: Guide, book: Notebook
) -> None:
    doubts = guide.record(PARK).doubts
    taken = visiting.take_up(book, PARK, "BioBAY", doubts)
    assert len(taken) == len(doubts)
    assert visiting.take_up(book, PARK, "BioBAY", doubts) == ()
    first = taken[0].question
    book.questions.edit(first, lambda one: replace(one, state=Asked.DROPPED, answer="no"))
    again = visiting.take_up(book, PARK, "BioBAY", doubts)
    assert [one.question for one in again] == [first]
    assert book.questions.get(first).value.state is Asked.OPEN
    visiting.put_down(book, again)
    assert book.questions.get(first).value.state is Asked.DROPPED
    visiting.put_down(book, taken)
    assert book.questions.all() == []
