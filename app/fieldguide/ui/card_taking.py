"""The way of a photo of a card from a drop, a paste or a dialog to the person in the form."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from fieldguide.domain.attachments import Attachment, Incoming
from fieldguide.domain.people import Face
from fieldguide.errors import FieldGuideError
from fieldguide.services.mending import Mending, Shot
from fieldguide.ui.card_panel import CardPanel
from fieldguide.ui.darkroom import Darkroom, Print, printed
from fieldguide.ui.desk import Desk
from fieldguide.ui.offers import Offer, offer_of


class CardTaking(QObject):
    """Keeps the original of a photo first, then shows it as soon as its copies are made."""

    said = Signal(str)
    kept = Signal(object)
    """The Mending in which a picture came or went."""

    def __init__(self, desk: Desk, panel: CardPanel) -> None:
        super().__init__(panel)
        self._desk, self._panel = desk, panel
        self._darkroom = Darkroom(desk.notes, self)
        self._mending: Mending | None = None
        panel.asked.connect(self.choose)
        panel.pasted.connect(self.paste)
        panel.removed.connect(self._remove)
        panel.captioned.connect(self._caption)

    @property
    def busy(self) -> bool:
        """Whether something is read or decoded."""
        return self._darkroom.busy

    def show(self, mending: Mending, prints: list[Print]) -> None:
        """Take pictures of another person from now on."""
        self._mending = mending
        self._panel.show_prints(prints)

    def choose(self) -> None:
        """Ask for files in a dialog; two at once are the two sides."""
        chosen, _ = QFileDialog.getOpenFileNames(
            self._panel.window(), self.tr("Photos of the card, front first")
        )
        if chosen:
            self.take(Offer(tuple(Path(name) for name in chosen)))

    def paste(self) -> None:
        """Take the picture that was copied elsewhere."""
        offer = offer_of(QGuiApplication.clipboard().mimeData())
        if offer is None:
            self.said.emit(self.tr("There is no picture to paste."))
        else:
            self.take(offer)

    def take(self, offer: Offer) -> None:
        """Keep what was offered: one for the side that shows, more for the sides that are free."""
        mending, parts = self._mending, offer.parts()
        if mending is None:
            return
        faces = [self._panel.face] if len(parts) == 1 else self._panel.free_faces()
        if len(parts) > len(faces):
            self.said.emit(self.tr("There is no side left for some of these photos."))
        name = self.tr("Card {time}").format(time=f"{self._desk.clock():%Y-%m-%d %H.%M.%S}")
        for face, part in zip(faces, parts, strict=False):
            self._darkroom.do(
                partial(part.read, name), partial(self._keep, mending, face), self._failed
            )

    def _keep(self, mending: Mending, face: Face, incoming: Incoming) -> None:
        caption = self._words(face)

        def done(one: Print) -> None:
            if incoming.remark:
                self.said.emit(incoming.remark)
            self._put(mending, one)
            self.kept.emit(mending)
            self._darkroom.develop(
                one.shot.attachment, incoming.data, partial(self._load, mending, face), self._failed
            )

        self._desk.notes.do(
            lambda book: printed(mending.take(book, face, incoming, caption)), done, self._failed
        )

    def _load(self, mending: Mending, face: Face, kept: Attachment) -> None:
        self._desk.notes.do(
            lambda book: printed(Shot(face, kept, book.album.report_copy(kept))),
            partial(self._develop, mending),
            self._failed,
        )

    def _develop(self, mending: Mending, one: Print) -> None:
        if mending is self._mending:
            self._panel.develop(one)

    def _put(self, mending: Mending, one: Print) -> None:
        if mending is self._mending:
            self._panel.put(one)

    def _remove(self, face: Face) -> None:
        mending = self._mending
        if mending is None:
            return

        def done(_: None) -> None:
            if mending is self._mending:
                self._panel.drop(face)
            self.kept.emit(mending)

        self._desk.notes.do(lambda book: mending.drop(book, face), done, self._failed)

    def _caption(self, one: Attachment, words: str) -> None:
        self._desk.notes.do(
            lambda book: book.album.set_caption(one, words), self._panel.recaption, self._failed
        )

    def _words(self, face: Face) -> str:
        return {
            Face.CARD_FRONT: self.tr("Front of the card"),
            Face.CARD_BACK: self.tr("Back of the card"),
            Face.WECHAT_CODE: self.tr("WeChat code"),
            Face.PORTRAIT: self.tr("Portrait"),
        }[face]

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
