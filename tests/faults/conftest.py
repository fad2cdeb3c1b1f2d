"""No fault test is skipped unnoticed: those that must be are counted."""

from collections.abc import Callable

import pytest

from tests.faults.full_disk import may_mount

Rounds = Callable[[int, int], int]

_skipped: list[str] = []


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Rounds:
    """How many rounds: the first number, or the second in the long run."""
    long = request.config.getoption("--rounds") == "long"
    return lambda ci, in_all: in_all if long else ci


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and "/faults/" in report.nodeid:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_skipped) > (0 if may_mount() else 1):
        print(f"\nskipped although they need not be: {', '.join(_skipped)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
