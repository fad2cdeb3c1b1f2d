"""Destroys the notes, exported before if that is wanted; nothing is written from then on."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal

from fieldguide.errors import FieldGuideError
from fieldguide.ui.access import Access
from fieldguide.ui.desk import Desk
from fieldguide.ui.tasks import Worker
from fieldguide.ui.window import Window

if TYPE_CHECKING:
    from fieldguide.ui.gone import GoneScreen


class Wiper(QObject):
    """Closes the notes and the backups first, on their own threads, each behind its last errand."""

    _reached = Signal(int)

    def __init__(self, window: Window, desk: Desk, hinder: Callable[[], None]) -> None:
        super().__init__()
        # ``hinder`` breaks off a backup that is under way: it would only be destroyed again.
        self._window, self._desk, self._hinder = window, desk, hinder
        self._screen: GoneScreen | None = None
        self._worker: Worker[Access] | None = None
        self._under_way = False
        window.installEventFilter(self)
        window.wiping.connect(self.wipe)
        # It comes from the thread that does it.
        self._reached.connect(self._show_step, Qt.ConnectionType.QueuedConnection)

    def wipe(self, target: Path | None) -> None:
        """Begin; nothing but the steps is shown and no key does anything until it is over."""
        if self._screen is not None:
            return
        self._desk.access.gone = self._under_way = True
        last = self.tr("Destroy the key in all copies, then notes and backups")
        steps = [last]
        if target is not None:
            name = target.name
            steps = [
                self.tr("Export all notes to {name}").format(name=name),
                self.tr("Read {name} again and compare").format(name=name),
                last,
            ]
        # Not loaded at the start of the program, where it would keep the window waiting.
        from fieldguide.ui.gone import GoneScreen

        self._screen = GoneScreen(self._desk.look, steps)
        self._screen.closed.connect(self._window.close)
        self._screen.kept.connect(self._go_on)
        self._window.cover(self._screen)
        self._hinder()
        self._desk.notes.rest(lambda: self._rest_backups(target))

    def close(self) -> None:
        """Wait for what is under way."""
        if self._worker is not None:
            self._worker.close()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window open until all is destroyed: who closed it would believe that it was."""
        if self._under_way and event.type() == QEvent.Type.Close:
            event.ignore()
            return True
        return False

    def _rest_backups(self, target: Path | None) -> None:
        backups = self._desk.backups
        if backups is None:
            self._begin(target)
        else:
            backups.release()
            backups.rest(lambda: self._begin(target))

    def _begin(self, target: Path | None) -> None:
        access = self._desk.access
        self._worker = Worker("wipe", lambda: access, lambda _: None)

        def destroy(one: Access) -> Sequence[str]:
            if target is None:
                return one.safety().wipe()
            return one.safety().take_away(target, self._reached.emit)

        self._worker.do(destroy, self._done, self._failed)

    def _show_step(self, step: int) -> None:
        if self._screen is not None:
            self._screen.reach(step)

    def _done(self, left: Sequence[str]) -> None:
        self._under_way = False
        if self._screen is not None:
            self._screen.finish(left)

    def _failed(self, problem: FieldGuideError) -> None:
        """Nothing was wiped: the notes open again behind the sentence that says why."""
        self.close()
        screen, self._screen, self._worker = self._screen, None, None
        self._desk.access.gone = self._under_way = False
        self._desk.notes.resume()
        if self._desk.backups is not None:
            self._desk.backups.resume()
        if screen is not None:
            screen.refuse(str(problem))

    def _go_on(self) -> None:
        self._window.uncover()
        self._window.show_again()
