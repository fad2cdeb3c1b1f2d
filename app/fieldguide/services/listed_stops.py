"""What is on a shortlist as the map needs it: stops of the programme, and places beside it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from fieldguide.domain.records import Record, Ref, When
from fieldguide.domain.trips import Visit
from fieldguide.maps.stops import Route, Stop, placed
from fieldguide.services.guide import Guide
from fieldguide.services.programme import Trip

BESIDE: Final = 0
"""The number of no day: what no visit leads to."""
_SOMEWHERE: Final = ("organisation", "place")


@dataclass(frozen=True, slots=True)
class Listed:
    """Some records on the map; ``routes`` holds what is not on the programme, each by itself."""

    refs: frozenset[Ref]
    routes: tuple[Route, ...] = ()
    sources: Mapping[str, str] | None = None
    """Slug -> title of the sources of their positions."""


def read_listed(guide: Guide, refs: frozenset[Ref], trip: Trip) -> Listed:
    """Find where the records are that no visit leads to; runs on the guide's thread.

    Of a place or an organisation it is told as well that nobody knows.
    """
    visited = {ref for route in trip.routes for stop in route.stops for ref in led_to(stop.visit)}
    found = guide.brief(sorted(refs - visited, key=str))
    located = [one for one in found.values() if one.position or one.ref.kind in _SOMEWHERE]
    located.sort(key=lambda one: (one.position is None, one.title))
    routes = tuple(
        Route(BESIDE, "", (Stop(BESIDE, number, as_visit(record)),), ())
        for number, record in enumerate(located, start=1)
    )
    slugs = dict.fromkeys(s.position.source for s in placed(routes) if s.position)
    sources = {slug: guide.record(Ref("source", slug)).title for slug in slugs if slug}
    return Listed(refs, routes, sources)


def only(route: Route, refs: Collection[Ref]) -> Iterator[Route]:
    """The stops of a day that lead to one of these; only neighbours stay joined by their leg."""
    run: list[Stop] = []
    for stop in route.stops:
        if any(ref in refs for ref in led_to(stop.visit)):
            run.append(stop)
        elif run:
            yield _part(route, run)
            run = []
    if run:
        yield _part(route, run)


def narrowed(trip: Trip, refs: Collection[Ref]) -> Trip:
    """A programme of nothing but what leads to some records."""

    def leads(visit: Visit) -> bool:
        return any(ref in refs for ref in led_to(visit))

    return replace(
        trip,
        routes=tuple(part for route in trip.routes for part in only(route, refs)),
        undated=tuple(filter(leads, trip.undated)),
        cancelled=tuple(filter(leads, trip.cancelled)),
    )


def led_to(visit: Visit) -> set[Ref]:
    """The visit itself, its place, its host and the people of it."""
    links = [link for link in (visit.place, visit.host, *visit.people) if link is not None]
    return {visit.ref, *(link.other for link in links)}


def as_visit(record: Record) -> Visit:
    """A record as a stop without a day."""
    address = next((fact for fact in record.facts if fact.label == "Address"), None)
    return Visit(
        record.ref, record.title, record.title_zh, record.pinyin, When(""), record.summary,
        address=address.value if address else "", address_zh=address.value_zh if address else "",
        position=record.position,
    )  # fmt: skip


def _part(route: Route, run: list[Stop]) -> Route:
    first = route.stops.index(run[0])
    return Route(route.day, route.date, tuple(run), route.legs[first : first + len(run) - 1])
