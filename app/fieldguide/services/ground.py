"""The ground of the map: the base map, and the region maps in its place where they lie."""

from array import array
from collections import OrderedDict
from contextlib import suppress
from dataclasses import dataclass, replace
from math import asinh, pi, radians, tan
from pathlib import Path
from typing import Final, Self

from fieldguide.errors import MapUnreadable
from fieldguide.maps.mvt import read_tile
from fieldguide.maps.schema import Schema, schema_of
from fieldguide.maps.tile import Feature, Tile
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

    def holds(self, z: int, x: int, y: int) -> bool:
        """Whether a tile lies whole inside."""
        left, top, right, bottom = _edges(z, x, y)
        return (
            self.left <= left and right <= self.right and self.top <= top and bottom <= self.bottom
        )

    def serves(self, z: int, x: int, y: int) -> bool:
        """Whether a map of this frame is to be shown on a tile.

        The tile lies whole inside, or reaches in and is not larger: a map of one town does not
        stand for the land around.
        """
        left, top, right, bottom = _edges(z, x, y)
        meets = left < self.right and self.left < right and top < self.bottom and self.top < bottom
        fits = right - left <= min(self.right - self.left, self.bottom - self.top)
        return meets and (fits or self.holds(z, x, y))

    def within(self, tile: Tile) -> "array[float]":
        """The part of a tile that lies inside, as a ring."""
        left, top, right, bottom = (
            min(max(edge * (1 << tile.z) - start, -0.1), 1.1)
            for edge, start in (
                (self.left, tile.x), (self.top, tile.y), (self.right, tile.x), (self.bottom, tile.y)
            )
        )  # fmt: skip
        return array("f", (left, top, right, top, right, bottom, left, bottom))

    def without(self, tile: Tile) -> Tile:
        """A tile whose names lie outside."""
        side = 1 / (1 << tile.z)
        kept = [
            one
            for one in tile.points
            if not any(
                self.left <= (tile.x + x) * side <= self.right
                and self.top <= (tile.y + y) * side <= self.bottom
                for x, y in one.parts
            )
        ]
        return replace(tile, points=tuple(kept))


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
        if data is None:
            return None
        tile = read_tile(data, z, x, y, self.schema)
        if self.schema.has_land or self.frame.holds(z, x, y):
            return tile
        # Where the file knows nothing it does not say that there is land.
        land = Feature("land", (self.frame.within(tile),))
        return replace(tile, areas=(land, *tile.areas[1:]))


class Ground:
    """What lies under the stops; opened, asked and closed on one thread."""

    def __init__(self, base: Path, profile: Path) -> None:
        self._folder = MapFolder(profile / FOLDER)
        self._stamp: tuple[tuple[str, int, int], ...] = ()
        self._base: Source | None = None
        with suppress(MapUnreadable):
            self._base = replace(Source.open(base), name="")
        self._regions: list[Source] = []
        self._tiles: OrderedDict[_Key, Tile] = OrderedDict()
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
        found = self.tiles(z, x, y)
        return found[-1] if found else None

    def tiles(self, z: int, x: int, y: int) -> list[Tile]:
        """The same with what lies below where a region map ends within the tile, lowest first.

        Of what lies below, names that the map above has its own for are left out.
        """
        x %= 1 << z
        found: list[Tile] = []
        above: list[_Frame] = []
        for source in self._sources(z, x, y):
            tile = self._read(source, source.place(z, x, y), rise=source is self._base)
            if tile is not None:
                for frame in above:
                    tile = frame.without(tile)
                found.insert(0, tile)
                above.append(source.frame)
                if source.frame.holds(z, x, y):
                    break
        return found

    def source(self, z: int, x: int, y: int) -> str | None:
        """The name of the region map that answers for a tile, empty for the base map, or None."""
        x %= 1 << z
        for source in self._sources(z, x, y):
            if self._read(source, source.place(z, x, y), rise=source is self._base) is not None:
                return source.name
        return None

    def credits(self) -> tuple[str, ...]:
        """To whom the data of all open maps are owed, each once."""
        sources = [*([self._base] if self._base else []), *self._regions]
        return tuple(dict.fromkeys(one.credit for one in sources if one.credit))

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

    def _read(self, source: Source, place: tuple[int, int, int], *, rise: bool) -> Tile | None:
        """A tile, or with ``rise`` the nearest above it that is there."""
        z, x, y = place
        for up in range(z + 1 if rise else 1):
            found = self._kept(source, z - up, x >> up, y >> up)
            if found is not None:
                return found
        return None

    def _kept(self, source: Source, z: int, x: int, y: int) -> Tile | None:
        key = (source.name, z, x, y)
        found = self._tiles.get(key)
        if found is None:
            # A damaged tile is as one that is not there: the map below it shows.
            with suppress(MapUnreadable):
                found = source.tile(z, x, y)
            if found is None:
                return None
            self._tiles[key] = found
            if len(self._tiles) > _KEPT_TILES:
                self._tiles.popitem(last=False)
        self._tiles.move_to_end(key)
        return found

    def _let_go(self) -> None:
        for source in self._regions:
            source.archive.close()
        self._regions.clear()
        self._tiles.clear()


def _down(lat: float) -> float:
    """How far down the projected world a latitude lies, from 0 to 1."""
    return (1 - asinh(tan(radians(max(-85.0511, min(85.0511, lat))))) / pi) / 2


def _edges(z: int, x: int, y: int) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a tile on the projected world."""
    side = 1 / (1 << z)
    return x * side, y * side, (x + 1) * side, (y + 1) * side
