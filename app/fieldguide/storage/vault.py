"""The key of the user's file, kept twice, each copy with a checksum."""

import hashlib
import json
import os
import secrets
from pathlib import Path
from typing import Any, Final

from fieldguide.errors import FieldGuideError, WorkspaceUnavailable
from fieldguide.storage import files
from fieldguide.storage.sqlite import KEY_BYTES

KEY_FILE: Final = "workspace.key"
COPY_FILE: Final = "workspace.key.copy"
FORMAT: Final = 1
NO_WRAP: Final = "none"
_PRIVATE: Final = 0o600


class _Damaged(Exception):
    """A copy of the key whose checksum or shape is wrong."""


def make_key(profile: Path) -> bytes:
    """Make the key of a new workspace; the one that is there already when someone was quicker."""
    content = _sealed({"format": FORMAT, "wrap": NO_WRAP, "key": secrets.token_hex(KEY_BYTES)})
    try:
        files.write_new(profile / KEY_FILE, content, mode=_PRIVATE)
    except FileExistsError:
        pass
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The key of your notes cannot be written: {files.reason(error)}."
        ) from error
    return load_key(profile)


def has_key(profile: Path) -> bool:
    """Whether either copy is there, whatever its state."""
    return any(os.path.exists(profile / name) for name in (KEY_FILE, COPY_FILE))


def load_key(profile: Path) -> bytes:
    """Read the key, and make a damaged or missing copy good from the other one.

    Raises WorkspaceUnavailable when it is missing, damaged twice, unreadable or newer.
    """
    return key_of(key_file(profile))


def key_file(profile: Path) -> bytes:
    """The key as it lies on the disk, for a copy of it; raises as ``load_key`` does."""
    states = {name: _state(profile / name) for name in (KEY_FILE, COPY_FILE)}
    good = [content for content in states.values() if isinstance(content, bytes)]
    if not good:
        if any(isinstance(state, _Damaged) for state in states.values()):
            raise WorkspaceUnavailable(
                f"The key file “{KEY_FILE}” is damaged and so is its copy; "
                "put back both from a backup, nothing has been changed."
            )
        raise WorkspaceUnavailable(
            f"The key file “{KEY_FILE}” is missing; without it your notes cannot be read, "
            "put it back from a backup."
        )
    for name, state in states.items():
        # Two sound keys that differ are both kept: only one of them may open the notes.
        if not isinstance(state, bytes):
            _heal(profile / name, good[0])
    return good[0]


def key_of(content: bytes) -> bytes:
    """The key in the content of a key file; raises WorkspaceUnavailable when it is damaged."""
    try:
        return _unwrapped(_opened(content))
    except _Damaged as damage:
        raise WorkspaceUnavailable("This copy of the key is damaged.") from damage


def put_back(profile: Path, content: bytes) -> None:
    """Make a sound copy the key of a profile that has none; raises FieldGuideError."""
    for name in (KEY_FILE, COPY_FILE):
        files.write_whole(profile / name, content, mode=_PRIVATE)


def _state(path: Path) -> bytes | _Damaged | None:
    """The sound bytes of a copy, what is wrong with them, or None when it is missing."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise WorkspaceUnavailable(
            f"The key file “{path.name}” cannot be read: the disk or the system refuses it."
        ) from error
    try:
        _opened(content)
    except _Damaged as damage:
        return damage
    return content


def _heal(path: Path, content: bytes) -> None:
    try:
        files.write_whole(path, content, mode=_PRIVATE)
    except FieldGuideError:
        # The key is known, so the notes open; the copy is made good when the disk allows it.
        return


def _sealed(values: dict[str, Any]) -> bytes:
    return json.dumps({**values, "check": _check(values)}, indent=1).encode("ascii") + b"\n"


def _opened(content: bytes) -> dict[str, Any]:
    try:
        values = json.loads(content.decode("ascii"))
        check = values.pop("check")
    except (ValueError, KeyError, AttributeError, TypeError) as error:
        raise _Damaged from error
    if check != _check(values):
        raise _Damaged
    return dict(values)


def _check(values: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode("ascii")).hexdigest()


def _unwrapped(values: dict[str, Any]) -> bytes:
    if values.get("format") != FORMAT or values.get("wrap") != NO_WRAP:
        raise WorkspaceUnavailable(
            "The key of your notes was made by a newer version of the program; "
            "open them with that version."
        )
    return bytes.fromhex(values["key"])
