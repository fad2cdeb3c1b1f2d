"""Still right, wrong now: by keys and by mouse on a fact, shown beside it, and taken back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.entries import Check, Verdict
from fieldguide.domain.notes import Visibility
from fieldguide.domain.records import Ref
from fieldguide.services.checking import Checked, all_checks, keep
from fieldguide.ui.checks import CheckForm
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.fact_rows import FactItem
from fieldguide.ui.facts import FactList
from fieldguide.ui.pages.record import RecordPage
from tests.gui.note_steps import ask, says

RENJI = Ref("organisation", "renji-hospital")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> RecordPage:
    ask(qtbot, desk, lambda book: book.introduce("A. Name"))
    page = RecordPage(desk)
    on_screen(page)
    page.show_place(Place("record", RENJI, "facts"))
    wait_for(lambda: page.shown() == RENJI and page.whole() and not facts_of(page)._rest)
    page.setFocus()
    return page


def facts_of(page: RecordPage) -> FactList:
    return next(one for one in page.findChildren(FactList) if one.isVisible())


def go_to(page: RecordPage, value: str) -> FactItem:
    """Put the keys on the fact that says this."""
    view = facts_of(page)
    rows = [view.items.item(row) for row in range(view.items.rowCount())]
    row = next(at for at, one in enumerate(rows) if getattr(one, "value", "") == value)
    view.setCurrentIndex(view.items.index(row))
    item = rows[row]
    assert isinstance(item, FactItem)
    return item


def kept(qtbot: QtBot, desk: Desk) -> list[Checked]:
    found = ask(qtbot, desk, all_checks)
    assert isinstance(found, list)
    return found


def words(page: RecordPage, value: str) -> list[str]:
    return [line.text for line in go_to(page, value).checks]


def test_one_key_says_that_a_fact_is_right_and_the_same_key_takes_it_back(
    qtbot: QtBot, desk: Desk, page: RecordPage, wait_for: Waiter
) -> None:
    go_to(page, "2,750")
    qtbot.keyClick(facts_of(page), Qt.Key.Key_R)
    wait_for(lambda: words(page, "2,750") == ["Right on 28 May 2013, A. Name"])
    (one,) = kept(qtbot, desk)
    assert (one.check.fact, one.check.said, one.about) == ("Beds, 2021", "2,750", RENJI)
    assert "Right on 28 May 2013" in go_to(page, "2,750").speech
    assert facts_of(page).hasFocus()
    qtbot.keyClick(facts_of(page), Qt.Key.Key_R)
    wait_for(lambda: not words(page, "2,750"))
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: len(words(page, "2,750")) == 1)


def test_what_is_wrong_now_is_typed_in_one_small_form(
    qtbot: QtBot, desk: Desk, page: RecordPage, wait_for: Waiter
) -> None:
    go_to(page, "2,750")
    qtbot.keyClick(facts_of(page), Qt.Key.Key_W)
    for text in ("3,100", "said the director"):
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Tab)
    form = page.findChild(CheckForm)
    assert isinstance(form, CheckForm)
    form.shared.setChecked(False)
    qtbot.keyClick(form.remark, Qt.Key.Key_Return)
    said = "Wrong now: 3,100 (28 May 2013, A. Name) · said the director"
    wait_for(lambda: words(page, "2,750") == [said])
    assert form.isHidden()
    assert facts_of(page).hasFocus()
    (one,) = kept(qtbot, desk)
    assert (one.check.verdict, one.visibility) == (Verdict.WRONG, Visibility.MINE)
    qtbot.keyClick(facts_of(page), Qt.Key.Key_W)
    assert (form.value.text(), form.remark.text()) == ("3,100", "said the director")
    assert not form.shared.isChecked()
    qtbot.keyClick(form.value, Qt.Key.Key_Escape)
    assert facts_of(page).hasFocus()
    qtbot.keyClick(facts_of(page), Qt.Key.Key_Delete)
    wait_for(lambda: says(page, "Check taken back: Beds, 2021"))
    assert kept(qtbot, desk) == []


def test_all_checks_are_written_for_the_organiser(
    qtbot: QtBot,
    desk: Desk,
    page: RecordPage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for fact, readers in (("Beds, 2021", Visibility.ORGANISER), ("Phone", Visibility.MINE)):
        check = Check(fact, Verdict.RIGHT, "2013-05-28")
        ask(qtbot, desk, lambda book, one=check, who=readers: keep(book, RENJI, "Renji", one, who))
    chosen = str(tmp_path / "checks.csv")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (chosen, ""))
    with qtbot.waitSignal(page.said) as said:
        facts_of(page).acted.emit(go_to(page, "2,750"), "export")
    assert said.args == [f"1 check written to {chosen}"]
    assert "Beds, 2021" in Path(chosen).read_text("utf-8-sig")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_sign_of_a_row_offers_the_same_to_the_mouse(
    qtbot: QtBot, desk: Desk, page: RecordPage, wait_for: Waiter
) -> None:
    go_to(page, "2,750")
    view = facts_of(page)
    index = view.currentIndex()
    (sign,) = view.drawing.sheet(index).offers
    spot = view.visualRect(index).topLeft() + sign.rect.center().toPoint()
    opened: list[Place] = []
    page.opened.connect(opened.append)
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    menu = next(one for one in view.findChildren(QMenu) if one.isVisible())
    assert [one.text() for one in menu.actions()] == ["Still right\tR", "Wrong now…\tW"]
    qtbot.mouseClick(
        menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(menu.actions()[0]).center()
    )
    wait_for(lambda: len(words(page, "2,750")) == 1)
    assert not opened
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot + QPoint(-150, 0))
    assert len(opened) == 1


def test_a_check_of_what_the_guide_says_no_more_is_not_lost(
    qtbot: QtBot, desk: Desk, page: RecordPage, wait_for: Waiter
) -> None:
    gone = Check("Wells, 2001", Verdict.WRONG, "2013-05-27", "none", said="12")
    newer = Check("Beds, 2021", Verdict.RIGHT, "2013-05-27", said="2,700")
    for check in (gone, newer):
        ask(qtbot, desk, lambda book, check=check: keep(book, RENJI, "Renji", check))
    page.show_place(Place("record", RENJI))
    wait_for(lambda: bool(words(page, "2,750")))
    assert words(page, "2,750")[0].endswith("· the guide said 2,700 then")
    assert words(page, "12") == ["Wrong now: none (27 May 2013, A. Name)"]
    qtbot.keyClick(facts_of(page), Qt.Key.Key_R)
    qtbot.keyClick(facts_of(page), Qt.Key.Key_Delete)
    wait_for(lambda: len(kept(qtbot, desk)) == 1)


def test_a_check_that_was_begun_stays_in_the_background_and_is_kept_on_leaving(
    qtbot: QtBot, desk: Desk, page: RecordPage
) -> None:
    go_to(page, "2,750")
    qtbot.keyClick(facts_of(page), Qt.Key.Key_W)
    qtbot.keyClicks(QApplication.focusWidget(), "3,100")
    page.keep()
    form = page.findChild(CheckForm)
    assert isinstance(form, CheckForm)
    assert form.isVisible()
    page.leave()
    (one,) = kept(qtbot, desk)
    assert (one.check.verdict, one.check.value) == (Verdict.WRONG, "3,100")
    assert form.isHidden()
    go_to(page, "2,750")
    qtbot.keyClick(facts_of(page), Qt.Key.Key_W)
    page.leave()
    assert len(kept(qtbot, desk)) == 1
