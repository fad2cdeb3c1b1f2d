"""S10, first form: all notes, a filter, the trash, and the way out as Markdown."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.notes import AUDIENCES, NoteCard
from fieldguide.errors import FieldGuideError
from fieldguide.services.exports import save_markdown
from fieldguide.services.shelf import Shelf, shelf
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.note_list import NoteList, NoteRow
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, Header, IconButton, clear, key_text, rule
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast


class NotesPage(Page):
    """Lists the notes, the last changed first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Notes"))
        self._build()
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
        self._filter = QLineEdit()
        self._filter.setPlaceholderText(self.tr("In notes"))
        self._filter.setAccessibleName(self.tr("Find in notes"))
        self._filter.setClearButtonEnabled(True)
        self._filter.textChanged.connect(self._look)
        self._filter.returnPressed.connect(self._to_list)
        self._export = IconButton(look, "file-down", self.tr("Export…"), lambda: None)
        self._export.setMenu(self._exports())
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
        self._list = NoteList(look, self.tr("Notes, the last changed first"))
        self._list.opened.connect(self.opened)
        self._list.removed.connect(self._remove)
        self._list.restored.connect(self._restore)
        self._toast = Toast(look)
        self._locked = TroubleBar(look, "warning", "lock")
        self._nothing = QWidget()
        QVBoxLayout(self._nothing)
        self._stack = QStackedLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addLayout(self._views())
        column.addWidget(rule())
        column.addWidget(self._locked)
        column.addLayout(self._stack, 1)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        column.addWidget(self._toast)
        QShortcut(QKeySequence("Ctrl+F"), self, self._filter.setFocus)

    def _views(self) -> QHBoxLayout:
        self._kept, self._trash = QPushButton(), QPushButton()
        group = QButtonGroup(self)
        self._bar = QHBoxLayout()
        for chip in (self._kept, self._trash):
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self._bar.addWidget(chip)
        self._kept.setChecked(True)
        group.buttonToggled.connect(lambda _, on: self._look() if on else None)
        self._act = QPushButton()
        self._act.setProperty("dense", "true")
        self._act.clicked.connect(self._list_act)
        self._bar.addStretch(1)
        self._bar.addWidget(self._act)
        return self._bar

    def _exports(self) -> QMenu:
        menu = QMenu(self)
        for audience, words in (
            ("me", self.tr("All notes, for myself")),
            ("organiser", self.tr("Organiser and publishable notes")),
            ("public", self.tr("Publishable notes only")),
        ):
            menu.addAction(words, partial(self._choose_file, audience))
        return menu

    def _look(self) -> None:
        query, trash = self._filter.text(), self._trash.isChecked()
        self.desk.notes.ask(
            "notes", lambda book: shelf(book, query, trash=trash), self._show, self._broken
        )

    def _show(self, found: Shelf) -> None:
        trash = self._trash.isChecked()
        self._kept.setText(self.tr("Notes {number}").format(number=found.kept))
        self._trash.setText(self.tr("Trash {number}").format(number=found.trashed))
        for button in (self._kept, self._trash):
            button.setAccessibleName(button.text())
        self._act.setText(self.tr("Restore") if trash else self.tr("Move to trash"))
        self._act.setToolTip(key_text("Return") if trash else key_text("Del"))
        self._act.setEnabled(bool(found.hits))
        self._export.setEnabled(found.kept > 0)
        self._locked.tell(found.read_only)
        row = self._list.currentIndex().row()
        self._list.show_items([NoteRow(hit, trash) for hit in found.hits])
        if found.hits:
            at = self._list.items.index(min(max(row, 0), self._list.items.rowCount() - 1))
            self._list.setCurrentIndex(at)
            self._stack.setCurrentIndex(0)
        else:
            self._explain(trash)

    def _explain(self, trash: bool) -> None:
        """Say why the list is empty, and offer one thing to do."""
        if trash:
            self._say_nothing(
                "trash-2", self.tr("The trash is empty."), self.tr("Back to the notes"),
                self._kept.click,
            )  # fmt: skip
        elif self._filter.text().strip():
            words = self.tr("No note holds “{text}”.").format(text=self._filter.text().strip())
            self._say_nothing("search", words, self.tr("Clear the filter"), self._filter.clear)
        else:
            words = self.tr("No notes yet. Begin one on any record, or here.")
            self._say_nothing("notebook-pen", words, self.tr("New note"), self._begin)

    def _broken(self, problem: FieldGuideError) -> None:
        still = self.tr("The guide, the search and the map work without them.")
        for part in (self._export, self._act):
            part.setEnabled(False)
        self._say_nothing(
            "file-warning", f"{problem} {still}", self.tr("Open the directory"),
            lambda: self.opened.emit(Place("directory")),
        )  # fmt: skip

    def _say_nothing(self, icon: str, words: str, act: str, pressed: Callable[[], object]) -> None:
        layout = self._nothing.layout()
        assert layout is not None
        clear(layout)
        layout.addWidget(Empty(self.desk.look, icon, words, act, pressed))
        self._stack.setCurrentIndex(1)

    def _begin(self) -> None:
        self.opened.emit(Place("note", None, "new"))

    def _to_list(self) -> None:
        self._list.setFocus()

    def _list_act(self) -> None:
        self._list.act()

    def _remove(self, card: NoteCard) -> None:
        def undo() -> None:
            self._restore(card)

        def done(_: object) -> None:
            words = self.tr("Moved to the trash: {title}").format(title=NoteRow.title_of(card))
            self._toast.offer(words, self.tr("Undo"), undo)
            self._look()

        self.desk.notes.do(lambda book: book.delete(card.id), done, self._failed)

    def _restore(self, card: NoteCard) -> None:
        def done(_: object) -> None:
            self._toast.dismiss()
            self.said.emit(self.tr("Restored: {title}").format(title=NoteRow.title_of(card)))
            self._look()

        self.desk.notes.do(lambda book: book.restore(card.id), done, self._failed)

    def _choose_file(self, audience: str) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export notes to Markdown"), "notes.zip", self.tr("Zip files (*.zip)")
        )
        if chosen:
            self._write(audience, Path(chosen))

    def _write(self, audience: str, path: Path) -> None:
        readers = AUDIENCES[audience]
        self.desk.notes.do(
            lambda book: save_markdown(book.whole(readers), path, book.album.enclosing(audience)),
            lambda number: self._written(number, path),
            self._failed,
        )

    def _written(self, number: int, path: Path) -> None:
        many = self.tr("{number} notes written to {path}").format(number=number, path=path)
        self.said.emit(
            self.tr("1 note written to {path}").format(path=path) if number == 1 else many
        )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
