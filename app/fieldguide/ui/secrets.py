"""Fields for what nobody else should read, and forms made of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, ToolButton, label
from fieldguide.ui.theme import Theme

Deed = Callable[[], object]


class SecretField(QWidget):
    """A name, a line whose characters are dots, and an eye that shows them."""

    entered = Signal()
    typed = Signal()

    def __init__(self, look: Look, name: str, *, shown: bool = False) -> None:
        super().__init__()
        self._look = look
        self._edit = _SecretLine()
        self._edit.setAccessibleName(name)
        self._edit.returnPressed.connect(self.entered)
        self._edit.textChanged.connect(lambda _: self.typed.emit())
        # Nothing typed here may be kept by an input method or offered again.
        self._edit.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._eye = ToolButton(look, "eye", self.tr("Show what is typed"), self._turn)
        self._eye.setCheckable(True)
        self._eye.setChecked(shown)
        row = QHBoxLayout()
        row.addWidget(self._edit, 1)
        row.addWidget(self._eye)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(name, "caption", "t2"))
        self._column.addLayout(row)
        self._capitals = label(self.tr("Caps Lock seems to be on."), "caption", "warning")
        self._column.addWidget(self._capitals)
        self._capitals.hide()
        self._edit.capitals.connect(self._capitals.setVisible)
        self._turn()
        self.set_theme(look.theme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the line."""
        self._edit.setFocus(reason)

    def text(self) -> str:
        """What was typed."""
        return self._edit.text()

    def clear(self) -> None:
        """Forget what was typed."""
        self._edit.clear()

    def select(self) -> None:
        """Mark what was typed, so that the next key takes its place."""
        self._edit.selectAll()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(4))

    def _turn(self) -> None:
        shown = self._eye.isChecked()
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self._edit.setEchoMode(mode)


class _SecretLine(QLineEdit):
    """Qt does not tell whether Caps Lock is on; a letter and its Shift key do."""

    capitals = Signal(bool)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Look at a letter before it is hidden behind a dot."""
        text = event.text()
        if text.isalpha() and text.upper() != text.lower():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.capitals.emit(text.isupper() != shifted)
        super().keyPressEvent(event)


class SecretForm(QWidget):
    """Fields, one button that sends them, and other ways out as links below."""

    sent = Signal()

    def __init__(
        self,
        look: Look,
        fields: Sequence[SecretField],
        button: tuple[str, str],
        links: Sequence[tuple[str, Deed]] = (),
    ) -> None:
        super().__init__()
        self.fields = tuple(fields)
        icon, words = button
        self._words = words
        self._send = IconButton(look, icon, words, self.sent.emit, "primary")
        self._send.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._send.setAutoDefault(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        for field, after in zip(fields, (*fields[1:], None), strict=False):
            self._column.addWidget(field)
            field.entered.connect(after.setFocus if after else self.sent.emit)
        self._column.addWidget(self._send)
        for text, deed in links:
            link = IconButton(look, "", text, deed, "link")
            self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self.set_theme(look.theme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the first field."""
        (self.fields[0] if self.fields else self._send).setFocus(reason)

    def texts(self) -> list[str]:
        """What stands in the fields."""
        return [field.text() for field in self.fields]

    def wait(self, words: str = "") -> None:
        """Show on the button what is under way; without words it can be pressed again."""
        self._send.setText(words or self._words)
        self.setEnabled(not words)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(12))
