"""The arrival card: the guide says what is on it; numbers to call in need must be sure."""

import json
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from fieldguide.domain.records import Record, Ref
from fieldguide.services.arrival import Line, Part, read_arrival
from fieldguide.services.guide import Guide

NOW = datetime(2026, 11, 24, 15, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
CALLS = Ref.parse("card/emergency-numbers")


def lines(part: Part) -> list[Line]:
    return [line for group in part.groups for line in group.lines]


def test_every_part_that_the_guide_names_is_there_with_date_and_source(guide: Guide) -> None:
    card = read_arrival(guide, NOW)
    assert [part.heading for part in card.parts] == [one.heading for one in guide.arrival]
    for part in card.parts:
        assert lines(part)
        assert all(line.source and line.confidence for line in lines(part))
    numbers = [line.value for line in lines(card.parts[0])]
    assert numbers[:3] == ["120", "110", "119"]
    assert json.loads(json.dumps(card.as_data()))["parts"][0]["groups"][0]["ref"] == str(CALLS)


@pytest.mark.parametrize(
    ("change", "shown"),
    [
        ({}, True),
        ({"confidence": "M"}, True),
        ({"confidence": "L"}, False),
        ({"confidence": "U"}, False),
        ({"confidence": "R"}, False),
        ({"nature": "phone", "checked": "2024-10"}, False),
        ({"nature": "phone", "checked": "2024-11"}, True),
        ({"valid_until": "2026-11-23"}, False),
    ],
)
def test_a_number_is_shown_only_if_it_is_well_sourced_and_was_looked_at_lately(
    guide: Guide, monkeypatch: pytest.MonkeyPatch, change: dict[str, str], shown: bool
) -> None:
    real = guide.record

    def changed(ref: Ref) -> Record:
        record = real(ref)
        if ref != CALLS:
            return record
        facts = [replace(one, **change) if one.id == "ambulance" else one for one in record.facts]  # type: ignore[arg-type]
        return replace(record, facts=tuple(facts))

    monkeypatch.setattr(guide, "record", changed)
    part = read_arrival(guide, NOW).parts[0]
    assert ("120" in [line.value for line in lines(part)]) is shown
    assert part.left_out == (0 if shown else 1)


def test_what_has_ended_is_shown_as_ended_and_what_was_replaced_not_at_all(guide: Guide) -> None:
    later = datetime(2027, 2, 1, tzinfo=ZoneInfo("Asia/Shanghai"))
    entry = next(part for part in read_arrival(guide, later).parts if part.heading == "Entry")
    assert [line.ended for line in lines(entry)][:2] == [True, True]
    assert not any(line.value == "None in the report" for line in lines(entry))


def test_the_clock_is_computed_for_the_day_and_says_when_it_changes(guide: Guide) -> None:
    winter = read_arrival(guide, NOW).clocks
    assert (winter.ahead, winter.changes, winter.then) == (420, date(2027, 3, 28), 360)
    summer = datetime(2013, 5, 28, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert read_arrival(guide, summer).clocks.ahead == 360
