"""The open questions on the page of notes, answered where they stand by keys alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Asked, Question
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.notes import NotesPage
from fieldguide.ui.question_list import QuestionList
from tests.gui.note_steps import ask, button, write

PARK = Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def questions(qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> QuestionList:
    add = lambda book: book.questions.add(Question("Per month?"), PARK, title="BioBAY")  # noqa: E731
    ask(qtbot, desk, add)
    write(qtbot, desk, "?: Who are the other 100?", PARK, "BioBAY")
    page = NotesPage(desk)
    on_screen(page)
    page.show_place(Place("notes", detail="questions"))
    found = page.findChild(QuestionList)
    assert isinstance(found, QuestionList)
    wait_for(lambda: found.list.items.rowCount() == 2)
    page.setFocus()
    return found


def heard(questions: QuestionList) -> list[str]:
    items = questions.list.items
    return [items.item(row).speech for row in range(items.rowCount())]


def test_an_answer_is_typed_where_the_question_stands_and_taken_back(
    qtbot: QtBot, desk: Desk, questions: QuestionList, wait_for: Waiter
) -> None:
    assert "Per month?; BioBAY" in heard(questions)[0]
    assert questions.list.hasFocus()
    qtbot.keyClick(questions.list, Qt.Key.Key_Home)
    qtbot.keyClick(questions.list, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "40 RMB")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for(lambda: questions.list.items.rowCount() == 1)
    (kept,) = ask(qtbot, desk, lambda book: book.questions.all())
    assert (kept.value.state, kept.value.answer) == (Asked.ANSWERED, "40 RMB")
    assert button(questions.window(), "Questions 1").isChecked()
    qtbot.keyClick(questions.list, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: questions.list.items.rowCount() == 2)


def test_a_line_of_a_note_is_ticked_and_dropped(
    qtbot: QtBot, desk: Desk, questions: QuestionList, wait_for: Waiter
) -> None:
    qtbot.keyClick(questions.list, Qt.Key.Key_End)
    qtbot.keyClick(questions.list, Qt.Key.Key_Space)
    wait_for(lambda: any("asked, no answer yet" in one for one in heard(questions)))
    qtbot.keyClick(questions.list, Qt.Key.Key_Delete)
    wait_for(lambda: questions.list.items.rowCount() == 1)
    states = ask(qtbot, desk, lambda book: [one.value.state for one in book.questions.all()])
    assert states == [Asked.OPEN, Asked.DROPPED]


def test_an_answer_that_was_begun_outlasts_a_look_elsewhere(
    qtbot: QtBot, questions: QuestionList
) -> None:
    qtbot.keyClick(questions.list, Qt.Key.Key_Return)
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "40 RMB")
    page = questions.window().findChild(NotesPage)
    assert isinstance(page, NotesPage)
    page.leave()
    page.show_place(Place("notes"))
    assert field.isVisible()
    assert page.losing() is not None
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.losing() is None
    assert not field.isVisible()
