"""The shipped typefaces as numbers: which characters they draw and how wide, without a window."""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from fieldguide.domain.runs import split_scripts
from fieldguide.errors import FieldGuideError

LATIN: Final = {400: "Inter-Regular.ttf", 500: "Inter-Medium.ttf", 600: "Inter-SemiBold.ttf"}
HANZI: Final = "NotoSansSC-Regular.ttf"
_UNSEEN: Final = frozenset("\n\u200b\u2028\u2060\u00ad")
"""What a page takes as a break, or as nothing, and no typeface has to draw."""


@dataclass(frozen=True, slots=True)
class Typeface:
    """One font file; widths are in ems."""

    glyphs: Mapping[int, int]
    """Code point -> number of its glyph."""
    widths: tuple[float, ...]
    """By glyph; the last one holds for all that follow."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read a TrueType file; raises FieldGuideError."""
        try:
            data = path.read_bytes()
            tables = _tables(data)
            units = struct.unpack_from(">H", data, tables[b"head"] + 18)[0]
            count = struct.unpack_from(">H", data, tables[b"hhea"] + 34)[0]
            pairs = struct.unpack_from(f">{2 * count}H", data, tables[b"hmtx"])
            widths = tuple(width / units for width in pairs[::2])
            return cls(dict(_glyphs(data, tables[b"cmap"])), widths)
        except (OSError, struct.error, KeyError, IndexError, ZeroDivisionError) as problem:
            raise FieldGuideError(
                f"The typeface file {path.name} is missing or damaged; install the program again."
            ) from problem

    def width(self, text: str) -> float:
        """Width of a line in ems; kerning, which nearly always narrows it, is left out."""
        last = len(self.widths) - 1
        return sum(self.widths[min(self.glyphs.get(ord(char), 0), last)] for char in text)


class Typefaces:
    """All typefaces that pages and pictures are set in, each read when it is first needed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Typeface] = {}

    def width(self, text: str, size: float, hanzi_size: float, weight: int = 400) -> float:
        """Width of one line in the unit of the sizes; hanzi have one weight."""
        return sum(
            self._face(HANZI).width(run) * hanzi_size
            if hanzi
            else self._face(LATIN[weight]).width(run) * size
            for run, hanzi in split_scripts(text)
        )

    def holds(self, char: str) -> bool:
        """Whether a character can be drawn on a page."""
        code = ord(char)
        return (
            char in _UNSEEN
            or code in self._face(LATIN[400]).glyphs
            or code in self._face(HANZI).glyphs
        )

    def check(self) -> None:
        """Raise FieldGuideError when one of them is missing or damaged."""
        for name in (*LATIN.values(), HANZI):
            self._face(name)

    def _face(self, name: str) -> Typeface:
        if name not in self._read:
            self._read[name] = Typeface.read(self.folder / name)
        return self._read[name]


def _tables(data: bytes) -> dict[bytes, int]:
    """Name -> offset of each table of a font."""
    count = struct.unpack_from(">H", data, 4)[0]
    rows = [struct.unpack_from(">4sLLL", data, 12 + 16 * number) for number in range(count)]
    return {name: offset for name, _, offset, _ in rows}


def _glyphs(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """The pairs of the Unicode table, be it in 16 bits (format 4) or in 32 (format 12)."""
    count = struct.unpack_from(">H", data, start + 2)[0]
    rows = [struct.unpack_from(">HHL", data, start + 4 + 8 * number) for number in range(count)]
    found: dict[int, int] = {}
    for platform, _, offset in rows:
        if platform in (0, 3):
            found.setdefault(struct.unpack_from(">H", data, start + offset)[0], start + offset)
    yield from _wide_pairs(data, found[12]) if 12 in found else _short_pairs(data, found[4])


def _wide_pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">L", data, at + 12)[0]
    for number in range(count):
        first, last, glyph = struct.unpack_from(">LLL", data, at + 16 + 12 * number)
        for code in range(first, min(last, 0x10FFFF) + 1):
            yield code, glyph + code - first


def _short_pairs(data: bytes, at: int) -> Iterator[tuple[int, int]]:
    count = struct.unpack_from(">H", data, at + 6)[0] // 2
    ends, starts, deltas, jumps = (
        struct.unpack_from(f">{count}H", data, at + 14 + part * 2 * count + (2 if part else 0))
        for part in range(4)
    )
    table = at + 16 + 6 * count
    for number, (first, last) in enumerate(zip(starts, ends, strict=True)):
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if jumps[number]:
                place = table + 2 * number + jumps[number] + 2 * (code - first)
                glyph = struct.unpack_from(">H", data, place)[0]
                if glyph == 0:
                    continue
            yield code, (glyph + deltas[number]) & 0xFFFF
