"""Doubts of the guide that one takes up as questions of one's own, by one key."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from fieldguide.domain.records import Doubt, Record
from fieldguide.errors import FieldGuideError
from fieldguide.services import visiting
from fieldguide.services.visiting import TakenUp
from fieldguide.ui.desk import Desk
from fieldguide.ui.fact_rows import FactItem
from fieldguide.ui.lists import Item, ItemList
from fieldguide.ui.rows import Row
from fieldguide.ui.ticks import TAKE_UP
from fieldguide.ui.toast import Toast


class Doubting(QObject):
    """Hears the key on the lists of a record, keeps what the row doubts, and offers to undo it."""

    said = Signal(str)

    def __init__(self, desk: Desk, lists: Sequence[ItemList], toast: Toast, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._toast = desk, toast
        self._record: Record | None = None
        for view in lists:
            context = Qt.ShortcutContext.WidgetShortcut
            QShortcut(
                QKeySequence(TAKE_UP), view, lambda view=view: self._ask(view), context=context
            )

    def show_record(self, record: Record) -> None:
        """Another record shows; what was done before can no longer be taken back here."""
        self._record = record
        self._toast.dismiss()

    def _ask(self, view: ItemList) -> None:
        index, record = view.currentIndex(), self._record
        if record is None or not index.isValid():
            return
        item = view.items.item(index.row())
        doubts = [one for one in record.doubts if one.text in _words(item)]
        if doubts:
            self._take_up(record, doubts)
        else:
            self.said.emit(self.tr("There is no doubt here to ask about."))

    def _take_up(self, record: Record, doubts: Sequence[Doubt]) -> None:
        self._toast.dismiss()

        def done(taken: tuple[TakenUp, ...]) -> None:
            if not taken:
                self.said.emit(self.tr("This is among your questions already."))
                return
            words = self.tr("Kept as a question: {text}").format(text=doubts[0].text)
            if record is not self._record:
                self.said.emit(words)
                return
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(taken))

        self._desk.notes.do(
            lambda book: visiting.take_up(book, record.ref, record.title, doubts),
            done,
            self._failed,
        )

    def _undo(self, taken: tuple[TakenUp, ...]) -> None:
        self._desk.notes.do(
            lambda book: visiting.put_down(book, taken),
            lambda _: self.said.emit(self.tr("The question was taken back.")),
            self._failed,
        )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))


def _words(item: Item) -> tuple[str, ...]:
    """What a row may say in doubt."""
    if isinstance(item, FactItem):
        return item.doubts
    return (item.title,) if isinstance(item, Row) else ()
