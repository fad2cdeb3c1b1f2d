"""The table of two people: what one says at the left, what the other says at the right."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from fieldguide.ui.hidden import hidden_words
from fieldguide.ui.joining_rows import PRIVATE, JoinRow, Value
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Sheet, Sign, put_words
from fieldguide.ui.theme import Theme

LABELS = 112
PAD = 24


class JoinDelegate(ItemDelegate):
    """A name, and both sides with their sources; a tick at the side that comes first."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the values of both sides below each other."""
        assert isinstance(item, JoinRow)
        theme = self.look.theme
        sheet = Sheet()
        top, pad = theme.px(7), theme.px(PAD)
        room = theme.px(LABELS)
        used = put_words(sheet, theme, (pad, top, room), item.name, "note", "t3")
        left, wide = self.columns(theme, width)
        high = used
        for place, (side, first) in enumerate(
            ((item.left, not item.turned), (item.right, item.turned))
        ):
            begin = left + place * wide
            if item.asks and first:
                spot = QRectF(begin, top + theme.px(2), theme.px(16), theme.px(16))
                sheet.parts.append(Sign(spot, "check", "accent"))
            inner = begin + theme.px(24), top, wide - theme.px(24 + 12)
            high = max(high, self._side(sheet, item, side, inner))
        sheet.height = top + high + theme.px(7) + theme.hairline
        return sheet

    @staticmethod
    def columns(theme: Theme, width: int) -> tuple[float, float]:
        """Where the two sides begin, and how wide each is."""
        left = theme.px(PAD + LABELS + 12)
        return left, (width - left) / 2

    def _side(
        self, sheet: Sheet, item: JoinRow, side: tuple[Value, ...], place: tuple[float, int, float]
    ) -> float:
        """Draw the values of one side; returns their height."""
        theme = self.look.theme
        left, top, room = place
        used = 0.0
        tone = "t2" if item.alike else "t1"
        if side and self.look.discreet and item.field in PRIVATE:
            side = ((hidden_words(), ""),)
        for text, source in side:
            weight = 600 if item.heading else None
            spot = (left, top + used, room)
            used += put_words(sheet, theme, spot, text, "body", tone, weight=weight)
            if source:
                used += put_words(sheet, theme, (left, top + used, room), source, "caption", "t3")
        return used


class JoinList(ItemList):
    """Left and Right say which side comes first in a row, and so does a click on it."""

    turned = Signal(str, bool)
    """The field of a row, and whether the right side comes first."""
    joined = Signal()

    def make_delegate(self) -> ItemDelegate:
        """The one that draws both sides."""
        return JoinDelegate(self.look, self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter joins wherever the keys are."""
        row = self._row()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            # A key that is held would join the pairs after this one unseen.
            if not event.isAutoRepeat():
                self.joined.emit()
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if row is not None and row.asks:
                self.turned.emit(row.field, event.key() == Qt.Key.Key_Right)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The side that is clicked comes first."""
        super().mouseReleaseEvent(event)
        row = self._row()
        left, wide = JoinDelegate.columns(self.look.theme, self.row_width())
        across = event.position().x() - left
        if row is not None and row.asks and across >= 0:
            self.turned.emit(row.field, across >= wide)

    def _row(self) -> JoinRow | None:
        index = self.currentIndex()
        item = self.items.item(index.row()) if index.isValid() else None
        return item if isinstance(item, JoinRow) else None
