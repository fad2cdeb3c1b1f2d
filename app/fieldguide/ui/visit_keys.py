"""The keys of a visit in the programme, and what may be done to it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QWidget

from fieldguide.domain.trips import Visit
from fieldguide.services.board import Kept
from fieldguide.ui.desk import DRIVER, Place
from fieldguide.ui.programme_aside import ProgrammeAside
from fieldguide.ui.programme_deeds import ProgrammeDeeds


class VisitKeys(QObject):
    """Only one's own meetings can be changed; of the others it says so."""

    opened = Signal(object)
    said = Signal(str)

    def __init__(self, deeds: ProgrammeDeeds, aside: ProgrammeAside, parent: QObject) -> None:
        super().__init__(parent)
        self._deeds, self._aside = deeds, aside
        self._kept: Kept | None = None

    def take(self, kept: Kept) -> None:
        """What one has written is this."""
        self._kept = kept

    def press(self, event: QKeyEvent, visit: Visit | None) -> bool:
        """Do what a key means for a visit; whether it means anything."""
        deeds: dict[Qt.Key, Callable[[Visit], object]] = {
            Qt.Key.Key_N: lambda one: self.opened.emit(Place("note", one.ref, "new")),
            Qt.Key.Key_D: lambda one: self.opened.emit(Place(DRIVER, one.ref)),
            Qt.Key.Key_M: lambda one: self.opened.emit(Place("map", detail=one.day)),
            Qt.Key.Key_A: self._attend,
            Qt.Key.Key_E: self._change,
            Qt.Key.Key_V: self._confirm,
            Qt.Key.Key_Delete: self._remove,
        }
        deed = deeds.get(Qt.Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if deed is None or visit is None or plain != Qt.KeyboardModifier.NoModifier:
            return False
        deed(visit)
        return True

    def menu(self, visit: Visit, around: QWidget) -> QMenu:
        """The same deeds by their names, as far as the visit allows them."""
        menu = QMenu(around)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        record, note = Place("record", visit.ref), Place("note", visit.ref, "new")
        there = self._kept is not None and self._kept.attendance.me(visit.ref)
        offers: list[tuple[str, Callable[[], object]]] = [
            (self.tr("Open"), lambda: self.opened.emit(record)),
            (self.tr("Write a note"), lambda: self.opened.emit(note)),
            (
                self.tr("Show a driver the way"),
                lambda: self.opened.emit(Place(DRIVER, visit.ref)),
            ),
            (
                self.tr("Its day on the map"),
                lambda: self.opened.emit(Place("map", detail=visit.day)),
            ),
            (
                self.tr("I was not there") if there else self.tr("I was there"),
                lambda: self._attend(visit),
            ),
        ]
        if visit.verify:
            offers.append((self.tr("It still holds"), lambda: self._confirm(visit)))
        if visit.own:
            offers.append((self.tr("Change…"), lambda: self._change(visit)))
            offers.append((self.tr("Remove"), lambda: self._remove(visit)))
        for words, deed in offers:
            menu.addAction(words, deed)
        return menu

    def move(self, visit: Visit, day: str, time: object) -> None:
        """Put a meeting on an ISO day, at an hour or with None at the same."""
        if self._mine(visit):
            self._deeds.move(visit, day, time if isinstance(time, str) else None)

    def _attend(self, visit: Visit) -> None:
        there = self._kept is not None and self._kept.attendance.me(visit.ref)
        self._deeds.attend(visit, here=not there)

    def _change(self, visit: Visit) -> None:
        if self._mine(visit):
            self._aside.change_meeting(visit)

    def _confirm(self, visit: Visit) -> None:
        if visit.verify:
            self._deeds.confirm(visit)

    def _remove(self, visit: Visit) -> None:
        if self._mine(visit):
            self._deeds.remove(visit)

    def _mine(self, visit: Visit) -> bool:
        if not visit.own:
            self.said.emit(self.tr("This visit is the organiser’s: only your own can be changed."))
        return visit.own
