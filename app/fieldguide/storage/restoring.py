"""Putting a backup in the place of the user's file; what was there before is kept."""

import os
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fieldguide.domain.backups import Backup, Reason
from fieldguide.domain.safety import KeyState
from fieldguide.errors import PassphraseNeeded, WorkspaceUnavailable
from fieldguide.storage import files, soundness, sqlite
from fieldguide.storage.backups import BackupFolder
from fieldguide.storage.vault import Vault
from fieldguide.storage.workspace_db import FILE

_SUBJECT = "The notes file “workspace.db”"


@dataclass(frozen=True, slots=True)
class PutBack:
    """What was done: ``key_alone`` when only the key was lost and the notes are as they were."""

    key_alone: bool
    before: Backup | None
    """The backup of what was there; None when there was nothing, or nothing that opens."""
    aside: bool
    """Whether something was there that did not open; it is kept as it was."""


def put_back(
    backups: BackupFolder, backup: Backup, kept_in: BackupFolder, made: datetime
) -> PutBack:
    """Restore a backup, after all of it was checked; the user's file must be closed.

    Killed at any moment, either the file of before or the restored one is there, whole.
    Raises WorkspaceUnavailable; then nothing was changed.
    """
    content, keys = backups.key(backup), backups.keys
    profile = keys.profile
    path = profile / FILE
    key = _live_key(keys)
    if key is None and path.exists() and _needs_passphrase(keys, content):
        # Whether the notes are whole is seen when they are unlocked with it.
        keys.put_back(content)
        return PutBack(True, None, False)
    backups.check(backup)
    if key is None and _opens(path, keys.key_of(content)):
        keys.put_back(content)
        return PutBack(True, None, False)
    try:
        files.make_private(profile)
        ready = _ready(profile, backups, backup, key or keys.key_of(content))
        try:
            there = path.exists()
            before = _keep(path, key, kept_in, made)
            if key is None:
                keys.put_back(content)
            # A log that stays would be read into the file that takes its place.
            for ending in ("-wal", "-shm"):
                path.with_name(FILE + ending).unlink(missing_ok=True)
            ready.replace(path)
            files.sync_folder(profile)
        finally:
            ready.unlink(missing_ok=True)
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The backup cannot be put back: {files.reason(error)}."
        ) from error
    return PutBack(False, before, there and before is None)


def _live_key(keys: Vault) -> bytes | None:
    """The key of the notes that are there; None when it is missing or damaged.

    One that is only out of reach, or that a newer program wrote, is not to be replaced.
    """
    lost = (KeyState.EMPTY, KeyState.MISSING, KeyState.DAMAGED)
    return None if keys.state() in lost else keys.key()


def _needs_passphrase(keys: Vault, content: bytes) -> bool:
    try:
        keys.key_of(content)
    except PassphraseNeeded:
        return True
    return False


def _opens(path: Path, key: bytes) -> bool:
    """Whether a file is whole with this key; looking leaves it and its log as they are."""
    try:
        conn = sqlite.connect_copy(path, key)
    except WorkspaceUnavailable:
        return False
    try:
        soundness.check(conn, _SUBJECT)
    except WorkspaceUnavailable:
        return False
    finally:
        conn.close()
    return True


def _ready(profile: Path, backups: BackupFolder, backup: Backup, key: bytes) -> Path:
    """The restored file under another name, checked."""
    ready = profile / f".{secrets.token_hex(6)}.new"
    os.close(os.open(ready, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    try:
        source = sqlite.connect_copy(backups.file(backup), backups.keys.key_of(backups.key(backup)))
        try:
            sqlite.copy_workspace(source, ready, key)
        finally:
            source.close()
        copy = sqlite.connect_copy(ready, key)
        try:
            soundness.check(copy, "The restored file")
        finally:
            copy.close()
    except BaseException:
        ready.unlink(missing_ok=True)
        raise
    return ready


def _keep(path: Path, key: bytes | None, kept_in: BackupFolder, made: datetime) -> Backup | None:
    """Back up what is there; what does not open, or is not whole, is set aside as it is."""
    if not path.exists():
        return None
    if key is None or not _opens(path, key):
        kept_in.set_aside(path, made)
        return None
    conn = sqlite.connect_workspace(path, key)
    try:
        with sqlite.translated(WorkspaceUnavailable, _SUBJECT):
            before = kept_in.add(conn, kept_in.keys.key_file(), Reason.RESTORE, made)
            sqlite.stand_alone(conn)
    finally:
        conn.close()
    return before
