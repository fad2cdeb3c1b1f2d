"""What stands around the text of a note: kinds of lines, who it is for, and trouble with saving."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.notes import LineKind, Visibility
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.parts import key_text, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

KINDS = [kind for kind in LineKind if kind is not LineKind.PLAIN]
"""In the order of their keys, Alt+1 first."""


class KindBar(QWidget):
    """One button for each kind of line, with the letters that begin such a line."""

    chosen = Signal(object)
    """A LineKind."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Kind of line"))
        self._buttons: dict[LineKind, QPushButton] = {}
        self._keys: list[QLabel] = []
        self._row = QHBoxLayout(self)
        for number, kind in enumerate(KINDS, 1):
            self._add(kind, key_text(f"Alt+{number}"))
        self._row.addStretch(1)
        self.set_theme(look.theme)

    def _add(self, kind: LineKind, key: str) -> None:
        word = kind_mark(kind).word
        button = QPushButton(word)
        button.setProperty("kind", "quiet")
        button.setProperty("dense", "true")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        letters = f"{kind.value}:"
        how = self.tr("{kind}: {key}, or begin the line with {letters}")
        button.setToolTip(how.format(kind=word, key=key, letters=letters))
        button.setAccessibleName(word)
        button.clicked.connect(lambda: self.chosen.emit(kind))
        cap = label(letters, "caption")
        cap.setProperty("kind", "key")
        self._buttons[kind] = button
        self._keys.append(cap)
        self._row.addWidget(button)
        self._row.addWidget(cap, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addSpacing(8)

    def mark(self, kind: LineKind) -> None:
        """Show what the line with the cursor is."""
        for own, button in self._buttons.items():
            button.setChecked(own is kind)

    def set_keys_shown(self, shown: bool) -> None:
        """The letters go first where there is little room."""
        for cap in self._keys:
            cap.setVisible(shown)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons again."""
        self._row.setContentsMargins(theme.px(8), theme.px(6), theme.px(8), theme.px(6))
        self._row.setSpacing(theme.px(2))
        for kind, button in self._buttons.items():
            mark = kind_mark(kind)
            button.setIcon(self._look.icons.icon(mark.icon, 16, mark.color, 3))
            button.setIconSize(QSize(theme.px(19), theme.px(16)))


class VisibilityChoice(QWidget):
    """Three segments: who may read the note. Word, icon and colour say it."""

    chosen = Signal(object)
    """A Visibility."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._short = look, False
        self._group = QButtonGroup(self)
        self._buttons: dict[Visibility, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        tips = {
            Visibility.MINE: self.tr("Only for you; it is in no export for others."),
            Visibility.ORGANISER: self.tr("The organiser of the mission may read it."),
            Visibility.PUBLISHABLE: self.tr("Anyone may read it; it can go into a public report."),
        }
        for place, (visibility, tip) in zip(("first", "", "last"), tips.items(), strict=True):
            button = QPushButton()
            button.setProperty("kind", "segment")
            button.setProperty("place", place)
            button.setCheckable(True)
            button.setToolTip(tip)
            button.setAccessibleName(visibility_mark(visibility).word)
            button.setAccessibleDescription(tip)
            button.clicked.connect(self._sender(visibility))
            self._group.addButton(button)
            self._buttons[visibility] = button
            row.addWidget(button)
        self.setAccessibleName(self.tr("Who may read this note"))
        self.show_choice(Visibility.MINE)

    def show_choice(self, visibility: Visibility) -> None:
        """Show what holds, without telling anybody."""
        self._buttons[visibility].setChecked(True)
        self._dress()

    def set_short(self, short: bool) -> None:
        """Where there is little room only the choice has its word."""
        self._short = short
        self._dress()

    def set_theme(self, theme: Theme) -> None:
        """Draw the icons again."""
        self._dress()

    def _sender(self, visibility: Visibility) -> Callable[[], None]:
        def send() -> None:
            self._dress()
            self.chosen.emit(visibility)

        return send

    def _dress(self) -> None:
        theme = self._look.theme
        for visibility, button in self._buttons.items():
            mark = visibility_mark(visibility)
            bare = self._short and not button.isChecked()
            button.setText("" if bare else mark.word)
            button.setIcon(self._look.icons.icon(mark.icon, 16, mark.color, 0 if bare else 4))
            button.setIconSize(QSize(theme.px(16 if bare else 20), theme.px(16)))


class TroubleBar(QWidget):
    """Beside the text, never over it: one sentence, what it means, and what can be done."""

    def __init__(
        self,
        look: Look,
        tone: str,
        icon: str,
        acts: Sequence[tuple[str, Callable[[], object]]] = (),
    ) -> None:
        super().__init__()
        self._look, self._tone, self._icon = look, tone, icon
        self._picture = QLabel()
        self._sentence = ScriptLabel("", look.theme, "body", tone, weight=600, wrap=True)
        self._meaning = ScriptLabel("", look.theme, "body", "t1", wrap=True)
        self._words = QVBoxLayout()
        self._words.addWidget(self._sentence)
        self._words.addWidget(self._meaning)
        self._buttons = FlowLayout()
        for text, act in acts:
            self._add(text, act)
        if acts:
            self._words.addLayout(self._buttons)
        frame = QFrame()
        frame.setProperty("kind", "bar")
        frame.setProperty("tone", tone)
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(self._words, 1)
        self._outer = QVBoxLayout(self)
        self._outer.addWidget(frame)
        self.hide()
        self.set_theme(look.theme)

    def tell(self, sentence: str, meaning: str = "") -> None:
        """Say it; an empty sentence takes the bar away."""
        self._sentence.setText(sentence)
        self._meaning.setText(meaning)
        self._meaning.setVisible(bool(meaning))
        self.setAccessibleName(f"{sentence} {meaning}".strip())
        self.setVisible(bool(sentence))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self._picture.setPixmap(self._look.icons.pixmap(self._icon, 16, self._tone))
        self._outer.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(4))
        self._row.setContentsMargins(theme.px(12), theme.px(9), theme.px(12), theme.px(9))
        self._row.setSpacing(theme.px(10))
        self._words.setSpacing(theme.px(4))
        self._buttons.setSpacing(theme.px(8))

    def _add(self, text: str, act: Callable[[], object]) -> None:
        button = QPushButton(text)
        button.setProperty("dense", "true")
        if self._tone == "danger" and not self._buttons.count():
            button.setProperty("kind", "primary")
        button.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        button.clicked.connect(lambda: act())
        self._buttons.addWidget(button)
