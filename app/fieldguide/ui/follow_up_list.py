"""The board of follow-ups: a box to tick, what is to do, who does it, until when, how it stands."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QListView

from fieldguide.domain.due import Span, last_day
from fieldguide.domain.entries import Progress
from fieldguide.domain.markdown import plain
from fieldguide.domain.notes import LineKind
from fieldguide.services.addressees import Addressee
from fieldguide.services.follow_ups import Board, Group, Task
from fieldguide.ui.desk import Look, Place, line_of_note
from fieldguide.ui.line_kinds import Mark, kind_mark
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Box, Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width
from fieldguide.ui.trip import day_text, days_text

PAD: Final = 24
BOX: Final = 16
OWNER, DUE, STATE = 116, 64, 84
"""Widths of the columns at the right, in pixels at 100 %."""
ROOM: Final = 180
"""With less than this for the text the columns go below it."""


def state_mark(state: Progress) -> Mark:
    """Word, icon and colour of how a follow-up stands."""
    tr = QCoreApplication.translate
    return {
        Progress.OPEN: Mark(tr("Progress", "Open"), "circle-dashed", "t2"),
        Progress.WAITING: Mark(tr("Progress", "Waiting"), "clock-alert", "info"),
        Progress.DONE: Mark(tr("Progress", "Done"), "circle-check", "ok"),
        Progress.DROPPED: Mark(tr("Progress", "Dropped"), "x", "t3"),
    }[state]


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One follow-up."""

    task: Task
    person: str = ""
    """The name of whom it is for."""
    heading: bool = False

    @property
    def place(self) -> Place | None:
        """The line of the note it was written in."""
        task, line = self.task, self.task.line
        return line_of_note(task.about, line.note, line.place) if line is not None else None

    @property
    def copies(self) -> str:
        """What is to do, as it is read."""
        return plain(self.task.value.text)

    @property
    def owner(self) -> str:
        """Who does it, or that nobody does."""
        return self.task.value.owner or QCoreApplication.translate("Board", "nobody yet")

    @property
    def due(self) -> str:
        """Until when; empty for no date."""
        day = last_day(self.task.value.due)
        return day_text(day.isoformat(), "d MMM") if day else ""

    @property
    def source(self) -> str:
        """For whom it is, and where it was written and when, or what it was promised for."""
        person = QCoreApplication.translate("Board", "For {name}").format(name=self.person)
        return f"{person} · {self._origin}" if self.person else self._origin

    @property
    def _origin(self) -> str:
        task, tr = self.task, QCoreApplication.translate
        if task.value.promised:
            words = tr("Board", "Promised {term} after the mission")
            return words.format(term=f"+{task.value.promised}")
        if task.line is None:
            return tr("Board", "By hand")
        title = task.line.title or tr("Board", "Unfiled note")
        day = day_text(task.line.created.date().isoformat(), "ddd d MMM")
        return f"{title}, {day}, {task.line.created:%H:%M}"

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        due = self.due or QCoreApplication.translate("Board", "no date")
        state = state_mark(self.task.value.state).word
        return "; ".join((self.copies, self.source, self.owner, due, state))


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The name of a group, its days, and how many of it are not done."""

    title: str
    days: str = ""
    side: str = ""
    heading: bool = True
    place: None = None
    copies: str = ""

    @property
    def speech(self) -> str:
        """All of it."""
        return "; ".join(part for part in (self.title, self.days, self.side) if part)


def rows_of(
    board: Board, today: date, people: Mapping[str, Addressee]
) -> list[TaskRow | HeadingRow]:
    """A board as rows under headings, with the names of whom they are for."""
    rows: list[TaskRow | HeadingRow] = []
    for group in board.groups:
        rows.append(_heading(group, today))
        for task in group.tasks:
            whom = people.get(task.value.person)
            rows.append(TaskRow(task, whom.name if whom else ""))
    return rows


def _heading(group: Group, today: date) -> HeadingRow:
    tr = QCoreApplication.translate
    left = sum(task.value.state is not Progress.DONE for task in group.tasks)
    side = tr("Board", "{number} to do").format(number=left)
    if group.span is None:
        return HeadingRow(group.owner or tr("Board", "Nobody yet"), "", side)
    monday = today - timedelta(today.weekday())
    title, weeks = {
        Span.UNDATED: (tr("Board", "Without a date"), -1),
        Span.OVERDUE: (tr("Board", "Overdue"), -1),
        Span.THIS_WEEK: (tr("Board", "This week"), 0),
        Span.NEXT_WEEK: (tr("Board", "Next week"), 1),
        Span.LATER: (tr("Board", "Promised for later"), -1),
        Span.EARLIER: (tr("Board", "Done earlier"), -1),
    }[group.span]
    first = monday + timedelta(7 * weeks)
    last = first + timedelta(6)
    days = days_text(first.isoformat(), last.isoformat()) if weeks >= 0 else ""
    return HeadingRow(title, days, side)


class TaskDelegate(ItemDelegate):
    """Lays out one follow-up: text and source at the left, owner, date and state in columns."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of a row or of a heading."""
        sheet = Sheet()
        if isinstance(item, HeadingRow):
            self._heading(sheet, item, width)
        elif isinstance(item, TaskRow):
            self._task(sheet, item, width)
        return sheet

    def box(self, width: int) -> QRectF:
        """Where the box to tick is."""
        theme = self.look.theme
        return QRectF(theme.px(PAD), theme.px(9), theme.px(BOX), theme.px(BOX))

    def _heading(self, sheet: Sheet, item: HeadingRow, width: int) -> None:
        theme = self.look.theme
        pad, height = theme.px(PAD), theme.px(29)
        wide = text_width(item.title, theme, weight=600) + 1
        sheet.parts.append(Words(QRectF(pad, 0, wide, height), item.title, weight=600))
        left = pad + wide + theme.px(6)
        days = text_width(item.days, theme) + 1
        if item.days and left + days < width - pad:
            sheet.parts.append(Words(QRectF(left, 0, days, height), item.days, color="t2"))
            left += days + theme.px(12)
        rest = QRectF(left, 0, max(0, width - pad - left), height)
        sheet.parts.append(Words(rest, item.side, "caption", "t2", right=True))
        sheet.height = height

    def _task(self, sheet: Sheet, item: TaskRow, width: int) -> None:
        theme, value = self.look.theme, item.task.value
        done = value.state is Progress.DONE
        box = self.box(width)
        sheet.parts.append(Box(box, "accent" if done else "", "accent" if done else "t2"))
        if done:
            inner = box.adjusted(theme.px(2), theme.px(2), -theme.px(2), -theme.px(2))
            sheet.parts.append(Sign(inner, "check", "on-accent"))
        left, top = theme.px(PAD + BOX + 12), float(theme.px(7))
        columns = theme.px(OWNER + DUE + STATE)
        beside = width - left - columns - theme.px(PAD) >= theme.px(ROOM)
        room = width - left - theme.px(PAD) - (columns + theme.px(8) if beside else 0)
        if beside:
            self._columns(sheet, item, (width - theme.px(PAD) - columns, top), value.state)
        tone = "t2" if done else "t1"
        top += put_words(sheet, theme, (left, top, room), item.copies, color=tone, weight=600)
        top += self._source(sheet, item, (left, top, room))
        if not beside:
            self._columns(sheet, item, (left, top), value.state)
            top += theme.line("body", hanzi=True)
        sheet.height = top + theme.px(7) + theme.hairline

    def _source(self, sheet: Sheet, item: TaskRow, place: tuple[float, float, float]) -> float:
        theme = self.look.theme
        left, top, room = place
        if item.task.line is not None:
            mark = kind_mark(LineKind.ACTION)
            wide = text_width(mark.word, theme, "caption", weight=600) + 1
            rect = QRectF(left, top, wide, theme.line("caption", hanzi=True))
            sheet.parts.append(Words(rect, mark.word, "caption", mark.color, 600))
            left, room = left + wide + theme.px(6), room - wide - theme.px(6)
        return put_words(sheet, theme, (left, top, room), item.source, "caption", "t2")

    def _columns(
        self, sheet: Sheet, item: TaskRow, corner: tuple[float, float], state: Progress
    ) -> None:
        theme, mark = self.look.theme, state_mark(state)
        left, top = corner
        line, gap = theme.line("body", hanzi=True), theme.px(6)
        due = item.due or QCoreApplication.translate("Board", "set")
        owner = QRectF(left, top, theme.px(OWNER) - gap, line)
        sheet.parts.append(Words(owner, item.owner, color="t2"))
        left += theme.px(OWNER)
        day = QRectF(left, top, theme.px(DUE) - gap, line)
        sheet.parts.append(Words(day, due, color="t1" if item.due else "accent"))
        left += theme.px(DUE)
        side = theme.px(14)
        sheet.parts.append(
            Sign(QRectF(left, top + (line - side) / 2, side, side), mark.icon, mark.color)
        )
        left += theme.px(18)
        rect = QRectF(left, top, theme.px(STATE - 18), line)
        sheet.parts.append(Words(rect, mark.word, color=mark.color))


