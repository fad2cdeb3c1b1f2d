"""The head of a day: its colour, its name, and a bar that shows its shape."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldguide.domain.hours import minutes_of
from fieldguide.maps import style
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import tip
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.theme import Theme

FIRST, LAST, MARKS = 8, 20, (8, 12, 16, 20)
_BAR, _TOP, _HATCH = 8, 3, 6
TAIL: Final = 180
"""Minutes for which the last visit is drawn when its end is not known."""
Shape = Literal["open", "ended", "own", "own-open", "overlap"]


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a day in minutes after midnight; ``open`` has no end that is known."""

    begin: int
    end: int
    shape: Shape


class DayHead(QWidget):
    """Painted as one; says all of it to those who do not see it."""

    def __init__(self, look: Look, name: str, day: int) -> None:
        super().__init__()
        self._look, self._name, self._day = look, name, day
        self._side, self._note = "", ""
        self._spans: tuple[Span, ...] = ()
        self._here = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def show_shape(
        self, spans: Sequence[Span], side: str, note: str = "", *, here: bool = False
    ) -> None:
        """Show how the day is filled, where it is and what is said of it."""
        self._spans, self._side, self._note, self._here = tuple(spans), side, note, here
        self.setAccessibleDescription("; ".join(part for part in (side, note) if part))
        self.setToolTip(tip(note))
        self.updateGeometry()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Name, bar, hours."""
        theme = self._look.theme
        lines = theme.line("body", hanzi=True) + theme.line("caption") + self._note_height()
        return QSize(theme.px(120), lines + theme.px(_TOP + 6 + _BAR + 10))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is said of the day may break elsewhere."""
        super().resizeEvent(event)
        if self._note:
            self.updateGeometry()

    def _note_height(self) -> int:
        if not self._note:
            return 0
        return wrapped_height(self._note, self._look.theme, self.width(), "caption")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        theme = self._look.theme
        painter = QPainter(self)
        color = style.day_color(self._day)
        width = float(self.width())
        painter.fillRect(QRectF(0, 0, width, theme.px(_TOP)), theme.color(color))
        top = float(theme.px(_TOP + 5))
        line = theme.line("body", hanzi=True)
        name = min(width, text_width(self._name, theme, weight=600) + 1)
        draw_text(painter, QRectF(0, top, name, line), self._name, theme, "body", color, weight=600)
        side = QRectF(name + theme.px(6), top, max(0.0, width - name - theme.px(6)), line)
        right = Qt.AlignmentFlag.AlignRight
        tone = "accent" if self._here else "t2"
        draw_text(painter, side, self._side, theme, "caption", tone, align=right)
        top += line
        if self._note:
            height = self._note_height()
            note = QRectF(0, top, width, height)
            draw_wrapped(painter, note, self._note, theme, "caption", "warning")
            top += height
        self._bar(painter, QRectF(0, top + theme.px(3), width, theme.px(_BAR)), color)
        painter.end()

    def _bar(self, painter: QPainter, bar: QRectF, color: str) -> None:
        theme = self._look.theme
        painter.fillRect(bar, theme.color("sunken"))
        for span in self._spans:
            left, right = self._across(bar, span.begin), self._across(bar, span.end)
            part = QRectF(left, bar.top(), max(right - left, theme.px(3)), bar.height())
            self._fill(painter, part, span.shape, color)
        painter.setPen(QPen(theme.color("line"), theme.hairline))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        for hour in MARKS:
            wide = theme.px(24)
            middle = self._across(bar, hour * 60)
            left = min(max(0.0, middle - wide / 2), bar.right() - wide)
            place = QRectF(left, bar.bottom() + 1, wide, theme.line("caption"))
            aligns = {FIRST: Qt.AlignmentFlag.AlignLeft, LAST: Qt.AlignmentFlag.AlignRight}
            align = aligns.get(hour, Qt.AlignmentFlag.AlignHCenter)
            draw_text(painter, place, f"{hour:02}", theme, "caption", "t3", align=align)

    def _fill(self, painter: QPainter, part: QRectF, shape: Shape, color: str) -> None:
        theme = self._look.theme
        if shape == "ended":
            painter.fillRect(part, theme.color(color))
        elif shape == "overlap":
            painter.fillRect(part, theme.color("warning"))
        elif shape in ("own", "own-open"):
            painter.fillRect(part, theme.color("surface"))
            if shape == "own-open":
                hatch(painter, part, theme, color)
            painter.setPen(QPen(theme.color("t1"), 2 * theme.hairline))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(part.adjusted(1, 1, -1, -1))
        else:
            hatch(painter, part, theme, color)

    def _across(self, bar: QRectF, minutes: int) -> float:
        share = (minutes / 60 - FIRST) / (LAST - FIRST)
        return bar.left() + bar.width() * min(1.0, max(0.0, share))


def hatch(painter: QPainter, part: QRectF, theme: Theme, color: str) -> None:
    """Strokes where no end is known, begun with a solid one."""
    painter.save()
    painter.setClipRect(part)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color(color), theme.px(1.5)))
    step, left = theme.px(_HATCH), part.left() - part.height()
    while left < part.right():
        painter.drawLine(QPointF(left, part.bottom()), QPointF(left + part.height(), part.top()))
        left += step
    painter.restore()
    painter.fillRect(
        QRectF(part.left(), part.top(), theme.px(3), part.height()), theme.color(color)
    )


def spans_of(hours: Sequence[tuple[str, str, bool]]) -> list[Span]:
    """The shape of a day from begin, end (or empty) and whether one put it there oneself."""
    timed = sorted((minutes_of(begin), end, own) for begin, end, own in hours if begin)
    spans: list[Span] = []
    reached = 0
    for number, (begin, end, own) in enumerate(timed):
        after = timed[number + 1][0] if number + 1 < len(timed) else begin + TAIL
        last = minutes_of(end) if end else max(after, begin)
        shape: Shape = _shape(end, own=own)
        spans.append(Span(begin, max(last, begin), shape))
        if begin < reached:
            spans.append(Span(begin, min(reached, max(last, begin)), "overlap"))
        reached = max(reached, last if end else 0)
    return spans


def _shape(end: str, *, own: bool) -> Shape:
    if own:
        return "own" if end else "own-open"
    return "ended" if end else "open"
