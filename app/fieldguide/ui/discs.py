"""The marks of a day: its numbered disc and its dot, in the day's colour."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap

from fieldguide.maps import style
from fieldguide.ui.text import draw_text
from fieldguide.ui.theme import Theme


def draw_disc(
    painter: QPainter, theme: Theme, centre: QPointF, radius: float, day: int, text: str
) -> None:
    """A filled disc with its number, and the ring that keeps it off the ground."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("surface"), style.RING * theme.scale))
    painter.setBrush(theme.color(style.day_color(day)))
    ring = radius + style.RING * theme.scale / 2
    painter.drawEllipse(centre, ring, ring)
    rect = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
    middle = Qt.AlignmentFlag.AlignHCenter
    draw_text(
        painter, rect, text, theme, "caption", "on-day", weight=600, align=middle, elide=False
    )


def day_dot(theme: Theme, day: int) -> QIcon:
    """A dot in the colour of a day, with the gap that a button's text needs."""
    side, gap = theme.px(8), theme.px(4)
    picture = QPixmap(2 * (side + gap), 2 * side)
    picture.setDevicePixelRatio(2)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(style.day_color(day)))
    painter.drawEllipse(QRectF(0, 0, side, side))
    painter.end()
    return QIcon(picture)
