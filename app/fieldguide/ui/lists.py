"""Lists whose rows are laid out once into a sheet, for their height and for paint."""

from collections.abc import Iterable, Sequence
from typing import ClassVar, Final, Protocol

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    QStringListModel,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from fieldguide.ui.desk import Look, Place
from fieldguide.ui.sheet import Sheet, Sign, draw_part
from fieldguide.ui.sight import bring
from fieldguide.ui.theme import Theme

Index = QModelIndex | QPersistentModelIndex
CHOOSING: Final = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
_SELECTED: Final[int] = QStyle.StateFlag.State_Selected.value
_UNDER_POINTER: Final[int] = QStyle.StateFlag.State_MouseOver.value
_FOCUSED: Final[int] = QStyle.StateFlag.State_HasFocus.value
FRAME_MS: Final = 16
"""Until what was painted is on the screen."""


class Item(Protocol):
    """One row of such a list."""

    @property
    def place(self) -> Place | None:
        """What Enter and a click open."""

    @property
    def copies(self) -> str:
        """What the copy key takes; empty when there is nothing worth it."""

    @property
    def speech(self) -> str:
        """The row for those who do not see it."""

    @property
    def heading(self) -> bool:
        """Whether it only names what follows."""


class ItemModel(QStringListModel):
    """The items and nothing else. Qt itself counts the rows: laying out asks for that all along,
    and an answer from here would cost more than all the rest."""

    ItemRole: ClassVar[int] = Qt.ItemDataRole.UserRole

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._items: list[Item] = []

    def show(self, items: Sequence[Item]) -> None:
        """Show these instead."""
        self._items = list(items)
        self._count(len(items))

    def extend(self, items: Sequence[Item]) -> None:
        """Show these too, below the others."""
        self._items += items
        self.insertRows(self.rowCount(), len(items))

    def put(self, row: int, item: Item) -> None:
        """Show another item in a row."""
        self._items[row] = item
        self.dataChanged.emit(self.index(row), self.index(row))

    def item(self, row: int) -> Item:
        """The item of a row."""
        return self._items[row]

    def _count(self, rows: int) -> None:
        self.setStringList([""] * rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The item itself, or its words."""
        if not index.isValid():
            return None
        item = self.item(index.row())
        if role == self.ItemRole:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return item.speech
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings are passed over by the arrow keys."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        plain = Qt.ItemFlag.ItemNeverHasChildren
        if self.item(index.row()).heading:
            return plain
        return plain | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class ItemDelegate(QStyledItemDelegate):
    """Draws the sheet of an item; the sheets of one width and theme are kept."""

    def __init__(self, look: Look, view: "ItemList") -> None:
        super().__init__(view)
        self.look, self._view = look, view
        self._sheets: dict[int, Sheet] = {}
        self._laid_for: tuple[int, Theme] | None = None

    def lay_out(self, item: Item, width: int) -> Sheet:
        """What the row draws in this width; the only place where its measures are decided."""
        raise NotImplementedError

    def forget(self, rows: Iterable[int] | None = None) -> None:
        """The items or the theme have changed, or those of some rows."""
        if rows is None:
            self._sheets.clear()
        else:
            for row in rows:
                self._sheets.pop(row, None)

    def sheet(self, index: Index) -> Sheet:
        """The sheet of a row, laid out when it is first needed."""
        return self.sheet_of(index.row(), index.data(ItemModel.ItemRole))

    def sheet_of(self, row: int, item: Item) -> Sheet:
        """The same for an item that the model does not hold yet."""
        laid_for = (self._view.row_width(), self.look.theme)
        if laid_for != self._laid_for:
            self.forget()
            self._laid_for = laid_for
        found = self._sheets.get(row)
        if found is None:
            found = self._sheets[row] = self.lay_out(item, laid_for[0])
            found.heading, found.opens = item.heading, item.place is not None
        return found

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height that the sheet has."""
        return QSize(self._view.row_width(), round(self.sheet(index).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, what the sheet holds, and a hairline below."""
        theme = self.look.theme
        sheet = self.sheet(index)
        rect = QRectF(option.rect)
        # As a plain number: a flag of Qt takes its time, and each row asks several.
        state = option.state.value
        painter.save()
        if sheet.heading:
            painter.fillRect(rect, theme.color("sunken"))
        elif state & _SELECTED:
            theme.mark_selected(painter, rect)
        elif state & _UNDER_POINTER and sheet.opens:
            painter.fillRect(rect, theme.color("sunken"))
        if state & _FOCUSED and not state & _SELECTED:
            theme.mark_current(painter, rect)
        line = QRectF(rect.left(), rect.bottom() - theme.hairline, rect.width(), theme.hairline)
        painter.fillRect(line, theme.color("line"))
        painter.translate(rect.topLeft())
        for part in sheet.parts:
            draw_part(painter, self.look, part)
        if sheet.offers and state & (_SELECTED | _UNDER_POINTER):
            for offer in sheet.offers:
                draw_part(painter, self.look, offer)
        painter.restore()


class ItemList(QListView):
    """A list of items: arrows move, Enter or a click opens, the copy key copies."""

    opened = Signal(object)
    """The Place of an item."""
    copied = Signal(str)
    """What was put on the clipboard."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self.look = look
        self.whole = False
        """Whether all rows are there at once, as where the list's height is that of its rows."""
        self._rest: Sequence[Item] = ()
        self._laid_width = 0
        self._pressed = -1
        self._discreet = look.discreet
        look.preferred.connect(self._veil)
        self.items = self.make_model()
        self.drawing = self.make_delegate()
        self.setItemDelegate(self.drawing)
        self.setModel(self.items)
        self.setAccessibleName(name)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)

    def make_model(self) -> ItemModel:
        """What holds the items."""
        return ItemModel(self)

    def make_delegate(self) -> ItemDelegate:
        """What lays out and draws the items."""
        raise NotImplementedError

    def show_items(self, items: Sequence[Item]) -> None:
        """Show these from the top."""
        self.drawing.forget()
        # What is seen first is laid out and painted first, the rest as soon as that is done.
        first = len(items) if self.whole else self._filling(items)
        self._rest = items[first:]
        self.items.show(items[:first])
        self.scrollToTop()
        if self.hasFocus():
            self._begin()

    def row_width(self) -> int:
        """Width of a row in pixels, whether the scroll bar shows or not."""
        theme = self.look.theme
        return max(1, self.width() - theme.px(10) - 2 * theme.focus_width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is there, then bring the rest."""
        super().paintEvent(event)
        if self._rest:
            QTimer.singleShot(FRAME_MS, self, self._show_rest)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rows have one width with and without the scroll bar, so that it changes nothing."""
        super().resizeEvent(event)
        if self.row_width() != self._laid_width:
            self._laid_width = self.row_width()
            self.scheduleDelayedItemsLayout()

    def set_theme(self, theme: Theme) -> None:
        """Lay out again."""
        self._laid_width = self.row_width()
        self.drawing.forget()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the copy key copies; all else moves."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
        elif index.isValid() and event.matches(QKeySequence.StandardKey.Copy):
            self._copy(index)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click begins."""
        super().mousePressEvent(event)
        self._pressed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens; on the copy sign it copies, with Shift or Ctrl it only chooses."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if event.modifiers() & CHOOSING or index.row() != self._pressed:
            return
        if self.items.item(index.row()).heading:
            return
        signs = [one for one in self.drawing.sheet(index).parts if isinstance(one, Sign)]
        if self.on_sign(event, index, [one for one in signs if one.copies]):
            self._copy(index)
        else:
            self._open(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer tells what can be pressed."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        opens = index.isValid() and self.items.item(index.row()).place is not None
        shape = Qt.CursorShape.PointingHandCursor if opens else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)

    def on_sign(self, event: QMouseEvent, index: QModelIndex, signs: Iterable[Sign]) -> bool:
        """Whether the pointer is on one of these signs of a row, or close by."""
        spot = event.position() - self.visualRect(index).topLeft()
        margin = self.look.theme.px(5)
        return any(
            sign.rect.adjusted(-margin, -margin, margin, margin).contains(spot) for sign in signs
        )

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show where the keys go: a row is chosen as soon as the list has them."""
        if not self.selectionModel().hasSelection():
            self._begin()
        super().focusInEvent(event)
        # Under a click nothing may move away.
        if event.reason() is not Qt.FocusReason.MouseFocusReason:
            self._follow(self.currentIndex())

    def scrollTo(
        self,
        index: Index,
        hint: QAbstractItemView.ScrollHint = QAbstractItemView.ScrollHint.EnsureVisible,
    ) -> None:
        """Where all rows are there at once, what scrolls is around the list."""
        super().scrollTo(index, hint)
        self._follow(index)

    def _veil(self) -> None:
        """The discreet view may have come or gone: what it hides has another height."""
        if self._discreet != self.look.discreet:
            self._discreet = self.look.discreet
            self.set_theme(self.look.theme)

    def _follow(self, index: Index) -> None:
        if self.whole and self.hasFocus() and index.isValid():
            row = QPersistentModelIndex(index)
            bring(self, lambda: self.visualRect(row))

    def _filling(self, items: Sequence[Item]) -> int:
        """How many rows fill the view."""
        height, room = 0.0, self.height()
        for row, item in enumerate(items):
            if height > room:
                return row
            height += self.drawing.sheet_of(row, item).height
        return len(items)

    def _show_rest(self) -> None:
        rest, self._rest = self._rest, ()
        if rest:
            self.items.extend(rest)

    def _begin(self) -> None:
        """Choose the first row that is not a heading; it needs no scrolling to."""
        items = range(self.items.rowCount())
        first = next((row for row in items if not self.items.item(row).heading), None)
        if first is not None:
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.items.index(first), how)
            self.scrollToTop()

    def _open(self, index: QModelIndex) -> None:
        place = self.items.item(index.row()).place
        if place is not None:
            self.opened.emit(place)

    def _copy(self, index: QModelIndex) -> None:
        text = self.items.item(index.row()).copies
        if text:
            QGuiApplication.clipboard().setText(text)
            self.copied.emit(text)
