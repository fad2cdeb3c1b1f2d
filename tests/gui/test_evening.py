"""The evening list by keys alone: each thing is done in one step, and can be taken back."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Asked, Closing
from fieldguide.domain.records import Ref
from fieldguide.services import day_close, visiting
from fieldguide.services.day_close import Step
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.ui.day_lines import DayLines
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.evening import EveningPanel, StepRow
from fieldguide.ui.pages.notes import NotesPage
from tests.gui.note_steps import ask, button, says, write
from tests.gui.test_discreet import drawn

BIOBAY = Ref("visit", "biobay-2013")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
ENTER = Qt.Key.Key_Return
pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")
"""The names that complete what is typed come in a window of their own."""


@pytest.fixture
def day(guide: Guide, desk: Desk) -> day_close.Plan:
    return day_close.plan_of(guide, "2013-05-28", desk.clock())


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, on_screen: OnScreen, day: day_close.Plan) -> NotesPage:
    """A day with two visits closed, and one of each thing to do in the third."""

    def prepare(book: Notebook) -> None:
        book.introduce("Emilie Romeo")
        for subject in (day.subjects[0], day.subjects[2]):
            visiting.close(book, subject, Closing("Heard", closed=True))
        visiting.prepare(book, day.subjects[1], "Per month?")
        note = book.start(day.subjects[1].refs[-1], "BioBAY", BIOBAY)
        book.save(note.id, "Q: Trust first\nA: Ask VTT", note.revision.id)

    ask(qtbot, desk, prepare)
    write(qtbot, desk, "F: On the train")
    page = NotesPage(desk)
    on_screen(page)
    return page


def open_evening(page: NotesPage, wait_for: Waiter) -> EveningPanel:
    page.show_place(Place("notes", detail="evening"))
    page.setFocus()
    panel = page.findChild(EveningPanel)
    assert isinstance(panel, EveningPanel)
    wait_for(lambda: says(panel, "2 of 3 closed") and says(panel, "in no backup yet"))
    return panel


def press(qtbot: QtBot, name: str) -> None:
    """Tab to a button and press it."""
    held = QApplication.focusWidget
    for _ in range(20):
        if isinstance(held(), QPushButton) and held().accessibleName() == name:
            break
        qtbot.keyClick(held(), Qt.Key.Key_Tab)
    assert held().accessibleName() == name
    qtbot.keyClick(held(), Qt.Key.Key_Space)


def fill(qtbot: QtBot, wait_for: Waiter, name: str, text: str) -> None:
    """Type into the line that has come to have the keys."""
    wait_for(lambda: QApplication.focusWidget().accessibleName() == name)
    qtbot.keyClicks(QApplication.focusWidget(), text)
    qtbot.keyClick(QApplication.focusWidget(), ENTER)


def left(qtbot: QtBot, desk: Desk, day: day_close.Plan) -> tuple[Step, ...]:
    found = ask(qtbot, desk, lambda book: day_close.evening(book, day))
    assert isinstance(found, day_close.Evening)
    return found.left


def test_a_day_is_closed_step_by_step_and_ends_with_a_checked_backup(
    qtbot: QtBot, desk: Desk, page: NotesPage, day: day_close.Plan, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    press(qtbot, "Nothing to add")
    wait_for(lambda: says(panel, "3 of 3 closed"))
    press(qtbot, "BioBAY")
    wait_for(lambda: says(panel, "Every note belongs to something"))
    fill(qtbot, wait_for, "Who said it", "Gao Ronghui")
    wait_for(lambda: says(panel, "Every quote has its speaker"))
    fill(qtbot, wait_for, "Who does it", "Emilie")
    due = QApplication.focusWidget()
    qtbot.keyClicks(due, "fri")
    qtbot.keyClick(due, ENTER)
    wait_for(lambda: says(panel, "Every action has owner and date"))
    fill(qtbot, wait_for, "Answer", "40 RMB")
    wait_for(lambda: says(panel, "None without an answer"))
    assert left(qtbot, desk, day) == ()
    press(qtbot, "Back up now")
    wait_for(lambda: says(panel, "opened again and checked"))
    assert says(panel, "Tuesday 28 May is closed. Nothing is left to do.")
    (asked,) = ask(qtbot, desk, lambda book: book.questions.all())
    assert (asked.value.state, asked.value.answer) == (Asked.ANSWERED, "40 RMB")


def test_a_step_is_taken_back_by_one_key_and_what_is_not_known_is_said(
    qtbot: QtBot, desk: Desk, page: NotesPage, day: day_close.Plan, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    press(qtbot, "Nothing to add")
    wait_for(lambda: says(panel, "3 of 3 closed"))
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: Step.VISITS in left(qtbot, desk, day))
    wait_for(lambda: says(panel, "2 of 3 closed"))
    button(panel, "Owner and date: 1 action without owner or date").click()
    fill(qtbot, wait_for, "Who does it", "Emilie")
    fill(qtbot, wait_for, "Until when: a day, or +1w, +3m, +12m after the mission", "some day")
    assert says(panel, "“some day” is not a day")
    press(qtbot, "Mine, in a week")
    wait_for(lambda: Step.ACTIONS not in left(qtbot, desk, day))


def test_the_lines_of_the_day_stand_under_their_visits_with_what_is_missing(
    qtbot: QtBot, page: NotesPage, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    lines = page.findChild(DayLines)
    assert isinstance(lines, DayLines)
    wait_for(lines.isVisible)
    heard = [lines.items.item(row).speech for row in range(lines.items.rowCount())]
    assert heard[:3] == [
        "10:00; Suzhou Industrial Park; 苏州工业园区; closed",
        "11:30; BioBAY; 苏州生物医药产业园; 2 to finish",
        heard[2],
    ]
    assert heard[2].startswith("Quote; Trust first; ")
    assert heard[2].endswith("; speaker missing; Mine")
    assert "no owner, no date" in heard[3]
    panel.left.emit()
    page.show_place(Place("notes"))
    assert not lines.isVisible()


def test_the_discreet_view_hides_what_was_said(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    button(panel, "Who said it: 1 quote without a speaker").click()
    assert says(panel, "Trust first")
    assert "Trust first" in drawn(page)
    assert page.losing() is None
    qtbot.keyClicks(QApplication.focusWidget(), "Gao")
    desk.look.prefer(replace(desk.look.preferences, discreet=True))
    wait_for(lambda: not says(panel, "Trust first"))
    assert "Trust first" not in drawn(page)
    assert "Ask VTT" in drawn(page)
    loss = page.losing()
    assert loss is not None
    assert loss.place == Place("notes", detail="evening 2013-05-28")


def test_later_goes_round_and_another_day_can_be_chosen(
    qtbot: QtBot, page: NotesPage, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    for words in ("On the train", "Who said “Trust first”?", "Ask VTT", "Per month?", "Copy all"):
        press(qtbot, "Later")
        wait_for(lambda words=words: says(panel, words))
    menu = button(panel, "Day to close: Tuesday 28 May").menu()
    with qtbot.waitSignal(page.opened) as opened:
        menu.actions()[0].trigger()
    assert opened.args == [Place("notes", detail="evening 2013-05-27")]
    page.show_place(opened.args[0])
    wait_for(lambda: says(panel, "0 of 2 closed"))
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(panel.first, Qt.Key.Key_Escape)
    assert opened.args == [Place("notes")]


def test_what_was_put_off_does_not_come_back_at_once_after_the_backup(
    qtbot: QtBot, page: NotesPage, wait_for: Waiter
) -> None:
    panel = open_evening(page, wait_for)
    for words in ("On the train", "Who said “Trust first”?", "Ask VTT", "Per month?", "Copy all"):
        press(qtbot, "Later")
        wait_for(lambda words=words: says(panel, words))
    press(qtbot, "Back up now")
    wait_for(lambda: says(panel, "What you put off is still there"))
    assert panel.first.accessibleName() == "Day to close: Tuesday 28 May"
    button(panel, "Who said it: 1 quote without a speaker").click()
    wait_for(lambda: says(panel, "Trust first"))


def test_notes_that_do_not_open_are_said_and_no_step_is_shown(
    broken_desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = NotesPage(broken_desk)
    on_screen(page)
    page.show_place(Place("notes", detail="evening"))
    panel = page.findChild(EveningPanel)
    assert isinstance(panel, EveningPanel)
    wait_for(lambda: says(panel, "The disk is full."))
    assert not [one for one in panel.findChildren(StepRow) if one.isVisible()]
    broken_desk.notes.close()
