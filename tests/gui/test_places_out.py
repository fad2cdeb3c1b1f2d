"""Places saved from the map and from a record: by key, in the chosen format, told in a sentence."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.page import Page
from fieldguide.ui.pages.record import RecordPage
from fieldguide.ui.pages.trip_map import TripMapPage
from fieldguide.ui.places_out import named
from tests.gui.conftest import Shown, Waiter

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
Choose = Callable[[Path, str], None]
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Choose:
    """Answer the dialog with a name, and with the filter that begins with a word."""

    def answer(path: Path, kind: str) -> None:
        def dialog(_: QWidget, _title: str, _name: str, filters: str) -> tuple[str, str]:
            return str(path), next(one for one in filters.split(";;") if one.startswith(kind))

        monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)

    return answer


@pytest.fixture
def chart(desk: Desk, shown: Shown, wait_for: Waiter) -> TripMapPage:
    page = TripMapPage(desk)
    shown(page)
    page.show_place(Place("map", detail="2013-05-28"))
    wait_for(lambda: page.stops.items.rowCount() > 0)
    return page


def saved(qtbot: QtBot, page: Page) -> str:
    page.activateWindow()
    with qtbot.waitSignal(page.said) as heard:
        qtbot.keyClick(page, Qt.Key.Key_E, CONTROL_SHIFT)
    said: str = heard.args[0]
    return said


def test_the_map_saves_what_it_shows_and_names_what_it_cannot_show(
    qtbot: QtBot, chart: TripMapPage, tmp_path: Path, choose: Choose
) -> None:
    choose(tmp_path / "day.gpx", "GeoJSON")
    target = tmp_path / "day.geojson"
    assert saved(qtbot, chart) == f"3 places written to {target.name}"
    assert json.loads(target.read_bytes())["title"].startswith(
        "Mission to Shanghai and Suzhou, May 2013, Tuesday 28 May"
    )
    assert saved(qtbot, chart) == "“day.geojson” is there already; choose another name for it."
    chart.show_place(Place("map", detail="all"))
    choose(tmp_path / "all", "KML")
    assert saved(qtbot, chart) == (
        "8 places written to all.kml; no position is known for "
        "BIO-FORUM 2013 (2013-05-30), BIO-FORUM 2013 (2013-05-31), "
        "Rhône-Alpes complex (2013-05-31)"
    )
    chart.show_place(Place("map", detail="2013-05-31"))
    choose(tmp_path / "none.gpx", "GPX")
    assert saved(qtbot, chart) == "No position is known for any of these; nothing was written."


def test_a_record_saves_its_places_and_offers_it_only_where_there_are_some(
    qtbot: QtBot, desk: Desk, shown: Shown, wait_for: Waiter, tmp_path: Path, choose: Choose
) -> None:
    page = RecordPage(desk)
    shown(page)
    page.show_place(Place("record", Ref("organisation", "biobay")))
    wait_for(lambda: page.heading() == "BioBAY")
    choose(tmp_path / "biobay.csv", "GPX")
    assert saved(qtbot, page) == "1 place written to biobay.csv"
    assert "31.2597,120.7332" in (tmp_path / "biobay.csv").read_text("utf-8-sig")
    page.show_place(Place("record", Ref("visit", "bio-forum-2013-day-1")))
    wait_for(lambda: page.heading() != "BioBAY")
    with qtbot.assertNotEmitted(page.said, wait=50):
        qtbot.keyClick(page, Qt.Key.Key_E, CONTROL_SHIFT)


@pytest.mark.parametrize(
    ("typed", "form", "name"),
    [
        ("a.gpx", "gpx", "a.gpx"),
        ("a.gpx", "kml", "a.kml"),
        ("a.KML", "gpx", "a.kml"),
        ("a", "csv", "a.csv"),
        ("28.5", "gpx", "28.5.gpx"),
    ],
)
def test_a_typed_ending_counts_more_than_the_filter(typed: str, form: str, name: str) -> None:
    assert named(Path(typed), form) == Path(name)
