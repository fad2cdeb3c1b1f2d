"""Who can open the notes, as the window has it: one holder of the key for all of its threads."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from fieldguide.errors import PassphraseNeeded

if TYPE_CHECKING:
    from fieldguide.services.backups import Backups
    from fieldguide.services.notebook import Notebook
    from fieldguide.services.safety import Safety

Answer = TypeVar("Answer")


class Access:
    """The key of one profile; it is made where it is first asked for, on the notes' own thread.

    ``clock`` dates what is written, where it is not the clock of this computer: on a day as it
    was. Backups always go by the computer. ``guarded`` is whether a passphrase stands before the
    notes, as it was when last looked. ``gone`` is whether the notes are being destroyed or were:
    then nothing is written any more.
    """

    def __init__(
        self,
        profile: Path,
        clock: Callable[[], datetime] | None = None,
        *,
        guarded: bool = False,
        safety: "Safety | None" = None,
    ) -> None:
        self._profile, self._clock, self._safety = profile, clock, safety
        self.guarded = guarded
        self.gone = False

    def safety(self) -> "Safety":
        """The service, for one thread at a time."""
        if self._safety is None:
            # Not loaded before the first paint.
            from fieldguide.services.safety import Safety

            self._safety = Safety(self._profile)
        return self._safety

    def open_notes(self) -> "Notebook":
        """Open the notes with the key that lies open or is held; raises PassphraseNeeded."""
        try:
            book = self.safety().open_notebook(create=True, clock=self._clock)
        except PassphraseNeeded:
            self.guarded = True
            raise
        self._look()
        return book

    def backups(self) -> "Backups":
        """The backups for another thread; they open with the same key."""
        return self.safety().backups_apart()

    def while_closed(self, book: "Notebook", deed: "Callable[[Safety], Answer]") -> Answer:
        """Do something about the key for which the notes are closed, on their own thread."""
        try:
            return book.while_closed(lambda: deed(self.safety()))
        finally:
            self._look()

    def lock(self) -> None:
        """Let go of the key that a passphrase opened."""
        if self.guarded and self._safety is not None:
            self._safety.lock()

    def _look(self) -> None:
        from fieldguide.domain.safety import KeyState

        self.guarded = self.safety().state() is KeyState.PASSPHRASE
