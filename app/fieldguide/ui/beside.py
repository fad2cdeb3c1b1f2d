"""Something that comes and goes beside a page's content, or below it where there is little room."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.theme import WIDEST, Theme

WIDTH: Final = 352
WIDE: Final = 860
"""Pixels at 100 % from which there is room for both side by side."""
ABOVE: Final = 0.4
"""How much of the height the content has where the other is below it."""


class Beside(QWidget):
    """A hairline parts the two."""

    def __init__(self, look: Look, content: QWidget, aside: QWidget) -> None:
        super().__init__()
        self._look, self._content, self._aside = look, content, aside
        self._between = QFrame()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(content, 1)
        self._row.addWidget(self._between)
        self._row.addWidget(aside)
        self.show_aside(False)

    def show_aside(self, shown: bool) -> None:
        """Show it, or put it away."""
        self._aside.setVisible(shown)
        self._between.setVisible(shown)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other or one below the other."""
        super().resizeEvent(event)
        self._turn()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._turn()

    def _turn(self) -> None:
        theme = self._look.theme
        wide = self.width() >= theme.px(WIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)
        self._between.setProperty("kind", "divide" if wide else "rule")
        self._between.style().unpolish(self._between)
        self._between.style().polish(self._between)
        self._aside.setMinimumWidth(theme.px(WIDTH) if wide else 0)
        self._aside.setMaximumWidth(theme.px(WIDTH) if wide else WIDEST)
        # Below the content it is what one works with: that gives way.
        above = not wide and not self._aside.isHidden()
        self._content.setMaximumHeight(round(self.height() * ABOVE) if above else WIDEST)
