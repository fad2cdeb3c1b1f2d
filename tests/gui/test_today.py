"""Today as a delegate sees it: the day as it was, or the guide when no mission is under way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.plans import Meeting
from fieldguide.domain.records import Ref
from fieldguide.services import planning, visiting
from fieldguide.services.guide import Guide
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.today import TodayPage
from fieldguide.ui.rows import RowList
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import days_text
from tests.gui.conftest import NOW, Shown, Waiter
from tests.gui.note_steps import ask, write

LATER = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Opened = Callable[[Desk, str], TodayPage]


@pytest.fixture
def opened(shown: Shown, wait_for: Waiter) -> Opened:
    """The page, with its answer arrived."""

    def open_page(desk: Desk, detail: str = "") -> TodayPage:
        page = TodayPage(desk)
        shown(page)
        page.show_place(Place("today", detail=detail))
        wait_for(lambda: page.day.isVisible() or page.overview.isVisible())
        # What was just put into a layout is shown by an event of its own.
        QCoreApplication.sendPostedEvents()
        return page

    return open_page


@pytest.fixture
def later(desk: Desk) -> Desk:
    """The same desk long after the mission."""
    return replace(desk, clock=lambda: LATER, as_it_was=False)


def texts(page: TodayPage) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def button(page: TodayPage, text: str) -> QPushButton:
    found = [one for one in page.findChildren(QPushButton) if one.isVisible()]
    return next(one for one in found if one.text() == text)


def test_the_next_visit_has_its_hours_here_and_at_home(desk: Desk, opened: Opened) -> None:
    page = opened(desk, "")
    seen = texts(page)
    assert "Tuesday 28 May" in seen
    assert "Showing 28 May 2013, 08:40, as it was. Facts keep their own dates." in seen
    assert {"Next, in 1 h 20 min", "10:00", "04:00 in Lyon", "苏州工业园区"} <= set(seen)
    assert "SIPAC 苏州工业园区管理委员会" in seen
    assert page.hanzi() == "苏州工业园区"
    assert page.heading() == "Tuesday 28 May"


def test_doubts_on_the_place_stand_beside_the_visit(
    desk: Desk, opened: Opened, wait_for: Waiter
) -> None:
    page = opened(desk, "")
    wait_for(lambda: any("more doubts" in b.text() for b in page.findChildren(QPushButton)))
    wait_for(lambda: "Uncertain: Suzhou Industrial Park" in texts(page))


def test_every_slot_says_what_it_shows_and_opens_with_enter(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(desk, "")
    slots = page.day.slots
    QAbstractItemModelTester(slots.items)
    said = [
        slots.items.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(slots.items.rowCount())
    ]
    assert len(said) == 3
    assert said[0].startswith("1; 10:00; 04:00; Suzhou Industrial Park; 苏州工业园区")
    slots.setFocus()
    qtbot.keyClick(slots, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(slots, Qt.Key.Key_Return)
    assert heard.args == [Place("record", Ref("visit", "biobay-2013"))]


def test_the_hanzi_of_the_visit_are_copied_by_their_button(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(desk, "")
    copies = [
        b for b in page.findChildren(QAbstractButton) if b.accessibleName().startswith("Copy")
    ]
    with qtbot.waitSignal(page.said) as heard:
        qtbot.mouseClick(copies[0], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "苏州工业园区"
    assert heard.args == ["Copied 苏州工业园区"]


def test_buttons_of_the_card_lead_to_visit_map_and_note(
    desk: Desk, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(desk, "")
    visit = Ref("visit", "sip-2013")
    for text, place in (
        ("Open visit", Place("record", visit)),
        ("Map of the day", Place("map", detail="2013-05-28")),
        ("Write a note", Place("note", visit, "new")),
    ):
        with qtbot.waitSignal(page.opened) as heard:
            qtbot.keyClick(button(page, text), Qt.Key.Key_Space)
        assert heard.args == [place]


def test_a_day_of_the_week_is_opened_by_key_and_leads_back(
    desk: Desk, opened: Opened, wait_for: Waiter, qtbot: QtBot
) -> None:
    page = opened(desk, "")
    cells = page.day.week.cells
    assert [cell.isChecked() for cell in cells] == [False, True, False, False, False]
    assert (
        cells[0].accessibleName()
        == "Mon 27; 09:30 Renji Hospital; 14:30 Shanghai Juke Biotech Park"
    )
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(cells[2], Qt.Key.Key_Space)
    assert heard.args == [Place("today", detail="2013-05-29")]
    page.show_place(heard.args[0])
    assert page.heading() == "Wednesday 29 May"
    wait_for(lambda: "Time not known" in texts(page))
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.mouseClick(button(page, "Back to 28 May 2013, 08:40"), Qt.MouseButton.LeftButton)
    assert heard.args == [Place("today")]


def test_minutes_pass_without_taking_the_focus(desk: Desk, opened: Opened, qtbot: QtBot) -> None:
    now = [datetime(2013, 5, 28, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))]
    page = opened(replace(desk, clock=lambda: now[0], as_it_was=False), "")
    assert "as it was" not in " ".join(texts(page))
    opens = button(page, "Open visit")
    opens.setFocus()
    now[0] = now[0].replace(minute=55)
    page.show_place(Place("today"))
    assert "Next, in 1 h 5 min" in texts(page)
    assert button(page, "Open visit") is opens
    assert opens.hasFocus()


def test_after_the_mission_the_guide_shows_what_is_in_it(
    later: Desk, opened: Opened, qtbot: QtBot
) -> None:
    page = opened(later, "")
    seen = " ".join(texts(page))
    assert page.heading() == "Shanghai & Suzhou, life sciences"
    assert "The mission of 27–31 May 2013 is over." in seen
    assert "as it was" not in seen
    assert not page.overview.after.isVisible()
    assert page.hanzi() == ""
    sections = page.overview.sections
    QAbstractItemModelTester(sections.items)
    assert sections.items.rowCount() == 11
    sections.setFocus()
    qtbot.keyClick(sections, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(sections, Qt.Key.Key_Return)
    assert heard.args == [Place("directory", detail="parks")]


def prepare(qtbot: QtBot, desk: Desk, guide: Guide) -> None:
    """Two questions for the first visit of the second day."""
    subject = visiting.subject_of(guide, Ref("visit", "sip-2013"))
    for text in ("Who holds the other 20 %?", "No land left?"):
        ask(qtbot, desk, lambda book, text=text: visiting.prepare(book, subject, text))


def test_in_the_evening_a_visit_is_not_closed_rather_than_not_prepared(
    desk: Desk, guide: Guide, opened: Opened, wait_for: Waiter, qtbot: QtBot
) -> None:
    prepare(qtbot, desk, guide)
    evening = desk.clock().replace(hour=21)
    page = opened(replace(desk, clock=lambda: evening), "")
    slots = page.day.slots.items
    wait_for(lambda: slots.rowCount() == 3 and "Not closed" in slots.item(0).speech)
    assert all("Not closed" in slots.item(row).speech for row in range(3))


def test_my_questions_are_ticked_beside_the_visit_and_lead_to_its_note(
    desk: Desk, guide: Guide, opened: Opened, wait_for: Waiter, qtbot: QtBot
) -> None:
    prepare(qtbot, desk, guide)
    page = opened(desk, "")
    wait_for(lambda: "0 of 2 asked" in texts(page))
    slots = page.day.slots.items
    assert ["question" in slots.item(row).speech for row in range(3)] == [True, True, True]
    assert "2 questions" in slots.item(0).speech
    assert "No question prepared" in slots.item(1).speech
    rows = page.day.side.questions
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    wait_for(lambda: "1 of 2 asked" in texts(page))
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(button(page, "Begin the note"), Qt.Key.Key_Space)
    assert heard.args == [Place("note", Ref("visit", "sip-2013"), "new")]


def test_hosts_stand_with_how_their_names_are_said(
    desk: Desk, opened: Opened, wait_for: Waiter
) -> None:
    page = opened(desk, "2013-05-29")
    hosts = page.day.side.findChildren(RowList)[0].items
    wait_for(lambda: hosts.rowCount() > 1)
    said = [hosts.item(row).speech for row in range(hosts.rowCount())]
    assert said[0] == "Zhangjiang Hi-Tech Park; 张江高科技园区; Zhāngjiāng Gāokējì Yuánqū"
    assert "Zhang Jiong; afternoon workshop" in said


def test_before_the_mission_days_are_counted_and_visits_without_a_question_named(
    desk: Desk, guide: Guide, opened: Opened, wait_for: Waiter, qtbot: QtBot
) -> None:
    prepare(qtbot, desk, guide)
    page = opened(replace(desk, clock=lambda: NOW - timedelta(days=11)), "")
    assert "The mission of 27–31 May 2013 begins in 10 days." in texts(page)
    rows = page.overview.before.rows
    wait_for(rows.isVisible)
    said = {one.title: one.speech for one in map(rows.items.item, range(rows.items.rowCount()))}
    assert said["Suzhou Industrial Park"].endswith("2 questions")
    assert said["BioBAY"].endswith("No question yet")
    assert {"2 open questions", "Passphrase"} <= set(said)
    assert not page.overview.after.isVisible()


def test_what_is_open_after_the_mission_leads_to_where_it_is_done(
    later: Desk, guide: Guide, opened: Opened, wait_for: Waiter, qtbot: QtBot
) -> None:
    prepare(qtbot, later, guide)
    write(qtbot, later, "A: Ask VTT")
    page = opened(later, "")
    rows = page.overview.after.rows
    wait_for(rows.isVisible)
    found = [rows.items.item(row) for row in range(rows.items.rowCount())]
    places = {one.title: one.place for one in found}
    assert places["1 follow-up"] == Place("follow-ups")
    assert places["2 questions without an answer"] == Place("notes", detail="questions")
    assert places["1 note that belongs to nothing"] == Place("notes", detail="unfiled")
    assert places["Tuesday 28 May"] == Place("notes", detail="evening 2013-05-28")
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Home)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(rows, Qt.Key.Key_Return)
    assert heard.args == [Place("follow-ups")]


def test_a_visit_whose_day_is_unknown_is_named(later: Desk, opened: Opened, qtbot: QtBot) -> None:
    page = opened(later, "")
    text = next(b.text() for b in page.findChildren(QPushButton) if "unknown" in b.text())
    assert text.startswith("Day unknown: ")
    assert "SSTT" in text
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(button(page, text), Qt.Key.Key_Space)
    assert heard.args == [Place("record", Ref("visit", "sstt-2013"))]


def test_a_past_day_shows_after_the_mission_too(later: Desk, opened: Opened, qtbot: QtBot) -> None:
    page = opened(later, "2013-05-31")
    assert page.heading() == "Friday 31 May"
    assert "No position is known." in texts(page)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.mouseClick(button(page, "Back to now"), Qt.MouseButton.LeftButton)
    assert heard.args == [Place("today")]


@pytest.mark.parametrize("when", ["day", "guide"])
def test_nothing_is_wider_than_the_page_at_any_text_size(
    desk: Desk, later: Desk, opened: Opened, wear: Callable[[Theme], None], wait_for: Waiter,
    when: str,
) -> None:  # fmt: skip
    page = opened(desk if when == "day" else later, "")
    for scale in (0.8, 1.0, 1.5, 2.0):
        wear(Theme("dark", scale))
        for area in page.findChildren(QScrollArea):
            if area.isVisible():
                wait_for(lambda area=area: area.widget().width() <= area.viewport().width())
                assert area.widget().minimumSizeHint().width() <= area.viewport().width()
                view = area.widget()
                wait_for(lambda view=view, area=area: view.height() == whole_height(view, area))


def whole_height(view: QWidget, area: QScrollArea) -> int:
    """No gap is left at the end of the page."""
    return max(area.viewport().height(), view.heightForWidth(view.width()))


def test_a_span_of_days_says_month_and_year_once() -> None:
    assert days_text("2013-05-27", "2013-05-31") == "27–31 May 2013"
    assert days_text("2013-04-29", "2013-05-03") == "29 April – 3 May 2013"
    assert days_text("2012-12-30", "2013-01-02") == "30 December 2012 – 2 January 2013"


def test_a_meeting_of_ones_own_is_today_as_soon_as_it_is_kept(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened(desk)
    meeting = Meeting(
        "Breakfast with Gao", day="2013-05-28", time="09:00", end_time="10:15",
        travel="15 min on foot", bring="the draft",
    )  # fmt: skip
    mission = Ref("mission", "bioxclusters-2013")
    ask(qtbot, desk, lambda book: planning.add_meeting(book, mission, "Mission", meeting))
    desk.planner.refresh()
    wait_for(lambda: "Breakfast with Gao" in texts(page))
    assert {"Next, in 20 min", "15 min on foot: leave by 08:45", "the draft"} <= set(texts(page))
    warned = next(one for one in page.findChildren(QPushButton) if "is over" in one.text())
    assert "Breakfast with Gao" in warned.text()
    with qtbot.waitSignal(page.opened) as heard:
        warned.click()
    assert heard.args == [Place("programme", Ref("visit", "sip-2013"), "2013-05-28")]
