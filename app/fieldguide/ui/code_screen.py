"""A person as a QR code over the whole screen, for somebody else's phone."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import key_text
from fieldguide.ui.text import draw_text

EDGE: Final = 4
"""White modules that a code needs around it."""
_HELD: Final = (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta)


class CodeScreen(QDialog):
    """Black on white whatever the theme, as large as whole pixels allow; Esc or a click closes."""

    def __init__(
        self,
        look: Look,
        code: Sequence[Sequence[bool]],
        name: str,
        work: str,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look, self._code = look, code
        self._name, self._work = name, work
        self.setWindowTitle(name)
        said = self.tr("QR code of {name}. Escape closes it.")
        self.setAccessibleName(said.format(name=name))

    def code_rect(self) -> QRect:
        """Where the code stands: a whole number of pixels for each module."""
        size, room = len(self._code), self.height() - self._below()
        side = max(1, min(self.width(), room) // (size + 2 * EDGE)) * size
        return QRect((self.width() - side) // 2, max(0, (room - side) // 2), side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the code, and below it who it is."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        rect = self.code_rect()
        side = rect.width() // len(self._code)
        for row, modules in enumerate(self._code):
            for column, black in enumerate(modules):
                if black:
                    left, top = rect.left() + column * side, rect.top() + row * side
                    painter.fillRect(QRect(left, top, side, side), QColor("black"))
        theme = self._look.theme
        below: float = self.height() - self._below()
        for text, role in self._lines():
            high = theme.line(role, hanzi=True)
            line = QRectF(theme.px(16), below, self.width() - theme.px(32), high)
            center = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, line, text, theme, role, QColor("black"), align=center)
            below += high
        painter.end()

    def _lines(self) -> tuple[tuple[str, str], ...]:
        close = self.tr("{key} closes").format(key=key_text("Esc"))
        return (self._name, "clock"), (self._work, "title"), (close, "note")

    def _below(self) -> int:
        """Pixels that the words below the code take."""
        theme = self._look.theme
        return sum(theme.line(role, hanzi=True) for _, role in self._lines()) + theme.px(20)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click closes it, for hands that hold a laptop towards somebody."""
        self.reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes it, and so does any other key that is pressed in a hurry."""
        if event.key() not in _HELD:
            self.reject()
