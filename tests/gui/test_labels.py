"""Tags and shortlists by keys: put on a record, found in the directory, compared, given up."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Check, Verdict
from fieldguide.domain.records import Ref
from fieldguide.services.checking import keep
from fieldguide.services.labelling import Collected, add, collected
from fieldguide.ui.cards import CardTable
from fieldguide.ui.compare_view import CompareView
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.directory_labels import RenameForm
from fieldguide.ui.facets import FacetList
from fieldguide.ui.labels import LabelChips, LabelPanel
from fieldguide.ui.list_filter import ListFilter
from fieldguide.ui.pages.directory import DirectoryPage
from fieldguide.ui.pages.record import RecordPage
from fieldguide.ui.pages.trip_map import TripMapPage
from tests.gui.note_steps import ask, says
from tests.gui.test_discreet import drawn

RENJI, RUIJIN = (Ref("organisation", slug) for slug in ("renji-hospital", "ruijin-hospital"))
CTRL = Qt.KeyboardModifier.ControlModifier
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


def all_labels(qtbot: QtBot, desk: Desk) -> Collected:
    found = ask(qtbot, desk, collected)
    assert isinstance(found, Collected)
    return found


def chips(within: QWidget | None) -> list[QPushButton]:
    assert within is not None
    return [one for one in within.findChildren(QPushButton) if one.isVisible()]


@pytest.fixture
def listed(qtbot: QtBot, desk: Desk) -> None:
    for ref in (RENJI, RUIJIN):
        ask(qtbot, desk, lambda book, ref=ref: add(book, ref, "", "shortlists", "Implant"))


@pytest.fixture
def directory(listed: None, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> DirectoryPage:
    page = DirectoryPage(desk)
    on_screen(page)
    page.show_place(Place("directory", detail="shortlists:Implant"))
    wait_for(lambda: refs(page) == {RENJI, RUIJIN})
    return page


def refs(page: DirectoryPage) -> set[Ref]:
    table = page.findChild(CardTable)
    assert isinstance(table, CardTable)
    return {card.ref for card in table.model_of_cards.cards}


def facets_on(page: DirectoryPage, value: str) -> FacetList:
    facets = page.findChild(FacetList)
    assert isinstance(facets, FacetList)
    facets.setFocus()
    facets.setCurrentIndex(facets.facets.index(facets.facets.row_of("shortlists", value)))
    return facets


def test_a_record_is_tagged_and_listed_without_the_mouse(
    qtbot: QtBot, desk: Desk, listed: None, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = RecordPage(desk)
    on_screen(page)
    page.show_place(Place("record", RENJI))
    page.setFocus()
    shown, panel = page.findChild(LabelChips), page.findChild(LabelPanel)
    wait_for(lambda: [one.text() for one in chips(shown)] == ["Implant"])
    qtbot.keyClick(page, Qt.Key.Key_T, CTRL | Qt.KeyboardModifier.ShiftModifier)
    wait_for(lambda: [one.text() for one in chips(panel)] == ["Implant"])
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    qtbot.keyClicks(line, "oncology")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_for(lambda: [one.text() for one in chips(shown)] == ["oncology", "Implant"])
    mark = next(one for one in chips(panel) if one.accessibleName() == "Shortlists: Implant")
    assert mark.isChecked()
    mark.setFocus()
    qtbot.keyClick(mark, Qt.Key.Key_Space)
    wait_for(lambda: [one.text() for one in chips(shown)] == ["oncology"])
    assert all_labels(qtbot, desk).under("shortlists", ["Implant"]) == {RUIJIN}
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert panel is not None
    assert panel.isHidden()
    with qtbot.waitSignal(page.opened) as opened:
        chips(shown)[0].click()
    assert opened.args == [Place("directory", detail="tags:oncology")]


def test_a_shortlist_is_renamed_and_given_up_from_the_directory(
    qtbot: QtBot, desk: Desk, directory: DirectoryPage, wait_for: Waiter
) -> None:
    facets = facets_on(directory, "Implant")
    qtbot.keyClick(facets, Qt.Key.Key_F2)
    form = directory.findChild(RenameForm)
    assert isinstance(form, RenameForm)
    assert form.line.hasFocus()
    form.line.setText("Implant X")
    qtbot.keyClick(form.line, Qt.Key.Key_Return)
    wait_for(lambda: says(directory, "Implant is now called Implant X"))
    wait_for(lambda: facets.facets.row_of("shortlists", "Implant X") > 0)
    assert refs(directory) == {RENJI, RUIJIN}
    qtbot.keyClick(facets, Qt.Key.Key_Z, CTRL)
    wait_for(lambda: facets.facets.row_of("shortlists", "Implant") > 0)
    wait_for(lambda: refs(directory) == {RENJI, RUIJIN})
    facets_on(directory, "Implant")
    qtbot.keyClick(facets, Qt.Key.Key_Delete)
    wait_for(lambda: facets.facets.row_of("shortlists", "Implant") < 0)
    assert len(refs(directory)) > 2
    qtbot.keyClick(facets, Qt.Key.Key_Z, CTRL)
    wait_for(lambda: facets.facets.row_of("shortlists", "Implant") > 0)
    assert all_labels(qtbot, desk).under("shortlists", ["Implant"]) == {RENJI, RUIJIN}


def test_a_whole_shortlist_stands_side_by_side(directory: DirectoryPage, wait_for: Waiter) -> None:
    next(one for one in chips(directory) if one.text() == "Compare").click()
    view = directory.findChild(CompareView)
    assert isinstance(view, CompareView)
    wait_for(lambda: {one.ref for one in view.comparison.records} == {RENJI, RUIJIN})
    facets_on(directory, "Implant").acted.emit("compare", "shortlists", "Implant")
    wait_for(view.hasFocus)


def test_the_discreet_view_hides_what_one_thinks_of_records(
    qtbot: QtBot, desk: Desk, directory: DirectoryPage, on_screen: OnScreen, wait_for: Waiter
) -> None:
    check = Check("Beds, 2021", Verdict.WRONG, "2013-05-28", "3,100", said="2,750")
    ask(qtbot, desk, lambda book: keep(book, RENJI, "Renji", check))
    page, chart = RecordPage(desk), TripMapPage(desk)
    for one, place in ((page, Place("record", RENJI, "facts")), (chart, Place("map"))):
        on_screen(one)
        one.show_place(place)
    shown, only = page.findChild(LabelChips), chart.findChild(ListFilter)
    facets = directory.findChild(FacetList)
    assert isinstance(shown, LabelChips)
    assert isinstance(only, ListFilter)
    assert isinstance(facets, FacetList)
    wait_for(lambda: "Wrong now: 3,100" in drawn(page) and shown.isVisible() and only.isVisible())
    desk.look.prefer(replace(desk.look.preferences, discreet=True))
    assert "Wrong now" not in drawn(page)
    assert not shown.isVisible()
    assert not only.isVisible()
    assert facets.facets.row_of("shortlists", "Implant") < 0
    desk.look.prefer(replace(desk.look.preferences, discreet=False))
    assert "Wrong now: 3,100" in drawn(page)
    assert facets.facets.row_of("shortlists", "Implant") > 0


def test_the_table_says_what_lies_on_a_record(directory: DirectoryPage, wait_for: Waiter) -> None:
    table = directory.findChild(CardTable)
    assert isinstance(table, CardTable)
    model = table.model_of_cards
    spoken = model.index(0, model.NAME).data(Qt.ItemDataRole.AccessibleTextRole)
    assert "Implant" in spoken.split(", ")
