"""The forms that set, change and remove a passphrase; each says what it waits for and why."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldguide.domain.safety import FEW_WORDS, SHORTEST, length_of
from fieldguide.ui.code_card import CodeCard
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, label, rule
from fieldguide.ui.secrets import SecretField
from fieldguide.ui.sections import Statement
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.safety import Safety

Deed = Callable[["Safety"], Sequence[str]]


class KeyForm(QWidget):
    """Fields, what else there is to know, and at the foot the one button, once it can be used."""

    sent = Signal()
    given_up = Signal()
    said = Signal(str)

    def __init__(self, look: Look, title: str, line: str, act: tuple[str, str]) -> None:
        super().__init__()
        self._look = look
        self._fields: list[SecretField] = []
        self._words, icon = act
        self._send = IconButton(look, icon, self._words, self._submit, "primary")
        self._send.setAutoDefault(True)
        self._later = QPushButton(self.tr("Not now"))
        self._later.setProperty("kind", "quiet")
        self._later.clicked.connect(self.given_up)
        self._problem = ScriptLabel("", look.theme, "body", "warning", wrap=True)
        self._hint = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._body = QVBoxLayout()
        self._foot = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(title, "title"))
        self._column.addWidget(ScriptLabel(line, look.theme, "body", "t2", wrap=True))
        self._column.addLayout(self._body)
        self.setAccessibleName(title)

    def finish(self) -> None:
        """Put the foot below all that was added, so that Tab comes there last."""
        self._foot.addWidget(self._hint, 1, Qt.AlignmentFlag.AlignVCenter)
        self._foot.addWidget(self._later)
        self._foot.addWidget(self._send)
        self._column.addWidget(self._problem)
        self._column.addStretch(1)
        self._column.addWidget(rule())
        self._column.addLayout(self._foot)
        self.set_theme(self._look.theme)
        self.check()

    def add(self, widget: QWidget) -> None:
        """Put something below the fields."""
        self._body.addWidget(widget)

    def field(self, name: str, *, shown: bool = False) -> SecretField:
        """Put one more field below; Enter goes on to the next one."""
        field = SecretField(self._look, name, shown=shown)
        if self._fields:
            self._fields[-1].entered.disconnect()
            self._fields[-1].entered.connect(field.setFocus)
        field.entered.connect(self._submit)
        field.typed.connect(self.check)
        self._fields.append(field)
        self.add(field)
        return field

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the first field."""
        self._fields[0].setFocus(reason)

    def missing(self) -> str:
        """What still has to be done, in words; empty when all is there."""
        raise NotImplementedError

    def deed(self) -> Deed:
        """What is to be done with what was typed; the answer says what could not be reached."""
        raise NotImplementedError

    def done(self) -> tuple[str, str]:
        """What is so from now on: a title and a sentence."""
        raise NotImplementedError

    def check(self) -> None:
        """Say what is missing, and let the button be used when nothing is."""
        missing = self.missing()
        self._hint.setText(missing)
        self._send.setEnabled(not missing)
        self._problem.setText("")
        self._problem.hide()

    def clear(self) -> None:
        """Forget what was typed."""
        for field in self._fields:
            field.clear()
        self.check()

    def wait(self, words: str) -> None:
        """Show on the button what is under way."""
        self._problem.hide()
        self._send.setText(words)
        self.setEnabled(False)

    def say(self, problem: str) -> None:
        """Say why it was not done, and let it be tried again; empty when it was."""
        self.setEnabled(True)
        self._send.setText(self._words)
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        if problem:
            self._fields[0].select()
            self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(12))
        self._body.setSpacing(theme.px(12))
        self._foot.setSpacing(theme.px(8))

    def _submit(self) -> None:
        if not self.missing():
            self.sent.emit()


class NewForm(KeyForm):
    """A form with a new passphrase, typed twice, and words on how long it is."""

    def new_fields(self, name: str) -> None:
        """Add the two fields."""
        self._new = self.field(name, shown=True)
        self._length = ScriptLabel("", self._look.theme, "caption", "t2", wrap=True)
        self.add(self._length)
        self._again = self.field(self.tr("The same again"), shown=True)

    def new(self) -> str:
        """What was typed first."""
        return self._new.text()

    def new_missing(self) -> str:
        """What the new passphrase lacks."""
        length = length_of(self.new())
        self._length.setText(self._judge())
        self._length.set_color("ok" if length.long else "t2")
        if not length.allowed:
            return self.tr("A passphrase has at least {number} characters.").format(number=SHORTEST)
        if self._again.text() != self.new():
            return self.tr("Type it twice; the two are not the same yet.")
        return ""

    def _judge(self) -> str:
        """No more than can be told: nobody can see how it was chosen."""
        length = length_of(self.new())
        if not length.characters:
            return self.tr(
                "{number} or more words that have nothing to do with each other."
            ).format(number=FEW_WORDS)
        counted = self.tr("{words} different words, {characters} characters.")
        if length.words == 1:
            counted = self.tr("One word, {characters} characters.")
        counted = counted.format(words=length.words, characters=length.characters)
        if length.long:
            return f"{counted} " + self.tr("That is long, unless it is a saying.")
        return f"{counted} " + self.tr("Each word more makes it much harder to guess.")


