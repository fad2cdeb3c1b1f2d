"""The history of a note: found, read, compared, brought back, and settled."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.difference import difference
from fieldguide.domain.notes import Note, Visibility
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook
from fieldguide.services.timeline import timeline
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.difference_view import DifferenceDelegate, DifferenceList
from fieldguide.ui.editor import Editor
from fieldguide.ui.pages.history import HistoryPage
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.parts import Header
from fieldguide.ui.sheet import Box, Words
from fieldguide.ui.step_list import StepList
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button, says

BIOBAY = Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
MONDAY = datetime(2013, 5, 27, 9, 0, tzinfo=UTC)
OLD = "F: 330 companies\nF: Rent RMB 40, period not said\nQ: Match first\nO: the best model"
NEW = "F: 330 companies\nF: Rent RMB 40, per month\nQ Gao Ronghui: Match first\n?: who signs"


class Days:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.now = MONDAY

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def days() -> Days:
    return Days()


@pytest.fixture
def dated(desk: Desk, days: Days) -> Iterator[Desk]:
    """A desk whose notebook goes by that clock."""
    notes = Worker(
        "notes",
        lambda: Notebook(open_workspace(desk.profile, create=True), days),
        Notebook.close,
    )
    yield replace(desk, notes=notes)
    notes.close()


@pytest.fixture
def note(qtbot: QtBot, dated: Desk, days: Days) -> Note:
    """Written on Monday, changed on Tuesday evening and on Wednesday."""

    def write(book: Notebook) -> Note:
        note = book.start(BIOBAY, "BioBAY")
        for day, text in ((0, "F: 330"), (1, OLD), (2, NEW)):
            days.now = MONDAY + timedelta(days=day, hours=day)
            note = book.save(note.id, text, note.revision.id)
        return note

    made = ask(qtbot, dated, write)
    assert isinstance(made, Note)
    return made


@pytest.fixture
def page(dated: Desk, on_screen: OnScreen, wait_for: Waiter, note: Note) -> HistoryPage:
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", BIOBAY, note.id))
    wait_for(lambda: steps(page).step() is not None and says(page, "the last step"))
    page.setFocus()
    return page


def steps(page: QWidget) -> StepList:
    found = page.findChild(StepList)
    assert isinstance(found, StepList)
    return found


def lines(page: QWidget) -> list[str]:
    listed = page.findChild(DifferenceList)
    assert isinstance(listed, DifferenceList)
    return [listed.items.item(row).speech for row in range(listed.items.rowCount())]


def press(qtbot: QtBot, page: QWidget, text: str) -> None:
    qtbot.mouseClick(button(page, text), Qt.MouseButton.LeftButton)


def to_tuesday(qtbot: QtBot, page: HistoryPage, wait_for: Waiter) -> None:
    qtbot.keyClicks(steps(page), "tue")
    wait_for(lambda: "Restore Tuesday 10:00" in [b.text() for b in page.findChildren(QPushButton)])


def test_the_steps_stand_day_by_day_and_the_last_is_beside_what_was_before(
    page: HistoryPage,
) -> None:
    listed = steps(page)
    QAbstractItemModelTester(
        listed.items, QAbstractItemModelTester.FailureReportingMode.Fatal, listed
    )
    said = [listed.items.item(row).speech for row in range(listed.items.rowCount())]
    assert said == [
        "Wednesday 29 May 2013",
        "Wednesday 29 May 2013, 11:00; now; 1 line added, 2 lines changed, 1 line removed; You",
        "Tuesday 28 May 2013",
        "Tuesday 28 May 2013, 10:00; 3 lines added, 1 line changed; You",
        "Monday 27 May 2013",
        "Monday 27 May 2013, 09:00; 1 line, begun; You",
    ]
    assert says(page, "4 saves, shown as 3 steps")


def test_one_save_and_one_step_are_said_in_the_singular(
    qtbot: QtBot, dated: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    begun = ask(qtbot, dated, lambda book: book.start(BIOBAY, "BioBAY"))
    assert isinstance(begun, Note)
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", BIOBAY, begun.id))
    header = page.findChild(Header)
    assert isinstance(header, Header)
    wait_for(lambda: header.note.text() == "1 save")
    ask(qtbot, dated, lambda book: book.save(begun.id, "F: 330", begun.revision.id))
    page.show_place(Place("history", BIOBAY, begun.id))
    wait_for(lambda: header.note.text() == "2 saves, shown as 1 step")


def test_typing_a_weekday_leads_to_its_version_and_to_what_has_changed_since(
    qtbot: QtBot, page: HistoryPage, wait_for: Waiter
) -> None:
    to_tuesday(qtbot, page, wait_for)
    assert lines(page) == [
        "Fact; 330 companies",
        "changed; Fact; Rent RMB 40, [removed: period not said] [added: per month]",
        "changed; Quote; Gao Ronghui; Match first; was nothing, is Gao Ronghui",
        "removed; Opinion; the best model",
        "added; Question; who signs",
    ]
    press(qtbot, page, "As it was")
    text = page.findChild(Editor)
    assert isinstance(text, Editor)
    assert text.isReadOnly()
    assert text.text() == OLD
    with qtbot.waitSignal(page.said):
        press(qtbot, page, "Copy this text")
    assert QGuiApplication.clipboard().text() == OLD


def test_a_version_is_restored_as_one_more_step_and_the_restore_undone(
    qtbot: QtBot, dated: Desk, page: HistoryPage, note: Note, wait_for: Waiter
) -> None:
    ask(qtbot, dated, lambda book: book.set_visibility(note.id, Visibility.ORGANISER))
    page.show_place(Place("history", BIOBAY, note.id))
    wait_for(lambda: says(page, "5 saves"))
    to_tuesday(qtbot, page, wait_for)
    press(qtbot, page, "Restore Tuesday 10:00")
    wait_for(lambda: page.findChild(Toast).isVisible() and says(page, "6 saves"))
    kept = ask(qtbot, dated, lambda book: book.history(note.id))
    assert isinstance(kept, list)
    assert [one.draft.text for one in kept] == [OLD, NEW, NEW, OLD, "F: 330", ""]
    assert kept[0].draft.visibility is Visibility.ORGANISER
    assert any("As it was on Tuesday 28 May 2013, 10:00" in said for said in said_steps(page))
    qtbot.keyClick(steps(page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: says(page, "7 saves"))
    assert ask(qtbot, dated, lambda book: book.note(note.id).text) == NEW


def said_steps(page: HistoryPage) -> list[str]:
    listed = steps(page)
    return [listed.items.item(row).speech for row in range(listed.items.rowCount())]


def test_only_the_removed_lines_can_be_brought_back(
    qtbot: QtBot, dated: Desk, page: HistoryPage, note: Note, wait_for: Waiter
) -> None:
    to_tuesday(qtbot, page, wait_for)
    press(qtbot, page, "Restore 1 removed line")
    wait_for(lambda: says(page, "5 saves"))
    text = ask(qtbot, dated, lambda book: book.note(note.id).text)
    assert text == NEW.replace("\n?:", "\nO: the best model\n?:")


def test_a_restore_over_a_version_that_came_meanwhile_keeps_both(
    qtbot: QtBot, dated: Desk, page: HistoryPage, note: Note, wait_for: Waiter
) -> None:
    to_tuesday(qtbot, page, wait_for)
    ask(qtbot, dated, lambda book: book.save(note.id, "meanwhile", note.revision.id))
    press(qtbot, page, "Restore Tuesday 10:00")
    wait_for(lambda: button(page, "Side by side").isVisible())
    kept = ask(qtbot, dated, lambda book: [one.text for one in book.versions(note.id)])
    assert kept == ["meanwhile", OLD]


@pytest.mark.parametrize(
    ("pressed", "left"),
    [
        ("Keep version 1", "mine"),
        ("Keep version 2", "theirs"),
        ("Keep all, one below the other", "mine\n\ntheirs"),
    ],
)
def test_two_versions_stand_side_by_side_until_one_text_is_kept(
    qtbot: QtBot,
    dated: Desk,
    on_screen: OnScreen,
    wait_for: Waiter,
    note: Note,
    pressed: str,
    left: str,
) -> None:
    for text in ("mine", "theirs"):
        ask(qtbot, dated, lambda book, text=text: book.save(note.id, text, note.revision.id))
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", BIOBAY, note.id))
    wait_for(lambda: says(page, "Version 2 · You"))
    shown = [one.text() for one in page.findChildren(Editor) if one.isVisible()]
    assert shown == ["mine", "theirs"]
    press(qtbot, page, pressed)
    wait_for(lambda: not button(page, "Side by side").isVisible())
    assert ask(qtbot, dated, lambda book: [one.text for one in book.versions(note.id)]) == [left]
    assert "Versions settled" in said_steps(page)[1]


def test_a_note_leads_to_its_history_and_back(
    qtbot: QtBot, dated: Desk, page: HistoryPage, note: Note, on_screen: OnScreen, wait_for: Waiter
) -> None:
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(steps(page), Qt.Key.Key_Escape)
    assert opened.args == [Place("note", BIOBAY, note.id)]
    written = NotePage(dated)
    on_screen(written)
    written.show_place(Place("note", BIOBAY, note.id))
    editor = written.findChild(Editor)
    assert isinstance(editor, Editor)
    wait_for(lambda: editor.text() == NEW)
    with qtbot.waitSignal(written.opened) as opened:
        qtbot.keyClick(editor, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert opened.args == [Place("history", BIOBAY, note.id)]


def test_what_was_typed_last_is_in_the_history_that_is_opened(
    qtbot: QtBot, dated: Desk, note: Note, on_screen: OnScreen, wait_for: Waiter
) -> None:
    written = NotePage(dated)
    on_screen(written)
    written.show_place(Place("note", BIOBAY, note.id))
    editor = written.findChild(Editor)
    assert isinstance(editor, Editor)
    wait_for(lambda: editor.text() == NEW)
    qtbot.keyClicks(editor, "?")
    written.leave()
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", BIOBAY, note.id))
    wait_for(lambda: "added; Question; who signs?" in lines(page))


def test_a_history_that_is_not_there_says_so(
    qtbot: QtBot, dated: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", None, "none"))
    wait_for(lambda: any(b.text() == "To the notes" for b in page.findChildren(QPushButton)))
    with qtbot.waitSignal(page.opened) as opened:
        press(qtbot, page, "To the notes")
    assert opened.args == [Place("notes")]


def test_lines_that_stayed_are_put_away_and_brought_by_enter(
    qtbot: QtBot, desk: Desk, shown: Callable[..., QWidget]
) -> None:
    listed = DifferenceList(desk.look, "What differs")
    shown(listed)
    before = "\n".join(f"line {number}" for number in range(9))
    listed.show_difference(difference(before, before + "\nmore"))
    said = [listed.items.item(row).speech for row in range(listed.items.rowCount())]
    assert said == ["8 lines unchanged", "line 8", "added; more"]
    listed.setFocus()
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert listed.items.rowCount() == 10


def test_a_difference_of_many_lines_is_shown_at_once(
    desk: Desk, shown: Callable[..., QWidget]
) -> None:
    listed = DifferenceList(desk.look, "What differs")
    shown(listed)
    listed.show_difference(difference("", "word " * 50_000 + "\nline" * 9_000))
    rows = listed.items.rowCount()
    assert 0 < rows <= 401


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_word_of_a_long_line_is_drawn_within_the_row(
    desk: Desk, wear: Callable[[Theme], None], shown: Callable[..., QWidget], scale: float
) -> None:
    wear(Theme("light", scale))
    listed = DifferenceList(desk.look, "What differs")
    shown(listed)
    long = "F: " + "生物纳米园 rents at 40 a month " * 12 + "x" * 400
    listed.show_difference(difference(long, long.replace("month", "year")))
    drawing = listed.drawing
    assert isinstance(drawing, DifferenceDelegate)
    sheet = drawing.sheet(listed.items.index(0))
    texts = [part for part in sheet.parts if isinstance(part, Words)]
    whole = "".join(part.text for part in texts if part.role == "note" and not part.strike)
    assert whole == long[3:].replace("month", "year")
    edges = [part.rect for part in sheet.parts if isinstance(part, Words | Box)]
    assert max(rect.right() for rect in edges) <= listed.row_width()
    assert max(rect.bottom() for rect in edges) <= sheet.height


def test_a_history_of_thousands_of_saves_shows_its_last_steps_then_all_and_counts_those_in_sight(
    qtbot: QtBot, dated: Desk, days: Days, on_screen: OnScreen, wait_for: Waiter
) -> None:
    def write(book: Notebook) -> Note:
        note = book.start(BIOBAY, "BioBAY")
        for number in range(500):
            days.now += timedelta(minutes=1 if number % 5 else 400)
            text = f"F: 生物纳米园 {number}\r\n" + "a long line " * 30 + f"\r\nO: {number // 5}"
            note = book.save(note.id, text, note.revision.id)
        return note

    note = ask(qtbot, dated, write)
    assert isinstance(note, Note)
    many = ask(qtbot, dated, lambda book: len(timeline(book, note.id).steps))
    page = HistoryPage(dated)
    on_screen(page)
    page.show_place(Place("history", BIOBAY, note.id))
    wait_for(lambda: says(page, "501 saves") and steps(page).step() is not None)
    page.setFocus()
    wait_for(lambda: says(page, f"501 saves, shown as {many} steps"))
    wait_for(lambda: sum("Someone" in said or "You" in said for said in said_steps(page)) == many)
    assert steps(page).currentIndex().row() == 1
    qtbot.keyClick(steps(page), Qt.Key.Key_End)
    wait_for(lambda: "Begun" in said_steps(page)[-1])
    wait_for(lambda: "3 lines added" in said_steps(page)[-2] + said_steps(page)[-3])
    assert any("…" in said for said in said_steps(page))
    wait_for(lambda: "added; Fact; 生物纳米园 499" in lines(page))
