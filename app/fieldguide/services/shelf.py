"""The shelf: notes as one list shows them, all of them or those that answer a query."""

from dataclasses import dataclass
from typing import Final

from fieldguide.domain.notes import NoteHit
from fieldguide.services.notebook import Notebook

FOUND_AT_MOST: Final = 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is listed, beside how many notes there are and how many lie in the trash."""

    hits: tuple[NoteHit, ...]
    kept: int
    trashed: int
    read_only: str
    """A sentence when nothing can be written, otherwise empty."""


def shelf(notebook: Notebook, query: str, *, trash: bool) -> Shelf:
    """The notes that hold the query, or all, or the trash; the last changed first."""
    if query.strip() and not trash:
        hits = notebook.search(query, FOUND_AT_MOST)
    else:
        cards = notebook.trash() if trash else notebook.notes()
        hits = [NoteHit(card, card.opening) for card in cards]
    return Shelf(tuple(hits), *notebook.tally(), notebook.read_only)
