"""Kill -9 at any moment: what was confirmed is there, and the file is whole."""

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from fieldguide.services.notebook import has_notebook, open_notebook
from fieldguide.storage import sqlite, workspace_db
from fieldguide.storage.vault import Vault

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 60
LONGEST_S = 0.4
"""A start takes about half of it, so that some rounds end before the first note."""


def killed_writer(profile: Path, after: float) -> list[str]:
    """Let a writer run for a while, kill it, and answer with the lines it had confirmed."""
    writer = subprocess.Popen(
        [sys.executable, "-m", "tests.faults.writer", str(profile)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    time.sleep(after)
    writer.kill()
    out, err = writer.communicate()
    assert not err
    return [line for line in out.split("\n")[:-1] if line]


def assert_whole(profile: Path) -> None:
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    try:
        assert conn.execute("pragma integrity_check").fetchall() == [("ok",)]
        assert conn.execute("pragma cipher_integrity_check").fetchall() == []
        assert conn.execute("pragma foreign_key_check").fetchall() == []
        conn.execute("insert into note_terms (note_terms) values ('integrity-check')")
    finally:
        sqlite.close(conn)


@pytest.mark.parametrize("part", range(4))
def test_notes_survive_a_program_killed_again_and_again(tmp_path: Path, part: int) -> None:
    chance = random.Random(20130530 + part)
    profile = tmp_path / "profile"
    kept: dict[str, int] = {}
    for _ in range(ROUNDS // 4):
        for line in killed_writer(profile, chance.uniform(0.0, LONGEST_S)):
            note, number = line.split()
            kept[note] = int(number)
        if not has_notebook(profile):
            assert not kept
            continue
        notebook = open_notebook(profile, create=True)
        for note, number in kept.items():
            assert int(notebook.note(note).text.split()[0]) >= number
        notebook.close()
        assert_whole(profile)
    assert kept, "no round lived long enough to save anything"
    assert [path.name for path in profile.glob("workspace.db-wal") if path.stat().st_size] == []


def test_a_program_killed_while_it_makes_the_first_profile_leaves_one_that_opens(
    tmp_path: Path,
) -> None:
    chance = random.Random(20130531)
    for number in range(ROUNDS // 3):
        profile = tmp_path / str(number)
        killed_writer(profile, chance.uniform(0.08, 0.25))
        notebook = open_notebook(profile, create=True)
        note = notebook.start(None, "")
        notebook.save(note.id, "after", note.revision.id)
        notebook.close()
        assert_whole(profile)
