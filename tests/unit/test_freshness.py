"""What strikes a fact through, and when it asks for another look."""

from datetime import date

import pytest

from fieldguide.domain.freshness import freshness
from fieldguide.domain.records import Fact

DAY = date(2026, 11, 24)


def fact(**changes: str) -> Fact:
    return Fact("Beds", "2,050", **{"as_of": "2013", "nature": "count", **changes})  # type: ignore[arg-type]


def test_age_alone_strikes_nothing_through() -> None:
    assert not freshness(fact(), DAY).overruled
    assert freshness(fact(), DAY).years == 13


@pytest.mark.parametrize(
    ("until", "overruled"),
    [("2026-11-23", True), ("2026-11-24", False), ("2026-10", True), ("2026-11", False),
     ("2025", True), ("2026", False)],
)  # fmt: skip
def test_a_validity_ends_with_its_last_moment(until: str, overruled: bool) -> None:
    assert freshness(fact(valid_until=until), DAY).overruled is overruled


def test_what_replaces_a_fact_overrules_it() -> None:
    assert freshness(fact(superseded_by="organisation/x#beds"), DAY).overruled


@pytest.mark.parametrize(
    ("nature", "checked", "stale"),
    [("phone", "2024-11-01", False), ("phone", "2024-10-31", True), ("regulation", "2025-10", True),
     ("regulation", "2025-11", False), ("count", "2023-10-01", True), ("count", "2024", False),
     ("history", "1990", False)],
)  # fmt: skip
def test_the_half_life_runs_from_the_last_check(nature: str, checked: str, stale: bool) -> None:
    assert freshness(fact(nature=nature, checked=checked), DAY).stale is stale


def test_a_span_is_as_old_as_its_end() -> None:
    assert freshness(fact(as_of="2010/2024"), DAY).years == 2
