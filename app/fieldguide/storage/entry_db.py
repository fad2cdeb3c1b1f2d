"""The part of an open file that lists entries and the marked lines of notes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any, Final

from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.entries import Entry, Kind, value_of
from fieldguide.domain.notes import (
    LineKind,
    NoteLine,
    Visibility,
    marked_lines,
    storable,
    text_of,
)
from fieldguide.domain.records import Ref
from fieldguide.domain.script import match_expression
from fieldguide.domain.tables import without_breaks
from fieldguide.errors import BadRequest
from fieldguide.storage.card_db import ref_of

ENTRY_COLUMNS: Final = """note.id, note.about, note.visit, note.visibility, revision.id,
    note.created, note.changed, note.versions, note.deleted, note.title, revision.text"""
"""What ``entry_of`` reads."""
_ENTRY: Final = f"""SELECT {ENTRY_COLUMNS}
    FROM note JOIN revision ON revision.number = note.shown WHERE note.kind = ?1"""
SELECT_ENTRIES: Final = f"{_ENTRY} AND note.deleted = 0 ORDER BY note.number"
SELECT_ENTRIES_ON: Final = f"""{_ENTRY} AND note.deleted = 0
    AND (note.about = ?2 OR note.visit = ?2) ORDER BY note.number"""
SELECT_ENTRIES_STATE: Final = f"""{_ENTRY} AND note.deleted = 0 AND note.state = ?2
    ORDER BY note.due = '', note.due, note.number"""
SELECT_ENTRY: Final = f"{_ENTRY} AND note.id = ?2"
SELECT_FOUND: Final = f"""{_ENTRY} AND note.deleted = 0 AND note.number IN (
    SELECT number FROM note_terms JOIN note ON number = note_terms.rowid
    WHERE note_terms MATCH ?2 AND kind = ?1 ORDER BY note_terms.rowid DESC LIMIT ?3)
    ORDER BY note.latest DESC"""
COUNT_ENTRIES: Final = "SELECT count(*) FROM note WHERE kind = ? AND deleted = 0"
DELETE_LINES: Final = "DELETE FROM line WHERE note = ?"
INSERT_LINE: Final = "INSERT INTO line VALUES (?, ?, ?, ?, ?)"
_LINES: Final = """SELECT note.id, note.about, note.title, note.visit, note.visibility,
    note.created, line.place, line.kind, line.speaker, line.text
    FROM line JOIN note ON note.number = line.note WHERE line.kind = ?1"""
SELECT_LINES: Final = f"{_LINES} ORDER BY note.number, line.place"
SELECT_LINES_ON: Final = f"""{_LINES} AND (note.about = ?2 OR note.visit = ?2)
    ORDER BY note.number, line.place"""

Rows = Callable[..., list[tuple[Any, ...]]]


class EntryRows:
    """Answers with entries as their first heads show them."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self, kind: Kind) -> list[Entry[Any]]:
        """All of a kind, in the order they were begun."""
        return self._entries(kind, SELECT_ENTRIES)

    def on(self, kind: Kind, ref: Ref) -> list[Entry[Any]]:
        """Those on a record or of a visit."""
        return self._entries(kind, SELECT_ENTRIES_ON, str(ref))

    def standing(self, kind: Kind, state: str) -> list[Entry[Any]]:
        """Those in a state; what is due first comes first, what has no date last."""
        return self._entries(kind, SELECT_ENTRIES_STATE, state)

    def one(self, kind: Kind, entry_id: str) -> Entry[Any] | None:
        """One by its id, also from the trash; raises BadRequest when it cannot be read."""
        rows = self._rows(SELECT_ENTRY, kind, entry_id)
        return entry_of(kind, rows[0]) if rows else None

    def found(self, kind: Kind, query: str, limit: int) -> list[Entry[Any]]:
        """Those whose words answer a query, the last saved first."""
        expression = match_expression(query)
        return self._entries(kind, SELECT_FOUND, expression, limit) if expression else []

    def count(self, kind: Kind) -> int:
        """How many there are."""
        return int(self._rows(COUNT_ENTRIES, kind)[0][0])

    def _entries(self, kind: Kind, statement: str, *values: str | int) -> list[Entry[Any]]:
        return list(readable(kind, self._rows(statement, kind, *values)))


class Lines:
    """The marked lines of all notes, kept beside them so that nobody need read the texts."""

    def __init__(self, conn: Connection, rows: Rows) -> None:
        self._conn, self._rows = conn, rows

    def show(self, number: int, text: str) -> None:
        """Keep those of one note anew, in the transaction that saves it."""
        self._conn.execute(DELETE_LINES, (number,))
        for line in marked_lines(text):
            values = (number, line.number, line.kind, storable(line.speaker), storable(line.text))
            self._conn.execute(INSERT_LINE, values)

    def of(self, kinds: Iterable[LineKind], ref: Ref | None = None) -> list[NoteLine]:
        """Those of some kinds, in all notes or in those on a record or of a visit."""
        found = []
        for kind in kinds:
            if ref is None:
                found += self._rows(SELECT_LINES, kind)
            else:
                found += self._rows(SELECT_LINES_ON, kind, str(ref))
        return [_note_line(row) for row in found]


def readable(kind: Kind, rows: Iterable[Sequence[Any]]) -> Iterator[Entry[Any]]:
    """The entries of these rows; one that a newer program wrote keeps nobody from the others."""
    for row in rows:
        with suppress(BadRequest):
            yield entry_of(kind, row)


def entry_of(kind: Kind, row: Sequence[Any]) -> Entry[Any]:
    """What a row of these columns says."""
    entry, about, visit, visibility, revision, created, changed, versions, deleted, title, text = (
        row
    )
    return Entry(
        entry, value_of(kind, text_of(text)), ref_of(about), ref_of(visit),
        Visibility(visibility), revision, datetime.fromisoformat(created),
        datetime.fromisoformat(changed), versions, bool(deleted), title,
    )  # fmt: skip


def _note_line(row: Sequence[Any]) -> NoteLine:
    note, about, title, visit, visibility, created, place, kind, speaker, text = row
    return NoteLine(
        note, ref_of(about), title, ref_of(visit), Visibility(visibility),
        datetime.fromisoformat(created), place, LineKind(kind), speaker, without_breaks(text),
    )  # fmt: skip
