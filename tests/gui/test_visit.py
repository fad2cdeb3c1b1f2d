"""In a visit: the right note at one key, and what stands beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from tests.gui.note_steps import ask, cards
from tests.gui.tour import Tour

Waiter = Callable[[Callable[[], bool]], None]
CTRL = Qt.KeyboardModifier.ControlModifier
RENJI = Ref("organisation", "renji-hospital")
BIOBAY = Ref("organisation", "biobay")
AT_BIOBAY = Ref("visit", "biobay-2013")


@pytest.fixture
def biobay_desk(desk: Desk) -> Desk:
    """The same ten minutes into the visit of BioBAY."""
    now = datetime(2013, 5, 28, 11, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    return replace(desk, clock=lambda: now)


def begin(qtbot: QtBot, tour: Tour, text: str) -> None:
    qtbot.keyClick(tour.window, Qt.Key.Key_N, CTRL)
    editor = QApplication.focusWidget()
    assert isinstance(editor, Editor)
    qtbot.keyClicks(editor, text)
    tour.settle()
    tour.page().leave()
    tour.settle()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_one_key_from_anywhere_begins_a_note_on_the_visit_under_way(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, biobay_desk, wait_for)
    begin(qtbot, tour, "Rent 40")
    assert "BioBAY" in tour.page().heading()
    (card,) = cards(qtbot, biobay_desk)
    assert (card.opening, card.about, card.title) == ("Rent 40", BIOBAY, "BioBAY")
    assert ask(qtbot, biobay_desk, lambda book: book.notes(AT_BIOBAY)) == [card]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_on_an_open_record_the_note_is_on_that_record(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, biobay_desk, wait_for)
    tour.go(Place("record", RENJI))
    begin(qtbot, tour, "other floor")
    assert [card.about for card in cards(qtbot, biobay_desk)] == [RENJI]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_outside_a_mission_day_the_note_is_unfiled(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    later = datetime(2013, 7, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
    tour = Tour(qtbot, replace(desk, clock=lambda: later), wait_for)
    begin(qtbot, tour, "at home")
    assert [card.about for card in cards(qtbot, desk)] == [None]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_note_typed_before_the_guide_could_tell_the_visit_is_filed_afterwards(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, biobay_desk, wait_for)
    qtbot.keyClick(tour.window, Qt.Key.Key_N, CTRL)
    editor = QApplication.focusWidget()
    assert isinstance(editor, Editor)
    qtbot.keyClicks(editor, "quick")
    tour.page().leave()
    tour.settle()
    assert [(card.about, card.opening) for card in cards(qtbot, biobay_desk)] == [(BIOBAY, "quick")]
