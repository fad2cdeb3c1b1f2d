"""Keeps what has the keys where it is seen, in an area that scrolls around it."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AIR: Final = 8


def bring(widget: QWidget, part: Callable[[], QRect] | None = None) -> None:
    """Scroll to a widget, or to this part of it, once what changes now has its place."""
    # A layout is made later, and only then the area knows how far it scrolls.
    QTimer.singleShot(0, widget, lambda: _bring(widget, part() if part else widget.rect()))


def _bring(widget: QWidget, part: QRect) -> None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    inside = around.widget() if around is not None else None
    if around is None or inside is None or part.isEmpty():
        return
    spot = QRect(widget.mapTo(inside, part.topLeft()), part.size())
    room = around.viewport().height()
    bar = around.verticalScrollBar()
    top, bottom = spot.top() - _AIR, spot.bottom() + _AIR
    if top < bar.value() or bottom - top > room:
        bar.setValue(top)
    elif bottom > bar.value() + room:
        bar.setValue(bottom - room)
