"""Meetings of one's own and planned missions: read with the guide like what the guide has."""

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fieldguide.domain.entries import ME, Closing
from fieldguide.domain.people import Person, PersonName
from fieldguide.domain.plans import Meeting, Plan, Planned, own_ref
from fieldguide.domain.records import Ref, When
from fieldguide.domain.travel import Hotel
from fieldguide.domain.trips import read_travel
from fieldguide.errors import BadRequest, UnknownRef
from fieldguide.services import planning, visiting
from fieldguide.services.attendance import attend, attendance
from fieldguide.services.attendance import undo as attendance_undo
from fieldguide.services.driver_card import driver_card, hotel_card
from fieldguide.services.driver_cards import read_cards
from fieldguide.services.guide import Guide
from fieldguide.services.map_links import code_of
from fieldguide.services.new_mission import (
    copied_of,
    copy_programme,
    meeting_with,
    participants,
    undo,
)
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import cautions_of, read_trip
from fieldguide.services.register import Deed
from fieldguide.services.writing import occasion

MADE = date(2026, 11, 24)
SPRING = Ref("mission", "spring")
PARK = Ref("organisation", "south-park")
HOSPITAL = Ref("organisation", "north-hospital")
NORTH, SOUTH = Ref("visit", "north"), Ref("visit", "south")
LUNCH = Meeting(
    "Lunch with the park", day="2013-05-28", time="12:00", end_time="13:00", place=PARK,
    people=("person/nobody",), group="Managers", travel="25 min by taxi", bring="Cards",
    why="Talk of\nlabs",
)  # fmt: skip


@pytest.fixture
def guide(small_guide: Path) -> Iterator[Guide]:
    opened = Guide.open(small_guide)
    yield opened
    opened.close()


def keep(book: Notebook, guide: Guide, meeting: Meeting) -> Ref:
    deed = planning.add_meeting(book, guide.mission.ref, guide.mission.title, meeting)
    take(book, guide)
    return own_ref(deed.entry)


def take(book: Notebook, guide: Guide) -> None:
    guide.take(planning.read_planned(book, Ref.parse(guide.about.mission)))


def test_a_meeting_of_ones_own_stands_in_the_programme(book: Notebook, guide: Guide) -> None:
    ref = keep(book, guide, LUNCH)
    day = read_trip(guide).route("2013-05-28")
    assert day is not None
    assert [stop.visit.ref for stop in day.stops] == [NORTH, ref, SOUTH]
    own = day.stops[1].visit
    assert (own.own, own.group, own.bring, own.summary) == (
        True, "Managers", "Cards", "Talk of labs",
    )  # fmt: skip
    assert own.position == guide.record(PARK).position
    assert own.address_zh == day.stops[2].visit.address_zh
    assert day.legs[0].travel == read_travel("25 min by taxi")
    assert (day.legs[0].target, day.legs[1].metres) == (ref, 0)
    guide.take(Planned())
    assert [one.ref for one in guide.day("2013-05-28").visits] == [NORTH, SOUTH]
    with pytest.raises(UnknownRef):
        guide.record(ref)


def test_notes_and_closings_work_on_a_meeting_of_ones_own(book: Notebook, guide: Guide) -> None:
    mei = book.people.add(Person(names=(PersonName("Mei Lin"),))).id
    ref = keep(book, guide, replace(LUNCH, people=("person/li-na", mei), day="2013-05-29"))
    now = datetime(2013, 5, 29, 4, 5, tzinfo=UTC)
    at = visiting.visit_at(guide, now)
    assert at is not None
    assert at.ref == ref
    assert ([one.title for one in at.people], at.others) == (["Li Na"], ("Mei Lin",))
    found = occasion(guide, ref, now)
    assert (found.record.title, found.visit) == ("Lunch with the park", ref)
    assert found.subject.refs == (ref, PARK)
    visiting.attend(book, found.subject, ME, True)
    scene = visiting.scene_of(book, found.subject)
    assert scene.attended == {ME}
    assert [one.text for one in scene.questions] == ["The letter and the register do not agree."]


def test_a_meeting_is_moved_and_stays_as_long(book: Notebook, guide: Guide) -> None:
    ref = keep(book, guide, LUNCH)
    deeds = [
        planning.move_meeting(book, ref, "2013-05-30"),
        planning.move_meeting(book, ref, "2013-05-30", "18:45"),
        planning.remove_meeting(book, ref),
    ]
    take(book, guide)
    assert ref not in {one.ref for one in guide.visits}
    book.meetings.undo(deeds.pop())
    moved = planning.read_planned(book, SPRING).meetings[ref]
    assert (moved.day, moved.time, moved.end_time) == ("2013-05-30", "18:45", "19:45")
    while deeds:
        book.meetings.undo(deeds.pop())
    assert planning.read_planned(book, SPRING).meetings[ref] == LUNCH


