"""The list of facts: label, value with what qualifies it, as-of, source; two lines when narrow."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu

from fieldguide.ui.desk import Look
from fieldguide.ui.fact_rows import FactItem
from fieldguide.ui.lists import CHOOSING, Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Box, Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

LABEL, AS_OF, SOURCE, GAP, PAD = 142, 112, 180, 8, 8
OFFER, OFFER_ROOM = 14, 11
"""The sign that offers to check a fact, and what it takes of the row beside its gap."""
NARROW: Final = 600
"""Width at 100 % under which a row takes two lines."""
LETTERS: Final = {"H": "ok", "M": "info", "L": "warning", "U": "danger", "R": "t2"}
_FILLS: Final = {"H": "ok-weak", "M": "info-weak", "L": "warning-weak", "U": "danger-weak"}
_SHORT_DOUBT_LINES: Final = 2


class FactList(ItemList):
    """Facts in groups; a ``brief`` list keeps to what is read at a glance. Enter opens a source.

    R says that a fact is still right, W that it is wrong now, Delete takes one's check back; the
    sign of a row and its menu offer the same.
    """

    acted = Signal(object, str)
    """A FactItem and one of right, wrong, back, export."""

    _KEYS: Final = {Qt.Key.Key_R: "right", Qt.Key.Key_W: "wrong", Qt.Key.Key_Delete: "back"}

    def __init__(self, look: Look, name: str, *, brief: bool = False) -> None:
        self._brief = brief
        super().__init__(look, name)
        # What somebody found is hidden in the discreet view, which makes other heights.
        look.preferred.connect(lambda _: self.set_theme(look.theme))
        self.setAccessibleDescription(self.tr("R: still right, W: wrong now, Delete: take it back"))

    def make_delegate(self) -> ItemDelegate:
        """The one that draws facts."""
        return FactDelegate(self.look, self, brief=self._brief)

    def update_items(self, items: Sequence[FactItem]) -> None:
        """Show the same facts with other checks; the current row and the scroll stay."""
        row, scrolled = self.currentIndex().row(), self.verticalScrollBar().value()
        self.show_items(items)
        self._show_rest()
        if 0 <= row < self.items.rowCount():
            how = self.selectionModel().SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(self.items.index(row), how)
        self.verticalScrollBar().setValue(scrolled)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a check, beside those of every list."""
        act = self._KEYS.get(Qt.Key(event.key()))
        if act is None or event.modifiers():
            super().keyPressEvent(event)
        elif self._offers(self.currentIndex(), act):
            self._act(act)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on the sign of a row opens its menu."""
        index = self.indexAt(event.position().toPoint())
        plain = event.button() == Qt.MouseButton.LeftButton and not event.modifiers() & CHOOSING
        if plain and index.isValid():
            offers = self.drawing.sheet(index).offers
            if index == self.currentIndex() and self.on_sign(event, index, offers):
                self._offer(event.globalPosition().toPoint())
                return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the current one for the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            spot = self.visualRect(self.currentIndex()).bottomLeft()
            self._offer(self.viewport().mapToGlobal(spot))
        else:
            index = self.indexAt(event.pos())
            if index.isValid() and not self.items.item(index.row()).heading:
                self.setCurrentIndex(index)
                self._offer(event.globalPos())

    def _offer(self, spot: QPoint) -> None:
        index = self.currentIndex()
        menu = QMenu(self)
        for act, words in (
            ("right", self.tr("Still right\tR")),
            ("wrong", self.tr("Wrong now…\tW")),
            ("back", self.tr("Take the check back\tDel")),
            ("export", self.tr("Write all checks to a file…")),
        ):
            if self._offers(index, act):
                menu.addAction(words).triggered.connect(lambda _, act=act: self._act(act))
        menu.aboutToHide.connect(menu.deleteLater)
        if menu.actions():
            menu.popup(spot)

    def _offers(self, index: QModelIndex, act: str) -> bool:
        item = self.items.item(index.row()) if index.isValid() else None
        if not isinstance(item, FactItem):
            return False
        if act == "export":
            return bool(item.made)
        return any(one.mine for one in item.made) if act == "back" else item.fact is not None

    def _act(self, act: str) -> None:
        self.acted.emit(self.items.item(self.currentIndex().row()), act)


class FactDelegate(ItemDelegate):
    """Lays out one fact."""

    def __init__(self, look: Look, view: ItemList, *, brief: bool) -> None:
        super().__init__(look, view)
        self._brief = brief

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Columns where there is room for them, else label and as-of over value and source."""
        assert isinstance(item, FactItem)
        theme = self.look.theme
        sheet = Sheet()
        if item.heading:
            rect = QRectF(theme.px(PAD), 0, width - theme.px(2 * PAD), theme.px(30))
            sheet.parts.append(Words(rect, item.label, "body", "t2", 600))
            sheet.height = theme.px(30)
        elif width / theme.scale < NARROW:
            self._two_lines(sheet, item, width)
        else:
            self._columns(sheet, item, width)
        return sheet

    def _columns(self, sheet: Sheet, item: FactItem, width: int) -> None:
        theme = self.look.theme
        top, left = theme.px(6), theme.px(PAD)
        indent = 0 if item.lead else theme.px(12)
        source_left = width - theme.px(SOURCE + PAD)
        as_of_left = source_left - theme.px(AS_OF + GAP)
        value_left = left + theme.px(LABEL + GAP)
        label_room = theme.px(LABEL) - indent
        used = put_words(sheet, theme, (left + indent, top, label_room), item.label, color="t2")
        bottom = top + used
        bare = not item.source and not item.as_of
        right = width - theme.px(PAD) if bare else as_of_left - theme.px(GAP)
        room = right - value_left - self._offer(sheet, item, right, top)
        bottom = max(bottom, self._value(sheet, item, value_left, top, room))
        bottom = max(bottom, self._as_of(sheet, item, as_of_left, top, theme.px(AS_OF)))
        if item.source:
            bottom = max(bottom, self._chip(sheet, item, source_left, top, theme.px(SOURCE)))
        sheet.height = max(bottom + theme.px(6) + theme.hairline, theme.px(33))

    def _two_lines(self, sheet: Sheet, item: FactItem, width: int) -> None:
        theme = self.look.theme
        left = theme.px(PAD)
        top: float = theme.px(7)
        inner = width - 2 * left
        as_of_room = min(inner // 2, self._as_of_width(item))
        as_of_left = width - left - as_of_room
        indent = 0 if item.lead else theme.px(12)
        label_room: float = as_of_left - left - indent - theme.px(GAP)
        label_room -= self._offer(sheet, item, as_of_left - theme.px(GAP), top)
        used = put_words(sheet, theme, (left + indent, top, label_room), item.label, color="t2")
        top = max(
            top + used, self._as_of(sheet, item, as_of_left, top, as_of_room)
        ) + theme.px(2)  # fmt: skip
        room: float = inner - indent
        bottom = top
        if item.source:
            chip = min(inner * 2 / 5, self._chip_width(item))
            bottom = self._chip(sheet, item, width - left - chip, top, chip)
            room -= chip + theme.px(GAP)
        bottom = max(bottom, self._value(sheet, item, left + indent, top, room))
        sheet.height = bottom + theme.px(7) + theme.hairline

    def _value(self, sheet: Sheet, item: FactItem, left: float, top: float, room: float) -> float:
        """The value with unit, hanzi and notes; below it the doubts. Returns the bottom."""
        theme = self.look.theme
        color = "t3" if item.struck else "t2" if item.earlier else "t1"
        used = text_width(item.value, theme, weight=600, strike=item.struck)
        height = put_words(
            sheet, theme, (left, top, room), item.value,
            color=color, weight=600, strike=item.struck,
        )  # fmt: skip
        line = theme.line("body", hanzi=True)
        end = left + (room if height > line else used)
        bottom = self._beside(sheet, item, (left, top + height, room), end)
        bottom = self._doubts(sheet, item, left, bottom, room)
        for check in () if self.look.discreet else item.checks:
            bottom = self._marked(sheet, (left, bottom, room), check.text, check.icon, check.color)
        return bottom

    def _offer(self, sheet: Sheet, item: FactItem, right: float, top: float) -> float:
        """The sign that offers to check the fact; the answer is what it takes of the value."""
        if item.fact is None and not item.made:
            return 0
        theme = self.look.theme
        size = theme.px(OFFER)
        rect = QRectF(right - theme.px(OFFER_ROOM), top + theme.px(3), size, size)
        sheet.offers.append(Sign(rect, "circle-check", "t2"))
        return theme.px(OFFER_ROOM)

    def _marked(
        self,
        sheet: Sheet,
        place: tuple[float, float, float],
        text: str,
        icon: str,
        color: str,
    ) -> float:
        """A small line with an icon; the answer is its bottom."""
        theme = self.look.theme
        left, top, room = place
        size, indent = theme.px(14), theme.px(18)
        sheet.parts.append(Sign(QRectF(left, top + theme.px(3), size, size), icon, color))
        spot = (left + indent, top, room - indent)
        return top + put_words(sheet, theme, spot, text, "caption", color) + theme.px(1)

    def _beside(
        self, sheet: Sheet, item: FactItem, place: tuple[float, float, float], end: float
    ) -> float:
        """Unit, hanzi and notes after the value where they fit, else below it."""
        theme = self.look.theme
        left, bottom, room = place
        line = theme.line("body", hanzi=True)
        right, row = left + room, bottom - line
        texts = [(item.unit, "t2"), (item.hanzi, "t1"), *((note, "t2") for note in item.notes)]
        if not self._brief:
            texts += [(detail, "t3") for detail in item.details]
        for text, tone in texts:
            if not text:
                continue
            gap, wide = theme.px(6), text_width(text, theme)
            sign = theme.px(22) if text == item.hanzi else 0
            if end + gap + wide + sign <= right:
                rect = QRectF(end + gap, row, wide + 1, line)
                sheet.parts.append(Words(rect, text, color=tone))
                end += gap + wide
            else:
                limit = room - sign
                spot = (left, bottom, limit)
                # A brief list cuts notes after one line; they stand whole in the full one.
                brief = self._brief and tone == "t2" and text != item.unit
                taken = (_one_line if brief else put_words)(sheet, theme, spot, text, color=tone)
                bottom += taken
                row = bottom - line
                end = left + (min(wide, limit) if taken <= line else limit)
            if sign:
                size = theme.px(14)
                copy = QRectF(end + theme.px(6), row + theme.px(3), size, size)
                sheet.parts.append(Sign(copy, "copy", "t2", copies=True))
                end += sign
        return bottom

    def _doubts(
        self, sheet: Sheet, item: FactItem, left: float, bottom: float, room: float
    ) -> float:
        theme = self.look.theme
        for doubt in item.doubts:
            text = doubt
            if self._brief:
                text = clipped(doubt, theme, room - theme.px(18), _SHORT_DOUBT_LINES)
            place = (left, bottom, room)
            bottom = self._marked(sheet, place, text, "triangle-alert", "warning")
        return bottom

    def _as_of_width(self, item: FactItem) -> int:
        theme = self.look.theme
        texts = (item.as_of, item.undated, item.stale)
        widest = max(text_width(text, theme) for text in texts)
        return int(widest) + (theme.px(19) if item.aged else 0) + 2

    def _as_of(self, sheet: Sheet, item: FactItem, left: float, top: float, room: float) -> float:
        theme = self.look.theme
        if not item.as_of:
            return top
        indent = 0
        if item.aged:
            indent = theme.px(19)
            spot = QRectF(left, top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, "clock-alert", "warning"))
        color = "warning" if item.aged else "t3" if item.undated else "t2"
        bottom = top + put_words(
            sheet, theme, (left + indent, top, room - indent), item.as_of, color=color
        )
        for text, tone in ((item.undated, "t3"), (item.stale, "warning")):
            if text:
                bottom += put_words(sheet, theme, (left, bottom, room), text, "caption", tone)
        return bottom

    def _chip_width(self, item: FactItem) -> int:
        theme = self.look.theme
        return int(text_width(item.source, theme, "caption")) + theme.px(38)

    def _chip(self, sheet: Sheet, item: FactItem, left: float, top: float, room: float) -> float:
        theme = self.look.theme
        height, letter = theme.px(20), theme.px(16)
        whole = self._chip_width(item) <= room
        text = item.source if whole else item.source_short
        wide = min(room, text_width(text, theme, "caption") + theme.px(38))
        sheet.parts.append(Box(QRectF(left, top, wide, height), edge="line"))
        inner = QRectF(left + theme.px(4), top + theme.px(2), letter, letter)
        fill = _FILLS.get(item.letter, "sunken")
        color = LETTERS.get(item.letter, "t2")
        sheet.parts.append(Box(inner, fill=fill))
        mark = text_width(item.letter, theme, "caption", weight=600)
        spot = QRectF(inner.left() + (letter - mark) / 2, top, mark + 1, height)
        sheet.parts.append(Words(spot, item.letter, "caption", color, 600))
        rest = QRectF(left + theme.px(26), top, wide - theme.px(32), height)
        sheet.parts.append(Words(rest, text, "caption", "t2"))
        return top + height


def _one_line(
    sheet: Sheet, theme: Theme, place: tuple[float, float, float], text: str, *, color: str
) -> float:
    left, top, room = place
    line = theme.line("body", hanzi=True)
    sheet.parts.append(Words(QRectF(left, top, room, line), text, color=color))
    return line


def clipped(text: str, theme: Theme, room: float, lines: int) -> str:
    """The start of a text that takes so many caption lines, cut after a word."""
    wide = text_width(text, theme, "caption")
    limit = room * (lines - 0.25)
    if wide <= limit:
        return text
    return text[: int(len(text) * limit / wide)].rsplit(" ", 1)[0].rstrip(",;:.") + " …"
