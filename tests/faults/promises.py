"""What the tests of this run reached for each promise, as one table at the end of the run."""

import os
import textwrap
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePath

import pytest

NAME = "promises"
_REACHED, _WANTED = 66, 40

Promise = Callable[[str, str, str], None]
"""Called by a test that has passed: a promise, what was reached, the figure to reach."""


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that one test reached."""

    promise: str
    reached: str
    wanted: str
    test: str

    def lines(self, seconds: float) -> Iterator[str]:
        """As it stands in the table."""
        reached = textwrap.wrap(self.reached, _REACHED)
        wanted = textwrap.wrap(self.wanted, _WANTED)
        for number in range(max(len(reached), len(wanted))):
            left = reached[number] if number < len(reached) else ""
            right = wanted[number] if number < len(wanted) else ""
            first = (self.promise, f"{seconds:.1f}") if not number else ("", "")
            yield f"{first[0]:<4} {left:<{_REACHED}} {right:<{_WANTED}} {first[1]:>6}".rstrip()


class Promises:
    """Listens to the run; where everything must be possible (``CI=true``) no test may be left out."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self._seconds: dict[str, float] = defaultdict(float)
        self._skipped: dict[str, str] = {}
        self._failed: set[str] = set()

    def reached(self, test: str, promise: str, figures: str, wanted: str) -> None:
        """Put one thing into the table; ``test`` is the node that reached it, or a file of them."""
        self.rows.append(Row(promise, figures, wanted, test))

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Keep how long a test took, and why one was left out."""
        if "tests/faults/" not in report.nodeid:
            return
        self._seconds[report.nodeid] += report.duration
        if report.failed:
            self._failed.add(report.nodeid)
        if report.skipped:
            reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
            self._skipped[report.nodeid] = reason.removeprefix("Skipped: ")

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """A test that was left out fails the run where all are possible."""
        if self._skipped and os.environ.get("CI") == "true":
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Print the table, what was left out, and how long each part took."""
        if not self._seconds:
            return
        write = terminalreporter.write_line
        terminalreporter.section("promises")
        write(f"     {'reached':<{_REACHED}} {'figure to reach':<{_WANTED}} {'s':>6}")
        for row in sorted(self.rows, key=lambda one: (int(one.promise[1:]), one.test)):
            if not any(_within(test, row.test) for test in self._failed):
                for line in row.lines(self._took(row.test)):
                    write(line)
        for test in sorted(self._failed):
            write(f"failed: {test}", red=True)
        for test, reason in self._skipped.items():
            write(f"left out: {test}: {reason}", yellow=True)
        if self._skipped and os.environ.get("CI") == "true":
            write("nothing may be left out where CI is true", red=True)
        write(f"time of each part: {self._parts()}")

    def _took(self, node: str) -> float:
        return sum(seconds for test, seconds in self._seconds.items() if _within(test, node))

    def _parts(self) -> str:
        parts: dict[str, float] = defaultdict(float)
        for test, seconds in self._seconds.items():
            parts[PurePath(test.partition("::")[0]).stem.removeprefix("test_")] += seconds
        longest = sorted(parts.items(), key=lambda part: -part[1])
        told = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in longest)
        return f"{told}; together {sum(parts.values()):.0f} s"


def _within(test: str, node: str) -> bool:
    return test == node or test.startswith(f"{node}::")
