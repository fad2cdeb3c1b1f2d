"""The form of a person: a line typed, mended field by field, kept as one change, taken back."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Agreement, Face, Person, PersonName, Role, Script, Way
from fieldguide.domain.records import Ref
from fieldguide.services.attachments import look_at
from fieldguide.services.mending import Mending, Shot
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Part, Roll
from fieldguide.ui.attachment_bar import AttachmentList
from fieldguide.ui.card_panel import CardPanel, CardPhoto
from fieldguide.ui.darkroom import printed
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.pages.people import PeoplePage
from fieldguide.ui.people_view import PeopleView
from fieldguide.ui.person_form import PersonForm
from fieldguide.ui.person_list import PersonList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.toast import Toast
from tests.gui.conftest import NOW
from tests.gui.note_steps import ask, button, drop, files

OnScreen = Callable[[QWidget], None]
Shown = TypeVar("Shown", bound=QWidget)
Waiter = Callable[[Callable[[], bool]], None]
CONTROL = Qt.KeyboardModifier.ControlModifier
LI = "Li Wei 李伟, GM, Juke, WeChat liwei88"


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen, wait_for: Waiter) -> PeoplePage:
    made = PeoplePage(desk)
    on_screen(made)
    made.show_place(Place("people"))
    wait_for(lambda: listing(made).items.rowCount() > 10)
    return made


def listing(page: PeoplePage) -> PersonList:
    found = page.findChild(PersonList)
    assert isinstance(found, PersonList)
    return found


def box(page: QWidget, name: str) -> QLineEdit:
    """The uppermost line of this name that can be seen."""
    return uppermost(page, name, QLineEdit)


def choice(page: QWidget, name: str) -> QComboBox:
    return uppermost(page, name, QComboBox)


def uppermost(page: QWidget, name: str, kind: type[Shown]) -> Shown:
    found = [
        one for one in page.findChildren(kind) if one.accessibleName() == name and one.isVisible()
    ]
    return min(found, key=lambda one: one.mapTo(page, QPoint()).y())


def kept(qtbot: QtBot, desk: Desk) -> list[Entry[Person]]:
    found = ask(qtbot, desk, lambda book: book.people.all())
    assert isinstance(found, list)
    return found


def opened(page: PeoplePage) -> bool:
    form = page.findChild(PersonForm)
    return form is not None and form.isVisible()


@pytest.fixture
def form(qtbot: QtBot, page: PeoplePage, wait_for: Waiter) -> PersonForm:
    """The form after a line was typed."""
    line = box(page, "Add a person in one line")
    line.setText(LI)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_for(lambda: opened(page))
    found = page.findChild(PersonForm)
    assert isinstance(found, PersonForm)
    return found


def test_a_line_says_what_it_is_understood_as_before_it_is_kept(
    qtbot: QtBot, desk: Desk, page: PeoplePage
) -> None:
    box(page, "Add a person in one line").setText(f"{LI}, met by the lift of hall 3")
    (said,) = [
        one.text() for one in page.findChildren(ScriptLabel) if "WeChat: liwei88" in one.text()
    ]
    assert "Name: Li Wei 李伟 · Role: GM · At: Juke" in said
    assert "Kept as a remark: met by the lift of hall 3" in said
    assert kept(qtbot, desk) == []


def test_what_is_mended_is_one_change_by_hand_and_one_undo_takes_it_back(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    wait_for(listing(page).isVisible)
    wait_for(lambda: listing(page).current() is not None and listing(page).current().mine)
    ask(
        qtbot,
        desk,
        lambda book: book.people.edit(
            book.people.all()[0].id,
            lambda one: Person(
                "", one.names, roles=(Role("GM", organisation="Juke", sources=("card",)),),
                ways=(Way("wechat", "liwei88", sources=("card",)),),
            ),
        ),
    )  # fmt: skip
    page.show_place(Place("people"))
    before = kept(qtbot, desk)[0]
    wait_for(
        lambda: (
            listing(page).current() is not None
            and listing(page).current().revision == before.revision
        )
    )
    qtbot.keyClick(listing(page), Qt.Key.Key_E, CONTROL)
    wait_for(lambda: opened(page))
    box(page, "Role").setText("Deputy GM")
    box(page, "Since").setText("May 2013")
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL)
    wait_for(listing(page).isVisible)
    (after,) = kept(qtbot, desk)
    (role,) = after.value.roles
    assert (role.title, role.since, role.sources) == ("Deputy GM", "2013-05", ("hand",))
    assert after.value.ways == before.value.ways
    assert ask(qtbot, desk, lambda book: book.saves(after.id)) == 3
    toast = page.findChild(Toast)
    wait_for(toast.isVisible)
    qtbot.keyClick(listing(page), Qt.Key.Key_Z, CONTROL)
    wait_for(lambda: kept(qtbot, desk)[0].value == before.value)


def test_a_newer_role_comes_first_and_the_past_one_stays(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    box(page, "Until; a past role stays").setText("2014")
    button(page, "Add a newer role").click()
    wait_for(lambda: box(page, "Role").hasFocus())
    assert box(page, "Role").text() == ""
    qtbot.keyClicks(box(page, "Role"), "CEO")
    box(page, "Organisation").setText("BioBAY")
    state = choice(page, "May I keep this?")
    state.setCurrentIndex(state.findData("given"))
    box(page, "Tags, with commas between").setText("host, biotech, Host")
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL)
    wait_for(listing(page).isVisible)
    (entry,) = kept(qtbot, desk)
    now, past = entry.value.roles
    assert (now.title, now.at, now.past) == ("CEO", Ref("organisation", "biobay"), False)
    assert (past.title, past.until) == ("GM", "2014")
    assert entry.value.consent is not None
    assert entry.value.consent.state is Agreement.GIVEN
    assert entry.value.tags == ("Host", "biotech")


def test_the_family_name_can_be_chosen_and_pinyin_is_offered_to_be_checked(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    family = choice(page, "Which part is the family name")
    assert family.currentText() == "Family: Li"
    family.setCurrentIndex(family.findData("Wei"))
    family.activated.emit(family.currentIndex())
    offer = "Spoken Lǐ Wěi? Check the tones and take it"
    wait_for(
        lambda: any(one.text() == offer for one in form.findChildren(type(button(page, "Save"))))
    )
    button(page, offer).click()
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL)
    wait_for(listing(page).isVisible)
    (entry,) = kept(qtbot, desk)
    assert entry.value.name(Script.LATIN).family == "Wei"
    assert entry.value.name(Script.PINYIN).text == "Lǐ Wěi"


def test_leaving_keeps_what_is_typed_and_a_date_that_cannot_be_read_stays_to_be_mended(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    box(page, "Mobile").setText("+86 138 0000 0000")
    box(page, "Since").setText("when the hall opened")
    page.leave()
    wait_for(lambda: not page.saving())
    (entry,) = kept(qtbot, desk)
    assert [way.value for way in entry.value.reached_by("mobile")] == ["+86 138 0000 0000"]
    assert page.losing() is not None
    page.show_place(Place("people"))
    assert opened(page)
    assert box(page, "Since").text() == "when the hall opened"
    box(page, "Since").setText("2012")
    qtbot.keyClick(form, Qt.Key.Key_Escape)
    wait_for(listing(page).isVisible)
    assert page.losing() is None
    assert kept(qtbot, desk)[0].value.roles[0].since == "2012"


def test_a_person_of_the_guide_is_mended_in_an_entry_of_ones_own(
    qtbot: QtBot, desk: Desk, page: PeoplePage, wait_for: Waiter
) -> None:
    ref = Ref("person", "fabrizio-conicella")
    page.show_place(Place("people", ref))
    wait_for(lambda: listing(page).current() is not None and listing(page).current().ref == ref)
    qtbot.keyClick(listing(page), Qt.Key.Key_E, CONTROL)
    wait_for(lambda: opened(page))
    (entry,) = kept(qtbot, desk)
    assert entry.value.records[0] == ref
    assert entry.value.reached_by("email")[0].sources == ("report-2013",)


def test_both_sides_of_a_card_dropped_at_once_stand_beside_the_form_and_the_person(
    qtbot: QtBot, desk: Desk, page: PeoplePage, tmp_path: Path, wait_for: Waiter
) -> None:
    button(page, "Type a person, perhaps from photos of a card").click()
    wait_for(lambda: opened(page))
    paths = [tmp_path / "front.png", tmp_path / "back.png"]
    for path, color in zip(paths, ("red", "blue"), strict=True):
        Image.new("RGB", (600, 360), color).save(path)
    drop(uppermost(page, "Form of a person", PersonForm), files(*paths))
    wait_for(lambda: [len(one.value.pictures) for one in kept(qtbot, desk)] == [2])
    wait_for(lambda: not page.saving())
    panel = page.findChild(CardPanel)
    wait_for(lambda: panel.findChild(CardPhoto).accessibleName() == "Back of the card")
    line = box(page, "What the card says, in one line")
    line.setText(LI)
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert box(page, "WeChat").text() == "liwei88"
    qtbot.keyClick(line, Qt.Key.Key_Return, CONTROL)
    wait_for(listing(page).isVisible)
    (entry,) = kept(qtbot, desk)
    assert entry.value.title == "Li Wei"
    assert [one.face for one in entry.value.pictures] == [Face.CARD_FRONT, Face.CARD_BACK]
    strip = page.findChild(AttachmentList)
    wait_for(strip.isVisible)
    said = strip.tiles.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert said.startswith("Front of the card; front.png")
    qtbot.keyClick(listing(page), Qt.Key.Key_Z, CONTROL)
    wait_for(lambda: kept(qtbot, desk) == [])


def test_a_pasted_picture_goes_to_the_card_though_a_name_is_being_typed(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    name = box(form, "Latin letters")
    wait_for(name.hasFocus)
    qtbot.keyClicks(name, "Dr ")
    qtbot.keyClick(name, Qt.Key.Key_V, CONTROL)
    wait_for(lambda: bool(kept(qtbot, desk)[0].value.pictures))
    wait_for(lambda: not page.saving())
    assert name.text() == "Dr Li Wei"
    page.leave()
    wait_for(lambda: kept(qtbot, desk)[0].value.title == "Dr Li Wei")
    assert kept(qtbot, desk)[0].value.pictures
    assert kept(qtbot, desk)[0].versions == 1


def test_a_card_without_a_name_opens_in_the_form_and_a_new_one_from_its_place(
    qtbot: QtBot, desk: Desk, page: PeoplePage, wait_for: Waiter
) -> None:
    def take(book: Notebook) -> str:
        data = io.BytesIO()
        Image.new("RGB", (60, 36), "red").save(data, "PNG")
        mending = Mending()
        mending.take(book, Face.CARD_FRONT, look_at("a.png", data.getvalue()), "Front")
        assert mending.entry is not None
        return mending.entry.id

    entry = str(ask(qtbot, desk, take))
    page.show_place(Place("people", None, entry))
    wait_for(lambda: opened(page))
    qtbot.keyClicks(box(page, "Latin letters"), "Gao Ronghui")
    page.show_place(Place("people", detail="new"))
    wait_for(lambda: kept(qtbot, desk)[0].value.title == "Gao Ronghui")
    wait_for(lambda: opened(page) and box(page, "Latin letters").text() == "")
    assert len(kept(qtbot, desk)) == 1


def test_a_line_beside_the_photos_is_of_this_person_and_not_of_the_next(
    qtbot: QtBot, desk: Desk, page: PeoplePage, form: PersonForm, wait_for: Waiter
) -> None:
    form.show_cards(True)
    line = box(page, "What the card says, in one line")
    line.setText("mobile +86 138 0000 0000")
    page.keep()
    wait_for(lambda: not page.saving())
    assert page.losing() is None
    assert line.text()
    qtbot.keyClick(form, Qt.Key.Key_Return, CONTROL | Qt.KeyboardModifier.ShiftModifier)
    wait_for(lambda: opened(page) and box(page, "Latin letters").text() == "")
    assert line.text() == ""
    (entry,) = kept(qtbot, desk)
    assert [way.value for way in entry.value.reached_by("mobile")] == ["+86 138 0000 0000"]
    assert entry.value.title == "Li Wei"


def test_a_photo_that_is_ready_takes_nobody_away_from_what_they_type(
    page: PeoplePage, form: PersonForm
) -> None:
    form.show_cards(True)
    waiting = Attachment("1", "n", "a.jpg", "image/jpeg", 1, "", 1, 1, Stage.WAITING, "Front", NOW)
    panel = form.cards
    panel.put(printed(Shot(Face.CARD_FRONT, waiting)))
    caption = box(page, "Caption, also read out in place of the photo")
    caption.setText("Front, with a stamp")
    panel.develop(printed(Shot(Face.CARD_FRONT, replace(waiting, stage=Stage.PHOTO))))
    assert caption.text() == "Front, with a stamp"
    button(page, "Back").click()
    panel.develop(printed(Shot(Face.CARD_FRONT, replace(waiting, stage=Stage.PHOTO))))
    assert panel.face is Face.CARD_BACK


def test_how_other_hanzi_sound_is_not_offered_for_these(page: PeoplePage, form: PersonForm) -> None:
    take = next(one for one in form.names.stops[::-1] if isinstance(one, QPushButton))
    form.names.sound("张炯", PersonName("Zhāng Jiǒng", Script.PINYIN))
    assert "Zhāng" not in take.text()
    form.names.sound("李伟", PersonName("Lǐ Wěi", Script.PINYIN))
    assert "Lǐ Wěi" in take.text()


def test_what_cannot_be_kept_yet_stays_though_somebody_else_is_wanted(
    page: PeoplePage, form: PersonForm
) -> None:
    box(page, "Since").setText("when the hall opened")
    page.show_place(Place("people", detail="new"))
    assert box(page, "Since").text() == "when the hall opened"


def test_nobody_is_mended_in_notes_that_cannot_be_written(page: PeoplePage, qtbot: QtBot) -> None:
    view = page.findChild(PeopleView)
    assert isinstance(view, PeopleView)
    view.show_roll(Roll((), {}, dict.fromkeys(Part, 0), "Written by a newer version."))
    with qtbot.waitSignal(page.said) as told:
        page.show_place(Place("people", detail="new"))
    assert told.args == ["Written by a newer version."]
    assert not opened(page)
    assert not button(page, "Make my own entry").isEnabled()
