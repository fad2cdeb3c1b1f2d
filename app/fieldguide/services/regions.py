"""Region maps: files of streets that a user brings, checked before they are kept."""

import html
import re
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from fieldguide.domain.plans import is_day
from fieldguide.errors import BadRequest, MapUnreadable
from fieldguide.maps.mvt import read_tile
from fieldguide.maps.schema import OWN, schema_of
from fieldguide.storage.map_files import MapFolder, Progress, is_map, open_map
from fieldguide.storage.tile_archive import Bounds, TileArchive

FOLDER: Final = "regions"
"""Name of their folder in the profile."""
_TAG: Final = re.compile(r"<[^>]*>")
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_DATES: Final = (
    "planetiler:osm:osmosisreplicationtime",
    "osm_date",
    "date",
    "planetiler:buildtime",
)
_LICENCES: Final = ("attribution", "license", "licence")
_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Region:
    """One region map; where it cannot be read any more, ``trouble`` says why and the rest is bare.

    ``data_of`` is the day of its data where the file tells it; ``added`` is the day it was added.
    """

    name: str
    size: int
    added: date
    data_of: str = ""
    licence: str = ""
    schema: str = ""
    bounds: Bounds | None = None
    zooms: tuple[int, int] | None = None
    trouble: str = ""


class Regions:
    """The region maps of a profile; used on one thread at a time."""

    def __init__(self, profile: Path) -> None:
        self._folder = MapFolder(profile / FOLDER)

    def all(self) -> list[Region]:
        """What is kept, by name; also what cannot be read any more."""
        return [_region(name, self._folder.path(name)) for name in self._folder.names()]

    def add(self, source: Path, progress: Progress = lambda _, __: True) -> Region | None:
        """Check a file and copy it in; None when ``progress`` stopped it.

        Raises FieldGuideError with the reason why it cannot be used.
        """
        if not is_map(source):
            raise BadRequest(f"“{source.name}” is no map: its name ends in .pmtiles or .mbtiles.")
        check(source)
        name = self._folder.keep(source, progress)
        return None if name is None else _region(name, self._folder.path(name))

    def remove(self, name: str) -> None:
        """Take a map out of the list; ``put_back`` undoes it until the next is removed."""
        self._folder.set_aside(name)

    def put_back(self, name: str) -> str:
        """Undo the last removal; returns the name under which the map is there again."""
        return self._folder.put_back(name)

    def clear(self) -> None:
        """Let go for good of what was removed."""
        self._folder.clear()


def is_map_name(path: Path) -> bool:
    """Whether a file bears the name of a map; what is in it is seen when it is added."""
    return is_map(path)


def check(path: Path) -> None:
    """Read what leads to the tiles, and one of them. Raises MapUnreadable."""
    with closing(open_map(path)) as archive:
        schema = schema_of(archive.metadata.layers)
        if schema is OWN:
            raise MapUnreadable(f"“{path.name}” is a base map of this program, not one of streets.")
        place = archive.sample()
        data = archive.data(*place) if place else None
        if place is None or data is None:
            raise MapUnreadable(f"The map “{path.name}” is empty.")
        read_tile(data, *place, schema)


def licence(archive: TileArchive) -> str:
    """To whom the data are owed, in plain words; empty where the file does not say."""
    for key in _LICENCES:
        if found := _plain(archive.metadata.texts, key):
            return found
    return ""


def _region(name: str, path: Path) -> Region:
    state = path.stat()
    bare = Region(name, state.st_size, datetime.fromtimestamp(state.st_mtime).astimezone().date())
    try:
        with closing(open_map(path)) as archive:
            return Region(
                name, bare.size, bare.added, _data_of(archive.metadata.texts), licence(archive),
                schema_of(archive.metadata.layers).name, archive.cover.bounds,
                (archive.cover.min_zoom, archive.cover.max_zoom),
            )  # fmt: skip
    except MapUnreadable as problem:
        return Region(name, bare.size, bare.added, trouble=str(problem))


def _data_of(texts: Mapping[str, str]) -> str:
    for key in _DATES:
        if (found := _DAY.match(texts.get(key, ""))) and is_day(found[0]):
            return found[0]
    return ""


def _plain(texts: Mapping[str, str], key: str) -> str:
    """A text without marks of the web, in one line."""
    text = html.unescape(_TAG.sub(" ", texts.get(key, "")[: 10 * _LONGEST]))
    words = "".join(char if char.isprintable() else " " for char in text).split()
    return " ".join(words)[:_LONGEST]
