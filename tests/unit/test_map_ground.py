"""The ground of the map without a screen: names that keep clear of each other, tiles cut to size."""

from array import array
from collections.abc import Iterator
from pathlib import Path

import pytest

from fieldguide import assets
from fieldguide.domain.records import Position, Ref, When
from fieldguide.domain.trips import Visit
from fieldguide.maps import picture
from fieldguide.maps.ground import Cell
from fieldguide.maps.labels import Box
from fieldguide.maps.names import names
from fieldguide.maps.projection import View
from fieldguide.maps.shapes import Drawing, Patch, Text
from fieldguide.maps.shears import Shears
from fieldguide.maps.stops import Route, Stop
from fieldguide.maps.tile import Feature, Tile
from fieldguide.services.ground import Ground

SIZE = (732, 740)
MARGIN = 160.0


def measure(text: str, role: str) -> tuple[float, float]:
    return 8.0 * len(text), 18.0


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    profile: Path = tmp_path_factory.mktemp("profile")
    opened = Ground(assets.path("map/base.pmtiles"), profile)
    yield opened
    opened.close()


def stop(number: int, lat: float, lon: float) -> Stop:
    when = When("2013-05-28", zone="Asia/Shanghai")
    position = Position(lat, lon, "street", "H")
    name = f"Stop {number}"
    return Stop(
        1, number, Visit(Ref("visit", f"v{number}"), name, "一站", "", when, "", position=position)
    )


@pytest.mark.parametrize("resolution", [20.0, 90.0, 300.0, 1200.0])
@pytest.mark.parametrize(("lat", "lon"), [(31.23, 121.47), (31.32, 120.72)])
def test_no_name_of_the_ground_meets_another_or_is_cut(
    ground: Ground, lat: float, lon: float, resolution: float
) -> None:
    view = View(lat, lon, resolution, *SIZE)
    taken = Box(300, 300, 460, 360)
    drawing = Drawing(1.0, measure, (taken,), plain=False, margin=MARGIN)
    boxes = [one.box for one in names(view, drawing, ground.tiles) if isinstance(one, Text)]
    seen = Box(0, 0, *SIZE)
    assert len(boxes) >= 4
    for number, box in enumerate(boxes):
        assert not box.meets(taken)
        assert seen.holds(box) or not seen.meets(box)
        assert not any(box.meets(other) for other in boxes[:number])


def test_a_cell_shows_only_what_of_its_tile_reaches_into_it() -> None:
    west = Feature("building", (array("f", [0.1, 0.1, 0.2, 0.1, 0.2, 0.2]),))
    east = Feature("road-main", (array("f", [0.8, 0.6, 0.9, 0.9]),))
    tile = Tile(15, 100, 200, (west,), (east,))
    shears = Shears()
    cut = shears.cut(tile, Cell(16, 200, 400))
    assert (cut.areas, cut.lines) == ((west,), ())
    cut = shears.cut(tile, Cell(16, 201, 401))
    assert (cut.areas, cut.lines) == ((), (east,))
    assert shears.cut(tile, Cell(15, 100, 200)) is tile


def test_each_long_leg_is_headed_the_way_it_goes() -> None:
    stops = (stop(1, 31.2, 121.2), stop(2, 31.2, 121.6))
    view = View(31.2, 121.4, 90.0, *SIZE)
    drawn = picture.draw([Route(1, "2013-05-28", stops, ())], view, Drawing(1.0, measure))
    (head,) = (shape for shape in drawn.shapes if isinstance(shape, Patch))
    tip, *rest = head.parts[0][0::2]
    assert all(tip > other for other in rest)


def test_a_crowd_of_five_hundred_stops_is_laid_out_within_bounds() -> None:
    stops = tuple(stop(number, 31.2, 121.4) for number in range(1, 501))
    view = View(31.2, 121.4, 90.0, *SIZE)
    drawn = picture.draw([Route(1, "2013-05-28", stops, ())], view, Drawing(1.0, measure))
    assert len(drawn.discs) == 500


def test_a_circle_that_holds_all_that_is_seen_is_not_drawn() -> None:
    near = View(31.2, 121.4, 0.5, *SIZE)
    route = Route(1, "2013-05-28", (stop(1, 31.2, 121.4),), ())
    drawn = picture.draw([route], near, Drawing(1.0, measure))
    assert [type(shape).__name__ for shape in drawn.shapes].count("Area") == 0
