"""A figure of several years as points on one scale of time, never joined."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldguide.domain.series import Point, date_words
from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.theme import Theme

HEIGHT = 112


class SeriesChart(QWidget):
    """Each point with its figure; a ring, with its words, where a note sets it apart."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._label = ""
        self._points: tuple[Point, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_points(self, label: str, points: Sequence[Point]) -> None:
        """Draw these; nothing shows without points."""
        self._label, self._points = label, tuple(points)
        said = [f"{date_words(one.fact.as_of)}: {one.fact.value}" for one in points]
        said += self._apart()
        self.setAccessibleName(label)
        self.setAccessibleDescription("; ".join(said))
        self.setVisible(bool(points))
        self.updateGeometry()
        self.update()

    def has_points(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self._points)

    def set_theme(self, theme: Theme) -> None:
        """Draw in another theme."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Head, points and scale, and the notes."""
        width = self._look.theme.px(344)
        return QSize(width, self.heightForWidth(width))

    def hasHeightForWidth(self) -> bool:
        """The notes wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in pixels."""
        theme = self._look.theme
        room = width - theme.px(16)
        notes = [wrapped_height(text, theme, room, "caption") for text in self._apart()]
        return theme.px(HEIGHT) + sum(notes) + theme.px(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw head, points, scale and notes."""
        if not self._points:
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left, right = theme.px(8), self.width() - theme.px(8)
        head = QRectF(left, 0, right - left, theme.px(22))
        draw_text(painter, head, self._label, theme, "section")
        told = self.tr("{count} figures, not added up").format(count=len(self._points))
        draw_text(painter, head, told, theme, "caption", "t2", align=Qt.AlignmentFlag.AlignRight)
        self._plot(painter, QRectF(left, theme.px(28), right - left, theme.px(60)))
        self._scale(painter, QRectF(left, theme.px(88), right - left, theme.px(18)))
        top: float = theme.px(HEIGHT - 4)
        for text in self._apart():
            rect = QRectF(left, top, right - left, self.height() - top)
            top += draw_wrapped(painter, rect, text, theme, "caption", "t2")
        painter.end()

    def _apart(self) -> list[str]:
        return [f"{one.fact.value}: {one.fact.note}" for one in self._points if one.alone]

    def _plot(self, painter: QPainter, area: QRectF) -> None:
        theme = self._look.theme
        radius = theme.px(4)
        highest = max(point.value for point in self._points)
        lowest = min(point.value for point in self._points)
        spread = highest - lowest or 1.0
        taken: list[QRectF] = []
        for point in self._points:
            up = (point.value - lowest) / spread
            spot = QPointF(
                self._across(point.year, area),
                area.bottom() - theme.px(8) - up * (area.height() - theme.px(26)),
            )
            painter.setPen(QPen(theme.color("accent"), 2 * theme.hairline))
            painter.setBrush(theme.color("surface" if point.alone else "accent"))
            painter.drawEllipse(spot, radius - theme.hairline, radius - theme.hairline)
            rect = self._label_rect(point.fact.value, spot, area, taken)
            taken += [rect, QRectF(spot.x() - radius, spot.y() - radius, 2 * radius, 2 * radius)]
            draw_text(painter, rect, point.fact.value, theme, "caption", weight=600, elide=False)

    def _label_rect(
        self, text: str, spot: QPointF, area: QRectF, taken: Sequence[QRectF]
    ) -> QRectF:
        """Above the point, beside it or below it: the first that meets nothing drawn before."""
        theme = self._look.theme
        wide, high, gap = text_width(text, theme, "caption", weight=600) + 1, theme.px(14), 7
        near = theme.px(gap)
        choices = [
            QRectF(spot.x() - wide / 2, spot.y() - near - high, wide, high),
            QRectF(spot.x() + near, spot.y() - high / 2, wide, high),
            QRectF(spot.x() - wide / 2, spot.y() + near, wide, high),
            QRectF(spot.x() - near - wide, spot.y() - high / 2, wide, high),
        ]
        for rect in choices:
            rect.moveLeft(min(max(rect.left(), area.left()), area.right() - wide))
            if not any(rect.intersects(other) for other in taken):
                return rect
        return choices[0]

    def _scale(self, painter: QPainter, area: QRectF) -> None:
        theme = self._look.theme
        line = QRectF(area.left(), area.top(), area.width(), theme.hairline)
        painter.fillRect(line, theme.color("line2"))
        first, last = int(self._points[0].year), int(self._points[-1].year)
        draw_text(painter, area, str(first), theme, "caption", "t2")
        draw_text(
            painter, area, str(last), theme, "caption", "t2", align=Qt.AlignmentFlag.AlignRight
        )
        if last - first > len({int(point.year) for point in self._points}):
            gap = self.tr("years between: no figure")
            draw_text(
                painter, area, gap, theme, "caption", "t3", align=Qt.AlignmentFlag.AlignHCenter
            )

    def _across(self, year: float, area: QRectF) -> float:
        first, last = self._points[0].year, self._points[-1].year
        inset = self._look.theme.px(14)
        share = (year - first) / (last - first)
        return area.left() + inset + share * (area.width() - 2 * inset)
