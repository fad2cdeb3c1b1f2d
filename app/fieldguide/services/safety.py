"""Who can open the notes: passphrase, recovery code, lock, wipe. The notes are closed meanwhile."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldguide.domain.notes import AUDIENCES
from fieldguide.domain.safety import KeyState, Stored, new_code
from fieldguide.errors import BadRequest, FieldGuideError
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Clock, Notebook, local_time, open_notebook
from fieldguide.storage.backups import second_folder
from fieldguide.storage.key_content import Cost
from fieldguide.storage.key_names import COPY_FILE, KEY_FILE
from fieldguide.storage.vault import Vault

_OWN_FILES: Final = (
    ("workspace.db", "workspace.db-wal"),
    ("workspace.key",),
    ("workspace.key.copy",),
    ("settings.toml",),
)


class Safety:
    """The keeper of one profile's key; ``unlock`` holds it in memory until ``lock``.

    Only ``state`` and ``where`` may be asked while a notebook of the profile is open; all else is
    done while it is closed (``Notebook.while_closed``), on the thread of the notes.
    Answers that are lists of sentences say what could not be reached; they are empty when all was.
    """

    def __init__(self, profile: Path, clock: Clock = local_time, cost: Cost | None = None) -> None:
        self._profile = profile
        self._clock = clock
        self.keys = Vault(profile, cost, self._elsewhere)
        self.backups = Backups(profile, clock, self.keys)

    def state(self) -> KeyState:
        """What stands between a start of the program and the notes.

        Raises WorkspaceUnavailable when the key cannot be read now or a newer program wrote it.
        """
        return self.keys.state()

    def open_notebook(self, *, create: bool, clock: Clock | None = None) -> Notebook:
        """Open the notes with the key that lies open or is held; raises PassphraseNeeded.

        ``clock`` dates what is written, if that is not the clock of backups.
        """
        clock = clock or self._clock
        return open_notebook(self._profile, create=create, clock=clock, keys=self.keys)

    def backups_apart(self) -> Backups:
        """The backups for another thread, opened with the same key."""
        return Backups(self._profile, self._clock, self.keys)

    def unlock(self, passphrase: str) -> None:
        """Hold the key that a passphrase opens; takes as long as one try is meant to take.

        Raises WrongPassphrase, KeyDamaged or WorkspaceUnavailable.
        """
        self.keys.key(passphrase)
        if self.state() is KeyState.PASSPHRASE and self.backups.any_open():
            # The program was killed, or a stick was away, before what the first passphrase made
            # old was removed. Whatever hinders that now is no reason to keep the notes locked.
            with suppress(FieldGuideError):
                self.backups.renew()

    def lock(self) -> None:
        """Let go of the key; parts of it may stay in memory until the program ends."""
        self.keys.lock()

    @staticmethod
    def new_code() -> str:
        """A recovery code to be written down before it is set; it is kept nowhere."""
        return new_code()

    def set_passphrase(self, passphrase: str, code: str) -> Sequence[str]:
        """From none to the first: a new key, a new file, a new backup; the old ones are removed.

        Raises BadRequest for a passphrase or a code that is none and when there is a passphrase,
        WorkspaceUnavailable when it cannot be done; nothing was changed then.
        """
        if self.state() is KeyState.PASSPHRASE:
            raise BadRequest("Your notes have a passphrase already; it can be changed.")
        # The storage rooms for it are needed once in the life of a profile.
        from fieldguide.storage.renewal import renew

        self.open_notebook(create=True).close()
        left = renew(self.keys, passphrase, code)
        said = [left] if left else []
        try:
            return [*said, *self.backups.renew()]
        except FieldGuideError as problem:
            return [*said, f"The passphrase is set, but older backups are still there. {problem}"]

    def change_passphrase(self, old: str, new: str) -> Sequence[str]:
        """Another passphrase for the same key, also beside the backups; the code stays."""
        return self._out_of_reach(self.keys.change_passphrase(old, new))

    def change_code(self, passphrase: str, code: str) -> Sequence[str]:
        """Another recovery code; the one before opens nothing any more."""
        return self._out_of_reach(self.keys.change_code(passphrase, code))

    def recover(self, code: str, new: str) -> Sequence[str]:
        """Unlock with the recovery code, and set the passphrase that is forgotten anew."""
        return self._out_of_reach(self.keys.recover(code, new))

    def remove_passphrase(self, passphrase: str) -> Sequence[str]:
        """Let the key lie open beside the notes: whoever has the files can then read them."""
        return self._out_of_reach(self.keys.remove_passphrase(passphrase))

    def wipe(self) -> Sequence[str]:
        """Destroy every copy of the key within reach, then remove notes and backups."""
        from fieldguide.storage.wiping import wipe

        self.lock()
        # Where the second place is, is written in the profile.
        away = self._away()
        return [*wipe(self._profile, self.keys.folders()), *away]

    def take_away(
        self, target: Path, reached: Callable[[int], object] = lambda _: None
    ) -> Sequence[str]:
        """Export all that is kept, read the export again, and only then wipe.

        ``reached`` hears the number of each step but the first as it begins, from 1. Raises
        FieldGuideError when the export is not whole; nothing was wiped then.
        """
        from fieldguide.services import exports, takeout

        notebook = self.open_notebook(create=False)
        try:
            notes = notebook.whole(AUDIENCES["me"])
            enclosing = notebook.album.enclosing("me")
            beside = takeout.pieces(notebook, "me")
            exports.save_markdown(notes, target, enclosing, beside)
            reached(1)
            exports.check_markdown(target, notes, enclosing, beside)
        except FieldGuideError as problem:
            raise FieldGuideError(f"{problem} Nothing was wiped.") from problem
        finally:
            notebook.close()
        reached(2)
        return self.wipe()

    def where(self) -> list[Stored]:
        """Notes, key, its copy, settings, backups: what there is of them, with its size."""
        found = [
            Stored(self._profile / names[0], sum(_size(self._profile / name) for name in names))
            for names in _OWN_FILES
            if os.path.exists(self._profile / names[0])
        ]
        for folder in self.keys.folders():
            if os.path.isdir(folder):
                found.append(Stored(folder, sum(_size(path) for path in folder.iterdir())))
        return found

    def key_kept_twice(self) -> bool:
        """Whether both copies of the key beside the notes are there and sound."""
        if self.state() not in (KeyState.OPEN, KeyState.PASSPHRASE):
            return False
        try:
            one, other = ((self._profile / name).read_bytes() for name in (KEY_FILE, COPY_FILE))
        except OSError:
            return False
        # One of them was just read as sound.
        return one == other

    def _elsewhere(self) -> Sequence[Path]:
        second = second_folder(self._profile)
        return [second] if second is not None and os.path.isdir(second) else []

    def _away(self) -> Sequence[str]:
        second = second_folder(self._profile)
        if second is None or os.path.isdir(second):
            return []
        return [f"“{second}” is not there now: copies made there before still open as before."]

    def _out_of_reach(self, paths: Sequence[Path]) -> Sequence[str]:
        left = [f"“{path}” could not be changed: it still opens as before." for path in paths]
        return [*left, *self._away()]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
