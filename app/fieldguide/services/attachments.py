"""The album: photos and files on notes, kept whole in the one encrypted file."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from fieldguide.domain.attachments import (
    LARGEST_FILE,
    MANY_BYTES,
    MOST_PIXELS,
    Attachment,
    Copies,
    Incoming,
    Removed,
    Stage,
    media_of,
    picture_header,
)
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.storage.attachment_db import ORIGINAL, REPORT
from fieldguide.storage.files import reason, write_whole
from fieldguide.storage.workspace_db import Workspace

CAPTION_LENGTH: Final = 500
NAME_LENGTH: Final = 200
_PICTURE_NAMES: Final = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif"})


@dataclass(frozen=True, slots=True)
class Enclosure:
    """What goes out with a note: a photo without metadata, or a file as it came."""

    name: str
    caption: str
    photo: bool
    read: Callable[[], bytes] | None
    """None for what stays at home: it may tell where it was made."""


def read_file(path: Path) -> Incoming:
    """Read a file that the user chose; raises BadRequest with a sentence when it is refused."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise BadRequest(f"“{path.name}” cannot be read: {reason(error)}.") from error
    return look_at(path.name, data)


def look_at(name: str, data: bytes) -> Incoming:
    """Judge bytes by what they are, not by their name; nothing is decoded.

    Raises BadRequest for what is too large or empty; what is no photo is taken as a file.
    """
    name = Path(name).name[-NAME_LENGTH:]
    if len(data) > LARGEST_FILE:
        most = LARGEST_FILE // 1024**2
        raise BadRequest(f"“{name}” is larger than {most} MB; it was not attached.")
    if not data:
        raise BadRequest(f"“{name}” is empty; it was not attached.")
    header = picture_header(data)
    if header is None:
        posing = Path(name).suffix.lower() in _PICTURE_NAMES
        remark = f"“{name}” is no photo that can be shown; it is kept as a file." if posing else ""
        return Incoming(name, data, media_of(data), remark=remark)
    pixels = header.width * header.height
    if pixels > MOST_PIXELS:
        remark = (
            f"“{name}” has {round(pixels / 1_000_000):,} megapixels, more than the "
            f"{MOST_PIXELS // 1_000_000} that are shown; it is kept as a file."
        )
        return Incoming(name, data, header.media, remark=remark)
    return Incoming(name, data, header.media, header.width, header.height)


class Album:
    """Attachments of one notebook; every method belongs to the thread that opened it."""

    def __init__(self, db: Workspace, clock: Callable[[], datetime]) -> None:
        self._db, self._rows, self._clock = db, db.attachments, clock

    def attach(self, note: str, incoming: Incoming) -> Attachment:
        """Keep a photo or file on a note; on return its original survives a power cut.

        The very same bytes on the same note are kept once.
        """
        with self._db.writing():
            if self._db.created(note) is None:
                raise BadRequest("The note that this belongs to is not there any more.")
            twin = self._rows.twin(note, incoming.data)
            if twin is not None:
                return twin
            attachment = uuid.uuid4().hex
            self._rows.add(attachment, note, incoming, self._clock())
            self._db.index(note)
        return self._one(attachment)

    def attachments(self, note: str) -> list[Attachment]:
        """What hangs on a note, in the order it came."""
        return self._rows.of_note(note)

    def open(self, attachment: Attachment) -> bytes:
        """The original, byte for byte; raises WorkspaceUnavailable when it is not what was kept."""
        data = self._rows.content(attachment.id, ORIGINAL)
        if hashlib.sha256(data).hexdigest() != attachment.sha256:
            raise WorkspaceUnavailable(f"“{attachment.name}” is damaged in the notes file.")
        return data

    def save(self, attachment: Attachment, path: Path) -> None:
        """Write the original as a file of its own, where the user wants it."""
        write_whole(path, self.open(attachment))

    def report_copy(self, attachment: Attachment) -> bytes:
        """A photo without metadata, at most 2,000 pixels long; empty for what is no photo."""
        return self._rows.content(attachment.id, REPORT)

    def put_copies(self, attachment: Attachment, copies: Copies) -> Attachment:
        """Keep what was made of a photo apart from this thread."""
        with self._db.writing():
            self._rows.put_copies(attachment.id, copies)
        return self._one(attachment.id)

    def keep_as_file(self, attachment: Attachment) -> Attachment:
        """Say that a photo cannot be shown; its original stays."""
        with self._db.writing():
            self._rows.set_stage(attachment.id, Stage.FILE)
        return self._one(attachment.id)

    def set_caption(self, attachment: Attachment, caption: str) -> Attachment:
        """Put a line of words to it, which the search finds from now on."""
        with self._db.writing():
            self._rows.set_caption(attachment.id, " ".join(caption.split())[:CAPTION_LENGTH])
            self._db.index(attachment.note)
        return self._one(attachment.id)

    def remove(self, attachment: Attachment) -> None:
        """Take it off its note; it can be put back for thirty days, like a note in the trash."""
        with self._db.writing():
            self._rows.set_removed(attachment.id, self._clock())
            self._db.index(attachment.note)

    def put_back(self, attachment: Attachment) -> Attachment:
        """Undo a removal."""
        with self._db.writing():
            self._rows.set_removed(attachment.id, None)
            self._db.index(attachment.note)
        return self._one(attachment.id)

    def removed(self) -> list[Removed]:
        """What was taken off its note and can be put back, the last first."""
        return self._rows.removed()

    def enclosing(self, audience: str) -> Callable[[str], list[Enclosure]]:
        """What an export for these readers takes along with a note, given its id.

        For oneself all goes as it came, for others without what tells where it was made.
        """
        prepare = self._original if audience == "me" else self._cleaned
        return lambda note: [prepare(one) for one in self.attachments(note)]

    def warning(self) -> str:
        """A sentence when a great deal lies in the notes, otherwise empty."""
        size = self._rows.file_size()
        if size < MANY_BYTES:
            return ""
        return f"Your notes have grown to {size / 1024**3:.1f} GB; each backup takes as much."

    def _original(self, one: Attachment) -> Enclosure:
        return Enclosure(one.name, one.caption, one.stage is Stage.PHOTO, partial(self.open, one))

    def _cleaned(self, one: Attachment) -> Enclosure:
        if one.stage is Stage.WAITING:
            one = self._finished(one)
        if one.stage is Stage.PHOTO:
            name = f"{Path(one.name).stem}.jpg"
            return Enclosure(name, one.caption, True, partial(self.report_copy, one))
        read = None if one.telling else partial(self.open, one)
        return Enclosure(one.name, one.caption, False, read)

    def _finished(self, one: Attachment) -> Attachment:
        """Make the copies of a photo whose making was broken off."""
        from fieldguide.services.pictures import PictureRefused, make_copies

        try:
            copies = make_copies(self.open(one))
        except PictureRefused:
            return self.keep_as_file(one)
        return self.put_copies(one, copies)

    def _one(self, attachment: str) -> Attachment:
        found = self._rows.one(attachment)
        if found is None:
            raise BadRequest("This attachment is not there any more.")
        return found
