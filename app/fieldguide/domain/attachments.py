"""Photos and files on a note, and what the first bytes of a file tell about it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

PLAIN_FILE: Final = "application/octet-stream"
LARGEST_FILE: Final = 50 * 1024 * 1024
MOST_PIXELS: Final = 60_000_000
LONG_EDGE: Final = 2_000
"""Pixels of the longer side of the copy of a photo that leaves the program."""
MANY_BYTES: Final = 2 * 1024**3
"""From here on the user is told how much lies in the notes."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_JPEG_BARE: Final = frozenset({0x01, *range(0xD0, 0xD9)})
_KNOWN_FILES: Final = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_STILL_BRANDS: Final = frozenset({b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif"})


class Stage(StrEnum):
    """How far an attachment is; the values are stored."""

    WAITING = "waiting"
    """A photo whose copies are not made yet."""
    PHOTO = "photo"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A photo or file of a note; ``sha256`` is of the original, ``thumbnail`` a small JPEG.

    ``caption`` is also what stands for a photo where it cannot be seen.
    """

    id: str
    note: str
    name: str
    media: str
    size: int
    sha256: str
    width: int
    height: int
    stage: Stage
    caption: str
    added: datetime
    thumbnail: bytes = b""

    @property
    def telling(self) -> bool:
        """Whether it may say where and when it was made, and nothing here can take that out."""
        return self.stage is Stage.FILE and self.media.startswith(("image/", "video/"))


@dataclass(frozen=True, slots=True)
class Removed:
    """An attachment that was taken off its note; ``title`` is what that note was filed under."""

    attachment: Attachment
    when: datetime
    title: str


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something to attach, looked at but not decoded; ``remark`` is a sentence for the user."""

    name: str
    data: bytes
    media: str = PLAIN_FILE
    width: int = 0
    height: int = 0
    remark: str = ""

    @property
    def stage(self) -> Stage:
        """Where it begins: a photo waits for its copies."""
        return Stage.WAITING if self.width else Stage.FILE


@dataclass(frozen=True, slots=True)
class Copies:
    """What is made of a photo, both JPEG without metadata: for reports, and to be seen small."""

    report: bytes
    thumbnail: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Header:
    """Kind and size of a picture as its first bytes claim; nothing is decoded for it."""

    media: str
    width: int
    height: int


def picture_header(data: bytes) -> Header | None:
    """What a JPEG, PNG, GIF or WebP says of itself; None for anything else, whatever its name."""
    if data.startswith(_PNG) and data[12:16] == b"IHDR" and len(data) >= 24:
        return _sized("image/png", _big(data, 16, 4), _big(data, 20, 4))
    if data[:6] in (b"GIF87a", b"GIF89a") and len(data) >= 10:
        return _sized("image/gif", _little(data, 6, 2), _little(data, 8, 2))
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= 30:
        return _webp(data)
    if data.startswith(b"\xff\xd8\xff"):
        return _jpeg(data)
    return None


def media_of(data: bytes) -> str:
    """The kind of a file that cannot be shown, where its first bytes tell."""
    if data[4:8] == b"ftyp":
        return "image/heif" if data[8:12] in _STILL_BRANDS else "video/mp4"
    return next((media for mark, media in _KNOWN_FILES if data.startswith(mark)), PLAIN_FILE)


def _sized(media: str, width: int, height: int) -> Header | None:
    return Header(media, width, height) if width and height else None


def _big(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(data[place : place + length], "big")


def _little(data: bytes, place: int, length: int) -> int:
    return int.from_bytes(data[place : place + length], "little")


def _webp(data: bytes) -> Header | None:
    kind, media = data[12:16], "image/webp"
    if kind == b"VP8X":
        return _sized(media, _little(data, 24, 3) + 1, _little(data, 27, 3) + 1)
    if kind == b"VP8L":
        bits = _little(data, 21, 4)
        return _sized(media, (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if kind == b"VP8 ":
        return _sized(media, _little(data, 26, 2) & 0x3FFF, _little(data, 28, 2) & 0x3FFF)
    return None


def _jpeg(data: bytes) -> Header | None:
    place = 2
    while place + 9 <= len(data) and data[place] == 0xFF:
        marker = data[place + 1]
        if marker == 0xFF:
            place += 1
        elif marker in _JPEG_BARE:
            place += 2
        elif marker in _JPEG_FRAMES:
            return _sized("image/jpeg", _big(data, place + 7, 2), _big(data, place + 5, 2))
        else:
            place += 2 + _big(data, place + 2, 2)
    return None
