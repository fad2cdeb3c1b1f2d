"""How other programs read places: each format by the standard library alone."""

import csv
import io
import json
from collections.abc import Callable
from typing import Final, NamedTuple
from xml.etree import ElementTree as Xml

GPX: Final = "{http://www.topografix.com/GPX/1/1}"
KML: Final = "{http://www.opengis.net/kml/2.2}"


class Point(NamedTuple):
    """What another program reads."""

    name: str
    lat: float
    lon: float
    said: str


def from_gpx(data: bytes) -> list[Point]:
    return [
        Point(
            one.findtext(f"{GPX}name", ""), float(one.attrib["lat"]), float(one.attrib["lon"]),
            one.findtext(f"{GPX}desc", ""),
        )
        for one in Xml.fromstring(data).iter(f"{GPX}wpt")
    ]  # fmt: skip


def from_kml(data: bytes) -> list[Point]:
    found = []
    for one in Xml.fromstring(data).iter(f"{KML}Placemark"):
        if (at := one.findtext(f"{KML}Point/{KML}coordinates")) is not None:
            lon, lat = map(float, at.split(","))
            name, said = one.findtext(f"{KML}name", ""), one.findtext(f"{KML}description", "")
            found.append(Point(name, lat, lon, said))
    return found


def from_geojson(data: bytes) -> list[Point]:
    found = []
    for one in json.loads(data)["features"]:
        if one["geometry"]["type"] == "Point":
            lon, lat = one["geometry"]["coordinates"]
            said = one["properties"]
            found.append(Point(said["name"], lat, lon, said["description"]))
    return found


def from_csv(data: bytes) -> list[Point]:
    assert data.startswith(b"\xef\xbb\xbf")
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    return [
        Point(f"{r['name']} {r['name_zh']}", float(r["lat"]), float(r["lon"]), r["description"])
        for r in rows
    ]


READERS: dict[str, Callable[[bytes], list[Point]]] = {
    "gpx": from_gpx, "kml": from_kml, "geojson": from_geojson, "csv": from_csv,
}  # fmt: skip
