"""Small map files for the tests, written by the packages that others write theirs with."""

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from sqlcipher3 import dbapi2

from tests.vector_tiles import layer, path

Tiles = Mapping[tuple[int, int, int], bytes]
HELSINKI = (24.9, 60.1, 25.1, 60.2)
IN_HELSINKI = (14, 9327, 4742)
PARENT = (13, 4663, 2371)
STREETS = ("earth", "roads")


def street(name: str) -> bytes:
    """A tile of the Protomaps schema: ground, and one street across it."""
    ground = path([(0, 0), (4096, 0), (4096, 4096), (0, 4096)], closed=True)
    line = path([(0, 2048), (4096, 2048)])
    road = {"kind": "minor_road", "name": name}
    return layer("earth", [(3, {}, ground)]) + layer("roads", [(2, road, line)])


def town(name: str) -> bytes:
    """A tile of the base map: land, and one town in its middle."""
    ground = path([(0, 0), (4096, 0), (4096, 4096), (0, 4096)], closed=True)
    place = {"kind": "town", "name": name, "rank": 3}
    return layer("land", [(3, {}, ground)]) + layer("place", [(1, place, path([(2048, 2048)]))])


def write_pmtiles(
    target: Path,
    tiles: Tiles,
    *,
    layers: Sequence[str] = STREETS,
    bounds: tuple[float, float, float, float] = HELSINKI,
    kind: TileType = TileType.MVT,
    **said: str,
) -> Path:
    zooms = [z for z, _, _ in tiles]
    west, south, east, north = (round(degrees * 1e7) for degrees in bounds)
    with target.open("wb") as file:
        writer = Writer(file)
        for place in sorted(tiles, key=lambda place: zxy_to_tileid(*place)):
            writer.write_tile(zxy_to_tileid(*place), gzip.compress(tiles[place], mtime=0))
        header = {
            **{"tile_type": kind, "tile_compression": Compression.GZIP},
            **{"min_zoom": min(zooms), "max_zoom": max(zooms)},
            **{"min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north},
            **{"center_zoom": 0, "center_lon_e7": west, "center_lat_e7": south},
        }
        writer.finalize(header, {"vector_layers": [{"id": name} for name in layers], **said})
    return target


def write_mbtiles(
    target: Path,
    tiles: Tiles,
    *,
    layers: Sequence[str] = STREETS,
    words: Mapping[str, Any] | None = None,
    script: str = "",
) -> Path:
    """``script`` is run last, to make the file another than it should be."""
    conn = dbapi2.connect(str(target))
    conn.execute("CREATE TABLE metadata (name text, value text)")
    conn.execute(
        "CREATE TABLE tiles (zoom_level integer, tile_column integer, tile_row integer, "
        "tile_data blob)"
    )
    said = {"json": json.dumps({"vector_layers": [{"id": name} for name in layers]})}
    conn.executemany("INSERT INTO metadata VALUES (?, ?)", [*{**said, **(words or {})}.items()])
    rows = [(z, x, (1 << z) - 1 - y, gzip.compress(data)) for (z, x, y), data in tiles.items()]
    conn.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
    conn.commit()
    conn.executescript(script)
    conn.close()
    return target
