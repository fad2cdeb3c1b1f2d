"""No fault test is left out unnoticed: it is listed with its reason, and fails where CI is true."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faults import killed

NEEDY = "tests/faults/test_clock.py"
REASON = "faketime not installed"


@pytest.mark.parametrize(("ci", "passes"), [("true", False), ("", True)])
def test_what_is_left_out_is_listed_and_fails_where_everything_must_be_possible(
    tmp_path: Path, ci: str, passes: bool
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", NEEDY],
        cwd=killed.ROOT,
        # No tool is found in an empty folder.
        env={**os.environ, "PYTHONPATH": killed.PATHS, "PATH": str(tmp_path), "CI": ci},
        capture_output=True,
        text=True,
    )
    listed = [line for line in done.stdout.splitlines() if line.startswith("left out: ")]
    assert len(listed) == 2
    assert all(line.startswith(f"left out: {NEEDY}::") for line in listed)
    assert all(line.endswith(f": {REASON}") for line in listed)
    assert (done.returncode == 0) is passes, done.stdout
