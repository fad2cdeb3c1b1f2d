"""The backups in the settings: what there is, one more now, back to one, a copy elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldguide.domain.backups import Backup, Reason
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.settings.backup_rows import BackupTable, Told, when_text
from fieldguide.ui.settings.banner import Banner
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.backups import Backups, SecondCopy
    from fieldguide.services.notebook import Notebook
    from fieldguide.ui.tasks import Worker

SHOWN: Final = 5


@dataclass(frozen=True)
class Seen:
    """What there is to go back to, and which of it lies in the second place now."""

    backups: "list[Backup]"
    second: "SecondCopy"
    elsewhere: frozenset[str]


class BackupSection(QWidget):
    """What is there now is backed up before an older one is restored."""

    said = Signal(str)

    def __init__(self, desk: Desk, backups: "Worker[Backups]") -> None:
        super().__init__()
        self._desk, self._backups = desk, backups
        self._seen: Seen | None = None
        self._all = self._locked = False
        look = desk.look
        self._banner = Banner(look)
        self._now = IconButton(look, "database-backup", self.tr("Back up now"), self._make)
        self._banner.add(self._now)
        self._banner.tell("info", self.tr("Looking for backups…"))
        self._table = BackupTable(look, self._restore)
        self._more = IconButton(look, "", "", self._show_all, "link")
        file = IconButton(look, "", self.tr("Restore from a file…"), self._choose_file, "link")
        self._links = FlowLayout()
        self._links.addWidget(self._more)
        self._links.addWidget(file)
        self._file = file
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._banner)
        self._column.addWidget(self._section())
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(16))
        self._links.setSpacing(theme.px(12))

    def refresh(self) -> None:
        """Look again what there is."""
        self._backups.ask("backups", _look, self._show, self._fail)

    def set_locked(self, locked: bool) -> None:
        """While the notes are locked nothing is copied, and nothing put in their place."""
        self._locked = locked
        self._offer()

    def _section(self) -> Section:
        look = self._desk.look
        section = Section(look, self.tr("Backups"))
        rule = self.tr(
            "The last 10, 14 days and 6 months stay; an old one goes after a new one was checked. "
            "Before one is restored, what is there now is backed up, so it can be undone."
        )
        section.add(self._table)
        section.add(label(rule, "caption", "t3", wrap=True))
        links = QWidget()
        links.setLayout(self._links)
        self._links.setContentsMargins(0, 0, 0, 0)
        section.add(links)
        self._second = Statement(look, self.tr("Second copy"), " ", "hard-drive")
        choose = IconButton(look, "", self.tr("Choose a folder…"), self._choose, "link")
        choose.setAccessibleName(self.tr("Choose a folder for second copies"))
        self._none = IconButton(look, "", self.tr("None"), lambda: self._set(None), "link")
        self._none.setAccessibleName(self.tr("Make no second copies"))
        self._second.add(choose)
        self._second.add(self._none)
        section.add(self._second)
        return section

    def _show(self, seen: Seen) -> None:
        self._seen = seen
        good = [backup for backup in seen.backups if backup.good]
        told = [self._told(one) for one in (good if self._all else good[:SHOWN])]
        self._table.show_rows(told)
        self._table.tab_after(self._now, self._more)
        self._more.setVisible(len(good) > SHOWN)
        all_of_them = self.tr("All {number}").format(number=len(good))
        self._more.setText(self.tr("Only the last") if self._all else all_of_them)
        self._summarise(good, seen)
        self._name_second(seen.second)
        self._offer()

    def _offer(self) -> None:
        for button in (self._now, self._file):
            button.setEnabled(not self._locked)
        self._table.set_offered(not self._locked)

    def _summarise(self, good: list[Backup], seen: Seen) -> None:
        if not good:
            lost = self.tr("If this computer breaks now, you lose all that you wrote.")
            self._banner.tell("warning", self.tr("There is no backup yet."), lost)
            return
        days = self.tr("today, {time}"), self.tr("yesterday, {time}")
        when, time = self._when(good[0], days), f"{good[0].made:%H:%M}"
        last = self.tr("Last backup {when}, opened again and checked.").format(when=when)
        folder = seen.second.folder
        if folder is None:
            meaning = self.tr(
                "It is on this computer alone: if that breaks, you lose all. "
                "A second copy on a stick outlives it."
            )
            self._banner.tell("info", last, meaning)
        elif good[0].name in seen.elsewhere:
            last = self.tr("Last backup {when}, opened again and checked; a copy is elsewhere.")
            meaning = self.tr("If this computer breaks now, you lose what you wrote since {time}.")
            self._banner.tell("ok", last.format(when=when), meaning.format(time=time))
        else:
            meaning = self.tr("The second place does not have it. {problem}")
            self._banner.tell("warning", last, meaning.format(problem=seen.second.problem).strip())

    def _name_second(self, second: "SecondCopy") -> None:
        said = self.tr("None: a folder on a stick outlives this computer.")
        if second.folder is not None:
            said = self.tr("{folder}: whoever has it can read your notes: the key lies beside.")
            if self._desk.access.guarded:
                said = self.tr("{folder}: what is copied there opens with your passphrase.")
            said = said.format(folder=second.folder)
        self._second.say(second.problem or said)
        self._none.setVisible(second.folder is not None)

    def _told(self, backup: Backup) -> Told:
        holds = self.tr("1 note") if backup.notes == 1 else self.tr("{number} notes")
        here = self.tr("this computer")
        both = self.tr("here and elsewhere")
        seen = self._seen
        return Told(
            backup,
            self._when(backup, (self.tr("Today, {time}"), self.tr("Yesterday, {time}"))),
            f"{holds.format(number=backup.notes)} · {self._why(backup)}",
            self.tr("{size} MB").format(size=f"{backup.size / 1e6:.1f}"),
            both if seen is not None and backup.name in seen.elsewhere else here,
            f"{backup.made:%H:%M}",
        )

    def _when(self, backup: Backup, days: tuple[str, str]) -> str:
        return when_text(backup, self._desk.clock().date(), days)

    def _why(self, backup: Backup) -> str:
        words = {
            Reason.START: self.tr("at the start"),
            Reason.HOUR: self.tr("each hour"),
            Reason.IMPORT: self.tr("before an import"),
            Reason.MIGRATION: self.tr("before a new version"),
            Reason.RESTORE: self.tr("before one was restored"),
            Reason.PURGE: self.tr("before the trash was emptied"),
            Reason.PASSPHRASE: self.tr("after a first passphrase"),
        }
        return words.get(backup.reason, self.tr("asked for"))

    def _show_all(self) -> None:
        self._all = not self._all
        if self._seen is not None:
            self._show(self._seen)

    def _make(self) -> None:
        self._now.setEnabled(False)
        self._banner.tell("info", self.tr("Copying and checking…"))
        self._backups.do(lambda backups: backups.make(), lambda _: self.refresh(), self._fail)

    def _restore(self, backup: Backup) -> None:
        self._put_back(lambda backups: backups.restore(backup))

    def _choose_file(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(
            self, self.tr("Restore the notes from a backup"), "", self.tr("Backups (*.db)")
        )
        if chosen:
            self._put_back(lambda backups: backups.restore_from(Path(chosen)))

    def _put_back(self, deed: "Callable[[Backups], str]") -> None:
        """The file is closed on its own thread; if it never opened, nothing has to be closed."""
        access = self._desk.access

        def put_back(book: "Notebook") -> str:
            try:
                return access.while_closed(book, lambda safety: deed(safety.backups))
            except FieldGuideError as problem:
                # Not a failure of the errand: that would say that the notes do not open.
                return str(problem)

        self._desk.notes.do(put_back, self._restored, lambda _: self._mend(deed))

    def _restored(self, said: str) -> None:
        self.said.emit(said)
        self.refresh()

    def _mend(self, deed: "Callable[[Backups], str]") -> None:
        self._backups.do(deed, self._mended, self._fail)

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
        self._offer()
        self.said.emit(str(problem))
        self._banner.tell("warning", str(problem))


def _look(backups: "Backups") -> Seen:
    elsewhere = frozenset(backup.name for backup in backups.second_list())
    return Seen(backups.list(), backups.second_copy(), elsewhere)
