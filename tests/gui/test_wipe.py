"""Wiping: asked for by a word, done to all copies within reach, and nothing is written after."""

import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldguide.services import exports
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.safety import Safety
from fieldguide.ui import hourly
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.gone import GoneScreen
from fieldguide.ui.lock import LockScreen
from fieldguide.ui.page import Page

Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]
Files = dict[str, bytes]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    notebook = open_notebook(folder, create=True)
    note = notebook.start(None, "Renji Hospital")
    notebook.save(note.id, "F: 2,750 beds", note.revision.id)
    notebook.close()
    return folder


@pytest.fixture
def house(
    started: Started,
    guide_file: Path,
    profile: Path,
    monkeypatch: pytest.MonkeyPatch,
    wait_for: Waiter,
) -> Iterator[Application]:
    monkeypatch.setattr(hourly, "START_MS", 0)
    running = started(guide_file, profile)
    wait_for(lambda: bool(Backups(profile).list()))
    running.window.open(Place("settings", detail="safety"))
    yield running
    running.close()


def press(qtbot: QtBot, within: QWidget, name: str) -> None:
    button = next(
        one
        for one in within.findChildren(QPushButton)
        if one.isVisible() and name in (one.text(), one.accessibleName())
    )
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def type_word(word: str) -> None:
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, word)
    QTest.keyClick(field, Qt.Key.Key_Return)


def screen_of(house: Application) -> GoneScreen | None:
    found = house.window.findChild(GoneScreen)
    return found if isinstance(found, GoneScreen) else None


def words(screen: QWidget | None) -> str:
    if screen is None:
        return ""
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def left_in(folder: Path) -> Files:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.suffix not in (".lock",)
    }


def test_the_word_destroys_all_copies_and_nothing_is_written_after(
    qtbot: QtBot, house: Application, profile: Path, wait_for: Waiter, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    made: list[object] = []

    def copy(backups: Backups) -> None:
        backups.set_second_copy(stick)
        backups.make()

    assert house.desk.backups is not None
    # In turn with the backup of the start, as the window does it.
    house.desk.backups.do(copy, made.append)
    wait_for(lambda: bool(made))
    assert list(stick.rglob("*.key"))
    press(qtbot, house.window, "Wipe all notes")
    type_word("wipe")
    wait_for(lambda: "Everything is destroyed" in words(screen_of(house)))
    kept = left_in(profile)
    assert set(kept) <= {"settings.toml"}
    assert not left_in(stick)
    assert house.window.windowTitle() == "fieldguide"
    house._hourly._timer.timeout.emit()
    house.window.size_text(10)
    house.window.resize(900, 700)
    control = Qt.KeyboardModifier.ControlModifier
    for key in (Qt.Key.Key_N, Qt.Key.Key_L, Qt.Key.Key_K):
        QTest.keyClick(QGuiApplication.focusWindow(), key, control)
    assert house.window.findChild(LockScreen) is None
    qtbot.wait(100)
    focused = QApplication.focusWidget()
    assert isinstance(focused, QPushButton)
    qtbot.keyClick(focused, Qt.Key.Key_Return)
    assert not house.window.isVisible()
    house.close()
    assert left_in(profile) == kept


def test_the_window_does_not_close_before_all_is_destroyed(
    qtbot: QtBot, house: Application, profile: Path, wait_for: Waiter
) -> None:
    held = threading.Event()
    house.desk.notes.do(lambda _: held.wait(20))
    press(qtbot, house.window, "Wipe all notes")
    type_word("wipe")
    wait_for(lambda: screen_of(house) is not None)
    assert not house.window.close()
    assert house.window.isVisible()
    assert (profile / "workspace.key").exists()
    held.set()
    wait_for(lambda: "Everything is destroyed" in words(screen_of(house)))
    assert set(left_in(profile)) <= {"settings.toml"}
    assert house.window.close()


@pytest.mark.parametrize("typed", ["", "wip", "wipe it", "yes"])
def test_another_word_does_nothing(
    qtbot: QtBot, house: Application, profile: Path, typed: str
) -> None:
    press(qtbot, house.window, "Wipe all notes")
    type_word(typed)
    assert screen_of(house) is None
    assert (profile / "workspace.key").exists()
    press(qtbot, house.window, "Keep everything")
    assert not [
        one for one in house.window.findChildren(QLineEdit)
        if one.isVisible() and "wipe" in one.accessibleName()
    ]  # fmt: skip


def test_a_note_that_could_not_be_saved_does_not_keep_the_window_open(
    qtbot: QtBot, house: Application, wait_for: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    house.window.open(Place("note", None, "new"))
    editor = house.window.findChild(QPlainTextEdit)
    assert isinstance(editor, QPlainTextEdit)
    monkeypatch.setattr(Notebook, "start", full)
    qtbot.keyClicks(editor, "only here")
    wait_for(lambda: bool(house.window.losses()))
    house.window.wiping.emit(None)
    wait_for(lambda: "Everything is destroyed" in words(screen_of(house)))
    assert house.window.close()


def test_export_verify_wipe_is_one_flow(
    qtbot: QtBot,
    house: Application,
    profile: Path,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "away.zip"
    steps: list[str] = []
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    reach = GoneScreen.reach

    def noted(screen: GoneScreen, step: int) -> None:
        reach(screen, step)
        steps.append(screen.accessibleName())

    press(qtbot, house.window, "Export, verify, wipe…")
    assert not target.exists(), "the word comes first"
    monkeypatch.setattr(GoneScreen, "reach", noted)
    type_word("WIPE")
    wait_for(lambda: "Everything is destroyed" in words(screen_of(house)))
    assert [step.removeprefix("Do not switch off. ") for step in steps] == [
        "Export all notes to away.zip",
        "Read away.zip again and compare",
        "Destroy the key in all copies, then notes and backups",
    ]
    with zipfile.ZipFile(target) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(".md")]
        assert b"2,750 beds" in archive.read(name)
    assert not (profile / "workspace.key").exists()


def test_an_export_that_is_not_whole_wipes_nothing_and_the_notes_go_on(
    qtbot: QtBot,
    house: Application,
    profile: Path,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "away.zip"
    whole = exports.save_markdown

    def torn(*given: object, **named: object) -> int:
        number = whole(*given, **named)  # type: ignore[arg-type]
        target.write_bytes(target.read_bytes()[:40])
        return number

    monkeypatch.setattr(exports, "save_markdown", torn)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(qtbot, house.window, "Export, verify, wipe…")
    type_word("wipe")
    wait_for(lambda: "Nothing was destroyed" in words(screen_of(house)))
    assert "Nothing was wiped" in words(screen_of(house))
    qtbot.wait(100)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: bool([one for one in house.window.findChildren(Page) if one.isVisible()]))
    found: list[int] = []
    house.desk.notes.do(lambda book: len(book.notes()), found.append)
    wait_for(lambda: found == [1])
    made: list[object] = []
    assert house.desk.backups is not None
    house.desk.backups.do(lambda backups: backups.make(), made.append)
    wait_for(lambda: bool(made))
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    house.keeper.unlock()


def test_what_could_not_be_reached_is_said_at_the_end(
    qtbot: QtBot, house: Application, wait_for: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Safety, "wipe", lambda _: ["“key” is still there: it is being used."])
    house.window.wiping.emit(None)
    wait_for(lambda: "is still there" in words(screen_of(house)))
