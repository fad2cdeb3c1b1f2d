"""``python3 -m tests``: the fast suite; ``--faults``, ``--bench`` and each with ``--long`` by hand.

``--pictures FOLDER`` tests nothing: it shows what the program looks like.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build_spec import bootstrap  # noqa: E402

GUI = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "tests" / "gui").glob("test_*.py"))
MIDDLE = "tests/gui/test_q"
PARTS = (
    [path for path in GUI if path < MIDDLE] + ["tests/e2e"],
    [path for path in GUI if path >= MIDDLE],
    ["tests/unit", "tests/queries"],
)
"""The fast suite in parts of about the same length, side by side: each often waits for a disk."""


def main(arguments: list[str]) -> int:
    """Choose the suite; everything else goes to pytest as it is."""
    if "--pictures" in arguments:
        from tests.pictures.__main__ import main as picture

        return picture([one for one in arguments if one != "--pictures"])
    bench = "--bench" in arguments
    long = "--long" in arguments
    faults = "--faults" in arguments
    rest = [one for one in arguments if one not in ("--bench", "--long", "--faults")]
    if bench:
        from tests.bench.__main__ import main as measure

        return measure(long=long)
    if faults and long:
        rest += ["--rounds", "long"]
    if any(Path(one.partition("::")[0]).exists() for one in rest):
        return run_all([rest])
    return run_all([[*rest, "tests/faults"]] if faults else [[*rest, *part] for part in PARTS])


def run_all(runs: list[list[str]]) -> int:
    """Run pytest with each of these at the same time; the output of the first is seen as it comes.

    The status is that of the first that failed, or 0.
    """
    command = [sys.executable, "-m", "pytest", "-q"]
    others = [
        subprocess.Popen([*command, *run], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for run in runs[1:]
    ]
    statuses = [subprocess.run([*command, *runs[0]]).returncode]
    for other in others:
        told, _ = other.communicate()
        sys.stdout.write(told.decode(errors="replace"))
        statuses.append(other.returncode)
    return next((status for status in statuses if status), 0)


if __name__ == "__main__":
    bootstrap.ensure("tests", bootstrap.DEV)
    bootstrap.require_qt()
    bootstrap.ensure_guide(ROOT / "app")
    sys.path.insert(0, str(ROOT / "app"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
