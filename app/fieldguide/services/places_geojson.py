"""Places as GeoJSON (RFC 7946): points and straight lines, longitude before latitude."""

import json
from itertools import pairwise
from typing import Any

from fieldguide.services.listed_stops import BESIDE
from fieldguide.services.places import Places, Spot, as_row, day_name, description

Point = tuple[float, float]
"""Longitude and latitude."""


def geojson(places: Places) -> bytes:
    """One feature for each place and each day's line; what has no position is named beside them."""
    features = [_feature(spot) for spot in places.placed]
    features += [
        _line(day, spots) for day, spots in places.days.items() if day != BESIDE and len(spots) > 1
    ]
    table: dict[str, Any] = {"type": "FeatureCollection"}
    if places.placed:
        table["bbox"] = bbox([_point(spot) for spot in places.placed])
    table["title"] = f"{places.title} {places.title_zh}".rstrip()
    table["remarks"] = places.remarks
    table["without_position"] = [as_row(spot) for spot in places.lost]
    table["features"] = features
    return json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8")


def bbox(points: list[Point]) -> list[float]:
    """West, south, east, north of the narrowest box; over the 180th meridian west is the greater.

    There is at least one point.
    """
    lons = sorted({lon for lon, _ in points})
    gaps = [(right - left, right, left) for left, right in pairwise(lons)]
    gaps.append((lons[0] + 360 - lons[-1], lons[0], lons[-1]))
    # The widest gap between neighbours is what the box leaves out.
    _, west, east = max(gaps, key=lambda gap: gap[0])
    lats = [lat for _, lat in points]
    return [west, min(lats), east, max(lats)]


def cut(points: list[Point]) -> list[list[Point]]:
    """A line in the pieces into which the 180th meridian parts it."""
    pieces = [[points[0]]]
    for (lon, lat), (to_lon, to_lat) in pairwise(points):
        if abs(to_lon - lon) > 180:
            side = 180.0 if lon > 0 else -180.0
            way = to_lon + 2 * side - lon
            share = (side - lon) / way if way else 0.0
            crossing = round(lat + share * (to_lat - lat), 7)
            pieces[-1].append((side, crossing))
            pieces.append([(-side, crossing)])
        pieces[-1].append((to_lon, to_lat))
    return pieces


def _feature(spot: Spot) -> dict[str, Any]:
    row = as_row(spot)
    del row["lat"], row["lon"]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": _point(spot)},
        # Where a program shows one property, it is the name.
        "properties": {
            **row,
            "name": spot.label,
            "name_en": spot.name,
            "description": "\n".join(description(spot)),
        },
    }


def _line(day: int, spots: tuple[Spot, ...]) -> dict[str, Any]:
    pieces = cut([_point(spot) for spot in spots])
    whole = len(pieces) == 1
    return {
        "type": "Feature",
        "geometry": {
            "type": "LineString" if whole else "MultiLineString",
            "coordinates": pieces[0] if whole else pieces,
        },
        "properties": {"name": day_name(day, spots), "day": day, "measure": "straight line"},
    }


def _point(spot: Spot) -> Point:
    at = spot.position
    assert at is not None
    return at.lon, at.lat
