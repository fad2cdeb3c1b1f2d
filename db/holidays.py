"""The public holidays of the guide: computed by a package into text, read from the text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from db import fields
from db.places import Where
from fieldguide.domain.holidays import Holiday

YEARS: Final = range(2024, 2028)
SOURCES: Final = {2026: "state-council-holidays-2026"}
"""Years for which the guide knows a notice that the package agrees with."""
PACKAGE: Final = "holidays-package"
PROVISIONAL: Final = frozenset((2027,))
"""Years without a notice."""

_KEYS: Final = frozenset(("day", "name", "zh", "source", "provisional", "working"))
_NAMES: Final = {
    "元旦": "New Year's Day",
    "农历除夕": "Chinese New Year's Eve",
    "春节": "Spring Festival",
    "清明节": "Qingming",
    "劳动节": "Labour Day",
    "端午节": "Dragon Boat Festival",
    "中秋节": "Mid-Autumn Festival",
    "国庆节": "National Day",
}
_IN_LIEU: Final = "（补假）"
_SWAPPED: Final = re.compile(r"由 (\d{4}-\d\d-\d\d) 调休")
_HEAD: Final = """\
# Public holidays of China by day. Made by `python3 -m db holidays` from the package holidays;
# where no notice for a year is known, the days follow from the rule alone and are provisional.

holidays = [
"""


def read(rows: object, where: Where) -> Iterator[Holiday]:
    """Holidays as written. Raises ContentError."""
    for row in fields.tables(rows, where, "holidays"):
        fields.only(row, _KEYS, where)
        text = fields.day(row, "day", where)
        if len(text) != len("YYYY-MM-DD") or text.startswith("-"):
            raise where.error(f"a holiday needs a whole day, not “{text}”.")
        name = fields.text(row, "name", where)
        if not name:
            raise where.error(f"the holiday of {text} has no name.")
        yield Holiday(
            date.fromisoformat(text),
            name,
            fields.text(row, "zh", where),
            fields.text(row, "source", where),
            provisional=_flag(row, "provisional", where),
            working=_flag(row, "working", where),
        )


def _flag(row: Mapping[str, Any], key: str, where: Where) -> bool:
    value = row.get(key, False)
    if not isinstance(value, bool):
        raise where.error(f"“{key}” is true or false.")
    return value


def write(path: Path) -> int:
    """Write the text that ``read`` reads; how many days it has."""
    import holidays

    told = holidays.country_holidays("CN", years=YEARS, language="zh_CN")
    found = sorted(_days({day: told[day] for day in told}), key=lambda one: one.day)
    path.write_text(_HEAD + "".join(map(_row, found)) + "]\n", encoding="utf-8")
    return len(found)


def _days(told: Mapping[date, str]) -> Iterator[Holiday]:
    """The days off, and the weekend days that are worked for the swapped ones among them."""
    plain = {day: name for day, name in told.items() if not _SWAPPED.search(name)}
    for day, name in told.items():
        if not (swapped := _SWAPPED.search(name)):
            base = name.removesuffix(_IN_LIEU)
            yield _holiday(day, _NAMES[base] + (" (in lieu)" if base != name else ""), name)
            continue
        zh = min(plain.items(), key=lambda one: abs(one[0] - day))[1].removesuffix(_IN_LIEU)
        yield _holiday(day, f"{_NAMES[zh]} (bridge day)", f"{zh}（调休）")
        worked = date.fromisoformat(swapped[1])
        yield _holiday(worked, f"Working day for {_NAMES[zh]}", f"{zh}（上班）", working=True)


def _holiday(day: date, name: str, zh: str, *, working: bool = False) -> Holiday:
    source = SOURCES.get(day.year, PACKAGE)
    return Holiday(day, name, zh, source, provisional=day.year in PROVISIONAL, working=working)


def _row(one: Holiday) -> str:
    more = ", provisional = true" if one.provisional else ""
    more += ", working = true" if one.working else ""
    return (
        f'  {{ day = "{one.day}", name = "{one.name}", zh = "{one.name_zh}",'
        f' source = "{one.source}"{more} }},\n'
    )
