"""A folder of backups: each a whole encrypted file with its own copy of the key beside it."""

import hashlib
import json
import os
import secrets
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Final

from sqlcipher3.dbapi2 import Connection

from fieldguide.domain.backups import Backup, Reason, kept
from fieldguide.errors import FieldGuideError, WorkspaceUnavailable
from fieldguide.storage import files, key_files, soundness, sqlite
from fieldguide.storage.instance import Lock
from fieldguide.storage.key_names import KEY_FILE
from fieldguide.storage.vault import BACKUPS, Vault
from fieldguide.storage.workspace_db import connect

FOLDER: Final = BACKUPS
LOCK_FILE: Final = "backups.lock"
SECOND_FILE: Final = "second-copy.json"
_STEPS: Final = 1_000
"""Steps of the engine between two looks whether to go on; well below a millisecond."""
_PRIVATE: Final = 0o600
_MARKS: Final = (
    "SELECT count(*), max(number) FROM note",
    "SELECT count(*), max(number) FROM revision",
    "SELECT count(*) FROM head",
    "SELECT id, name, person FROM author ORDER BY id",
    "SELECT key, value FROM setting ORDER BY key",
    "SELECT count(*), max(number) FROM chunk",
    "SELECT id, stage, caption, removed FROM attachment ORDER BY id",
)
"""All that can change: revisions and chunks are only added, or go with their note."""


class BackupFolder:
    """Backups in one folder, on this computer or on a stick."""

    def __init__(
        self, folder: Path, keys: Vault, stopped: Callable[[], bool] = lambda: False
    ) -> None:
        self.folder = folder
        self.keys = keys
        self._stopped = stopped

    def backups(self) -> list[Backup]:
        """What is there, the newest first; looking makes nothing."""
        try:
            entries = list(os.scandir(self.folder))
        except OSError:
            return []
        found = (
            Backup.named(entry.name.removesuffix(".db"), entry.stat().st_size)
            for entry in entries
            if entry.name.endswith(".db")
        )
        return sorted((one for one in found if one), key=lambda one: one.number, reverse=True)

    def file(self, backup: Backup) -> Path:
        """Where the copy of the notes lies."""
        return self.folder / f"{backup.name}.db"

    def key_file(self, backup: Backup) -> Path:
        """Where its copy of the key lies."""
        return self.folder / f"{backup.name}.key"

    def key(self, backup: Backup) -> bytes:
        """The content of its copy of the key; raises WorkspaceUnavailable.

        Where that is lost, the key of the profile: most often it is the same one.
        """
        lost: OSError | None = None
        content = b""
        try:
            content = self.key_file(backup).read_bytes()
        except OSError as error:
            lost = error
        if not key_files.is_sound(content):
            with suppress(WorkspaceUnavailable):
                return self.keys.key_file()
        if lost is not None:
            raise WorkspaceUnavailable(
                f"The key of the backup “{backup.name}” cannot be read: {files.reason(lost)}."
            ) from lost
        return content

    def add(self, source: Connection, key_content: bytes, reason: Reason, made: datetime) -> Backup:
        """Copy what is committed now, open the copy again, check all of it, and give it its name.

        Raises WorkspaceUnavailable; whatever goes wrong, the other backups stay as they are.
        """
        with self._held():
            unfinished = self._begin()
            try:
                key = self.keys.key_of(key_content)
                sqlite.copy_workspace(source, unfinished, key, self._stopped)
                notes = self._sound(unfinished, key, "The copy of your notes")
                backup = Backup(self._next(), made, reason, notes, unfinished.stat().st_size)
                files.write_new(self.key_file(backup), key_content, mode=_PRIVATE)
                files.place_new(unfinished, self.file(backup))
                self.keys.follow(self.key_file(backup))
            finally:
                _remove_with_logs(unfinished)
        return backup

    def take(self, other: "BackupFolder", backup: Backup) -> None:
        """Copy a backup from another folder under the same name, and check it here."""
        with self._held():
            content = other.key(backup)
            unfinished = self._begin()
            try:
                with other.file(backup).open("rb") as source, unfinished.open("r+b") as target:
                    shutil.copyfileobj(source, target, 1024 * 1024)
                    target.flush()
                    os.fsync(target.fileno())
                self._sound(unfinished, self.keys.key_of(content), "The second copy of your notes")
                self.key_file(backup).unlink(missing_ok=True)
                files.write_new(self.key_file(backup), content, mode=_PRIVATE)
                unfinished.replace(self.file(backup))
                files.sync_folder(self.folder)
                self.keys.follow(self.key_file(backup))
            finally:
                _remove_with_logs(unfinished)

    def set_aside(self, damaged: Path, made: datetime) -> None:
        """Keep a file that does not open, with its log and its key, as it is."""
        with self._held():
            backup = Backup(self._next(), made, Reason.DAMAGED, 0)
            copies = {
                damaged.with_name(f"{damaged.name}-wal"): f"{backup.name}.db-wal",
                damaged.with_name(KEY_FILE): f"{backup.name}.key",
                damaged: f"{backup.name}.db",
            }
            for path, name in copies.items():
                if path.exists():
                    unfinished = self._begin()
                    shutil.copyfile(path, unfinished)
                    files.place_new(unfinished, self.folder / name)

    def check(self, backup: Backup) -> int:
        """Read all of it, and answer with its notes; raises WorkspaceUnavailable."""
        content = self.key(backup)
        key = self.keys.key_of(content)
        notes = self._sound(self.file(backup), key, f"The backup “{backup.name}”")
        self._mend(backup, content)
        return notes

    def mark(self, backup: Backup) -> bytes:
        """What ``mark_of`` says of it, at once; raises WorkspaceUnavailable."""
        conn = sqlite.connect_copy(self.file(backup), self.keys.key_of(self.key(backup)))
        try:
            return mark_of(conn)
        finally:
            conn.close()

    def rotate(self) -> list[Backup]:
        """Let go of what is no longer kept; the caller has just checked the newest one."""
        with self._held():
            backups = self.backups()
            kept_ones = kept(backups)
            gone = [backup for backup in backups if backup not in kept_ones]
            for backup in gone:
                # Never a key without its file: that would only be left lying.
                for path in (self.file(backup), self.key_file(backup)):
                    path.unlink(missing_ok=True)
                self.file(backup).with_suffix(".db-wal").unlink(missing_ok=True)
        return gone

    def lying_open(self) -> list[Backup]:
        """Those that anyone can read who has them: no secret wraps their key."""
        return [one for one in self.backups() if key_files.lies_open(self.key_file(one))]

    def forget(self, backups: Sequence[Backup]) -> None:
        """Remove backups, their keys first; raises WorkspaceUnavailable."""
        with self._held():
            # What is left of a key says until the end that its file is to go, if we are killed.
            for backup in backups:
                key_files.shred(self.key_file(backup))
            for backup in backups:
                _remove_with_logs(self.file(backup))
                self.key_file(backup).unlink(missing_ok=True)
            files.sync_folder(self.folder)

    def _next(self) -> int:
        return 1 + max((backup.number for backup in self.backups()), default=0)

    def _mend(self, backup: Backup, content: bytes) -> None:
        """Keep the key that has just opened it beside it again, where its own copy was lost."""
        with suppress(OSError, FieldGuideError):
            path = self.key_file(backup)
            if not path.exists() or not key_files.is_sound(path.read_bytes()):
                files.write_whole(path, content, mode=_PRIVATE)

    def _keys_alone(self) -> list[Path]:
        """Keys of backups that were never finished, or are half gone."""
        keys = (key for key in self.folder.glob("*.key") if Backup.named(key.stem, 0))
        return [key for key in keys if not key.with_suffix(".db").exists()]

    def _begin(self) -> Path:
        unfinished = self.folder / f".{secrets.token_hex(6)}.new"
        # The engine would give the file the rights of every new file; this one is private.
        os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
        return unfinished

    def _sound(self, path: Path, key: bytes, subject: str) -> int:
        conn = sqlite.connect_copy(path, key)
        try:
            conn.set_progress_handler(self._stopped, _STEPS)
            return soundness.check(conn, subject)
        finally:
            conn.close()

    @contextmanager
    def _held(self) -> Iterator[None]:
        """The folder for us alone, without what a killed program left in it."""
        lock = Lock(self.folder / LOCK_FILE)
        try:
            files.make_private(self.folder)
            if not lock.take():
                raise WorkspaceUnavailable("Another window of the program is making a backup.")
            for left in (*self.folder.glob(".*.new*"), *self._keys_alone()):
                left.unlink(missing_ok=True)
            yield
        except OSError as error:
            raise WorkspaceUnavailable(
                f"The backup cannot be made: {files.reason(error)}."
            ) from error
        finally:
            lock.release()


