"""Where the notes and settings of a user lie."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from fieldguide.errors import BadRequest
from fieldguide.storage.instance import LOCK_FILE, REQUEST_FILE
from fieldguide.storage.key_names import seems_wrapped


def own_profile(asked: str | None) -> Path:
    """The folder of who runs this program, on this computer; makes nothing."""
    return profile_dir(asked, os.environ, sys.platform)


def profile_dir(explicit: str | None, environ: Mapping[str, str], platform: str) -> Path:
    """The folder of a user: what was asked for, else the variable, else the system's own place.

    ``platform`` is ``sys.platform``. Makes nothing; raises BadRequest when no home is known.
    """
    asked = explicit or environ.get("FIELDGUIDE_PROFILE")
    if asked:
        try:
            return Path(asked).expanduser().absolute()
        except RuntimeError as unknown:
            raise BadRequest(f"“{asked}” is in the home of a user that is not known.") from unknown
    if platform == "win32":
        local = environ.get("LOCALAPPDATA")
        base = Path(local) if local else _home(environ) / "AppData" / "Local"
    elif platform == "darwin":
        base = _home(environ) / "Library" / "Application Support"
    else:
        data = environ.get("XDG_DATA_HOME", "")
        # The standard says that a path which is not absolute is to be ignored.
        base = Path(data) if data.startswith("/") else _home(environ) / ".local" / "share"
    return base / "fieldguide"


def is_used(profile: Path) -> bool:
    """Whether anything was ever kept there; that a window was opened alone leaves only a lock."""
    try:
        return bool(set(os.listdir(profile)) - {LOCK_FILE, REQUEST_FILE})
    except OSError:
        return False


def is_guarded(profile: Path) -> bool:
    """Whether a passphrase seems to stand before the notes; opening them tells for certain."""
    return seems_wrapped(profile)


def _home(environ: Mapping[str, str]) -> Path:
    home = environ.get("HOME") or environ.get("USERPROFILE")
    if not home:
        raise BadRequest("No home folder is known for this user: say one with --profile.")
    return Path(home)
