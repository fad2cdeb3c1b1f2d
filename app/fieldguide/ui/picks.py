"""What is picked to compare, at the foot of the directory's table."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, clear, label, rule, tip, written
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

_LONGEST = 140
"""Pixels at 100 % that a name may take."""


class PicksBar(QWidget):
    """One chip a record, which lets it go; hidden while nothing is picked."""

    compared = Signal()
    let_go = Signal(object)
    """A Ref, or None for all of them."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picked: dict[Ref, str] = {}
        self.setAccessibleName(self.tr("Picked to compare"))
        self._chips = FlowLayout()
        self._few = label(self.tr("Pick one more to compare."), "caption", "t2")
        self._compare = IconButton(
            look, "columns-3", self.tr("Compare"), self.compared.emit, "primary"
        )
        clearing = IconButton(
            look, "", self.tr("Let all go"), lambda: self.let_go.emit(None), "quiet"
        )
        self._row = QHBoxLayout()
        self._row.addLayout(self._chips, 1)
        for part in (self._few, self._compare, clearing):
            self._row.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(rule())
        column.addLayout(self._row)
        self.show_picks({})

    def show_picks(self, picked: Mapping[Ref, str]) -> None:
        """Show these, in the order in which they were picked."""
        self._picked = dict(picked)
        theme = self._look.theme
        self._row.setContentsMargins(theme.px(12), theme.px(8), theme.px(24), theme.px(8))
        self._row.setSpacing(theme.px(8))
        # In the middle of a line with the buttons beside them.
        self._chips.setContentsMargins(0, theme.px(5), 0, theme.px(5))
        self._chips.setSpacing(theme.px(8))
        clear(self._chips)
        for ref, title in self._picked.items():
            self._chips.addWidget(self._chip(ref, title))
        self._compare.setEnabled(len(self._picked) > 1)
        self._few.setVisible(len(self._picked) == 1)
        self.setVisible(bool(self._picked))

    def set_theme(self, theme: Theme) -> None:
        """Make the chips again in another size."""
        self.show_picks(self._picked)

    def _chip(self, ref: Ref, title: str) -> QPushButton:
        theme, shown = self._look.theme, title
        while text_width(shown, theme, "caption", weight=500) > theme.px(_LONGEST):
            shown = shown[:-2].rstrip(" ,(…") + "…"
        chip = QPushButton(written(shown))
        chip.setProperty("kind", "chip")
        chip.setIcon(self._look.icons.icon("x", 12, "t2"))
        chip.setIconSize(QSize(theme.px(12), theme.px(12)))
        chip.setAccessibleName(self.tr("Let go of {name}").format(name=title))
        chip.setToolTip(tip(chip.accessibleName()))
        chip.clicked.connect(lambda: self.let_go.emit(ref))
        return chip
