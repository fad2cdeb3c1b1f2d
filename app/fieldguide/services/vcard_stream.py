"""A file of vCards as cards of properties, one at a time, whatever wrote it and however badly."""

import binascii
import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from fieldguide.services.vcard_text import Property, property_of

LARGEST_PHOTO: Final = 10 * 1024 * 1024
_LONGEST_LINE: Final = LARGEST_PHOTO * 4 // 3 + 200_000
_LARGEST_CARD: Final = 2 * _LONGEST_LINE
_LONGEST_HEAD: Final = 1_000
"""Octets before a value in which it is looked for how that is written."""
_MOST_PROPERTIES: Final = 1_000
_PIECE: Final = 1 << 20
_BASE64: Final = re.compile(rb"[A-Za-z0-9+/]+={0,2}")
_IS_QUOTED: Final = re.compile(rb"[^:]*QUOTED-PRINTABLE[^:]*:", re.IGNORECASE)
_IS_BASE64: Final = re.compile(rb"[^:]*(?:ENCODING=B|BASE64)[^:]*:", re.IGNORECASE)
_CHARSET: Final = re.compile(r"CHARSET=\"?([\w-]+)", re.IGNORECASE)
_CHARSETS: Final = re.compile(
    r"utf-?8|us-ascii|iso-8859-\d{1,2}|windows-125\d|cp125\d|koi8-[ru]|gb2312|gbk|gb18030|big5"
    r"|shift_jis|euc-jp|euc-kr|utf-16(?:le|be)?",
    re.IGNORECASE,
)
_HIGH: Final = re.compile(rb"[\x80-\xff]+")


@dataclass(frozen=True, slots=True)
class Refused:
    """A card that could not be read: the line it begins at and a sentence that says why."""

    line: int
    sentence: str


@dataclass(slots=True)
class Properties:
    """All properties of one card; ``remarks`` are sentences on what had to be left out."""

    line: int
    found: list[Property] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)


def cards_in(source: BinaryIO) -> Iterator[Properties | Refused]:
    """Each card of a file, in order; holds no more than one in memory."""
    any_card = False
    card: Properties | None = None
    size = inner = 0
    for number, line in _logical(_utf8(source)):
        mark = line[:20].strip().upper() if line else b""
        if mark == b"BEGIN:VCARD":
            if card and card.found and card.found[-1].name == "AGENT":
                inner += 1
                continue
            if card:
                yield Refused(card.line, f"The card at line {card.line} has no end.")
            card, size, inner, any_card = Properties(number), 0, 0, True
        elif mark == b"END:VCARD" and card:
            if inner:
                inner -= 1
                continue
            yield _ended(card, size)
            card = None
        elif card and not inner:
            size += len(line) if line else 0
            _take(card, number, line, size)
    if card:
        yield Refused(card.line, f"The card at line {card.line} has no end.")
    if not any_card:
        yield Refused(1, "There is no vCard in this file.")


def _ended(card: Properties, size: int) -> Properties | Refused:
    if size > _LARGEST_CARD:
        megabytes = size // 1024 // 1024
        return Refused(
            card.line, f"The card at line {card.line} is too large to be read: {megabytes} MB."
        )
    return card


def _take(card: Properties, number: int, line: bytes | None, size: int) -> None:
    """Add one property to a card, or a sentence on why it is left out."""
    if line is None:
        card.remarks.append(
            f"Line {number} is too long and was left out; a photo may have"
            f" {LARGEST_PHOTO // 1024 // 1024} MB."
        )
    elif len(card.found) >= _MOST_PROPERTIES or size > _LARGEST_CARD:
        remark = f"The card at line {card.line} goes on after line {number}; the rest was left out."
        if card.remarks[-1:] != [remark] and not any("goes on" in one for one in card.remarks):
            card.remarks.append(remark)
    elif found := _property(line, number):
        card.found.append(found)
    elif len(card.remarks) < _MOST_PROPERTIES:
        card.remarks.append(f"Line {number} is not one of a vCard and was left out.")


