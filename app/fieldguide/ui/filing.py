"""Where notes are filed: a record of the guide, found by typing."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.finding import Found
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.parts import IconButton, key_text, label, rule
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.guide import Guide

ROWS: Final = 5
HIGHEST: Final = 280
"""Pixels at 100 % that the answers take at most."""


class FilingBar(QWidget):
    """A field and what answers it; Enter takes the first, the arrows another, Esc leaves."""

    chosen = Signal(object, str)
    """The Ref of a record and its title."""
    left = Signal()

    def __init__(self, guide: "Worker[Guide]", look: Look) -> None:
        super().__init__()
        self._guide, self._look = guide, look
        self._titles: dict[Ref, str] = {}
        self._awaited = self._hurried = False
        self._words = label("", "body", "t2")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Name of a record, in any script"))
        self.field.setAccessibleName(self.tr("File under which record"))
        self.field.textChanged.connect(self._look_for)
        self.field.returnPressed.connect(self._take_first)
        self.field.installEventFilter(self)
        close = IconButton(look, "x", self.tr("Close"), self.left.emit, "quiet")
        close.setToolTip(key_text("Esc"))
        self.rows = RowList(look, self.tr("Records to file under"))
        self.rows.whole = True
        self.rows.opened.connect(self._take)
        self.rows.installEventFilter(self)
        self._row = QHBoxLayout()
        self._row.addWidget(self._words)
        self._row.addWidget(self.field, 1)
        self._row.addWidget(close)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._row)
        self._column.addWidget(self.rows)
        self._column.addWidget(rule())
        self.set_theme(look.theme)
        self.hide()

    def begin(self, number: int) -> None:
        """Ask where so many notes are to hang."""
        many = self.tr("File {number} notes under").format(number=f"{number:,}")
        self._words.setText(self.tr("File the note under") if number == 1 else many)
        self.field.clear()
        self._show([])
        self.show()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape leaves; the arrows go from the field into the rows, and back above the first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self.left.emit()
            return True
        if watched is self.field and key == Qt.Key.Key_Down and self.rows.items.rowCount():
            self.rows.setFocus()
            return True
        if watched is self.rows and key == Qt.Key.Key_Up and self.rows.currentIndex().row() == 0:
            self.field.setFocus()
            return True
        return False

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), 0)
        self._column.setSpacing(theme.px(6))
        self._row.setSpacing(theme.px(10))
        self._fit()

    def _look_for(self, text: str) -> None:
        self._awaited, self._hurried = bool(text.strip()), False
        if not self._awaited:
            self._guide.drop("filing")
            self._show([])
            return
        self._guide.ask(
            "filing",
            lambda guide: guide.search(text, limit=ROWS),
            self._answer,
            lambda _: self._show([]),
        )

    def _answer(self, found: Found) -> None:
        self._awaited = False
        self._titles = {hit.ref: hit.title for hit in found.hits}
        self._show(
            [
                Row(hit.title, hit.title_zh, (hit.snippet,) if hit.snippet else (),
                    place=Place("record", hit.ref))
                for hit in found.hits
            ]
        )  # fmt: skip
        if self._hurried:
            self._take_first()

    def _show(self, rows: list[Row]) -> None:
        self.rows.show_items(rows)
        self.rows.setVisible(bool(rows))
        self._fit()

    def _fit(self) -> None:
        """As high as its rows, but the list of notes stays in sight."""
        items = [self.rows.items.item(row) for row in range(self.rows.items.rowCount())]
        heights = [self.rows.drawing.sheet_of(*one).height for one in enumerate(items)]
        frame = 2 * self._look.theme.focus_width
        self.rows.setFixedHeight(min(round(sum(heights)) + frame, self._look.theme.px(HIGHEST)))

    def _take_first(self) -> None:
        # Who presses Enter before the answer is there means the answer, not the one before it.
        self._hurried = self._awaited
        if not self._awaited and self.rows.items.rowCount():
            self._take(self.rows.items.item(0).place)

    def _take(self, place: Place | None) -> None:
        if place is not None and place.ref in self._titles:
            self.chosen.emit(place.ref, self._titles[place.ref])
