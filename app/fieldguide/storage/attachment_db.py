"""Attachments in the user's file: originals and copies cut into chunks, each kept once."""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, Final

from fieldguide.domain.attachments import Attachment, Copies, Incoming, Removed, Stage
from fieldguide.domain.notes import storable
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.storage import sqlite
from fieldguide.storage.steady import SteadyConnection

CHUNK_BYTES: Final = 256 * 1024
ORIGINAL: Final = "original"
REPORT: Final = "report"
_SUBJECT: Final = "The notes file “workspace.db”"

_COLUMNS: Final = """attachment.id, note, name, media, size, sha256, width, height, stage, caption,
    added, thumbnail"""
_ATTACHMENT: Final = f"SELECT {_COLUMNS} FROM attachment"
SELECT_ATTACHMENT: Final = f"{_ATTACHMENT} WHERE id = ?"
SELECT_ATTACHMENTS: Final = f"{_ATTACHMENT} WHERE note = ? AND removed = '' ORDER BY number"
SELECT_WORDS: Final = "SELECT caption, name FROM attachment WHERE note = ? AND removed = ''"
SELECT_HAS: Final = "SELECT 1 FROM attachment WHERE note = ? LIMIT 1"
SELECT_TWIN: Final = f"{_ATTACHMENT} WHERE note = ? AND sha256 = ? AND removed = '' LIMIT 1"
SELECT_CHUNK: Final = "SELECT number FROM chunk WHERE sha256 = ?"
SELECT_CONTENT: Final = """SELECT chunk.data FROM piece JOIN chunk ON chunk.number = piece.chunk
    WHERE piece.attachment = ? AND piece.form = ? ORDER BY piece.place"""
SELECT_REMOVED: Final = f"""SELECT {_COLUMNS}, removed, note.title FROM attachment
    JOIN note ON note.id = attachment.note WHERE removed > '' ORDER BY removed DESC"""
COUNT_REMOVED: Final = "SELECT count(*) FROM attachment WHERE removed > ''"
SELECT_SIZE: Final = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
INSERT_ATTACHMENT: Final = """INSERT INTO attachment (id, note, name, media, size, sha256, width,
    height, stage, caption, added, thumbnail, removed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', ?, x'', '')"""
INSERT_CHUNK: Final = "INSERT INTO chunk (sha256, data) VALUES (?, ?)"
INSERT_PIECE: Final = "INSERT INTO piece VALUES (?, ?, ?, ?)"
SHOW_COPIES: Final = """UPDATE attachment SET stage = 'photo', width = ?, height = ?, thumbnail = ?
    WHERE id = ?"""
SHOW_STAGE: Final = "UPDATE attachment SET stage = ? WHERE id = ?"
SHOW_CAPTION: Final = "UPDATE attachment SET caption = ? WHERE id = ?"
SHOW_REMOVED: Final = "UPDATE attachment SET removed = ? WHERE id = ?"
DELETE_PIECES: Final = "DELETE FROM piece WHERE attachment = ? AND form = ?"
SELECT_OF_NOTE: Final = "SELECT id FROM attachment WHERE note = ?"
SELECT_CHUNKS_OF: Final = "SELECT DISTINCT chunk FROM piece WHERE attachment = ?"
DELETE_PIECES_OF: Final = "DELETE FROM piece WHERE attachment = ?"
DELETE_ATTACHMENT: Final = "DELETE FROM attachment WHERE id = ?"
DELETE_CHUNK: Final = """DELETE FROM chunk WHERE number = ?1
    AND NOT EXISTS (SELECT 1 FROM piece WHERE chunk = ?1)"""


