"""How a command is told a secret: typed in a terminal or a line of a file, never an argument."""

import argparse
import getpass
import io
import sys
from contextlib import closing
from pathlib import Path
from typing import BinaryIO, Final

from fieldguide.domain.safety import KeyState
from fieldguide.errors import BadRequest, PassphraseNeeded, WorkspaceUnavailable
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.profile import own_profile
from fieldguide.services.safety import Safety
from fieldguide.storage import files

_LONGEST: Final = 64 * 1024
_STANDARD_INPUT: Final = "-"


class Secrets:
    """One secret after another: a line each of the file that was named, else from the terminal."""

    def __init__(self, file: str | None) -> None:
        self._file = file
        self._lines: BinaryIO | None = None

    def ask(self, name: str) -> str:
        """What was typed or stands in the next line; raises PassphraseNeeded when neither can be.

        Raises BadRequest for an empty answer.
        """
        secret = self._typed(name) if self._file is None else self._line(self._file)
        if not secret:
            raise BadRequest(f"{name}: nothing was given.")
        return secret

    def ask_new(self) -> str:
        """A new passphrase, typed twice in a terminal; raises as ``ask`` does."""
        new = self.ask("New passphrase")
        if self._file is None and self.ask("Once more") != new:
            raise BadRequest("The two passphrases are not the same; nothing was changed.")
        return new

    def _typed(self, name: str) -> str:
        if sys.stdin is None or not sys.stdin.isatty():
            raise PassphraseNeeded(
                "A passphrase is needed: type it in a terminal, or name a file that holds it "
                "with --passphrase-file."
            )
        try:
            return getpass.getpass(f"{name}: ")
        except EOFError:
            return ""

    def _line(self, file: str) -> str:
        if self._lines is None:
            self._lines = _opened(file)
        # Nothing else on standard input is touched: a note may follow.
        line = self._lines.readline(_LONGEST)
        return line.decode("utf-8", "surrogateescape").removeprefix("\ufeff").rstrip("\r\n")


def unlocked(options: argparse.Namespace) -> Safety:
    """The keeper of the profile's key, which is asked for when a passphrase wraps it.

    Raises WorkspaceUnavailable; makes nothing.
    """
    safety = Safety(own_profile(options.profile))
    if safety.state() is KeyState.PASSPHRASE:
        safety.unlock(Secrets(options.passphrase_file).ask("Passphrase"))
    return safety


def own_notes(options: argparse.Namespace, what: str = "notes") -> closing[Notebook]:
    """The notes of the profile, to be closed; raises WorkspaceUnavailable where there are none.

    ``what`` says in that sentence what is looked for.
    """
    if not has_notebook(own_profile(options.profile)):
        raise WorkspaceUnavailable(f"There are no {what} in this profile yet.")
    return closing(unlocked(options).open_notebook(create=False))


def _opened(file: str) -> BinaryIO:
    if file == _STANDARD_INPUT:
        return sys.stdin.buffer
    try:
        with Path(file).open("rb") as source:
            return io.BytesIO(source.read(_LONGEST))
    except OSError as error:
        raise PassphraseNeeded(
            f"“{file[:200]}” cannot be read for the passphrase: {files.reason(error)}."
        ) from error
