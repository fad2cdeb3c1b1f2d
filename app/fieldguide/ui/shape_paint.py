"""Painting the display list of a map; runs on any thread, on a picture of its own."""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.shapes import (
    MAP_CITY,
    MAP_HANZI,
    MAP_NAME,
    MAP_PLACE,
    Area,
    Disc,
    Dot,
    Measure,
    Patch,
    Shape,
    Stroke,
    Text,
)
from fieldguide.ui.discs import draw_disc
from fieldguide.ui.ground_paint import paint_dot, paint_patch
from fieldguide.ui.text import draw_text, text_width
from fieldguide.ui.theme import Theme

_ROLES = {
    MAP_NAME: ("body", 600),
    MAP_HANZI: ("note", None),
    MAP_CITY: ("note", None),
    MAP_PLACE: ("body", None),
}
_LARGE = 1.25
_HALO = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))
_SIDES = {
    1: Qt.AlignmentFlag.AlignLeft,
    0: Qt.AlignmentFlag.AlignHCenter,
    -1: Qt.AlignmentFlag.AlignRight,
}


def measuring(theme: Theme) -> Measure:
    """Tells width and height of a line in one of the roles of the display list."""

    def measure(text: str, role: str) -> tuple[float, float]:
        name, weight = _ROLES.get(role, ("caption", None))
        hanzi = role == MAP_HANZI or not text.isascii()
        return text_width(text, theme, name, weight=weight) + 1, float(
            theme.line(name, hanzi=hanzi)
        )

    return measure


def paint_shapes(painter: QPainter, shapes: Iterable[Shape], theme: Theme) -> None:
    """Everything in its order."""
    for shape in shapes:
        painter.save()
        if isinstance(shape, Patch):
            paint_patch(painter, shape, theme)
        elif isinstance(shape, Dot):
            paint_dot(painter, shape, theme)
        elif isinstance(shape, Stroke):
            _stroke(painter, shape, theme)
        elif isinstance(shape, Area):
            _area(painter, shape, theme)
        elif isinstance(shape, Disc):
            _disc(painter, shape, theme)
        else:
            _text(painter, shape, theme)
        painter.restore()


def _stroke(painter: QPainter, stroke: Stroke, theme: Theme) -> None:
    x1, y1, x2, y2 = stroke.line
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=x1 != x2 and y1 != y2)
    pen = QPen(theme.color(stroke.color), stroke.width)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if stroke.dash:
        pen.setDashPattern([part / stroke.width for part in stroke.dash])
    painter.setPen(pen)
    painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))


def _area(painter: QPainter, area: Area, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    fill = QColor(theme.color(area.color))
    pen = QPen(fill, theme.hairline)
    pen.setDashPattern([part * theme.scale / theme.hairline for part in style.AREA_DASH])
    fill.setAlphaF(style.AREA_FILL)
    painter.setPen(pen)
    painter.setBrush(fill)
    painter.drawEllipse(QPointF(area.x, area.y), area.radius, area.radius)


def _disc(painter: QPainter, disc: Disc, theme: Theme) -> None:
    centre = QPointF(disc.x, disc.y)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if disc.aside:
        true = QPointF(disc.true_x, disc.true_y)
        painter.setPen(QPen(theme.color(disc.color), theme.hairline))
        painter.drawLine(centre, true)
        painter.setBrush(theme.color(disc.color))
        dot = style.POINT_RADIUS * theme.scale
        painter.drawEllipse(true, dot, dot)
    draw_disc(painter, theme, centre, disc.radius, disc.stop.day, str(disc.stop.number))


def _text(painter: QPainter, text: Text, theme: Theme) -> None:
    role, weight = _ROLES.get(text.role, ("caption", None))
    rect, align = _rect(text.box), _SIDES[text.side]
    if text.angle:
        painter.translate(rect.center())
        painter.rotate(text.angle)
        painter.translate(-rect.center())
    if text.halo:
        reach = style.HALO * theme.scale / 2
        # Large letters leave gaps between their copies: a ring within the ring closes them.
        rings = (reach, reach / 2) if theme.scale > _LARGE else (reach,)
        for x, y, ring in ((x, y, ring) for ring in rings for x, y in _HALO):
            moved = rect.translated(x * ring, y * ring)
            draw_text(
                painter, moved, text.text, theme, role, "land",
                weight=weight, align=align, elide=False,
            )  # fmt: skip
    draw_text(
        painter, rect, text.text, theme, role, text.color,
        weight=weight, align=align, elide=False,
    )  # fmt: skip


def _rect(box: Box) -> QRectF:
    return QRectF(box.left, box.top, box.right - box.left, box.bottom - box.top)
