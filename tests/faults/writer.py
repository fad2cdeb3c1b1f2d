"""A program to be killed: writes notes as the window does and says what was kept, save by save."""

import argparse
import ctypes
import hashlib
import os
import random
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from fieldguide.domain.notes import Draft, text_bytes
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.writing import Pen

ABOUT = Ref("organisation", "renji-hospital")
PENS = 4
REFUSED = "refused\n"
WORDS = (
    "仁济医院",
    "beds",
    "会议",
    "delegation",
    "said",
    "宴会",
    "hotel",
    "高铁",
    "\nF:",
    "\nQ [Ms Li]:",
)


@dataclass(frozen=True, slots=True)
class Ack:
    """What was kept, said when the save had returned; ``at`` is that moment."""

    note: str
    revision: str
    digest: str
    at: int

    @classmethod
    def of(cls, note: str, revision: str, text: str) -> Self:
        """Of a text that is kept now."""
        return cls(note, revision, digest_of(text), time.monotonic_ns())

    @classmethod
    def read(cls, line: str) -> Self | None:
        """From a line; None for half a line, or one that was damaged on its way here."""
        told, _, check = line.rpartition(" ")
        if check != _check(told):
            return None
        note, revision, digest, at = told.split()
        return cls(note, revision, digest, int(at))

    def line(self) -> str:
        """All of it with a check number."""
        told = f"{self.note} {self.revision} {self.digest} {self.at}"
        return f"{told} {_check(told)}\n"


def digest_of(text: str) -> str:
    """What stands for a text."""
    return hashlib.sha256(text_bytes(text)).hexdigest()


def acks_of(lines: Sequence[str]) -> list[Ack]:
    """All that can be read."""
    return [ack for line in lines if (ack := Ack.read(line)) is not None]


def word_of(text: str) -> str:
    """The word that no other text has."""
    return text.partition(" ")[0]


def _check(told: str) -> str:
    return f"{zlib.crc32(told.encode()):08x}"


def _text(chance: random.Random) -> str:
    alone = f"k{chance.getrandbits(64):016x}"
    return f"{alone} {' '.join(chance.choices(WORDS, k=chance.randint(1, 500)))}"


def _tell(line: str) -> None:
    """Say it in one piece; a pipe that fails may take half of it, which nobody can read then."""
    with suppress(OSError):
        os.write(sys.stdout.fileno(), line.encode())


def fail_at_random(probability: float) -> None:
    """Let each reading and writing fail now and then; needs the library of ``fiu-run``."""
    enable = ctypes.CDLL(None).fiu_enable_random
    enable.argtypes = (
        ctypes.c_char_p,
        ctypes.c_int,
        ctypes.c_void_p,
        ctypes.c_uint,
        ctypes.c_float,
    )
    assert enable(b"posix/io/rw/*", 1, None, 0, probability) == 0
    assert enable(b"posix/io/sync/*", 1, None, 0, probability) == 0


def write(notebook: Notebook, seed: int) -> Iterator[str]:
    """Save after save on several notes; what is refused is tried again, as the window does."""
    chance = random.Random(seed)
    pens = [Pen(notebook.note(card.id)) for card in notebook.notes(ABOUT)[: PENS - 1]]
    pens += [Pen() for _ in range(PENS - len(pens))]
    while True:
        pen, text = chance.choice(pens), _text(chance)
        try:
            note = pen.write(notebook, Draft(ABOUT, "Renji Hospital", text=text))
        except FieldGuideError:
            yield REFUSED
            continue
        yield Ack.of(note.id, note.revision.id, text).line()


def main() -> None:
    """Open and write until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("profile", type=Path)
    parser.add_argument("seed", type=int)
    parser.add_argument("--unsafe", action="store_true", help="do not wait for the disk: a control")
    parser.add_argument("--failing", type=float, default=0.0, help="after the first save")
    options = parser.parse_args()
    notebook = open_notebook(options.profile, create=True)
    if options.unsafe:
        notebook._db._conn.execute("PRAGMA synchronous = NORMAL")
    saves = write(notebook, options.seed)
    _tell(next(saves))
    if options.failing:
        fail_at_random(options.failing)
    for line in saves:
        _tell(line)


if __name__ == "__main__":
    main()
