"""The evening list at work: asks how the day stands, does what is pressed, takes it back."""

from datetime import datetime

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.backups import Backup
from fieldguide.errors import FieldGuideError
from fieldguide.services import day_close
from fieldguide.services.backups import Backups
from fieldguide.services.day_close import Evening, Plan, Undo
from fieldguide.ui.desk import Desk
from fieldguide.ui.evening import EveningPanel
from fieldguide.ui.evening_steps import Deed
from fieldguide.ui.toast import Toast
from fieldguide.ui.trip import DATED, day_text

_TOPIC = "evening"


class DayClosing(QObject):
    """Each answer of a worker shows as it comes; the guide is asked once for a day."""

    opened = Signal(object)
    arrived = Signal(object)
    """An Evening, each time it is read."""
    changed = Signal()
    """Notes are not as they were: lists are to be read again."""

    def __init__(self, desk: Desk, panel: EveningPanel, toast: Toast) -> None:
        super().__init__(panel)
        self._desk, self._panel, self._toast = desk, panel, toast
        self._plan: Plan | None = None
        panel.steps.wanted.connect(self._do)
        panel.steps.opened.connect(self.opened)
        panel.steps.backed_up.connect(self._back_up)

    def show(self, day: str) -> None:
        """Show an ISO day, or without one the day that is ending."""
        now = self._desk.clock()
        self._desk.guide.ask(
            _TOPIC, lambda guide: day_close.plan_of(guide, day, now), self._take, self._failed
        )

    def refresh(self) -> None:
        """Ask again how it stands."""
        plan = self._plan
        if plan is not None:
            self._desk.notes.ask(
                _TOPIC, lambda book: day_close.evening(book, plan), self._arrived, self._failed
            )

    def _take(self, plan: Plan) -> None:
        self._plan = plan
        self.refresh()

    def _arrived(self, evening: Evening) -> None:
        self._panel.show_evening(evening)
        self.arrived.emit(evening)
        if self._desk.backups is None:
            self._panel.show_backup(self.tr("Nothing is backed up here"), done=True)
        else:
            self._desk.backups.ask(_TOPIC, Backups.current, self._tell, self._failed)

    def _tell(self, backup: Backup | None) -> None:
        if backup is None:
            words = self.tr("What you wrote last is in no backup yet")
        else:
            words = self.tr("Backed up {time}, opened again and checked")
            words = words.format(time=_when(backup))
        self._panel.show_backup(words, done=backup is not None)

    def _do(self, deed: Deed, words: str) -> None:
        """Do it, show how all stands after it, and offer to take it back."""
        self._toast.dismiss()

        def done(undo: Undo) -> None:
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(undo))
            self._reread()

        self._desk.notes.do(deed, done, self._failed)

    def _undo(self, undo: Undo) -> None:
        self._desk.notes.do(undo, lambda _: self._reread(), self._failed)

    def _reread(self) -> None:
        self.refresh()
        self.changed.emit()

    def _back_up(self) -> None:
        if self._desk.backups is None:
            return
        self._panel.show_backup(self.tr("Copying and checking…"), done=False)
        self._desk.backups.do(_copy, self._copied, self._failed)

    def _copied(self, made: tuple[Backup, str]) -> None:
        backup, problem = made
        self._tell(backup)
        if problem:
            self._panel.say(problem)

    def _failed(self, problem: FieldGuideError) -> None:
        self._panel.say(str(problem))


def _copy(backups: Backups) -> tuple[Backup, str]:
    """One more, and why there is no second one where there should be."""
    return backups.make(), backups.second_copy().problem


def _when(backup: Backup) -> str:
    """The hour, and the day where it is not this one; backups go by the computer's clock."""
    made = backup.made.astimezone()
    day = made.date().isoformat()
    same = made.date() == datetime.now().astimezone().date()
    return f"{made:%H:%M}" if same else f"{day_text(day, DATED)}, {made:%H:%M}"
