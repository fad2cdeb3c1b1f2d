"""The arrival card as a page: found by its name, each number with its source, the hours of now."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from fieldguide.errors import BadRequest
from fieldguide.ui.answers import Answer, Answers
from fieldguide.ui.arrival_rows import NumberRow, Plugs
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.pages.arrival import ArrivalPage
from fieldguide.ui.parts import Empty
from fieldguide.ui.theme import Theme
from tests.gui.conftest import Shown, Waiter

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


@pytest.fixture
def page(desk: Desk, shown: Shown, wait_for: Waiter) -> ArrivalPage:
    made = ArrivalPage(desk)
    shown(made)
    made.show_place(Place("arrival"))
    wait_for(lambda: bool(made.findChildren(NumberRow)))
    return made


def test_numbers_stand_first_with_their_source_and_the_clocks_show_now(
    page: ArrivalPage, wear: Callable[[Theme], None]
) -> None:
    names = [row.accessibleName() for row in page.findChildren(NumberRow)]
    assert names[0] == "Ambulance: 120"
    texts = {one.text() for one in page.findChildren(QLabel)}
    assert {"08:40", "02:40", "H, Emergency regulation, 2020"} <= texts
    assert any(text.startswith("6 h ahead of home; from 27 October 2013 on: 7 h") for text in texts)
    plugs = page.findChildren(Plugs)
    assert [plug.isVisible() for plug in plugs] == [True]


def test_records_and_the_driver_card_are_one_press_away(qtbot: QtBot, page: ArrivalPage) -> None:
    opened: list[Place] = []
    page.opened.connect(opened.append)
    presses = {one.text(): one for one in page.findChildren(QPushButton)}
    presses["Emergency numbers"].click()
    presses["Driver card"].click()
    assert [(one.page, str(one.ref)) for one in opened] == [
        ("record", "card/emergency-numbers"), (DRIVER, "None"),
    ]  # fmt: skip


def test_it_is_saved_as_pages(
    page: ArrivalPage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, wait_for: Waiter
) -> None:
    said: list[str] = []
    page.said.connect(said.append)
    target, ways = tmp_path / "arrival.pdf", "fieldguide.ui.booklet_out.QFileDialog.getSaveFileName"
    monkeypatch.setattr(ways, lambda *_: (str(target), ""))
    page.print.click()
    wait_for(lambda: bool(said))
    assert said == [f"Pages saved as arrival.pdf in {tmp_path}"]
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_the_search_offers_it_by_its_name(desk: Desk, page: ArrivalPage, wait_for: Waiter) -> None:
    answers, told = Answers(desk, page), list[Answer]()
    answers.arrived.connect(told.append)
    answers.ask("arriv", "")
    wait_for(lambda: bool(told))
    assert told[-1].rows[0].place == Place("arrival")
    answers.ask("rena", "")
    wait_for(lambda: told[-1].query == "rena")
    assert Place("arrival") not in [row.place for row in told[-1].rows]


def test_after_an_error_the_facts_come_back_and_no_clock_of_before_is_set(
    page: ArrivalPage, desk: Desk, monkeypatch: pytest.MonkeyPatch, wait_for: Waiter
) -> None:
    def broken(*_: object) -> None:
        raise BadRequest("The guide cannot be read.")

    with monkeypatch.context() as patch:
        patch.setattr("fieldguide.ui.pages.arrival.read_arrival", broken)
        page.show_place(Place("arrival"))
        said = page.findChildren(Empty)[0]
        wait_for(said.isVisible)
    wait_for(lambda: not page.findChildren(NumberRow))
    page._timer.timeout.emit()
    assert not page.print.isVisible()
    page.show_place(Place("arrival"))
    wait_for(lambda: bool(page.findChildren(NumberRow)))
    assert not said.isVisible()
