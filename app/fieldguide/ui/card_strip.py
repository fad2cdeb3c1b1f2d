"""Beside a person in the list: their pictures, small; Enter shows one large."""

from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.errors import FieldGuideError
from fieldguide.services.roster import Somebody
from fieldguide.ui.attachment_bar import AttachmentList
from fieldguide.ui.desk import Desk
from fieldguide.ui.picture_view import PictureDialog

_TOPIC = "people-pictures"


class CardStrip(QObject):
    """Asks for the pictures of whoever shows, and keeps the captions that stand for them."""

    said = Signal(str)

    def __init__(self, desk: Desk, tiles: AttachmentList) -> None:
        super().__init__(tiles)
        self._desk, self._list = desk, tiles
        tiles.chosen.connect(self._open)
        tiles.tiles.captioned.connect(self._caption)
        self._show([])

    def show(self, somebody: Somebody) -> None:
        """Show the pictures of somebody, if they have any."""
        if not somebody.person.pictures:
            self._desk.notes.drop(_TOPIC)
            self._show([])
            return
        entry = somebody.id
        self._desk.notes.ask(
            _TOPIC, lambda book: book.album.attachments(entry), self._show, self._failed
        )

    def _show(self, found: list[Attachment]) -> None:
        self._list.tiles.show(found)
        self._list.setVisible(bool(found))

    def _open(self, one: Attachment) -> None:
        if one.stage is not Stage.PHOTO:
            self.said.emit(self.tr("{name} cannot be shown.").format(name=one.name))
            return
        self._desk.notes.ask(
            "photo", lambda book: book.album.report_copy(one), partial(self._look, one),
            self._failed,
        )  # fmt: skip

    def _look(self, one: Attachment, jpeg: bytes) -> None:
        window = self._list.window()
        PictureDialog(self._desk.look, jpeg, one.name, one.caption, window).open()

    def _caption(self, one: Attachment, words: str) -> None:
        self._desk.notes.do(
            lambda book: book.album.set_caption(one, words), self._list.tiles.put, self._failed
        )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
