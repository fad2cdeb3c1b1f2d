"""A disk that is really full: a small one, mounted for one process alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults.full_disk import may_mount

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.skipif(not may_mount(), reason="only root may mount a disk of its own")
def test_a_full_disk_loses_no_note_and_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        ["unshare", "--mount", sys.executable, "-m", "tests.faults.full_disk", str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("notes kept\n")
    assert not list(tmp_path.iterdir()), "the disk was mounted for everybody"
