"""Two who may be one person: said where one is added, looked at side by side, joined and undone."""

from collections.abc import Callable
from dataclasses import fields

import pytest
from hypothesis import given, settings
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.people import Person, PersonName, Role, Way
from fieldguide.services.notebook import Notebook
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.doubles_bar import DoublesBar
from fieldguide.ui.joining_list import JoinList
from fieldguide.ui.joining_rows import rows_of
from fieldguide.ui.pages.joining import JoiningPage
from fieldguide.ui.pages.people import PeoplePage
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button, says
from tests.gui.test_people_page import type_person
from tests.unit.persons import persons

OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
LI = Person(
    names=(PersonName("Li Wei", family="Li", sources=("hand",)),),
    ways=(Way("wechat", "liwei88", sources=("hand",)),),
)
WEI = Person(
    "wei-1",
    (PersonName("Wei Li", family="Li", sources=("import:a.vcf",)),),
    roles=(Role("GM", organisation="Juke", sources=("import:a.vcf",)),),
    ways=(Way("wechat", "liwei88", sources=("import:a.vcf",)),),
)


@pytest.fixture
def pair(qtbot: QtBot, desk: Desk) -> tuple[str, str]:
    def keep(book: Notebook) -> tuple[str, str]:
        return book.people.add(LI).id, book.people.add(WEI).id

    kept = ask(qtbot, desk, keep)
    assert isinstance(kept, tuple)
    return kept


@pytest.fixture
def page(desk: Desk, pair: tuple[str, str], on_screen: OnScreen, wait_for: Waiter) -> JoiningPage:
    made = JoiningPage(desk)
    on_screen(made)
    made.show_place(Place("joining", None, " ".join(pair)))
    wait_for(lambda: len(rows(made)) > 2)
    made.setFocus()
    return made


def table(page: QWidget) -> JoinList:
    found = page.findChild(JoinList)
    assert isinstance(found, JoinList)
    return found


def rows(page: QWidget) -> list[str]:
    items = table(page).items
    return [items.item(row).speech for row in range(items.rowCount())]


def offers_people(page: QWidget) -> bool:
    """Whether nobody is left to be asked about."""
    buttons = page.findChildren(QPushButton)
    return any(one.text() == "Open the people" and one.isVisible() for one in buttons)


def people(qtbot: QtBot, desk: Desk) -> list[Person]:
    found = ask(qtbot, desk, lambda book: [entry.value for entry in book.people.all()])
    assert isinstance(found, list)
    return found


def test_who_is_added_twice_is_said_to_look_like_the_other(
    qtbot: QtBot, desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = PeoplePage(desk)
    on_screen(page)
    page.show_place(Place("people"))
    bar = page.findChild(DoublesBar)
    type_person(qtbot, page, "Li Wei 李伟, GM, Juke, WeChat liwei88")
    wait_for(lambda: ask(qtbot, desk, lambda book: book.people.count()) == 1)
    type_person(qtbot, page, "Wei Li, Juke, WeChat liwei88")
    wait_for(bar.isVisible)
    assert bar.accessibleName() == "Wei Li looks like Li Wei 李伟: the same WeChat."
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.mouseClick(button(page, "Look at both"), Qt.MouseButton.LeftButton)
    assert opened.args[0].page == "joining"
    assert len(opened.args[0].detail.split()) == 2


def test_two_stand_side_by_side_and_the_keys_say_who_comes_first(
    qtbot: QtBot, desk: Desk, page: JoiningPage, wait_for: Waiter
) -> None:
    listed = table(page)
    QAbstractItemModelTester(
        listed.items, QAbstractItemModelTester.FailureReportingMode.Fatal, listed
    )
    assert says(page, "1 of 1 · the same WeChat")
    assert rows(page) == [
        ": Li Wei, Mine | Wei Li, Mine",
        "Names: Li Wei, typed | Wei Li, from a.vcf; the left one comes first",
        "Roles: nothing | GM · Juke, from a.vcf",
        "Reach: WeChat liwei88, typed; both say the same",
    ]
    qtbot.keyClick(listed, Qt.Key.Key_Right)
    assert rows(page)[1].endswith("the right one comes first")
    held = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", autorep=True
    )
    QApplication.sendEvent(listed, held)
    assert people(qtbot, desk) == [LI, WEI]
    qtbot.keyClick(listed, Qt.Key.Key_Return)
    toast = page.findChild(Toast)
    wait_for(toast.isVisible)
    assert toast.accessibleName() == "Li Wei and Wei Li are one person now."
    (person,) = people(qtbot, desk)
    assert [name.text for name in person.names] == ["Wei Li", "Li Wei"]
    assert person.ways[0].sources == ("hand", "import:a.vcf")
    wait_for(lambda: offers_people(page))
    qtbot.keyClick(page, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: table(page).isVisible() and len(rows(page)) == 4)
    assert people(qtbot, desk) == [LI, WEI]


@settings(max_examples=30)
@given(persons(), persons())
def test_no_field_that_somebody_has_is_missing_side_by_side(one: Person, other: Person) -> None:
    shown = {row.field: row for row in rows_of(one, other, (), (("a", ""), ("b", "")))}
    for field in fields(Person):
        said = [getattr(one, field.name), getattr(other, field.name)]
        if field.name != "uid" and any(said):
            row = shown[field.name]
            assert [len(row.left), len(row.right)] == [len(values) for values in said]
            assert all(text for text, _ in (*row.left, *row.right))
            assert row.speech


def test_not_the_same_is_remembered_and_can_be_undone(
    qtbot: QtBot, desk: Desk, page: JoiningPage, wait_for: Waiter
) -> None:
    qtbot.keyClick(table(page), Qt.Key.Key_Backspace, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: says(page, "is not asked again") and button(page, "Undo").isVisible())
    page.show_place(Place("joining"))
    wait_for(lambda: offers_people(page))
    assert len(people(qtbot, desk)) == 2
