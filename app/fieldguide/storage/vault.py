"""The key of the user's file: found, opened by a passphrase or a code, wrapped anew.

No change of a passphrase can lock anyone out: each copy is replaced whole, one after the other, so
a program killed in between leaves some that the old one opens and some that the new one opens.
Either is taken, and whichever is used brings all copies to what it opened.
"""

import os
import secrets
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

from fieldguide.domain.safety import (
    KeyState,
    check_new_passphrase,
    code_letters,
    passphrase_bytes,
)
from fieldguide.errors import (
    FieldGuideError,
    KeyDamaged,
    PassphraseNeeded,
    WorkspaceUnavailable,
    WrongPassphrase,
)
from fieldguide.storage import key_files
from fieldguide.storage.key_content import (
    FOR_CODES,
    Cost,
    DamagedContent,
    KeyContent,
    Slot,
    mark_of,
    passphrase_slot,
)
from fieldguide.storage.key_names import NOTES_FILE
from fieldguide.storage.sqlite import KEY_BYTES

BACKUPS: Final = "backups"
"""The folder in a profile where copies of the key lie beside backups."""

_DAMAGED_COPY: Final = "This copy of the key is damaged."
_NEEDED: Final = "Your notes are locked; they open with the passphrase."


class Vault:
    """The key of one profile; holds it in memory from ``key`` with a passphrase until ``lock``.

    ``cost`` is what a try at a new passphrase costs; None measures this computer. ``elsewhere``
    tells the folders of backups outside the profile that can be reached now.
    """

    def __init__(
        self,
        profile: Path,
        cost: Cost | None = None,
        elsewhere: Callable[[], Sequence[Path]] = tuple,
    ) -> None:
        self.profile = profile
        self._cost = cost
        self._elsewhere = elsewhere
        self._key: bytes | None = None

    def state(self) -> KeyState:
        """What stands before the notes; looking makes nothing but what a killed change left.

        Raises WorkspaceUnavailable while no copy can be read, or when a newer program wrote them.
        """
        if not key_files.any_there(self.profile):
            there = os.path.exists(self.profile / NOTES_FILE)
            return KeyState.MISSING if there else KeyState.EMPTY
        try:
            contents = key_files.read_both(self.profile)
        except KeyDamaged:
            return KeyState.DAMAGED
        return KeyState.OPEN if _lying_open(contents) else KeyState.PASSPHRASE

    def has_key(self) -> bool:
        """Whether any copy is there, whatever its state."""
        return key_files.any_there(self.profile)

    def make(self) -> None:
        """Make the key of new notes; the one that is there already when someone was quicker."""
        content = KeyContent.plain(secrets.token_bytes(KEY_BYTES))
        key_files.write_first(self.profile, content)

    def key(self, passphrase: str | None = None) -> bytes:
        """The key that lies open, that is held, or that this passphrase opens.

        Raises PassphraseNeeded, WrongPassphrase, KeyDamaged, or WorkspaceUnavailable.
        """
        contents = key_files.read_both(self.profile)
        lying_open = _lying_open(contents)
        if lying_open is not None and lying_open.key is not None:
            if len(contents) > 1:
                self._settle(contents, lying_open)
            return lying_open.key
        if passphrase is None:
            if self._key is None or mark_of(self._key) not in {one.mark for one in contents}:
                raise PassphraseNeeded(_NEEDED)
            return self._key
        return self._opened(contents, lambda one: one.passphrase, passphrase_bytes(passphrase))[1]

    def folders(self) -> list[Path]:
        """Where backups lie that can be reached now."""
        return [self.profile / BACKUPS, *self._elsewhere()]

    def lock(self) -> None:
        """Let go of the key; memory that held it is not overwritten."""
        self._key = None

    def key_file(self) -> bytes:
        """The key as it lies on the disk, for a copy of it; raises as ``key`` does."""
        key = self.key()
        contents = key_files.read_both(self.profile)
        return next(one for one in contents if one.mark == mark_of(key)).data()

    def key_of(self, data: bytes, passphrase: str | None = None) -> bytes:
        """The key in a copy of a key file; raises PassphraseNeeded when it is not our own."""
        try:
            content = KeyContent.read(data)
        except DamagedContent as damage:
            raise KeyDamaged(_DAMAGED_COPY) from damage
        if content.key is not None:
            return content.key
        with suppress(WorkspaceUnavailable):
            own = self.key()
            if mark_of(own) == content.mark:
                return own
        if passphrase is None or content.passphrase is None:
            raise PassphraseNeeded("This backup opens only with the passphrase it was made under.")
        key = content.passphrase.opened(passphrase_bytes(passphrase))
        if key is None:
            raise WrongPassphrase("This is not the passphrase of this backup.")
        return key

    def follow(self, copy: Path) -> None:
        """Bring a copy that was just made to what the key says now; another key stays as it is.

        The passphrase may have been changed meanwhile. Whoever does that writes the profile first
        and then the copies that there are, so no copy is seen by neither.
        """
        with suppress(FieldGuideError):
            for content in reversed(key_files.read_both(self.profile)):
                key_files.write_over(copy, content)

    def put_back(self, data: bytes) -> None:
        """Make a sound copy the key of a profile that has none; raises FieldGuideError."""
        try:
            content = KeyContent.read(data)
        except DamagedContent as damage:
            raise KeyDamaged(_DAMAGED_COPY) from damage
        key_files.write_both(self.profile, content)

    def new_content(self, key: bytes, passphrase: str, code: str) -> KeyContent:
        """A key under a first passphrase and a code; raises BadRequest for a bad one of either."""
        check_new_passphrase(passphrase)
        recovery = Slot.of(key, code_letters(code).encode("ascii"), FOR_CODES)
        slot = passphrase_slot(key, passphrase_bytes(passphrase), self._cost)
        return KeyContent.wrapped(key, slot, recovery)

    def hold(self, key: bytes) -> None:
        """Keep a key that has just become that of the profile."""
        self._key = key

    def change_passphrase(self, old: str, new: str) -> list[Path]:
        """Wrap the key under another passphrase everywhere; the answer is what was out of reach."""
        check_new_passphrase(new)
        contents = key_files.read_both(self.profile)
        content, key = self._opened(contents, lambda one: one.passphrase, passphrase_bytes(old))
        return self._rewrap(content, key, new)

    def recover(self, code: str, new: str) -> list[Path]:
        """The same with the recovery code, which stays what it is."""
        check_new_passphrase(new)
        letters = code_letters(code).encode("ascii")
        contents = key_files.read_both(self.profile)
        content, key = self._opened(contents, lambda one: one.recovery, letters)
        return self._rewrap(content, key, new)

    def change_code(self, passphrase: str, code: str) -> list[Path]:
        """Let another recovery code open the key, and the one before no longer."""
        letters = code_letters(code).encode("ascii")
        contents = key_files.read_both(self.profile)
        secret = passphrase_bytes(passphrase)
        content, key = self._opened(contents, lambda one: one.passphrase, secret)
        if content.passphrase is None:
            raise PassphraseNeeded(_NEEDED)
        recovery = Slot.of(key, letters, FOR_CODES)
        return self._spread(KeyContent.wrapped(key, content.passphrase, recovery))

    def remove_passphrase(self, passphrase: str) -> list[Path]:
        """Let the key lie open; the file keeps its key, and every copy of it lies open too."""
        contents = key_files.read_both(self.profile)
        secret = passphrase_bytes(passphrase)
        _, key = self._opened(contents, lambda one: one.passphrase, secret)
        left = self._spread(KeyContent.plain(key))
        self.lock()
        return left

    def _rewrap(self, content: KeyContent, key: bytes, new: str) -> list[Path]:
        slot = passphrase_slot(key, passphrase_bytes(new), self._cost)
        return self._spread(content.with_passphrase(slot))

    def _opened(
        self,
        contents: Iterable[KeyContent],
        slot_of: Callable[[KeyContent], Slot | None],
        secret: bytes,
    ) -> tuple[KeyContent, bytes]:
        """The first copy that a secret opens, and the key, which is held from now on."""
        contents = list(contents)
        if _lying_open(contents) is not None:
            raise WrongPassphrase("Your notes have no passphrase.")
        for content in contents:
            slot = slot_of(content)
            key = slot.opened(secret) if slot else None
            if key is not None and mark_of(key) == content.mark:
                self._key = key
                self._settle(contents, content)
                return content, key
        raise WrongPassphrase("That does not open your notes; look for a slip and try again.")

    def _settle(self, contents: Iterable[KeyContent], opened: KeyContent) -> None:
        """Bring the copies that a killed change left behind to what was just opened."""
        if any(one != opened and one.mark == opened.mark for one in contents):
            # The notes open in any case; what cannot be written now is written the next time.
            with suppress(FieldGuideError):
                key_files.write_both(self.profile, opened)
        self._write_copies(opened)

    def _spread(self, content: KeyContent) -> list[Path]:
        key_files.write_both(self.profile, content)
        return self._write_copies(content)

    def _write_copies(self, content: KeyContent) -> list[Path]:
        folders = self.folders()
        return [path for folder in folders for path in key_files.write_beside(folder, content)]


def _lying_open(contents: Iterable[KeyContent]) -> KeyContent | None:
    return next((one for one in contents if one.key is not None), None)
