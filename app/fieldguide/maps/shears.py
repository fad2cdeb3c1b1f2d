"""What of a tile a smaller square shows: where the map is nearer than its data."""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from fieldguide.maps.ground import Cell
from fieldguide.maps.labels import Box
from fieldguide.maps.tile import Feature, Tile

_KEPT: Final = 12
_REACH: Final = 0.04
"""Share of a square by which the widest line reaches over its edge."""
_Framed = tuple[tuple[Feature, Box], ...]


class Shears:
    """Cuts tiles down to cells; remembers of the last tiles how far each feature reaches."""

    def __init__(self) -> None:
        self._known: OrderedDict[int, tuple[Tile, _Framed, _Framed]] = OrderedDict()

    def cut(self, tile: Tile, cell: Cell) -> Tile:
        """The tile without the areas and lines that a cell does not show."""
        beyond = cell.z - tile.z
        if beyond <= 0:
            return tile
        share = 1 / (1 << beyond)
        left = ((cell.x % (1 << cell.z)) - (tile.x << beyond)) * share
        top = (cell.y - (tile.y << beyond)) * share
        near = Box(left, top, left + share, top + share).grown(_REACH * share)
        _, areas, lines = self._framed(tile)
        return replace(tile, areas=_meeting(areas, near), lines=_meeting(lines, near))

    def _framed(self, tile: Tile) -> tuple[Tile, _Framed, _Framed]:
        known = self._known.get(id(tile))
        if known is None:
            # The tile is held here, so that no other can come to bear its number.
            known = self._known[id(tile)] = (tile, _frames(tile.areas), _frames(tile.lines))
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known


def _meeting(framed: _Framed, near: Box) -> tuple[Feature, ...]:
    return tuple(feature for feature, box in framed if box.meets(near))


def _frames(features: Sequence[Feature]) -> _Framed:
    return tuple((feature, _frame(feature)) for feature in features if feature.parts)


def _frame(feature: Feature) -> Box:
    xs = [one for part in feature.parts for one in part[0::2]]
    ys = [one for part in feature.parts for one in part[1::2]]
    if not xs:
        return Box(0, 0, 0, 0)
    return Box(min(xs), min(ys), max(xs), max(ys)).grown(1e-6)
