"""A whole mission of one's own: its name and days, and whether a programme is copied into it."""

from datetime import date, timedelta
from typing import Final

from PySide6.QtCore import QDate, QLocale, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QDateEdit, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.plans import Plan
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

_DAYS: Final = 4
"""Days after the first that are offered where nothing is copied: a week of work."""


class PlanForm(QWidget):
    """Enter keeps it, Escape leaves it; what cannot be kept so is said and stays typed."""

    kept = Signal(object, bool)
    """The Plan as it is to be, and whether the programme that shows is copied into it."""
    left = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._before: Plan | None = None
        self._head = label("", "section")
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("Life sciences, April 2027"))
        self.title.returnPressed.connect(self._keep)
        self.first, self.last = self._day(), self._day()
        self.copies = QCheckBox(self.tr("Copy the programme that shows"))
        self._told = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        self._problem.hide()
        self._column = QVBoxLayout(self)
        self._build(look)
        self.set_theme(look.theme)

    def ask(self, trip: Trip, today: date, before: Plan | None = None) -> None:
        """Ask for a new mission, or for other words and days of one that is kept."""
        self._before = before
        self._head.setText(self.tr("Change the mission") if before else self.tr("Plan a mission"))
        monday = today + timedelta(7 - today.weekday())
        self.title.setText(before.title if before else "")
        start = before.start if before else monday.isoformat()
        end = (before.end or before.start) if before else (monday + timedelta(_DAYS)).isoformat()
        for box, day in ((self.first, start), (self.last, end)):
            box.setDate(QDate.fromString(day, "yyyy-MM-dd"))
        count = len(trip.visits) + len(trip.undated)
        words = self.tr(
            "{count} visits of “{mission}”, on the same days of the week; "
            "each says “verify again” until you have."
        )
        self._told.setText(words.format(count=count, mission=trip.mission.title))
        for part in (self.copies, self._told):
            part.setVisible(before is None and count > 0)
        self.copies.setChecked(before is None and count > 0)
        self.say("")
        self.title.setFocus()

    def say(self, problem: str) -> None:
        """Say why it cannot be kept so."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        margin = theme.px(16)
        self._column.setContentsMargins(margin, theme.px(12), margin, margin)
        self._column.setSpacing(theme.px(6))
        for box in (self.first, self.last):
            box.lineEdit().setTextMargins(theme.px(6), 0, 0, 0)

    def _day(self) -> QDateEdit:
        box = QDateEdit()
        box.setLocale(QLocale(QLocale.Language.English))
        box.setDisplayFormat("ddd d MMM yyyy")
        return box

    def _build(self, look: Look) -> None:
        self._column.addWidget(self._head)
        for name, box in (
            (self.tr("Name of the mission"), self.title),
            (self.tr("First day"), self.first),
            (self.tr("Last day"), self.last),
        ):
            caption = label(name, "caption", "t2")
            caption.setBuddy(box)
            box.setAccessibleName(name)
            self._column.addWidget(caption)
            self._column.addWidget(box)
        self._column.addWidget(self.copies)
        self._column.addWidget(self._told)
        self._column.addWidget(self._problem)
        foot = QHBoxLayout()
        foot.addWidget(IconButton(look, "check", self.tr("Keep"), self._keep, "primary"))
        foot.addWidget(IconButton(look, "", self.tr("Cancel"), self.left.emit))
        foot.addStretch(1)
        self._column.addLayout(foot)
        self._column.addStretch(1)

    def _keep(self) -> None:
        title = self.title.text().strip()
        if not title:
            self.say(self.tr("Give the mission a name."))
            self.title.setFocus()
            return
        start, end = (box.date().toString("yyyy-MM-dd") for box in (self.first, self.last))
        before = self._before or Plan("")
        plan = Plan(
            title, start, end, before.zone, before.home_zone, before.home_city,
            before.participants, before.origin,
        )  # fmt: skip
        self.kept.emit(plan, self.copies.isChecked() and self._before is None)
