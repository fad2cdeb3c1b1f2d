"""The visits of a day as cards below each other, with the way from one to the next between."""

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QModelIndex, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.maps import style
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.discs import draw_disc
from fieldguide.ui.dragging import MEETING, drag_card
from fieldguide.ui.lists import Index, Item, ItemDelegate, ItemList, ItemModel
from fieldguide.ui.sheet import Sheet, Sign, draw_part, put_words
from fieldguide.ui.slots import Line, fit_height
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

PAD, RADIUS, GAP = 9, 10, 6
_DASH: Final = [4.0, 3.0]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a card, or with ``kind`` "leg" the way to the next one."""

    visit: Visit | None
    title: str
    day: int
    kind: Literal["visit", "leg"] = "visit"
    number: int = 0
    time: str = ""
    home: str = ""
    hanzi: str = ""
    lines: tuple[Line, ...] = ()
    own: bool = False
    """Whether one put it there oneself: its edge is dashed."""
    place: Place | None = None

    @property
    def copies(self) -> str:
        """The copy key takes the hanzi."""
        return self.hanzi

    @property
    def heading(self) -> bool:
        """The way between two visits is passed over."""
        return self.kind == "leg"

    @property
    def speech(self) -> str:
        """Everything the card shows, in the order of reading."""
        number = str(self.number) if self.number else ""
        said = (number, self.time, self.home, self.title, self.hanzi)
        return "; ".join(word for word in (*said, *(line.text for line in self.lines)) if word)


class DayList(ItemList):
    """One day: arrows move within it and ask for the day beside it."""

    turned = Signal(int)
    """The keys go a day on (1) or back (-1)."""
    entered = Signal()
    """The keys have come here."""
    asked = Signal(object)
    """What can be done to the marked card is asked for, at a QPoint of the screen."""
    shifted = Signal(int, int)
    """The marked card is to go so many days on and so many half hours later."""
    left = Signal(int)
    """The keys go beyond the last card (1) or before the first (-1)."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.whole = True
        self._grip = QPoint()
        self._rows: list[VisitRow] = []
        self.setProperty("kind", "cards")
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def make_delegate(self) -> ItemDelegate:
        """The one that draws cards."""
        return CardDelegate(self.look, self)

    def row_width(self) -> int:
        """The cards have rings of their own, the list has none."""
        return max(1, self.width())

    def show_rows(self, rows: list[VisitRow]) -> None:
        """Show these; a card that was chosen stays so."""
        if rows == self._rows:
            return
        self._rows = rows
        before = self.chosen()
        self.show_items(rows)
        self.fit()
        if before is not None and before.visit is not None:
            self.choose(before.visit.ref)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may break lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def fit(self) -> None:
        """Take the height of the cards."""
        fit_height(self)

    def chosen(self) -> VisitRow | None:
        """The card that is marked."""
        rows = self.selectionModel().selectedIndexes()
        item = self.items.item(rows[0].row()) if rows else None
        return item if isinstance(item, VisitRow) else None

    def choose(self, ref: Ref) -> bool:
        """Mark the card of a visit; whether it is here."""
        for row in range(self.items.rowCount()):
            item = self.items.item(row)
            if isinstance(item, VisitRow) and item.visit and item.visit.ref == ref:
                self.setCurrentIndex(self.items.index(row))
                return True
        return False

    def choose_end(self, step: int) -> None:
        """Mark the first card when coming from above, the last from below."""
        rows = [n for n in range(self.items.rowCount()) if not self.items.item(n).heading]
        if rows:
            self.setCurrentIndex(self.items.index(rows[0 if step > 0 else -1]))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right go to another day, up and down beyond the ends too."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if plain == Qt.KeyboardModifier.ControlModifier and key in (*steps, *ends):
            self.shifted.emit(steps.get(key, 0), ends.get(key, 0))
            return
        if plain == Qt.KeyboardModifier.NoModifier and key in steps:
            self.turned.emit(steps[key])
            return
        if plain == Qt.KeyboardModifier.NoModifier and Qt.Key.Key_A <= key <= Qt.Key.Key_Z:
            # Letters are deeds of the page: nothing is looked up by its first letters here.
            event.ignore()
            return
        before = self.currentIndex()
        super().keyPressEvent(event)
        if key in ends and plain == Qt.KeyboardModifier.NoModifier:
            self._at_end(before, ends[key])

    def _at_end(self, before: QModelIndex, step: int) -> None:
        if self.currentIndex() == before:
            self.left.emit(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take a card of one's own along to another hour or day."""
        super().mouseMoveEvent(event)
        row = self.chosen()
        if not event.buttons() & Qt.MouseButton.LeftButton or row is None or row.visit is None:
            return
        far = (event.position().toPoint() - self._grip).manhattanLength()
        if row.own and far >= QApplication.startDragDistance():
            drag_card(self, self.look.theme, MEETING, str(row.visit.ref), row.title)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Of the card under the pointer, or by key of the one that is marked."""
        by_mouse = event.reason() is QContextMenuEvent.Reason.Mouse
        index = self.indexAt(event.pos()) if by_mouse else self.currentIndex()
        if index.isValid() and not self.items.item(index.row()).heading:
            self.setFocus()
            self.setCurrentIndex(index)
            spot = event.pos() if by_mouse else self.visualRect(index).center()
            self.asked.emit(self.mapToGlobal(spot))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the card is held."""
        self._grip = event.position().toPoint()
        super().mousePressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the board, which marks one card at a time."""
        self.entered.emit()
        super().focusInEvent(event)


class CardDelegate(ItemDelegate):
    """Lays out a card or the way between two."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Hours and disc on the first line, then the names, then what is known."""
        assert isinstance(item, VisitRow)
        sheet = Sheet()
        theme = self.look.theme
        if item.kind == "leg":
            left, down = float(theme.px(26)), float(theme.px(4))
            for line in item.lines:
                down += self._line(sheet, line, left, down, width - left - theme.px(2))
            sheet.height = max(down + theme.px(4), theme.px(GAP))
            return sheet
        pad = theme.px(PAD)
        left, room = float(pad), float(width - 2 * pad)
        top: float = theme.px(7)
        top += self._hours(sheet, item, left, top, room)
        top += put_words(sheet, theme, (left, top, room), item.title, weight=600)
        if item.hanzi:
            top += put_words(sheet, theme, (left, top, room), item.hanzi)
        for line in item.lines:
            top += self._line(sheet, line, left, top, room)
        sheet.height = top + theme.px(7)
        return sheet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The way, or the card with its ground, edge and disc, then what the sheet holds."""
        item, sheet = index.data(ItemModel.ItemRole), self.sheet(index)
        rect = QRectF(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if item.kind == "leg":
            self._way(painter, item.day, rect)
            painter.translate(rect.topLeft())
        else:
            self._card(painter, item, rect, option.state)
            painter.translate(rect.topLeft())
            if item.number:
                self._disc(painter, item, rect.width())
        for part in sheet.parts:
            draw_part(painter, self.look, part)
        painter.restore()

    def _card(
        self, painter: QPainter, item: VisitRow, rect: QRectF, state: QStyle.StateFlag
    ) -> None:
        theme = self.look.theme
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        under = bool(state & QStyle.StateFlag.State_MouseOver)
        width = theme.focus_width if chosen and focused else theme.hairline
        color = "accent" if chosen else "line2" if item.own or theme.contrast else "line"
        pen = QPen(theme.color(color), width)
        if item.own and not (chosen and focused):
            pen.setDashPattern(_DASH)
        painter.setPen(pen)
        ground = "accent-weak" if chosen else "sunken" if under else "surface"
        painter.setBrush(theme.color(ground))
        half = width / 2
        painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), theme.px(8), theme.px(8))

    def _disc(self, painter: QPainter, item: VisitRow, width: float) -> None:
        theme = self.look.theme
        radius = theme.px(RADIUS)
        centre = QPointF(width - theme.px(PAD) - radius, theme.px(7) + radius)
        draw_disc(painter, theme, centre, radius, item.day, str(item.number))

    def _way(self, painter: QPainter, day: int, rect: QRectF) -> None:
        theme = self.look.theme
        width = style.ROUTE * theme.scale
        pen = QPen(theme.color(style.day_color(day)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash := style.day_dash(day):
            pen.setDashPattern([part * theme.scale / width for part in dash])
        painter.setPen(pen)
        x = rect.left() + theme.px(16)
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom() + 1))

    def _hours(self, sheet: Sheet, item: VisitRow, left: float, top: float, room: float) -> float:
        theme = self.look.theme
        free = room - theme.px(2 * RADIUS + 4)
        wide = text_width(item.time, theme, "note", weight=600)
        height = put_words(sheet, theme, (left, top, free), item.time, "note", weight=600)
        gap = theme.px(6)
        home = text_width(item.home, theme, "caption")
        if not item.home:
            return height
        if wide + gap + home <= free:
            spot = (left + wide + gap, top + theme.px(2), home + 1)
            put_words(sheet, theme, spot, item.home, "caption", "t3")
            return height
        spot = (left, top + height, free)
        return height + put_words(sheet, theme, spot, item.home, "caption", "t3")

    def _line(self, sheet: Sheet, line: Line, left: float, top: float, room: float) -> float:
        theme: Theme = self.look.theme
        if line.icon:
            size = theme.px(13)
            height = theme.line(line.role, hanzi=True)
            spot = QRectF(left, top + (height - size) / 2, size, size)
            sheet.parts.append(Sign(spot, line.icon, line.tone))
            left, room = left + theme.px(18), room - theme.px(18)
        return put_words(sheet, theme, (left, top, room), line.text, line.role, line.tone)
