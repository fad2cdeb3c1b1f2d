"""What stands on the glass before a map: the scale, the credits, the ring of the marked stop."""

from collections.abc import Collection

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fieldguide.maps.shapes import Area, Picture
from fieldguide.maps.stops import Stop
from fieldguide.ui.desk import Look
from fieldguide.ui.shape_paint import measuring
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.trip import distance_text, tr

EDGE = 16
_VEIL = 0.82
"""How much the ground of the words hides of what lies under them."""


class MapPainter:
    """Turns the shapes into pixels in the theme of the moment."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def measure(self, text: str, role: str) -> tuple[float, float]:
        """Width and height of a line in one of the roles of the display list."""
        return measuring(self._look.theme)(text, role)

    def mark(self, painter: QPainter, picture: Picture, marked: Collection[Stop | None]) -> None:
        """A ring around each of the marked stops."""
        theme = self._look.theme
        for disc in picture.discs:
            if disc.stop in marked:
                painter.setRenderHint(QPainter.RenderHint.Antialiasing)
                painter.setPen(QPen(theme.color("accent"), theme.focus_width))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                ring = disc.radius + theme.px(4)
                painter.drawEllipse(QPointF(disc.x, disc.y), ring, ring)

    def focus(self, painter: QPainter, rect: QRectF) -> None:
        """The ring of the keyboard, along the inside of the edge."""
        width = self._look.theme.focus_width
        pen = QPen(self._look.theme.color("accent"), width)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRect(rect.adjusted(half, half, -half, -half))

    def nothing(self, painter: QPainter, rect: QRectF, sentence: str) -> None:
        """What is said on ground without a stop."""
        theme = self._look.theme
        icon = self._look.icons.pixmap("map-pin", 24, "t3")
        size = theme.px(24)
        centre = rect.center()
        top = centre.y() - size - theme.px(8)
        painter.drawPixmap(QPointF(centre.x() - size / 2, top), icon)
        room = min(rect.width() - theme.px(32), text_width(sentence, theme) + 2)
        height = wrapped_height(sentence, theme, room)
        place = QRectF(centre.x() - room / 2, centre.y(), room, height)
        draw_wrapped(painter, place, sentence, theme, "body", "t2")

    def overlay_box(self, rect: QRectF, credit: str) -> QRectF:
        """The corner that scale, north and credit take."""
        theme = self._look.theme
        height = theme.px(36) + self._credit_height(rect, credit)
        width = max(theme.px(220), self._credit_width(rect))
        edge = theme.px(EDGE)
        return QRectF(edge, rect.bottom() - edge - height, width, height)

    def overlay(self, painter: QPainter, rect: QRectF, picture: Picture, credit: str) -> None:
        """The bar of the scale, where north is, and whose positions these are."""
        if picture.scale is None:
            return
        theme = self._look.theme
        box = self.overlay_box(rect, credit)
        width, tick = picture.scale.pixels, theme.px(5)
        y = box.top() + theme.px(6)
        words = self._legend(picture, picture.scale.metres)
        wide = max(width, text_width(words, theme, "caption"))
        self._ground(
            painter, box, max(wide, min(text_width(credit, theme, "caption"), box.width()))
        )
        pen = QPen(theme.color("t2"), theme.hairline)
        painter.setPen(pen)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
        left = box.left()
        painter.drawPolyline(
            [
                QPointF(left, y - tick),
                QPointF(left, y),
                QPointF(left + width, y),
                QPointF(left + width, y - tick),
            ]
        )
        line = QRectF(left, y + theme.px(3), box.width(), theme.line("caption"))
        draw_text(painter, line, words, theme, "caption", "t2")
        below = line.translated(0, line.height() + theme.px(2))
        below.setWidth(self._credit_width(rect))
        draw_wrapped(painter, below, credit, theme, "caption", "t3")

    def _legend(self, picture: Picture, metres: float) -> str:
        words = tr("{length} · north is up").format(length=distance_text(metres))
        if any(isinstance(shape, Area) for shape in picture.shapes):
            within = tr("dashed circle: the stop lies somewhere inside")
            words = f"{words} · {within}"
        return words

    def _ground(self, painter: QPainter, box: QRectF, wide: float) -> None:
        """Land behind the words, so that no line of the picture runs through them."""
        theme = self._look.theme
        around = theme.px(6)
        place = QRectF(box.left(), box.top(), wide, box.height())
        land = QColor(theme.color("land"))
        land.setAlphaF(_VEIL)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(land)
        round_ = theme.px(4)
        painter.drawRoundedRect(place.adjusted(-around, -around, around, around), round_, round_)

    def _credit_width(self, rect: QRectF) -> float:
        theme = self._look.theme
        return max(1.0, rect.width() - theme.px(EDGE * 2 + 56))

    def _credit_height(self, rect: QRectF, credit: str) -> int:
        theme = self._look.theme
        return wrapped_height(credit, theme, self._credit_width(rect), "caption") if credit else 0
