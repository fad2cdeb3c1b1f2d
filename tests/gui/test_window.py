"""The window: going and coming back, copying, closing without losing a word."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from fieldguide import main
from fieldguide.domain.notes import Note, NoteCard
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui import pages
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.tasks import Worker
from fieldguide.ui.window import Window

RENJI = Place("record", Ref("organisation", "renji-hospital"))
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def window(qtbot: QtBot, desk: Desk, wait_for: Waiter) -> Window:
    made = Window(desk, pages.makers())
    qtbot.addWidget(made)
    made.resize(1280, 800)
    made.start(Place("today"))
    with qtbot.waitExposed(made):
        made.show()
    wait_for(lambda: made.windowTitle() != "fieldguide")
    wait_for(lambda: page_of(made) is not None)
    return made


def page_of(window: Window) -> object:
    return window._stack.currentWidget()


def title(window: Window) -> str:
    return window._pages[window._place.page].heading() if window._place else ""


def press(qtbot: QtBot, window: Window, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    held = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        held |= one
    qtbot.keyClick(window.focusWidget() or window, key, held)


CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def test_the_window_names_the_guide_and_starts_with_today(window: Window) -> None:
    assert window.windowTitle() == "Shanghai & Suzhou, life sciences"
    assert window._place == Place("today")


def test_back_and_forward_go_where_one_was(qtbot: QtBot, window: Window, wait_for: Waiter) -> None:
    window.open(RENJI)
    wait_for(lambda: title(window) == "Renji Hospital")
    press(qtbot, window, Qt.Key.Key_2, CTRL)
    assert window._place == Place("directory")
    press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert window._place == RENJI
    press(qtbot, window, Qt.Key.Key_Left, ALT)
    assert window._place == Place("today")
    press(qtbot, window, Qt.Key.Key_Right, ALT)
    assert window._place == RENJI


def test_the_copy_key_takes_the_hanzi_and_says_so(
    qtbot: QtBot, window: Window, wait_for: Waiter
) -> None:
    window.open(RENJI)
    wait_for(lambda: title(window) == "Renji Hospital")
    press(qtbot, window, Qt.Key.Key_C, CTRL, SHIFT)
    assert QGuiApplication.clipboard().text() == "仁济医院"
    assert "仁济医院" in window._line.text()


def test_a_screen_that_is_not_there_has_no_entry_and_no_key(desk: Desk, qtbot: QtBot) -> None:
    makers = {name: make for name, make in pages.makers().items() if name in ("today", "help")}
    made = Window(desk, makers)
    qtbot.addWidget(made)
    names = {button.accessibleName() for button in made.rail.findChildren(QPushButton)}
    assert names == {"Search", "Today", "Help"}
    made.open(Place("directory"))
    assert made._place is None


def test_every_control_of_the_rail_has_a_name_and_takes_the_focus(window: Window) -> None:
    for button in window.rail.findChildren(QPushButton):
        assert button.accessibleName()
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_closing_waits_for_the_last_words(
    qtbot: QtBot, window: Window, wait_for: Waiter, desk: Desk
) -> None:
    window.open(Place("note", RENJI.ref, "new"))
    editor = window.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "last words")
    window.close()
    desk.notes.close()
    book = open_notebook(desk.profile, create=False)
    assert [card.opening for card in book.notes()] == ["last words"]
    book.close()


def test_what_cannot_be_saved_is_said_before_it_is_lost(
    qtbot: QtBot, desk: Desk, wait_for: Waiter, tmp_path: Path
) -> None:
    def broken() -> Notebook:
        raise WorkspaceUnavailable("The notes file cannot be written: the disk is full.")

    notes = Worker("broken", broken, Notebook.close)
    failing = replace(desk, notes=notes, profile=tmp_path)
    made = Window(failing, pages.makers())
    qtbot.addWidget(made)
    made.start(Place("note", RENJI.ref, "new"))
    with qtbot.waitExposed(made):
        made.show()
    wait_for(lambda: made.findChild(QPlainTextEdit) is not None)
    editor = made.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "only here")
    wait_for(lambda: bool(made._pages["note"].losing()))
    assert not made.close()
    assert "close once more" in made._line.text()
    assert editor.toPlainText() == "only here"
    assert made.close()
    notes.close()


class Full(Notebook):
    """The disk is full from the first save on."""

    def save(self, note_id: str, text: str, parent: str) -> Note:
        raise WorkspaceUnavailable("The notes file cannot be written: the disk is full.")


def test_a_save_that_fails_while_the_window_closes_is_said_where_the_text_is(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    full = Worker("full", lambda: Full(open_workspace(desk.profile, create=True)), Notebook.close)
    made = Window(replace(desk, notes=full), pages.makers())
    qtbot.addWidget(made)
    made.start(Place("note", RENJI.ref, "new"))
    with qtbot.waitExposed(made):
        made.show()
    wait_for(lambda: made.findChild(QPlainTextEdit) is not None)
    editor = made.findChild(QPlainTextEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "only here")
    made.open(Place("help"))
    assert not made.close()
    assert "close once more" in made._line.text()
    assert editor.isVisible()
    assert editor.toPlainText() == "only here"
    assert made.close()
    full.close()


def test_a_damaged_guide_gives_a_page_with_a_sentence(
    qtbot: QtBot, desk: Desk, wait_for: Waiter, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"not a guide" * 1000)
    guide = Worker("guide", lambda: Guide.open(broken), Guide.close)
    made = Window(replace(desk, guide=guide, as_it_was=False), pages.makers())
    qtbot.addWidget(made)
    made.start(Place("today"))
    with qtbot.waitExposed(made):
        made.show()
    wait_for(lambda: made._place is not None and made._place.page == "damaged")
    assert "broken.db" in made._place.detail
    guide.close()


def test_a_mistake_in_answer_to_a_click_is_said(
    window: Window, capsys: pytest.CaptureFixture[str]
) -> None:
    main.said_by(window)(ValueError, ValueError("of no use"), None)
    line = next(one for one in window.findChildren(QLabel) if "(ValueError)" in one.text())
    assert line.isVisible()
    assert "nothing was lost" in line.text()
    assert "of no use" in capsys.readouterr().err


def test_what_is_written_on_a_day_as_it_was_bears_its_date_and_backups_that_of_today(
    qtbot: QtBot, dressed: QApplication, guide_file: Path, tmp_path: Path, wait_for: Waiter
) -> None:
    then = datetime(2013, 5, 28, 8, 40, 7, 5, tzinfo=ZoneInfo("Asia/Shanghai"))
    house = Application(
        dressed, guide_file, tmp_path / "profile", lambda: then,
        as_it_was=True, chosen=Preferences(welcomed=True, scheme="light"),
    )  # fmt: skip
    qtbot.addWidget(house.window)
    house.show()
    cards: list[NoteCard] = []
    house.desk.notes.do(lambda book: book.start(None, ""))
    house.desk.notes.do(lambda book: book.notes(), cards.extend)
    wait_for(lambda: bool(cards))
    assert cards[0].created == then.replace(microsecond=0)
    assert house.desk.access.backups().make().made.year > 2013
    house.close()
