"""Whole numbers as map files pack them: seven bits a byte, the lowest first."""

from typing import Final

LONGEST: Final = 10
"""Bytes of the longest number that a map file may hold."""


def unpacked(data: bytes) -> list[int]:
    """All numbers of a run, one after the other. Raises ValueError where it breaks off."""
    if data.isascii():
        return list(data)
    values: list[int] = []
    value = shift = 0
    for byte in data:
        if byte < 128:
            values.append(value | byte << shift)
            value = shift = 0
        elif shift >= 7 * LONGEST:
            raise ValueError("a number is too long")
        else:
            value |= (byte & 127) << shift
            shift += 7
    if shift:
        raise ValueError("a number breaks off")
    return values
