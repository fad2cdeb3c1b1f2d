"""Backups while the program runs: soon after the start and each hour, when something changed."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal

from fieldguide.domain.backups import Backup, Reason
from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.ui.access import Access
from fieldguide.ui.tasks import Worker

if TYPE_CHECKING:
    from fieldguide.services.backups import Backups
    from fieldguide.services.notebook import Notebook

START_MS: Final = 1_000
"""When the first page is there and nothing is being loaded any more."""
HOUR_MS: Final = 3_600_000


class Hourly(QObject):
    """Has a thread of its own: neither the window nor a save waits for a backup."""

    said = Signal(str)
    """A sentence when a backup or its second copy failed, or when one can be put back."""
    made = Signal()
    """The newest backup holds all there is."""

    def __init__(self, access: Access, notes: "Worker[Notebook]") -> None:
        super().__init__()
        self._access, self._notes = access, notes
        self._service: Backups | None = None
        self._told = ""
        self.worker: Worker[Backups] = Worker("backups", self._open, lambda _: None, held=True)
        self._timer = QTimer(self)
        self._timer.timeout.connect(lambda: self._make(Reason.HOUR))

    def release(self) -> None:
        """Begin, once the notes are open; when they do not open, look for what can be put back.

        Asked again it begins if it has not: the notes may only have been locked.
        """
        if self._timer.isActive():
            return
        self._notes.do(lambda _: None, self._opened, self._missed)

    def close(self) -> None:
        """Give up what is under way: the next start makes up for it."""
        self._timer.stop()
        self.hinder()
        self.worker.close()

    def hinder(self) -> None:
        """Break off what is under way; the next backup waits until the worker opens anew."""
        if self._service is not None:
            self._service.stop()

    def pause(self) -> None:
        """Break off what is under way and begin nothing: the window is locked."""
        self.hinder()
        self.worker.rest(lambda: None)

    def go_on(self) -> None:
        """Make up for what a lock broke off."""
        self.worker.resume()
        if self._timer.isActive():
            QTimer.singleShot(START_MS, self, lambda: self._make(Reason.HOUR))

    def _open(self) -> "Backups":
        self._service = self._access.backups()
        return self._service

    def _opened(self, _: None) -> None:
        if self._timer.isActive():
            # Asked twice before the notes opened.
            return
        self.worker.release()
        QTimer.singleShot(START_MS, self, lambda: self._make(Reason.START))
        self._timer.start(HOUR_MS)

    def _make(self, reason: Reason) -> None:
        # A locked window keeps the file closed, from this thread as well.
        if self._notes.resting:
            return

        def make(backups: "Backups") -> str:
            backups.make_if_changed(reason)
            return backups.second_copy().problem

        self.worker.do(make, self._hear, lambda problem: self._tell(str(problem)))

    def _hear(self, problem: str) -> None:
        self._tell(problem)
        self.made.emit()

    def _tell(self, problem: str) -> None:
        if self._notes.resting:
            return
        # Not each hour anew: a stick may stay in its drawer for weeks.
        if problem and problem != self._told:
            self.said.emit(problem)
        self._told = problem

    def _missed(self, problem: FieldGuideError) -> None:
        self.worker.release()
        if isinstance(problem, PassphraseNeeded):
            return
        self.worker.ask("offer", lambda backups: backups.offer(), self._offer)

    def _offer(self, backup: Backup | None) -> None:
        if backup is not None:
            when = f"{backup.made:%d %b %Y, %H:%M}".lstrip("0")
            offer = self.tr("A whole backup of {when} is there: Settings puts it back.")
            self.said.emit(offer.format(when=when))