def back_up(folder: BackupFolder, reason: Reason, made: datetime) -> Backup:
    """Back up the notes of a profile beside whoever writes; raises WorkspaceUnavailable."""
    content = folder.keys.key_file()
    conn = connect(folder.keys, beside=True)
    try:
        return folder.add(conn, content, reason, made)
    finally:
        sqlite.close(conn)


def mark_of_notes(keys: Vault) -> bytes:
    """What ``mark_of`` says of the notes of a profile now; raises WorkspaceUnavailable."""
    conn = connect(keys, beside=True)
    try:
        return mark_of(conn)
    finally:
        sqlite.close(conn)


def second_folder(profile: Path) -> Path | None:
    """Where each backup is copied to; None when no second place was chosen."""
    try:
        chosen = json.loads((profile / FOLDER / SECOND_FILE).read_bytes())
        return Path(str(chosen["folder"]), str(chosen["name"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def mark_of(conn: Connection) -> bytes:
    """A hash that changes with anything that is kept; needs no reading of texts."""
    with sqlite.translated(WorkspaceUnavailable, "The notes file"):
        known = {name for (name,) in conn.execute("SELECT name FROM sqlite_schema")}
        digest = hashlib.sha256()
        for statement in _MARKS:
            table = statement.partition(" FROM ")[2].split()[0]
            rows = conn.execute(statement).fetchall() if table in known else None
            digest.update(f"{statement}\n{rows}\n".encode("utf-8", "surrogatepass"))
    return digest.digest()


def _remove_with_logs(path: Path) -> None:
    for ending in ("", "-journal", "-wal", "-shm"):
        path.with_name(path.name + ending).unlink(missing_ok=True)
