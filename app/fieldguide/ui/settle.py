"""What of the programme is still to settle: one sentence at a time, and where it is."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.cautions import Caution, Trouble
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, ToolButton, label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

_ICONS: Final = {
    Trouble.HOLIDAY: "calendar-days",
    Trouble.OUTSIDE: "calendar-clock",
    Trouble.CLOCKS: "clock-alert",
    Trouble.NO_END: "clock-alert",
    Trouble.NO_TIME: "clock-alert",
    Trouble.NO_PLACE: "circle-question-mark",
}


class SettleBar(QWidget):
    """A strip at the foot; hidden when all is settled."""

    wanted = Signal(object)
    """The Caution whose visits are to be seen."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._cautions: tuple[Caution, ...] = ()
        self._at = 0
        self._turned = self._away = False
        self.setAccessibleName(self.tr("To settle"))
        self._head = label(self.tr("To settle"), "section")
        self._count = label("", "caption", "t2")
        self._sign = label("")
        self._words = ScriptLabel("", look.theme, "body", wrap=True)
        self._before = ToolButton(look, "chevron-left", self.tr("The one before"), self._back)
        self._after = ToolButton(look, "chevron-right", self.tr("The next one"), self._on)
        self._show = IconButton(look, "", self.tr("Show"), self._want, "link")
        self._row = QHBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self._head)
        left.addWidget(self._count)
        self._row.addLayout(left)
        self._row.addWidget(self._sign)
        self._row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        for part in (self._show, self._before, self._after):
            self._row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addLayout(self._row)
        self.setProperty("surface", "sunken")
        self.hide()
        self.set_theme(look.theme)

    @property
    def caution(self) -> Caution | None:
        """The one that shows."""
        return self._cautions[self._at] if self._cautions else None

    def show_cautions(self, found: Sequence[Caution]) -> None:
        """Show these, one at a time; the one that was turned to stays while it is there."""
        before = self.caution if self._turned else None
        self._cautions = tuple(found)
        self._at = self._cautions.index(before) if before in self._cautions else 0
        self._fill()

    def give_way(self, *, on: bool) -> None:
        """Leave the room to something else, or take it again."""
        self._away = on
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._row.setContentsMargins(theme.px(24), theme.px(8), theme.px(16), theme.px(8))
        self._row.setSpacing(theme.px(10))
        self._fill()

    def _fill(self) -> None:
        one = self.caution
        self.setVisible(one is not None and not self._away and self.parentWidget() is not None)
        if one is None:
            return
        count = len(self._cautions)
        self._count.setText(self.tr("{n} of {count}").format(n=self._at + 1, count=count))
        icon, tone = _ICONS.get(one.trouble, "triangle-alert"), "t2" if one.open else "warning"
        self._sign.setPixmap(self._look.icons.pixmap(icon, 16, tone))
        self._words.setText(one.words)
        self._show.setVisible(bool(one.refs))
        self._show.setAccessibleName(self.tr("Show: {what}").format(what=one.words))
        for button in (self._before, self._after):
            button.setVisible(count > 1)

    def _on(self) -> None:
        self._turn(1)

    def _back(self) -> None:
        self._turn(-1)

    def _turn(self, step: int) -> None:
        self._turned = True
        self._at = (self._at + step) % len(self._cautions)
        self._fill()

    def _want(self) -> None:
        self.wanted.emit(self.caution)
