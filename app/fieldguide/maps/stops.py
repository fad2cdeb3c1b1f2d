"""The stops of a programme as a map needs them: numbered by day, placed or not."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fieldguide.domain.records import Position
from fieldguide.domain.trips import Day, Visit


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

    @property
    def position(self) -> Position | None:
        """Where it is, as far as known."""
        return self.visit.position


@dataclass(frozen=True, slots=True)
class Route:
    """The stops of one day in order, and the metres between neighbours where both are known."""

    day: int
    date: str
    stops: tuple[Stop, ...]
    metres: tuple[float | None, ...]


def route(number: int, day: Day) -> Route:
    """The route of a day that is the ``number``-th of its mission."""
    stops = tuple(Stop(number, place, visit) for place, visit in enumerate(day.visits, start=1))
    return Route(number, day.date, stops, tuple(leg.metres for leg in day.legs))


def day_number(start: str, day: str) -> int:
    """1 for the first day of a mission that starts on an ISO day."""
    return (date.fromisoformat(day) - date.fromisoformat(start)).days + 1


def vague(a: Position | None, b: Position | None, metres: float) -> bool:
    """Whether two positions are too near each other for their precision to give a distance."""
    return a is not None and b is not None and metres <= a.radius_m + b.radius_m


def placed(routes: Sequence[Route]) -> list[Stop]:
    """The stops that have a position, in order."""
    return [stop for route in routes for stop in route.stops if stop.position is not None]


def legs_apart(route: Route) -> list[tuple[Stop, Stop, float | None, bool]]:
    """Each leg of a day: its ends, metres when known, and whether that is within the precision."""
    return [
        (a, b, metres, metres is not None and vague(a.position, b.position, metres))
        for a, b, metres in zip(route.stops, route.stops[1:], route.metres, strict=False)
    ]
