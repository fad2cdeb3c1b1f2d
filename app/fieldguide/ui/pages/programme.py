"""The programme: all days side by side, what stands in them and what is still to settle."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.cautions import Caution
from fieldguide.domain.records import Ref
from fieldguide.services.board import Kept, Told, read_kept, read_told
from fieldguide.ui.board import Board
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.mission_deeds import MissionDeeds
from fieldguide.ui.news import NewsBar
from fieldguide.ui.page import Page
from fieldguide.ui.parts import scrolled
from fieldguide.ui.programme_aside import ProgrammeAside
from fieldguide.ui.programme_deeds import ProgrammeDeeds
from fieldguide.ui.programme_head import ProgrammeHead
from fieldguide.ui.programme_out import ProgrammeOut
from fieldguide.ui.programme_words import ProgrammeWords
from fieldguide.ui.settle import SettleBar
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast
from fieldguide.ui.visit_keys import VisitKeys

WIDE = 820
NEW = "Ctrl+Shift+N"
PLAN: Final = "plan"
ADD: Final = "add"
"""Details of the places where a new mission is asked for, or the day that a record is put into."""


class ProgrammePage(Page):
    """A place's detail is the ISO day that has the keys first, PLAN or ADD; its ref is a visit to
    be marked, or with ADD the record that is to be put into a day."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Programme"))
        self._told: Told | None = None
        self._kept: Kept | None = None
        self._wanted: Ref | None = None
        self._day = ""
        self._words = ProgrammeWords(self)
        self._head = ProgrammeHead(desk.look)
        self._clocks = ScriptLabel("", desk.look.theme, "caption", "t2", wrap=True)
        self.board = Board(desk.look)
        self.settle, self.news = SettleBar(desk.look), NewsBar(desk.look)
        self.toast = Toast(desk.look)
        self.deeds = ProgrammeDeeds(desk, self.toast, self)
        self.mission_deeds = MissionDeeds(desk, self.toast, self)
        self.aside = ProgrammeAside(desk, self.deeds, self.mission_deeds)
        self.keys = VisitKeys(self.deeds, self.aside, self)
        self._out = ProgrammeOut(desk, self)
        self._build()
        self._connect()
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Show the programme, with the keys where they were or where the place says."""
        self._day, self._wanted = place.detail, place.ref
        if self._told is None:
            self._read()
        else:
            self._ask_for_own()
            self._begin()
            self._focus()
        self.desk.planner.refresh()

    @property
    def ready(self) -> bool:
        """Whether the guide and the notes have told what they know."""
        return self._kept is not None

    def heading(self) -> str:
        """The programme and its days."""
        return self._head.title.text()

    def hanzi(self) -> str:
        """Those of the visit that is marked."""
        row = self.board.row()
        return row.copies if row is not None else ""

    def goal(self) -> Ref | None:
        """The visit that is marked."""
        row = self.board.row()
        return row.visit.ref if row is not None and row.visit is not None else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the visit that is marked."""
        if not self.keys.press(event, self.board.visit()):
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The form stands beside the days where there is room, else in their place."""
        super().resizeEvent(event)
        self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        margin = theme.px(24)
        self._inside.setContentsMargins(margin, theme.px(10), margin, theme.px(24))
        self._inside.setSpacing(theme.px(10))
        self._arrange()
        self._show()

    def begin_meeting(self) -> None:
        """Ask for a new meeting on the day where the keys are."""
        self.aside.begin_meeting(self._day_of_keys())

    def _build(self) -> None:
        inside = QWidget()
        self._inside = QVBoxLayout(inside)
        self._inside.addWidget(self.news)
        self._inside.addWidget(self._clocks)
        self._inside.addWidget(self.board)
        self._inside.addStretch(1)
        self._days = scrolled(inside)
        self._divide = QFrame()
        self._divide.setProperty("kind", "divide")
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._days, 1)
        body.addWidget(self._divide)
        body.addWidget(self.aside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head)
        whole.addLayout(body, 1)
        whole.addWidget(self.toast)
        whole.addWidget(self.settle)
        self._divide.hide()

    def _connect(self) -> None:
        self.board.opened.connect(self.opened)
        self.board.copied.connect(self._copied)
        self.board.moved.connect(self.keys.move)
        self.board.put.connect(self.aside.put)
        self.board.asked.connect(self._offer)
        self.keys.opened.connect(self.opened)
        self.news.seen.connect(self._seen)
        self.settle.wanted.connect(self._show_caution)
        self.aside.turned.connect(self._turned)
        for part in (self.keys, self.deeds, self.mission_deeds, self._out):
            part.said.connect(self.said)
        self.mission_deeds.done.connect(self.aside.leave)
        self.deeds.done.connect(self._done)
        head, export, missions = self._head, self._head.export, self._head.missions
        head.meeting_wanted.connect(self.begin_meeting)
        head.records_wanted.connect(lambda: self.aside.add(self._day_of_keys()))
        head.group_chosen.connect(self._show)
        missions.chosen.connect(self.mission_deeds.show)
        missions.wanted.connect(self.aside.begin_mission)
        missions.changing.connect(self.aside.change_mission)
        missions.removing.connect(self._remove_mission)
        export.printed.connect(self._print)
        export.dated.connect(self._out.save_calendar)
        export.placed.connect(self._out.save_places)
        self.desk.planner.changed.connect(self._read)
        QShortcut(QKeySequence(NEW), self, self.begin_meeting)

    def _arrange(self) -> None:
        theme = self.desk.look.theme
        wide = self.width() >= WIDE * theme.scale
        asked = not self.aside.isHidden()
        self._days.setVisible(wide or not asked)
        self._divide.setVisible(wide and asked)
        self.settle.give_way(on=asked and not wide)
        self.aside.set_width(theme, wide=wide)
        self._head.set_narrow(not wide)

    def _read(self) -> None:
        self.desk.guide.ask("programme", read_told, self._arrived)

    def _arrived(self, told: Told) -> None:
        self._told = told
        self.aside.take(told)
        self._out.take(told.trip)
        self._head.show_told(told)
        self.settle.show_cautions(told.cautions)
        self._show()
        self._begin()
        self._focus()
        self._ask_for_own()

    def _ask_for_own(self) -> None:
        told, today = self._told, self._local().date()
        if told is not None:
            self.desk.notes.ask(
                "programme",
                lambda book: read_kept(book, told, today),
                self._take_own,
                lambda _: None,
            )

    def _take_own(self, kept: Kept) -> None:
        if kept != self._kept:
            self._kept = kept
            self._show()
        self.aside.offer(kept)
        self.news.show_news(kept.news)
        self.keys.take(kept)
        if self._told is not None:
            self._head.show_kept(self._told, kept)

    def _show(self) -> None:
        told = self._told
        if told is None:
            return
        now, group = self.desk.clock(), self._head.group
        routes = told.trip.routes
        rows = {one.date: self._words.rows(told, one, self._kept, group, now) for one in routes}
        sides = {day: " · ".join(towns) for day, towns in told.towns.items()}
        self._clocks.setText(self._words.summary(told))
        today = self._local().date().isoformat()
        self.board.show_days(routes, rows, sides, told.holidays, today)

    def _begin(self) -> None:
        """What the place asks for besides a day: a new mission, or a record put into a day."""
        if self._day == PLAN:
            self._day = ""
            self.aside.begin_mission()
        elif self._day == ADD and self._wanted is not None:
            ref, self._wanted, self._day = self._wanted, None, ""
            self.aside.add(self._day_of_keys(), ref)

    def _focus(self) -> None:
        if self._told is None or not self.aside.isHidden():
            return
        if self._wanted is not None and self.board.mark(self._wanted):
            self._wanted = None
        day = self._day or self._local().date().isoformat()
        rows = self.board.current() or self.board.first(day)
        if rows is not None:
            self.setFocusProxy(rows)
            if self.isVisible():
                rows.setFocus()

    def _show_caution(self, caution: Caution) -> None:
        if caution.refs:
            self.board.mark(caution.refs[-1])
            self._focus()

    def _offer(self, spot: QPoint) -> None:
        visit = self.board.visit()
        if visit is not None:
            self.keys.menu(visit, self).popup(spot)

    def _print(self, day: bool, questions: bool) -> None:
        self._out.print(self._day_of_keys() if day else "", questions=questions)

    def _done(self, ref: Ref | None) -> None:
        self._wanted = ref or self._wanted
        self.aside.finish()
        self._ask_for_own()

    def _turned(self) -> None:
        """The days have the keys again when nothing is asked any more."""
        if not self.aside.isHidden():
            self.toast.give_way()
        self._arrange()
        self._focus()

    def _seen(self) -> None:
        if self._told is not None:
            self.deeds.see(self._told.seen)

    def _remove_mission(self) -> None:
        if self._told is not None and self._told.trip.own:
            mission = self._told.trip.mission
            self.mission_deeds.remove(mission.ref, mission.title)

    def _day_of_keys(self) -> str:
        visit = self.board.visit()
        return visit.day if visit is not None else self._local().date().isoformat()

    def _local(self) -> datetime:
        zone = self._told.trip.about.zone if self._told is not None else "UTC"
        return self.desk.clock().astimezone(ZoneInfo(zone))

    def _copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))
