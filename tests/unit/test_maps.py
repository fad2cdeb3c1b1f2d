"""The map without a screen: projection, numbered stops, labels that never overlap."""

import math
from dataclasses import replace
from itertools import combinations

import pytest

from fieldguide.domain.measures import distance_text
from fieldguide.domain.records import PRECISIONS, Position
from fieldguide.domain.trips import straight_line
from fieldguide.maps import picture, style
from fieldguide.maps.labels import Box, Wanted, place
from fieldguide.maps.projection import NEAREST, Margins, Spot, View
from fieldguide.maps.shapes import Area, Disc, Drawing, Picture, Stroke, Text
from fieldguide.maps.stops import Route, day_number, placed, route
from fieldguide.services.guide import Guide

MARGINS = Margins(56, 72, 56, 72)
SIZE = (732, 740)
DAYS = ("2013-05-27", "2013-05-28", "2013-05-29", "2013-05-30", "2013-05-31")


def measure(text: str, role: str) -> tuple[float, float]:
    return 8.0 * len(text), 18.0


def routes_of(guide: Guide, *days: str) -> list[Route]:
    return [route(day_number(DAYS[0], day), guide.day(day)) for day in days]


def draw(routes: list[Route], view: View | None = None, scale: float = 1.0) -> Picture:
    view = view or View.fit(picture.spots(routes), *SIZE, MARGINS, style.LEAST_M)
    return picture.draw(routes, view, Drawing(scale, measure))


def shapes(drawn: Picture, kind: type) -> list:
    return [shape for shape in drawn.shapes if isinstance(shape, kind)]


@pytest.mark.parametrize(("lat", "lon"), [(31.2, 121.5), (-33.9, 18.4), (0, 0), (64, -21)])
def test_a_pixel_and_its_degrees_are_the_same_place(lat: float, lon: float) -> None:
    view = View(lat + 0.01, lon - 0.02, 30.0, *SIZE)
    assert view.degrees(*view.point(lat, lon)) == pytest.approx((lat, lon), abs=1e-9)


def test_a_pixel_spans_true_metres() -> None:
    view = View(31.2, 121.5, 30.0, *SIZE)
    lat, lon = view.degrees(SIZE[0] / 2 + 100, SIZE[1] / 2)
    here = Position(31.2, 121.5, "door", "H")
    there = Position(lat, lon, "door", "H")
    metres = straight_line(here, there)
    assert metres is not None
    assert metres / 100 == pytest.approx(view.metres_per_pixel(31.2), rel=0.005)


def test_zooming_keeps_the_ground_under_the_pointer() -> None:
    view = View(31.2, 121.5, 30.0, *SIZE)
    before = view.degrees(100, 600)
    nearer = view.zoomed(1.5, 100, 600)
    assert nearer.resolution == pytest.approx(20.0)
    assert nearer.degrees(100, 600) == pytest.approx(before, abs=1e-9)
    for _ in range(40):
        nearer = nearer.zoomed(1.5, 100, 600)
    assert nearer.resolution == NEAREST


def test_a_fitted_view_holds_every_circle_between_its_margins() -> None:
    spots = [Spot(31.32, 120.72, 5_000), Spot(31.26, 120.73, 300)]
    view = View.fit(spots, *SIZE, MARGINS, 3_000)
    for spot in spots:
        x, y = view.point(spot.lat, spot.lon)
        reach = spot.radius_m / view.metres_per_pixel(spot.lat)
        assert x - reach >= MARGINS.left - 1
        assert x + reach <= SIZE[0] - MARGINS.right + 1
        assert y - reach >= MARGINS.top - 1
        assert y + reach <= SIZE[1] - MARGINS.bottom + 1


def test_one_exact_stop_is_shown_with_its_surroundings() -> None:
    view = View.fit([Spot(31.2, 121.5, 50)], *SIZE, MARGINS, 3_000)
    across = (SIZE[0] - MARGINS.left - MARGINS.right) * view.metres_per_pixel(31.2)
    assert 3_000 <= across < 3_300


def test_stops_are_numbered_by_day_and_placed_where_known(guide: Guide) -> None:
    monday, tuesday, *_, friday = routes_of(guide, *DAYS)
    assert (monday.day, tuesday.day, friday.day) == (1, 2, 5)
    assert [stop.number for stop in tuesday.stops] == [1, 2, 3]
    assert monday.stops[0].name == "Renji Hospital"
    assert len(friday.stops) == 2
    assert placed([friday]) == []
    assert draw([friday]).shapes == ()


def test_circles_have_the_radius_of_their_precision(guide: Guide) -> None:
    routes = routes_of(guide, "2013-05-28")
    view = View.fit(picture.spots(routes), *SIZE, MARGINS, style.LEAST_M)
    drawn = draw(routes, view)
    radii = {round(area.radius * view.metres_per_pixel(31.3), -2) for area in shapes(drawn, Area)}
    assert radii
    assert radii <= {float(round(metres, -2)) for metres in PRECISIONS.values()}


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_discs_and_labels_of_all_days_never_overlap(guide: Guide, scale: float) -> None:
    drawn = draw(routes_of(guide, *DAYS), scale=scale)
    discs = shapes(drawn, Disc)
    assert len(discs) >= 7
    for place_, disc in enumerate(discs):
        for other in discs[:place_]:
            apart = math.hypot(disc.x - other.x, disc.y - other.y)
            assert apart >= 2 * style.DISC_RADIUS * scale
    boxes = [text.box for text in shapes(drawn, Text)]
    for place_, box in enumerate(boxes):
        assert Box(0, 0, *SIZE).holds(box)
        assert not any(box.meets(other) for other in boxes[:place_])
        for disc in discs:
            reach = disc.radius
            whole = Box(disc.x - reach, disc.y - reach, disc.x + reach, disc.y + reach)
            assert not box.meets(whole)


