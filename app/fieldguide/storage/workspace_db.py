"""The user's file: notes, their revisions, settings. Texts go in and come out byte for byte."""

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.backups import Reason
from fieldguide.domain.entries import Brief, Kind, brief, kind_of
from fieldguide.domain.notes import (
    Author,
    Draft,
    Revision,
    Saved,
    Visibility,
    shown_head,
    storable,
    text_of,
)
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.storage import files, revision_db, sqlite
from fieldguide.storage.attachment_db import Attachments
from fieldguide.storage.card_db import Cards, ref_of
from fieldguide.storage.entry_db import EntryRows, Lines
from fieldguide.storage.key_files import any_there, clear_up
from fieldguide.storage.key_names import NOTES_FILE
from fieldguide.storage.migrations import VERSION, lacks_steps, migrate, version_of
from fieldguide.storage.people_db import PeopleRows
from fieldguide.storage.steady import SteadyConnection
from fieldguide.storage.vault import BACKUPS, Vault

FILE: Final = NOTES_FILE
NEWER: Final = (
    "Your notes were last written by a newer version of the program: "
    "this one shows them and changes nothing."
)
_SUBJECT: Final = "The notes file “workspace.db”"

SELECT_SETTING: Final = "SELECT value FROM setting WHERE key = ?"
UPSERT_SETTING: Final = """INSERT INTO setting VALUES (?, ?)
    ON CONFLICT (key) DO UPDATE SET value = excluded.value"""
SELECT_AUTHOR: Final = "SELECT id, name, person FROM author WHERE id = ?"
UPSERT_AUTHOR: Final = """INSERT INTO author VALUES (?, ?, ?, ?)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, person = excluded.person"""
SELECT_CREATED: Final = "SELECT created FROM note WHERE id = ?"
INSERT_NOTE: Final = """INSERT INTO note (id, created, about, title, visit, visibility, opening,
    changed, deleted, versions, latest, kind)
    VALUES (?, ?, '', '', '', '', '', '', 0, 0, 0, ?)"""
SHOW_NOTE: Final = """UPDATE note SET about = ?, title = ?, visit = ?, visibility = ?, opening = ?,
    changed = ?, deleted = ?, versions = ?, latest = ?, state = ?, due = ?,
    shown = (SELECT number FROM revision WHERE id = ?) WHERE id = ? RETURNING number"""
_REVISION: Final = """SELECT revision.id, note, lamport, revision.created, about, title, visit,
    visibility, deleted, text, author.id, author.name, author.person, (SELECT group_concat(parent,
    ' ') FROM revision_parent WHERE revision_parent.revision = revision.id), number
    FROM revision JOIN author ON author.id = revision.author"""
SELECT_REVISION: Final = f"{_REVISION} WHERE revision.id = ?"
SELECT_HISTORY: Final = f"{_REVISION} WHERE note = ? ORDER BY number DESC"
SELECT_OUTLINE: Final = """SELECT revision.id, author.id, author.name, author.person,
    (SELECT group_concat(parent, ' ') FROM revision_parent
     WHERE revision_parent.revision = revision.id),
    about, title, visit, visibility, deleted, revision.created
    FROM revision JOIN author ON author.id = revision.author WHERE note = ? ORDER BY number DESC
    LIMIT ?"""
COUNT_SAVES: Final = "SELECT count(*) FROM revision WHERE note = ?"
SELECT_HEADS: Final = f"""{_REVISION} WHERE revision.id IN
    (SELECT revision FROM head WHERE note = ?) ORDER BY number"""
SELECT_TEXTS: Final = """SELECT text FROM head JOIN revision ON revision.id = head.revision
    WHERE head.note = ? AND NOT deleted ORDER BY number"""
