"""Meetings and records taken along with the pointer, as one card."""

from typing import Final

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QWidget

from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest

MEETING: Final = "application/x-fieldguide-meeting"
RECORD: Final = "application/x-fieldguide-record"


def drag_card(source: QWidget, kind: str, ref: str, title: str) -> None:
    """Let a card hang at the pointer until it is dropped."""
    drag = QDrag(source)
    drag.setMimeData(card_data(kind, ref))
    drag.setObjectName(title)
    drag.exec(Qt.DropAction.MoveAction)


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
