"""The head of the programme: whose days, which mission, what can be added, the ways out."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from fieldguide.services.board import Kept, Told, groups_of
from fieldguide.ui.desk import Look
from fieldguide.ui.missions import MissionsButton
from fieldguide.ui.parts import Header, IconButton
from fieldguide.ui.programme_out import ExportButton
from fieldguide.ui.trip import days_text


class ProgrammeHead(Header):
    """Its buttons keep only their icons where there is little room."""

    meeting_wanted = Signal()
    records_wanted = Signal()
    group_chosen = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Programme"))
        self._groups = QComboBox()
        self._groups.setAccessibleName(self.tr("Whose days"))
        self._groups.activated.connect(self.group_chosen)
        self.missions, self.export = MissionsButton(look), ExportButton(look)
        self._meeting = IconButton(
            look, "plus", self.tr("Meeting"), self.meeting_wanted.emit, "primary"
        )
        self._meeting.setAccessibleName(self.tr("A meeting of mine"))
        self._records = IconButton(look, "search", self.tr("Add"), self.records_wanted.emit)
        self._records.setAccessibleName(self.tr("Add records to a day"))
        for part in (self._groups, self.missions, self._meeting, self._records, self.export):
            self.add(part)
        self._groups.hide()

    @property
    def group(self) -> str:
        """The part of the delegation whose days are to be seen; empty for everyone."""
        return str(self._groups.currentData() or "")

    def show_told(self, told: Told) -> None:
        """Name the mission and its days, and offer the parts of its delegation."""
        trip, before = told.trip, self.group
        days = days_text(trip.routes[0].date, trip.over) if trip.routes else ""
        self.note.setText(" · ".join(part for part in (trip.mission.title, days) if part))
        groups = groups_of(trip.visits)
        self._groups.clear()
        self._groups.addItem(self.tr("Everyone"), "")
        for name in groups:
            self._groups.addItem(name, name)
        self._groups.setCurrentIndex(max(0, self._groups.findData(before)))
        self._groups.setVisible(bool(groups))

    def show_kept(self, told: Told, kept: Kept) -> None:
        """Offer the missions that are planned."""
        self.missions.offer(kept.plans, told.trip.mission.ref, own=told.trip.own)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the words of the buttons away."""
        self.missions.set_narrow(narrow)
        self.export.set_narrow(narrow)
        self._meeting.setText("" if narrow else self.tr("Meeting"))
        self._records.setText("" if narrow else self.tr("Add"))
