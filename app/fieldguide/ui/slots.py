"""Visits as rows: the hour here and at home, the numbered stop, the name in both scripts."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from fieldguide.maps import style
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.discs import draw_disc
from fieldguide.ui.lists import Index, Item, ItemDelegate, ItemList, ItemModel
from fieldguide.ui.sheet import Sheet, Sign, Words, draw_part, put_words
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

CLOCK, DISC, PAD, RADIUS = 52, 36, 16, 11


@dataclass(frozen=True, slots=True)
class Line:
    """One more line of a slot, with an icon before it where that helps."""

    text: str
    icon: str = ""
    tone: str = "t2"
    role: str = "caption"


@dataclass(frozen=True, slots=True)
class Slot:
    """A visit as a row; ``leg`` is the way to the next one, ``day`` a heading in its colour."""

    title: str
    day: int
    kind: Literal["stop", "leg", "day"] = "stop"
    number: int = 0
    time: str = ""
    home: str = ""
    hanzi: str = ""
    lines: tuple[Line, ...] = ()
    side: str = ""
    place: Place | None = None

    @property
    def copies(self) -> str:
        """The copy key takes the hanzi."""
        return self.hanzi

    @property
    def heading(self) -> bool:
        """Only a stop can be opened."""
        return self.kind != "stop"

    @property
    def speech(self) -> str:
        """Everything the row shows, in the order of reading."""
        number = str(self.number) if self.number else ""
        said = (number, self.time, self.home, self.title, self.hanzi)
        words = (*said, *(line.text for line in self.lines), self.side)
        return "; ".join(word for word in words if word)


class SlotList(ItemList):
    """The slots of a day; with ``clock`` the hours have a column and the list its whole height."""

    def __init__(self, look: Look, name: str, *, clock: bool) -> None:
        self.clock = clock
        super().__init__(look, name)
        self.whole = clock
        if clock:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def make_delegate(self) -> ItemDelegate:
        """The one that draws slots."""
        return SlotDelegate(self.look, self)

    def row_width(self) -> int:
        """A list in its whole height has no scroll bar."""
        if not self.clock:
            return super().row_width()
        return max(1, self.width() - 2 * self.look.theme.focus_width)

    def show_slots(self, slots: list[Slot]) -> None:
        """Show these; the height follows where the page scrolls instead of the list."""
        self.show_items(slots)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Lay out again."""
        super().set_theme(theme)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width may break lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        if self.clock:
            fit_height(self)


def fit_height(rows: ItemList) -> None:
    """Give a list its whole height, where the page scrolls instead of the list."""
    indexes = (rows.items.index(row) for row in range(rows.items.rowCount()))
    height = sum(round(rows.drawing.sheet(index).height) for index in indexes)
    rows.setFixedHeight(height + 2 * rows.look.theme.focus_width)


