"""The way of the mission onto paper: what is to be printed, and a PDF that is set elsewhere."""

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from fieldguide import assets
from fieldguide.domain.travel import Hotel
from fieldguide.errors import FieldGuideError
from fieldguide.services.agenda import agenda
from fieldguide.services.arrival import Arrival, read_arrival
from fieldguide.services.booklet import Booklet, Contents, save
from fieldguide.services.day_sheets import Questions, own_questions, read_programme
from fieldguide.services.driver_card import DriverCard
from fieldguide.services.driver_cards import card_table, read_cards
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces
from fieldguide.services.visiting import Subject, subject_of
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.parts import IconButton

KEY = "Ctrl+P"
Own = tuple[Questions, Hotel | None]
"""What only the user's own file says."""


class PagesMenu(QMenu):
    """Offers the whole mission or a day, with one's own questions only where they are asked for."""

    wanted = Signal(bool, bool)
    """Whether only the day that shows, and whether with one's questions."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button)
        offers = (
            (self.tr("Booklet of the mission…"), KEY, False, False),
            (self.tr("Booklet with my questions and hotel…"), "", False, True),
            (self.tr("This day…"), "", True, False),
            (self.tr("This day with my questions…"), "", True, True),
        )
        for words, key, day, questions in offers:
            action = self.addAction(words)
            action.triggered.connect(lambda _, d=day, q=questions: self.wanted.emit(d, q))
            action.setShortcut(QKeySequence(key))
            # The key works while the menu is closed.
            button.addAction(action)


class PrintButton(IconButton):
    """The pages of the mission, beside whatever else a page can save."""

    wanted = Signal(bool, bool)
    """Whether only the day that shows, and whether with one's questions."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "printer", "", lambda: None)
        self.setAccessibleName(self.tr("Print"))
        self.setToolTip(self.tr("The mission or a day as pages to print"))
        self._menu = PagesMenu(self)
        self._menu.wanted.connect(self.wanted)
        self.setMenu(self._menu)
        self.set_narrow(False)

    def offer(self, words: str, chosen: Callable[[], object]) -> QAction:
        """One more entry, of the page that it stands on."""
        return self._menu.addAction(words, chosen)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word away where there is little room."""
        self.setText("" if narrow else self.tr("Print"))


class BookletOut(QObject):
    """Asks where to; reads on the threads of notes and guide, and sets the pages on the latter."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._typefaces = Typefaces(assets.path("fonts"))

    def save(self, day: str, *, questions: bool) -> None:
        """Ask for a file and write the sheet of an ISO day, or with an empty one the booklet."""
        path = self._chosen(f"day-{day}.pdf" if day else "booklet.pdf")
        if path is None:
            return

        def read(guide: Guide) -> tuple[Subject, ...]:
            return tuple(subject_of(guide, visit.ref) for visit in read_trip(guide).visits)

        if questions:
            self._desk.guide.do(read, lambda found: self._ask(found, day, path), self._failed)
        else:
            self._write(({}, None), day, path)

    def save_card(self, card: DriverCard, over: QWidget) -> None:
        """Ask for a file, over what shows, and write one card for a driver that fills a page."""
        self._set("card.pdf", lambda booklet, day: booklet.card(card_table(card), day), over)

    def save_arrival(self, arrival: Arrival) -> None:
        """Ask for a file and write what one needs on arrival."""
        self._set("on-arrival.pdf", lambda booklet, day: booklet.arrival(arrival, day), self._page)

    def _set(self, name: str, pages: Callable[[Booklet, date], bytes], over: QWidget) -> None:
        """What needs neither guide nor notes, set where the window does not wait for it."""
        path = self._chosen(name, over)
        if path is None:
            return
        today = self._desk.clock().date()

        def write(_: Guide) -> None:
            save(pages(Booklet(self._typefaces, assets.path("templates")), today), path)

        self._desk.guide.do(write, lambda _: self._written(path), self._failed)

    def _chosen(self, name: str, over: QWidget | None = None) -> Path | None:
        chosen, _ = QFileDialog.getSaveFileName(
            over or self._page, self.tr("Save pages to print"), name, self.tr("PDF (*.pdf)")
        )
        if not chosen:
            return None
        return Path(chosen) if Path(chosen).suffix else Path(f"{chosen}.pdf")

    def _ask(self, subjects: tuple[Subject, ...], day: str, path: Path) -> None:
        today = self._desk.clock().date()

        def ask(book: Notebook) -> Own:
            asked = agenda(book, subjects, today).asked
            return own_questions(asked), book.own_hotel.chosen()

        self._desk.notes.do(ask, lambda own: self._write(own, day, path), self._failed)

    def _write(self, own: Own, day: str, path: Path) -> None:
        questions, hotel = own
        now = self._desk.clock()

        def write(guide: Guide) -> None:
            trip = read_trip(guide)
            routes = [one for one in trip.routes if day in ("", one.date)]
            contents = Contents(read_programme(guide, trip, routes), questions)
            if not day:
                cards = read_cards(guide, routes, now.date(), hotel)
                contents = replace(contents, cards=cards, arrival=read_arrival(guide, now))
            with closing(Ground(assets.path("map/base.pmtiles"), self._desk.profile)) as ground:
                booklet = Booklet(self._typefaces, assets.path("templates"), ground)
                pages = (booklet.days if day else booklet.whole)(contents, now.date())
            save(pages, path)

        self._desk.guide.do(write, lambda _: self._written(path), self._failed)

    def _written(self, path: Path) -> None:
        words = self.tr("Pages saved as {file} in {folder}")
        self.said.emit(words.format(file=path.name, folder=path.absolute().parent))

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
