"""Where a moment stands in a day's programme, whose visits have no end."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal
from zoneinfo import ZoneInfo

from fieldguide.domain.trips import Day, Visit

State = Literal["next", "now", "last", "first"]
FRESH_MINUTES: Final = 60
"""How long a visit without a printed end counts as under way while another one follows."""


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
    timed = [(visit, _minutes(visit, now)) for visit in day.visits if visit.when.time]
    if not timed:
        return Moment(day.visits[0], "first")
    begun = max((minutes for _, minutes in timed if minutes <= 0), default=None)
    ahead = min((minutes for _, minutes in timed if minutes > 0), default=None)
    if begun is not None and (ahead is None or -begun < FRESH_MINUTES):
        first, *others = [visit for visit, minutes in timed if minutes == begun]
        state: State = "now" if -begun < FRESH_MINUTES else "last"
        return Moment(first, state, -begun, tuple(others))
    first, *others = [visit for visit, minutes in timed if minutes == ahead]
    return Moment(first, "next", ahead or 0, tuple(others))


def is_over(visit: Visit, now: datetime) -> bool:
    """Whether a visit began too long ago to be prepared, or on a day before."""
    if not visit.when.time:
        return visit.when.start < now.astimezone(ZoneInfo(visit.when.zone)).date().isoformat()
    return -_minutes(visit, now) >= FRESH_MINUTES


def _minutes(visit: Visit, now: datetime) -> int:
    """Whole minutes from now until a visit begins, negative when it has begun."""
    begin = datetime.fromisoformat(f"{visit.when.start}T{visit.when.time}")
    begin = begin.replace(tzinfo=ZoneInfo(visit.when.zone))
    # The clock on the screen shows no seconds either.
    return int((begin - now.replace(second=0, microsecond=0)).total_seconds() // 60)
