"""Vector tiles become ground: what they say, in each schema, and what no tile may do."""

import time
from typing import Any

import pytest

from fieldguide.errors import MapUnreadable
from fieldguide.maps import mvt
from fieldguide.maps.mvt import MOST_POINTS, read_tile
from fieldguide.maps.schema import OPENMAPTILES, OWN, PROTOMAPS, Schema, schema_of
from fieldguide.maps.tile import Tile
from tests.vector_tiles import Feature, field, layer, packed, path

SQUARE = path([(0, 0), (2048, 0), (2048, 2048), (0, 2048)], closed=True)
LINE = path([(0, 4096), (1024, 3072), (5000, 3072)])
POINT = path([(2048, 1024)])


def read(schema: Schema, **layers: list[Feature]) -> Tile:
    data = b"".join(layer(name, features) for name, features in layers.items())
    return read_tile(data, 14, 3, 4, schema)


def test_areas_lines_and_points_lie_where_the_tile_says() -> None:
    tile = read(
        OWN,
        land=[(3, {}, SQUARE)],
        river=[(2, {"name": "Huangpu River", "name_zh": "黄浦江"}, LINE)],
        place=[(1, {"kind": "town", "name": "Taicang", "name_zh": "太仓", "rank": 4}, POINT)],
    )
    assert (tile.z, tile.x, tile.y) == (14, 3, 4)
    assert [list(part) for part in tile.areas[0].parts] == [[0, 0, 0.5, 0, 0.5, 0.5, 0, 0.5]]
    river = tile.lines[0]
    assert (river.kind, river.name, river.name_zh) == ("river", "Huangpu River", "黄浦江")
    assert list(river.parts[0]) == [0, 1, 0.25, 0.75, pytest.approx(5000 / 4096), 0.75]
    place = tile.points[0]
    assert (place.kind, place.name_zh, place.rank) == ("place-town", "太仓", 4)
    assert list(place.parts[0]) == [0.5, 0.25]


def test_a_hole_is_a_ring_of_the_same_area_and_several_points_are_several_parts() -> None:
    hole = [1 << 3 | 1, 200, 199, 2 << 3 | 2, 0, 200, 200, 0, 1 << 3 | 7]
    tile = read(
        OWN,
        water=[(3, {}, [*SQUARE, *hole])],
        station=[(1, {"kind": "metro", "name": "Dong'an Road"}, [2 << 3 | 1, 10, 20, 30, 40])],
    )
    assert [len(part) for part in tile.areas[0].parts] == [8, 6]
    assert tile.points[0].kind == "metro-station"
    assert [[round(at * 4096) for at in part] for part in tile.points[0].parts] == [
        [5, 10],
        [20, 30],
    ]


MEANINGS: list[tuple[Schema, str, int, dict[str, Any], tuple[str, str, str] | None]] = [
    (PROTOMAPS, "roads", 2, {"kind": "highway", "kind_detail": "motorway"}, ("road-motorway", "", "")),
    (PROTOMAPS, "roads", 2, {"kind": "major_road", "name": "Mannerheimintie"}, ("road-main", "Mannerheimintie", "")),
    (PROTOMAPS, "roads", 2, {"kind": "minor_road", "name": "东安路", "name:en": "Dong'an Road"}, ("road-street", "Dong'an Road", "东安路")),
    (PROTOMAPS, "roads", 2, {"kind": "rail", "kind_detail": "subway"}, ("metro", "", "")),
    (PROTOMAPS, "roads", 2, {"kind": "aeroway"}, None),
    (PROTOMAPS, "places", 1, {"kind": "country", "name": "Somewhere"}, None),
    (PROTOMAPS, "places", 1, {"kind": "locality", "kind_detail": "city", "name": "上海市", "name:zh-Hans": "上海"}, ("place-city", "", "上海")),
    (PROTOMAPS, "boundaries", 2, {"kind": "country"}, None),
    (PROTOMAPS, "water", 2, {"kind": "canal"}, ("river", "", "")),
    (PROTOMAPS, "pois", 1, {"kind": "station", "name": "Pasila"}, ("station", "Pasila", "")),
    (PROTOMAPS, "pois", 1, {"kind": "cafe"}, None),
    (PROTOMAPS, "landuse", 3, {"kind": "park"}, ("park", "", "")),
    (PROTOMAPS, "buildings", 3, {"kind": "building"}, ("building", "", "")),
    (OPENMAPTILES, "transportation", 2, {"class": "trunk"}, ("road-main", "", "")),
    (OPENMAPTILES, "transportation", 2, {"class": "transit", "subclass": "tram"}, ("metro", "", "")),
    (OPENMAPTILES, "place", 1, {"class": "suburb", "name": "Kallio"}, ("place-suburb", "Kallio", "")),
    (OPENMAPTILES, "place", 1, {"class": "country", "name": "Suomi"}, None),
    (OPENMAPTILES, "poi", 1, {"class": "railway", "subclass": "subway", "name:latin": "Sörnäinen"}, ("metro-station", "Sörnäinen", "")),
    (OPENMAPTILES, "aerodrome_label", 1, {"class": "international", "name": "Helsinki-Vantaa"}, ("airport", "Helsinki-Vantaa", "")),
    (OPENMAPTILES, "landcover", 3, {"class": "wood"}, ("park", "", "")),
    (OPENMAPTILES, "landcover", 3, {"class": "sand"}, None),
]  # fmt: skip


