"""Where the lines of a note stand: the same way from each to the next, whatever faces they hold."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

PITCH: Final = 22
"""Pixels at 100 %: what a line with hanzi needs, so that none moves when the first is typed."""
AIR: Final = 6
"""Pixels at 100 % over a heading."""
MOST_LINES: Final = 200
"""A paragraph of more lines is set as Qt sets it: to move them all would keep a key waiting."""


class LinePitch(QPlainTextDocumentLayout):
    """Qt's layout of plain text, with what a line lacks of the pitch put around it."""

    def __init__(self, document: QTextDocument) -> None:
        super().__init__(document)
        self._pitch = self._air = 0

    def set_pitch(self, pitch: int, air: int) -> None:
        """Take other pixels; count for lines that are laid out from now on."""
        self._pitch, self._air = pitch, air

    def blockBoundingRect(self, block: QTextBlock) -> QRectF:
        """The room of a paragraph, whose lines are moved apart when they were just laid out."""
        rect = super().blockBoundingRect(block)
        if not block.isValid():
            return rect
        layout = block.layout()
        count = layout.lineCount()
        if not 0 < count <= MOST_LINES:
            return rect
        last = layout.lineAt(count - 1)
        bottom = last.y() + last.height()
        if layout.lineAt(0).y() > 0:
            over, whole = self._room(last.height(), first=count == 1)
            return rect.adjusted(0, 0, 0, last.y() - over + whole - bottom)
        top = 0
        for number in range(count):
            line = layout.lineAt(number)
            over, whole = self._room(line.height(), first=number == 0)
            line.setPosition(QPointF(line.x(), top + over))
            top += whole
        return rect.adjusted(0, 0, 0, top - bottom)

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Lay out what is new; Qt adds what is gone to it, and draws all lines for one letter."""
        super().documentChanged(start, 0, max(1, added))

    def _room(self, height: float, *, first: bool) -> tuple[int, int]:
        """Pixels over a line, and in all."""
        if height > self._pitch:
            over = self._air if first else 0
            return over, over + round(height)
        return int(self._pitch - height) // 2, self._pitch
