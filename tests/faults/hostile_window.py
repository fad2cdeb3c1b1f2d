"""A window over a hostile guide and hostile notes, led past every page, tip and dialog of it.

Run as a program, in the folder of the canaries; another reads the trace of it.
"""

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextBrowser,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from fieldguide.domain.notes import NoteCard
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from tests.faults.hostile import tags
from tests.faults.writer import ABOUT
from tests.gui.tour import STOPS

PATIENCE_S: Final = 30.0
CTRL: Final = Qt.KeyboardModifier.ControlModifier


class Walk:
    """Goes everywhere and looks at all of it, as someone does who rests the mouse on each thing."""

    def __init__(self, app: QApplication, house: Application) -> None:
        self._app, self._house = app, house
        self.seen = 0

    def settle(self) -> None:
        """Wait until the workers have told all that was asked, also what answers led to."""
        for _ in range(3):
            told: list[None] = []
            self._house.desk.guide.do(lambda _: None, told.append)
            self._house.desk.notes.do(lambda _: None, told.append)
            self.wait_for(lambda told=told: len(told) == 2)

    def wait_for(self, so: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end = time.monotonic() + PATIENCE_S
        while not so():
            assert time.monotonic() < end, "waited in vain"
            self._app.processEvents()
            time.sleep(0.002)

    def look(self) -> None:
        """Paint all that shows, rest the mouse on each part, press on each text."""
        self.settle()
        for window in self._app.topLevelWidgets():
            if window.isVisible():
                window.grab()
        for widget in self._app.allWidgets():
            # What a tip or a press led to may have taken the place of others.
            if isValid(widget) and widget.isVisible():
                self._rest_on(widget)
        self.seen += 1

    def go(self, place: Place) -> None:
        """Open a place and look."""
        self._house.window.open(place)
        self.look()

    def _rest_on(self, widget: QWidget) -> None:
        for point in _points(widget):
            inner = widget.viewport() if isinstance(widget, QAbstractItemView) else widget
            asked = QHelpEvent(QEvent.Type.ToolTip, point, inner.mapToGlobal(point))
            self._app.sendEvent(inner, asked)
            if QToolTip.isVisible():
                self._app.processEvents()
                QToolTip.hideText()
        if isinstance(widget, QTextBrowser):
            for line in range(0, widget.viewport().height(), 24):
                QTest.mouseClick(widget.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(40, line))


def _points(widget: QWidget) -> Iterator[QPoint]:
    """Where something may have a tip: in the middle, and in each row of a list."""
    if isinstance(widget, QAbstractItemView):
        step = 20
        width = widget.viewport().width()
        for height in range(step // 2, widget.viewport().height(), step):
            yield QPoint(width // 3, height)
            yield QPoint(width - step, height)
    else:
        yield widget.rect().center()


def search(walk: Walk, house: Application, words: str) -> None:
    """Look for words in the palette."""
    house.window.search()
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    line.setText(words)
    walk.look()
    QTest.keyClick(line, Qt.Key.Key_Escape)


def paste(house: Application, canaries: Path) -> None:
    """Put foreign HTML into the open note, by the clipboard and by drag."""
    (editor,) = (
        one for one in house.window.findChildren(QPlainTextEdit) if one.isVisible()
    )  # fmt: skip
    foreign = QMimeData()
    foreign.setHtml("".join(tags(canaries)))
    QApplication.clipboard().setMimeData(foreign)
    editor.setFocus()
    QTest.keyClick(editor, Qt.Key.Key_V, CTRL)
    editor.insertFromMimeData(foreign)
    QApplication.clipboard().clear()


def walk_past_all(walk: Walk, house: Application, canaries: Path) -> None:
    """Every page with what is hostile in it."""
    for place in STOPS.values():
        walk.go(place)
    found: list[list[NoteCard]] = []
    house.desk.notes.do(lambda book: book.notes(), found.append)
    walk.wait_for(lambda: bool(found))
    for card in found[0]:
        walk.go(Place("note", card.about, card.id))
    filed = next(card for card in found[0] if card.about == ABOUT)
    walk.go(Place("history", ABOUT, filed.id))
    walk.go(Place("note", ABOUT, "new"))
    paste(house, canaries)
    walk.look()
    for words in ("renji", "img", "hospital", "<img src"):
        search(walk, house, words)
    walk.go(STOPS["directory"])
    for key in (Qt.Key.Key_Space, Qt.Key.Key_Down, Qt.Key.Key_Space):
        QTest.keyClick(QApplication.focusWidget(), key)
    buttons = house.window.findChildren(QPushButton)
    next(one for one in buttons if one.text() == "Compare").click()
    walk.look()
    for text in tags(canaries):
        house.window.say(text)
        walk.look()


def control(canaries: Path) -> None:
    """What happens to a text that is taken for more: the trace must show it."""
    wrong = QLabel(tags(canaries)[0])
    wrong.show()
    wrong.grab()
    QApplication.processEvents()


def main() -> None:
    """Walk, or do what must be noticed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("canaries", type=Path)
    parser.add_argument("guide", type=Path, nargs="?")
    parser.add_argument("profile", type=Path, nargs="?")
    options = parser.parse_args()
    app = QApplication(["fieldguide"])
    if options.guide is None:
        control(options.canaries)
        return
    theme.load_fonts()
    now = datetime(2013, 5, 28, 8, 40).astimezone()
    chosen = Preferences(welcomed=True)
    house = Application(
        app, options.guide, options.profile, lambda: now, as_it_was=True, chosen=chosen
    )
    house.show()
    house.window.activateWindow()  # as a window manager does
    walk = Walk(app, house)
    walk_past_all(walk, house, options.canaries)
    house.window.close()
    house.close()
    print(walk.seen)


if __name__ == "__main__":
    sys.exit(main())
