"""The copies of the key on the disk: two beside the notes, one beside each backup.

How a first passphrase changes file and key without a moment in which nothing opens:

1. ``workspace.db.next`` is written with the new key and checked,
2. then ``workspace.key.next`` and its copy,
3. then the new file takes the name of the old one: this is the moment of the change,
4. then the key files are overwritten and replaced, and those of step 2 removed.

A next key without a next file means that step 3 was done: ``finish_next`` does step 4 again.
With a next file it was not: the old file and the old key are the ones, ``drop_next`` clears up.
"""

import os
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from fieldguide.errors import FieldGuideError, KeyDamaged, WorkspaceUnavailable
from fieldguide.storage import files
from fieldguide.storage.key_content import DamagedContent, KeyContent
from fieldguide.storage.key_names import COPY_FILE, KEY_FILE, NEXT_FILE, NEXT_KEYS

PRIVATE: Final = 0o600
_BOTH: Final = (KEY_FILE, COPY_FILE)


def any_there(profile: Path) -> bool:
    """Whether there is a copy beside the notes, whatever its state."""
    return any(os.path.exists(profile / name) for name in (*_BOTH, *NEXT_KEYS))


def read_both(profile: Path) -> list[KeyContent]:
    """What the sound copies say, each thing once; a damaged or missing copy is made good.

    Raises WorkspaceUnavailable when there is none, KeyDamaged when all are damaged.
    """
    try:
        finish_next(profile)
    except FieldGuideError:
        # Nothing can be written here now; the notes open all the same.
        coming = _coming(profile)
        if coming is not None:
            return [coming]
        raise
    states = {name: _state(profile / name) for name in _BOTH}
    good = [state for state in states.values() if isinstance(state, KeyContent)]
    if not good:
        if any(isinstance(state, DamagedContent) for state in states.values()):
            raise KeyDamaged(
                f"The key file “{KEY_FILE}” is damaged and so is its copy; "
                "put back both from a backup, nothing has been changed."
            )
        raise WorkspaceUnavailable(
            f"The key file “{KEY_FILE}” is missing; without it your notes cannot be read, "
            "put it back from a backup."
        )
    for name, state in states.items():
        # Two sound keys that differ are both kept: only one of them may open the notes.
        if not isinstance(state, KeyContent):
            _heal(profile / name, good[0].data())
    return list(dict.fromkeys(good))


def write_first(profile: Path, content: KeyContent) -> None:
    """Make the key of new notes, unless someone was quicker; raises WorkspaceUnavailable."""
    try:
        files.write_new(profile / KEY_FILE, content.data(), mode=PRIVATE)
    except FileExistsError:
        pass
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The key of your notes cannot be written: {files.reason(error)}."
        ) from error


def write_both(profile: Path, content: KeyContent) -> None:
    """Put this in the place of both copies, one after the other; raises FieldGuideError."""
    for name in _BOTH:
        files.write_whole(profile / name, content.data(), mode=PRIVATE)


def write_beside(folder: Path, content: KeyContent) -> list[Path]:
    """Bring every copy of this key in a folder of backups up to date; the answer could not be."""
    left = []
    data = content.data()
    for path, one in beside(folder):
        if one.mark == content.mark and one.data() != data:
            try:
                files.write_whole(path, data, mode=PRIVATE)
            except FieldGuideError:
                left.append(path)
    return left


def beside(folder: Path) -> list[tuple[Path, KeyContent]]:
    """The copies in a folder of backups that are sound."""
    found = []
    for path in _glob(folder, "*.key"):
        try:
            state = _state(path)
        except WorkspaceUnavailable:
            continue
        if isinstance(state, KeyContent):
            found.append((path, state))
    return found


def write_next(profile: Path, content: KeyContent) -> None:
    """Lay the key of the next file ready, twice; raises FieldGuideError."""
    for name in NEXT_KEYS:
        files.write_whole(profile / name, content.data(), mode=PRIVATE)


def finish_next(profile: Path) -> None:
    """Do what is left of a change of the key whose new file is in its place already."""
    content = _coming(profile)
    if content is None:
        return
    data = content.data()
    for name in _BOTH:
        if _content_of(profile / name) != data:
            shred(profile / name)
            files.write_whole(profile / name, data, mode=PRIVATE)
    _remove([profile / name for name in NEXT_KEYS], profile)


def drop_next(profile: Path) -> None:
    """Clear up after a change of the key that never came to its moment."""
    # The keys first: without the file they would look like a change that was made.
    _remove([profile / name for name in NEXT_KEYS], profile)
    _remove([profile / f"{NEXT_FILE}{end}" for end in ("", "-journal", "-wal", "-shm")], profile)


def shred(path: Path) -> None:
    """Overwrite a small file where it lies; a disk may keep what was there all the same."""
    try:
        with path.open("r+b", buffering=0) as file:
            file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
            os.fsync(file.fileno())
    except FileNotFoundError:
        return
    except OSError as error:
        raise FieldGuideError(f"“{path.name}” cannot be wiped: {files.reason(error)}.") from error


def all_of(profile: Path, folders: Iterable[Path]) -> list[Path]:
    """Every file that holds a key or may hold one, also those a killed program left behind."""
    own = [profile / name for name in (*_BOTH, *NEXT_KEYS) if os.path.lexists(profile / name)]
    left = [path for folder in (profile, *folders) for path in _glob(folder, ".*.new*")]
    return [*own, *(path for folder in folders for path in _glob(folder, "*.key")), *left]


def is_wrapped(path: Path) -> bool:
    """Whether a copy of a key is one that nothing but a secret opens."""
    try:
        state = _state(path)
    except WorkspaceUnavailable:
        return False
    return isinstance(state, KeyContent) and state.key is None


def _coming(profile: Path) -> KeyContent | None:
    """The key of a file that is in its place while its key is not yet."""
    if os.path.exists(profile / NEXT_FILE):
        return None
    states = (_state(profile / name) for name in NEXT_KEYS)
    return next((state for state in states if isinstance(state, KeyContent)), None)


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def _remove(paths: Iterable[Path], folder: Path) -> None:
    there = [path for path in paths if os.path.lexists(path)]
    try:
        for path in there:
            path.unlink(missing_ok=True)
        if there:
            files.sync_folder(folder)
    except OSError as error:
        raise WorkspaceUnavailable(
            f"“{folder.name}” cannot be changed: {files.reason(error)}."
        ) from error


def _content_of(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The key file “{path.name}” cannot be read: the disk or the system refuses it."
        ) from error


def _state(path: Path) -> KeyContent | DamagedContent | None:
    """What a copy says, that it is damaged, or None when it is missing."""
    data = _content_of(path)
    if data is None:
        return None
    try:
        return KeyContent.read(data)
    except DamagedContent as damage:
        return damage


def _heal(path: Path, data: bytes) -> None:
    try:
        files.write_whole(path, data, mode=PRIVATE)
    except FieldGuideError:
        # The key is known, so the notes open; the copy is made good when the disk allows it.
        return
