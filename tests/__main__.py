"""``python3 -m tests``: the fast suite; ``--faults``, ``--bench`` and each with ``--long`` by hand."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from build_spec import bootstrap  # noqa: E402


def main(arguments: list[str]) -> int:
    """Choose the suite; everything else goes to pytest as it is."""
    bench = "--bench" in arguments
    long = "--long" in arguments
    faults = "--faults" in arguments
    rest = [one for one in arguments if one not in ("--bench", "--long", "--faults")]
    if bench:
        from tests.bench.__main__ import main as measure

        return measure(long=long)
    import pytest

    if faults and long:
        rest += ["--rounds", "long"]
    suites = (
        ["tests/faults"] if faults else ["tests/unit", "tests/gui", "tests/queries", "tests/e2e"]
    )
    chosen = any(Path(one.partition("::")[0]).exists() for one in rest)
    return int(pytest.main(["-q", *rest] if chosen else ["-q", *rest, *suites]))


if __name__ == "__main__":
    bootstrap.ensure("tests", bootstrap.DEV)
    bootstrap.require_qt()
    bootstrap.ensure_guide(ROOT / "app")
    sys.path.insert(0, str(ROOT / "app"))
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
