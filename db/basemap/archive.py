"""The archive of the base map: features through tippecanoe, tiles into one file of PMTiles."""

import gzip
import itertools
import json
import math
import os
import subprocess
import sysconfig
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from pmtiles.reader import MmapSource, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from db.basemap import layers
from db.basemap.layers import REGION, REGION_ZOOM, WORLD_ZOOM, Feature
from db.basemap.shapes import Box
from db.reader import Content
from fieldguide.errors import ContentError

ATTRIBUTION: Final = "Natural Earth · GSHHG · GeoNames · airportsdata"
FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "land": (),
    "water": ("name", "name_zh", "rank"),
    "river": ("name", "name_zh", "rank"),
    "place": ("kind", "name", "name_zh", "rank"),
    "airport": ("kind", "name", "name_zh", "rank"),
    "station": ("kind", "name", "name_zh", "rank"),
}
"""The layers of the archive and what their features say."""
MOST_BYTES: Final = 5 * 1024 * 1024
"""The map travels with the program: more than this is not worth its room."""

_PLAIN: Final = (
    "--quiet", "--force", "--no-tile-compression", "--no-tile-size-limit", "--no-feature-limit",
    "--no-tile-stats", "--no-progress-indicator", "--preserve-input-order",
    "--drop-rate=1",
)  # fmt: skip
_AREAS: Final = ("--buffer=4", "--simplification=3", "--no-simplification-of-shared-nodes")
_POINTS: Final = ("--buffer=0",)
_Place = tuple[int, int, int]
_Tiles = dict[_Place, bytes]


def make(content: Content, target: Path) -> None:
    """Write the map beside its place, then rename it.

    The same packages and the same text give the same bytes. Raises ContentError.
    """
    tiles: _Tiles = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, features, zooms, flags in (
            ("world", layers.ground(world=True), (0, WORLD_ZOOM), _AREAS),
            ("region", layers.ground(world=False), (WORLD_ZOOM + 1, REGION_ZOOM), _AREAS),
            ("points", layers.points(content), (0, REGION_ZOOM), _POINTS),
        ):
            _add(tiles, _cut(Path(folder) / name, features, zooms, flags))
    # Sea too is told, or a reader would look for land at every zoom above.
    for place in _region_tiles():
        tiles.setdefault(place, b"")
    draft = target.with_suffix(".draft")
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(draft, tiles)
    if (size := draft.stat().st_size) > MOST_BYTES:
        raise ContentError(f"The map has {size:,} bytes; at most {MOST_BYTES:,} may be shipped.")
    os.replace(draft, target)


def _cut(
    stem: Path, features: Iterable[Feature], zooms: tuple[int, int], flags: tuple[str, ...]
) -> _Tiles:
    """The tiles that tippecanoe makes of features, uncompressed."""
    source, result = stem.with_suffix(".geojson"), stem.with_suffix(".pmtiles")
    with source.open("w", encoding="utf-8") as file:
        for feature in features:
            file.write(json.dumps(feature, ensure_ascii=False) + "\n")
    program = Path(sysconfig.get_path("scripts")) / "tippecanoe"
    levels = (f"--minimum-zoom={zooms[0]}", f"--maximum-zoom={zooms[1]}")
    subprocess.run(
        [program, *_PLAIN, *flags, *levels, f"--output={result}", source],
        check=True,
        # One thread, so that features of a tile come in one order.
        env={**os.environ, "TIPPECANOE_MAX_THREADS": "1"},
    )
    with result.open("rb") as opened:
        return {
            (zoom, x, y): data
            for (zoom, x, y), data in all_tiles(MmapSource(opened))
            if zoom <= WORLD_ZOOM or _tile_box(zoom, x, y).meets(REGION)
        }


def _region_tiles() -> Iterator[_Place]:
    level: list[_Place] = [(0, 0, 0)]
    for zoom in range(1, REGION_ZOOM + 1):
        below = [
            (zoom, 2 * x + right, 2 * y + down)
            for _, x, y in level
            for right, down in itertools.product((0, 1), (0, 1))
        ]
        level = [place for place in below if _tile_box(*place).meets(REGION)]
        if zoom > WORLD_ZOOM:
            yield from level


def _add(tiles: _Tiles, more: _Tiles) -> None:
    """Layers of a tile simply follow each other, so two tiles with other layers are joined so."""
    for place, data in more.items():
        tiles[place] = tiles.get(place, b"") + data


def _write(path: Path, tiles: _Tiles) -> None:
    with path.open("wb") as file:
        writer = Writer(file)
        for place in sorted(tiles, key=lambda one: zxy_to_tileid(*one)):
            writer.write_tile(zxy_to_tileid(*place), gzip.compress(tiles[place], 9, mtime=0))
        writer.finalize(_header(), _metadata())


def _header() -> dict[str, object]:
    west, south, east, north = (round(degrees * 10**7) for degrees in REGION)
    return {
        "version": 3,
        "tile_type": TileType.MVT,
        "tile_compression": Compression.GZIP,
        "min_lon_e7": -180 * 10**7,
        "min_lat_e7": -85 * 10**7,
        "max_lon_e7": 180 * 10**7,
        "max_lat_e7": 85 * 10**7,
        "center_zoom": WORLD_ZOOM + 3,
        "center_lon_e7": (west + east) // 2,
        "center_lat_e7": (south + north) // 2,
    }


def _metadata() -> dict[str, object]:
    return {
        "name": "Base map",
        "description": "The world, and in detail the land from {:.0f} to {:.0f} degrees east,"
        " {:.0f} to {:.0f} degrees north".format(*_spans()),
        "attribution": ATTRIBUTION,
        "type": "baselayer",
        "format": "pbf",
        "vector_layers": [
            {"id": name, "fields": dict.fromkeys(fields, "String")}
            for name, fields in sorted(FIELDS.items())
        ],
    }


def _spans() -> tuple[float, float, float, float]:
    return REGION.west, REGION.east, REGION.south, REGION.north


def _tile_box(zoom: int, x: int, y: int) -> Box:
    def north(row: int) -> float:
        return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * row / 2**zoom))))

    width = 360 / 2**zoom
    return Box(x * width - 180, north(y + 1), (x + 1) * width - 180, north(y))
