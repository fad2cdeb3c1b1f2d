"""How the files of the key are called, and a look at them that is cheap enough for every start."""

from pathlib import Path
from typing import Final

NOTES_FILE: Final = "workspace.db"
KEY_FILE: Final = "workspace.key"
COPY_FILE: Final = "workspace.key.copy"
NEXT_KEYS: Final = ("workspace.key.next", "workspace.key.copy.next")
NEXT_FILE: Final = "workspace.db.next"
WRAP: Final = "argon2id-aes256gcm"
"""What a key file says of a key that only a secret opens."""


def seems_wrapped(profile: Path) -> bool:
    """Whether a copy of the key asks for a secret; nothing is checked and nothing is mended."""
    for name in (KEY_FILE, COPY_FILE):
        try:
            return WRAP.encode("ascii") in (profile / name).read_bytes()
        except OSError:
            continue
    return False
