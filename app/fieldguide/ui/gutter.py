"""Beside the text of a note: what each line is, as icon, word and colour."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QTextBlock
from PySide6.QtWidgets import QWidget

from fieldguide.domain.notes import parse_lines
from fieldguide.ui.desk import Look
from fieldguide.ui.line_kinds import kind_mark
from fieldguide.ui.line_pitch import SINK
from fieldguide.ui.plain_text import TextLine
from fieldguide.ui.text import draw_text
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.ui.editor import Editor


def paint_ground(editor: "Editor", target: QWidget, theme: Theme, lines: list[TextLine]) -> None:
    """Draw the ground of the line with the cursor; an empty note's would hide the placeholder."""
    if editor.document().isEmpty():
        return
    current = editor.textCursor().blockNumber()
    for block, rect in lines:
        if block.blockNumber() == current:
            painter = QPainter(target)
            ground = QRectF(0, rect.top() + theme.px(SINK), target.width(), rect.height())
            painter.fillRect(ground, theme.color("sunken"))
            painter.end()


class Gutter(QWidget):
    """Icon and word of each line's kind, and a bar in its colour."""

    def __init__(self, editor: "Editor", look: Look) -> None:
        super().__init__(editor)
        self._editor, self._look = editor, look

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ground of the current line, and the marks of the lines in sight."""
        lines = self._editor.lines(event.rect())
        paint_ground(self._editor, self, self._look.theme, lines)
        painter = QPainter(self)
        for block, rect in lines:
            self._draw(painter, block, rect)
        painter.end()

    def _draw(self, painter: QPainter, block: QTextBlock, rect: QRectF) -> None:
        look, theme = self._look, self._look.theme
        mark = kind_mark(parse_lines(block.text())[0].kind)
        if not mark.word:
            return
        first = block.layout().lineAt(0)
        line, top = first.height(), rect.top() + first.y()
        spot = QPointF(theme.px(12), top + (line - theme.px(16)) / 2)
        painter.drawPixmap(spot, look.icons.pixmap(mark.icon, 16, mark.color))
        left = theme.px(34)
        if self.width() > left + theme.px(30):
            word = QRectF(left, top, self.width() - left - theme.px(8), line)
            draw_text(painter, word, mark.word, theme, "body", mark.color, weight=600)
        air = theme.px(2)
        bar = QRectF(self.width() - theme.px(4), rect.top(), theme.px(2), rect.height())
        sink = theme.px(SINK)
        bar.adjust(0, sink + air, 0, sink - air)
        painter.fillRect(bar, theme.color(mark.color))