SELECT_LATEST: Final = "SELECT max(number) FROM revision WHERE note = ?"
FORGET_NOTE: Final = (
    "DELETE FROM line WHERE note = (SELECT number FROM note WHERE id = ?)",
    "DELETE FROM note_terms WHERE rowid = (SELECT number FROM note WHERE id = ?)",
    "DELETE FROM head WHERE note = ?",
    "DELETE FROM revision_parent WHERE revision IN (SELECT id FROM revision WHERE note = ?)",
    "DELETE FROM revision WHERE note = ?",
    "DELETE FROM note WHERE id = ?",
)


def has_workspace(profile: Path) -> bool:
    """Whether there is something to open, or to say that it is damaged."""
    return any_there(profile) or any(_exists(profile / name) for name in (FILE, f"{FILE}-wal"))


def open_workspace(profile: Path, *, create: bool, keys: Vault | None = None) -> "Workspace":
    """Open the file of a profile on the thread that will use it; ``create`` makes what is missing.

    ``keys`` holds the key when a passphrase wraps it. Raises PassphraseNeeded then without it, and
    WorkspaceUnavailable; an existing file is never replaced.
    """
    path, keys = profile / FILE, keys or Vault(profile)
    if not _exists(path):
        _check_not_lost(path)
        if create:
            _create(keys, path)
    if not _exists(path):
        raise WorkspaceUnavailable(f"There are no notes in “{profile.name}” yet.")
    conn = connect(keys)
    try:
        clear_up(profile)
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT):
            if lacks_steps(conn):
                _bring_up_to_date(conn, keys)
            newer = version_of(conn) > VERSION
            steady = SteadyConnection(conn, lambda: connect(keys))
            return _open_newer(steady) if newer else Workspace(steady, "")
    except BaseException:
        sqlite.close(conn)
        raise


def connect(keys: Vault, *, beside: bool = False) -> Connection:
    """The file of a profile, open; ``beside`` as in ``sqlite.connect_workspace``."""
    path = keys.profile / FILE
    key = keys.key()
    try:
        return sqlite.connect_workspace(path, key, beside=beside)
    except WorkspaceUnavailable:
        # The engine says the same of a wrong key, a damaged page and a disk that stumbled once;
        # and a first passphrase may just have put another file with another key in the place.
        return sqlite.connect_workspace(path, keys.key(), beside=beside)


def _bring_up_to_date(conn: Connection, keys: Vault) -> None:
    """Take the steps that an older file lacks, never without a checked copy of it as it was."""
    # Needed once in the life of a version; the way to the window does without it.
    from fieldguide.storage.backups import FOLDER, BackupFolder

    if version_of(conn):
        made = datetime.now().astimezone().replace(microsecond=0)
        folder = BackupFolder(keys.profile / FOLDER, keys)
        folder.add(conn, keys.key_file(), Reason.MIGRATION, made)
    migrate(conn)


def _create(keys: Vault, path: Path) -> None:
    """Build a new file under another name, so that half a file never has the real one."""
    profile = keys.profile
    try:
        files.make_private(profile)
        if not keys.has_key():
            keys.make()
        key = keys.key()
        unfinished = profile / f".{secrets.token_hex(6)}.new"
        # The engine would give the file the rights of every new file; this one is private.
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            _build(unfinished, key)
            files.place_new(unfinished, path)
        finally:
            unfinished.unlink(missing_ok=True)
    except FileExistsError:
        # Another window of the program was quicker; its file is the one.
        return
    except OSError as error:
        raise WorkspaceUnavailable(
            f"Your notes cannot be kept in “{profile}”: {files.reason(error)}."
        ) from error


def _check_not_lost(path: Path) -> None:
    """Nobody is to find an empty notebook where there were notes."""
    left = "its log is" if _exists(path.with_name(f"{FILE}-wal")) else ""
    with suppress(OSError):
        left = left or ("backups of it are" if any((path.parent / BACKUPS).glob("*.db")) else "")
    if left:
        raise WorkspaceUnavailable(
            f"The notes file “{FILE}” is missing although {left} there; "
            "put it back from a backup, nothing has been changed."
        )


