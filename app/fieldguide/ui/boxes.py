"""Boxes to tick and links to click: where they are in the editor, and how a box is drawn."""

from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextLine

from fieldguide.domain.markdown import Item, RecordLink, item
from fieldguide.ui import marking
from fieldguide.ui.desk import Look
from fieldguide.ui.plain_text import TextLine
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.ui.editor import Editor

SIDE: Final = 14


def paint_boxes(editor: "Editor", look: Look, lines: list[TextLine]) -> None:
    """Draw the boxes of lines over their marks, which are not shown."""
    painter: QPainter | None = None
    for block, rect in lines:
        begin = item(block.text())
        if begin is None or begin.sign < 0:
            continue
        if painter is None:
            painter = QPainter(editor.viewport())
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _box(block, rect, begin, look.theme)
        if _selected(editor, block, begin):
            # What is selected has one colour, the mark too, which is not to be seen.
            painter.fillRect(_mark(block, rect, begin), look.theme.color("accent"))
        _paint_box(painter, box, look, done=begin.done)
    if painter is not None:
        painter.end()


def box_at(editor: "Editor", point: QPointF, theme: Theme) -> QTextBlock | None:
    """The line whose box is at a point of the viewport."""
    for block, rect in editor.lines():
        begin = item(block.text())
        if begin is None or begin.sign < 0:
            continue
        around = theme.px(4)
        box = _box(block, rect, begin, theme).adjusted(-around, -around, around, around)
        if box.contains(point):
            return block
    return None


def link_under(editor: "Editor", point: QPointF) -> RecordLink | None:
    """The link at a point of the viewport."""
    for block, rect in editor.lines():
        if not rect.contains(point) or "[[" not in block.text():
            continue
        layout = block.layout()
        inner = point - rect.topLeft()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if line.naturalTextRect().contains(inner):
                place = block.position() + int(line.xToCursor(inner.x()))
                return marking.link_at(block, place)
    return None


def _selected(editor: "Editor", block: QTextBlock, begin: Item) -> bool:
    cursor = editor.textCursor()
    start, end = block.position() + begin.indent, block.position() + len(begin.mark)
    return cursor.selectionStart() < end and cursor.selectionEnd() > start


def _mark(block: QTextBlock, rect: QRectF, begin: Item) -> QRectF:
    """Where the mark stands whose place the box takes."""
    line = block.layout().lineAt(0)
    left, right = (_across(line, place) for place in (begin.indent, len(begin.mark)))
    return QRectF(rect.left() + left, rect.top() + line.y(), right - left, line.height())


def _across(line: QTextLine, place: int) -> float:
    # Qt's own answer is a pair, whatever its stub says.
    return cast("tuple[float, int]", line.cursorToX(place))[0]


def _box(block: QTextBlock, rect: QRectF, begin: Item, theme: Theme) -> QRectF:
    line = block.layout().lineAt(0)
    left = _across(line, begin.indent)
    side = theme.px(SIDE)
    top = line.y() + (line.height() - side) / 2
    return QRectF(round(rect.left() + left), round(rect.top() + top), side, side)


def _paint_box(painter: QPainter, box: QRectF, look: Look, *, done: bool) -> None:
    theme = look.theme
    half = theme.hairline / 2
    edge = box.adjusted(half, half, -half, -half)
    painter.setPen(QPen(theme.color("accent" if done else "t2"), theme.hairline))
    painter.setBrush(theme.color("accent" if done else "surface"))
    painter.drawRoundedRect(edge, theme.px(3), theme.px(3))
    if done:
        tick = look.icons.pixmap("check", 12, "on-accent")
        inset = (box.width() - theme.px(12)) / 2
        painter.drawPixmap(box.topLeft() + QPointF(inset, inset), tick)
