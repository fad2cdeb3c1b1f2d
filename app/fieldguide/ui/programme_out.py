"""The ways of a programme out of the program: onto paper, into a calendar, as places."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.services.programme import Trip
from fieldguide.ui.booklet_out import BookletOut, PagesMenu
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.parts import IconButton
from fieldguide.ui.places_out import PlacesOut

if TYPE_CHECKING:
    from fieldguide.errors import FieldGuideError
    from fieldguide.services.notebook import Notebook


class ExportButton(IconButton):
    """Its menu offers every way; one's own questions only where they are asked for."""

    printed = Signal(bool, bool)
    """Whether only the day where the keys are, and whether with one's questions."""
    dated = Signal()
    """The mission is wanted as a calendar."""
    placed = Signal()
    """Its places are wanted for other programs."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "file-output", "", lambda: None)
        self.setAccessibleName(self.tr("Export"))
        self.setToolTip(self.tr("Pages to print, a calendar, places"))
        menu = PagesMenu(self)
        menu.wanted.connect(self.printed)
        menu.addSeparator()
        menu.addAction(self.tr("Calendar…"), self.dated.emit)
        menu.addAction(self.tr("Places…"), self.placed.emit)
        self.setMenu(menu)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word away where there is little room."""
        self.setText("" if narrow else self.tr("Export"))


class ProgrammeOut(QObject):
    """Asks where to; the notes, which know what changed, write the calendar."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._trip: Trip | None = None
        self._booklet, self._places = BookletOut(desk, page), PlacesOut(desk, page)
        for out in (self._booklet, self._places):
            out.said.connect(self.said)

    def take(self, trip: Trip) -> None:
        """From now on it is this programme."""
        self._trip = trip

    def print(self, day: str, *, questions: bool) -> None:
        """The booklet, or with an ISO day the sheet of that day."""
        self._booklet.save(day, questions=questions)

    def save_places(self) -> None:
        """The places of all days."""
        if self._trip is not None:
            self._places.save_routes(self._trip, self._trip.routes, self.tr("all days"))

    def save_calendar(self) -> None:
        """All visits, so that a calendar that has them already takes what has changed."""
        trip = self._trip
        if trip is None:
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._page,
            self.tr("Save the programme as a calendar"),
            "programme.ics",
            self.tr("iCalendar (*.ics)"),
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.ics")
        now = self._desk.clock()

        def write(book: "Notebook") -> int:
            from fieldguide.services.programme_ics import editions, save_programme

            visits = (*trip.visits, *trip.undated, *trip.cancelled)
            return save_programme(trip, now, editions(book, visits), path)

        def done(count: int) -> None:
            words = self.tr("Visits written to {file} in {folder}: {number}")
            folder = path.absolute().parent
            self.said.emit(words.format(file=path.name, folder=folder, number=count))

        self._desk.notes.do(write, done, self._failed)

    def _failed(self, problem: "FieldGuideError") -> None:
        self.said.emit(str(problem))
