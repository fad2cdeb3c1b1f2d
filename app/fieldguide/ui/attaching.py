"""The way of a photo or file from a drop, a paste or a dialog into the open note."""

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from fieldguide.domain.attachments import Attachment, Incoming, Stage
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.ui.attachment_bar import AttachmentBar
from fieldguide.ui.darkroom import Darkroom
from fieldguide.ui.desk import Desk
from fieldguide.ui.offers import Offer
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.picture_view import PictureDialog

_TOPIC: Final = "attachments"


class Attaching(QObject):
    """Reads and decodes in the darkroom, keeps on the thread of the notes.

    The original is kept first; the copies of a photo follow, and are made again when that was
    broken off. So neither the window nor a save ever waits for a picture.
    """

    said = Signal(str)

    def __init__(self, desk: Desk, bar: AttachmentBar) -> None:
        super().__init__(bar)
        self._desk, self._bar = desk, bar
        self._note: OpenNote | None = None
        self._darkroom = Darkroom(desk.notes, self)
        bar.asked.connect(self.choose)
        bar.offered.connect(self.take)
        bar.list.chosen.connect(self._open)
        bar.list.removed.connect(self._remove)
        bar.list.tiles.captioned.connect(self._caption)

    @property
    def busy(self) -> bool:
        """Whether something is read or decoded."""
        return self._darkroom.busy

    def show(self, note: OpenNote) -> None:
        """Show what is attached to a note; for one that is not begun, nothing."""
        self._note = note
        self._bar.show_attachments([])
        self._desk.notes.drop(_TOPIC)
        if note.note is not None:
            note_id = note.note.id
            self._desk.notes.ask(
                _TOPIC,
                lambda book: book.album.attachments(note_id),
                partial(self._arrived, note),
                self._failed,
            )

    def choose(self) -> None:
        """Ask for files in a dialog."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._bar.window(), self.tr("Attach photos or files")
        )
        if chosen:
            self.take(Offer(tuple(Path(name) for name in chosen)))

    def take(self, offer: Offer) -> None:
        """Attach what was offered to the note that is open now."""
        note = self._note
        if note is None:
            return
        name = self.tr("Photo {time}").format(time=f"{self._desk.clock():%Y-%m-%d %H.%M.%S}")
        for one in offer.parts():
            if one.encoded:
                self._keep_at_once(note, one, name)
                continue
            self._darkroom.do(partial(one.read, name), partial(self._keep, note), self._failed)

    def _keep_at_once(self, note: OpenNote, one: Offer, name: str) -> None:
        """What lies nowhere else is on its way to the disk before anything else happens."""
        try:
            incoming = one.read(name)
        except FieldGuideError as problem:
            self._failed(problem)
        else:
            self._keep(note, incoming)

    def _keep(self, note: OpenNote, incoming: Incoming) -> None:
        def done(answer: tuple[Attachment, str]) -> None:
            kept, warning = answer
            words = self.tr("Attached: {name}").format(name=kept.name)
            self.said.emit(" ".join(part for part in (incoming.remark or words, warning) if part))
            self._bar.toast.dismiss()
            self._show(note, kept)
            self._decode(note, kept, incoming.data)

        def deed(book: Notebook, note_id: str) -> tuple[Attachment, str]:
            return book.album.attach(note_id, incoming), book.album.warning()

        note.attach(deed, done, self._failed)

    def _arrived(self, note: OpenNote, found: list[Attachment]) -> None:
        if note is not self._note:
            return
        self._bar.show_attachments(found)
        for one in found:
            if one.stage is Stage.WAITING:
                self._desk.notes.do(
                    lambda book, one=one: book.album.open(one),  # type: ignore[misc]
                    partial(self._decode, note, one),
                    self._failed,
                )

    def _decode(self, note: OpenNote, kept: Attachment, data: bytes) -> None:
        self._darkroom.develop(kept, data, partial(self._show, note), self._failed)

    def _open(self, one: Attachment) -> None:
        if one.stage is Stage.PHOTO:
            self._desk.notes.ask(
                "photo", lambda book: book.album.report_copy(one), partial(self._look, one),
                self._failed,
            )  # fmt: skip
            return
        chosen, _ = QFileDialog.getSaveFileName(
            self._bar.window(), self.tr("Save a copy of this file"), one.name
        )
        if chosen:
            path = Path(chosen)
            self._desk.notes.do(
                lambda book: book.album.save(one, path),
                lambda _: self.said.emit(self.tr("Written to {path}").format(path=path)),
                self._failed,
            )

    def _look(self, one: Attachment, jpeg: bytes) -> None:
        window = self._bar.window()
        dialog = PictureDialog(self._desk.look, jpeg, one.name, one.caption, window)
        dialog.open()

    def _caption(self, one: Attachment, words: str) -> None:
        note = self._note
        self._desk.notes.do(
            lambda book: book.album.set_caption(one, words), partial(self._show, note), self._failed
        )

    def _remove(self, one: Attachment) -> None:
        note = self._note

        def put_back() -> None:
            self._desk.notes.do(
                lambda book: book.album.put_back(one), lambda _: self._again(note), self._failed
            )

        def done(_: object) -> None:
            if note is self._note:
                self._bar.list.tiles.drop(one)
                words = self.tr("Removed: {name}").format(name=one.caption or one.name)
                self._bar.toast.offer(words, self.tr("Undo"), put_back)

        self._desk.notes.do(lambda book: book.album.remove(one), done, self._failed)

    def _again(self, note: OpenNote | None) -> None:
        if note is not None and note is self._note:
            self.show(note)

    def _show(self, note: OpenNote | None, one: Attachment) -> None:
        if note is self._note:
            self._bar.list.tiles.put(one)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
