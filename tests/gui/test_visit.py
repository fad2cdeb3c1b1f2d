"""In a visit: the right note at one key, and what stands beside it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Asked, Closing, Entry, Kind, Question
from fieldguide.domain.notes import Draft, Note
from fieldguide.domain.people import Person
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.attachment_bar import AttachmentBar
from fieldguide.ui.closing import ClosingForm
from fieldguide.ui.desk import Desk, Place, closing_of_visit
from fieldguide.ui.editor import Editor
from fieldguide.ui.lists import ItemList
from fieldguide.ui.note_bars import KindBar, VisibilityChoice
from fieldguide.ui.rows import RowList
from fieldguide.ui.tasks import Worker
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.ticks import TickList
from fieldguide.ui.visit_side import VisitSide
from tests.gui.note_steps import ask, button, cards, write
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


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_same_key_goes_on_in_the_note_of_the_visit_and_there_begins_another(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, biobay_desk, wait_for)
    begin(qtbot, tour, "Rent 40")
    tour.go(Place("today"))
    begin(qtbot, tour, "")
    qtbot.keyClicks(QApplication.focusWidget(), " a month")
    tour.page().leave()
    tour.settle()
    assert [card.opening for card in cards(qtbot, biobay_desk)] == ["Rent 40 a month"]
    begin(qtbot, tour, "Labs")
    assert [card.opening for card in cards(qtbot, biobay_desk)] == ["Labs", "Rent 40 a month"]


@pytest.fixture
def visit(qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter) -> Tour:
    """A window with a new note on the visit of BioBAY."""
    tour = Tour(qtbot, biobay_desk, wait_for)
    qtbot.keyClick(tour.window, Qt.Key.Key_N, CTRL)
    tour.settle()
    return tour


def field(page: QWidget, name: str) -> QLineEdit:
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == name)


def rows(page: QWidget, name: str) -> TickList:
    return next(one for one in page.findChildren(TickList) if one.accessibleName().startswith(name))


def said(listed: ItemList) -> list[str]:
    return [listed.items.item(row).speech for row in range(listed.items.rowCount())]


def questions(qtbot: QtBot, desk: Desk) -> list[Entry[Question]]:
    found = ask(qtbot, desk, lambda book: book.questions.all())
    assert isinstance(found, list)
    return found


def closing(qtbot: QtBot, desk: Desk) -> Closing:
    found = ask(qtbot, desk, lambda book: book.closings.on(AT_BIOBAY))
    assert isinstance(found, list)
    return found[0].value


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_question_is_added_ticked_and_answered_by_keys_alone(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    line = field(visit.page(), "Add a question")
    qtbot.keyClicks(line, "Who pays the rent?")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    visit.settle()
    listed = rows(visit.page(), "Questions")
    assert said(listed)[0] == "open; Who pays the rent?"
    assert "0 of 1 asked" in [one.text() for one in visit.page().findChildren(QLabel)]
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Space)
    visit.settle()
    assert questions(qtbot, biobay_desk)[0].value.state is Asked.ASKED
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    qtbot.keyClicks(QApplication.focusWidget(), "The park")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    visit.settle()
    (kept,) = questions(qtbot, biobay_desk)
    assert (kept.value.state, kept.value.answer) == (Asked.ANSWERED, "The park")
    assert (kept.about, kept.visit) == (BIOBAY, AT_BIOBAY)
    assert QApplication.focusWidget() is listed


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_usual_questions_come_with_one_button_and_go_with_one_undo(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    more = next(one for one in visit.page().findChildren(QPushButton) if "usual" in one.text())
    assert more.text() == "Add the usual questions (7)"
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    visit.settle()
    assert [one.value.origin for one in questions(qtbot, biobay_desk)] == ["usual:park"] * 7
    assert more.isHidden()
    listed = rows(visit.page(), "Questions")
    assert QApplication.focusWidget() is listed
    qtbot.keyClick(listed, Qt.Key.Key_Z, CTRL)
    visit.settle()
    assert questions(qtbot, biobay_desk) == []
    assert more.isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_question_that_the_keys_are_on_stays_in_sight_and_so_does_its_answer(
    qtbot: QtBot, visit: Tour
) -> None:
    more = next(one for one in visit.page().findChildren(QPushButton) if "usual" in one.text())
    more.setFocus()
    qtbot.keyClick(more, Qt.Key.Key_Space)
    visit.settle()
    listed = rows(visit.page(), "Questions")
    (side,) = visit.page().findChildren(VisitSide)
    room = side.viewport()

    def in_sight(part: QWidget, rect: QRect) -> bool:
        return room.rect().contains(QRect(part.mapTo(room, rect.topLeft()), rect.size()))

    assert side.verticalScrollBar().maximum() > 0
    for key in (Qt.Key.Key_End, Qt.Key.Key_Home):
        qtbot.keyClick(listed, key)
        visit.settle()
        assert in_sight(listed, listed.visualRect(listed.currentIndex()))
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    visit.settle()
    line = QApplication.focusWidget()
    assert in_sight(line, line.rect())
    qtbot.keyClicks(line, "None")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    visit.settle()
    assert QApplication.focusWidget() is listed
    assert in_sight(listed, listed.visualRect(listed.currentIndex()))


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_doubt_becomes_a_question_of_ones_own_by_one_key_in_a_visit_and_on_a_record(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    listed = rows(visit.page(), "Questions")
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Q)
    visit.settle()
    (kept,) = questions(qtbot, biobay_desk)
    assert (kept.value.state, kept.visit) == (Asked.OPEN, AT_BIOBAY)
    page = visit.go(Place("record", BIOBAY, "doubts"))
    shown = next(
        one for one in page.findChildren(RowList) if one.isVisible() and "Q: ask it" in said(one)[0]
    )
    shown.setFocus()
    qtbot.keyClick(shown, Qt.Key.Key_Q)
    visit.settle()
    first, second = questions(qtbot, biobay_desk)
    assert (first, second.about, second.visit) == (kept, BIOBAY, None)
    assert said(shown)[0].startswith(second.value.text)
    assert second.value.origin.startswith("doubt:")
    qtbot.keyClick(shown, Qt.Key.Key_Z, CTRL)
    visit.settle()
    assert questions(qtbot, biobay_desk) == [kept]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_doubt_of_the_guide_that_is_dropped_comes_back_with_undo(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    listed = rows(visit.page(), "Questions")
    before = said(listed)
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    visit.settle()
    assert before[0] not in said(listed)
    qtbot.keyClick(listed, Qt.Key.Key_Z, CTRL)
    visit.settle()
    assert said(listed) == before


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_somebody_typed_in_one_line_is_shown_as_understood_kept_as_met_and_undone(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    line = field(visit.page(), "Add somebody in one line")
    line.setFocus()
    line.insert("Li Wei 李伟, GM, Juke, WeChat liwei88")
    assert any(
        "Role: GM · At: Juke · WeChat: liwei88" in one.text()
        for one in visit.page().findChildren(ScriptLabel)
    )
    qtbot.keyClick(line, Qt.Key.Key_Return)
    visit.settle()
    (entry,) = people(qtbot, biobay_desk)
    assert (entry.value.title, entry.value.hanzi) == ("Li Wei", "李伟")
    assert [one.visit for one in entry.value.met] == [AT_BIOBAY]
    assert closing(qtbot, biobay_desk).attended == (entry.id,)
    here = rows(visit.page(), "People")
    assert "met; Li Wei 李伟; GM, Juke" in said(here)
    here.setFocus()
    qtbot.keyClick(here, Qt.Key.Key_Z, CTRL)
    visit.settle()
    assert not people(qtbot, biobay_desk)
    assert closing(qtbot, biobay_desk).attended == ()


def people(qtbot: QtBot, desk: Desk) -> list[Entry[Person]]:
    found = ask(qtbot, desk, lambda book: book.people.all())
    assert isinstance(found, list)
    return found


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_visit_is_closed_by_keys_and_each_field_is_kept_as_it_is_left(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    qtbot.keyClick(visit.window, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    for words in ("Labs are full", "", "Rent rises"):
        held = QApplication.focusWidget()
        qtbot.keyClicks(held, words)
        visit.window.size_text(10)
        assert QApplication.focusWidget() is held
        qtbot.keyClick(held, Qt.Key.Key_Tab)
    visit.settle()
    kept = closing(qtbot, biobay_desk)
    assert (kept.heard, kept.opportunities, kept.risks) == ("Labs are full", "", "Rent rises")
    assert not kept.closed
    qtbot.keyClicks(QApplication.focusWidget(), "Ask for the price list")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    visit.settle()
    kept = closing(qtbot, biobay_desk)
    assert (kept.follow_up, kept.closed) == ("Ask for the price list", True)
    assert button(visit.page(), "Visit closed").isVisible()
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert isinstance(QApplication.focusWidget(), Editor)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_evening_leads_to_the_fields_of_a_visit_and_to_its_text_the_next_time(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    visit.go(closing_of_visit(AT_BIOBAY, "new"))
    visit.settle()
    qtbot.keyClicks(QApplication.focusWidget(), "Labs are full")
    visit.go(Place("today"))
    assert closing(qtbot, biobay_desk).heard == "Labs are full"
    visit.go(Place("note", AT_BIOBAY, "new"))
    assert isinstance(QApplication.focusWidget(), Editor)


class Stuck(Notebook):
    """Nothing that a visit came to, and no question, can be written for a while."""

    stuck = True

    def begin(self, kind: Kind, draft: Draft) -> Note:
        if kind in (Kind.CLOSING, Kind.QUESTION) and self.stuck:
            raise WorkspaceUnavailable("The disk is full.")
        return super().begin(kind, draft)


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_lines_begun_beside_a_note_stay_in_the_background_and_are_kept_on_leaving(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    line = field(visit.page(), "Add a question")
    line.setText("Who pays the rent?")
    field(visit.page(), "Add somebody in one line").setText("Li Wei, GM")
    visit.page().keep()
    visit.settle()
    assert not questions(qtbot, biobay_desk)
    assert line.text() == "Who pays the rent?"
    visit.go(Place("help"))
    assert [one.value.text for one in questions(qtbot, biobay_desk)] == ["Who pays the rent?"]
    assert [one.value.title for one in people(qtbot, biobay_desk)] == ["Li Wei"]
    assert line.text() == ""


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_line_that_cannot_be_kept_stands_where_it_was_typed_or_is_tried_again(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    full = Worker(
        "full", lambda: Stuck(open_workspace(biobay_desk.profile, create=True)), Notebook.close
    )
    tour = Tour(qtbot, replace(biobay_desk, notes=full), wait_for)
    qtbot.keyClick(tour.window, Qt.Key.Key_N, CTRL)
    tour.settle()
    line = field(tour.page(), "Add a question")
    line.setText("Who pays the rent?")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    tour.settle()
    assert line.text() == "Who pays the rent?"
    tour.go(Place("note", RENJI, "new"))
    (loss,) = tour.window.losses()
    assert "A line beside a note is not saved" in loss.sentence
    full.do(lambda book: setattr(book, "stuck", False))
    tour.go(Place("help"))
    assert not tour.window.losses()
    assert [one.value.text for one in questions(qtbot, biobay_desk)] == ["Who pays the rent?"]
    tour.window.close()
    full.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_a_visit_came_to_waits_in_memory_until_it_can_be_written(
    qtbot: QtBot, biobay_desk: Desk, wait_for: Waiter
) -> None:
    full = Worker(
        "full", lambda: Stuck(open_workspace(biobay_desk.profile, create=True)), Notebook.close
    )
    tour = Tour(qtbot, replace(biobay_desk, notes=full), wait_for)
    told: list[str] = []
    qtbot.keyClick(tour.window, Qt.Key.Key_N, CTRL)
    tour.settle()
    tour.page().said.connect(told.append)
    qtbot.keyClick(tour.window, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "Labs are full")
    tour.go(Place("note", RENJI, "new"))
    assert "The disk is full." in told
    form = tour.page().findChild(ClosingForm)
    assert isinstance(form, ClosingForm)
    assert form.over(Closing()) == Closing()
    (loss,) = tour.window.losses()
    assert "What a visit came to is not saved" in loss.sentence
    assert not tour.window.close()
    tour.settle()
    assert form.over(Closing()).heard == "Labs are full"
    full.do(lambda book: setattr(book, "stuck", False))
    tour.go(Place("note", RENJI, "new"))
    assert not tour.window.losses()
    assert ask(qtbot, biobay_desk, lambda book: book.closings.all())[0].value == Closing(
        "Labs are full"
    )
    tour.window.close()
    full.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_a_visit_came_to_shows_again_and_not_at_another_one(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    qtbot.keyClick(visit.window, Qt.Key.Key_Return, CTRL | Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(QApplication.focusWidget(), "Labs are full")
    visit.go(Place("note", Ref("visit", "sip-2013"), "new"))
    form = visit.page().findChild(ClosingForm)
    assert isinstance(form, ClosingForm)
    assert form.over(Closing()).heard == ""
    visit.go(Place("note", AT_BIOBAY, "new"))
    assert form.over(Closing()).heard == "Labs are full"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_in_the_discreet_view_nothing_shows_but_the_line_being_typed(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    qtbot.keyClicks(QApplication.focusWidget(), "O: too dear")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.keyClick(visit.window, Qt.Key.Key_Period, CTRL)
    page = visit.page()
    line = field(page, "Line of the note")
    assert QApplication.focusWidget() is line
    hidden = (VisitSide, KindBar, VisibilityChoice, AttachmentBar, Editor)
    assert not any(page.findChild(one).isVisible() for one in hidden)
    assert not visit.window.rail.isVisible()
    assert "BioBAY" in page.heading()
    qtbot.keyClicks(line, "Labs?")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert line.text() == ""
    qtbot.keyClicks(line, "next")
    page.leave()
    visit.settle()
    (card,) = cards(qtbot, biobay_desk)
    text = ask(qtbot, biobay_desk, lambda book: book.note(card.id).text)
    assert text == "O: too dear\nLabs?\nnext"
    qtbot.keyClick(visit.window, Qt.Key.Key_Period, CTRL)
    assert page.findChild(Editor).isVisible()
    assert visit.window.rail.isVisible()


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_a_note_opened_in_the_discreet_view_shows_its_last_line_without_its_kind(
    qtbot: QtBot, biobay_desk: Desk, visit: Tour
) -> None:
    note = write(qtbot, biobay_desk, "Rent 40\nO: too dear", BIOBAY, "BioBAY")
    qtbot.keyClick(visit.window, Qt.Key.Key_Period, CTRL)
    page = visit.go(Place("note", BIOBAY, note.id))
    line = field(page, "Line of the note")
    assert line.text() == "too dear"
    qtbot.keyClicks(line, "!")
    page.leave()
    text = ask(qtbot, biobay_desk, lambda book: book.note(note.id).text)
    assert text == "Rent 40\nO: too dear!"
