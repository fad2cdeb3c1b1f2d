"""Starts one of the small programs beside this, and kills it after a while."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATHS = f"{ROOT / 'app'}{os.pathsep}{ROOT}"
"""Where a program of the tests finds its modules."""


def start(module: str, *arguments: str, before: Sequence[str] = ()) -> subprocess.Popen[str]:
    """Start ``python -m tests.faults.MODULE``, behind another command if wanted, to be read."""
    return subprocess.Popen(
        [*before, sys.executable, "-m", f"tests.faults.{module}", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": PATHS},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def first_lines(program: subprocess.Popen[str], count: int) -> list[str]:
    """The first lines that it prints, as soon as they are there."""
    assert program.stdout is not None
    return [program.stdout.readline().strip() for _ in range(count)]


def said_by(program: subprocess.Popen[str]) -> tuple[list[str], str]:
    """What a program that has ended said, line by line, and what it complained of."""
    assert program.stdout is not None
    assert program.stderr is not None
    # From the same readers as the first lines: another would miss what these have read ahead.
    out, complaints = program.stdout.read(), program.stderr.read()
    program.communicate()
    return [line for line in out.split("\n")[:-1] if line], complaints


def lines_of(program: subprocess.Popen[str]) -> list[str]:
    """Kill it, and answer with the whole lines it had printed."""
    program.kill()
    lines, complaints = said_by(program)
    assert not complaints, complaints
    return lines


def run_until(count: int, seconds: float, module: str, *arguments: str) -> list[str]:
    """Let it run until it has printed so many lines and a while longer, then kill it."""
    program = start(module, *arguments)
    before = first_lines(program, count)
    time.sleep(seconds)
    return before + lines_of(program)