@pytest.mark.parametrize(
    ("hours", "to", "end"),
    [
        (("22:00", "", "23:30"), ("2013-05-28", "23:00"), ("2013-05-29", "00:30")),
        (("22:00", "2013-05-29", "01:00"), ("2013-05-28", "20:00"), ("", "23:00")),
        (("22:00", "2013-05-29", "01:00"), ("2013-05-31", None), ("2013-06-01", "01:00")),
        (("", "", "13:00"), ("2013-05-30", None), ("", "13:00")),
        (("", "2013-05-29", ""), ("2013-05-30", "09:00"), ("2013-05-31", "")),
    ],
)
def test_a_meeting_over_midnight_stays_as_long(
    book: Notebook,
    guide: Guide,
    hours: tuple[str, str, str],
    to: tuple[str, str | None],
    end: tuple[str, str],
) -> None:
    begin, end_day, end_time = hours
    ref = keep(book, guide, replace(LUNCH, time=begin, end_day=end_day, end_time=end_time))
    planning.move_meeting(book, ref, *to)
    moved = planning.read_planned(book, SPRING).meetings[ref]
    assert (moved.day, moved.time) == (to[0], begin if to[1] is None else to[1])
    assert (moved.end_day, moved.end_time) == end


def test_a_meeting_of_a_mission_that_is_not_shown_keeps_its_zone(
    book: Notebook, guide: Guide
) -> None:
    here = keep(book, guide, LUNCH)
    tokyo, paris = (
        copy_programme(book, Plan(zone, "2027-05-20", zone=zone), guide.told_visits[:1])
        for zone in ("Asia/Tokyo", "Europe/Paris")
    )
    there = planning.add_meeting(book, tokyo.mission, "", Meeting("Tea", day="2027-05-25")).entry
    own = planning.add_meeting(book, paris.mission, "", Meeting("Tea", day="2027-05-25")).entry
    take(book, guide)
    zones = [
        found.when.zone
        for ref in (here, own_ref(there), own_ref(own))
        if (found := guide.visit(ref))
    ]
    assert zones == ["Asia/Shanghai", "Asia/Tokyo", "Europe/Paris"]


def test_a_mission_is_copied_whole_or_not_at_all_and_undone_with_its_meetings(
    book: Notebook, guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    stray = keep(book, guide, replace(LUNCH, day="2026-01-05"))
    visits = copied_of(read_trip(guide))
    with monkeypatch.context() as broken:
        broken.setattr(
            book.shown_mission, "choose", lambda _: (_ for _ in ()).throw(BadRequest("Full."))
        )
        with pytest.raises(BadRequest, match="Full"):
            copy_programme(book, Plan("Again", "2027-05-20"), visits)
    assert (book.plans.count(), book.meetings.count()) == (0, 1)
    begun = copy_programme(book, Plan("Again", "2027-05-20"), visits, SPRING)
    take(book, guide)
    trip = read_trip(guide)
    assert (len(trip.visits), [one.origin for one in trip.undated]) == (2, [stray])
    undo(book, begun)
    assert [own_ref(one.id) for one in book.meetings.all()] == [stray]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"title": " "}, "Say what"),
        ({"day": "2013-02-30"}, "is not a day"),
        ({"zone": "Asia/Nowhere"}, "is not a time zone"),
        ({"zone": "../../etc/passwd"}, "is not a time zone"),
        ({"time": "25:00", "end_time": ""}, "is not a time"),
        ({"end_time": "11:59"}, "end before"),
        ({"end_day": "2013-05-27"}, "end before"),
    ],
)
def test_what_no_meeting_can_be_is_told_and_not_kept(
    book: Notebook, wrong: dict[str, str], sentence: str
) -> None:
    with pytest.raises(BadRequest, match=sentence):
        planning.add_meeting(book, SPRING, "", replace(LUNCH, **wrong))  # type: ignore[arg-type]
    assert book.meetings.count() == 0


def test_a_planned_mission_takes_the_place_of_that_of_the_guide(
    book: Notebook, guide: Guide
) -> None:
    plan = Plan("Spring again", "2027-03-26", "2027-03-29", home_zone="Europe/Helsinki")
    entry = book.plans.add(plan).id
    assert not read_trip(guide).own
    book.shown_mission.choose(entry)
    take(book, guide)
    ref = keep(book, guide, replace(LUNCH, day="2027-03-28"))
    trip = read_trip(guide)
    assert (trip.own, trip.mission.title, trip.about.home_zone, trip.about.zone) == (
        True, "Spring again", "Europe/Helsinki", "Asia/Shanghai",
    )  # fmt: skip
    assert [len(route.stops) for route in trip.routes] == [0, 0, 1, 0]
    assert [visit.ref for visit in trip.visits] == [ref]
    assert visiting.subject_of(guide, NORTH).visit is not None
    book.plans.undo(Deed(entry))
    take(book, guide)
    assert [visit.ref for visit in read_trip(guide).visits] == [NORTH, SOUTH]


