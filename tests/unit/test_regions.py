"""Region maps: what is kept, what is refused, and which map answers for which ground."""

from pathlib import Path

import pytest

from fieldguide.errors import BadRequest, FieldGuideError, MapUnreadable
from fieldguide.services.ground import Ground
from fieldguide.services.regions import Regions
from tests.map_files import (
    HELSINKI,
    IN_HELSINKI,
    PARENT,
    Tiles,
    street,
    town,
    write_mbtiles,
    write_pmtiles,
)
from tests.vector_tiles import layer, path

WORLD = (-180.0, -85.0, 180.0, 85.0)
BASE: Tiles = {(z, x, y): town(f"{z} {x} {y}") for z in (0, 1) for x in range(1 << z) for y in range(1 << z)}  # fmt: skip


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def base(tmp_path: Path) -> Path:
    layers = ("land", "place")
    return write_pmtiles(tmp_path / "base.pmtiles", BASE, layers=layers, bounds=WORLD)


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    tiles = {IN_HELSINKI: street("Unioninkatu"), PARENT: street("Aleksanterinkatu")}
    return write_pmtiles(
        tmp_path / "streets.pmtiles", tiles,
        attribution='<a href="https://example.org">© OpenStreetMap</a> &amp; friends',
        **{"planetiler:osm:osmosisreplicationtime": "2026-10-25T20:21:17Z"},
    )  # fmt: skip


def test_a_map_is_kept_whole_with_what_it_says_of_itself(profile: Path, streets: Path) -> None:
    regions = Regions(profile)
    steps: list[tuple[int, int]] = []

    def progress(done: int, size: int) -> bool:
        steps.append((done, size))
        return True

    added = regions.add(streets, progress)
    assert added is not None
    assert regions.all() == [added]
    assert (added.name, added.size) == ("streets.pmtiles", streets.stat().st_size)
    assert (added.data_of, added.licence) == ("2026-10-25", "© OpenStreetMap & friends")
    assert (added.schema, added.zooms) == ("Protomaps basemap", (13, 14))
    assert added.bounds == pytest.approx(HELSINKI)
    assert steps[-1] == (added.size, added.size)
    assert (profile / "regions" / "streets.pmtiles").read_bytes() == streets.read_bytes()


def test_a_second_map_of_the_same_name_gets_a_number(profile: Path, streets: Path) -> None:
    regions = Regions(profile)
    names = [added.name for _ in range(3) if (added := regions.add(streets)) is not None]
    assert names == ["streets.pmtiles", "streets-2.pmtiles", "streets-3.pmtiles"]


def test_a_copy_that_is_stopped_leaves_nothing(profile: Path, streets: Path) -> None:
    regions = Regions(profile)
    assert regions.add(streets, lambda _, __: False) is None
    assert regions.all() == []
    assert list((profile / "regions").iterdir()) == []


def test_what_cannot_be_used_is_refused_before_it_is_kept(
    profile: Path, tmp_path: Path, base: Path
) -> None:
    regions = Regions(profile)
    odd = tmp_path / "notes.txt"
    odd.write_text("no map")
    with pytest.raises(BadRequest, match="is no map"):
        regions.add(odd)
    with pytest.raises(MapUnreadable, match="is a base map of this program"):
        regions.add(base)
    wrong = write_pmtiles(tmp_path / "odd.pmtiles", {PARENT: b"\x1f\x1f"})
    with pytest.raises(MapUnreadable, match="is damaged"):
        regions.add(wrong)
    empty = write_mbtiles(tmp_path / "empty.mbtiles", {}, words={"minzoom": 1, "maxzoom": 2})
    with pytest.raises(MapUnreadable, match="is empty"):
        regions.add(empty)
    with pytest.raises(MapUnreadable, match="cannot be read"):
        regions.add(tmp_path / "gone.pmtiles")
    assert not (profile / "regions").exists()


def test_a_removed_map_comes_back_until_the_next_is_removed(profile: Path, streets: Path) -> None:
    regions = Regions(profile)
    regions.add(streets)
    regions.remove("streets.pmtiles")
    assert regions.all() == []
    assert regions.put_back("streets.pmtiles") == "streets.pmtiles"
    regions.add(streets)
    regions.remove("streets.pmtiles")
    regions.remove("streets-2.pmtiles")
    assert regions.put_back("streets-2.pmtiles") == "streets-2.pmtiles"
    with pytest.raises(FieldGuideError, match="cannot be put back"):
        regions.put_back("streets.pmtiles")
    with pytest.raises(BadRequest, match="no region map of the name"):
        regions.remove("../streets.pmtiles")


def test_a_day_that_no_calendar_has_is_not_taken_for_that_of_the_data(
    profile: Path, tmp_path: Path
) -> None:
    tiles = {IN_HELSINKI: street("Unioninkatu")}
    source = write_pmtiles(tmp_path / "odd.pmtiles", tiles, osm_date="2024-00-00")
    added = Regions(profile).add(source)
    assert added is not None
    assert added.data_of == ""


