"""Vector tiles for the tests, written from plain values."""

import struct
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

Feature = tuple[int, Mapping[str, str | int | float], Sequence[int]]
"""Shape (1 points, 2 lines, 3 polygons), attributes, geometry as commands and plain steps."""


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    out.append(value)
    return bytes(out)


def field(number: int, data: bytes | int) -> bytes:
    if isinstance(data, int):
        return varint(number << 3) + varint(data)
    return varint(number << 3 | 2) + varint(len(data)) + data


def packed(values: Iterable[int]) -> bytes:
    return b"".join(varint(value) for value in values)


def zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def path(points: Sequence[tuple[int, int]], *, closed: bool = False) -> list[int]:
    """The commands of one line or ring through points of the tile's grid, from its corner."""
    steps = [(points[0][0], points[0][1])]
    steps += [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(points)]
    flat = [zigzag(value) for step in steps for value in step]
    commands = [1 << 3 | 1, *flat[:2]]
    if len(points) > 1:
        commands += [(len(points) - 1) << 3 | 2, *flat[2:]]
    return [*commands, 1 << 3 | 7] if closed else commands


def layer(name: str, features: Sequence[Feature], extent: int = 4096) -> bytes:
    keys: dict[str, int] = {}
    values: dict[str | int | float, int] = {}
    parts = []
    for shape, tags, geometry in features:
        numbers: list[int] = []
        for key, value in tags.items():
            numbers += [keys.setdefault(key, len(keys)), values.setdefault(value, len(values))]
        parts.append(
            field(2, field(2, packed(numbers)) + field(3, shape) + field(4, packed(geometry)))
        )
    body = field(1, name.encode()) + b"".join(parts)
    body += b"".join(field(3, key.encode()) for key in keys)
    body += b"".join(field(4, _value(value)) for value in values)
    return field(3, body + field(5, extent) + field(15, 2))


def _value(value: str | float) -> bytes:
    if isinstance(value, str):
        return field(1, value.encode())
    if isinstance(value, float):
        return varint(3 << 3 | 1) + struct.pack("<d", value)
    return field(6, zigzag(value))
