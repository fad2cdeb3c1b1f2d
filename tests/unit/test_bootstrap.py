"""Set-up from a fresh checkout: what is done, and what is said when it cannot be done.

Only the disk's programs are stand-ins: whatever would install, start or load something.
"""

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from build_spec import bootstrap
from build_spec.bootstrap import DEV, LISTS, MAP, QT_LIBRARIES, RUN, X_LIBRARIES

APT = "apt-get install -y --no-install-recommends"


class Machine:
    """A computer on which nothing is really done; it keeps what was asked of it."""

    def __init__(self) -> None:
        self.commands: list[list[str]] = []
        self.failing: tuple[str, ...] = ()
        self.missing: set[str] = set()
        self.programs: set[str] = set()
        self.started: list[str] = []

    def run(self, command: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
        self.commands.append(list(command))
        line = " ".join(command)
        code = int(any(part in line for part in self.failing))
        if " venv " in line and not code:
            bootstrap.PYTHON.parent.mkdir(parents=True)
            bootstrap.PYTHON.touch()
        if "apt-get install" in line and not code:
            self.missing -= set(command)
        if code and options.get("check"):
            raise subprocess.CalledProcessError(code, line)
        return subprocess.CompletedProcess(list(command), code, "", "content.toml:1: wrong.")

    def load(self, library: str) -> None:
        if (QT_LIBRARIES | X_LIBRARIES)[library] in self.missing:
            raise OSError(f"{library}: cannot open shared object file")

    def which(self, program: str) -> str | None:
        return f"/usr/bin/{program}" if program in self.programs else None

    def start(self, _: Path, arguments: list[str]) -> None:
        self.started.append(" ".join(arguments[1:]))

    @property
    def lines(self) -> list[str]:
        return [" ".join(command) for command in self.commands]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """An ordinary user of Debian in a fresh checkout."""
    made = Machine()
    made.programs = {"apt-get"}
    locks = tmp_path / "build_spec"
    locks.mkdir()
    for name in LISTS:
        (locks / name).write_text(f"{name} of today\n")
    venv = tmp_path / ".venv"
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "LOCKS", locks)
    monkeypatch.setattr(bootstrap, "VENV", venv)
    monkeypatch.setattr(bootstrap, "PYTHON", venv / "bin" / "python")
    monkeypatch.setattr(subprocess, "run", made.run)
    monkeypatch.setattr(ctypes, "CDLL", made.load)
    monkeypatch.setattr(shutil, "which", made.which)
    monkeypatch.setattr(os, "execv", made.start)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setattr(os, "environ", dict(os.environ))
    monkeypatch.setattr(sys, "argv", ["app", "search", "renji"])
    monkeypatch.setattr(sys, "platform", "linux")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        os.environ.pop(name, None)
    return made


def root(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)


def last_words(caught: pytest.ExceptionInfo[SystemExit]) -> str:
    """What stands on standard error; a text makes the exit status 1."""
    assert isinstance(caught.value.code, str)
    return caught.value.code


def test_the_first_start_sets_up_and_goes_on_inside(machine: Machine) -> None:
    bootstrap.ensure("app", RUN)
    assert machine.lines[0].endswith("import ensurepip, venv")
    assert machine.lines[1] == f"{sys.executable} -m venv {bootstrap.VENV}"
    assert "--require-hashes --only-binary :all:" in machine.lines[2]
    assert machine.lines[2].endswith(f"-r {bootstrap.LOCKS / RUN}")
    assert machine.started == ["-m app search renji"]


def test_nothing_is_made_again_while_nothing_has_changed(machine: Machine) -> None:
    bootstrap.ensure("app", RUN)
    done = len(machine.lines)
    bootstrap.ensure("app", RUN)
    assert len(machine.lines) == done
    assert len(machine.started) == 2


