"""One line that offers to undo what was just done; its key works until the next act."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import key_text
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme

SHOWN_MS: Final = 10_000


class Toast(QWidget):
    """Lies below a list; Ctrl+Z does what its button does."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._act: Callable[[], object] | None = None
        self._words = ScriptLabel("", look.theme, "body", "surface")
        self._button = QPushButton()
        self._button.setProperty("dense", "true")
        self._button.clicked.connect(self._do)
        self._frame = QFrame()
        self._frame.setProperty("kind", "toast")
        self._row = QHBoxLayout(self._frame)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._button)
        self._column = QHBoxLayout(self)
        self._column.addWidget(self._frame)
        self._shortcut = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self, self._do)
        self._shortcut.setEnabled(False)
        self._over = QTimer(self)
        self._over.setSingleShot(True)
        self._over.timeout.connect(self._fade)
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
        self.setMaximumHeight(WIDEST)
        self._over.start(SHOWN_MS)
        self.show()

    def give_way(self) -> None:
        """Leave its place to what is needed now; the key still takes back what was done."""
        self._over.stop()
        self.setMaximumHeight(0)

    def dismiss(self) -> None:
        """Something else is done now."""
        self._act = None
        self._over.stop()
        self._shortcut.setEnabled(False)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(14), theme.px(4), theme.px(8), theme.px(4))
        self._column.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))

    def _fade(self) -> None:
        if self._button.hasFocus() or self.underMouse():
            self._over.start(SHOWN_MS)
        else:
            self.give_way()

    def _do(self) -> None:
        act = self._act
        self.dismiss()
        if act is not None:
            act()
