"""A program to be killed: moves notes on, restores them, or makes backups, as it is told."""

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from fieldguide.services.backups import Backups
from fieldguide.services.notebook import open_notebook
from fieldguide.storage import migrations, sqlite, workspace_db
from fieldguide.storage.vault import Vault

if TYPE_CHECKING:
    from sqlite_utils import Database


def _add_places(db: "Database") -> None:
    db.execute("CREATE TABLE place (id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT")
    for number in range(8):
        db.execute("INSERT INTO place VALUES (?, ?)", (str(number), "浦东 " * 2_000))


def _rewrite_cards(db: "Database") -> None:
    db.execute("ALTER TABLE note ADD COLUMN place TEXT NOT NULL DEFAULT ''")
    for (number,) in db.execute("SELECT number FROM note").fetchall():
        db.execute("UPDATE note SET place = 'x' WHERE number = ?", (number,))


def _index_places(db: "Database") -> None:
    db.execute("CREATE INDEX note_by_place ON note (place)")
    db.execute("CREATE TABLE copied AS SELECT id, opening FROM note")
    db.execute("DROP TABLE place")


STEPS = (("places", _add_places), ("cards", _rewrite_cards), ("index", _index_places))
"""Steps of a version to come."""


def move_on(profile: Path, last: int) -> None:
    """Take the steps to come, and die at a statement; prints how many there were."""
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    seen = 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == last:
            os.kill(os.getpid(), signal.SIGKILL)

    conn.set_trace_callback(count)
    migrations.migrate(conn, STEPS)
    conn.set_trace_callback(None)
    sqlite.close(conn)
    print(seen, flush=True)


def back_up(profile: Path) -> None:
    """One backup after another, each said when it is there."""
    backups = Backups(profile)
    while True:
        print(backups.make().number, flush=True)


def restore(profile: Path) -> None:
    """Go back to the oldest backup, again and again."""
    backups = Backups(profile)
    oldest = backups.list()[-1]
    print("begun", flush=True)
    while True:
        backups.restore(oldest)
        print("restored", flush=True)


def told(number: int) -> str:
    """The text that is written with this number."""
    return f"{number} " + "a line\n" * (number % 90)


def write(profile: Path) -> None:
    """A second program that asked nobody: save after save, each said when it is kept."""
    notebook = open_notebook(profile, create=True)
    note = notebook.start(None, "")
    for number in range(100_000):
        note = notebook.save(note.id, told(number), note.revision.id)
        print(note.id, note.revision.id, flush=True)


if __name__ == "__main__":
    deed, folder = sys.argv[1], Path(sys.argv[2])
    if deed == "move":
        move_on(folder, int(sys.argv[3]))
    else:
        {"back-up": back_up, "restore": restore, "write": write}[deed](folder)
