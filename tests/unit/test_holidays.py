"""Public holidays: what the guide says of a day."""

from datetime import date
from pathlib import Path

import pytest

from db import reader
from fieldguide.domain.holidays import Holiday
from fieldguide.errors import ContentError
from fieldguide.services.guide import Guide


def test_a_week_of_the_spring_festival_lists_its_days_off_and_the_saturdays_worked_for_it(
    guide: Guide,
) -> None:
    found = guide.holidays(date(2026, 2, 14), date(2026, 2, 20))
    assert [(one.day.day, one.working) for one in found] == [
        (14, True), (16, False), (17, False), (18, False), (19, False), (20, False),
    ]  # fmt: skip
    assert found[2] == Holiday(date(2026, 2, 17), "Spring Festival", "春节", found[2].source)
    assert not any(one.provisional for one in found)


def test_every_holiday_of_a_year_without_a_notice_is_provisional(guide: Guide) -> None:
    found = guide.holidays(date(2027, 1, 1), date(2027, 12, 31))
    assert len(found) == 19
    assert all(one.provisional and not one.working for one in found)


def test_a_year_that_the_guide_does_not_cover_has_no_holidays(guide: Guide) -> None:
    assert guide.holidays(date(2030, 1, 1), date(2030, 12, 31)) == []


def test_a_holiday_without_a_whole_day_is_refused_with_its_file(tmp_path: Path) -> None:
    text = 'holidays = [\n  { day = "2026-02", name = "New Year", source = "x" },\n]\n'
    (tmp_path / "holidays.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ContentError, match=r"holidays\.toml:1: a holiday needs a whole day"):
        reader.read(tmp_path)
