"""What a file of map tiles says of itself, whatever its format, and how its parts are unpacked."""

import json
import math
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Protocol, Self

from fieldguide.errors import MapUnreadable

MOST_TILE: Final = 8 << 20
"""Bytes of one tile, unpacked."""
MOST_METADATA: Final = 2 << 20
"""Bytes of what a file says of itself, unpacked; read, it takes many times as many."""
DEEPEST_ZOOM: Final = 24
_POLE: Final = 90.0

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees."""
WORLD: Final[Bounds] = (-180.0, -85.0511, 180.0, 85.0511)


@dataclass(frozen=True, slots=True)
class Cover:
    """The ground and the zooms that a file has tiles for."""

    bounds: Bounds
    min_zoom: int
    max_zoom: int

    @classmethod
    def checked(cls, name: str, bounds: Bounds, min_zoom: int, max_zoom: int) -> Self:
        """The same where it makes sense; raises MapUnreadable where it does not."""
        west, south, east, north = bounds
        if not (
            all(map(math.isfinite, bounds))
            and WORLD[0] <= west < east <= WORLD[2]
            and -_POLE <= south < north <= _POLE
        ):
            raise MapUnreadable(
                f"The map “{name}” does not say which ground it covers, or says it wrongly."
            )
        if not 0 <= min_zoom <= max_zoom <= DEEPEST_ZOOM:
            raise MapUnreadable(f"The map “{name}” says wrongly which zooms it has.")
        return cls(bounds, min_zoom, max_zoom)


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the maker of a file has written into it, as far as it is plain text."""

    layers: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, name: str, text: str | bytes) -> Self:
        """Out of JSON. Raises MapUnreadable."""
        try:
            said = json.loads(text) if text else {}
        except (ValueError, RecursionError) as problem:
            raise MapUnreadable(f"What the map “{name}” says of itself is damaged.") from problem
        return cls.of(said if isinstance(said, dict) else {})

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> Self:
        """Out of what was read already."""
        layers = said.get("vector_layers")
        named = [
            layer["id"]
            for layer in (layers if isinstance(layers, list) else ())
            if isinstance(layer, dict) and isinstance(layer.get("id"), str)
        ]
        return cls(tuple(named), {k: v for k, v in said.items() if isinstance(v, str)})


class TileArchive(Protocol):
    """An open file of vector tiles, used on one thread."""

    @property
    def cover(self) -> Cover:
        """The ground and the zooms that it has tiles for."""

    @property
    def metadata(self) -> Metadata:
        """What it says of itself."""

    def data(self, z: int, x: int, y: int) -> bytes | None:
        """A tile as it was encoded, or None where there is none. Raises MapUnreadable."""

    def sample(self) -> tuple[int, int, int] | None:
        """A tile of the deepest zoom that is there. Raises MapUnreadable."""

    def close(self) -> None:
        """Let the file go."""


def unpacked(data: bytes, most: int, path: Path) -> bytes:
    """Undo gzip or zlib, to at most so many bytes. Raises MapUnreadable."""
    packed = zlib.decompressobj(wbits=47)
    try:
        plain = packed.decompress(data, most + 1)
    except zlib.error as problem:
        raise MapUnreadable(f"A part of the map “{path.name}” is damaged.") from problem
    if len(plain) > most:
        raise MapUnreadable(f"A part of the map “{path.name}” is too large to be read.")
    if not packed.eof:
        raise MapUnreadable(f"A part of the map “{path.name}” is damaged.")
    return plain


def raster(path: Path) -> MapUnreadable:
    """What is said to a map of pictures."""
    return MapUnreadable(
        f"The map “{path.name}” is made of pictures; the program draws maps of vector tiles "
        "(PMTiles or MBTiles, Protomaps basemap or OpenMapTiles schema)."
    )
