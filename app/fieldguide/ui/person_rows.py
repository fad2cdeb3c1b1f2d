"""What is known of a person, row by row: what it is at the left, what it says beside it."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRectF

from fieldguide.domain.people import PersonName
from fieldguide.ui.lists import Item, ItemDelegate
from fieldguide.ui.person_list import put_name
from fieldguide.ui.rows import PAD, Row, RowDelegate, RowList
from fieldguide.ui.sheet import Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width

LABEL: Final = 120
"""Width of what a row is about."""


@dataclass(frozen=True, slots=True)
class Known(Row):
    """A row whose first line is said of its title; ``family`` is underlined in it."""

    strong: bool = False
    family: str = ""


class PersonRows(RowList):
    """Roles have a line of their own; all else stands beside what it is."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws both."""
        return KnownDelegate(self.look, self)


class KnownDelegate(RowDelegate):
    """Lays out one row."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """What it is and what it says, side by side; what is hidden or a heading as elsewhere."""
        hidden = isinstance(item, Row) and item.private and self.look.discreet
        if not isinstance(item, Known) or hidden:
            return super().lay_out(item, width)
        theme, sheet = self.look.theme, Sheet()
        pad, top, line = theme.px(PAD), theme.px(6), theme.line("body", hanzi=True)
        left = pad + min(theme.px(LABEL), width // 3)
        spot = QRectF(pad, top, left - pad - theme.px(8), line)
        sheet.parts.append(Words(spot, item.title, "body", "t2"))
        if item.lines:
            room = width - pad - left - self._side(sheet, item, width, top)
            high = self._value(sheet, item, (left, top, room))
        else:
            high = self._lacking(sheet, item, (left, top, width - pad - left))
        sheet.height = top + high + theme.px(6) + theme.hairline
        return sheet

    def _value(self, sheet: Sheet, item: Known, place: tuple[float, float, float]) -> float:
        theme = self.look.theme
        left, top, room = place
        sign = theme.px(22) if item.copies else 0
        text = item.lines[0]
        if item.family:
            wide = put_name(
                sheet, theme, (left, top, room - sign), PersonName(text, family=item.family), "body"
            )
            high = float(theme.line("body", hanzi=True))
        else:
            high = put_words(sheet, theme, (left, top, room - sign), text)
            wide = min(text_width(text, theme), room - sign)
        if item.copies:
            spot = QRectF(left + wide + theme.px(6), top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, "copy", "t2", copies=True))
        return high

    def _lacking(self, sheet: Sheet, item: Known, place: tuple[float, float, float]) -> float:
        """What is not known, and what to do about it."""
        theme = self.look.theme
        left, top, room = place
        line = theme.line("body", hanzi=True)
        if item.icon:
            spot = QRectF(left, top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, item.icon, item.tone))
        rect = QRectF(left + theme.px(19), top, room - theme.px(19), line)
        sheet.parts.append(Words(rect, item.side, "body", item.tone))
        return line
