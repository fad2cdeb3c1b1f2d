"""Looks for people who are there twice, a few at a time, and says so above the list."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from fieldguide.errors import FieldGuideError
from fieldguide.services.duplicates import Suspicion
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Named
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.doubles_bar import DoublesBar

Suspicions = Sequence[Suspicion]


def look_for_doubles(
    desk: Desk,
    guide: Sequence[Named],
    arrived: Callable[[Suspicions], None],
    failed: Callable[[FieldGuideError], None],
) -> None:
    """Ask who may be there twice; between two steps all else has its turn."""

    def step(book: Notebook) -> Suspicions | None:
        return None if book.duplicates.learn(guide) else book.duplicates.suspicions()

    def told(found: Suspicions | None) -> None:
        if found is None:
            desk.notes.ask("doubles", step, told, failed)
        else:
            arrived(found)

    desk.notes.ask("doubles", step, told, failed)


class Doubles(QObject):
    """Keeps the line above the people right."""

    opened = Signal(object)

    def __init__(self, desk: Desk, bar: DoublesBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._added = self._pair = ""
        bar.asked.connect(lambda: self.opened.emit(Place("joining", None, self._pair)))

    def added(self, entry_id: str, guide: Sequence[Named]) -> None:
        """Somebody was kept just now: of them is spoken first."""
        self._added = entry_id
        self.look(guide)

    def look(self, guide: Sequence[Named]) -> None:
        """Look again: there are other people than before."""
        look_for_doubles(self._desk, guide, self._tell, lambda _: self._bar.hide())

    def _tell(self, found: Suspicions) -> None:
        ordered = sorted(found, key=lambda one: self._added not in one.keys)
        self._bar.tell(ordered, self._added)
        self._pair = f"{ordered[0].first} {ordered[0].second}" if ordered else ""
