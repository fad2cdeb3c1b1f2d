"""Walks at the real window, each in a process of its own on a laptop's screen."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]
SCREENS: Final = {"screens": [{"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 800}]}

Walked = tuple[int, str, list[str]]
"""Exit status, what was printed, and every error but that of a plug-in without hints."""
TO_ITS_END: Final[Walked] = (0, "every step was taken\n", [])


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where the walks of one test keep their notes."""
    return tmp_path / "profile"


@pytest.fixture
def walked(guide_file: Path, profile: Path, tmp_path: Path) -> Callable[[str, str], Walked]:
    """Takes a program of this folder and the part of it to walk."""
    screens = tmp_path / "screens.json"
    screens.write_text(json.dumps(SCREENS))
    variables = {
        "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}",
        "QT_QPA_PLATFORM": f"offscreen:configfile={screens}",
    }

    def walk(program: str, part: str) -> Walked:
        done = subprocess.run(
            [sys.executable, "-m", f"tests.e2e.{program}", part, guide_file, profile],
            cwd=ROOT, env={**os.environ, **variables}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        errors = [one for one in done.stderr.splitlines() if not one.startswith("This plugin")]
        return done.returncode, done.stdout, errors

    return walk
