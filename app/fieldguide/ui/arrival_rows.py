"""Parts of the arrival card: numbers to call, plugs, clocks, and facts as plain lines."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.services.arrival import Group, Line
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

PINS: Final[dict[str, tuple[tuple[float, float, int], ...]]] = {
    "A": ((-0.28, 0, 0), (0.28, 0, 0)),
    "B": ((-0.28, -0.12, 0), (0.28, -0.12, 0), (0, 0.38, 360)),
    "C": ((-0.26, 0, 360), (0.26, 0, 360)),
    "E": ((-0.26, 0, 360), (0.26, 0, 360), (0, -0.42, 360)),
    "F": ((-0.26, 0, 360), (0.26, 0, 360)),
    "G": ((0, -0.34, 0), (-0.3, 0.22, 90), (0.3, 0.22, 90)),
    "I": ((-0.3, -0.14, -30), (0.3, -0.14, 30), (0, 0.34, 0)),
}
"""Letter of a type of plug -> its pins: where in the circle, and how each flat one is turned.

A pin that is turned once around is round.
"""
_ROUND: Final = 360


class NumberRow(QWidget):
    """A number as large as it must be found in need, what answers there, and where it is from."""

    def __init__(self, look: Look, line: Line, origin: str) -> None:
        super().__init__()
        theme = look.theme
        self.setAccessibleName(
            self.tr("{name}: {number}").format(name=line.label, number=line.value)
        )
        row = QGridLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setHorizontalSpacing(theme.px(12))
        row.setVerticalSpacing(0)
        row.setColumnMinimumWidth(0, theme.px(112))
        row.setColumnStretch(1, 1)
        row.addWidget(ScriptLabel(line.value, theme, "clock"), 0, 0, 2, 1)
        name = " ".join(part for part in (line.label, line.local) if part)
        row.addWidget(ScriptLabel(name, theme, "body", weight=600, wrap=True), 0, 1)
        row.addWidget(ScriptLabel(origin, theme, "caption", "t2", wrap=True), 1, 1)


class FactLine(QWidget):
    """A label, its value with what must be known of it, and below where that is from."""

    def __init__(self, look: Look, line: Line, origin: str, tone: str) -> None:
        super().__init__()
        theme = look.theme
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, theme.px(2))
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, theme.px(112))
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        name = ScriptLabel(line.label, theme, "body", "t2", wrap=True)
        name.setMaximumWidth(theme.px(112))
        grid.addWidget(name, 0, 0, top)
        value = " ".join(part for part in (line.value, line.local) if part)
        grid.addWidget(ScriptLabel(value, theme, "body", weight=600, wrap=True), 0, 1)
        below = [(line.note, "body", "t2"), *((doubt, "body", "warning") for doubt in line.doubts)]
        row = 1
        for text, role, color in (*below, (origin, "caption", tone)):
            if text:
                grid.addWidget(ScriptLabel(text, theme, role, color, wrap=True), row, 1)
                row += 1


class GroupRows(QWidget):
    """The facts of one record, and the way to it: above, unless it is ``alone`` in its part."""

    def __init__(
        self,
        look: Look,
        group: Group,
        rows: list[QWidget],
        opened: Callable[[], object],
        *,
        alone: bool,
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(4))
        way = IconButton(look, "", group.title, opened, "link")
        if not alone:
            column.addWidget(way)
        for number, row in enumerate(rows):
            if number:
                column.addWidget(rule())
            column.addWidget(row)
        if alone:
            column.addWidget(way)


class ClockPair(QWidget):
    """The hour there and at home, told apart by their size."""

    def __init__(self, look: Look, there: str, home: str) -> None:
        super().__init__()
        self._there = ScriptLabel("", look.theme, "clock")
        self._home = ScriptLabel("", look.theme, "clock", "t2", weight=400)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for name, clock in ((there, self._there), (home, self._home)):
            column = QVBoxLayout()
            column.setSpacing(0)
            column.addWidget(ScriptLabel(name, look.theme, "body", "t2"))
            column.addWidget(clock)
            row.addLayout(column)
        row.addStretch(1)
        row.setSpacing(look.theme.px(40))

    def show_hours(self, there: str, home: str) -> None:
        """Show both as HH:MM."""
        self._there.setText(there)
        self._home.setText(home)


class Plugs(QWidget):
    """The faces of plugs whose letters are known, each with its letter."""

    def __init__(self, look: Look, value: str) -> None:
        super().__init__()
        letters = [one.strip() for one in value.split(",")]
        row = FlowLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.theme.px(20))
        self.setLayout(row)
        for letter in letters:
            if letter in PINS:
                row.addWidget(_Plug(look, letter))


class _Plug(QWidget):
    """One face."""

    def __init__(self, look: Look, letter: str) -> None:
        super().__init__()
        self._look, self._letter = look, letter
        self.setAccessibleName(self.tr("Plug of type {letter}").format(letter=letter))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.theme.px(56), 0, 0)
        name = label(self.tr("Type {letter}").format(letter=letter), "caption")
        column.addWidget(name, 0, Qt.AlignmentFlag.AlignHCenter)

    def sizeHint(self) -> QSize:
        """A face of fifty pixels with its name below."""
        theme = self._look.theme
        return QSize(theme.px(56), theme.px(56) + theme.line("caption"))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the circle and its pins."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme.px(50)
        painter.translate(self.width() / 2, theme.px(2) + side / 2)
        painter.setPen(QPen(theme.color("line2"), theme.hairline + 0.5))
        painter.drawEllipse(QPointF(0, 0), side / 2, side / 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("t1"))
        for x, y, turned in PINS[self._letter]:
            _draw_pin(painter, theme, QPointF(x * side / 2, y * side / 2), turned)
        painter.end()


def _draw_pin(painter: QPainter, theme: Theme, spot: QPointF, turned: int) -> None:
    painter.save()
    painter.translate(spot)
    if turned == _ROUND:
        painter.drawEllipse(QPointF(0, 0), theme.px(4), theme.px(4))
    else:
        painter.rotate(turned)
        wide, high = theme.px(4), theme.px(13)
        painter.drawRect(QRectF(-wide / 2, -high / 2, wide, high))
    painter.restore()
