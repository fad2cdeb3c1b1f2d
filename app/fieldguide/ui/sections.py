"""Pages of plain statements: two columns of sections that become one where there is little room."""

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

TWO_COLUMNS: Final = 760


class Columns(QScrollArea):
    """Scrolls up and down, never sideways."""

    def __init__(self, look: Look, name: str, edge: int = 24) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._look, self._edge = look, edge
        self._inner = QWidget()
        self._inner.setProperty("surface", "surface")
        self._whole = QVBoxLayout(self._inner)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._whole.addLayout(self._row, 1)
        self._columns = (QVBoxLayout(), QVBoxLayout())
        for column in self._columns:
            self._row.addLayout(column, 1)
        self.setWidget(self._inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.set_theme(look.theme)

    def fill(
        self, left: Sequence[QWidget], right: Sequence[QWidget], above: Sequence[QWidget] = ()
    ) -> None:
        """Put sections into the columns; in one column the right ones come last.

        What is ``above`` has the width of both.
        """
        for place, widget in enumerate(above):
            self._whole.insertWidget(place, widget)
        for column, widgets in zip(self._columns, (left, right), strict=True):
            for widget in widgets:
                column.addWidget(widget)
            column.addStretch(1)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        # The ring of the scroll area is part of the margin.
        edge = theme.px(self._edge) - theme.focus_width
        self._whole.setContentsMargins(edge, theme.px(16), edge, theme.px(24))
        self._whole.setSpacing(theme.px(24))
        self._row.setSpacing(theme.px(32))
        for column in self._columns:
            column.setSpacing(theme.px(24))
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose one column or two."""
        super().resizeEvent(event)
        self._turn()

    def _turn(self) -> None:
        wide = self.width() >= self._look.theme.px(TWO_COLUMNS)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)


class Section(QWidget):
    """A heading over a hairline, and what belongs to it."""

    def __init__(self, look: Look, heading: str) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(heading, "section"))
        self._column.addWidget(rule())
        self.setAccessibleName(heading)
        self.set_theme(look.theme)

    def add(self, widget: QWidget) -> None:
        """Add below."""
        self._column.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(8))


class Statement(QWidget):
    """An icon or a number, a few words in bold, what they mean, and perhaps a control."""

    def __init__(
        self, look: Look, title: str, text: str = "", icon: str = "", tone: str = "accent"
    ) -> None:
        super().__init__()
        self._look, self._icon, self._tone = look, icon, tone
        self.title = ScriptLabel(title, look.theme, "body", weight=600, wrap=True)
        self.text = ScriptLabel(text, look.theme, "body", "t2", wrap=True)
        self._picture = QLabel()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.text)
        self._below = FlowLayout()
        words.addLayout(self._below)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addLayout(words, 1)
        # Not before they have a place: each would be a window of its own for a moment.
        self.text.setVisible(bool(text))
        self._picture.setVisible(bool(icon))
        self.set_theme(look.theme)

    def add(self, widget: QWidget) -> None:
        """Add a control at the right."""
        self._row.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)

    def add_below(self, widget: QWidget) -> None:
        """Add a control below the words."""
        self._below.addWidget(widget)
        self.set_theme(self._look.theme)

    def say(self, text: str) -> None:
        """Put other words below the bold ones."""
        self.text.setText(text)
        self.text.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon again."""
        self._row.setSpacing(theme.px(10))
        self._below.setSpacing(theme.px(8))
        self._below.setContentsMargins(0, theme.px(6) if self._below.count() else 0, 0, 0)
        if self._icon:
            self._picture.setPixmap(self._look.icons.pixmap(self._icon, 16, self._tone))


class Segments(QWidget):
    """Two to five choices, side by side."""

    chosen = Signal(object)
    """The value of the choice."""

    def __init__(self, name: str, choices: Sequence[tuple[Hashable, str]]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[Hashable, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for number, (value, text) in enumerate(choices):
            place = "first" if not number else "last" if number == len(choices) - 1 else ""
            button = QPushButton(text)
            button.setProperty("kind", "segment")
            button.setProperty("place", place)
            button.setCheckable(True)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(self._sender(value))
            self._group.addButton(button)
            self._buttons[value] = button
            row.addWidget(button)
        row.addStretch(1)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to the choice that holds."""
        held = self._group.checkedButton() or next(iter(self._buttons.values()))
        held.setFocus(reason)

    def show_choice(self, value: Hashable) -> None:
        """Show what holds; a value that is none of the choices shows none."""
        self._group.setExclusive(False)
        held = value if value in self._buttons else next(iter(self._buttons))
        for own, button in self._buttons.items():
            button.setChecked(own == value)
            # Tab comes to the one that holds; the arrows go on from there.
            stop = Qt.FocusPolicy.StrongFocus if own == held else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
        self._group.setExclusive(True)

    def _sender(self, value: Hashable) -> Callable[[], None]:
        return lambda: self.chosen.emit(value)
