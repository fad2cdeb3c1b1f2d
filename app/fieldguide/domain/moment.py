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


def moment_of(day: Day, now: datetime) -> Moment | None:
    """What is under way or comes next; the first visit when the moment is of another day."""
    if not day.visits:
        return None
    if now.astimezone(ZoneInfo(day.visits[0].when.zone)).date().isoformat() != day.date:
        return Moment(day.visits[0], "first")
    timed = [(visit, _minutes(visit, now)) for visit in day.visits if visit.when.time]
    if not timed:
        return Moment(day.visits[0], "first")
    begun = [(visit, -minutes) for visit, minutes in timed if minutes <= 0]
    ahead = [(visit, minutes) for visit, minutes in timed if minutes > 0]
    if begun and (not ahead or begun[-1][1] < FRESH_MINUTES):
        visit, since = begun[-1]
        return Moment(visit, "now" if since < FRESH_MINUTES else "last", since)
    return Moment(ahead[0][0], "next", ahead[0][1])


def _minutes(visit: Visit, now: datetime) -> int:
    """Whole minutes from now until a visit begins, negative when it has begun."""
    begin = datetime.fromisoformat(f"{visit.when.start}T{visit.when.time}")
    begin = begin.replace(tzinfo=ZoneInfo(visit.when.zone))
    return int((begin - now).total_seconds() // 60)
