"""How a driver card is laid out: the address as large as the screen allows, all else below it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Protocol

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPainter

from fieldguide.services.driver_card import DriverCard
from fieldguide.services.map_links import Modules
from fieldguide.ui.hanzi_lines import Fitted, fit, widest
from fieldguide.ui.text import draw_text, draw_wrapped, text_width, wrapped_height
from fieldguide.ui.theme import Theme

WANTED: Final = 128
"""Pixels of a letter of 96 pt; below that the delegate's own words give way first."""
LEAST: Final = 40
"""Pixels; about a centimetre, which is still read at two metres."""
LARGEST: Final = 264
_SCALES: Final = (1.8, 1.7, 1.6, 1.5, 1.4, 1.3, 1.2, 1.1, 1.0)
"""Of the delegate's text, tried from the largest that is not larger than it is wanted."""
EDGE: Final = 4
"""White modules that a code needs around it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What is written on the card beside the values of the card itself."""

    meaning: str
    lines: Sequence[str]
    keys: Sequence[tuple[str, str]]
    service: str
    notice: str


class Part(Protocol):
    """Something that is drawn in one colour on the other."""

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw it."""


@dataclass(frozen=True, slots=True)
class Hanzi:
    """Lines for the driver."""

    left: float
    top: float
    fitted: Fitted

    @property
    def rect(self) -> QRectF:
        """What it takes of the screen."""
        wide = widest(self.fitted.lines, self.fitted.size)
        return QRectF(self.left, self.top, wide, self.fitted.height)

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw it."""
        self.fitted.draw(painter, self.left, self.top, ink)


@dataclass(frozen=True, slots=True)
class Words:
    """A text for the delegate, broken to the width of its space."""

    rect: QRectF
    text: str
    role: str
    theme: Theme
    weight: int | None = None

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw it."""
        draw_wrapped(painter, self.rect, self.text, self.theme, self.role, ink, weight=self.weight)


@dataclass(frozen=True, slots=True)
class KeyHint:
    """A key and what it does; a click on it does the same."""

    rect: QRectF
    key: str
    text: str
    theme: Theme

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw it with a frame around the key."""
        cap = QRectF(self.rect)
        cap.setWidth(text_width(self.key, self.theme, "caption") + self.theme.px(12))
        painter.setPen(ink)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        inside = cap.adjusted(self.theme.px(6), 0, 0, 0)
        draw_text(painter, inside, self.key, self.theme, "caption", ink, elide=False)
        rest = self.rect.adjusted(cap.width() + self.theme.px(6), 0, 0, 0)
        draw_text(painter, rest, self.text, self.theme, "body", ink, elide=False)


@dataclass(frozen=True, slots=True)
class Code:
    """A QR code: black on white whatever the card is, or no phone would read it."""

    rect: QRectF
    modules: Modules

    def draw(self, painter: QPainter, ink: QColor) -> None:
        """Draw whole pixels."""
        painter.fillRect(self.rect, QColor("white"))
        side = int(self.rect.width()) // (len(self.modules) + 2 * EDGE)
        left, top = int(self.rect.left()) + EDGE * side, int(self.rect.top()) + EDGE * side
        for row, modules in enumerate(self.modules):
            for column, black in enumerate(modules):
                if black:
                    painter.fillRect(
                        left + column * side, top + row * side, side, side, QColor("black")
                    )


@dataclass
class Sheet:
    """A card laid out for one size of the screen."""

    hero: Hanzi
    parts: list[Hanzi | Words | Code] = field(default_factory=list)
    keys: list[KeyHint] = field(default_factory=list)
    line: float = 0.0
    """Where the rule between the driver's part and the delegate's stands."""


