"""What tests share: an empty notebook; a small guide whose answers are golden files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import build, checks, reader
from fieldguide import main
from fieldguide.services.notebook import Notebook, open_notebook

GOLDEN = Path(__file__).resolve().parents[1] / "golden"
SMALL = GOLDEN / "small"

Run = Callable[..., tuple[int, str, str]]
"""Arguments -> exit status, output, complaints."""


@pytest.fixture(scope="session")
def small_guide(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guide of `tests/golden/small`."""
    target = tmp_path_factory.mktemp("small") / "guide.db"
    content = reader.read(SMALL)
    build.build(content, checks.check(content, checks.read_wanted(SMALL / "coverage.txt")), target)
    return target


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


@pytest.fixture
def book(profile: Path) -> Iterator[Notebook]:
    """An empty notebook, open on the test's own thread."""
    opened = open_notebook(profile, create=True)
    yield opened
    opened.close()


@pytest.fixture
def run(profile: Path, small_guide: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run one command on the small guide (or another); exit status, output, complaints."""

    def command(*arguments: str, guide: Path = small_guide) -> tuple[int, str, str]:
        options = ["--guide", str(guide), "--profile", str(profile)]
        try:
            status = main.main([*options, *arguments])
        except SystemExit as end:
            status = int(end.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return command


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Iterator[Callable[[str, str], None]]:
    """Compare a text with a golden file; `--update-golden` writes it instead."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8"), f"{name}: see --update-golden"

    return compare
