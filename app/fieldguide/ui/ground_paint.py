"""Painting the ground; runs on any thread, on a picture of its own."""

import struct
from array import array
from collections.abc import Iterable

from PySide6.QtCore import QByteArray, QDataStream, QIODevice, QPointF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QTransform

from fieldguide.maps.shapes import Dot, Patch
from fieldguide.ui.theme import Theme

_MOVE, _LINE = 0, 1
_AT_ONCE = 24
"""Lines that are stroked by one call."""


def path_of(parts: "Iterable[array[float]]", *, closed: bool) -> QPainterPath:
    """The parts as a path, read by Qt from bytes: no call and no object for each point."""
    elements = 0
    body: list[bytes] = []
    for part in parts:
        count = len(part) // 2
        if count < 2:
            continue
        xs, ys = part[0::2], part[1::2]
        if closed:
            xs, ys = xs + xs[:1], ys + ys[:1]
            count += 1
        row: list[float] = [_LINE] * (3 * count)
        row[0] = _MOVE
        row[1::3], row[2::3] = xs, ys
        body.append(struct.pack(">" + "idd" * count, *row))
        elements += count
    path = QPainterPath()
    if elements:
        # Elements, then where the last part began, then the rule by which holes stay empty.
        head, tail = struct.pack(">i", elements), struct.pack(">ii", 0, 1)
        # The stream does not keep the bytes alive by itself.
        data = QByteArray(b"".join((head, *body, tail)))
        QDataStream(data, QIODevice.OpenModeFlag.ReadOnly) >> path
    return path


def paint_patch(painter: QPainter, patch: Patch, theme: Theme) -> None:
    """Fill or stroke the ground of one kind on one tile."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    place = QTransform.fromTranslate(patch.left, patch.top)
    painter.setTransform(place.scale(patch.side, patch.side), combine=True)
    closed = bool(patch.fill)
    if closed:
        painter.fillPath(path_of(patch.parts, closed=True), theme.color(patch.fill))
    if patch.stroke:
        # Qt keeps the interpreter while it strokes: no call may take long.
        pen = _pen(patch, theme)
        for first in range(0, len(patch.parts), _AT_ONCE):
            parts = patch.parts[first : first + _AT_ONCE]
            painter.strokePath(path_of(parts, closed=closed), pen)
    painter.restore()


def paint_dot(painter: QPainter, dot: Dot, theme: Theme) -> None:
    """A small round sign."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(theme.color(dot.fill))
    painter.setPen(QPen(theme.color(dot.ring), max(1.0, dot.radius / 3)))
    painter.drawEllipse(QPointF(dot.x, dot.y), dot.radius, dot.radius)
    painter.restore()


def _pen(patch: Patch, theme: Theme) -> QPen:
    width = patch.width * theme.scale
    pen = QPen(theme.color(patch.stroke), width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap if patch.dash else Qt.PenCapStyle.RoundCap)
    if patch.dash:
        pen.setDashPattern([part * theme.scale / width for part in patch.dash])
    return pen
