"""One day of the mission: the visit that comes next, the day's slots, the week, the doubts."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.moment import Moment, is_over, moment_of
from fieldguide.domain.records import Record
from fieldguide.domain.trips import Day, Visit, home_time
from fieldguide.maps.stops import Route, Stop
from fieldguide.services.programme import Trip, cautions_of
from fieldguide.ui.day_side import DaySide
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.parts import IconButton, clear, label
from fieldguide.ui.slots import Line, Slot, SlotList
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.trip import precision_text, visit_name
from fieldguide.ui.visit_card import VisitCard
from fieldguide.ui.week import WeekStrip

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda, Host
    from fieldguide.services.guide import Guide

ASIDE, WIDE = 320, 820


class DayView(QWidget):
    """Two columns where there is room for them, else one."""

    opened = Signal(object)
    copied = Signal(str)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        look = desk.look
        self.card = VisitCard(look)
        self.card.opened.connect(self.opened)
        self.card.copied.connect(self.copied)
        self.card.built.connect(self._order_tab)
        self.slots = SlotList(look, self.tr("Visits of the day"), clock=True)
        self.slots.opened.connect(self.opened)
        self.slots.copied.connect(self.copied)
        self._framed = QFrame()
        self._framed.setProperty("kind", "card")
        QVBoxLayout(self._framed).addWidget(self.slots)
        self.week = WeekStrip(look)
        self.week.chosen.connect(lambda day: self.opened.emit(Place("today", detail=day)))
        self._note = label(self.tr("The programme prints no end times"), "caption", "t2")
        self._none = label(self.tr("No visit is planned on this day."), "body", "t2", wrap=True)
        self._undated = QVBoxLayout()
        self._warned = QVBoxLayout()
        self.side = DaySide(look)
        self.side.opened.connect(self.opened)
        self._trip: Trip | None = None
        self._agenda: Agenda | None = None
        self._moment: Moment | None = None
        self._route: Route | None = None
        self._shown: tuple[Route, Visit, str] | None = None
        self._build()

    def show_day(self, trip: Trip, route: Route, now: datetime) -> None:
        """Show a day as it stands at a moment."""
        self._trip = trip
        visits = tuple(stop.visit for stop in route.stops)
        moment = moment_of(Day(route.date, visits, ()), now)
        if moment is not None and self._shown == (route, moment.visit, moment.state):
            self.card.show_minutes(moment)
            return
        self._shown = (route, moment.visit, moment.state) if moment is not None else None
        self._route, self._moment = route, moment
        self.card.setVisible(moment is not None)
        self.side.setVisible(moment is not None)
        self._framed.setVisible(bool(visits))
        self._note.setVisible(bool(visits) and not any(visit.when.end_time for visit in visits))
        self._none.setVisible(not visits)
        if moment is not None:
            self.card.show_moment(trip, moment)
            self.side.show_visit(moment.visit)
            visit = moment.visit
            self._desk.guide.ask("today-visit", lambda guide: _known(guide, visit), self._heard)
        self.week.show_days(trip.routes, route.date)
        self._show_undated(trip.undated)
        self._show_warnings(trip, route.date)
        self._show_own()

    def show_agenda(self, agenda: "Agenda") -> None:
        """Show what one has prepared, noted and left open."""
        self._agenda = agenda
        self._show_own()

    def _show_own(self) -> None:
        moment, route = self._moment, self._route
        if moment is None or route is None:
            return
        self.slots.show_slots([self._slot(stop, moment) for stop in route.stops])
        if self._agenda is not None:
            self.side.show_agenda(self._agenda, route.date)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._arrange()
        if self._trip is not None:
            self._show_undated(self._trip.undated)

    def minimumSizeHint(self) -> QSize:
        """The height follows from the width alone, so that no gap is left at the end."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        left = QVBoxLayout()
        left.addWidget(self.card)
        left.addLayout(self._heading(self.tr("The day"), self._note))
        left.addWidget(self._none)
        left.addWidget(self._framed)
        left.addLayout(self._warned)
        programme = self._link(self.tr("Programme"), Place("programme"))
        left.addLayout(self._heading(self.tr("The week"), programme))
        left.addWidget(self.week)
        left.addLayout(self._undated)
        left.addStretch(1)
        self._left = left
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self.side)

    def _order_tab(self) -> None:
        """Go down the page; what is built last would come last."""
        made = [one for one in self.card.findChildren(QAbstractButton) if not one.isHidden()]
        chain = (*made, self.slots, *self.week.findChildren(QAbstractButton))
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)

    def _heading(self, text: str, side: QWidget | None = None) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(0, 12, 0, 0)
        row.addWidget(label(text, "section"))
        row.addStretch(1)
        if side is not None:
            row.addWidget(side)
        return row

    def _arrange(self) -> None:
        theme = self._desk.look.theme
        wide = self.width() >= WIDE * theme.scale
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        # The ring of the scroll area is part of the margin.
        margin = theme.px(24) - theme.focus_width
        self._columns.setContentsMargins(margin, theme.px(16), margin, theme.px(24))
        self._columns.setSpacing(theme.px(24))
        self._left.setSpacing(theme.px(8))
        inside = self._framed.layout()
        if inside is not None:
            edge = theme.px(4)
            inside.setContentsMargins(theme.hairline, edge, theme.hairline, edge)
        self.side.setMinimumWidth(theme.px(ASIDE) if wide else 0)
        self.side.setMaximumWidth(theme.px(ASIDE) if wide else WIDEST)
        self.side.resize_rows()

    def _slot(self, stop: Stop, moment: Moment) -> Slot:
        visit = stop.visit
        known = [visit.address or visit.address_zh or self.tr("no address known")]
        if visit.own:
            known.insert(0, self.tr("my meeting"))
        known.append(visit.host.title if visit.host else self.tr("host not named"))
        if visit.position is None:
            known.append(self.tr("no position known"))
        else:
            known.append(precision_text(visit.position))
        side = {"next": self.tr("Next"), "now": self.tr("Now")}.get(moment.state, "")
        lines = [Line(" · ".join(known)), *self._own_lines(visit)]
        home = home_time(visit.when, self._trip.about.home_zone) if self._trip else ""
        return Slot(
            visit_name(visit),
            stop.day,
            number=stop.number,
            time=visit.when.time,
            home=home,
            hanzi=visit.title_zh,
            lines=tuple(lines),
            side=side if visit in (moment.visit, *moment.together) else "",
            place=Place("record", visit.ref),
        )

    def _own_lines(self, visit: Visit) -> list[Line]:
        """How many questions one has for it, and whether it is over."""
        agenda = self._agenda
        if agenda is None or not agenda.used:
            return []
        if visit.ref in agenda.closed:
            return [Line(self.tr("Closed"), "circle-check", "ok")]
        if is_over(visit, self._desk.clock()):
            return [Line(self.tr("Not closed"), "circle-dashed", "warning")]
        count = len(agenda.asked.get(visit.ref, ()))
        if not count:
            return [Line(self.tr("No question prepared"), "triangle-alert", "warning")]
        one, many = self.tr("1 question"), self.tr("{n} questions").format(n=count)
        return [Line(one if count == 1 else many, "circle-question-mark", "question")]

    def _show_undated(self, visits: Sequence[Visit]) -> None:
        clear(self._undated)
        for visit in visits:
            text = self.tr("Day unknown: {visit}").format(visit=visit_name(visit))
            self._undated.addWidget(self._link(text, Place("record", visit.ref)))

    def _show_warnings(self, trip: Trip, day: str) -> None:
        """What cannot go on this day as it is written; each leads to its place in the programme."""
        clear(self._warned)
        for one in cautions_of(trip):
            if one.day == day and not one.open:
                place = Place("programme", one.refs[-1] if one.refs else None, day)
                self._warned.addWidget(self._link(one.words, place, "triangle-alert"))

    def _heard(self, answer: "tuple[Record | None, Sequence[Host]]") -> None:
        about, hosts = answer
        visit = self.card.visit
        if visit is not None:
            doubts = about.doubts if about is not None else ()
            self.side.show_doubts(list(dict.fromkeys((*doubts, *visit.doubts))))
            self.side.show_hosts(hosts)

    def _link(self, text: str, place: Place, icon: str = "") -> IconButton:
        return IconButton(self._desk.look, icon, text, lambda: self.opened.emit(place), "link")


def _known(guide: "Guide", visit: Visit) -> "tuple[Record | None, Sequence[Host]]":
    from fieldguide.services.agenda import hosts_of

    place = guide.record(visit.place.other) if visit.place is not None else None
    return place, hosts_of(guide, visit)
