"""Long lists: every row is counted and can be gone to, but only those near the eye are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar, Final

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QGuiApplication, QPaintEvent

from fieldguide.ui.desk import Look
from fieldguide.ui.lists import Item, ItemList, ItemModel

AROUND: Final = 60
"""Rows that are read before and after those that are seen."""
HELD: Final = 2_000
"""Rows that are held at most, the nearest ones."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A row that is not read yet, or is gone."""

    place: None = None
    copies: str = ""
    heading: bool = False
    speech: str = "…"


class PagedModel(ItemModel):
    """Rows in the order of their numbers, each with its item once that is read."""

    BLANK: ClassVar[Item] = Blank()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._order: Sequence[int] = ()
        self._held: dict[int, Item] = {}

    @property
    def order(self) -> Sequence[int]:
        """The numbers of all rows."""
        return self._order

    def show(self, items: Sequence[Item]) -> None:
        """Show these, which are all there are."""
        self.show_order(range(len(items)), dict(enumerate(items)))

    def show_order(self, order: Sequence[int], held: Mapping[int, Item]) -> None:
        """Show rows by their numbers, with as many items as there are already."""
        self._order, self._held = order, dict(held)
        self._count(len(order))

    def fill(self, rows: range, read: Mapping[int, Item]) -> None:
        """Take the items of some rows; a row without one stays blank and is not asked again."""
        numbers = [self._order[row] for row in rows]
        self._held.update({number: read.get(number, self.BLANK) for number in numbers})
        if len(self._held) > HELD:
            near = self._order[max(0, rows.start - HELD // 2) : rows.stop + HELD // 2]
            self._held = {one: self._held[one] for one in near if one in self._held}
        self.dataChanged.emit(self.index(rows.start), self.index(rows.stop - 1))

    def lacking(self, rows: range) -> range:
        """From the first to the last of these rows that have no item."""
        lacking = [row for row in rows if self._order[row] not in self._held]
        return range(lacking[0], lacking[-1] + 1) if lacking else range(0)

    def item(self, row: int) -> Item:
        """The item of a row, or a blank."""
        return self._held.get(self._order[row], self.BLANK)


class PagedList(ItemList):
    """Rows of one height; asks for those that come into sight."""

    wanted = Signal(object)
    """A range of rows that are to be read; a newer one takes the place of it."""
    sought = Signal(str, object)
    """Letters that were typed, and the numbers of the rows in the order to look through."""

    items: PagedModel

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._asked = range(0)
        self._letters, self._typed_at = "", 0.0
        self.setUniformItemSizes(True)

    def make_model(self) -> ItemModel:
        """Rows by their numbers."""
        return PagedModel(self)

    def show_order(self, order: Sequence[int], held: Mapping[int, Item]) -> None:
        """Show rows by their numbers; the keys stay on the same one, else on the same place."""
        before = self.currentIndex().row()
        number = self.items.order[before] if before >= 0 else None
        self.drawing.forget()
        self._asked = range(0)
        self.items.show_order(order, held)
        self.scrollToTop()
        if not order:
            return
        found = order.index(number) if number in order else min(max(before, 0), len(order) - 1)
        self.setCurrentIndex(self.items.index(found))

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these, which are all there are."""
        self.show_order(range(len(items)), dict(enumerate(items)))

    def fill(self, rows: range, read: Mapping[int, Item]) -> None:
        """Show what was read of some rows, and tell who listens what the current one says now."""
        self._asked = range(0)
        self.drawing.forget(rows)
        self.items.fill(rows, read)
        if self.hasFocus() and self.currentIndex().row() in rows:
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(self.currentIndex().row())
            QAccessible.updateAccessibility(event)

    def go_to(self, number: int) -> None:
        """Put the keys on a row by its number, where it is still there."""
        if number in self.items.order:
            self.setCurrentIndex(self.items.index(self.items.order.index(number)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is there, then ask for what is not."""
        super().paintEvent(event)
        first = self.indexAt(QPoint(0, 0)).row()
        if first < 0:
            return
        last = self.indexAt(QPoint(0, self.viewport().height() - 1)).row()
        count = self.items.rowCount()
        seen = range(first, count if last < 0 else last + 1)
        lacking = self.items.lacking(seen)
        if lacking and not (lacking.start in self._asked and lacking[-1] in self._asked):
            around = range(max(0, seen.start - AROUND), min(count, seen.stop + AROUND))
            self._asked = self.items.lacking(around)
            self.wanted.emit(self._asked)

    def keyboardSearch(self, search: str) -> None:
        """Gather what is typed; the rows themselves need not be here to be looked through."""
        now = monotonic()
        pause = QGuiApplication.styleHints().keyboardInputInterval() / 1_000
        if now - self._typed_at > pause:
            self._letters = ""
        self._typed_at = now
        again = self._letters == search
        self._letters = search if again else self._letters + search
        order, row = self.items.order, max(0, self.currentIndex().row())
        # A letter alone, or once more, goes on from the row; a longer word may be this row still.
        start = row + 1 if len(self._letters) == 1 else row
        self.sought.emit(self._letters, (*order[start:], *order[:start]))
