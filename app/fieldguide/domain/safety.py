"""What keeps the notes from others: how the key stands, a code on paper, where things lie."""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from fieldguide.errors import BadRequest

SHORTEST: Final = 8
"""Characters of a passphrase; whoever tries has a second for each guess."""

FEW_WORDS: Final = 4
"""Different words that make a passphrase long, if they were not taken from a saying."""

_LONG: Final = 16
_LETTERS: Final = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""32 that cannot be taken for each other: no I, O, 0, 1."""

_RANDOM: Final = 28
_CHECK: Final = 4
_GROUP: Final = 4


class KeyState(StrEnum):
    """What stands between a start of the program and the notes."""

    EMPTY = "empty"
    """There are no notes yet."""
    OPEN = "open"
    PASSPHRASE = "passphrase"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Stored:
    """One of the program's files or folders, with its size in bytes."""

    path: Path
    size: int


@dataclass(frozen=True, slots=True)
class Length:
    """How much there is to guess: all that can be told of a passphrase by looking at it."""

    characters: int
    words: int
    """Different ones."""

    @property
    def allowed(self) -> bool:
        """Whether it may be set."""
        return self.characters >= SHORTEST

    @property
    def long(self) -> bool:
        """Whether whoever tries would need very long, if nothing about it can be known."""
        return self.characters >= _LONG and self.words >= FEW_WORDS


def length_of(typed: str) -> Length:
    """Count what was typed; a word that comes again makes nothing longer."""
    return Length(len(typed.strip()), len(set(_plain(typed).casefold().split())))


def new_code() -> str:
    """A recovery code to be written down: 140 random bits and letters that show a slip."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_RANDOM))
    return _grouped(letters + _check(letters))


def code_letters(typed: str) -> str:
    """The letters of a code, however they were typed; raises BadRequest when one is wrong."""
    letters = "".join(char for char in _plain(typed).upper() if char.isalnum())
    if len(letters) != _RANDOM + _CHECK:
        raise BadRequest(
            f"A recovery code has {_RANDOM + _CHECK} letters and digits, "
            f"and {len(letters)} were typed."
        )
    if not letters.isascii() or _check(letters[:_RANDOM]) != letters[_RANDOM:]:
        raise BadRequest("A letter of this recovery code is wrong; compare it with the paper.")
    return letters


def passphrase_bytes(typed: str) -> bytes:
    """A passphrase as it is used: the same however a keyboard composes its letters."""
    return _plain(typed).encode("utf-8", "surrogatepass")


def check_new_passphrase(typed: str) -> None:
    """Raise BadRequest for one that would protect nothing."""
    if len(typed.strip()) < SHORTEST:
        raise BadRequest(f"A passphrase needs at least {SHORTEST} characters; four words are good.")


def _plain(typed: str) -> str:
    return unicodedata.normalize("NFKC", typed)


def _check(letters: str) -> str:
    number = int.from_bytes(hashlib.sha256(letters.encode("utf-8")).digest()[:4], "big")
    return "".join(_LETTERS[number >> 5 * place & 31] for place in range(_CHECK))


def _grouped(letters: str) -> str:
    return "-".join(letters[place : place + _GROUP] for place in range(0, len(letters), _GROUP))
