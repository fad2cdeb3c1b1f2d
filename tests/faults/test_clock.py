"""R18: by a clock of 1990, of 2099 and one set back an hour everything is as by the right one."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

from fieldguide.domain.backups import LAST
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import open_notebook
from tests.faults import killed, means
from tests.faults.clock_writer import BACKUPS, SAVES, told
from tests.faults.examination import assert_sound
from tests.faults.promises import Promise
from tests.faults.writer import ABOUT

RIGHT: tuple[str, ...] = ()
IN_1990 = ("faketime", "1990-01-01 12:00:00")
IN_2099 = ("faketime", "2099-12-31 23:59:30")
HOUR_BACK = ("faketime", "-f", "-1h")
TURNS = (RIGHT, IN_1990, RIGHT, IN_2099, HOUR_BACK, IN_1990, IN_2099, RIGHT, HOUR_BACK)
CLOCKS = ("1990", "2099")
SUITE = ("notebook", "backups", "timeline", "workspace", "moment", "exports")
"""Parts of the suite that read a clock or keep what one said."""

pytestmark = means.needs(means.no_other_time())


def turns(profile: Path, clocks: Sequence[tuple[str, ...]]) -> list[datetime]:
    """Let each clock have a turn; the answer is what they said."""
    said = []
    for turn, clock in enumerate(clocks):
        program = killed.start("clock_writer", str(profile), str(turn), before=clock)
        out, complaints = program.communicate(timeout=60)
        assert (program.returncode, complaints) == (0, "")
        told_now = json.loads(out)
        assert told_now["gone"] == 0, "a wrong clock emptied the trash"
        said.append(datetime.fromisoformat(told_now["now"]))
    return said


def seen_in(profile: Path) -> dict[str, list[str]]:
    """All that has an order: the history of the note, the list, the trash, the backups."""
    notebook = open_notebook(profile, create=False)
    (card,) = notebook.notes(ABOUT)
    history = notebook.history(card.id)
    assert [one.lamport for one in history] == list(range(len(history), 0, -1))
    assert all(one.parents == (older.id,) for one, older in pairwise(history))
    seen = {
        "history": [one.draft.text for one in history],
        "list": [notebook.note(one.id).text for one in notebook.notes()],
        "trash": [notebook.note(one.id).text for one in notebook.trash()],
    }
    notebook.close()
    assert_sound(profile)
    backups = Backups(profile)
    there = backups.list()
    for backup in there:
        backups.verify(backup)
    assert backups.offer() == there[0]
    seen["backups"] = [str(one.number) for one in there[:LAST]]
    return seen


def test_a_wrong_clock_changes_no_order_and_loses_no_backup(
    tmp_path: Path, promise: Promise
) -> None:
    said = turns(tmp_path / "wrong", TURNS)
    assert {one.year for one in said} >= {1990, 2099}
    back = said[TURNS.index(HOUR_BACK)] - datetime.now().astimezone()
    assert timedelta(minutes=-65) < back < timedelta(minutes=-55)
    turns(tmp_path / "right", (RIGHT,) * len(TURNS))
    wrong, right = seen_in(tmp_path / "wrong"), seen_in(tmp_path / "right")
    assert wrong == right
    newest_first = reversed(range(len(TURNS)))
    saves = [told(turn, save) for turn in newest_first for save in reversed(range(SAVES))]
    assert wrong["history"] == [*saves, ""]
    made = len(TURNS) * BACKUPS
    assert wrong["backups"] == [str(number) for number in range(made, made - LAST, -1)]
    promise(
        "R18",
        f"{len(TURNS)} turns by clocks of 1990, of 2099, set back an hour, and right: "
        f"{len(saves)} saves, {made} backups, trash: order, saving and rotation as by the right one",
        "order, rotation, saving unchanged",
    )


def test_what_reads_a_clock_passes_its_tests_in_1990_and_in_2099(promise: Promise) -> None:
    tests = [f"tests/unit/test_{name}.py" for name in SUITE]
    runs = [
        subprocess.Popen(
            [*clock, sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests],
            cwd=killed.ROOT,
            env={**os.environ, "PYTHONPATH": killed.PATHS},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for clock in (IN_1990, IN_2099)
    ]
    said = [run.communicate(timeout=300)[0] for run in runs]
    assert [run.returncode for run in runs] == [0, 0], "\n".join(said)
    passed = [int(number) for text in said for number in re.findall(r"(\d+) passed", text)]
    assert len(passed) == len(runs)
    promise(
        "R18",
        f"tests of {', '.join(SUITE)}: {passed[0]} passed in 1990, {passed[1]} in 2099",
        "all pass",
    )
