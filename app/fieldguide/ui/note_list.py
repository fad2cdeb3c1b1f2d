"""The list of notes: record, first line with its kind, who it is for, and when it changed."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldguide.domain.notes import Line, NoteCard, NoteHit, parse_lines
from fieldguide.ui.desk import Place
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.lists import Item, ItemDelegate, ItemList, Sheet, Sign, Words
from fieldguide.ui.text import text_width

PAD: Final = 24
RIGHT: Final = 132


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note as the list shows it; a note in the trash opens nothing."""

    hit: NoteHit
    trashed: bool = False
    heading: bool = False

    @property
    def card(self) -> NoteCard:
        """The note itself."""
        return self.hit.note

    @property
    def line(self) -> Line:
        """The line that is shown, without its mark."""
        return parse_lines(self.hit.snippet)[0]

    @property
    def title(self) -> str:
        """The record, or that there is none."""
        return self.title_of(self.card)

    @staticmethod
    def title_of(card: NoteCard) -> str:
        """What a note is called in a sentence."""
        return card.title or QCoreApplication.translate("NoteList", "Unfiled note")

    @property
    def place(self) -> Place | None:
        """The note, to be read and written."""
        return None if self.trashed else Place("note", self.card.about, self.card.id)

    @property
    def copies(self) -> str:
        """The line that is shown."""
        return self.hit.snippet

    @property
    def state(self) -> str:
        """What is unusual about it; mostly nothing."""
        if self.card.versions > 1:
            text = QCoreApplication.translate("NoteList", "{number} versions")
            return text.format(number=self.card.versions)
        return ""

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        kind, reader = kind_mark(self.line.kind).word, visibility_mark(self.card.visibility).word
        when = f"{self.card.changed:%Y-%m-%d %H:%M}"
        said = (self.title, self.state, kind, self.line.text, reader, when)
        return "; ".join(part for part in said if part)


class NoteDelegate(ItemDelegate):
    """Two lines: the record and the time, what was written and who it is for."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of one note."""
        assert isinstance(item, NoteRow)
        theme = self.look.theme
        pad, right = theme.px(PAD), min(theme.px(RIGHT), width // 3)
        high, line = theme.line("body", hanzi=True), theme.line("note", hanzi=True)
        top: float = theme.px(7)
        room = width - 2 * pad - right
        sheet = Sheet(height=top + high + line + theme.px(8))
        wide = min(room, text_width(item.title, theme, weight=600) + 1)
        sheet.parts.append(Words(QRectF(pad, top, wide, high), item.title, weight=600))
        if item.state:
            left = pad + wide + theme.px(10)
            rest = QRectF(left, top, max(0, pad + room - left), high)
            sheet.parts.append(Words(rest, item.state, "caption", "warning", 600))
        when = f"{item.card.changed:%d %b %Y, %H:%M}".lstrip("0")
        self._put_right(sheet, width, top, high, Words(QRectF(), when, "caption", "t3"))
        top += high
        self._put_line(sheet, item, QRectF(pad, top, room, line))
        mark = visibility_mark(item.card.visibility)
        words = Words(QRectF(), mark.word, "caption", mark.color, 600)
        left = self._put_right(sheet, width, top, line, words)
        side = theme.px(14)
        spot = QRectF(left - theme.px(19), top + (line - side) / 2, side, side)
        sheet.parts.append(Sign(spot, mark.icon, mark.color))
        return sheet

    def _put_line(self, sheet: Sheet, item: NoteRow, rect: QRectF) -> None:
        theme = self.look.theme
        line, mark = item.line, kind_mark(item.line.kind)
        left = rect.left()
        if mark.word:
            side = theme.px(14)
            spot = QRectF(left, rect.top() + (rect.height() - side) / 2, side, side)
            sheet.parts.append(Sign(spot, mark.icon, mark.color))
            left += theme.px(20)
            wide = text_width(mark.word, theme, weight=600) + 1
            word = QRectF(left, rect.top(), wide, rect.height())
            sheet.parts.append(Words(word, mark.word, "body", mark.color, 600))
            left += wide + theme.px(8)
        said = f"{line.speaker}: {line.text}" if line.speaker else line.text
        text = said or QCoreApplication.translate("NoteList", "(empty)")
        rest = QRectF(left, rect.top(), max(0, rect.right() - left), rect.height())
        sheet.parts.append(Words(rest, text, "note", "t1" if said else "t3"))

    def _put_right(self, sheet: Sheet, width: int, top: float, high: float, words: Words) -> float:
        theme = self.look.theme
        wide = text_width(words.text, theme, words.role, weight=words.weight) + 1
        left = width - theme.px(PAD) - wide
        rect = QRectF(left, top, wide, high)
        sheet.parts.append(Words(rect, words.text, words.role, words.color, words.weight))
        return left


class NoteList(ItemList):
    """Arrows move, Enter opens, Delete puts into the trash; in the trash Enter takes out."""

    removed = Signal(object)
    """A NoteCard to put into the trash."""
    restored = Signal(object)
    """A NoteCard to take out of it."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws notes."""
        return NoteDelegate(self.look, self)

    def current(self) -> NoteRow | None:
        """The row the keys act on."""
        index = self.currentIndex()
        row = self.items.item(index.row()) if index.isValid() else None
        return row if isinstance(row, NoteRow) else None

    def act(self) -> None:
        """Put the current note into the trash, or take it out."""
        row = self.current()
        if row is not None:
            (self.restored if row.trashed else self.removed).emit(row.card)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the trash, beside those of every list."""
        row = self.current()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if row is not None and (enter if row.trashed else event.key() == Qt.Key.Key_Delete):
            self.act()
        else:
            super().keyPressEvent(event)
