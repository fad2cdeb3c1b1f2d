"""Rows with a box to tick, as high together as they need to be: questions, people."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy

from fieldguide.ui.desk import Look, Place
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Box, Sheet, Sign, put_words
from fieldguide.ui.theme import Theme

BOX, LEFT, PAD = 16, 32, 8
TAKE_UP: Final = "Q"
"""The key that makes a doubt a question of one's own, wherever doubts are listed."""


@dataclass(frozen=True, slots=True)
class TickRow:
    """One row; ``value`` is what it stands for, ``state`` says the tick in words."""

    value: object
    title: str
    lines: tuple[str, ...] = ()
    ticked: bool = False
    state: str = ""
    place: Place | None = None
    copies: str = ""
    heading: bool = False
    private: bool = False
    """Whether the discreet view hides the lines: an answer."""

    @property
    def speech(self) -> str:
        """Everything the row shows, and whether it is ticked."""
        return "; ".join(part for part in (self.state, self.title, *self.lines) if part)


class TickList(ItemList):
    """Space or a click on the box ticks, Enter or a click goes into a row, Delete takes it away."""

    ticked = Signal(object)
    entered = Signal(object)
    removed = Signal(object)
    """The value of a row."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.whole = True
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def make_delegate(self) -> ItemDelegate:
        """The one that draws rows with boxes."""
        return TickDelegate(self.look, self)

    def show_rows(self, rows: Sequence[TickRow]) -> None:
        """Show these; the keys stay on the row they were on."""
        row = self.currentIndex().row()
        self.show_items(rows)
        if row >= 0 and rows:
            self.setCurrentIndex(self.items.index(min(row, len(rows) - 1)))
        self.setVisible(bool(rows))
        self._fit()

    def current(self) -> TickRow | None:
        """The row that the keys are on."""
        index = self.currentIndex()
        item = self.items.item(index.row()) if index.isValid() else None
        return item if isinstance(item, TickRow) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick, enter or take away; all else moves."""
        row = self.current()
        if row is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Space:
            self.ticked.emit(row.value)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit(row.value)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and row.place is None:
            self.entered.emit(row.value)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """On the box a click ticks."""
        index = self.indexAt(event.position().toPoint())
        on_box = event.position().x() < self.look.theme.px(LEFT)
        item = self.items.item(index.row()) if index.isValid() else None
        if not isinstance(item, TickRow) or event.button() != Qt.MouseButton.LeftButton:
            super().mouseReleaseEvent(event)
        elif on_box:
            self.ticked.emit(item.value)
        elif item.place is None:
            self.entered.emit(item.value)
        else:
            super().mouseReleaseEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        super().set_theme(theme)
        self._fit()

    def row_width(self) -> int:
        """There is no scroll bar."""
        return max(1, self.width() - 2 * self.look.theme.focus_width)

    def _fit(self) -> None:
        items = [self.items.item(row) for row in range(self.items.rowCount())]
        heights = [round(self.drawing.sheet_of(*one).height) for one in enumerate(items)]
        self.setFixedHeight(sum(heights) + 2 * self.look.theme.focus_width)


class TickDelegate(ItemDelegate):
    """Lays out one row."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """The box, and beside it the words; what is ticked is quiet."""
        assert isinstance(item, TickRow)
        theme = self.look.theme
        sheet = Sheet()
        top: float = theme.px(7)
        box = QRectF(theme.px(PAD), top + theme.px(1), theme.px(BOX), theme.px(BOX))
        fill, edge = ("accent", "accent") if item.ticked else ("surface", "line2")
        sheet.parts.append(Box(box, fill, edge))
        if item.ticked:
            inset = theme.px(2)
            spot = QRectF(box.left() + inset, box.top() + inset, theme.px(12), theme.px(12))
            sheet.parts.append(Sign(spot, "check", "on-accent"))
        left = theme.px(LEFT)
        room = width - left - theme.px(PAD)
        color = "t3" if item.ticked else "t1"
        top += put_words(sheet, theme, (left, top, room), item.title, color=color)
        for line in () if item.private and self.look.discreet else item.lines:
            top += put_words(sheet, theme, (left, top, room), line, "caption", "t2")
        sheet.height = top + theme.px(7) + theme.hairline
        return sheet
