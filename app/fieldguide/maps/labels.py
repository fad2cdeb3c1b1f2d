"""Where labels stand: beside what they name, whole, never over one another."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in pixels."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share ground."""
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def holds(self, other: "Box") -> bool:
        """Whether the other lies wholly inside."""
        return (
            self.left <= other.left
            and self.top <= other.top
            and other.right <= self.right
            and other.bottom <= self.bottom
        )

    def reaches(self, x: float, y: float) -> bool:
        """Whether a point lies inside."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom

    def grown(self, by: float) -> "Box":
        """The same box with so much more at each side."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, right: float, down: float) -> "Box":
        """The same box elsewhere."""
        return Box(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def crossed(self, line: Line) -> bool:
        """Whether a straight line runs through."""
        x1, y1, x2, y2 = line
        low, high = 0.0, 1.0
        for start, delta, least, most in (
            (x1, x2 - x1, self.left, self.right),
            (y1, y2 - y1, self.top, self.bottom),
        ):
            if abs(delta) < 1e-9:
                if not least < start < most:
                    return False
                continue
            near, far = sorted(((least - start) / delta, (most - start) / delta))
            low, high = max(low, near), min(high, far)
        return low < high


ANCHORS: Final = (
    (1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1),
)  # fmt: skip
"""Sides tried in this order: right, left, below, above, then the corners."""
_BESIDE: Final = ((1, 1), (-1, 1), (1, -1), (-1, -1))
"""At last below and above once more, begun or ended at the point and not centred."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label of a size beside a point: ``reach`` is how far from the point it must keep."""

    x: float
    y: float
    reach: float
    width: float
    height: float


Placed = tuple[Box, int]
MOST: Final = 80
"""Labels that are placed on one picture, and lines that they keep clear of."""
_OUTSIDE: Final = 1_000
"""Cost of a place that is not wholly seen: any other is better."""


def place(
    wanted: Sequence[Wanted],
    bounds: Box,
    taken: Sequence[Box],
    lines: Sequence[Line],
    seen: Box | None = None,
) -> list[Placed | None]:
    """For each label its box and side (1 starts at the point, -1 ends there, 0 is centred).

    None where no side has room. A side that no line crosses is preferred to one that comes
    earlier, and one within what is ``seen`` of the bounds to any other. Each label has the first
    choice once; the attempt that places most is kept. What lies beyond MOST is left out.
    """
    seen = seen or bounds
    options: list[list[tuple[int, Placed]]] = [[] for _ in wanted]
    within = [number for number, one in enumerate(wanted) if bounds.reaches(one.x, one.y)][:MOST]
    for number in within:
        options[number] = _options(wanted[number], bounds, taken, lines[:MOST], seen)
    best: list[Placed | None] = [None for _ in wanted]
    most = (0, 0)
    for first in within:
        order = [first, *(other for other in within if other != first)]
        placed, cost = _attempt(options, order)
        score = (sum(one is not None for one in placed), -cost)
        if score > most:
            best, most = placed, score
    return best


def _options(
    one: Wanted, bounds: Box, taken: Sequence[Box], lines: Sequence[Line], seen: Box
) -> list[tuple[int, Placed]]:
    """The places that are free of all but other labels, with their costs, cheapest first."""
    found = [
        (
            8 * sum(box.crossed(line) for line in lines)
            + order
            + (0 if seen.holds(box) else _OUTSIDE),
            (box, side),
        )
        for order, (side, box) in enumerate(_boxes(one))
        if bounds.holds(box) and not any(box.meets(other) for other in taken)
    ]
    return sorted(found, key=lambda option: option[0])


def _attempt(
    options: Sequence[Sequence[tuple[int, Placed]]], order: Sequence[int]
) -> tuple[list[Placed | None], int]:
    placed: list[Placed | None] = [None for _ in options]
    occupied: list[Box] = []
    total = 0
    for number in order:
        for cost, (box, side) in options[number]:
            if not any(box.meets(other) for other in occupied):
                placed[number] = (box, side)
                occupied.append(box)
                total += cost
                break
    return placed, total


def _boxes(one: Wanted) -> list[tuple[int, Box]]:
    boxes = []
    for across, down in ANCHORS:
        # A corner stands nearer than a side: the disc is round.
        reach = one.reach * (0.75 if across and down else 1)
        left = one.x + across * reach - (1 - across) * one.width / 2
        top = one.y + down * reach - (1 - down) * one.height / 2
        boxes.append((across, Box(left, top, left + one.width, top + one.height)))
    for across, down in _BESIDE:
        left = one.x - across * one.reach / 2 - (1 - across) * one.width / 2
        top = one.y + down * one.reach * 1.3 - (1 - down) * one.height / 2
        boxes.append((across, Box(left, top, left + one.width, top + one.height)))
    return boxes
