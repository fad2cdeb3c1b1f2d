"""R11: no network, ever: the suite where there is none, and a journey whose calls are counted."""

import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.faults import killed, means
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

ALONE = ("unshare", "--net")
PROBE = "import socket; socket.create_connection(('192.0.2.1', 80), 5)"
UNREACHABLE = "Network is unreachable"
JOURNEY = "tests/e2e/test_journeys.py::test_a_delegate_at_the_window_opens_no_connection"
WORKSHOP = ("guide_file", "own_words", "reader")
"""What is about making a guide, which is not shipped: only in the long run."""
PASSED = re.compile(r"(\d+) passed")
COUNTED = re.compile(r"(\d+) network calls, (\d+) of them to it")


def suite_alone(*arguments: str) -> subprocess.Popen[str]:
    """Run tests where no network can be reached."""
    return subprocess.Popen(
        [*ALONE, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments],
        cwd=killed.ROOT,
        env={**os.environ, "PYTHONPATH": killed.PATHS},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def passed(run: subprocess.Popen[str], said: str) -> int:
    """How many tests passed, which must be all of them."""
    assert run.returncode == 0, said
    found = PASSED.search(said)
    assert found
    return int(found[1])


@means.needs(means.no_empty_network(), means.no_trace())
def test_the_suite_needs_no_network_and_a_journey_asks_for_none(
    guide_file: Path, promise: Promise, rounds: Rounds
) -> None:
    command: Sequence[str] = (*ALONE, sys.executable, "-c", PROBE)
    probe = subprocess.run(command, capture_output=True, text=True)
    assert UNREACHABLE in probe.stderr, "there is a network where there should be none"
    given = ("--guide", str(guide_file))
    left = [f"--ignore=tests/unit/test_{name}.py" for name in WORKSHOP[: rounds(3, 0)]]
    # At the same time: one mostly waits for the disk, the other for the window.
    unit, journey = suite_alone("tests/unit", *left, *given), suite_alone("-s", JOURNEY, *given)
    told = {run: run.communicate(timeout=400)[0] for run in (unit, journey)}
    count, _ = (passed(run, said) for run, said in told.items())
    found = COUNTED.search(told[journey])
    assert found
    assert int(found[2]) == 0
    promise(
        "R11",
        f"{count} unit tests pass with no network there; a journey through the window: "
        f"{found[1]} network calls, {found[2]} AF_INET; no module imports a network",
        "0 AF_INET, 0 AF_INET6",
    )
