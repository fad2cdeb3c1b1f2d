"""The backups in the settings: what there is, one more now, back to one, a copy elsewhere."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldguide.domain.backups import Backup, Reason
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.sections import Section, Statement

if TYPE_CHECKING:
    from fieldguide.services.backups import Backups, SecondCopy
    from fieldguide.services.notebook import Notebook
    from fieldguide.ui.tasks import Worker

SHOWN: Final = 5
Seen = tuple[list[Backup], "SecondCopy"]


class BackupSection(Section):
    """Restoring takes two presses of the same button; what is there now is backed up first."""

    said = Signal(str)

    def __init__(self, desk: Desk, backups: "Worker[Backups]", heading: str) -> None:
        super().__init__(desk.look, heading)
        self._desk, self._backups = desk, backups
        self._sure: tuple[IconButton, Backup] | None = None
        look = desk.look
        self._last = Statement(look, self.tr("Last backup"), " ", "database-backup")
        self._now = IconButton(look, "database-backup", self.tr("Back up now"), self._make)
        self._last.add(self._now)
        self._rows = QWidget()
        self._list = QVBoxLayout(self._rows)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._second = Statement(look, self.tr("Second copy"), " ", "hard-drive")
        choose = IconButton(look, "", self.tr("Choose a folder…"), self._choose, "link")
        choose.setAccessibleName(self.tr("Choose a folder for second copies"))
        self._none = IconButton(look, "", self.tr("None"), lambda: self._set(None), "link")
        self._none.setAccessibleName(self.tr("Make no second copies"))
        self._second.add(choose)
        self._second.add(self._none)
        rule = self.tr(
            "The last 10, 14 days and 6 months stay; an old one goes after a new one was checked. "
            "Before one is restored, what is there now is backed up."
        )
        for widget in (self._last, self._rows, label(rule, "caption", "t3", wrap=True)):
            self.add(widget)
        self.add(self._second)

    def refresh(self) -> None:
        """Look again what there is."""
        self._backups.ask("backups", _seen, self._show, self._fail)

    def _show(self, seen: Seen) -> None:
        backups, second = seen
        good = [backup for backup in backups if backup.good]
        self._sure = None
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for backup in good[:SHOWN]:
            self._list.addWidget(self._row(backup))
        if good:
            said = self.tr("{when}, opened again and checked.")
            self._last.say(said.format(when=_when(good[0])))
        else:
            self._last.say(self.tr("There is none yet."))
        nowhere = self.tr("None: a folder on a stick outlives this computer.")
        there = self.tr("{folder}: whoever has it can read your notes, the key lies beside them.")
        chosen = there.format(folder=second.folder) if second.folder else nowhere
        self._second.say(second.problem or chosen)
        self._none.setVisible(second.folder is not None)

    def _row(self, backup: Backup) -> Statement:
        holds = self.tr("1 note") if backup.notes == 1 else self.tr("{number} notes")
        size = self.tr("{size} MB").format(size=f"{backup.size / 1e6:.1f}")
        row = Statement(
            self._desk.look, _when(backup),
            f"{holds.format(number=backup.notes)} · {size} · {self._why(backup)}",
        )  # fmt: skip
        button = IconButton(self._desk.look, "", "", lambda: self._restore(backup, button), "link")
        self._name(button, backup, self.tr("Restore"))
        row.add(button)
        return row

    def _name(self, button: IconButton, backup: Backup, act: str) -> None:
        button.setText(act)
        which = self.tr("{act}: the notes of {when}")
        button.setAccessibleName(which.format(act=act, when=_when(backup)))

    def _why(self, backup: Backup) -> str:
        words = {
            Reason.START: self.tr("at the start"),
            Reason.HOUR: self.tr("each hour"),
            Reason.IMPORT: self.tr("before an import"),
            Reason.MIGRATION: self.tr("before a new version"),
            Reason.RESTORE: self.tr("before one was restored"),
            Reason.PURGE: self.tr("before the trash was emptied"),
        }
        return words.get(backup.reason, self.tr("asked for"))

    def _make(self) -> None:
        self._now.setEnabled(False)
        self._last.say(self.tr("Copying and checking…"))
        self._backups.do(lambda backups: backups.make(), lambda _: self._made(), self._fail)

    def _made(self) -> None:
        self._now.setEnabled(True)
        self.refresh()

    def _restore(self, backup: Backup, button: IconButton) -> None:
        if self._sure is None or self._sure[0] is not button:
            if self._sure is not None:
                self._name(*self._sure, self.tr("Restore"))
            self._sure = button, backup
            self._name(button, backup, self.tr("Press again to restore"))
            return
        self._sure = None
        button.setEnabled(False)
        # The file is closed on its own thread; when it never opened, nothing has to be closed.
        self._desk.notes.do(
            lambda book: self._put_back(book, backup),
            self._restored,
            lambda _: self._mend(backup),
        )

    def _put_back(self, book: "Notebook", backup: Backup) -> str:
        backups = self._desk.access.backups()
        try:
            return book.while_closed(lambda: backups.restore(backup))
        except FieldGuideError as problem:
            # Not a failure of the errand: that would say that the notes do not open.
            return str(problem)

    def _restored(self, said: str) -> None:
        self.said.emit(said)
        self.refresh()

    def _mend(self, backup: Backup) -> None:
        self._backups.do(lambda backups: backups.restore(backup), self._mended, self._fail)

    def _mended(self, said: str) -> None:
        # They did not open before; now they do.
        self._desk.notes.rest(self._desk.notes.resume)
        self._restored(said)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("Where second copies go"))
        if chosen:
            self._set(Path(chosen))

    def _set(self, folder: Path | None) -> None:
        self._backups.do(
            lambda backups: backups.set_second_copy(folder), lambda _: self.refresh(), self._fail
        )

    def _fail(self, problem: FieldGuideError) -> None:
        self._now.setEnabled(True)
        self.said.emit(str(problem))
        self._last.say(str(problem))


def _seen(backups: "Backups") -> Seen:
    return backups.list(), backups.second_copy()


def _when(backup: Backup) -> str:
    return f"{backup.made:%d %b %Y, %H:%M}".lstrip("0")
