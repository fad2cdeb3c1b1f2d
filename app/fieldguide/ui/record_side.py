"""The column at the side of a record: a small chart, then places, people and notes."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.notes import NoteCard
from fieldguide.domain.series import charted
from fieldguide.services.subject import Subject
from fieldguide.ui.chart import SeriesChart
from fieldguide.ui.desk import Look
from fieldguide.ui.record_rows import RecordRows
from fieldguide.ui.rows import RowList
from fieldguide.ui.theme import Theme

WIDTH: Final = 348
"""In pixels at 100 %."""


class RecordSide(QWidget):
    """Stands behind a hairline; it has nothing to show for some records."""

    def __init__(self, look: Look, rows: RecordRows) -> None:
        super().__init__()
        self._look, self._rows = look, rows
        self._shown: tuple[Subject, Sequence[NoteCard]] | None = None
        self._chart = SeriesChart(look)
        self.list = RowList(look, self.tr("Places, people and notes"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._chart)
        self._column.addWidget(self.list, 1)
        self.set_theme(look.theme)

    def show_subject(self, found: Subject, notes: Sequence[NoteCard]) -> bool:
        """Show what belongs to a record; the answer is whether that is anything."""
        if self._shown != (found, notes):
            self._shown = (found, notes)
            rows = self._rows.side(found, notes)
            self._chart.show_points(*charted(found.record.facts))
            self.list.show_items(rows)
            self.list.setVisible(bool(rows))
        return self.list.items.rowCount() > 0 or self._chart.has_points()

    def set_theme(self, theme: Theme) -> None:
        """Set width and distances."""
        self.setFixedWidth(theme.px(WIDTH))
        self._column.setContentsMargins(theme.px(8), theme.px(12), 0, 0)
        self._column.setSpacing(theme.px(8))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hairline."""
        theme = self._look.theme
        painter = QPainter(self)
        painter.fillRect(QRect(0, 0, theme.hairline, self.height()), theme.color("line"))
        painter.end()