def lay_out(
    card: DriverCard, told: Told, code: Modules | None, size: QSizeF, theme: Theme
) -> Sheet:
    """The text of the delegate as large as he has it, unless the address would suffer from it."""
    wanted = {one for one in _SCALES if one < theme.scale} | {theme.scale}
    scales = sorted(wanted, reverse=True)
    best: Sheet | None = None
    for scale in scales:
        sheet = _Plan(card, told, code, size, Theme(theme.scheme, scale), scales).sheet()
        if best is None or sheet.hero.fitted.size > best.hero.fitted.size:
            best = sheet
        if sheet.hero.fitted.size >= WANTED and sheet.hero.rect.bottom() <= sheet.line:
            return sheet
    assert best is not None
    return best


class _Plan:
    """From the bottom up: what the foot takes is known first, the address takes what is left."""

    def __init__(
        self,
        card: DriverCard,
        told: Told,
        code: Modules | None,
        size: QSizeF,
        theme: Theme,
        larger: Sequence[float],
    ) -> None:
        self._larger = larger
        self._card, self._told, self._code = card, told, code
        self._size, self._theme = size, theme
        self._edge = min(theme.px(40), size.width() / 24)
        self._wide = size.width() - 2 * self._edge
        self._gap = theme.px(8)

    def sheet(self) -> Sheet:
        """All parts in their places."""
        keys, top = self._foot()
        below, line = self._below(top - self._gap)
        above, bottom = self._head()
        hero = self._hero(bottom + self._gap, line - self._gap)
        return Sheet(hero, [*above, *below], keys, line)

    def _foot(self) -> tuple[list[KeyHint], float]:
        theme, hints, left, row = self._theme, list[KeyHint](), self._edge, 0
        high = theme.px(22)
        for key, text in self._told.keys:
            wide = text_width(key, theme, "caption") + text_width(text, theme) + theme.px(20)
            if left > self._edge and left + wide > self._edge + self._wide:
                left, row = self._edge, row + 1
            hints.append(KeyHint(QRectF(left, row * (high + theme.px(4)), wide, high), key, text,
                                 theme))  # fmt: skip
            left += wide + theme.px(14)
        tall = (row + 1) * high + row * theme.px(4)
        top = self._size.height() - theme.px(12) - tall
        return [
            KeyHint(one.rect.translated(0, top), one.key, one.text, theme) for one in hints
        ], top

    def _head(self) -> tuple[list[Hanzi | Words], float]:
        """What is asked for, in both scripts; returns where it ends."""
        theme, top = self._theme, self._edge / 2
        parts: list[Hanzi | Words] = []
        bottom = top
        if self._card.saying:
            room = QRectF(0, 0, self._wide * 0.66, theme.px(46))
            asked = fit(self._card.saying, room, theme.px(38), 18)
            parts.append(Hanzi(self._edge, top, asked))
            bottom = top + asked.height
        room_beside = self._wide * 0.32
        wide = min(room_beside, text_width(self._told.meaning, theme, "note") + 1)
        tall = wrapped_height(self._told.meaning, theme, wide, "note")
        spot = QRectF(self._edge + self._wide - wide, top + theme.px(4), wide, tall)
        parts.append(Words(spot, self._told.meaning, "note", theme))
        bottom = max(bottom, spot.bottom())
        if self._card.address.local and self._card.name.local:
            room = QRectF(0, 0, self._wide, max(theme.px(44), self._size.height() * 0.14))
            name = fit(self._card.name.local, room, int(self._size.height() * 0.1), 24)
            parts.append(Hanzi(self._edge, bottom + self._gap, name))
            bottom += self._gap + name.height
        return parts, bottom

    def _hero(self, top: float, bottom: float) -> Hanzi:
        """The address; the name where there is none, in whatever script."""
        card = self._card
        text = card.address.local or card.name.local or card.address.value or card.title
        room = QRectF(0, 0, self._wide, max(1.0, bottom - top))
        fitted = fit(text, room, LARGEST, LEAST)
        spare = max(0.0, bottom - top - fitted.height)
        return Hanzi(self._edge, top + spare / 2, fitted)

    def _below(self, bottom: float) -> tuple[list[Hanzi | Words | Code], float]:
        """Code, number, landmarks and the delegate's lines; returns where the rule stands."""
        theme, left = self._theme, self._edge
        parts: list[Hanzi | Words | Code] = []
        tall, wide = 0.0, self._wide
        if self._code is not None:
            side = self._module() * (len(self._code) + 2 * EDGE)
            column, tall = self._with_code(left, side)
            parts += column
            left, wide = left + side + theme.px(20), wide - side - theme.px(20)
        beside = wide >= theme.px(620)
        own = wide * 0.62 if beside else wide
        driver, used = self._for_driver(
            left + (own if beside else 0), wide - own if beside else wide
        )
        lines, more = self._lines(left, 0 if beside else used, own - theme.px(16), tall)
        parts += [*driver, *lines]
        tall = max(tall, used, more)
        top = bottom - tall
        moved = [_moved(part, top) for part in parts]
        return moved, top - self._gap

    def _with_code(self, left: float, side: float) -> tuple[list[Hanzi | Words | Code], float]:
        """The code between what one does with it and what it opens; returns where they end."""
        assert self._code is not None
        theme, said = self._theme, self._card.sayings.scan
        parts: list[Hanzi | Words | Code] = []
        top = 0.0
        if said:
            largest = theme.px(24)
            fitted = fit(said, QRectF(0, 0, side, largest * 1.4), largest, 16)
            parts.append(Hanzi(left, top, fitted))
            top += fitted.height
        parts.append(Code(QRectF(left, top, side, side), self._code))
        top += side + 2
        under = wrapped_height(self._told.service, theme, side, "caption")
        parts.append(Words(QRectF(left, top, side, under), self._told.service, "caption", theme))
        return parts, top + under

    def _module(self) -> int:
        """Pixels of a module: as many as a fourth of the height allows, two at least."""
        assert self._code is not None
        return max(2, int(self._size.height() * 0.27) // (len(self._code) + 2 * EDGE))

    def _for_driver(self, left: float, wide: float) -> tuple[list[Hanzi | Words], float]:
        """The number to call and what is near, in the script of the place."""
        theme, card, top = self._theme, self._card, 0.0
        rows: list[tuple[str, int]] = []
        if card.phone.value:
            rows += [(card.sayings.call_this_number, 24), (card.phone.value, 38)]
        near = "、".join(one.local for one in card.landmarks if one.local)
        if near:
            rows.append((f"{card.sayings.nearby} {near}".strip(), 28))
        parts: list[Hanzi | Words] = []
        for text, size in rows:
            if text:
                largest = theme.px(size)
                fitted = fit(text, QRectF(0, 0, wide, largest * 2.6), largest, min(largest, 16))
                parts.append(Hanzi(left, top, fitted))
                top += fitted.height
        return parts, top

    def _lines(
        self, left: float, top: float, wide: float, room: float
    ) -> tuple[list[Words], float]:
        """As large as they are wanted where there is ``room`` beside the code anyway."""
        parts, end = self._set_lines(self._theme, left, top, wide)
        for scale in (one for one in self._larger if one > self._theme.scale):
            larger = self._set_lines(Theme(self._theme.scheme, scale), left, top, wide)
            if larger[1] <= room:
                return larger
        return parts, end

    def _set_lines(
        self, theme: Theme, left: float, top: float, wide: float
    ) -> tuple[list[Words], float]:
        parts: list[Words] = []
        told = [self._told.notice] if self._told.notice else []
        for number, text in enumerate([*told, *self._told.lines]):
            weight = 600 if number == 0 else None
            tall = wrapped_height(text, theme, wide, "body", weight=weight)
            parts.append(Words(QRectF(left, top, wide, tall), text, "body", theme, weight))
            top += tall
        return parts, top


def _moved(part: Hanzi | Words | Code, down: float) -> Hanzi | Words | Code:
    if isinstance(part, Hanzi):
        return Hanzi(part.left, part.top + down, part.fitted)
    rect = part.rect.translated(0, down)
    if isinstance(part, Code):
        return Code(QRectF(rect.toRect()), part.modules)
    return Words(rect, part.text, part.role, part.theme, part.weight)
