"""Map files in the MBTiles format: tables of an origin not known, so that nothing else may run."""

import math
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, Self

from sqlcipher3 import dbapi2
from sqlcipher3.dbapi2 import Connection

from fieldguide.errors import MapUnreadable
from fieldguide.storage.sqlite import connect_map
from fieldguide.storage.tile_archive import (
    DEEPEST_ZOOM,
    MOST_METADATA,
    MOST_TILE,
    WORLD,
    Bounds,
    Cover,
    Metadata,
    raster,
    unpacked,
)

MAGIC: Final = b"SQLite format 3\x00"
_PATIENCE_S: Final = 2.0
"""Longest that one question may take: tables may be views of anything."""
_STEPS: Final = 10_000
_FUNCTIONS: Final = frozenset(
    ("octet_length", "length", "min", "max", "count", "coalesce", "ifnull", "like")
)
_MOST_WORDS: Final = 1_000
_PACKED: Final = (b"\x1f\x8b", b"\x78\x01", b"\x78\x9c", b"\x78\xda")
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"RIFF", b"GIF8")

_TABLES: Final = "PRAGMA main.table_list"
_MOST_TABLES: Final = 200
_RECKONED: Final = (
    "SELECT count(*) FROM pragma_table_xinfo(?1, 'main') AS x WHERE x.hidden IN (2, 3)"
)
_GROWING: Final = "SELECT count(*) FROM sqlite_schema WHERE sql LIKE '%||%'"
_WORDS: Final = (
    "SELECT name, CASE WHEN octet_length(value) <= ?1 THEN value END FROM metadata "
    "WHERE octet_length(name) < 100 LIMIT ?2"
)
_ZOOMS: Final = "SELECT min(zoom_level), max(zoom_level) FROM tiles"
_FRAME: Final = (
    "SELECT min(tile_column), max(tile_column), min(tile_row), max(tile_row) "
    "FROM tiles WHERE zoom_level = ?1"
)
_TILE: Final = (
    "SELECT octet_length(tile_data), "
    "CASE WHEN octet_length(tile_data) <= ?4 THEN tile_data END FROM tiles "
    "WHERE zoom_level = ?1 AND tile_column = ?2 AND tile_row = ?3 LIMIT 1"
)
_SAMPLE: Final = "SELECT tile_column, tile_row FROM tiles WHERE zoom_level = ?1 LIMIT 1"


