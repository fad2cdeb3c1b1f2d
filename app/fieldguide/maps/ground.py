"""The ground of a view: the tiles it needs, and what of them is filled and stroked."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.maps.ground_style import DEEPEST, EDGES, rule
from fieldguide.maps.projection import EQUATOR_M, View
from fieldguide.maps.shapes import Patch
from fieldguide.maps.tile import Feature, Tile

SIDE: Final = 512.0
"""Pixels at 100 % that a tile of its own zoom is wide."""
_SOONER: Final = 0.3
"""How much of a step before its own zoom a tile of more detail is shown."""

TilesAt = Callable[[int, int, int], Sequence[Tile]]
"""Zoom, x and y -> what lies there, lowest first; perhaps tiles above that hold it."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One square of the world at a zoom; ``x`` counts on beyond the edge of the world."""

    z: int
    x: int
    y: int

    def up(self, steps: int) -> "Cell":
        """The square so many zooms above that holds this one."""
        return Cell(self.z - steps, self.x >> steps, self.y >> steps)


@dataclass(frozen=True, slots=True)
class Raster:
    """The world in whole pixels at a resolution, cut into the cells of a zoom.

    A cell begins at a whole pixel, so that cells meet without a seam; ``side`` is how wide it is.
    """

    z: int
    side: float
    zoom: float
    """With what is between two whole ones: what the style goes by."""

    @classmethod
    def of(cls, view: View, scale: float) -> "Raster":
        """The one whose detail suits a view with text of a size."""
        world = EQUATOR_M / view.resolution
        near = math.log2(world / (SIDE * scale))
        z = min(DEEPEST, max(0, math.floor(near + _SOONER)))
        return cls(z, world / (1 << z), near)

    def above(self, steps: int) -> "Raster":
        """The one that shows so much more of the world on a cell as wide."""
        steps = min(steps, self.z)
        return Raster(self.z - steps, self.side, self.zoom - steps)

    def origin(self, view: View) -> tuple[int, int]:
        """The whole pixel of the world at the left top corner of a view."""
        left, top = view.corner()
        return round(left), round(top)

    def box(self, cell: Cell) -> tuple[int, int, int, int]:
        """Left, top, width and height of a cell of this zoom in pixels of the world."""
        left, top = math.floor(cell.x * self.side), math.floor(cell.y * self.side)
        right, low = math.floor((cell.x + 1) * self.side), math.floor((cell.y + 1) * self.side)
        return left, top, right - left, low - top

    def cells(self, view: View, margin: float = 0.0) -> list[Cell]:
        """Those that a view meets, from its middle outwards."""
        left, top = self.origin(view)
        first, last = _span(left - margin, left + view.width + margin, self.side)
        high, low = _span(top - margin, top + view.height + margin, self.side)
        count = 1 << self.z
        found = [
            Cell(self.z, x, y)
            for y in range(max(0, high), min(count, low + 1))
            for x in range(first, last + 1)
        ]
        x = (left + view.width / 2) / self.side - 0.5
        y = (top + view.height / 2) / self.side - 0.5
        return sorted(found, key=lambda cell: abs(cell.x - x) + abs(cell.y - y))


def patches(tile: Tile, left: float, top: float, side: float, zoom: float) -> list[Patch]:
    """What is drawn of one tile whose corner and side are in pixels, back to front."""
    by_kind: dict[str, list[Feature]] = {}
    for feature in (*tile.areas, *tile.lines):
        by_kind.setdefault(feature.kind, []).append(feature)
    found: list[Patch] = []
    for kind, features in by_kind.items():
        one = rule(kind, zoom)
        if one is None:
            continue
        parts = tuple(part for feature in features for part in feature.parts)
        if one.casing:
            edge = one.depth + EDGES
            found.append(Patch(parts, left, top, side, edge, stroke=one.casing, width=one.cased))
        found.append(
            Patch(parts, left, top, side, one.depth, one.fill, one.stroke, one.width, one.dash)
        )
    return sorted(found, key=lambda patch: patch.depth)


def laid(tile: Tile, cell: Cell, raster: Raster) -> tuple[float, float, float]:
    """Left, top and side, in pixels of the world, of the tile that stands for a cell."""
    beyond = cell.z - tile.z
    across = (cell.x % (1 << cell.z)) - (tile.x << beyond)
    down = cell.y - (tile.y << beyond)
    left, top = (cell.x - across) * raster.side, (cell.y - down) * raster.side
    return left, top, raster.side * (1 << beyond)


def drawn(view: View, scale: float, tiles_at: TilesAt) -> list[Patch]:
    """The whole ground of a view as shapes, for a picture that is not made of tiles."""
    raster = Raster.of(view, scale)
    x, y = raster.origin(view)
    found: list[Patch] = []
    seen: set[tuple[int, int, int, int]] = set()
    for cell in raster.cells(view):
        for tile in tiles_at(cell.z, cell.x % (1 << cell.z), cell.y):
            left, top, side = laid(tile, cell, raster)
            key = (tile.z, tile.x, tile.y, round(left))
            if key not in seen:
                seen.add(key)
                found += patches(tile, left - x, top - y, side, raster.zoom)
    # All land before all water: what reaches over the edge of a tile must not hide its neighbour.
    return sorted(found, key=lambda patch: patch.depth)


def _span(low: float, high: float, side: float) -> tuple[int, int]:
    return math.floor(low / side), math.floor((high - 1e-9) / side)
