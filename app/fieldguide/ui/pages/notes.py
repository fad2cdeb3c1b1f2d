"""S10, first form: all notes, a filter, the trash, and the way out as Markdown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.services.shelf import Entry, Listing, Part, Wanted
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.note_acts import ActBar
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.note_deeds import NoteDeeds
from fieldguide.ui.note_list import NoteList, NoteRow, rows_of
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, Header, IconButton, clear, key_text, rule
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast


class NotesPage(Page):
    """Lists the notes, the last changed first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Notes"))
        self._wanted, self._writable = Wanted(), True
        self._toast = Toast(desk.look)
        self._deeds = NoteDeeds(desk, self._toast)
        self._build()
        self._connect()
        self.setFocusProxy(self._list)
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Read the notes again."""
        self._toast.dismiss()
        self._look()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._toast.dismiss()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; where there is little room the buttons keep their icons alone."""
        self._bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self._bar.setSpacing(theme.px(8))
        self._filter.setFixedWidth(theme.px(200))
        narrow = theme.scale >= 1.5
        self._new.setText("" if narrow else self.tr("New note"))
        self._export.setText("" if narrow else self.tr("Export…"))

    def _build(self) -> None:
        look = self.desk.look
        self._list = NoteList(look, self.tr("Notes, the last changed first"))
        self._acts = ActBar(look)
        self._locked = TroubleBar(look, "warning", "lock")
        self._nothing = QWidget()
        QVBoxLayout(self._nothing)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addLayout(self._views())
        column.addWidget(rule())
        column.addWidget(self._locked)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        column.addWidget(self._toast)

    def _header(self) -> Header:
        look = self.desk.look
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("In notes"))
        self._filter.setAccessibleName(self.tr("Find in notes"))
        self._filter.setClearButtonEnabled(True)
        self._export = IconButton(look, "file-down", self.tr("Export…"), lambda: None)
        menu = QMenu(self)
        self._exports = {
            audience: menu.addAction("", partial(self._choose_file, audience))
            for audience in ("me", "organiser", "public")
        }
        self._export.setMenu(menu)
        self._new = IconButton(look, "notebook-pen", self.tr("New note"), self._begin)
        for button, name in (
            (self._export, self.tr("Export to Markdown")),
            (self._new, self.tr("New note ({key})").format(key=key_text("Ctrl+N"))),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
        header = Header(look, self.tr("Notes"))
        for part in (self._filter, self._export, self._new):
            header.add(part)
        return header

    def _views(self) -> FlowLayout:
        self._parts = {part: QPushButton() for part in Part}
        group = QButtonGroup(self)
        self._bar = FlowLayout()
        for chip in self._parts.values():
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.toggled.connect(lambda on: self._look() if on else None)
            group.addButton(chip)
            self._bar.addWidget(chip)
        self._parts[Part.UNFILED].hide()
        self._parts[Part.KEPT].setChecked(True)
        self._bar.addWidget(self._acts)
        return self._bar

    def _connect(self) -> None:
        listed, acts = self._list, self._acts
        listed.opened.connect(self.opened)
        listed.marked.connect(self._mark)
        listed.wanted.connect(self._read)
        listed.sought.connect(self._seek)
        self._filter.textChanged.connect(self._look)
        self._filter.returnPressed.connect(lambda: self._list.setFocus())
        QShortcut(QKeySequence("Ctrl+F"), self, self._filter.setFocus)
        for removed in (listed.removed, acts.removed):
            removed.connect(lambda: self._deeds.remove(listed.chosen(), self._name()))
        for restored in (listed.restored, acts.restored):
            restored.connect(lambda: self._deeds.restore(listed.chosen(), self._name()))
        acts.shown.connect(
            lambda readers: self._deeds.let_read(listed.chosen(), readers, self._name())
        )
        self._deeds.done.connect(self._look)
        self._deeds.said.connect(self.said)

    def _part(self) -> Part:
        return next(part for part, chip in self._parts.items() if chip.isChecked())

    def _look(self) -> None:
        wanted = Wanted(self._part(), self._filter.text())
        self.desk.notes.ask("notes", lambda book: book.shelf.look(wanted), self._show, self._broken)

    def _show(self, found: Listing) -> None:
        self._wanted, self._writable = found.wanted, not found.read_only
        for part, words, number in (
            (Part.KEPT, self.tr("Notes {number}"), found.kept),
            (Part.UNFILED, self.tr("To file {number}"), found.unfiled),
            (Part.TRASH, self.tr("Trash {number}"), found.trashed),
        ):
            chip = self._parts[part]
            chip.setText(words.format(number=f"{number:,}"))
            chip.setAccessibleName(chip.text())
            chip.show()
        self._parts[Part.UNFILED].setVisible(found.unfiled > 0 or found.wanted.part is Part.UNFILED)
        self._export.setEnabled(found.kept > 0)
        self._locked.tell(found.read_only)
        self._list.show_order(found.order, rows_of(found.first))
        self._mark(len(self._list.chosen()))
        if found.order:
            self._turn(0, self._list)
        else:
            self._explain(found.wanted)

    def _mark(self, number: int) -> None:
        trash = self._wanted.part is Part.TRASH
        self._acts.show_chosen(number, trash=trash, writable=self._writable)
        self._offer_exports(number)

    def _read(self, rows: range) -> None:
        """Read the rows that came into sight; those that did before are not waited for."""
        wanted, order = self._wanted, self._list.items.order
        numbers = order[rows.start : rows.stop]

        def arrived(read: dict[int, Entry]) -> None:
            if order is self._list.items.order:
                self._list.fill(rows, rows_of(read))

        self.desk.notes.ask(
            "notes-rows", lambda book: book.shelf.entries(wanted, numbers), arrived, self._failed
        )

    def _seek(self, letters: str, numbers: tuple[int, ...]) -> None:
        untitled = NoteRow.untitled()

        def arrived(number: int | None) -> None:
            if number is not None:
                self._list.go_to(number)

        self.desk.notes.ask(
            "notes-letters",
            lambda book: book.shelf.starting(numbers, letters, untitled),
            arrived,
            self._failed,
        )

    def _explain(self, wanted: Wanted) -> None:
        """Say why the list is empty, and offer one thing to do."""
        back = self._parts[Part.KEPT].click
        if wanted.part is Part.TRASH:
            words = self.tr("The trash is empty.")
            self._say_nothing("trash-2", words, self.tr("Back to the notes"), back)
        elif wanted.sought:
            words = self.tr("No note holds “{text}”.").format(text=wanted.sought)
            self._say_nothing("search", words, self.tr("Clear the filter"), self._filter.clear)
        elif wanted.part is Part.UNFILED:
            words = self.tr("Every note hangs on a record.")
            self._say_nothing("check", words, self.tr("Back to the notes"), back)
        else:
            words = self.tr("No notes yet. Begin one on any record, or here.")
            self._say_nothing("notebook-pen", words, self.tr("New note"), self._begin)

    def _broken(self, problem: FieldGuideError) -> None:
        still = self.tr("The guide, the search and the map work without them.")
        self._export.setEnabled(False)
        for chip in self._parts.values():
            chip.setVisible(bool(chip.text()))
        self._acts.show_chosen(0, trash=False, writable=False)
        if isinstance(problem, PassphraseNeeded):
            self._say_nothing("lock", f"{problem} {still}", self.tr("Unlock"), self.locking.emit)
            return
        self._say_nothing(
            "file-warning", f"{problem} {still}", self.tr("Open the directory"),
            lambda: self.opened.emit(Place("directory")),
        )  # fmt: skip

    def _say_nothing(self, icon: str, words: str, act: str, pressed: Callable[[], object]) -> None:
        layout = self._nothing.layout()
        assert layout is not None
        clear(layout)
        empty = Empty(self.desk.look, icon, words, act, pressed)
        layout.addWidget(empty)
        empty.show()
        self._turn(1, empty.findChild(QPushButton))

    def _turn(self, face: int, first: QWidget | None) -> None:
        """Show the list or why there is none; keys that went to the one go to the other."""
        held, shown = QApplication.focusWidget(), self._stack.currentWidget()
        mine = held is None or shown is None or held is shown or shown.isAncestorOf(held)
        self._stack.setCurrentIndex(face)
        self.setFocusProxy(first)
        if mine and self.isVisible():
            self.setFocus()

    def _name(self) -> str:
        row = self._list.current()
        return row.title if row is not None else NoteRow.untitled()

    def _begin(self) -> None:
        self.opened.emit(Place("note", None, "new"))

    def _offer_exports(self, number: int) -> None:
        """Several chosen notes, else all of them, for one kind of reader."""
        which = self.tr("All notes")
        if number > 1 and self._wanted.part is not Part.TRASH:
            which = self.tr("{number} chosen notes").format(number=f"{number:,}")
        for audience, words in (
            ("me", self.tr("{which}, for myself")),
            ("organiser", self.tr("{which}: organiser and publishable ones")),
            ("public", self.tr("{which}: publishable ones only")),
        ):
            self._exports[audience].setText(words.format(which=which))

    def _choose_file(self, audience: str) -> None:
        numbers = self._list.chosen()
        several = len(numbers) > 1 and self._wanted.part is not Part.TRASH
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export notes to Markdown"), "notes.zip", self.tr("Zip files (*.zip)")
        )
        if chosen:
            self._deeds.export(numbers if several else None, audience, Path(chosen))

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
