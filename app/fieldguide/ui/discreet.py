"""The discreet view: who looks over one's shoulder sees the line being typed, and no more."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.notes import parse_lines
from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Look
from fieldguide.ui.discretion import KEY
from fieldguide.ui.editor import Editor
from fieldguide.ui.parts import IconButton, key_text, label, rule
from fieldguide.ui.theme import Theme

CLOCK_MS = 10_000
WIDEST = 720


class LineField(QLineEdit):
    """One line; Enter begins the next."""

    def __init__(self, began: Callable[[], None]) -> None:
        super().__init__()
        self._began = began

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter is not for anybody else."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._began()
        else:
            super().keyPressEvent(event)


class DiscreetPane(QWidget):
    """The last line of a note, without what it is; what is typed goes into the editor's text."""

    def __init__(self, look: Look, editor: Editor) -> None:
        super().__init__()
        self._look, self._editor = look, editor
        self._mark = ""
        self.line = LineField(self._begin)
        self.line.setAccessibleName(self.tr("Line of the note"))
        self._hidden = label("", "body", "t2")
        self._within = QVBoxLayout()
        for part in (self.line, rule(), self._hidden):
            self._within.addWidget(part)
        self._within.addStretch(1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addLayout(self._within, 8)
        row.addStretch(1)
        self.line.textEdited.connect(self._type)
        self.set_theme(look.theme)

    def show_line(self) -> None:
        """Show the line that is last, unless it is the one shown already."""
        cursor = self._editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        text = cursor.block().text()
        words = parse_lines(text)[0].text if text.strip() else text
        self._mark = text.removesuffix(words) if text.endswith(words) else ""
        shown = text.removeprefix(self._mark)
        if self.line.text() != shown:
            self.line.setText(shown)
        self.line.setReadOnly(self._editor.isReadOnly())
        self._count()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self.line.setMaximumWidth(theme.px(WIDEST))
        self._within.setContentsMargins(theme.px(16), theme.px(48), theme.px(16), theme.px(16))
        self._within.setSpacing(theme.px(12))

    def _type(self, text: str) -> None:
        cursor = self._editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        start = QTextCursor.MoveOperation.StartOfBlock
        cursor.movePosition(start, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(self._mark + text)

    def _begin(self) -> None:
        if self._editor.isReadOnly() or not self.line.text():
            return
        cursor = self._editor.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End)
        cursor.insertBlock()
        self._editor.setTextCursor(cursor)
        self.show_line()

    def _count(self) -> None:
        count = self._editor.document().blockCount() - 1
        one, many = self.tr("1 earlier line hidden"), self.tr("{number} earlier lines hidden")
        self._hidden.setText(one if count == 1 else many.format(number=count) if count else "")


class DiscreetBar(QWidget):
    """At the right of the title: the time, and the way back."""

    def __init__(self, look: Look, clock: Callable[[], datetime]) -> None:
        super().__init__()
        self._look, self._clock = look, clock
        self._time = label("", "body", "t2")
        self._button = IconButton(look, "eye-off", "", self._turn)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._time)
        row.addWidget(self._button)
        timer = QTimer(self)
        timer.timeout.connect(self._tell)
        timer.start(CLOCK_MS)
        self.show_state(look.preferences)

    def show_state(self, chosen: Preferences) -> None:
        """Offer the other way round."""
        words = self.tr("Show all") if chosen.discreet else self.tr("Discreet")
        self._button.setText(words if chosen.discreet else "")
        self._button.setAccessibleName(words)
        self._button.setToolTip(f"{words} ({key_text(KEY)})")
        self._time.setVisible(chosen.discreet)
        self._tell()

    def _tell(self) -> None:
        self._time.setText(f"{self._clock():%H:%M}")

    def _turn(self) -> None:
        chosen = self._look.preferences
        self._look.prefer(replace(chosen, discreet=not chosen.discreet))
