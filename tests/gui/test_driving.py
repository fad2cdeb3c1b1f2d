"""The driver card over the screen: reached from anywhere, read from afar, closed by its own keys."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
import zxingcpp
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QLabel,
    QPushButton,
    QScrollArea,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldguide.domain.records import Ref
from fieldguide.services.driver_card import DriverCard, driver_card
from fieldguide.services.guide import Guide
from fieldguide.services.map_links import code_of
from fieldguide.ui import pages
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.driver_card import DriverScreen, Manner, Shown
from fieldguide.ui.driver_sheet import LEAST, WANTED, Code, Hanzi, Words
from fieldguide.ui.driving import Driving
from fieldguide.ui.hanzi_lines import fit
from fieldguide.ui.hotel_form import HotelForm
from fieldguide.ui.theme import Theme
from fieldguide.ui.window import Window
from tests.gui.conftest import NOW, Waiter

pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def driving(qtbot: QtBot, desk: Desk, wait_for: Waiter) -> Iterator[Driving]:
    """A window on its help page, which is nowhere."""
    window = Window(desk, pages.makers())
    qtbot.addWidget(window)
    made = Driving(desk, window)
    window.start(Place("help"))
    with qtbot.waitExposed(window):
        window.show()
    wait_for(lambda: window.goal() is None and window.focusWidget() is not None)
    yield made
    if made.screen is not None:
        made.screen.reject()


@pytest.fixture
def over(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def put(desk: Desk, guide: Guide, over: QWidget) -> Callable[..., DriverScreen]:
    """A card at a size of the screen and of the text."""

    def show(ref: str, width: int, height: int, scale: float) -> DriverScreen:
        desk.look.set_theme(Theme("light", scale))
        made = DriverScreen(desk.look, Manner(), shown(driver_card(guide, Ref.parse(ref),
                            NOW.date())), over)  # fmt: skip
        made.resize(width, height)
        return made

    return show


def shown(card: DriverCard) -> Shown:
    return Shown(card, {link.service: code for link in card.links if (code := code_of(link))})


def press(qtbot: QtBot, driving: Driving, key: Qt.Key) -> None:
    assert driving.screen is not None
    qtbot.keyClick(driving.screen, key)


def title(driving: Driving) -> str:
    return driving.screen.shown.card.name.local if driving.screen is not None else ""


def test_one_key_shows_where_to_go_now_and_escape_closes_it(
    qtbot: QtBot, driving: Driving, wait_for: Waiter
) -> None:
    qtbot.keyClick(driving.parent(), Qt.Key.Key_D, CONTROL)
    wait_for(lambda: title(driving) == "苏州工业园区")
    screen = driving.screen
    assert screen is not None
    assert screen.isFullScreen()
    assert "999" in screen.accessibleName()
    press(qtbot, driving, Qt.Key.Key_X)
    assert driving.screen is screen
    press(qtbot, driving, Qt.Key.Key_Escape)
    wait_for(lambda: driving.screen is None)


def test_the_card_is_saved_as_a_page(
    qtbot: QtBot,
    driving: Driving,
    wait_for: Waiter,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    target, ways = tmp_path / "card.pdf", "fieldguide.ui.booklet_out.QFileDialog.getSaveFileName"
    monkeypatch.setattr(ways, lambda *_: (str(target), ""))
    driving.show(Ref.parse("visit/renji-2013"))
    wait_for(lambda: title(driving) == "仁济医院")
    press(qtbot, driving, Qt.Key.Key_P)
    wait_for(target.exists)
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_the_arrows_go_from_visit_to_visit_and_say_where_they_end(
    qtbot: QtBot, driving: Driving, wait_for: Waiter
) -> None:
    driving.show(Ref.parse("visit/renji-2013"))
    wait_for(lambda: title(driving) == "仁济医院")
    press(qtbot, driving, Qt.Key.Key_Right)
    wait_for(lambda: title(driving) == "上海聚科生物园区")
    press(qtbot, driving, Qt.Key.Key_Left)
    wait_for(lambda: title(driving) == "仁济医院")
    driving.show(Ref.parse("visit/zhangjiang-2013"))
    wait_for(lambda: title(driving) == "张江高科技园区")
    press(qtbot, driving, Qt.Key.Key_Right)

    def told() -> bool:
        parts = driving.screen.sheet.parts if driving.screen is not None else []
        return any("last visit" in getattr(part, "text", "") for part in parts)

    wait_for(told)


def test_the_card_is_of_what_is_open_or_marked(
    qtbot: QtBot, driving: Driving, wait_for: Waiter
) -> None:
    window = driving.parent()
    assert isinstance(window, Window)
    window.open(Place("record", Ref.parse("organisation/biobay")))
    wait_for(lambda: window.goal() is not None)
    qtbot.keyClick(window, Qt.Key.Key_D, CONTROL)
    wait_for(lambda: title(driving) == "苏州生物医药产业园")
    window.open(Place(DRIVER, Ref.parse("organisation/renji-hospital")))
    wait_for(lambda: title(driving) == "仁济医院")


def test_what_is_nowhere_is_answered_with_a_sentence(
    desk: Desk, driving: Driving, wait_for: Waiter
) -> None:
    window = driving.parent()
    assert isinstance(window, Window)
    said: list[str] = []
    window.say = said.append  # type: ignore[method-assign]
    driving.show(Ref.parse("card/payment"))
    wait_for(lambda: bool(said))
    assert said == ["The guide does not say where “Paying by phone with a foreign card” is."]
    assert driving.screen is None


def test_a_hotel_is_typed_once_and_leads_back_with_one_key_and_can_be_taken_back(
    qtbot: QtBot, driving: Driving, wait_for: Waiter
) -> None:
    driving.show(Ref.parse("organisation/biobay"))
    wait_for(lambda: driving.screen is not None)
    press(qtbot, driving, Qt.Key.Key_H)
    forms: list[HotelForm] = []

    def form_there() -> bool:
        forms[:] = [one for one in QApplication.topLevelWidgets() if isinstance(one, HotelForm)]
        return bool(forms)

    wait_for(form_there)
    form = forms[0]
    keep = next(b for b in form.findChildren(QPushButton) if b.text() == "Keep")
    assert form.findChild(QDialogButtonBox) is not None
    keep.click()
    assert form.isVisible()
    for line, text in zip(form.fields, ("江边酒店", "滨江路1号", "021 5888"), strict=False):
        line.setText(text)
    keep.click()
    wait_for(lambda: title(driving) == "江边酒店")
    assert driving.screen is not None
    assert driving.screen.shown.card.home
    press(qtbot, driving, Qt.Key.Key_H)
    wait_for(lambda: title(driving) == "苏州生物医药产业园")
    press(qtbot, driving, Qt.Key.Key_S)
    driving_done: list[object] = []
    driving.hotel_kept.connect(lambda: driving_done.append(None))
    wait_for(lambda: bool(driving_done))
    qtbot.keyClick(driving.screen, Qt.Key.Key_Z, CONTROL)
    wait_for(lambda: len(driving_done) == 2)
    press(qtbot, driving, Qt.Key.Key_H)
    wait_for(lambda: title(driving) == "江边酒店")


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_fields_of_a_hotel_lie_on_nothing_however_large_the_text(
    desk: Desk, over: QWidget, wear: Callable[[Theme], None], scale: float
) -> None:
    wear(Theme("light", scale))
    over.resize(800, 600)
    form = HotelForm(desk.look, None, over)
    form.open()
    QApplication.processEvents()
    assert form.height() <= over.height()
    names = [one.buddy() for one in form.findChildren(QLabel) if one.buddy() is not None]
    captions = [one.geometry() for one in form.findChildren(QLabel) if one.buddy() is not None]
    assert names == form.fields
    rects = [*captions, *(one.geometry() for one in form.fields)]
    assert not any(one.intersects(other) for one, other in combinations(rects, 2))
    area = form.findChild(QScrollArea)
    buttons = form.findChild(QDialogButtonBox)
    assert not area.geometry().intersects(buttons.geometry())
    assert form.rect().contains(buttons.geometry())
    form.reject()


@pytest.mark.parametrize(
    ("width", "height", "scale"),
    [(1280, 800, 1.0), (1280, 800, 2.0), (800, 600, 1.0), (800, 600, 2.0)],
)
@pytest.mark.parametrize(
    "ref", ["visit/renji-2013", "organisation/german-consulate-general", "organisation/sipac"]
)
def test_nothing_is_cut_and_nothing_lies_on_anything(
    put: Callable[..., DriverScreen], ref: str, width: int, height: int, scale: float
) -> None:
    screen = put(ref, width, height, scale)
    sheet = screen.sheet
    size = sheet.hero.fitted.size
    assert size >= (WANTED if (width, scale) == (1280, 1.0) else 1.6 * LEAST)
    rects = [QRectF(part.rect) for part in (sheet.hero, *sheet.parts, *sheet.keys)]
    whole = QRectF(0, 0, width, height)
    assert all(whole.contains(rect) for rect in rects)
    for number, rect in enumerate(rects):
        for other in rects[number + 1 :]:
            assert not rect.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))


def test_what_to_do_with_the_code_stands_at_the_code(put: Callable[..., DriverScreen]) -> None:
    sheet = put("organisation/biobay", 1280, 800, 1.0).sheet
    code = next(part for part in sheet.parts if isinstance(part, Code))
    said = next(p for p in sheet.parts if isinstance(p, Hanzi) and "扫码" in p.fitted.lines[0])
    assert said.left == code.rect.left()
    assert 0 <= code.rect.top() - said.rect.bottom() <= 8


def test_the_delegates_words_are_plain_and_grow_with_the_text(
    put: Callable[..., DriverScreen],
) -> None:
    sizes, lines = [], []
    for scale in (1.0, 2.0):
        sheet = put("organisation/biobay", 1280, 800, scale).sheet
        told = " ".join(part.text for part in sheet.parts if isinstance(part, Words))
        assert "Address: as it was in 2016." in told
        assert "Public code" not in told
        assert "source file" not in told
        assert sheet.hero.fitted.size >= WANTED
        sizes.append(sheet.keys[0].rect.height())
        lines.append(next(p.theme.scale for p in sheet.parts if getattr(p, "role", "") == "body"))
    assert sizes[1] >= 1.3 * sizes[0]
    assert lines[1] >= 1.5


def test_keys_turn_the_colours_and_the_map(qtbot: QtBot, put: Callable[..., DriverScreen]) -> None:
    screen = put("organisation/biobay", 1280, 800, 1.0)
    corner = screen.grab().toImage().pixelColor(2, 2)
    first = next(part for part in screen.sheet.parts if hasattr(part, "modules"))
    qtbot.keyClick(screen, Qt.Key.Key_I)
    assert corner == QColor("white")
    assert screen.grab().toImage().pixelColor(2, 2) == QColor("black")
    hint = next(one for one in screen.sheet.keys if one.key == "M")
    qtbot.mouseClick(screen, Qt.MouseButton.LeftButton, pos=hint.rect.center().toPoint())
    second = next(part for part in screen.sheet.parts if hasattr(part, "modules"))
    assert second.modules != first.modules


def test_a_phone_reads_the_code_on_the_screen(put: Callable[..., DriverScreen]) -> None:
    screen = put("organisation/biobay", 1280, 800, 1.0)
    picture = screen.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    assert picture.bytesPerLine() == picture.width()
    rows = memoryview(picture.constBits()).cast("B", (picture.height(), picture.width()))
    found = zxingcpp.read_barcodes(rows)
    assert [one.text for one in found] == [screen.shown.card.links[0].url]


def test_an_address_breaks_where_one_of_its_parts_ends(dressed: QApplication) -> None:
    fitted = fit("上海市浦东新区浦建路160号", QRectF(0, 0, 1200, 380), 264, 40)
    assert fitted.lines == ("上海市浦东新区", "浦建路160号")


def test_a_name_wider_than_the_screen_is_still_shown_whole(dressed: QApplication) -> None:
    text = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 2
    fitted = fit(text, QRectF(0, 0, 300, 80), 264, 40)
    assert "".join(fitted.lines) == text


def test_a_card_without_any_link_has_no_code_and_no_key_for_it(
    desk: Desk, guide: Guide, over: QWidget
) -> None:
    card = replace(driver_card(guide, Ref.parse("organisation/biobay"), NOW.date()), links=())
    screen = DriverScreen(desk.look, Manner(), Shown(card, {}), over)
    screen.resize(1280, 800)
    assert "M" not in [one.key for one in screen.sheet.keys]
    assert not [part for part in screen.sheet.parts if hasattr(part, "modules")]
