"""What there is to do outside the days of a mission: a heading, and rows that lead there."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import label, rule
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.slots import fit_height
from fieldguide.ui.theme import Theme


class PhaseView(QWidget):
    """As high as its rows; not to be seen before it has any."""

    opened = Signal(object)

    def __init__(self, look: Look, heading: str) -> None:
        super().__init__()
        self._head = label(heading, "section")
        self.rows = RowList(look, heading)
        self.rows.whole = True
        self.rows.opened.connect(self.opened)
        self._column = QVBoxLayout(self)
        for part in (self._head, rule(), self.rows):
            self._column.addWidget(part)
        self.set_theme(look.theme)
        self.hide()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Show these; the keys stay on the row they were on."""
        row = self.rows.currentIndex().row()
        self.rows.show_items(rows)
        if 0 <= row < len(rows):
            self.rows.setCurrentIndex(self.rows.items.index(row))
        self.setVisible(bool(rows))
        fit_height(self.rows)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other widths break lines elsewhere."""
        super().resizeEvent(event)
        fit_height(self.rows)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; the heading begins where its rule does."""
        self._column.setContentsMargins(0, theme.px(4), 0, theme.px(8))
        self._column.setSpacing(theme.px(4))
        fit_height(self.rows)
