"""The end of the notes: what it destroys, what it cannot reach, and the word that begins it."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldguide.ui.desk import Desk
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class WipeSection(Section):
    """Two ways in; both ask for a word to be typed."""

    wiping = Signal(object)
    """The Path to export to before, or None."""
    asked = Signal()
    """The question is there, perhaps below what can be seen."""

    def __init__(self, desk: Desk, heading: str) -> None:
        super().__init__(desk.look, heading)
        look = desk.look
        about = Statement(
            look,
            self.tr("Destroy all notes, with all backups"),
            self.tr(
                "The key goes in all copies that can be reached; without it nothing opens. It "
                "takes a moment, however much there is. A stick that is not plugged in keeps its "
                "copy, and what was exported stays."
            ),
        )
        wipe = IconButton(look, "trash-2", self.tr("Wipe…"), lambda: self._ask(None), "danger")
        wipe.setAccessibleName(self.tr("Wipe all notes"))
        export = IconButton(look, "file-down", self.tr("Export, verify, wipe…"), self._choose)
        about.add_below(wipe)
        about.add_below(export)
        self._form = _WordForm(desk)
        self._form.sent.connect(self._send)
        self.add(about)
        self.add(self._form)
        self._target: Path | None = None

    def fold(self) -> None:
        """Take the question away again."""
        self._form.fold()

    def _ask(self, target: Path | None) -> None:
        self._target = target
        self._form.ask(target)
        self.asked.emit()

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export all notes before they are wiped"), "notes.zip",
            self.tr("Zip files (*.zip)"),
        )  # fmt: skip
        if chosen:
            self._ask(Path(chosen))

    def _send(self) -> None:
        self._form.fold()
        self.wiping.emit(self._target)


class _WordForm(QWidget):
    """The button works once the word is typed."""

    sent = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._word = self.tr("wipe")
        self._line = ScriptLabel("", desk.look.theme, "body", "danger", weight=600, wrap=True)
        asked = self.tr("Type the word {word}").format(word=self._word)
        self._field = QLineEdit()
        self._field.setAccessibleName(asked)
        self._field.textChanged.connect(self._check)
        self._field.returnPressed.connect(self._submit)
        self._act = IconButton(desk.look, "trash-2", self.tr("Wipe now"), self._submit, "danger")
        cancel = QPushButton(self.tr("Keep everything"))
        cancel.setProperty("kind", "quiet")
        cancel.clicked.connect(self.fold)
        self._buttons = FlowLayout()
        self._buttons.addWidget(self._act)
        self._buttons.addWidget(cancel)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._line)
        self._column.addWidget(label(asked, "caption", "t2"))
        self._column.addWidget(self._field)
        self._column.addLayout(self._buttons)
        self.hide()
        self.set_theme(desk.look.theme)

    def ask(self, target: Path | None) -> None:
        """Ask for the word."""
        line = self.tr("All notes, attachments and backups within reach are destroyed for good.")
        if target is not None:
            line = self.tr(
                "All notes, people and questions are exported to {path}, readable by anyone. "
                "That is read again, and only when it is whole, all within reach is destroyed."
            ).format(path=target)
        self._line.setText(line)
        self._act.setText(self.tr("Wipe now") if target is None else self.tr("Export and wipe"))
        self._field.clear()
        self._check()
        self.show()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def fold(self) -> None:
        """Take it away."""
        self._field.clear()
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(8))
        self._buttons.setSpacing(theme.px(8))

    def _typed(self) -> bool:
        return self._field.text().strip().casefold() == self._word.casefold()

    def _check(self) -> None:
        self._act.setEnabled(self._typed())

    def _submit(self) -> None:
        if self._typed():
            self.sent.emit()
