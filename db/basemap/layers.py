"""The layers of the base map as features, each with the zooms at which it is drawn."""

import math
import re
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from db import pinyin
from db.basemap import packages
from db.basemap.packages import Town
from db.basemap.shapes import Box, Outline, Point, Ring, clip, holds, is_clockwise
from db.reader import Content
from fieldguide.errors import ContentError

Feature = dict[str, Any]
"""A feature of GeoJSON with the member ``tippecanoe`` that says layer and zooms."""

FOLDER: Final = Path(__file__).parent
REGION: Final = Box(117.0, 28.0, 124.0, 34.0)
"""The mission's region, drawn in detail."""
WORLD_ZOOM: Final = 5
"""The last zoom at which the whole world is drawn."""
REGION_ZOOM: Final = 12
_AROUND: Final = Box(112.0, 26.5, 130.0, 37.5)
"""What the tiles of the region reach into; beyond it nothing of them is seen."""

_FIRST_ZOOM: Final[dict[str, tuple[int, ...]]] = {
    "place": (1, 3, 4, 5, 7, 8, 9, 10, 11),
    "airport": (6, 7, 8, 8),
    "station": (9, 11),
}
"""From which zoom on a point is drawn, by its rank."""
_WET: Final = (2, 4)
"""Levels of GSHHG that are water on land."""
_OUTLINE_NAMED: Final = 10
"""The zoom from which a lake is named on its outline: its middle may be out of sight."""
_MAIN: Final = "-railway-station"
_TWIN: Final = " Zhen"
"""Ending of a second row that GeoNames has for a town."""
_VILLAGE_ENDINGS: Final = ("街道", "镇", "乡")


def ground(world: bool) -> Iterator[Feature]:
    """Land, water and rivers: of the world for the low zooms, else of the region."""
    return _world() if world else _region()


def points(content: Content) -> Iterator[Feature]:
    """Places, airports, stations of the guide and names of waters, the weightiest first."""
    names = tomllib.loads((FOLDER / "places.toml").read_text(encoding="utf-8"))
    yield from _places(names["places"])
    listed = {row["geonames"] for row in names["places"] if "geonames" in row}
    yield from _villages(listed | {row["geonames"] for row in names["left_out"]})
    where = packages.airports()
    for row in names["airports"]:
        yield _point("airport", where[row["iata"]], "airport", row["name"], row["zh"], row["rank"])
    yield from _stations(content)
    yield from _water_names()


def _water_names() -> Iterator[Feature]:
    """Points of the names of waters; one inside an outline gives way to it near at hand."""
    lakes = [one.points for one in packages.coast(_AROUND) if one.level in _WET]
    for row in _waters()["labels"]:
        point = _point("place", row["at"], "water", row["name"], row["zh"], row["rank"])
        if any(holds(lake, tuple(row["at"])) for lake in lakes):
            point["tippecanoe"]["maxzoom"] = _OUTLINE_NAMED - 1
        yield point


def _world() -> Iterator[Feature]:
    for scale, zooms in (("110m", (0, 2)), ("50m", (3, WORLD_ZOOM))):
        for layer, name in (("land", "land"), ("water", "lakes")):
            for rings in packages.natural_earth(f"ne_{scale}_{name}"):
                for polygon in _polygons(rings):
                    yield _area(layer, polygon, zooms)


def _polygons(rings: list[Ring]) -> Iterator[list[Ring]]:
    """Each outer ring with its holes."""
    outers = [[ring] for ring in rings if is_clockwise(ring)]
    for ring in rings:
        if not is_clockwise(ring):
            home = next((one for one in outers if holds(one[0], ring[0])), None)
            if home:
                home.append(ring)
    yield from outers


def _region() -> Iterator[Feature]:
    zooms = (WORLD_ZOOM + 1, REGION_ZOOM)
    told = _waters()
    kept = [(one.level, clip(one.points, _AROUND)) for one in packages.coast(_AROUND)]
    islands = [ring for level, ring in kept if level == 3 and ring]
    for level, ring in kept:
        if level == 1 and ring:
            yield _area("land", [ring], zooms)
        elif level in _WET and ring:
            holes = [one for one in islands if level == 2 and holds(ring, one[0])]
            named = next((row for row in told["labels"] if holds(ring, tuple(row["at"]))), None)
            if named is None:
                yield _area("water", [ring, *holes], zooms)
                continue
            yield _area("water", [ring, *holes], (zooms[0], _OUTLINE_NAMED - 1))
            yield _area("water", [ring, *holes], (_OUTLINE_NAMED, zooms[1]), _named(named))
    yield from _rivers(told["rivers"], zooms)


def _waters() -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads((FOLDER / "waters.toml").read_text(encoding="utf-8"))


def _named(row: dict[str, Any]) -> dict[str, Any]:
    return {"name": row["name"], "name_zh": row["zh"], "rank": row["rank"]}


