"""The programme by keys: days side by side, and what a card says of its visit."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from fieldguide.domain.plans import Meeting, own_ref
from fieldguide.domain.records import Record, Ref
from fieldguide.services import planning
from fieldguide.services.guide_changes import Seen, mark_seen, seen_of
from fieldguide.services.notebook import Notebook
from fieldguide.ui.day_head import Span, spans_of
from fieldguide.ui.day_list import DayList
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.dragging import RECORD, card_data
from fieldguide.ui.pages.programme import ADD, PLAN, ProgrammePage
from fieldguide.ui.programme_out import ExportButton
from tests.gui.conftest import Shown, Waiter
from tests.gui.note_steps import ask, button, drop

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
MISSION = Ref("mission", "bioxclusters-2013")
Opened = Callable[[], ProgrammePage]


@pytest.fixture
def opened(desk: Desk, shown: Shown, wait_for: Waiter) -> Opened:
    """The page, with what the guide and the notes say of it."""

    def open_page() -> ProgrammePage:
        page = ProgrammePage(desk)
        shown(page)
        page.show_place(Place("programme"))
        wait_for(lambda: page.ready)
        return page

    return open_page


def speech(rows: DayList) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [rows.items.index(row).data(role) for row in range(rows.items.rowCount())]


def keys(page: ProgrammePage, qtbot: QtBot, *pressed: Qt.Key) -> None:
    for key in pressed:
        qtbot.keyClick(page.window().focusWidget(), key)


def marked(page: ProgrammePage) -> str:
    visit = page.board.visit()
    return visit.ref.slug if visit is not None else ""


def test_no_card_is_cut_whatever_the_width(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    for width in (1076, 700, 1500):
        page.window().resize(width, 800)
        qtbot.waitUntil(
            lambda: all(one.list.verticalScrollBar().maximum() == 0 for one in page.board.columns),
            timeout=20_000,
        )
        for column in page.board.columns:
            last = column.list.items.index(column.list.items.rowCount() - 1)
            assert column.list.visualRect(last).bottom() <= column.list.height()


def test_a_card_says_when_where_and_with_whom_and_what_is_not_known(opened: Opened) -> None:
    page = opened()
    tuesday = page.board.columns[1].list
    QAbstractItemModelTester(tuesday.items)
    said = speech(tuesday)
    assert said[0].startswith("1; 10:00; 04:00; Suzhou Industrial Park; 苏州工业园区; ")
    assert "Host: SIPAC 苏州工业园区管理委员会" in said[0]
    assert said[1] == "≈ 7 km straight, travel time not known"
    assert "No address known" in speech(page.board.columns[4].list)[2]
    assert page.board.columns[1].head.accessibleDescription() == "Today"
    assert page.board.columns[3].head.accessibleDescription() == "Shanghai"


def test_the_arrows_go_from_visit_to_visit_and_from_day_to_day(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    assert marked(page) == "sip-2013"
    keys(page, qtbot, Qt.Key.Key_Down)
    assert marked(page) == "biobay-2013"
    assert page.hanzi() == "苏州生物医药产业园"
    keys(page, qtbot, Qt.Key.Key_Left)
    assert marked(page) == "juke-2013"
    keys(page, qtbot, Qt.Key.Key_Down)
    assert marked(page) == "sip-2013"
    keys(page, qtbot, Qt.Key.Key_Up)
    assert marked(page) == "juke-2013"


def test_keys_open_the_record_the_note_and_the_map_of_the_marked_visit(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    heard: list[Place] = []
    page.opened.connect(heard.append)
    keys(page, qtbot, Qt.Key.Key_Return, Qt.Key.Key_N, Qt.Key.Key_D, Qt.Key.Key_M)
    visit = Ref("visit", "sip-2013")
    assert heard == [
        Place("record", visit),
        Place("note", visit, "new"),
        Place(DRIVER, visit),
        Place("map", detail="2013-05-28"),
    ]


def test_a_bar_shows_what_has_an_end_what_has_none_and_what_overlaps() -> None:
    assert spans_of([("09:00", "", False), ("", "", False), ("13:30", "15:00", True)]) == [
        Span(540, 810, "open"),
        Span(810, 900, "own"),
    ]
    assert spans_of([("13:30", "15:00", True), ("14:30", "", False)])[1:] == [
        Span(870, 1050, "open"),
        Span(870, 900, "overlap"),
    ]


def test_in_a_narrow_window_days_stand_below_each_other(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    first, last = page.board.columns[0], page.board.columns[-1]
    assert first.y() == last.y()
    page.resize(560, 800)
    qtbot.waitUntil(lambda: last.y() > first.y(), timeout=20_000)


def kept(page: ProgrammePage, title: str) -> str:
    """The speech of the card with a title; empty while there is none."""
    said = [line for column in page.board.columns for line in speech(column.list)]
    return next((line for line in said if title in line), "")


def test_a_meeting_of_ones_own_is_kept_moved_and_taken_back_by_keys(
    opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    page.begin_meeting()
    for box, text in (
        (page.aside.form.title, "Tea with Gao"),
        (page.aside.form.begin, "1330"),
        (page.aside.form.end, "15"),
        (page.aside.form.bring, "samples"),
    ):
        qtbot.keyClicks(box, text)
    page.aside.form.address.setText("祖冲之路")
    qtbot.keyClick(page.aside.form.bring, Qt.Key.Key_Return)
    wait_for(lambda: bool(kept(page, "Tea with Gao")))
    said = kept(page, "Tea with Gao")
    assert "13:30–15:00; 07:30" in said
    assert "My meeting" in said
    assert "Bring: samples" in said
    assert "Tea with Gao and" not in said
    wait_for(lambda: marked(page).startswith("own-"))
    assert any(
        "begins before Tea with Gao is over" in line for line in speech(page.board.columns[1].list)
    )
    page.setFocus()
    qtbot.keyClick(
        page.window().focusWidget(), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier
    )
    wait_for(lambda: "Tea" in " ".join(speech(page.board.columns[2].list)))
    assert page.toast.height() > 0
    page.begin_meeting()
    qtbot.waitUntil(lambda: page.toast.height() == 0)
    page.aside.leave()
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: "Tea" in " ".join(speech(page.board.columns[1].list)))


def test_what_cannot_be_kept_is_said_and_stays_typed(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    page.begin_meeting()
    qtbot.keyClicks(page.aside.form.title, "Tea")
    qtbot.keyClicks(page.aside.form.begin, "27:00")
    qtbot.keyClick(page.aside.form.begin, Qt.Key.Key_Return)
    assert page.aside.form.problem == "“27:00” is not an hour: write it as 14:30."
    assert page.aside.form.title.text() == "Tea"
    qtbot.keyClick(page.aside.form.begin, Qt.Key.Key_Backspace)
    assert page.aside.form.problem == ""


def test_the_buttons_of_a_form_stay_in_sight_where_its_boxes_have_no_room(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    page.resize(1076, 460)
    page.begin_meeting()
    page.aside.form.say("“25:99” is not an hour: write it as 14:30.")
    keep = button(page.aside.form, "Keep")

    def foot() -> int:
        return keep.mapTo(page, keep.rect().bottomLeft()).y()

    qtbot.waitUntil(lambda: 0 < foot() < page.settle.y())
    page.aside.form.point_to(page.aside.form.why)
    assert page.aside.form.why.visibleRegion().boundingRect().height() > 0


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_enter_takes_the_one_person_who_is_offered(
    opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    page.begin_meeting()
    people = page.aside.form.people
    qtbot.keyClicks(people, "Zhang Jiong, Mont")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert popup.isHidden()
    assert people.names == ["Zhang Jiong", "Montserrat Vendrell"]
    assert page.aside.form.problem == ""
    qtbot.keyClick(people, Qt.Key.Key_Return)
    assert page.aside.form.problem == "Say what the meeting is."


def test_one_key_says_that_one_was_there_and_the_next_takes_it_back(
    opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    keys(page, qtbot, Qt.Key.Key_A)
    wait_for(lambda: "I was there" in kept(page, "Suzhou Industrial Park"))
    page.setFocus()
    keys(page, qtbot, Qt.Key.Key_A)
    wait_for(lambda: "I was there" not in kept(page, "Suzhou Industrial Park"))


def test_the_organisers_visits_stay_where_they_are(opened: Opened, qtbot: QtBot) -> None:
    page = opened()
    with qtbot.waitSignal(page.said) as heard:
        qtbot.keyClick(
            page.window().focusWidget(), Qt.Key.Key_Down, Qt.KeyboardModifier.ControlModifier
        )
    assert "organiser’s" in heard.args[0]


def _copied(book: Notebook) -> tuple[Ref | None, int]:
    """Of which mission the only plan is a copy, and how often tea is on some day."""
    teas = [one for one in book.meetings.all() if one.value.title == "Tea, some day"]
    return book.plans.all()[0].value.origin, len(teas)


def test_the_programme_is_copied_to_new_dates_and_each_visit_says_verify_again(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    tea = Meeting("Tea, some day")
    ask(qtbot, desk, lambda book: planning.add_meeting(book, MISSION, "Mission", tea))
    with qtbot.waitSignal(desk.planner.changed):
        desk.planner.refresh()
    page = opened()
    page.show_place(Place("programme", detail=PLAN))
    plan = page.aside.plan
    qtbot.keyClicks(plan.title, "April 2027")
    for box, day in ((plan.first, "5 Apr 2027"), (plan.last, "9.4.2027")):
        box.selectAll()
        qtbot.keyClicks(box, day)
    assert plan.last.told.text() == "Friday 9 April 2027"
    qtbot.keyClick(plan.last, Qt.Key.Key_Return)
    wait_for(lambda: page.board.columns[0].day == "2027-04-05")
    wait_for(lambda: "Copied: verify again" in kept(page, "Renji"))
    assert ask(qtbot, desk, _copied) == (MISSION, 2)
    assert "Renji Hospital" in speech(page.board.columns[0].list)[0]
    assert "清明" in page.board.columns[0].head.accessibleDescription()
    wait_for(lambda: page.board.current() is not None)
    keys(page, qtbot, Qt.Key.Key_V)
    wait_for(lambda: "Copied: verify again" not in kept(page, "Renji"))
    page.aside.put(Ref("organisation", "sibet"), "2027-04-07")
    wait_for(lambda: len(speech(page.board.columns[2].list)) > 1)
    page.mission_deeds.show(None, "the guide’s")
    wait_for(lambda: page.board.columns[0].day == "2013-05-27")
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: page.board.columns[0].day == "2027-04-05")


def test_what_was_written_on_another_mission_has_a_name_from_the_start(
    desk: Desk, qtbot: QtBot, wait_for: Waiter
) -> None:
    mission, tea = Ref("mission", "own-elsewhere"), Meeting("Tea")
    ref = ask(qtbot, desk, lambda book: own_ref(planning.add_meeting(book, mission, "", tea).entry))
    assert isinstance(ref, Ref)
    with qtbot.waitSignal(desk.planner.changed):
        desk.planner.refresh()
    found: list[Record] = []
    desk.guide.ask("test", lambda guide: guide.record(ref), found.append)
    wait_for(lambda: [one.title for one in found] == ["Tea"])


def test_the_days_that_copied_visits_need_are_told_before_they_are_kept(
    opened: Opened, qtbot: QtBot
) -> None:
    page = opened()
    page.show_place(Place("programme", detail=PLAN))
    plan = page.aside.plan
    assert plan.first.day() > date.today()
    plan.first.selectAll()
    qtbot.keyClicks(plan.first, "3 April 2027")
    assert plan.last.text() == "7 April 2027"
    assert any("until Friday 9 April" in one.text() for one in plan.findChildren(QLabel))
    qtbot.keyClicks(plan.title, "Spring")
    plan.last.selectAll()
    qtbot.keyClicks(plan.last, "soon")
    qtbot.keyClick(plan.last, Qt.Key.Key_Return)
    assert plan.problem.startswith("“soon” is not a day")
    qtbot.keyClick(plan.last, Qt.Key.Key_Backspace)
    assert plan.problem == ""


def test_a_card_that_is_dropped_on_a_day_goes_there(
    opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    friday = page.board.columns[4]
    data = card_data(RECORD, "organisation/sinano")
    drop(friday, data)
    wait_for(lambda: any("SINANO" in line for line in speech(friday.list)))


def test_what_a_newer_guide_moved_is_told_until_it_was_seen(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    def remember(book: Notebook) -> None:
        first = replace(seen.visits[0], time="08:15")
        mark_seen(book, replace(seen, version="2025.1", visits=(first, *seen.visits[1:])))

    found: list[Seen] = []
    desk.guide.do(seen_of, found.append)
    wait_for(lambda: bool(found))
    seen = found[0]
    ask(qtbot, desk, remember)
    page = opened()
    wait_for(lambda: not page.news.isHidden())
    assert "08:15" in " ".join(one.text() for one in page.news.findChildren(QLabel))
    button(page.news, "Seen").click()
    wait_for(lambda: page.news.isHidden())
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: not page.news.isHidden())


def test_a_record_is_put_into_a_day_from_its_own_page(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    page.show_place(Place("programme", Ref("organisation", "sinano"), ADD))
    adding = page.aside.adding
    wait_for(lambda: adding.rows.items.rowCount() == 1)
    adding.day.setCurrentIndex(adding.day.findData("2013-05-31"))
    qtbot.keyClick(adding.day, Qt.Key.Key_Return)
    wait_for(lambda: any("SINANO" in line for line in speech(page.board.columns[4].list)))
    assert adding.isVisible()
    qtbot.keyClick(adding.query, Qt.Key.Key_Escape)
    assert page.aside.isHidden()


def test_the_programme_is_written_as_a_calendar(
    opened: Opened, qtbot: QtBot, wait_for: Waiter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, path = opened(), tmp_path / "mission.ics"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    menu = page.findChildren(ExportButton)[0].menu()
    with qtbot.waitSignal(page.said) as heard:
        next(one for one in menu.actions() if one.text() == "Calendar…").trigger()
    assert heard.args[0].startswith(f"Visits written to mission.ics in {tmp_path}: ")
    assert path.read_bytes().count(b"BEGIN:VEVENT") == int(heard.args[0].split()[-1])


@pytest.mark.qt_log_ignore("does not support", extend=True)
def test_what_can_be_done_to_a_visit_is_offered_by_name_too(
    opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened()
    rows = page.board.columns[0].list
    spot = rows.visualRect(rows.items.index(2)).center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, spot, rows.mapToGlobal(spot))
    QApplication.sendEvent(rows.viewport(), event)
    menu = page.findChildren(QMenu)[-1]
    wait_for(menu.isVisible)
    assert marked(page) == "juke-2013"
    names = [one.text() for one in menu.actions()]
    assert "I was there" in names
    assert "Remove" not in names
    menu.actions()[names.index("I was there")].trigger()
    menu.close()
    wait_for(lambda: "I was there" in kept(page, "Juke"))
