"""Notes as files of other programs: values in, bytes out; the same notes give the same bytes.

What goes along beside the notes comes as pieces (``takeout.py``).
"""

import hashlib
import io
import json
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO, Final

from fieldguide.domain.notes import Note
from fieldguide.errors import FieldGuideError
from fieldguide.services.attachments import Enclosure
from fieldguide.storage import files

_NAME_LENGTH: Final = 80
_NAME_BYTES: Final = 200
_UNSAFE: Final = re.compile(r'[<>:"/\\|?*\[\]#^]')
_YAML_BREAKS: Final = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_EARLIEST: Final = (1980, 1, 1, 0, 0, 0)
_LATEST: Final = (2107, 12, 31, 23, 59, 58)
_PLAIN_IN_ADDRESS: Final = frozenset(
    b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/"
)
_MARKS: Final = re.compile(r"([\\`*_\[\]<>!&])")

_DAMAGE: Final = (
    OSError, EOFError, KeyError, RuntimeError, ValueError, zipfile.BadZipFile, zlib.error,
    lzma.LZMAError,
)  # fmt: skip
"""What reading a damaged zip can end with: one bit makes it another way of packing."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A file of the archive that belongs to no note, read when its turn comes."""

    name: str
    read: Callable[[], bytes]


Enclosing = Callable[[str], Sequence[Enclosure]]
"""Id of a note -> what goes along with it."""


def nothing_enclosed(_: str) -> Sequence[Enclosure]:
    """For an export of the texts alone."""
    return ()


def markdown_zip(notes: Iterable[Note], enclosing: Enclosing = nothing_enclosed) -> bytes:
    """One Markdown file for each note, and a folder beside it for what is attached."""
    archive = io.BytesIO()
    _write_zip(archive, notes, enclosing, ())
    return archive.getvalue()


def save_markdown(
    notes: Iterable[Note],
    path: Path,
    enclosing: Enclosing = nothing_enclosed,
    beside: Sequence[Piece] = (),
) -> int:
    """Write the zip as one whole file; the answer is the number of notes in it."""
    chosen = list(notes)
    with files.replacing(path) as archive:
        _write_zip(archive, chosen, enclosing, beside)
    return len(chosen)


def check_markdown(
    path: Path,
    notes: Sequence[Note],
    enclosing: Enclosing = nothing_enclosed,
    beside: Sequence[Piece] = (),
) -> None:
    """Read such a zip again; raises FieldGuideError unless all that was written is in it."""
    ordered = in_order(notes)
    wanted = {
        hashlib.sha256(one.read()).digest()
        for note in ordered
        for one in enclosing(note.id)
        if one.read is not None
    }
    try:
        with zipfile.ZipFile(path) as archive:
            for note, name in zip(ordered, file_names(ordered), strict=True):
                if not archive.read(name).startswith(markdown(note).encode("utf-8")):
                    raise FieldGuideError(f"“{name}” in “{path.name}” is not as it was.")
            for piece in beside:
                if archive.read(piece.name) != piece.read():
                    raise FieldGuideError(f"“{piece.name}” in “{path.name}” is not as it was.")
            for name in archive.namelist():
                wanted.discard(hashlib.sha256(archive.read(name)).digest())
    except _DAMAGE as error:
        raise FieldGuideError(f"“{path.name}” cannot be read again.") from error
    if wanted:
        raise FieldGuideError(f"“{path.name}” lacks an attachment.")


def markdown(note: Note, links: Sequence[str] = ()) -> str:
    """Front matter, one empty line, the text as it was typed, then a line for each attachment.

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
    text = f"---\n{front}---\n\n{_without_halves(note.text)}"
    if not links:
        return text
    gap = "\n" if text.endswith("\n") else "\n\n"
    return text + gap + "\n\n".join(links) + "\n"


def _write_zip(
    archive: BinaryIO, notes: Iterable[Note], enclosing: Enclosing, beside: Sequence[Piece]
) -> None:
    ordered = in_order(notes)
    with zipfile.ZipFile(archive, "w") as file:
        for note, name in zip(ordered, file_names(ordered), strict=True):
            folder, links = name.removesuffix(".md"), []
            for number, one in enumerate(enclosing(note.id), start=1):
                inside = f"{folder}/{enclosed_name(number, one.name)}"
                links.append(_link(one, inside))
                if one.read is not None:
                    # Photos and most files are packed already.
                    _put(file, inside, one.read(), note.changed, zipfile.ZIP_STORED)
            text = markdown(note, links).encode("utf-8")
            _put(file, name, text, note.changed, zipfile.ZIP_DEFLATED)
        for piece in beside:
            _put(file, piece.name, piece.read(), None, zipfile.ZIP_DEFLATED)


def in_order(notes: Iterable[Note]) -> list[Note]:
    """The order in which notes are given their names."""
    return sorted(notes, key=lambda note: (note.created, note.id, note.revision.id))


def _put(
    archive: zipfile.ZipFile, name: str, data: bytes, changed: datetime | None, packing: int
) -> None:
    when = changed.timetuple()[:6] if changed is not None else _EARLIEST
    entry = zipfile.ZipInfo(name, min(max(when, _EARLIEST), _LATEST))
    entry.compress_type = packing
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, data)


def enclosed_name(number: int, name: str) -> str:
    """Its number first: so no two are alike, and none is a name that Windows keeps."""
    stem, dot, ending = name.rpartition(".")
    ending = re.sub(r"[^0-9A-Za-z]", "", ending)[:8] if dot else ""
    shown = file_stem(stem if dot else name)
    return f"{number} {shown}".strip() + (f".{ending}" if ending else "")


def _link(one: Enclosure, inside: str) -> str:
    """A picture with its caption in place of what cannot be seen, or a link with its name."""
    words = " ".join(_without_halves(one.caption or one.name).split())
    words = _MARKS.sub(r"\\\1", words)
    if one.read is None:
        return f"({words}: not included, for it may tell where it was made)"
    return f"{'!' if one.photo else ''}[{words}]({_address(inside)})"


def _address(path: str) -> str:
    """A path within the archive as a link writes it."""
    data = path.encode("utf-8")
    return "".join(chr(byte) if byte in _PLAIN_IN_ADDRESS else f"%{byte:02X}" for byte in data)


def file_names(notes: Sequence[Note]) -> list[str]:
    """A name for each note that every system takes; no two alike, whatever their case."""
    taken: set[str] = set()
    names = []
    for note in notes:
        stem = file_stem(f"{note.created.date().isoformat()} {note.title or 'Note'}")
        name, number = f"{stem}.md", 1
        while name.casefold() in taken:
            number += 1
            name = f"{stem} {number}.md"
        taken.add(name.casefold())
        names.append(name)
    return names


def file_stem(text: str) -> str:
    """A file name without its ending: letters of any script stay, marks of paths and links go.

    Empty for nothing but these: what begins with a date or a number never is, nor a name that
    Windows keeps.
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
