"""The grid of a plain map: meridians and parallels at round minutes, with their degrees."""

import math

from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.projection import EQUATOR_M, View
from fieldguide.maps.shapes import MAP_SMALL, Drawing, Stroke, Text

_STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800)
"""Minutes of arc between two lines."""


def grid(view: View, drawing: Drawing) -> tuple[list[Stroke], list[Text]]:
    """The lines, and their degrees at the upper and the right edge where there is room."""
    step = _grid_step(view, drawing.scale)
    north, west = view.degrees(0, 0)
    south, east = view.degrees(view.width, view.height)
    lines: list[Stroke] = []
    texts: list[Text] = []
    for minute in _steps(west, east, step):
        x = view.point(view.lat, minute / 60)[0]
        lines.append(Stroke((x, 0, x, view.height), "line", 1))
        texts += _grid_text(_degrees(minute, "E", "W"), view, drawing, x=x)
    for minute in _steps(south, north, step):
        y = view.point(minute / 60, view.lon)[1]
        lines.append(Stroke((0, y, view.width, y), "line", 1))
        texts += _grid_text(_degrees(minute, "N", "S"), view, drawing, y=y)
    return lines, texts


def _grid_text(
    text: str, view: View, drawing: Drawing, *, x: float | None = None, y: float | None = None
) -> list[Text]:
    width, height = drawing.measure(text, MAP_SMALL)
    gap = style.LABEL_GAP * drawing.scale
    if x is not None:
        box = Box(x + gap, gap, x + gap + width, gap + height)
    else:
        y = y or 0.0
        right = view.width - gap
        box = Box(right - width, y - gap / 3 - height, right, y - gap / 3)
    frame = Box(0, 0, view.width, view.height)
    if not frame.holds(box) or any(box.meets(other) for other in drawing.taken):
        return []
    return [Text(box, text, MAP_SMALL, "t3", halo=False)]


def _grid_step(view: View, scale: float) -> int:
    """Minutes of arc between two lines."""
    span = style.GRID * scale * view.resolution * 360 * 60 / EQUATOR_M
    return next((step for step in _STEPS if step >= span), _STEPS[-1])


def _steps(low: float, high: float, step: int) -> list[int]:
    first = math.ceil(low * 60 / step) * step
    return list(range(first, math.floor(high * 60) + 1, step))


def _degrees(minutes: int, plus: str, minus: str) -> str:
    whole, rest = divmod(abs(minutes), 60)
    return f"{whole}° {rest:02d}′ {plus if minutes >= 0 else minus}"
