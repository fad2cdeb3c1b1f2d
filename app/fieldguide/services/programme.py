"""The programme of a guide and what it holds, asked once for a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fieldguide.domain.cautions import Caution, Frame, cautions
from fieldguide.domain.directory import Option
from fieldguide.domain.guides import About, Readiness
from fieldguide.domain.holidays import Holiday
from fieldguide.domain.plans import is_day
from fieldguide.domain.records import Card, Record, Ref
from fieldguide.domain.trips import Visit
from fieldguide.errors import BadRequest
from fieldguide.maps.stops import Route, day_number, placed, route
from fieldguide.services.guide import Guide

PRACTICAL: Final = 6
"""Cards for a traveller that the first page has room for."""


@dataclass(frozen=True, slots=True)
class Trip:
    """The mission of a guide: a route for each of its days, and visits whose day is unknown."""

    about: About
    mission: Record
    routes: tuple[Route, ...]
    undated: tuple[Visit, ...]
    """Also those on a day outside the mission."""
    sources: Mapping[str, str]
    """Slug -> title of the sources that the positions come from."""
    cancelled: tuple[Visit, ...] = ()
    own: bool = False
    """Whether the user planned the mission."""
    holidays: tuple[Holiday, ...] = ()
    """Days off and weekends worked, within the mission and on days with a visit."""

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All visits of its days, in order."""
        return tuple(stop.visit for route in self.routes for stop in route.stops)

    def route(self, day: str) -> Route | None:
        """The route of an ISO day; None for a day outside the mission."""
        return next((one for one in self.routes if one.date == day), None)

    def asked_route(self, day: str) -> Route:
        """The route of an ISO day that somebody asks for; raises BadRequest for other days."""
        found = self.route(day)
        if found is None:
            title, start = self.mission.title, self.routes[0].date if self.routes else ""
            lasts = f": it lasts from {start} to {self.over}" if start else ""
            raise BadRequest(f"“{title}” is not under way on {day}{lasts}.")
        return found

    def on(self, day: date) -> bool:
        """Whether the mission is under way on a day."""
        return self.route(day.isoformat()) is not None

    def credits(self, routes: Sequence[Route]) -> list[str]:
        """Titles of the sources of the positions on some routes."""
        slugs = dict.fromkeys(s.position.source for s in placed(routes) if s.position)
        return [self.sources[slug] for slug in slugs if slug in self.sources]

    @property
    def over(self) -> str:
        """ISO day of the end."""
        return self.routes[-1].date


@dataclass(frozen=True, slots=True)
class Overview:
    """What a guide holds: records by section of the directory, and how fresh they are."""

    sections: tuple[Option, ...]
    practical: tuple[Card, ...]
    """What a traveller needs first."""
    readiness: Readiness


def read_trip(guide: Guide) -> Trip:
    """Ask the guide for the whole programme that is shown; runs on the guide's thread."""
    mission, plan = guide.mission, guide.planned.plan
    about = replace(guide.about, mission=str(mission.ref))
    if plan is not None:
        about = replace(
            about, zone=plan.zone or about.zone, home_zone=plan.home_zone or about.home_zone,
            home_city=plan.home_city or about.home_city,
        )  # fmt: skip
    when = mission.when
    days = _days(when.start, when.end or when.start) if when else []
    start = days[0] if days else ""
    routes = tuple(route(day_number(start, day), guide.day(day)) for day in days)
    undated = tuple(visit for visit in guide.visits if visit.day not in days)
    stops = [*(stop.visit for stop in placed(routes)), *undated]
    slugs = dict.fromkeys(one.position.source for one in stops if one.position)
    sources = {slug: guide.record(Ref("source", slug)).title for slug in slugs if slug}
    own = plan is not None
    dated = [date.fromisoformat(one) for one in {*days, *(v.day for v in undated)} if is_day(one)]
    holidays = tuple(guide.holidays(min(dated), max(dated))) if dated else ()
    return Trip(about, mission, routes, undated, sources, guide.cancelled, own, holidays)


def cautions_of(trip: Trip) -> tuple[Caution, ...]:
    """What of a programme cannot go as it is written, or is not written yet."""
    when, about = trip.mission.when, trip.about
    if when is None:
        return ()
    frame = Frame(
        when.start, when.end or when.start, about.zone, about.home_zone, about.home_city,
        trip.holidays,
    )  # fmt: skip
    return cautions((*trip.visits, *trip.undated), frame)


def read_overview(guide: Guide, day: date) -> Overview:
    """Ask the guide what is in it; runs on the guide's thread."""
    sections = [one for one in guide.directory({}).options if one.facet == "section"]
    practical = [card for card in guide.records("card") if "how-to" in card.types]
    return Overview(tuple(sections), tuple(practical[:PRACTICAL]), guide.readiness(day))


def mission_end(guide: Guide) -> date:
    """The last day of the mission; raises BadRequest when the guide does not say."""
    when = guide.mission.when
    if when is None or len(when.end or when.start) != 10:
        raise BadRequest("This guide does not say when its mission ends.")
    return date.fromisoformat(when.end or when.start)


def _days(start: str, end: str) -> list[str]:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
