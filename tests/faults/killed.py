"""Starts one of the small programs beside this, and kills it after a while."""

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def start(module: str, *arguments: str) -> subprocess.Popen[str]:
    """Start ``python -m tests.faults.MODULE`` with what it prints to be read."""
    return subprocess.Popen(
        [sys.executable, "-m", f"tests.faults.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'app'}{os.pathsep}{ROOT}"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def lines_of(program: subprocess.Popen[str]) -> list[str]:
    """Kill it, and answer with the whole lines it had printed."""
    program.kill()
    out, err = program.communicate()
    assert not err, err
    return [line for line in out.split("\n")[:-1] if line]


def run_until(count: int, seconds: float, module: str, *arguments: str) -> list[str]:
    """Let it run until it has printed so many lines and a while longer, then kill it."""
    program = start(module, *arguments)
    assert program.stdout is not None
    before = [program.stdout.readline().strip() for _ in range(count)]
    time.sleep(seconds)
    return before + lines_of(program)
