"""Region maps behind a worker: looked at, added piece by piece, removed and put back."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal

from fieldguide.errors import FieldGuideError
from fieldguide.ui.tasks import Worker

if TYPE_CHECKING:
    from fieldguide.services.regions import Region, Regions


class RegionMaps(QObject):
    """One for the whole window: the map looks at what the settings change.

    The thread begins with the first question, which most days is never.
    """

    listed = Signal(object)
    """A list of Region, as they are now."""
    changed = Signal()
    """Other maps are there than before: whoever draws the ground looks again."""
    copying = Signal(str, int)
    """A file that is being copied, by name, and how much of it is there in per cent."""
    added = Signal(object)
    """A Region that was just added."""
    removed = Signal(str)
    stopped = Signal()
    failed = Signal(str)
    """Why something could not be done."""
    _moved = Signal(str, int)

    def __init__(self, profile: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = self._halted = 0

        def opened() -> "Regions":
            from fieldguide.services.regions import Regions

            return Regions(profile)

        self._worker: Worker[Regions] = Worker(
            "regions", opened, lambda regions: regions.clear(), self, held=True
        )
        # The copy tells from its own thread.
        self._moved.connect(self.copying, Qt.ConnectionType.QueuedConnection)

    def look(self) -> None:
        """Ask what is kept."""
        self._worker.release()
        self._worker.ask("regions", lambda regions: regions.all(), self.listed.emit, self._fail)

    def add(self, path: Path) -> None:
        """Check a file and copy it in; one after the other when several are asked for."""
        self._asked += 1
        number, name = self._asked, path.name

        def progress(done: int, size: int) -> bool:
            self._moved.emit(name, 100 * done // max(size, 1))
            return self._halted < number

        self.copying.emit(name, 0)
        self._do(lambda regions: regions.add(path, progress), self._take)

    def stop(self) -> None:
        """Let go of all that is being copied."""
        self._halted = self._asked

    def remove(self, name: str) -> None:
        """Take a map away; ``put_back`` undoes it until the next is removed."""
        self._do(lambda regions: regions.remove(name), lambda _: self.removed.emit(name))

    def put_back(self, name: str) -> None:
        """Undo the last removal."""
        self._do(lambda regions: regions.put_back(name), lambda _: None)

    def close(self) -> None:
        """Stop what is being copied and let go for good of what was removed."""
        self.stop()
        # Also what was left by a program that came to no good end.
        self._worker.release()
        self._worker.close()

    def _do(self, deed: "Callable[[Regions], Any]", done: Callable[[Any], None]) -> None:
        def finish(answer: object) -> None:
            done(answer)
            self.changed.emit()
            self.look()

        self._worker.release()
        self._worker.do(deed, finish, self._fail)

    def _take(self, region: "Region | None") -> None:
        if region is None:
            self.stopped.emit()
        else:
            self.added.emit(region)

    def _fail(self, problem: FieldGuideError) -> None:
        self.failed.emit(str(problem))
        self.look()
