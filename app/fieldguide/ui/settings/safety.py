"""S19: whether the notes are safe from loss, and from other readers."""

from PySide6.QtCore import QTimer

from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.ui.desk import Desk
from fieldguide.ui.settings.backups import BackupSection
from fieldguide.ui.settings.panel import Panel
from fieldguide.ui.settings.places import FilesSection, PromiseSection
from fieldguide.ui.settings.readers import ReadersSection
from fieldguide.ui.settings.wipe import WipeSection


class SafetyPanel(Panel):
    """Backups first: what is lost is lost to everybody."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name)
        self._backups: BackupSection | None = None
        if desk.backups is not None:
            self._backups = BackupSection(desk, desk.backups)
            self._backups.said.connect(self.said)
        self._readers = ReadersSection(desk, self.tr("Who can read this"))
        self._readers.opened.connect(self.opened)
        self._readers.locking.connect(self.locking)
        self._wipe = WipeSection(desk, self.tr("Wipe"))
        self._wipe.wiping.connect(self.wiping)
        # Once the question has its place.
        self._wipe.asked.connect(lambda: QTimer.singleShot(0, self, self._show_question))
        self._files = FilesSection(desk, self.tr("Where it is"))
        self._files.said.connect(self.said)
        promises = PromiseSection(desk, self.tr("Network, encryption, border"))
        above = [self._backups] if self._backups is not None else []
        self.fill([self._readers, self._wipe], [self._files, promises], above)

    def refresh(self) -> None:
        """Look again; the notes themselves tell whether they are locked."""
        self.desk.notes.ask("safety", lambda _: None, lambda _: self._show(False), self._cannot)

    def leave(self) -> None:
        """What was asked for half is not asked for any more."""
        self._wipe.fold()

    def _show_question(self) -> None:
        self.ensureWidgetVisible(self._wipe)

    def _cannot(self, problem: FieldGuideError) -> None:
        self._show(isinstance(problem, PassphraseNeeded))

    def _show(self, locked: bool) -> None:
        self._readers.refresh()
        self._files.refresh()
        if self._backups is not None:
            self._backups.set_locked(locked)
            self._backups.refresh()
