"""Boxes that a page asks for beside its content, with their buttons always in sight."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

AIR: Final = 4


class SideForm(QWidget):
    """Enter keeps it, Escape leaves it; what cannot be kept so is said and stays typed."""

    entered = Signal()
    """What is typed is to be kept."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.head = label("", "section")
        self.within = QVBoxLayout()
        inside = QWidget()
        inside.setProperty("surface", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.within)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidget(inside)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        self._problem.hide()
        self._foot = QHBoxLayout()
        self._foot.addWidget(
            IconButton(look, "check", self.tr("Keep"), self.entered.emit, "primary")
        )
        self._foot.addWidget(IconButton(look, "", self.tr("Cancel"), self.left.emit))
        self._foot.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.head)
        self._column.addWidget(self._area, 1)
        self._column.addWidget(self._problem)
        self._column.addLayout(self._foot)

    @property
    def problem(self) -> str:
        """Why it could not be kept as it was typed last."""
        return self._problem.text()

    def say(self, problem: str) -> None:
        """Say why it cannot be kept so; the next thing that is typed takes it back."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def point_to(self, box: QWidget) -> None:
        """Give a box the keys, wherever it is."""
        box.setFocus()
        self._area.ensureWidgetVisible(box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        margin = theme.px(16)
        self._column.setContentsMargins(margin, theme.px(12), margin, theme.px(12))
        self._column.setSpacing(theme.px(6))
        # The ring of a box that has the keys must not be cut.
        edge = 2 * theme.hairline
        self.within.setContentsMargins(edge, edge, edge, edge)
        self.within.setSpacing(theme.px(AIR))

    def captioned(self, name: str, box: QWidget, hint: str = "") -> QBoxLayout:
        """A box below its name; Enter in it keeps the form."""
        caption = label(name, "caption", "t2")
        caption.setBuddy(box)
        box.setAccessibleName(name)
        if isinstance(box, QLineEdit):
            if hint:
                box.setPlaceholderText(hint)
            box.returnPressed.connect(self.entered)
            box.textEdited.connect(lambda _: self.say(""))
        column = QVBoxLayout()
        column.setSpacing(1)
        column.addWidget(caption)
        column.addWidget(box)
        return column
