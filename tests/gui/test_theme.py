"""The look as Qt draws it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QAccessible, QColor, QFontInfo, QImage, QPainter, QPalette, QRawFont
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QTabBar,
    QTableWidget,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldguide import assets
from fieldguide.domain.runs import split_scripts
from fieldguide.errors import FieldGuideError
from fieldguide.ui import theme as look
from fieldguide.ui.icons import Icons
from fieldguide.ui.text import ScriptLabel, draw_text, text_width, wrapped_height
from fieldguide.ui.theme import ROLES, Theme

CONTENT = Path(__file__).resolve().parents[2] / "db" / "content"
PINYIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜĀÁǍÀĒÉĚÈŌÓǑÒ"
ADDRESS = "Renji Hospital 上海市浦东新区浦建路160号"


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[QApplication]:
    look.load_fonts()
    look.apply(qapp, Theme())
    yield qapp
    qapp.setStyleSheet("")


def raw(name: str) -> QRawFont:
    return QRawFont(str(assets.path(f"fonts/{name}")), 14)


def gb2312_hanzi() -> str:
    letters = []
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                letters.append(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:
                continue
    return "".join(letters)


def test_the_chinese_face_holds_every_simplified_character(dressed: QApplication) -> None:
    face = raw("NotoSansSC-Regular.ttf")
    hanzi = gb2312_hanzi()
    assert len(hanzi) == 6763
    wanted = hanzi + "，。、；：？！（）《》【】“”‘’—…〇①㎡"
    assert [letter for letter in wanted if not face.supportsCharacter(ord(letter))] == []


@pytest.mark.parametrize("weight", ["Regular", "Medium", "SemiBold"])
def test_the_latin_face_holds_pinyin_and_the_signs_of_the_guide(
    dressed: QApplication, weight: str
) -> None:
    face = raw(f"Inter-{weight}.ttf")
    wanted = PINYIN + "ßøłéèçñüÅŒœ€£¥°²³µ·–—…“”‘’•→←≈≤≥×−№™"
    assert [letter for letter in wanted if not face.supportsCharacter(ord(letter))] == []


def test_every_character_of_the_content_can_be_drawn(dressed: QApplication) -> None:
    faces = (raw("Inter-Regular.ttf"), raw("NotoSansSC-Regular.ttf"))
    texts = [file.read_text(encoding="utf-8") for file in CONTENT.rglob("*.*") if file.is_file()]
    letters = {letter for text in texts for letter in text if letter >= " "}
    missing = {
        letter
        for letter in letters
        if not any(face.supportsCharacter(ord(letter)) for face in faces)
    }
    assert missing == set()


def test_the_shipped_faces_are_the_ones_used(dressed: QApplication) -> None:
    theme = Theme()
    assert QFontInfo(theme.font("body")).family() == "Inter"
    assert QFontInfo(theme.font("body", hanzi=True)).family() == "Noto Sans SC"
    assert QFontInfo(theme.font("body", weight=600)).weight() == 600
    assert QFontInfo(theme.font("name", hanzi=True, weight=600)).weight() == 400


def test_figures_are_of_one_width_only_where_asked(dressed: QApplication) -> None:
    theme = Theme()
    assert text_width("111", theme) < text_width("000", theme)
    assert text_width("111", theme, tabular=True) == text_width("000", theme, tabular=True)


def test_hanzi_are_one_pixel_larger_and_never_below_thirteen() -> None:
    theme = Theme()
    for role in ("caption", "body", "note"):
        assert theme.font(role, hanzi=True).pixelSize() == theme.font(role).pixelSize() + 1, role
    assert min(theme.font(role, hanzi=True).pixelSize() for role in ROLES) == 13
    assert min(theme.font(role).pixelSize() for role in ROLES) == 12


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [0.8, 1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("contrast", [False, True])
def test_the_style_sheet_is_filled_in_at_every_size(
    scheme: look.Scheme, scale: float, contrast: bool
) -> None:
    sheet = Theme(scheme, scale, contrast).stylesheet()
    assert "@" not in sheet
    assert not re.search(r"\d(dp|half|line|focus|held)\b", sheet)
    for file in re.findall(r'url\("([^"]+)"\)', sheet):
        assert Path(file).is_file(), file


def test_sizes_follow_the_scale_within_its_limits() -> None:
    assert [Theme(scale=scale).px(12) for scale in (0.8, 1.0, 1.5, 2.0)] == [10, 12, 18, 24]
    assert Theme(scale=9).scale == 2.0
    assert Theme(scale=0.1).scale == 0.8
    assert Theme(scale=0.8).px(1) == 1
    assert Theme(scale=2.0).font("body").pixelSize() == 26
    assert Theme(scale=2.0).line("body", hanzi=True) == 40


def test_high_contrast_is_black_and_white_with_outlines() -> None:
    light, dark = Theme("light", 1.0, True), Theme("dark", 1.0, True)
    assert light.color("surface") == QColor("#FFFFFF")
    assert dark.color("surface") == QColor("#000000")
    for theme in (light, dark):
        for name in ("t2", "t3", "line", "line2"):
            assert theme.color(name) == theme.color("t1"), name
        assert theme.color("accent-weak") == theme.color("surface")
        assert theme.focus_width == 3
    assert Theme().focus_width == 2


def test_a_wrong_token_is_an_error() -> None:
    with pytest.raises(KeyError):
        Theme().color("acent")


def test_the_palette_says_what_the_style_sheet_says() -> None:
    palette = Theme("dark").palette()
    assert palette.color(QPalette.ColorRole.Base) == QColor("#181D1C")
    assert palette.color(QPalette.ColorRole.Accent) == QColor("#5CC3C9")
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text)
    assert disabled == Theme("dark").color("t3")


def test_a_missing_typeface_is_said_in_a_sentence(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(assets, "path", lambda name: tmp_path / name)
    with pytest.raises(FieldGuideError, match=r"^The typeface file Inter-Regular\.ttf .*\.$"):
        look.load_fonts()


def test_a_painted_widget_hears_of_a_new_theme(dressed: QApplication, qtbot: QtBot) -> None:
    label = ScriptLabel("仁济医院", Theme())
    qtbot.addWidget(label)
    before = label.sizeHint()
    look.apply(dressed, Theme(scale=2.0))
    assert label.sizeHint().height() == 2 * before.height()
    look.apply(dressed, Theme())
    assert label.sizeHint() == before


@pytest.mark.parametrize("icon", sorted(assets.path("icons").glob("*.svg")), ids=lambda p: p.stem)
def test_an_icon_is_drawn(qapp: QApplication, icon: Path) -> None:
    image = Icons(Theme()).pixmap(icon.stem, 16, ratio=2.0).toImage()
    assert image.size() == QSize(32, 32)
    inked = sum(image.pixelColor(x, y).alpha() > 128 for x in range(32) for y in range(32))
    assert 12 < inked < 500


def test_an_icon_follows_colour_scale_and_padding(qapp: QApplication) -> None:
    icons = Icons(Theme(scale=2.0))
    pixmap = icons.pixmap("minus", 16, "danger", pad=3, ratio=1.0)
    assert pixmap.size() == QSize(38, 32)
    assert pixmap.toImage().pixelColor(16, 16) == QColor("#B3261E")
    assert icons.pixmap("minus", 16, "danger", pad=3, ratio=1.0).cacheKey() == pixmap.cacheKey()
    icons.set_theme(Theme("dark"))
    assert icons.pixmap("minus", 16, "danger", ratio=2.0).toImage().pixelColor(16, 16) == QColor(
        "#F28B82"
    )


def test_scripts_are_split_and_nothing_is_lost() -> None:
    assert split_scripts("BioBAY 苏州，A座") == (
        ("BioBAY ", False),
        ("苏州，", True),
        ("A", False),
        ("座", True),
    )
    assert split_scripts("") == ()
    for text in (ADDRESS, "仁", "plain", "𠀀x"):
        assert "".join(run for run, _ in split_scripts(text)) == text


def painted(text: str, width: int, *, elide: bool = True) -> tuple[QImage, float]:
    image = QImage(400, 24, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    used = draw_text(painter, QRectF(0, 0, width, 24), text, Theme(), elide=elide)
    painter.end()
    return image, used


def last_ink(image: QImage) -> int:
    white = QColor(Qt.GlobalColor.white)
    return max(
        x
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y) != white
    )


def test_a_line_that_does_not_fit_is_elided_within_its_room(dressed: QApplication) -> None:
    whole = text_width(ADDRESS, Theme())
    for width in (60, 120, 200):
        image, used = painted(ADDRESS, width)
        assert used <= width
        assert last_ink(image) <= width
    assert painted(ADDRESS, 399)[1] == whole
    assert painted(ADDRESS, 60, elide=False)[1] == whole


def test_a_wrapped_text_grows_by_whole_lines(dressed: QApplication) -> None:
    theme = Theme()
    line = theme.line("body", hanzi=True)
    assert wrapped_height(ADDRESS, theme, 1000) == line
    assert wrapped_height(ADDRESS, theme, 150) == 2 * line
    assert wrapped_height("one\ntwo", theme, 1000) == 2 * theme.line("body")
    assert wrapped_height("x" * 200, theme, 100) > 5 * theme.line("body")


def test_a_script_label_speaks_its_text_and_ignores_markup(
    dressed: QApplication, qtbot: QtBot
) -> None:
    label = ScriptLabel("<b>仁济</b>", Theme(), wrap=True)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    spoken = QAccessible.queryAccessibleInterface(label)
    assert spoken.role() == QAccessible.Role.StaticText
    assert spoken.text(QAccessible.Text.Name) == "<b>仁济</b>"
    assert label.heightForWidth(20) > label.heightForWidth(400)


def controls() -> list[QWidget]:
    primary, chip, segment, rail = (QPushButton(text) for text in ("Save", "All", "Map", "Today"))
    for button, kind in (
        (primary, "primary"),
        (chip, "chip"),
        (segment, "segment"),
        (rail, "rail"),
    ):
        button.setProperty("kind", kind)
    tabs = QTabBar()
    tabs.addTab("Facts")
    names = QComboBox()
    names.addItem("Mine")
    tool = QToolButton()
    tool.setText("x")
    tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return [
        QPushButton("Copy"),
        primary,
        chip,
        segment,
        rail,
        tool,
        QLineEdit("x"),
        names,
        QCheckBox("x"),
        QRadioButton("x"),
        tabs,
        QListWidget(),
        QTableWidget(1, 1),
        QPlainTextEdit("x"),
        QTextBrowser(),
        QScrollArea(),
    ]


@pytest.mark.qt_log_ignore("does not support propagateSizeHints")
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_focus_is_seen_on_every_control_and_moves_nothing(
    dressed: QApplication, qtbot: QtBot, scheme: look.Scheme, scale: float
) -> None:
    theme = Theme(scheme, scale)
    look.apply(dressed, theme)
    page = QWidget()
    qtbot.addWidget(page)
    layout = QVBoxLayout(page)
    rest = QLabel("rest")
    rest.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    layout.addWidget(rest)
    widgets = controls()
    for widget in widgets:
        layout.addWidget(widget)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    accent = theme.color("accent")
    for widget in widgets:
        rest.setFocus()
        plain, size = page.grab(widget.geometry()).toImage(), widget.sizeHint()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        qtbot.waitUntil(widget.hasFocus, timeout=20_000)
        ringed = page.grab(widget.geometry()).toImage()
        changed = [
            ringed.pixelColor(x, y)
            for x in range(ringed.width())
            for y in range(ringed.height())
            if ringed.pixelColor(x, y) != plain.pixelColor(x, y)
        ]
        # The primary button is filled with the accent: what changes there is the gap.
        if widget.property("kind") != "primary":
            changed = [color for color in changed if color == accent]
        assert len(changed) >= widget.width(), (widget, widget.property("kind"))
        assert widget.sizeHint() == size, widget
