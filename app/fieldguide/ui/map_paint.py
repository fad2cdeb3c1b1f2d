"""Painting the display list of a map, and what stands on the glass before it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.shapes import MAP_HANZI, MAP_NAME, Area, Disc, Picture, Stroke, Text
from fieldguide.maps.stops import Stop
from fieldguide.ui.desk import Look
from fieldguide.ui.discs import draw_disc
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.trip import distance_text, tr

EDGE = 16
_ROLES = {MAP_NAME: ("body", 600), MAP_HANZI: ("note", None)}
_HALO = ((-1, -1), (0, -1), (1, -1), (-1, 0), (1, 0), (-1, 1), (0, 1), (1, 1))
_SIDES = {
    1: Qt.AlignmentFlag.AlignLeft,
    0: Qt.AlignmentFlag.AlignHCenter,
    -1: Qt.AlignmentFlag.AlignRight,
}


class MapPainter:
    """Turns the shapes into pixels in the theme of the moment."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def measure(self, text: str, role: str) -> tuple[float, float]:
        """Width and height of a line in one of the roles of the display list."""
        theme = self._look.theme
        name, weight = _ROLES.get(role, ("caption", None))
        width = text_width(text, theme, name, weight=weight)
        return width + 1, float(theme.line(name, hanzi=role == MAP_HANZI))

    def picture(self, painter: QPainter, picture: Picture, selected: Stop | None) -> None:
        """Everything in its order; the marked stop has a ring."""
        for shape in picture.shapes:
            painter.save()
            if isinstance(shape, Stroke):
                self._stroke(painter, shape)
            elif isinstance(shape, Area):
                self._area(painter, shape)
            elif isinstance(shape, Disc):
                self._disc(painter, shape, marked=shape.stop == selected)
            else:
                self._text(painter, shape)
            painter.restore()

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
        around = theme.px(4)
        place = QRectF(box.left(), box.top(), wide, box.height())
        painter.fillRect(place.adjusted(-around, -around, around, around), theme.color("land"))

    def _credit_width(self, rect: QRectF) -> float:
        theme = self._look.theme
        return max(1.0, rect.width() - theme.px(EDGE * 2 + 56))

    def _credit_height(self, rect: QRectF, credit: str) -> int:
        theme = self._look.theme
        return wrapped_height(credit, theme, self._credit_width(rect), "caption") if credit else 0

    def _stroke(self, painter: QPainter, stroke: Stroke) -> None:
        x1, y1, x2, y2 = stroke.line
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=x1 != x2 and y1 != y2)
        pen = QPen(self._look.theme.color(stroke.color), stroke.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if stroke.dash:
            pen.setDashPattern([part / stroke.width for part in stroke.dash])
        painter.setPen(pen)
        painter.drawLine(QPointF(x1, y1), QPointF(x2, y2))

    def _area(self, painter: QPainter, area: Area) -> None:
        theme = self._look.theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = QColor(theme.color(area.color))
        pen = QPen(fill, theme.hairline)
        pen.setDashPattern([part * theme.scale / theme.hairline for part in style.AREA_DASH])
        fill.setAlphaF(style.AREA_FILL)
        painter.setPen(pen)
        painter.setBrush(fill)
        painter.drawEllipse(QPointF(area.x, area.y), area.radius, area.radius)

    def _disc(self, painter: QPainter, disc: Disc, *, marked: bool) -> None:
        theme = self._look.theme
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
        if marked:
            painter.setPen(QPen(theme.color("accent"), theme.focus_width))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            ring = disc.radius + theme.px(4)
            painter.drawEllipse(centre, ring, ring)

    def _text(self, painter: QPainter, text: Text) -> None:
        theme = self._look.theme
        role, weight = _ROLES.get(text.role, ("caption", None))
        rect, align = _rect(text.box), _SIDES[text.side]
        if text.halo:
            reach = style.HALO * theme.scale / 2
            for x, y in _HALO:
                moved = rect.translated(x * reach, y * reach)
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
