"""Help: what the guide says of itself, the keys, and every licence, without any network."""

import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QTabWidget, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.errors import GuideUnreadable
from fieldguide.services import licences
from fieldguide.services.guide import Guide
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.key_sheet import groups
from fieldguide.ui.licence_view import LicenceView
from fieldguide.ui.pages import makers
from fieldguide.ui.pages.help import HelpPage
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.tasks import Worker
from fieldguide.ui.window import Window

ROOT = Path(__file__).parents[2]
Shown = Callable[..., QWidget]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture
def page(desk: Desk, shown: Shown) -> Iterator[HelpPage]:
    frame = QWidget()
    made = HelpPage(desk)
    made.setParent(frame)
    made.resize(1076, 800)
    shown(frame)
    made.show()
    yield made
    frame.close()


def subjects(page: HelpPage) -> RowList:
    return next(one for one in page.findChildren(RowList) if "subject" in one.accessibleName())


def test_each_help_record_of_the_guide_is_listed_and_opens(
    qtbot: QtBot, page: HelpPage, guide: Guide, wait_for: Waiter
) -> None:
    page.show_place(Place("help"))
    listed = subjects(page)
    cards = guide.records("help")
    wait_for(lambda: listed.items.rowCount() == len(cards))
    QAbstractItemModelTester(
        listed.items, QAbstractItemModelTester.FailureReportingMode.Fatal, listed
    )
    refs = {str(card.ref) for card in cards}
    assert {"help/searching", "help/reading-a-fact", "help/command-line"} <= refs
    listed.setFocus()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(listed, Qt.Key.Key_Return)
    assert opened.args == [Place("record", cards[0].ref)]


def test_the_help_is_found_by_the_search(guide: Guide) -> None:
    for query, wanted in (("how to search", "help/searching"), ("json", "help/command-line")):
        assert wanted in [str(hit.ref) for hit in guide.search(query).hits[:3]]


def test_every_part_has_its_version_licence_and_text(
    qtbot: QtBot, page: HelpPage, wait_for: Waiter
) -> None:
    page.show_place(Place("help", detail="licences"))
    tabs = page.findChild(QTabWidget)
    assert isinstance(tabs, QTabWidget)
    view = tabs.currentWidget()
    assert isinstance(view, LicenceView)
    table = tomllib.loads((ROOT / "resources/licences/index.toml").read_text("utf-8"))
    wait_for(lambda: view.list.items.rowCount() == len(table["part"]) + 1)
    text = view.findChild(QPlainTextEdit)
    assert isinstance(text, QPlainTextEdit)
    assert "GeoNames" in text.toPlainText()
    view.list.setFocus()
    for number, part in enumerate(licences.parts(), 1):
        qtbot.keyClick(view.list, Qt.Key.Key_Down)
        row = view.list.items.item(number)
        assert isinstance(row, Row)
        assert part.version in row.title
        assert part.licence in row.lines
        assert text.toPlainText() == licences.text(part)
        assert len(text.toPlainText()) > 100


def test_the_cheat_sheet_names_every_key_of_the_window(
    page: HelpPage, desk: Desk, qtbot: QtBot
) -> None:
    from PySide6.QtGui import QKeySequence, QShortcut

    window = Window(desk, makers())
    qtbot.addWidget(window)
    keys = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    named = {QKeySequence(key).toString() for _, rows in groups() for key, _ in rows}
    assert keys - named == {"Ctrl+="}
    page.show_place(Place("help", detail="keys"))
    caps = {label.text() for label in page.findChildren(QLabel)}
    assert "Ctrl+K" in caps


def test_keys_and_licences_stay_when_the_guide_cannot_be_read(
    desk: Desk, shown: Shown, wait_for: Waiter
) -> None:
    def fail() -> Guide:
        raise GuideUnreadable("The guide is damaged.")

    broken = Worker("guide", fail, Guide.close)
    frame = QWidget()
    page = HelpPage(replace(desk, guide=broken))
    page.setParent(frame)
    shown(frame)
    page.show_place(Place("help"))
    wait_for(
        lambda: any("The guide is damaged." in one.text() for one in page.findChildren(QLabel))
    )
    broken.close()


def test_the_help_on_the_command_line_names_each_command_and_no_other() -> None:
    from fieldguide import cli

    text = (ROOT / "db/content/program/help/command-line.md").read_text("utf-8")
    commands = set(re.findall(r"`fieldguide ([a-z][a-z-]*)", text))
    known = next(
        action.choices
        for action in cli.parser()._actions
        if isinstance(action.choices, dict) and "search" in action.choices
    )
    assert commands == set(known)
