"""One sentence on a tinted ground, what it means, and the one thing to do about it."""

from typing import Literal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

Tone = Literal["ok", "info", "warning"]
_ICONS: dict[Tone, str] = {"ok": "circle-check", "info": "info", "warning": "triangle-alert"}


class Banner(QFrame):
    """Its tone follows what it says."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tone: Tone = "info"
        self.setProperty("kind", "bar")
        self._picture = QLabel()
        self._sentence = ScriptLabel("", look.theme, "body", weight=600, wrap=True)
        self._meaning = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._sentence)
        words.addWidget(self._meaning)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        self.set_theme(look.theme)

    def add(self, widget: QWidget) -> None:
        """Add a control at the right."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def tell(self, tone: Tone, sentence: str, meaning: str = "") -> None:
        """Say it."""
        self._tone = tone
        self._sentence.setText(sentence)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self.setAccessibleName(f"{sentence} {meaning}".strip())
        self.setProperty("tone", tone)
        self.style().unpolish(self)
        self.style().polish(self)
        self.set_theme(self._look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self._picture.setPixmap(self._look.icons.pixmap(_ICONS[self._tone], 16, self._tone))
        self._row.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(10))
        self._row.setSpacing(theme.px(12))
