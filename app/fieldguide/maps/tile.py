"""A tile of ground as the map draws it: areas, lines and points of a fixed set of kinds."""

from array import array
from dataclasses import dataclass
from typing import Final

AREAS: Final = frozenset(("land", "water", "park", "building"))
LINES: Final = frozenset(
    ("river", "road-motorway", "road-main", "road-street", "road-path", "rail", "metro", "ferry")
)
POINTS: Final = frozenset(
    (
        "place-city",
        "place-town",
        "place-village",
        "place-suburb",
        "place-water",
        "airport",
        "station",
        "metro-station",
        "poi",
    )
)
REACH: Final = 1.0
"""How far outside its tile, in widths of it, anything may lie; what reaches farther is bent in."""


@dataclass(frozen=True, slots=True)
class Feature:
    """One thing on the ground.

    Each part is a ring, a line or a point: x, y, x, y … in widths of the tile from its left top
    corner, y down. A ring does not say its first point again; holes are rings that run the other
    way round. ``name`` is in Latin letters, ``name_zh`` in Chinese ones, either may be missing.
    The lower the ``rank`` (from 0), the sooner a name is worth its room.
    """

    kind: str
    parts: "tuple[array[float], ...]"
    name: str = ""
    name_zh: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Tile:
    """What lies on the square ``x``, ``y`` (down) of the world cut into 2**z by 2**z.

    What is neither land nor water is sea.
    """

    z: int
    x: int
    y: int
    areas: tuple[Feature, ...] = ()
    lines: tuple[Feature, ...] = ()
    points: tuple[Feature, ...] = ()
