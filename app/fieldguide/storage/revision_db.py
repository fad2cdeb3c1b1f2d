"""How a saved state is written: alone over its parents, or many first ones in a row."""

from collections.abc import Iterable, Sequence
from typing import Final

from fieldguide.domain.entries import Brief, kind_of
from fieldguide.domain.notes import Revision, storable, text_bytes
from fieldguide.domain.script import terms
from fieldguide.storage.steady import SteadyConnection

INSERT_REVISION: Final = """INSERT INTO revision (id, note, author, lamport, created, about, title,
    visit, visibility, deleted, text) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
INSERT_PARENT: Final = "INSERT INTO revision_parent VALUES (?, ?)"
INSERT_HEAD: Final = "INSERT INTO head VALUES (?, ?)"
DELETE_HEAD: Final = "DELETE FROM head WHERE note = ? AND revision = ?"
INDEX_NOTE: Final = "INSERT OR REPLACE INTO note_terms (rowid, terms) VALUES (?, ?)"
# As in SQLite's own choice, the number is one more than the highest; the transaction is alone.
SELECT_NEXT: Final = "SELECT coalesce(max(number), 0) + 1 FROM revision"
INSERT_SHOWN: Final = """INSERT INTO note (id, created, about, title, visit, visibility, opening,
    changed, deleted, versions, latest, kind, shown, state, due)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, 1, ?, ?, ?, ?, ?) RETURNING number"""


def put(conn: SteadyConnection, revision: Revision) -> None:
    """Keep a state as a head in place of its parents."""
    draft = revision.draft
    values = (
        revision.id, revision.note, revision.author.id, revision.lamport,
        revision.created.isoformat(), str(draft.about or ""), draft.title, str(draft.visit or ""),
        draft.visibility, int(draft.deleted), text_bytes(draft.text),
    )  # fmt: skip
    conn.execute(INSERT_REVISION, values)
    for parent in revision.parents:
        conn.execute(INSERT_PARENT, (revision.id, parent))
        conn.execute(DELETE_HEAD, (revision.note, parent))
    conn.execute(INSERT_HEAD, (revision.note, revision.id))


def put_first(conn: SteadyConnection, firsts: Sequence[tuple[Revision, Brief]]) -> None:
    """Keep many new entries with their first states, shown and found as if each came alone.

    Nothing has to be read back for what nobody has seen: that is most of what a save costs.
    """
    number = int(conn.execute(SELECT_NEXT).fetchall()[0][0])
    for place, (revision, told) in enumerate(firsts, number):
        draft, made = revision.draft, revision.created.isoformat()
        shown = (
            revision.note, made, str(draft.about or ""), draft.title, str(draft.visit or ""),
            draft.visibility, storable(told.line), made, place, kind_of(revision.note), place,
            told.state, told.due,
        )  # fmt: skip
        row = int(conn.execute(INSERT_SHOWN, shown).fetchall()[0][0])
        put(conn, revision)
        index(conn, row, (draft.title, told.words))


def index(conn: SteadyConnection, number: int, parts: Iterable[str]) -> None:
    """Make a note or an entry findable by these texts and by no others."""
    found = " ".join(dict.fromkeys(term for part in parts for term in terms(part)))
    conn.execute(INDEX_NOTE, (number, found))
