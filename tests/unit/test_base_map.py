"""The base map that is shipped: what it holds, where it comes from, and what it leaves out."""

import hashlib
import math
import re
from collections.abc import Iterator
from functools import cache

import pytest

from fieldguide import assets
from fieldguide.domain.records import Position, Ref
from fieldguide.maps import mvt
from fieldguide.maps.schema import OWN
from fieldguide.maps.tile import Feature, Tile
from fieldguide.services.guide import Guide
from fieldguide.storage.pmtiles import PmTiles

MAP = assets.path("map/base.pmtiles")
DEEPEST = 12
WEST, SOUTH, EAST, NORTH = 117, 28, 124, 34
LAYERS = {"land", "water", "river", "place", "airport", "station"}
CURATED = ("place-city", "place-town", "place-suburb")


def spot(lat: float, lon: float, zoom: int = DEEPEST) -> tuple[float, float]:
    sine = math.sin(math.radians(lat))
    across = (lon + 180) / 360
    down = 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)
    return across * 2**zoom, down * 2**zoom


@cache
def tile(x: int, y: int, zoom: int = DEEPEST) -> Tile:
    archive = PmTiles.open(MAP)
    try:
        data = archive.data(zoom, x, y)
    finally:
        archive.close()
    assert data is not None, "a tile of the region is missing"
    return mvt.read_tile(data, zoom, x, y, OWN)


def covers(area: Feature, x: float, y: float) -> bool:
    crossed = 0
    for ring in area.parts:
        corners = list(zip(ring[::2], ring[1::2], strict=True))
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            crossed += (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax
    return crossed % 2 == 1


def ground(lat: float, lon: float) -> str:
    x, y = spot(lat, lon)
    areas = tile(int(x), int(y)).areas
    over = {area.kind for area in areas if covers(area, x % 1, y % 1)}
    return "water" if "water" in over else "land" if "land" in over else "sea"


def points(lat: float, lon: float, reach: int = 1) -> Iterator[tuple[float, Feature]]:
    """Every point within some tiles, with its distance from a position in kilometres."""
    x, y = spot(lat, lon)
    km = 40_075 * math.cos(math.radians(lat)) / 2**DEEPEST
    for column in range(int(x) - reach, int(x) + reach + 1):
        for row in range(int(y) - reach, int(y) + reach + 1):
            for feature in tile(column, row).points:
                at = column + feature.parts[0][0], row + feature.parts[0][1]
                yield math.dist(at, (x, y)) * km, feature


def located(guide: Guide, *kinds: str) -> dict[Ref, Position]:
    refs = [card.ref for kind in kinds for card in guide.records(kind)]
    found = {ref: record.position for ref, record in guide.brief(refs).items()}
    return {
        ref: one
        for ref, one in found.items()
        if one and WEST <= one.lon <= EAST and SOUTH <= one.lat <= NORTH
    }


def test_everything_that_the_guide_places_in_the_region_lies_on_land(guide: Guide) -> None:
    known = located(guide, "organisation", "place")
    assert len(known) > 70
    assert [str(ref) for ref, at in known.items() if ground(at.lat, at.lon) != "land"] == []


@pytest.mark.parametrize(
    ("lat", "lon", "wanted"),
    [
        (31.22, 120.18, "water"),  # Lake Tai
        (31.12, 120.28, "land"),  # an island in it
        (31.62, 121.50, "land"),  # Chongming
        (31.45, 121.62, "sea"),  # the mouth of the Yangtze
        (30.45, 121.30, "sea"),  # Hangzhou Bay
        (31.24, 121.60, "land"),  # Pudong
        (32.80, 123.90, "sea"),  # far out, where a tile holds nothing
    ],
)
def test_land_lakes_and_sea_are_where_they_are(lat: float, lon: float, wanted: str) -> None:
    assert ground(lat, lon) == wanted


@pytest.mark.parametrize(
    ("slug", "name", "zh"),
    [
        ("organisation/renji-hospital", "Pudong", "浦东"),
        ("organisation/zhangjiang-hi-tech-park", "Zhangjiang", "张江"),
        ("organisation/sipac", "Suzhou Industrial Park", "苏州工业园区"),
        ("organisation/sibet", "Dongzhu", "东渚"),
        ("organisation/shanghai-cancer-institute", "Xuhui", "徐汇"),
        ("place/hangzhou", "Hangzhou", "杭州"),
    ],
)
def test_a_stop_of_the_guide_is_nearest_to_the_place_that_it_lies_in(
    guide: Guide, slug: str, name: str, zh: str
) -> None:
    at = guide.record(Ref.parse(slug)).position
    assert at is not None
    near = [one for one in points(at.lat, at.lon) if one[1].kind in CURATED]
    nearest = min(near, key=lambda one: one[0])[1]
    assert (nearest.name, nearest.name_zh) == (name, zh)


def test_every_station_of_the_guide_is_on_the_map_at_its_place(guide: Guide) -> None:
    stations = located(guide, "station")
    assert len(stations) > 30
    far = [
        str(ref)
        for ref, at in stations.items()
        if min(km for km, one in points(at.lat, at.lon, 0) if "station" in one.kind) > 0.01
    ]
    assert far == []


@pytest.mark.parametrize(
    ("lat", "lon", "name", "zh", "not_zh"),
    [(31.45, 121.09, "Taicang", "太仓", "城厢"), (30.87, 120.09, "Huzhou", "湖州", "吴兴")],
)
def test_a_city_bears_its_own_name_and_not_that_of_its_town(
    lat: float, lon: float, name: str, zh: str, not_zh: str
) -> None:
    names = {one.name: one.name_zh for _, one in points(lat, lon)}
    assert names[name] == zh
    assert not_zh not in names.values()


def test_the_names_of_a_view_of_the_region_are_in_both_scripts() -> None:
    x, y = spot(31.3, 121.0, 8)
    seen = [one for row in (-1, 0, 1) for one in tile(int(x), int(y) + row, 8).points]
    assert len(seen) > 20
    assert [one for one in seen if not (one.name and one.name_zh)] == []


def test_there_is_no_layer_of_boundaries_and_no_name_of_a_country() -> None:
    archive = PmTiles.open(MAP)
    try:
        assert set(archive.metadata.layers) == LAYERS
        tiles = [
            archive.data(zoom, x, y)
            for zoom in range(6)
            for x in range(0, 2**zoom, max(1, 2**zoom // 8))
            for y in range(0, 2**zoom, max(1, 2**zoom // 8))
        ]
    finally:
        archive.close()
    layers = {
        text.decode()
        for data in tiles
        if data
        for field, layer in mvt._parts(data)
        if field == 3
        for inner, text in mvt._parts(layer)
        if inner == 1
    }
    assert {"land", "water", "place"} <= layers <= LAYERS
    world = tile(0, 0, 0), tile(1, 0, 1), tile(3, 1, 2), tile(6, 3, 3)
    names = {one.name for part in world for one in part.points}
    assert "Shanghai" in names
    assert names.isdisjoint({"China", "Japan", "India", "Russia", "Taiwan"})


def test_the_map_is_small_and_is_the_one_that_its_sources_describe() -> None:
    data = MAP.read_bytes()
    assert len(data) <= 5 * 1024 * 1024
    said = re.search(r"SHA-256 `(\w+)`", MAP.with_name("SOURCES.md").read_text(encoding="utf-8"))
    assert said is not None
    assert said[1] == hashlib.sha256(data).hexdigest()
