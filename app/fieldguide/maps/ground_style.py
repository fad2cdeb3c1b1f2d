"""How the ground is drawn: for each kind its colours by name and its widths by zoom."""

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

DEEPEST: Final = 19
"""The last zoom that a view is drawn at."""
LINES: Final = 30
EDGES: Final = -15
"""How much deeper the edges of lines lie than the lines: above all areas, below all lines."""

Widths = tuple[tuple[float, float], ...]
"""Pairs of a zoom and a width in pixels; between them it grows evenly, before the first it is 0."""


@dataclass(frozen=True, slots=True)
class Rule:
    """How one kind is drawn at one zoom; ``casing`` colours its edge, which is ``cased`` wide."""

    depth: int
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    casing: str = ""
    cased: float = 0.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Area:
    depth: int
    fill: str
    since: float = 0.0
    edge: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    depth: int
    stroke: str
    widths: Widths
    casing: str = ""
    cased_since: float = math.inf
    dash: tuple[float, ...] = ()


_AREAS: Final = {
    "land": _Area(0, "land"),
    "park": _Area(1, "park", 9),
    "water": _Area(2, "water"),
    "building": _Area(4, "building", 14, "building-edge"),
}
_LINES: Final = {
    "river": _Line(-20, "river", ((6, 0.6), (9, 1.4), (12, 2.6), (16, 5))),
    "ferry": _Line(0, "shore", ((9, 0.8), (14, 1.2)), dash=(5, 4)),
    "road-path": _Line(1, "road-path", ((14, 0.8), (17, 1.6)), dash=(3, 2)),
    "road-street": _Line(2, "road", ((12, 0.6), (14, 2.4), (16, 7), (18, 14)), "road-edge", 13.5),
    "road-main": _Line(
        3, "road-main", ((8, 0.6), (11, 1.6), (14, 5), (16, 11), (18, 20)), "road-edge", 12
    ),
    "road-motorway": _Line(
        4,
        "motorway",
        ((6, 0.7), (9, 1.6), (12, 3), (14, 6), (16, 12), (18, 22)),
        "motorway-edge",
        10,
    ),
    "rail": _Line(5, "rail", ((8, 0.6), (12, 1.2), (16, 2)), dash=(6, 3)),
    "metro": _Line(6, "metro", ((9, 1), (12, 1.8), (16, 3))),
}


def rule(kind: str, zoom: float) -> Rule | None:
    """How a kind is drawn at a zoom; None where it is not drawn at all."""
    area = _AREAS.get(kind)
    if area is not None:
        if zoom < area.since:
            return None
        return Rule(area.depth, area.fill, area.edge, 0.8 if area.edge else 0.0)
    line = _LINES.get(kind)
    width = _width(line.widths, zoom) if line else 0.0
    if line is None or not width:
        return None
    cased = width + 2 if zoom >= line.cased_since else 0.0
    casing = line.casing if cased else ""
    return Rule(LINES + line.depth, "", line.stroke, width, casing, cased, line.dash)


def _width(widths: Widths, zoom: float) -> float:
    if zoom < widths[0][0]:
        return 0.0
    for (low, thin), (high, thick) in pairwise(widths):
        if zoom < high:
            return thin + (thick - thin) * (zoom - low) / (high - low)
    return widths[-1][1]
