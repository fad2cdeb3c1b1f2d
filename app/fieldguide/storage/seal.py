"""The seal of a guide file: what it must bear to be read at all."""

import zlib
from pathlib import Path
from typing import Final

from sqlcipher3.dbapi2 import Connection

from fieldguide.errors import GuideUnreadable

APPLICATION_ID: Final = 0x66675F31
"""``fg_1``: marks a file as a guide."""
SCHEMA_VERSION: Final = 1
OPEN_SEAL: Final = "crc32:00000000"
"""What stands in place of a guide's seal while it is computed: ``crc32:`` and eight hex digits."""
_SMALLEST: Final = 512
_CHUNK: Final = 1 << 20
"""A multiple of every page size: no page, and so no seal, lies in two chunks."""

SEAL: Final = "select value from meta where key = 'seal'"


def seal_of(path: Path, now: str) -> str:
    """The seal that a guide file should bear when ``now`` is what stands in it."""
    value, old, blank = 0, now.encode(), OPEN_SEAL.encode()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk.replace(old, blank), value)
    return f"crc32:{value:08x}"


def check(conn: Connection, path: Path, subject: str) -> None:
    """Any changed bit is found here, so that nothing that is read later can be wrong."""
    if path.stat().st_size < _SMALLEST:
        # The engine would take it for a new database.
        raise GuideUnreadable(f"{subject} is damaged: nothing is left in it.")
    mark = conn.execute("pragma application_id").fetchone()[0]
    version = conn.execute("pragma user_version").fetchone()[0]
    if mark != APPLICATION_ID:
        raise GuideUnreadable(f"{subject} is a database, but not a field guide.")
    if version > SCHEMA_VERSION:
        raise GuideUnreadable(
            f"{subject} was made for a newer version of this program; update the program."
        )
    found = conn.execute(SEAL).fetchone()
    if found is None or seal_of(path, str(found[0])) != found[0]:
        raise GuideUnreadable(f"{subject} is damaged.")
