"""Locks the window and opens it again; while it is locked the file of the notes is closed."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldguide.errors import FieldGuideError
from fieldguide.ui.access import Access
from fieldguide.ui.desk import Desk
from fieldguide.ui.tasks import Worker
from fieldguide.ui.window import Window

if TYPE_CHECKING:
    from fieldguide.services.safety import Safety
    from fieldguide.ui.lock import Kind, LockScreen
    from fieldguide.ui.locked_bar import LockedBar

Sentences = Sequence[str]


class Keeper(QObject):
    """What was being written is saved before; what cannot be saved waits in memory."""

    locking = Signal()
    """Everything is hidden; what holds the file open should let it go."""
    locked = Signal()
    """The file is closed."""
    unlocked = Signal()

    def __init__(self, window: Window, desk: Desk) -> None:
        super().__init__()
        self._window, self._desk = window, desk
        self._screen: LockScreen | None = None
        self._without = False
        self._trying: Worker[Access] | None = None
        self._bar: LockedBar | None = None
        self._closing = False
        self._waiting: Callable[[Safety], Sentences] | None = None
        window.stayed.connect(self._say)

    def lock(self) -> None:
        """Hide everything at once; the file is closed behind the last save."""
        if self._screen is not None or self._desk.access.gone:
            return
        since = self.tr("since {time}").format(time=f"{self._desk.clock():%H:%M}")
        kind: Kind = "plain"
        if self._desk.access.guarded:
            kind = "start" if self._without else "locked"
        # Without a passphrase nothing is locked, and nobody should believe it.
        title = self.tr("Hidden") if kind == "plain" else self.tr("Locked")
        screen = self._cover(kind, title, since)
        self._window.repaint()
        self._close_behind(screen, since)

    def ask_first(self) -> None:
        """Ask for the passphrase before anything is shown; the guide may be read without it."""
        if self._screen is None and not self._without:
            line = self.tr("They open with your passphrase.")
            self._close_behind(self._cover("start", self.tr("Your notes are locked"), line))

    def unlock(self) -> None:
        """Open the notes, and show everything as it was."""
        anew, self._without = self._without, False
        self._open(anew)

    def close(self) -> None:
        """Wait for a try that is under way."""
        if self._trying is not None:
            self._trying.close()

    def _cover(self, kind: "Kind", title: str, line: str) -> "LockScreen":
        # Not loaded at the start of the program, where it would keep the window waiting.
        from fieldguide.ui.lock import LockScreen

        screen = LockScreen(self._desk.look, kind, title, line)
        screen.passed.connect(self.unlock if kind == "plain" else self._go_without)
        screen.tried.connect(self._try_passphrase)
        screen.recovered.connect(self._try_code)
        self._screen = screen
        self._window.cover(screen)
        return screen

    def _close_behind(self, screen: "LockScreen", since: str = "") -> None:
        self._closing, self._waiting = True, None
        self.locking.emit()
        self._desk.notes.rest(lambda: self._closed(screen, since))

    def _go_without(self) -> None:
        self._without = True
        self._open(False)

    def _open(self, anew: bool) -> None:
        self._screen = None
        self._desk.notes.resume()
        self._window.uncover()
        self._tell_locked()
        if anew:
            self._window.show_again()
        self.unlocked.emit()

    def _tell_locked(self) -> None:
        """Above every page, while only the guide is open."""
        if self._without and self._bar is None:
            from fieldguide.ui.locked_bar import LockedBar

            self._bar = LockedBar(self._desk.look)
            self._bar.unlocking.connect(self.lock)
            self._window.crown(self._bar)
        if self._bar is not None:
            self._bar.setVisible(self._without)

    def _try_passphrase(self, passphrase: str) -> None:
        def unlock(safety: "Safety") -> Sentences:
            safety.unlock(passphrase)
            return ()

        self._try(unlock)

    def _try_code(self, code: str, new: str) -> None:
        self._try(lambda safety: safety.recover(code, new))

    def _try(self, deed: "Callable[[Safety], Sentences]") -> None:
        """Away from the window, which goes on painting, and from the notes, which stay closed."""
        if self._closing:
            # The key is let go of behind the last save; what was opened before would go with it.
            # And at the start the notes' own thread makes what holds it.
            self._waiting = deed
            return
        if self._trying is None:
            access = self._desk.access
            self._trying = Worker("unlock", lambda: access, lambda _: None)
        self._trying.ask("unlock", lambda one: deed(one.safety()), self._opened, self._refused)

    def _opened(self, said: Sentences) -> None:
        if self._screen is None:
            return
        self.unlock()
        if said:
            self._window.say(" ".join(said))

    def _refused(self, problem: FieldGuideError) -> None:
        self._say(str(problem))

    def _say(self, sentence: str) -> None:
        if self._screen is not None:
            self._screen.say(sentence)

    def _closed(self, screen: "LockScreen", since: str) -> None:
        if screen is not self._screen:
            # It was passed meanwhile; another may wait for its own end.
            return
        self._closing = False
        waiting, self._waiting = self._waiting, None
        self._desk.access.lock()
        if screen.kind == "plain" and self._desk.access.guarded:
            # It was covered while a first passphrase was being set.
            screen = self._cover("locked", self.tr("Locked"), since)
        if since:
            saved = self.tr("What you were typing is saved.")
            if self._window.losses():
                saved = self.tr("What you were typing could not be saved: it is kept in memory.")
            screen.tell(f"{since}. {saved}")
        self.locked.emit()
        if waiting is not None:
            self._try(waiting)
