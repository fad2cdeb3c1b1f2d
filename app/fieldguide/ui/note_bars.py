"""What stands around the text of a note: kinds of lines, who it is for, and trouble with saving."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
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

from fieldguide.domain.notes import CONFIDENCES, LineKind, Visibility
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.line_kinds import Mark, confidence_mark, kind_mark, visibility_mark
from fieldguide.ui.parts import key_text, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

KINDS = [kind for kind in LineKind if kind is not LineKind.PLAIN]
"""In the order of their keys, Alt+1 first."""


class MarkButton(QPushButton):
    """A quiet button that stays pressed, with the letters that do the same in the text."""

    def __init__(self, look: Look, mark: Mark, letters: str = "") -> None:
        super().__init__(mark.word)
        self._look, self._mark = look, mark
        self.setProperty("kind", "quiet")
        self.setProperty("dense", "true")
        self.setProperty("place", "lettered")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(mark.word)
        self._cap = label(letters, "caption")
        self._cap.setProperty("kind", "key")
        self._cap.setParent(self)
        self._cap.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cap.setVisible(bool(letters))
        self.set_theme(look.theme)

    def set_letters_shown(self, shown: bool) -> None:
        """The letters go first where there is little room."""
        self._cap.setVisible(shown and bool(self._cap.text()))
        self.updateGeometry()

    def full_width(self) -> int:
        """Pixels with the letters, shown or not."""
        return super().sizeHint().width() + self._room()

    def sizeHint(self) -> QSize:
        """Room for the letters too."""
        hint = super().sizeHint()
        return hint + QSize(0 if self._cap.isHidden() else self._room(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the letters at the right."""
        super().resizeEvent(event)
        size = self._cap.sizeHint()
        left = self.width() - size.width() - self._look.theme.px(6)
        self._cap.setGeometry(left, (self.height() - size.height()) // 2, *size.toTuple())

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self.setIcon(self._look.icons.icon(self._mark.icon, 16, self._mark.color, 3))
        self.setIconSize(QSize(theme.px(19), theme.px(16)))

    def _room(self) -> int:
        return self._cap.sizeHint().width() + self._look.theme.px(4) if self._cap.text() else 0


class MarkBar(QWidget):
    """One button for each mark that the line with the cursor can have; one at most is pressed."""

    chosen = Signal(object)
    """The value of a button: a LineKind, or how sure a line is."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self._buttons: dict[str, MarkButton] = {}
        self._row = QHBoxLayout(self)
        self.set_theme(look.theme)

    def add(self, value: str, mark: Mark, tip: str, letters: str = "") -> None:
        """Add a button at the right."""
        button = MarkButton(self._look, mark, letters)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self.chosen.emit(value))
        self._buttons[value] = button
        self._row.addWidget(button)

    def mark(self, value: str) -> None:
        """Show what the line with the cursor is."""
        for own, button in self._buttons.items():
            button.setChecked(own == value)

    def full_width(self) -> int:
        """Pixels that all buttons need with their letters."""
        return sum(button.full_width() for button in self._buttons.values())

    def set_letters_shown(self, shown: bool) -> None:
        """The letters go first where there is little room."""
        for button in self._buttons.values():
            button.set_letters_shown(shown)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        self._row.setSpacing(0)


class KindBar(MarkBar):
    """What the line is, with the letters that begin such a line."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self.setAccessibleName(self.tr("Kind of line"))
        how = self.tr("{kind}: {key}, or begin the line with {letters}")
        for number, kind in enumerate(KINDS, 1):
            mark, letters = kind_mark(kind), f"{kind.value}:"
            tip = how.format(kind=mark.word, key=key_text(f"Alt+{number}"), letters=letters)
            self.add(kind, mark, tip, letters)


class ConfidenceBar(MarkBar):
    """How sure the line is; only a line of a kind can say so."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "")
        self.setAccessibleName(self.tr("How sure the line is"))
        how = self.tr("{word}: {key}, or end the line with {letters}; for lines of a kind")
        for number, word in enumerate(CONFIDENCES, len(KINDS) + 1):
            mark = confidence_mark(word)
            tip = how.format(word=mark.word, key=key_text(f"Alt+{number}"), letters=f"({word})")
            self.add(word, mark, tip)


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


class NoteTroubles(QWidget):
    """Above a note: that it is not saved, or was written in two places; and what can be done."""

    rescued = Signal()
    """The text is to be saved somewhere else."""
    retried = Signal()
    settled = Signal()
    """This version is to take the place of all."""
    recalled = Signal()
    """The history of the note is wanted."""
    turned = Signal()
    """The other version is wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        failing = (
            (self.tr("Save elsewhere…"), self.rescued.emit),
            (self.tr("Try now"), self.retried.emit),
        )
        twofold = (
            (self.tr("Show the other"), self.turned.emit),
            (self.tr("Keep this one"), self.settled.emit),
            (self.tr("Side by side"), self.recalled.emit),
        )
        self._danger = TroubleBar(look, "danger", "circle-alert", failing)
        self._conflict = TroubleBar(look, "warning", "git-merge", twofold)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._danger)
        column.addWidget(self._conflict)

    def tell(self, problem: str, versions: int) -> None:
        """Say why the note is not saved, and that there are several versions of it."""
        self._danger.tell(
            self.tr("Not saved: {why}").format(why=problem) if problem else "",
            self.tr("Kept in memory. Go on typing; saving is tried again every few seconds."),
        )
        two = self.tr("This note was written in two places at once. Both texts are kept.")
        self._conflict.tell(two if versions > 1 else "")
