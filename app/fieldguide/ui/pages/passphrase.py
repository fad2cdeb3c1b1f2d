"""The passphrase: what it protects and what not, and the form that sets, changes or removes it."""

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.halves import Halves
from fieldguide.ui.key_forms import ChangeForm, CodeForm, KeyForm, RemoveForm, SetForm
from fieldguide.ui.page import Page
from fieldguide.ui.parts import IconButton, clear
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.tile import Tile

_SET, _CHANGE = "set", "change"
_FORMS: Final[dict[str, Callable[[Look], KeyForm]]] = {
    _SET: SetForm,
    _CHANGE: ChangeForm,
    "code": CodeForm,
    "remove": RemoveForm,
}
_SAFETY: Final = Place("settings", detail="safety")


class PassphrasePage(Page):
    """A place's detail is ``change``, ``code`` or ``remove``; without one, what fits the notes.

    ``welcome`` is that as well, and leads back there.
    """

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Passphrase"))
        look = desk.look
        self._forms: dict[str, KeyForm] = {}
        self._waits = False
        self._back = _SAFETY
        self._result = _Result(look)
        self._result.closed.clicked.connect(self._leave)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._result)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(Halves(look, self.accessibleName(), _Explanation(look), self._stack))

    def show_place(self, place: Place) -> None:
        """Show a form with nothing typed, unless what was sent is still under way."""
        if self._waits:
            return
        self._back = Place("welcome") if place.detail == "welcome" else _SAFETY
        wanted = place.detail if place.detail in _FORMS else _CHANGE
        form = self._form(wanted if self.desk.access.guarded else _SET)
        if isinstance(form, SetForm) and self.desk.backups is not None:
            self.desk.backups.ask(
                "older", lambda backups: len(backups.list()), form.show_backups, lambda _: None
            )
        form.clear()
        form.say("")
        self._turn(form)

    def _form(self, name: str) -> KeyForm:
        """A form, made when it is first asked for."""
        if name not in self._forms:
            form = _FORMS[name](self.desk.look)
            form.sent.connect(self._send)
            form.given_up.connect(self._leave)
            form.said.connect(self.said)
            self._stack.addWidget(form)
            self._forms[name] = form
        return self._forms[name]

    def _turn(self, shown: QWidget) -> None:
        self._stack.setCurrentWidget(shown)
        self.setFocusProxy(shown)

    def _send(self) -> None:
        form = self._stack.currentWidget()
        if not isinstance(form, KeyForm):
            return
        access, deed = self.desk.access, form.deed()
        self._waits = True
        form.wait(self.tr("Working…"))
        self.desk.notes.do(
            lambda book: access.while_closed(book, deed),
            lambda said: self._done(form, said),
            lambda problem: self._failed(form, problem),
        )

    def _done(self, form: KeyForm, said: Sequence[str]) -> None:
        self._waits = False
        form.say("")
        form.clear()
        self._result.tell(*form.done(), said)
        self._turn(self._result)
        if self.isVisible():
            self.setFocus()

    def _failed(self, form: KeyForm, problem: FieldGuideError) -> None:
        self._waits = False
        form.say(str(problem))

    def _leave(self) -> None:
        self.opened.emit(self._back)


class _Explanation(QWidget):
    """What a passphrase does and what it does not do."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(Tile(look, "key-round", 32))
        head.addWidget(ScriptLabel(self.tr("What it does"), look.theme, "title"), 1)
        self._column.addLayout(head)
        for heading, icon, tone, statements in (
            (self.tr("It protects"), "circle-check", "ok", self._protected()),
            (self.tr("It does not protect"), "triangle-alert", "warning", self._open()),
        ):
            section = Section(look, heading)
            for title, text in statements:
                section.add(Statement(look, title, text, icon, tone))
            self._column.addWidget(section)
        self._column.addStretch(1)
        forgotten = self.tr(
            "Forget it and lose the recovery code: then the notes are gone for good. "
            "Nobody can reset it."
        )
        self._column.addWidget(Statement(look, forgotten, "", "info"))
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(16))

    def _protected(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("A computer that is lost or stolen"),
                self.tr("Whoever finds it sees a locked file: no notes, names, photos, words."),
            ),
            (
                self.tr("Backups and sticks"),
                self.tr("Those made from now on carry the same lock."),
            ),
            (
                self.tr("A glance while you are away"),
                self.tr("The program locks itself when idle and when the lid closes."),
            ),
        ]

    def _open(self) -> list[tuple[str, str]]:
        return [
            (
                self.tr("While it is unlocked"),
                self.tr(
                    "Whoever sits here reads everything. "
                    "Parts may stay in memory until the program ends."
                ),
            ),
            (
                self.tr("What you export or send"),
                self.tr("What leaves the program is an ordinary file."),
            ),
            (
                self.tr("What was stored before"),
                self.tr(
                    "Old blocks may survive on a solid-state disk; "
                    "copies on a stick made before stay readable."
                ),
            ),
            (
                self.tr("At a border"),
                self.tr(
                    "An officer may ask you to open it. Ask your institution first: some demand "
                    "encryption abroad, others forbid it."
                ),
            ),
        ]


class _Result(QWidget):
    """What is so from now on; what could not be reached stays readable."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._title = ScriptLabel("", look.theme, "title", wrap=True)
        self._line = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        self._left = QVBoxLayout()
        self.closed = IconButton(look, "check", self.tr("Done"), lambda: None, "primary")
        self.closed.setAutoDefault(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addWidget(self._line)
        self._column.addLayout(self._left)
        self._column.addWidget(self.closed)
        self._column.addStretch(1)
        self.set_theme(look.theme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the only button."""
        self.closed.setFocus(reason)

    def tell(self, title: str, line: str, left: Sequence[str]) -> None:
        """Say it; ``left`` is what is not as it should be, a sentence each."""
        self._title.setText(title)
        self._line.setText(line)
        self.setAccessibleName(" ".join((title, line, *left)))
        clear(self._left)
        for sentence in left:
            self._left.addWidget(Statement(self._look, sentence, "", "triangle-alert", "warning"))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(12))
        self._left.setSpacing(theme.px(8))
