"""The folder of the region maps of a user: put in whole, set aside, put back."""

import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldguide.errors import BadRequest, FieldGuideError, MapUnreadable
from fieldguide.storage import mbtiles, pmtiles
from fieldguide.storage.files import make_private, reason, replacing, sweep
from fieldguide.storage.tile_archive import TileArchive

SUFFIXES: Final = (".pmtiles", ".mbtiles")
_ASIDE: Final = ".removed"
_PIECE: Final = 4 << 20
_LONGEST_NAME: Final = 80
_ODD: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')

Progress = Callable[[int, int], bool]
"""Told after each piece how many bytes of how many are there; False stops."""


def open_map(path: Path) -> TileArchive:
    """Open a map file of either format; what is in it decides, not its name.

    Raises MapUnreadable.
    """
    try:
        with path.open("rb") as file:
            start = file.read(16)
    except OSError as problem:
        raise MapUnreadable(f"“{path.name}” cannot be read: {reason(problem)}.") from problem
    if start.startswith(pmtiles.MAGIC):
        return pmtiles.PmTiles.open(path)
    if start == mbtiles.MAGIC:
        return mbtiles.MbTiles.open(path)
    raise MapUnreadable(f"“{path.name}” is no map: neither PMTiles nor MBTiles.")


def is_map(path: Path) -> bool:
    """Whether a file bears the name of a map."""
    return path.suffix.lower() in SUFFIXES


class MapFolder:
    """Files by their names; used on one thread at a time."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def names(self) -> list[str]:
        """What is kept, in order."""
        try:
            return sorted(path.name for path in self._folder.iterdir() if is_map(path))
        except OSError:
            return []

    def stamp(self) -> tuple[tuple[str, int, int], ...]:
        """What is kept, with size and time of change: another one when anything is another."""
        found = []
        for name in self.names():
            with suppress(OSError):
                state = (self._folder / name).stat()
                found.append((name, state.st_size, state.st_mtime_ns))
        return tuple(found)

    def path(self, name: str) -> Path:
        """Where a map of this name lies. Raises BadRequest where there is none."""
        if name not in self.names():
            raise BadRequest(f"There is no region map of the name “{name}”.")
        return self._folder / name

    def keep(self, source: Path, progress: Progress) -> str | None:
        """Copy a file in; returns the name it got, or None when it was stopped.

        A map of the same name that is there stays. Raises FieldGuideError.
        """
        try:
            make_private(self._folder)
            sweep(self._folder)
            size = source.stat().st_size
            name = self._free(source.name)
            with source.open("rb") as read, replacing(self._folder / name) as write:
                done = 0
                while piece := read.read(_PIECE):
                    write.write(piece)
                    done += len(piece)
                    if not progress(done, size):
                        raise _Stopped
        except _Stopped:
            return None
        except OSError as problem:
            raise FieldGuideError(
                f"“{source.name}” cannot be copied: {reason(problem)}."
            ) from problem
        return name

    def set_aside(self, name: str) -> None:
        """Take a map out of the list; what was set aside before it goes for good."""
        path = self.path(name)
        aside = path.with_name(f"{name}{_ASIDE}")
        try:
            path.replace(aside)
        except OSError as problem:
            raise FieldGuideError(f"“{name}” cannot be removed: {reason(problem)}.") from problem
        self._clear_but(aside)

    def put_back(self, name: str) -> str:
        """Undo that; returns the name under which it is there again. Raises FieldGuideError."""
        free = self._free(name)
        try:
            (self._folder / f"{name}{_ASIDE}").replace(self._folder / free)
        except OSError as problem:
            raise FieldGuideError(f"“{name}” cannot be put back: {reason(problem)}.") from problem
        return free

    def clear(self) -> None:
        """Let go for good of what was set aside."""
        self._clear_but(None)

    def _clear_but(self, kept: Path | None) -> None:
        with suppress(OSError):
            for path in self._folder.glob(f"*{_ASIDE}"):
                if path != kept:
                    path.unlink()

    def _free(self, name: str) -> str:
        """The name, or the same with a number where it is taken."""
        path = Path(_ODD.sub("-", name))
        stem, suffix = path.stem[:_LONGEST_NAME], path.suffix.lower()
        taken = {kept.lower() for kept in self.names()}
        free, number = f"{stem}{suffix}", 2
        while free.lower() in taken:
            free, number = f"{stem}-{number}{suffix}", number + 1
        return free


class _Stopped(Exception):
    """Whoever waits for a copy has stopped it."""
