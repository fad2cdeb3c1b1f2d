"""What every suite shares: the guide, really built from the content once a session."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from build_spec import bootstrap
from fieldguide.services.guide import Guide

# Tests need no screen, however they are started.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# How soon examples come says more of the machine than of the program.
settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("here")

ROOT = Path(__file__).resolve().parent.parent
BUILT = ROOT / "resources" / "guide.db"
SCREENS = {"screens": [{"name": "laptop", "x": 0, "y": 0, "width": 1280, "height": 800}]}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--guide", type=Path, help="test with this guide file instead of a new one")
    parser.addoption("--rounds", choices=("ci", "long"), default="ci", help="of the fault tests")
    parser.addoption("--update-golden", action="store_true", help="take what is now as golden")


@pytest.fixture(scope="session")
def guide_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide: the built one while it is newer than all it is built from, else a new one."""
    given: Path | None = request.config.getoption("--guide")
    if given is not None:
        return given
    if BUILT.exists() and bootstrap.is_fresh(BUILT):
        return BUILT
    from db import build, checks, reader

    target = tmp_path_factory.mktemp("guide") / "guide.db"
    content = reader.read(ROOT / "db" / "content")
    coverage = checks.check(content, checks.read_wanted(ROOT / "db" / "coverage.txt"))
    build.build(content, coverage, target)
    return target


@pytest.fixture
def guide(guide_file: Path) -> Iterator[Guide]:
    """The guide, open on the test's own thread."""
    opened = Guide.open(guide_file)
    yield opened
    opened.close()


@pytest.fixture
def screen(tmp_path: Path) -> str:
    """The platform of Qt for a screen of a small laptop."""
    path = tmp_path / "screens.json"
    path.write_text(json.dumps(SCREENS))
    return f"offscreen:configfile={path}"


def without_remarks(errors: str) -> list[str]:
    """Standard error without what Qt's screenless platform says of itself."""
    return [line for line in errors.splitlines() if not line.startswith("This plugin does not")]
