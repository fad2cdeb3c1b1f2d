"""Beside the days: a meeting in its boxes, a mission in its boxes, or records to put into a day."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.services.board import Kept, Told, groups_of
from fieldguide.ui.adding import AddPanel
from fieldguide.ui.desk import Desk
from fieldguide.ui.meeting_form import MeetingForm
from fieldguide.ui.mission_deeds import MissionDeeds
from fieldguide.ui.plan_form import PlanForm
from fieldguide.ui.programme_deeds import ProgrammeDeeds
from fieldguide.ui.theme import WIDEST, Theme

if TYPE_CHECKING:
    from fieldguide.domain.plans import Meeting, Plan
    from fieldguide.errors import FieldGuideError
    from fieldguide.services.notebook import Notebook

WIDTH = 316


class ProgrammeAside(QWidget):
    """Hidden until something is asked."""

    turned = Signal()
    """Something is asked, or nothing any more."""

    def __init__(self, desk: Desk, deeds: ProgrammeDeeds, missions: MissionDeeds) -> None:
        super().__init__()
        self._desk, self._deeds, self._missions = desk, deeds, missions
        self._told: Told | None = None
        self._changing: Visit | None = None
        self._mission_changes = False
        self.form, self.plan, self.adding = MeetingForm(desk), PlanForm(desk.look), AddPanel(desk)
        self.setProperty("surface", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for part in (self.form, self.plan, self.adding):
            column.addWidget(part)
            part.left.connect(self.leave)
        self.form.kept.connect(self._keep)
        self.plan.kept.connect(self._keep_plan)
        self.adding.put.connect(self.put)
        self.hide()

    def take(self, told: Told) -> None:
        """The programme is another one."""
        self._told = told

    def offer(self, kept: Kept) -> None:
        """Offer people who are known, and groups."""
        if self._told is not None:
            self.form.offer(kept.people, groups_of(self._told.trip.visits))

    def begin_meeting(self, day: str) -> None:
        """Ask for a new meeting on an ISO day."""
        if self._told is not None:
            self._changing = None
            self._show(self.form)
            self.form.ask(self._days, self._nearest(day))

    def change_meeting(self, visit: Visit) -> None:
        """Ask for what a meeting of one's own is to say from now on."""

        def read(book: "Notebook") -> "Meeting":
            from fieldguide.domain.plans import entry_id

            return book.meetings.get(entry_id(visit.ref)).value

        def arrived(meeting: "Meeting") -> None:
            self._changing = visit
            self._show(self.form)
            self.form.ask(self._days, visit.day, visit, meeting)

        self._desk.notes.ask("meeting", read, arrived, lambda _: None)

    def begin_mission(self) -> None:
        """Ask for a new mission."""
        if self._told is not None:
            self._mission_changes = False
            self._show(self.plan)
            self.plan.ask(self._told.trip, self._today())

    def change_mission(self) -> None:
        """Ask for another name or other days of the mission that shows, which is one's own."""
        told = self._told
        if told is None or not told.trip.own:
            return
        mission = told.trip.mission.ref

        def read(book: "Notebook") -> "Plan":
            from fieldguide.domain.plans import entry_id

            return book.plans.get(entry_id(mission)).value

        def arrived(plan: "Plan") -> None:
            self._mission_changes = True
            self._show(self.plan)
            self.plan.ask(told.trip, self._today(), plan)

        self._desk.notes.ask("meeting", read, arrived, lambda _: None)

    def add(self, day: str, ref: Ref | None = None) -> None:
        """Offer records for a day, or the one that is to be put."""
        if self._told is not None:
            self._show(self.adding)
            self.adding.ask(self._days, self._nearest(day), ref)

    def put(self, ref: Ref, day: str) -> None:
        """Make a meeting with a record on a day; the panel stays for the next."""
        if self._told is not None:
            mission = self._told.trip.mission
            self._deeds.put(mission.ref, mission.title, ref, day)

    def finish(self) -> None:
        """What was asked is done; records are put one after the other."""
        if not self.adding.isVisible():
            self.leave()

    def leave(self) -> None:
        """Ask for nothing any more."""
        if not self.isHidden():
            self.hide()
            self.turned.emit()

    def set_width(self, theme: Theme, *, wide: bool) -> None:
        """A column beside the days, or all of the page."""
        self.setMinimumWidth(theme.px(WIDTH) if wide else 0)
        self.setMaximumWidth(theme.px(WIDTH) if wide else WIDEST)

    def _today(self) -> date:
        """A mission is planned for days to come, whatever day the programme is shown as on."""
        now = self._desk.clock()
        return max(now, datetime.now(now.tzinfo)).date()

    def _nearest(self, day: str) -> str:
        """The day itself where it is one of the mission, else the first."""
        return day if day in self._days else next(iter(self._days), "")

    @property
    def _days(self) -> list[str]:
        return [route.date for route in self._told.trip.routes] if self._told else []

    def _show(self, part: QWidget) -> None:
        for one in (self.form, self.plan, self.adding):
            one.setVisible(one is part)
        self.show()
        self.turned.emit()

    def _keep(self, meeting: "Meeting") -> None:
        if self._told is not None:
            mission, changing = self._told.trip.mission, self._changing
            self._deeds.keep(mission.ref, mission.title, meeting, changing, self._refused)

    def _keep_plan(self, plan: "Plan", copies: bool) -> None:
        told = self._told
        if told is None:
            return
        if self._mission_changes:
            self._missions.change(told.trip.mission.ref, plan, self._plan_refused)
        else:
            self._missions.begin(plan, told.trip if copies else None, self._plan_refused)

    def _refused(self, problem: "FieldGuideError") -> None:
        self.form.say(str(problem))

    def _plan_refused(self, problem: "FieldGuideError") -> None:
        self.plan.say(str(problem))
