"""Records that are put into a day of the programme: found by typing, chosen by Enter or dragged."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.records import Record, Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.dragging import RECORD, drag_card
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import LONG, day_text

if TYPE_CHECKING:
    from fieldguide.services.guide import Guide
    from fieldguide.services.notebook import Notebook

_KINDS: Final = ("organisation", "place", "person", "event", "authority", "visit")
_ROWS: Final = 30
_SOUGHT: Final = 60
_TOPIC: Final = "adding"


class _Records(RowList):
    """A row can be taken along with the pointer."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk.look, name)
        self._grip = QPoint()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where the row is held."""
        self._grip = event.position().toPoint()
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Take it along."""
        super().mouseMoveEvent(event)
        far = (event.position().toPoint() - self._grip).manhattanLength()
        index = self.indexAt(self._grip)
        held = bool(event.buttons() & Qt.MouseButton.LeftButton) and index.isValid()
        item = self.items.item(index.row()) if held else None
        if isinstance(item, Row) and item.place and far >= QApplication.startDragDistance():
            drag_card(self, self.look.theme, RECORD, str(item.place.ref), item.title)


class AddPanel(QWidget):
    """What is starred is offered first; Escape leaves."""

    put = Signal(object, str)
    """The Ref of a record and an ISO day."""
    left = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.day = QComboBox()
        self.day.setAccessibleName(self.tr("Into which day"))
        self.query = QLineEdit()
        self.query.setAccessibleName(self.tr("Any record, any script"))
        self.query.setPlaceholderText(self.query.accessibleName())
        self.query.textEdited.connect(self._ask)
        self.rows = _Records(desk, self.tr("Records to put into the day"))
        self.rows.opened.connect(self._put)
        self._said = ScriptLabel("", desk.look.theme, "caption", "t2", wrap=True)
        self._column = QVBoxLayout(self)
        self._build()
        self.set_theme(desk.look.theme)

    def ask(self, days: Sequence[str], day: str, ref: Ref | None = None) -> None:
        """Offer what is starred, or the record that is to be put."""
        self.day.clear()
        for one in days:
            self.day.addItem(day_text(one, LONG), one)
        self.day.setCurrentIndex(max(0, self.day.findData(day)))
        self.query.clear()
        self._show([])
        if ref is None:
            self.query.setFocus()
            self._desk.notes.ask(_TOPIC, _starred, self._look_up, lambda _: None)
        else:
            self.day.setFocus()
            self._look_up((ref,))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves; Enter anywhere puts the first row."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.rows.items.rowCount():
            place = self.rows.items.item(0).place
            if place is not None:
                self._put(place)
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        margin = theme.px(16)
        self._column.setContentsMargins(margin, theme.px(12), margin, margin)
        self._column.setSpacing(theme.px(8))
        self.rows.setMinimumHeight(theme.px(96))

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(label(self.tr("Add to a day"), "section"), 1)
        head.addWidget(IconButton(self._desk.look, "x", self.tr("Done"), self.left.emit, "link"))
        self._column.addLayout(head)
        for part in (self.day, self.query, self._said):
            self._column.addWidget(part)
        self._column.addWidget(self.rows, 1)

    def _ask(self, typed: str) -> None:
        words = typed.strip()
        if not words:
            self._desk.notes.ask(_TOPIC, _starred, self._look_up, lambda _: None)
            return
        self._desk.guide.ask(_TOPIC, lambda guide: _found(guide, words), self._show, lambda _: None)

    def _look_up(self, refs: Sequence[Ref]) -> None:
        if not self.query.text().strip():
            self._desk.guide.ask(
                _TOPIC, lambda guide: _rows(guide.brief(refs).values()), self._show, lambda _: None
            )

    def _show(self, rows: Sequence[Row]) -> None:
        self.rows.show_items(rows)
        drag = self.tr("Enter puts a record into the day; or drag it there.")
        none = self.tr("Type to find a record; those with a star stand here at once.")
        self._said.setText(drag if rows else none)

    def _put(self, place: Place) -> None:
        self.put.emit(place.ref, str(self.day.currentData() or ""))


def _starred(book: "Notebook") -> tuple[Ref, ...]:
    from fieldguide.services.labelling import collected

    return tuple(collected(book).starred)


def _found(guide: "Guide", words: str) -> list[Row]:
    hits = [hit for hit in guide.search(words, limit=_SOUGHT).hits if hit.ref.kind in _KINDS]
    return [Row(hit.title, hit.title_zh, place=Place("record", hit.ref)) for hit in hits[:_ROWS]]


def _rows(records: Iterable[Record]) -> list[Row]:
    return [Row(one.title, one.title_zh, place=Place("record", one.ref)) for one in records]
