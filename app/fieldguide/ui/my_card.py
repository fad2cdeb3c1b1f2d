"""Cards held towards somebody else's phone: of whom the keys are on, and one's own."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person
from fieldguide.errors import FieldGuideError
from fieldguide.services.own_card import Modules, code_of
from fieldguide.services.roster import Somebody
from fieldguide.ui.code_screen import CodeScreen
from fieldguide.ui.desk import Desk
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.toast import Toast


class Codes(QObject):
    """Shows QR codes over the screen, and keeps which person is the user."""

    said = Signal(str)
    chosen = Signal()
    """Who the user is has changed."""
    asked = Signal()
    """Nothing is known of oneself: a line is to be typed, which ``typed`` then hears of."""

    def __init__(self, desk: Desk, toast: Toast, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._toast, self._page = desk, toast, page
        self._asking = False

    def show(self, somebody: Somebody | None) -> None:
        """The code of a person of the list."""
        if somebody is None:
            self.said.emit(self.tr("There is nobody here to show a code of."))
            return
        person, row = somebody.person, PersonRow(somebody)

        def made(code: Modules) -> None:
            if not self._page.isVisible():
                # Something else shows by now, perhaps the lock.
                return
            screen = CodeScreen(self._desk.look, code, row.copies, row.work, self._page.window())
            screen.showFullScreen()

        self._desk.notes.ask("code", lambda _: code_of(person), made, self._failed)

    def show_mine(self) -> None:
        """One's own code; who has none yet is asked for a line about oneself."""

        def arrived(entry: Entry[Person] | None) -> None:
            if entry is not None:
                self.show(Somebody(entry.value, None, entry.id))
                return
            self._asking = True
            self.said.emit(self.tr("Nothing is kept of you yet: type yourself in one line."))
            self.asked.emit()

        self._desk.notes.ask("own-card", lambda book: book.own_card.entry(), arrived, self._failed)

    def typed(self, entry: Entry[Person]) -> None:
        """Somebody was added: oneself, when that was asked for."""
        if self._asking:
            self._choose(entry.id)
            name = PersonRow(Somebody(entry.value)).copies
            self.said.emit(self.tr("Your card is {name}.").format(name=name))
        self.forget()

    def forget(self) -> None:
        """Whoever is typed from now on is not oneself."""
        self._asking = False

    def claim(self, somebody: Somebody | None) -> None:
        """Say that a person of the list is oneself."""
        if somebody is None or not somebody.mine:
            self.said.emit(self.tr("Only one of your own people can be you: add yourself first."))
            return
        name = PersonRow(somebody).copies

        def done(before: str) -> None:
            words = self.tr("Your card is {name}.").format(name=name)
            self._toast.offer(words, self.tr("Undo"), lambda: self._choose(before))
            self.chosen.emit()

        kept = somebody.id
        self._desk.notes.do(lambda book: book.own_card.choose(kept), done, self._failed)

    def _choose(self, entry_id: str) -> None:
        self._desk.notes.do(
            lambda book: book.own_card.choose(entry_id), lambda _: self.chosen.emit(), self._failed
        )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
