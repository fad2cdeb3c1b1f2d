"""Beside the text of a note: what each line is, as icon, word and colour."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from fieldguide.domain.notes import parse_lines
from fieldguide.ui.desk import Look
from fieldguide.ui.line_kinds import kind_mark
from fieldguide.ui.text import draw_text

if TYPE_CHECKING:
    from fieldguide.ui.editor import Editor


class Gutter(QWidget):
    """Icon and word of each line's kind, and a bar in its colour."""

    def __init__(self, editor: "Editor", look: Look) -> None:
        super().__init__(editor)
        self._editor, self._look = editor, look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks of the lines in sight."""
        painter = QPainter(self)
        for block, rect in self._editor.lines():
            self._draw(painter, block, rect)
        painter.end()

    def _draw(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        look, theme = self._look, self._look.theme
        mark = kind_mark(parse_lines(block.text())[0].kind)
        if not mark.word:
            return
        line = block.layout().lineAt(0).height()
        top = rect.top()
        spot = QPointF(theme.px(12), top + (line - theme.px(16)) / 2)
        painter.drawPixmap(spot, look.icons.pixmap(mark.icon, 16, mark.color))
        left = theme.px(34)
        if self.width() > left + theme.px(30):
            word = QRectF(left, top, self.width() - left - theme.px(8), line)
            draw_text(painter, word, mark.word, theme, "body", mark.color, weight=600)
        high = block.layout().boundingRect().height()
        bar = QRectF(self.width() - theme.px(4), rect.top(), theme.px(2), high)
        painter.fillRect(bar, theme.color(mark.color))
