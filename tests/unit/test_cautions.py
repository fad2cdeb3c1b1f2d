"""What of a programme is warned of: only what cannot be, and what nobody has told."""

import time
from dataclasses import replace
from datetime import date

import pytest

from fieldguide.domain.cautions import Caution, Frame, Trouble, cautions
from fieldguide.domain.holidays import Holiday
from fieldguide.domain.records import Position, Ref, When
from fieldguide.domain.trips import Visit, day_of, read_travel

FRAME = Frame("2027-03-22", "2027-03-31", "Asia/Shanghai", "Europe/Paris", "Lyon")
RENJI = Position(31.2086, 121.5167, "street", "M")
PARK = Position(31.2000, 121.5900, "campus", "M")
SUZHOU = Position(31.3167, 120.7200, "campus", "M")
TOWN = Position(31.2500, 121.6000, "district", "M")


def visit(
    name: str, hours: str, at: Position | None = RENJI, way: str = "", group: str = "",
    day: str = "2027-03-23", zone: str = "Asia/Shanghai",
) -> Visit:  # fmt: skip
    begin, _, end = hours.partition("-")
    when = When(day, begin, end_time=end, zone=zone)
    return Visit(
        Ref("visit", name.lower()), name, "", "", when, "", address="here", position=at,
        travel=read_travel(way), group=group,
    )  # fmt: skip


def told(*visits: Visit) -> list[str]:
    return [one.words for one in cautions(visits, FRAME) if not one.open]