@pytest.mark.parametrize(
    "span", [("", ""), ("2027-05", ""), ("2027-05-02", "2027-05-01"), ("2027-01-01", "9999-12-31")]
)
def test_a_plan_without_days_that_can_be_shown_is_not_kept_and_not_shown(
    book: Notebook, span: tuple[str, str]
) -> None:
    with pytest.raises(BadRequest):
        planning.check_plan(Plan("Spring", *span))
    book.shown_mission.choose(book.plans.add(Plan("Spring", *span)).id)
    assert planning.read_planned(book, SPRING) == Planned(SPRING)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("30 min by high-speed train", 30), ("1 h 20 min by coach", 80), ("1h20", 80),
        ("1.5 hours", 90), ("line 2, then 45 minutes", 45), ("300 m on foot", 0),
        ("by metro", 0), ("9999 min", 0), ("2 hours and 5 minutes", 125),
    ],
)  # fmt: skip
def test_the_minutes_of_a_way_are_read_from_its_words(words: str, minutes: int) -> None:
    travel = read_travel(words)
    assert travel is not None
    assert (travel.words, travel.minutes) == (words, minutes)
    assert read_travel("  ") is None


def test_a_programme_is_copied_to_the_same_days_of_the_week(book: Notebook, guide: Guide) -> None:
    north, south = guide.told_visits
    dated = replace(south, title="Tour, 28 May 2013")
    visits = [north, dated, replace(north, when=When(""))]
    begun = copy_programme(book, Plan("Again", "2027-05-20"), visits)
    take(book, guide)
    trip = read_trip(guide)
    assert [(one.day, one.when.time, one.when.end_time) for one in trip.visits] == [
        ("2027-05-25", "09:00", "11:00"), ("2027-05-25", "14:30", ""),
    ]  # fmt: skip
    assert [one.verify for one in (*trip.visits, *trip.undated)] == [True] * 3
    assert trip.visits[1].title == "Tour"
    assert (trip.visits[0].origin, trip.visits[0].position) == (
        NORTH, guide.told_visits[0].position,
    )  # fmt: skip
    assert [route.date for route in trip.routes][:: len(trip.routes) - 1] == [
        "2027-05-20", "2027-05-25",
    ]  # fmt: skip
    planning.change_meeting(book, begun.meetings[0], lambda one: replace(one, verify=False))
    again = copy_programme(book, Plan("And again", "2028-05-29", "2028-06-02"), trip.visits)
    take(book, guide)
    copied = read_trip(guide).visits
    assert [(one.day, one.verify, one.origin) for one in copied] == [
        ("2028-05-30", True, NORTH), ("2028-05-30", True, SOUTH),
    ]  # fmt: skip
    assert guide.record(trip.visits[0].ref).title == "Visit to North Hospital"
    undo(book, again)
    take(book, guide)
    assert [visit.verify for visit in read_trip(guide).visits] == [False, True]
    undo(book, begun)
    take(book, guide)
    assert read_trip(guide).mission.ref == SPRING


def test_a_record_becomes_a_meeting_with_what_the_guide_knows(guide: Guide) -> None:
    person = meeting_with(guide, Ref("person", "li-na"), "2027-05-25", "10:00")
    assert (person.people, person.place) == (
        ("person/li-na",), Ref("organisation", "north-hospital"),
    )  # fmt: skip
    assert meeting_with(guide, PARK).host == PARK
    again = meeting_with(guide, NORTH, "2027-05-25")
    assert (again.day, again.origin, again.verify, again.end_time) == (
        "2027-05-25", NORTH, True, "",
    )  # fmt: skip
    with pytest.raises(UnknownRef):
        meeting_with(guide, Ref("organisation", "nowhere"))
    guide.take(Planned(SPRING, Plan("x", "2027-01-01", participants=("person/li-na", "person.7"))))
    assert [link.title for link in participants(guide)] == ["Li Na"]


def test_being_there_is_ticked_beside_what_a_visit_came_to(book: Notebook) -> None:
    first = attend(book, NORTH, "North", ME, True)
    (kept,) = first
    book.closings.edit(kept.entry, lambda one: replace(one, heard="Much"))
    second = attend(book, NORTH, "North", "person/li-na", True)
    assert attendance(book).at == {NORTH: {ME, "person/li-na"}}
    attendance_undo(book, second)
    assert attendance(book).me(NORTH)
    attend(book, NORTH, "North", ME, False)
    assert (attendance(book).me(NORTH), attendance(book).me(SOUTH)) == (False, False)
    assert book.closings.get(kept.entry).value == Closing("Much")


