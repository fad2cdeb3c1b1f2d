"""Outlines out of the files of data packages: ESRI shapefiles and the flat files of GSHHG."""

import itertools
import struct
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

Point = tuple[float, float]
Ring = list[Point]
"""Longitude, latitude; closed or not."""

_HEADER: Final = 100
_POLYGON: Final = 5


class Box(NamedTuple):
    """Degrees: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Whether a point lies in it or on its edge."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north

    def meets(self, other: "Box") -> bool:
        """Whether the two have a point in common."""
        return (
            self.west <= other.east
            and other.west <= self.east
            and self.south <= other.north
            and other.south <= self.north
        )


@dataclass(frozen=True, slots=True)
class Outline:
    """A ring or a line; ``level`` is that of GSHHG: 1 land, 2 lake, 3 island in it, 4 pond."""

    points: Ring
    level: int


def box_of(points: Iterable[Point]) -> Box:
    """The smallest box that holds all points."""
    lons, lats = zip(*points, strict=True)
    return Box(min(lons), min(lats), max(lons), max(lats))


def shapefile(path: Path) -> Iterator[list[Ring]]:
    """The rings of each polygon of a shapefile: outer ones run clockwise, holes the other way."""
    data = path.read_bytes()
    at = _HEADER
    while at < len(data):
        words = struct.unpack_from(">i", data, at + 4)[0]
        start = at + 8
        at = start + 2 * words
        kind = struct.unpack_from("<i", data, start)[0]
        if kind != _POLYGON:
            continue
        count, total = struct.unpack_from("<2i", data, start + 36)
        begins = [*struct.unpack_from(f"<{count}i", data, start + 44), total]
        flat = struct.unpack_from(f"<{2 * total}d", data, start + 44 + 4 * count)
        points = list(zip(flat[::2], flat[1::2], strict=True))
        yield [points[a:b] for a, b in itertools.pairwise(begins)]


def gshhg(folder: Path, name: str, box: Box) -> Iterator[Outline]:
    """The outlines of a GSHHG file of full detail that reach into the latitudes of a box."""
    data = (folder / f"{name}_f.dat").read_bytes()
    for line in (folder / f"{name}meta_f.dat").read_text(encoding="ascii").splitlines():
        level, _, _, south, north, start, length, *_ = line.split()
        if float(north) < box.south or float(south) > box.north:
            continue
        flat = array("f", data[int(start) : int(start) + int(length)])
        points = list(zip(flat[::2], flat[1::2], strict=True))
        if points and box_of(points).meets(box):
            yield Outline(points, int(level))


def is_clockwise(ring: Ring) -> bool:
    """Whether a ring runs as the clock on a map with north at the top."""
    area = sum(
        (bx - ax) * (by + ay) for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True)
    )
    return area > 0


def holds(ring: Ring, point: Point) -> bool:
    """Whether a point lies inside a ring."""
    x, y = point
    inside = False
    for (ax, ay), (bx, by) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (ay > y) != (by > y) and x < (bx - ax) * (y - ay) / (by - ay) + ax:
            inside = not inside
    return inside


def clip(ring: Ring, box: Box) -> Ring:
    """The part of a ring inside a box, closed along its edges; empty when there is none."""
    for axis, edge, sign in (
        (0, box.west, 1),
        (0, box.east, -1),
        (1, box.south, 1),
        (1, box.north, -1),
    ):
        ring = _cut(ring, axis, edge, sign)
        if not ring:
            break
    return ring


def _cut(ring: Ring, axis: int, edge: float, sign: int) -> Ring:
    kept: Ring = []
    before = ring[-1]
    was_in = sign * (before[axis] - edge) >= 0
    for point in ring:
        is_in = sign * (point[axis] - edge) >= 0
        if is_in != was_in:
            share = (edge - before[axis]) / (point[axis] - before[axis])
            kept.append(
                (
                    before[0] + share * (point[0] - before[0]),
                    before[1] + share * (point[1] - before[1]),
                )
            )
        if is_in:
            kept.append(point)
        before, was_in = point, is_in
    return kept
