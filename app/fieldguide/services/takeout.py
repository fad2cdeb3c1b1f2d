"""What goes out beside the notes: people, questions, follow-ups and all else, as files."""

import json
from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from fieldguide.domain.entries import Kind, kind_of, value_of
from fieldguide.domain.notes import AUDIENCES, Note
from fieldguide.domain.people import Person
from fieldguide.services.exports import Piece, enclosed_name, file_stem
from fieldguide.services.notebook import Notebook
from fieldguide.services.notes_tables import heading_table
from fieldguide.services.people_export import vcards_of

TABLES = "entries.json"
CARDS = "people.vcf"


def pieces(book: Notebook, audience: str) -> list[Piece]:
    """All that readers of an export may see beside the notes; nothing where there is nothing.

    ``entries.json`` holds every version of every entry; photos of cards lie in a folder for each
    person; ``people.vcf`` is for oneself alone.
    """
    entries = book.whole_entries(AUDIENCES[audience])
    if not entries:
        return []
    tables = json.dumps(entry_tables(entries), ensure_ascii=False, indent=1)
    found = [Piece(TABLES, partial(tables.encode, "utf-8", "replace"))]
    if audience == "me" and (people := book.people.all()):
        cards = vcards_of(people, private=True)
        found.append(Piece(CARDS, partial(cards.encode, "utf-8", "replace")))
    return [*found, *_photos(book, entries, audience)]


def entry_tables(entries: Sequence[Note]) -> list[dict[str, Any]]:
    """Entries as JSON holds them, each with its value as a table."""
    return [{**heading_table(one), "value": json.loads(one.text)} for one in entries]


def _photos(book: Notebook, entries: list[Note], audience: str) -> Iterator[Piece]:
    enclosing = book.album.enclosing(audience)
    people = {one.id: one for one in entries if kind_of(one.id) is Kind.PERSON}
    for number, one in enumerate(people.values(), start=1):
        person: Person = value_of(Kind.PERSON, one.text)
        folder = f"people/{file_stem(f'{number} {person.title}')}"
        for place, photo in enumerate(enclosing(one.id), start=1):
            if photo.read is not None:
                yield Piece(f"{folder}/{enclosed_name(place, photo.name)}", photo.read)
