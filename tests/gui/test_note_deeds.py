"""What is done to many notes at once is one deed with one undo; the trash, and what leaves it."""

import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.backups import Reason
from fieldguide.domain.entries import Question
from fieldguide.domain.notes import Visibility
from fieldguide.domain.people import Person, PersonName
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.attachments import look_at
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.emptying import Emptying
from fieldguide.ui.filing import FilingBar
from fieldguide.ui.note_deeds import NoteDeeds
from fieldguide.ui.pages.notes import NotesPage
from fieldguide.ui.tasks import Worker
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button, cards, listing, says, write

BIOBAY = Ref("organisation", "biobay")
RENJI = Ref("organisation", "renji-hospital")
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> NotesPage:
    """Four notes, the first two of them chosen."""
    note = write(qtbot, desk, "four", BIOBAY, "BioBAY")
    ask(qtbot, desk, lambda book: book.set_visibility(note.id, Visibility.PUBLISHABLE))
    for text in ("three", "two", "one"):
        write(qtbot, desk, text)
    return opened(qtbot, desk, on_screen, wait_for)


def opened(qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> NotesPage:
    page = NotesPage(desk)
    on_screen(page)
    page.show_place(Place("notes"))
    wait_for(lambda: listing(page).current() is not None)
    page.setFocus()
    return page


def rows(page: NotesPage) -> int:
    return listing(page).items.rowCount()


def choose(qtbot: QtBot, page: NotesPage, number: int) -> None:
    qtbot.keyClick(listing(page), Qt.Key.Key_Home)
    for _ in range(number - 1):
        qtbot.keyClick(listing(page), Qt.Key.Key_Down, SHIFT)


def undo(qtbot: QtBot, page: NotesPage, wait_for: Waiter) -> None:
    wait_for(lambda: page.findChild(Toast).isVisible())
    qtbot.keyClick(listing(page), Qt.Key.Key_Z, CTRL)


def press(qtbot: QtBot, page: QWidget, text: str) -> None:
    qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def state(qtbot: QtBot, desk: Desk) -> list[tuple[str, str, str]]:
    return [(card.opening, card.title, card.visibility) for card in cards(qtbot, desk)]


def test_several_notes_go_to_the_trash_and_come_back_by_one_undo(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    choose(qtbot, page, 3)
    qtbot.keyClick(listing(page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(page) == 1)
    assert says(page, "3 notes moved to the trash")
    undo(qtbot, page, wait_for)
    wait_for(lambda: rows(page) == 4)
    assert not page.findChild(Toast).isVisible()


def test_readers_of_several_notes_are_set_at_once_and_each_gets_its_own_back(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    before = sorted(state(qtbot, desk))
    qtbot.keyClick(listing(page), Qt.Key.Key_A, CTRL)
    menu = button(page, "Readers").menu()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == "Organiser").trigger()
    wait_for(lambda: {readers for _, _, readers in state(qtbot, desk)} == {"organiser"})
    assert says(page, "4 notes: readers set to Organiser")
    undo(qtbot, page, wait_for)
    wait_for(lambda: sorted(state(qtbot, desk)) == before)


def test_notes_are_filed_under_a_record_by_typing_its_name(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    press(qtbot, page, "To file 3")
    wait_for(lambda: rows(page) == 3)
    choose(qtbot, page, 2)
    press(qtbot, page, "File under…")
    field = page.findChild(FilingBar).findChild(QLineEdit)
    field.setText("仁济")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    wait_for(lambda: rows(page) == 1)
    assert [title for text, title, _ in state(qtbot, desk) if text in ("one", "two")] == [
        "Renji Hospital"
    ] * 2
    assert all(card.about == RENJI for card in cards(qtbot, desk) if card.opening == "one")
    undo(qtbot, page, wait_for)
    wait_for(lambda: rows(page) == 3)


def test_filing_is_left_with_escape_and_the_arrows_choose_another_record(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    bar = page.findChild(FilingBar)
    press(qtbot, page, "File under…")
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    press(qtbot, page, "File under…")
    qtbot.keyClicks(bar.field, "suzhou")
    wait_for(lambda: bar.rows.items.rowCount() > 1)
    for _ in range(2):
        qtbot.keyClick(bar.field if bar.field.hasFocus() else bar.rows, Qt.Key.Key_Down)
    wanted = bar.rows.items.item(1).place
    qtbot.keyClick(bar.rows, Qt.Key.Key_Return)
    wait_for(lambda: any(card.about == wanted.ref for card in cards(qtbot, desk)))


def test_only_the_chosen_notes_are_exported(
    qtbot: QtBot,
    page: NotesPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    target = tmp_path / "notes.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    choose(qtbot, page, 2)
    menu = button(page, "Export to Markdown").menu()
    action = menu.actions()[0]
    assert action.text() == "2 chosen notes, for myself"
    with qtbot.waitSignal(page.said) as said:
        action.trigger()
    assert said.args[0].startswith("2 notes written")
    assert len(zipfile.ZipFile(target).namelist()) == 2


def test_the_trash_says_when_a_note_goes_and_takes_several_out_at_once(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    choose(qtbot, page, 2)
    qtbot.keyClick(listing(page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(page) == 2)
    press(qtbot, page, "Trash 2")
    wait_for(lambda: button(page, "Restore").isVisible())
    row = listing(page).current()
    assert row is not None
    goes = datetime.now().astimezone().date() + timedelta(days=30)
    assert f"goes on {goes.day} {goes:%b %Y}" in row.speech
    choose(qtbot, page, 2)
    qtbot.keyClick(listing(page), Qt.Key.Key_Return)
    wait_for(lambda: len(cards(qtbot, desk)) == 4)


def test_a_removed_person_is_in_the_trash_and_comes_back_from_it(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    def people() -> object:
        return ask(qtbot, desk, lambda book: book.people.count())

    def remove(book: Notebook) -> None:
        book.people.remove(book.people.add(Person(names=(PersonName("Li Wei"),))).id)
        book.questions.remove(book.questions.add(Question("Who pays?")).id)

    ask(qtbot, desk, remove)
    page.show_place(Place("notes"))
    wait_for(lambda: any(one.text() == "Trash 1" for one in page.findChildren(QPushButton)))
    press(qtbot, page, "Trash 1")
    wait_for(lambda: rows(page) == 1 and listing(page).current() is not None)
    row = listing(page).current()
    assert row is not None
    assert row.speech.startswith("Li Wei; Person; removed ")
    goes = datetime.now().astimezone().date() + timedelta(days=30)
    assert row.speech.endswith(f"goes on {goes.day} {goes:%b %Y}")
    choose(qtbot, page, 1)
    qtbot.keyClick(listing(page), Qt.Key.Key_Return)
    wait_for(lambda: people() == 1)
    assert says(page, "Restored: Li Wei")
    press(qtbot, page, "Undo")
    wait_for(lambda: people() == 0)


def backups(desk: Desk) -> list[Reason]:
    return [backup.reason for backup in Backups(desk.profile).list()]


def test_the_trash_is_emptied_only_when_that_was_said_twice_and_behind_a_backup(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    qtbot.keyClick(listing(page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(page) == 3)
    press(qtbot, page, "Trash 1")
    wait_for(lambda: button(page, "Empty the trash…").isVisible())
    press(qtbot, page, "Empty the trash…")
    assert says(page, "Notes and people: 1, files: 0. They go for good")
    press(qtbot, page, "Keep it")
    assert ask(qtbot, desk, lambda book: book.tally()) == (3, 1)
    press(qtbot, page, "Empty the trash…")
    press(qtbot, page, "Empty the trash")
    wait_for(lambda: ask(qtbot, desk, lambda book: book.tally()) == (3, 0))
    assert Reason.PURGE in backups(desk)


def test_the_keys_never_fall_from_restore_to_emptying_a_trash_that_holds_nothing_more(
    qtbot: QtBot, page: NotesPage, wait_for: Waiter
) -> None:
    qtbot.keyClick(listing(page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(page) == 3)
    press(qtbot, page, "Trash 1")
    wait_for(lambda: rows(page) == 1)
    choose(qtbot, page, 1)
    wait_for(lambda: button(page, "Restore").isVisible())
    button(page, "Restore").setFocus()
    qtbot.keyClick(button(page, "Restore"), Qt.Key.Key_Space)
    wait_for(lambda: not button(page, "Empty the trash…").isEnabled())
    assert QApplication.focusWidget() is not button(page, "Empty the trash…")


def test_nothing_leaves_the_trash_when_no_backup_can_be_made(
    qtbot: QtBot, desk: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    def fail() -> Backups:
        raise WorkspaceUnavailable("The disk is full.")

    qtbot.keyClick(listing(page), Qt.Key.Key_Delete)
    wait_for(lambda: rows(page) == 3)
    broken = Worker("backups", fail, lambda _: None)
    emptying = Emptying(desk.notes, broken)
    with qtbot.waitSignal(emptying.said) as said:
        emptying.empty()
    assert said.args == ["Nothing left the trash. The disk is full."]
    assert ask(qtbot, desk, lambda book: book.tally()) == (3, 1)
    broken.close()


def test_a_file_taken_off_its_note_is_put_back_from_its_list_and_taken_off_by_undo(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    note = write(qtbot, desk, "with a plan", BIOBAY, "BioBAY")

    def attach(book: Notebook) -> None:
        one = book.album.attach(note.id, look_at("plan.pdf", b"%PDF-1"))
        book.album.remove(book.album.set_caption(one, "The new wing"))

    ask(qtbot, desk, attach)
    page = opened(qtbot, desk, on_screen, wait_for)
    press(qtbot, page, "Removed files 1")
    wait_for(lambda: getattr(listing(page).current(), "title", "") == "plan.pdf")
    row = listing(page).current()
    assert row is not None
    assert "plan.pdf; The new wing · BioBAY; 1 kB; goes on" in row.speech
    qtbot.keyClick(listing(page), Qt.Key.Key_Return)
    wait_for(lambda: says(page, "Put back: plan.pdf"))
    assert ask(qtbot, desk, lambda book: len(book.album.attachments(note.id))) == 1
    press(qtbot, page, "Undo")
    wait_for(lambda: rows(page) == 1)
    assert ask(qtbot, desk, lambda book: len(book.album.attachments(note.id))) == 0


def test_what_is_thirty_days_old_leaves_the_trash_at_a_start_behind_a_backup(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    days = [datetime(2013, 5, 28, 9, 0).astimezone()]
    book = Notebook(open_workspace(desk.profile, create=True), lambda: days[0])
    for text in ("goes", "stays"):
        note = book.start(None, "")
        book.save(note.id, text, note.revision.id)
    book.delete(next(card.id for card in book.notes() if card.opening == "goes"))
    book.disposal.look()
    for _ in range(29):
        days[0] += timedelta(days=1)
        book.disposal.look()
    book.close()
    days[0] += timedelta(days=1)
    notes = Worker(
        "notes",
        lambda: Notebook(open_workspace(desk.profile, create=False), lambda: days[0]),
        Notebook.close,
    )
    emptying = Emptying(notes, desk.backups)
    with qtbot.waitSignal(emptying.said) as said:
        emptying.purge()
    assert said.args == ["1 item left the trash for good; a backup still holds it."]
    assert backups(desk) == [Reason.PURGE]
    assert ask(qtbot, replace(desk, notes=notes), lambda book: book.tally()) == (1, 0)
    notes.close()


def test_braces_in_a_title_are_only_signs(qtbot: QtBot, desk: Desk, page: NotesPage) -> None:
    toast = Toast(desk.look)
    qtbot.addWidget(toast)
    deeds = NoteDeeds(desk, toast)
    numbers = listing(page).items.order[:2]
    with qtbot.waitSignal(deeds.done):
        deeds.file(numbers, BIOBAY, "Park {A}")
    assert says(toast, "2 notes filed under Park {A}")