class MbTiles:
    """One file, asked by its tables; used on one thread."""

    def __init__(self, path: Path, conn: Connection) -> None:
        self._path = path
        self._conn = conn
        try:
            self._refuse_reckoned()
            conn.set_authorizer(_allowed)
            if self._rows(_GROWING)[0][0]:
                # A view that joins texts could fill the memory before it can be stopped.
                raise self._damaged()
            words = self._words()
            if str(words.get("format", "pbf")).lower() not in ("pbf", "mvt"):
                raise raster(path)
            self.cover = self._covered(words)
            self.metadata = self._described(words)
        except BaseException:
            conn.close()
            raise

    @classmethod
    def open(cls, path: Path) -> Self:
        """Read what the file says of itself. Raises MapUnreadable."""
        return cls(path, connect_map(path))

    def data(self, z: int, x: int, y: int) -> bytes | None:
        """A tile as it was encoded, or None where there is none. Raises MapUnreadable."""
        if not 0 <= z <= DEEPEST_ZOOM or not (0 <= x < 1 << z and 0 <= y < 1 << z):
            return None
        # The format counts rows from the south.
        rows = self._rows(_TILE, z, x, (1 << z) - 1 - y, MOST_TILE)
        if not rows:
            return None
        length, data = rows[0]
        if isinstance(length, int) and length > MOST_TILE:
            raise MapUnreadable(f"A part of the map “{self._path.name}” is too large to be read.")
        if not isinstance(data, bytes):
            raise self._damaged()
        if data.startswith(_PICTURES):
            raise raster(self._path)
        return unpacked(data, MOST_TILE, self._path) if data.startswith(_PACKED) else data

    def sample(self) -> tuple[int, int, int] | None:
        """A tile of the deepest zoom that is there. Raises MapUnreadable."""
        z = self.cover.max_zoom
        rows = self._rows(_SAMPLE, z)
        if not rows:
            return None
        x, row = self._whole(rows[0])
        return z, x, (1 << z) - 1 - row

    def close(self) -> None:
        """Let the file go."""
        self._conn.close()

    def _refuse_reckoned(self) -> None:
        """The authorizer is not asked about what a generated column reckons out."""
        tables = [name for _, name, kind, *__ in self._rows(_TABLES) if kind != "view"]
        if len(tables) > _MOST_TABLES or any(self._rows(_RECKONED, name)[0][0] for name in tables):
            raise self._damaged()

    def _words(self) -> dict[str, Any]:
        words: dict[str, Any] = {}
        left = MOST_METADATA
        for name, value in self._each(_WORDS, MOST_METADATA, _MOST_WORDS):
            left -= len(value) if isinstance(value, str | bytes) else 0
            if left < 0:
                raise self._damaged()
            if isinstance(name, str) and isinstance(value, str | int | float):
                words[name] = value
        return words

    def _covered(self, words: dict[str, Any]) -> Cover:
        low, high = words.get("minzoom"), words.get("maxzoom")
        if low is None or high is None:
            rows = self._rows(_ZOOMS)
            if rows[0][0] is None:
                raise MapUnreadable(f"The map “{self._path.name}” is empty.")
            low, high = rows[0]
        try:
            zooms = int(low), int(high)
            said = words.get("bounds")
            bounds = _bounds(str(said)) if said else self._frame(zooms[1])
        except (ValueError, OverflowError) as problem:
            raise MapUnreadable(
                f"The map “{self._path.name}” says wrongly which ground or zooms it has."
            ) from problem
        return Cover.checked(self._path.name, bounds, *zooms)

    def _frame(self, z: int) -> Bounds:
        """The ground of the tiles that are there."""
        if not 0 <= z <= DEEPEST_ZOOM:
            raise ValueError("no such zoom")
        rows = self._rows(_FRAME, z)
        if None in rows[0]:
            return WORLD
        left, right, bottom, top = self._whole(rows[0])
        return (
            left / (1 << z) * 360 - 180,
            _latitude(bottom / (1 << z)),
            (right + 1) / (1 << z) * 360 - 180,
            _latitude((top + 1) / (1 << z)),
        )

    def _described(self, words: dict[str, Any]) -> Metadata:
        inner = words.pop("json", "")
        told = Metadata.read(self._path.name, inner if isinstance(inner, str) else "")
        texts = {key: str(value) for key, value in words.items()}
        return Metadata(told.layers, {**told.texts, **texts})

    def _whole(self, row: tuple[Any, ...]) -> tuple[int, ...]:
        if not all(isinstance(value, int) and 0 <= value < 1 << DEEPEST_ZOOM for value in row):
            raise self._damaged()
        return row

    def _rows(self, question: str, *values: object) -> list[tuple[Any, ...]]:
        return list(self._each(question, *values))

    def _each(self, question: str, *values: object) -> Iterator[tuple[Any, ...]]:
        until = time.monotonic() + _PATIENCE_S
        self._conn.set_progress_handler(lambda: time.monotonic() > until, _STEPS)
        try:
            for row in self._conn.execute(question, values):
                # The engine counts its steps, and a large row is few of them.
                if time.monotonic() > until:
                    raise self._damaged()
                yield row
        except (dbapi2.DatabaseError, OverflowError, UnicodeDecodeError) as problem:
            raise self._damaged() from problem
        finally:
            self._conn.set_progress_handler(None, 0)

    def _damaged(self) -> MapUnreadable:
        return MapUnreadable(
            f"The map “{self._path.name}” is damaged, or it is no MBTiles file that can be read."
        )


def _allowed(action: int, _: str | None, name: str | None, *__: str | None) -> int:
    """Reading and counting; no recursion, and no function that can make much out of little."""
    reading = action in (dbapi2.SQLITE_SELECT, dbapi2.SQLITE_READ)
    counting = action == dbapi2.SQLITE_FUNCTION and name in _FUNCTIONS
    return int(dbapi2.SQLITE_OK if reading or counting else dbapi2.SQLITE_DENY)


def _bounds(text: str) -> Bounds:
    west, south, east, north = (float(part) for part in text.split(","))
    return west, south, east, north


def _latitude(y: float) -> float:
    """Degrees of a height on the projected world, 0 in the south and 1 in the north."""
    return math.degrees(math.atan(math.sinh(math.pi * (2 * y - 1))))
