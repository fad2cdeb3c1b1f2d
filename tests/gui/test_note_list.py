"""All notes: found, thrown away, brought back and taken out."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import LineKind, Visibility
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.lists import ItemModel
from fieldguide.ui.pages.notes import NotesPage
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button, cards, listing, write

BIOBAY = Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


def test_a_list_without_notes_file_says_what_still_works(
    qtbot: QtBot, broken_desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = NotesPage(broken_desk)
    on_screen(page)
    page.show_place(Place("notes"))
    wait_for(lambda: bool([b for b in page.findChildren(QPushButton) if "directory" in b.text()]))
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(button(page, "Open the directory"), Qt.MouseButton.LeftButton)
    assert opened.args == [Place("directory")]
    broken_desk.notes.close()


@pytest.fixture
def notes_page(qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> NotesPage:
    write(qtbot, desk, "F: 330 companies", BIOBAY, "BioBAY")
    write(qtbot, desk, "Q Dr Li: 先匹配", None, "")
    page = NotesPage(desk)
    on_screen(page)
    page.show_place(Place("notes"))
    wait_for(lambda: rows(page) == 2)
    page.setFocus()
    return page


def rows(page: NotesPage) -> int:
    return listing(page).items.rowCount() if listing(page).isVisible() else 0


def test_notes_are_listed_last_changed_first_and_open_with_enter(
    qtbot: QtBot, notes_page: NotesPage
) -> None:
    listed = listing(notes_page)
    QAbstractItemModelTester(
        listed.items, QAbstractItemModelTester.FailureReportingMode.Fatal, listed
    )
    first, second = (listed.items.item(row).speech for row in range(2))
    assert "Unfiled note; Quote; 先匹配; Mine" in first
    assert "BioBAY; Fact; 330 companies; Mine" in second
    role = Qt.ItemDataRole.AccessibleTextRole
    assert listed.items.index(0).data(role) == first
    assert listed.items.index(0).data(ItemModel.ItemRole).card.title == ""
    qtbot.keyClick(listed, Qt.Key.Key_Down)
    with qtbot.waitSignal(notes_page.opened) as opened:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    place = opened.args[0]
    assert (place.page, place.ref) == ("note", BIOBAY)


def test_the_filter_searches_the_whole_text_and_says_when_nothing_is_found(
    qtbot: QtBot, notes_page: NotesPage, wait_for: Waiter
) -> None:
    field = notes_page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText("匹配")
    wait_for(lambda: rows(notes_page) == 1)
    field.setText("xyzzy")
    wait_for(lambda: rows(notes_page) == 0)
    qtbot.mouseClick(button(notes_page, "Clear the filter"), Qt.MouseButton.LeftButton)
    wait_for(lambda: rows(notes_page) == 2)


def test_a_deleted_note_comes_back_by_undo_or_from_the_trash(
    qtbot: QtBot, notes_page: NotesPage, wait_for: Waiter
) -> None:
    qtbot.keyClick(listing(notes_page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(notes_page) == 1 and notes_page.findChild(Toast).isVisible())
    qtbot.keyClick(listing(notes_page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: rows(notes_page) == 2)
    qtbot.keyClick(listing(notes_page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(notes_page) == 1)
    qtbot.mouseClick(button(notes_page, "Trash 1"), Qt.MouseButton.LeftButton)
    wait_for(lambda: listing(notes_page).current() is not None)
    wait_for(lambda: listing(notes_page).current().trashed)
    qtbot.keyClick(listing(notes_page), Qt.Key.Key_Return)
    wait_for(lambda: rows(notes_page) == 0)
    qtbot.mouseClick(button(notes_page, "Back to the notes"), Qt.MouseButton.LeftButton)
    wait_for(lambda: rows(notes_page) == 2)


def test_an_export_holds_only_what_its_reader_may_see(
    qtbot: QtBot,
    desk: Desk,
    notes_page: NotesPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "notes.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    card = cards(qtbot, desk)[0]
    ask(qtbot, desk, lambda book: book.set_visibility(card.id, Visibility.PUBLISHABLE))
    menu = button(notes_page, "Export to Markdown").menu()
    for action, number in zip(menu.actions(), (2, 1, 1), strict=True):
        with qtbot.waitSignal(notes_page.said) as said:
            action.trigger()
        count = "1 note" if number == 1 else f"{number} notes"
        assert said.args[0].startswith(f"{count} written to")
        assert len(zipfile.ZipFile(target).namelist()) == number


def test_every_kind_and_every_reader_has_its_own_word_icon_and_colour() -> None:
    kinds = [kind_mark(kind) for kind in LineKind]
    readers = [visibility_mark(reader) for reader in Visibility]
    for marks in (kinds, readers):
        for part in ("word", "icon", "color"):
            assert len({getattr(mark, part) for mark in marks}) == len(marks)
