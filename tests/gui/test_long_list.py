"""A list of very many notes: all can be gone to, few are read, and several can be chosen."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import Draft, Revision
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.note_list import NoteRow
from fieldguide.ui.paged import HELD
from fieldguide.ui.pages.notes import NotesPage
from fieldguide.ui.tasks import Worker
from tests.gui.note_steps import ask, button, listing

MANY = 3_000
BIOBAY = Ref("organisation", "biobay")
MONDAY = datetime(2013, 5, 27, 9, 0, tzinfo=UTC)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A profile with notes 1 to 3000; the last saved is the highest.

    Every hundredth is on one record.
    """
    profile = tmp_path_factory.mktemp("crowd")
    db = open_workspace(profile, create=True)
    author = Notebook(db).introduce("Anna")
    with db.writing():
        for number in range(1, MANY + 1):
            title = "BioBAY" if number % 100 == 0 else f"Park {number}"
            text = f"F: number {number}" + (" 生物纳米园" if number % 1_000 == 7 else "")
            when = MONDAY + timedelta(minutes=number)
            db.add_note(f"{number}", when)
            draft = Draft(BIOBAY, title, text=text)
            db.add_revision(Revision.following((), f"{number}", author, draft, when))
    db.close()
    return profile


@pytest.fixture
def crowded(desk: Desk, crowd: Path) -> Iterator[Desk]:
    """A desk over a copy of the crowd."""
    shutil.copytree(crowd, desk.profile, dirs_exist_ok=True)
    notes = Worker(
        "notes", lambda: Notebook(open_workspace(desk.profile, create=False)), Notebook.close
    )
    yield replace(desk, notes=notes)
    notes.close()


@pytest.fixture
def page(crowded: Desk, on_screen: OnScreen, wait_for: Waiter) -> NotesPage:
    page = NotesPage(crowded)
    on_screen(page)
    page.show_place(Place("notes"))
    wait_for(lambda: listing(page).current() is not None)
    page.setFocus()
    return page


def read(page: NotesPage) -> int:
    """How many rows are held."""
    listed = listing(page)
    items = (listed.items.item(row) for row in range(listed.items.rowCount()))
    return sum(isinstance(item, NoteRow) for item in items)


def text(page: NotesPage) -> str:
    row = listing(page).current()
    return row.line.text if isinstance(row, NoteRow) else ""


def seen(page: NotesPage) -> list[str]:
    """What is in sight, as those hear it who do not see it."""
    listed = listing(page)
    last = listed.indexAt(QPoint(0, listed.viewport().height() - 1)).row()
    rows = range(listed.indexAt(QPoint(0, 0)).row(), last + 1)
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(listed.items.index(row).data(role)) for row in rows]


def test_all_notes_are_counted_and_only_those_near_the_eye_are_read(page: NotesPage) -> None:
    assert listing(page).items.rowCount() == MANY
    assert button(page, "Notes 3,000").isVisible()
    assert len(seen(page)) < read(page) < 200
    assert text(page) == "number 3000"


def test_the_keys_lead_to_both_ends(qtbot: QtBot, page: NotesPage, wait_for: Waiter) -> None:
    qtbot.keyClick(listing(page), Qt.Key.Key_End)
    wait_for(lambda: text(page) == "number 1")
    assert listing(page).currentIndex().row() == MANY - 1
    qtbot.keyClick(listing(page), Qt.Key.Key_Home)
    wait_for(lambda: text(page) == "number 3000")
    qtbot.keyClick(listing(page), Qt.Key.Key_PageDown)
    qtbot.keyClick(listing(page), Qt.Key.Key_Down)
    wait_for(lambda: text(page).startswith("number 29"))


