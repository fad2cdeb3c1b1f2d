"""Settings, the first page, and the page for a guide that cannot be read."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import Author
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services import preferences
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.note_list import NoteList
from fieldguide.ui.page import Page
from fieldguide.ui.pages.damaged import DamagedPage
from fieldguide.ui.pages.settings import SettingsPage
from fieldguide.ui.pages.welcome import WelcomePage
from fieldguide.ui.settings.panel import Panel
from fieldguide.ui.tasks import Worker
from fieldguide.ui.text import ScriptLabel

OnScreen = Callable[[QWidget], None]
Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]


def words(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(ScriptLabel))


def press(qtbot: QtBot, page: QWidget, name: str) -> None:
    button = next(
        one for one in page.findChildren(QPushButton) if name in (one.text(), one.accessibleName())
    )
    button.setFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)


def author(qtbot: QtBot, desk: Desk) -> Author:
    found: list[Author] = []
    desk.notes.do(lambda book: book.me(), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    return found[0]


def name_of(page: QWidget) -> QLineEdit:
    return next(one for one in page.findChildren(QLineEdit) if one.accessibleName() == "Your name")


def opened(page: Page, desk: Desk, on_screen: OnScreen, place: Place) -> None:
    on_screen(page)
    page.show_place(place)
    page.setFocus()


Section = Callable[[str], SettingsPage]


@pytest.fixture
def section(desk: Desk, on_screen: OnScreen) -> Section:
    page = SettingsPage(desk)

    def show(detail: str) -> SettingsPage:
        opened(page, desk, on_screen, Place("settings", detail=detail))
        return page

    return show


def test_text_size_and_colours_are_chosen_by_key(
    qtbot: QtBot, desk: Desk, section: Section
) -> None:
    settings = section("look")
    press(qtbot, settings, "Text size: 150 %")
    press(qtbot, settings, "Colours: Dark")
    assert desk.look.preferences == Preferences(text=150, scheme="dark")
    desk.look.prefer(Preferences(text=110))
    assert "110 %" in words(settings)
    checked = [one.text() for one in settings.findChildren(QPushButton) if one.isChecked()]
    assert set(checked) == {"Look", "As the system"}


def test_a_name_is_kept_and_shown_again(
    qtbot: QtBot, desk: Desk, section: Section, on_screen: OnScreen, wait_for: Waiter
) -> None:
    settings = section("you")
    field = name_of(settings)
    assert author(qtbot, desk).name == ""
    qtbot.keyClicks(field, "Emilie Romeo")
    with qtbot.waitSignal(settings.said):
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert author(qtbot, desk).name == "Emilie Romeo"
    again = SettingsPage(desk)
    opened(again, desk, on_screen, Place("settings", detail="you"))
    wait_for(lambda: name_of(again).text() == "Emilie Romeo")


def test_the_first_page_takes_a_name_of_the_delegation_and_never_returns(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = WelcomePage(desk)
    opened(page, desk, on_screen, Place("welcome"))
    field = page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    assert "encrypted even without a passphrase: ask your institution" in words(page)
    wait_for(lambda: field.completer() is not None)
    people: list[str] = [
        field.completer().model().index(row, 0).data()
        for row in range(field.completer().model().rowCount())
    ]
    assert len(people) > 10
    field.setText(people[0])
    with qtbot.waitSignal(page.opened) as went:
        press(qtbot, page, "Start")
    assert went.args == [Place("today")]
    assert desk.look.preferences.welcomed
    me = author(qtbot, desk)
    assert me.name == people[0]
    assert me.person is not None
    assert me.person.kind == "person"


@pytest.mark.qt_log_ignore("does not support raise", "does not support grabbing the keyboard")
def test_enter_takes_a_suggested_name_and_starts_only_when_pressed_again(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = WelcomePage(desk)
    opened(page, desk, on_screen, Place("welcome"))
    field = page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    wait_for(lambda: field.completer() is not None)
    went: list[object] = []
    page.opened.connect(went.append)
    qtbot.keyClicks(field, "a")
    popup = field.completer().popup()
    wait_for(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)
    assert len(field.text()) > 1
    assert not went
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert went == [Place("today")]


def test_the_arrows_go_from_section_to_section(
    qtbot: QtBot, section: Section, desk: Desk, on_screen: OnScreen
) -> None:
    page = section("look")
    for name in ("Safety", "Maps", "About"):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        focused = QApplication.focusWidget()
        assert isinstance(focused, QPushButton)
        assert focused.text() == name
        assert [one.accessibleName() for one in page.findChildren(Panel) if one.isVisible()] == [
            name
        ]
    section("nowhere")
    assert QApplication.focusWidget() is focused, "an unknown section leaves the one that shows"


def test_tab_comes_to_the_text_size_that_holds(section: Section, desk: Desk) -> None:
    settings = section("look")
    desk.look.prefer(Preferences(text=125))
    stops = [
        one.text()
        for one in settings.findChildren(QPushButton)
        if one.accessibleName().startswith("Text size")
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["125 %"]


@pytest.mark.parametrize("wrote", [False, True])
def test_who_has_only_a_folder_is_welcomed_and_who_wrote_is_not(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path, wait_for: Waiter, wrote: bool
) -> None:
    book = open_notebook(tmp_path / "there", create=True)
    if wrote:
        book.start(None, "")
    book.close()
    house = started(guide_file, tmp_path / "there", welcomed=False)
    wait_for(lambda: bool(house.window.findChildren(Page)))
    told: list[None] = []
    house.desk.notes.do(lambda _: None, told.append)
    wait_for(lambda: bool(told))
    qtbot.wait(50)
    assert bool(house.window.findChildren(WelcomePage)) is not wrote
    house.close()


def test_the_first_page_offers_a_passphrase_and_keeps_the_name_meanwhile(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen
) -> None:
    page = WelcomePage(desk)
    opened(page, desk, on_screen, Place("welcome"))
    field = page.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "Emilie")
    assert "None: anyone who opens this computer can read" in words(page)
    with qtbot.waitSignal(page.opened) as went:
        press(qtbot, page, "Set a passphrase")
    assert went.args == [Place("passphrase", detail="welcome")]
    assert not desk.look.preferences.welcomed
    desk.access.guarded = True
    page.show_place(Place("welcome"))
    assert field.text() == "Emilie"
    assert "Set: the program asks for it" in words(page)


def test_the_first_page_can_be_skipped(qtbot: QtBot, desk: Desk, on_screen: OnScreen) -> None:
    page = WelcomePage(desk)
    opened(page, desk, on_screen, Place("welcome"))
    with qtbot.waitSignal(page.opened):
        press(qtbot, page, "Skip")
    assert desk.look.preferences.welcomed
    assert author(qtbot, desk).name == ""


def test_a_damaged_guide_leaves_the_notes_at_hand(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    ref = Ref("organisation", "biobay")

    def write(book: Notebook) -> None:
        note = book.start(ref, "BioBAY")
        book.save(note.id, "F: 330 companies", note.revision.id)

    desk.notes.do(write)
    page = DamagedPage(desk)
    opened(page, desk, on_screen, Place("damaged", detail="The guide “x.db” is damaged."))
    assert "The guide “x.db” is damaged." in words(page)
    wait_for(lambda: "Notes: 1." in words(page))
    with qtbot.waitSignal(page.opened) as went:
        press(qtbot, page, "Open your notes")
    assert went.args == [Place("notes")]
    last = page.findChild(NoteList)
    assert isinstance(last, NoteList)
    last.setFocus()
    with qtbot.waitSignal(page.opened) as went:
        qtbot.keyClick(last, Qt.Key.Key_Return)
    assert went.args[0].ref == ref


def test_when_nothing_can_be_opened_the_page_says_both(
    desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    def fail() -> Notebook:
        raise WorkspaceUnavailable("The folder cannot be read.")

    broken = Worker("notes", fail, Notebook.close)
    other = replace(desk, notes=broken)
    page = DamagedPage(other)
    opened(page, other, on_screen, Place("damaged", detail="The guide is damaged."))
    wait_for(lambda: "The folder cannot be read." in words(page))
    broken.close()


@pytest.mark.qt_log_ignore("propagateSizeHints")
@pytest.mark.parametrize("welcomed", [False, True])
def test_a_new_profile_is_welcomed_once_and_keys_size_the_text(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path, welcomed: bool
) -> None:
    profile = tmp_path / "new"
    house = started(guide_file, profile, welcomed=welcomed)
    qtbot.waitUntil(lambda: house.window.windowTitle() != "fieldguide", timeout=20_000)
    qtbot.waitUntil(lambda: bool(house.window.findChildren(Page)), timeout=20_000)
    qtbot.waitUntil(house.window.isActiveWindow, timeout=20_000)
    assert bool(house.window.findChildren(WelcomePage)) is not welcomed
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(house.window, Qt.Key.Key_Plus, control)
    assert house.desk.look.theme.scale == pytest.approx(1.1)
    qtbot.keyClick(house.window, Qt.Key.Key_0, control)
    assert house.desk.look.theme.scale == 1.0
    house.desk.look.prefer(replace(house.desk.look.preferences, scripts="zh"))
    house.close()
    kept = preferences.load(profile)
    assert (kept.text, kept.scripts) == (100, "zh")
    (profile / preferences.FILE).write_text('scripts = "runes"')
    assert preferences.load(profile).scripts == "both"


@pytest.mark.qt_log_ignore("propagateSizeHints")
def test_what_is_chosen_is_kept_though_the_guide_is_damaged(
    qtbot: QtBot, started: Started, tmp_path: Path
) -> None:
    broken, profile = tmp_path / "broken.db", tmp_path / "new"
    broken.write_bytes(b"no guide")
    house = started(broken, profile)
    qtbot.waitUntil(lambda: bool(house.window.findChildren(DamagedPage)), timeout=20_000)
    qtbot.waitUntil(house.window.isActiveWindow, timeout=20_000)
    qtbot.keyClick(house.window, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    house.close()
    assert preferences.load(profile).text == 110
    if os.name == "posix":
        assert profile.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may look anywhere"
)
def test_a_profile_that_may_not_be_looked_into_lets_the_guide_open(
    qtbot: QtBot, started: Started, guide_file: Path, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    house = started(guide_file, closed / "profile")
    qtbot.waitUntil(lambda: house.window.windowTitle() != "fieldguide", timeout=20_000)
    house.close()
    closed.chmod(0o700)
