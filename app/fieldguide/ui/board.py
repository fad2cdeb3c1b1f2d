"""All days of a programme side by side, in as many rows as the width asks for."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from fieldguide.domain.hours import between, minutes_of, time_of
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.maps.stops import Route
from fieldguide.ui.day_head import DayHead, spans_of
from fieldguide.ui.day_list import DayList, VisitRow
from fieldguide.ui.desk import Look
from fieldguide.ui.dragging import RECORD, carried
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import HEAD, LONG, day_text

COLUMN: Final = 188
"""Least width of a day."""
_GAP: Final = 10
_CROWD: Final = 60
_STEP: Final = 30
_DAY: Final = 24 * 60


class DayColumn(QWidget):
    """The head of a day and its cards; takes cards that are dropped on it."""

    dropped = Signal(str, object, str)
    """Kind of card, its Ref, and the hour that its place in the day suggests, or nothing."""

    def __init__(self, look: Look, route: Route) -> None:
        super().__init__()
        self.day = route.date
        self.setAcceptDrops(True)
        self.head = DayHead(look, day_text(route.date, HEAD), route.day)
        self.list = DayList(look, day_text(route.date, LONG))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.head)
        self._column.addWidget(self.list)
        self._column.addStretch(1)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._column.setSpacing(theme.px(4))
        self.list.fit()

    def show_rows(self, rows: list[VisitRow]) -> None:
        """Show these cards; a crowd waits its turn, so that the window answers between two days."""
        if len(rows) <= _CROWD:
            self.list.show_rows(rows)
        else:
            QTimer.singleShot(0, self, lambda: self.list.show_rows(rows))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A card can be put here."""
        if carried(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell what was put where."""
        card = carried(event.mimeData())
        if card is not None:
            event.acceptProposedAction()
            kind, ref = card
            spot = self.list.mapFrom(self, event.position().toPoint())
            self.dropped.emit(kind, ref, self._hour_at(spot.y(), ref))

    def _hour_at(self, y: int, ref: Ref) -> str:
        """Between the hours of the cards around; empty where they have none."""
        before = after = ""
        for number in range(self.list.items.rowCount()):
            item = self.list.items.item(number)
            if not isinstance(item, VisitRow) or item.visit is None or item.visit.ref == ref:
                continue
            middle = self.list.visualRect(self.list.items.index(number)).center().y()
            if middle < y:
                before = item.visit.when.time or before
            elif not after:
                after = item.visit.when.time
        return between(before, after)


class Board(QWidget):
    """One card of all is marked; the arrows go from card to card and from day to day."""

    opened = Signal(object)
    copied = Signal(str)
    moved = Signal(object, str, object)
    """A Visit of one's own is to go to an ISO day, at an hour or None for the same."""
    asked = Signal(object)
    """What can be done to the visit that is marked is asked for, at a QPoint of the screen."""
    put = Signal(object, str)
    """A meeting with the record of this Ref is wanted on an ISO day."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.columns: list[DayColumn] = []
        self._shown: list[tuple[str, int]] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.setAccessibleName(self.tr("Days of the programme"))

    def show_days(
        self,
        routes: Sequence[Route],
        rows: Mapping[str, list[VisitRow]],
        sides: Mapping[str, str],
        notes: Mapping[str, str],
        today: str,
    ) -> None:
        """Show these days; what was marked stays marked while it is there.

        ``sides`` says where each day is, ``notes`` what is to be known of it.
        """
        if [(one.date, one.day) for one in routes] != self._shown:
            self._make(routes)
        for column, route in zip(self.columns, routes, strict=True):
            visits = [row.visit for row in rows[route.date] if row.visit is not None]
            hours = [(one.when.time, one.when.end_time, one.own) for one in visits]
            here = route.date == today
            side = self.tr("Today") if here else sides.get(route.date, "")
            column.head.show_shape(spans_of(hours), side, notes.get(route.date, ""), here=here)
            column.show_rows(rows[route.date])

    def visit(self) -> Visit | None:
        """The one whose card is marked."""
        found = (column.list.chosen() for column in self.columns)
        return next((row.visit for row in found if row is not None), None)

    def row(self) -> VisitRow | None:
        """The card that is marked."""
        found = (column.list.chosen() for column in self.columns)
        return next((row for row in found if row is not None), None)

    def mark(self, ref: Ref) -> bool:
        """Mark the card of a visit, and no other; whether it is here."""
        for column in self.columns:
            if column.list.choose(ref):
                self._keep_one(column.list)
                return True
        return False

    def current(self) -> DayList | None:
        """The day whose card is marked."""
        lists = (column.list for column in self.columns)
        return next((rows for rows in lists if rows.chosen() is not None), None)

    def first(self, day: str) -> DayList | None:
        """The list of a day with cards, else the first that has some."""
        lists = {column.day: column.list for column in self.columns}
        filled = [one for one in lists.values() if one.items.rowCount()]
        wanted = lists.get(day)
        if wanted is not None and wanted in filled:
            return wanted
        return filled[0] if filled else None

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """The height follows from the width; days beside each other never ask for more of it."""
        return QSize(self._look.theme.px(COLUMN), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many days beside each other as there is room for."""
        super().resizeEvent(event)
        self._arrange()

    def _make(self, routes: Sequence[Route]) -> None:
        for column in self.columns:
            self._grid.removeWidget(column)
            column.hide()
            column.deleteLater()
        self.columns = [DayColumn(self._look, route) for route in routes]
        self._shown = [(one.date, one.day) for one in routes]
        for at, column in enumerate(self.columns):
            rows = column.list
            rows.opened.connect(self.opened)
            rows.copied.connect(self.copied)
            rows.asked.connect(self.asked)
            rows.entered.connect(lambda rows=rows: self._keep_one(rows))
            rows.turned.connect(lambda step, at=at: self._turn(at, step))
            rows.left.connect(lambda step, at=at: self._leave(at, step))
            rows.shifted.connect(lambda days, hours, at=at: self._shift(at, days, hours))
            column.dropped.connect(lambda *card, at=at: self._drop(at, *card))
        self._arrange()
        for before, after in pairwise(self.columns):
            self.setTabOrder(before.list, after.list)

    def _arrange(self) -> None:
        theme = self._look.theme
        gap = theme.px(_GAP)
        across = max(1, (self.width() + gap) // (theme.px(COLUMN) + gap))
        self._grid.setHorizontalSpacing(gap)
        self._grid.setVerticalSpacing(theme.px(20))
        for column in self.columns:
            self._grid.removeWidget(column)
        across = min(across, len(self.columns)) or 1
        for number, column in enumerate(self.columns):
            self._grid.addWidget(column, number // across, number % across)
        for number in range(self._grid.columnCount()):
            self._grid.setColumnStretch(number, 1 if number < across else 0)

    def _turn(self, at: int, step: int) -> None:
        """To the next day on this side that has cards, about as far down."""
        row = self.columns[at].list.currentIndex().row()
        beside = self.columns[at + 1 :] if step > 0 else self.columns[:at][::-1]
        for column in beside:
            count = column.list.items.rowCount()
            if count:
                wanted = min(row, count - 1)
                # A way between two cards stands at an odd row.
                wanted -= column.list.items.item(wanted).heading
                column.list.setCurrentIndex(column.list.items.index(wanted))
                column.list.setFocus()
                return

    def _leave(self, at: int, step: int) -> None:
        beside = self.columns[at + 1 :] if step > 0 else self.columns[:at][::-1]
        for column in beside:
            if column.list.items.rowCount():
                column.list.choose_end(step)
                column.list.setFocus()
                return

    def _keep_one(self, rows: DayList) -> None:
        for column in self.columns:
            if column.list is not rows:
                column.list.clearSelection()

    def _shift(self, at: int, days: int, hours: int) -> None:
        """The marked card goes to the day beside it, or half an hour on."""
        visit = self.visit()
        there = at + days
        if visit is None or not 0 <= there < len(self.columns):
            return
        time = None
        if hours:
            moved = minutes_of(visit.when.time) + hours * _STEP if visit.when.time else -1
            if not 0 <= moved < _DAY:
                return
            time = time_of(moved)
        self.moved.emit(visit, self.columns[there].day, time)

    def _drop(self, at: int, kind: str, ref: Ref, hour: str) -> None:
        day = self.columns[at].day
        if kind == RECORD:
            self.put.emit(ref, day)
            return
        rows = (column.list.items for column in self.columns)
        items = (one.item(number) for one in rows for number in range(one.rowCount()))
        found = (one.visit for one in items if isinstance(one, VisitRow) and one.visit)
        visit = next((one for one in found if one.ref == ref), None)
        if visit is not None:
            # On another day it keeps its hour; within its own it takes that of its new place.
            same = visit.day == day or not visit.when.time
            self.moved.emit(visit, day, (hour or None) if same else None)
