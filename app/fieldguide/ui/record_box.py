"""A line in which a record of the guide is found by typing, in any script."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit

from fieldguide.domain.finding import Found, Hit
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk

if TYPE_CHECKING:
    from fieldguide.services.guide import Guide

_ROWS: Final = 8
_SOUGHT: Final = 40
"""Hits that are asked for: those of other kinds are left out of them."""


class RecordBox(QLineEdit):
    """``ref`` is the record that was chosen; whatever is typed afterwards lets it go."""

    chosen = Signal()

    def __init__(self, desk: Desk, kinds: Collection[str]) -> None:
        super().__init__()
        self._desk, self._kinds = desk, kinds
        self.ref: Ref | None = None
        self.title = ""
        """The title of the record alone; the line shows the hanzi too."""
        self._hits: list[Hit] = []
        self._lines = QStringListModel(self)
        completer = QCompleter(self._lines, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setMaxVisibleItems(_ROWS)
        completer.activated.connect(self._choose)
        self.setCompleter(completer)
        self.textEdited.connect(self._ask)

    def show_record(self, ref: Ref | None, title: str) -> None:
        """Show a record that was chosen before, or words that name none."""
        self.ref, self.title = ref, title
        self.setText(title)
        self.setCursorPosition(0)

    def _ask(self, typed: str) -> None:
        self.ref = None
        words = typed.strip()
        if not words:
            self._desk.guide.drop(self._topic)
            return
        self._desk.guide.ask(
            self._topic, lambda guide: _found(guide, words), self._offer, lambda _: None
        )

    def _offer(self, found: Found) -> None:
        self._hits = [hit for hit in found.hits if hit.ref.kind in self._kinds][:_ROWS]
        self._lines.setStringList([_line(hit) for hit in self._hits])
        if self._hits and self.hasFocus():
            self.completer().complete()

    def _choose(self) -> None:
        rows = self.completer().popup()
        if rows is not None:
            self._take(rows.currentIndex().row())

    def _take(self, row: int) -> None:
        if 0 <= row < len(self._hits):
            hit = self._hits[row]
            self.show_record(hit.ref, _line(hit))
            self.title = hit.title
            self.chosen.emit()

    @property
    def _topic(self) -> str:
        return f"record-box-{id(self)}"


def _found(guide: "Guide", words: str) -> Found:
    return guide.search(words, limit=_SOUGHT)


def _line(hit: Hit) -> str:
    return " ".join(part for part in (hit.title, hit.title_zh) if part)
