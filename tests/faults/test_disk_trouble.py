"""R3: a full disk, a failing one, a folder that is read-only: nothing is lost, and it is said."""

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from fieldguide.services.notebook import open_notebook
from tests.conftest import without_remarks
from tests.faults import killed, means
from tests.faults.conftest import Rounds
from tests.faults.examination import assert_sound, lost_of
from tests.faults.promises import Promise
from tests.faults.window_trouble import BEFORE, MEANWHILE, Found
from tests.faults.writer import REFUSED, Ack, acks_of

TOLD_S = 1.0
NOBODY = 65_534
WITH_ERRORS = ("fiu-run", "-x", "-f", "")
FAILING = 0.005
"""How many of all calls to the disk fail."""
BLOCK = 10
Walk = Callable[..., Found]


def on_a_disk_of(size: str, disk: Path) -> list[str]:
    """Before a program: give it a disk of its own, which is gone when it ends."""
    disk.mkdir()
    mount = f'mount -t tmpfs -o size={size} tmpfs "$0" && exec "$@"'
    return ["unshare", "--mount", "--propagation", "private", "sh", "-c", mount, str(disk)]


def run(before: Sequence[str], module: str, *arguments: object, **variables: str) -> str:
    """What a program of the tests says that ends well."""
    done = subprocess.run(
        [*before, sys.executable, "-m", f"tests.faults.{module}", *map(str, arguments)],
        cwd=killed.ROOT,
        env={**os.environ, "PYTHONPATH": killed.PATHS, **variables},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.returncode, without_remarks(done.stderr)) == (0, []), done.stdout
    return done.stdout


@pytest.fixture
def window(screen: str, guide_file: Path, tmp_path: Path) -> Walk:
    """Type in a window in this kind of trouble, and save the text elsewhere."""

    def walk(kind: str, before: Sequence[str], profile: Path, **variables: str) -> Found:
        elsewhere = tmp_path / "elsewhere" / "note.md"
        elsewhere.parent.mkdir()
        elsewhere.parent.chmod(0o777)
        said = run(
            before, "window_trouble", kind, guide_file, profile, elsewhere,
            QT_QPA_PLATFORM=screen, **variables,
        )  # fmt: skip
        found = Found(**json.loads(said))
        assert found.stuck == ""
        assert found.told_s <= TOLD_S
        assert elsewhere.read_text("utf-8") + "!" == found.text, "what was saved elsewhere"
        return found

    return walk


@means.needs(means.no_mounts())
def test_a_full_disk_loses_no_note_and_is_said(tmp_path: Path, promise: Promise) -> None:
    disk = tmp_path / "disk"
    kept = int(run(on_a_disk_of("3m", disk), "full_disk", disk))
    assert not list(disk.iterdir()), "the disk was mounted for everybody"
    promise(
        "R3",
        f"full disk: {kept} notes acknowledged, 0 lost, 0 damaged; an export, the settings, a "
        "photo and a backup refused with a sentence, the old ones whole",
        "0 lost, 0 damaged",
    )


@means.needs(means.no_mounts())
def test_a_window_on_a_full_disk_keeps_the_text_and_says_so(
    tmp_path: Path, window: Walk, promise: Promise
) -> None:
    disk = tmp_path / "disk"
    found = window("full", on_a_disk_of("4m", disk), disk / "profile")
    assert found.kept == [found.text] == [BEFORE + MEANWHILE + "!"]
    promise(
        "R3",
        f"window on a full disk of 4 MB: said {found.told_s:.2f} s after the first key, saved "
        "elsewhere, editor equal, kept when there was room again",
        f"said in {TOLD_S:.0f} s; editor equal; 0 lost",
    )


@means.needs(means.no_disk_errors())
def test_a_window_on_a_failing_disk_keeps_the_text_and_says_so(
    tmp_path: Path, window: Walk, promise: Promise
) -> None:
    found = window("failing", WITH_ERRORS, tmp_path / "profile")
    assert found.kept == [found.text] == [BEFORE + MEANWHILE + "!"]
    promise(
        "R3",
        f"window with every write refused: said {found.told_s:.2f} s after the first key, saved "
        "elsewhere, editor equal, kept when the disk was well again",
        f"said in {TOLD_S:.0f} s; editor equal; 0 lost",
    )


@means.needs(means.no_other_user())
@pytest.mark.parametrize("notes", [0, 1], ids=["without notes", "with notes"])
def test_a_window_over_a_read_only_folder_keeps_the_text_and_says_so(
    tmp_path: Path, window: Walk, promise: Promise, notes: int
) -> None:
    profile, home = tmp_path / "profile", tmp_path / "home"
    home.mkdir()
    profile.mkdir()
    if notes:
        notebook = open_notebook(profile, create=True)
        note = notebook.start(None, "")
        notebook.save(note.id, BEFORE, note.revision.id)
        notebook.close()
    for path in (home, profile, *profile.iterdir()):
        os.chown(path, NOBODY, NOBODY)
    profile.chmod(0o555)
    # Someone else, who may read the program wherever it lies, and write only what is theirs.
    user = (
        "setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
        "--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search",
    )  # fmt: skip
    found = window("folder", user, profile, HOME=str(home))
    assert found.text == MEANWHILE + "!"
    profile.chmod(0o755)
    if notes:
        notebook = open_notebook(profile, create=False)
        assert [notebook.note(card.id).text for card in notebook.notes()] == [BEFORE]
        notebook.close()
        assert_sound(profile)
    else:
        assert not list(profile.iterdir())
    promise(
        "R3",
        f"window over a read-only folder with {notes} notes: said {found.told_s:.2f} s after "
        "the first key, saved elsewhere, editor equal, nothing changed",
        f"said in {TOLD_S:.0f} s; editor equal; 0 lost",
    )


@means.needs(means.no_disk_errors())
def test_what_is_said_to_be_saved_on_a_failing_disk_is_saved(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    chance = random.Random(20130602)
    count, acknowledged, refused, lost = rounds(40, 300), 0, 0, 0
    for block in range(count // BLOCK):
        profile = tmp_path / str(block)
        known: list[Ack] = []
        for number in range(BLOCK):
            seed = str(block * BLOCK + number)
            writer = killed.start(
                "writer", str(profile), seed, "--failing", str(FAILING), before=WITH_ERRORS
            )
            first = killed.first_lines(writer, 1)
            time.sleep(chance.uniform(0.1, 0.6))
            lines = first + killed.lines_of(writer)
            refused += lines.count(REFUSED.strip())
            known += acks_of(lines)
            lost += len(lost_of(profile, known))
            assert_sound(profile)
        acknowledged += len(known)
    assert lost == 0
    assert refused > count, "hardly a call to the disk failed"
    assert acknowledged > 10 * count
    promise(
        "R3",
        f"{FAILING:.1%} of all calls to the disk fail, then kill -9: {count} rounds, "
        f"{acknowledged:,} acknowledged, {refused:,} refused with a sentence, 0 lost, 0 damaged",
        "0 lost, 0 damaged",
    )
