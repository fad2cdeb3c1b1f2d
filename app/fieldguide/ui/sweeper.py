"""Collects garbage on the window's own thread, and on no other."""

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

LOOK_MS: Final = 2_000


class Sweeper(QObject):
    """From ``start`` on it does by a slow clock what Python would do wherever it happens to be.

    A part of the window that nobody holds any more may be part of a ring, which only the collector
    finds; when a worker's thread makes it run, Qt deletes that part on the wrong thread and the
    program may die.
    """

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self)
        self._timer.timeout.connect(sweep)

    def start(self) -> None:
        """Begin; what was loaded until now is kept and never looked at again."""
        gc.disable()
        gc.freeze()
        self._timer.start(LOOK_MS)

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def sweep() -> None:
    """Collect the oldest generation that is due by Python's own limits, on this thread."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [number for number, count in enumerate(counts) if count > limits[number]]
    if due:
        gc.collect(due[-1])
