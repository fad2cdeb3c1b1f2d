"""The search palette over the window."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldguide.ui.desk import Desk


class Palette(QWidget):
    """Search everything as you type."""

    opened = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self.desk = desk

    def start(self) -> None:
        """Show the palette with an empty line."""
