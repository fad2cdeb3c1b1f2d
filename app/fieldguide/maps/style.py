"""How a map is drawn: sizes in pixels at 100 %, names of colours, patterns of the days."""

from typing import Final

DISC_RADIUS: Final = 12.0
RING: Final = 2.0
ROUTE: Final = 2.0
ARROW: Final = 11.0
"""Length of the head that says which way a leg goes."""
ARROW_AT: Final = 0.62
"""Where on a leg it stands, from its beginning to its end: what is written stands in the middle."""
LABEL_GAP: Final = 6.0
LABEL_PAD: Final = 3.0
HALO: Final = 4.0
POINT_RADIUS: Final = 3.0
AREA_FILL: Final = 0.10
"""Share of the day's colour in the ground within which a stop lies."""
SCALE_BAR: Final = 120.0
"""Longest bar of the scale."""
GRID: Final = 170.0
"""Pixels between two lines of the grid, at least."""
LEAST_M: Final = 3_000.0
"""Metres that a fitted view spans at least."""

DASHES: Final[tuple[tuple[float, ...], ...]] = (
    (), (9, 4), (2, 4), (9, 3, 2, 3), (16, 4), (5, 5), (1, 3),
)  # fmt: skip
"""Pattern of each day's route; the colour is never the only sign."""
AREA_DASH: Final = (3.0, 3.0)


def day_color(day: int) -> str:
    """Name of the colour of a day, 1 first; the eighth starts over."""
    return f"day-{(day - 1) % len(DASHES) + 1}"


def day_dash(day: int) -> tuple[float, ...]:
    """Pattern of a day's route in pixels, empty for an unbroken line."""
    return DASHES[(day - 1) % len(DASHES)]
