"""The lock: when it comes, what it says, and what closing the program does meanwhile."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import Note
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk
from fieldguide.ui.idle import Idle
from fieldguide.ui.keeper import Keeper
from fieldguide.ui.lock import LockScreen
from fieldguide.ui.tasks import Worker
from tests.gui.tour import STOPS, Tour

Shown = Callable[..., QWidget]
Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]

MOMENT = 0.1 / 60
"""A tenth of a second, in minutes."""


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(QLabel))


def buttons(page: QWidget) -> dict[str, QPushButton]:
    return {one.text(): one for one in page.findChildren(QPushButton) if one.isVisible()}


def test_it_is_time_to_lock_when_nobody_was_there(qtbot: QtBot, dressed: QApplication) -> None:
    idle = Idle(dressed, MOMENT)
    with qtbot.waitSignal(idle.due, timeout=10_000):
        pass


def test_a_key_anywhere_puts_it_off(qtbot: QtBot, dressed: QApplication, shown: Shown) -> None:
    line = shown(QLineEdit())
    qtbot.waitUntil(lambda: QGuiApplication.focusWindow() is line.windowHandle(), timeout=20_000)
    idle = Idle(dressed, 10 * MOMENT)
    told: list[None] = []
    idle.due.connect(lambda: told.append(None))
    for _ in range(5):
        QTest.keyClick(line.windowHandle(), Qt.Key.Key_A)
        qtbot.wait(300)
    assert not told
    assert isinstance(line, QLineEdit)
    assert line.text() == "a" * 5
    qtbot.waitUntil(lambda: bool(told), timeout=10_000)


def test_zero_minutes_are_never(qtbot: QtBot, dressed: QApplication) -> None:
    idle = Idle(dressed, MOMENT)
    told: list[None] = []
    idle.due.connect(lambda: told.append(None))
    idle.set_minutes(0)
    qtbot.wait(300)
    assert not told


def test_without_a_passphrase_the_lock_says_that_it_only_hides(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, desk, wait_for)
    tour.go(STOPS["overview"])
    keeper = Keeper(tour.window, desk)
    with qtbot.waitSignal(keeper.locked):
        keeper.lock()
    screen = tour.window.findChild(LockScreen)
    assert isinstance(screen, LockScreen)
    assert "since 08:40. What you were typing is saved." in words(screen)
    assert "There is no passphrase" in words(screen)
    assert list(buttons(screen)) == ["Show again"]
    keeper.lock()
    assert len(tour.window.findChildren(LockScreen)) == 1
    with qtbot.waitSignal(keeper.unlocked):
        QTest.keyClick(tour.window.windowHandle(), Qt.Key.Key_Return)


class Full(Notebook):
    """The disk is full from the first save on."""

    def save(self, note_id: str, text: str, parent: str) -> Note:
        raise WorkspaceUnavailable("The notes file cannot be written: the disk is full.")


def test_what_could_not_be_saved_is_kept_behind_the_lock_and_said_at_the_end(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    full = Worker("full", lambda: Full(open_workspace(desk.profile, create=True)), Notebook.close)
    failing = replace(desk, notes=full)
    tour = Tour(qtbot, failing, wait_for)
    page = tour.go(STOPS["note"])
    editor = page.findChild(QPlainTextEdit)
    assert isinstance(editor, QPlainTextEdit)
    qtbot.keyClicks(editor, "only here")
    keeper = Keeper(tour.window, failing)
    with qtbot.waitSignal(keeper.locked):
        keeper.lock()
    screen = tour.window.findChild(LockScreen)
    assert isinstance(screen, LockScreen)
    assert "could not be saved: it is kept in memory" in words(screen)
    assert not tour.window.close()
    assert "close once more to lose it" in words(screen)
    assert not editor.isVisible()
    keeper.unlock()
    tour.settle()
    assert editor.toPlainText() == "only here"
    assert tour.window.close()
    full.close()


def test_what_is_asked_while_the_notes_rest_is_answered_later(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    told: list[object] = []
    desk.notes.rest(lambda: told.append("rests"))
    desk.notes.do(lambda book: book.tally(), told.append)
    wait_for(lambda: bool(told))
    qtbot.wait(100)
    assert told == ["rests"]
    desk.notes.resume()
    wait_for(lambda: len(told) > 1)
    assert told == ["rests", (0, 0)]


def test_the_program_ends_in_order_while_it_is_locked(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path, wait_for: Waiter
) -> None:
    house = started(guide_file, tmp_path / "new")
    wait_for(lambda: house.window.windowTitle() != "fieldguide")
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    house.window.close()
    house.close()
    assert not list((tmp_path / "new").glob("*-wal"))


BUS = """
import os, sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from fieldguide.ui.lid import Lid
app = QCoreApplication([])
lid, told = Lid(), []
lid.closed.connect(lambda: told.append(1))
lid.listen()
bus = QDBusConnection.systemBus()
assert bus.isConnected()
assert bus.registerService("org.freedesktop.login1")
def send(interface, name, *values):
    signal = QDBusMessage.createSignal("/org/freedesktop/login1", interface, name)
    signal.setArguments(list(values))
    bus.send(signal)
manager = "org.freedesktop.login1.Manager"
steps = [
    lambda: send(manager, "PrepareForSleep", True),
    lambda: send(manager, "PrepareForSleep", False),
    lambda: send("org.freedesktop.login1.Session", "Lock"),
]
for number, step in enumerate(steps):
    QTimer.singleShot(200 * (number + 1), step)
QTimer.singleShot(1200, app.quit)
app.exec()
print(len(told))
"""


def run(code: str, bus: str, *before: str) -> "subprocess.CompletedProcess[str]":
    """Run code in another process that takes ``bus`` for the system's."""
    app = Path(__file__).resolve().parents[2] / "app"
    environ = {**os.environ, "PYTHONPATH": str(app), "DBUS_SYSTEM_BUS_ADDRESS": bus}
    return subprocess.run(
        [*before, sys.executable, "-c", code],
        env=environ, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_without_a_bus_there_is_nothing_to_hear_and_no_error(tmp_path: Path) -> None:
    done = run("from fieldguide.ui.lid import Lid; Lid().listen()", f"unix:path={tmp_path}/none")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="no bus can be started here")
def test_it_hears_the_lid_and_the_session() -> None:
    as_system = 'DBUS_SYSTEM_BUS_ADDRESS="$DBUS_SESSION_BUS_ADDRESS" exec "$@"'
    done = run(BUS, "", "dbus-run-session", "--", "sh", "-c", as_system, "sh")
    assert done.stdout.strip() == "2", done.stderr
