"""Journeys with the started program: set up in a fresh clone, by command line, at the window."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import venv
import zipfile
from pathlib import Path

import pytest

from build_spec import bootstrap
from fieldguide.services.notebook import open_notebook
from tests.conftest import without_remarks
from tests.unit.place_readers import READERS

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = ("app", "db", "resources", "build_spec")
INTERNET = re.compile(r"AF_INET6?\b")


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout without a built guide, with an environment of its own that is already filled.

    Its packages are those that run this test, so that nothing is fetched.
    """
    folder = tmp_path_factory.mktemp("clone") / "fieldguide"
    command = ["git", "clone", "-q", "--no-hardlinks", str(ROOT), str(folder)]
    if not shutil.which("git") or subprocess.run(command, capture_output=True).returncode:
        for name in FOLDERS:
            ignored = shutil.ignore_patterns("__pycache__", "guide.db")
            shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    home = folder / ".venv"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    (packages,) = home.rglob("site-packages")
    (packages / "borrowed.pth").write_text(
        "\n".join(path for path in sys.path if path.endswith("site-packages")) + "\n"
    )
    digest = bootstrap._wanted(bootstrap.RUN)
    (home / f"{bootstrap.RUN}.stamp").write_text(digest)
    return folder


def app(clone: Path, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """`python3 -m app …` as typed in the checkout, with the system's Python."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [getattr(sys, "_base_executable", sys.executable), "-m", "app", *arguments],
        cwd=clone,
        env={**kept, **variables},
        capture_output=True,
        text=True,
    )


def test_a_fresh_clone_builds_its_guide_and_passes_its_self_test(clone: Path) -> None:
    guide = clone / "resources" / "guide.db"
    guide.unlink(missing_ok=True)
    done = app(clone, "--self-test")
    assert (done.returncode, done.stderr) == (0, "")
    lines = dict(line.split(": ", 1) for line in done.stdout.splitlines())
    assert list(lines) == ["files", "guide", "notes", "window"]
    assert lines["guide"].startswith("Shanghai & Suzhou, life sciences, ")
    built = guide.stat().st_mtime_ns
    assert app(clone, "list", "mission").returncode == 0
    assert guide.stat().st_mtime_ns == built, "nothing has changed, and yet it was built again"


def test_without_a_screen_the_window_is_not_tried(clone: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("there is always a screen elsewhere")
    done = app(clone, DISPLAY="", WAYLAND_DISPLAY="", QT_QPA_PLATFORM="")
    assert done.returncode == 1
    assert done.stderr.startswith("There is no screen here")
    assert done.stderr.count("\n") == 1


def test_a_delegate_finds_reads_notes_and_takes_out_by_command_line(
    clone: Path, tmp_path: Path
) -> None:
    profile = str(tmp_path / "profile")

    def answer(*arguments: str) -> str:
        done = app(clone, "--profile", profile, *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    hits = json.loads(answer("search", "仁济", "--json"))
    ref = hits[0]["ref"]
    record = json.loads(answer("show", ref, "--json"))
    assert record["title"] == "Renji Hospital"
    assert record["facts"]
    (visit,) = (one["ref"] for one in record["visits"] if one["ref"] == "visit/renji-2013")
    when = json.loads(answer("show", visit, "--json"))["when"]
    day = json.loads(answer("day", when["start"], "--json"))
    assert visit in [one["ref"] for one in day["visits"]]
    places = tmp_path / "day.gpx"
    assert answer("export", "--day", when["start"], "-o", str(places)).startswith("2 places")
    first = READERS["gpx"](places.read_bytes())[0]
    assert first[:3] == ("1 Renji Hospital 仁济医院", 31.2086, 121.5167)
    assert not Path(profile).exists(), "reading made a profile"
    number = json.loads(answer("note", "add", ref, "F: 今 open beds: 40", "--json"))["id"]
    (listed,) = json.loads(answer("note", "list", "--json"))
    assert (listed["id"], listed["about"]) == (number, ref)
    target = tmp_path / "notes.zip"
    answer("export", "--format", "md", "-o", str(target))
    with zipfile.ZipFile(target) as archive:
        (name,) = archive.namelist()
        text = archive.read(name).decode("utf-8")
    assert f'ref: "{ref}"' in text
    assert text.endswith("F: 今 open beds: 40")
    assert b"open beds" not in (tmp_path / "profile" / "workspace.db").read_bytes()


def test_a_profile_that_cannot_be_written_is_said_and_the_guide_is_read(
    clone: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    profile = str(tmp_path / "file" / "profile")
    refused = app(clone, "--profile", profile, "note", "add", "visit/renji-2013", "lost?")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Your notes cannot be kept in ")
    assert refused.stderr.count("\n") == 1
    assert app(clone, "--profile", profile, "search", "renji").returncode == 0
    assert app(clone, "--profile", profile, "note", "list", "--json").stdout == "[]\n"


def window(
    screen: str, *arguments: object, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """The window journey as a process of its own."""
    paths = f"{ROOT / 'app'}{os.pathsep}{ROOT}"
    return subprocess.run(
        [*before, sys.executable, "-m", "tests.e2e.window_journey", *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": screen},
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_a_delegate_at_the_window_opens_no_connection(
    screen: str, guide_file: Path, tmp_path: Path
) -> None:
    strace = shutil.which("strace")
    if strace is None:
        assert os.environ.get("CI") != "true", "the connections must be counted here"
        pytest.skip("strace is not installed")
    profile, export, log = tmp_path / "profile", tmp_path / "notes.zip", tmp_path / "calls"
    trace = (strace, "-f", "-qq", "-e", "trace=network", "-o", str(log))
    probe = "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()"
    subprocess.run([*trace, sys.executable, "-c", probe], check=True)
    assert INTERNET.search(log.read_text()), "the trace sees no sockets at all"
    done = window(screen, guide_file, profile, "--export", export, before=trace)
    assert done.stdout == "every step was taken\n"
    assert (done.returncode, without_remarks(done.stderr)) == (0, [])
    calls = log.read_text()
    print(f"{len(calls.splitlines())} network calls, {len(INTERNET.findall(calls))} of them to it")
    assert not INTERNET.findall(calls)
    with zipfile.ZipFile(export) as archive:
        (name,) = archive.namelist()
        assert archive.read(name).decode("utf-8").endswith("F: 2,750 beds, said the host")
    notebook = open_notebook(profile, create=False)
    (card,) = notebook.notes()
    notebook.close()
    assert (str(card.about), card.title) == ("organisation/renji-hospital", "Renji Hospital")


@pytest.mark.skipif(os.name != "posix", reason="another system ends programs in another way")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_is_asked_to_end_closes_its_files(
    screen: str, guide_file: Path, tmp_path: Path, number: int
) -> None:
    profile = tmp_path / "profile"
    started = subprocess.Popen(
        [sys.executable, "-m", "fieldguide", "--guide", guide_file, "--profile", profile],
        cwd=ROOT / "app",
        env={**os.environ, "QT_QPA_PLATFORM": screen},
        stderr=subprocess.PIPE,
        text=True,
    )
    log = profile / "workspace.db-wal"
    deadline = time.monotonic() + 30
    while not log.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    started.send_signal(number)
    _, errors = started.communicate(timeout=30)
    assert (started.returncode, without_remarks(errors)) == (0, [])
    assert (profile / "workspace.db").exists()
    assert not log.exists()


def test_the_window_opens_the_guide_without_a_place_for_notes(
    screen: str, guide_file: Path, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("not a folder")
    done = window(screen, guide_file, tmp_path / "file" / "profile")
    assert done.stdout == "every step was taken\n"
    assert (done.returncode, without_remarks(done.stderr)) == (0, [])
    assert (tmp_path / "file").read_text() == "not a folder"