class Attachments:
    """The part of an open file that holds attachments; whoever writes holds the transaction."""

    def __init__(self, conn: SteadyConnection) -> None:
        self._conn = conn

    def add(self, attachment_id: str, note: str, incoming: Incoming, now: datetime) -> None:
        """Keep the original, each chunk of it that is new, without a caption."""
        digest = hashlib.sha256(incoming.data).hexdigest()
        self._conn.execute(
            INSERT_ATTACHMENT,
            (
                attachment_id, note, storable(incoming.name), incoming.media, len(incoming.data),
                digest, incoming.width, incoming.height, incoming.stage, now.isoformat(),
            ),
        )  # fmt: skip
        self._put(attachment_id, ORIGINAL, incoming.data)

    def put_copies(self, attachment_id: str, copies: Copies) -> None:
        """Keep what was made of a photo, in place of what was made before."""
        self._conn.execute(DELETE_PIECES, (attachment_id, REPORT))
        self._put(attachment_id, REPORT, copies.report)
        shown = (copies.width, copies.height, copies.thumbnail, attachment_id)
        self._conn.execute(SHOW_COPIES, shown)

    def set_stage(self, attachment_id: str, stage: Stage) -> None:
        """Say that it is a photo, or only a file."""
        self._conn.execute(SHOW_STAGE, (stage, attachment_id))

    def set_caption(self, attachment_id: str, caption: str) -> None:
        """Put other words below it."""
        self._conn.execute(SHOW_CAPTION, (storable(caption), attachment_id))

    def set_removed(self, attachment_id: str, when: datetime | None) -> None:
        """Take it off its note, or put it back with None."""
        self._conn.execute(SHOW_REMOVED, (when.isoformat() if when else "", attachment_id))

    def one(self, attachment_id: str) -> Attachment | None:
        """One attachment, also one that was removed."""
        return next(iter(self._read(SELECT_ATTACHMENT, attachment_id)), None)

    def twin(self, note: str, data: bytes) -> Attachment | None:
        """The attachment of a note that holds these very bytes already."""
        digest = hashlib.sha256(data).hexdigest()
        return next(iter(self._read(SELECT_TWIN, note, digest)), None)

    def of_note(self, note: str) -> list[Attachment]:
        """What is attached to a note, in the order it came."""
        return self._read(SELECT_ATTACHMENTS, note)

    def any_of(self, note: str) -> bool:
        """Whether something ever was attached, removed or not."""
        return bool(self._rows(SELECT_HAS, note))

    def words(self, note: str) -> list[str]:
        """Captions and names, for the search."""
        return [word for row in self._rows(SELECT_WORDS, note) for word in row if word]

    def content(self, attachment_id: str, form: str) -> bytes:
        """The bytes of the original or of the copy for reports; empty where there are none."""
        return b"".join(row[0] for row in self._rows(SELECT_CONTENT, attachment_id, form))

    def removed(self) -> list[Removed]:
        """What was taken off its note, the last first."""
        rows = self._rows(SELECT_REMOVED)
        return [
            Removed(_attachment(row[:12]), datetime.fromisoformat(row[12]), row[13]) for row in rows
        ]

    def count_removed(self) -> int:
        """How many were taken off their notes."""
        return int(self._rows(COUNT_REMOVED)[0][0])

    def forget(self, attachment_id: str) -> None:
        """Remove it with every chunk that nothing else holds."""
        chunks = self._rows(SELECT_CHUNKS_OF, attachment_id)
        self._conn.execute(DELETE_PIECES_OF, (attachment_id,))
        self._conn.execute(DELETE_ATTACHMENT, (attachment_id,))
        for (chunk,) in chunks:
            self._conn.execute(DELETE_CHUNK, (chunk,))

    def forget_note(self, note: str) -> None:
        """Remove all that a note ever had."""
        for (attachment_id,) in self._rows(SELECT_OF_NOTE, note):
            self.forget(attachment_id)

    def file_size(self) -> int:
        """Bytes of the whole file, notes and all."""
        return int(self._rows(SELECT_SIZE)[0][0])

    def _put(self, attachment_id: str, form: str, data: bytes) -> None:
        for place, chunk in enumerate(_chunks(data)):
            digest = hashlib.sha256(chunk).digest()
            known = self._conn.execute(SELECT_CHUNK, (digest,)).fetchone()
            number = known[0] if known else self._insert(digest, chunk)
            self._conn.execute(INSERT_PIECE, (attachment_id, form, place, number))

    def _insert(self, digest: bytes, chunk: bytes) -> int:
        return int(self._conn.execute(INSERT_CHUNK, (digest, chunk)).lastrowid or 0)

    def _read(self, statement: str, *values: str) -> list[Attachment]:
        return [_attachment(row) for row in self._rows(statement, *values)]

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT), self._conn.watched():
            rows: list[tuple[Any, ...]] = self._conn.execute(statement, values).fetchall()
            return rows


def _chunks(data: bytes) -> Iterator[bytes]:
    return (data[start : start + CHUNK_BYTES] for start in range(0, len(data), CHUNK_BYTES))


def _attachment(row: tuple[Any, ...]) -> Attachment:
    attachment, note, name, media, size, sha256, width, height, stage, caption, added, small = row
    return Attachment(
        attachment, note, name, media, size, sha256, width, height, Stage(stage), caption,
        datetime.fromisoformat(added), bytes(small),
    )  # fmt: skip
