"""What stands above every page while only the guide is open."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class LockedBar(QFrame):
    """One sentence and the way to the notes."""

    unlocking = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("surface", "sunken")
        self._picture = QLabel()
        sentence = self.tr("Your notes are locked: only the guide is open.")
        words = ScriptLabel(sentence, look.theme, "body", "t1", weight=600, wrap=True)
        unlock = IconButton(look, "key-round", self.tr("Unlock"), self.unlocking.emit)
        unlock.setAccessibleName(self.tr("Unlock the notes"))
        unlock.setProperty("dense", "true")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._picture)
        self._row.addWidget(words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(unlock)
        self.setAccessibleName(sentence)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self._picture.setPixmap(self._look.icons.pixmap("lock", 16, "warning"))
        self._row.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        self._row.setSpacing(theme.px(10))
