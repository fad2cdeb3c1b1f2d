"""Where everything lies, with its size, and what never leaves it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from fieldguide.domain.safety import KeyState, Stored
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import IconButton
from fieldguide.ui.sections import Section, Statement

if TYPE_CHECKING:
    from fieldguide.services.safety import Safety


@dataclass(frozen=True, slots=True)
class Laid:
    """What lies where, how the key stands, and whether both copies of it are sound."""

    stored: Sequence[Stored]
    state: KeyState
    twice: bool


class FilesSection(Section):
    """Names, sizes, and a button that copies the name of the folder."""

    said = Signal(str)

    def __init__(self, desk: Desk, heading: str) -> None:
        super().__init__(desk.look, heading)
        self._desk = desk
        look = desk.look
        folder = Statement(look, self.tr("Folder"), str(desk.profile), "hard-drive")
        copy = IconButton(look, "copy", self.tr("Copy"), self._copy, "link")
        copy.setAccessibleName(self.tr("Copy the folder's name"))
        folder.add(copy)
        self._notes = Statement(look, self.tr("Your notes"), " ", "file-text")
        self._key = Statement(look, self.tr("Key, kept twice"), " ", "key-round")
        self._copies = Statement(look, self.tr("Backups"), " ", "database-backup")
        self._settings = Statement(look, self.tr("Settings"), " ", "settings")
        for part in (folder, self._notes, self._key, self._copies, self._settings):
            self.add(part)

    def refresh(self) -> None:
        """Look again; nothing is opened for it."""
        access = self._desk.access
        if self._desk.backups is not None:
            self._desk.backups.ask(
                "where", lambda _: _look(access.safety()), self._show, self._cannot
            )

    def _show(self, laid: Laid) -> None:
        profile = self._desk.profile
        sizes = {one.path: one.size for one in laid.stored}

        def file(name: str) -> str:
            size = sizes.pop(profile / name, None)
            return self._sized(name, size) if size is not None else self.tr("none yet")

        self._notes.say(file("workspace.db"))
        self._settings.say(file("settings.toml"))
        names = [file("workspace.key"), file("workspace.key.copy")]
        self._key.say("\n".join((*names, self._standing(laid))))
        folders = [self._sized(self._named(path), size) for path, size in sizes.items()]
        self._copies.say("\n".join(folders) or self.tr("none yet"))

    def _standing(self, laid: Laid) -> str:
        if laid.twice:
            return self.tr("Both are good.")
        bad = self.tr("Put back a backup: without a sound key the notes cannot be read.")
        return {
            KeyState.EMPTY: self.tr("It is made with the first note."),
            KeyState.MISSING: f"{self.tr('Both are missing.')} {bad}",
            KeyState.DAMAGED: f"{self.tr('Both are damaged.')} {bad}",
        }.get(
            laid.state,
            self.tr("Only one is good; the other is made again when the disk allows it."),
        )

    def _cannot(self, problem: FieldGuideError) -> None:
        self._notes.say(str(problem))

    def _sized(self, name: str, size: int) -> str:
        if size < 100_000:
            return self.tr("{name} · {size} kB").format(name=name, size=f"{size / 1e3:.1f}")
        return self.tr("{name} · {size} MB").format(name=name, size=f"{size / 1e6:.1f}")

    def _named(self, path: Path) -> str:
        own = path.parent == self._desk.profile
        return f"{path.name}/" if own else str(path)

    def _copy(self) -> None:
        folder = str(self._desk.profile)
        QGuiApplication.clipboard().setText(folder)
        self.said.emit(self.tr("Copied {text}").format(text=folder))


class PromiseSection(Section):
    """No network; what the encryption does and does not do; the border."""

    def __init__(self, desk: Desk, heading: str) -> None:
        super().__init__(desk.look, heading)
        for title, text, icon in (
            (
                self.tr("This program opens no connection, ever."),
                self.tr("No account, no search for updates, no count of use. Addresses are text."),
                "wifi-off",
            ),
            (
                self.tr("The notes are encrypted even without a passphrase."),
                self.tr(
                    "A copy of the notes file alone tells nothing, and damage to it is noticed. "
                    "But without a passphrase its key lies beside it: whoever has the folder, or "
                    "this computer, reads everything."
                ),
                "key-round",
            ),
            (
                self.tr("Ask your institution before the border."),
                self.tr("Some countries and employers forbid encrypted files, others demand them."),
                "info",
            ),
        ):
            self.add(Statement(desk.look, title, text, icon))


def _look(safety: "Safety") -> Laid:
    return Laid(safety.where(), safety.state(), safety.key_kept_twice())
