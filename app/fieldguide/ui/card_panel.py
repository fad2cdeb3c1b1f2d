"""The photos of a card beside the form of a person: both sides, the WeChat code, a portrait."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.domain.people import Face
from fieldguide.services.attachments import CAPTION_LENGTH
from fieldguide.services.mending import Shot
from fieldguide.ui.darkroom import Print
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, ToolButton, label
from fieldguide.ui.person_form_line import Understood
from fieldguide.ui.picture_view import Photo
from fieldguide.ui.theme import Theme

ORDER: Final = (Face.CARD_FRONT, Face.CARD_BACK, Face.WECHAT_CODE, Face.PORTRAIT)
ZOOMS: Final = (1.0, 1.5, 2.0, 3.0, 4.0)


class CardPhoto(QScrollArea):
    """One picture as large as it fits, or larger to read small print; + and - turn it."""

    def __init__(self) -> None:
        super().__init__()
        self._zoom = 0
        self._photo: Photo | None = None
        self.setWidgetResizable(True)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)

    def show_picture(self, picture: QImage, words: str) -> None:
        """Show another picture, whole; ``words`` stand for it where it cannot be seen."""
        self._zoom = 0
        self._photo = Photo(picture, words)
        self.setWidget(self._photo)
        self.setAccessibleName(words)
        self._fit()

    def turn(self, step: int) -> None:
        """One step nearer or farther."""
        self._zoom = min(max(self._zoom + step, 0), len(ZOOMS) - 1)
        self._fit()

    def sizeHint(self) -> QSize:
        """It takes what there is."""
        return QSize(320, 240)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit anew."""
        super().resizeEvent(event)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nearer and farther; the arrows move it."""
        if event.text() in ("+", "="):
            self.turn(1)
        elif event.text() == "-":
            self.turn(-1)
        else:
            super().keyPressEvent(event)

    def _fit(self) -> None:
        if self._photo is not None:
            size = self.viewport().size() if not self._zoom else self.maximumViewportSize()
            self._photo.setMinimumSize(size * ZOOMS[self._zoom] if self._zoom else QSize(40, 40))


class CardPanel(QWidget):
    """Shows one side at a time and takes what is chosen or pasted; it decides nothing."""

    asked = Signal()
    """A file is to be chosen in a dialog."""
    pasted = Signal()
    removed = Signal(object)
    """The Face whose picture is to go."""
    captioned = Signal(object, str)
    """An Attachment, and the words that stand for it."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._aside = False
        self._prints: dict[Face, Print] = {}
        self.setAccessibleName(self.tr("Photos of the card"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._photo = CardPhoto()
        self._none = label("", "body", "t2", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        self._stack.setProperty("surface", "sunken")
        self._stack.addWidget(self._none)
        self._stack.addWidget(self._photo)
        self._caption = QLineEdit()
        self._caption.setMaxLength(CAPTION_LENGTH)
        self._caption.setPlaceholderText(self.tr("Caption"))
        self._caption.setAccessibleName(self.tr("Caption, also read out in place of the photo"))
        self._caption.editingFinished.connect(self.tell_caption)
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("Li Wei 李伟, GM, Juke, WeChat liwei88"))
        self.line.setAccessibleName(self.tr("What the card says, in one line"))
        self._understood = Understood(look)
        self.line.textChanged.connect(self._understood.show_line)
        self._build()
        self.show_prints(())
        self.set_theme(look.theme)

    @property
    def face(self) -> Face:
        """The side that shows, and that a new photo is of."""
        return next(face for face, button in self._faces.items() if button.isChecked())

    @property
    def stops(self) -> list[QWidget]:
        """Where the keys go, in order."""
        return [
            *self._faces.values(),
            *self._tools,
            self._photo,
            self._caption,
            *self._acts,
            self.line,
        ]

    def free_faces(self) -> list[Face]:
        """The sides without a picture, the one that shows before the others."""
        rest = [face for face in ORDER if face is not self.face]
        return [face for face in (self.face, *rest) if face not in self._prints]

    def show_prints(self, prints: Sequence[Print]) -> None:
        """Show the pictures of another person."""
        self._prints = {one.shot.face: one for one in reversed(prints)}
        first = next((face for face in ORDER if face in self._prints), ORDER[0])
        self._faces[first].setChecked(True)
        self._show()

    def put(self, one: Print) -> None:
        """Show a picture that was taken just now."""
        self._prints[one.shot.face] = one
        self._faces[one.shot.face].setChecked(True)
        self._show()

    def develop(self, one: Print) -> None:
        """A picture is ready to be seen: nobody is taken away from what they look at or type."""
        face, before = one.shot.face, self._shot(one.shot.face)
        if before is None or before.attachment.id != one.shot.attachment.id:
            return
        named = replace(one.shot.attachment, caption=before.attachment.caption)
        self._prints[face] = ready = replace(one, shot=replace(one.shot, attachment=named))
        if face is self.face:
            self._show_photo(ready)

    def recaption(self, attachment: Attachment) -> None:
        """A picture has other words by now."""
        for face, one in self._prints.items():
            if one.shot.attachment.id == attachment.id:
                self._prints[face] = replace(one, shot=replace(one.shot, attachment=attachment))

    def tell_caption(self) -> None:
        """Tell the words of a caption that were typed last."""
        shot = self._shot(self.face)
        if shot is not None and self._caption.text().strip() != shot.attachment.caption:
            self.captioned.emit(shot.attachment, self._caption.text().strip())

    def drop(self, face: Face) -> None:
        """Show a side without a picture."""
        self._prints.pop(face, None)
        if face is self.face:
            self._show()

    def set_aside(self, aside: bool) -> None:
        """Whether it stands beside the boxes, or above them and scrolls with them."""
        self._aside = aside
        self.set_theme(self._look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        left, right = (theme.px(24), theme.px(8)) if self._aside else (0, 0)
        above = theme.px(16) if self._aside else 0
        self._column.setContentsMargins(left, above, right, theme.px(16))
        self._column.setSpacing(theme.px(8))
        self._head.setSpacing(theme.px(4))
        self._feet.setSpacing(theme.px(8))
        self._stack.setMinimumHeight(theme.px(180))

    def _build(self) -> None:
        self._head = QHBoxLayout()
        segments, group = QHBoxLayout(), QButtonGroup(self)
        segments.setSpacing(0)
        self._faces = {face: QPushButton(words) for face, words in self._words().items()}
        for place, button in enumerate(self._faces.values()):
            button.setProperty("kind", "segment")
            button.setProperty("place", {0: "first", len(ORDER) - 1: "last"}.get(place, ""))
            button.setCheckable(True)
            group.addButton(button)
            segments.addWidget(button)
        self._faces[ORDER[0]].setChecked(True)
        group.buttonToggled.connect(lambda _, on: self._show() if on else None)
        self._head.addLayout(segments)
        self._head.addStretch(1)
        look = self._look
        self._tools = [
            ToolButton(look, "zoom-out", self.tr("Smaller"), lambda: self._photo.turn(-1)),
            ToolButton(look, "zoom-in", self.tr("Larger"), lambda: self._photo.turn(1)),
        ]
        for tool in self._tools:
            self._head.addWidget(tool)
        self._feet = FlowLayout()
        self._acts = [
            IconButton(look, "camera", self.tr("Photo…"), self.asked.emit),
            IconButton(look, "copy", self.tr("Paste"), self.pasted.emit),
            IconButton(look, "trash-2", self.tr("Remove"), lambda: self.removed.emit(self.face)),
        ]
        self._acts[0].setAccessibleName(self.tr("Choose photos of the card"))
        self._acts[1].setAccessibleName(self.tr("Paste a photo"))
        self._acts[2].setAccessibleName(self.tr("Remove this photo"))
        for act in self._acts:
            self._feet.addWidget(act)
        stays = self.tr(
            "Photos stay in your notes on this computer; copies for others lose place and camera."
        )
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self._caption)
        self._column.addLayout(self._feet)
        self._column.addWidget(label(stays, "caption", "t2", wrap=True))
        self._column.addWidget(label(self.tr("Or in one line"), "section"))
        self._column.addWidget(self.line)
        self._column.addWidget(self._understood)

    def _words(self) -> dict[Face, str]:
        words = (self.tr("Front"), self.tr("Back"), self.tr("WeChat code"), self.tr("Portrait"))
        return dict(zip(ORDER, words, strict=True))

    def _shot(self, face: Face) -> Shot | None:
        there = self._prints.get(face)
        return there.shot if there else None

    def _show(self) -> None:
        there = self._prints.get(self.face)
        for part in (*self._tools, self._caption, self._acts[2]):
            part.setEnabled(there is not None)
        if there is None:
            self._none.setText(self.tr("Drop a photo here, paste it, or choose one."))
            self._caption.clear()
            self._stack.setCurrentWidget(self._none)
            return
        self._caption.setText(there.shot.attachment.caption)
        self._show_photo(there)

    def _show_photo(self, one: Print) -> None:
        shot = one.shot
        if one.picture.isNull():
            waiting = shot.attachment.stage is Stage.WAITING
            self._none.setText(
                self.tr("The photo is kept; it is being made ready.")
                if waiting
                else self.tr("{name} cannot be shown; it is kept as a file.").format(
                    name=shot.attachment.name
                )
            )
            self._stack.setCurrentWidget(self._none)
            return
        self._photo.show_picture(
            one.picture, shot.attachment.caption or self._faces[self.face].text()
        )
        self._stack.setCurrentWidget(self._photo)
