"""The list of notes: record, first line with its kind, who it is for, and when it changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from PySide6.QtCore import QCoreApplication, QItemSelection, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent

from fieldguide.domain.attachments import Stage
from fieldguide.domain.discretion import PRIVATE
from fieldguide.domain.notes import Line, NoteCard, parse_lines
from fieldguide.services.shelf import Entry, FileEntry
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.hidden import hidden_words
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.lists import Item, ItemDelegate
from fieldguide.ui.paged import PagedList
from fieldguide.ui.sheet import Sheet, Sign, Words
from fieldguide.ui.text import text_width

PAD: Final = 24
RIGHT: Final = 132


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note as the list shows it; a note in the trash opens nothing."""

    entry: Entry
    heading: bool = False

    @property
    def card(self) -> NoteCard:
        """The note itself."""
        return self.entry.note

    @property
    def trashed(self) -> bool:
        """Whether it lies in the trash."""
        return self.card.deleted

    @property
    def line(self) -> Line:
        """The line that is shown, without its mark."""
        return parse_lines(self.entry.snippet)[0]

    @property
    def title(self) -> str:
        """The record, or that there is none."""
        return self.card.title or self.untitled()

    @staticmethod
    def untitled() -> str:
        """What a note is called that hangs on no record."""
        return QCoreApplication.translate("NoteList", "Unfiled note")

    @property
    def place(self) -> Place | None:
        """The note, to be read and written."""
        return None if self.trashed else Place("note", self.card.about, self.card.id)

    @property
    def copies(self) -> str:
        """The line that is shown."""
        return self.entry.snippet

    @property
    def state(self) -> str:
        """What is unusual about it; mostly nothing."""
        if self.card.versions > 1:
            text = QCoreApplication.translate("NoteList", "{number} versions")
            return text.format(number=self.card.versions)
        return ""

    @property
    def when(self) -> str:
        """When it was changed, or the first day on which it may go for good."""
        goes = self.entry.goes
        if goes is None:
            return _minute(self.card.changed)
        return _goes(goes)

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        kind, reader = kind_mark(self.line.kind).word, visibility_mark(self.card.visibility).word
        said = (self.title, self.state, kind, self.line.text, reader, self.when)
        return "; ".join(part for part in said if part)


@dataclass(frozen=True, slots=True)
class PersonTrashed:
    """One of the people in the trash, among the notes there; it opens nothing."""

    entry: Entry
    heading: bool = False
    trashed: bool = True
    place: None = None
    icon: str = "user"

    @property
    def title(self) -> str:
        """The name."""
        return self.copies or QCoreApplication.translate("NoteList", "Without a name")

    @property
    def copies(self) -> str:
        """The name."""
        return self.entry.note.opening

    @property
    def where(self) -> str:
        """What it is, as it is no note."""
        return QCoreApplication.translate("NoteList", "Person")

    @property
    def when(self) -> str:
        """The first day on which it may go for good."""
        return _goes(self.entry.goes)

    @property
    def aside(self) -> str:
        """When it was thrown away."""
        text = QCoreApplication.translate("NoteList", "removed {when}")
        return text.format(when=_minute(self.entry.note.changed))

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        return "; ".join((self.title, self.where, self.aside, self.when))


@dataclass(frozen=True, slots=True)
class FileRow:
    """A photo or file that was taken off its note; it opens nothing."""

    entry: FileEntry
    heading: bool = False
    trashed: bool = True
    place: None = None

    @property
    def title(self) -> str:
        """The name of the file."""
        return self.entry.removed.attachment.name

    @property
    def copies(self) -> str:
        """The caption."""
        return self.entry.removed.attachment.caption

    @property
    def icon(self) -> str:
        """That of what can be shown, or of any file."""
        shown = self.entry.removed.attachment.stage is not Stage.FILE
        return "camera" if shown else "file-text"

    @property
    def where(self) -> str:
        """The caption, where it has one, and what it was attached to."""
        title = self.entry.removed.title or NoteRow.untitled()
        return f"{self.copies} · {title}" if self.copies else title

    @property
    def when(self) -> str:
        """The first day on which it may go for good."""
        return _goes(self.entry.goes)

    @property
    def aside(self) -> str:
        """How large it is."""
        text = QCoreApplication.translate("NoteList", "{size} kB")
        return text.format(size=f"{max(1, self.entry.removed.attachment.size // 1000):,}")

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        return "; ".join((self.title, self.where, self.aside, self.when))


Row = NoteRow | PersonTrashed | FileRow


def rows_of(read: Mapping[int, Entry | FileEntry]) -> dict[int, Row]:
    """What was read of a list, as its rows."""
    return {number: _row_of(entry) for number, entry in read.items()}


def _row_of(entry: Entry | FileEntry) -> Row:
    if isinstance(entry, FileEntry):
        return FileRow(entry)
    return PersonTrashed(entry) if entry.person else NoteRow(entry)


