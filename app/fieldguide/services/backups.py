"""Backups of the notes: made, checked, kept and put back, copied to a second place if wanted."""

import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from fieldguide.domain.backups import Backup, Reason
from fieldguide.errors import (
    BadRequest,
    FieldGuideError,
    PassphraseNeeded,
    WorkspaceUnavailable,
)
from fieldguide.services.notebook import Clock, local_time
from fieldguide.storage import files, workspace_db
from fieldguide.storage.backups import (
    FOLDER,
    SECOND_FILE,
    BackupFolder,
    back_up,
    mark_of_notes,
    second_folder,
)
from fieldguide.storage.restoring import put_back
from fieldguide.storage.vault import Vault


@dataclass(frozen=True, slots=True)
class SecondCopy:
    """Where each backup is copied to (None: nowhere), and a sentence when the last was not."""

    folder: Path | None
    problem: str = ""


class Backups:
    """The backups of one profile; opens and closes what it needs, so any one thread may have it."""

    def __init__(self, profile: Path, clock: Clock = local_time, keys: Vault | None = None) -> None:
        self._profile = profile
        self._keys = keys or Vault(profile)
        self._clock = clock
        self._stop = False
        self._own = BackupFolder(profile / FOLDER, self._keys, self._stopped)
        self._problem = ""

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._own.folder

    def make(self, reason: Reason = Reason.ASKED) -> Backup:
        """Copy the notes as they are now, check the copy, then let go of what is too old.

        Raises WorkspaceUnavailable. A second copy that fails is only said by ``second_copy``.
        """
        backup = back_up(self._own, reason, self._clock())
        self._own.rotate()
        self._copy_to_second(backup)
        return backup

    def make_if_changed(self, reason: Reason) -> Backup | None:
        """The same, unless the newest backup holds all there is, or they are locked; None then."""
        if not workspace_db.has_workspace(self._profile):
            return None
        try:
            if self.current() is not None:
                return None
        except PassphraseNeeded:
            # While they are locked nothing is written.
            return None
        return self.make(reason)

    def current(self) -> Backup | None:
        """The newest backup, if it holds all there is; clocks do not matter.

        Raises WorkspaceUnavailable, or PassphraseNeeded while the notes are locked.
        """
        if not workspace_db.has_workspace(self._profile):
            return None
        now = mark_of_notes(self._keys)
        newest = next((backup for backup in self._own.backups() if backup.good), None)
        # One that is damaged is no reason to make none.
        with suppress(WorkspaceUnavailable):
            if newest is not None and self._own.mark(newest) == now:
                return newest
        return None

    def list(self) -> list[Backup]:
        """What there is to go back to, and what was set aside as damaged; the newest first."""
        return self._own.backups()

    def verify(self, backup: Backup) -> int:
        """Read all of one, and answer with its notes; raises WorkspaceUnavailable."""
        return self._own.check(backup)

    def restore(self, backup: Backup) -> str:
        """Put one in the place of the notes, which must be closed; says what was done.

        What is there now is backed up first. Raises WorkspaceUnavailable; nothing is changed then.
        """
        return self._restore(self._own, backup)

    def restore_from(self, file: Path) -> str:
        """The same with a backup that lies elsewhere, on a stick; raises BadRequest."""
        folder = BackupFolder(file.parent, self._keys, self._stopped)
        named = [backup for backup in folder.backups() if folder.file(backup).name == file.name]
        if not named:
            raise BadRequest(f"“{file.name}” is not a backup of notes.")
        return self._restore(folder, named[0])

    def rotate(self) -> Sequence[Backup]:
        """Let go of what is too old, after the newest good one was checked once more."""
        newest = next((backup for backup in self._own.backups() if backup.good), None)
        if newest is None:
            return []
        self._own.check(newest)
        return self._own.rotate()

    def offer(self) -> Backup | None:
        """The newest backup that is whole now, for notes that do not open; None without one."""
        for backup in self._own.backups():
            if backup.good and self._holds(backup):
                return backup
        return None

    def set_second_copy(self, folder: Path | None) -> None:
        """Copy each backup to this folder from now on, or no longer; raises FieldGuideError."""
        self._problem = ""
        place = self._own.folder / SECOND_FILE
        if folder is None:
            place.unlink(missing_ok=True)
            return
        known = self._second()
        # Several computers may use one stick.
        name = known.name if known else f"fieldguide-{secrets.token_hex(4)}"
        if not folder.is_dir():
            raise BadRequest(f"The folder “{folder}” is not there.")
        content = json.dumps({"folder": str(folder), "name": name}, ensure_ascii=False)
        try:
            files.make_private(self._own.folder)
        except OSError as error:
            raise WorkspaceUnavailable(
                f"The choice cannot be kept: {files.reason(error)}."
            ) from error
        files.write_whole(place, content.encode(), mode=0o600)

    def second_copy(self) -> SecondCopy:
        """Where it goes, and what went wrong with the last one."""
        second = self._second()
        return SecondCopy(second.parent if second else None, self._problem)

    def second_list(self) -> Sequence[Backup]:
        """What lies in the second place now; nothing while the stick is away."""
        second = self._second()
        return BackupFolder(second, self._keys).backups() if second else []

    def renew(self) -> Sequence[str]:
        """After a first passphrase: a new backup, and away with all that open without one.

        The answer says what could not be reached, a sentence each.
        """
        old = self._own.lying_open()
        self.make(Reason.PASSPHRASE)
        self._own.forget(old)
        second = self._second()
        if second is None:
            return []
        if self._problem:
            return [f"{self._problem} What was copied there before opens without a passphrase."]
        try:
            folder = BackupFolder(second, self._keys, self._stopped)
            folder.forget(folder.lying_open())
        except FieldGuideError as problem:
            return [f"Older copies in “{second}” open without a passphrase: {problem}"]
        return []

    def any_open(self) -> bool:
        """Whether a backup lies here or in the second place that opens without a passphrase."""
        second = self._second()
        folders = [self._own, *([BackupFolder(second, self._keys)] if second else [])]
        return any(folder.lying_open() for folder in folders)

    def stop(self) -> None:
        """Give up what is under way, from any thread: the program is closing."""
        self._stop = True

    def _restore(self, folder: BackupFolder, backup: Backup) -> str:
        done = put_back(folder, backup, self._own, self._clock())
        if done.key_alone:
            return "The key was put back from this backup; your notes are there as they were."
        said = f"The notes of {backup.made:%d.%m.%Y %H:%M} are back"
        if done.before is not None:
            self._copy_to_second(done.before)
            return f"{said}; those of just now are kept as a backup."
        return f"{said}; the damaged file is kept beside the backups." if done.aside else f"{said}."

    def _second(self) -> Path | None:
        return second_folder(self._profile)

    def _copy_to_second(self, backup: Backup) -> None:
        second = self._second()
        self._problem = ""
        if second is None:
            return
        if not os.path.isdir(second.parent):
            self._problem = f"The second copy was not made: “{second.parent}” is not there."
            return
        folder = BackupFolder(second, self._keys, self._stopped)
        try:
            folder.take(self._own, backup)
            folder.rotate()
        except FieldGuideError as problem:
            self._problem = f"The second copy was not made. {problem}"

    def _stopped(self) -> bool:
        return self._stop

    def _holds(self, backup: Backup) -> bool:
        try:
            self._own.check(backup)
        except PassphraseNeeded:
            # It can only be looked into with its passphrase; its key is what is wanted then.
            return True
        except WorkspaceUnavailable:
            return False
        return True
