"""In which town each day of a programme is."""

from collections.abc import Mapping

from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.services.guide import Guide
from fieldguide.services.programme import Trip


def towns(guide: Guide, trip: Trip) -> Mapping[str, tuple[str, ...]]:
    """ISO day -> the towns of its visits in order, as far as the guide knows them."""
    refs = {ref for route in trip.routes for stop in route.stops for ref in _spots(stop.visit)}
    known = guide.brief(sorted(refs))
    found: dict[str, tuple[str, ...]] = {}
    for route in trip.routes:
        cities = [
            next((known[ref].city for ref in _spots(stop.visit) if ref in known), "")
            for stop in route.stops
        ]
        found[route.date] = tuple(dict.fromkeys(city for city in cities if city))
    return found


def _spots(visit: Visit) -> list[Ref]:
    return [link.other for link in (visit.place, visit.host) if link is not None]
