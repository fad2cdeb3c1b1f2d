"""The picture of a day: stops and a view in, a display list out."""

import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from fieldguide.maps import labels, style
from fieldguide.maps.grid import grid
from fieldguide.maps.labels import Box
from fieldguide.maps.projection import Spot, View
from fieldguide.maps.shapes import (
    MAP_HANZI,
    MAP_NAME,
    MAP_SMALL,
    Area,
    Disc,
    Drawing,
    Patch,
    Picture,
    ScaleBar,
    Shape,
    Stroke,
    Text,
)
from fieldguide.maps.stops import Route, Stop, placed

_MOST_PUSHES: Final = 20_000
_ABOVE: Final = 100
"""Depth of what is drawn over all ground."""


def spots(routes: Sequence[Route]) -> list[Spot]:
    """What a fitted view must show: every known position with its precision."""
    return [
        Spot(stop.position.lat, stop.position.lon, stop.position.radius_m)
        for stop in placed(routes)
        if stop.position
    ]


def draw(routes: Sequence[Route], view: View, drawing: Drawing) -> Picture:
    """The picture of some days on plain ground."""
    discs = _discs(routes, view, drawing.scale)
    if not discs:
        return Picture((), None)
    by_stop = {disc.stop: disc for disc in discs}
    legs = _legs(routes, by_stop, drawing)
    lines, degrees = grid(view, drawing) if drawing.plain else ([], [])
    drawing = replace(drawing, taken=(*drawing.taken, *(text.box for text in degrees)))
    texts = _texts(discs, legs, routes, by_stop, view, drawing)
    shapes: tuple[Shape, ...] = (
        *lines,
        *degrees,
        *_areas(discs, view),
        *legs,
        *_heads(routes, by_stop, drawing.scale),
        *discs,
        *texts,
    )
    return Picture(shapes, scale_bar(view, drawing.scale))


def scale_bar(view: View, scale: float) -> ScaleBar:
    """The longest round number of metres whose bar is not too long."""
    pixel = view.metres_per_pixel(view.lat)
    most = style.SCALE_BAR * scale * pixel
    power = 10 ** math.floor(math.log10(max(1.0, most)))
    metres = next(power * step for step in (5, 2, 1) if power * step <= max(1.0, most))
    return ScaleBar(metres / pixel, int(metres))


def hit(picture: Picture, x: float, y: float) -> Stop | None:
    """The stop whose disc lies under a pixel, the topmost first."""
    for disc in reversed(picture.discs):
        if math.hypot(disc.x - x, disc.y - y) <= disc.radius + style.RING:
            return disc.stop
    return None


def _discs(routes: Sequence[Route], view: View, scale: float) -> list[Disc]:
    stops = placed(routes)
    points = [view.point(s.position.lat, s.position.lon) for s in stops if s.position]
    radius = style.DISC_RADIUS * scale
    apart = _spread(points, 2 * (radius + style.RING * scale))
    return [
        Disc(x, y, radius, style.day_color(stop.day), stop, *point)
        for stop, (x, y), point in zip(stops, apart, points, strict=True)
    ]


