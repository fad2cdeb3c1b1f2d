"""The page of a record, driven by keys and clicks over the built guide."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.domain.runs import split_scripts
from fieldguide.services.guide import Guide
from fieldguide.services.subject import subject
from fieldguide.ui.chart import SeriesChart
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.fact_rows import FactItem
from fieldguide.ui.facts import FactList
from fieldguide.ui.lists import ItemList
from fieldguide.ui.pages.record import RecordPage
from fieldguide.ui.prose import Prose, blocks, spans
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.sheet import Sign, Words
from fieldguide.ui.theme import Theme

RENJI = Ref("organisation", "renji-hospital")
WARNINGS = QAbstractItemModelTester.FailureReportingMode.Warning

Opened = Callable[[str, str], RecordPage]


@pytest.fixture
def opened(
    desk: Desk, shown: Callable[..., QWidget], wait_for: Callable[[Callable[[], bool]], None]
) -> Opened:
    page = RecordPage(desk)
    shown(page)

    def show(ref: str, tab: str = "") -> RecordPage:
        wanted = Ref.parse(ref)
        page.show_place(Place("record", wanted, tab))
        wait_for(lambda: page.shown() == wanted)
        page.setFocus()
        wait_for(page.whole)
        wait_for(lambda: complete(page))
        return page

    return show


def showing(page: RecordPage) -> ItemList:
    found = [view for view in page.findChildren(ItemList) if view.isVisible() and view.hasFocus()]
    assert len(found) == 1
    return found[0]


def items(view: ItemList) -> list[FactItem] | list[Row]:
    return [view.items.item(row) for row in range(view.items.rowCount())]


def complete(page: RecordPage) -> bool:
    return not any(view._rest for view in page.findChildren(ItemList) if view.isVisible())


def press_tab_bar(page: RecordPage, qtbot: QtBot, key: str) -> None:
    bar = page._tabs.bar
    place = [tab.key for tab in bar.tabs].index(key)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.tabRect(place).center())
    qtbot.waitUntil(lambda: complete(page), timeout=20_000)


def test_a_fact_opens_its_source_with_enter(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "facts")
    view = showing(page)
    first = view.currentIndex().row()
    assert isinstance(view, FactList)
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    place = signal.args[0]
    assert place == items(view)[first].place
    assert place.ref.kind == "source"


def test_the_first_row_has_the_keys_though_the_record_came_later(
    desk: Desk, shown: Callable[..., QWidget], wait_for: Callable[[Callable[[], bool]], None]
) -> None:
    page = RecordPage(desk)
    shown(page)
    page.show_place(Place("record", RENJI))
    page.setFocus()
    wait_for(lambda: page.shown() == RENJI)
    view = showing(page)
    assert view.selectionModel().hasSelection()
    assert not items(view)[view.currentIndex().row()].heading


def test_a_click_on_a_row_opens_it(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "places")
    view = showing(page)
    row = next(at for at, item in enumerate(items(view)) if item.place)
    spot = view.visualRect(view.items.index(row)).topLeft() + QPoint(20, 12)
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert signal.args[0].ref.slug.startswith(("renji-", "shanghai-cancer"))


def test_arrows_pass_over_headings(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "facts")
    view = showing(page)
    seen = {view.currentIndex().row()}
    for _ in range(30):
        qtbot.keyClick(view, Qt.Key.Key_Down)
        seen.add(view.currentIndex().row())
    rows = items(view)
    assert any(rows[at].heading for at in range(max(seen)))
    assert not any(rows[at].heading for at in seen)


def test_years_of_a_figure_stand_newest_first_and_are_not_added_up(opened: Opened) -> None:
    page = opened(str(RENJI), "facts")
    rows = items(showing(page))
    start = next(at for at, row in enumerate(rows) if row.label == "Beds")
    beds = [rows[start], rows[start + 1], rows[start + 2]]
    assert [row.value for row in beds] == ["2,750", "1,650 + 600", "2,050"]
    assert [row.label for row in beds] == ["Beds", "earlier", "earlier"]
    assert [row.struck for row in beds] == [False, False, True]
    assert any("2,750" in note for note in beds[2].notes)


def test_a_doubt_stands_under_its_fact_once_and_is_pointed_to_after_that(opened: Opened) -> None:
    page = opened(str(RENJI), "facts")
    doubts = [doubt for row in items(showing(page)) for doubt in getattr(row, "doubts", ())]
    whole = [doubt for doubt in doubts if doubt.startswith("Beds and staff disagree")]
    assert len(whole) == 1
    assert "The same doubt as above" in doubts


def test_each_tab_counts_what_it_shows(opened: Opened, guide: Guide, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "")
    record = guide.record(RENJI)
    counts = {tab.key: tab.count for tab in page._tabs.bar.tabs}
    assert counts["facts"] == len(record.facts)
    assert counts["doubts"] == len(record.doubts)
    assert counts["sources"] == len(record.sources)
    for key in ("places", "linked", "sources", "doubts"):
        press_tab_bar(page, qtbot, key)
        rows = [item for item in items(page._stack.currentWidget()) if not item.heading]
        assert len(rows) == counts[key]


def test_every_model_and_row_holds(opened: Opened, guide: Guide, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "")
    testers = [
        QAbstractItemModelTester(view.items, WARNINGS) for view in page.findChildren(ItemList)
    ]
    assert len(testers) == 4
    for kind in guide.about.counts:
        ref = guide.records(kind)[0].ref
        page = opened(str(ref), "")
        for tab in page._tabs.bar.tabs:
            press_tab_bar(page, qtbot, tab.key)
        for view in page.findChildren(ItemList):
            for row in range(view.items.rowCount()):
                speech = view.items.index(row).data(Qt.ItemDataRole.AccessibleTextRole)
                assert speech.strip(), (ref, row)


def test_a_row_is_as_high_as_what_it_draws(
    opened: Opened, wear: Callable[[Theme], None], qtbot: QtBot
) -> None:
    page = opened(str(RENJI), "facts")
    for scale in (0.8, 1.0, 1.5, 2.0):
        wear(Theme("dark", scale))
        view = showing(page)
        for row in range(view.items.rowCount()):
            sheet = view.drawing.sheet(view.items.index(row))
            for part in sheet.parts:
                assert part.rect.bottom() <= sheet.height + 1, (scale, row, part)
                assert part.rect.right() <= view.row_width() + 1, (scale, row, part)


def test_hanzi_of_a_row_are_copied_by_key_and_by_sign(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "facts")
    view = showing(page)
    row = next(at for at, item in enumerate(items(view)) if getattr(item, "hanzi", ""))
    hanzi = items(view)[row].hanzi
    view.setCurrentIndex(view.items.index(row))
    QGuiApplication.clipboard().setText("")
    with qtbot.waitSignal(page.said):
        qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == hanzi
    QGuiApplication.clipboard().setText("")
    index = view.items.index(row)
    sign = next(
        part for part in view.drawing.sheet(index).parts if isinstance(part, Sign) and part.copies
    )
    spot = view.visualRect(index).topLeft() + sign.rect.center().toPoint()
    with qtbot.assertNotEmitted(page.opened):
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert QGuiApplication.clipboard().text() == hanzi


def test_the_page_gives_its_hanzi_and_its_title(opened: Opened) -> None:
    page = opened(str(RENJI), "")
    assert page.hanzi() == "仁济医院"
    assert page.heading() == "Renji Hospital"


def test_the_note_button_begins_a_note_on_the_record(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "")
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.mouseClick(page._header.note, Qt.MouseButton.LeftButton)
    assert signal.args[0] == Place("note", RENJI, "new")


def test_the_path_leads_to_the_section_of_the_directory(opened: Opened, qtbot: QtBot) -> None:
    page = opened(str(RENJI), "")
    button = next(
        one for one in page.findChildren(QWidget) if getattr(one, "text", str)() == "Hospitals"
    )
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert signal.args[0] == Place("directory", detail="hospitals")


def test_notes_on_the_record_stand_beside_it_and_open(
    opened: Opened, desk: Desk, qtbot: QtBot, wait_for: Callable[[Callable[[], bool]], None]
) -> None:
    written: list[str] = []

    def write(notebook: object) -> None:
        note = notebook.start(RENJI, "Renji Hospital")  # type: ignore[attr-defined]
        notebook.save(note.id, "A: Send the Lyon contact", note.revision.id)  # type: ignore[attr-defined]
        written.append(note.id)

    desk.notes.do(write)
    page = opened(str(RENJI), "notes")
    wait_for(lambda: bool(page._notes))
    press_tab_bar(page, qtbot, "notes")
    view = showing(page)
    row = next(at for at, item in enumerate(items(view)) if item.title == "Send the Lyon contact")
    view.setCurrentIndex(view.items.index(row))
    with qtbot.waitSignal(page.opened) as signal:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert signal.args[0] == Place("note", RENJI, written[0])


def test_large_text_takes_the_narrow_layout_and_a_menu(
    opened: Opened, wear: Callable[[Theme], None], shown: Callable[..., QWidget]
) -> None:
    page = opened(str(RENJI), "")
    assert page._side.isVisible()
    wear(Theme("light", 2.0))
    assert not page._side.isVisible()
    assert page._tabs.key() == "facts"
    visible = [at for at in range(page._tabs.bar.count()) if page._tabs.bar.isTabVisible(at)]
    right = page._tabs.bar.tabRect(visible[-1]).right()
    assert right <= page.width()
    hidden = len(page._tabs.bar.tabs) - len(visible)
    assert len(page._tabs._menu.actions()) == hidden > 0
    page._tabs._menu.actions()[-1].trigger()
    assert page._tabs.key() == page._tabs.bar.tabs[-1].key


def test_the_steps_of_a_pathway_are_numbered_in_order(opened: Opened, guide: Guide) -> None:
    ref = guide.records("pathway")[0].ref
    page = opened(str(ref), "")
    rows = items(showing(page))
    steps = [link for link in guide.record(ref).links if link.type == "step" and link.outward]
    assert [row.mark for row in rows] == [str(number) for number in range(1, len(steps) + 1)]
    assert [row.place for row in rows] == [Place("record", link.other) for link in steps]


def test_a_mirror_is_named_and_its_address_is_only_text(opened: Opened, guide: Guide) -> None:
    page = opened(str(RENJI), "sources")
    mirrors = {source.title for source in guide.record(RENJI).sources if source.mirror}
    rows = {row.title: row for row in items(showing(page))}
    assert mirrors
    for title, row in rows.items():
        assert (row.side == "Copy on another site") == (title in mirrors)
        assert row.place is None or row.place.ref.kind == "source"


def test_an_unknown_record_is_a_sentence_with_a_way_on(
    opened: Opened, qtbot: QtBot, wait_for: Callable[[Callable[[], bool]], None]
) -> None:
    page = opened(str(RENJI), "")
    page.show_place(Place("record", Ref("organisation", "nowhere")))
    wait_for(page._nothing.isVisible)
    assert "nowhere" in page._nothing.sentence.text()
    page = opened(str(RENJI), "")
    assert page._header.isVisible()


def test_the_chart_tells_its_figures_to_those_who_do_not_see_it(opened: Opened) -> None:
    page = opened(str(RENJI), "")
    chart = page.findChildren(SeriesChart)[0]
    assert chart.isVisible()
    told = chart.accessibleDescription()
    assert "2021: 4,475" in told
    assert "2013: 3,099" in told


def test_the_lists_have_names(opened: Opened) -> None:
    page = opened(str(RENJI), "linked")
    for view in page.findChildren(ItemList):
        if view.isVisible():
            assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name)


def test_hanzi_are_drawn_in_their_own_face(opened: Opened) -> None:
    page = opened(str(RENJI), "places")
    view = showing(page)
    drawn = [
        part.text
        for row in range(view.items.rowCount())
        for part in view.drawing.sheet(view.items.index(row)).parts
        if isinstance(part, Words)
    ]
    assert any(hanzi for text in drawn for _, hanzi in split_scripts(text))


def test_a_text_is_read_as_headings_lists_and_bold(desk: Desk, qtbot: QtBot) -> None:
    text = "# Head\n\nOne **two**\nthree [words](http://example.org).\n\n- a\n- b\n\n1. c"
    found = [(block.text, block.level, block.bullet) for block in blocks(text)]
    assert found == [
        ("Head", 1, ""),
        ("One **two** three [words](http://example.org).", 0, ""),
        ("a", 0, "-"),
        ("b", 0, "-"),
        ("c", 0, "1"),
    ]
    assert list(spans(found[1][0])) == [
        ("One ", False),
        ("two", True),
        (" three words (http://example.org).", False),
    ]
    prose = Prose(desk.look, "Text")
    qtbot.addWidget(prose)
    prose.show_text(text + "\n\n![x](file:///etc/hostname) <img src='http://example.org/x.png'>")
    assert "example.org/x.png" in prose.toPlainText()
    assert "<a " not in prose.toHtml()
    lists = {
        prose.document().findBlockByNumber(at).textList() is not None
        for at in range(prose.document().blockCount())
    }
    assert lists == {True, False}


def test_what_replaced_a_fact_elsewhere_is_a_row_that_opens_it(
    opened: Opened, guide: Guide
) -> None:
    found = _replaced_elsewhere(guide)
    page = opened(str(found[0]), "facts")
    rows = items(showing(page))
    at = next(place for place, row in enumerate(rows) if row.label == "now")
    assert rows[at - 1].struck
    assert rows[at].place == Place("record", found[1])


def _replaced_elsewhere(guide: Guide) -> tuple[Ref, Ref]:
    for kind in guide.about.counts:
        for card in guide.records(kind):
            for successor in subject(guide, card.ref).successors.values():
                if successor.ref != card.ref:
                    return card.ref, successor.ref
    raise AssertionError("the guide replaces no fact by one of another record")


def test_row_lists_wrap_and_never_scroll_sideways(opened: Opened) -> None:
    page = opened(str(RENJI), "doubts")
    view = showing(page)
    assert isinstance(view, RowList)
    assert view.horizontalScrollBar().maximum() == 0
