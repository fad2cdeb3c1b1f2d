"""The place where a note is typed: plain text, with what each line is in a gutter beside it."""

import re
from typing import Final

from PySide6.QtCore import QMimeData, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextCursor,
    QTextFormat,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from fieldguide.domain.notes import LineKind, parse_lines
from fieldguide.ui.desk import Look
from fieldguide.ui.highlighter import Highlighter
from fieldguide.ui.line_kinds import kind_mark
from fieldguide.ui.offers import has_offer, offer_of, words_of
from fieldguide.ui.text import draw_text
from fieldguide.ui.theme import Theme

GUTTER: Final = 108
NARROW_GUTTER: Final = 36
_MARK: Final = re.compile(r"(?:[FOA?]|Q(?: [^:]{1,80})?):(?: |$)")
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor


class Editor(QPlainTextEdit):
    """``text`` is what was typed, byte for byte; kinds are its lines' prefixes, as in ``F: …``."""

    offered = Signal(object)
    """An Offer that was pasted or dropped."""
    left = Signal()
    """The keys go elsewhere now: keep what is unsaved."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._gutter = Gutter(self, look)
        self._highlighter = Highlighter(self.document(), look.theme)
        self.updateRequest.connect(self._scroll_gutter)
        self.cursorPositionChanged.connect(self._mark_line)
        self.textChanged.connect(self._mark_line)
        self.set_theme(look.theme)

    def text(self) -> str:
        """What was typed; lines end in a line feed."""
        return self.document().toRawText().replace("\u2029", "\n")

    def show_text(self, text: str) -> None:
        """Show another note; there is nothing to undo in it, and the cursor is at its end."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def kind(self) -> LineKind:
        """What the line with the cursor is."""
        return parse_lines(self.textCursor().block().text())[0].kind

    def set_kind(self, kind: LineKind) -> None:
        """Make the selected lines of a kind; if they are of it already, make them plain."""
        cursor = self.textCursor()
        document = self.document()
        first = document.findBlock(cursor.selectionStart())
        last = document.findBlock(cursor.selectionEnd())
        mark = "" if self.kind() is kind else f"{kind.value}: "
        cursor.beginEditBlock()
        block = first
        while block.isValid():
            self._set_mark(block, mark)
            if block == last:
                break
            block = block.next()
        cursor.endEditBlock()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every line break is a line of the text; Qt would make one that is none."""
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        else:
            super().keyPressEvent(event)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, and what can be attached."""
        return super().canInsertFromMimeData(source) or source.hasHtml() or has_offer(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words as text alone; files and pictures go to those who attach them."""
        offer = offer_of(source)
        if offer is not None:
            self.offered.emit(offer)
        elif source.hasFormat("text/plain") or not source.hasHtml():
            super().insertFromMimeData(source)
        else:
            self.insertPlainText(words_of(source))

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is copied: after a move another program would delete its file."""
        super().dropEvent(event)
        if event.isAccepted() and has_offer(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keys go elsewhere."""
        super().focusOutEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the gutter beside the text."""
        # First the gutter: Qt breaks the lines for the room that is left.
        self._place_gutter()
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.setFont(theme.font("note"))
        self.document().setDocumentMargin(theme.px(8))
        self._highlighter.set_theme(theme)
        self._place_gutter()
        self._mark_line()

    @property
    def gutter_width(self) -> int:
        """Pixels left of the text; icons alone where there is little room."""
        theme = self._look.theme
        wide = self.width() >= theme.px(420)
        return theme.px(GUTTER if wide else NARROW_GUTTER)

    def lines(self) -> list[tuple[QTextBlock, QRectF]]:
        """The lines in sight, each with its rectangle in the viewport."""
        found = []
        block = self.firstVisibleBlock()
        bottom = self.viewport().height()
        while block.isValid():
            rect = self.blockBoundingGeometry(block).translated(self.contentOffset())
            if rect.top() > bottom:
                break
            if block.isVisible():
                found.append((block, rect))
            block = block.next()
        return found

    def _set_mark(self, block: QTextBlock, mark: str) -> None:
        old = _MARK.match(block.text())
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + (old.end() if old else 0), _KEEP)
        cursor.insertText(mark)

    def _mark_line(self) -> None:
        """Give the line of the cursor its ground; an empty note's would hide the placeholder."""
        ground = QTextEdit.ExtraSelection()
        ground.format.setBackground(self._look.theme.color("sunken"))
        ground.format.setProperty(QTextFormat.Property.FullWidthSelection, True)
        ground.cursor = self.textCursor()
        ground.cursor.clearSelection()
        self.setExtraSelections([] if self.document().isEmpty() else [ground])
        self._gutter.update()

    def _place_gutter(self) -> None:
        self.setViewportMargins(self.gutter_width, 0, 0, 0)
        inner = self.contentsRect()
        self._gutter.setGeometry(QRect(inner.topLeft(), QSize(self.gutter_width, inner.height())))
        self._gutter.update()

    def _scroll_gutter(self, _: QRect, __: int) -> None:
        self._gutter.update()


class Gutter(QWidget):
    """Icon and word of each line's kind, and a bar in its colour."""

    def __init__(self, editor: Editor, look: Look) -> None:
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
