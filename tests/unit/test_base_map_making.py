"""How the base map is made: outlines are cut, names are trusted only where they sound right."""

import struct
from pathlib import Path

import pytest

from db.basemap import layers, shapes
from db.basemap.packages import Town
from db.basemap.shapes import Box


@pytest.mark.parametrize(
    ("latin", "held", "wanted"),
    [
        ("Taicang", ["城厢", "城厢镇", "太仓", "太仓市"], "太仓"),
        ("Tainan", ["鹤落埨", "台南", "台南镇"], "台南"),
        ("Lüxiang", ["吕巷"], "吕巷"),
        ("Changshu", ["常熟", "常熟縣"], "常熟"),
        ("Xushuguan", ["滸墅關"], ""),  # only the traditional form is known
        ("Jiangqiao", [], ""),
    ],
)
def test_a_town_is_written_only_where_a_name_sounds_like_the_latin_one(
    latin: str, held: list[str], wanted: str
) -> None:
    row = {"geonameid": 1, "name": latin, "longitude": 0, "latitude": 0, "population": 0}
    assert layers._sounding(Town({**row, "alternatenames": held})) == wanted


def test_a_ring_is_cut_at_the_edges_of_a_box_and_is_gone_outside() -> None:
    square = [(0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0)]
    cut = shapes.clip(square, Box(2, 1, 9, 9))
    assert shapes.box_of(cut) == Box(2, 1, 4, 4)
    assert shapes.is_clockwise(cut)
    assert shapes.clip(square, Box(5, 5, 6, 6)) == []


def test_a_hole_of_a_shapefile_runs_the_other_way(tmp_path: Path) -> None:
    outer = [(0.0, 0.0), (0.0, 9.0), (9.0, 9.0), (9.0, 0.0), (0.0, 0.0)]
    hole = [(2.0, 2.0), (3.0, 2.0), (3.0, 3.0), (2.0, 3.0), (2.0, 2.0)]
    flat = [value for point in (*outer, *hole) for value in point]
    body = struct.pack("<i4d4i20d", 5, 0, 0, 9, 9, 2, 10, 0, 5, *flat)
    path = tmp_path / "one.shp"
    path.write_bytes(bytes(100) + struct.pack(">2i", 1, len(body) // 2) + body)
    (rings,) = shapes.shapefile(path)
    assert rings == [outer, hole]
    assert [shapes.is_clockwise(ring) for ring in rings] == [True, False]
    assert list(layers._polygons(rings)) == [[outer, hole]]