def test_a_stop_that_stepped_aside_keeps_a_line_to_its_place(guide: Guide) -> None:
    drawn = draw(routes_of(guide, "2013-05-28"))
    second, third = shapes(drawn, Disc)[1:]
    assert second.aside or third.aside
    assert math.hypot(second.true_x - third.true_x, second.true_y - third.true_y) < 20
    assert second.x < third.x


def test_a_route_has_the_colour_and_the_pattern_of_its_day(guide: Guide) -> None:
    drawn = draw(routes_of(guide, "2013-05-28"))
    legs = [stroke for stroke in shapes(drawn, Stroke) if stroke.color == "day-2"]
    assert len(legs) == 2
    assert {leg.dash for leg in legs} == {(9.0, 4.0)}
    assert style.day_color(8) == "day-1"


@pytest.mark.parametrize(
    ("metres", "uncertain", "said"),
    [
        (11_700, 6_000, "≈ 12 km"), (7_240, 2_000, "≈ 7 km"), (7_240, 300, "7.2 km"),
        (1_260, 600, "≈ 1 km"), (820, 200, "≈ 800 m"), (820, 0, "820 m"), (0, 50, "0 m"),
    ],
)  # fmt: skip
def test_a_distance_is_told_as_exactly_as_the_positions_are(
    metres: float, uncertain: float, said: str
) -> None:
    assert distance_text(metres, uncertain) == said


def test_a_distance_within_the_precision_is_told_as_such(guide: Guide) -> None:
    (tuesday,) = routes_of(guide, "2013-05-28")
    first, second = tuesday.legs
    assert first.metres == pytest.approx(7_233, abs=200)
    assert not first.close_by
    assert second.close_by
    assert second.uncertain_m > (second.metres or 0)


def test_a_label_avoids_the_line_and_is_dropped_when_it_has_no_room() -> None:
    bounds = Box(0, 0, 200, 100)
    wanted = [Wanted(100, 50, 10, 40, 16)]
    assert place(wanted, bounds, [], []) == [(Box(110, 42, 150, 58), 1)]
    ((box, side),) = filter(None, place(wanted, bounds, [], [(100, 50, 200, 50)]))
    assert (side, box.right) == (-1, 90)
    assert place(wanted, bounds, [Box(0, 0, 200, 100)], []) == [None]
    assert place([Wanted(100, 50, 10, 400, 16)], bounds, [], []) == [None]


def test_labels_change_places_so_that_more_of_them_fit() -> None:
    either, only_left = Wanted(100, 20, 10, 60, 16), Wanted(170, 20, 10, 60, 16)
    taken = [Box(0, 30, 200, 100), Box(0, 0, 200, 11)]
    spots = place([either, only_left], Box(0, 0, 200, 100), taken, [])
    assert [spot and spot[1] for spot in spots] == [-1, -1]


def test_the_scale_is_a_round_number_of_metres() -> None:
    for resolution in (0.5, 7.0, 33.0, 900.0):
        bar = picture.scale_bar(View(31.2, 121.5, resolution, *SIZE), 1.0)
        assert str(bar.metres).rstrip("0") in {"1", "2", "5"}
        assert 40 <= bar.pixels <= style.SCALE_BAR


def test_a_press_finds_the_stop_under_it(guide: Guide) -> None:
    drawn = draw(routes_of(guide, "2013-05-27"))
    disc = drawn.discs[1]
    assert picture.hit(drawn, disc.x + 5, disc.y - 5) == disc.stop
    assert picture.hit(drawn, disc.x + 40, disc.y) is None


def test_a_stop_without_a_name_in_the_chosen_script_keeps_the_other(guide: Guide) -> None:
    stop = routes_of(guide, DAYS[1])[0].stops[1]
    assert stop.written("zh") == (stop.hanzi, "")
    assert stop.written("en") == ("", stop.name)
    latin = replace(stop, visit=replace(stop.visit, title_zh="", place=None))
    assert latin.written("zh") == ("", latin.name)


def test_the_lines_at_a_leg_stand_below_one_another_and_apart_from_all_else(guide: Guide) -> None:
    routes = routes_of(guide, DAYS[1])
    view = View.fit(picture.spots(routes), *SIZE, MARGINS, style.LEAST_M)
    drawing = Drawing(1.0, measure, distances={(2, 1): "25 min by coach\nstraight line"})
    texts = shapes(picture.draw(routes, view, drawing), Text)
    told, line = (one.box for one in texts if one.text in ("25 min by coach", "straight line"))
    assert line.top == told.bottom
    assert not any(one.box.meets(other.box) for one, other in combinations(texts, 2))
