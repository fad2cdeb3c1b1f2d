"""No fault test is skipped unnoticed: those that must be are counted."""

import pytest

from tests.faults.full_disk import may_mount

_skipped: list[str] = []


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    if report.skipped and "/faults/" in report.nodeid:
        _skipped.append(report.nodeid)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if len(_skipped) > (0 if may_mount() else 1):
        print(f"\nskipped although they need not be: {', '.join(_skipped)}")
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
