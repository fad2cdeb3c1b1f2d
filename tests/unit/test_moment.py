"""What a moment is within a day whose visits may have no end."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from fieldguide.domain.moment import is_over, moment_of
from fieldguide.domain.trips import Day
from fieldguide.services.guide import Guide

HERE = ZoneInfo("Asia/Shanghai")


@pytest.mark.parametrize(
    ("clock", "visit", "state", "minutes"),
    [
        ("08:40", "sip-2013", "next", 80),
        ("10:00", "sip-2013", "now", 0),
        ("10:45", "sip-2013", "now", 45),
        ("10:45:59", "sip-2013", "now", 45),
        ("11:10", "biobay-2013", "next", 20),
        ("11:10:59", "biobay-2013", "next", 20),
        ("12:31", "sinano-2013", "next", 119),
        ("15:00", "sinano-2013", "now", 30),
        ("19:00", "sinano-2013", "last", 270),
    ],
)
def test_the_next_visit_follows_the_clock(
    guide: Guide, clock: str, visit: str, state: str, minutes: int
) -> None:
    now = datetime.fromisoformat(f"2013-05-28T{clock}").replace(tzinfo=HERE)
    moment = moment_of(guide.day("2013-05-28"), now)
    assert moment is not None
    assert (moment.visit.ref.slug, moment.state, moment.minutes) == (visit, state, minutes)


@pytest.mark.parametrize(
    ("clock", "over"), [("09:00", 0), ("10:59", 0), ("11:00", 1), ("21:30", 3)]
)
def test_a_visit_is_over_an_hour_after_it_began(guide: Guide, clock: str, over: int) -> None:
    now = datetime.fromisoformat(f"2013-05-28T{clock}").replace(tzinfo=HERE)
    assert sum(is_over(visit, now) for visit in guide.day("2013-05-28").visits) == over


def test_a_visit_without_an_hour_is_over_on_the_day_after(guide: Guide) -> None:
    (visit,) = guide.day("2013-05-29").visits
    assert not is_over(visit, datetime(2013, 5, 29, 23, 0, tzinfo=HERE))
    assert is_over(visit, datetime(2013, 5, 30, 0, 0, tzinfo=HERE))


def test_of_two_visits_at_once_the_first_is_shown_and_the_other_named(guide: Guide) -> None:
    day = guide.day("2013-05-28")
    first, second, third = day.visits
    both = replace(day, visits=(first, replace(second, when=first.when), third))
    for clock in ("09:50", "10:00", "10:30"):
        now = datetime.fromisoformat(f"2013-05-28T{clock}").replace(tzinfo=HERE)
        moment = moment_of(both, now)
        assert moment is not None
        assert moment.visit is first
        assert [one.ref for one in moment.together] == [second.ref]


@pytest.mark.parametrize(
    ("clock", "visit", "state"),
    [
        ("10:30", "sip-2013", "now"), ("11:40", "biobay-2013", "now"),
        ("13:10", "sip-2013", "now"), ("13:30", "sinano-2013", "next"),
    ],
)  # fmt: skip
def test_a_visit_with_an_end_is_under_way_until_then(
    guide: Guide, clock: str, visit: str, state: str
) -> None:
    day = guide.day("2013-05-28")
    long = replace(day.visits[0], when=replace(day.visits[0].when, end_time="13:30"))
    now = datetime.fromisoformat(f"2013-05-28T{clock}").replace(tzinfo=HERE)
    moment = moment_of(replace(day, visits=(long, *day.visits[1:])), now)
    assert moment is not None
    assert (moment.visit.ref.slug, moment.state) == (visit, state)
    assert is_over(long, now) == (state == "next")


def test_a_clock_at_home_means_the_same_moment(guide: Guide) -> None:
    now = datetime(2013, 5, 28, 2, 40, tzinfo=ZoneInfo("Europe/Paris"))
    moment = moment_of(guide.day("2013-05-28"), now)
    assert moment is not None
    assert (moment.state, moment.minutes) == ("next", 80)


def test_another_day_starts_with_its_first_visit(guide: Guide) -> None:
    now = datetime(2026, 11, 24, 9, 0, tzinfo=HERE)
    moment = moment_of(guide.day("2013-05-27"), now)
    assert moment is not None
    assert (moment.visit.ref.slug, moment.state) == ("renji-2013", "first")


def test_a_visit_without_an_hour_is_first_and_an_empty_day_has_none(guide: Guide) -> None:
    now = datetime(2013, 5, 29, 9, 0, tzinfo=HERE)
    moment = moment_of(guide.day("2013-05-29"), now)
    assert moment is not None
    assert moment.state == "first"
    assert moment_of(Day("2013-06-01", (), ()), now) is None
