"""A whole mission of one's own: its name and days, and whether a programme is copied into it."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit

from fieldguide.domain.plans import Plan, end_of_copy
from fieldguide.errors import BadRequest
from fieldguide.services.programme import Trip
from fieldguide.ui.day_box import DayBox
from fieldguide.ui.desk import Look
from fieldguide.ui.side_form import SideForm
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.trip import LONG, day_text

_DAYS: Final = 4
"""Days after the first that are offered where nothing is copied: a week of work."""


class PlanForm(SideForm):
    """The last day follows the first one until somebody types it."""

    kept = Signal(object, bool)
    """The Plan as it is to be, and whether the programme that shows is copied into it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self._before: Plan | None = None
        self._trip: Trip | None = None
        self._today, self._length = date.min, timedelta(_DAYS)
        self.title = QLineEdit()
        self.first, self.last = (DayBox(look, lambda: self._today) for _ in range(2))
        self.copies = QCheckBox(self.tr("Copy the programme that shows"))
        self._told = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._longer = ScriptLabel("", look.theme, "caption", "t1", wrap=True)
        self._build()
        self.entered.connect(self.keep)
        self.set_theme(look.theme)

    def ask(self, trip: Trip, today: date, before: Plan | None = None) -> None:
        """Ask for a new mission, or for other words and days of one that is kept."""
        self._before, self._trip, self._today = before, trip, today
        self.head.setText(self.tr("Change the mission") if before else self.tr("Plan a mission"))
        monday = today + timedelta(7 - today.weekday())
        self.title.setText(before.title if before else "")
        start = date.fromisoformat(before.start) if before else monday
        end = date.fromisoformat(before.end or before.start) if before else None
        self._length = end - start if end else timedelta(_DAYS)
        self.first.show_day(start)
        self.last.show_day(start + self._length)
        count = len(trip.visits) + len(trip.undated)
        words = self.tr(
            "{count} visits of “{mission}”, on the same days of the week; "
            "each says “verify again” until you have."
        )
        self._told.setText(words.format(count=count, mission=trip.mission.title))
        for part in (self.copies, self._told):
            part.setVisible(before is None and count > 0)
        self.copies.setChecked(before is None and count > 0)
        self._measure()
        self.say("")
        self.point_to(self.title)

    def keep(self) -> None:
        """Tell the mission, or say what is wrong with it."""
        title = self.title.text().strip()
        if not title:
            self.say(self.tr("Give the mission a name."))
            self.point_to(self.title)
            return
        days: list[str] = []
        for box in (self.first, self.last):
            try:
                days.append(box.day().isoformat())
            except BadRequest as wrong:
                self.say(str(wrong))
                self.point_to(box)
                return
        start, end = days
        before = self._before or Plan("")
        plan = Plan(
            title, start, end, before.zone, before.home_zone, before.home_city,
            before.participants, before.origin,
        )  # fmt: skip
        self.kept.emit(plan, self.copies.isChecked() and self._before is None)

    def _build(self) -> None:
        name = self.captioned(self.tr("Name of the mission"), self.title)
        self.title.setPlaceholderText(self.tr("Life sciences, April 2027"))
        self.within.addLayout(name)
        for words, box in ((self.tr("First day"), self.first), (self.tr("Last day"), self.last)):
            column = self.captioned(words, box)
            column.addWidget(box.told)
            self.within.addLayout(column)
        for part in (self._longer, self.copies, self._told):
            self.within.addWidget(part)
        self.first.textEdited.connect(self._follow)
        for box in (self.first, self.last):
            box.textChanged.connect(self._measure)
        self.copies.toggled.connect(self._measure)

    def _follow(self) -> None:
        first = self.first.known()
        if first is not None and not self.last.isModified():
            self.last.show_day(first + self._length)

    def _measure(self) -> None:
        """Say where the visits that are copied need more days than were typed."""
        first, last = self.first.known(), self.last.known()
        words = ""
        if self._trip and first and last and first <= last and self.copies.isChecked():
            end = last.isoformat()
            needed = end_of_copy((one.day for one in self._trip.visits), first.isoformat(), end)
            if needed > end:
                told = self.tr("The visits need the days until {day}: the mission will end then.")
                words = told.format(day=day_text(needed, LONG))
        self._longer.setText(words)
        self._longer.setVisible(bool(words))
