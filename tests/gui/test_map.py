"""The map of a day, by keys and by pointer, with the list that mirrors it."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from fieldguide.domain.plans import Meeting
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import read_travel
from fieldguide.maps.shapes import Text
from fieldguide.maps.stops import Stop, placed
from fieldguide.services.guide import Guide
from fieldguide.services.labelling import add
from fieldguide.services.planning import add_meeting
from fieldguide.services.programme import read_trip
from fieldguide.services.visiting import Subject, prepare
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.map_rows import MapRows
from fieldguide.ui.pages.trip_map import TripMapPage
from fieldguide.ui.theme import Theme
from tests.gui.conftest import Shown, Waiter
from tests.gui.note_steps import ask

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Opened = Callable[[str], TripMapPage]


@pytest.fixture
def opened(desk: Desk, shown: Shown, wait_for: Waiter) -> Opened:
    """The page, with its answer arrived."""

    def open_page(detail: str) -> TripMapPage:
        page = TripMapPage(desk)
        shown(page)
        page.show_place(Place("map", detail=detail))
        wait_for(lambda: page.stops.items.rowCount() > 0)
        return page

    return open_page


@pytest.fixture
def stops(guide: object) -> dict[str, Stop]:
    """Every placed stop by the slug of its visit."""
    return {stop.visit.ref.slug: stop for stop in placed(read_trip(guide).routes)}  # type: ignore[arg-type]


def speech(page: TripMapPage) -> list[str]:
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.stops.items.index(row).data(role) for row in range(page.stops.items.rowCount())]


def center(page: TripMapPage, stop: Stop) -> QPoint:
    spot = page.map.spot_of(stop)
    assert spot is not None
    return spot.toPoint()


def test_the_list_says_all_that_the_map_shows(opened: Opened) -> None:
    page = opened("2013-05-28")
    QAbstractItemModelTester(page.stops.items)
    said = speech(page)
    assert len(said) == 5
    assert said[0].startswith("1; 10:00; Suzhou Industrial Park; 苏州工业园区; ")
    assert "near the street, within 1\u00a0km" in said[0]
    assert said[1].startswith("Straight line ≈ 7 km")
    assert said[3].startswith("Close by: within ")
    assert page.map.accessibleName() == "Map of Tuesday 28 May: 3 stops, as in the list"
    assert page.heading() == "Map: Tuesday 28 May"


def test_a_stop_opens_from_the_list_and_from_the_map(
    opened: Opened, stops: dict[str, Stop], qtbot: QtBot
) -> None:
    page = opened("2013-05-27")
    page.stops.setFocus()
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.stops, Qt.Key.Key_Return)
    assert heard.args == [Place("record", Ref("visit", "renji-2013"))]
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=center(page, stops["juke-2013"]))
    assert heard.args == [Place("record", Ref("visit", "juke-2013"))]


def test_the_arrows_pass_over_the_way_between_two_stops(opened: Opened, qtbot: QtBot) -> None:
    page = opened("2013-05-28")
    page.stops.setFocus()
    qtbot.keyClick(page.stops, Qt.Key.Key_Down)
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.stops, Qt.Key.Key_Return)
    assert heard.args == [Place("record", Ref("visit", "biobay-2013"))]
    assert page.hanzi() == "苏州生物医药产业园"


def test_the_way_that_the_organiser_told_stands_at_its_line_and_whole_in_the_list(
    guide: Guide,
) -> None:
    trip = read_trip(guide)
    route = trip.routes[1]
    way = read_travel("25 min by coach, arranged by the park for all of us")
    told = replace(route, legs=tuple(replace(leg, travel=way) for leg in route.legs))
    rows = MapRows()
    brief = "25 min by coach, arranged by…"
    assert rows.distances([told]) == {
        (2, 1): f"{brief}\nstraight line ≈ 7 km",
        (2, 2): brief,
    }
    legs = [slot.title for slot in rows.slots(trip, [told], many=False) if slot.kind == "leg"]
    assert legs[0].endswith("arranged by the park for all of us. Straight line ≈ 7 km")


def test_days_are_chosen_by_key(opened: Opened, qtbot: QtBot) -> None:
    page = opened("2013-05-28")
    assert page.days["2013-05-28"].isChecked()
    with qtbot.waitSignal(page.opened) as heard:
        qtbot.keyClick(page.days["2013-05-31"], Qt.Key.Key_Space)
    assert heard.args == [Place("map", detail="2013-05-31")]
    page.show_place(heard.args[0])
    assert all("no position known" in line for line in speech(page) if line[0].isdigit())
    assert page.map.accessibleName().endswith("0 stops, as in the list")


def test_all_days_list_every_visit_under_its_day(opened: Opened, wait_for: Waiter) -> None:
    page = opened("all")
    wait_for(lambda: "Day unknown" in speech(page))
    said = speech(page)
    assert page.days["all"].isChecked()
    assert next(line for line in said if line.endswith(" May")) == "Monday 27 May"
    assert any("SSTT" in line for line in said[said.index("Day unknown") :])


def test_without_a_day_the_one_of_the_clock_is_shown(opened: Opened) -> None:
    assert opened("").days["2013-05-28"].isChecked()


def test_keys_zoom_pan_and_show_all_again(
    opened: Opened, stops: dict[str, Stop], qtbot: QtBot
) -> None:
    page = opened("2013-05-27")
    view = page.map
    fitted, home = view.resolution(), view.spot_of(stops["renji-2013"])
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Plus)
    assert view.resolution() == pytest.approx(fitted / 1.5)
    qtbot.keyClick(view, Qt.Key.Key_Minus)
    assert view.resolution() == pytest.approx(fitted)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    moved = view.spot_of(stops["renji-2013"])
    assert home is not None
    assert moved is not None
    assert moved.x() == pytest.approx(home.x() - 64)
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.spot_of(stops["renji-2013"]) == home
    qtbot.mouseClick(view.controls.nearer, Qt.MouseButton.LeftButton)
    assert view.resolution() == pytest.approx(fitted / 1.5)
    assert view.controls.nearer.accessibleName() == "Zoom in (+)"


def written(page: TripMapPage) -> set[str]:
    """What stands on the map at its stops and lines."""
    return {shape.text for shape in page.map._picture.shapes if isinstance(shape, Text)}


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard")
def test_the_names_are_written_in_the_scripts_that_a_key_chooses(
    opened: Opened, desk: Desk, qtbot: QtBot
) -> None:
    page = opened("2013-05-28")
    names = {"BioBAY", "苏州生物医药产业园"}
    assert names <= written(page)
    button = page.map.controls.scripts
    button.setFocus()
    QTimer.singleShot(0, lambda: qtbot.keyClick(button.menu(), Qt.Key.Key_Escape))
    qtbot.keyClick(button, Qt.Key.Key_Space)
    for scripts, left in (("zh", {"苏州生物医药产业园"}), ("en", {"BioBAY"}), ("both", names)):
        button.menu().popup(QPoint())
        button.menu().setActiveAction(button.choices[scripts])
        qtbot.keyClick(button.menu(), Qt.Key.Key_Return)
        assert desk.look.preferences.scripts == scripts
        assert written(page) & names == left
    assert button.accessibleName() == "Names on the map: Both scripts"
    assert page.map.controls.width() >= page.map.controls.sizeHint().width()


def test_the_wheel_zooms_about_the_pointer_and_a_drag_moves(
    opened: Opened, stops: dict[str, Stop], qtbot: QtBot
) -> None:
    page = opened("2013-05-27")
    view, stop = page.map, stops["renji-2013"]
    before, fitted = QPointF(center(page, stop)), view.resolution()
    wheel = QWheelEvent(
        before, view.mapToGlobal(before), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view, wheel)
    after = view.spot_of(stop)
    assert after is not None
    assert (after - before).manhattanLength() < 2
    assert view.resolution() == pytest.approx(fitted / 1.5)
    seen: list[Place] = []
    page.opened.connect(seen.append)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=after.toPoint())
    qtbot.mouseMove(view, after.toPoint() + QPoint(30, 20))
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=after.toPoint() + QPoint(30, 20))
    dragged = view.spot_of(stop)
    assert dragged is not None
    assert (dragged - after - QPointF(30, 20)).manhattanLength() < 2
    assert seen == []


def test_the_marked_stop_of_the_list_is_ringed_and_brought_into_view(
    opened: Opened, stops: dict[str, Stop], qtbot: QtBot
) -> None:
    page = opened("2013-05-27")
    for _ in range(8):
        qtbot.keyClick(page.map, Qt.Key.Key_Plus)
    spot = page.map.spot_of(stops["juke-2013"])
    assert spot is not None
    assert not page.map.rect().contains(spot.toPoint())
    page.stops.setFocus()
    qtbot.keyClick(page.stops, Qt.Key.Key_Down)
    assert page.map.rect().contains(center(page, stops["juke-2013"]))
    ring = center(page, stops["juke-2013"]) + QPoint(0, 16)
    assert near(page.map.grab().toImage(), ring, QColor("#0A6570"))


def near(image: QImage, spot: QPoint, wanted: QColor) -> bool:
    around = (spot + QPoint(x, y) for x in range(-2, 3) for y in range(-2, 3))
    return any(image.pixelColor(one) == wanted for one in around)


def test_large_text_shows_map_or_list_and_turns_between_them(
    opened: Opened, wear: Callable[[Theme], None], qtbot: QtBot
) -> None:
    page = opened("2013-05-28")
    assert page.stops.isVisible()
    assert page.map.isVisible()
    wear(Theme("light", 2.0))
    assert page.map.isVisible()
    assert not page.stops.isVisible()
    turn = next(b for b in page.findChildren(type(page.days["all"])) if b.text() == "List")
    qtbot.keyClick(turn, Qt.Key.Key_Space)
    assert page.stops.isVisible()
    assert not page.map.isVisible()
    assert turn.text() == "Map"


def test_only_a_shortlist_is_shown_with_what_no_visit_leads_to(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened("2013-05-28")
    only = page.findChild(QComboBox)
    assert isinstance(only, QComboBox)
    assert not only.isVisible()
    for slug in ("biobay", "renji-hospital", "ruijin-hospital"):
        ref = Ref("organisation", slug)
        ask(qtbot, desk, lambda book, ref=ref: add(book, ref, "", "shortlists", "Implant"))
    page.show_place(Place("map", detail="2013-05-28"))
    wait_for(only.isVisible)
    only.setFocus()
    qtbot.keyClick(only, Qt.Key.Key_Down)
    wait_for(lambda: any(said.startswith("Not on the programme") for said in speech(page)))
    said = [one.split("; ") for one in speech(page)]
    assert [one[0] for one in said] == [
        "Monday 27 May", "1", "Tuesday 28 May", "2", "Not on the programme", "1",
    ]  # fmt: skip
    assert page.days["all"].isChecked()
    page.show_place(Place("map", detail="2013-05-28"))
    assert [one.split("; ")[2] for one in speech(page)] == ["BioBAY"]
    only.setCurrentIndex(0)
    only.activated.emit(0)
    wait_for(lambda: len(speech(page)) == 5)


def test_the_picture_of_a_day_is_saved_beside_the_window(
    opened: Opened, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wait_for: Waiter
) -> None:
    page, target = opened("2013-05-28"), tmp_path / "day.svg"
    proposed: list[str] = []

    def choose(_: object, __: str, name: str, ___: str) -> tuple[str, str]:
        proposed.append(name)
        return str(target), ""

    monkeypatch.setattr("fieldguide.ui.picture_out.QFileDialog.getSaveFileName", choose)
    said: list[str] = []
    page.said.connect(said.append)
    page.picture.trigger()
    wait_for(lambda: bool(said))
    assert proposed == ["map-2013-05-28.png"]
    assert said == [f"Picture saved as day.svg in {target.parent}"]
    assert "苏州工业园区" in target.read_text(encoding="utf-8")


def test_a_day_is_printed_with_my_questions_only_when_they_are_asked_for(
    opened: Opened,
    desk: Desk,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    wait_for: Waiter,
) -> None:
    subject = Subject((Ref("visit", "biobay-2013"),), "BioBAY", None, (), ())
    ask(qtbot, desk, lambda book: prepare(book, subject, "Who decides?"))
    page, said = opened("2013-05-28"), []
    page.said.connect(said.append)
    sizes = []
    for offer in (2, 3):
        target = tmp_path / f"{offer}.pdf"
        chosen = (str(target), "")
        ways = "fieldguide.ui.booklet_out.QFileDialog.getSaveFileName"
        monkeypatch.setattr(ways, lambda *_, chosen=chosen: chosen)
        page.print.menu().actions()[offer].trigger()
        wait_for(lambda name=target.name: f"Pages saved as {name} in {tmp_path}" in said)
        sizes.append(len(target.read_bytes()))
    assert sizes[1] > sizes[0]


def test_what_a_new_meeting_leads_to_is_no_longer_beside_the_programme(
    desk: Desk, opened: Opened, qtbot: QtBot, wait_for: Waiter
) -> None:
    page = opened("all")
    ref = Ref("organisation", "ruijin-hospital")
    ask(qtbot, desk, lambda book: add(book, ref, "", "shortlists", "Implant"))
    page.show_place(Place("map", detail="shortlists:Implant"))
    wait_for(lambda: "Not on the programme" in speech(page)[0])
    meeting = Meeting("Lunch", day="2013-05-29", time="12:00", place=ref)
    mission = Ref("mission", "bioxclusters-2013")
    ask(qtbot, desk, lambda book: add_meeting(book, mission, "", meeting))
    desk.planner.refresh()
    wait_for(lambda: "Wednesday 29 May" in speech(page)[0])
    wait_for(lambda: not any("Not on the programme" in said for said in speech(page)))
