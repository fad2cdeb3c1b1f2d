"""The names of the ground: which are worth their room, and where they stand without touching."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from fieldguide.domain.runs import Scripts
from fieldguide.maps.ground import Raster, TilesAt, laid
from fieldguide.maps.labels import ANCHORS, Box
from fieldguide.maps.projection import View
from fieldguide.maps.shapes import (
    MAP_CITY,
    MAP_PLACE,
    MAP_STREET,
    Dot,
    Drawing,
    Shape,
    Text,
)
from fieldguide.maps.tile import Feature

_GRID: Final = 64.0
_AIR: Final = 5.0
"""Pixels that two names keep from each other."""
_APART: Final = 260.0
"""Pixels between two writings of the same name along a line."""
_MOST: Final = 140
"""Names on one picture."""
_BENT: Final = 0.35
"""Radians by which the way under a name may turn."""


@dataclass(frozen=True, slots=True)
class _Sign:
    """How a kind of point is named: how near it must be, its colours, whether it has a dot."""

    importance: float
    role: str
    color: str
    dot: str = ""
    since: float = 0.0
    ranks: Callable[[float], float] = lambda zoom: zoom
    """Zoom -> the last rank that is named."""


def _by_zoom(zoom: float) -> float:
    return zoom - 2.2 if zoom < 7 else zoom - 2.6


_SIGNS: Final[Mapping[str, _Sign]] = {
    "place-city": _Sign(0, MAP_CITY, "t1", "place", ranks=lambda zoom: zoom - 2.0),
    "place-town": _Sign(2, MAP_PLACE, "place", "place", ranks=_by_zoom),
    "place-suburb": _Sign(1.5, MAP_PLACE, "place", ranks=_by_zoom),
    "place-village": _Sign(3, MAP_PLACE, "place", ranks=_by_zoom),
    "place-water": _Sign(1.5, MAP_PLACE, "water-name", ranks=_by_zoom),
    "airport": _Sign(1, MAP_PLACE, "t2", "metro", 7, ranks=lambda zoom: zoom - 5.5),
    "station": _Sign(2.5, MAP_PLACE, "t2", "metro", 9.5, ranks=lambda zoom: zoom - 3),
    "metro-station": _Sign(4, MAP_STREET, "t2", "metro", 10.8, ranks=lambda zoom: zoom - 1),
    "poi": _Sign(6, MAP_STREET, "t3", "t3", 15.5, ranks=lambda _: 99),
}
_WAYS: Final[Mapping[str, float]] = {
    "river": 8.5, "road-motorway": 12, "road-main": 13, "road-street": 14.2, "road-path": 16,
}  # fmt: skip
"""Kind of a line -> the zoom from which it is named."""
_LAKES: Final = 7.0


@dataclass(frozen=True, slots=True)
class _Wish:
    """A name that wants a place: what is written, where, and how much it matters (less is more)."""

    weight: float
    lines: tuple[str, ...]
    x: float
    y: float
    role: str
    color: str
    dot: str = ""


@dataclass(frozen=True, slots=True)
class _Way:
    """A name along a line of the ground, in pixels."""

    weight: float
    text: str
    points: tuple[tuple[float, float], ...]
    color: str


@dataclass(slots=True)
class _Room:
    """What is taken, found by the squares of a grid."""

    squares: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def take(self, box: Box) -> None:
        for square in self._under(box):
            self.squares.setdefault(square, []).append(box)

    def free(self, box: Box) -> bool:
        wide = Box(box.left - _AIR, box.top - _AIR / 2, box.right + _AIR, box.bottom + _AIR / 2)
        near = (self.squares.get(square, ()) for square in self._under(wide))
        return not any(wide.meets(other) for boxes in near for other in boxes)

    def _under(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box.left // _GRID), int(box.right // _GRID) + 1):
            for row in range(int(box.top // _GRID), int(box.bottom // _GRID) + 1):
                yield column, row


@dataclass(frozen=True, slots=True)
class _Frame:
    """What is seen, and what is around it."""

    seen: Box
    whole: Box

    def fits(self, box: Box) -> bool:
        """Whether it is seen whole, or not at all."""
        return self.whole.holds(box) and (self.seen.holds(box) or not self.seen.meets(box))


def names(
    view: View, drawing: Drawing, tiles_at: TilesAt, scripts: Scripts = "both"
) -> list[Shape]:
    """Dots and texts on a view and its margin; none touches another, nor what is taken.

    Nor is any cut by the edge of the view.
    """
    raster = Raster.of(view, drawing.scale)
    wishes, ways = _wanted(view, raster, tiles_at, scripts, drawing.margin)
    room = _Room()
    for box in drawing.taken:
        room.take(box)
    seen = Box(0, 0, view.width, view.height)
    frame = _Frame(seen, seen.grown(drawing.margin))
    shapes: list[Shape] = []
    for wish in sorted(wishes, key=lambda one: (one.weight, one.lines))[: 3 * _MOST]:
        shapes += _placed(wish, room, frame, drawing)
        if len(shapes) > 3 * _MOST:
            break
    written: dict[str, list[tuple[float, float]]] = {}
    for way in sorted(ways, key=lambda one: (one.weight, one.text)):
        shapes += _along(way, room, frame, drawing, written.setdefault(way.text, []))
    return shapes


def _wanted(
    view: View, raster: Raster, tiles_at: TilesAt, scripts: Scripts, margin: float
) -> tuple[list[_Wish], list[_Way]]:
    x, y = raster.origin(view)
    wishes: dict[tuple[str, str, tuple[str, ...]], _Wish] = {}
    ways: list[_Way] = []
    seen: set[tuple[int, int, int, int]] = set()
    for cell in raster.cells(view, margin):
        for tile in tiles_at(cell.z, cell.x % (1 << cell.z), cell.y):
            left, top, side = laid(tile, cell, raster)
            key = (tile.z, tile.x, tile.y, round(left))
            if key in seen:
                continue
            seen.add(key)
            left, top = left - x, top - y
            for point in tile.points:
                _point(point, left, top, side, raster.zoom, scripts, wishes)
            for area in tile.areas:
                _lake(area, left, top, side, raster.zoom, scripts, wishes)
            ways += _lines(tile.lines, left, top, side, raster.zoom, scripts)
    return list(wishes.values()), ways


def _point(
    point: Feature, left: float, top: float, side: float, zoom: float, scripts: Scripts,
    wishes: dict[tuple[str, str, tuple[str, ...]], _Wish],
) -> None:  # fmt: skip
    sign = _SIGNS.get(point.kind)
    lines = _lines_of(point, scripts)
    if sign is None or not lines or zoom < sign.since or point.rank > sign.ranks(zoom):
        return
    x, y = left + point.parts[0][0] * side, top + point.parts[0][1] * side
    weight = sign.importance + point.rank
    # Near at hand a city is so large that its one dot would mislead.
    dot = "" if point.kind == "place-city" and zoom >= 11 else sign.dot
    where = f"{x:.0f} {y:.0f}" if point.kind == "poi" else ""
    key = (point.kind, where, lines)
    if key not in wishes:
        wishes[key] = _Wish(weight, lines, x, y, sign.role, sign.color, dot)


def _lake(
    area: Feature, left: float, top: float, side: float, zoom: float, scripts: Scripts,
    wishes: dict[tuple[str, str, tuple[str, ...]], _Wish],
) -> None:  # fmt: skip
    lines = _lines_of(area, scripts)
    if area.kind not in ("water", "park") or not lines or zoom < _LAKES or not area.parts:
        return
    ring = max(area.parts, key=len)
    xs, ys = ring[0::2], ring[1::2]
    wide = (max(xs) - min(xs)) * side
    key = (area.kind, "", lines)
    if wide < 60 or (key in wishes and wishes[key].weight <= 4 - wide / 1e4):
        return
    x, y = left + (max(xs) + min(xs)) / 2 * side, top + (max(ys) + min(ys)) / 2 * side
    color = "water-name" if area.kind == "water" else "t3"
    wishes[key] = _Wish(4 - wide / 1e4, lines, x, y, MAP_PLACE, color)


def _lines(
    features: Sequence[Feature], left: float, top: float, side: float, zoom: float, scripts: Scripts
) -> Iterator[_Way]:
    for feature in features:
        since = _WAYS.get(feature.kind)
        text = " ".join(_lines_of(feature, scripts))
        if since is None or zoom < since or not text:
            continue
        color = "water-name" if feature.kind == "river" else "t2"
        for part in feature.parts:
            if len(part) < 4:
                continue
            points = tuple(
                (left + part[i] * side, top + part[i + 1] * side) for i in range(0, len(part), 2)
            )
            yield _Way(since, text, points, color)


def _lines_of(feature: Feature, scripts: Scripts) -> tuple[str, ...]:
    hanzi, latin = feature.name_zh, feature.name
    if scripts == "zh":
        return tuple(one for one in (hanzi or latin,) if one)
    if scripts == "en":
        return tuple(one for one in (latin or hanzi,) if one)
    return tuple(dict.fromkeys(one for one in (hanzi, latin) if one))


def _placed(wish: _Wish, room: _Room, frame: _Frame, drawing: Drawing) -> list[Shape]:
    """The name beside its dot, or where it has none upon its place; nothing without room."""
    sizes = [drawing.measure(text, wish.role) for text in wish.lines]
    width, height = max(size[0] for size in sizes), sum(size[1] for size in sizes)
    radius = (3.2 if wish.role == MAP_CITY else 2.4) * drawing.scale if wish.dot else 0.0
    own = Box(wish.x - radius, wish.y - radius, wish.x + radius, wish.y + radius)
    if radius and not room.free(own):
        return []
    for across, down in ANCHORS if radius else ((0, 0),):
        reach = radius + 4 * drawing.scale if radius else 0.0
        left = wish.x + across * reach - (1 - across) * width / 2
        top = wish.y + down * (reach if not across else reach * 0.4) - (1 - down) * height / 2
        box = Box(left, top, left + width, top + height)
        if not frame.fits(box) or not room.free(box):
            continue
        room.take(box)
        shapes: list[Shape] = []
        if radius:
            room.take(own)
            shapes.append(Dot(wish.x, wish.y, radius, wish.dot, "land"))
        for text, size in zip(wish.lines, sizes, strict=True):
            line = Box(left, top, left + width, top + size[1])
            shapes.append(Text(line, text, wish.role, wish.color, across))
            top += size[1]
        return shapes
    return []


def _along(
    way: _Way, room: _Room, frame: _Frame, drawing: Drawing, written: list[tuple[float, float]]
) -> list[Shape]:
    """The name on the straightest stretch that is long enough, turned with it."""
    width, height = drawing.measure(way.text, MAP_STREET)
    for (x, y), angle in _stretches(way.points, width + 12):
        if any(math.hypot(x - a, y - b) < _APART * drawing.scale for a, b in written):
            continue
        boxes = list(_beads(x, y, angle, width, height))
        if not all(frame.fits(box) and room.free(box) for box in boxes):
            continue
        for box in boxes:
            room.take(box)
        written.append((x, y))
        box = Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2)
        return [Text(box, way.text, MAP_STREET, way.color, 0, angle=math.degrees(angle))]
    return []


def _stretches(
    points: Sequence[tuple[float, float]], length: float
) -> Iterator[tuple[tuple[float, float], float]]:
    """Middles and directions of runs of a line that can carry a name."""
    start = 0
    for end in range(1, len(points)):
        a, b = points[start], points[end]
        first = math.atan2(points[start + 1][1] - a[1], points[start + 1][0] - a[0])
        last = math.atan2(b[1] - points[end - 1][1], b[0] - points[end - 1][0])
        if abs(math.remainder(last - first, math.tau)) > _BENT:
            start = end - 1
            continue
        if math.hypot(b[0] - a[0], b[1] - a[1]) >= length:
            angle = math.atan2(b[1] - a[1], b[0] - a[0])
            # Never upside down.
            if abs(angle) > math.pi / 2:
                angle = math.remainder(angle + math.pi, math.tau)
            yield ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), angle
            start = end


def _beads(x: float, y: float, angle: float, width: float, height: float) -> Iterator[Box]:
    """Squares that together cover a turned line of text."""
    count = max(1, math.ceil(width / height))
    for number in range(count):
        away = (number + 0.5) / count * width - width / 2
        middle_x, middle_y = x + away * math.cos(angle), y + away * math.sin(angle)
        half = height / 2
        yield Box(middle_x - half, middle_y - half, middle_x + half, middle_y + half)
