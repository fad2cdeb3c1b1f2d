"""Today: the day of the mission that is shown, or the guide as a whole when none is under way."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.records import Ref
from fieldguide.maps.stops import Route
from fieldguide.services.programme import Overview, Trip, read_overview, read_trip
from fieldguide.ui.day_view import DayView
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.news import NewsLine
from fieldguide.ui.overview import OverviewView
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Header, IconButton, label, scrolled
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import (
    DATED,
    LONG,
    day_text,
    moment_text,
)

REFRESH_MS = 30_000

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda
    from fieldguide.services.guide import Guide
    from fieldguide.services.guide_changes import News, Seen
    from fieldguide.services.notebook import Notebook
    from fieldguide.services.visiting import Subject, ToAsk


class TodayPage(Page):
    """A place's detail is the ISO day to show; without one, the day of the clock."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Today"))
        self._wanted = ""
        self._trip: Trip | None = None
        self._subjects: tuple[Subject, ...] | None = None
        self._header = Header(desk.look)
        self._close = IconButton(
            desk.look, "square-check-big", self.tr("Close the day"), self._open_evening
        )
        self._header.add(
            IconButton(desk.look, "book-open", self.tr("On arrival"), self._open_arrival)
        )
        self._header.add(self._close)
        self._bar = QFrame()
        self._bar_text = ScriptLabel("", desk.look.theme, "body", "info", wrap=True)
        self._back = IconButton(desk.look, "", self.tr("Back to now"), self._now, "link")
        self.day, self.overview = DayView(desk), OverviewView(desk)
        self._stack = QStackedWidget()
        self.news = NewsLine(desk.look)
        self.news.opened.connect(self.opened)
        self._build()
        desk.planner.changed.connect(self._read)
        self._timer = QTimer(self)
        self._timer.setInterval(REFRESH_MS)
        self._timer.timeout.connect(self._show)
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Show a day, or what fits the clock."""
        self._wanted = place.detail
        if self._trip is not None:
            self._show()
            self._ask_for_own()
            return
        self._read()

    def _read(self) -> None:
        today = self._today()
        self.desk.guide.ask("today", lambda guide: _read(guide, today), self._arrived)

    def heading(self) -> str:
        """The day, or the guide."""
        return self._header.title.text() or super().heading()

    def hanzi(self) -> str:
        """Those of the visit on the card."""
        visit = self.day.card.visit
        shown = self._stack.currentIndex() == 0 and visit is not None
        return visit.title_zh if shown and visit is not None else ""

    def goal(self) -> Ref | None:
        """The visit on the card."""
        visit = self.day.card.visit
        shown = self._stack.currentIndex() == 0 and visit is not None
        return visit.ref if shown and visit is not None else None

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        layout = self._bar.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(12), theme.px(3), theme.px(12), theme.px(3))
        self._around_bar.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), 0)
        self._sign.setPixmap(self.desk.look.icons.pixmap("history", 16, "info"))

    def showEvent(self, event: QShowEvent) -> None:
        """Let the minutes run while they are seen."""
        super().showEvent(event)
        self._keep_time()

    def hideEvent(self, event: QHideEvent) -> None:
        """And rest when they are not."""
        super().hideEvent(event)
        self._timer.stop()

    def _build(self) -> None:
        self._bar.setProperty("kind", "bar")
        self._bar.setProperty("tone", "info")
        self._sign = label("")
        row = QHBoxLayout(self._bar)
        row.addWidget(self._sign)
        row.addWidget(self._bar_text, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._back)
        self._place_of_bar = QWidget()
        self._around_bar = QVBoxLayout(self._place_of_bar)
        self._around_bar.addWidget(self._bar)
        for view in (self.day, self.overview):
            view.opened.connect(self.opened)
            self._stack.addWidget(scrolled(view))
        self.day.copied.connect(self._copied)
        self.day.side.ticked.connect(self._tick)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._place_of_bar)
        column.addWidget(self.news)
        column.addWidget(self._stack, 1)
        self._place_of_bar.hide()
        self._close.hide()
        self._stack.hide()

    def _arrived(self, answer: tuple[Trip, Overview]) -> None:
        self._trip, overview = answer
        self.overview.show_guide(self._trip, overview, self._today().isoformat())
        self._show()
        self.desk.guide.ask("today-own", _subjects, self._take_subjects)

    def _take_subjects(self, answer: "tuple[tuple[Subject, ...], Seen]") -> None:
        self._subjects, seen = answer
        self._ask_for_own()
        self.desk.notes.ask(
            "today-news", lambda book: _news(book, seen), self.news.show_news, lambda _: None
        )

    def _ask_for_own(self) -> None:
        """Read what one has prepared, noted and left open; without it the guide is shown alone."""
        subjects, today = self._subjects, self._today()
        if subjects is None:
            return
        self.desk.notes.ask(
            "today", lambda book: _own(book, subjects, today), self._show_own, lambda _: None
        )

    def _show_own(self, own: "Agenda") -> None:
        self.day.show_agenda(own)
        self.overview.show_agenda(own)

    def _tick(self, asked: "ToAsk") -> None:
        """Say that a question was asked, or that it was not."""
        visit = self.day.card.visit
        subject = next((one for one in self._subjects or () if one.visit == visit), None)
        if subject is None:
            return
        self.desk.notes.do(
            lambda book: _turn(book, subject, asked),
            lambda _: self._ask_for_own(),
            lambda problem: self.said.emit(str(problem)),
        )

    def _open_arrival(self) -> None:
        self.opened.emit(Place("arrival"))

    def _open_evening(self) -> None:
        day = self._wanted or self._today().isoformat()
        self.opened.emit(Place("notes", detail=f"evening {day}"))

    def _show(self) -> None:
        if self._trip is None:
            return
        today = self._today().isoformat()
        route = self._trip.route(self._wanted or today)
        self._stack.setCurrentIndex(1 if route is None else 0)
        self._stack.show()
        self._close.setVisible(route is not None and bool(route.stops))
        if route is None:
            self._show_guide(self._trip)
        else:
            self._show_day(self._trip, route, today)
        self._keep_time()

    def _show_guide(self, trip: Trip) -> None:
        about = trip.about
        self._place_of_bar.hide()
        self._header.title.setText(about.title)
        version = self.tr("Guide {version}").format(version=about.version)
        self._header.note.setText(version)

    def _show_day(self, trip: Trip, route: Route, today: str) -> None:
        now = self.desk.clock()
        self._header.title.setText(day_text(route.date, LONG))
        count = len(route.stops)
        visits = self.tr("one visit") if count == 1 else self.tr("{n} visits").format(n=count)
        self._header.note.setText(
            self.tr("Day {day} of {days} · {visits}").format(
                day=route.day, days=len(trip.routes), visits=visits
            )
        )
        other = route.date != today
        self._place_of_bar.setVisible(other or self.desk.as_it_was)
        moment = day_text(route.date, DATED) if other else moment_text(self._local())
        text = self.tr("Showing {moment}, as it was. Facts keep their own dates.")
        self._bar_text.setText(text.format(moment=moment))
        self._back.setVisible(other)
        if self.desk.as_it_was:
            self._back.setText(
                self.tr("Back to {moment}").format(moment=moment_text(self._local()))
            )
        self.day.show_day(trip, route, now)

    def _keep_time(self) -> None:
        """Minutes pass only on a day of the mission, seen on that day."""
        runs = not self.desk.as_it_was and self._trip is not None and self._trip.on(self._today())
        if runs and self.isVisible():
            self._timer.start()
        else:
            self._timer.stop()

    def _local(self) -> datetime:
        zone = self._trip.about.zone if self._trip is not None else "UTC"
        return self.desk.clock().astimezone(ZoneInfo(zone))

    def _today(self) -> date:
        return self._local().date() if self._trip is not None else self.desk.clock().date()

    def _now(self) -> None:
        self.opened.emit(Place("today"))

    def _copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))


def _read(guide: "Guide", today: date) -> tuple[Trip, Overview]:
    return read_trip(guide), read_overview(guide, today)


# What these need is loaded on the threads of the workers: this is the first page that is shown.


def _subjects(guide: "Guide") -> "tuple[tuple[Subject, ...], Seen]":
    from fieldguide.services.agenda import read_subjects
    from fieldguide.services.guide_changes import seen_of

    return read_subjects(guide), seen_of(guide)


def _news(book: "Notebook", seen: "Seen") -> "News":
    from fieldguide.services.guide_changes import news

    return news(book, seen)


def _own(book: "Notebook", subjects: "tuple[Subject, ...]", today: date) -> "Agenda":
    from fieldguide.services.agenda import agenda

    return agenda(book, subjects, today)


def _turn(book: "Notebook", subject: "Subject", asked: "ToAsk") -> object:
    """A question that was asked becomes open, and the other way round."""
    from fieldguide.domain.entries import Asked
    from fieldguide.services import visiting

    done = Asked.ANSWERED if asked.answer else Asked.ASKED
    state = Asked.OPEN if asked.done else done
    return visiting.answer(book, subject, asked, state, asked.answer)
