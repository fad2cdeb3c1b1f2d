"""The display list of a map: what is drawn, back to front, and what drawing needs to know."""

import math
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.runs import Scripts
from fieldguide.maps.labels import Box, Line
from fieldguide.maps.stops import Stop

Measure = Callable[[str, str], tuple[float, float]]
"""Text and role -> width and height in pixels."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line; ``dash`` in pixels, empty for an unbroken one."""

    line: Line
    color: str
    width: float
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A circle of true size within which a stop lies, dashed, weakly filled."""

    x: float
    y: float
    radius: float
    color: str


@dataclass(frozen=True, slots=True)
class Patch:
    """Ground of one kind on one tile: rings that are filled, or lines that are stroked.

    ``parts`` are x, y, x, y … in widths of the tile, whose corner and side are in pixels. The
    lower the ``depth``, the farther back it lies. ``dash`` is in pixels.
    """

    parts: "tuple[array[float], ...]"
    left: float
    top: float
    side: float
    depth: int
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Dot:
    """A small round sign of something on the ground."""

    x: float
    y: float
    radius: float
    fill: str
    ring: str


@dataclass(frozen=True, slots=True)
class Disc:
    """A numbered stop; ``true_x`` and ``true_y`` are its place when it had to step aside."""

    x: float
    y: float
    radius: float
    color: str
    stop: Stop
    true_x: float
    true_y: float

    @property
    def aside(self) -> bool:
        """Whether it stands clearly off its place, so that a line must lead there."""
        return math.hypot(self.x - self.true_x, self.y - self.true_y) > 2


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text in a box; ``side`` 1 starts at the left, -1 ends at the right, 0 centred."""

    box: Box
    text: str
    role: str
    color: str
    side: int = 1
    halo: bool = True
    angle: float = 0.0
    """Degrees clockwise about the middle of the box."""


@dataclass(frozen=True, slots=True)
class ScaleBar:
    """A length in pixels and the metres that it stands for."""

    pixels: float
    metres: int


Shape = Patch | Dot | Stroke | Area | Disc | Text
MAP_NAME: Final = "map-name"
MAP_HANZI: Final = "map-hanzi"
MAP_SMALL: Final = "map-small"
MAP_PLACE: Final = "map-place"
MAP_CITY: Final = "map-city"
MAP_STREET: Final = "map-street"


_KEPT_CLEAR: Final = 60
"""Legs that no name of the ground may stand on."""
_BEAD: Final = 12.0
"""Pixels between two squares that stand for a leg."""
_MOST_BEADS: Final = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything to draw, and the bar of the scale when there is something to measure."""

    shapes: tuple[Shape, ...]
    scale: ScaleBar | None

    @property
    def discs(self) -> list[Disc]:
        """The stops that are drawn."""
        return [shape for shape in self.shapes if isinstance(shape, Disc)]

    @property
    def boxes(self) -> list[Box]:
        """Where no name of the ground may stand."""
        taken = [shape.box for shape in self.shapes if isinstance(shape, Text)]
        taken += [_square(one.x, one.y, one.radius) for one in self.discs]
        legs = [shape.line for shape in self.shapes if isinstance(shape, Stroke)]
        return taken + [bead for line in legs[:_KEPT_CLEAR] for bead in _beads(line)]


def _square(x: float, y: float, half: float) -> Box:
    return Box(x - half, y - half, x + half, y + half)


def _beads(line: Line) -> Iterator[Box]:
    """Small squares along a leg, as far as a picture can reach."""
    x1, y1, x2, y2 = line
    count = min(_MOST_BEADS, math.ceil(math.hypot(x2 - x1, y2 - y1) / _BEAD)) or 1
    for number in range(count + 1):
        share = number / count
        yield _square(x1 + (x2 - x1) * share, y1 + (y2 - y1) * share, _BEAD / 4)


@dataclass(frozen=True, slots=True)
class Drawing:
    """How to draw: text size as a factor, measure, boxes that are taken, words for distances."""

    scale: float
    measure: Measure
    taken: tuple[Box, ...] = ()
    distances: Mapping[tuple[int, int], str] | None = None
    """(day, number of the stop that a leg leaves) -> the lines to write beside the leg."""
    plain: bool = True
    """Whether nothing lies under the stops, so that meridians must tell where they are."""
    margin: float = 0.0
    """Pixels around the view in which names are placed as well: it may be moved so far."""
    scripts: Scripts = "both"
    """Of the names of the stops."""