def test_what_the_tests_need_also_runs_the_program_but_not_the_reverse(machine: Machine) -> None:
    bootstrap.ensure("tests", DEV)
    done = len(machine.lines)
    bootstrap.ensure("app", RUN)
    assert len(machine.lines) == done
    (bootstrap.VENV / f"{DEV}.stamp").unlink()
    bootstrap.ensure("app", RUN)
    before = len(machine.lines)
    bootstrap.ensure("tests", DEV)
    assert machine.lines[before:][-1].endswith(DEV)
    bootstrap.ensure("db", MAP)
    done = len(machine.lines)
    bootstrap.ensure("tests", DEV)
    assert len(machine.lines) == done


def test_a_changed_list_is_installed_into_the_same_environment(machine: Machine) -> None:
    bootstrap.ensure("app", RUN)
    (bootstrap.LOCKS / RUN).write_text("of tomorrow")
    done = len(machine.lines)
    bootstrap.ensure("app", RUN)
    added = machine.lines[done:]
    assert any("pip install" in line for line in added)
    assert not any("-m venv" in line for line in added)


def test_another_python_asks_for_another_set_up(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.ensure("app", RUN)
    monkeypatch.setattr(sys, "version", "3.12.1 (main)")
    done = len(machine.lines)
    bootstrap.ensure("app", RUN)
    assert len(machine.lines) > done


def test_uv_is_used_where_it_is(machine: Machine) -> None:
    machine.programs.add("uv")
    bootstrap.ensure("app", RUN)
    assert [line.split()[:3] for line in machine.lines] == [
        ["/usr/bin/uv", "venv", "-q"],
        ["/usr/bin/uv", "pip", "install"],
    ]
    assert "--require-hashes" in machine.lines[1]


def test_inside_the_environment_nothing_is_done(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "VENV", Path(sys.prefix))
    bootstrap.ensure("app", RUN)
    assert not machine.lines
    assert not machine.started


def test_a_failed_installation_leaves_no_stamp(machine: Machine) -> None:
    machine.failing = ("pip install",)
    with pytest.raises(SystemExit) as caught:
        bootstrap.ensure("app", RUN)
    assert "With a network at hand, try again" in last_words(caught)
    assert not list(bootstrap.VENV.glob("*.stamp"))
    assert not machine.started


def test_an_old_python_is_named(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 12))
    monkeypatch.setattr(sys, "version", "3.10.12 (main)")
    with pytest.raises(SystemExit) as caught:
        bootstrap.ensure("app", RUN)
    assert last_words(caught) == "Python 3.11 or newer is needed; this is 3.10.12."
    assert not machine.lines


def test_an_ordinary_user_reads_the_line_to_type_for_venv(machine: Machine) -> None:
    machine.failing = ("ensurepip",)
    with pytest.raises(SystemExit) as caught:
        bootstrap.ensure("app", RUN)
    assert last_words(caught).splitlines() == [
        "Python's venv module is not complete here. Type this once, then try again:",
        f"  sudo {APT} python3-venv",
    ]


