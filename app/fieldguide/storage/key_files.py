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
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldguide.errors import FieldGuideError, KeyDamaged, WorkspaceUnavailable
from fieldguide.storage import files
from fieldguide.storage.key_content import DamagedContent, KeyContent
from fieldguide.storage.key_names import COPY_FILE, KEY_FILE, NEXT_FILE, NEXT_KEYS, WRAP

PRIVATE: Final = 0o600
_BOTH: Final = (KEY_FILE, COPY_FILE)
_OVERWRITTEN: Final = 64 * 1024
"""Bytes that are enough for every key; what is larger is notes that nothing opens without one."""


class _Unreadable(WorkspaceUnavailable):
    """The disk or the system refuses a copy."""


_State = KeyContent | DamagedContent | WorkspaceUnavailable | None
"""What a copy says, that it is damaged, why it cannot be used, or None when it is missing."""


def any_there(profile: Path) -> bool:
    """Whether there is a copy beside the notes, whatever its state."""
    return any(os.path.exists(profile / name) for name in (*_BOTH, *NEXT_KEYS))


def read_both(profile: Path) -> list[KeyContent]:
    """What the sound copies say, each thing once; every other copy is made good.

    Raises WorkspaceUnavailable when none can be used, KeyDamaged when all are damaged.
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
        raise _why_none(list(states.values()))
    for name, state in states.items():
        # Two sound keys that differ are both kept: only one of them may open the notes.
        # So is one that a newer program wrote.
        if state is None or isinstance(state, DamagedContent | _Unreadable):
            _heal(profile / name, good[0].data())
    return list(dict.fromkeys(good))


def _why_none(states: Sequence[_State]) -> WorkspaceUnavailable:
    """What to say when no copy is sound: first what nothing of it may be overwritten for."""
    refused = [state for state in states if isinstance(state, WorkspaceUnavailable)]
    if refused:
        return min(refused, key=lambda state: isinstance(state, _Unreadable))
    if any(isinstance(state, DamagedContent) for state in states):
        return KeyDamaged(
            f"The key file “{KEY_FILE}” is damaged and so is its copy; "
            "put back both from a backup, nothing has been changed."
        )
    return WorkspaceUnavailable(
        f"The key file “{KEY_FILE}” is missing; without it your notes cannot be read, "
        "put it back from a backup."
    )


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
    for path in _glob(folder, "*.key"):
        try:
            write_over(path, content)
        except FieldGuideError:
            left.append(path)
    return left


def write_over(path: Path, content: KeyContent) -> None:
    """Bring a sound copy of the same key to what this says; raises FieldGuideError."""
    there = _state(path)
    if isinstance(there, KeyContent) and there.mark == content.mark and there != content:
        files.write_whole(path, content.data(), mode=PRIVATE)


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
        if not _holds(profile / name, data):
            shred(profile / name)
            files.write_whole(profile / name, data, mode=PRIVATE)
    _remove([profile / name for name in NEXT_KEYS], profile)


def drop_next(profile: Path) -> None:
    """Clear up after a change of the key that never came to its moment."""
    # The keys first: without the file they would look like a change that was made.
    _remove([profile / name for name in NEXT_KEYS], profile)
    _remove([profile / f"{NEXT_FILE}{end}" for end in ("", "-journal", "-wal", "-shm")], profile)


def clear_up(profile: Path) -> None:
    """Remove what killed programs left; the caller has the notes open, so no change is under way.

    What cannot be removed now is removed the next time.
    """
    with suppress(FieldGuideError):
        if os.path.exists(profile / NEXT_FILE):
            drop_next(profile)
    files.sweep(profile)


def shred(path: Path) -> None:
    """Overwrite a key where it lies; a disk may keep what was there all the same."""
    try:
        with path.open("r+b", buffering=0) as file:
            size = min(os.fstat(file.fileno()).st_size, _OVERWRITTEN)
            file.write(secrets.token_bytes(size))
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


def is_sound(data: bytes) -> bool:
    """Whether this is a whole key file, also one that only a newer program understands."""
    try:
        KeyContent.read(data)
    except DamagedContent:
        return False
    except WorkspaceUnavailable:
        return True
    return True


def lies_open(path: Path) -> bool:
    """Whether a copy shows its key, or parts of it, to whoever reads it."""
    state = _state(path)
    if isinstance(state, KeyContent):
        return state.key is not None
    return isinstance(state, DamagedContent) and not _names_a_wrap(path)


def _coming(profile: Path) -> KeyContent | None:
    """The key of a file that is in its place while its key is not yet."""
    if os.path.exists(profile / NEXT_FILE):
        return None
    states = (_state(profile / name) for name in NEXT_KEYS)
    return next((state for state in states if isinstance(state, KeyContent)), None)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _names_a_wrap(path: Path) -> bool:
    try:
        return WRAP.encode("ascii") in path.read_bytes()
    except OSError:
        return True


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


def _state(path: Path) -> _State:
    try:
        return KeyContent.read(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError:
        return _Unreadable(
            f"The key file “{path.name}” cannot be read: the disk or the system refuses it."
        )
    except (DamagedContent, WorkspaceUnavailable) as state:
        return state


def _heal(path: Path, data: bytes) -> None:
    try:
        files.write_whole(path, data, mode=PRIVATE)
    except FieldGuideError:
        # The key is known, so the notes open; the copy is made good when the disk allows it.
        return
