"""A passphrase stands before the notes: at the start, after the lock, with the code on paper."""

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from fieldguide.domain.backups import Reason
from fieldguide.services.backups import Backups
from fieldguide.services.safety import Safety
from fieldguide.storage.key_content import Cost
from fieldguide.ui import hourly
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.lock import LockScreen
from fieldguide.ui.note_list import NoteList

Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]

CHEAP = Cost(1, 64, 1)
WORDS = "lantern seven ferry umbrella"
CANARY = "The vials wait in the cold store"


@pytest.fixture
def code() -> str:
    return Safety.new_code()


@pytest.fixture
def profile(tmp_path: Path, code: str) -> Path:
    """Notes under a passphrase that is cheap to try."""
    safety = Safety(tmp_path / "profile", cost=CHEAP)
    notebook = safety.open_notebook(create=True)
    note = notebook.start(None, "")
    notebook.save(note.id, CANARY, note.revision.id)
    notebook.close()
    safety.set_passphrase(WORDS, code)
    return tmp_path / "profile"


@pytest.fixture
def house(
    qtbot: QtBot, started: Started, guide_file: Path, profile: Path, wait_for: Waiter
) -> Iterator[Application]:
    house = started(guide_file, profile)
    wait_for(lambda: house.window._place is not None)
    yield house
    house.close()


def screen(house: Application) -> LockScreen:
    found = house.window.findChild(LockScreen)
    assert isinstance(found, LockScreen)
    return found


def is_open(house: Application) -> bool:
    return house.window.findChild(LockScreen) is None


def enter(house: Application, *texts: str) -> None:
    """Type into the fields from the first on, Enter after each."""
    for text in texts:
        line = QApplication.focusWidget()
        assert isinstance(line, QLineEdit)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Return)


def shown_buttons(house: Application) -> list[QPushButton]:
    return [one for one in screen(house).findChildren(QPushButton) if one.isVisible()]


def press(house: Application, words: str) -> None:
    next(one for one in shown_buttons(house) if one.text() == words).click()


def said(house: Application) -> str:
    return "\n".join(one.text() for one in screen(house).findChildren(QLabel) if one.isVisible())


def listed(house: Application) -> str:
    """What the list of notes says, row by row."""
    rows = house.window.findChild(NoteList)
    if not isinstance(rows, NoteList) or not rows.isVisible():
        return ""
    return "\n".join(rows.items.item(row).speech for row in range(rows.items.rowCount()))


def openings(house: Application, wait_for: Waiter) -> list[str]:
    """The first words of all notes, as the window's own worker reads them."""
    told: list[list[str]] = []
    house.desk.notes.do(lambda book: [card.opening for card in book.notes()], told.append)
    wait_for(lambda: bool(told))
    return told[0]


def test_the_start_shows_nothing_before_the_passphrase(
    house: Application, wait_for: Waiter
) -> None:
    assert "Your notes are locked" in said(house)
    assert house.window.windowTitle() == "fieldguide"
    enter(house, "not this one at all")
    wait_for(lambda: "look for a slip" in said(house))
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    assert openings(house, wait_for) == [CANARY]
    wait_for(lambda: house.window.windowTitle() != "fieldguide")


def test_an_empty_passphrase_is_not_tried(house: Application, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(screen(house).tried):
        enter(house, "")


def test_a_letter_in_the_wrong_case_tells_of_caps_lock(house: Application) -> None:
    line = QApplication.focusWidget()
    QTest.keyClick(line, "A")
    assert "Caps Lock seems to be on." in said(house)
    QTest.keyClick(line, "A", Qt.KeyboardModifier.ShiftModifier)
    assert "Caps Lock" not in said(house)
    QTest.keyClick(line, "1")
    assert "Caps Lock" not in said(house)


def test_the_guide_can_be_read_without_the_notes_and_they_open_later(
    house: Application, qtbot: QtBot, wait_for: Waiter
) -> None:
    press(house, "Read the guide without notes")
    wait_for(lambda: is_open(house))
    refused: list[str] = []
    house.desk.notes.do(lambda book: book.tally(), failed=lambda why: refused.append(str(why)))
    wait_for(lambda: bool(refused))
    assert "they open with the passphrase" in refused[0]
    house.window.open(Place("notes"))
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    wait_for(lambda: CANARY in listed(house))


def test_locking_lets_go_of_the_key_and_the_passphrase_brings_all_back(
    house: Application, qtbot: QtBot, wait_for: Waiter
) -> None:
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    house.window.open(Place("note", None, "new"))
    editor = house.window._pages["note"].findChild(Editor)
    assert isinstance(editor, Editor)
    QTest.keyClicks(editor, "written before the lock")
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    assert "What you were typing is saved." in said(house)
    assert "Read the guide without notes" not in said(house)
    safety = house.desk.access.safety()
    assert safety.keys._key is None
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    assert QApplication.focusWidget() is editor
    assert sorted(openings(house, wait_for)) == [CANARY, "written before the lock"]


def test_the_code_on_paper_sets_another_passphrase(
    house: Application, wait_for: Waiter, code: str, profile: Path
) -> None:
    press(house, "Use the recovery code")
    enter(house, code.lower().replace("-", " "), "quite another phrase", "quite another phrase")
    wait_for(lambda: is_open(house))
    assert openings(house, wait_for) == [CANARY]
    house.close()
    Safety(profile).unlock("quite another phrase")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (("ABCD", "quite another phrase", "quite another phrase"), "has 32 letters and digits"),
        (("", "quite another phrase", "quite another phrase"), "are both needed"),
        (("ABCD", "quite another phrase", "quite an other phrase"), "are not the same"),
    ],
)
def test_a_slip_in_the_code_or_the_new_passphrase_is_said(
    house: Application, wait_for: Waiter, typed: tuple[str, ...], sentence: str
) -> None:
    press(house, "Use the recovery code")
    enter(house, *typed)
    wait_for(lambda: sentence in said(house))
    assert not is_open(house)


