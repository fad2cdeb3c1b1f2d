"""How the trash is emptied: after thirty days of use, and never before there is a backup."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from fieldguide.domain.notes import NoteCard
from fieldguide.storage.workspace_db import Workspace

KEPT_DAYS: Final = 30
"""How long a deleted note can be taken out of the trash."""
LONGEST_STEP: Final = 7
"""Days that count between two looks: a clock that is wrong once cannot empty the trash."""

_LEDGER: Final = "trash"


@dataclass
class _Ledger:
    """A count of days that only goes forward, and where it stood as each note was deleted."""

    seen: date
    day: int = 0
    since: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Id of a note -> when it was deleted, and the count at the first look after that."""

    @classmethod
    def read(cls, stored: str | None, today: date) -> "_Ledger":
        """As it was stored, or a new one that begins today."""
        if stored is None:
            return cls(today)
        fields: dict[str, Any] = json.loads(stored)
        since = {note: (str(when), int(day)) for note, (when, day) in fields["since"].items()}
        return cls(date.fromisoformat(fields["seen"]), int(fields["day"]), since)

    def written(self) -> str:
        """As it is stored."""
        fields = {"seen": self.seen.isoformat(), "day": self.day, "since": self.since}
        return json.dumps(fields, sort_keys=True)

    def look(self, today: date, trashed: Sequence[NoteCard]) -> None:
        """Count the days since the last look, and each note from the day of its deletion."""
        passed = min(max(0, (today - self.seen).days), LONGEST_STEP)
        self.day += passed
        self.seen = today
        since = {}
        for card in trashed:
            when, day = self.since.get(card.id, ("", 0))
            if when != _when(card):
                # As many days ago as its clock says, but not before the last look.
                day = self.day - min(max(0, (today - card.changed.date()).days), passed)
            since[card.id] = (_when(card), day)
        self.since = since

    def left(self, card: NoteCard, today: date) -> int:
        """Days until a note goes, by the count and by the clock, whichever is later."""
        counted = KEPT_DAYS - (self.day - self.since[card.id][1])
        told = KEPT_DAYS - (today - card.changed.date()).days
        return max(counted, told)


class Disposal:
    """Decides which deleted notes go for good; belongs to the thread of the notebook."""

    def __init__(self, db: Workspace, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def days(self, cards: Sequence[NoteCard]) -> dict[str, date]:
        """Id of each deleted note -> the first day on which it may go for good."""
        today = self._clock().date()
        ledger = self._ledger(today)
        ledger.look(today, cards)
        return {card.id: _later(today, max(0, ledger.left(card, today))) for card in cards}

    def purge(self, secured: Callable[[], bool]) -> list[NoteCard]:
        """Remove with their history the notes whose time is over; the answer names them.

        ``secured`` makes sure that a backup which was checked holds them; it is asked only when
        there is something to remove, and nothing is removed unless it says so.
        """
        if self._db.read_only:
            return []
        due = self._due()
        if not due or not secured():
            return []
        with self._db.writing():
            still = {card.id: card for card in self._db.cards.all(deleted=True)}
            gone = [card for card in due if still.get(card.id) == card]
            for card in gone:
                self._db.forget(card.id)
        return gone

    def _due(self) -> list[NoteCard]:
        """Look at the trash and note the day."""
        today = self._clock().date()
        trashed = self._db.cards.all(deleted=True)
        ledger = self._ledger(today)
        ledger.look(today, trashed)
        if ledger.written() != self._db.setting(_LEDGER):
            with self._db.writing():
                self._db.set_setting(_LEDGER, ledger.written())
        return [card for card in trashed if ledger.left(card, today) <= 0]

    def _ledger(self, today: date) -> _Ledger:
        return _Ledger.read(self._db.setting(_LEDGER), today)


def _when(card: NoteCard) -> str:
    return card.changed.isoformat()


def _later(today: date, days: int) -> date:
    return today + min(timedelta(days), date.max - today)
