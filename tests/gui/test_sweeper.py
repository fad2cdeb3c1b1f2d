"""Garbage is collected on the window's thread alone, and it is collected."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from fieldguide.ui.sweeper import Sweeper, sweep


class Ring:
    """Something that only the collector finds."""

    def __init__(self, ended: list[str]) -> None:
        self.own = self
        weakref.finalize(self, lambda: ended.append(threading.current_thread().name))


@pytest.fixture
def sweeper() -> Iterator[Sweeper]:
    made = Sweeper()
    made._timer.setInterval(10)
    yield made
    made.stop()


def litter(ended: list[str]) -> None:
    """Far more than makes the collector run wherever it is allowed to."""
    for _ in range(20 * gc.get_threshold()[0]):
        Ring(ended)


def test_no_other_thread_collects_what_the_window_left(qtbot: QtBot, sweeper: Sweeper) -> None:
    ended: list[str] = []
    sweeper.start()
    sweeper._timer.setInterval(10)
    worker = threading.Thread(target=litter, args=(ended,), name="worker")
    worker.start()
    worker.join()
    assert not ended
    qtbot.waitUntil(lambda: bool(ended), timeout=20_000)
    assert set(ended) == {threading.current_thread().name}


def test_control_python_itself_collects_wherever_it_is() -> None:
    ended: list[str] = []
    gc.enable()
    worker = threading.Thread(target=litter, args=(ended,), name="worker")
    worker.start()
    worker.join()
    gc.disable()
    assert "worker" in ended


def test_what_is_not_due_is_left_alone() -> None:
    gc.collect()
    ended: list[str] = []
    Ring(ended)
    sweep()
    assert not ended
    gc.collect()
    assert len(ended) == 1
