"""What is dropped or pasted: files, a picture, or words; nothing is opened or fetched to tell."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QImageWriter

from fieldguide.domain.attachments import Incoming
from fieldguide.services.attachments import look_at, read_file
from fieldguide.services.pasted import plain_text

_ENCODED: Final = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp"}
_DECODED: Final = "application/x-qt-image"


@dataclass(frozen=True)
class Offer:
    """Files by their paths, or one picture: as it was encoded, else as Qt holds it."""

    files: tuple[Path, ...] = ()
    encoded: bytes = b""
    ending: str = "png"
    image: QImage | None = None

    def parts(self) -> "list[Offer]":
        """Each file for itself, so that one that is refused holds up no other."""
        return [Offer((path,)) for path in self.files] if self.files else [self]

    def read(self, name: str) -> Incoming:
        """Read a single part, not on the thread of the window; raises BadRequest when refused.

        A picture that has no name gets ``name``.
        """
        if self.files:
            return read_file(self.files[0])
        return look_at(f"{name}.{self.ending}", self.encoded or self._written())

    def _written(self) -> bytes:
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        if self.image is not None:
            QImageWriter(buffer, QByteArray(b"png")).write(self.image)
        return bytes(data.data())


def has_offer(mime: QMimeData) -> bool:
    """Whether it is files or a picture, not words; nothing large is brought over to tell."""
    if _files(mime):
        return True
    # Tables and pages are copied as words and as a picture of them: the words are meant.
    if mime.hasFormat("text/plain"):
        return False
    return any(mime.hasFormat(form) for form in (*_ENCODED, _DECODED))


def offer_of(mime: QMimeData) -> Offer | None:
    """The files or the picture in it; None when it is words, which a note takes as they are."""
    if not has_offer(mime):
        return None
    if files := _files(mime):
        return Offer(files)
    for form, ending in _ENCODED.items():
        if mime.hasFormat(form):
            return Offer(encoded=bytes(mime.data(form).data()), ending=ending)
    return Offer(image=QImage(mime.imageData()))


def admit(event: QDragEnterEvent) -> None:
    """Let files and pictures come in; words go on to whoever takes words."""
    if has_offer(event.mimeData()):
        event.acceptProposedAction()


def dropped(event: QDropEvent) -> Offer | None:
    """What was dropped, copied: after a move the other program would delete its file."""
    offer = offer_of(event.mimeData())
    if offer is not None:
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
    return offer


def words_of(mime: QMimeData) -> str:
    """The words in it, those of a page without anything else that the page holds."""
    if mime.hasFormat("text/plain") or not mime.hasHtml():
        return mime.text()
    return plain_text(mime.html())


def _files(mime: QMimeData) -> tuple[Path, ...]:
    urls = mime.urls()
    if not all(url.isLocalFile() for url in urls):
        return ()
    return tuple(Path(url.toLocalFile()) for url in urls)
