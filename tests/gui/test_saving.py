"""Saving by itself: when it happens, what it waits for, and that the foot of a note does not lie."""

import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import Note, NoteCard
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui import pages
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.keeper import Keeper
from fieldguide.ui.open_note import LONGEST_MS, PAUSE_MS
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.tasks import Worker
from fieldguide.ui.window import Window
from tests.gui.conftest import OnScreen, Waiter
from tests.gui.note_steps import button, says

CONTROL = Qt.KeyboardModifier.ControlModifier
SLACK_S = 0.4
"""What a busy computer may add."""


class Slow(Notebook):
    """Notes on a disk that can be made to wait or to fail; tells what was written when."""

    worker: Worker[Notebook]

    def __init__(self, profile: Path) -> None:
        super().__init__(open_workspace(profile, create=True))
        self.open = threading.Event()
        self.open.set()
        self.problem = ""
        self.delay = 0.0
        self.written: list[tuple[float, str]] = []

    def save(self, note_id: str, text: str, parent: str) -> Note:
        """Save, when the disk is ready."""
        self.written.append((time.perf_counter(), text))
        assert self.open.wait(10)
        time.sleep(self.delay)
        if self.problem:
            raise WorkspaceUnavailable(self.problem)
        return super().save(note_id, text, parent)


@pytest.fixture
def slow(desk: Desk) -> Iterator[Slow]:
    """The notebook behind the slow desk; made here, used on its worker's thread alone."""
    made: list[Slow] = []
    ready = threading.Event()

    def opener() -> Slow:
        made.append(Slow(desk.profile))
        ready.set()
        return made[0]

    worker = Worker("notes", opener, Notebook.close)
    assert ready.wait(10)
    made[0].worker = worker
    yield made[0]
    made[0].open.set()
    worker.close()


@pytest.fixture
def slow_desk(desk: Desk, slow: Slow) -> Desk:
    return replace(desk, notes=slow.worker)


@pytest.fixture
def page(slow_desk: Desk, on_screen: OnScreen) -> NotePage:
    made = NotePage(slow_desk)
    on_screen(made)
    made.show_place(Place("note", None, "new"))
    made.setFocus()
    return made


@pytest.fixture
def editor(page: NotePage) -> Editor:
    found = page.findChild(Editor)
    assert isinstance(found, Editor)
    return found


def kept(profile: Path) -> list[NoteCard]:
    """What is on the disk, read as another program would."""
    book = open_notebook(profile, create=False)
    try:
        return book.notes()
    finally:
        book.close()


def test_a_save_follows_the_last_key_by_its_pause(
    qtbot: QtBot, slow: Slow, editor: Editor, wait_for: Waiter
) -> None:
    qtbot.keyClicks(editor, "abc")
    last = time.perf_counter()
    assert not slow.written
    wait_for(lambda: bool(slow.written))
    after = slow.written[0][0] - last
    assert PAUSE_MS / 1_000 - 0.02 <= after < PAUSE_MS / 1_000 + SLACK_S
    qtbot.wait(2 * PAUSE_MS)
    assert [text for _, text in slow.written] == ["abc"]


def test_who_never_pauses_is_saved_all_the_same(qtbot: QtBot, slow: Slow, editor: Editor) -> None:
    first = time.perf_counter()
    while time.perf_counter() - first < 2 * LONGEST_MS / 1_000:
        qtbot.keyClick(editor, Qt.Key.Key_X)
        qtbot.wait(60)
    assert slow.written
    assert slow.written[0][0] - first < LONGEST_MS / 1_000 + SLACK_S


