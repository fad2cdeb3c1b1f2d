"""The page of people: guide and own people in one list, added in one line, put away and back."""

from base64 import b64encode
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QProgressBar, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.attachments import Stage
from fieldguide.domain.entries import Closing
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import Notebook
from fieldguide.services.own_card import code_of
from fieldguide.services.people_import import Arrival
from fieldguide.ui.code_screen import CodeScreen
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.people import PeoplePage
from fieldguide.ui.person_list import PersonList
from fieldguide.ui.person_view import PersonView
from fieldguide.ui.rows import RowList
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast
from tests.gui.note_steps import ask, button
from tests.unit.test_attachments import picture as photo_of

OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
LI = "Li Wei 李伟, GM, Juke, WeChat liwei88"


@pytest.fixture
def people_page(desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> PeoplePage:
    page = PeoplePage(desk)
    on_screen(page)
    page.show_place(Place("people"))
    wait_for(lambda: len(rows(page)) > 10)
    page.setFocus()
    return page


def listing(page: PeoplePage) -> PersonList:
    found = page.findChild(PersonList)
    assert isinstance(found, PersonList)
    return found


def rows(page: PeoplePage) -> list[str]:
    items = listing(page).items
    return [items.item(row).speech for row in range(items.rowCount())]


def known(page: PeoplePage) -> list[str]:
    """The rows beside the list."""
    view = page.findChild(PersonView)
    assert isinstance(view, PersonView)
    listed = view.findChild(RowList)
    assert isinstance(listed, RowList)
    return [listed.items.item(row).speech for row in range(listed.items.rowCount())]


def field(page: PeoplePage, name: str) -> QLineEdit:
    (found,) = [one for one in page.findChildren(QLineEdit) if one.accessibleName() == name]
    return found


def type_person(qtbot: QtBot, page: PeoplePage, line: str) -> None:
    edit = field(page, "Add a person in one line")
    edit.setFocus()
    edit.setText(line)
    qtbot.keyClick(edit, Qt.Key.Key_Return)


def keep_person(qtbot: QtBot, page: PeoplePage, line: str) -> None:
    """Type somebody and leave the form that opens as it is."""
    type_person(qtbot, page, line)
    listed = listing(page)
    qtbot.waitUntil(lambda: not listed.isVisible(), timeout=20_000)
    qtbot.keyClick(page.focusProxy(), Qt.Key.Key_Escape)
    qtbot.waitUntil(listed.isVisible, timeout=20_000)


def test_a_person_typed_in_one_line_stands_among_those_of_the_guide(
    qtbot: QtBot, people_page: PeoplePage, wait_for: Waiter
) -> None:
    QAbstractItemModelTester(
        listing(people_page).items,
        QAbstractItemModelTester.FailureReportingMode.Fatal,
        listing(people_page),
    )
    before = len(rows(people_page))
    keep_person(qtbot, people_page, LI)
    wait_for(lambda: "Li Wei 李伟; GM · Juke; Mine" in rows(people_page))
    assert len(rows(people_page)) == before + 1
    assert any(row.startswith("Zhang Jiong") and row.endswith("guide") for row in rows(people_page))
    wait_for(lambda: "WeChat; liwei88; typed" in known(people_page))
    wait_for(lambda: "Say; Lǐ Wěi" in known(people_page))
    assert "E-mail; Ask at the visit" in known(people_page)
    assert people_page.hanzi() == "李伟"


def test_one_undo_takes_a_person_out_again_and_delete_puts_one_away(
    qtbot: QtBot, people_page: PeoplePage, wait_for: Waiter
) -> None:
    keep_person(qtbot, people_page, LI)
    mine = "Li Wei 李伟; GM · Juke; Mine"
    wait_for(lambda: mine in rows(people_page))
    listed = listing(people_page)
    wait_for(lambda: listed.current() is not None and listed.current().mine)
    qtbot.keyClick(listed, Qt.Key.Key_Delete)
    wait_for(lambda: mine not in rows(people_page))
    assert people_page.findChild(Toast).isVisible()
    qtbot.keyClick(listed, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: mine in rows(people_page))


def test_people_of_the_guide_cannot_be_removed_and_that_is_said(
    qtbot: QtBot, people_page: PeoplePage
) -> None:
    with qtbot.waitSignal(people_page.said) as said:
        qtbot.keyClick(listing(people_page), Qt.Key.Key_Delete)
    assert said.args == ["What the guide says of people stays in the guide."]


def test_the_filter_finds_in_any_script_and_a_chip_narrows(
    qtbot: QtBot, people_page: PeoplePage, wait_for: Waiter
) -> None:
    keep_person(qtbot, people_page, LI)
    wait_for(lambda: "Li Wei 李伟; GM · Juke; Mine" in rows(people_page))
    field(people_page, "Find people in any script").setText("李")
    wait_for(lambda: rows(people_page) == ["Li Wei 李伟; GM · Juke; Mine"])
    field(people_page, "Find people in any script").setText("xyzzy")
    wait_for(lambda: not rows(people_page))
    qtbot.mouseClick(button(people_page, "Clear the filter"), Qt.MouseButton.LeftButton)
    wait_for(lambda: len(rows(people_page)) > 10)
    qtbot.mouseClick(button(people_page, "Mine 1"), Qt.MouseButton.LeftButton)
    wait_for(lambda: len(rows(people_page)) == 1)


def test_a_place_goes_to_the_person_it_names_with_family_name_and_both_orders(
    people_page: PeoplePage, wait_for: Waiter
) -> None:
    people_page.show_place(Place("people", Ref("person", "zhang-jiong")))
    wait_for(lambda: "Western order; Jiong Zhang" in known(people_page))
    assert "Chinese order; Zhang Jiong" in known(people_page)
    assert "Family name; Zhang" in known(people_page)


def test_who_was_ticked_in_a_visit_is_met_there_by_its_title(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage, wait_for: Waiter
) -> None:
    zhang, visit = Ref("person", "zhang-jiong"), Ref("visit", "biobay-2013")
    closing = Closing(attended=(str(zhang),))
    ask(qtbot, desk, lambda book: book.closings.add(closing, visit, visit=visit))
    people_page.show_place(Place("people", zhang))
    wait_for(lambda: any(row.endswith("ticked as there") for row in known(people_page)))
    (met,) = [row for row in known(people_page) if row.endswith("ticked as there")]
    assert "BioBAY" in met
    assert "2013-05-28" in met
    button(people_page, "Met 1").click()
    wait_for(lambda: len(rows(people_page)) == 1)


def test_enter_goes_to_the_person_and_one_key_copies_a_way(
    qtbot: QtBot, people_page: PeoplePage, wait_for: Waiter
) -> None:
    people_page.show_place(Place("people", Ref("person", "fabrizio-conicella")))
    mail = "E-mail; conicella@bioindustrypark.it"
    wait_for(lambda: any(row.startswith(mail) for row in known(people_page)))
    qtbot.keyClick(listing(people_page), Qt.Key.Key_Return)
    told = people_page.findChild(PersonView).findChild(RowList)
    wait_for(told.hasFocus)
    place = next(n for n, row in enumerate(known(people_page)) if row.startswith(mail))
    told.setCurrentIndex(told.items.index(place))
    qtbot.keyClick(told, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "conicella@bioindustrypark.it"


def test_a_line_that_says_nobody_is_not_kept(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage
) -> None:
    with qtbot.waitSignal(people_page.said) as said:
        type_person(qtbot, people_page, "  ,  ")
    assert said.args == ["Nothing of this line says who it is."]
    assert ask(qtbot, desk, lambda book: book.people.count()) == 0


def test_one_person_or_all_of_ones_own_are_written_as_cards(
    qtbot: QtBot,
    people_page: PeoplePage,
    tmp_path: Path,
    wait_for: Waiter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keep_person(qtbot, people_page, "Anna Zimmer, Lyonbiopôle")
    wait_for(lambda: "Anna Zimmer; Lyonbiopôle; Mine" in rows(people_page))
    keep_person(qtbot, people_page, LI)
    current = listing(people_page).current
    wait_for(lambda: current() is not None and current().person.hanzi == "李伟")
    target = tmp_path / "people.vcf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    menu = button(people_page, "Export people as vCards").menu()
    for action, number, version in zip(
        menu.actions(), (1, 2, 2), ("3.0", "3.0", "4.0"), strict=True
    ):
        with qtbot.waitSignal(people_page.said) as said:
            action.trigger()
        assert said.args == [f"vCards written to people.vcf: {number}"]
        text = target.read_bytes().decode()
        assert text.count(f"VERSION:{version}\r\n") == number
        assert "李伟" in text


def test_a_dropped_file_is_imported_after_a_backup_and_one_undo_takes_it_back(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage, tmp_path: Path, wait_for: Waiter
) -> None:
    keep_person(qtbot, people_page, LI)
    wait_for(lambda: "Li Wei 李伟; GM · Juke; Mine" in rows(people_page))
    card = "BEGIN:VCARD\nFN:Yvo{number} Quade\nTEL:555000{number}\nEND:VCARD\n"
    file = tmp_path / "team.vcf"
    photo = (
        f"BEGIN:VCARD\nFN:Zoe Quade\nPHOTO;ENCODING=b:{b64encode(photo_of()).decode()}\nEND:VCARD\n"
    )
    cards = "".join(card.format(number=one) for one in range(449))
    file.write_text(f"{cards}{photo}BEGIN:VCARD\n")
    drop(people_page, file)
    toast = people_page.findChild(Toast)
    wait_for(lambda: "450 people imported." in toast.accessibleName())
    assert toast.accessibleName().endswith("The card at line 1801 has no end.")
    wait_for(lambda: sum("Quade" in row for row in rows(people_page)) > 10)

    def waiting(book: Notebook) -> int:
        (zoe,) = book.people.found("zoe")
        return sum(one.stage is Stage.WAITING for one in book.album.attachments(zoe.id))

    wait_for(lambda: ask(qtbot, desk, waiting) == 0)
    assert [one.name for one in (desk.profile / "backups").glob("*-import-1.db")]
    qtbot.keyClick(listing(people_page), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    wait_for(lambda: not any("Quade" in row for row in rows(people_page)))
    assert ask(qtbot, desk, lambda book: book.people.count()) == 1


def test_an_import_that_is_stopped_says_so_and_keeps_what_came(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage, tmp_path: Path, wait_for: Waiter
) -> None:
    file = tmp_path / "team.vcf"
    file.write_text("BEGIN:VCARD\nFN:Yvo Quade\nEND:VCARD\n" * 3_000)
    drop(people_page, file)
    stop = button(people_page, "Stop the import")
    progress = people_page.findChild(QProgressBar)
    wait_for(lambda: stop.isVisible() and progress.value() > 0)
    qtbot.mouseClick(stop, Qt.MouseButton.LeftButton)
    toast = people_page.findChild(Toast)
    wait_for(toast.isVisible)
    assert toast.accessibleName().startswith("Stopped; what came until then is kept.")
    assert not stop.isVisible()
    assert ask(qtbot, desk, lambda book: book.people.count()) == 1


def fail_once(book: Notebook) -> None:
    """Let the next undo of an import meet a full disk."""
    real = book.reception.take_back

    def full(_: Arrival) -> None:
        book.reception.take_back = real
        raise WorkspaceUnavailable("The disk is full.")

    book.reception.take_back = full


def test_an_import_that_ends_while_one_is_elsewhere_can_still_be_undone(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage, tmp_path: Path, wait_for: Waiter
) -> None:
    file = tmp_path / "team.vcf"
    file.write_text("BEGIN:VCARD\nFN:Yvo Quade\nEND:VCARD\n")
    drop(people_page, file)
    people_page.leave()
    with qtbot.waitSignal(people_page.said) as said:
        people_page.hide()
    assert said.args == ["1 person imported."]
    toast = people_page.findChild(Toast)
    people_page.show()
    assert not toast.isVisible()
    people_page.show_place(Place("people"))
    wait_for(lambda: any("Quade" in row for row in rows(people_page)))
    ask(qtbot, desk, fail_once)
    qtbot.mouseClick(button(people_page, "Undo"), Qt.MouseButton.LeftButton)
    wait_for(lambda: toast.isVisible() and toast.accessibleName() == "The disk is full.")
    qtbot.mouseClick(button(people_page, "Undo"), Qt.MouseButton.LeftButton)
    wait_for(lambda: not any("Quade" in row for row in rows(people_page)))


def test_my_card_is_asked_for_once_and_then_fills_the_screen_black_on_white(
    qtbot: QtBot,
    people_page: PeoplePage,
    wear: Callable[[Theme], None],
    wait_for: Waiter,
) -> None:
    wear(Theme("dark"))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    line = field(people_page, "Add a person in one line")
    qtbot.keyClick(listing(people_page), Qt.Key.Key_M, keys)
    wait_for(line.hasFocus)
    keep_person(qtbot, people_page, LI)
    wait_for(lambda: "Li Wei 李伟; GM · Juke; me" in rows(people_page))
    qtbot.keyClick(listing(people_page), Qt.Key.Key_M, keys)
    wait_for(lambda: people_page.window().findChild(CodeScreen) is not None)
    screen = people_page.window().findChild(CodeScreen)
    assert screen.isFullScreen()
    assert screen.accessibleName() == "QR code of Li Wei 李伟. Escape closes it."
    code = code_of(listing(people_page).current().person)
    image, rect = screen.grab().toImage(), screen.code_rect()
    side = rect.width() // len(code)
    assert side >= 6
    seen = [
        [
            image.pixelColor(rect.left() + x * side + side // 2, rect.top() + y * side + side // 2)
            for x in range(len(code))
        ]
        for y in range(len(code))
    ]
    assert {one.name() for row in seen for one in row} == {"#000000", "#ffffff"}
    assert [[one.lightness() < 128 for one in row] for row in seen] == [list(row) for row in code]
    assert image.pixelColor(2, 2).name() == "#ffffff"
    qtbot.keyClick(screen, Qt.Key.Key_Escape)
    wait_for(lambda: people_page.window().findChild(CodeScreen) is None)


def test_who_is_typed_after_a_look_elsewhere_is_not_taken_for_oneself(
    qtbot: QtBot, desk: Desk, people_page: PeoplePage, wait_for: Waiter
) -> None:
    line = field(people_page, "Add a person in one line")
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(listing(people_page), Qt.Key.Key_M, keys)
    wait_for(line.hasFocus)
    people_page.leave()
    people_page.show_place(Place("people"))
    keep_person(qtbot, people_page, LI)
    assert ask(qtbot, desk, lambda book: book.people.count()) == 1
    assert ask(qtbot, desk, lambda book: [book.own_card.entry()]) == [None]


def drop(page: PeoplePage, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    for kind in (QDragEnterEvent, QDropEvent):
        spot = QPoint(50, 50) if kind is QDragEnterEvent else QPointF(50, 50)
        event = kind(
            spot, Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, mime,
            Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier,
        )  # fmt: skip
        QApplication.sendEvent(page, event)
        assert event.isAccepted()
        assert event.dropAction() is Qt.DropAction.CopyAction
