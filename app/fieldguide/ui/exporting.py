"""The way of people into a file of vCards, for other programs of one's own."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.services.notebook import Notebook
from fieldguide.services.people_export import save_vcards
from fieldguide.services.roster import Somebody
from fieldguide.ui.desk import Desk


class Exporting(QObject):
    """Asks where to, and writes on the thread of the notes."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def write(self, somebody: Somebody | None, whole: bool, version: str) -> None:
        """Write one of one's own people, or with ``whole`` all of them."""
        if not whole and (somebody is None or not somebody.mine):
            self.said.emit(self.tr("Only your own people can be written as vCards."))
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._page, self.tr("Export people as vCards"), "people.vcf", self.tr("vCards (*.vcf)")
        )
        if not chosen:
            return

        def write(book: Notebook) -> int:
            one = [] if whole or somebody is None else [book.people.get(somebody.id)]
            people, album = one or book.people.all(), book.album
            return save_vcards(people, Path(chosen), version, private=True, album=album)

        def done(number: int) -> None:
            words = self.tr("vCards written to {file}: {number}")
            self.said.emit(words.format(file=Path(chosen).name, number=number))

        self._desk.notes.do(write, done, lambda problem: self.said.emit(str(problem)))
