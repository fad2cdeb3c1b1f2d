"""Small parts that pages share: headers, headings, rules, buttons, empty states."""

from collections.abc import Callable

from PySide6 import QtGui
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


def label(text: str, role: str = "body", tone: str = "", *, wrap: bool = False) -> QLabel:
    """Plain text in the interface's language; for content use ScriptLabel."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    if tone:
        made.setProperty("tone", tone)
    made.setWordWrap(wrap)
    return made


def rule() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("kind", "rule")
    return made


class IconButton(QPushButton):
    """A button whose icon follows the theme; ``kind`` is primary, quiet, danger, link or empty."""

    def __init__(
        self, look: Look, icon: str, text: str, pressed: Callable[[], object], kind: str = ""
    ) -> None:
        super().__init__(written(text))
        self._look, self._icon, self._kind = look, icon, kind
        if kind:
            self.setProperty("kind", kind)
        self.clicked.connect(lambda: pressed())
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_theme(look.theme)

    def setText(self, text: str) -> None:
        """Say something else, or nothing beside the icon; the air between the two goes along."""
        super().setText(text)
        self.set_theme(self._look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon for another theme."""
        color = {"primary": "on-accent", "danger": "danger", "link": "accent"}.get(self._kind, "t1")
        pad = 3 if self.text() else 0
        if self._icon:
            self.setIcon(self._look.icons.icon(self._icon, 16, color, pad))
            self.setIconSize(QSize(theme.px(16 + pad), theme.px(16)))


class ToolButton(QToolButton):
    """An icon alone; ``name`` is what it is called for those who do not see it, and its tip."""

    def __init__(self, look: Look, icon: str, name: str, pressed: Callable[[], object]) -> None:
        super().__init__()
        self._look, self._icon = look, icon
        self.setAccessibleName(name)
        self.setToolTip(tip(name))
        self.setProperty("dense", "true")
        self.clicked.connect(lambda: pressed())
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon for another theme."""
        self.setIcon(self._look.icons.icon(self._icon, 16, "t2"))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))


class Header(QWidget):
    """Title and second line at the left, actions at the right, a hairline below."""

    def __init__(self, look: Look, title: str = "", note: str = "") -> None:
        super().__init__()
        self._look = look
        self.title = ScriptLabel(title, look.theme, "title")
        self.note = ScriptLabel(note, look.theme, "body", "t2")
        self._row = QHBoxLayout()
        self._row.addWidget(self.title)
        self._row.addWidget(self.note, 1)
        column = QVBoxLayout(self)
        column.addLayout(self._row)
        column.addWidget(rule())
        self.set_theme(look.theme)

    def add(self, widget: QWidget) -> None:
        """Add an action at the right end."""
        self._row.addWidget(widget)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(0)
        self._row.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(11))
        self._row.setSpacing(theme.px(12))
        self.setMinimumHeight(theme.px(56))


class Empty(QWidget):
    """An empty state: an icon, one fact, one button."""

    def __init__(
        self,
        look: Look,
        icon: str,
        sentence: str,
        action: str = "",
        pressed: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._look, self._icon_name = look, icon
        self._picture = QLabel()
        self.sentence = label(sentence, "body", "t2", wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        column = QVBoxLayout(self)
        column.addStretch(1)
        column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        if action and pressed is not None:
            button = QPushButton(action)
            button.clicked.connect(lambda: pressed())
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(2)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the icon for another theme."""
        self._picture.setPixmap(self._look.icons.pixmap(self._icon_name, 24, "t3"))
        layout = self.layout()
        if layout is not None:
            layout.setSpacing(theme.px(12))


def tip(text: str) -> str:
    """A text for a tool tip, shown as it is: some would be read as rich text, which loads files."""
    if not QtGui.Qt.mightBeRichText(text):
        return text
    return QtGui.Qt.convertFromPlainText(text, Qt.WhiteSpaceMode.WhiteSpaceNormal)


def written(text: str) -> str:
    """A text for a button: no letter of it becomes a key."""
    return text.replace("&", "&&")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear(inner)


def key_text(key: str) -> str:
    """A key as this system writes it: ``Ctrl+K`` or ``⌘K``."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def scrolled(view: QWidget) -> QScrollArea:
    """A page's content where it moves up and down; its own parts take the keys."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    view.setProperty("surface", "surface")
    view.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    area.setWidget(view)
    return area
