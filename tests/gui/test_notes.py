"""A note: what is typed is kept, whatever happens, and its readers and kinds of lines are said."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import LineKind, Note, Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.rows import RowList
from fieldguide.ui.tasks import Worker
from tests.gui.note_steps import ask, button, cards, says, write

BIOBAY = Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]
ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def note_page(desk: Desk, on_screen: OnScreen) -> NotePage:
    page = NotePage(desk)
    on_screen(page)
    return page


def open_note(page: NotePage, place: Place) -> Editor:
    page.show_place(place)
    page.setFocus()
    editor = page.findChild(Editor)
    assert isinstance(editor, Editor)
    return editor


def test_a_note_is_begun_with_its_first_letter_and_saved_as_it_was_typed(
    qtbot: QtBot, desk: Desk, note_page: NotePage, wait_for: Waiter
) -> None:
    editor = open_note(note_page, Place("note", BIOBAY, "new"))
    wait_for(lambda: says(note_page, "苏州"))
    assert not cards(qtbot, desk)
    qtbot.keyClicks(editor, "Rent 40 ")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.keyClick(editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    editor.insertPlainText("生物 😀  ")
    wait_for(lambda: says(note_page, "Saved "))
    (card,) = cards(qtbot, desk)
    note = ask(qtbot, desk, lambda book: book.note(card.id))
    assert isinstance(note, Note)
    assert note.text == "Rent 40 \n\n生物 😀  "
    assert (note.about, note.title) == (BIOBAY, "BioBAY")
    assert note.visit == Ref("visit", "biobay-2013")
    assert len(note.heads) == 1


def test_typing_without_a_pause_is_saved_within_about_a_second(
    qtbot: QtBot, desk: Desk, note_page: NotePage
) -> None:
    editor = open_note(note_page, Place("note", None, "new"))
    for _ in range(16):
        qtbot.keyClick(editor, Qt.Key.Key_X)
        qtbot.wait(100)
    (card,) = cards(qtbot, desk)
    assert "x" * 5 in card.opening


def test_leaving_the_page_saves_at_once(qtbot: QtBot, desk: Desk, note_page: NotePage) -> None:
    editor = open_note(note_page, Place("note", None, "new"))
    qtbot.keyClicks(editor, "before the taxi")
    note_page.leave()
    assert [card.opening for card in cards(qtbot, desk)] == ["before the taxi"]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_was_typed_just_before_the_window_closes_is_there_again(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path, wait_for: Waiter
) -> None:
    profile = tmp_path / "profile"
    house = started(guide_file, profile)
    wait_for(lambda: house.window.windowTitle() != "fieldguide")
    house.window.new_note()
    editor = house.window.findChild(Editor)
    assert isinstance(editor, Editor)
    qtbot.keyClicks(editor, "the lid closes")
    house.window.close()
    house.close()
    notebook = open_notebook(profile, create=False)
    assert [card.opening for card in notebook.notes()] == ["the lid closes"]
    notebook.close()


def test_two_new_notes_on_one_record_stay_two(
    qtbot: QtBot, desk: Desk, note_page: NotePage
) -> None:
    for text in ("first", "second"):
        editor = open_note(note_page, Place("note", BIOBAY, "new"))
        assert editor.text() == ""
        qtbot.keyClicks(editor, text)
    note_page.leave()
    assert {card.opening for card in cards(qtbot, desk)} == {"first", "second"}


def test_keys_say_what_a_line_is_and_the_text_holds_it(qtbot: QtBot, note_page: NotePage) -> None:
    editor = open_note(note_page, Place("note", None, "new"))
    qtbot.keyClicks(editor, "330 companies")
    qtbot.keyClick(editor, Qt.Key.Key_1, ALT)
    assert editor.text() == "F: 330 companies"
    qtbot.keyClick(editor, Qt.Key.Key_5, ALT)
    assert editor.text() == "?: 330 companies"
    assert button(note_page, "Question").isChecked()
    qtbot.mouseClick(button(note_page, "Question"), Qt.MouseButton.LeftButton)
    assert editor.text() == "330 companies"
    assert editor.kind() is LineKind.PLAIN
    editor.undo()
    assert editor.text() == "?: 330 companies"


def test_a_kind_is_set_on_every_selected_line(qtbot: QtBot, note_page: NotePage) -> None:
    editor = open_note(note_page, Place("note", None, "new"))
    editor.insertPlainText("one\nQ Dr Li: two\n")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.moveCursor(QTextCursor.MoveOperation.Down, QTextCursor.MoveMode.KeepAnchor)
    qtbot.keyClick(editor, Qt.Key.Key_4, ALT)
    assert editor.text() == "A: one\nA: two\n"


def test_who_may_read_a_note_can_be_said_before_it_is_written(
    qtbot: QtBot, desk: Desk, note_page: NotePage, wait_for: Waiter
) -> None:
    editor = open_note(note_page, Place("note", None, "new"))
    qtbot.mouseClick(button(note_page, "Organiser"), Qt.MouseButton.LeftButton)
    assert not cards(qtbot, desk)
    qtbot.keyClicks(editor, "for the report")
    wait_for(lambda: says(note_page, "Saved "))
    assert cards(qtbot, desk)[0].visibility is Visibility.ORGANISER
    qtbot.mouseClick(button(note_page, "Publishable"), Qt.MouseButton.LeftButton)
    wait_for(lambda: cards(qtbot, desk)[0].visibility is Visibility.PUBLISHABLE)
    qtbot.keyClicks(editor, "!")
    note_page.leave()
    (card,) = cards(qtbot, desk)
    assert (card.versions, card.visibility) == (1, Visibility.PUBLISHABLE)


def test_a_note_written_in_two_places_shows_both_and_is_settled(
    qtbot: QtBot, desk: Desk, note_page: NotePage, wait_for: Waiter
) -> None:
    note = write(qtbot, desk, "base")
    editor = open_note(note_page, Place("note", None, note.id))
    wait_for(lambda: editor.text() == "base")
    ask(qtbot, desk, lambda book: book.save(note.id, "theirs", note.revision.id))
    qtbot.keyClicks(editor, " mine")
    wait_for(lambda: says(note_page, "in two places at once"))
    qtbot.mouseClick(button(note_page, "Show the other"), Qt.MouseButton.LeftButton)
    wait_for(lambda: editor.text() == "theirs")
    qtbot.mouseClick(button(note_page, "Keep this one"), Qt.MouseButton.LeftButton)
    wait_for(lambda: cards(qtbot, desk)[0].versions == 1)
    assert cards(qtbot, desk)[0].opening == "theirs"


def test_what_is_typed_while_the_other_version_is_fetched_is_kept(
    qtbot: QtBot, desk: Desk, note_page: NotePage, wait_for: Waiter
) -> None:
    note = write(qtbot, desk, "base")
    editor = open_note(note_page, Place("note", None, note.id))
    wait_for(lambda: editor.text() == "base")
    ask(qtbot, desk, lambda book: book.save(note.id, "theirs", note.revision.id))
    qtbot.keyClicks(editor, " mine")
    wait_for(lambda: says(note_page, "in two places at once"))
    button(note_page, "Show the other").click()
    editor.insertPlainText(", and more")
    wait_for(lambda: editor.text() == "theirs")
    kept = ask(qtbot, desk, lambda book: [one.text for one in book.versions(note.id)])
    assert isinstance(kept, list)
    assert sorted(kept) == ["base mine, and more", "theirs"]


def test_a_note_that_comes_late_does_not_take_the_place_of_a_new_one(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    old = write(qtbot, desk, "the old one")
    slow = Worker(
        "notes", lambda: open_notebook(desk.profile, create=False), Notebook.close, held=True
    )
    page = NotePage(replace(desk, notes=slow))
    on_screen(page)
    open_note(page, Place("note", None, old.id))
    editor = open_note(page, Place("note", None, "new"))
    qtbot.keyClicks(editor, "the new one")
    slow.release()
    wait_for(lambda: says(page, "Saved "))
    assert editor.text() == "the new one"
    slow.close()
    assert {card.opening for card in cards(qtbot, desk)} == {"the old one", "the new one"}


class Deaf(Notebook):
    """Takes every text, but does not let its readers be changed."""

    def set_visibility(self, note_id: str, visibility: Visibility) -> Note:
        raise WorkspaceUnavailable("The notes file is in use.")


def test_typing_is_saved_though_the_readers_could_not_be_changed(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    deaf = Worker("notes", lambda: Deaf(open_workspace(desk.profile, create=True)), Notebook.close)
    page = NotePage(replace(desk, notes=deaf))
    on_screen(page)
    editor = open_note(page, Place("note", None, "new"))
    qtbot.keyClicks(editor, "one")
    wait_for(lambda: says(page, "Saved "))
    button(page, "Organiser").click()
    wait_for(lambda: says(page, "The notes file is in use."))
    qtbot.keyClicks(editor, " two")
    wait_for(lambda: [card.opening for card in cards(qtbot, desk)] == ["one two"])
    assert button(page, "Mine").isChecked()
    deaf.close()


def test_beside_a_note_stands_what_is_known_and_opens(
    qtbot: QtBot, desk: Desk, note_page: NotePage, wait_for: Waiter
) -> None:
    write(qtbot, desk, "an older note", BIOBAY, "BioBAY")
    open_note(note_page, Place("note", BIOBAY, "new"))
    side = note_page.findChild(RowList)
    assert isinstance(side, RowList)
    said = lambda: " ".join(side.items.item(row).speech for row in range(side.items.rowCount()))  # noqa: E731
    wait_for(lambda: "an older note" in said() and "Known" in said())
    with qtbot.waitSignal(note_page.opened) as opened:
        side.setFocus()
        qtbot.keyClick(side, Qt.Key.Key_Return)
    assert opened.args == [Place("record", BIOBAY)]
    assert note_page.hanzi()


def test_what_cannot_be_saved_is_said_kept_in_memory_and_saved_elsewhere(
    qtbot: QtBot,
    broken_desk: Desk,
    on_screen: OnScreen,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = NotePage(broken_desk)
    on_screen(page)
    editor = open_note(page, Place("note", BIOBAY, "new"))
    qtbot.keyClicks(editor, "not lost")
    wait_for(lambda: says(page, "Not saved: The disk is full."))
    assert any(bar.isVisible() for bar in page.findChildren(TroubleBar))
    open_note(page, Place("note", None, "new"))
    assert editor.text() == ""
    open_note(page, Place("note", BIOBAY, "new"))
    assert editor.text() == "not lost"
    target = tmp_path / "elsewhere.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(page.said) as said:
        qtbot.mouseClick(button(page, "Save elsewhere…"), Qt.MouseButton.LeftButton)
    assert target.read_text("utf-8") == "not lost"
    assert str(target) in said.args[0]
    broken_desk.notes.close()
