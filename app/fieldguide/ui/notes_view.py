"""How the page of notes looks: which list, what to do with what is chosen, and the list itself."""

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.services.day_close import Evening
from fieldguide.services.shelf import Listing, Wanted
from fieldguide.ui.beside import Beside
from fieldguide.ui.day_lines import DayLines
from fieldguide.ui.desk import Desk
from fieldguide.ui.either import Either
from fieldguide.ui.evening import EveningPanel
from fieldguide.ui.filing import FilingBar
from fieldguide.ui.list_chips import Face, ListChips
from fieldguide.ui.note_acts import ActBar
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.note_list import NoteList, rows_of
from fieldguide.ui.parts import Header, IconButton, key_text, rule
from fieldguide.ui.question_list import QuestionList
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast
from fieldguide.ui.trip import SHORT, day_text

EVENING_KEY: Final = "Ctrl+Shift+D"


class NotesView(QWidget):
    """Shows a Listing; it decides nothing."""

    changed = Signal()
    """Another list is wanted, or other words."""
    begun = Signal()
    exported = Signal(str)
    """The audience of an export."""
    emptied = Signal()
    """The trash is to go, and that was said twice."""
    evening_wanted = Signal(bool)
    """Whether the evening list is to stand beside the notes."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._look = desk.look
        self._listing = Listing((), {}, 0, 0, 0, 0)
        self.list = NoteList(desk.look, self.tr("Notes, the last changed first"))
        self.either = Either(desk.look, self.list)
        self.acts = ActBar(desk.look)
        self.filing = FilingBar(desk.guide, desk.look)
        self.toast = Toast(desk.look)
        self.chips = ListChips(desk.look)
        self.questions = QuestionList(desk.look)
        self.lines = DayLines(desk.look, self.tr("Lines of the day"))
        self._day = ""
        self.evening = EveningPanel(desk.look)
        self.evening.left.connect(lambda: self.evening_wanted.emit(False))
        self._locked = TroubleBar(desk.look, "warning", "lock")
        sure = ((self.tr("Empty the trash"), self._empty), (self.tr("Keep it"), self._keep))
        self._sure = TroubleBar(desk.look, "danger", "trash-2", sure)
        self._build()
        self.list.marked.connect(self._mark)
        self.acts.emptied.connect(self._ask)
        self.filing.left.connect(self._keep)
        self.set_theme(desk.look.theme)

    @property
    def shown(self) -> Wanted:
        """What the list shows now."""
        return self._listing.wanted

    def wanted(self) -> Wanted:
        """What it is to show."""
        return Wanted(self.chips.part, self.filter.text())

    def show_listing(self, found: Listing) -> None:
        """Show a list and how long the others are."""
        self._listing = found
        self.chips.show_listing(found)
        self._export.setEnabled(found.kept > 0)
        self.filter.setEnabled(not found.wanted.trashed and self.chips.face is not Face.DAY)
        self._locked.tell(found.read_only)
        self.list.show_order(found.order, rows_of(found.first))
        self._mark(len(self.list.chosen()))
        if found.order:
            self.either.show_content()

    def several(self) -> list[int] | None:
        """The numbers of several chosen notes, or None for all there are."""
        numbers = self.list.chosen()
        return None if len(numbers) < 2 or self.shown.trashed else numbers

    def show_evening(self, shown: bool) -> None:
        """Put the evening list beside the notes, or away."""
        self._halves.show_aside(shown)
        self._close.setChecked(shown)
        if not shown:
            self._day = ""
            self.chips.show_day("", 0)

    def show_day(self, evening: Evening) -> None:
        """Offer the lines of the day that is closed, and show them when it is first seen."""
        day = day_text(evening.plan.date, SHORT)
        new = day != self._day
        self._day = day
        self.chips.show_day(day, len(evening.lines))
        self.lines.show_evening(evening)
        if new and evening.lines:
            self.chips.turn(Face.DAY)

    @property
    def first(self) -> QWidget:
        """What takes the keys: the evening list while it is shown."""
        if not self.evening.isHidden():
            return self.evening.first
        faces = {Face.QUESTIONS: self.questions.first, Face.DAY: self.lines}
        return faces.get(self.chips.face, self.either.first)

    def disable(self) -> None:
        """There is nothing that could be done with notes."""
        self._export.setEnabled(False)
        self.chips.disable()
        self.acts.show_chosen(0, trash=False, writable=False)

    def settle(self) -> None:
        """Take away what was asked or offered: something else is done now."""
        for part in (self.toast.dismiss, self.filing.hide, self.questions.settle):
            part()
        self._sure.tell("")

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; where there is little room the buttons keep their icons alone."""
        self._bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self._bar.setSpacing(theme.px(8))
        self.filter.setFixedWidth(theme.px(200))
        narrow = theme.scale >= 1.5
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._bar.setDirection(way)
        self._close.setText("" if narrow else self.tr("Close the day"))
        self._new.setText("" if narrow else self.tr("New note"))
        self._export.setText("" if narrow else self.tr("Export…"))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        content = QWidget()
        left = QVBoxLayout(content)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._views())
        left.addWidget(rule())
        for part in (self._locked, self._sure, self.filing):
            left.addWidget(part)
        self._faces = QStackedWidget()
        for face in (self.either, self.questions, self.lines):
            self._faces.addWidget(face)
        left.addWidget(self._faces, 1)
        self._halves = Beside(self._look, content, self.evening)
        column.addWidget(self._halves, 1)
        column.addWidget(self.toast)

    def _header(self) -> Header:
        look = self._look
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(self.tr("In notes"))
        self.filter.setAccessibleName(self.tr("Find in notes"))
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(self.changed)
        self.filter.returnPressed.connect(lambda: self.list.setFocus())
        QShortcut(QKeySequence("Ctrl+F"), self, self.filter.setFocus)
        self._export = IconButton(look, "file-down", self.tr("Export…"), lambda: None)
        menu = QMenu(self)
        self._exports = {
            audience: menu.addAction("", partial(self.exported.emit, audience))
            for audience in ("me", "organiser", "public")
        }
        self._export.setMenu(menu)
        self._new = IconButton(look, "notebook-pen", self.tr("New note"), self.begun.emit)
        self._close = IconButton(
            look,
            "square-check-big",
            self.tr("Close the day"),
            lambda: self.evening_wanted.emit(self.evening.isHidden()),
        )
        self._close.setCheckable(True)
        for button, name in (
            (self._close, self.tr("Close the day ({key})").format(key=key_text(EVENING_KEY))),
            (self._export, self.tr("Export to Markdown")),
            (self._new, self.tr("New note ({key})").format(key=key_text("Ctrl+N"))),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        header = Header(look, self.tr("Notes"))
        for part in (self.filter, self._close, self._export, self._new):
            header.add(part)
        return header

    def _views(self) -> QBoxLayout:
        self.chips.chosen.connect(self._choose)
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addWidget(self.chips, 1)
        self._bar.addWidget(self.acts)
        return self._bar

    def _choose(self) -> None:
        """Show the face of the list that was asked for."""
        face = self.chips.face
        faces = {Face.QUESTIONS: self.questions, Face.DAY: self.lines}
        self._faces.setCurrentWidget(faces.get(face, self.either))
        self.acts.setVisible(face is Face.NOTES)
        self.changed.emit()

    def _mark(self, number: int) -> None:
        writable = not self._listing.read_only
        trashed = self._listing.trashed + self._listing.files
        trash = self.shown.trashed
        self.acts.show_chosen(number, trash=trash, writable=writable, trashed=trashed)
        which = self.tr("All notes")
        if number > 1 and not self.shown.trashed:
            which = self.tr("{number} chosen notes").format(number=f"{number:,}")
        for audience, words in (
            ("me", self.tr("{which}, for myself")),
            ("organiser", self.tr("{which}: organiser and publishable ones")),
            ("public", self.tr("{which}: publishable ones only")),
        ):
            self._exports[audience].setText(words.format(which=which))

    def _ask(self) -> None:
        """Say what would go, before it does."""
        notes, files = f"{self._listing.trashed:,}", f"{self._listing.files:,}"
        said = self.tr(
            "Notes and people: {notes}, files: {files}. They go for good, with their history."
        )
        held = self.tr("A backup is made first; it holds them until newer ones take its place.")
        self._sure.tell(said.format(notes=notes, files=files), held)
        self._sure.findChildren(QPushButton)[-1].setFocus()

    def _empty(self) -> None:
        self._keep()
        self.emptied.emit()

    def _keep(self) -> None:
        """Leave a question that was asked above the list."""
        self._sure.tell("")
        self.filing.hide()
        self.list.setFocus()
