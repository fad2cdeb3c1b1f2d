"""Hanzi as large as a space allows, on as many lines as that takes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from fieldguide.ui.theme import HANZI

_PITCH: Final = 1.16
"""Height of a line in sizes of its letters."""
_PIECES: Final = re.compile(r"[0-9A-Za-z.\-/]+[号室楼]?|\s|.")
"""What no line break parts: a number keeps the sign that says what it counts."""

_ENDS: Final = "省市州区县镇乡村路街道巷弄号楼院园"
"""With these a part of a Chinese address ends."""


@dataclass(frozen=True, slots=True)
class Fitted:
    """A text broken into lines of one size in pixels."""

    size: int
    lines: tuple[str, ...]

    @property
    def height(self) -> float:
        """Pixels that the lines take."""
        return self.size * _PITCH * len(self.lines)

    def draw(self, painter: QPainter, left: float, top: float, color: QColor) -> None:
        """Draw the lines from their top left corner."""
        face = _face(self.size)
        metrics, pitch = QFontMetricsF(face), self.size * _PITCH
        painter.setFont(face)
        painter.setPen(color)
        for number, line in enumerate(self.lines):
            middle = top + number * pitch + pitch / 2
            baseline = middle + (metrics.capHeight() + metrics.descent() / 2) / 2
            painter.drawText(QPointF(left, baseline), line)


def fit(text: str, room: QRectF, largest: int, least: int) -> Fitted:
    """The largest size at which a text fits into a space; at ``least`` it may stand out below."""
    low, high = least, max(least, largest)
    while low < high:
        size = (low + high + 1) // 2
        broken = _broken(text, size, room.width())
        if broken is not None and Fitted(size, broken).height <= room.height():
            low = size
        else:
            high = size - 1
    return Fitted(low, _evened(text, low, room.width()))


def _evened(text: str, size: int, width: float) -> tuple[str, ...]:
    """No more lines than are needed, about as long as each other, and if it can be so each a part
    of the address: a lone sign at the end is easily missed."""
    lines = _broken(text, size, width) or _chopped(text, size, width)
    found, narrow = [lines], width - size / 2
    while len(lines) > 1 and narrow > width / 2:
        tried = _broken(text, size, narrow)
        if tried is None or len(tried) > len(lines):
            break
        found.append(tried)
        narrow -= size / 2
    whole = [one for one in found if all(line[-1:] in _ENDS for line in one[:-1])]
    return (whole or found)[-1]


def _broken(text: str, size: int, width: float) -> tuple[str, ...] | None:
    """Lines that are no wider; None when a piece alone is."""
    metrics = QFontMetricsF(_face(size))
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if metrics.horizontalAdvance(piece) > width:
            return None
        if line and metrics.horizontalAdvance(line + piece) > width:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return (*lines, line) if line.strip() else tuple(lines)


def _chopped(text: str, size: int, width: float) -> tuple[str, ...]:
    """The same for what has a piece wider than all there is."""
    metrics = QFontMetricsF(_face(size))
    lines: list[str] = [""]
    for sign in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + sign) > width:
            lines.append("")
        lines[-1] += sign
    return tuple(lines)


def widest(lines: Sequence[str], size: int) -> float:
    """Pixels of the longest of some lines."""
    metrics = QFontMetricsF(_face(size))
    return max((metrics.horizontalAdvance(line) for line in lines), default=0.0)


@lru_cache(maxsize=64)
def _face(size: int) -> QFont:
    face = QFont(HANZI)
    face.setPixelSize(size)
    return face
