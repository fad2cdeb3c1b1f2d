"""One thing to do in the evening: what it is, a line to type in, and what can be done with it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QFrame, QLineEdit, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

LONGEST: Final = 30
"""Letters that a button beside others has room for."""


class EveningCard(QFrame):
    """Its ``controls`` stand in their order; the first takes the keys."""

    def __init__(self, look: Look, head: str, words: str, more: str = "") -> None:
        super().__init__()
        self._look = look
        self.controls: list[QWidget] = []
        self.setProperty("kind", "card")
        self.setAccessibleName(words)
        theme = look.theme
        self._problem = ScriptLabel("", theme, "body", "danger", wrap=True)
        self._buttons = FlowLayout()
        self._column = QVBoxLayout(self)
        for text, role, color in (
            (head, "caption", "t2"),
            (words, "note", "t1"),
            (more, "caption", "t2"),
        ):
            if text:
                self._column.addWidget(ScriptLabel(text, theme, role, color, wrap=True))
        self._fields = QVBoxLayout()
        self._column.addLayout(self._fields)
        self._column.addWidget(self._problem)
        self._column.addLayout(self._buttons)
        self._problem.hide()
        self.set_theme(theme)

    @property
    def first(self) -> QWidget:
        """What takes the keys."""
        return self.controls[0]

    @property
    def typed(self) -> dict[str, str]:
        """What somebody typed in its lines and is not kept yet, by their names."""
        fields = [one for one in self.controls if isinstance(one, QLineEdit) and one.isModified()]
        return {one.accessibleName(): one.text() for one in fields if one.text().strip()}

    def type_again(self, typed: Mapping[str, str]) -> None:
        """Show what was typed in another card of the same thing."""
        for one in self.controls:
            if isinstance(one, QLineEdit) and one.accessibleName() in typed:
                one.setText(typed[one.accessibleName()])
                one.setModified(True)

    def add_field(
        self, name: str, hint: str, kept: Callable[[], object], offers: Sequence[str] = ()
    ) -> QLineEdit:
        """A line to type in; Enter does ``kept``."""
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setToolTip(name)
        field.setPlaceholderText(hint)
        field.returnPressed.connect(kept)
        if offers:
            completer = QCompleter(list(offers), field)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            field.setCompleter(completer)
        self._fields.addWidget(field)
        self.controls.append(field)
        return field

    def add_button(self, text: str, pressed: Callable[[], object], kind: str = "") -> IconButton:
        """Something to do with it, beside what there is already; a long text is cut."""
        short = text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
        button = IconButton(self._look, "", short, pressed, kind)
        button.setProperty("dense", "true")
        button.setAccessibleName(text)
        self._buttons.addWidget(button)
        self.controls.append(button)
        return button

    def say(self, problem: str) -> None:
        """Say why it cannot be done so."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        pad = theme.px(12)
        self._column.setContentsMargins(pad, pad, pad, pad)
        self._column.setSpacing(theme.px(6))
        self._fields.setSpacing(theme.px(6))
        self._buttons.setSpacing(theme.px(8))
        self._buttons.setContentsMargins(0, theme.px(2), 0, 0)
