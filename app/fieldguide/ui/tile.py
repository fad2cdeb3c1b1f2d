"""An icon on the accent colour, which stands at the head of a page."""

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.theme import Theme

_ICON: Final = 20


class Tile(QWidget):
    """Square, its edge in pixels at 100 %."""

    def __init__(self, look: Look, icon: str, edge: int = 40) -> None:
        super().__init__()
        self._look, self._icon, self._edge = look, icon, edge
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the size of the text."""
        self.setFixedSize(theme.px(self._edge), theme.px(self._edge))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(8), theme.px(8))
        edge = (self.width() - theme.px(_ICON)) // 2
        painter.drawPixmap(edge, edge, self._look.icons.pixmap(self._icon, _ICON, "on-accent"))
        painter.end()
