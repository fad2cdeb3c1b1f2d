"""The passphrase by keyboard: set, used, changed, removed; the code on paper; what is said."""

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.safety import KeyState, code_letters, length_of
from fieldguide.errors import FieldGuideError, WrongPassphrase
from fieldguide.services.notebook import Notebook
from fieldguide.services.safety import Safety
from fieldguide.ui.code_card import CodeCard, print_code
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.key_forms import KeyForm
from fieldguide.ui.pages.passphrase import PassphrasePage
from tests.gui.conftest import CHEAP

OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
OLD, NEW = "lantern seven ferry umbrella", "four other words here"


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen) -> PassphrasePage:
    made = PassphrasePage(desk)
    on_screen(made)
    show(made, "")
    return made


def show(page: PassphrasePage, detail: str) -> None:
    page.show_place(Place("passphrase", detail=detail))
    page.setFocus()


def words(page: QWidget) -> str:
    return "\n".join(one.text() for one in page.findChildren(QLabel) if one.isVisible())


def fields(page: QWidget) -> list[QLineEdit]:
    return [one for one in page.findChildren(QLineEdit) if one.isVisible()]


def form_of(page: QWidget) -> KeyForm:
    return next(one for one in page.findChildren(KeyForm) if one.isVisible())


def button(page: QWidget, name: str) -> QPushButton:
    return next(
        one
        for one in page.findChildren(QPushButton)
        if one.isVisible() and name in (one.text(), one.accessibleName())
    )


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    one = button(page, name)
    one.setFocus()
    qtbot.keyClick(one, Qt.Key.Key_Space)


def type_in(page: QWidget, *texts: str) -> None:
    """Into the field that has the keys, then Enter to the next."""
    for text in texts:
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        QTest.keyClicks(focused, text)
        QTest.keyClick(focused, Qt.Key.Key_Return)


def tick(qtbot: QtBot, page: QWidget) -> None:
    box = next(one for one in page.findChildren(QCheckBox) if one.isVisible())
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Space)


def code_shown(page: QWidget) -> str:
    return next(line for line in words(page).splitlines() if line.count("-") == 7)


def safety(desk: Desk) -> Safety:
    """Another holder of the keys of the same files, as after a new start."""
    return Safety(desk.profile, cost=CHEAP)


def write(desk: Desk, wait_for: Waiter, text: str) -> None:
    done: list[None] = []

    def save(book: Notebook) -> None:
        note = book.start(None, "")
        book.save(note.id, text, note.revision.id)

    desk.notes.do(save, done.append)
    wait_for(lambda: bool(done))


def guard(desk: Desk, wait_for: Waiter) -> str:
    """Set a passphrase without the page; returns the code."""
    code = Safety.new_code()
    done: list[object] = []
    desk.notes.do(
        lambda book: desk.access.while_closed(book, lambda own: own.set_passphrase(OLD, code)),
        done.append,
    )
    wait_for(lambda: bool(done))
    return code


