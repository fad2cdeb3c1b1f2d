"""A star on a record: put there by key or click, kept, and the directory narrowed to it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Ref
from fieldguide.services.labelling import collected, labels_of, star
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.directory import DirectoryPage
from fieldguide.ui.pages.record import RecordPage
from fieldguide.ui.record_header import StarButton
from tests.gui.note_steps import ask

RENJI, BIOBAY = Ref("organisation", "renji-hospital"), Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


def button_of(page: QWidget) -> StarButton:
    found = page.findChild(StarButton)
    assert isinstance(found, StarButton)
    return found


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> RecordPage:
    page = RecordPage(desk)
    on_screen(page)
    page.show_place(Place("record", RENJI))
    wait_for(lambda: page.shown() == RENJI)
    return page


def test_a_star_is_kept_and_taken_away(
    qtbot: QtBot, desk: Desk, page: RecordPage, wait_for: Waiter
) -> None:
    page.activateWindow()
    QTest.keyClick(
        page,
        Qt.Key.Key_S,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    wait_for(lambda: ask(qtbot, desk, lambda book: collected(book).starred) == {RENJI})
    assert button_of(page).isChecked()
    page.show_place(Place("record", BIOBAY))
    wait_for(lambda: page.shown() == BIOBAY and not button_of(page).isChecked())
    page.show_place(Place("record", RENJI))
    wait_for(lambda: button_of(page).isChecked())
    qtbot.mouseClick(button_of(page), Qt.MouseButton.LeftButton)
    wait_for(lambda: ask(qtbot, desk, lambda book: collected(book).starred) == set())
    assert ask(qtbot, desk, lambda book: len(book.labels.all())) == 1


def test_no_star_is_shown_that_could_not_be_kept(
    qtbot: QtBot, broken_desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = RecordPage(broken_desk)
    on_screen(page)
    page.show_place(Place("record", RENJI))
    wait_for(lambda: page.shown() == RENJI)
    with qtbot.waitSignal(page.said) as said:
        button_of(page).click()
    assert said.args == ["The disk is full."]
    assert not button_of(page).isChecked()
    broken_desk.notes.close()


def test_the_directory_is_narrowed_to_what_has_a_star(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    for ref in (RENJI, BIOBAY):
        ask(qtbot, desk, lambda book, ref=ref: star(book, ref, "", True))
    page = DirectoryPage(desk)
    on_screen(page)
    page.show_place(Place("directory"))
    chip = next(one for one in page.findChildren(QPushButton) if one.property("kind") == "chip")
    wait_for(lambda: chip.text() == "Starred 2")
    chip.click()
    wait_for(lambda: {one.ref for one in page._table.model_of_cards.cards} == {RENJI, BIOBAY})
    ask(qtbot, desk, lambda book: star(book, BIOBAY, "", False))
    page.show_place(Place("directory"))
    wait_for(lambda: [one.ref for one in page._table.model_of_cards.cards] == [RENJI])
    ask(qtbot, desk, lambda book: star(book, RENJI, "", False))
    page.show_place(Place("directory"))
    wait_for(lambda: len(page._table.model_of_cards.cards) > 2)
    assert not chip.isVisible()


def test_taking_away_a_star_that_was_never_there_keeps_nothing(qtbot: QtBot, desk: Desk) -> None:
    assert ask(qtbot, desk, lambda book: star(book, RENJI, "", False)) == Labels()
    assert ask(qtbot, desk, lambda book: book.labels.all()) == []
    assert ask(qtbot, desk, lambda book: labels_of(book, RENJI)) == Labels()
