"""One line that offers to undo what was just done; it stays until the next act."""

from collections.abc import Callable

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import key_text
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class Toast(QWidget):
    """Lies below a list; Ctrl+Z does what its button does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._act: Callable[[], object] | None = None
        self._words = ScriptLabel("", look.theme, "body", "surface")
        self._button = QPushButton()
        self._button.setProperty("dense", "true")
        self._button.clicked.connect(self._do)
        frame = QFrame()
        frame.setProperty("kind", "toast")
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._button)
        self._column = QHBoxLayout(self)
        self._column.addWidget(frame)
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._do)
        self._shortcut.setEnabled(False)
        self.set_theme(look.theme)
        self.hide()

    def offer(self, words: str, act: str, pressed: Callable[[], object]) -> None:
        """Say what was done, and how to take it back."""
        self._act = pressed
        self._words.setText(words)
        self._button.setText(f"{act} ({key_text('Ctrl+Z')})")
        self._button.setAccessibleName(act)
        self.setAccessibleName(words)
        self._shortcut.setEnabled(True)
        self.show()

    def dismiss(self) -> None:
        """Something else is done now."""
        self._act = None
        self._shortcut.setEnabled(False)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(14), theme.px(4), theme.px(8), theme.px(4))
        self._column.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()
