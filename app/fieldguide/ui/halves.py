"""A page in two halves: what there is to know at the left, what there is to do at the right."""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.theme import Theme

WIDE: Final = 800


class Halves(QScrollArea):
    """Where there is little room, what there is to do comes first."""

    def __init__(self, look: Look, name: str, known: QWidget, doing: QWidget) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setProperty("kind", "halves")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, whole)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._insides = []
        for surface, part, stretch in (("window", known, 2), ("surface", doing, 3)):
            half = QWidget()
            half.setProperty("surface", surface)
            half.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            inside = QVBoxLayout(half)
            inside.addWidget(part, 1)
            self._insides.append(inside)
            self._row.addWidget(half, stretch)
        self.setWidget(whole)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        for inside in self._insides:
            inside.setContentsMargins(theme.px(28), theme.px(28), theme.px(28), theme.px(20))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side, or the right half above the left one."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() >= self._look.theme.px(WIDE)
        across, up = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.BottomToTop
        self._row.setDirection(across if wide else up)
