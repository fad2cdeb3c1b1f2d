"""The list of people: the family name underlined, what they do, and whose they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldguide.domain.people import PersonName, Role, Script, one_line
from fieldguide.services.roster import Somebody
from fieldguide.ui.desk import Place
from fieldguide.ui.lists import Index, Item, ItemDelegate
from fieldguide.ui.paged import PagedList
from fieldguide.ui.sheet import Box, Sheet, Sign, Words
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

PAD: Final = 24
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as the list shows them."""

    somebody: Somebody
    heading: bool = False

    @property
    def called(self) -> PersonName:
        """The name in Latin letters, else what there is."""
        person = self.somebody.person
        shown = person.name(Script.LATIN, Script.PINYIN, Script.HANZI, Script.OTHER)
        return shown or PersonName(person.title or self.nameless())

    @staticmethod
    def nameless() -> str:
        """What somebody is called of whom nothing is known."""
        return QCoreApplication.translate("PersonList", "(no name)")

    @property
    def hanzi(self) -> str:
        """The name in hanzi, beside another one."""
        hanzi = self.somebody.person.hanzi
        return "" if hanzi == self.called.text else hanzi

    @property
    def work(self) -> str:
        """What they do, and where."""
        role = self.somebody.person.role or Role()
        return one_line(
            (role.title or role.title_zh, role.organisation or role.organisation_zh), " · "
        )

    @property
    def owner(self) -> str:
        """Whose entry it is, in a word."""
        if self.somebody.me:
            return QCoreApplication.translate("PersonList", "me")
        if self.somebody.mine:
            return QCoreApplication.translate("PersonList", "Mine")
        return QCoreApplication.translate("PersonList", "guide")

    @property
    def place(self) -> Place:
        """The same page with this person beside the list."""
        return Place("people", self.somebody.ref, self.somebody.id)

    @property
    def copies(self) -> str:
        """The name as it is said to others."""
        return one_line((self.called.text, self.hanzi), " ")

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        return one_line((self.copies, self.work, self.owner), "; ")


def rows_of(read: Mapping[int, Somebody]) -> dict[int, PersonRow]:
    """What was read of a list, as its rows."""
    return {number: PersonRow(somebody) for number, somebody in read.items()}


def put_name(
    sheet: Sheet, theme: Theme, place: tuple[float, float, float], name: PersonName, role: str
) -> float:
    """Add a name at (left, top, room) with a line under the family's part; returns its width."""
    left, top, room = place
    high = theme.line("body", hanzi=True)
    wide = min(room, text_width(name.text, theme, role, weight=600) + 1)
    sheet.parts.append(Words(QRectF(left, top, wide, high), name.text, role, weight=600))
    if name.family and name.family in name.text:
        before = name.text.partition(name.family)[0]
        start = left + text_width(before, theme, role, weight=600)
        end = min(start + text_width(name.family, theme, role, weight=600), left + wide)
        line = QRectF(start, top + high - theme.px(2), max(0, end - start), theme.px(1.5))
        sheet.parts.append(Box(line, "accent"))
    return wide


class PersonDelegate(ItemDelegate):
    """Two lines: the name in both scripts, what they do; at the right whose they are."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of one person."""
        theme = self.look.theme
        pad, top = theme.px(PAD), theme.px(7)
        high, line = theme.line("body", hanzi=True), theme.line("note", hanzi=True)
        sheet = Sheet(height=top + high + line + theme.px(8))
        if not isinstance(item, PersonRow):
            rect = QRectF(pad, top, width - 2 * pad, high)
            sheet.parts.append(Words(rect, item.speech, "body", "t3"))
            return sheet
        color = "t1" if item.somebody.mine else "t3"
        wide = text_width(item.owner, theme, "caption") + 1
        right = width - pad - wide
        sheet.parts.append(Words(QRectF(right, top, wide, high), item.owner, "caption", color))
        if item.somebody.mine:
            right -= theme.px(19)
            side = theme.px(14)
            spot = QRectF(right, top + (high - side) / 2, side, side)
            sheet.parts.append(Sign(spot, "lock", color))
        room = max(theme.px(40), right - theme.px(8) - pad)
        used = put_name(sheet, theme, (pad, top, room), item.called, "body")
        left = pad + used + theme.px(8)
        if item.hanzi and left < pad + room:
            rest = QRectF(left, top, pad + room - left, high)
            sheet.parts.append(Words(rest, item.hanzi))
        second = QRectF(pad, top + high, width - 2 * pad, line)
        sheet.parts.append(Words(second, item.work, "note", "t2"))
        return sheet


class PersonList(PagedList):
    """Arrows move and show who that is; Enter mends one's own, Delete puts them away."""

    removed = Signal()
    edited = Signal(object)
    """One's own Somebody is to be mended."""
    turned = Signal(object)
    """The Somebody that the keys are on now."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws people."""
        return PersonDelegate(self.look, self)

    def current(self) -> Somebody | None:
        """Who the keys are on."""
        index = self.currentIndex()
        row = self.items.item(index.row()) if index.isValid() else None
        return row.somebody if isinstance(row, PersonRow) else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Say who the keys are on now."""
        super().currentChanged(current, previous)
        self.tell()

    def tell(self) -> None:
        """Say who the keys are on, once that is read."""
        somebody = self.current()
        if somebody is not None:
            self.turned.emit(somebody)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete removes, Enter mends; all else as in every list."""
        somebody = self.current()
        if event.key() == Qt.Key.Key_Delete and somebody is not None:
            self.removed.emit()
        elif event.key() in _ENTER and somebody is not None and somebody.mine:
            self.edited.emit(somebody)
        else:
            super().keyPressEvent(event)