def _property(line: bytes, number: int) -> Property | None:
    found = property_of(_line_text(line), number)
    if found and found.param("ENCODING").upper() == "QUOTED-PRINTABLE":
        octets = binascii.a2b_qp(found.value.encode("utf-8", "surrogateescape"))
        value = text_of(octets, found.param("CHARSET"))
        return Property(found.name, value, found.params, found.group, number)
    return found


def _line_text(line: bytes) -> str:
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        head, colon, value = line.partition(b":")
        named = head.decode("latin-1")
        charset = _CHARSET.search(named)
        return f"{named}{colon.decode()}{text_of(value, charset[1] if charset else '')}"


def text_of(octets: bytes, charset: str = "") -> str:
    """Text in the encoding that is named if it fits, else in the one that it most looks like."""
    for name in ("utf-8", charset if _CHARSETS.fullmatch(charset) else ""):
        if name:
            try:
                return octets.decode("gb18030" if name.lower() in ("gb2312", "gbk") else name)
            except (UnicodeError, LookupError):
                continue
    runs = _HIGH.findall(octets)
    first = [run[at] for run in runs for at in range(0, len(run), 2)]
    chinese = all(len(run) % 2 == 0 for run in runs)
    if chinese and sum(0xB0 <= lead <= 0xD7 for lead in first) >= 0.7 * len(first):
        return octets.decode("gb18030", "replace")
    if any(len(run) > 2 for run in runs) and all(min(run) >= 0xA8 for run in runs):
        return octets.decode("cp1251", "replace")
    return octets.decode("cp1252", "replace")


def _utf8(source: BinaryIO) -> Iterator[bytes]:
    """The file in pieces that end with a line or are long, as UTF-8 when it was UTF-16."""
    start = source.read(4)
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        order = "le" if start.startswith(codecs.BOM_UTF16_LE) else "be"
        decoder = codecs.getincrementaldecoder(f"utf-16-{order}")("replace")
        rest = start[2:]
        while piece := rest + source.read(_PIECE):
            rest = b""
            text = decoder.decode(piece).encode("utf-8", "replace")
            yield from io.BytesIO(text)
        return
    first = start.removeprefix(codecs.BOM_UTF8) + source.readline(_PIECE)
    # The first bytes may themselves hold whole lines.
    yield from io.BytesIO(first)
    while piece := source.readline(_PIECE):
        yield piece


def _physical(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes, bool]]:
    """Number, content and whether it goes on what stood before, of each line of the file."""
    number, open_end = 1, False
    for piece in pieces:
        ended = piece.endswith(b"\n")
        body = piece[:-1].removesuffix(b"\r") if ended else piece
        for place, part in enumerate(body.split(b"\r")):
            if place:
                number += 1
            yield number, part, open_end and not place
        open_end = not ended
        number += ended


def _logical(pieces: Iterator[bytes]) -> Iterator[tuple[int, bytes | None]]:
    """Lines with their continuations joined; None for one that is too long to be kept."""
    began, parts, size = 0, [b""], 0
    for number, part, glued in _physical(pieces):
        more = part if glued else _continued(parts, part)
        if more is None:
            if size:
                yield began, b"".join(parts) if size <= _LONGEST_LINE else None
            began, parts, size = number, [part], len(part)
        else:
            size += len(more)
            if size <= _LONGEST_LINE:
                parts.append(more)
    if size:
        yield began, b"".join(parts) if size <= _LONGEST_LINE else None


def _continued(parts: list[bytes], part: bytes) -> bytes | None:
    """What a line of the file adds to the one before; None when it begins another."""
    if part[:1] in (b" ", b"\t"):
        return part[1:]
    if parts[-1].endswith(b"=") and _IS_QUOTED.match(parts[0], 0, _LONGEST_HEAD):
        parts[-1] = parts[-1][:-1]
        return part
    whole = part and b":" not in part and _BASE64.fullmatch(part)
    return part if whole and _IS_BASE64.match(parts[0], 0, _LONGEST_HEAD) else None
