"""R7: whoever finds the laptop finds no word; the same search finds each of them in plain files."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from fieldguide.services.safety import Safety
from fieldguide.storage import sqlite
from fieldguide.storage.key_content import Cost
from tests.faults.promises import Promise

ROOT = Path(__file__).resolve().parents[2]
PLACES = (
    "author", "title", "replaced", "text", "name", "photo", "caption", "bytes", "gone", "trash",
    "search", "typed", "passphrase",
)  # fmt: skip
NOT_KEPT = {"search", "passphrase"}
"""What is kept nowhere, not even in the notes."""


def new_words() -> dict[str, str]:
    """A word for each place, of letters that stand nowhere else; one of hanzi."""
    chance = random.Random(20130528)
    letters = "bcdfghjklmnpqrstvwxz"
    words = {place: "".join(chance.choices(letters, k=14)) for place in PLACES}
    return {**words, "hanzi": "鸫鹟鹩鹬鹮"}


def spellings(word: str) -> set[bytes]:
    """A word as it may lie on a disk."""
    encoded = {word.encode(name) for name in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le")}
    return {*encoded, word.encode().hex().encode()}


def hits(folder: Path, words: dict[str, str], *, without: tuple[str, ...] = ()) -> set[str]:
    """Which words stand anywhere below a folder, in bytes or in names of files."""
    found = set()
    wanted = [(place, one) for place, word in words.items() for one in spellings(word)]
    for path in folder.rglob("*"):
        if set(path.relative_to(folder).parts) & set(without):
            continue
        data = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
        lowered = data.lower()
        found |= {place for place, one in wanted if one in lowered}
    return found


class Laptop(NamedTuple):
    """What a finder has, the words that were written on it, and the program that has it open."""

    root: Path
    words: dict[str, str]
    program: "subprocess.Popen[str]"
    when: str


@pytest.fixture(params=["first", "later"])
def laptop(request: pytest.FixtureRequest, tmp_path: Path, guide_file: Path) -> Iterator[Laptop]:
    """A folder with all that the program has: home, temporary files, profile, stick, log."""
    words = new_words()
    for name in ("home", "temporary"):
        (tmp_path / name).mkdir()
    environ = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}",
        "HOME": str(tmp_path / "home"),
        "TMPDIR": str(tmp_path / "temporary"),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    command = [sys.executable, "-m", "tests.faults.canary_writer"]
    with (tmp_path / "log").open("w") as log:
        program = subprocess.Popen(
            [*command, str(tmp_path), str(guide_file), request.param], cwd=ROOT, env=environ,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        try:
            goes_on(program, json.dumps(words), "open", tmp_path / "log")
            yield Laptop(tmp_path, words, program, request.param)
        finally:
            program.kill()
            program.communicate()


def goes_on(program: "subprocess.Popen[str]", line: str, until: str, log: Path) -> None:
    assert program.stdin is not None
    assert program.stdout is not None
    program.stdin.write(f"{line}\n")
    program.stdin.flush()
    assert program.stdout.readline() == f"{until}\n", log.read_text()


def plain_copy(root: Path, passphrase: str) -> Path:
    """All of the notes in a file without a cipher, as any other program would keep them."""
    safety = Safety(root / "profile", cost=Cost(1, 64, 1))
    safety.unlock(passphrase)
    conn = sqlite.connect_workspace(root / "profile" / "workspace.db", safety.keys.key())
    folder = root / "plain"
    folder.mkdir()
    conn.execute(f"ATTACH '{folder / 'plain.db'}' AS plain KEY ''")
    conn.execute("SELECT sqlcipher_export('plain')").fetchone()
    conn.execute("DETACH plain")
    sqlite.close(conn)
    return folder


def test_no_word_is_found_outside_what_was_exported(laptop: Laptop, promise: Promise) -> None:
    root, words, program, when = laptop
    kept = {path.name for path in (root / "profile").iterdir()}
    assert {"workspace.db", "workspace.db-wal", "workspace.key", "backups", "settings.toml"} <= kept
    assert list((root / "stick").rglob("*.db"))
    assert hits(root, words, without=("exported",)) == set(), "while it is open"
    goes_on(program, "lock", "locked", root / "log")
    assert hits(root, words, without=("exported",)) == set(), "while it is locked"
    program.kill()
    program.wait()
    assert hits(root, words, without=("exported",)) == set(), "after it was killed"
    assert "bytes" in hits(root / "exported", words), "what was exported can be read"
    assert hits(plain_copy(root, words["passphrase"]), words) == set(words) - NOT_KEPT
    assert hits(root, words, without=("exported", "plain")) == set(), "after it was opened again"
    size = sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) / 1e6
    promise(
        "R7",
        f"a passphrase {when}, {len(words)} words in {size:.0f} MB of profile, stick, settings, log, temporary files: "
        f"0 found; a plain copy of the notes shows {len(words) - len(NOT_KEPT)} of them",
        "0 outside what was exported",
    )
