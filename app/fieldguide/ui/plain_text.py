"""Plain text that comes out as it went in, whatever characters it holds."""

from PySide6.QtCore import QMimeData, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QDropEvent, QFocusEvent, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit
from shiboken6 import isValid

from fieldguide.ui import marking
from fieldguide.ui.line_pitch import LinePitch
from fieldguide.ui.offers import has_offer, offer_of, words_of
from fieldguide.ui.raw_text import from_document, to_document

TextLine = tuple[QTextBlock, QRectF]
"""A line of the text and its rectangle in the viewport."""


class PlainText(QPlainTextEdit):
    """``text`` is what was shown or typed, byte for byte; files are offered to others."""

    offered = Signal(object)
    """An Offer that was pasted or dropped."""
    left = Signal()
    """The keys go elsewhere now: keep what is unsaved."""

    def __init__(self) -> None:
        super().__init__()
        self._line_end = "\n"
        document = QTextDocument(self)
        self.pitch = LinePitch(document)
        """Where the lines stand; its owner sets it before the text is shown."""
        document.setDocumentLayout(self.pitch)
        self.setDocument(document)

    def text(self) -> str:
        """What was typed; lines end as they did in the text that was shown."""
        text = from_document(self.document().toRawText())
        return text if self._line_end == "\n" else text.replace("\n", self._line_end)

    def take(self) -> str:
        """The text, to be saved; what is typed from now on is another step to undo."""
        self.document().setModified(False)
        return self.text()

    def show_text(self, text: str) -> None:
        """Show another note; there is nothing to undo in it, and the cursor is at its end."""
        ends = text.count("\r\n")
        self._line_end = "\r\n" if ends and ends == text.count("\n") else "\n"
        self.setPlainText(to_document(text.replace(self._line_end, "\n")))
        self.moveCursor(QTextCursor.MoveOperation.End)

    def go_to(self, line: int) -> None:
        """Put the cursor at the end of a line, counted from 0, in the middle of what shows."""
        block = self.document().findBlockByNumber(line)
        if block.isValid():
            cursor = QTextCursor(block)
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self.setTextCursor(cursor)
            self.centerCursor()

    def before_cursor(self) -> str:
        """The line as far as the cursor."""
        cursor = self.textCursor()
        text = cursor.block().text()
        return text[: marking.characters(text, cursor.positionInBlock())]

    def createMimeDataFromSelection(self) -> QMimeData:
        """The very characters; Qt would copy a space for each that keeps words together."""
        copied = QMimeData()
        copied.setText(from_document(self.textCursor().selectedText()))
        return copied

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Words, and what can be attached."""
        return super().canInsertFromMimeData(source) or source.hasHtml() or has_offer(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take words as text alone; files and pictures go to those who attach them."""
        offer = offer_of(source)
        if offer is not None:
            self.offered.emit(offer)
        elif source.hasFormat("text/plain") or not source.hasHtml():
            self._put(source.text())
        else:
            self._put(words_of(source))

    def dropEvent(self, event: QDropEvent) -> None:
        """What is dropped is copied: after a move another program would delete its file."""
        super().dropEvent(event)
        if event.isAccepted() and has_offer(event.mimeData()):
            event.setDropAction(Qt.DropAction.CopyAction)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the keys go elsewhere; but not when they go because all is taken down."""
        super().focusOutEvent(event)
        if isValid(self):
            self.left.emit()

    def lines(self, within: QRect | None = None) -> list[TextLine]:
        """The lines in sight, or in a part of the viewport, each with its rectangle there."""
        part = within or self.viewport().rect()
        found = []
        block = self.firstVisibleBlock()
        corner = self.contentOffset()
        while block.isValid() and corner.y() <= part.bottom():
            rect = self.blockBoundingRect(block).translated(corner)
            if rect.bottom() >= part.top():
                found.append((block, rect))
            corner = rect.bottomLeft()
            block = block.next()
        if found and not block.isValid():
            # Qt counts the margin below the text to the last line.
            found[-1][1].adjust(0, 0, 0, -self.document().documentMargin())
        return found

    def _put(self, words: str) -> None:
        self.insertPlainText(to_document(words.replace("\r\n", "\n").replace("\r", "\n")))
        self.ensureCursorVisible()