def test_what_is_scrolled_to_is_read_and_spoken(page: NotesPage, wait_for: Waiter) -> None:
    listed = listing(page)
    QAbstractItemModelTester(
        listed.items, QAbstractItemModelTester.FailureReportingMode.Fatal, listed
    )
    bar = listed.verticalScrollBar()
    for share in (0.5, 0.2, 0.9, 0.35):
        bar.setValue(round(bar.maximum() * share))
        wait_for(lambda: not any("…" in said for said in seen(page)))
        assert all("Fact; number " in said for said in seen(page))


def test_a_long_way_through_the_list_does_not_fill_the_memory(
    page: NotesPage, wait_for: Waiter
) -> None:
    bar = listing(page).verticalScrollBar()
    for step in range(31):
        bar.setValue(bar.maximum() * step // 30)
        wait_for(lambda: not any("…" in said for said in seen(page)))
    assert read(page) <= HELD


def test_typing_a_name_leads_to_it_though_it_was_never_read(
    qtbot: QtBot, page: NotesPage, wait_for: Waiter
) -> None:
    qtbot.keyClicks(listing(page), "park 12")
    wait_for(lambda: text(page) == "number 1299")
    qtbot.wait(500)
    qtbot.keyClick(listing(page), Qt.Key.Key_B)
    wait_for(lambda: text(page) == "number 1200")
    qtbot.keyClick(listing(page), Qt.Key.Key_B)
    wait_for(lambda: text(page) == "number 1100")


def test_what_is_found_is_counted_whole_and_shows_why(page: NotesPage, wait_for: Waiter) -> None:
    field = page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.setText("number")
    wait_for(lambda: listing(page).items.rowCount() == MANY)
    field.setText("生物纳米园")
    wait_for(lambda: listing(page).items.rowCount() == 3)
    assert text(page) == "number 2007 生物纳米园"


def test_the_list_stays_where_it_was_when_one_comes_back_to_it(
    qtbot: QtBot, crowded: Desk, page: NotesPage, wait_for: Waiter
) -> None:
    qtbot.keyClick(listing(page), Qt.Key.Key_End)
    wait_for(lambda: text(page) == "number 1")
    qtbot.keyClick(listing(page), Qt.Key.Key_Up)
    ask(qtbot, crowded, lambda book: book.start(None, ""))
    page.show_place(Place("notes"))
    wait_for(lambda: listing(page).items.rowCount() == MANY + 1)
    wait_for(lambda: text(page) == "number 2")
    assert "Fact; number 2" in "".join(seen(page))


def test_several_are_chosen_with_the_keys_and_let_go_with_escape(
    qtbot: QtBot, page: NotesPage
) -> None:
    listed = listing(page)
    for _ in range(2):
        qtbot.keyClick(listed, Qt.Key.Key_Down, SHIFT)
    qtbot.keyClick(listed, Qt.Key.Key_Down, CTRL)
    qtbot.keyClick(listed, Qt.Key.Key_Down, CTRL)
    qtbot.keyClick(listed, Qt.Key.Key_Space, CTRL)
    assert listed.chosen() == [3_000, 2_999, 2_998, 2_996]
    qtbot.keyClick(listed, Qt.Key.Key_Escape)
    assert listed.chosen() == [2_996]
    qtbot.keyClick(listed, Qt.Key.Key_A, CTRL)
    assert len(listed.chosen()) == MANY


def test_several_are_chosen_with_the_mouse_and_only_a_plain_click_opens(
    qtbot: QtBot, page: NotesPage
) -> None:
    listed = listing(page)
    opened: list[object] = []
    page.opened.connect(opened.append)

    def click(row: int, keys: Qt.KeyboardModifier) -> None:
        spot = listed.visualRect(listed.items.index(row)).center()
        qtbot.mouseClick(listed.viewport(), Qt.MouseButton.LeftButton, keys, spot)

    click(1, CTRL)
    click(4, SHIFT)
    click(3, CTRL)
    assert listed.chosen() == [3_000, 2_999, 2_998, 2_996]
    assert not opened
    click(2, Qt.KeyboardModifier.NoModifier)
    assert opened == [Place("note", BIOBAY, "2998")]