def _rivers(told: list[dict[str, Any]], zooms: tuple[int, int]) -> Iterator[Feature]:
    lines = [one for one in packages.rivers(_AROUND) if any(_AROUND.holds(*p) for p in one.points)]
    named: set[int] = set()
    for river in told:
        for part in river["lines"]:
            if "through" in part:
                yield _line(part["through"], _named(river), zooms)
                continue
            index = _starting(lines, tuple(part["start"]), river["name"])
            named.add(index)
            points = _stretch(lines[index].points, part)
            yield _line(points, _named(river), zooms)
    for index, line in enumerate(lines):
        if index not in named:
            yield _line(line.points, {"rank": 9}, (max(zooms[0], 7), zooms[1]))


def _starting(lines: list[Outline], start: Point, name: str) -> int:
    found = [i for i, line in enumerate(lines) if math.dist(line.points[0], start) < 0.001]
    if len(found) != 1:
        raise ContentError(f"waters.toml: {len(found)} lines of “{name}” start at {start}.")
    return found[0]


def _stretch(points: Ring, part: dict[str, Any]) -> Ring:
    if "since" in part:
        return points[_nearest(points, part["since"]) :]
    if "until" in part:
        return points[: _nearest(points, part["until"]) + 1]
    return points


def _nearest(points: Ring, where: Iterable[float]) -> int:
    lon, lat = where
    return min(range(len(points)), key=lambda i: math.dist(points[i], (lon, lat)))


def _places(rows: list[dict[str, Any]]) -> Iterator[Feature]:
    towns = packages.towns()
    for row in rows:
        at = tuple(row["at"]) if "at" in row else towns[row["geonames"]].point
        yield _point("place", at, row["kind"], row["name"], row["zh"], row["rank"])


def _villages(listed: set[int]) -> Iterator[Feature]:
    """The other towns of the region, each under a name that its sound bears out."""
    for town in sorted(packages.towns().values(), key=lambda one: (-one.people, one.id)):
        if town.id in listed or not REGION.holds(*town.point) or town.name.endswith(_TWIN):
            continue
        if zh := _sounding(town):
            yield _point("place", town.point, "village", town.name, zh, 9)


def _sounding(town: Town) -> str:
    """The simplified name that is read as the Latin one, or nothing.

    One that is also held with the ending of a town's rank comes first.
    """
    wanted = re.sub("[^a-z]", "", pinyin.toneless(town.name))
    fitting = [name for name in town.alternate if _is_simplified(name) and _sounds(name, wanted)]
    ranked = [
        name
        for name in fitting
        if any(f"{name}{end}" in town.alternate for end in _VILLAGE_ENDINGS)
    ]
    return min(ranked or fitting, key=lambda name: (len(name), name), default="")


def _is_simplified(name: str) -> bool:
    try:
        name.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return bool(name) and all("\u4e00" <= char <= "\u9fff" for char in name)


def _sounds(name: str, wanted: str) -> bool:
    # Of lü the dictionary makes lv.
    said = ("".join(reading).replace("v", "u") for reading in pinyin.syllables(name))
    return wanted in said


def _stations(content: Content) -> Iterator[Feature]:
    records = [entry.record for entry in content.entries if "station" in entry.record.types]
    for record in sorted(records, key=lambda one: one.ref.slug):
        if position := record.position:
            kind, rank = ("main", 1) if record.ref.slug.endswith(_MAIN) else ("metro", 2)
            name = record.title.removesuffix(" station").removesuffix(" railway")
            at = (position.lon, position.lat)
            yield _point("station", at, kind, name, record.title_zh, rank)


def _area(
    layer: str, rings: list[Ring], zooms: tuple[int, int], tags: dict[str, Any] | None = None
) -> Feature:
    shape = {"type": "Polygon", "coordinates": [[*ring, ring[0]] for ring in rings]}
    return _feature(layer, shape, tags or {}, zooms)


def _line(points: Ring, tags: dict[str, Any], zooms: tuple[int, int]) -> Feature:
    return _feature("river", {"type": "LineString", "coordinates": points}, tags, zooms)


def _point(layer: str, at: Iterable[float], kind: str, name: str, zh: str, rank: int) -> Feature:
    tags = {"kind": kind, "name": name, "name_zh": zh, "rank": rank}
    shape = {"type": "Point", "coordinates": list(at)}
    return _feature(layer, shape, tags, (_FIRST_ZOOM[layer][rank - 1], REGION_ZOOM))


def _feature(
    layer: str, shape: dict[str, Any], tags: dict[str, Any], zooms: tuple[int, int]
) -> Feature:
    return {
        "type": "Feature",
        "tippecanoe": {"layer": layer, "minzoom": zooms[0], "maxzoom": zooms[1]},
        "properties": tags,
        "geometry": shape,
    }
