"""What covers the window while the notes are destroyed, and after: nothing else is left to do."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, clear
from fieldguide.ui.sections import Statement
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.tile import Tile

_WIDTH: Final = 560


class GoneScreen(QWidget):
    """Steps one below the other; then what is left, and a button that closes the program."""

    closed = Signal()
    kept = Signal()
    """Nothing was destroyed, and the user has read why."""

    def __init__(self, look: Look, steps: Sequence[str]) -> None:
        super().__init__()
        self._look = look
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title = ScriptLabel("", look.theme, "title", wrap=True)
        self._line = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        self._steps = list(steps)
        self._rows = QVBoxLayout()
        self._close = IconButton(look, "x", self.tr("Close the program"), self.closed.emit)
        self._back = IconButton(look, "undo-2", self.tr("Back to the notes"), self.kept.emit)
        self._column = QVBoxLayout()
        self._column.addWidget(Tile(look, "trash-2"))
        self._column.addWidget(self._title)
        self._column.addWidget(self._line)
        self._column.addLayout(self._rows)
        for button in (self._close, self._back):
            button.setAutoDefault(True)
            self._column.addWidget(button)
        self._build()
        self._close.hide()
        self._back.hide()
        self.reach(0)
        self.set_theme(look.theme)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the button, once there is something to press."""
        shown = [one for one in (self._close, self._back) if not one.isHidden()]
        if shown:
            shown[0].setFocus(reason)
        else:
            super().setFocus(reason)

    def reach(self, step: int) -> None:
        """Show which step is under way; those before it are done."""
        self._say(self.tr("Do not switch off"), self.tr("It takes a moment."))
        self.setAccessibleName(f"{self._title.text()}. {self._steps[step]}")
        clear(self._rows)
        for number, text in enumerate(self._steps):
            icon, tone = ("circle-check", "ok") if number < step else ("circle-dashed", "t3")
            done = self.tr("done")
            now = self.tr("under way…") if number == step else " "
            row = Statement(self._look, text, done if number < step else now, icon, tone)
            self._rows.addWidget(row)

    def finish(self, left: Sequence[str]) -> None:
        """Say that nothing opens any more, and what could not be reached."""
        self._say(
            self.tr("Everything is destroyed"),
            self.tr(
                "No key of your notes is left where this program could reach, and nothing of them "
                "is written any more. A disk may keep parts of what was there, encrypted; words "
                "may stay in memory until the program is closed."
            ),
        )
        clear(self._rows)
        for sentence in left:
            self._rows.addWidget(Statement(self._look, sentence, "", "triangle-alert", "warning"))
        self._close.show()
        self.setFocus()

    def refuse(self, problem: str) -> None:
        """Say that nothing was destroyed, and why."""
        self._say(self.tr("Nothing was destroyed"), problem)
        clear(self._rows)
        self._back.show()
        self.setFocus()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(12))
        self._rows.setSpacing(theme.px(8))
        self._middle.setMaximumWidth(theme.px(_WIDTH))

    def _say(self, title: str, line: str) -> None:
        self._title.setText(title)
        self._line.setText(line)
        self.setAccessibleName(f"{title}. {line}")

    def _build(self) -> None:
        self._middle = QWidget()
        self._middle.setLayout(self._column)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.addStretch(1)
        row.addWidget(self._middle, 4, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidget(inside)
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
