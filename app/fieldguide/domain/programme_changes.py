"""What is different in a programme since it was last seen. Pure rules."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from fieldguide.domain.measures import days_text
from fieldguide.domain.plans import is_day
from fieldguide.domain.records import Ref
from fieldguide.domain.tables import DATE, TIME
from fieldguide.domain.trips import Visit


class Turn(StrEnum):
    """What became of a visit; the values are printed for scripts."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class SeenVisit:
    """What is remembered of a visit: where and when it was, in words of that time."""

    ref: Ref
    title: str
    day: str = field(default="", metadata=DATE)
    time: str = field(default="", metadata=TIME)
    end_day: str = field(default="", metadata=DATE)
    end_time: str = field(default="", metadata=TIME)
    zone: str = ""
    place: str = ""
    group: str = ""

    @property
    def when(self) -> str:
        """Day and hours in words, as far as they are told."""
        hours = self.time + (f"–{self.end_time}" if self.time and self.end_time else "")
        return ", ".join(part for part in (day_words(self.day), hours) if part) or "no day"


@dataclass(frozen=True, slots=True)
class Change:
    """One sentence on a visit; ``before`` or ``now`` is None where it was not there."""

    turn: Turn
    words: str
    before: SeenVisit | None
    now: SeenVisit | None

    @property
    def ref(self) -> Ref:
        """The visit."""
        seen = self.now or self.before
        assert seen is not None
        return seen.ref

    @property
    def day(self) -> str:
        """The ISO day it is on, or was; empty when none is told."""
        seen = self.now or self.before
        assert seen is not None
        return seen.day


def seen_visit(visit: Visit) -> SeenVisit:
    """What to remember of a visit."""
    when, place = visit.when, visit.place
    return SeenVisit(
        visit.ref, visit.title, when.start, when.time, when.end, when.end_time, when.zone,
        place.title if place else "", visit.group,
    )  # fmt: skip


def changes(before: Sequence[SeenVisit], now: Sequence[SeenVisit]) -> tuple[Change, ...]:
    """What is different, in the order of the days."""
    old, new = {one.ref: one for one in before}, {one.ref: one for one in now}
    found = [
        Change(Turn.ADDED, f"New: {one.title}, {one.when}.", None, one)
        for one in now
        if one.ref not in old
    ]
    found += [
        Change(Turn.REMOVED, f"No longer in the programme: {one.title}, {one.when}.", one, None)
        for one in before
        if one.ref not in new
    ]
    for one in now:
        earlier = old.get(one.ref)
        if earlier is not None and (told := "; ".join(_differences(earlier, one))):
            found.append(Change(Turn.CHANGED, f"{one.title}: {told}.", earlier, one))
    return tuple(sorted(found, key=lambda one: (one.day == "", one.day, str(one.ref))))


def day_words(day: str) -> str:
    """28 May 2013 for an ISO day; any other date as it stands."""
    return days_text(day, day) if is_day(day) else day


def _differences(before: SeenVisit, now: SeenVisit) -> Iterator[str]:
    if before.day != now.day:
        yield f"{now.when} instead of {before.when}"
    elif before.time != now.time:
        yield f"{now.time or 'no time told'} instead of {before.time or 'no time told'}"
    ends = _end(before), _end(now)
    # Where the days are others, hours are told with them, but no second day is.
    both = (before, now)
    told = before.day != now.day and all(one.time or not one.end_time for one in both)
    if ends[0] != ends[1] and not (told and not any(day for day, _ in ends)):
        yield _ending(*ends, now.day)
    if before.zone != now.zone:
        yield f"by the clocks of {now.zone} instead of {before.zone}"
    if before.place != now.place:
        yield f"at {now.place or 'no place told'} instead of {before.place or 'no place told'}"
    if before.group != now.group:
        yield f"for {now.group or 'everyone'} instead of {before.group or 'everyone'}"
    if before.title != now.title:
        yield f"was called {before.title}"


def _end(seen: SeenVisit) -> tuple[str, str]:
    """Day and hour of the end as far as they are told; no day where it is that of the begin."""
    return ("" if seen.end_day == seen.day else seen.end_day), seen.end_time


def _ending(before: tuple[str, str], now: tuple[str, str], begin: str) -> str:
    """When it ends now, with its day where that is another than it was or than the first."""
    day, hour = now
    if not day and not hour:
        return "its end is not told any more"
    dated = day_words(day or begin) if day or before[0] else ""
    return "ends" + (f" on {dated}" if dated else "") + (f" at {hour}" if hour else "")
