"""What one needs on the first evening in a country: one page of facts, each with date and source.

Which facts these are is said by the guide. Numbers that one calls in need are shown only where they
are well sourced and were looked at lately: a wrong one costs more than none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from fieldguide.domain.freshness import freshness
from fieldguide.domain.records import Fact, Record, Ref
from fieldguide.domain.travel import ArrivalPart
from fieldguide.services.guide import Guide

_TRUSTED: Final = ("H", "M")
_AHEAD: Final = 366
"""Days in which clocks may be put forward or back."""


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as it stands on the day; ``ended`` is one whose end has passed."""

    label: str
    value: str
    local: str
    note: str
    as_of: str
    until: str
    confidence: str
    source: str
    stale: bool
    ended: bool
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Facts of one record, which tells more."""

    ref: Ref
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the card; ``left_out`` counts numbers that are too weak or too old to be shown."""

    heading: str
    form: str
    groups: tuple[Group, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Clocks:
    """How far the place is ahead of home, and when that changes next; minutes, negative if behind.

    ``changes`` is None where it stays so for a year.
    """

    city: str
    zone: str
    home_city: str
    home_zone: str
    ahead: int
    changes: date | None
    then: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """The arrival card of a guide on a day."""

    day: date
    state: str
    """ISO day on which the guide was made up."""
    clocks: Clocks
    parts: tuple[Part, ...]

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, for a printed page or a script."""
        shape = asdict(self)
        shape["day"] = self.day.isoformat()
        shape["clocks"]["changes"] = self.clocks.changes and self.clocks.changes.isoformat()
        for part, plain in zip(self.parts, shape["parts"], strict=True):
            for group, told in zip(part.groups, plain["groups"], strict=True):
                told["ref"] = str(group.ref)
        return shape


def read_arrival(guide: Guide, now: datetime) -> Arrival:
    """The card as it stands; without parts where the guide has none."""
    refs = [Ref.parse(name.partition("#")[0]) for one in guide.arrival for name in one.facts]
    known = {ref: guide.record(ref) for ref in dict.fromkeys(refs)}
    day = now.date()
    parts = tuple(_part(one, known, day) for one in guide.arrival)
    return Arrival(day, guide.about.state, _clocks(guide, now), parts)


def _part(part: ArrivalPart, known: Mapping[Ref, Record], day: date) -> Part:
    groups: list[Group] = []
    left_out = 0
    for record, fact in _facts(part, known):
        fresh = freshness(fact, day)
        if fact.superseded_by:
            continue
        weak = fresh.stale or fresh.overruled or fact.confidence not in _TRUSTED
        if part.form == "numbers" and weak:
            left_out += 1
            continue
        line = _line(record, fact, day)
        if groups and groups[-1].ref == record.ref:
            groups[-1] = Group(record.ref, record.title, (*groups[-1].lines, line))
        else:
            groups.append(Group(record.ref, record.title, (line,)))
    return Part(part.heading, part.form, tuple(groups), left_out)


def _facts(part: ArrivalPart, known: Mapping[Ref, Record]) -> Iterator[tuple[Record, Fact]]:
    for name in part.facts:
        ref, _, wanted = name.partition("#")
        record = known[Ref.parse(ref)]
        yield from ((record, fact) for fact in record.facts if fact.id == wanted)


def _line(record: Record, fact: Fact, day: date) -> Line:
    shorts = {source.slug: source.short or source.title for source in record.sources}
    fresh = freshness(fact, day)
    return Line(
        label=fact.label,
        # Some facts are hanzi, and say beside them how they are read.
        value=fact.value_zh if fact.value in fact.value_zh else f"{fact.value} {fact.unit}".strip(),
        local="" if fact.value in fact.value_zh else fact.value_zh,
        note=fact.note,
        as_of=fact.as_of,
        until=fact.valid_until,
        confidence=fact.confidence,
        source=shorts.get(fact.source, fact.source),
        stale=fresh.stale,
        ended=fresh.overruled,
        doubts=tuple(doubt.text for doubt in fact.doubts),
    )


def _clocks(guide: Guide, now: datetime) -> Clocks:
    about = guide.about
    there, home = ZoneInfo(about.zone), ZoneInfo(about.home_zone)
    ahead = _ahead(now, there, home)
    changes, then = None, ahead
    for days in range(1, _AHEAD):
        later = now.astimezone(there).replace(hour=12) + timedelta(days=days)
        if (then := _ahead(later, there, home)) != ahead:
            changes = later.date()
            break
    return Clocks(about.city, about.zone, about.home_city, about.home_zone, ahead, changes, then)


def _ahead(moment: datetime, there: ZoneInfo, home: ZoneInfo) -> int:
    """Minutes by which clocks there are ahead of those at home."""
    here, away = moment.astimezone(home).utcoffset(), moment.astimezone(there).utcoffset()
    assert here is not None
    assert away is not None
    return int((away - here).total_seconds() // 60)
