"""Backups from the window: made by themselves, asked for, put back in two presses."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.backups import Backup, Reason
from fieldguide.domain.records import Ref
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.storage.instance import Instance
from fieldguide.ui import hourly
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.door import Door
from fieldguide.ui.pages.settings import SettingsPage
from fieldguide.ui.text import ScriptLabel

Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def house(
    started: Started, guide_file: Path, profile: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Application]:
    monkeypatch.setattr(hourly, "START_MS", 0)
    running = started(guide_file, profile)
    yield running
    running.close()


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    notebook = open_notebook(folder, create=True)
    note = notebook.start(Ref("organisation", "renji-hospital"), "Renji Hospital")
    notebook.save(note.id, "yesterday", note.revision.id)
    notebook.close()
    return folder


def backups_of(profile: Path) -> list[Backup]:
    return Backups(profile).list()


def write(house: Application, wait_for: Waiter, text: str) -> None:
    done: list[Notebook] = []

    def save(notebook: Notebook) -> None:
        note = notebook.start(None, "")
        notebook.save(note.id, text, note.revision.id)

    house.desk.notes.do(save, done.append)
    wait_for(lambda: bool(done))


def texts(house: Application, wait_for: Waiter) -> set[str]:
    found: list[set[str]] = []
    house.desk.notes.do(
        lambda book: {book.note(card.id).text for card in book.notes()}, found.append
    )
    wait_for(lambda: bool(found))
    return found[0]


def settings(house: Application, wait_for: Waiter) -> SettingsPage:
    house.window.open(Place("settings", detail="safety"))
    page = house.window.findChild(SettingsPage)
    assert page is not None
    wait_for(lambda: any("opened again and checked" in text for text in words(page)))
    return page


def words(page: QWidget) -> list[str]:
    return [label.text() for label in page.findChildren(ScriptLabel) if label.isVisible()]


def buttons(page: QWidget, name: str) -> list[QPushButton]:
    return [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and name in one.accessibleName() + one.text()
    ]


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    qtbot.waitUntil(lambda: bool(buttons(page, name)), timeout=20_000)
    button = buttons(page, name)[0]
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def test_the_notes_are_backed_up_soon_after_the_start(
    house: Application, profile: Path, wait_for: Waiter
) -> None:
    wait_for(lambda: bool(backups_of(profile)))
    (backup,) = backups_of(profile)
    assert (backup.reason, backup.notes) == (Reason.START, 1)


def test_each_hour_only_what_changed_is_backed_up(
    house: Application, profile: Path, wait_for: Waiter
) -> None:
    wait_for(lambda: len(backups_of(profile)) == 1)
    timer = house._hourly._timer
    assert timer.isActive()
    assert timer.interval() == 3_600_000
    timer.timeout.emit()
    write(house, wait_for, "today")
    timer.timeout.emit()
    wait_for(lambda: len(backups_of(profile)) == 2)
    assert backups_of(profile)[0].reason is Reason.HOUR


def test_a_backup_is_put_back_in_two_presses(
    house: Application, profile: Path, wait_for: Waiter, qtbot: QtBot
) -> None:
    wait_for(lambda: bool(backups_of(profile)))
    write(house, wait_for, "today")
    page = settings(house, wait_for)
    press(qtbot, page, "Restore the notes of")
    qtbot.wait(50)
    assert texts(house, wait_for) == {"yesterday", "today"}, "one press changes nothing"
    press(qtbot, page, "Press again")
    wait_for(lambda: len(buttons(page, "Restore the notes of")) == 2)
    assert texts(house, wait_for) == {"yesterday"}
    assert any("before one was restored" in text for text in words(page))
    write(house, wait_for, "and on")
    assert texts(house, wait_for) == {"yesterday", "and on"}


def test_a_backup_is_made_when_it_is_asked_for(
    house: Application, profile: Path, wait_for: Waiter, qtbot: QtBot
) -> None:
    wait_for(lambda: bool(backups_of(profile)))
    page = settings(house, wait_for)
    press(qtbot, page, "Back up now")
    wait_for(lambda: any("asked for" in text for text in words(page)))
    assert backups_of(profile)[0].reason is Reason.ASKED


def test_a_second_copy_is_chosen_and_given_up(
    house: Application,
    profile: Path,
    wait_for: Waiter,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wait_for(lambda: bool(backups_of(profile)))
    stick = tmp_path / "stick"
    stick.mkdir()
    page = settings(house, wait_for)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(stick))
    press(qtbot, page, "Choose a folder")
    wait_for(lambda: any(str(stick) in text for text in words(page)))
    press(qtbot, page, "Back up now")
    wait_for(lambda: any(stick.rglob("*.db")))
    wait_for(lambda: buttons(page, "Back up now")[0].isEnabled())
    press(qtbot, page, "Make no second copies")
    wait_for(lambda: not any(str(stick) in text for text in words(page)))


def test_a_missing_stick_is_said_once_and_the_backup_is_made(
    house: Application, profile: Path, wait_for: Waiter, tmp_path: Path
) -> None:
    wait_for(lambda: bool(backups_of(profile)))
    stick = tmp_path / "stick"
    stick.mkdir()
    chosen: list[object] = []
    assert house.desk.backups is not None
    # In turn with the backup of the start, as the window does it.
    house.desk.backups.do(lambda backups: backups.set_second_copy(stick), chosen.append)
    wait_for(lambda: bool(chosen))
    stick.rmdir()
    said: list[str] = []
    house._hourly.said.connect(said.append)
    for number in range(2):
        write(house, wait_for, f"text {number}")
        house._hourly._timer.timeout.emit()
        wait_for(lambda: len(backups_of(profile)) == number + 2)  # noqa: B023
    wait_for(lambda: bool(said))
    assert said == [f"The second copy was not made: “{stick}” is not there."]


def test_notes_that_do_not_open_can_be_put_back_from_the_window(
    started: Started,
    guide_file: Path,
    profile: Path,
    wait_for: Waiter,
    qtbot: QtBot,
) -> None:
    Backups(profile).make()
    file = profile / "workspace.db"
    file.write_bytes(b"damaged" * 1_000)
    house = started(guide_file, profile)
    said: list[str] = []
    house._hourly.said.connect(said.append)
    wait_for(lambda: bool(said))
    assert said[0].startswith("A whole backup of ")
    page = settings(house, wait_for)
    page.said.connect(said.append)
    press(qtbot, page, "Restore the notes of")
    press(qtbot, page, "Press again")
    wait_for(lambda: "are back" in said[-1])
    assert not file.read_bytes().startswith(b"damaged")
    assert texts(house, wait_for) == {"yesterday"}, "they open without another start"
    write(house, wait_for, "and on")
    house.close()


def test_a_locked_window_keeps_the_file_closed(
    house: Application, profile: Path, wait_for: Waiter, qtbot: QtBot
) -> None:
    wait_for(lambda: len(backups_of(profile)) == 1)
    write(house, wait_for, "today")
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    house._hourly._timer.timeout.emit()
    qtbot.wait(200)
    assert len(backups_of(profile)) == 1
    house.keeper.unlock()
    house._hourly._timer.timeout.emit()
    wait_for(lambda: len(backups_of(profile)) == 2)


def test_a_window_that_closes_leaves_no_half_backup(
    started: Started, guide_file: Path, profile: Path, qtbot: QtBot
) -> None:
    house = started(guide_file, profile)
    qtbot.waitUntil(lambda: house._hourly._service is not None, timeout=20_000)
    house.desk.backups.do(lambda backups: backups.make())  # type: ignore[union-attr]
    house.close()
    left = [path.name for path in (profile / "backups").glob(".*")]
    assert left == []


@pytest.mark.qt_log_ignore("does not support raise")
def test_the_window_comes_forward_when_it_is_asked_to(
    profile: Path, qtbot: QtBot, wait_for: Waiter
) -> None:
    first, second = Instance(profile), Instance(profile)
    assert first.first()
    window = QWidget()
    qtbot.addWidget(window)
    Door(profile, first.asked, window)
    window.showMinimized()
    assert window.isMinimized()
    assert not second.first()
    second.ask()
    wait_for(lambda: window.isVisible() and not window.isMinimized())
    assert not first.asked(), "the request was taken away"
    first.leave()


def test_a_folder_that_is_not_there_is_not_watched(tmp_path: Path, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    Door(tmp_path / "nowhere", lambda: False, window)
