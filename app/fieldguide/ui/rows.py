"""Rows that lead somewhere: a name in both scripts, a line below it, a word at the right."""

from dataclasses import dataclass, replace

from PySide6.QtCore import QRectF

from fieldguide.ui.desk import Place
from fieldguide.ui.hidden import hidden_words
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width

PAD = 8


@dataclass(frozen=True, slots=True)
class Row:
    """One row: ``mark`` or ``sign``, names; at the right ``icon`` and ``side`` in ``tone``."""

    title: str
    hanzi: str = ""
    lines: tuple[str, ...] = ()
    side: str = ""
    icon: str = ""
    tone: str = "t3"
    mark: str = ""
    sign: str = ""
    strong: bool = True
    place: Place | None = None
    copies: str = ""
    heading: bool = False
    private: bool = False
    """Whether the discreet view hides the title and the lines: an opinion, somebody's words."""

    @property
    def speech(self) -> str:
        """Everything the row shows, in the order of reading."""
        said = (self.mark, self.title, self.hanzi, *self.lines, self.side)
        return "; ".join(part for part in said if part)


class RowList(ItemList):
    """Rows under headings."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws rows."""
        return RowDelegate(self.look, self)


class RowDelegate(ItemDelegate):
    """Lays out one row."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """The name and the word at the right on the first line, the others below."""
        assert isinstance(item, Row)
        if item.private and self.look.discreet:
            item = replace(item, title=hidden_words(), hanzi="", lines=(), copies="")
        theme = self.look.theme
        sheet = Sheet()
        pad = theme.px(PAD)
        if item.heading:
            self._heading(sheet, item, width)
            return sheet
        top: float = theme.px(7)
        left: float = pad
        if item.mark:
            rect = QRectF(left, top, theme.px(28), theme.line("body", hanzi=True))
            sheet.parts.append(Words(rect, item.mark, color="t3", weight=600))
            left += theme.px(30)
        if item.sign:
            spot = QRectF(left, top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, item.sign, "warning"))
            left += theme.px(22)
        room = width - pad - left - self._side(sheet, item, width, top)
        top += self._name(sheet, item, left, top, room)
        inner = width - pad - left - (theme.px(24) if item.copies else 0)
        end = (left, top - theme.px(20))
        for line in item.lines:
            used = put_words(sheet, theme, (left, top, inner), line, color="t2")
            wide = text_width(line, theme)
            if line == item.copies:
                end = (left + min(wide, inner), top)
            top += used
        if item.copies and end[0] > left:
            spot = QRectF(end[0] + theme.px(6), end[1] + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, "copy", "t2", copies=True))
        sheet.height = top + theme.px(7) + theme.hairline
        return sheet

    def _heading(self, sheet: Sheet, item: Row, width: int) -> None:
        theme = self.look.theme
        pad, height = theme.px(PAD), theme.px(30)
        wide = text_width(item.title, theme, "body", weight=600)
        rect = QRectF(pad, 0, min(width - 2 * pad, wide + 1), height)
        sheet.parts.append(Words(rect, item.title, "body", "t2", 600))
        if item.side:
            left = rect.right() + theme.px(12)
            side = QRectF(left, 0, width - pad - left, height)
            sheet.parts.append(Words(side, item.side, "caption", item.tone, right=True))
        sheet.height = height

    def _side(self, sheet: Sheet, item: Row, width: int, top: float) -> float:
        """Draw the word at the right; returns the width it takes with its gap."""
        theme = self.look.theme
        if not item.side:
            return 0
        line = theme.line("body", hanzi=True)
        wide = min(text_width(item.side, theme, "caption"), width * 0.45) + 1
        left = width - theme.px(PAD) - wide
        sheet.parts.append(Words(QRectF(left, top, wide, line), item.side, "caption", item.tone))
        if item.icon:
            left -= theme.px(19)
            spot = QRectF(left, top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, item.icon, item.tone))
        return width - theme.px(PAD) - left + theme.px(12)

    def _name(self, sheet: Sheet, item: Row, left: float, top: float, room: float) -> float:
        theme = self.look.theme
        weight = 600 if item.strong else None
        wide = text_width(item.title, theme, weight=weight)
        used = put_words(sheet, theme, (left, top, room), item.title, weight=weight)
        if not item.hanzi:
            return used
        gap, line = theme.px(8), theme.line("body", hanzi=True)
        hanzi = text_width(item.hanzi, theme)
        if wide + gap + hanzi <= room:
            rect = QRectF(left + wide + gap, top, hanzi + 1, line)
            sheet.parts.append(Words(rect, item.hanzi))
            return used
        return used + put_words(sheet, theme, (left, top + used, room), item.hanzi)
