"""The way of a file of vCards into the people: a backup, piece after piece, one undo."""

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.domain.backups import Reason
from fieldguide.errors import FieldGuideError
from fieldguide.ui.darkroom import Darkroom
from fieldguide.ui.desk import Desk
from fieldguide.ui.import_bar import ImportBar
from fieldguide.ui.tasks import Worker
from fieldguide.ui.toast import Toast

if TYPE_CHECKING:
    from fieldguide.services.people_import import Arrival, CardFile, Piece

ENDING = ".vcf"


class Importing(QObject):
    """Reads on a thread of its own and keeps each piece on that of the notes.

    Between two pieces whatever else waits for the notes has its turn. What was kept when it is
    stopped, or fails, stays; the one undo takes all of it back.
    """

    said = Signal(str)
    arrived = Signal()
    """There are other people now than before."""

    def __init__(self, desk: Desk, bar: ImportBar, toast: Toast, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._bar, self._toast, self._page = desk, bar, toast, page
        self._darkroom = Darkroom(desk.notes, self)
        self._waiting: list[Path] = []
        self._reader: Worker[CardFile] | None = None
        self._arrival: Arrival | None = None
        self._stopped = self._busy = False
        self._total = self._read = 0
        self._last = ""
        bar.stopped.connect(self._stop)
        page.setAcceptDrops(True)
        page.installEventFilter(self)

    def choose(self) -> None:
        """Ask for files in a dialog."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._page, self.tr("Import people from vCards"), "", self.tr("vCards (*.vcf)")
        )
        self.take([Path(name) for name in chosen])

    def take(self, files: Sequence[Path]) -> None:
        """Import these files, after a backup of the notes as they are."""
        if not files:
            return
        if self._busy:
            self.said.emit(self.tr("Another import is still under way."))
            return
        from fieldguide.services.people_import import Arrival

        self._waiting, self._arrival = list(files), Arrival()
        self._busy, self._stopped = True, False
        self._total = self._read = 0
        self._toast.dismiss()
        self._bar.begin(self.tr("Making a backup first"))
        if self._desk.backups is None:
            self._open()
        else:
            self._desk.backups.do(
                lambda backups: backups.make_if_changed(Reason.IMPORT),
                lambda _: self._open(), self._unsafe,
            )  # fmt: skip

    def offer_again(self) -> None:
        """Offer the undo of an import that ended while something else was looked at."""
        words, self._last = self._last, ""
        if words:
            self._offer(words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Files may be dropped anywhere on the page."""
        if isinstance(event, QDropEvent) and (files := _files(event.mimeData())):
            # After a move the other program would delete its file.
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
            if event.type() == QEvent.Type.Drop:
                self.take(files)
            return True
        return super().eventFilter(watched, event)

    def _open(self) -> None:
        from fieldguide.services.people_import import CardFile

        if not self._waiting or self._stopped:
            self._end()
            return
        path = self._waiting.pop(0)
        self._reader = Worker("cards", partial(CardFile, path), CardFile.close)
        self._reader.do(lambda file: (file.count(), file.next()), self._begun, self._broken)

    def _begun(self, found: "tuple[int, Piece]") -> None:
        number, piece = found
        self._total += number
        self._tell()
        self._keep(piece)

    def _keep(self, piece: "Piece") -> None:
        self._desk.notes.do(
            lambda book: book.reception.receive(piece), partial(self._kept, piece), self._broken
        )

    def _kept(self, piece: "Piece", arrival: "Arrival") -> None:
        assert self._arrival is not None
        self._arrival += arrival
        self._read += len(piece.cards) + len(piece.refused)
        self._tell()
        if piece.last or self._stopped:
            self._close()
            self._open()
        elif self._reader is not None:
            self._reader.do(lambda file: file.next(), self._keep, self._broken)

    def _tell(self) -> None:
        if self._total:
            words = self.tr("{number} of {total} cards").format(
                number=f"{self._read:,}", total=f"{max(self._total, self._read):,}"
            )
        else:
            words = self.tr("{number} cards").format(number=f"{self._read:,}")
        self._bar.tell(words, self._read, self._total)

    def _stop(self) -> None:
        self._stopped = True

    def _broken(self, problem: FieldGuideError) -> None:
        """A file that cannot be read, or notes that cannot be written: what is kept stays."""
        from fieldguide.services.people_import import Arrival

        assert self._arrival is not None
        self._arrival += Arrival(sentences=(str(problem),))
        if self._reader is not None:
            self._close()
            self._open()

    def _unsafe(self, problem: FieldGuideError) -> None:
        self._busy = False
        self._bar.end()
        words = self.tr("Nothing was imported, as no backup could be made first. {problem}")
        self.said.emit(words.format(problem=problem))

    def _close(self) -> None:
        if self._reader is not None:
            self._reader.close()
            self._reader.deleteLater()
            self._reader = None

    def _end(self) -> None:
        assert self._arrival is not None
        self._busy = False
        self._bar.end()
        words = " ".join(self._sentences(self._arrival))
        if not self._arrival.size:
            self.said.emit(words)
            return
        self._offer(words)
        self.arrived.emit()
        self._develop([one for one in self._arrival.photos if one.stage is Stage.WAITING])

    def _develop(self, photos: list[Attachment]) -> None:
        """Make the small copies of the photos, one after the other."""
        if not photos:
            return
        kept, rest = photos[0], photos[1:]

        def opened(data: bytes) -> None:
            self._darkroom.develop(kept, data, lambda _: self._develop(rest), self._say)

        self._desk.notes.do(lambda book: book.album.open(kept), opened, self._say)

    def _say(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))

    def _sentences(self, came: "Arrival") -> Iterator[str]:
        if self._stopped:
            yield self.tr("Stopped; what came until then is kept.")
        one, many = self.tr("1 person imported."), self.tr("{number} people imported.")
        number = len(came.added)
        yield one if number == 1 else many.format(number=f"{number:,}")
        if came.renewed:
            words = self.tr("{number} known by their id say more now.")
            yield words.format(number=f"{len(came.renewed):,}")
        if came.same:
            words = self.tr("{number} were here already.")
            yield words.format(number=f"{came.same:,}")
        if came.sentences:
            yield came.sentences[0]
        if len(came.sentences) > 1:
            words = self.tr("And {number} more like this.")
            yield words.format(number=f"{len(came.sentences) - 1:,}")

    def _offer(self, words: str) -> None:
        """Offer the undo; to who is elsewhere now when they come back."""
        if not self._page.isVisible():
            self._last = words
            self.said.emit(words)
            return
        self._toast.offer(words, self.tr("Undo"), self._take_back)

    def _take_back(self) -> None:
        """Undo it, piece after piece as it came."""
        arrival, self._arrival = self._arrival, None
        if arrival is None or self._busy:
            return
        self._busy = True
        self._bar.begin(self.tr("Taking the import back"), can_stop=False)
        self._take_back_from(0, list(arrival.pieces()))

    def _take_back_from(self, done: int, pieces: "list[Arrival]") -> None:
        """Take the next piece back; between two all else has its turn."""
        self._bar.tell(self.tr("Taking the import back"), done, len(pieces))
        if done == len(pieces):
            self._end_taking_back()
            return
        piece = pieces[done]
        self._desk.notes.do(
            lambda book: book.reception.take_back(piece),
            lambda _: self._take_back_from(done + 1, pieces),
            partial(self._not_taken_back, pieces[done:]),
        )

    def _not_taken_back(self, left: "list[Arrival]", problem: FieldGuideError) -> None:
        """What is still there can be taken back later."""
        self._end_taking_back()
        self._arrival = sum(left[1:], left[0])
        self._offer(str(problem))

    def _end_taking_back(self) -> None:
        self._busy = False
        self._bar.end()
        self.arrived.emit()


def _files(mime: QMimeData) -> list[Path]:
    """The vCards among what is dropped; nothing is opened or fetched to tell."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() == ENDING]