class TaskList(ItemList):
    """Arrows move; Space, W, D, O, P, M and Delete act on the row; Enter opens the note."""

    acted = Signal(str)
    """One of done, waiting, due, owner, whom, mail, remove: what the row is asked for."""
    moved = Signal()
    """Another row is current."""

    _KEYS: Final = {
        Qt.Key.Key_Space: "done",
        Qt.Key.Key_W: "waiting",
        Qt.Key.Key_D: "due",
        Qt.Key.Key_O: "owner",
        Qt.Key.Key_P: "whom",
        Qt.Key.Key_M: "mail",
        Qt.Key.Key_Delete: "remove",
    }

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self.whole = True
        self.selectionModel().currentChanged.connect(lambda *_: self.moved.emit())

    def make_delegate(self) -> ItemDelegate:
        """The one that draws follow-ups."""
        return TaskDelegate(self.look, self)

    def current(self) -> Task | None:
        """The follow-up that the keys are on."""
        index = self.currentIndex()
        row = self.items.item(index.row()) if index.isValid() else None
        return row.task if isinstance(row, TaskRow) else None

    def show_rows(self, rows: Sequence[TaskRow | HeadingRow], chosen: Task | None = None) -> None:
        """Show these; the row of the same follow-up stays current, else the one in its place."""
        before = self.currentIndex().row()
        scrolled = self.verticalScrollBar().value()
        self.show_items(rows)
        places = [place for place, row in enumerate(rows) if isinstance(row, TaskRow)]
        if not places:
            return
        same = [
            place
            for place in places
            if chosen and isinstance(row := rows[place], TaskRow) and row.task.key == chosen.key
        ]
        near = min(places, key=lambda place: abs(place - before)) if before >= 0 else places[0]
        how = QItemSelectionModel.SelectionFlag.ClearAndSelect
        index = self.items.index(same[0] if same else near)
        self.selectionModel().setCurrentIndex(index, how)
        self.verticalScrollBar().setValue(scrolled)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of a follow-up, beside those of every list."""
        act = self._KEYS.get(Qt.Key(event.key()))
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        if act and plain and self.current() is not None:
            self.acted.emit(act)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click chooses; on the box it ticks."""
        QListView.mouseReleaseEvent(self, event)
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        spot = event.position() - self.visualRect(index).topLeft()
        margin = self.look.theme.px(6)
        drawing = self.drawing
        if self.current() is not None and isinstance(drawing, TaskDelegate):
            box = drawing.box(self.row_width()).adjusted(-margin, -margin, margin, margin)
            if box.contains(spot):
                self.acted.emit("done")
