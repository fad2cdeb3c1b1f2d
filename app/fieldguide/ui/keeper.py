"""Locks the window and opens it again; while it is locked the file of the notes is closed."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldguide.ui.desk import Desk
from fieldguide.ui.window import Window

if TYPE_CHECKING:
    from fieldguide.ui.lock import LockScreen


class Keeper(QObject):
    """What was being written is saved before; what cannot be saved waits in memory."""

    locked = Signal()
    """The file is closed."""
    unlocked = Signal()

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__()
        self._window, self._desk = window, desk
        self._screen: LockScreen | None = None
        window.stayed.connect(self._say)

    def lock(self) -> None:
        """Hide everything at once; the file is closed behind the last save."""
        if self._screen is not None:
            return
        # Not loaded at the start of the program, where it would keep the window waiting.
        from fieldguide.ui.lock import LockScreen

        since = self.tr("since {time}").format(time=f"{self._desk.clock():%H:%M}")
        screen = LockScreen(self._desk.look, "plain", self.tr("Locked"), since)
        screen.passed.connect(self.unlock)
        self._screen = screen
        self._window.cover(screen)
        self._window.repaint()
        self._desk.notes.rest(lambda: self._closed(screen, since))

    def unlock(self) -> None:
        """Open the notes, and show everything as it was."""
        self._screen = None
        self._desk.notes.resume()
        self._window.uncover()
        self.unlocked.emit()

    def _say(self, sentence: str) -> None:
        if self._screen is not None:
            self._screen.say(sentence)

    def _closed(self, screen: "LockScreen", since: str) -> None:
        if screen is self._screen:
            saved = self.tr("What you were typing is saved.")
            if self._window.losses():
                saved = self.tr("What you were typing could not be saved: it is kept in memory.")
            screen.tell(f"{since}. {saved}")
            self.locked.emit()
