"""What fault tests share: how often to do a thing, and where to say what was reached."""

from collections.abc import Callable
from functools import partial

import pytest

from tests.faults import promises
from tests.faults.promises import Promise, Promises

Rounds = Callable[[int, int], int]


def pytest_configure(config: pytest.Config) -> None:
    if not config.pluginmanager.has_plugin(promises.NAME):
        config.pluginmanager.register(Promises(), promises.NAME)


@pytest.fixture
def rounds(request: pytest.FixtureRequest) -> Rounds:
    """How many rounds: the first number, or the second in the long run."""
    long = request.config.getoption("--rounds") == "long"
    return lambda ci, in_all: in_all if long else ci


@pytest.fixture
def promise(request: pytest.FixtureRequest) -> Promise:
    """Say what was reached for a promise, once all of it was asserted."""
    table = request.config.pluginmanager.get_plugin(promises.NAME)
    assert isinstance(table, Promises)
    return partial(table.reached, request.node.nodeid)
