"""The look as one value: colours, type, sizes, and the style sheet made from them."""

import re
import tomllib
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal, Protocol, runtime_checkable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.errors import FieldGuideError

Scheme = Literal["light", "dark"]
LATIN, HANZI = "Inter", "Noto Sans SC"
FONT_FILES = (
    "Inter-Regular.ttf",
    "Inter-Medium.ttf",
    "Inter-SemiBold.ttf",
    "NotoSansSC-Regular.ttf",
)
SMALLEST, LARGEST = 0.8, 2.0
WIDEST = 16_777_215
"""Qt's own largest width, which is no limit."""


@dataclass(frozen=True)
class Role:
    """A size of type at 100 %: pixels, line height, weight, the hanzi beside it, tracking in em."""

    size: int
    line: int
    weight: int
    hanzi: int
    hanzi_line: int
    tracking: float = 0.0


ROLES = {
    "caption": Role(12, 16, 400, 13, 18),
    "body": Role(13, 18, 400, 14, 20),
    "note": Role(14, 20, 400, 15, 22),
    "section": Role(14, 20, 600, 15, 22),
    "title": Role(20, 26, 600, 20, 28, -0.012),
    "name": Role(24, 32, 600, 24, 32, -0.018),
    "clock": Role(28, 32, 600, 28, 32),
}

_PALETTE = {
    QPalette.ColorRole.Window: "window",
    QPalette.ColorRole.WindowText: "t1",
    QPalette.ColorRole.Base: "surface",
    QPalette.ColorRole.AlternateBase: "sunken",
    QPalette.ColorRole.Text: "t1",
    QPalette.ColorRole.Button: "surface",
    QPalette.ColorRole.ButtonText: "t1",
    QPalette.ColorRole.BrightText: "on-accent",
    QPalette.ColorRole.PlaceholderText: "t3",
    QPalette.ColorRole.Highlight: "accent-weak",
    QPalette.ColorRole.HighlightedText: "t1",
    QPalette.ColorRole.Accent: "accent",
    QPalette.ColorRole.Link: "accent",
    QPalette.ColorRole.LinkVisited: "accent",
    QPalette.ColorRole.ToolTipBase: "t1",
    QPalette.ColorRole.ToolTipText: "surface",
    QPalette.ColorRole.Light: "raised",
    QPalette.ColorRole.Midlight: "sunken",
    QPalette.ColorRole.Mid: "line",
    QPalette.ColorRole.Dark: "line2",
    QPalette.ColorRole.Shadow: "line2",
}
_FADED = (
    QPalette.ColorRole.WindowText,
    QPalette.ColorRole.Text,
    QPalette.ColorRole.ButtonText,
    QPalette.ColorRole.HighlightedText,
)
_COLOUR = re.compile(r"@([a-z][a-z0-9]*(?:-[a-z0-9]+)*)")
_SIZE = re.compile(r"(?<![\w.])(-?)(\d+)(dp|half|line|focus|held)(?:-(\d+)(line|focus|held))?\b")


