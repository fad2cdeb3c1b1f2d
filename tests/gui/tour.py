"""A walk past every page of the window, for what must hold on all of them."""

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.ui import pages
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.page import Page
from fieldguide.ui.window import Window

Waiter = Callable[[Callable[[], bool]], None]


def _record(name: str, tab: str = "") -> Place:
    return Place("record", Ref.parse(name), tab)


RENJI: Final = "organisation/renji-hospital"
STOPS: Final = {
    "welcome": Place("welcome"),
    "now": Place("today"),
    "day": Place("today", detail="2013-05-28"),
    "over": Place("today", detail="2020-01-01"),
    "arrival": Place("arrival"),
    "directory": Place("directory", detail="parks"),
    "overview": _record(RENJI),
    "facts": _record(RENJI, "facts"),
    "places": _record(RENJI, "places"),
    "people": _record(RENJI, "people"),
    "visits and notes": _record(RENJI, "notes"),
    "linked": _record(RENJI, "linked"),
    "sources": _record(RENJI, "sources"),
    "doubts": _record(RENJI, "doubts"),
    "text": _record("help/confidence"),
    "steps": _record("pathway/device-class-3-import"),
    "claim": _record("claim/small-batches"),
    "nowhere": _record("place/nowhere"),
    "programme": Place("programme"),
    "map": Place("map", detail="2013-05-28"),
    "all days": Place("map", detail="all"),
    "notes": Place("notes"),
    "evening": Place("notes", detail="evening"),
    "questions": Place("notes", detail="questions"),
    "note": Place("note", Ref.parse(RENJI), "new"),
    "unfiled": Place("note", None, "new"),
    "follow-ups": Place("follow-ups"),
    "history": Place("history", detail="none"),
    "everybody": Place("people"),
    "somebody": Place("people", Ref.parse("person/zhang-jiong")),
    "card": Place("people", detail="new"),
    "joining": Place("joining"),
    "help": Place("help", detail="help"),
    "keys": Place("help", detail="keys"),
    "licences": Place("help", detail="licences"),
    "settings": Place("settings", detail="you"),
    "look": Place("settings", detail="look"),
    "safety": Place("settings", detail="safety"),
    "maps": Place("settings", detail="maps"),
    "about": Place("settings", detail="about"),
    "passphrase": Place("passphrase"),
    "damaged": Place("damaged", detail="The guide cannot be read."),
}
"""A name for each page and each of its faces -> where it is."""


class Tour:
    """A window that can be taken anywhere, and waits until all has arrived."""

    def __init__(self, qtbot: QtBot, desk: Desk, wait_for: Waiter) -> None:
        self._qtbot, self._desk, self._wait_for = qtbot, desk, wait_for
        self.window = Window(desk, pages.makers())
        qtbot.addWidget(self.window)
        self.window.resize(1280, 800)
        self.window.start(Place("help"))
        with qtbot.waitExposed(self.window):
            self.window.show()
        self.settle()

    def go(self, place: Place) -> Page:
        """Open a place; returns its page as it is when nothing is under way."""
        self.window.open(place)
        self.settle()
        return self.page()

    def page(self) -> Page:
        """The page that shows."""
        return next(one for one in self.window.findChildren(Page) if one.isVisible())

    def compare(self) -> Page:
        """Compare the first two parks, by keys alone."""
        page = self.go(STOPS["directory"])
        for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
            self._qtbot.keyClick(self.window.focusWidget(), key)
        press = next(one for one in page.findChildren(QPushButton) if one.text() == "Compare")
        press.click()
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until the workers have told all that was asked, also what answers led to."""
        told: list[None] = []
        workers = 2 if self._desk.backups is None else 3
        for times in (1, 2, 3):
            self._desk.guide.do(lambda _: None, told.append)
            self._desk.notes.do(lambda _: None, told.append)
            if self._desk.backups is not None:
                self._desk.backups.do(lambda _: None, told.append)
            self._wait_for(partial(_as_many, told, workers * times))
            self._qtbot.wait(25)


def _as_many(told: list[None], count: int) -> bool:
    return len(told) == count
