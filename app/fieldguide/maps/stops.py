"""The stops of a programme as a map needs them: numbered by day, placed or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldguide.domain.records import Position
from fieldguide.domain.runs import Scripts
from fieldguide.domain.trips import Day, Leg, Visit


@dataclass(frozen=True, slots=True)
class Stop:
    """A visit with its number within its day, and the number of the day within the mission."""

    day: int
    number: int
    visit: Visit

    @property
    def name(self) -> str:
        """What stands there: the place, or the visit where no place is named."""
        return self.visit.place.title if self.visit.place else self.visit.title

    @property
    def hanzi(self) -> str:
        """The Chinese name of the place."""
        place = self.visit.place
        return (place.title_zh if place else "") or self.visit.title_zh

    def written(self, scripts: Scripts) -> tuple[str, str]:
        """Chinese and other name; empty for what is not to be written, or not there."""
        if scripts == "zh" and self.hanzi:
            return self.hanzi, ""
        return "" if scripts == "en" and self.name else self.hanzi, self.name

    @property
    def position(self) -> Position | None:
        """Where it is, as far as known."""
        return self.visit.position


@dataclass(frozen=True, slots=True)
class Route:
    """The stops of one day in order, and the legs between neighbours."""

    day: int
    date: str
    stops: tuple[Stop, ...]
    legs: tuple[Leg, ...]


def route(number: int, day: Day) -> Route:
    """The route of a day that is the ``number``-th of its mission."""
    stops = tuple(Stop(number, place, visit) for place, visit in enumerate(day.visits, start=1))
    return Route(number, day.date, stops, day.legs)


def day_number(start: str, day: str) -> int:
    """1 for the first day of a mission that starts on an ISO day."""
    return (date.fromisoformat(day) - date.fromisoformat(start)).days + 1


def placed(routes: Sequence[Route]) -> list[Stop]:
    """The stops that have a position, in order."""
    return [stop for route in routes for stop in route.stops if stop.position is not None]