def test_root_gets_venv_installed(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    root(monkeypatch)
    machine.failing = ("ensurepip",)
    bootstrap.ensure("app", RUN)
    assert "apt-get update -qq" in machine.lines
    assert f"{APT} python3-venv" in machine.lines
    assert machine.started


def test_an_ordinary_user_reads_the_line_to_type_for_libraries(machine: Machine) -> None:
    machine.missing = {"libegl1", "libdbus-1-3"}
    bootstrap.VENV.mkdir()
    with pytest.raises(SystemExit) as caught:
        bootstrap.require_qt()
    assert last_words(caught).splitlines() == [
        "Qt needs system libraries that are not here. Type this once, then try again:",
        f"  sudo {APT} libegl1 libdbus-1-3",
    ]
    assert not machine.lines


def test_without_apt_the_packages_are_named(machine: Machine) -> None:
    machine.missing, machine.programs = {"libegl1"}, set()
    bootstrap.VENV.mkdir()
    with pytest.raises(SystemExit) as caught:
        bootstrap.require_qt()
    assert last_words(caught).endswith("Install what Debian calls libegl1, then try again.")


def test_root_gets_the_libraries_and_they_are_looked_for_once(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    root(monkeypatch)
    bootstrap.VENV.mkdir()
    machine.missing = {"libegl1"}
    bootstrap.require_qt()
    assert machine.lines == ["apt-get update -qq", f"{APT} libegl1"]
    machine.missing = {"libegl1"}
    bootstrap.require_qt()
    assert len(machine.lines) == 2


def test_root_without_a_network_reads_the_line_too(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    root(monkeypatch)
    bootstrap.VENV.mkdir()
    machine.missing, machine.failing = {"libgl1"}, ("apt-get update",)
    with pytest.raises(SystemExit) as caught:
        bootstrap.require_qt()
    assert f"sudo {APT} libgl1" in last_words(caught)


def test_without_a_screen_that_is_said_and_not_a_library_blamed(machine: Machine) -> None:
    machine.missing = set(X_LIBRARIES.values())
    with pytest.raises(SystemExit) as caught:
        bootstrap.require_screen()
    assert "neither DISPLAY nor WAYLAND_DISPLAY is set" in last_words(caught)
    assert "python3 -m app --help" in last_words(caught)


@pytest.mark.parametrize(
    ("variable", "value", "asked"),
    [
        ("DISPLAY", ":0", True),
        ("WAYLAND_DISPLAY", "wayland-0", False),
        ("QT_QPA_PLATFORM", "offscreen", False),
        ("QT_QPA_PLATFORM", "offscreen:configfile=screens.json", False),
    ],
)
def test_only_an_x_screen_asks_for_the_libraries_of_x(
    machine: Machine, variable: str, value: str, asked: bool
) -> None:
    os.environ[variable] = value
    bootstrap.VENV.mkdir()
    machine.missing = {"libxcb-cursor0"}
    if not asked:
        bootstrap.require_screen()
        return
    with pytest.raises(SystemExit) as caught:
        bootstrap.require_screen()
    assert last_words(caught).endswith(f"sudo {APT} libxcb-cursor0")


@pytest.fixture
def checkout(machine: Machine, tmp_path: Path) -> Path:
    """The text of a guide and its builder; answers with where the guide is built."""
    for folder in ("db/content", "app/fieldguide/domain", "app/fieldguide/storage", "resources"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "db/content/a.toml").write_text("old")
    return tmp_path / "resources" / "guide.db"


def test_a_missing_guide_is_built(machine: Machine, checkout: Path, tmp_path: Path) -> None:
    bootstrap.ensure_guide(tmp_path / "app")
    assert machine.lines == [f"{sys.executable} -m db"]


@pytest.mark.parametrize("part", ["db/content/a.toml", "app/fieldguide/storage"])
def test_a_guide_is_built_again_when_what_it_is_made_of_is_newer(
    machine: Machine, checkout: Path, tmp_path: Path, part: str
) -> None:
    checkout.touch()
    bootstrap.ensure_guide(tmp_path / "app")
    assert not machine.lines
    later = checkout.stat().st_mtime + 5
    os.utime(tmp_path / part, (later, later))
    bootstrap.ensure_guide(tmp_path / "app")
    assert machine.lines == [f"{sys.executable} -m db"]


def test_a_wrong_text_is_named_and_the_old_guide_stays(
    machine: Machine, checkout: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.failing = ("-m db",)
    with pytest.raises(SystemExit) as caught:
        bootstrap.ensure_guide(tmp_path / "app")
    assert last_words(caught) == "content.toml:1: wrong."
    checkout.touch()
    os.utime(checkout, (1, 1))
    bootstrap.ensure_guide(tmp_path / "app")
    assert capsys.readouterr().err == "The guide stays as it was: content.toml:1: wrong.\n"


@pytest.mark.parametrize("name", LISTS)
def test_the_locks_name_no_address_and_no_folder_of_a_machine(name: str) -> None:
    text = (Path(__file__).resolve().parents[2] / "build_spec" / name).read_text("utf-8")
    assert not re.search(r"https?://|file://|--find-links|--index-url (?!.*no-emit)", text)
    assert not re.search(r"(?<![\w.-])/(?:work|root|tmp|home|opt)/", text)
    pinned = re.findall(r"^[\w.-]+==", text, re.MULTILINE)
    assert len(pinned) > 10
    assert text.count("--hash=sha256:") > len(pinned)
