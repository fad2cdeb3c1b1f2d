"""Vector tiles (Mapbox Vector Tile 2.1) become tiles of ground; whatever they hold, at a bound."""

import struct
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from itertools import accumulate, islice
from typing import Final

from fieldguide.domain import varints
from fieldguide.errors import MapUnreadable
from fieldguide.maps.schema import Layer, Meaning, Schema, Value
from fieldguide.maps.tile import AREAS, LINES, POINTS, REACH, Feature, Tile

MOST_BYTES: Final = 8 << 20
MOST_FEATURES: Final = 40_000
"""Features of one tile that are looked at; the rest of a fuller tile is left out."""
MOST_POINTS: Final = 250_000
"""Points of one tile that are kept."""
_MOST_LAYERS: Final = 256
_MOST_WORDS: Final = 100_000
_MOST_TEXT: Final = 480
"""Bytes of a text that are read: no name that is shown has more."""

_POINT, _LINE, _POLYGON = 1, 2, 3
_MOVE, _DRAW, _CLOSE = 1, 2, 7
_SHAPES: Final = {
    **dict.fromkeys(POINTS, _POINT),
    **dict.fromkeys(LINES, _LINE),
    **dict.fromkeys(AREAS, _POLYGON),
}
_LEAST_STEPS: Final = {_LINE: 1, _POLYGON: 2}

_WHOLE_TILE: Final = Feature("land", (array("f", (-0.1, -0.1, 1.1, -0.1, 1.1, 1.1, -0.1, 1.1)),))


class _Damaged(Exception):
    """The bytes do not say what the format promises."""


def read_tile(data: bytes, z: int, x: int, y: int, schema: Schema) -> Tile:
    """The ground of one tile, at most so much of it as its bounds allow.

    A feature that makes no sense is left out. Raises MapUnreadable where the whole is no tile.
    """
    if len(data) > MOST_BYTES:
        raise MapUnreadable(f"The tile {z}/{x}/{y} of the map is too large to be read.")
    reader = _Reader(z, schema)
    if not schema.has_land:
        reader.areas.append(_WHOLE_TILE)
    try:
        for number, layer in islice(_parts(data), _MOST_LAYERS):
            if number == 3:
                reader.read(layer)
    except _Damaged as problem:
        raise MapUnreadable(f"The tile {z}/{x}/{y} of the map is damaged.") from problem
    return Tile(z, x, y, tuple(reader.areas), tuple(reader.lines), tuple(reader.points))


class _Reader:
    """Collects what the layers of one tile say, and how much more of it may come."""

    def __init__(self, z: int, schema: Schema) -> None:
        self.areas: list[Feature] = []
        self.lines: list[Feature] = []
        self.points: list[Feature] = []
        self._z = z
        self._schema = schema
        self._features_left = MOST_FEATURES
        self._points_left = MOST_POINTS

    def read(self, data: bytes) -> None:
        """Take in one layer, if the schema knows it."""
        name, extent = "", 4096
        features: list[bytes] = []
        keys: list[str] = []
        values: list[bytes] = []
        for number, part in _parts(data):
            if number == 2 and len(features) < self._features_left:
                features.append(part)
            elif number == 3 and len(keys) < _MOST_WORDS:
                keys.append(_text(part))
            elif number == 4 and len(values) < _MOST_WORDS:
                values.append(part)
            elif number == 1:
                name = _text(part)
            elif number == 5:
                extent = _number(part)
        self._features_left -= len(features)
        layer = self._schema.layers.get(name)
        if layer is not None and extent > 0:
            words = _Words(layer, keys, values, self._z)
            for feature in features:
                with suppress(_Damaged):
                    self._take(feature, words, extent)

    def _take(self, data: bytes, words: "_Words", extent: int) -> None:
        shape, tags, geometry = 0, b"", b""
        for number, part in _parts(data):
            if number == 4:
                geometry = part
            elif number == 2:
                tags = part
            elif number == 3:
                shape = _number(part)
        meaning = words.meaning(tags, shape)
        if meaning is None or _SHAPES[meaning.kind] != shape or self._points_left <= 0:
            return
        parts = _geometry(_integers(geometry), shape, extent)
        self._points_left -= sum(map(len, parts)) // 2
        if parts and self._points_left >= 0:
            kept = {_POINT: self.points, _LINE: self.lines, _POLYGON: self.areas}[shape]
            kept.append(
                Feature(meaning.kind, tuple(parts), meaning.name, meaning.name_zh, meaning.rank)
            )


