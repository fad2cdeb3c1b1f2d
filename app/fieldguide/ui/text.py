"""Lines that mix Latin and hanzi: each run in its own face, hanzi a little larger."""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from fieldguide.domain.runs import split_scripts
from fieldguide.ui.theme import Theme


def utf16_units(text: str) -> int:
    """Length as Qt counts it; half of a pair, which a keyboard may leave behind, is one too."""
    if text.isascii():
        return len(text)
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class _Style(NamedTuple):
    """How a text is set: a role of the theme and what departs from it."""

    role: str
    weight: int | None = None
    tabular: bool = False
    strike: bool = False


@lru_cache(maxsize=256)
def _metrics(theme: Theme, style: _Style, hanzi: bool) -> QFontMetricsF:
    return QFontMetricsF(_face(theme, style, hanzi))


def _face(theme: Theme, style: _Style, hanzi: bool) -> QFont:
    role, weight, tabular, strike = style
    return theme.font(role, hanzi=hanzi, weight=weight, tabular=tabular, strike=strike)


@lru_cache(maxsize=16384)
def _measured(text: str, theme: Theme, style: _Style) -> tuple[tuple[str, bool, float], ...]:
    return tuple(
        (run, hanzi, _metrics(theme, style, hanzi).horizontalAdvance(run))
        for run, hanzi in split_scripts(text)
    )


def text_width(
    text: str,
    theme: Theme,
    role: str = "body",
    *,
    weight: int | None = None,
    tabular: bool = False,
    strike: bool = False,
) -> float:
    """Width in pixels of the text on one line."""
    style = _Style(role, weight, tabular, strike)
    return sum(advance for _, _, advance in _measured(text, theme, style))


def draw_text(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    role: str = "body",
    color: str | QColor = "t1",
    *,
    weight: int | None = None,
    tabular: bool = False,
    strike: bool = False,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    elide: bool = True,
) -> float:
    """Draw one line centred in the height of ``rect``; returns the width that was used.

    What does not fit ends in an ellipsis, unless ``elide`` is off.
    """
    style = _Style(role, weight, tabular, strike)
    runs = _measured(text, theme, style)
    width = sum(advance for _, _, advance in runs)
    if elide and width > rect.width() + 0.5:
        runs = _elided(runs, theme, style, rect.width())
        width = sum(advance for _, _, advance in runs)
    left = rect.left()
    if align & Qt.AlignmentFlag.AlignRight:
        left = rect.right() - width
    elif align & Qt.AlignmentFlag.AlignHCenter:
        left = rect.left() + (rect.width() - width) / 2
    latin = _metrics(theme, style, False)
    baseline = rect.top() + (rect.height() + latin.ascent() - latin.descent()) / 2
    painter.setPen(theme.color(color) if isinstance(color, str) else color)
    for run, hanzi, advance in runs:
        painter.setFont(_face(theme, style, hanzi))
        painter.drawText(QPointF(left, baseline), run)
        left += advance
    return width


def _elided(
    runs: tuple[tuple[str, bool, float], ...], theme: Theme, style: _Style, room: float
) -> tuple[tuple[str, bool, float], ...]:
    latin = _metrics(theme, style, False)
    mark = latin.horizontalAdvance("…")
    kept: list[tuple[str, bool, float]] = []
    left = room - mark
    for run, hanzi, advance in runs:
        if advance <= left:
            kept.append((run, hanzi, advance))
            left -= advance
            continue
        metrics = _metrics(theme, style, hanzi)
        fitting = _fitting(run, metrics, left)
        if fitting:
            kept.append((fitting, hanzi, metrics.horizontalAdvance(fitting)))
        break
    return (*kept, ("…", False, mark))


def _fitting(run: str, metrics: QFontMetricsF, room: float) -> str:
    low, high = 0, len(run)
    while low < high:
        middle = (low + high + 1) // 2
        if metrics.horizontalAdvance(run[:middle]) <= room:
            low = middle
        else:
            high = middle - 1
    return run[:low].rstrip()


