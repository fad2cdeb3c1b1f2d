"""Where files are read and photos decoded: apart from the window and from the notes."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QObject
from PySide6.QtGui import QImage

from fieldguide.domain.attachments import Attachment, Copies, Stage
from fieldguide.errors import FieldGuideError
from fieldguide.services.mending import Shot
from fieldguide.services.notebook import Notebook
from fieldguide.services.pictures import make_copies
from fieldguide.ui.picture_view import jpeg_image
from fieldguide.ui.tasks import Failed, Worker

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Print:
    """A picture of a person as it is shown; null while its copies are made."""

    shot: Shot
    picture: QImage


def printed(shot: Shot) -> Print:
    """Decode what is shown of a picture; for a worker's thread."""
    return Print(shot, jpeg_image(shot.jpeg))


class Darkroom(QObject):
    """Works on a thread that ends with the last deed."""

    def __init__(self, notes: Worker[Notebook], parent: QObject) -> None:
        super().__init__(parent)
        self._notes = notes
        self._worker: Worker[str] | None = None
        self._under_way = 0

    @property
    def busy(self) -> bool:
        """Whether something is read or decoded."""
        return self._under_way > 0

    def do(
        self, deed: Callable[[], Answer], done: Callable[[Answer], None], failed: Failed
    ) -> None:
        """Do it apart."""
        if self._worker is None:
            self._worker = Worker("pictures", lambda: "", lambda _: None)
        self._under_way += 1

        def arrived(answer: Answer) -> None:
            done(answer)
            self._end()

        def broken(problem: FieldGuideError) -> None:
            failed(problem)
            self._end()

        self._worker.do(lambda _: deed(), arrived, broken)

    def develop(
        self, kept: Attachment, data: bytes, shown: Callable[[Attachment], None], failed: Failed
    ) -> None:
        """Make the copies of a photo and keep them; what cannot be decoded is kept as a file."""
        if kept.stage is not Stage.WAITING:
            return

        def made(copies: Copies) -> None:
            self._notes.do(lambda book: book.album.put_copies(kept, copies), shown, failed)

        def refused(problem: FieldGuideError) -> None:
            failed(problem)
            self._notes.do(lambda book: book.album.keep_as_file(kept), shown, failed)

        self.do(lambda: make_copies(data), made, refused)

    def _end(self) -> None:
        self._under_way -= 1
        if not self._under_way and self._worker is not None:
            worker, self._worker = self._worker, None
            worker.close()
            worker.deleteLater()