class SlotDelegate(ItemDelegate):
    """Lays out one slot, and draws its disc."""

    def __init__(self, look: Look, view: SlotList) -> None:
        super().__init__(look, view)
        self._clock = view.clock

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Hours, disc, name and lines from the left; what is said of it at the right."""
        assert isinstance(item, Slot)
        sheet = Sheet()
        if item.kind == "day":
            self._day(sheet, item, width)
            return sheet
        theme = self.look.theme
        if item.kind == "leg":
            left = self._disc_left() + theme.px(DISC)
            top = theme.px(6)
            room = width - left - theme.px(PAD)
            used = put_words(sheet, theme, (left, top, room), item.title, "caption", "t3")
            sheet.height = used + 2 * top
            return sheet
        top = theme.px(9 if self._clock else 7)
        left = self._disc_left() + theme.px(DISC)
        right: float = width - theme.px(PAD)
        if self._clock:
            self._hours(sheet, item, top)
            right -= self._side(sheet, item.side, "caption", "accent", right, top)
        else:
            right -= self._side(sheet, item.time, "body", "t1", right, top)
        below = top + self._name(sheet, item, left, top, right - left)
        room = width - theme.px(PAD) - left
        for line in item.lines:
            below += self._line(sheet, line, left, below, room)
        least = theme.px(RADIUS * 2) + top
        sheet.height = max(below, least) + top + theme.hairline
        return sheet

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground, the disc or the way, what the sheet holds, and a hairline between slots."""
        theme, item = self.look.theme, index.data(ItemModel.ItemRole)
        sheet, rect, state = self.sheet(index), QRectF(option.rect), option.state
        painter.save()
        if state & QStyle.StateFlag.State_Selected and not item.heading:
            focused = bool(state & QStyle.StateFlag.State_HasFocus)
            theme.mark_selected(painter, rect, focused=focused)
        if self._clock and index.row():
            painter.fillRect(
                QRectF(rect.left(), rect.top(), rect.width(), theme.hairline), theme.color("line")
            )
        painter.translate(rect.topLeft())
        middle = self._disc_left() + theme.px(RADIUS)
        if item.kind == "leg":
            self._way(painter, item.day, middle, sheet.height)
        elif item.number:
            top = theme.px(9 if self._clock else 7)
            centre = QPointF(middle, top + theme.px(RADIUS))
            draw_disc(painter, theme, centre, theme.px(RADIUS), item.day, str(item.number))
        for part in sheet.parts:
            draw_part(painter, self.look, part)
        painter.restore()

    def _disc_left(self) -> int:
        return self.look.theme.px(PAD + (CLOCK + 12 if self._clock else 0))

    def _way(self, painter: QPainter, day: int, x: float, height: float) -> None:
        theme = self.look.theme
        width = style.ROUTE * theme.scale
        pen = QPen(theme.color(style.day_color(day)), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        if dash := style.day_dash(day):
            pen.setDashPattern([part * theme.scale / width for part in dash])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, 0), QPointF(x, height))

    def _day(self, sheet: Sheet, item: Slot, width: int) -> None:
        theme = self.look.theme
        height = theme.px(34)
        rect = QRectF(theme.px(PAD), theme.px(4), width - 2 * theme.px(PAD), height)
        color = style.day_color(item.day) if item.day else "t1"
        sheet.parts.append(Words(rect, item.title, "body", color, 600))
        sheet.height = height + theme.px(4)

    def _hours(self, sheet: Sheet, item: Slot, top: float) -> None:
        theme = self.look.theme
        left, width = theme.px(PAD), theme.px(CLOCK)
        line = theme.line("note", hanzi=True)
        here = QRectF(left, top, width, line)
        sheet.parts.append(Words(here, item.time or "–", "note", "t1", 600))
        if item.home:
            home = QRectF(left, top + line, width, theme.line("caption"))
            sheet.parts.append(Words(home, item.home, "caption", "t3"))

    def _side(
        self, sheet: Sheet, text: str, role: str, color: str, right: float, top: float
    ) -> float:
        """Put a word at the right; returns the width that it takes with its gap."""
        if not text:
            return 0.0
        theme = self.look.theme
        wide = text_width(text, theme, role, weight=600) + 1
        rect = QRectF(right - wide, top, wide, theme.line("body", hanzi=True))
        sheet.parts.append(Words(rect, text, role, color, 600))
        return wide + theme.px(12)

    def _name(self, sheet: Sheet, item: Slot, left: float, top: float, room: float) -> float:
        """The name, the hanzi beside it or below; returns the height."""
        theme = self.look.theme
        line = theme.line("body", hanzi=True)
        used = put_words(sheet, theme, (left, top, room), item.title, weight=600)
        if not item.hanzi:
            return used
        wide, gap = text_width(item.title, theme, weight=600), theme.px(8)
        hanzi = text_width(item.hanzi, theme) + 1
        beside = wide + gap + hanzi + theme.px(24) <= room
        spot = (left + wide + gap, top) if beside else (left, top + used)
        put_words(sheet, theme, (*spot, hanzi if beside else room), item.hanzi)
        sign = QRectF(
            min(spot[0] + hanzi, left + room) + theme.px(5), spot[1] + theme.px(3),
            theme.px(14), theme.px(14),
        )  # fmt: skip
        sheet.parts.append(Sign(sign, "copy", "t3", copies=True))
        return used if beside else used + line

    def _line(self, sheet: Sheet, line: Line, left: float, top: float, room: float) -> float:
        theme = self.look.theme
        if line.icon:
            size = theme.px(13)
            height = theme.line(line.role, hanzi=True)
            spot = QRectF(left, top + (height - size) / 2, size, size)
            sheet.parts.append(Sign(spot, line.icon, line.tone))
            left, room = left + theme.px(18), room - theme.px(18)
        return put_words(sheet, theme, (left, top, room), line.text, line.role, line.tone)
