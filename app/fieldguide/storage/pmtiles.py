"""Map files in the PMTiles format, version 3; every word in them is checked before it is used."""

import struct
from array import array
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import BinaryIO, Final, Self

from fieldguide.domain import varints
from fieldguide.errors import MapUnreadable
from fieldguide.storage.files import reason
from fieldguide.storage.tile_archive import (
    DEEPEST_ZOOM,
    MOST_METADATA,
    MOST_TILE,
    Cover,
    Metadata,
    raster,
    unpacked,
)

MAGIC: Final = b"PMTiles"
_HEADER: Final = struct.Struct("<7sB11Q6B4iB2i")
_VERSION: Final = 3
_PLAIN, _GZIP = 1, 2
_VECTOR: Final = 1
_PICTURES: Final = (2, 3, 4, 5)
_DEEPEST: Final = 4
"""Directories that lead to one another; the format needs three."""
_MOST_DIRECTORY: Final = 1 << 20
_KEPT_DIRECTORIES: Final = 8


@dataclass(frozen=True, slots=True)
class _Section:
    """A stretch of the file."""

    offset: int
    length: int

    def part(self, offset: int, length: int) -> "_Section | None":
        """A stretch within this one, or None where it reaches out of it."""
        whole = offset >= 0 and length > 0 and offset + length <= self.length
        return _Section(self.offset + offset, length) if whole else None


@dataclass(frozen=True, slots=True)
class _Directory:
    """Where tiles lie, by their number along the curve; a run of 0 leads to another directory."""

    tiles: Sequence[int]
    runs: Sequence[int]
    lengths: Sequence[int]
    offsets: Sequence[int]


