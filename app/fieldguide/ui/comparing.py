"""Which records of the directory stand side by side: picked one by one, or a whole shortlist."""

from PySide6.QtCore import QObject, Qt, Signal

from fieldguide.domain.directory import Comparison
from fieldguide.domain.records import Card, Ref
from fieldguide.ui.card_model import MOST
from fieldguide.ui.cards import CardTable
from fieldguide.ui.compare_view import CompareSide
from fieldguide.ui.desk import Desk
from fieldguide.ui.picks import PicksBar


class Comparing(QObject):
    """Keeps the table, the bar of what is picked and the comparison in step."""

    said = Signal(str)
    changed = Signal()
    """Something was picked or let go."""

    def __init__(self, desk: Desk, table: CardTable, picks: PicksBar, side: CompareSide) -> None:
        super().__init__(table)
        self._desk, self._table, self._picks, self._side = desk, table, picks, side
        table.toggled.connect(self._toggle)
        picks.let_go.connect(self._let_go)

    @property
    def picked(self) -> int:
        """How many are picked."""
        return len(self._table.model_of_cards.picked)

    def pick_listed(self) -> None:
        """Pick what is listed from the top, as many as can be compared."""
        cards = self._table.model_of_cards
        cards.let_go()
        for card in cards.cards[:MOST]:
            cards.toggle(card)
        if len(cards.cards) > MOST:
            words = self.tr("The first {most} of {count} stand side by side.")
            self.said.emit(words.format(most=MOST, count=len(cards.cards)))
        self._show_picks()

    def compare(self) -> bool:
        """Ask for the comparison; False, and a sentence in its place, when too few are picked."""
        refs = list(self._table.model_of_cards.picked)
        enough = len(refs) > 1
        self._side.expect(enough=enough)
        if enough:
            self._desk.guide.ask("compare", lambda guide: guide.compare(refs), self._compared)
        return enough

    def _toggle(self, card: Card) -> None:
        if not self._table.model_of_cards.toggle(card):
            sentence = self.tr("Only {most} records stand side by side: let one go first.")
            self.said.emit(sentence.format(most=MOST))
        self._show_picks()

    def _let_go(self, ref: Ref | None) -> None:
        self._table.model_of_cards.let_go(ref)
        self._show_picks()
        self._table.setFocus()

    def _show_picks(self) -> None:
        self._picks.show_picks(self._table.model_of_cards.picked)
        self.changed.emit()

    def _compared(self, comparison: Comparison) -> None:
        self._side.view.show_comparison(comparison, self._desk.clock().date())
        self._side.view.setFocus(Qt.FocusReason.OtherFocusReason)