def _minute(when: datetime) -> str:
    return f"{when:%d %b %Y, %H:%M}".lstrip("0")


def _goes(day: date | None) -> str:
    if day is None:
        return ""
    text = QCoreApplication.translate("NoteList", "goes on {day}")
    return text.format(day=f"{day:%d %b %Y}".lstrip("0"))


class NoteDelegate(ItemDelegate):
    """Two lines: the record and the time, what was written and who it is for."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of one note."""
        theme = self.look.theme
        pad, right = theme.px(PAD), min(theme.px(RIGHT), width // 3)
        high, line = theme.line("body", hanzi=True), theme.line("note", hanzi=True)
        top: float = theme.px(7)
        room = width - 2 * pad - right
        sheet = Sheet(height=top + high + line + theme.px(8))
        if isinstance(item, PersonTrashed | FileRow):
            self._put_trashed(sheet, item, width, room)
            return sheet
        if not isinstance(item, NoteRow):
            sheet.parts.append(Words(QRectF(pad, top, room, high), item.speech, "body", "t3"))
            return sheet
        wide = min(room, text_width(item.title, theme, weight=600) + 1)
        sheet.parts.append(Words(QRectF(pad, top, wide, high), item.title, weight=600))
        if item.state:
            left = pad + wide + theme.px(10)
            rest = QRectF(left, top, max(0, pad + room - left), high)
            sheet.parts.append(Words(rest, item.state, "caption", "warning", 600))
        self._put_right(sheet, width, top, high, Words(QRectF(), item.when, "caption", "t3"))
        top += high
        self._put_line(sheet, item, QRectF(pad, top, room, line))
        mark = visibility_mark(item.card.visibility)
        words = Words(QRectF(), mark.word, "caption", mark.color, 600)
        left = self._put_right(sheet, width, top, line, words)
        side = theme.px(14)
        spot = QRectF(left - theme.px(19), top + (line - side) / 2, side, side)
        sheet.parts.append(Sign(spot, mark.icon, mark.color))
        return sheet

    def _put_trashed(
        self, sheet: Sheet, item: PersonTrashed | FileRow, width: int, room: int
    ) -> None:
        theme = self.look.theme
        pad, top, side = theme.px(PAD), theme.px(7), theme.px(14)
        high, line = theme.line("body", hanzi=True), theme.line("note", hanzi=True)
        spot = QRectF(pad, top + (high - side) / 2, side, side)
        sheet.parts.append(Sign(spot, item.icon, "t2"))
        name = QRectF(pad + theme.px(20), top, room - theme.px(20), high)
        sheet.parts.append(Words(name, item.title, weight=600))
        self._put_right(sheet, width, top, high, Words(QRectF(), item.when, "caption", "t3"))
        sheet.parts.append(Words(QRectF(pad, top + high, room, line), item.where, "note", "t2"))
        self._put_right(
            sheet, width, top + high, line, Words(QRectF(), item.aside, "caption", "t3")
        )

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
        if self.look.discreet and line.kind in PRIVATE:
            said = hidden_words()
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


class NoteList(PagedList):
    """Arrows move, Enter opens; several are chosen with Shift or Ctrl, by keys or by clicks."""

    removed = Signal()
    """The chosen notes are to go into the trash."""
    restored = Signal()
    """What is chosen is to be taken out of it."""
    marked = Signal(int)
    """So many are chosen now."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.setSelectionMode(PagedList.SelectionMode.ExtendedSelection)

    def make_delegate(self) -> ItemDelegate:
        """The one that draws notes."""
        return NoteDelegate(self.look, self)

    def current(self) -> Row | None:
        """The row the keys are on."""
        index = self.currentIndex()
        row = self.items.item(index.row()) if index.isValid() else None
        return row if isinstance(row, Row) else None

    def chosen(self) -> list[int]:
        """The numbers of the chosen notes, read or not, in the order of the list."""
        return [self.items.order[row] for span in sorted(self._spans()) for row in range(*span)]

    def act(self) -> None:
        """Put the chosen notes into the trash, or take them out."""
        row = self.current()
        if row is not None:
            (self.restored if row.trashed else self.removed).emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the trash, beside those of every list; Escape lets all but one go."""
        row = self.current()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if row is not None and (enter if row.trashed else event.key() == Qt.Key.Key_Delete):
            self.act()
        elif event.key() == Qt.Key.Key_Escape and len(self.selectionModel().selectedIndexes()) > 1:
            self.setCurrentIndex(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Tell how many are chosen."""
        super().selectionChanged(selected, deselected)
        self.marked.emit(sum(end - top for top, end in self._spans()))

    def _spans(self) -> list[tuple[int, int]]:
        """The chosen rows as they were chosen, each span without its end."""
        chosen = self.selectionModel().selection()
        ranges = [chosen.at(place) for place in range(chosen.count())]
        return [(one.top(), one.bottom() + 1) for one in ranges]
