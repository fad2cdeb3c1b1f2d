"""What the commands about the passphrase do; the window of the profile must be closed for them."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from fieldguide.asking import Secrets, unlocked
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services.notebook import has_notebook
from fieldguide.services.profile import is_used, own_profile
from fieldguide.services.safety import Safety
from fieldguide.shapes import print_json
from fieldguide.storage.instance import Instance

CONFIRMATION: Final = "wipe"
_CODE_SAYS: Final = (
    "This code opens your notes when the passphrase is forgotten. Write it down now and keep it "
    "away from this computer; it is kept nowhere:"
)


@contextmanager
def closed_window(profile: Path) -> Iterator[None]:
    """Keep windows of a profile away meanwhile; raises WorkspaceUnavailable while one is open."""
    instance = Instance(profile)
    if not instance.first():
        raise WorkspaceUnavailable(
            "fieldguide is open with these notes; close it, or do this there, in its settings."
        )
    try:
        yield
    finally:
        instance.leave()


def passphrase_set(options: argparse.Namespace) -> int:
    """Put the notes under a first passphrase, and print the recovery code."""
    profile = own_profile(options.profile)
    safety, new = Safety(profile), Secrets(options.passphrase_file).ask_new()
    code = safety.new_code()
    with closed_window(profile):
        left = safety.set_passphrase(new, code)
    says = (
        "The passphrase is set. The old file, key and backups are removed; a disk may keep parts "
        f"of them until it writes there again.\n{_CODE_SAYS}\n\n    {code}\n"
    )
    return _done(options, says, left, code)


def passphrase_change(options: argparse.Namespace) -> int:
    """Put another passphrase in the place of the old one."""
    secrets = Secrets(options.passphrase_file)
    with _existing(options) as safety:
        old = secrets.ask("Passphrase")
        left = safety.change_passphrase(old, secrets.ask_new())
    return _done(options, "The passphrase is changed; the recovery code stays what it is.", left)


def passphrase_code(options: argparse.Namespace) -> int:
    """Print a new recovery code; the one before opens nothing any more."""
    with _existing(options) as safety:
        code = safety.new_code()
        left = safety.change_code(Secrets(options.passphrase_file).ask("Passphrase"), code)
    return _done(options, f"{_CODE_SAYS}\n\n    {code}\n", left, code)


def passphrase_remove(options: argparse.Namespace) -> int:
    """Let the key lie open beside the notes."""
    with _existing(options) as safety:
        left = safety.remove_passphrase(Secrets(options.passphrase_file).ask("Passphrase"))
    says = "The passphrase is removed: whoever has these files can read the notes."
    return _done(options, says, left)


def recover(options: argparse.Namespace) -> int:
    """Set a forgotten passphrase anew with the recovery code."""
    secrets = Secrets(options.passphrase_file)
    with _existing(options) as safety:
        code = secrets.ask("Recovery code")
        left = safety.recover(code, secrets.ask_new())
    return _done(options, "The passphrase is set anew; the recovery code stays what it is.", left)


def wipe(options: argparse.Namespace) -> int:
    """Remove key, notes and backups, after an export that was read again where one is wanted."""
    profile = own_profile(options.profile)
    if not is_used(profile):
        raise WorkspaceUnavailable("There is nothing to wipe in this profile.")
    with closed_window(profile):
        safety = unlocked(options) if options.export else Safety(profile)
        _confirm(profile)
        left = safety.take_away(Path(options.export)) if options.export else safety.wipe()
    return _done(options, "Wiped." if not left else "Wiped as far as it could be reached.", left)


@contextmanager
def _existing(options: argparse.Namespace) -> Iterator[Safety]:
    profile = own_profile(options.profile)
    if not has_notebook(profile):
        raise WorkspaceUnavailable("There are no notes in this profile yet.")
    with closed_window(profile):
        yield Safety(profile)


def _confirm(profile: Path) -> None:
    asked = (
        f"This removes all notes, their backups and keys of “{profile}” for good.\n"
        f"Type {CONFIRMATION} to go on: "
    )
    print(asked, file=sys.stderr, end="", flush=True)
    if sys.stdin.buffer.readline(100).decode("utf-8", "replace").strip() != CONFIRMATION:
        raise BadRequest("Nothing was wiped: the word was not typed.")


def _done(
    options: argparse.Namespace, says: str, left: Sequence[str], code: str | None = None
) -> int:
    """Print what was done; 1 when something could not be reached, said on standard error."""
    if options.json:
        answer = {"left": list(left)} if code is None else {"code": code, "left": list(left)}
        print_json(answer)
    else:
        print(says)
    for sentence in left:
        print(sentence, file=sys.stderr)
    return 1 if left else 0
