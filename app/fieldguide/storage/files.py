"""Files are written whole: the old content or the new one is there, never a part."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Final

from fieldguide.errors import FieldGuideError

_REASONS: Final = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk is full",
    errno.EACCES: "this user may not write there",
    errno.EPERM: "this user may not write there",
    errno.EROFS: "the disk is read-only",
    errno.ENOENT: "its folder does not exist",
    errno.ENOTDIR: "its folder is a file",
    errno.EISDIR: "there is a folder of that name",
    errno.ENAMETOOLONG: "its name is too long",
    errno.EIO: "the disk reports an error",
}


_FORGOTTEN_S: Final = 3_600
"""Nobody writes one file as long as that."""


def reason(error: OSError) -> str:
    """Why a file could not be used, as the end of a sentence."""
    return _REASONS.get(error.errno or 0, "the system refuses it")


def make_private(folder: Path) -> None:
    """Make a folder that only this user may look into; one that is there stays as it is."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)


def write_whole(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Replace or make a file in one step; it is on the disk when this returns.

    Raises FieldGuideError with a sentence; what was there before is then still there.
    """
    target = Path(os.path.realpath(path))
    try:
        temporary = _write_beside(target, data, mode)
        try:
            temporary.replace(target)
        except OSError:
            temporary.unlink()
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise FieldGuideError(f"“{path.name}” cannot be written: {reason(error)}.") from error


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a file too large to be held in one piece; it gets its name at the end of the block.

    Raises FieldGuideError as ``write_whole`` does; whatever goes wrong, nothing was changed.
    """
    target = Path(os.path.realpath(path))
    temporary = target.parent / f".{secrets.token_hex(6)}.new"
    try:
        try:
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(target)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
        sync_folder(target.parent)
    except OSError as error:
        raise FieldGuideError(f"“{path.name}” cannot be written: {reason(error)}.") from error


def write_new(path: Path, data: bytes, *, mode: int = 0o666) -> None:
    """Make a file in one step; raises FileExistsError when there is one, OSError otherwise."""
    temporary = _write_beside(path, data, mode)
    place_new(temporary, path)


def place_new(temporary: Path, path: Path) -> None:
    """Give a finished file its name, never over another: raises FileExistsError then."""
    try:
        try:
            os.link(temporary, path)
        except FileExistsError:
            raise
        except OSError:
            # Sticks and network shares may know no links; two programs at once are unlikely there.
            if path.exists():
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), path) from None
            temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sweep(folder: Path) -> None:
    """Remove unfinished files that nobody has touched for an hour: their program was killed."""
    with suppress(OSError):
        left = {path: path.stat().st_mtime for path in folder.glob(".*.new*")}
        now = _now_of(folder) if left else 0.0
        for path, touched in left.items():
            # From whichever side: the clock may have been wrong when that program was killed.
            if abs(now - touched) > _FORGOTTEN_S:
                path.unlink(missing_ok=True)


def _now_of(folder: Path) -> float:
    """What the disk takes for now; the clock of this computer may be another, and wrong."""
    probe = folder / f".{secrets.token_hex(6)}.new"
    probe.touch(exist_ok=False)
    try:
        return probe.stat().st_mtime
    finally:
        probe.unlink()


def sync_folder(folder: Path) -> None:
    """Make new names in a folder last; where the system knows no such thing, do nothing."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_beside(path: Path, data: bytes, mode: int) -> Path:
    temporary = path.parent / f".{secrets.token_hex(6)}.new"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink()
        raise
    return temporary