@pytest.mark.parametrize(
    ("visits", "words"),
    [
        ([visit("A", "09:00-11:00"), visit("B", "10:30-12:00")], "A and B overlap by 30 min."),
        ([visit("A", "09:00-11:00"), visit("B", "11:00-12:00")], ""),
        ([visit("A", "09:00-12:00"), visit("B", "09:30-10:00"), visit("C", "13:00")],
         "A and B overlap by 30 min."),
        ([visit("A", "09:00"), visit("B", "09:00-10:00")], "A and B begin at the same time."),
        ([visit("A", "09:00-11:00"), visit("B", "10:30")], "B begins before A is over."),
        ([visit("A", "09:00"), visit("B", "09:30")], ""),
        ([visit("A", "23:00-01:00"), visit("B", "00:30-02:00", day="2027-03-24")], ""),
        ([visit("A", "09:00-11:00", group="x"), visit("B", "10:00-12:00", group="y")], ""),
        ([visit("A", "09:00-11:00", group="x"), visit("B", "10:00-12:00")],
         "A and B overlap by 1 h."),
        ([visit("A", "09:00-10:00"), visit("B", "08:30-09:30", zone="Asia/Tokyo")], ""),
        ([visit("A", "09:00-10:00"), visit("B", "10:20", PARK, "30 min by taxi")],
         "The way to B takes 30 min, and A ends 20 min before it begins."),
        ([visit("A", "09:00-10:00"), visit("B", "10:30", PARK, "30 min by taxi")], ""),
        ([visit("A", "09:00"), visit("B", "09:20", PARK, "30 min by taxi")],
         "The way to B takes 30 min, and A begins 20 min before it begins."),
        ([visit("A", "09:00-10:00"), visit("B", "10:05", PARK)],
         "B is 7 km away in a straight line, and A ends 5 min before it begins."),
        ([visit("A", "09:00-10:00"), visit("B", "10:08", PARK)], ""),
        ([visit("A", "09:00-10:00"), visit("B", "10:05", TOWN)], ""),
        ([visit("A", "09:00-10:00"), visit("B", "10:05", None)], ""),
        ([visit("A", "09:00-10:00"), visit("B", "10:30", SUZHOU)],
         "B is 77 km away in a straight line, and A ends 30 min before it begins."),
        ([visit("A", "09:00-10:00"), visit("B", "10:40", SUZHOU)], ""),
        ([visit("A", "18:00-19:00"), visit("B", "09:00", SUZHOU, "30 h", day="2027-03-24")], ""),
        ([visit("A", "01:00-01:50", day="2027-03-28", zone="Europe/Paris"),
          visit("B", "03:10", PARK, "30 min", day="2027-03-28", zone="Europe/Paris")],
         "The way to B takes 30 min, and A ends 20 min before it begins."),
        ([visit("A", "09:00-10:00", day="2027-04-01")],
         "A is outside the days of the mission."),
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_once(visits: list[Visit], words: str) -> None:
    clocks = "Clocks change on Sunday 28 March"
    said = [one for one in told(*reversed(visits)) if not one.startswith(clocks)]
    assert said == ([words] if words else [])


@pytest.mark.parametrize(
    ("home", "start", "end", "words"),
    [
        ("Europe/Paris", "2027-03-22", "2027-03-31",
         "Clocks change on Sunday 28 March: Shanghai is 7 h ahead of Lyon before, "
         "6 h ahead of it after."),
        ("Europe/Paris", "2027-03-29", "2027-03-31", ""),
        ("Europe/Paris", "2027-03-22", "2027-03-27", ""),
        ("America/New_York", "2027-11-06", "2027-11-08",
         "Clocks change on Sunday 7 November: Shanghai is 12 h ahead of Lyon before, "
         "13 h ahead of it after."),
        ("Asia/Shanghai", "2027-03-22", "2027-03-31", ""),
    ],
)  # fmt: skip
def test_a_change_of_clocks_is_told_with_its_day(
    home: str, start: str, end: str, words: str
) -> None:
    frame = replace(FRAME, start=start, end=end, home_zone=home)
    assert [one.words for one in cautions([], frame)] == ([words] if words else [])


def test_days_off_are_told_within_the_mission_and_where_there_is_a_visit() -> None:
    holidays = [
        Holiday(date(2027, 3, 24), "Spring rest", "春休", "x", provisional=True),
        Holiday(date(2027, 3, 28), "Work for spring", "", "x", working=True),
        Holiday(date(2027, 4, 5), "Qingming", "清明节", "x"),
        Holiday(date(2027, 4, 6), "Qingming", "清明节", "x"),
    ]
    frame = replace(FRAME, home_zone=FRAME.zone, holidays=holidays)
    late = visit("A", "09:00-10:00", day="2027-04-05")
    found = [one for one in cautions([late], frame) if one.trouble is Trouble.HOLIDAY]
    assert [(one.words, one.refs) for one in found] == [
        ("Wednesday 24 March: Spring rest 春休, a public holiday (provisional).", ()),
        ("Sunday 28 March: Work for spring, on which people work.", ()),
        ("Monday 5 April: Qingming 清明节, a public holiday.", (late.ref,)),
    ]


def test_what_nobody_told_is_one_sentence_a_day_and_comes_last() -> None:
    bare = replace(visit("D", "", None), address="")
    night = When("2027-03-23", "22:00", "2027-03-24", "01:00")
    found = cautions(
        [visit("A", "09:00"), visit("B", "09:00"), bare, replace(visit("N", ""), when=night)],
        replace(FRAME, end="2027-03-24"),
    )
    assert [(one.trouble, one.refs) for one in found] == [
        (Trouble.OVERLAP, (Ref("visit", "a"), Ref("visit", "b"))),
        (Trouble.NO_END, (Ref("visit", "a"), Ref("visit", "b"))),
        (Trouble.NO_TIME, (Ref("visit", "d"),)),
        (Trouble.NO_PLACE, (Ref("visit", "d"),)),
    ]
    assert found[1] == Caution(
        Trouble.NO_END, "No end is told for A, B.", found[0].refs, "2027-03-23"
    )


def test_nobody_goes_from_one_part_of_the_delegation_to_the_other() -> None:
    both = [visit("A", "09:00", group="x"), visit("B", "10:00", way="9 min", group="y")]
    (leg,) = day_of("2027-03-23", both).legs
    assert (leg.parted, leg.travel) == (True, None)


def test_a_crowded_programme_is_looked_through_at_once() -> None:
    crowd = [
        visit(f"V{n}", f"{n % 24:02}:{n % 60:02}", PARK if n % 2 else SUZHOU, group=str(n % 9))
        for n in range(500)
    ]
    before = time.perf_counter()
    found = cautions(crowd, FRAME)
    assert time.perf_counter() - before < 1
    assert len(found) < 2_000
