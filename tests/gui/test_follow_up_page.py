"""The board of follow-ups by keys alone: what is done shows, is kept, and can be taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Progress
from fieldguide.domain.people import Person, PersonName, Way
from fieldguide.domain.records import Ref
from fieldguide.services import follow_ups
from fieldguide.services.follow_ups import Task
from fieldguide.services.letters import Letter
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.follow_up_list import TaskList
from fieldguide.ui.letter_view import LetterView
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.pages.follow_ups import FollowUpsPage
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button, says, write
from tests.gui.tour import Tour

BIOBAY = Ref("organisation", "biobay")
NOTE = "Q Dr Zhang: trust, transparency\nA: Thank the chairs\nA: Ask VTT"
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen) -> FollowUpsPage:
    page = FollowUpsPage(desk)
    on_screen(page)
    return page


def open_board(page: FollowUpsPage, wait_for: Waiter) -> TaskList:
    page.show_place(Place("follow-ups"))
    board = page.findChild(TaskList)
    assert isinstance(board, TaskList)
    wait_for(lambda: board.items.rowCount() > 1)
    page.setFocus()
    return board


def kept(qtbot: QtBot, desk: Desk) -> dict[str, Task]:
    found = ask(qtbot, desk, follow_ups.tasks)
    assert isinstance(found, list)
    return {one.value.text: one for one in found}


def heard(board: TaskList) -> list[str]:
    return [board.items.item(row).speech for row in range(board.items.rowCount())]


def test_an_action_is_done_by_one_key_and_taken_back_by_another(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    write(qtbot, desk, NOTE, BIOBAY, "BioBAY")
    board = open_board(page, wait_for)
    qtbot.keyClick(board, Qt.Key.Key_Down)
    current = board.current()
    assert current is not None
    text = current.value.text
    qtbot.keyClick(board, Qt.Key.Key_Space)
    wait_for(lambda: kept(qtbot, desk)[text].value.state is Progress.DONE)
    wait_for(lambda: says(page, f"Done: {text}"))
    assert (now := board.current()) is not None
    assert now.value.text == text
    toast = page.findChild(Toast)
    assert isinstance(toast, Toast)
    qtbot.keyClick(board, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: kept(qtbot, desk)[text].value.state is Progress.OPEN)
    qtbot.keyClick(board, Qt.Key.Key_W)
    wait_for(lambda: kept(qtbot, desk)[text].value.state is Progress.WAITING)
    qtbot.keyClick(board, Qt.Key.Key_Delete)
    wait_for(lambda: text not in kept(qtbot, desk))


def test_owner_and_date_are_set_in_one_line(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    write(qtbot, desk, "A: Ask VTT", BIOBAY, "BioBAY")
    board = open_board(page, wait_for)
    assert any("nobody yet; no date; Open" in said for said in heard(board))
    qtbot.keyClick(board, Qt.Key.Key_O)
    owner = QApplication.focusWidget()
    qtbot.keyClicks(owner, "Emilie")
    qtbot.keyClick(owner, Qt.Key.Key_Tab)
    due = QApplication.focusWidget()
    qtbot.keyClicks(due, "some day")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    assert says(page, "“some day” is not a day")
    due = QApplication.focusWidget()
    qtbot.keyClick(due, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClicks(due, "fri")
    qtbot.keyClick(due, Qt.Key.Key_Return)
    wait_for(lambda: kept(qtbot, desk)["Ask VTT"].value.due == "2013-05-31")
    assert kept(qtbot, desk)["Ask VTT"].value.owner == "Emilie"
    wait_for(lambda: any("This week" in said for said in heard(board)))
    assert board.hasFocus()


def test_one_by_hand_is_promised_for_after_the_mission(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    page.show_place(Place("follow-ups"))
    wait_for(lambda: says(page, "Follow-ups"))
    ask(qtbot, desk, lambda book: None)
    told: list[None] = []
    desk.guide.do(lambda _: None, told.append)
    wait_for(lambda: bool(told))
    button(page, "New follow-up").click()
    for text in ("First check of the MoU", "E. Schena", "+3m", ""):
        field = QApplication.focusWidget()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    qtbot.keyClick(page.findChildren(TaskList)[0].window().focusWidget(), Qt.Key.Key_Space)
    wait_for(lambda: "First check of the MoU" in kept(qtbot, desk))
    value = kept(qtbot, desk)["First check of the MoU"].value
    assert (value.owner, value.due, value.promised) == ("E. Schena", "2013-08-31", "3m")


def test_a_click_on_the_box_ticks_and_elsewhere_only_chooses(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    write(qtbot, desk, "A: Ask VTT")
    board = open_board(page, wait_for)
    spot = board.visualRect(board.items.index(1)).topLeft()
    qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(200, 15))
    assert kept(qtbot, desk)["Ask VTT"].entry == ""
    qtbot.mouseClick(board.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(32, 17))
    wait_for(lambda: kept(qtbot, desk)["Ask VTT"].value.state is Progress.DONE)


def test_enter_opens_the_note(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    note = write(qtbot, desk, "A: Ask VTT", BIOBAY, "BioBAY")
    board = open_board(page, wait_for)
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(board, Qt.Key.Key_Return)
    assert opened.args == [Place("note", BIOBAY, f"{note.id}#0")]


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_the_note_opens_at_the_line(qtbot: QtBot, desk: Desk, wait_for: Waiter) -> None:
    text = "\n".join(["F: one"] * 90 + ["A: Ask VTT"] + ["F: two"] * 90)
    write(qtbot, desk, text, BIOBAY, "BioBAY")
    tour = Tour(qtbot, desk, wait_for)
    board = tour.go(Place("follow-ups")).findChild(TaskList)
    assert isinstance(board, TaskList)
    wait_for(lambda: board.items.rowCount() > 1)
    qtbot.keyClick(board, Qt.Key.Key_Return)
    tour.settle()
    editor = QApplication.focusWidget()
    assert isinstance(editor, Editor)
    assert editor.textCursor().block().text() == "A: Ask VTT"
    assert editor.viewport().rect().contains(editor.cursorRect())


def test_a_follow_up_is_for_somebody_whose_mailbox_the_draft_takes(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    write(qtbot, desk, "A: Send the list", BIOBAY, "BioBAY")
    li = Person(names=(PersonName("Li Wei"),), ways=(Way("email", "li@x.cn"),))
    ask(qtbot, desk, lambda book: book.people.add(li))
    marc = ask(
        qtbot, desk, lambda book: book.people.add(Person(names=(PersonName("Marc Dubois"),)))
    )
    ask(qtbot, desk, lambda book: book.own_card.choose(marc.id))
    board = open_board(page, wait_for)
    qtbot.keyClick(board, Qt.Key.Key_P)
    field = QApplication.focusWidget()
    for name in ("Nobody Atall", "li wei"):
        qtbot.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        qtbot.keyClicks(field, name)
        qtbot.keyClick(field, Qt.Key.Key_Return)
        if name == "Nobody Atall":
            wait_for(lambda: says(page, "Nobody here is called “Nobody Atall”."))
    wait_for(lambda: any("Send the list; For Li Wei · BioBAY" in one for one in heard(board)))
    qtbot.keyClick(board, Qt.Key.Key_M)
    letter = page.findChild(LetterView)
    assert isinstance(letter, LetterView)
    wait_for(letter.isVisible)
    assert letter.to.text() == "li@x.cn"
    assert letter.body.toPlainText().startswith("Dear Li Wei,")
    assert letter.body.toPlainText().endswith("Kind regards\nMarc Dubois")


def test_filters_and_owners_show_others(
    qtbot: QtBot, desk: Desk, page: FollowUpsPage, wait_for: Waiter
) -> None:
    write(qtbot, desk, NOTE, BIOBAY, "BioBAY")
    board = open_board(page, wait_for)
    button(page, "Done 0").click()
    wait_for(lambda: any(one.text() == "Show all" for one in page.findChildren(QPushButton)))
    button(page, "Show all").click()
    wait_for(board.isVisible)
    button(page, "Under owners").click()
    wait_for(lambda: heard(board)[0].startswith("Nobody yet"))


def test_a_draft_warns_and_is_kept_in_a_file(
    qtbot: QtBot,
    desk: Desk,
    page: FollowUpsPage,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(qtbot, desk, NOTE, BIOBAY, "BioBAY")
    board = open_board(page, wait_for)
    qtbot.keyClick(board, Qt.Key.Key_M)
    letter = page.findChild(LetterView)
    assert isinstance(letter, LetterView)
    wait_for(letter.isVisible)
    assert "“trust, transparency”" in letter.body.toPlainText()
    assert says(page, "Quoted words are marked Mine")
    target = tmp_path / "draft.eml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    button(page, "Save .eml").click()
    assert b"X-Unsent: 1" in target.read_bytes()
    qtbot.keyClick(letter.to, Qt.Key.Key_Escape)
    assert not letter.isVisible()
    assert board.hasFocus()


def test_the_calendar_is_written_where_it_is_asked_for(
    qtbot: QtBot,
    desk: Desk,
    page: FollowUpsPage,
    wait_for: Waiter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(qtbot, desk, NOTE)
    open_board(page, wait_for)
    target = tmp_path / "follow-ups.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(page.said) as said:
        button(page, "Write a calendar file").click()
    assert said.args == [f"2 follow-ups written to {target}"]
    assert target.read_bytes().count(b"BEGIN:VTODO") == 2


def test_no_other_program_is_asked_before_the_address_was_agreed_to(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen
) -> None:
    opened: list[QUrl] = []
    view = LetterView(desk.look, lambda url: opened.append(url) is None)
    on_screen(view)
    view.show_letter(Letter("", "Clusters", "Dear Fabrizio,"))
    with qtbot.waitSignal(view.said) as said:
        button(view, "Open in mail…").click()
    assert "is not an e-mail address" in said.args[0]
    view.to.setText("li@x.cn")
    button(view, "Open in mail…").click()
    bar = view.findChild(TroubleBar)
    assert isinstance(bar, TroubleBar)
    assert "li@x.cn" in bar.accessibleName()
    assert opened == []
    button(view, "Keep it here").click()
    assert bar.isHidden()
    button(view, "Open in mail…").click()
    button(view, "Open in mail").click()
    assert [one.toString().split("?")[0] for one in opened] == ["mailto:li@x.cn"]


def test_what_was_begun_outlasts_a_look_elsewhere_and_is_said_before_it_is_lost(
    qtbot: QtBot, page: FollowUpsPage
) -> None:
    page.show_place(Place("follow-ups"))
    button(page, "New follow-up").click()
    field = QApplication.focusWidget()
    qtbot.keyClicks(field, "Ask VTT")
    page.leave()
    page.show_place(Place("follow-ups"))
    button(page, "New follow-up").click()
    assert QApplication.focusWidget() is field
    assert isinstance(field, QLineEdit)
    assert field.text() == "Ask VTT"
    assert page.losing() is not None
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert page.losing() is None
