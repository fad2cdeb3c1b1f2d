"""The ground of the map: the base map, and the region maps in its place where they lie."""

from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Final, Self

from fieldguide.errors import MapUnreadable
from fieldguide.maps.mvt import read_tile
from fieldguide.maps.schema import Schema, schema_of
from fieldguide.maps.tile import Tile
from fieldguide.services.regions import FOLDER, licence
from fieldguide.storage.map_files import MapFolder, open_map
from fieldguide.storage.tile_archive import Bounds, TileArchive

_KEPT_TILES: Final = 12
"""Tiles kept as they were read: one stands for many where the map is nearer than its data."""

_Key = tuple[str, int, int, int]


@dataclass(frozen=True, slots=True)
class _Frame:
    """Bounds on the projected world, from 0 to 1 each way, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @classmethod
    def of(cls, bounds: Bounds) -> Self:
        west, south, east, north = bounds
        return cls((west + 180) / 360, _down(north), (east + 180) / 360, _down(south))

    def serves(self, z: int, x: int, y: int) -> bool:
        """Whether a map of this frame is to be shown on a tile.

        It lies whole inside, or reaches in and is small beside it: a map of one town does not
        stand for the land around.
        """
        side = 1 / (1 << z)
        left, top, right, bottom = x * side, y * side, (x + 1) * side, (y + 1) * side
        inside = (
            self.left <= left and right <= self.right and self.top <= top and bottom <= self.bottom
        )
        meets = left < self.right and self.left < right and top < self.bottom and self.top < bottom
        small = 2 * side <= self.right - self.left and 2 * side <= self.bottom - self.top
        return inside or (meets and small)


@dataclass(frozen=True, slots=True)
class Source:
    """One open map with what it means; ``name`` is that of its file, empty for the base map."""

    name: str
    archive: TileArchive
    schema: Schema
    frame: _Frame
    credit: str

    @classmethod
    def open(cls, path: Path) -> Self:
        """Raises MapUnreadable."""
        archive = open_map(path)
        try:
            schema = schema_of(archive.metadata.layers)
        except MapUnreadable:
            archive.close()
            raise
        return cls(path.name, archive, schema, _Frame.of(archive.cover.bounds), licence(archive))

    def place(self, z: int, x: int, y: int) -> tuple[int, int, int]:
        """The tile that stands for this one: itself, or beyond the last zoom what holds it."""
        beyond = max(0, z - self.archive.cover.max_zoom)
        return z - beyond, x >> beyond, y >> beyond

    def tile(self, z: int, x: int, y: int) -> Tile | None:
        """Raises MapUnreadable."""
        data = self.archive.data(z, x, y)
        return None if data is None else read_tile(data, z, x, y, self.schema)


class Ground:
    """What lies under the stops; opened, asked and closed on one thread."""

    def __init__(self, base: Path, profile: Path) -> None:
        self._folder = MapFolder(profile / FOLDER)
        self._stamp: tuple[tuple[str, int, int], ...] = ()
        self._base: Source | None = None
        with suppress(MapUnreadable):
            self._base = replace(Source.open(base), name="")
        self._regions: list[Source] = []
        self._tiles: OrderedDict[_Key, Tile | None] = OrderedDict()
        self.refresh()

    @property
    def bare(self) -> bool:
        """Whether there is no map at all."""
        return self._base is None and not self._regions

    def refresh(self) -> bool:
        """Look which region maps there are now; True when they are others than before."""
        stamp = self._folder.stamp()
        if stamp == self._stamp:
            return False
        self._let_go()
        self._stamp = stamp
        for name, _, __ in stamp:
            # What cannot be read is told where the region maps are listed.
            with suppress(MapUnreadable):
                self._regions.append(Source.open(self._folder.path(name)))
        # The smallest first: it is the one that was brought for that place.
        self._regions.sort(key=lambda one: one.frame.right - one.frame.left)
        return True

    def tile(self, z: int, x: int, y: int) -> Tile | None:
        """What lies on a tile; beyond the data, the tile above that holds it (see its own z, x, y).

        None where no map knows anything: plain sea, or no map at all.
        """
        x %= 1 << z
        for source in self._sources(z, x, y):
            place = source.place(z, x, y)
            found = self._read(source, place)
            if found is not None:
                return found
        # Far from the mission the base map holds only what is seen from far away.
        while z and self._base is not None:
            z, x, y = z - 1, x >> 1, y >> 1
            found = self._read(self._base, self._base.place(z, x, y))
            if found is not None:
                return found
        return None

    def source(self, z: int, x: int, y: int) -> str | None:
        """The name of the region map that answers for a tile, empty for the base map, or None."""
        x %= 1 << z
        for source in self._sources(z, x, y):
            if self._read(source, source.place(z, x, y)) is not None:
                return source.name
        return None

    def credits(self) -> tuple[str, ...]:
        """To whom the data of all open maps are owed, each once."""
        sources = [*([self._base] if self._base else []), *self._regions]
        return tuple(dict.fromkeys(one.credit for one in sources if one.credit))

    def deepest(self, lat: float, lon: float) -> int:
        """The last zoom that has data of its own at a point."""
        x, y = (lon + 180) / 360, _down(lat)
        zooms = [
            one.archive.cover.max_zoom
            for one in (*self._regions, *([self._base] if self._base else []))
            if one.frame.left <= x <= one.frame.right and one.frame.top <= y <= one.frame.bottom
        ]
        return max(zooms, default=0)

    def close(self) -> None:
        """Let all files go."""
        self._let_go()
        if self._base is not None:
            self._base.archive.close()

    def _sources(self, z: int, x: int, y: int) -> list[Source]:
        """Who may answer for a tile, the best first."""
        regions = [
            one
            for one in self._regions
            if z >= one.archive.cover.min_zoom and one.frame.serves(z, x, y)
        ]
        return [*regions, *([self._base] if self._base is not None else [])]

    def _read(self, source: Source, place: tuple[int, int, int]) -> Tile | None:
        key = (source.name, *place)
        if key in self._tiles:
            self._tiles.move_to_end(key)
            return self._tiles[key]
        found = None
        # A damaged tile is as one that is not there: the map below it shows.
        with suppress(MapUnreadable):
            found = source.tile(*place)
        self._tiles[key] = found
        if len(self._tiles) > _KEPT_TILES:
            self._tiles.popitem(last=False)
        return found

    def _let_go(self) -> None:
        for source in self._regions:
            source.archive.close()
        self._regions.clear()
        self._tiles.clear()


def _down(lat: float) -> float:
    """How far down the projected world a latitude lies, from 0 to 1."""
    return (1 - asinh(tan(radians(max(-85.0511, min(85.0511, lat))))) / pi) / 2
