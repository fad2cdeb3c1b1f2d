"""What a row of a list draws: texts, icons and fields, each in its place, laid out once."""

from dataclasses import dataclass, field

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Words:
    """A text to draw in ``rect``: on one line and elided, or wrapped from its top."""

    rect: QRectF
    text: str
    role: str = "body"
    color: str = "t1"
    weight: int | None = None
    strike: bool = False
    wrapped: bool = False
    right: bool = False


@dataclass(frozen=True, slots=True)
class Sign:
    """An icon to draw; ``copies`` when a click on it copies."""

    rect: QRectF
    name: str
    color: str = "t2"
    copies: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A filled and outlined field, rounded like a chip."""

    rect: QRectF
    fill: str = ""
    edge: str = ""


Part = Words | Sign | Box


@dataclass(slots=True)
class Sheet:
    """What a row draws, and how high it is."""

    height: float = 0.0
    heading: bool = False
    opens: bool = False
    parts: list[Part] = field(default_factory=list)
    offers: list[Sign] = field(default_factory=list)
    """Signs to press that show while the row is chosen or under the pointer."""


def put_words(
    sheet: Sheet,
    theme: Theme,
    place: tuple[float, float, float],
    text: str,
    role: str = "body",
    color: str = "t1",
    *,
    weight: int | None = None,
    strike: bool = False,
) -> float:
    """Add a text at (left, top, width), wrapped where it must be; returns its height."""
    left, top, room = place
    line = theme.line(role, hanzi=True)
    if "\n" not in text and text_width(text, theme, role, weight=weight, strike=strike) <= room:
        rect = QRectF(left, top, room, line)
        sheet.parts.append(Words(rect, text, role, color, weight, strike))
        return line
    height = wrapped_height(text, theme, room, role, weight=weight, strike=strike)
    rect = QRectF(left, top, room, height)
    sheet.parts.append(Words(rect, text, role, color, weight, strike, wrapped=True))
    return height


def draw_part(painter: QPainter, look: Look, part: Part) -> None:
    """Draw one of them; the painter stands at the corner of the row."""
    theme = look.theme
    if isinstance(part, Words):
        if part.wrapped:
            draw_wrapped(
                painter, part.rect, part.text, theme, part.role, part.color,
                weight=part.weight, strike=part.strike,
            )  # fmt: skip
            return
        side = Qt.AlignmentFlag.AlignRight if part.right else Qt.AlignmentFlag.AlignLeft
        draw_text(
            painter, part.rect, part.text, theme, part.role, part.color,
            weight=part.weight, strike=part.strike, align=side,
        )  # fmt: skip
    elif isinstance(part, Sign):
        size = round(part.rect.width() / theme.scale)
        picture = look.icons.pixmap(part.name, size, part.color)
        painter.drawPixmap(part.rect.topLeft(), picture)
    else:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPen(theme.color(part.edge), theme.hairline) if part.edge else Qt.PenStyle.NoPen
        painter.setPen(edge)
        painter.setBrush(theme.color(part.fill) if part.fill else Qt.BrushStyle.NoBrush)
        half = theme.hairline / 2 if part.edge else 0
        radius = theme.px(4)
        painter.drawRoundedRect(part.rect.adjusted(half, half, -half, -half), radius, radius)
