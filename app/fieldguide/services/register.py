"""Entries of one kind in a notebook: begun, changed, thrown away and looked up."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, TypeVar

from fieldguide.domain.entries import Entry, Kind, text_of_value, written
from fieldguide.domain.notes import Draft, Visibility, storable
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.storage.workspace_db import Workspace

if TYPE_CHECKING:
    from fieldguide.services.notebook import Notebook

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Deed(Generic[Value]):
    """What was done to one entry, for ``undo``; without ``before`` it was begun by that."""

    entry: str
    before: Value | None = None
    visibility: Visibility | None = None
    """Who it was for, where that was changed."""
    removed: bool = False


class Register(Generic[Value]):
    """What a notebook keeps of one kind; for the thread of the notebook alone.

    Every change is a revision with its history; ``restore`` and ``put`` undo what was done.
    """

    def __init__(self, kind: Kind, db: Workspace, book: "Notebook") -> None:
        self._kind, self._db, self._book = kind, db, book

    def add(
        self,
        value: Value,
        about: Ref | None = None,
        *,
        title: str = "",
        visit: Ref | None = None,
        visibility: Visibility = Visibility.MINE,
    ) -> Entry[Value]:
        """Keep a new one; ``title`` is that of the record it is about."""
        draft = Draft(about, storable(title), visit, visibility, text_of_value(value))
        return self.get(self._book.begin(self._kind, draft).id)

    def add_many(
        self, values: Iterable[Value], about: Ref | None = None, *, title: str = ""
    ) -> list[str]:
        """Keep many new ones in one transaction; returns their ids."""
        hung = Draft(about, storable(title))
        return self._book.begin_many(self._kind, [written(value) for value in values], hung)

    def put(self, entry_id: str, value: Value, parent: str = "") -> Entry[Value]:
        """Keep another value in the place of what ``parent`` showed, or of all there is.

        Whoever changed it meanwhile over the same parent keeps a version beside this one.
        """
        text = text_of_value(value)
        if parent:
            self._book.save(entry_id, text, parent)
        else:
            self._book.settle(entry_id, text)
        return self.get(entry_id)

    def edit(self, entry_id: str, change: Callable[[Value], Value]) -> Entry[Value]:
        """Change what it says now."""
        before = self.get(entry_id)
        after = change(before.value)
        return before if after == before.value else self.put(entry_id, after, before.revision)

    def place(self, entry_id: str, about: Ref | None, visit: Ref | None) -> Entry[Value]:
        """Hang it on another record or visit."""
        self._book.change([entry_id], lambda draft: replace(draft, about=about, visit=visit))
        return self.get(entry_id)

    def show_to(self, entry_id: str, visibility: Visibility) -> Entry[Value]:
        """Say who it is for."""
        self._book.set_visibility(entry_id, visibility)
        return self.get(entry_id)

    def remove(self, entry_id: str) -> None:
        """Throw it away; ``restore`` brings it back."""
        self._book.delete(entry_id)

    def restore(self, entry_id: str) -> Entry[Value]:
        """Take it out of the trash."""
        self._book.restore(entry_id)
        return self.get(entry_id)

    def undo(self, deed: Deed[Value]) -> None:
        """Let an entry be as it was before a deed."""
        if deed.removed:
            self.restore(deed.entry)
        elif deed.before is None:
            self.remove(deed.entry)
        else:
            before = deed.before
            self.edit(deed.entry, lambda _: before)
            if deed.visibility is not None:
                self.show_to(deed.entry, deed.visibility)

    def get(self, entry_id: str) -> Entry[Value]:
        """One by its id; raises BadRequest when there is none."""
        found = self._db.entries.one(self._kind, entry_id)
        if found is None:
            raise BadRequest(f"There is no {self._kind.replace('-', ' ')} “{entry_id[:60]}”.")
        return found

    def all(self) -> list[Entry[Value]]:
        """All of them, in the order they were begun."""
        return self._db.entries.all(self._kind)

    def on(self, ref: Ref) -> list[Entry[Value]]:
        """Those on a record or of a visit."""
        return self._db.entries.on(self._kind, ref)

    def standing(self, state: str) -> list[Entry[Value]]:
        """Those in a state; what is due first comes first."""
        return self._db.entries.standing(self._kind, state)

    def found(self, query: str, limit: int = 20) -> list[Entry[Value]]:
        """Those that hold every word of a query, the last saved first."""
        return self._db.entries.found(self._kind, query, limit)

    def count(self) -> int:
        """How many there are."""
        return self._db.entries.count(self._kind)
