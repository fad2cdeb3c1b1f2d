"""Two programs over one profile: the second calls the first; without the lock nothing is lost."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldguide.services.backups import Backups
from fieldguide.services.notebook import open_notebook
from fieldguide.storage import soundness, sqlite, workspace_db
from fieldguide.storage.instance import REQUEST_FILE
from fieldguide.storage.vault import Vault
from tests.faults import killed
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

LONGEST_S = 30.0


def window(guide_file: Path, profile: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "fieldguide", "--guide", str(guide_file), "--profile", str(profile)],
        env={
            **os.environ,
            "PYTHONPATH": str(killed.ROOT / "app"),
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "default.warning=false",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@contextmanager
def first_window(guide_file: Path, profile: Path) -> Iterator[subprocess.Popen[str]]:
    first = window(guide_file, profile)
    try:
        # Its first act on the notes is behind its first paint: it watches for requests by then.
        wait_until(lambda: (profile / workspace_db.FILE).exists())
        yield first
    finally:
        first.kill()
        first.communicate()


def wait_until(so: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_S
    while not so():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)


def test_a_second_window_calls_the_first_and_goes(guide_file: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    with first_window(guide_file, profile) as first:
        for _ in range(3):
            second = window(guide_file, profile)
            out, err = second.communicate(timeout=LONGEST_S)
            assert (second.returncode, err) == (0, "")
            assert out == "fieldguide is open already with these notes; its window comes forward.\n"
            wait_until(lambda: not (profile / REQUEST_FILE).exists())
        assert first.poll() is None
        other = tmp_path / "other"
        with first_window(guide_file, other) as beside:
            assert beside.poll() is None, "another profile has a window of its own"


def test_after_a_killed_window_the_next_is_the_first(guide_file: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    for _ in range(3):
        with first_window(guide_file, profile) as running:
            assert running.poll() is None


def test_two_that_write_at_once_without_the_lock_lose_nothing(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    profile = tmp_path / "profile"
    acknowledged: list[str] = []
    backups = Backups(profile)
    for _ in range(rounds(4, 20)):
        writers = [killed.start("backup_maker", "write", str(profile)) for _ in range(2)]
        first = [told for writer in writers for told in killed.first_lines(writer, 20)]
        time.sleep(1.0)
        # A third that reads all of it at the same time, and a fourth that is a backup.
        notebook = open_notebook(profile, create=True)
        assert all(notebook.history(card.id) for card in notebook.notes())
        notebook.close()
        backup = backups.make()
        acknowledged += first
        for writer in writers:
            acknowledged += killed.lines_of(writer)
        assert backups.verify(backup) == backup.notes
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    soundness.check(conn, "The file")
    sqlite.close(conn)
    notebook = open_notebook(profile, create=True)
    kept = {
        f"{card.id} {revision.id}"
        for card in notebook.notes()
        for revision in notebook.history(card.id)
    }
    notebook.close()
    assert set(acknowledged) <= kept
    promise(
        "R5",
        f"{rounds(4, 20)} times two writers, a reader and a backup at once: "
        f"{len(acknowledged):,} acknowledged, 0 lost, 0 damaged",
        "0 lost; the second comes forward and ends with 0",
    )
