"""Notes as tables for scripts and spreadsheets: JSON with all else beside them, or CSV."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from fieldguide.domain.notes import Note
from fieldguide.services.spreadsheet import csv_table
from fieldguide.storage.files import write_whole

COLUMNS: Final = (
    "id", "ref", "title", "visit", "created", "changed", "visibility", "author", "text",
)  # fmt: skip


def save_notes_json(notes: Sequence[Note], entries: Sequence[dict[str, Any]], path: Path) -> int:
    """Write notes and entries; a note with versions side by side stands once for each."""
    table = {"notes": [note_table(note) for note in notes], "entries": entries}
    write_whole(path, json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8", "replace"))
    return len(notes)


def save_notes_csv(notes: Sequence[Note], path: Path) -> int:
    """Write a row for each note."""
    write_whole(path, csv_table(COLUMNS, [note_table(note) for note in notes]))
    return len(notes)


def note_table(note: Note) -> dict[str, Any]:
    """One note as JSON holds it; what is not known is null."""
    return {**heading_table(note), "text": note.text}


def heading_table(note: Note) -> dict[str, Any]:
    """The same without its text."""
    return {
        "id": note.id,
        "ref": str(note.about) if note.about else None,
        "title": note.title or None,
        "visit": str(note.visit) if note.visit else None,
        "created": note.created.isoformat(),
        "changed": note.changed.isoformat(),
        "visibility": note.visibility.value,
        "author": note.revision.author.name,
    }
