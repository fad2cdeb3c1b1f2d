"""The table of records side by side: names above, as many columns as have room, a pager."""

from datetime import date
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.directory import Comparison
from fieldguide.ui.cards import two_lines
from fieldguide.ui.comparison import CompareDelegate, CompareModel
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import Empty, ToolButton, label
from fieldguide.ui.text import draw_text, draw_wrapped
from fieldguide.ui.theme import Theme

LEAST: Final = 168
"""Pixels at 100 % that a record needs; those that do not fit stand on the next page."""
LABELS: Final = 124


class CompareHeader(QHeaderView):
    """Names in both scripts above the columns."""

    def __init__(self, look: Look) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._look = look
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setHighlightSections(False)

    def sizeHint(self) -> QSize:
        """Two lines of Latin and one of hanzi."""
        theme = self._look.theme
        height = 2 * theme.line("section") + theme.line("note", hanzi=True) + theme.px(16)
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: Any, section: int) -> None:  # noqa: ANN401
        """Paint one name, on the ground line of the header."""
        theme, model = self._look.theme, self.model()
        box = QRectF(rect)
        painter.save()
        painter.fillRect(box, theme.color("surface"))
        hair = theme.hairline
        painter.fillRect(
            QRectF(box.left(), box.bottom() - hair, box.width(), hair), theme.color("line2")
        )
        title = model.headerData(section, Qt.Orientation.Horizontal) or ""
        hanzi = model.headerData(section, Qt.Orientation.Horizontal, CompareModel.HanziRole) or ""
        inner = box.adjusted(theme.px(8), theme.px(8), -theme.px(8), -theme.px(8))
        shown = two_lines(title, theme, inner.width(), "section", 600)
        used = draw_wrapped(painter, inner, shown, theme, "section", "t1", weight=600)
        below = QRectF(
            inner.left(), inner.top() + used, inner.width(), theme.line("note", hanzi=True)
        )
        draw_text(painter, below, hanzi, theme, "note", "t1")
        painter.restore()


class CompareView(QTableView):
    """As many records as have room; the rest on further pages. Enter opens a record."""

    opened = Signal(object)
    """The Ref of a record."""
    paged = Signal(int, int, int)
    """First and last record shown, counted from 1, and how many there are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._first = 0
        self.comparison = CompareModel()
        self._delegate = CompareDelegate(look)
        self.setModel(self.comparison)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(CompareHeader(look))
        self.setAccessibleName(self.tr("Records side by side; Enter opens one"))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(1)
        self.doubleClicked.connect(self._open)

    def show_comparison(self, comparison: Comparison, day: date) -> None:
        """Replace everything, from the first page."""
        self.comparison.show(comparison, day)
        self._first = 0
        self._fit()
        self.setCurrentIndex(self.comparison.index(0, 1))

    def turn(self, way: int) -> None:
        """Show the next records or those before."""
        step, count = self._fitting(), len(self.comparison.records)
        self._first = min(max(0, self._first + way * step), max(0, count - step))
        self._fit()
        self.setCurrentIndex(self.comparison.index(self.currentIndex().row(), self._first + 1))

    def set_theme(self, theme: Theme) -> None:
        """Measure again."""
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the columns and rows their sizes."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the record of the column; arrows at the edge turn the page."""
        index = self.currentIndex()
        if index.isValid() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(index)
            return
        last = self._first + self._fitting()
        if event.key() == Qt.Key.Key_Right and index.column() == last:
            self.turn(1)
        elif event.key() == Qt.Key.Key_Left and index.column() <= self._first + 1:
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if index.column():
            self.opened.emit(self.comparison.records[index.column() - 1].ref)

    def _fitting(self) -> int:
        theme, count = self._look.theme, len(self.comparison.records)
        room = self.viewport().width() - theme.px(LABELS)
        return min(count, max(1, room // theme.px(LEAST)))

    def _fit(self) -> None:
        theme, count = self._look.theme, len(self.comparison.records)
        if not count:
            return
        fitting = self._fitting()
        self._first = min(self._first, count - fitting)
        labels = theme.px(LABELS)
        width = (self.viewport().width() - labels) // fitting
        self.setColumnWidth(0, labels)
        for column in range(1, count + 1):
            self.setColumnHidden(column, not self._first < column <= self._first + fitting)
            self.setColumnWidth(column, width)
        for row in range(self.comparison.rowCount()):
            cells = [self.comparison.index(row, at) for at in range(count + 1)]
            heights = [
                self._delegate.height(cell.data(CompareModel.CellRole), width if place else labels)
                for place, cell in enumerate(cells)
                if not self.isColumnHidden(place)
            ]
            self.setRowHeight(row, max(heights))
        self.paged.emit(self._first + 1, self._first + fitting, count)


class CompareSide(QWidget):
    """The comparison with its pager, or a sentence on how to pick what to compare."""

    opened = Signal(object)
    """The Ref of a record."""
    left = Signal()
    """Back to the table."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.view = CompareView(look)
        self.view.opened.connect(self.opened)
        self.view.paged.connect(self._show_page)
        self._unpicked = Empty(
            look,
            "columns-3",
            self.tr("Pick two to four records in the table: Space picks the row you are on."),
            self.tr("To the table"),
            self.left.emit,
        )
        self._pages = label("", "caption", "t2")
        self._pager = QWidget()
        self._row = QHBoxLayout(self._pager)
        self._row.addStretch(1)
        self._row.addWidget(self._pages)
        for icon, name, way in (
            ("chevron-left", self.tr("Records before"), -1),
            ("chevron-right", self.tr("Records after"), 1),
        ):
            self._row.addWidget(ToolButton(look, icon, name, partial(self.view.turn, way)))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pager)
        column.addWidget(self.view, 1)
        column.addWidget(self._unpicked, 1)
        self.set_theme(look.theme)

    def expect(self, *, enough: bool) -> None:
        """Make ready for a comparison, or for the sentence when too few are picked."""
        self.view.setVisible(enough)
        self._unpicked.setVisible(not enough)
        self._pager.hide()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        self._row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))

    def _show_page(self, first: int, last: int, count: int) -> None:
        self._pager.setVisible(last - first + 1 < count)
        sentence = self.tr("{first} to {last} of {count}")
        self._pages.setText(sentence.format(first=first, last=last, count=count))
