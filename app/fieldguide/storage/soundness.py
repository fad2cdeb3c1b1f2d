"""Whether a file of notes is whole: every page, every index, every text beside its own hash."""

import hashlib

from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.notes import revision_id
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.storage import sqlite
from fieldguide.storage.migrations import VERSION, version_of
from fieldguide.storage.workspace_db import revisions


def check(conn: Connection, subject: str) -> int:
    """Read all there is, and answer with the number of notes that are not in the trash.

    Raises WorkspaceUnavailable with a sentence on ``subject`` at the first thing that is wrong.
    """
    with sqlite.translated(WorkspaceUnavailable, subject):
        version = version_of(conn)
        sound = _pages_hold(conn)
        if sound and version > VERSION:
            # What its rows mean only a later program knows.
            return 0
        if not sound or not version or not _rows_hold(conn):
            raise WorkspaceUnavailable(f"{subject} is damaged.")
        return int(conn.execute("SELECT count(*) FROM note WHERE deleted = 0").fetchone()[0])


def _pages_hold(conn: Connection) -> bool:
    # The engine's own check includes the full-text tables.
    return (
        conn.execute("PRAGMA cipher_integrity_check").fetchone() is None
        and conn.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        and conn.execute("PRAGMA foreign_key_check").fetchone() is None
    )


def _rows_hold(conn: Connection) -> bool:
    return _texts_hold(conn) and _all_indexed(conn) and _chunks_hold(conn)


def _texts_hold(conn: Connection) -> bool:
    return all(
        one.id == revision_id(one.note, one.author.id, one.parents, one.draft)
        for one in revisions(conn)
    )


def _all_indexed(conn: Connection) -> bool:
    asked = "SELECT 1 FROM note WHERE number NOT IN (SELECT id FROM note_terms_docsize)"
    return conn.execute(asked).fetchone() is None


def _chunks_hold(conn: Connection) -> bool:
    asked = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'chunk'"
    if conn.execute(asked).fetchone() is None:
        return True
    rows = conn.execute("SELECT sha256, data FROM chunk")
    return all(hashlib.sha256(data).digest() == digest for digest, data in rows)
