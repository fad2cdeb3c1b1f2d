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


def first_lines(program: subprocess.Popen[str], count: int) -> list[str]:
    """The first lines that it prints, as soon as they are there."""
    assert program.stdout is not None
    return [program.stdout.readline().strip() for _ in range(count)]


def lines_of(program: subprocess.Popen[str]) -> list[str]:
    """Kill it, and answer with the whole lines it had printed."""
    program.kill()
    assert program.stdout is not None
    assert program.stderr is not None
    # What is left in the same readers: others would miss what these have read ahead.
    out, err = program.stdout.read(), program.stderr.read()
    program.communicate()
    assert not err, err
    return [line for line in out.split("\n")[:-1] if line]


def run_until(count: int, seconds: float, module: str, *arguments: str) -> list[str]:
    """Let it run until it has printed so many lines and a while longer, then kill it."""
    program = start(module, *arguments)
    before = first_lines(program, count)
    time.sleep(seconds)
    return before + lines_of(program)
