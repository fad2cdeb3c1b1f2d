"""Settings, Safety: what would be lost, who can read it, where it lies; and what a lock leaves."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook
from fieldguide.services.safety import Safety
from fieldguide.ui import hourly
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.lock import LockScreen
from fieldguide.ui.pages.settings import SettingsPage
from fieldguide.ui.theme import Theme
from tests.gui.conftest import CHEAP

OnScreen = Callable[[QWidget], None]
Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]
SAFETY = Place("settings", detail="safety")
WORDS = "lantern seven ferry umbrella"


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> SettingsPage:
    made = SettingsPage(desk)
    on_screen(made)
    refresh(made, wait_for)
    return made


def refresh(page: SettingsPage, wait_for: Waiter) -> None:
    page.show_place(SAFETY)
    wait_for(lambda: "workspace.db ·" in words(page))


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def buttons(page: QWidget, name: str) -> list[QPushButton]:
    return [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and name in (one.text(), one.accessibleName())
    ]


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    (button,) = buttons(page, name)
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def restores(page: QWidget) -> list[QPushButton]:
    return [
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and one.accessibleName().startswith("Restore the notes of")
    ]


def write(desk: Desk, wait_for: Waiter, text: str) -> None:
    done: list[None] = []

    def save(book: Notebook) -> None:
        note = book.start(None, "")
        book.save(note.id, text, note.revision.id)

    desk.notes.do(save, done.append)
    wait_for(lambda: bool(done))


def texts(desk: Desk, wait_for: Waiter) -> set[str]:
    found: list[set[str]] = []
    desk.notes.do(lambda book: {book.note(one.id).text for one in book.notes()}, found.append)
    wait_for(lambda: bool(found))
    return found[0]


def test_the_page_says_where_all_lies_and_what_encryption_does_not_do(
    qtbot: QtBot, desk: Desk, page: SettingsPage
) -> None:
    said = words(page)
    assert str(desk.profile) in said
    assert "Both are good." in said
    assert "opens no connection, ever" in said
    assert "encrypted even without a passphrase" in said
    assert "its key lies beside it: whoever has the folder" in said
    assert "Ask your institution before the border." in said
    press(qtbot, page, "Copy the folder's name")
    assert QGuiApplication.clipboard().text() == str(desk.profile)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda key: key.unlink(), "Both are missing. Put back a backup"),
        (lambda key: key.write_bytes(b"damaged"), "Both are damaged. Put back a backup"),
    ],
)
def test_a_key_that_is_not_sound_is_not_called_good(
    desk: Desk,
    page: SettingsPage,
    wait_for: Waiter,
    spoil: Callable[[Path], object],
    said: str,
) -> None:
    for name in ("workspace.key", "workspace.key.copy"):
        spoil(desk.profile / name)
    page.show_place(SAFETY)
    wait_for(lambda: said in words(page))
    assert "good" not in words(page)


def test_it_is_said_what_would_be_lost(
    qtbot: QtBot, desk: Desk, page: SettingsPage, wait_for: Waiter, tmp_path: Path
) -> None:
    write(desk, wait_for, "text")
    wait_for(lambda: "There is no backup yet." in words(page))
    assert "you lose all that you wrote" in words(page)
    press(qtbot, page, "Back up now")
    wait_for(lambda: "It is on this computer alone" in words(page))
    stick = tmp_path / "stick"
    stick.mkdir()
    Backups(desk.profile).set_second_copy(stick)
    press(qtbot, page, "Back up now")
    wait_for(lambda: "a copy is elsewhere" in words(page))
    assert "you lose what you wrote since" in words(page)
    stick.rename(tmp_path / "drawer")
    refresh(page, wait_for)
    wait_for(lambda: "The second place does not have it" in words(page))


def test_all_backups_are_shown_when_asked_for(
    qtbot: QtBot, desk: Desk, page: SettingsPage, wait_for: Waiter
) -> None:
    for number in range(7):
        write(desk, wait_for, f"text {number}")
        Backups(desk.profile).make()
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 5)
    press(qtbot, page, "All 7")
    wait_for(lambda: len(restores(page)) == 7)
    press(qtbot, page, "Only the last")
    wait_for(lambda: len(restores(page)) == 5)


def test_tab_goes_down_the_rows(
    qtbot: QtBot, desk: Desk, page: SettingsPage, wait_for: Waiter
) -> None:
    for text in ("one", "two"):
        write(desk, wait_for, text)
        Backups(desk.profile).make()
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 2)
    buttons(page, "Back up now")[0].setFocus()
    found = []
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert isinstance(focused, QPushButton)
        found.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    last = buttons(page, "Restore from a file…")
    assert found == [*buttons(page, "Back up now"), *restores(page), *last]


def test_another_row_takes_the_question_away_from_the_first(
    qtbot: QtBot, desk: Desk, page: SettingsPage, wait_for: Waiter
) -> None:
    for text in ("one", "two"):
        write(desk, wait_for, text)
        Backups(desk.profile).make()
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 2)
    first, second = restores(page)
    for button in (first, second):
        qtbot.keyClick(button, Qt.Key.Key_Space)
    assert [first.text(), second.text()] == ["Restore", "Press again"]
    assert texts(desk, wait_for) == {"one", "two"}


def test_a_backup_made_between_the_two_presses_takes_neither_the_first_nor_the_key(
    qtbot: QtBot, desk: Desk, page: SettingsPage, wait_for: Waiter
) -> None:
    write(desk, wait_for, "one")
    Backups(desk.profile).make()
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 1)
    (first,) = restores(page)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    write(desk, wait_for, "two")
    Backups(desk.profile).make()
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 1 and restores(page) != [first])
    (asked,) = buttons(page, "Press again")
    assert QApplication.focusWidget() is asked
    qtbot.keyClick(asked, Qt.Key.Key_Space)
    wait_for(lambda: texts(desk, wait_for) == {"one"})


def test_a_backup_on_a_stick_is_put_back_from_its_file(
    qtbot: QtBot,
    desk: Desk,
    page: SettingsPage,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(desk, wait_for, "on the stick")
    stick = tmp_path / "stick"
    stick.mkdir()
    own = Backups(desk.profile)
    own.set_second_copy(stick)
    own.make()
    (file,) = stick.rglob("*.db")
    write(desk, wait_for, "later")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(file), ""))
    with qtbot.waitSignal(page.said) as said:
        press(qtbot, page, "Restore from a file…")
    assert "are back; those of just now are kept as a backup" in said.args[0]
    assert texts(desk, wait_for) == {"on the stick"}


def test_the_minutes_until_the_lock_are_chosen(
    qtbot: QtBot, desk: Desk, page: SettingsPage
) -> None:
    assert "After 10 minutes" in words(page)
    assert "only hides the screen" in words(page)
    press(qtbot, page, "Lock after: 5 min")
    assert desk.look.preferences.lock == 5
    assert "After 5 minutes" in words(page)
    press(qtbot, page, "Lock after: never")
    assert desk.look.preferences.lock == 0
    assert "but not by itself" in words(page)
    with qtbot.waitSignal(page.locking):
        press(qtbot, page, "Lock now")


@pytest.mark.parametrize(
    ("guarded", "name", "detail"),
    [
        (False, "Set a passphrase", ""),
        (True, "Change the passphrase", "change"),
        (True, "New recovery code", "code"),
        (True, "Remove the passphrase", "remove"),
    ],
)
def test_what_can_be_done_about_the_passphrase_is_offered(
    qtbot: QtBot,
    desk: Desk,
    page: SettingsPage,
    wait_for: Waiter,
    guarded: bool,
    name: str,
    detail: str,
) -> None:
    if guarded:
        done: list[object] = []
        code = Safety.new_code()
        desk.notes.do(
            lambda book: desk.access.while_closed(
                book, lambda own: own.set_passphrase(WORDS, code)
            ),
            done.append,
        )
        wait_for(lambda: bool(done))
        page.show_place(SAFETY)
        wait_for(lambda: "Without it or the recovery code, nobody reads" in words(page))
        assert not buttons(page, "Set a passphrase")
    with qtbot.waitSignal(page.opened) as went:
        press(qtbot, page, name)
    assert went.args == [Place("passphrase", detail=detail)]


def test_the_question_about_wiping_is_scrolled_to_and_forgotten_when_left(
    qtbot: QtBot, page: SettingsPage
) -> None:
    press(qtbot, page, "Wipe all notes")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    QTest.keyClicks(field, "wip")
    qtbot.wait(50)
    assert not field.visibleRegion().isEmpty()
    page.leave()
    assert not field.isVisible()
    assert not field.text()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_table_has_columns_where_there_is_room(
    qtbot: QtBot,
    desk: Desk,
    page: SettingsPage,
    wait_for: Waiter,
    wear: Callable[[Theme], None],
    scale: float,
) -> None:
    write(desk, wait_for, "text")
    Backups(desk.profile).make()
    wear(Theme("light", scale))
    refresh(page, wait_for)
    wait_for(lambda: len(restores(page)) == 1)
    heads = "Checked" in words(page).splitlines()
    assert heads is (scale == 1.0)
    assert ("1 note · asked for · 0.1 MB · this computer" in words(page)) is (scale == 2.0)


@pytest.fixture
def locked(
    started: Started,
    guide_file: Path,
    tmp_path: Path,
    wait_for: Waiter,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Application]:
    """A program that reads the guide alone: the passphrase was not given."""
    monkeypatch.setattr(hourly, "START_MS", 0)
    safety = Safety(tmp_path / "profile", cost=CHEAP)
    book = safety.open_notebook(create=True)
    note = book.start(None, "")
    book.save(note.id, "text", note.revision.id)
    book.close()
    safety.set_passphrase(WORDS, safety.new_code())
    house = started(guide_file, tmp_path / "profile")
    wait_for(lambda: house.window.findChild(LockScreen) is not None)
    screen = house.window.findChild(LockScreen)
    assert isinstance(screen, LockScreen)
    screen.passed.emit()
    wait_for(lambda: house.window.findChild(LockScreen) is None)
    yield house
    house.close()


@pytest.mark.parametrize("place", ["today", "notes", "note", "directory", "settings"])
def test_every_page_says_that_only_the_guide_is_open(
    qtbot: QtBot, locked: Application, wait_for: Waiter, place: str
) -> None:
    locked.window.open(Place(place, detail="new" if place == "note" else ""))
    assert "only the guide is open" in words(locked.window)
    press(qtbot, locked.window, "Unlock the notes")
    assert locked.window.findChild(LockScreen) is not None
    wait_for(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    QTest.keyClicks(QApplication.focusWidget(), WORDS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: locked.window.findChild(LockScreen) is None)
    assert "only the guide is open" not in words(locked.window)


def test_locked_notes_are_not_taken_for_damaged_ones_and_are_backed_up_once_they_open(
    qtbot: QtBot, locked: Application, wait_for: Waiter
) -> None:
    said: list[str] = []
    locked._hourly.said.connect(said.append)
    own = Backups(locked.desk.profile)
    before = len(own.list())
    locked.window.open(SAFETY)
    wait_for(lambda: bool(restores(locked.window)))
    assert not restores(locked.window)[0].isEnabled()
    assert not buttons(locked.window, "Back up now")[0].isEnabled()
    qtbot.wait(200)
    assert not said
    locked.window.open(Place("notes"))
    wait_for(lambda: bool(buttons(locked.window, "Unlock")))
    press(qtbot, locked.window, "Unlock")
    wait_for(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    QTest.keyClicks(QApplication.focusWidget(), WORDS)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    wait_for(lambda: locked.window.findChild(LockScreen) is None)
    write(locked.desk, wait_for, "after")
    wait_for(lambda: locked._hourly._timer.isActive())
    locked._hourly._timer.timeout.emit()
    wait_for(lambda: len(own.list()) > before)
    locked.window.open(SAFETY)
    wait_for(lambda: buttons(locked.window, "Back up now")[0].isEnabled())
