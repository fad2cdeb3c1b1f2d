"""R2: the battery dies in the middle of a save; what was confirmed before is there after it."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.faults import killed, means
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

pytestmark = means.needs(means.no_loops())


def cuts(folder: Path, rounds: int, *options: str) -> dict[str, int]:
    """What so many cuts did."""
    folder.mkdir()
    own = ["unshare", "--mount", "--propagation", "private"]
    program = [sys.executable, "-m", "tests.faults.power_loss", str(folder), str(rounds)]
    done = subprocess.run(
        [*own, *program, *options],
        cwd=killed.ROOT,
        env={**os.environ, "PYTHONPATH": killed.PATHS},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    found: dict[str, int] = json.loads(done.stdout)
    assert found["rounds"] == rounds
    return found


def test_what_is_said_to_be_saved_survives_a_flat_battery(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    found = cuts(tmp_path / "disk", rounds(60, 300))
    # The same without waiting for the disk must lose, or the cuts prove nothing.
    control = cuts(tmp_path / "control", rounds(20, 60), "--unsafe")
    assert control["lost"] > 0
    assert found["acknowledged"] > 10 * found["rounds"]
    assert (found["lost"], found["damaged"]) == (0, 0)
    promise(
        "R2",
        f"{found['rounds']} power cuts, {found['acknowledged']:,} acknowledged, 0 lost, 0 damaged; "
        f"control without waiting for the disk: {control['rounds']} cuts, "
        f"{control['acknowledged']:,} acknowledged, {control['lost']:,} lost",
        f"{rounds(60, 300)} cuts: 0 lost; the control loses",
    )
