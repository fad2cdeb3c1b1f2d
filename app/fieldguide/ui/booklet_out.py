"""The way of the mission onto paper: what is to be printed, and a PDF that is set elsewhere."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from fieldguide import assets
from fieldguide.errors import BadRequest, FieldGuideError
from fieldguide.services.agenda import agenda
from fieldguide.services.booklet import Booklet, Contents, save
from fieldguide.services.day_sheets import Programme, Questions, own_questions, read_programme
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces
from fieldguide.services.visiting import Subject, subject_of
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.parts import IconButton

KEY = "Ctrl+P"
Read = tuple[Programme, tuple[Subject, ...]]


class PrintButton(IconButton):
    """Its menu offers the whole mission, with one's own questions only where they are asked for."""

    wanted = Signal(bool, bool)
    """Whether only the day that shows, and whether with one's questions."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "printer", "", lambda: None)
        self.setAccessibleName(self.tr("Print"))
        self.setToolTip(self.tr("The mission or a day as pages to print"))
        menu = QMenu(self)
        offers = (
            (self.tr("Booklet of the mission…"), KEY, False, False),
            (self.tr("Booklet with my questions…"), "", False, True),
            (self.tr("This day…"), "", True, False),
            (self.tr("This day with my questions…"), "", True, True),
        )
        for words, key, day, questions in offers:
            action = menu.addAction(words)
            action.triggered.connect(lambda _, d=day, q=questions: self.wanted.emit(d, q))
            action.setShortcut(QKeySequence(key))
            self.addAction(action)
        self.setMenu(menu)
        self._of_day = menu.actions()[2:]
        self.set_narrow(False)

    def offer(self, words: str, chosen: Callable[[], object]) -> QAction:
        """One more entry, of the page that it stands on."""
        return self.menu().addAction(words, chosen)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word away where there is little room."""
        self.setText("" if narrow else self.tr("Print"))

    def set_day(self, day: str) -> None:
        """Offer the day that shows, or with an empty one only the whole."""
        for action in self._of_day:
            action.setEnabled(bool(day))


class BookletOut(QObject):
    """Asks where to, reads on the threads of guide and notes, and sets the pages beside them."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._booklet = Booklet(Typefaces(assets.path("fonts")), assets.path("templates"))

    def save(self, day: str, *, questions: bool) -> None:
        """Ask for a file and write the sheet of an ISO day, or with an empty one the booklet."""
        name = f"day-{day}.pdf" if day else "booklet.pdf"
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Save pages to print"), name, self.tr("PDF (*.pdf)")
        )
        if not chosen:
            return
        path = Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.pdf")

        def read(guide: Guide) -> Read:
            trip = read_trip(guide)
            routes = [one for one in trip.routes if day in ("", one.date)]
            if not routes:
                raise BadRequest("The mission is not under way on that day.")
            programme = read_programme(guide, trip, routes)
            visits = [stop.visit for route in routes for stop in route.stops]
            return programme, tuple(subject_of(guide, visit.ref) for visit in visits)

        def arrived(found: Read) -> None:
            if questions:
                self._ask(found, path, bool(day))
            else:
                self._write(Contents(found[0]), path, bool(day))

        self._desk.guide.do(read, arrived, self._failed)

    def _ask(self, found: Read, path: Path, one_day: bool) -> None:
        programme, subjects = found
        today = self._desk.clock().date()

        def ask(book: Notebook) -> Questions:
            return own_questions(agenda(book, subjects, today).asked)

        def asked(questions: Questions) -> None:
            self._write(Contents(programme, questions), path, one_day)

        self._desk.notes.do(ask, asked, self._failed)

    def _write(self, contents: Contents, path: Path, one_day: bool) -> None:
        today = self._desk.clock().date()
        pages = self._booklet.days if one_day else self._booklet.whole

        def write(_: Guide) -> None:
            save(pages(contents, today), path)

        def done(_: None) -> None:
            self.said.emit(self.tr("Pages saved as {file}").format(file=path.name))

        self._desk.guide.do(write, done, self._failed)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
