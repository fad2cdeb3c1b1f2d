"""How every database is opened, written in one piece, closed, and its errors put into words."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any, Final

import sqlcipher3
from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from fieldguide.errors import (
    FieldGuideError,
    GuideUnreadable,
    MapUnreadable,
    WorkspaceUnavailable,
)
from fieldguide.storage.files import reason

if TYPE_CHECKING:
    from sqlite_utils import Database

OLDEST_ENGINE: Final = (3, 51, 3)
"""Older engines can corrupt a file when a write-ahead log is reset."""

KEY_BYTES: Final = 32
_PLAIN_HEADER: Final = b"SQLite format 3\x00"

_GUIDE_SETTINGS: Final = (
    ("query_only", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
    ("mmap_size", "0", 0),
    ("temp_store", "MEMORY", 2),
    ("cache_size", "-4096", -4096),
)
_CIPHER_SETTINGS: Final = (
    ("cipher_page_size", "4096", "4096"),
    ("cipher_use_hmac", "ON", "1"),
    ("cipher_hmac_algorithm", "HMAC_SHA512", "HMAC_SHA512"),
    ("cipher_kdf_algorithm", "PBKDF2_HMAC_SHA512", "PBKDF2_HMAC_SHA512"),
    ("cipher_plaintext_header_size", "0", "0"),
)
"""What the engine takes by itself, said so that no later one can take something else."""

_WORKSPACE_SETTINGS: Final = (
    ("busy_timeout", "5000", 5000),
    ("journal_mode", "WAL", "wal"),
    ("synchronous", "FULL", 2),
    ("fullfsync", "ON", 1),
    ("checkpoint_fullfsync", "ON", 1),
    ("mmap_size", "0", 0),
    ("temp_store", "MEMORY", 2),
    ("secure_delete", "ON", 1),
    ("foreign_keys", "ON", 1),
    ("trusted_schema", "OFF", 0),
    ("cell_size_check", "ON", 1),
)

_COPY_SETTINGS: Final = tuple(
    ("journal_mode", "DELETE", "delete") if setting[0] == "journal_mode" else setting
    for setting in _WORKSPACE_SETTINGS
)
"""A copy that lies alone needs no log beside it."""

_COPIED_PAGES: Final = 2_000
_PATIENCE_S: Final = 5.0
_PAUSE_S: Final = 0.02
_BUSY: Final = (5, 6)
_INTERRUPTED: Final = 9
_NOT_A_DATABASE: Final = 26
_OF_DISK: Final = (10, 11, _NOT_A_DATABASE)
_SENTENCES: Final = {
    3: "{} cannot be opened: this user may not read it.",
    5: "{} is in use by another program; close it and try again.",
    6: "{} is in use by another program; close it and try again.",
    7: "{} cannot be used: the computer is short of memory.",
    8: "{} cannot be written: the file or its folder is read-only.",
    _INTERRUPTED: "{} was left as it is, because the program is closing.",
    10: "{} cannot be reached: the disk reports an error.",
    11: "{} is damaged.",
    13: "{} cannot be written: the disk is full.",
    14: "{} cannot be opened: it is missing, or this user may not use its folder.",
    _NOT_A_DATABASE: "{} cannot be read: it is damaged, or it is another kind of file.",
}
"""Primary result code of the engine -> what to tell the user."""
_NUMBERLESS: Final = {
    "database is locked": 5,
    "database table is locked": 6,
    "out of memory": 7,
    "attempt to write a readonly database": 8,
    "disk I/O error": 10,
    "database disk image is malformed": 11,
    "database or disk is full": 13,
    "unable to open database file": 14,
    "file is not a database": _NOT_A_DATABASE,
}
"""What the driver says when copying fails, without a result code -> that code."""


@contextmanager
def translated(error: type[FieldGuideError], subject: str) -> Iterator[None]:
    """Turn what the engine reports into ``error`` with a sentence on ``subject``.

    Mistakes in a statement are the program's own and pass unchanged.
    """
    try:
        yield
    except dbapi2.DatabaseError as problem:
        sentence = _SENTENCES.get(_code_of(problem))
        if sentence is None:
            raise
        raise error(sentence.format(subject)) from problem


def connect_guide(path: Path) -> Connection:
    """Open a guide for reading only; the file must never change while it is open.

    Raises GuideUnreadable.
    """
    return _connect_unchanging(path, GuideUnreadable, f"The guide “{path.name}”")


def connect_map(path: Path) -> Connection:
    """Open a map of whatever origin in the same way. Raises MapUnreadable."""
    return _connect_unchanging(path, MapUnreadable, f"The map “{path.name}”")


def _connect_unchanging(path: Path, error: type[FieldGuideError], subject: str) -> Connection:
    try:
        with translated(error, subject):
            conn = _connect(path, "mode=ro&immutable=1")
            with _closed_on_error(conn):
                _check_engine(conn)
                _set(conn, _GUIDE_SETTINGS)
                conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            return conn
    except (dbapi2.DatabaseError, UnicodeDecodeError) as problem:
        # No statement of the program is at fault: nothing but the file has spoken yet, and even
        # the words of the error may be damaged.
        raise error(_SENTENCES[_NOT_A_DATABASE].format(subject)) from problem


def connect_workspace(
    path: Path, key: bytes, *, create: bool = False, beside: bool = False
) -> Connection:
    """Open the encrypted file of the user with its raw key; ``create`` allows a new or empty one.

    ``beside`` says that this process may have it open already. Raises WorkspaceUnavailable, also
    when the file on disk would not be encrypted.
    """
    subject = f"The notes file “{path.name}”"
    until = time.monotonic() + _PATIENCE_S
    with translated(WorkspaceUnavailable, subject):
        while True:
            try:
                return _connect_workspace(path, key, subject, create=create, beside=beside)
            except dbapi2.OperationalError as problem:
                # Not the engine's own waiting: the file may get another while it is locked.
                if not _is_busy(problem) or time.monotonic() > until:
                    raise
                time.sleep(_PAUSE_S)


def _connect_workspace(
    path: Path, key: bytes, subject: str, *, create: bool, beside: bool
) -> Connection:
    if not create and not beside:
        # Before the engine has it: closing a file gives back every lock of a process on it.
        _check_encrypted(path, subject)
    conn = _connect(path, "mode=rwc" if create else "mode=rw")
    with _closed_on_error(conn):
        _unlock(conn, path, key, subject, fresh=create)
        conn.execute("PRAGMA busy_timeout = 0").fetchone()
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        _set(conn, _WORKSPACE_SETTINGS)
        conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        if conn.execute("PRAGMA cipher_status").fetchone()[0] != "1":
            raise WorkspaceUnavailable(f"{subject} is not encrypted; it stays closed.")
    return conn


def copy_workspace(
    source: Connection, path: Path, key: bytes, stopped: Callable[[], bool] = lambda: False
) -> None:
    """Copy all that is committed now into an empty encrypted file; who writes is not kept waiting.

    The copy is one file with no log beside it. Raises WorkspaceUnavailable, also when ``stopped``.
    """

    def look(*_: int) -> None:
        if stopped():
            raise WorkspaceUnavailable(_SENTENCES[_INTERRUPTED].format(subject))

    subject = "The copy of your notes"
    with translated(WorkspaceUnavailable, subject):
        target = _connect(path, "mode=rw")
        try:
            _unlock(target, path, key, subject, fresh=True)
            _set(target, _COPY_SETTINGS)
            # One reading for all steps: otherwise each save in between would begin it anew.
            source.execute("BEGIN")
            source.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            source.backup(target, pages=_COPIED_PAGES, progress=look)
        finally:
            if source.in_transaction:
                source.execute("COMMIT")
            target.close()
        # The first page says how its source kept a log; only a new opening can change that.
        target = _connect(path, "mode=rw")
        try:
            _unlock(target, path, key, subject, fresh=False)
            _set(target, _COPY_SETTINGS)
            _check_encrypted(path, subject)
        finally:
            target.close()


def connect_copy(path: Path, key: bytes) -> Connection:
    """Open such a copy for reading; nothing is made beside it. Raises WorkspaceUnavailable."""
    subject = f"The backup “{path.name}”"
    with translated(WorkspaceUnavailable, subject):
        conn = _connect(path, "mode=ro")
        with _closed_on_error(conn):
            _unlock(conn, path, key, subject, fresh=False)
            _set(conn, _GUIDE_SETTINGS)
            conn.execute("SELECT count(*) FROM sqlite_schema").fetchone()
            _check_encrypted(path, subject)
    return conn


def stand_alone(conn: Connection) -> None:
    """Fold the log in and remove it; raises an error of the engine while anyone else is there."""
    conn.execute("PRAGMA busy_timeout = 1000")
    conn.execute("PRAGMA journal_mode = DELETE").fetchone()


def hold_alone(conn: Connection, path: Path) -> None:
    """Keep everybody else out until this connection is closed, with no log and no journal beside.

    Raises an error of the engine while anyone else is there.
    """
    stand_alone(conn)
    conn.execute("PRAGMA locking_mode = EXCLUSIVE").fetchone()
    version = conn.execute("PRAGMA user_version").fetchone()[0]
    with transaction(conn):
        # Only what has written keeps the lock.
        conn.execute(f"PRAGMA user_version = {version}")
    conn.execute("PRAGMA journal_mode = MEMORY").fetchone()
    # The engine keeps the journal of that write, which says nothing any more. No other file that
    # takes this name may find it; a system that does not let go of open files keeps it for now.
    with suppress(OSError):
        path.with_name(f"{path.name}-journal").unlink(missing_ok=True)


def is_of_disk(problem: dbapi2.DatabaseError) -> bool:
    """Whether a page could not be read or written, or was not what it should be."""
    return _code_of(problem) in _OF_DISK


def address_of(path: PurePath) -> str:
    """A whole path as the engine reads it: it knows no host, so a share is part of the path."""
    address = path.as_uri()
    return address if address.startswith("file:///") else f"file://{address[5:]}"


@contextmanager
def transaction(conn: Connection) -> Iterator[None]:
    """Hold the write lock from the start; all of the block is kept, or none of it."""
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        conn.execute("COMMIT")
    except BaseException:
        if conn.in_transaction:
            conn.execute("ROLLBACK")
        raise


def close(conn: Connection) -> None:
    """Fold the write-ahead log into the file, then close; call it on the connection's own thread.

    A closing connection does the same work while every other thread stands still.
    """
    try:
        # On a guide, or when another program is writing, there is nothing to fold.
        conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except dbapi2.DatabaseError:
        # The log stays beside the file and is folded in at the next opening.
        pass
    finally:
        conn.close()


def sqlite_utils_database(conn: Connection) -> "Database":
    """Wrap a connection for sqlite-utils, which is slow to import: not for the way to a window."""
    # It only knows the errors of the driver it finds under this name.
    sys.modules.setdefault("pysqlite3", sqlcipher3)
    sys.modules.setdefault("pysqlite3.dbapi2", dbapi2)
    from sqlite_utils import Database

    return Database(conn)


def _connect(path: Path, mode: str) -> Connection:
    address = address_of(path.absolute())
    return dbapi2.connect(f"{address}?{mode}", uri=True, isolation_level=None)


@contextmanager
def _closed_on_error(conn: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        conn.close()
        raise


def _unlock(conn: Connection, path: Path, key: bytes, subject: str, *, fresh: bool) -> None:
    if len(key) != KEY_BYTES:
        raise ValueError(f"a workspace key has {KEY_BYTES} bytes")
    if not fresh and path.stat().st_size == 0:
        # The engine would take it for a new file and start afresh.
        raise WorkspaceUnavailable(f"{subject} is damaged: nothing is left in it.")
    # The cipher otherwise writes every failed page to standard error.
    conn.execute("PRAGMA cipher_log_level = NONE")
    conn.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    _check_engine(conn)
    _set(conn, _CIPHER_SETTINGS)


def _check_engine(conn: Connection) -> None:
    version: tuple[int, ...] = dbapi2.sqlite_version_info
    cipher = conn.execute("PRAGMA cipher_version").fetchone()
    fts5 = conn.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0]
    if version < OLDEST_ENGINE or not fts5 or not cipher or not cipher[0]:
        raise FieldGuideError(
            f"The database engine {dbapi2.sqlite_version} of this installation is not the one "
            "that the program needs; install the program again."
        )


def _set(conn: Connection, settings: tuple[tuple[str, str, Any], ...]) -> None:
    for name, value, _ in settings:
        conn.execute(f"PRAGMA {name} = {value}").fetchall()
    for name, value, wanted in settings:
        seen = conn.execute(f"PRAGMA {name}").fetchone()[0]
        if seen != wanted:
            raise FieldGuideError(
                f"The database engine refuses the setting {name} = {value}; "
                "the file stays closed so that nothing can be lost."
            )


def _is_busy(problem: dbapi2.OperationalError) -> bool:
    return _code_of(problem) in _BUSY


def _code_of(problem: dbapi2.DatabaseError) -> int:
    code: int | None = getattr(problem, "sqlite_errorcode", None)
    return _NUMBERLESS.get(str(problem), 0) if code is None else code & 0xFF


def _check_encrypted(path: Path, subject: str) -> None:
    try:
        with path.open("rb") as file:
            header = file.read(len(_PLAIN_HEADER))
    except FileNotFoundError:
        return
    except OSError as error:
        raise WorkspaceUnavailable(f"{subject} cannot be read: {reason(error)}.") from error
    if header == _PLAIN_HEADER:
        raise WorkspaceUnavailable(f"{subject} is not encrypted; it stays closed.")
