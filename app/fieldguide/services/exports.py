"""Notes as files of other programs: values in, bytes out; the same notes give the same bytes."""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from fieldguide.domain.notes import Note
from fieldguide.storage import files

_NAME_LENGTH: Final = 80
_NAME_BYTES: Final = 200
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\[\]#^]')
_YAML_BREAKS: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LATEST: Final = (2107, 12, 31, 23, 59, 58)


def markdown_zip(notes: Iterable[Note]) -> bytes:
    """One Markdown file for each note, with what is known of it as YAML front matter."""
    ordered = sorted(notes, key=lambda note: (note.created, note.id, note.revision.id))
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for note, name in zip(ordered, file_names(ordered), strict=True):
            when = note.changed.timetuple()[:6]
            entry = zipfile.ZipInfo(name, min(max(when, _EARLIEST), _LATEST))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            file.writestr(entry, markdown(note).encode("utf-8"))
    return archive.getvalue()


def save_markdown(notes: Iterable[Note], path: Path) -> int:
    """Write the zip as one whole file; the answer is the number of files in it."""
    chosen = list(notes)
    files.write_whole(path, markdown_zip(chosen))
    return len(chosen)


def markdown(note: Note) -> str:
    """Front matter, one empty line, then the text as it was typed.

    Half a surrogate pair, which no file can hold, becomes U+FFFD.
    """
    author = note.revision.author
    fields = {
        "ref": _quoted(str(note.about or "")),
        "title": _quoted(note.title),
        "visit": _quoted(str(note.visit or "")),
        "created": note.created.isoformat(),
        "changed": note.changed.isoformat(),
        "visibility": _quoted(note.visibility),
        "author": _quoted(author.name),
    }
    if note.in_conflict:
        fields["versions"] = str(len(note.heads))
    front = "".join(f"{name}: {value}\n" for name, value in fields.items())
    return f"---\n{front}---\n\n{_without_halves(note.text)}"


def file_names(notes: Sequence[Note]) -> list[str]:
    """A name for each note that every system takes; no two alike, whatever their case."""
    taken: set[str] = set()
    names = []
    for note in notes:
        stem = _stem(f"{note.created.date().isoformat()} {note.title or 'Note'}")
        name, number = f"{stem}.md", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} {number}.md"
        taken.add(name.casefold())
        names.append(name)
    return names


def _stem(text: str) -> str:
    """A file name without its ending: letters of any script stay, marks of paths and links go.

    It starts with a date, so it is never empty and never one of the names Windows keeps.
    """
    text = unicodedata.normalize("NFC", _without_halves(text))
    text = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    text = " ".join(_UNSAFE.sub(" ", text).split())[:_NAME_LENGTH]
    return text.encode("utf-8")[:_NAME_BYTES].decode("utf-8", "ignore").strip(". ")


def _quoted(text: str) -> str:
    """A double-quoted YAML scalar: as in JSON, and what only YAML takes for a break escaped."""
    quoted = json.dumps(_without_halves(text), ensure_ascii=False)
    return _YAML_BREAKS.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _without_halves(text: str) -> str:
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
