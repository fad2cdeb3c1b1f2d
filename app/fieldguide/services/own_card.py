"""One's own card: which of the people kept here is the user, and a card as a code to be scanned."""

from typing import TYPE_CHECKING, Final

from fieldguide.domain.entries import Entry, Kind
from fieldguide.domain.people import Person
from fieldguide.storage.workspace_db import Workspace

if TYPE_CHECKING:
    from fieldguide.services.notebook import Notebook

OWN: Final = "own-card"
"""The setting that names the entry."""

Modules = tuple[tuple[bool, ...], ...]
"""Rows of a QR code from the top, True where it is black; the white edge is not in it."""


class OwnCard:
    """The person that the user is; edited like every other one."""

    def __init__(self, db: Workspace, book: "Notebook") -> None:
        self._db, self._book = db, book

    def id(self) -> str:
        """The id that was chosen last, of whoever is there or not; empty at first."""
        return self._db.setting(OWN) or ""

    def entry(self) -> Entry[Person] | None:
        """Oneself; None before that was said, or when it lies in the trash."""
        found: Entry[Person] | None = self._db.entries.one(Kind.PERSON, self.id())
        return None if found is None or found.deleted else found

    def name(self) -> str:
        """What the user is called: as they said in the settings, else as their card has it."""
        said, entry = self._book.me().name, self.entry()
        return said or (entry.value.title if entry and entry.value.names else "")

    def choose(self, entry_id: str) -> str:
        """Say who it is, or nobody with an empty id; returns the id of before, for an undo."""
        before = self.id()
        if entry_id:
            self._book.people.get(entry_id)
        with self._db.writing():
            self._db.set_setting(OWN, entry_id)
        return before


def code_of(person: Person) -> Modules:
    """A small card of somebody as a QR code that a phone reads from a screen."""
    # Both are needed at a handshake and not before.
    import segno

    from fieldguide.services.vcard import compact_vcard

    code = segno.make(compact_vcard(person), error="m", encoding="utf-8", micro=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)
