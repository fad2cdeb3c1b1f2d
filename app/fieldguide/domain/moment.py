"""Where a moment stands in a day's programme, whose visits may have no end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final, Literal
from zoneinfo import ZoneInfo

from fieldguide.domain.trips import Day, Visit, begin_of, end_of

State = Literal["next", "now", "last", "first"]
FRESH_MINUTES: Final = 60
"""How long a visit whose end is not told counts as under way while another one follows."""


@dataclass(frozen=True, slots=True)
class Moment:
    """The visit to look at now; ``minutes`` until it begins, or since it began."""

    visit: Visit
    state: State
    minutes: int = 0
    together: tuple[Visit, ...] = ()
    """Others of the programme at the very same time."""


def moment_of(day: Day, now: datetime) -> Moment | None:
    """What is under way or comes next; the first visit when the moment is of another day."""
    if not day.visits:
        return None
    if now.astimezone(ZoneInfo(day.visits[0].when.zone)).date().isoformat() != day.date:
        return Moment(day.visits[0], "first")
    timed = [
        (visit, _minutes(begin, now))
        for visit in day.visits
        if (begin := begin_of(visit.when)) is not None
    ]
    if not timed:
        return Moment(day.visits[0], "first")
    going = [(visit, at) for visit, at in timed if at <= 0 and not is_over(visit, now)]
    if going:
        return _latest(going, "now")
    ahead = min((at for _, at in timed if at > 0), default=None)
    if ahead is None:
        return _latest(timed, "last")
    first, *others = [visit for visit, at in timed if at == ahead]
    return Moment(first, "next", ahead, tuple(others))


def is_over(visit: Visit, now: datetime) -> bool:
    """Whether a visit has ended, began too long ago to be under way, or was on a day before."""
    begin, end = begin_of(visit.when), end_of(visit.when)
    if begin is None:
        return visit.when.start < now.astimezone(ZoneInfo(visit.when.zone)).date().isoformat()
    return _minutes(end or begin.astimezone(UTC) + timedelta(minutes=FRESH_MINUTES), now) <= 0


def _latest(begun: Sequence[tuple[Visit, int]], state: State) -> Moment:
    """Of those that have begun the one that did last."""
    since = max(at for _, at in begun)
    first, *others = [visit for visit, at in begun if at == since]
    return Moment(first, state, -since, tuple(others))


def _minutes(moment: datetime, now: datetime) -> int:
    """Whole minutes from now until a moment, negative when it is past."""
    # The clock on the screen shows no seconds either; and two moments of one zone would be
    # compared by its clocks, which may change between.
    return int(
        (moment - now.astimezone(UTC).replace(second=0, microsecond=0)).total_seconds() // 60
    )
