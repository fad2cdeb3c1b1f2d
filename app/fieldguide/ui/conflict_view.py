"""Versions of one note side by side, each whole, and what to keep of them."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.notes import Note
from fieldguide.ui.desk import Look
from fieldguide.ui.editor import Editor
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.parts import IconButton, clear, label, rule
from fieldguide.ui.step_list import day_words
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class ConflictView(QWidget):
    """One column a version; nothing that is not kept leaves the history."""

    kept = Signal(str)
    """The text that is to take the place of all versions."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._columns = QHBoxLayout()
        self._both = IconButton(
            look, "git-merge", self.tr("Keep all, one below the other"), self._keep_all
        )
        self._foot = QHBoxLayout()
        words = self.tr("What is not kept stays in the history.")
        self._foot.addWidget(label(words, "caption", "t2", wrap=True), 1)
        self._foot.addWidget(self._both)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._columns, 1)
        column.addWidget(rule())
        column.addLayout(self._foot)
        self._texts: list[str] = []
        self.set_theme(look.theme)

    def show_versions(self, versions: Sequence[Note], me: str) -> None:
        """Show these, in the order in which they were saved."""
        clear(self._columns)
        self._texts = [version.text for version in versions]
        for number, version in enumerate(versions, 1):
            self._columns.addWidget(self._column(number, version, me), 1)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._columns.setSpacing(theme.px(1))
        self._foot.setContentsMargins(theme.px(24), theme.px(9), theme.px(24), theme.px(9))

    def _column(self, number: int, version: Note, me: str) -> QWidget:
        theme = self._look.theme
        author = version.revision.author
        who = author.name or (self.tr("You") if author.id == me else self.tr("Someone else"))
        when = f"{day_words(version.changed)}, {version.changed:%H:%M}"
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        name = self.tr("Version {number}").format(number=number)
        column.addWidget(ScriptLabel(f"{name} · {who}", theme, "body", weight=600))
        readers = visibility_mark(version.visibility).word
        state = self.tr("In the trash") if version.deleted else readers
        column.addWidget(ScriptLabel(f"{when} · {state}", theme, "caption", "t2", wrap=True))
        text = Editor(self._look, name)
        text.show_text(version.text)
        text.setReadOnly(True)
        column.addWidget(text, 1)
        keep = IconButton(
            self._look, "check", self.tr("Keep this one"), lambda: self.kept.emit(version.text)
        )
        keep.setAccessibleName(self.tr("Keep version {number}").format(number=number))
        column.addWidget(keep)
        return made

    def _keep_all(self) -> None:
        parts = [text.strip("\n") for text in self._texts if text.strip()]
        self.kept.emit("\n\n".join(parts))
