"""Stars, tags and shortlists beside the directory: read, renamed on all records, given up."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton

from fieldguide.errors import FieldGuideError
from fieldguide.services import labelling
from fieldguide.services.labelling import Collected, Renamed, Sort
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.line_form import LineForm
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast

_TOPIC = "labels"


class RenameForm(LineForm):
    """One line for another name; Enter keeps it, Escape leaves."""

    renamed = Signal(str, str, str)
    """Which sort, the old name, and the new one as it was typed."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._sort, self._old = "", ""
        self._words = ScriptLabel("", look.theme, "body", "t2")
        self.line = QLineEdit()
        self.line.setAccessibleName(self.tr("New name"))
        self.line.returnPressed.connect(self._keep)
        button = QPushButton(self.tr("Rename"))
        button.clicked.connect(self._keep)
        self._row = QHBoxLayout()
        self._row.addWidget(self._words)
        self._row.addWidget(self.line, 1)
        self._row.addWidget(button)
        self.within.addLayout(self._row)
        self.set_theme(look.theme)

    def begin(self, sort: str, name: str) -> None:
        """Ask for another name of a tag or a shortlist."""
        self._sort, self._old = sort, name
        words = self.tr("Rename the tag") if sort == "tags" else self.tr("Rename the shortlist")
        self._words.setText(words)
        self.line.setText(name)
        self.show()
        self.line.setFocus()
        self.line.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        super().set_theme(theme)
        self._row.setSpacing(theme.px(8))

    def _keep(self) -> None:
        self.renamed.emit(self._sort, self._old, self.line.text())


class DirectoryLabels(QObject):
    """Reads what lies on all records, and changes a name of it in one act with an undo."""

    arrived = Signal(object)
    """A Collected, when it is another than before."""
    renamed = Signal(object)
    """A Renamed: what is chosen by the old name is to be chosen by the new one."""
    said = Signal(str)
    left = Signal()
    """The line is done with; the keys go back to the filters."""

    def __init__(self, desk: Desk, form: RenameForm, toast: Toast) -> None:
        super().__init__(form)
        self._desk, self._form, self._toast = desk, form, toast
        self._found = Collected({})
        form.renamed.connect(self._rename)
        form.left.connect(self._leave)

    def ask(self) -> None:
        """Read it again; where the notes do not open there is none."""
        self._desk.notes.ask(_TOPIC, labelling.collected, self._take, lambda _: None)

    def settle(self) -> None:
        """An undo is offered only until something else is done."""
        self._form.hide()
        self._toast.dismiss()

    def act(self, act: str, sort: Sort, name: str) -> None:
        """Rename one of them, or give it up."""
        self.settle()
        if act == "rename":
            self._form.begin(sort, name)
        else:
            said = self.tr("{name} removed from all records").format(name=name)
            self._desk.notes.do(
                lambda book: labelling.remove(book, sort, name),
                lambda deed: self._done(deed, said),
                self._failed,
            )

    def _rename(self, sort: Sort, old: str, typed: str) -> None:
        self._leave()

        def done(deed: Renamed) -> None:
            words = self.tr("{old} is now called {new}")
            self._done(deed, words.format(old=deed.old, new=deed.new))

        def failed(problem: FieldGuideError) -> None:
            self._failed(problem)
            # What was typed is still in it.
            self._form.show()

        self._desk.notes.do(lambda book: labelling.rename(book, sort, old, typed), done, failed)

    def _done(self, deed: Renamed, said: str) -> None:
        self._toast.offer(said, self.tr("Undo"), lambda: self._undo(deed))
        self.renamed.emit(deed)
        self.ask()

    def _undo(self, deed: Renamed) -> None:
        def done(_: object) -> None:
            if not deed.had:
                self.renamed.emit(replace(deed, old=deed.new, new=deed.old))
            self.ask()

        self._desk.notes.do(lambda book: labelling.undo(book, deed), done, self._failed)

    def _take(self, found: Collected) -> None:
        if found != self._found:
            self._found = found
            self.arrived.emit(found)

    def _leave(self) -> None:
        self._form.hide()
        self.left.emit()

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
