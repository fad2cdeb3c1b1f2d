"""What of a programme cannot go as it is written, or is not written yet. Pure rules.

Nothing is assumed: a visit whose end is not told counts as one that takes no time, and a way
counts as too long only where even the straight line is.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide.domain.holidays import Holiday
from fieldguide.domain.measures import weekday_text
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit, begin_of, end_of, straight_line

NEAR_M: Final = 20_000
NEAR_SPEED: Final = 60
FAR_SPEED: Final = 300
"""Kilometres an hour that nobody is faster than along a straight line, up to NEAR_M and beyond."""
LONGEST_GAP: Final = timedelta(hours=12)
"""Between two visits further apart than this there is a night."""


class Trouble(StrEnum):
    """What a caution is about; the values are printed for scripts."""

    OVERLAP = "overlap"
    TRANSFER = "transfer"
    HOLIDAY = "holiday"
    CLOCKS = "clocks"
    OUTSIDE = "outside"
    NO_END = "no end"
    NO_TIME = "no time"
    NO_PLACE = "no place"


@dataclass(frozen=True, slots=True)
class Caution:
    """One sentence on some visits of a day; ``day`` is empty where it is of none."""

    trouble: Trouble
    words: str
    refs: tuple[Ref, ...] = ()
    day: str = ""

    @property
    def open(self) -> bool:
        """Whether it only says what nobody has told yet."""
        return self.trouble in (Trouble.NO_END, Trouble.NO_TIME, Trouble.NO_PLACE)


@dataclass(frozen=True, slots=True)
class Frame:
    """The mission around some visits: its ISO days, its zone, and where its people are at home."""

    start: str
    end: str
    zone: str
    home_zone: str
    home_city: str
    holidays: Sequence[Holiday] = ()
    """Those of the place, within the mission or not."""


def cautions(visits: Sequence[Visit], frame: Frame) -> tuple[Caution, ...]:
    """All of them: what cannot be first, by day; ``visits`` in any order, none cancelled."""
    found = [
        *_clashes(visits), *_outside(visits, frame), *_holidays(visits, frame),
        *_clocks(visits, frame),
        *_unknown(visits),
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda one: (one.open, one.day)))


@dataclass(frozen=True, slots=True)
class _Timed:
    """A visit with its moments; ``end`` is ``begin`` where none is told."""

    visit: Visit
    begin: datetime
    end: datetime


def _clashes(visits: Sequence[Visit]) -> Iterator[Caution]:
    """What the same people cannot do, each pair once."""
    timed = []
    for visit in visits:
        begin = begin_of(visit.when)
        if begin is not None:
            end = end_of(visit.when) or begin
            # Two moments of one zone would be compared by its clocks, which may change between.
            timed.append(_Timed(visit, begin.astimezone(UTC), end.astimezone(UTC)))
    timed.sort(key=lambda one: (one.begin, one.end))
    groups = {one.visit.group for one in timed if one.visit.group} or {""}
    seen: dict[tuple[Ref, Ref], None] = {}
    for group in sorted(groups):
        yield from _on_path([one for one in timed if one.visit.group in ("", group)], seen)


def _on_path(path: Sequence[_Timed], seen: dict[tuple[Ref, Ref], None]) -> Iterator[Caution]:
    latest = path[0] if path else None
    for before, here in pairwise(path):
        assert latest is not None
        latest = before if before.end >= latest.end else latest
        pair = (latest.visit.ref, here.visit.ref)
        if pair not in seen:
            seen[pair] = None
            caution = _overlap(latest, here) or _transfer(latest, here)
            if caution is not None:
                yield caution


def _overlap(before: _Timed, here: _Timed) -> Caution | None:
    shared = _minutes(min(before.end, here.end) - here.begin)
    both = f"{before.visit.title} and {here.visit.title}"
    if before.begin == here.begin:
        words = f"{both} begin at the same time."
    elif shared > 0:
        words = f"{both} overlap by {_span(shared)}."
    elif before.end > here.begin:
        words = f"{here.visit.title} begins before {before.visit.title} is over."
    else:
        return None
    return _caution(Trouble.OVERLAP, words, before.visit, here.visit)


def _transfer(before: _Timed, here: _Timed) -> Caution | None:
    gap = here.begin - before.end
    if gap > LONGEST_GAP:
        return None
    left, travel, where = _minutes(gap), here.visit.travel, here.visit.title
    told = before.end > before.begin
    after = f"{before.visit.title} {'ends' if told else 'begins'} {_span(left)} before it begins."
    if travel is not None and travel.minutes:
        if travel.minutes <= left:
            return None
        words = f"The way to {where} takes {_span(travel.minutes)}, and {after}"
        return _caution(Trouble.TRANSFER, words, before.visit, here.visit)
    far = straight_line(before.visit.position, here.visit.position)
    if far is None or _least(far - _uncertain(before.visit, here.visit)) <= left:
        return None
    words = f"{where} is {far / 1000:.0f} km away in a straight line, and {after}"
    return _caution(Trouble.TRANSFER, words, before.visit, here.visit)


def _uncertain(*visits: Visit) -> int:
    return sum(visit.position.radius_m for visit in visits if visit.position is not None)


def _least(metres: float) -> float:
    """Minutes that such a way takes at least."""
    near, rest = min(max(metres, 0), NEAR_M), max(metres - NEAR_M, 0)
    return near / 1000 / NEAR_SPEED * 60 + rest / 1000 / FAR_SPEED * 60


def _outside(visits: Sequence[Visit], frame: Frame) -> Iterator[Caution]:
    for visit in visits:
        if visit.day and not frame.start <= visit.day <= frame.end:
            words = f"{visit.title} is outside the days of the mission."
            yield _caution(Trouble.OUTSIDE, words, visit)


def _holidays(visits: Sequence[Visit], frame: Frame) -> Iterator[Caution]:
    """Days off within the mission or with a visit, and weekends on which people work."""
    on: dict[str, list[Ref]] = {}
    for visit in visits:
        on.setdefault(visit.day, []).append(visit.ref)
    for one in frame.holidays:
        day = one.day.isoformat()
        if frame.start <= day <= frame.end or day in on:
            name = " ".join(part for part in (one.name, one.name_zh) if part)
            words = f"{weekday_text(day)}: {name}"
            words += ", on which people work" if one.working else ", a public holiday"
            words += " (provisional)." if one.provisional else "."
            yield Caution(Trouble.HOLIDAY, words, tuple(on.get(day, ())), day)


def _clocks(visits: Sequence[Visit], frame: Frame) -> Iterator[Caution]:
    """Days on which the difference to home changes, once for each zone of the mission."""
    zones = dict.fromkeys((frame.zone, *(one.when.zone for one in visits if one.day)))
    first, last = date.fromisoformat(frame.start), date.fromisoformat(frame.end)
    for zone in zones:
        days = [first + timedelta(number) for number in range((last - first).days + 2)]
        ahead = [(day, _ahead(day, zone, frame.home_zone)) for day in days]
        for (day, before), (_, after) in pairwise(ahead):
            if before != after:
                city = zone.rpartition("/")[2].replace("_", " ")
                words = (
                    f"Clocks change on {weekday_text(day.isoformat())}: {city} is {_apart(before)} "
                    f"{frame.home_city} before, {_apart(after)} it after."
                )
                yield Caution(Trouble.CLOCKS, words, day=day.isoformat())


def _ahead(day: date, zone: str, home: str) -> timedelta:
    """How far the clocks of a zone are ahead of those at home when a day begins there."""
    noon = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    there, here = noon.utcoffset(), noon.astimezone(ZoneInfo(home)).utcoffset()
    return (there or timedelta()) - (here or timedelta())


def _apart(ahead: timedelta) -> str:
    if not ahead:
        return "level with"
    side = "ahead of" if ahead > timedelta() else "behind"
    return f"{_span(_minutes(abs(ahead)))} {side}"


_ASKED: Final[Mapping[Trouble, str]] = {
    Trouble.NO_TIME: "No time is told for",
    Trouble.NO_END: "No end is told for",
    Trouble.NO_PLACE: "It is not known where they meet for",
}


def _unknown(visits: Sequence[Visit]) -> Iterator[Caution]:
    """What nobody has told yet, one sentence a day for each sort of it."""
    lacking: dict[tuple[str, Trouble], list[Visit]] = {}
    for visit in visits:
        for trouble in _lacks(visit):
            lacking.setdefault((visit.day, trouble), []).append(visit)
    for (_, trouble), some in lacking.items():
        names = [one.title for one in some]
        shown = ", ".join(names[:3]) + (f" and {len(names) - 3} more" if len(names) > 3 else "")
        yield _caution(trouble, f"{_ASKED[trouble]} {shown}.", *some)


def _lacks(visit: Visit) -> Iterator[Trouble]:
    if not visit.when.time:
        yield Trouble.NO_TIME
    elif end_of(visit.when) is None:
        yield Trouble.NO_END
    if visit.position is None and not (visit.address or visit.address_zh):
        yield Trouble.NO_PLACE


def _caution(trouble: Trouble, words: str, *visits: Visit) -> Caution:
    return Caution(trouble, words, tuple(one.ref for one in visits), visits[-1].day)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)


def _span(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else ""]
    return " ".join(part for part in parts if part)
