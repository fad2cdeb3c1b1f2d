"""Backups by name: which there are, and which of them are kept."""

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

LAST: Final = 10
DAYS: Final = 14
MONTHS: Final = 6
DAMAGED_KEPT: Final = 3

_STAMP: Final = "%Y%m%dT%H%M%S%z"
_NAME: Final = re.compile(
    r"(?P<number>[0-9]{6,12})-(?P<made>[0-9]{8}T[0-9]{6}[+-][0-9]{4})"
    r"-(?P<reason>[a-z]+)-(?P<notes>[0-9]{1,9})"
)


class Reason(StrEnum):
    """Why a backup was made; the values are parts of file names."""

    START = "start"
    HOUR = "hour"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"
    PURGE = "purge"
    ASKED = "asked"
    PASSPHRASE = "passphrase"
    DAMAGED = "damaged"
    """What did not open was put here as it was; it is no backup to go back to."""


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup; its ``number`` tells the order, whatever a clock said when it was ``made``."""

    number: int
    made: datetime
    reason: Reason
    notes: int
    size: int = 0

    @property
    def name(self) -> str:
        """The name of its files, without their endings."""
        return f"{self.number:06}-{self.made.strftime(_STAMP)}-{self.reason}-{self.notes}"

    @property
    def good(self) -> bool:
        """Whether it was a sound file when it was made."""
        return self.reason is not Reason.DAMAGED

    @classmethod
    def named(cls, name: str, size: int) -> Self | None:
        """The backup of a file name; None for the name of anything else."""
        match = _NAME.fullmatch(name)
        if match is None:
            return None
        try:
            made = datetime.strptime(match["made"], _STAMP)
            return cls(
                int(match["number"]), made, Reason(match["reason"]), int(match["notes"]), size
            )
        except ValueError:
            return None


def kept(backups: Sequence[Backup]) -> set[Backup]:
    """The last ten, the last of each of 14 days and of 6 months; the order is that of the numbers.

    A clock that is wrong can make a day look like another: the last ten stay in any case.
    """
    newest_first = sorted(backups, key=lambda backup: backup.number, reverse=True)
    good = [backup for backup in newest_first if backup.good]
    damaged = [backup for backup in newest_first if not backup.good]
    return {
        *good[:LAST],
        *_last_of_each(good, lambda backup: backup.made.date(), DAYS),
        *_last_of_each(good, lambda backup: (backup.made.year, backup.made.month), MONTHS),
        *damaged[:DAMAGED_KEPT],
    }


def _last_of_each(
    newest_first: Sequence[Backup], span: Callable[[Backup], Hashable], count: int
) -> list[Backup]:
    found: dict[Hashable, Backup] = {}
    for backup in newest_first:
        found.setdefault(span(backup), backup)
    return list(found.values())[:count]
