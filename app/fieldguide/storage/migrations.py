"""The steps that make the user's file what this version needs, each in one transaction."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.notes import marked_lines, storable, text_of
from fieldguide.storage.sqlite import sqlite_utils_database

if TYPE_CHECKING:
    from sqlite_utils import Database

_NOTES: Final = (
    "CREATE TABLE setting (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE author (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        person TEXT NOT NULL,
        created TEXT NOT NULL
    ) STRICT""",
    # What follows "created" is the shown head once more, so that lists need not read texts.
    """CREATE TABLE note (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        created TEXT NOT NULL,
        about TEXT NOT NULL,
        title TEXT NOT NULL,
        visit TEXT NOT NULL,
        visibility TEXT NOT NULL,
        opening TEXT NOT NULL,
        changed TEXT NOT NULL,
        deleted INTEGER NOT NULL,
        versions INTEGER NOT NULL,
        latest INTEGER NOT NULL
    ) STRICT""",
    "CREATE INDEX note_by_latest ON note (deleted, latest)",
    "CREATE INDEX note_by_about ON note (about, deleted, latest)",
    "CREATE INDEX note_by_visit ON note (visit, deleted, latest)",
    """CREATE TABLE revision (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        note TEXT NOT NULL REFERENCES note (id),
        author TEXT NOT NULL REFERENCES author (id),
        lamport INTEGER NOT NULL,
        created TEXT NOT NULL,
        about TEXT NOT NULL,
        title TEXT NOT NULL,
        visit TEXT NOT NULL,
        visibility TEXT NOT NULL,
        deleted INTEGER NOT NULL,
        text BLOB NOT NULL
    ) STRICT""",
    "CREATE INDEX revision_by_note ON revision (note, number)",
    # A parent may be unknown here: a colleague's history need not be complete.
    """CREATE TABLE revision_parent (
        revision TEXT NOT NULL REFERENCES revision (id),
        parent TEXT NOT NULL,
        PRIMARY KEY (revision, parent)
    ) STRICT, WITHOUT ROWID""",
    """CREATE TABLE head (
        note TEXT NOT NULL REFERENCES note (id),
        revision TEXT NOT NULL REFERENCES revision (id),
        PRIMARY KEY (note, revision)
    ) STRICT, WITHOUT ROWID""",
    # Terms come folded and cut; "ascii" is the one tokenizer that leaves them as they are.
    """CREATE VIRTUAL TABLE note_terms USING fts5 (
        terms, content='', contentless_delete=1, detail=none, tokenize='ascii', prefix='1 2 3 4'
    )""",
)

_ATTACHMENTS: Final = (
    """CREATE TABLE attachment (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL UNIQUE,
        note TEXT NOT NULL REFERENCES note (id),
        name TEXT NOT NULL,
        media TEXT NOT NULL,
        size INTEGER NOT NULL,
        sha256 TEXT NOT NULL,
        width INTEGER NOT NULL,
        height INTEGER NOT NULL,
        stage TEXT NOT NULL,
        caption TEXT NOT NULL,
        added TEXT NOT NULL,
        thumbnail BLOB NOT NULL,
        removed TEXT NOT NULL
    ) STRICT""",
    "CREATE INDEX attachment_by_note ON attachment (note, removed, number)",
    "CREATE INDEX attachment_by_removed ON attachment (removed)",
    """CREATE TABLE chunk (
        number INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL UNIQUE,
        data BLOB NOT NULL
    ) STRICT""",
    """CREATE TABLE piece (
        attachment TEXT NOT NULL REFERENCES attachment (id),
        form TEXT NOT NULL,
        place INTEGER NOT NULL,
        chunk INTEGER NOT NULL REFERENCES chunk (number),
        PRIMARY KEY (attachment, form, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX piece_by_chunk ON piece (chunk)",
)

# What lists ask for of the shown head once more: its number, how it stands, when it is due, and
# the lines of a note that are more than plain.
_ENTRIES: Final = (
    "ALTER TABLE note ADD COLUMN kind TEXT NOT NULL DEFAULT 'note'",
    "ALTER TABLE note ADD COLUMN shown INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE note ADD COLUMN state TEXT NOT NULL DEFAULT ''",
    "ALTER TABLE note ADD COLUMN due TEXT NOT NULL DEFAULT ''",
    """UPDATE note SET shown = (SELECT revision.number FROM head
        JOIN revision ON revision.id = head.revision WHERE head.note = note.id
        ORDER BY lamport DESC, revision.id DESC LIMIT 1)""",
    "CREATE INDEX note_by_kind ON note (kind, deleted, latest)",
    "CREATE INDEX note_by_filing ON note (kind, deleted, about)",
    """CREATE TABLE line (
        note INTEGER NOT NULL REFERENCES note (number),
        place INTEGER NOT NULL,
        kind TEXT NOT NULL,
        speaker TEXT NOT NULL,
        text TEXT NOT NULL,
        PRIMARY KEY (note, place)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX line_by_kind ON line (kind)",
)


def _make_notes(db: "Database") -> None:
    for statement in _NOTES:
        db.execute(statement)


def _make_attachments(db: "Database") -> None:
    for statement in _ATTACHMENTS:
        db.execute(statement)


def _make_entries(db: "Database") -> None:
    for statement in _ENTRIES:
        db.execute(statement)
    shown = "SELECT note.number, text FROM note JOIN revision ON revision.number = note.shown"
    for number, text in db.execute(shown).fetchall():
        for line in marked_lines(text_of(text)):
            values = (number, line.number, line.kind, storable(line.speaker), storable(line.text))
            db.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?)", values)


Step = tuple[str, Callable[["Database"], None]]
MIGRATIONS: Final[tuple[Step, ...]] = (
    ("make_notes", _make_notes),
    ("make_attachments", _make_attachments),
    ("make_entries", _make_entries),
)
"""Name and deed of each step; released steps are never changed, new ones only added."""

VERSION: Final = len(MIGRATIONS)
"""What ``PRAGMA user_version`` says of a file that has had every step."""


def version_of(conn: Connection) -> int:
    """How many steps a file has had; more than VERSION when a newer program wrote it."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])


def lacks_steps(conn: Connection) -> bool:
    """Whether a file is older than this version."""
    return version_of(conn) < VERSION


def migrate(conn: Connection, added: tuple[Step, ...] = ()) -> None:
    """Apply the steps that a file lacks; costs one look when it lacks none.

    ``added`` are steps of a version to come, for trying what one of them does to a file.
    """
    if version_of(conn) >= VERSION + len(added):
        return
    database = sqlite_utils_database(conn)
    from sqlite_utils.migrations import Migrations

    steps = Migrations("workspace")
    for number, (name, deed) in enumerate((*MIGRATIONS, *added), start=1):
        steps(name=name)(_numbered(number, deed))
    steps.apply(database)


def _numbered(number: int, deed: Callable[["Database"], None]) -> Callable[["Database"], None]:
    def step(db: "Database") -> None:
        deed(db)
        db.execute(f"PRAGMA user_version = {number}")

    return step
