"""The search palette, driven by keys over the real guide and the real notebook."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLineEdit, QListView, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.hits import HitModel, Row
from fieldguide.ui.palette import Palette
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme
from tests.gui.note_steps import ask

RENJI = Ref("organisation", "renji-hospital")
Shown = Callable[..., QWidget]
Waiter = Callable[[Callable[[], bool]], None]


class Driver:
    """The palette as its user has it: a line, a list, and what it asked for."""

    def __init__(self, palette: Palette, qtbot: QtBot, wait_for: Waiter) -> None:
        self.palette, self.bot, self.wait = palette, qtbot, wait_for
        self.line = palette.findChild(QLineEdit)
        self.list = palette.findChild(QListView)
        self.opened: list[Place] = []
        self.said: list[str] = []
        palette.opened.connect(self.opened.append)
        palette.said.connect(self.said.append)

    @property
    def rows(self) -> tuple[Row, ...]:
        model = self.list.model()
        assert isinstance(model, HitModel)
        return model.rows

    @property
    def row(self) -> Row | None:
        index = self.list.currentIndex()
        return self.rows[index.row()] if index.isValid() else None

    def chips(self) -> list[QPushButton]:
        return [one for one in self.palette.findChildren(QPushButton) if one.isVisible()]

    def chip(self) -> str:
        return next(one.text() for one in self.chips() if one.isChecked())

    def search(self, text: str, ready: Callable[[], bool]) -> None:
        self.line.clear()
        for char in text:
            # Only ASCII has keys; an input method inserts all other characters.
            if char.isascii():
                self.bot.keyClicks(self.line, char)
            else:
                self.line.insert(char)
        self.settle()
        self.wait(ready)

    def settle(self) -> None:
        """Wait for what was asked so far: each worker answers in order."""
        done: list[object] = []
        self.palette.desk.guide.do(lambda _: None, done.append)
        self.palette.desk.notes.do(lambda _: None, done.append, done.append)
        self.wait(lambda: len(done) == 2)

    def press(self, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
        modifier = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifier |= one
        self.bot.keyClick(self.line, key, modifier)


@pytest.fixture
def below(shown: Shown) -> QWidget:
    whole = QWidget()
    shown(whole, 1280, 800)
    return whole


@pytest.fixture
def drive(desk: Desk, below: QWidget, qtbot: QtBot, wait_for: Waiter) -> Driver:
    return _started(desk, below, qtbot, wait_for)


def _started(desk: Desk, below: QWidget, qtbot: QtBot, wait_for: Waiter) -> Driver:
    palette = Palette(desk, below)
    driver = Driver(palette, qtbot, wait_for)
    QAbstractItemModelTester(
        driver.list.model(), QAbstractItemModelTester.FailureReportingMode.Fatal, palette
    )
    palette.start()
    wait_for(lambda: bool(driver.rows))
    return driver


def _first(drive: Driver, ref: Ref) -> Callable[[], bool]:
    return lambda: bool(drive.rows) and drive.rows[0].place == Place("record", ref)


@pytest.mark.parametrize("typed", ["renji", "仁济", "rjyy", "Rénjì", "renji hospitl"])
def test_the_hospital_is_first_in_any_script(drive: Driver, typed: str) -> None:
    drive.search(typed, _first(drive, RENJI))
    assert drive.row == drive.rows[0]
    assert "仁济医院" in drive.rows[0].spoken


def test_without_a_word_it_offers_the_sections(drive: Driver) -> None:
    assert Place("directory", detail="hospitals") in [row.place for row in drive.rows]


def test_enter_opens_and_closes(drive: Driver) -> None:
    drive.search("renji", _first(drive, RENJI))
    drive.press(Qt.Key.Key_Return)
    assert drive.opened == [Place("record", RENJI)]
    assert drive.palette.isHidden()


def test_enter_typed_ahead_opens_what_was_typed(drive: Driver) -> None:
    drive.bot.keyClicks(drive.line, "renji")
    drive.press(Qt.Key.Key_Return)
    drive.wait(lambda: bool(drive.opened))
    assert drive.opened == [Place("record", RENJI)]


def test_arrows_move_and_stop_at_the_ends(drive: Driver) -> None:
    drive.search("hospital", lambda: len(drive.rows) > 3)
    drive.press(Qt.Key.Key_Up)
    assert drive.row == drive.rows[0]
    drive.press(Qt.Key.Key_Down)
    drive.press(Qt.Key.Key_Down)
    assert drive.row == drive.rows[2]
    drive.press(Qt.Key.Key_Return)
    assert drive.opened == [drive.rows[2].place]


def test_a_click_opens_a_row(drive: Driver) -> None:
    drive.search("renji", _first(drive, RENJI))
    spot = drive.list.visualRect(drive.list.model().index(0, 0)).center()
    drive.bot.mouseClick(drive.list.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert drive.opened == [Place("record", RENJI)]


def test_what_was_opened_is_offered_again(drive: Driver) -> None:
    drive.search("renji", _first(drive, RENJI))
    drive.press(Qt.Key.Key_Return)
    drive.palette.start()
    drive.wait(_first(drive, RENJI))
    assert drive.rows[0].why == "opened before"


def test_tab_goes_through_the_kinds_and_back(drive: Driver) -> None:
    drive.search("hospital", lambda: len(drive.chips()) > 2)
    everything = drive.chip()
    drive.press(Qt.Key.Key_Tab)
    drive.wait(lambda: drive.chip() != everything)
    kinds = {row.place.ref.kind for row in drive.rows if row.place and row.place.ref}
    assert kinds == {"organisation"}
    assert drive.line.hasFocus()
    drive.press(Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    drive.wait(lambda: drive.chip() == everything)


def test_a_kind_that_holds_nothing_of_it_gives_way_to_everything(drive: Driver) -> None:
    drive.search("hospital", lambda: len(drive.chips()) > 2)
    drive.press(Qt.Key.Key_Tab)
    drive.wait(lambda: drive.chip().startswith("Organisations"))
    drive.search("zhang jiong", lambda: any("Jiong" in row.title for row in drive.rows))
    assert drive.rows[0].place is not None


def test_escape_gives_the_keys_back(
    desk: Desk, qtbot: QtBot, shown: Shown, wait_for: Waiter
) -> None:
    whole = QWidget()
    field = QLineEdit(whole)
    shown(whole, 1280, 800)
    field.setFocus()
    wait_for(field.hasFocus)
    drive = _started(desk, whole, qtbot, wait_for)
    assert drive.line.hasFocus()
    drive.press(Qt.Key.Key_Escape)
    assert drive.palette.isHidden()
    assert field.hasFocus()


def test_a_click_beside_it_closes_it(drive: Driver) -> None:
    drive.bot.mouseClick(drive.palette, Qt.MouseButton.LeftButton, pos=QPoint(4, 4))
    assert drive.palette.isHidden()


def test_hanzi_are_copied_and_said(drive: Driver) -> None:
    drive.search("renji", _first(drive, RENJI))
    drive.press(
        Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    )
    assert QGuiApplication.clipboard().text() == "仁济医院"
    assert drive.said == ["Copied 仁济医院"]


def test_a_note_begins_on_the_row(drive: Driver) -> None:
    drive.search("renji", _first(drive, RENJI))
    drive.press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert drive.opened == [Place("note", RENJI, "new")]


def test_its_keys_go_before_those_of_the_window(
    drive: Driver, below: QWidget, qtbot: QtBot
) -> None:
    taken: list[str] = []
    for key in ("Ctrl+N", "Ctrl+Shift+C", "Ctrl+2"):
        QShortcut(QKeySequence(key), below, lambda key=key: taken.append(key))
    drive.search("renji", _first(drive, RENJI))
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    drive.press(Qt.Key.Key_C, control, shift)
    drive.press(Qt.Key.Key_2, control)
    drive.press(Qt.Key.Key_N, control)
    assert taken == ["Ctrl+2"]
    assert drive.said == ["Copied 仁济医院"]
    assert drive.opened == [Place("note", RENJI, "new")]


def test_going_elsewhere_closes_it(
    desk: Desk, qtbot: QtBot, shown: Shown, wait_for: Waiter
) -> None:
    whole = QWidget()
    field = QLineEdit(whole)
    shown(whole, 1280, 800)
    drive = _started(desk, whole, qtbot, wait_for)
    field.setFocus(Qt.FocusReason.OtherFocusReason)
    assert drive.palette.isHidden()
    assert field.hasFocus()


def test_a_miss_can_be_noted(drive: Driver, desk: Desk) -> None:
    drive.search("qwxzzy", lambda: any(row.text for row in drive.rows))
    assert drive.row is None
    drive.press(Qt.Key.Key_Return)
    assert drive.opened == []
    drive.press(Qt.Key.Key_Down)
    drive.press(Qt.Key.Key_Down)
    drive.press(Qt.Key.Key_Return)
    drive.wait(lambda: bool(drive.opened))
    texts: list[str] = []
    desk.notes.do(lambda notebook: notebook.note(drive.opened[0].detail).text, texts.append)
    drive.wait(lambda: bool(texts))
    assert texts == ["qwxzzy\n"]


@pytest.mark.parametrize(
    ("day", "visit"), [(28, Ref("visit", "biobay-2013")), (3, None)], ids=["in a visit", "before"]
)
def test_a_miss_becomes_a_question_of_the_visit_of_now_and_is_taken_back_by_one_key(
    desk: Desk, below: QWidget, qtbot: QtBot, wait_for: Waiter, day: int, visit: Ref | None
) -> None:
    now = datetime(2013, 5, day, 11, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
    drive = _started(replace(desk, clock=lambda: now), below, qtbot, wait_for)
    drive.search("qwxzzy", lambda: any(row.text for row in drive.rows))
    drive.press(Qt.Key.Key_Down)
    drive.press(Qt.Key.Key_Return)
    drive.wait(lambda: bool(drive.said))
    kept = ask(qtbot, desk, lambda book: book.questions.all())
    assert isinstance(kept, list)
    (entry,) = kept
    assert (entry.value.text, entry.value.origin) == ("qwxzzy", "search:qwxzzy")
    assert (entry.visit, entry.about) == (visit, Ref("organisation", "biobay") if visit else None)
    assert [row.title for row in drive.rows] == drive.said
    assert drive.row is None
    drive.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    drive.wait(lambda: len(drive.said) == 2 and len(drive.rows) == 2)
    assert ask(qtbot, desk, lambda book: book.questions.all()) == []


def test_a_question_kept_late_takes_the_place_of_no_other_answer(drive: Driver, desk: Desk) -> None:
    drive.search("qwxzzy", lambda: any(row.text for row in drive.rows))
    drive.press(Qt.Key.Key_Down)
    shown = Event()
    desk.notes.do(lambda _: shown.wait(5))
    drive.press(Qt.Key.Key_Return)
    drive.search("renji", lambda: drive.row is not None)
    shown.set()
    drive.wait(lambda: bool(drive.said))
    assert drive.row is not None
    assert drive.row.place == Place("record", RENJI)


def test_nearest_rows_stand_before_the_ways_out(drive: Driver) -> None:
    drive.search("renji qwxzzy", lambda: bool(drive.rows) and bool(drive.rows[-1].text))
    assert drive.rows[0].place == Place("record", RENJI)
    assert drive.rows[0].why == "nearest"


def test_notes_are_found_beside_the_guide(drive: Driver, desk: Desk) -> None:
    def write(notebook: Notebook) -> str:
        note = notebook.start(RENJI, "Renji Hospital")
        notebook.save(note.id, "Q Dr Li: tangerine protocol", note.revision.id)
        return note.id

    made: list[str] = []
    desk.notes.do(write, made.append)
    drive.wait(lambda: bool(made))
    drive.search(
        "tangerine", lambda: any(row.place and row.place.page == "note" for row in drive.rows)
    )
    drive.press(Qt.Key.Key_Return)
    assert drive.opened == [Place("note", RENJI, made[0])]


@pytest.fixture
def broken(desk: Desk) -> Iterator[Desk]:
    def refuse() -> Notebook:
        raise WorkspaceUnavailable("The notes cannot be opened.")

    notes = Worker("broken notes", refuse, Notebook.close)
    yield replace(desk, notes=notes)
    notes.close()


def test_broken_notes_do_not_disturb(
    broken: Desk, below: QWidget, qtbot: QtBot, wait_for: Waiter
) -> None:
    told: list[object] = []
    broken.notes.broken.connect(told.append)
    drive = _started(broken, below, qtbot, wait_for)
    drive.search("renji", _first(drive, RENJI))
    drive.search("qwxzzy", lambda: any(row.text for row in drive.rows))
    drive.press(Qt.Key.Key_Down)
    drive.press(Qt.Key.Key_Return)
    drive.wait(lambda: bool(drive.said))
    assert drive.said == ["The notes cannot be opened."]
    assert told == []


@pytest.mark.parametrize("typed", ['"', "* OR (", "NEAR(a b)", "\x00", "😀", "a" * 12_000])
def test_any_text_is_only_a_text(drive: Driver, typed: str) -> None:
    drive.line.setText(typed)
    drive.wait(lambda: bool(drive.rows))
    drive.search("renji", _first(drive, RENJI))


@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_it_fits_its_window_in_every_text_size(
    drive: Driver, wear: Callable[[Theme], None], scale: float
) -> None:
    wear(Theme("dark", scale))
    drive.search("renji", _first(drive, RENJI))
    frame = drive.list.parentWidget()
    assert frame is not None
    assert drive.palette.rect().contains(frame.geometry())
    assert drive.list.height() >= drive.list.sizeHintForRow(0)
    assert drive.list.horizontalScrollBar().maximum() == 0