def test_the_window_goes_on_painting_while_a_passphrase_is_tried(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path, wait_for: Waiter
) -> None:
    slow = Safety(tmp_path / "slow", cost=Cost(6, 128 * 1024, 2))
    slow.open_notebook(create=True).close()
    slow.set_passphrase(WORDS, Safety.new_code())
    house = started(guide_file, tmp_path / "slow")
    wait_for(lambda: house.window._place is not None)
    beats: list[float] = []
    clock, timer = QElapsedTimer(), QTimer()
    clock.start()
    timer.timeout.connect(lambda: beats.append(clock.restart()))
    timer.start(5)
    enter(house, WORDS)
    assert "Unlocking …" in [one.text() for one in screen(house).findChildren(QPushButton)]
    wait_for(lambda: is_open(house))
    house.close()
    assert max(beats) < 250


def test_the_window_closes_while_a_passphrase_is_tried(house: Application, profile: Path) -> None:
    enter(house, WORDS)
    house.window.close()
    house.close()
    assert not list(profile.glob("*-wal"))


def test_a_passphrase_that_was_not_seen_before_the_start_is_asked_for(
    qtbot: QtBot, started: Started, guide_file: Path, profile: Path, wait_for: Waiter
) -> None:
    (profile / "workspace.key").write_bytes(b"damaged")
    house = started(guide_file, profile)
    wait_for(lambda: house.window.findChild(LockScreen) is not None)
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    assert openings(house, wait_for) == [CANARY]
    house.close()


def test_a_lock_breaks_off_a_backup_and_makes_up_for_it(
    house: Application, qtbot: QtBot, wait_for: Waiter, profile: Path
) -> None:
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    wait_for(lambda: len(house.desk.access.backups().list()) == 1)
    house.window.open(Place("note", None, "new"))
    editor = house.window._pages["note"].findChild(Editor)
    assert isinstance(editor, Editor)
    QTest.keyClicks(editor, "more")
    begun, told = threading.Event(), list[str]()

    def wait_to_be_stopped(backups: Backups) -> None:
        begun.set()
        while not backups._stopped():
            time.sleep(0.01)

    house._hourly.worker.do(wait_to_be_stopped)
    house._hourly.said.connect(told.append)
    wait_for(begun.is_set)
    with qtbot.waitSignal(house.keeper.locked):
        house.keeper.lock()
    wait_for(lambda: house._hourly.worker.resting)
    enter(house, WORDS)
    wait_for(lambda: len(house.desk.access.backups().list()) == 2)
    assert not told


def test_a_lock_that_falls_into_a_first_passphrase_asks_for_it(
    qtbot: QtBot,
    started: Started,
    guide_file: Path,
    tmp_path: Path,
    wait_for: Waiter,
    code: str,
) -> None:
    house = started(guide_file, tmp_path / "open")
    wait_for(lambda: house.window.windowTitle() != "fieldguide")
    access, begun, locked = house.desk.access, threading.Event(), threading.Event()

    def set_passphrase(safety: Safety) -> None:
        begun.set()
        locked.wait(20)
        safety.set_passphrase(WORDS, code)

    house.desk.notes.do(lambda book: access.while_closed(book, set_passphrase))
    wait_for(begun.is_set)
    with qtbot.waitSignal(house.keeper.locked, timeout=30_000):
        house.keeper.lock()
        locked.set()
    assert "Show again" not in [one.text() for one in shown_buttons(house)]
    assert access.safety().keys._key is None
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    assert openings(house, wait_for) == []
    house.close()


def test_the_start_backs_up_once_however_late_the_notes_open(
    house: Application, wait_for: Waiter, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Reason] = []
    monkeypatch.setattr(Backups, "make_if_changed", lambda _, reason: made.append(reason))
    monkeypatch.setattr(hourly, "START_MS", 0)
    enter(house, WORDS)
    wait_for(lambda: is_open(house))
    openings(house, wait_for)
    wait_for(lambda: bool(made))
    waited: list[None] = []
    house._hourly.worker.do(lambda _: None, waited.append)
    wait_for(lambda: bool(waited))
    assert made == [Reason.START]
