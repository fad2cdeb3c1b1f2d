"""Facts in the order they are read: by group, one series for each label, the newest first."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.records import Fact

MONTHS: Final = (
    "Jan", "Feb", "March", "April", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec",
)  # fmt: skip
_NUMBER: Final = re.compile(r"(?:\D*\s)?(\d[\d,]*(?:\.\d+)?)(?: (million|billion))?%?\+?")
_TIMES: Final = {"": 1.0, "million": 1e6, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class Series:
    """All facts of one label, never added up: the newest that holds first, the overruled last."""

    label: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """One heading and what stands under it; the heading may be empty."""

    heading: str
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A figure of one year; ``alone`` when a note says what it includes or leaves out."""

    year: float
    value: float
    fact: Fact

    @property
    def alone(self) -> bool:
        """Whether its note keeps it from being read beside the others."""
        return bool(self.fact.note)


def grouped(facts: Sequence[Fact]) -> tuple[Group, ...]:
    """The facts by group and label, both in the order in which they first appear."""
    groups: dict[str, dict[str, list[Fact]]] = {}
    for fact in facts:
        groups.setdefault(fact.group, {}).setdefault(fact.label, []).append(fact)
    return tuple(
        Group(heading, tuple(Series(label, _newest_first(own)) for label, own in labels.items()))
        for heading, labels in groups.items()
    )


def points(series: Series) -> tuple[Point, ...]:
    """The facts of a series that are one number of one unit and year, the oldest first."""
    found = [
        Point(year, number, fact)
        for fact in series.facts
        if (number := _number(fact.value)) is not None and (year := _year(fact.as_of))
    ]
    if len({point.fact.unit for point in found}) > 1:
        return ()
    return tuple(sorted(found, key=lambda point: point.year))


def charted(facts: Sequence[Fact]) -> tuple[str, tuple[Point, ...]]:
    """Label and points of the series that spans most years; none when no figure has two."""
    best: tuple[str, tuple[Point, ...]] = ("", ())
    for group in grouped([fact for fact in facts if fact.nature == "count"]):
        for series in group.series:
            found = points(series)
            if len({int(point.year) for point in found}) > 1 and len(found) > len(best[1]):
                best = (series.label, found)
    return best


def date_words(iso: str) -> str:
    """An ISO text as it is read: ``27 May 2013``, ``Dec 2013``, ``27–31 May 2013``, ``1 May``."""
    start, slash, end = iso.partition("/")
    if slash:
        return f"{_told_once(date_words(start), date_words(end))}–{date_words(end)}"
    if iso.startswith("--"):
        return _day_month(iso[2:])
    year, _, rest = iso.partition("-")
    return f"{_day_month(rest)} {year}" if rest else year


def _told_once(start: str, end: str) -> str:
    """The start of a span without the month and year that its end says again."""
    first, last = start.split(), end.split()
    while len(first) > 1 and len(last) > 1 and first[-1] == last[-1]:
        del first[-1], last[-1]
    return " ".join(first)


def _day_month(text: str) -> str:
    month, _, day = text.partition("-")
    name = MONTHS[int(month) - 1]
    return f"{int(day)} {name}" if day else name


def _newest_first(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    newest = sorted(facts, key=lambda fact: fact.as_of.split("/")[-1], reverse=True)
    return tuple(sorted(newest, key=lambda fact: bool(fact.superseded_by)))


def _number(value: str) -> float | None:
    found = _NUMBER.fullmatch(value)
    if found is None:
        return None
    return float(found[1].replace(",", "")) * _TIMES[found[2] or ""]


def _year(as_of: str) -> float:
    """The year with its part that had passed; 0 for a span or without a year."""
    if "/" in as_of or not as_of[:4].isdigit():
        return 0.0
    month = int(as_of[5:7] or "1")
    return int(as_of[:4]) + (month - 1) / 12