@pytest.mark.parametrize(("schema", "name", "shape", "tags", "meant"), MEANINGS)
def test_each_schema_is_read_in_its_own_words(
    schema: Schema,
    name: str,
    shape: int,
    tags: dict[str, Any],
    meant: tuple[str, str, str] | None,
) -> None:
    tile = read(schema, **{name: [(shape, tags, {1: POINT, 2: LINE, 3: SQUARE}[shape])]})
    found = [*tile.areas, *tile.lines, *tile.points]
    if not schema.has_land:
        assert found.pop(0).kind == "land"
    assert [(one.kind, one.name, one.name_zh) for one in found] == ([meant] if meant else [])


def test_the_layers_of_a_file_tell_its_schema() -> None:
    assert schema_of(["land", "water", "place"]) is OWN
    assert schema_of(["earth", "water", "roads", "pois"]) is PROTOMAPS
    assert schema_of(["water", "transportation", "place"]) is OPENMAPTILES
    with pytest.raises(MapUnreadable, match="none of the layers"):
        schema_of(["trees"])


def test_what_reaches_far_outside_is_bent_in_and_points_there_are_left_out() -> None:
    far = path([(0, 0), (2_000_000_000, 5)])
    tile = read(
        OWN,
        rail=[(2, {}, far)],
        place=[(1, {"kind": "city", "name": "Far"}, path([(-90_000, 7)]))],
    )
    assert list(tile.lines[0].parts[0]) == [0, 0, 2, pytest.approx(5 / 4096)]
    assert tile.points == ()


@pytest.mark.parametrize(
    "geometry",
    [[9], [9, 2, 2, 90 << 3 | 2, 1, 1], [5 << 3 | 3, 1, 1], [1 << 62 | 2], []],
    ids=["cut", "short", "unknown", "endless", "empty"],
)
def test_bad_geometry_costs_one_feature_and_no_more(geometry: list[int]) -> None:
    tile = read(OWN, rail=[(2, {}, geometry), (2, {"kind": "metro"}, LINE)])
    assert [line.kind for line in tile.lines] == ["metro"]


def test_a_tile_of_too_much_stops_at_its_bounds_and_keeps_what_it_has(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    zigzag = path([(number % 2 * 50, number % 3 * 50) for number in range(10_000)])
    tile = read(OWN, rail=[(2, {"kind": "metro"}, zigzag)] * 27)
    points = sum(len(part) // 2 for line in tile.lines for part in line.parts)
    assert 0.9 * MOST_POINTS < points <= MOST_POINTS
    monkeypatch.setattr(mvt, "MOST_FEATURES", 20)
    assert len(read(OWN, rail=[(2, {}, LINE)] * 25).lines) == 20


@pytest.mark.parametrize(
    "data", [b"\x1a\xff\xff\xff\xff\x0f", b"\x1f", b"\x80" * 40, b"\x1a\x05\x0a\x09land"]
)
def test_what_is_no_tile_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(MapUnreadable, match=r"^The tile 1/0/0 of the map is damaged\.$"):
        read_tile(data, 1, 0, 0, OWN)


def test_an_endless_name_is_read_once_and_not_for_each_feature() -> None:
    parts = b"".join(
        field(
            2,
            field(2, packed([0, 0, 1, number]))
            + field(3, 2)
            + field(4, bytes([9, 0, 0, 10, 2, 2])),
        )
        for number in range(1, 100)
    )
    values = field(4, field(1, b"long " * 400_000))
    values += b"".join(field(4, field(4, number)) for number in range(99))
    data = field(1, b"river") + parts + field(3, b"name") + field(3, b"rank") + values
    began = time.perf_counter()
    tile = read_tile(field(3, data), 1, 0, 0, OWN)
    assert time.perf_counter() - began < 0.1
    assert len(tile.lines) == 99
    assert {line.name for line in tile.lines} == {("long " * 24).strip()}


EMPTY_NUMBER = field(2, b"") + field(3, b"") + field(4, b"")


@pytest.mark.parametrize("empty", [field(4, field(4, b"")), field(4, b"")])
def test_a_field_without_a_number_costs_one_feature_and_no_more(empty: bytes) -> None:
    sound = field(2, field(3, 2) + field(4, bytes([9, 0, 0, 10, 2, 2])))
    odd = field(2, field(2, packed([0, 0])) + field(3, 2) + field(4, bytes([9, 0, 0, 10, 2, 2])))
    data = field(1, b"rail") + field(2, EMPTY_NUMBER) + odd + sound + field(3, b"kind") + empty
    tile = read_tile(field(3, data), 1, 0, 0, OWN)
    assert {line.kind for line in tile.lines} == {"rail"}
    with pytest.raises(MapUnreadable, match="damaged"):
        read_tile(field(3, data + field(5, b"")), 1, 0, 0, OWN)
