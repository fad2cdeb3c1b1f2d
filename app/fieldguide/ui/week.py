"""The days of a mission side by side, each a button with its visits."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from fieldguide.maps import style
from fieldguide.maps.stops import Route
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import tip
from fieldguide.ui.text import draw_text, draw_wrapped, wrapped_height
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import SHORT, day_text, short_name

PAD, BAR, TIME, STACKED_BELOW = 10, 3, 40, 560


class DayCell(QAbstractButton):
    """One day: a bar in its colour, its name, its visits with their hours."""

    def __init__(self, look: Look, route: Route, strip: QWidget) -> None:
        super().__init__(strip)
        self._look, self.route, self._strip = look, route, strip
        self.setCheckable(True)
        self.setText(day_text(route.date, SHORT))
        visits = [(stop.visit.when.time, short_name(stop.visit)) for stop in route.stops]
        said = [" ".join(part for part in visit if part) for visit in visits]
        self._visits = visits
        self.setAccessibleName("; ".join([self.text(), *said]))
        self.setToolTip(tip("\n".join(said)))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Names break into lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height in pixels that the visits need."""
        rects = self._rects(width)
        end = rects[-1][1].bottom() if rects else self._top() + self._look.theme.line("body")
        return round(end) + self._look.theme.px(PAD)

    def sizeHint(self) -> QSize:
        """As high as its width wants."""
        width = max(self.width(), self._look.theme.px(100))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """A bar and a name; the rest of the height follows from the width."""
        return QSize(self._look.theme.px(60), self._top())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """And that the pointer has gone."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, bar, name, visits, ring."""
        theme = self._look.theme
        painter = QPainter(self)
        whole = QRectF(self.rect())
        if self.isChecked():
            theme.mark_selected(painter, whole)
        else:
            painter.fillRect(whole, theme.color("sunken" if self.underMouse() else "surface"))
        thin = theme.hairline
        last = self.geometry().right() >= self._strip.width() - 1
        edges = [(0, 0, thin, self.height()), (0, self.height() - thin, self.width(), thin)]
        if last:
            edges.append((self.width() - thin, 0, thin, self.height()))
        for edge in edges:
            painter.fillRect(QRectF(*edge), theme.color("line"))
        color = style.day_color(self.route.day)
        bar = QRectF(0, 0, whole.width(), theme.px(BAR))
        painter.fillRect(bar, theme.color(color))
        pad = theme.px(PAD)
        name = QRectF(pad, theme.px(8), whole.width() - 2 * pad, theme.line("body"))
        draw_text(painter, name, self.text(), theme, "body", color, weight=600)
        for (time, title), (hour, words) in zip(
            self._visits, self._rects(self.width()), strict=True
        ):
            draw_text(painter, hour, time, theme, "caption", "t2")
            draw_wrapped(painter, words, title, theme, "caption")
        if self.hasFocus():
            width = theme.focus_width
            painter.setPen(QPen(theme.color("accent"), width, j=Qt.PenJoinStyle.MiterJoin))
            inset = width / 2
            painter.drawRect(whole.adjusted(inset, inset, -inset, -inset))
        painter.end()

    def _top(self) -> int:
        theme = self._look.theme
        return theme.px(12) + theme.line("body")

    def _rects(self, width: int) -> list[tuple[QRectF, QRectF]]:
        """Where the hour and the name of each visit stand."""
        theme = self._look.theme
        pad, hour, top = theme.px(PAD), theme.px(TIME), float(self._top())
        rects = []
        for time, title in self._visits:
            indent = hour if time else 0
            room = max(1, width - 2 * pad - indent)
            height = wrapped_height(title, theme, room, "caption")
            line = QRectF(pad, top, hour, theme.line("caption"))
            rects.append((line, QRectF(pad + indent, top, room, height)))
            top += height + theme.px(4)
        return rects


class WeekStrip(QWidget):
    """All days; pressing one asks for it."""

    chosen = Signal(str)
    """The ISO day."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self.cells: list[DayCell] = []
        self.setAccessibleName(self.tr("Days of the mission"))

    def show_days(self, routes: Sequence[Route], chosen: str = "") -> None:
        """Show these days; ``chosen`` is the one that the page shows."""
        if [cell.route for cell in self.cells] != list(routes):
            for cell in self.cells:
                self._group.removeButton(cell)
                self._row.removeWidget(cell)
                cell.deleteLater()
            self.cells = [DayCell(self._look, route, self) for route in routes]
            for cell in self.cells:
                self._group.addButton(cell)
                self._row.addWidget(cell, 1)
                cell.clicked.connect(self._choose)
        self._group.setExclusive(False)
        for cell in self.cells:
            cell.setChecked(cell.route.date == chosen)
        self._group.setExclusive(True)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._arrange()
        for cell in self.cells:
            cell.updateGeometry()
            cell.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        stacked = self.width() < STACKED_BELOW * self._look.theme.scale
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)

    def _choose(self) -> None:
        cell = self.sender()
        if isinstance(cell, DayCell):
            self.chosen.emit(cell.route.date)