class SetForm(NewForm):
    """From none to a first one."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("Set a passphrase"),
            self.tr("Offered, never forced. You can change or remove it later."),
            (self.tr("Set passphrase"), "key-round"),
        )
        self.new_fields(self.tr("Passphrase, shown while you type"))
        self._card = CodeCard(look)
        self._card.ticked.connect(self.check)
        self._card.said.connect(self.said)
        self.add(self._card)
        self._what = Statement(look, self.tr("What happens then"), " ", "database-backup")
        self.add(self._what)
        self.show_backups(0)
        self.finish()

    def show_backups(self, number: int) -> None:
        """Say how many backups go."""
        gone = self.tr("After that the old file and its key are removed.")
        if number:
            gone = self.tr(
                "After that the old file, its key and the older backups ({number}) are removed."
            ).format(number=number)
        moved = self.tr("Your notes go into a new file with a new key; checked and backed up.")
        left = self.tr("A solid-state disk may keep parts of what was removed.")
        self._what.say(f"{moved} {gone} {left}")

    def missing(self) -> str:
        """The passphrase, its repetition, the code on paper."""
        missing = self.new_missing()
        if not missing and not self._card.on_paper():
            return self.tr("Put the recovery code on paper, then tick its box.")
        return missing

    def deed(self) -> Deed:
        """Set both."""
        new, code = self.new(), self._card.code
        return lambda safety: safety.set_passphrase(new, code)

    def done(self) -> tuple[str, str]:
        """The code is used up."""
        self._card.renew()
        return (
            self.tr("The passphrase is set"),
            self.tr("The program asks for it at each start and after each lock."),
        )


class ChangeForm(NewForm):
    """From one to another; the code stays."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("Change the passphrase"),
            self.tr("The recovery code stays as it is."),
            (self.tr("Change passphrase"), "key-round"),
        )
        self._old = self.field(self.tr("Passphrase of now"))
        self.new_fields(self.tr("New passphrase, shown while you type"))
        self.add(
            Statement(
                look,
                self.tr("What happens then"),
                self.tr(
                    "The key is wrapped anew, also beside the backups that can be reached. Copies "
                    "that are elsewhere still open with the old passphrase."
                ),
                "info",
            )
        )
        self.finish()

    def missing(self) -> str:
        """The old one, and the new one twice."""
        missing = self.new_missing()
        return missing if self._old.text() else self.tr("Type the passphrase of now first.")

    def deed(self) -> Deed:
        """Change it."""
        old, new = self._old.text(), self.new()
        return lambda safety: safety.change_passphrase(old, new)

    def done(self) -> tuple[str, str]:
        """The new one holds."""
        return self.tr("The passphrase is changed"), self.tr("The new one holds from now on.")


class CodeForm(KeyForm):
    """Another recovery code."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("A new recovery code"),
            self.tr("For when the paper was lost or seen. The one before opens nothing any more."),
            (self.tr("Set the code"), "key-round"),
        )
        self._old = self.field(self.tr("Passphrase"))
        self._card = CodeCard(look)
        self._card.ticked.connect(self.check)
        self._card.said.connect(self.said)
        self.add(self._card)
        self.finish()

    def missing(self) -> str:
        """The passphrase, and the code on paper."""
        if not self._old.text():
            return self.tr("Type your passphrase first.")
        return "" if self._card.on_paper() else self.tr("Put the code on paper, then tick its box.")

    def deed(self) -> Deed:
        """Set it."""
        passphrase, code = self._old.text(), self._card.code
        return lambda safety: safety.change_code(passphrase, code)

    def done(self) -> tuple[str, str]:
        """The code is used up."""
        self._card.renew()
        return (
            self.tr("The new recovery code is set"),
            self.tr("Destroy the paper with the one before."),
        )


class RemoveForm(KeyForm):
    """From one to none."""

    def __init__(self, look: Look) -> None:
        super().__init__(
            look,
            self.tr("Remove the passphrase"),
            self.tr("The notes stay encrypted, but their key then lies open beside them."),
            (self.tr("Remove passphrase"), "key-round"),
        )
        self._old = self.field(self.tr("Passphrase"))
        for title, text in (
            (
                self.tr("Whoever has this computer or a copy of the folder can read the notes"),
                self.tr("That holds for the backups and for copies on a stick as well."),
            ),
            (
                self.tr("The lock only hides the screen"),
                self.tr("The recovery code is of no use any more."),
            ),
        ):
            self.add(Statement(look, title, text, "triangle-alert", "warning"))
        self.finish()

    def missing(self) -> str:
        """The passphrase."""
        return "" if self._old.text() else self.tr("Type your passphrase first.")

    def deed(self) -> Deed:
        """Remove it."""
        passphrase = self._old.text()
        return lambda safety: safety.remove_passphrase(passphrase)

    def done(self) -> tuple[str, str]:
        """There is none."""
        return (
            self.tr("The passphrase is removed"),
            self.tr("The notes open without one from now on."),
        )
