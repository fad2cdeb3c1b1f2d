"""Meetings and records taken along with the pointer, as one card."""

from typing import Final

from PySide6.QtCore import QMimeData, QPoint, QRectF, Qt
from PySide6.QtGui import QDrag, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.ui.text import draw_text
from fieldguide.ui.theme import Theme

MEETING: Final = "application/x-fieldguide-meeting"
RECORD: Final = "application/x-fieldguide-record"
_WIDTH, _HEIGHT = 220, 36


def drag_card(source: QWidget, theme: Theme, kind: str, ref: str, title: str) -> None:
    """Let a card hang at the pointer until it is dropped."""
    drag = QDrag(source)
    drag.setMimeData(card_data(kind, ref))
    drag.setPixmap(_picture(theme, title))
    drag.setHotSpot(QPoint(theme.px(12), theme.px(12)))
    drag.exec(Qt.DropAction.MoveAction)


def _picture(theme: Theme, title: str) -> QPixmap:
    picture = QPixmap(theme.px(_WIDTH), theme.px(_HEIGHT))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("accent"), theme.focus_width))
    painter.setBrush(theme.color("raised"))
    edge = theme.focus_width
    card = QRectF(picture.rect()).adjusted(edge, edge, -edge, -edge)
    painter.drawRoundedRect(card, theme.px(8), theme.px(8))
    inside = card.adjusted(theme.px(10), 0, -theme.px(10), 0)
    draw_text(painter, inside, title, theme, "body", weight=600)
    painter.end()
    return picture


def card_data(kind: str, ref: str) -> QMimeData:
    """What such a card carries: nothing that another program could read."""
    data = QMimeData()
    data.setData(kind, ref.encode())
    return data


def carried(data: QMimeData) -> tuple[str, Ref] | None:
    """The kind of a card and what it names; None for anything else that is dropped."""
    for kind in (MEETING, RECORD):
        if data.hasFormat(kind):
            try:
                return kind, Ref.parse(bytes(data.data(kind).data()).decode("utf-8", "replace"))
            except BadRequest:
                return None
    return None
