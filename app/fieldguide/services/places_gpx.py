"""Places as GPX 1.1 for map programs: waypoints, and a route for each day; never a track."""

from typing import TYPE_CHECKING, Final

from fieldguide.services.listed_stops import BESIDE
from fieldguide.services.places import Places, Spot, day_name, description

if TYPE_CHECKING:
    from gpxpy.gpx import GPXWaypoint

CREATOR: Final = "fieldguide"


def gpx(places: Places) -> bytes:
    """The same places give the same bytes: no moment of writing is kept."""
    from gpxpy import gpx as written

    file = written.GPX()
    file.creator = CREATOR
    file.name = f"{places.title} {places.title_zh}".rstrip()
    file.description = "\n".join(places.remarks)
    for day, spots in places.days.items():
        file.waypoints += [_waypoint(written.GPXWaypoint, spot) for spot in spots]
        if day != BESIDE and len(spots) > 1:
            route = written.GPXRoute(name=day_name(day, spots), number=day)
            route.points = [
                written.GPXRoutePoint(*_degrees(spot), name=spot.label) for spot in spots
            ]
            file.routes.append(route)
    return file.to_xml("1.1").encode("utf-8")


def _degrees(spot: Spot) -> tuple[float, float]:
    """Latitude and longitude; GPX knows no 180° east, which is 180° west."""
    at = spot.position
    assert at is not None
    return at.lat, -180.0 if at.lon == 180 else at.lon


def _waypoint(make: "type[GPXWaypoint]", spot: Spot) -> "GPXWaypoint":
    point = make(*_degrees(spot), name=spot.label, description="\n".join(description(spot)))
    point.source = spot.source or None
    point.type = spot.ref.kind
    return point
