"""The cards of the directory: which are listed, what lies on them, which are picked to compare."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Card, Ref
from fieldguide.ui.parts import tip

Index = QModelIndex | QPersistentModelIndex
MOST: Final = 4
"""Records that can be compared at once."""


class CardModel(QAbstractTableModel):
    """Cards in the order of their rank, and which of them are picked."""

    PICK, NAME, CITY, WHAT, ANSWER = range(5)
    CardRole = Qt.ItemDataRole.UserRole
    LabelsRole = Qt.ItemDataRole.UserRole + 1

    def __init__(self) -> None:
        super().__init__()
        self.cards: tuple[Card, ...] = ()
        self.picked: dict[Ref, str] = {}
        self.labels: Mapping[Ref, Labels] = {}

    def show(self, cards: Sequence[Card]) -> None:
        """Replace all cards; what is picked stays picked."""
        self.beginResetModel()
        self.cards = tuple(cards)
        self.endResetModel()

    def show_labels(self, labels: Mapping[Ref, Labels]) -> None:
        """Show what lies on the records."""
        self.labels = labels
        if self.cards:
            self.dataChanged.emit(
                self.index(0, self.NAME), self.index(len(self.cards) - 1, self.NAME)
            )

    def toggle(self, card: Card) -> bool:
        """Pick a card or let it go; False when there are as many as can be compared."""
        if card.ref in self.picked:
            del self.picked[card.ref]
        elif len(self.picked) == MOST:
            return False
        else:
            self.picked[card.ref] = card.title
        self._picks_changed()
        return True

    def let_go(self, ref: Ref | None = None) -> None:
        """Let one go, or all of them."""
        if ref is None:
            self.picked.clear()
        else:
            self.picked.pop(ref, None)
        self._picks_changed()

    def row_of(self, ref: Ref) -> int:
        """The row of a record, -1 when it is not listed."""
        return next((row for row, card in enumerate(self.cards) if card.ref == ref), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many cards there are."""
        return 0 if parent.isValid() else len(self.cards)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Tick, name, city, what it is, what it answers."""
        return 0 if parent.isValid() else 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:  # noqa: ANN401
        """The heads of the columns; the tick has none to see."""
        if orientation == Qt.Orientation.Vertical:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.AccessibleTextRole and section == self.PICK:
            return self.tr("Picked to compare")
        heads = (
            "",
            self.tr("Name"),
            self.tr("City"),
            self.tr("What it is"),
            self.tr("At a glance"),
        )
        return heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        """Text, tick, spoken text, or the card itself."""
        if not index.isValid():
            return None
        card, column = self.cards[index.row()], index.column()
        if role == self.CardRole:
            return card
        if role == self.LabelsRole:
            return self.labels.get(card.ref)
        if role == Qt.ItemDataRole.CheckStateRole and column == self.PICK:
            held = card.ref in self.picked
            return Qt.CheckState.Checked if held else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(card, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return ("", card.title, card.city, what(card), card.answer)[column]
        if role == Qt.ItemDataRole.ToolTipRole and column in (self.NAME, self.ANSWER):
            return tip(card.answer if column == self.ANSWER else _names(card))
        return None

    def _spoken(self, card: Card, column: int) -> str:
        if column == self.PICK:
            held = card.ref in self.picked
            sentence = self.tr("{name}, picked") if held else self.tr("{name}, not picked")
            return sentence.format(name=card.title)
        if column != self.NAME:
            return ("", "", card.city, what(card), card.answer)[column]
        parts = [card.title, card.title_zh, card.pinyin, card.city, what(card), card.answer]
        labels = self.labels.get(card.ref)
        if labels is not None:
            parts += [self.tr("starred")] if labels.starred else []
            parts += [*labels.tags, *labels.shortlists]
        if card.ref in self.picked:
            parts.append(self.tr("picked to compare"))
        return ", ".join(part for part in parts if part)

    def _picks_changed(self) -> None:
        if self.cards:
            last = self.index(len(self.cards) - 1, self.ANSWER)
            self.dataChanged.emit(self.index(0, self.PICK), last)


def _names(card: Card) -> str:
    return ", ".join(part for part in (card.title, card.title_zh, card.pinyin) if part)


def what(card: Card) -> str:
    """What a record is: its types, else its kind."""
    text = ", ".join(card.types) or card.ref.kind
    return text[:1].upper() + text[1:]
