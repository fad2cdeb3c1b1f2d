"""One window a profile: a lock that the system gives back however a program ends."""

import sys
from contextlib import suppress
from pathlib import Path
from typing import IO, Final

if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


LOCK_FILE: Final = "window.lock"
REQUEST_FILE: Final = "come-forward"


class Lock:
    """A lock file; it stays behind, which says nothing: only a living program holds it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes] | None = None

    def take(self) -> bool:
        """Whether it is ours now; raises OSError where no lock can be had at all."""
        if self._file is not None:
            return True
        file = self._path.open("ab")
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            file.close()
            return False
        except OSError:
            file.close()
            raise
        self._file = file
        return True

    def release(self) -> None:
        """Give it back; nothing happens when it is not ours."""
        if self._file is not None:
            self._file.close()
            self._file = None


class Instance:
    """This program among those that may show the same profile."""

    def __init__(self, profile: Path) -> None:
        self._profile = profile
        self._lock = Lock(profile / LOCK_FILE)

    def first(self) -> bool:
        """Whether no other window shows this profile; true as well where that cannot be known."""
        try:
            self._profile.mkdir(parents=True, exist_ok=True, mode=0o700)
            mine = self._lock.take()
        except OSError:
            # A folder that nobody can write, or a share without locks: the notes take care alone.
            return True
        if mine:
            self.asked()
        return mine

    def ask(self) -> None:
        """Ask the first window to come forward."""
        with suppress(OSError):
            (self._profile / REQUEST_FILE).touch()

    def asked(self) -> bool:
        """Whether another program has asked since the last time."""
        try:
            (self._profile / REQUEST_FILE).unlink()
        except OSError:
            return False
        return True

    def leave(self) -> None:
        """Let the next one be the first."""
        self._lock.release()
