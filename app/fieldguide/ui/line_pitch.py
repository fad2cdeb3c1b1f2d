"""Where the lines of a note stand: the same way from each to the next, whatever faces they hold."""

from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QTextBlock, QTextDocument
from PySide6.QtWidgets import QPlainTextDocumentLayout

PITCH: Final = 23
"""Pixels at 100 % from a line to the next: what one with hanzi needs."""
LEAST: Final = 2
"""Pixels over a line with hanzi, which so stands level with others."""
SINK: Final = 2
"""Pixels at 100 % by which the ground of a line lies lower, so that its text is in the middle."""
AIR: Final = 6
"""Pixels at 100 % over a heading."""
MOST_LINES: Final = 200
"""A paragraph of more lines is set as Qt sets it: to move them all would keep a key waiting."""


class LinePitch(QPlainTextDocumentLayout):
    """Qt's layout of plain text, with what a line lacks of the pitch put above it."""

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
        # Asked some hundred times a key: that the first was moved says that all were.
        if not 0 < count <= MOST_LINES or layout.lineAt(0).y() > 0:
            return rect
        bottom = 0.0
        for number in range(count):
            line = layout.lineAt(number)
            height = line.height()
            over = max(LEAST, self._pitch - height) if height <= self._pitch else self._air
            line.setPosition(QPointF(line.x(), bottom + over))
            bottom += over + height
        return super().blockBoundingRect(block)

    def documentChanged(self, start: int, removed: int, added: int) -> None:
        """Lay out what is new; Qt adds what is gone to it, and draws all lines for one letter."""
        # What was taken back in one piece may have moved more than its own line.
        super().documentChanged(start, removed if removed > max(1, added) else 0, max(1, added))