def test_a_first_passphrase_is_set_by_keys_alone(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    show(page, "welcome")
    write(desk, wait_for, "before")
    set_it = button(page, "Set passphrase")
    assert not set_it.isEnabled()
    type_in(page, OLD, OLD)
    assert "paper" in words(page)
    assert not set_it.isEnabled()
    code = code_shown(page)
    tick(qtbot, page)
    assert set_it.isEnabled()
    fields(page)[1].setFocus()
    qtbot.keyClick(fields(page)[1], Qt.Key.Key_Return)
    wait_for(lambda: "The passphrase is set" in words(page))
    assert desk.access.guarded
    assert code not in words(page)
    assert QApplication.focusWidget() is button(page, "Done")
    assert not any(one.text() for one in page.findChildren(QLineEdit))
    write(desk, wait_for, "after")
    other = safety(desk)
    assert other.state() is KeyState.PASSPHRASE
    with pytest.raises(WrongPassphrase):
        other.unlock(NEW)
    assert list(other.recover(code, NEW)) == []
    book = other.open_notebook(create=False)
    assert {book.note(card.id).text for card in book.notes()} == {"before", "after"}
    book.close()
    with qtbot.waitSignal(page.opened) as went:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert went.args == [Place("welcome")], "somebody who has not started yet goes on with that"


def test_one_comes_back_to_where_one_came_from(qtbot: QtBot, page: PassphrasePage) -> None:
    for detail, back in (
        ("welcome", Place("welcome")),
        ("", Place("settings", detail="safety")),
    ):
        show(page, detail)
        with qtbot.waitSignal(page.opened) as went:
            button(page, "Not now").click()
        assert went.args == [back]


def test_tab_goes_down_the_form(qtbot: QtBot, page: PassphrasePage) -> None:
    found = []
    for _ in range(8):
        focused = QApplication.focusWidget()
        assert focused is not None
        found.append(focused.accessibleName() or getattr(focused, "text", str)())
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    assert found == [
        "Passphrase, shown while you type",
        "Show what is typed",
        "The same again",
        "Show what is typed",
        "Copy the recovery code",
        "Print the recovery code",
        "I have it on paper",
        "Not now",
    ]


def test_nothing_is_sent_before_all_is_there(
    qtbot: QtBot, desk: Desk, page: PassphrasePage
) -> None:
    form = form_of(page)
    sent: list[None] = []
    form.sent.connect(lambda: sent.append(None))
    tick(qtbot, page)
    page.setFocus()
    type_in(page, "short", "short")
    assert "at least 8 characters" in words(page)
    fields(page)[0].setText(OLD)
    fields(page)[1].setText(OLD + " ")
    qtbot.keyClick(fields(page)[1], Qt.Key.Key_Return)
    assert "not the same yet" in words(page)
    assert not sent
    fields(page)[1].setText(OLD)
    qtbot.keyClick(fields(page)[1], Qt.Key.Key_Return)
    assert sent == [None]


@pytest.mark.parametrize(
    ("typed", "said", "is_long"),
    [
        ("", "4 or more words", False),
        ("umbrella", "One word, 8 characters. Each word more", False),
        ("no no no no no no no no", "One word, 23 characters", False),
        ("lantern seven", "2 different words, 13 characters. Each", False),
        (OLD, "4 different words, 28 characters. That is long, unless", True),
    ],
)
def test_the_length_is_told_and_nothing_more(
    page: PassphrasePage, typed: str, said: str, is_long: bool
) -> None:
    fields(page)[0].setText(typed)
    assert said in words(page)
    assert length_of(typed).long is is_long


def test_what_is_typed_is_shown_until_the_eye_is_closed(qtbot: QtBot, page: PassphrasePage) -> None:
    type_in(page, OLD)
    first = fields(page)[0]
    assert first.displayText() == OLD
    eye = first.nextInFocusChain()
    qtbot.keyClick(eye, Qt.Key.Key_Space)
    assert OLD not in first.displayText()


def test_a_wrong_passphrase_is_said_and_can_be_tried_again(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    guard(desk, wait_for)
    show(page, "")
    type_in(page, "wrong words", NEW, NEW)
    wait_for(lambda: "look for a slip" in words(page))
    first = fields(page)[0]
    assert QApplication.focusWidget() is first
    assert first.selectedText() == "wrong words"
    qtbot.keyClicks(first, OLD)
    assert "look for a slip" not in words(page)
    press(qtbot, page, "Change passphrase")
    wait_for(lambda: "The passphrase is changed" in words(page))
    safety(desk).unlock(NEW)


def test_another_code_takes_the_place_of_the_one_before(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    before = guard(desk, wait_for)
    show(page, "code")
    now = code_shown(page)
    type_in(page, OLD)
    tick(qtbot, page)
    press(qtbot, page, "Set the code")
    wait_for(lambda: "Destroy the paper" in words(page))
    with pytest.raises(FieldGuideError):
        safety(desk).recover(before, NEW)
    assert list(safety(desk).recover(now, NEW)) == []


def test_the_passphrase_is_removed_after_what_follows_was_said(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    guard(desk, wait_for)
    show(page, "remove")
    assert "copies on a stick as well" in words(page)
    type_in(page, OLD)
    wait_for(lambda: "The passphrase is removed" in words(page))
    assert safety(desk).state() is KeyState.OPEN
    assert not desk.access.guarded


def test_what_could_not_be_reached_stays_to_be_read(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter, tmp_path: Path
) -> None:
    write(desk, wait_for, "text")
    stick = tmp_path / "stick"
    stick.mkdir()
    own = safety(desk).backups
    own.set_second_copy(stick)
    own.make()
    stick.rename(tmp_path / "drawer")
    type_in(page, OLD, OLD)
    tick(qtbot, page)
    press(qtbot, page, "Set passphrase")
    wait_for(lambda: "The passphrase is set" in words(page))
    assert str(stick) in words(page)
    qtbot.wait(100)
    assert str(stick) in words(page)


def test_the_older_backups_that_go_are_counted_before(
    desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    write(desk, wait_for, "text")
    safety(desk).backups.make()
    safety(desk).backups.make()
    show(page, "")
    wait_for(lambda: "older backups (2) are removed" in words(page))


def test_the_code_stays_the_same_until_it_is_used(
    qtbot: QtBot, page: PassphrasePage, wait_for: Waiter
) -> None:
    code = code_shown(page)
    press(qtbot, page, "Copy the recovery code")
    assert QGuiApplication.clipboard().text() == code
    assert code_letters(code)
    page.leave()
    show(page, "")
    assert code_shown(page) == code, "it may be on paper already"


def test_the_code_is_printed_on_one_page(
    qtbot: QtBot, page: PassphrasePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "code.pdf"

    def accept(dialog: QPrintDialog) -> int:
        dialog.printer().setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        dialog.printer().setOutputFileName(str(paper))
        return 1

    monkeypatch.setattr(QPrintDialog, "exec", accept)
    with qtbot.waitSignal(form_of(page).said):
        press(qtbot, page, "Print the recovery code")
    data = paper.read_bytes()
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == 1
    blank = tmp_path / "blank.pdf"
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(blank))
    print_code(printer, "", date(2026, 11, 24))
    assert len(data) > len(blank.read_bytes())


def test_the_window_goes_on_while_the_key_is_wrapped(
    qtbot: QtBot, desk: Desk, page: PassphrasePage, wait_for: Waiter
) -> None:
    held: list[None] = []
    type_in(page, OLD, OLD)
    tick(qtbot, page)
    desk.notes.do(lambda _: time.sleep(0.3), held.append)
    press(qtbot, page, "Set passphrase")
    assert not held
    assert button(page, "Working…")
    assert not button(page, "Working…").isEnabled()
    show(page, "")
    assert button(page, "Working…"), "what is under way stays to be seen"
    wait_for(lambda: "The passphrase is set" in words(page))


def test_a_code_that_lay_open_is_another_when_one_comes_back(
    desk: Desk, on_screen: Callable[[QWidget], None]
) -> None:
    page = PassphrasePage(desk)
    on_screen(page)
    page.show_place(Place("passphrase"))
    card = page.findChild(CodeCard)
    assert isinstance(card, CodeCard)
    seen = card.code
    page.hide()
    page.show()
    assert card.code != seen
    assert not card.on_paper()