def _spread(points: Sequence[tuple[float, float]], least: float) -> list[tuple[float, float]]:
    """Push points apart until no two are nearer than ``least``; the same in, the same out.

    A crowd that would take long is left where it has come to after a bounded number of pushes.
    """
    apart = [[x, y] for x, y in points]
    left = _MOST_PUSHES
    moved = True
    while moved and left > 0:
        moved = False
        squares: dict[tuple[int, int], list[list[float]]] = {}
        for point in apart:
            column, row = int(point[0] // least), int(point[1] // least)
            for near in [
                other
                for across in (-1, 0, 1)
                for down in (-1, 0, 1)
                for other in squares.get((column + across, row + down), ())
            ]:
                left -= 1
                moved |= _push(near, point, least)
            squares.setdefault((column, row), []).append(point)
            if left <= 0:
                break
    return [(x, y) for x, y in apart]


def _push(a: list[float], b: list[float], least: float) -> bool:
    across, down = b[0] - a[0], b[1] - a[1]
    distance = math.hypot(across, down)
    if distance >= least - 0.01:
        return False
    if distance < least / 4:
        # All but the same place: side by side reads in the order of the day.
        across, down, distance = 1.0, 0.0, 1.0
        a[1] = b[1] = (a[1] + b[1]) / 2
        middle = (a[0] + b[0]) / 2
        a[0], b[0] = middle - least / 2, middle + least / 2
        return True
    step = (least - distance) / 2 / distance
    a[0], a[1] = a[0] - across * step, a[1] - down * step
    b[0], b[1] = b[0] + across * step, b[1] + down * step
    return True


def _legs(routes: Sequence[Route], by_stop: Mapping[Stop, Disc], drawing: Drawing) -> list[Stroke]:
    legs = []
    for route in routes:
        color, dash = style.day_color(route.day), style.day_dash(route.day)
        for origin, target in _pairs(route, by_stop):
            legs.append(
                Stroke(
                    (origin.x, origin.y, target.x, target.y),
                    color,
                    style.ROUTE * drawing.scale,
                    tuple(part * drawing.scale for part in dash),
                )
            )
    return legs


def _heads(routes: Sequence[Route], by_stop: Mapping[Stop, Disc], scale: float) -> list[Patch]:
    """A head on each leg that is long enough to show which way it goes."""
    size = style.ARROW * scale
    heads = []
    for route in routes:
        for origin, target in _pairs(route, by_stop):
            across, down = target.x - origin.x, target.y - origin.y
            length = math.hypot(across, down)
            if length < 2 * origin.radius + 2.5 * size:
                continue
            right, under = across / length * size, down / length * size
            x, y = origin.x + across * style.ARROW_AT, origin.y + down * style.ARROW_AT
            tail_x, tail_y = x - right, y - under
            points = (
                (x, y),
                (tail_x - 0.45 * under, tail_y + 0.45 * right),
                (tail_x + 0.3 * right, tail_y + 0.3 * under),
                (tail_x + 0.45 * under, tail_y - 0.45 * right),
            )
            part = array("f", (number for point in points for number in point))
            heads.append(Patch((part,), 0, 0, 1, _ABOVE, fill=origin.color))
    return heads


def _pairs(route: Route, by_stop: Mapping[Stop, Disc]) -> list[tuple[Disc, Disc]]:
    return [
        (by_stop[a], by_stop[b])
        for a, b in zip(route.stops, route.stops[1:], strict=False)
        if a in by_stop and b in by_stop
    ]


def _areas(discs: Sequence[Disc], view: View) -> list[Area]:
    areas = []
    for disc in discs:
        position = disc.stop.position
        if position is None:
            continue
        radius = position.radius_m / view.metres_per_pixel(position.lat)
        # Where it holds all that is seen, its edge is nowhere and its colour would be on all.
        far = max(
            math.hypot(disc.true_x - x, disc.true_y - y)
            for x in (0, view.width)
            for y in (0, view.height)
        )
        if disc.radius < radius < far:
            areas.append(Area(disc.true_x, disc.true_y, radius, disc.color))
    return areas


def _texts(
    discs: Sequence[Disc],
    legs: Sequence[Stroke],
    routes: Sequence[Route],
    by_stop: Mapping[Stop, Disc],
    view: View,
    drawing: Drawing,
) -> list[Text]:
    """Names beside the stops, then what is written on the legs, as far as there is room."""
    # A stop that nobody gave a name has its number alone.
    names = [disc for disc in _named_once(discs) if _lines(disc.stop, drawing)]
    wanted = [_name_size(disc, drawing) for disc in names]
    notes = _notes(routes, by_stop, drawing)
    wanted += [one for one, _, _ in notes]
    taken = [*drawing.taken, *(_box(disc) for disc in discs)]
    seen = Box(4, 4, view.width - 4, view.height - 4)
    bounds = seen.grown(drawing.margin)
    places = labels.place(wanted, bounds, taken, [leg.line for leg in legs], seen)
    texts: list[Text] = []
    for disc, spot in zip(names, places, strict=False):
        if spot is not None:
            texts += _name_lines(disc, *spot, drawing)
    for (_, text, color), spot in zip(notes, places[len(names) :], strict=True):
        if spot is not None:
            texts += _note_lines(text.split("\n"), spot[0], color)
    return texts


def _named_once(discs: Sequence[Disc]) -> list[Disc]:
    """One disc for each place that is drawn side by side with itself."""
    seen: dict[tuple[str, float, float], Disc] = {}
    for disc in discs:
        seen.setdefault((disc.stop.name, disc.true_x, disc.true_y), disc)
    return list(seen.values())


def _name_size(disc: Disc, drawing: Drawing) -> labels.Wanted:
    pad = style.LABEL_PAD * drawing.scale
    sizes = [drawing.measure(text, role) for text, role in _lines(disc.stop, drawing)]
    reach = disc.radius + style.LABEL_GAP * drawing.scale
    width = max(size[0] for size in sizes) + 2 * pad
    return labels.Wanted(disc.x, disc.y, reach, width, sum(size[1] for size in sizes))


def _lines(stop: Stop, drawing: Drawing) -> list[tuple[str, str]]:
    hanzi, name = stop.written(drawing.scripts)
    return [(text, role) for text, role in ((hanzi, MAP_HANZI), (name, MAP_NAME)) if text]


def _name_lines(disc: Disc, box: Box, side: int, drawing: Drawing) -> list[Text]:
    pad, top = style.LABEL_PAD * drawing.scale, box.top
    texts = []
    for text, role in _lines(disc.stop, drawing):
        height = drawing.measure(text, role)[1]
        line = Box(box.left + pad, top, box.right - pad, top + height)
        texts.append(Text(line, text, role, "t1", side))
        top += height
    return texts


def _notes(
    routes: Sequence[Route], by_stop: Mapping[Stop, Disc], drawing: Drawing
) -> list[tuple[labels.Wanted, str, str]]:
    """What is to be written at the middle of each leg that is long enough to carry it."""
    found = []
    for route in routes:
        for origin, target in _pairs(route, by_stop):
            key = (route.day, origin.stop.number)
            text = (drawing.distances or {}).get(key, "")
            sizes = [drawing.measure(line, MAP_SMALL) for line in text.split("\n")]
            width, height = max(size[0] for size in sizes), sum(size[1] for size in sizes)
            length = math.hypot(target.x - origin.x, target.y - origin.y)
            if not text or length < 4 * origin.radius + height:
                continue
            x, y = (origin.x + target.x) / 2, (origin.y + target.y) / 2
            reach = style.LABEL_GAP * drawing.scale
            found.append((labels.Wanted(x, y, reach, width, height), text, origin.color))
    return found


def _note_lines(lines: Sequence[str], box: Box, color: str) -> list[Text]:
    height = (box.bottom - box.top) / len(lines)
    tops = [box.top + number * height for number in range(len(lines))]
    return [
        Text(Box(box.left, top, box.right, top + height), line, MAP_SMALL, color, 0)
        for line, top in zip(lines, tops, strict=True)
    ]


def _box(disc: Disc) -> Box:
    reach = disc.radius + style.RING
    return Box(disc.x - reach, disc.y - reach, disc.x + reach, disc.y + reach)
