"""A line or two that a page asks for, parted from it by a hairline."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.ui.parts import rule
from fieldguide.ui.theme import Theme


class LineForm(QWidget):
    """Hidden until something is asked; Escape leaves."""

    left = Signal()

    def __init__(self, *, below: bool = False) -> None:
        """The page lies below the hairline, or with ``below`` above it."""
        super().__init__()
        self.within = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self.within)
        column.insertWidget(0 if below else 1, rule())
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self.within.setSpacing(theme.px(6))
        self.within.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