class _Words:
    """The attributes of a layer; of most features of a layer the same few are said."""

    def __init__(self, layer: Layer, keys: Sequence[str], values: Sequence[bytes], z: int) -> None:
        self._layer = layer
        self._keys = {number: key for number, key in enumerate(keys) if key in layer.attributes}
        self._values = values
        self._z = z
        self._read_values: dict[int, Value] = {}
        self._known: dict[tuple[bytes, int], Meaning | None] = {}

    def meaning(self, tags: bytes, shape: int) -> Meaning | None:
        """What a feature with these packed attributes is; None for what is not drawn."""
        seen = (tags, shape)
        if seen not in self._known:
            self._known[seen] = self._read(tags, shape)
        return self._known[seen]

    def _read(self, tags: bytes, shape: int) -> Meaning | None:
        try:
            numbers = _integers(tags)
        except _Damaged:
            return None
        found = {
            self._keys[key]: self._value(value)
            for key, value in zip(numbers[::2], numbers[1::2], strict=False)
            if key in self._keys and value < len(self._values)
        }
        return self._layer.meaning(found, shape == _POINT, self._z)

    def _value(self, number: int) -> Value:
        """One value, looked into once however many say it; one that is damaged says nothing."""
        if number not in self._read_values:
            self._read_values[number] = ""
            with suppress(_Damaged):
                self._read_values[number] = _value(self._values[number])
        return self._read_values[number]


def _geometry(numbers: Sequence[int], shape: int, extent: int) -> "list[array[float]]":
    """The parts that the commands draw; those that are too short to be seen are left out."""
    parts: list[array[float]] = []
    x = y = at = 0
    end = len(numbers)
    while at < end:
        command, count = numbers[at] & 7, numbers[at] >> 3
        at += 1
        if command == _CLOSE:
            continue
        stop = at + 2 * count
        if command not in (_MOVE, _DRAW) or stop > end or not count:
            raise _Damaged
        # A line goes on from the point where the last move has led.
        across = _walk(x, numbers[at:stop:2])
        down = _walk(y, numbers[at + 1 : stop : 2])
        x, y, at = across[-1], down[-1], stop
        if shape == _POINT:
            if command == _MOVE:
                parts += _spots(across[1:], down[1:], extent)
        elif command == _DRAW and count >= _LEAST_STEPS[shape]:
            parts.append(_part(across, down, extent))
    return parts


def _walk(start: int, steps: Sequence[int]) -> list[int]:
    """The start, and where each step leads."""
    if len(steps) == 1:
        return [start, start + ((steps[0] >> 1) ^ -(steps[0] & 1))]
    return list(accumulate([(step >> 1) ^ -(step & 1) for step in steps], initial=start))


def _spots(across: list[int], down: list[int], extent: int) -> "list[array[float]]":
    """Single points, as far as they lie about the tile."""
    least, most = -REACH * extent, (1 + REACH) * extent
    return [
        array("f", (x / extent, y / extent))
        for x, y in zip(across, down, strict=True)
        if least <= x <= most and least <= y <= most
    ]


def _part(across: list[int], down: list[int], extent: int) -> "array[float]":
    places = [0] * (2 * len(across))
    places[::2] = across
    places[1::2] = down
    least, most = int(-REACH * extent), int((1 + REACH) * extent)
    if min(places) < least or max(places) > most:
        places = [min(max(place, least), most) for place in places]
    return array("f", [place / extent for place in places])


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """The numbered fields of a message; a number is given as the bytes that say it."""
    at, end = 0, len(data)
    while at < end:
        key, at = (data[at], at + 1) if data[at] < 128 else _varint(data, at)
        kind = key & 7
        if kind == 2:
            if at < end and data[at] < 128:
                stop = at + 1 + data[at]
                at += 1
            else:
                size, at = _varint(data, at)
                stop = at + size
        elif kind == 0:
            stop = at + 1 if at < end and data[at] < 128 else _varint(data, at)[1]
        elif kind in (1, 5):
            stop = at + (8 if kind == 1 else 4)
        else:
            raise _Damaged
        if stop > end:
            raise _Damaged
        yield key >> 3, data[at:stop]
        at = stop


def _varint(data: bytes, start: int) -> tuple[int, int]:
    """A number, and where it ends."""
    value = shift = 0
    for at in range(start, min(start + varints.LONGEST, len(data))):
        byte = data[at]
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at + 1
        shift += 7
    raise _Damaged


def _integers(packed: bytes) -> list[int]:
    try:
        return varints.unpacked(packed)
    except ValueError as problem:
        raise _Damaged from problem


def _number(packed: bytes) -> int:
    numbers = _integers(packed)
    if not numbers:
        raise _Damaged
    return numbers[0]


def _text(data: bytes) -> str:
    return data[:_MOST_TEXT].decode("utf-8", "replace")


def _value(data: bytes) -> Value:
    for number, part in _parts(data):
        if number == 1:
            return _text(part)
        if number in (2, 3) and len(part) == 4 * (number - 1):
            return float(struct.unpack("<f" if number == 2 else "<d", part)[0])
        if number in (4, 5, 6, 7):
            whole = _number(part)
            return (whole >> 1) ^ -(whole & 1) if number == 6 else whole
    return ""
