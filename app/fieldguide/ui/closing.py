"""Close the visit: what it came to, in the fields of the report; each may stay empty."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldguide.domain.entries import Closing
from fieldguide.services.visiting import Scene
from fieldguide.ui.desk import Look
from fieldguide.ui.line_pitch import AIR, PITCH
from fieldguide.ui.parts import IconButton, key_text, label
from fieldguide.ui.plain_text import PlainText
from fieldguide.ui.theme import Theme

LINES: Final = 3


class ClosingForm(QScrollArea):
    """Five fields, one below the other; each is kept when the keys leave it."""

    left = Signal()
    """Something may have been typed: it is to be kept."""
    closed = Signal(bool)
    """The visit is over, or is open again."""
    folded = Signal()
    """The note is wanted again."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown = Closing()
        self.setAccessibleName(self.tr("Close the visit"))
        self.setProperty("kind", "halves")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QWidget()
        whole.setProperty("surface", "surface")
        whole.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(whole)
        self._state = label("", "body", "t2", wrap=True)
        self._column.addWidget(label(self.tr("What the visit came to"), "section"))
        self._column.addWidget(self._state)
        self._fields: dict[str, PlainText] = {}
        for name, text in (
            ("heard", self.tr("What was heard")),
            ("opportunities", self.tr("Opportunities")),
            ("risks", self.tr("Risks")),
            ("follow_up", self.tr("To follow up")),
            ("quote", self.tr("A quote worth keeping")),
        ):
            self._add(name, text)
        self._column.addLayout(self._buttons())
        self._column.addStretch(1)
        self.setWidget(whole)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self.folded.emit, context=context)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._finish, context=context)
        self.show_closing(Closing())
        self.set_theme(look.theme)

    def start(self) -> None:
        """Give the keys to the first field."""
        self._fields["heard"].setFocus()

    def show_scene(self, scene: Scene) -> None:
        """Show what was kept of a visit."""
        self.show_closing(scene.closing.value if scene.closing else Closing())

    def show_closing(self, closing: Closing) -> None:
        """Show what is kept; what was typed meanwhile and is not kept yet stays."""
        for name, field in self._fields.items():
            before, now = getattr(self._shown, name), getattr(closing, name)
            if field.text() == before != now:
                field.show_text(now)
        self._shown = closing
        self._state.setText(
            self.tr("The visit is closed. What you change is kept.")
            if closing.closed
            else self.tr("Every field may stay empty. Tab goes on; each is kept as you leave it.")
        )
        self._done.setText(self.tr("Open again") if closing.closed else self.tr("Close the visit"))

    def show_typed(self, typed: Closing) -> None:
        """Show what was typed here before and could not be kept."""
        for name, field in self._fields.items():
            field.show_text(getattr(typed, name))

    def forget(self) -> None:
        """Another visit shows: what was typed here has been told."""
        self.show_typed(Closing())
        self._shown = Closing()
        self.show_closing(Closing())

    @property
    def changed(self) -> bool:
        """Whether something was typed that is not known to be kept."""
        return self.over(self._shown) != self._shown

    def over(self, kept: Closing) -> Closing:
        """What is kept with the fields as they stand here."""
        heard, opportunities, risks, follow_up, quote = (
            field.text() for field in self._fields.values()
        )
        return Closing(heard, opportunities, risks, follow_up, quote, kept.attended, kept.closed)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        edge = theme.px(24)
        self._column.setContentsMargins(edge, theme.px(16), edge, theme.px(16))
        self._column.setSpacing(theme.px(6))
        for field in self._fields.values():
            field.setFont(theme.font("note"))
            field.pitch.set_pitch(theme.px(PITCH), theme.px(AIR))
            field.setFixedHeight(LINES * theme.px(PITCH) + theme.px(12))

    def _add(self, name: str, text: str) -> None:
        field = PlainText()
        field.setAccessibleName(text)
        field.setTabChangesFocus(True)
        field.left.connect(self.left)
        self._fields[name] = field
        self._column.addWidget(label(text, "body", "t2"))
        self._column.addWidget(field)

    def _buttons(self) -> QHBoxLayout:
        self._done = IconButton(self._look, "check", "", self._finish, "primary")
        row = QHBoxLayout()
        row.addWidget(self._done)
        row.addWidget(IconButton(self._look, "", self.tr("Back to the note"), self.folded.emit))
        row.addStretch(1)
        return row

    def _finish(self) -> None:
        self.closed.emit(not self._shown.closed)


class CloseButton(IconButton):
    """Shows the form and says whether the visit is closed; hidden where there is no visit."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "check", "", lambda: None)
        self._there = self._hidden = self._short = False
        self.setCheckable(True)
        key = QKeySequence("Ctrl+Shift+Return")
        QShortcut(key, self, self.toggle)
        words = self.tr("Write down what the visit came to ({key})")
        self.setToolTip(words.format(key=key_text("Ctrl+Shift+Return")))
        self.show_state(None)

    def show_state(self, scene: Scene | None) -> None:
        """Whether there is a visit, and whether it is closed."""
        there = scene is not None and scene.subject.visit is not None
        closing = scene.closing if scene is not None else None
        closed = closing is not None and closing.value.closed
        words = self.tr("Visit closed") if closed else self.tr("Close visit")
        self.setAccessibleName(words)
        self.set_short(self._short)
        self._there = there
        if not there:
            self.setChecked(False)
        self.set_hidden(self._hidden)

    def set_short(self, short: bool) -> None:
        """Where there is little room it is an icon alone."""
        self._short = short
        self.setText("" if short else self.accessibleName())

    def set_hidden(self, hidden: bool) -> None:
        """Whether it is hidden even where there is a visit."""
        self._hidden = hidden
        self.setEnabled(self._there and not hidden)
        if self.parent() is not None:
            self.setVisible(self.isEnabled())
