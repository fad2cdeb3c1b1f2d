"""All values of one kind of a person, below each other, and one more when it is asked for."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton
from fieldguide.ui.person_form_fields import Field, ValueRow
from fieldguide.ui.theme import Theme


class Rows(QWidget):
    """Rows in the order in which the values are kept, then blank ones; one more comes last,
    or first where the newest is the one that holds."""

    rearranged = Signal()
    """Rows came or went."""
    typed = Signal()
    """A row says something else."""
    added = Signal(object)
    """The first box of a row that was asked for."""

    def __init__(
        self,
        look: Look,
        fields: Sequence[Field],
        blank: Any,  # noqa: ANN401 - any part of a person
        words: tuple[str, str],
        *,
        captions: bool = True,
        newest_first: bool = False,
        row: Callable[..., ValueRow] = ValueRow,
    ) -> None:
        """``words`` say how to add one and how to take one away."""
        super().__init__()
        self._look, self.fields, self.blank = look, fields, blank
        self._captions, self._newest_first, self._row = captions, newest_first, row
        add, self._remove_words = words
        self.rows: list[ValueRow] = []
        self._column = QVBoxLayout(self)
        self._within = QVBoxLayout()
        self._column.addLayout(self._within)
        self.more = IconButton(look, "plus", add, self.add, "link")
        self._column.addWidget(self.more)
        self.typed.connect(self._offer_more)
        self.set_theme(look.theme)

    @property
    def stops(self) -> list[QWidget]:
        """Where the keys go, in order."""
        return [stop for row in self.rows for stop in row.stops] + [self.more]

    def show_values(self, values: Sequence[Any], blanks: Sequence[Any] = ()) -> None:
        """Show what is kept, and a row for each of what may be filled in."""
        shown = [(value, value) for value in values] + [(None, blank) for blank in blanks]
        for row in self.rows[len(shown) :]:
            self._discard(row)
        for place, (before, value) in enumerate(shown):
            row = self.rows[place] if place < len(self.rows) else self._put(place)
            row.show_value(before, value)
            row.set_spare(before is None)
        self._offer_more()
        self.rearranged.emit()

    def values(self) -> tuple[Any, ...]:
        """What the rows say, each once."""
        told = (row.value() for row in self.rows)
        return tuple(dict.fromkeys(value for value in told if value is not None))

    def problem(self) -> tuple[str, QWidget] | None:
        """Why a row cannot be kept as it is, and the box."""
        return next((problem for row in self.rows if (problem := row.problem())), None)

    def add(self) -> None:
        """Put one more there, to be typed at once."""
        row = self._put(0 if self._newest_first else len(self.rows))
        self._offer_more()
        self.rearranged.emit()
        self.added.emit(row.stops[0])

    def put_below(self, part: QWidget) -> None:
        """Add something under the rows."""
        self._column.addWidget(part)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(4))
        self._within.setSpacing(theme.px(10 if self._captions else 6))

    def _offer_more(self) -> None:
        """Nobody needs one more where one is still blank; unless there are several kinds."""
        full = all(row.says for row in self.rows)
        self.more.setVisible(full or not self._captions)

    def _put(self, place: int) -> ValueRow:
        row = self._row(
            self._look, self.fields, self.blank, self._remove_words, captions=self._captions
        )
        row.removed.connect(lambda: self._drop(row))
        row.typed.connect(self.typed)
        self.rows.insert(place, row)
        self._within.insertWidget(place, row)
        row.show()
        return row

    def _drop(self, row: ValueRow) -> None:
        place = self.rows.index(row)
        self._discard(row)
        self._offer_more()
        after = self.rows[place].stops[0] if place < len(self.rows) else self.more
        after.setFocus()
        self.rearranged.emit()

    def _discard(self, row: ValueRow) -> None:
        self.rows.remove(row)
        row.hide()
        self._within.removeWidget(row)
        row.deleteLater()
