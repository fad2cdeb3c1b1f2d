"""The part of an open file that lists people: whom there are, and which of them answer a query."""

import json
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from fieldguide.domain.entries import Entry, Kind
from fieldguide.domain.script import match_expression
from fieldguide.storage.entry_db import ENTRY_COLUMNS, readable

# The highest number alone says too little: what is forgotten gives its number to what comes next.
SELECT_MARK: Final = """SELECT (SELECT coalesce(max(number), 0) FROM revision), total_changes(),
    data_version FROM pragma_data_version"""
# As one value: five thousand rows one by one take three times as long.
SELECT_PEOPLE: Final = """SELECT json_group_array(json_array(note.number, note.opening,
        CASE WHEN json_valid(CAST(text AS TEXT))
            THEN json(json_extract(CAST(text AS TEXT), '$.names[0].family', '$.met[0].by',
                '$.met[0].on', '$.met[0].visit', '$.records', '$.names[1].family',
                '$.names[2].family'))
            ELSE json('[]') END, note.visit != ''))
    FROM note JOIN revision ON revision.number = note.shown
    WHERE note.kind = 'person' AND note.deleted = 0"""
SELECT_ANSWERING: Final = """SELECT json_group_array(rowid)
    FROM note_terms WHERE note_terms MATCH ?"""
SELECT_PEOPLE_AT: Final = f"""SELECT {ENTRY_COLUMNS}, note.number
    FROM note JOIN revision ON revision.number = note.shown
    WHERE note.number IN (SELECT value FROM json_each(?))"""
# An export writes the id here for who came without one of their own.
SELECT_UIDS: Final = """SELECT json_group_array(json_array(note.id, coalesce(
        CASE WHEN json_valid(CAST(text AS TEXT)) THEN CAST(text AS TEXT) ->> '$.uid' END,
        note.id)))
    FROM note JOIN revision ON revision.number = note.shown
    WHERE note.kind = 'person' AND note.deleted = 0"""
SELECT_SHOWN: Final = """SELECT json_group_array(json_array(number, id, shown)) FROM note
    WHERE kind = 'person' AND deleted = 0"""
SELECT_NUMBER_OF: Final = "SELECT number FROM note WHERE id = ?"

Mark = tuple[int, ...]
Rows = Callable[..., list[tuple[Any, ...]]]


class Listed(NamedTuple):
    """What the order of a list takes of one person; ``number`` is for lists alone."""

    number: int
    title: str
    told: list[Any]
    on_a_visit: bool

    @property
    def family(self) -> str:
        """The family's part of the name that the title shows, else of the first name."""
        parts = [one for one in (*self.told[:1], *self.told[5:]) if one]
        return next((one for one in parts if one in self.title), next(iter(parts), ""))

    @property
    def met(self) -> bool:
        """Whether anything is said of a first meeting."""
        return any(self.told[1:4])

    @property
    def records(self) -> list[str]:
        """Refs of the records of the guide that are the same person."""
        return (self.told and self.told[4]) or []


class PeopleRows:
    """Answers with people by their local numbers."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def mark(self) -> Mark:
        """Another one after every change of the file, whoever made it."""
        return self._rows(SELECT_MARK)[0]

    def all(self) -> list[Listed]:
        """Everybody who is not in the trash."""
        return [Listed(*one) for one in json.loads(self._rows(SELECT_PEOPLE)[0][0])]

    def answering(self, query: str) -> set[int] | None:
        """Numbers of what answers a query, of any kind; None when it asks for nothing."""
        expression = match_expression(query)
        if not expression:
            return None
        return set(json.loads(self._rows(SELECT_ANSWERING, expression)[0][0]))

    def at(self, numbers: Sequence[int]) -> dict[int, Entry[Any]]:
        """The people of these numbers, as far as they are still there."""
        rows = self._rows(SELECT_PEOPLE_AT, json.dumps(numbers))
        numbered = {row[0]: row[-1] for row in rows}
        found = readable(Kind.PERSON, (row[:-1] for row in rows))
        return {numbered[one.id]: one for one in found}

    def uids(self) -> list[tuple[str, str]]:
        """Everybody's id here, and the lasting one that a card of them bears."""
        return [(entry, uid) for entry, uid in json.loads(self._rows(SELECT_UIDS)[0][0])]

    def shown(self) -> dict[int, tuple[str, int]]:
        """The number of everybody -> their id, and a number that changes whenever they do."""
        rows = json.loads(self._rows(SELECT_SHOWN)[0][0])
        return {number: (entry, shown) for number, entry, shown in rows}

    def number_of(self, entry_id: str) -> int | None:
        """The number of one of them by their id."""
        return next((int(row[0]) for row in self._rows(SELECT_NUMBER_OF, entry_id)), None)
