"""The wheel: built here without a network, unpacked, and started from nothing but its files."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import Distribution
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("app", "db", "resources", "build_spec")
FILES = ("pyproject.toml", "README.md", "LICENSE", ".gitignore")


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as another machine has it: no guide is built yet."""
    folder = tmp_path_factory.mktemp("source")
    for name in SOURCES:
        ignored = shutil.ignore_patterns("__pycache__", "guide.db")
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    for name in FILES:
        shutil.copy(ROOT / name, folder / name)
    return folder


def build(source: Path, target: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(target)],
        cwd=source,
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    done = build(source, target)
    assert done.returncode == 0, done.stderr
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_holds_what_the_program_needs_and_no_workshop(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    rooms = {name.split("/")[0] for name in names}
    assert rooms == {"fieldguide", wheel.name.removesuffix("-py3-none-any.whl") + ".dist-info"}
    shipped = {
        f"fieldguide/{path.relative_to(ROOT).as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert "fieldguide/resources/guide.db" in names
    assert shipped <= names
    assert not [name for name in names if name.endswith((".pyc", ".draft"))]


def test_the_program_of_the_wheel_passes_its_self_test(wheel: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    (metadata,) = tmp_path.glob("*.dist-info")
    (entry,) = Distribution.at(metadata).entry_points
    assert (entry.group, entry.name) == ("console_scripts", "fieldguide")
    start = f"import sys; from {entry.module} import {entry.attr} as start; sys.exit(start())"
    done = subprocess.run(
        [sys.executable, "-c", start, "--self-test"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split(":")[0] for line in done.stdout.splitlines()] == [
        "files", "guide", "notes", "window",
    ]  # fmt: skip


def test_the_same_content_makes_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    assert build(source, tmp_path).returncode == 0
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_there_is_no_wheel_without_a_guide(source: Path, wheel: Path, tmp_path: Path) -> None:
    broken = source / "db" / "content" / "broken.toml"
    broken.write_text(
        '[[organisation]]\nslug = "x"\nlinks = [{ type = "at", to = "place/none" }]\n'
    )
    try:
        done = build(source, tmp_path)
    finally:
        broken.unlink()
    assert done.returncode != 0
    assert "broken.toml:" in done.stderr
    assert "there is no wheel" in done.stderr
    assert not list(tmp_path.iterdir())


def test_what_builds_the_wheel_is_what_the_locks_name() -> None:
    needed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["build-system"]["requires"]
    lock = (ROOT / "build_spec" / "requirements-dev.lock").read_text("utf-8")
    held = set(re.findall(r"^([\w.-]+==[\w.]+)", lock, re.MULTILINE))
    assert set(needed) <= held
