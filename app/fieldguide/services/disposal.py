"""How the trash is emptied: after thirty days of use, or at once when that is asked for."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, Final

from fieldguide.domain.attachments import Removed
from fieldguide.domain.entries import Kind, kind_of
from fieldguide.domain.notes import NoteCard
from fieldguide.storage.workspace_db import Workspace

KEPT_DAYS: Final = 30
"""How long a deleted note, or a file that was taken off its note, can be put back."""
LONGEST_STEP: Final = 7
"""Days that count between two looks: a clock that is wrong once cannot empty the trash."""

_LEDGER: Final = "trash"

Dates = Mapping[str, datetime]
"""Id of what lies in the trash -> when it came there, by the clock of that time."""


@dataclass
class _Ledger:
    """A count of days that only goes forward, and where it stood as each thing was deleted."""

    seen: date
    latest: date
    day: int = 0
    since: dict[str, tuple[str, int]] = field(default_factory=dict)
    """Id -> when it was deleted, and the count at the first look after that."""

    @classmethod
    def read(cls, stored: str | None, today: date) -> "_Ledger":
        """As it was stored, or a new one that begins today."""
        if stored is None:
            return cls(today, today)
        fields: dict[str, Any] = json.loads(stored)
        since = {one: (str(when), int(day)) for one, (when, day) in fields["since"].items()}
        seen, latest = fields["seen"], fields.get("latest", fields["seen"])
        return cls(date.fromisoformat(seen), date.fromisoformat(latest), int(fields["day"]), since)

    def written(self) -> str:
        """As it is stored."""
        fields = {
            "seen": self.seen.isoformat(),
            "latest": self.latest.isoformat(),
            "day": self.day,
            "since": self.since,
        }
        return json.dumps(fields, sort_keys=True)

    def look(self, today: date, trashed: Dates) -> None:
        """Count the days since the last look, and each thing from the day of its deletion."""
        passed = (today - self.seen).days
        if not 0 <= passed <= LONGEST_STEP:
            # A leap counts only beyond all that was seen: a clock that goes to and fro is wrong.
            passed = min(max(0, (today - self.latest).days), LONGEST_STEP)
        self.day += passed
        self.seen, self.latest = today, max(today, self.latest)
        since = {}
        for one, deleted in trashed.items():
            when, day = self.since.get(one, ("", 0))
            if when != deleted.isoformat():
                # As many days ago as its clock says, but not before the last look.
                day = self.day - min(max(0, (today - deleted.date()).days), passed)
            since[one] = (deleted.isoformat(), day)
        self.since = since

    def left(self, one: str, deleted: datetime, today: date) -> int:
        """Days until it goes, by the count and by the clock, whichever is later."""
        counted = KEPT_DAYS - (self.day - self.since[one][1])
        told = KEPT_DAYS - (today - deleted.date()).days
        return max(counted, told)


@dataclass(frozen=True, slots=True)
class Gone:
    """What was removed for good: notes and people with their history, and files."""

    notes: tuple[NoteCard, ...] = ()
    people: tuple[NoteCard, ...] = ()
    files: tuple[str, ...] = ()
    """Their names, without those that went with their note."""


class Disposal:
    """Decides what goes for good; belongs to the thread of the notebook.

    Whoever calls ``purge`` or ``empty`` has made and checked a backup just before, of all that
    was ``trashed`` in the latter case.
    """

    def __init__(self, db: Workspace, clock: Callable[[], datetime]) -> None:
        self._db = db
        self._clock = clock

    def days(self, trashed: Dates) -> dict[str, date]:
        """Id of each -> the first day on which it may go for good."""
        today = self._clock().date()
        ledger = self._ledger(today)
        ledger.look(today, trashed)
        return {
            one: _later(today, max(0, ledger.left(one, when, today)))
            for one, when in trashed.items()
        }

    def look(self) -> int:
        """Note the day; the answer is how much has been in the trash for long enough."""
        if self._db.read_only:
            return 0
        trashed = self.trashed()
        today = self._clock().date()
        ledger = self._ledger(today)
        ledger.look(today, trashed)
        if ledger.written() != self._db.setting(_LEDGER):
            with self._db.writing():
                self._db.set_setting(_LEDGER, ledger.written())
        return sum(ledger.left(one, when, today) <= 0 for one, when in trashed.items())

    def purge(self) -> Gone:
        """Remove what has been in the trash for long enough, as it is now."""
        today = self._clock().date()
        with self._db.writing():
            trashed = self.trashed()
            ledger = self._ledger(today)
            ledger.look(today, trashed)
            due = {one for one, when in trashed.items() if ledger.left(one, when, today) <= 0}
            return self._forget(due.__contains__)

    def empty(self, asked: Dates) -> Gone:
        """Remove what lay in the trash when that was asked for and still does."""
        with self._db.writing():
            trashed = self.trashed()
            # What was deleted since, perhaps after it was changed, no backup need hold.
            due = {one for one, when in asked.items() if trashed.get(one) == when}
            return self._forget(due.__contains__)

    def _forget(self, due: Callable[[str], bool]) -> Gone:
        cards = [card for card in self._db.cards.trashed() if due(card.id)]
        for card in cards:
            self._db.forget(card.id)
        notes, people = (
            tuple(card for card in cards if kind_of(card.id) is kind)
            for kind in (Kind.NOTE, Kind.PERSON)
        )
        files = [one.attachment for one in self._db.attachments.removed() if due(one.attachment.id)]
        for file in files:
            self._db.attachments.forget(file.id)
        return Gone(notes, people, tuple(file.name for file in files))

    def trashed(self) -> Dates:
        """All that lies in the trash."""
        return dates(self._db.cards.trashed(), self._db.attachments.removed())

    def _ledger(self, today: date) -> _Ledger:
        return _Ledger.read(self._db.setting(_LEDGER), today)


def dates(notes: Iterable[NoteCard] = (), files: Iterable[Removed] = ()) -> Dates:
    """When each of these came into the trash."""
    return {card.id: card.changed for card in notes} | {
        one.attachment.id: one.when for one in files
    }


def _later(today: date, days: int) -> date:
    return today + min(timedelta(days), date.max - today)
