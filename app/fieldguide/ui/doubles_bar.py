"""A line above the people: two of them may be one."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldguide.services.duplicates import Suspicion
from fieldguide.ui.desk import Look
from fieldguide.ui.joining_rows import reason_words
from fieldguide.ui.parts import IconButton, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme


class DoublesBar(QWidget):
    """Shows nothing while there is nothing to ask."""

    asked = Signal()
    """Both are to be looked at side by side."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sign = QLabel()
        self._words = ScriptLabel("", look.theme, "body", "t1", wrap=True)
        self._button = IconButton(look, "columns-3", self.tr("Look at both"), self.asked.emit)
        self._button.setProperty("dense", "true")
        self._row = QHBoxLayout()
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(rule())
        self.hide()
        self.set_theme(look.theme)

    def tell(self, found: Sequence[Suspicion], added: str = "") -> None:
        """Say of the first pair whom it is of, and how many more there are.

        ``added`` is the key of who was kept just now: then it is that they look like somebody.
        """
        self.setVisible(bool(found))
        if not found:
            return
        one, more = found[0], len(found) - 1
        if added in one.keys:
            name, other = one.names if added == one.first else one.names[::-1]
            words = self.tr("{name} looks like {other}: {reason}.")
        else:
            name, other = one.names
            words = self.tr("{name} and {other} may be one person: {reason}.")
        said = words.format(name=name, other=other, reason=reason_words(one, 1))
        if more:
            rest = self.tr("{number} more pairs.") if more > 1 else self.tr("1 more pair.")
            said = f"{said} {rest.format(number=f'{more:,}')}"
        self._words.setText(said)
        self.setAccessibleName(said)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._sign.setPixmap(self._look.icons.pixmap("users", 16, "accent"))
        self._row.setContentsMargins(theme.px(24), theme.px(6), theme.px(24), theme.px(6))
        self._row.setSpacing(theme.px(10))
