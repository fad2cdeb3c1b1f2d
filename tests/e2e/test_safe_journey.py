"""The promise of the README: killed in a word, found again, looked back at, restored, locked."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fieldguide.domain.safety import KeyState
from fieldguide.services.notebook import open_notebook
from fieldguide.services.safety import Safety
from tests.e2e.safe_journey import CUT, LATER, WORDS, WRITTEN

ROOT = Path(__file__).resolve().parents[2]
SCREENS = {"screens": [{"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 800}]}


@pytest.mark.skipif(os.name != "posix", reason="another system ends programs in another way")
def test_a_note_is_killed_found_looked_back_at_restored_and_locked(
    guide_file: Path, tmp_path: Path
) -> None:
    screens, profile = tmp_path / "screens.json", tmp_path / "profile"
    screens.write_text(json.dumps(SCREENS))
    variables = {
        "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
    }

    def walk(part: str) -> tuple[int, str, list[str]]:
        done = subprocess.run(
            [sys.executable, "-m", "tests.e2e.safe_journey", part, guide_file, profile],
            cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        errors = [one for one in done.stderr.splitlines() if not one.startswith("This plugin")]
        return done.returncode, done.stdout, errors

    well = (0, "every step was taken\n", [])
    assert walk("write") == (-signal.SIGKILL, "", [])
    book = open_notebook(profile, create=False)
    (card,) = book.notes()
    kept = book.note(card.id).text
    book.close()
    assert kept.startswith(WRITTEN)
    assert (WRITTEN + CUT).startswith(kept)
    assert str(card.about) == "organisation/biobay"
    assert walk("look-back") == well
    book = open_notebook(profile, create=False)
    assert book.note(card.id).text == kept
    assert LATER in [revision.draft.text for revision in book.history(card.id)]
    book.close()
    assert walk("keep-safe") == well
    safety = Safety(profile)
    assert safety.state() is KeyState.PASSPHRASE
    safety.unlock(WORDS)
    book = safety.open_notebook(create=False)
    assert [book.note(one.id).text for one in book.notes()] == [kept]
    book.close()
    assert walk("unlock") == well
    assert not any(
        b"330 companies" in one.read_bytes() for one in profile.rglob("*") if one.is_file()
    )
