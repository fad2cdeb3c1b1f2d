"""Who looks over one's shoulder reads no opinion and nobody's words, on any page."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.people import Person, PersonName, Said, Way
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.follow_up_list import TaskList
from fieldguide.ui.letter_view import LetterView
from fieldguide.ui.lists import ItemList
from fieldguide.ui.sheet import Words
from tests.gui.note_steps import ask, write
from tests.gui.tour import Tour

Waiter = Callable[[Callable[[], bool]], None]
BIOBAY = Ref("organisation", "biobay")
CTRL = Qt.KeyboardModifier.ControlModifier


def drawn(page: QWidget) -> str:
    """All words that the lists of a page draw."""
    found = []
    for view in page.findChildren(ItemList):
        items = [view.items.item(row) for row in range(view.items.rowCount())]
        sheets = [view.drawing.sheet_of(*one) for one in enumerate(items)]
        found += [one.text for sheet in sheets for one in sheet.parts if isinstance(one, Words)]
    return "\n".join(found)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_lists_hide_opinions_and_what_others_said_at_one_key_and_show_them_again(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    write(qtbot, desk, "Q Dr Zhang: trust first", BIOBAY, "BioBAY")
    write(qtbot, desk, "O: too dear for us")
    write(qtbot, desk, "F: 330 companies")
    reached = (Way("wechat", "liwei88"),)
    remark = Person(names=(PersonName("Li Wei"),), ways=reached, notes=(Said("never on time"),))
    kept = ask(qtbot, desk, lambda book: book.people.add(remark).id)
    ask(qtbot, desk, lambda book: book.people.add(replace(remark, notes=())))
    tour = Tour(qtbot, desk, wait_for)
    places = [
        (Place("notes"), ("trust first", "too dear"), "330 companies"),
        (Place("people", None, str(kept)), ("never on time",), "Li Wei"),
        (Place("joining"), ("never on time",), "Li Wei"),
        (Place("record", BIOBAY, "notes"), ("trust first",), "Visit to BioBAY"),
        (Place("notes", detail="evening 2013-05-28"), ("trust first",), "BioBAY"),
    ]
    for place, hidden, shown in places:
        page = tour.go(place)
        wait_for(lambda page=page, hidden=hidden: all(one in drawn(page) for one in hidden))
        qtbot.keyClick(tour.window, Qt.Key.Key_Period, CTRL)
        assert not any(one in drawn(page) for one in hidden), place
        assert shown in drawn(page)
        qtbot.keyClick(tour.window, Qt.Key.Key_Period, CTRL)
        assert all(one in drawn(page) for one in hidden), place


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_draft_that_cites_people_closes_and_is_not_begun(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    write(qtbot, desk, "Q Dr Zhang: trust first\nA: Ask VTT", BIOBAY, "BioBAY")
    tour = Tour(qtbot, desk, wait_for)
    page = tour.go(Place("follow-ups"))
    board, letter = page.findChild(TaskList), page.findChild(LetterView)
    assert isinstance(board, TaskList)
    assert isinstance(letter, LetterView)
    wait_for(lambda: board.items.rowCount() > 1)
    qtbot.keyClick(board, Qt.Key.Key_M)
    wait_for(letter.isVisible)
    desk.look.prefer(replace(desk.look.preferences, discreet=True))
    assert letter.isHidden()
    qtbot.keyClick(board, Qt.Key.Key_M)
    tour.settle()
    assert letter.isHidden()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_rail_says_that_the_view_is_discreet_and_ends_it_when_pressed(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, desk, wait_for)
    tour.go(Place("notes"))

    def marks() -> list[QPushButton]:
        buttons = tour.window.rail.findChildren(QPushButton)
        return [one for one in buttons if one.isVisible() and one.text() == "Discreet"]

    assert marks() == []
    qtbot.keyClick(tour.window, Qt.Key.Key_Period, CTRL)
    (mark,) = marks()
    tour.go(Place("people"))
    assert marks() == [mark]
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Space)
    assert not desk.look.preferences.discreet
    assert marks() == []