def _build(path: Path, key: bytes) -> None:
    conn = sqlite.connect_workspace(path, key, create=True)
    try:
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT):
            migrate(conn)
    finally:
        sqlite.close(conn)


def _exists(path: Path) -> bool:
    # Path.exists raises where the folder itself may not be looked into.
    return os.path.exists(path)


def _open_newer(conn: SteadyConnection) -> "Workspace":
    conn.execute("PRAGMA query_only = ON")
    workspace = Workspace(conn, NEWER)
    try:
        workspace.cards.all(deleted=False)
        workspace.history("")
        workspace.outline("")
        workspace.texts("")
        workspace.cards.found("a", 1)
        workspace.author(workspace.setting("author") or "")
        workspace.attachments.of_note("")
        workspace.attachments.words("")
        workspace.attachments.content("", "")
    except dbapi2.OperationalError as error:
        raise WorkspaceUnavailable(
            "Your notes were last written by a newer version of the program, "
            "and this one cannot read them; open them with that version."
        ) from error
    return workspace


def revisions(conn: Connection) -> Iterator[Revision]:
    """Every saved state in a file, as it lies there."""
    return (_revision(row) for row in conn.execute(_REVISION))


class Workspace:
    """One open file of notes; every method belongs to the thread that opened it."""

    def __init__(self, conn: SteadyConnection, read_only: str) -> None:
        self._conn = conn
        self.attachments = Attachments(conn)
        self.lines = Lines(conn, self._rows)
        self.entries = EntryRows(self._rows)
        self.people = PeopleRows(self._rows)
        self.cards = Cards(self._rows)
        self.read_only = read_only
        """A sentence when nothing may be written, otherwise empty."""

    @contextmanager
    def writing(self) -> Iterator[None]:
        """One transaction for all that is read and written in the block and in blocks in it."""
        if self.read_only:
            raise WorkspaceUnavailable(self.read_only)
        with (
            sqlite.translated(WorkspaceUnavailable, _SUBJECT),
            nullcontext() if self._conn.in_transaction else sqlite.transaction(self._conn),
        ):
            yield

    def close(self) -> None:
        """Close on the same thread; what was saved is in the one file then."""
        sqlite.close(self._conn)

    def setting(self, key: str) -> str | None:
        """A stored value, or None."""
        rows = self._rows(SELECT_SETTING, key)
        return str(rows[0][0]) if rows else None

    def set_setting(self, key: str, value: str) -> None:
        """Store one value."""
        self._conn.execute(UPSERT_SETTING, (key, storable(value)))

    def author(self, author_id: str) -> Author | None:
        """Someone who has written here."""
        rows = self._rows(SELECT_AUTHOR, author_id)
        return _author(*rows[0]) if rows else None

    def put_author(self, author: Author, now: datetime) -> None:
        """Add an author or give one another name."""
        values = (author.id, author.name, str(author.person or ""), now.isoformat())
        self._conn.execute(UPSERT_AUTHOR, values)

    def created(self, note: str) -> datetime | None:
        """When a note was started; None when there is no such note."""
        rows = self._rows(SELECT_CREATED, note)
        return datetime.fromisoformat(rows[0][0]) if rows else None

    def revision(self, revision_id: str) -> Revision | None:
        """One saved state."""
        rows = self._rows(SELECT_REVISION, revision_id)
        return _revision(rows[0]) if rows else None

    def heads(self, note: str) -> list[Revision]:
        """The states that nothing has replaced; two or more are a conflict."""
        return [_revision(row) for row in self._rows(SELECT_HEADS, note)]

    def texts(self, note: str) -> list[str]:
        """The texts of the heads that a search may show."""
        return [text_of(text) for (text,) in self._rows(SELECT_TEXTS, note)]

    def history(self, note: str) -> list[Revision]:
        """Every saved state of a note, the last that arrived first."""
        return [_revision(row) for row in self._rows(SELECT_HISTORY, note)]

    def outline(self, note: str, latest: int | None = None) -> list[Saved]:
        """The saved states of a note, or the last ones, without texts; the first comes first."""
        rows = self._rows(SELECT_OUTLINE, note, -1 if latest is None else latest)
        return [_saved(row) for row in reversed(rows)]

    def saves(self, note: str) -> int:
        """How many saved states of a note there are."""
        return int(self._rows(COUNT_SAVES, note)[0][0])

    def add_note(self, note: str, created: datetime) -> None:
        """Make a note without a revision; ``add_revision`` follows in the same transaction."""
        self._conn.execute(INSERT_NOTE, (note, created.isoformat(), kind_of(note)))

    def add_revision(self, revision: Revision) -> None:
        """Keep a state as a head in place of its parents, and show and index the note anew."""
        revision_db.put(self._conn, revision)
        self._show(revision.note)

    def add_first(self, firsts: Sequence[tuple[Revision, Brief]]) -> None:
        """Keep the first states of many new entries, each with what is shown and found of it."""
        revision_db.put_first(self._conn, firsts)

    def index(self, note: str) -> None:
        """Make what is attached to a note findable, or no longer so."""
        self._show(note)

    def forget(self, note: str) -> None:
        """Remove a note with its whole history and all that was attached."""
        self.attachments.forget_note(note)
        for statement in FORGET_NOTE:
            self._conn.execute(statement, (note,))

    def _show(self, note: str) -> None:
        heads = self.heads(note)
        head = shown_head(heads)
        draft = head.draft
        latest = self._rows(SELECT_LATEST, note)[0][0]
        told = brief(kind_of(note), draft.text)
        deleted = all(revision.draft.deleted for revision in heads)
        shown = (
            str(draft.about or ""), draft.title, str(draft.visit or ""), draft.visibility,
            storable(told.line), head.created.isoformat(), int(deleted), len(heads), latest,
            told.state, told.due, head.id, note,
        )  # fmt: skip
        number = self._conn.execute(SHOW_NOTE, shown).fetchall()[0][0]
        parts = [part for one in heads if not one.draft.deleted for part in _words_of(one)]
        parts += self.attachments.words(note) if parts else []
        revision_db.index(self._conn, number, parts)
        if kind_of(note) is Kind.NOTE:
            self.lines.show(number, "" if deleted else draft.text)

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        # What is asked for may come from a command line in any bytes; it then finds nothing.
        asked = [storable(value) if isinstance(value, str) else value for value in values]
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT), self._conn.watched():
            rows: list[tuple[Any, ...]] = self._conn.execute(statement, asked).fetchall()
            return rows


def _words_of(revision: Revision) -> tuple[str, str]:
    told = brief(kind_of(revision.note), revision.draft.text)
    return revision.draft.title, told.words


def _author(author_id: str, name: str, person: str) -> Author:
    return Author(author_id, name, ref_of(person))


def _saved(row: tuple[Any, ...]) -> Saved:
    about, title, visit, visibility, deleted, created = row[5:]
    return Saved(
        row[0], _author(*row[1:4]), _parents(row[4]), ref_of(about), title, ref_of(visit),
        Visibility(visibility), bool(deleted), datetime.fromisoformat(created),
    )  # fmt: skip


def _parents(joined: str | None) -> tuple[str, ...]:
    return tuple(sorted((joined or "").split()))


def _revision(row: tuple[Any, ...]) -> Revision:
    revision_id, note, lamport, created, about, title, visit, visibility, deleted, text = row[:10]
    draft = Draft(
        ref_of(about), title, ref_of(visit), Visibility(visibility), text_of(text), bool(deleted)
    )
    return Revision(
        revision_id, note, _author(*row[10:13]), _parents(row[13]), lamport, draft,
        datetime.fromisoformat(created),
    )  # fmt: skip