def test_a_map_that_cannot_be_removed_leaves_the_one_removed_before_to_be_put_back(
    profile: Path, streets: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    regions = Regions(profile)
    regions.add(streets)
    regions.add(streets)
    regions.remove("streets.pmtiles")

    def held(path: Path, target: Path) -> Path:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as held_open:
        held_open.setattr(Path, "replace", held)
        with pytest.raises(FieldGuideError, match="cannot be removed"):
            regions.remove("streets-2.pmtiles")
    assert regions.put_back("streets.pmtiles") == "streets.pmtiles"


def test_a_map_that_was_damaged_since_is_listed_with_its_trouble_and_can_be_removed(
    profile: Path, streets: Path
) -> None:
    regions = Regions(profile)
    regions.add(streets)
    (profile / "regions" / "streets.pmtiles").write_bytes(b"PMTiles\x03 and no more")
    (damaged,) = regions.all()
    assert "its end is missing" in damaged.trouble
    regions.remove(damaged.name)
    assert regions.all() == []


def test_a_region_map_stands_for_the_base_map_where_it_lies(
    profile: Path, base: Path, streets: Path
) -> None:
    Regions(profile).add(streets)
    ground = Ground(base, profile)
    near = ground.tile(*IN_HELSINKI)
    assert near is not None
    assert [line.name for line in near.lines] == ["Unioninkatu"]
    assert ground.source(*IN_HELSINKI) == "streets.pmtiles"
    # Nearer than the data: the tile that holds it.
    nearer = ground.tile(16, 9327 * 4 + 1, 4742 * 4 + 3)
    assert nearer is near
    # Elsewhere, and farther away, the base map; beyond its zooms its last one.
    far = ground.tile(14, 9400, 4742)
    assert far is not None
    assert (far.z, far.x, far.y) == (1, 1, 0)
    assert [point.name for point in far.points] == ["1 1 0"]
    assert ground.source(0, 0, 0) == ""
    assert ground.credits() == ("© OpenStreetMap & friends",)
    ground.close()


def test_a_map_of_one_town_does_not_stand_for_the_land_around(
    profile: Path, base: Path, tmp_path: Path
) -> None:
    tiles = {(5, 18, 9): street("far away"), IN_HELSINKI: street("Unioninkatu")}
    Regions(profile).add(write_pmtiles(tmp_path / "town.pmtiles", tiles))
    ground = Ground(base, profile)
    assert ground.source(5, 18, 9) == ""
    assert ground.source(*IN_HELSINKI) == "town.pmtiles"
    ground.close()


def test_where_a_region_map_ends_the_base_map_lies_below_it(
    profile: Path, base: Path, tmp_path: Path
) -> None:
    tiles = {IN_HELSINKI: street("Unioninkatu")}
    bounds = (24.95, 60.1, 25.1, 60.2)
    Regions(profile).add(write_pmtiles(tmp_path / "part.pmtiles", tiles, bounds=bounds))
    ground = Ground(base, profile)
    assert [(tile.z, len(tile.lines)) for tile in ground.tiles(*IN_HELSINKI)] == [(1, 0), (14, 1)]
    whole = write_pmtiles(tmp_path / "whole.pmtiles", tiles)
    Regions(profile).add(whole)
    ground.refresh()
    assert [tile.z for tile in ground.tiles(*IN_HELSINKI)] == [14, 14]
    ground.close()


def test_names_of_the_base_map_are_left_out_where_a_region_map_has_its_own(
    profile: Path, base: Path, tmp_path: Path
) -> None:
    # The town in the middle of the north-eastern quarter of the world.
    tiles = {(7, 96, 32): street("near the town")}
    bounds = (80.0, 60.0, 90.5, 70.0)
    Regions(profile).add(write_pmtiles(tmp_path / "siberia.pmtiles", tiles, bounds=bounds))
    ground = Ground(base, profile)
    below, above = ground.tiles(7, 96, 32)
    assert (below.z, above.z) == (1, 7)
    assert below.points == ()
    assert [point.name for tile in ground.tiles(7, 98, 32) for point in tile.points] == ["1 1 0"]
    ground.close()


def test_a_file_that_says_only_where_water_is_makes_land_within_its_bounds(
    profile: Path, base: Path, tmp_path: Path
) -> None:
    road = layer("transportation", [(2, {"class": "primary"}, path([(0, 0), (9, 9)]))])
    source = write_pmtiles(
        tmp_path / "omt.pmtiles", {IN_HELSINKI: road}, layers=("transportation", "water"),
        bounds=(24.95, 60.1, 25.1, 60.2),
    )  # fmt: skip
    Regions(profile).add(source)
    ground = Ground(base, profile)
    tile = ground.tile(*IN_HELSINKI)
    assert tile is not None
    (land,) = tile.areas
    assert min(land.parts[0][::2]) == pytest.approx(0.497, abs=0.01)
    ground.close()


def test_a_damaged_tile_shows_the_base_map(profile: Path, base: Path, tmp_path: Path) -> None:
    regions = Regions(profile)
    tiles = {PARENT: street("Aleksanterinkatu"), IN_HELSINKI: street("Unioninkatu")}
    regions.add(write_pmtiles(tmp_path / "town.pmtiles", tiles))
    kept = profile / "regions" / "town.pmtiles"
    whole = bytearray(kept.read_bytes())
    whole[-len(whole) // 9 :] = b"\xff" * len(whole[-len(whole) // 9 :])
    kept.write_bytes(whole)
    ground = Ground(base, profile)
    assert [ground.source(*place) for place in (PARENT, IN_HELSINKI)].count("") == 1
    ground.close()


def test_the_ground_sees_what_was_added_and_removed(
    profile: Path, base: Path, streets: Path
) -> None:
    ground, regions = Ground(base, profile), Regions(profile)
    assert ground.source(*IN_HELSINKI) == ""
    assert not ground.refresh()
    regions.add(streets)
    assert ground.refresh()
    assert ground.source(*IN_HELSINKI) == "streets.pmtiles"
    regions.remove("streets.pmtiles")
    assert ground.refresh()
    assert ground.source(*IN_HELSINKI) == ""
    ground.close()


def test_without_any_map_the_ground_is_bare(profile: Path, tmp_path: Path) -> None:
    ground = Ground(tmp_path / "none.pmtiles", profile)
    assert ground.bare
    assert ground.tile(3, 1, 1) is None
    assert ground.source(3, 1, 1) is None
    ground.close()
