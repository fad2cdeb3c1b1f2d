"""Region maps in the settings and dropped on the window: added, shown, removed, put back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.settings import SettingsPage
from fieldguide.ui.tasks import Worker
from fieldguide.ui.text import ScriptLabel
from tests.map_files import IN_HELSINKI, street, write_pmtiles

Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def streets(tmp_path: Path) -> Path:
    tiles = {IN_HELSINKI: street("Unioninkatu")}
    return write_pmtiles(tmp_path / "streets.pmtiles", tiles, attribution="© OpenStreetMap")


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(ScriptLabel) if not one.isHidden())


def button(page: QWidget, name: str) -> QPushButton | None:
    buttons = page.findChildren(QPushButton)
    return next((one for one in buttons if one.accessibleName() == name), None)


def test_a_map_is_listed_with_its_licence_removed_by_key_and_put_back(
    qtbot: QtBot,
    desk: Desk,
    on_screen: Callable[[QWidget], None],
    wait_for: Waiter,
    streets: Path,
) -> None:
    page = SettingsPage(desk)
    on_screen(page)
    page.show_place(Place("settings", detail="maps"))
    wait_for(lambda: "There is no region map yet." in words(page))
    assert desk.regions is not None
    desk.regions.add(streets)
    wait_for(lambda: "One region map shows streets where it lies." in words(page))
    assert "© OpenStreetMap" in words(page)
    assert "Protomaps basemap" in words(page)
    remove = button(page, "Remove the map streets.pmtiles")
    assert remove is not None
    remove.setFocus()
    qtbot.keyClick(remove, Qt.Key.Key_Space)
    wait_for(lambda: "There is no region map yet." in words(page))
    assert button(page, "Add a region map") is QApplication.focusWidget()
    undo = button(page, "Undo")
    assert undo is not None
    qtbot.keyClick(undo, Qt.Key.Key_Space)
    wait_for(lambda: button(page, "Remove the map streets.pmtiles") is not None)


def test_what_cannot_be_used_is_said(
    desk: Desk, on_screen: Callable[[QWidget], None], wait_for: Waiter, tmp_path: Path
) -> None:
    page = SettingsPage(desk)
    said: list[str] = []
    page.said.connect(said.append)
    on_screen(page)
    page.show_place(Place("settings", detail="maps"))
    odd = tmp_path / "photo.pmtiles"
    odd.write_bytes(b"GIF89a" * 9)
    assert desk.regions is not None
    desk.regions.add(odd)
    wait_for(lambda: bool(said))
    assert said == ["“photo.pmtiles” is no map: neither PMTiles nor MBTiles."]
    wait_for(lambda: "There is no region map yet." in words(page))


def test_a_file_dropped_on_the_window_becomes_a_region_map(
    started: Callable[..., Application],
    guide_file: Path,
    tmp_path: Path,
    wait_for: Waiter,
    streets: Path,
) -> None:
    house = started(guide_file, tmp_path / "profile")
    window = house.window
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(streets))])
    odd = QMimeData()
    odd.setUrls([QUrl.fromLocalFile(str(tmp_path / "letter.txt"))])
    where = window.rect().center()
    # With Shift the other program proposes to move, and would then delete its file.
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    rest = (actions, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier)
    for mime, taken in ((odd, False), (data, True)):
        enter = QDragEnterEvent(where, rest[0], mime, rest[2], rest[3])
        enter.ignore()
        QApplication.sendEvent(window, enter)
        assert enter.isAccepted() is taken
    drop = QDropEvent(QPointF(where), *rest)
    assert drop.proposedAction() is Qt.DropAction.MoveAction
    QApplication.sendEvent(window, drop)
    assert drop.dropAction() is Qt.DropAction.CopyAction
    wait_for(lambda: button(window, "Remove the map streets.pmtiles") is not None)
    assert (tmp_path / "profile" / "regions" / "streets.pmtiles").exists()
    house.close()


def test_a_worker_that_nobody_asked_opens_nothing_at_the_end_and_one_that_was_asked_does() -> None:
    done: list[str] = []

    def opened() -> list[str]:
        done.append("opened")
        return done

    for asked in (False, True):
        worker = Worker("held", opened, lambda _: None, held=True)
        if asked:
            worker.do(lambda service: service.append("did"))
        worker.close()
        assert done == (["opened", "did"] if asked else [])


def test_what_was_removed_before_a_bad_end_goes_at_the_next_good_one(desk: Desk) -> None:
    folder = desk.profile / "regions"
    folder.mkdir(parents=True, exist_ok=True)
    left = folder / "streets.pmtiles.removed"
    left.write_bytes(b"of an earlier day")
    assert desk.regions is not None
    desk.regions.close()
    assert not left.exists()
