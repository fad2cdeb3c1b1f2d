"""R17: notes and guides are data: whatever stands in them opens, loads, fetches and runs nothing."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.conftest import without_remarks
from tests.faults import hostile, killed, means
from tests.faults.hostile import CANARY
from tests.faults.promises import Promise

CALL = re.compile(r"\d+ +(\w+)\((?:[^\"]*?)\"([^\"]*)\"")
OPENS = ("open", "openat", "openat2", "creat")
SYSTEM = ("/usr", "/lib", "/lib64", "/etc", "/proc", "/sys", "/dev", "/var", "/run", "/opt")
BY_QT = ":/non-existent"
"""What Qt itself asks for once, to have a font that has no file."""
INTERNET = re.compile(r"AF_INET6?\b")


@pytest.fixture
def canaries(tmp_path: Path) -> Path:
    """The folder in which the window runs; nothing in it is to be opened."""
    folder = tmp_path / "canaries"
    hostile.set_out(folder)
    return folder


def trace(canaries: Path, screen: str, *arguments: Path) -> tuple[str, str]:
    """What a window asked of the system, and what it said."""
    log, home = canaries.with_name("calls"), canaries.with_name("home")
    home.mkdir(exist_ok=True)
    calls = "trace=%file,%network,execve,connect"
    program = [sys.executable, "-P", "-m", "tests.faults.hostile_window"]
    done = subprocess.run(
        ["strace", "-f", "-qq", "-s", "4096", "-e", calls, "-o", str(log), *program,
         str(canaries), *map(str, arguments)],
        cwd=canaries,
        env={**os.environ, "PYTHONPATH": killed.PATHS, "QT_QPA_PLATFORM": screen,
             "HOME": str(home)},
        capture_output=True,
        text=True,
        timeout=240,
    )  # fmt: skip
    assert (done.returncode, without_remarks(done.stderr)) == (0, [])
    return log.read_text("utf-8", "replace"), done.stdout


def named(calls: str, kinds: Iterable[str]) -> list[str]:
    """The files in calls of these kinds, each time one is named."""
    found = (CALL.match(line) for line in calls.splitlines())
    return [call[2] for call in found if call and call[1] in kinds]


def touched(calls: str) -> list[str]:
    """Calls that name what only the texts name."""
    return [line for line in calls.splitlines() if CANARY in line]


@means.needs(means.no_trace())
def test_hostile_texts_open_load_fetch_and_run_nothing(
    canaries: Path, screen: str, guide_file: Path, tmp_path: Path, promise: Promise
) -> None:
    guide, profile = tmp_path / "guide.db", tmp_path / "profile"
    hostile.guide(guide_file, guide, canaries)
    hostile.notes(profile, canaries)
    calls, said = trace(canaries, screen, guide, profile)
    allowed = (
        *SYSTEM, sys.prefix, sys.base_prefix, str(killed.ROOT), str(guide), str(profile),
        str(tmp_path / "home"), str(tmp_path / "screens.json"), BY_QT,
    )  # fmt: skip
    opened = named(calls, OPENS)
    strange = [one for one in opened if not any(_within(one, root) for root in allowed)]
    assert touched(calls) == []
    assert strange == []
    assert len(opened) > 500, "the trace sees hardly a file"
    assert not INTERNET.findall(calls)
    assert len(named(calls, ["execve"])) == 1, "something was run"
    promise(
        "R17",
        f"{len(hostile.tags(canaries))} hostile texts in every field of guide and notes, "
        f"{int(said)} looks at window, tips and lists: 0 hits, {len(opened):,} opens, 0 outside "
        "the allow-list, nothing run",
        "0 hits, 0 opens outside the allow-list",
    )


@means.needs(means.no_trace())
def test_the_trace_sees_a_text_that_is_taken_for_more(
    canaries: Path, screen: str, promise: Promise
) -> None:
    calls, _ = trace(canaries, screen)
    hits = named("\n".join(touched(calls)), OPENS)
    assert hits
    promise(
        "R17",
        f"control: one label that reads such a text as markup: {len(hits)} opens of a canary seen",
        "the control is seen",
    )


def _within(path: str, root: str) -> bool:
    return path == root or path.startswith(f"{root}/")