class PmTiles:
    """One file, read by its parts; used on one thread."""

    def __init__(self, path: Path, file: BinaryIO, size: int) -> None:
        self._path = path
        self._file = file
        self._leaves: OrderedDict[int, _Directory] = OrderedDict()
        try:
            header = _HEADER.unpack(self._read(_Section(0, _HEADER.size)))
            if header[:2] != (MAGIC, _VERSION):
                raise MapUnreadable(f"“{path.name}” is no PMTiles map of version {_VERSION}.")
            self._sections = [_Section(*header[at : at + 2]) for at in (2, 4, 6, 8)]
            if any(part.offset + part.length > size for part in self._sections):
                raise MapUnreadable(f"The map “{path.name}” is cut off: its end is missing.")
            self._inner, self._outer, kind = header[14], header[15], header[16]
            if kind in _PICTURES:
                raise raster(path)
            if kind != _VECTOR or {self._inner, self._outer} - {_PLAIN, _GZIP}:
                raise MapUnreadable(f"The map “{path.name}” is packed in a way not known here.")
            self.cover = Cover.checked(path.name, _degrees(header[19:23]), *header[17:19])
            self._root = self._directory(self._sections[0])
            self.metadata = self._described()
        except BaseException:
            file.close()
            raise

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read what leads to the tiles. Raises MapUnreadable."""
        try:
            file = path.open("rb")
            size = file.seek(0, 2)
        except OSError as problem:
            raise MapUnreadable(f"“{path.name}” cannot be read: {reason(problem)}.") from problem
        return cls(path, file, size)

    def data(self, z: int, x: int, y: int) -> bytes | None:
        """A tile as it was encoded, or None where there is none. Raises MapUnreadable."""
        if not 0 <= z <= DEEPEST_ZOOM or not (0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        wanted = tile_number(z, x, y)
        directory = self._root
        for _ in range(_DEEPEST):
            at = bisect_right(directory.tiles, wanted) - 1
            if at < 0:
                return None
            run = directory.runs[at]
            if run and wanted >= directory.tiles[at] + run:
                return None
            part = self._sections[3 if run else 2].part(
                directory.offsets[at], directory.lengths[at]
            )
            if part is None:
                raise self._damaged()
            if run:
                return self._tile(part)
            directory = self._leaf(part)
        raise self._damaged()

    def sample(self) -> tuple[int, int, int] | None:
        """A tile of the deepest zoom that is there. Raises MapUnreadable."""
        directory = self._root
        for _ in range(_DEEPEST):
            if not directory.tiles:
                return None
            if directory.runs[-1]:
                return tile_place(directory.tiles[-1])
            part = self._sections[2].part(directory.offsets[-1], directory.lengths[-1])
            if part is None:
                raise self._damaged()
            directory = self._leaf(part)
        raise self._damaged()

    def close(self) -> None:
        """Let the file go."""
        self._file.close()

    def _described(self) -> Metadata:
        part = self._sections[1]
        if part.length > MOST_METADATA:
            raise self._damaged()
        data = self._read(part)
        if data and self._inner == _GZIP:
            data = unpacked(data, MOST_METADATA, self._path)
        return Metadata.read(self._path.name, data)

    def _tile(self, part: _Section) -> bytes:
        if part.length > MOST_TILE:
            raise MapUnreadable(f"A part of the map “{self._path.name}” is too large to be read.")
        data = self._read(part)
        return unpacked(data, MOST_TILE, self._path) if self._outer == _GZIP else data

    def _leaf(self, part: _Section) -> _Directory:
        known = self._leaves.get(part.offset)
        if known is None:
            known = self._leaves[part.offset] = self._directory(part)
            if len(self._leaves) > _KEPT_DIRECTORIES:
                self._leaves.popitem(last=False)
        self._leaves.move_to_end(part.offset)
        return known

    def _directory(self, part: _Section) -> _Directory:
        if part.length > _MOST_DIRECTORY:
            raise self._damaged()
        data = self._read(part)
        if self._inner == _GZIP:
            data = unpacked(data, _MOST_DIRECTORY, self._path)
        try:
            return _directory(varints.unpacked(data))
        except (ValueError, IndexError, OverflowError) as problem:
            raise self._damaged() from problem

    def _read(self, part: _Section) -> bytes:
        try:
            self._file.seek(part.offset)
            data = self._file.read(part.length)
        except (OSError, OverflowError) as problem:
            raise MapUnreadable(
                f"The map “{self._path.name}” cannot be read: the disk reports an error."
            ) from problem
        if len(data) < part.length:
            raise MapUnreadable(f"The map “{self._path.name}” is cut off: its end is missing.")
        return data

    def _damaged(self) -> MapUnreadable:
        return MapUnreadable(
            f"The map “{self._path.name}” is damaged: tiles are not where it says."
        )


def _directory(numbers: Sequence[int]) -> _Directory:
    """Raises ValueError, IndexError or OverflowError where it is none."""
    count = numbers[0]
    if len(numbers) != 4 * count + 1:
        raise ValueError("a directory has four numbers for each entry")
    steps, runs, lengths, places = (
        numbers[1 + at * count : 1 + (at + 1) * count] for at in range(4)
    )
    if 0 in steps[1:]:
        raise ValueError("tiles come in order")
    offsets = array("Q", bytes(8 * count))
    end = 0
    for at, (place, length) in enumerate(zip(places, lengths, strict=True)):
        # 0 says: right behind the one before.
        offsets[at] = place - 1 if place else end
        end = offsets[at] + length
    return _Directory(array("Q", accumulate(steps)), array("Q", runs), array("Q", lengths), offsets)


def _degrees(header: Sequence[int]) -> tuple[float, float, float, float]:
    west, south, east, north = (value / 1e7 for value in header)
    return west, south, east, north


def tile_number(z: int, x: int, y: int) -> int:
    """The place of a tile on the curve that runs through all tiles, zoom after zoom."""
    number = ((1 << 2 * z) - 1) // 3
    half = 1 << z >> 1
    while half:
        right, low = x & half > 0, y & half > 0
        number += half * half * ((3 * right) ^ low)
        x, y = _turned(half, x, y, right, low)
        half >>= 1
    return number


def tile_place(number: int) -> tuple[int, int, int]:
    """The tile (z, x, y) at a place on that curve. Raises MapUnreadable beyond the last zoom."""
    for z in range(DEEPEST_ZOOM + 1):
        if number < 1 << 2 * z:
            break
        number -= 1 << 2 * z
    else:
        raise MapUnreadable("The map names a tile that no zoom has.")
    x = y = 0
    half = 1
    while half < 1 << z:
        right = number >> 1 & 1
        low = (number ^ right) & 1
        x, y = _turned(half, x, y, bool(right), bool(low))
        x, y = x + half * right, y + half * low
        number >>= 2
        half <<= 1
    return z, x, y


def _turned(half: int, x: int, y: int, right: bool, low: bool) -> tuple[int, int]:
    """The quarter turn that joins one quarter of the curve to the next."""
    if low:
        return x, y
    if right:
        x, y = half - 1 - x & half - 1, half - 1 - y & half - 1
    return y, x
