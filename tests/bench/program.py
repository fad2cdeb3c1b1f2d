"""Figures of the whole program: start, memory, a command, and what it does when nobody types."""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from fieldguide import assets

Figure = tuple[str, float, str, float | None]
ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 11
IDLE_S = 10


def figures() -> list[Figure]:
    """All figures of the program as a process."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        _run("window", profile)  # the first start makes the profile
        found = _start(profile)
        found.append(("memory after opening ten records", _number("memory", profile), "MB", 110.0))
        idle = _number("idle", profile)
        found.append((f"CPU in {IDLE_S} s with the window open", idle, "ms", 20.0))
        found += _command(profile)
        found += _sockets(profile)
    return found


def _environment() -> dict[str, str]:
    paths = os.pathsep.join((str(ROOT / "app"), str(ROOT)))
    # A user's computer keeps compiled modules, whatever this one is set to.
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"}


def _command_line(what: str, profile: Path) -> list[str]:
    guide = str(assets.path("guide.db"))
    return [sys.executable, "-m", "tests.bench.window", what, guide, str(profile)]


def _run(what: str, profile: Path) -> tuple[float, str]:
    """Milliseconds until the child says its first line, and that line."""
    began = time.perf_counter()
    with subprocess.Popen(
        _command_line(what, profile),
        env=_environment(),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout is not None
        line = child.stdout.readline()
        took = (time.perf_counter() - began) * 1e3
        child.wait(timeout=60)
    if child.returncode:
        raise RuntimeError(f"the measured program ended with {child.returncode}")
    return took, line


def _number(what: str, profile: Path) -> float:
    return float(_run(what, profile)[1])


def _start(profile: Path) -> list[Figure]:
    """Start against a bare window that reads one row, in turn, so that both meet the same noise."""
    ours, bare, told = [], [], []
    for _ in range(ROUNDS):
        bare.append(_run("bare", profile)[0])
        ours.append(_run("window", profile)[0])
        told.append(_run("told", profile)[0])
    ratios = [a / b for a, b in zip(ours, bare, strict=True)]
    return [
        (
            "start to first paint, ratio to a bare window, median",
            statistics.median(ratios),
            "",
            1.6,
        ),
        ("start to first paint, median", statistics.median(ours), "ms", None),
        ("start to Today with its content, median", statistics.median(told), "ms", None),
        ("the bare window, median", statistics.median(bare), "ms", None),
    ]


def _command(profile: Path) -> list[Figure]:
    """``search renji --json`` as a process; the shortest way a script can take."""
    command = [sys.executable, "-m", "fieldguide", "search", "renji", "--json"]
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(
            [*command, "--profile", str(profile)],
            env=_environment(),
            cwd=ROOT / "app",
            check=True,
            capture_output=True,
        )
        times.append((time.perf_counter() - began) * 1e3)
    return [
        ("search renji --json as a process, warm, median", statistics.median(times), "ms", 400.0)
    ]


def _sockets(profile: Path) -> list[Figure]:
    """Internet sockets opened while a window starts, searches, opens records and closes."""
    strace = shutil.which("strace")
    if strace is None:
        raise RuntimeError("strace is needed to count sockets")
    done = subprocess.run(
        [strace, "-f", "-e", "trace=network", *_command_line("memory", profile)],
        env=_environment(),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    opened = sum(1 for line in done.stderr.splitlines() if "AF_INET" in line)
    return [("internet sockets opened in a journey under strace", float(opened), "", 0.0)]
