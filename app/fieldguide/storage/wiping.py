"""Wiping: every copy of the key goes first, so that nothing opens from then on; then the rest."""

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldguide.errors import FieldGuideError
from fieldguide.storage import files, key_files
from fieldguide.storage.key_names import NEXT_FILE, NOTES_FILE

_LOGS: Final = ("", "-wal", "-shm", "-journal")
_BACKUP_PARTS: Final = ("*.db", "*.db-*", "second-copy.json")


def wipe(profile: Path, folders: Sequence[Path]) -> list[str]:
    """Remove notes and backups in a profile and in these folders; the notes must be closed.

    The answer says what is still there and why, a sentence each; nothing stops in the middle.
    """
    left = destroy_keys(profile, folders)
    for path in _rest(profile, folders):
        left += _removed(path)
    return left


def destroy_keys(profile: Path, folders: Sequence[Path]) -> list[str]:
    """Overwrite and remove every copy of the key: after that nothing opens, however large it is."""
    left = []
    for path in key_files.all_of(profile, folders):
        # What cannot be overwritten can perhaps be removed, and the other way round.
        with suppress(FieldGuideError):
            key_files.shred(path)
        left += _removed(path)
    for folder in (profile, *folders):
        with suppress(OSError):
            files.sync_folder(folder)
    return left


def _rest(profile: Path, folders: Iterable[Path]) -> list[Path]:
    own = [profile / f"{name}{end}" for name in (NOTES_FILE, NEXT_FILE) for end in _LOGS]
    copies = [path for folder in folders for part in _BACKUP_PARTS for path in folder.glob(part)]
    return [path for path in (*own, *copies) if os.path.lexists(path)]


def _removed(path: Path) -> list[str]:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        return [f"“{path}” is still there: {files.reason(error)}."]
    return []