def test_no_save_is_asked_for_twice_and_the_last_text_is_the_one_that_stays(
    qtbot: QtBot, slow: Slow, desk: Desk, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    slow.open.clear()
    qtbot.keyClicks(editor, "word")
    page.leave()
    page.leave()
    wait_for(lambda: bool(slow.written))
    assert says(page, "Saving")
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    page.leave()
    slow.open.set()
    wait_for(lambda: says(page, "Saved "))
    assert [text for _, text in slow.written] == ["word", ""]
    assert [card.opening for card in kept(desk.profile)] == [""]


def test_saves_do_not_pile_up_behind_a_slow_disk(
    qtbot: QtBot, slow: Slow, desk: Desk, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    slow.delay = 0.8
    for _ in range(8):
        qtbot.keyClicks(editor, "word ")
        qtbot.wait(PAUSE_MS + 50)
    wait_for(lambda: says(page, "Saved "))
    assert len(slow.written) <= 6
    assert slow.written[-1][1] == "word " * 8
    assert [card.opening for card in kept(desk.profile)] == [("word " * 8).strip()]


def test_the_foot_says_saved_only_when_it_is(
    qtbot: QtBot, slow: Slow, desk: Desk, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    assert says(page, "Nothing written yet")
    slow.open.clear()
    qtbot.keyClicks(editor, "x")
    assert says(page, "Saving")
    qtbot.wait(2 * PAUSE_MS)
    assert says(page, "Saving")
    assert not says(page, "Saved ")
    slow.open.set()
    wait_for(lambda: says(page, "Saved "))
    assert [card.opening for card in kept(desk.profile)] == ["x"]


def test_what_is_typed_and_taken_back_is_not_called_unsaved(
    qtbot: QtBot, slow: Slow, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    qtbot.keyClicks(editor, "x")
    wait_for(lambda: says(page, "Saved "))
    qtbot.keyClicks(editor, "y")
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert says(page, "Saving")
    wait_for(lambda: says(page, "Saved "))
    assert [text for _, text in slow.written] == ["x"]


def test_the_keys_going_elsewhere_save_at_once(
    qtbot: QtBot, slow: Slow, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    qtbot.keyClicks(editor, "x")
    left = time.perf_counter()
    button(page, "Organiser").setFocus()
    wait_for(lambda: bool(slow.written))
    assert slow.written[0][0] - left < PAUSE_MS / 1_000


def test_a_full_disk_is_told_and_the_text_is_saved_when_there_is_room(
    qtbot: QtBot, slow: Slow, desk: Desk, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    slow.problem = "The disk is full."
    qtbot.keyClicks(editor, "kept in memory")
    wait_for(lambda: says(page, "Not saved: The disk is full."))
    assert says(page, "Not saved. Kept in memory.")
    assert button(page, "Save elsewhere…").isVisible()
    slow.problem = ""
    qtbot.mouseClick(button(page, "Try now"), Qt.MouseButton.LeftButton)
    wait_for(lambda: says(page, "Saved "))
    assert not button(page, "Save elsewhere…").isVisible()
    assert [card.opening for card in kept(desk.profile)] == ["kept in memory"]


@pytest.fixture
def window(qtbot: QtBot, slow_desk: Desk, wait_for: Waiter) -> Window:
    made = Window(slow_desk, pages.makers())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.start(Place("note", Ref("organisation", "biobay"), "new"))
    with qtbot.waitExposed(made):
        made.show()
    wait_for(lambda: isinstance(made.focusWidget(), Editor))
    return made


def test_going_to_another_page_saves_at_once(
    qtbot: QtBot, slow: Slow, desk: Desk, window: Window, wait_for: Waiter
) -> None:
    qtbot.keyClicks(window.focusWidget(), "before the taxi")
    left = time.perf_counter()
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_1, CONTROL)
    wait_for(lambda: bool(slow.written))
    assert slow.written[0][0] - left < PAUSE_MS / 1_000
    wait_for(lambda: window.rail.state.text().startswith("Saved"))
    assert [card.opening for card in kept(desk.profile)] == ["before the taxi"]


def test_the_lock_closes_the_file_behind_the_last_save(
    qtbot: QtBot, slow: Slow, slow_desk: Desk, window: Window
) -> None:
    slow.delay = 0.3
    keeper = Keeper(window, slow_desk)
    qtbot.keyClicks(window.focusWidget(), "as the lid closes")
    with qtbot.waitSignal(keeper.locked):
        keeper.lock()
    assert [card.opening for card in kept(slow_desk.profile)] == ["as the lid closes"]
    assert slow.written[0][1] == "as the lid closes"


def test_closing_waits_for_a_slow_save(
    qtbot: QtBot, slow: Slow, desk: Desk, window: Window
) -> None:
    slow.delay = 0.5
    qtbot.keyClicks(window.focusWidget(), "at the very end")
    assert window.close()
    assert [card.opening for card in kept(desk.profile)] == ["at the very end"]
