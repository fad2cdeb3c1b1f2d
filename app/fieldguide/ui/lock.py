"""The lock screen: it covers all of the window, and asks for what opens the notes again."""

from typing import Final, Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import label, rule
from fieldguide.ui.secrets import Deed, SecretField, SecretForm
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.tile import Tile

Kind = Literal["plain", "locked", "start"]
_WIDTH: Final = 420


class LockScreen(QWidget):
    """``plain`` without a passphrase, ``locked`` with one, ``start`` before anything was shown."""

    tried = Signal(str)
    """A passphrase to unlock with."""
    recovered = Signal(str, str)
    """A recovery code and a new passphrase."""
    passed = Signal()
    """Show the window again, or the guide alone: nothing was asked for."""

    def __init__(self, look: Look, kind: Kind, title: str, line: str) -> None:
        super().__init__()
        self._look, self.kind = look, kind
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self._line = label(line, tone="t2", wrap=True)
        self._line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._said = ScriptLabel("", look.theme, "body", "warning", wrap=True)
        self._passphrase, self._recovery = self._asking(), self._recovering()
        self._forms = (self._plain(), self._passphrase, self._recovery)
        self._shown = self._forms[0 if kind == "plain" else 1]
        self._build(title)
        self._turn(self._shown)
        self.set_theme(look.theme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to what is asked for first."""
        self._shown.setFocus(reason)

    def tell(self, line: str) -> None:
        """Say how what was being written stands."""
        self._line.setText(line)

    def say(self, sentence: str) -> None:
        """Say why it did not open, and let it be tried again."""
        for form in (self._passphrase, self._recovery):
            form.wait()
            form.fields[0].select()
        self._tell_why(sentence)
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._middle.setFixedWidth(min(theme.px(_WIDTH), 2 * _WIDTH))
        self._middle.setContentsMargins(0, theme.px(16), 0, theme.px(16))
        self._column.setSpacing(theme.px(10))
        self._foot.setContentsMargins(theme.px(32), theme.px(16), theme.px(32), theme.px(16))

    def _build(self, title: str) -> None:
        centre = Qt.AlignmentFlag.AlignHCenter
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.addWidget(Tile(self._look, "lock"), 0, centre)
        self._column.addWidget(label(title, "title"), 0, centre)
        for part in (self._line, self._said, *self._forms):
            self._column.addWidget(part)
        self._foot = QHBoxLayout()
        self._foot.addWidget(label(self._last_line(), "caption", "t2", wrap=True))
        inner = QWidget()
        inner.setProperty("surface", "window")
        whole = QVBoxLayout(inner)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addStretch(2)
        whole.addWidget(self._middle, 0, centre)
        whole.addStretch(3)
        whole.addWidget(rule())
        whole.addLayout(self._foot)
        # Large text on a small screen: all of it can be reached.
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inner)
        area.setWidgetResizable(True)
        fill = QVBoxLayout(self)
        fill.setContentsMargins(0, 0, 0, 0)
        fill.addWidget(area)

    def _last_line(self) -> str:
        if self.kind == "plain":
            return self.tr(
                "There is no passphrase: this only hides the notes, and whoever sits here can show "
                "them. A passphrase is set in Settings, Safety."
            )
        return self.tr(
            "Any number of tries; each takes about a second. Without the passphrase or the "
            "recovery code there is no other way in. Parts of what was shown may stay in memory "
            "until the program ends."
        )

    def _plain(self) -> SecretForm:
        form = SecretForm(self._look, (), ("eye", self.tr("Show again")))
        form.sent.connect(self.passed)
        return form

    def _asking(self) -> SecretForm:
        links: list[tuple[str, Deed]] = [
            (self.tr("Use the recovery code"), lambda: self._turn(self._recovery)),
        ]
        if self.kind == "start":
            links.append((self.tr("Read the guide without notes"), self.passed.emit))
        field = SecretField(self._look, self.tr("Passphrase"))
        form = SecretForm(self._look, (field,), ("key-round", self.tr("Unlock")), links)
        form.sent.connect(self._try)
        return form

    def _recovering(self) -> SecretForm:
        fields = (
            SecretField(self._look, self.tr("Recovery code"), shown=True),
            SecretField(self._look, self.tr("New passphrase")),
            SecretField(self._look, self.tr("New passphrase, again")),
        )
        back: tuple[str, Deed] = (
            self.tr("Use the passphrase"),
            lambda: self._turn(self._passphrase),
        )
        button = ("key-round", self.tr("Set the passphrase and unlock"))
        form = SecretForm(self._look, fields, button, (back,))
        form.sent.connect(self._recover)
        return form

    def _turn(self, form: SecretForm) -> None:
        self._tell_why("")
        self._shown = form
        for one in self._forms:
            one.setVisible(one is form)
        self.setFocus()

    def _tell_why(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))

    def _try(self) -> None:
        (passphrase,) = self._passphrase.texts()
        if passphrase:
            self._tell_why("")
            self._passphrase.wait(self.tr("Unlocking …"))
            self.tried.emit(passphrase)

    def _recover(self) -> None:
        code, new, again = self._recovery.texts()
        if not code.strip() or not new:
            self._tell_why(self.tr("The code and a new passphrase are both needed."))
        elif new != again:
            self._tell_why(self.tr("The two passphrases are not the same."))
        else:
            self._tell_why("")
            self._recovery.wait(self.tr("Unlocking …"))
            self.recovered.emit(code, new)