@dataclass(frozen=True)
class Theme:
    """One look; two equal themes draw the same pixels. ``scale`` is the text size, 0.8 to 2.0."""

    scheme: Scheme = "light"
    scale: float = 1.0
    contrast: bool = False
    own: bool = False
    """Whether its fonts are those of a worker that paints, and of no other thread."""

    def __post_init__(self) -> None:
        """Keep the scale within what the pages are laid out for."""
        object.__setattr__(self, "scale", min(LARGEST, max(SMALLEST, self.scale)))

    def apart(self) -> "Theme":
        """The same look for the thread of the worker that paints: a font is for one thread."""
        return replace(self, own=True)

    def color(self, name: str) -> QColor:
        """Colour of a token, shared between callers; KeyError for a name tokens.toml lacks."""
        return _color(self.scheme, self.contrast, name)

    def px(self, pixels: float) -> int:
        """Pixels at 100 % in this scale, at least one where there was one."""
        return _scaled(self.scale, pixels)

    @property
    def hairline(self) -> int:
        """Width of a hairline in pixels."""
        return max(1, int(self.scale))

    @property
    def focus_width(self) -> int:
        """Width of the focus ring in pixels."""
        return self.hairline * (3 if self.contrast else 2)

    def line(self, role: str, *, hanzi: bool = False) -> int:
        """Line height of a role in pixels, higher where the line holds hanzi."""
        return self.px(ROLES[role].hanzi_line if hanzi else ROLES[role].line)

    def font(
        self,
        role: str,
        *,
        hanzi: bool = False,
        weight: int | None = None,
        tabular: bool = False,
        strike: bool = False,
    ) -> QFont:
        """Font of a role, shared between callers: copy it before changing it."""
        return _font(self.own, self.scale, role, hanzi, weight, tabular, strike)

    def palette(self) -> QPalette:
        """The palette that goes with the style sheet."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in _FADED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("t3"))
        return palette

    def stylesheet(self) -> str:
        """The application's style sheet, every token and size filled in."""
        return _stylesheet(self)

    def mark_selected(self, painter: QPainter, rect: QRectF, *, focused: bool = False) -> None:
        """Paint the ground of a selected row: a weak fill, an outline where fills are dropped."""
        painter.fillRect(rect, self.color("accent-weak"))
        if self.contrast or focused:
            self._outline(painter, rect, self.focus_width if focused else 2 * self.hairline)

    def mark_current(self, painter: QPainter, rect: QRectF) -> None:
        """Outline the row that the keys are on though it is not selected."""
        self._outline(painter, rect, self.focus_width)

    def _outline(self, painter: QPainter, rect: QRectF, width: float) -> None:
        painter.save()
        painter.setPen(QPen(self.color("accent"), width, j=Qt.PenJoinStyle.MiterJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        half = width / 2
        painter.drawRect(rect.adjusted(half, half, -half, -half))
        painter.restore()


@runtime_checkable
class Themed(Protocol):
    """A widget that paints itself and wants to hear of a new theme."""

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""


def load_fonts() -> None:
    """Make the shipped typefaces known to Qt; once, after QApplication is there."""
    for name in FONT_FILES:
        if QFontDatabase.addApplicationFont(str(assets.path(f"fonts/{name}"))) < 0:
            raise FieldGuideError(
                f"The typeface file {name} is missing or damaged; install the program again."
            )


def apply(app: QApplication, theme: Theme) -> None:
    """Dress the whole application, and tell every widget that paints itself."""
    if not app.styleSheet():
        app.setStyle("Fusion")
    app.setFont(theme.font("body"))
    app.setPalette(theme.palette())
    app.setStyleSheet(theme.stylesheet())
    for widget in app.allWidgets():
        if isinstance(widget, Themed):
            widget.set_theme(theme)


def system_scheme(app: QApplication) -> Scheme:
    """What the desktop asks for; light where it does not say."""
    return "dark" if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else "light"


def system_contrast(app: QApplication) -> bool:
    """Whether the desktop asks for high contrast."""
    # Each link of the chain is held: a wrapper that is let go takes the next one with it.
    hints = app.styleHints()
    accessibility = hints.accessibility()
    return bool(accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast)


@lru_cache(maxsize=512)
def _scaled(scale: float, pixels: float) -> int:
    """Asked some thousand times a page, for a few dozen sizes."""
    scaled = int(abs(pixels) * scale + 0.5)
    scaled = max(1, scaled) if pixels else 0
    return -scaled if pixels < 0 else scaled


@lru_cache(maxsize=512)
def _color(scheme: Scheme, contrast: bool, name: str) -> QColor:
    return QColor(_tokens(scheme, contrast)[name])


@lru_cache(maxsize=4)
def _tokens(scheme: Scheme, contrast: bool) -> dict[str, str]:
    """Name to colour; high contrast is derived here and nowhere else."""
    text = assets.path("themes/tokens.toml").read_text(encoding="utf-8")
    colours: dict[str, str] = tomllib.loads(text)[scheme]
    if contrast:
        ground = "#FFFFFF" if scheme == "light" else "#000000"
        plain = {name: ground for name in colours if name.endswith("-weak")}
        plain |= dict.fromkeys(("window", "surface", "sunken", "raised", "land", "water"), ground)
        plain |= dict.fromkeys(("t2", "t3", "line", "line2", "shore"), colours["t1"])
        colours = colours | plain
    return colours


@lru_cache(maxsize=256)
def _font(
    own: bool,
    scale: float,
    role: str,
    hanzi: bool,
    weight: int | None,
    tabular: bool,
    strike: bool,
) -> QFont:
    """``own`` only keeps the fonts of two threads apart."""
    kind = ROLES[role]
    font = QFont()
    # There is one weight of hanzi; asking for another would smear it.
    font.setFamilies([HANZI, LATIN] if hanzi else [LATIN, HANZI])
    font.setWeight(QFont.Weight(400 if hanzi else weight or kind.weight))
    font.setPixelSize(max(1, round((kind.hanzi if hanzi else kind.size) * scale)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setStrikeOut(strike)
    if kind.tracking and not hanzi:
        spacing = kind.tracking * kind.size * scale
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing)
    if tabular and not hanzi:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _stylesheet(theme: Theme) -> str:
    template = assets.path("themes/app.qss").read_text(encoding="utf-8")
    names = dict(_tokens(theme.scheme, theme.contrast))
    names["art"] = assets.path(f"themes/{theme.scheme}").as_posix()
    strong = "-strong" if theme.contrast else ""
    names["ring"] = assets.path(f"themes/{theme.scheme}/ring{strong}.svg").as_posix()
    held = theme.hairline * (2 if theme.contrast else 1)
    outline = f"{held}px solid {names['accent']}"
    names["edge"] = outline if theme.contrast else "0"
    names["held"] = outline if theme.contrast else f"{held}px solid {names['line2']}"
    names["off"] = "dashed" if theme.contrast else "solid"
    units = {"line": theme.hairline, "focus": theme.focus_width, "held": held}

    def sized(found: re.Match[str]) -> str:
        sign, number, unit, less, part = found.groups()
        if unit in units:
            size = int(number) * units[unit]
        else:
            size = theme.px(int(number)) // (2 if unit == "half" else 1)
        if less:
            size = max(0, size - int(less) * units[part])
        return f"{sign}{size}px"

    sheet = re.sub(r"/\*.*?\*/", "", template, flags=re.DOTALL)
    return _COLOUR.sub(lambda found: names[found[1]], _SIZE.sub(sized, sheet))