@lru_cache(maxsize=512)
def _wrapped(text: str, theme: Theme, style: _Style, width: float) -> tuple[QTextLayout, float]:
    layout = QTextLayout(text.replace("\n", "\u2028"))
    layout.setFont(theme.font(style.role, weight=style.weight, strike=style.strike))
    formats, start, mixed = [], 0, False
    for run, hanzi in split_scripts(text):
        length = utf16_units(run)
        if hanzi:
            mixed = True
            span = QTextLayout.FormatRange()
            span.start, span.length = start, length
            form = QTextCharFormat()
            form.setFont(theme.font(style.role, hanzi=True, strike=style.strike))
            span.format = form
            formats.append(span)
        start += length
    layout.setFormats(formats)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    pitch = theme.line(style.role, hanzi=mixed)
    latin = _metrics(theme, style, False)
    lead = (pitch + latin.ascent() - latin.descent()) / 2
    height = 0.0
    layout.beginLayout()
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        # Every baseline sits the same way in its line, whatever faces the line holds.
        line.setPosition(QPointF(0, height + lead - line.ascent()))
        height += pitch
    layout.endLayout()
    return layout, height


def wrapped_height(
    text: str,
    theme: Theme,
    width: float,
    role: str = "body",
    *,
    weight: int | None = None,
    strike: bool = False,
) -> int:
    """Height in pixels of the text broken to ``width``; for row heights."""
    style = _Style(role, weight, False, strike)
    return int(_wrapped(text, theme, style, max(1.0, width))[1] + 0.5)


def draw_wrapped(
    painter: QPainter,
    rect: QRectF,
    text: str,
    theme: Theme,
    role: str = "body",
    color: str | QColor = "t1",
    *,
    weight: int | None = None,
    strike: bool = False,
) -> float:
    """Draw the text broken to the width of ``rect`` from its top; returns the height used."""
    style = _Style(role, weight, False, strike)
    layout, height = _wrapped(text, theme, style, max(1.0, rect.width()))
    painter.setPen(theme.color(color) if isinstance(color, str) else color)
    layout.draw(painter, rect.topLeft())
    return height


class ScriptLabel(QLabel):
    """A label whose hanzi are set in their own face; plain text only, elided or wrapped."""

    def __init__(
        self,
        text: str,
        theme: Theme,
        role: str = "body",
        color: str = "t1",
        *,
        weight: int | None = None,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self._theme = theme
        self._role = role
        self._weight = weight
        self._color = color
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_theme(self, theme: Theme) -> None:
        """Take the theme and repaint."""
        self._theme = theme
        self.updateGeometry()
        self.update()

    def set_color(self, color: str) -> None:
        """Use another token for the text."""
        self._color = color
        self.update()

    def sizeHint(self) -> QSize:
        """The whole text on one line, or a readable measure when it wraps."""
        width = int(text_width(self.text(), self._theme, self._role, weight=self._weight)) + 1
        if self.wordWrap():
            width = min(width, self._theme.px(480))
            return QSize(width, self.heightForWidth(width))
        return QSize(width, self._line()).grownBy(self.contentsMargins())

    def minimumSizeHint(self) -> QSize:
        """Enough for a few letters; the rest is elided or wrapped."""
        least = min(self.sizeHint().width(), self._theme.px(48))
        return QSize(least, self._line()).grownBy(self.contentsMargins())

    def hasHeightForWidth(self) -> bool:
        """Only a wrapped text has its height from its width."""
        return self.wordWrap()

    def heightForWidth(self, width: int) -> int:
        """Height in pixels of the wrapped text, -1 when it does not wrap."""
        if not self.wordWrap():
            return -1
        return wrapped_height(self.text(), self._theme, width, self._role, weight=self._weight)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the runs instead of what QLabel would draw."""
        painter = QPainter(self)
        color = self._color if self.isEnabled() else "t3"
        rect, text, weight = QRectF(self.contentsRect()), self.text(), self._weight
        if self.wordWrap():
            draw_wrapped(painter, rect, text, self._theme, self._role, color, weight=weight)
        else:
            draw_text(
                painter,
                rect,
                text,
                self._theme,
                self._role,
                color,
                weight=weight,
                align=self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask,
            )
        painter.end()

    def _line(self) -> int:
        mixed = any(hanzi for _, hanzi in split_scripts(self.text()))
        return self._theme.line(self._role, hanzi=mixed)
