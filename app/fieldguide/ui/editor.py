"""The place where a note is typed: plain text, with what each line is in a gutter beside it."""

from typing import Final

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QPlainTextEdit

from fieldguide.domain.markdown import item, link_text
from fieldguide.domain.notes import Line, LineKind, parse_lines
from fieldguide.domain.records import Ref
from fieldguide.ui import marking
from fieldguide.ui.boxes import box_at, link_under, paint_boxes
from fieldguide.ui.desk import Look
from fieldguide.ui.gutter import Gutter, paint_ground
from fieldguide.ui.highlighter import Highlighter
from fieldguide.ui.line_pitch import AIR, PITCH
from fieldguide.ui.plain_text import PlainText
from fieldguide.ui.text import utf16_units
from fieldguide.ui.theme import Theme

GUTTER: Final = 108
NARROW_GUTTER: Final = 36
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor
_BARE: Final = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)


class Editor(PlainText):
    """Shows what lines and words are by their marks in the text, and knows how to set these."""

    link_opened = Signal(object)
    """The Ref of a link that was clicked."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setFrameShape(QPlainTextEdit.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setMouseTracking(True)
        self._was = self._row = 0
        self._going_on = -1
        self._gutter = Gutter(self, look)
        self._highlighter = Highlighter(self.document(), look.theme)
        self.updateRequest.connect(self._updated)
        self.cursorPositionChanged.connect(self._moved)
        self.set_theme(look.theme)

    def line(self) -> Line:
        """The line with the cursor."""
        return parse_lines(self.textCursor().block().text())[0]

    def kind(self) -> LineKind:
        """What the line with the cursor is."""
        return self.line().kind

    def set_kind(self, kind: LineKind) -> None:
        """Make the selected lines of a kind; if they are of it already, make them plain."""
        change = marking.next_kind(self._first_line(), kind)
        marking.change_lines(self.textCursor(), change)

    def set_confidence(self, wanted: str) -> None:
        """Say how sure the line is, sure or unsure; if it says so already, no longer."""
        marking.set_confidence(self.textCursor().block(), wanted)

    def set_heading(self) -> None:
        """A heading; a smaller one each time, then plain."""
        marking.change_lines(self.textCursor(), marking.next_heading(self._first_line()))

    def set_list(self) -> None:
        """Items of a list, or plain again."""
        change = marking.next_item(self._first_line(), marking.BULLET)
        marking.change_lines(self.textCursor(), change)

    def set_box(self) -> None:
        """Items with a box to tick, or plain again."""
        marking.change_lines(self.textCursor(), marking.next_item(self._first_line(), marking.BOX))

    def set_bold(self) -> None:
        """Bold, or no longer."""
        self.setTextCursor(marking.wrap(self.textCursor(), "**"))

    def set_italic(self) -> None:
        """Italic, or no longer."""
        self.setTextCursor(marking.wrap(self.textCursor(), "*"))

    def begin_link(self) -> None:
        """Begin a link; what was selected is what is looked for."""
        cursor = self.textCursor()
        cursor.insertText(f"[[{cursor.selectedText().split(chr(0x2029))[0]}")
        self.setTextCursor(cursor)

    def insert_link(self, ref: Ref, title: str) -> None:
        """Put a link in the place of what was typed behind ``[[``."""
        cursor = self.textCursor()
        before = self.before_cursor()
        begun = before.rfind("[[")
        if begun >= 0:
            back = utf16_units(before[begun:])
            cursor.setPosition(cursor.position() - back, _KEEP)
        cursor.insertText(link_text(ref, title))
        self.setTextCursor(cursor)

    def act(self) -> None:
        """Open the link at the cursor, else tick the box of the line."""
        cursor = self.textCursor()
        link = marking.link_at(cursor.block(), cursor.position())
        if link is not None:
            self.link_opened.emit(link.ref)
        elif not self.isReadOnly():
            marking.toggle_box(cursor.block())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every line break is a line of the text; Qt would make one that is none."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.act()
        elif self.isReadOnly() or not self._edit(event, enter=enter):
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab nests an item of a list; from any other line it goes to the next control."""
        if not self.isReadOnly() and marking.nest(self.textCursor(), deeper=forward):
            return True
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the gutter beside the text."""
        # First the gutter: Qt breaks the lines for the room that is left.
        self._place_gutter()
        super().resizeEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Dress again."""
        self.pitch.set_pitch(theme.px(PITCH), theme.px(AIR))
        self.setFont(theme.font("note"))
        self.setCursorWidth(theme.px(2))
        self.document().setDocumentMargin(theme.px(8))
        self._highlighter.set_theme(theme)
        self._place_gutter()

    @property
    def gutter_width(self) -> int:
        """Pixels left of the text; icons alone where there is little room."""
        theme = self._look.theme
        wide = self.width() >= theme.px(420)
        return theme.px(GUTTER if wide else NARROW_GUTTER)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A box is ticked; the cursor stays where it was."""
        if not self._tick(event):
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A quick second click on a box is one more click."""
        if not self._tick(event):
            super().mouseDoubleClickEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a link opens it; one that selects does not."""
        super().mouseReleaseEvent(event)
        link = link_under(self, event.position())
        left = event.button() == Qt.MouseButton.LeftButton
        if link is not None and left and not self.textCursor().hasSelection():
            self.link_opened.emit(link.ref)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The pointer shows what a click would do."""
        super().mouseMoveEvent(event)
        theme = self._look.theme
        over = link_under(self, event.position()) or box_at(self, event.position(), theme)
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground of the current line, the text, and the boxes over their marks."""
        lines = self.lines(event.rect())
        paint_ground(self, self.viewport(), self._look.theme, lines)
        super().paintEvent(event)
        paint_boxes(self, self._look, lines)

    def _edit(self, event: QKeyEvent, *, enter: bool) -> bool:
        """Do what a key does otherwise here than in plain text; whether it did."""
        cursor, bare = self.textCursor(), event.modifiers() in _BARE
        if event.matches(QKeySequence.StandardKey.InsertLineSeparator):
            cursor.insertBlock()
        elif enter and bare:
            going_on = marking.break_line(cursor)
            self._going_on = self.textCursor().blockNumber() if going_on else -1
        elif event.key() == Qt.Key.Key_Space and bare and not cursor.hasSelection():
            if cursor.atBlockEnd() and marking.drop_first_kind(cursor.block()):
                return False
            return self._tick_here(cursor) or self._drop_second_mark(cursor)
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            return marking.remove_link(cursor, back=event.key() == Qt.Key.Key_Backspace)
        else:
            return False
        self.ensureCursorVisible()
        return True

    def _tick_here(self, cursor: QTextCursor) -> bool:
        begin = item(cursor.block().text())
        within = begin is not None and cursor.positionInBlock() < len(begin.mark)
        return within and marking.toggle_box(cursor.block())

    def _drop_second_mark(self, cursor: QTextCursor) -> bool:
        """Who writes the mark of each item by hand finds it there already."""
        here = cursor.atBlockEnd() and cursor.blockNumber() == self._going_on
        return here and marking.drop_second_mark(cursor.block())

    def _moved(self) -> None:
        """Keep the cursor out of what is not seen of a link; move the ground with the line."""
        cursor = self.textCursor()
        was, self._was = self._was, cursor.position()
        if marking.step_over_link(cursor, was):
            self.setTextCursor(cursor)
        if cursor.blockNumber() != self._row:
            self._row = cursor.blockNumber()
            self.viewport().update()
            self._gutter.update()

    def _tick(self, event: QMouseEvent) -> bool:
        block = box_at(self, event.position(), self._look.theme)
        left = event.button() == Qt.MouseButton.LeftButton
        return block is not None and left and not self.isReadOnly() and marking.toggle_box(block)

    def _first_line(self) -> str:
        return next(marking.blocks(self.textCursor())).text()

    def _place_gutter(self) -> None:
        self.setViewportMargins(self.gutter_width, 0, 0, 0)
        inner = self.contentsRect()
        self._gutter.setGeometry(QRect(inner.topLeft(), QSize(self.gutter_width, inner.height())))
        self._gutter.update()

    def _updated(self, part: QRect, scrolled: int) -> None:
        """Draw the gutter where the text was drawn; dress what comes into sight."""
        if scrolled:
            self._gutter.scroll(0, scrolled)
        else:
            self._gutter.update(0, part.y(), self._gutter.width(), part.height())
        if self._highlighter.lazy and (shown := self.lines()):
            self._highlighter.dress(shown[0][0].blockNumber(), shown[-1][0].blockNumber())
