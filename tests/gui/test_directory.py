"""The directory, driven by keys and clicks over the real guide."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.directory import Comparison
from fieldguide.domain.records import Card, Doubt, Fact, Record, Ref, Source
from fieldguide.ui.card_model import CardModel
from fieldguide.ui.cards import CardTable, two_lines
from fieldguide.ui.compare_view import CompareView
from fieldguide.ui.comparison import Cell, CompareModel, gist
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.facets import FacetList
from fieldguide.ui.pages.directory import DirectoryPage
from fieldguide.ui.parts import Header
from fieldguide.ui.text import wrapped_height
from fieldguide.ui.theme import Theme

Shown = Callable[..., QWidget]
Waiter = Callable[[Callable[[], bool]], None]
Wear = Callable[[Theme], None]
STRICT = QAbstractItemModelTester.FailureReportingMode.Fatal


class Driver:
    """The page as its user has it."""

    def __init__(self, page: DirectoryPage, qtbot: QtBot, wait_for: Waiter) -> None:
        self.page, self.bot, self.wait = page, qtbot, wait_for
        self.table = page.findChild(CardTable)
        self.facets = page.findChild(FacetList)
        self.compare = page.findChild(CompareView)
        self.whole: QWidget | None = None
        self.opened: list[Place] = []
        self.said: list[str] = []
        page.opened.connect(self.opened.append)
        page.said.connect(self.said.append)
        for model in (self.table.model(), self.facets.model(), self.compare.model()):
            QAbstractItemModelTester(model, STRICT, page)

    @property
    def cards(self) -> tuple[Card, ...]:
        return self.table.model_of_cards.cards

    @property
    def note(self) -> str:
        return self.page.findChild(Header).note.text()

    def show(self, detail: str = "") -> None:
        self.page.show_place(Place("directory", detail=detail))
        self.settle()

    def settle(self) -> None:
        """Wait for what was asked so far: the worker answers in order."""
        done: list[object] = []
        self.page.desk.guide.do(lambda _: None, done.append)
        self.wait(lambda: bool(done))

    def press(self, widget: QWidget, *keys: Qt.Key) -> None:
        for key in keys:
            self.bot.keyClick(widget, key)
        self.settle()

    def choose(self, facet: str, value: str) -> None:
        row = self.facets.facets.row_of(facet, value)
        assert row >= 0, value
        self.facets.setFocus()
        self.facets.setCurrentIndex(self.facets.facets.index(row))
        self.press(self.facets, Qt.Key.Key_Space)

    def button(self, text: str) -> QPushButton:
        found = [
            one
            for one in self.page.findChildren(QPushButton)
            if one.text() == text and one.isVisible()
        ]
        return found[0]

    def pick(self, count: int) -> None:
        self.table.setFocus()
        self.table.select(0)
        for _ in range(count):
            self.press(self.table, Qt.Key.Key_Space, Qt.Key.Key_Down)


@pytest.fixture
def drive(desk: Desk, qtbot: QtBot, wait_for: Waiter, shown: Shown) -> Driver:
    whole = QWidget()
    page = DirectoryPage(desk)
    page.setParent(whole)
    page.resize(1076, 800)
    driver = Driver(page, qtbot, wait_for)
    driver.show()
    driver.whole = shown(whole)
    return driver


def test_everything_is_listed_by_rank(drive: Driver) -> None:
    assert drive.cards[0].ref == Ref("organisation", "renji-hospital")
    assert drive.note == f"{len(drive.cards)} records"


def test_a_section_is_chosen_by_its_place(drive: Driver) -> None:
    drive.show("hospitals")
    assert drive.cards
    assert all("hospital" in card.types for card in drive.cards)
    assert drive.page.heading() == "Hospitals"
    assert drive.note == f"{len(drive.cards)} in Hospitals"


def test_what_was_chosen_is_there_when_one_comes_back(drive: Driver) -> None:
    drive.show("hospitals")
    drive.choose("city", "Suzhou")
    drive.table.select(2)
    before = drive.cards, drive.table.currentIndex().row()
    drive.show()
    assert (drive.cards, drive.table.currentIndex().row()) == before


def test_one_section_takes_the_place_of_another(drive: Driver) -> None:
    drive.choose("section", "hospitals")
    hospitals = drive.cards
    drive.choose("section", "parks")
    assert drive.cards
    assert not set(drive.cards) & {card for card in hospitals if "park" not in card.types}
    drive.choose("section", "")
    assert len(drive.cards) > len(hospitals)


def test_facets_narrow_each_other_and_count_what_they_would_show(drive: Driver) -> None:
    drive.choose("section", "hospitals")
    lines = drive.facets.facets.lines
    suzhou = next(line for line in lines if (line.facet, line.value) == ("city", "Suzhou"))
    drive.choose("city", "Suzhou")
    assert len(drive.cards) == suzhou.count
    assert {card.city for card in drive.cards} == {"Suzhou"}
    drive.choose("city", "Shanghai")
    assert {card.city for card in drive.cards} == {"Suzhou", "Shanghai"}
    drive.choose("city", "Suzhou")
    drive.choose("city", "Shanghai")
    assert len(drive.cards) > suzhou.count


def test_a_long_facet_unfolds(drive: Driver) -> None:
    model = drive.facets.facets
    row = next(row for row, line in enumerate(model.lines) if line.mark == "more")
    facet, before = model.lines[row].facet, len(model.lines)
    drive.facets.setCurrentIndex(model.index(row))
    drive.press(drive.facets, Qt.Key.Key_Return)
    assert len(model.lines) > before
    assert not any(line.mark == "more" and line.facet == facet for line in model.lines)


def test_arrows_pass_over_the_headings(drive: Driver) -> None:
    drive.facets.setFocus()
    drive.press(drive.facets, Qt.Key.Key_Home)
    for _ in range(20):
        drive.press(drive.facets, Qt.Key.Key_Down)
        line = drive.facets.facets.lines[drive.facets.currentIndex().row()]
        assert line.mark != "heading"


def test_nothing_left_is_said_and_undone(drive: Driver) -> None:
    drive.choose("section", "hospitals")
    zero = next(line for line in drive.facets.facets.lines if line.count == 0)
    drive.choose(zero.facet, zero.value)
    assert drive.cards == ()
    assert drive.table.isHidden()
    drive.bot.mouseClick(drive.button("Show all"), Qt.MouseButton.LeftButton)
    drive.settle()
    assert drive.cards
    assert drive.table.isVisible()


def test_enter_and_a_click_open_a_record(drive: Driver) -> None:
    drive.table.setFocus()
    drive.press(drive.table, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert drive.opened == [Place("record", drive.cards[1].ref)]
    rect = drive.table.visualRect(drive.table.model().index(2, CardModel.NAME))
    drive.bot.mouseClick(drive.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert drive.opened[-1] == Place("record", drive.cards[2].ref)


def test_a_click_on_the_tick_picks(drive: Driver) -> None:
    rect = drive.table.visualRect(drive.table.model().index(1, CardModel.PICK))
    for picked in (1, 0):
        drive.bot.mouseClick(drive.table.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
        assert len(drive.table.model_of_cards.picked) == picked
    assert drive.opened == []


def test_the_hanzi_of_the_row_can_be_copied(drive: Driver) -> None:
    drive.table.select(0)
    assert drive.page.hanzi() == "仁济医院"


def test_no_more_than_four_are_picked(drive: Driver) -> None:
    drive.pick(5)
    assert len(drive.table.model_of_cards.picked) == 4
    assert len(drive.said) == 1
    assert drive.note.endswith("4 picked")


def test_picked_records_stand_side_by_side(drive: Driver) -> None:
    drive.show("hospitals")
    drive.pick(3)
    titles = [card.title for card in drive.cards[:3]]
    segments = drive.page.findChildren(QPushButton)
    segment = next(one for one in segments if one.accessibleName() == "Compare")
    drive.bot.keyClick(segment, Qt.Key.Key_Space)
    drive.settle()
    assert [one.title for one in drive.compare.comparison.records] == titles
    assert drive.compare.hasFocus()
    beds = next(
        index.data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(drive.compare.comparison.rowCount())
        if (index := drive.compare.comparison.index(row, 1)).siblingAtColumn(0).data() == "Beds"
    )
    assert "2,750" in beds
    assert "doubt: " in beds
    drive.press(drive.compare, Qt.Key.Key_Right, Qt.Key.Key_Return)
    assert drive.opened == [Place("record", drive.cards[1].ref)]


def test_compare_without_picks_says_how_to_pick(drive: Driver) -> None:
    drive.bot.mouseClick(drive.button("Compare"), Qt.MouseButton.LeftButton)
    assert drive.compare.isHidden()
    drive.bot.mouseClick(drive.button("To the table"), Qt.MouseButton.LeftButton)
    assert drive.table.isVisible()


def test_a_pick_is_let_go_by_its_chip(drive: Driver) -> None:
    drive.pick(2)
    chip = next(
        one
        for one in drive.page.findChildren(QPushButton)
        if one.accessibleName().startswith("Let go of ")
    )
    drive.bot.mouseClick(chip, Qt.MouseButton.LeftButton)
    drive.settle()
    assert len(drive.table.model_of_cards.picked) == 1
    drive.bot.mouseClick(drive.button("Let all go"), Qt.MouseButton.LeftButton)
    assert drive.table.model_of_cards.picked == {}


def test_large_text_pages_through_the_comparison(drive: Driver, wear: Wear) -> None:
    wear(Theme("light", 2.0))
    drive.page.resize(1168, 800)
    drive.show("hospitals")
    drive.pick(4)
    drive.bot.mouseClick(drive.button("Compare"), Qt.MouseButton.LeftButton)
    drive.settle()
    seen = []
    for _ in range(4):
        seen.append([at for at in range(1, 5) if not drive.compare.isColumnHidden(at)])
        drive.press(drive.compare, Qt.Key.Key_Right)
    assert seen[0] == [1, 2]
    assert seen[-1] == [3, 4]
    assert drive.compare.horizontalScrollBar().maximum() == 0


def test_large_text_puts_the_facets_behind_a_button(drive: Driver, wear: Wear) -> None:
    wear(Theme("dark", 2.0))
    drive.page.resize(1168, 800)
    assert drive.facets.isHidden()
    drive.bot.mouseClick(drive.button("Filter"), Qt.MouseButton.LeftButton)
    assert drive.facets.hasFocus()
    assert not drive.table.isVisible()
    drive.choose("section", "parks")
    assert drive.facets.isHidden()
    assert drive.table.hasFocus()


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
def test_nothing_scrolls_sideways(drive: Driver, wear: Wear, scale: float) -> None:
    wear(Theme("light", scale))
    drive.settle()
    assert drive.table.horizontalScrollBar().maximum() == 0
    assert drive.facets.horizontalScrollBar().maximum() == 0


def test_a_missed_row_is_never_cut_without_a_mark(dressed: object) -> None:
    theme = Theme()
    text = "Teaching hospital of a school of medicine, " * 4
    shown = two_lines(text, theme, 300.0, "caption")
    assert shown.endswith("…")
    assert wrapped_height(shown, theme, 300.0, "caption") <= 2 * theme.line("caption", hanzi=True)
    assert two_lines("Short", theme, 300.0, "caption") == "Short"


def test_a_cell_tells_newest_first_what_is_gone_and_what_is_doubted(dressed: object) -> None:
    source = Source("report", "Report of the mission", "Report")
    doubt = Doubt("INC-1", "Two sources disagree: one has 40, the other 50.")
    facts = (
        Fact("Beds", "50", as_of="2021", source="report", doubts=(doubt,)),
        Fact("Beds", "45", as_of="2019", source="other"),
        Fact("Beds", "40", as_of="2013", source="report", superseded_by="x", doubts=(doubt,)),
    )
    one = Record(Ref("organisation", "one"), "One", sources=(source,), facts=facts)
    two = Record(Ref("organisation", "two"), "Two", city="Suzhou")
    three = Record(Ref("organisation", "three"), "Three", city="Suzhou")
    other = (Fact("Beds", "30", as_of="2020", source="report"),)
    model = CompareModel()
    QAbstractItemModelTester(model, STRICT, model)
    rows = (("Beds", (facts, (), other)), ("Phase II", (other, (), ())))
    model.show(Comparison((one, two, three), rows), date(2026, 1, 1))
    cell: Cell = model.index(2, 1).data(CompareModel.CellRole)
    assert [(line.text, line.strike) for line in cell.lines] == [
        ("50", False),
        ("2021, Report", False),
        ("45 · 2019, other", False),
        ("40", True),
        ("no longer so: 2013, Report", False),
        ("Two sources disagree", False),
    ]
    missing = model.index(2, 2).data(CompareModel.CellRole)
    assert [(line.text, line.color) for line in missing.lines] == [("Ask at the visit", "question")]
    alone = model.index(3, 2).data(CompareModel.CellRole)
    assert [line.text for line in alone.lines] == ["–"]
    assert model.index(0, 1).data() == "Where, One: Ask at the visit"


def test_a_doubt_is_shown_by_its_first_clause() -> None:
    assert gist("Counted twice. Both are kept.") == "Counted twice"
    assert gist("Period not stated.") == "Period not stated"


def test_the_whole_row_is_spoken(drive: Driver) -> None:
    index = drive.table.model().index(0, CardModel.NAME)
    spoken = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.startswith("Renji Hospital, 仁济医院, Rénjì Yīyuàn, Shanghai, Hospital, ")


def test_the_row_under_the_pointer_is_marked(drive: Driver) -> None:
    drive.show("parks")
    view = drive.table.viewport()
    spot = drive.table.visualRect(drive.table.model().index(2, CardModel.NAME))
    empty = QPoint(spot.right() - 4, spot.top() + 4)
    before = view.grab().toImage().pixelColor(empty)
    drive.bot.mouseMove(view, spot.center())
    drive.wait(lambda: view.grab().toImage().pixelColor(empty) != before)
    assert view.cursor().shape() is Qt.CursorShape.PointingHandCursor