def test_whoever_was_not_there_is_in_no_account_of_the_visit(book: Notebook) -> None:
    for _ in range(2):
        book.closings.add(Closing(attended=(ME,)), NORTH, visit=NORTH)
    deeds = attend(book, NORTH, "North", ME, False)
    assert not attendance(book).me(NORTH)
    attendance_undo(book, deeds)
    assert [one.value.attended for one in book.closings.all()] == [(ME,), (ME,)]


def test_what_somebody_else_wrote_never_breaks_the_programme(book: Notebook, guide: Guide) -> None:
    odd = Meeting(
        "Odd", day="2013-02-31", time="10:00", end_day="2013-02-30", end_time="09:00",
        zone="Mars/Olympus", place=Ref("place", "nowhere"), host=Ref("visit", "own-1"),
        people=("person/", "nobody", "person.1"), origin=Ref("visit", "gone"), travel="9 h" * 500,
    )  # fmt: skip
    book.meetings.add(odd, SPRING)
    book.meetings.add(replace(odd, day="2013-05-28"), SPRING)
    take(book, guide)
    trip = read_trip(guide)
    assert [one.title for one in trip.undated] == ["Odd"]
    assert (len(trip.visits), len(cautions_of(trip))) == (3, 5)


def test_a_crowd_of_meetings_is_read_at_once(book: Notebook, guide: Guide) -> None:
    crowd = [replace(LUNCH, day=f"2013-05-{27 + n % 5}") for n in range(500)]
    book.meetings.add_many(crowd, SPRING)
    before = time.perf_counter()
    take(book, guide)
    assert len(read_trip(guide).visits) == 502
    assert time.perf_counter() - before < 1


def test_what_stayed_open_in_a_visit_is_asked_in_the_next_mission(
    book: Notebook, guide: Guide
) -> None:
    visiting.prepare(book, visiting.subject_of(guide, SOUTH), "Which rent?")
    begun = copy_programme(book, Plan("Again", "2027-05-20"), guide.told_visits)
    take(book, guide)
    subject = visiting.subject_of(guide, begun.meetings[1])
    assert subject.earlier == (SOUTH,)
    (asked,) = [one for one in visiting.questions_of(book, subject) if one.entry]
    assert (asked.text, asked.carried) == ("Which rent?", True)


@pytest.mark.parametrize(
    ("own", "card"),
    [
        (
            {"place": None, "address_zh": "滨江路1号"},
            ("Lunch with the park", "", "滨江路1号", None),
        ),
        ({"address_zh": "滨江路1号"}, ("North Hospital", "北医院", "滨江路1号", None)),
        ({"address": "1 River Road"}, ("North Hospital", "北医院", "1 River Road", None)),
        ({"address_zh": "北路1号"}, ("North Hospital", "北医院", "北路1号", 31.25)),
        ({}, ("North Hospital", "北医院", "北路1号", 31.25)),
    ],
)
def test_a_driver_is_led_to_the_address_that_was_typed_for_a_meeting(
    book: Notebook, guide: Guide, own: dict[str, str], card: tuple[str, str, str, float | None]
) -> None:
    ref = keep(book, guide, replace(LUNCH, **{"place": HOSPITAL, **own}))  # type: ignore[arg-type]
    made = driver_card(guide, ref, MADE)
    address = made.address.local or made.address.value
    assert (made.name.value, made.name.local, address, made.position and made.position.lat) == card
    visit = guide.visit(ref)
    assert visit is not None
    assert address in (visit.address_zh, visit.address)


def test_a_map_of_meetings_without_a_day_still_names_who_gave_their_positions(
    book: Notebook, guide: Guide
) -> None:
    book.shown_mission.choose(book.plans.add(Plan("Spring", "2027-03-26")).id)
    take(book, guide)
    keep(book, guide, replace(LUNCH, day=""))
    trip = read_trip(guide)
    spot = trip.undated[0].position
    assert spot is not None
    assert spot.source in trip.sources


def test_a_meeting_whose_address_no_code_holds_and_a_hotel_that_is_nowhere_leave_the_cards(
    book: Notebook, guide: Guide
) -> None:
    long = "滨江路一号" * 100
    ref = keep(book, guide, replace(LUNCH, place=None, address_zh=long))
    assert code_of(driver_card(guide, ref, MADE).links[0]) is None
    nowhere = Hotel("source/letter")
    with pytest.raises(BadRequest):
        hotel_card(guide, nowhere, MADE)
    cards = read_cards(guide, read_trip(guide).routes, MADE, nowhere)
    (lunch,) = [one for one in cards if one["address"]["local"] == long]
    assert lunch["code"] is None
    assert len(cards) == 3
