"""The part of an open file that lists notes: their order, and what a list shows of each."""

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, Final

from fieldguide.domain.notes import NoteCard, Visibility
from fieldguide.domain.records import Ref
from fieldguide.domain.script import match_expression

_COLUMNS: Final = """id, about, title, visit, visibility, opening, created, changed, versions,
    deleted"""
_CARD: Final = f"SELECT {_COLUMNS} FROM note"
SELECT_CARDS: Final = f"{_CARD} WHERE kind = 'note' AND deleted = ? ORDER BY latest DESC"
SELECT_TRASHED: Final = f"{_CARD} WHERE deleted = 1 ORDER BY latest DESC"
SELECT_CARDS_OF: Final = f"""{_CARD} WHERE (about = ?1 OR visit = ?1) AND deleted = 0
    AND kind = 'note' ORDER BY latest DESC"""
SELECT_FOUND: Final = f"""{_CARD} WHERE number IN (
    SELECT number FROM note_terms JOIN note ON number = note_terms.rowid
    WHERE note_terms MATCH ? AND kind = 'note' ORDER BY note_terms.rowid DESC LIMIT ?)
    ORDER BY latest DESC"""
SELECT_AT: Final = f"""SELECT number, {_COLUMNS} FROM note
    WHERE number IN (SELECT value FROM json_each(?))"""
SELECT_TITLES: Final = """SELECT number,
    CASE kind WHEN 'person' THEN opening ELSE title END FROM note
    WHERE number IN (SELECT value FROM json_each(?))"""
SELECT_IDS: Final = "SELECT number, id FROM note WHERE number IN (SELECT value FROM json_each(?))"
SELECT_ORDER: Final = """SELECT number FROM note WHERE kind = 'note' AND deleted = 0
    ORDER BY latest DESC"""
SELECT_ORDER_TRASHED: Final = """SELECT number FROM note WHERE kind IN ('note', 'person')
    AND deleted = 1 ORDER BY latest DESC"""
SELECT_UNFILED: Final = """SELECT number FROM note WHERE kind = 'note' AND about = ''
    AND deleted = 0 ORDER BY latest DESC"""
SELECT_ORDER_FOUND: Final = """SELECT number FROM note WHERE kind = 'note' AND deleted = 0
    AND number IN (SELECT rowid FROM note_terms WHERE note_terms MATCH ?) ORDER BY latest DESC"""
COUNT_NOTES: Final = """SELECT count(*) FILTER (WHERE NOT deleted), count(*) FILTER (WHERE deleted),
    count(*) FILTER (WHERE about = '' AND NOT deleted) FROM note
    WHERE kind = 'note' OR (kind = 'person' AND deleted = 1)"""

Rows = Callable[..., list[tuple[Any, ...]]]
"""A statement and its values -> what it finds."""


class Cards:
    """Answers with cards, or with the local numbers of notes, which are for lists alone."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def all(self, *, deleted: bool) -> list[NoteCard]:
        """All notes, or all that lie in the trash; the last saved first."""
        return [card_of(row) for row in self._rows(SELECT_CARDS, int(deleted))]

    def trashed(self) -> list[NoteCard]:
        """Notes and entries of every kind that were deleted; the last deleted first."""
        return [card_of(row) for row in self._rows(SELECT_TRASHED)]

    def of(self, ref: Ref) -> list[NoteCard]:
        """Notes on a record and, for a visit, those written during it; the last saved first."""
        return [card_of(row) for row in self._rows(SELECT_CARDS_OF, str(ref))]

    def found(self, query: str, limit: int) -> list[NoteCard]:
        """Notes whose index terms answer a query, the last saved first."""
        expression = match_expression(query)
        if not expression:
            return []
        return [card_of(row) for row in self._rows(SELECT_FOUND, expression, limit)]

    def tally(self) -> tuple[int, int, int]:
        """How many notes there are, how many are on no record, and between them what lies in
        the trash: notes and people."""
        kept, trashed, unfiled = self._rows(COUNT_NOTES)[0]
        return kept, trashed, unfiled

    def order(self) -> list[int]:
        """The numbers of all notes; the last saved first."""
        return self._numbers(SELECT_ORDER)

    def order_trashed(self) -> list[int]:
        """The numbers of the notes and people in the trash; the last deleted first."""
        return self._numbers(SELECT_ORDER_TRASHED)

    def unfiled(self) -> list[int]:
        """The numbers of those on no record, in the same order."""
        return self._numbers(SELECT_UNFILED)

    def order_found(self, query: str) -> list[int]:
        """The numbers of all whose index terms answer a query, in the same order."""
        expression = match_expression(query)
        if not expression:
            return []
        return self._numbers(SELECT_ORDER_FOUND, expression)

    def at(self, numbers: Sequence[int]) -> dict[int, NoteCard]:
        """The cards of these numbers, as far as they are still there."""
        rows = self._rows(SELECT_AT, json.dumps(numbers))
        return {row[0]: card_of(row[1:]) for row in rows}

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """The titles of the records they are on, empty for none; of people their names."""
        return dict(self._rows(SELECT_TITLES, json.dumps(numbers)))

    def ids(self, numbers: Sequence[int]) -> dict[int, str]:
        """The ids of these notes."""
        return dict(self._rows(SELECT_IDS, json.dumps(numbers)))

    def _numbers(self, statement: str, *values: str | int) -> list[int]:
        # As one value: twenty thousand rows one by one take three times as long.
        rows = self._rows(f"SELECT json_group_array(number) FROM ({statement})", *values)
        numbers: list[int] = json.loads(rows[0][0])
        return numbers


def card_of(row: Sequence[Any]) -> NoteCard:
    """What a row in the order of the columns says."""
    note, about, title, visit, visibility, first_line, created, changed, versions, deleted = row
    return NoteCard(
        note, ref_of(about), title, ref_of(visit), Visibility(visibility), first_line,
        datetime.fromisoformat(created), datetime.fromisoformat(changed), versions, bool(deleted),
    )  # fmt: skip


def ref_of(text: str) -> Ref | None:
    """What is stored of a reference; not ``Ref.parse``: a newer kind must not hide a note."""
    kind, _, slug = text.partition("/")
    return Ref(kind, slug) if text else None
