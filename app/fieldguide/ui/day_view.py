"""One day of the mission: the visit that comes next, the day's slots, the week, the doubts."""

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.moment import Moment, moment_of
from fieldguide.domain.records import Doubt, Link, Record
from fieldguide.domain.trips import Day, Visit, home_time
from fieldguide.maps.stops import Route, Stop
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.parts import IconButton, clear, label, rule
from fieldguide.ui.slots import Line, Slot, SlotList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.trip import precision_text, visit_name
from fieldguide.ui.visit_card import VisitCard
from fieldguide.ui.week import WeekStrip

ASIDE, WIDE = 320, 820
MOST_DOUBTS = 5


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
        self._aside = QWidget()
        self._aside_column = QVBoxLayout(self._aside)
        self._trip: Trip | None = None
        self._about: Record | None = None
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
        self.card.setVisible(moment is not None)
        self._framed.setVisible(bool(visits))
        self._note.setVisible(bool(visits) and not any(visit.when.end_time for visit in visits))
        self._none.setVisible(not visits)
        if moment is not None:
            self.card.show_moment(trip, moment)
            self.slots.show_slots([self._slot(stop, moment) for stop in route.stops])
        self.week.show_days(trip.routes, route.date)
        self._show_undated(trip.undated)
        self._about = None
        self._fill_aside()
        if moment is not None and moment.visit.place is not None:
            ref = moment.visit.place.other
            self._desk.guide.ask("today-place", lambda guide: guide.record(ref), self._heard)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._arrange()
        self._fill_aside()
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
        left.addLayout(self._heading(self.tr("The week")))
        left.addWidget(self.week)
        left.addLayout(self._undated)
        left.addStretch(1)
        self._left = left
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.addLayout(left, 1)
        self._columns.addWidget(self._aside)

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
        self._aside.setMinimumWidth(theme.px(ASIDE) if wide else 0)
        self._aside.setMaximumWidth(theme.px(ASIDE) if wide else WIDEST)

    def _slot(self, stop: Stop, moment: Moment) -> Slot:
        visit = stop.visit
        known = [visit.address or visit.address_zh or self.tr("no address known")]
        known.append(visit.host.title if visit.host else self.tr("host not named"))
        if visit.position is None:
            known.append(self.tr("no position known"))
        else:
            known.append(precision_text(visit.position))
        side = {"next": self.tr("Next"), "now": self.tr("Now")}.get(moment.state, "")
        home = home_time(visit.when, self._trip.about.home_zone) if self._trip else ""
        return Slot(
            visit_name(visit),
            stop.day,
            number=stop.number,
            time=visit.when.time,
            home=home,
            hanzi=visit.title_zh,
            lines=(Line(" · ".join(known)),),
            side=side if visit is moment.visit else "",
            place=Place("record", visit.ref),
        )

    def _show_undated(self, visits: Sequence[Visit]) -> None:
        clear(self._undated)
        for visit in visits:
            text = self.tr("Day unknown: {visit}").format(visit=visit_name(visit))
            self._undated.addWidget(self._link(text, Place("record", visit.ref)))

    def _heard(self, record: Record) -> None:
        visit = self.card.visit
        if visit is not None and visit.place is not None and visit.place.other == record.ref:
            self._about = record
            self._fill_aside()

    def _fill_aside(self) -> None:
        """What is uncertain about the visit and its place, and who is known there."""
        clear(self._aside_column)
        theme, visit = self._desk.look.theme, self.card.visit
        self._aside_column.setContentsMargins(0, 0, 0, 0)
        self._aside_column.setSpacing(theme.px(8))
        if visit is not None and not self.card.isHidden():
            place = self._about.doubts if self._about is not None else ()
            doubts = list(dict.fromkeys((*place, *visit.doubts)))
            title = visit.place.title if visit.place else visit_name(visit)
            self._add_doubts(title, doubts)
            people = self._about.people if self._about is not None else ()
            self._add_people(list({one.other: one for one in (*visit.people, *people)}.values()))
        self._aside_column.addStretch(1)

    def _add_doubts(self, title: str, doubts: Sequence[Doubt]) -> None:
        theme = self._desk.look.theme
        text = self.tr("Uncertain: {name}").format(name=title)
        self._aside_column.addWidget(ScriptLabel(text, theme, "section", wrap=True))
        for doubt in doubts[:MOST_DOUBTS]:
            self._aside_column.addWidget(rule())
            row = QHBoxLayout()
            row.setSpacing(theme.px(8))
            sign = label("")
            sign.setPixmap(self._desk.look.icons.pixmap("triangle-alert", 14, "warning"))
            row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(ScriptLabel(doubt.text, theme, wrap=True), 1)
            self._aside_column.addLayout(row)
        if not doubts:
            nothing = self.tr("The guide holds no doubt about it.")
            self._aside_column.addWidget(label(nothing, "body", "t2", wrap=True))
        visit = self.card.visit
        if visit is not None and visit.place is not None:
            more = len(doubts) - MOST_DOUBTS
            text = self.tr("Open {name}").format(name=visit.place.title)
            if more > 0:
                text = self.tr("{count} more doubts: {name}").format(
                    count=more, name=visit.place.title
                )
            self._aside_column.addWidget(self._link(text, Place("record", visit.place.other)))

    def _add_people(self, people: Sequence[Link]) -> None:
        theme = self._desk.look.theme
        self._aside_column.addSpacing(theme.px(12))
        self._aside_column.addWidget(label(self.tr("People"), "section"))
        self._aside_column.addWidget(rule())
        if not people:
            text = self.tr("No person is named.")
            self._aside_column.addWidget(label(text, "body", "t2", wrap=True))
        for person in people:
            self._aside_column.addWidget(self._link(person.title, Place("record", person.other)))
            note = person.note or person.heading
            self._aside_column.addWidget(ScriptLabel(note, theme, "caption", "t2", wrap=True))

    def _link(self, text: str, place: Place) -> IconButton:
        return IconButton(self._desk.look, "", text, lambda: self.opened.emit(place), "link")
