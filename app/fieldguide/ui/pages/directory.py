"""The directory: everything in the guide by kind, narrowed by facets; two to four compared."""

from typing import Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.directory import SECTIONS, Comparison, Directory
from fieldguide.domain.records import Card, Ref
from fieldguide.services.labelling import starred
from fieldguide.ui.cards import MOST, CardTable
from fieldguide.ui.compare_view import CompareSide
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.facets import SECTION, FacetList
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, Header
from fieldguide.ui.picks import PicksBar
from fieldguide.ui.theme import WIDEST, Theme

FACETS_WIDTH: Final = 240
NARROW: Final = 800
"""Below this many pixels at 100 % the facets take the place of the table when asked for."""


class DirectoryPage(Page):
    """Facets at the left, the table or the comparison beside them; what is chosen stays chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Directory"))
        self._chosen: dict[str, set[str]] = {}
        self._asked = False
        self._found: Directory | None = None
        self._stars: frozenset[Ref] = frozenset()
        self._build()
        self._connect()
        self.set_theme(desk.look.theme)
        self._show_table()

    def show_place(self, place: Place) -> None:
        """Show a section, or what was chosen before."""
        if place.detail in SECTIONS and self._chosen.get(SECTION) != {place.detail}:
            self._chosen = {SECTION: {place.detail}}
            self._show_table()
            self._ask()
        elif not self._asked:
            self._ask()
        self.desk.notes.ask("starred", starred, self._show_stars, lambda _: None)

    def heading(self) -> str:
        """The section that is chosen."""
        section = self._section()
        return SECTIONS[section] if section else self.accessibleName()

    def hanzi(self) -> str:
        """The hanzi of the row that the keys are on."""
        card = self._table.current_card()
        return card.title_zh if card is not None else ""

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        self._facets.setFixedWidth(theme.px(FACETS_WIDTH))
        for button, icon in (
            (self._as_table, "list"),
            (self._as_compare, "columns-3"),
            (self._filter, "list-todo"),
        ):
            button.setIcon(self.desk.look.icons.icon(icon, 16, "t2", 3))
            button.setIconSize(QSize(theme.px(19), theme.px(16)))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wide or the narrow layout."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        look = self.desk.look
        self._header = Header(look, self.tr("Directory"))
        self._filter = QPushButton(self.tr("Filter"))
        self._filter.setCheckable(True)
        self._filter.setAccessibleName(self.tr("Choose kinds and filters"))
        self._starred = QPushButton()
        self._starred.setProperty("kind", "chip")
        self._starred.setCheckable(True)
        self._as_table = self._segment(self.tr("Table"), "first")
        self._as_compare = self._segment(self.tr("Compare"), "last")
        segments = QWidget()
        row = QHBoxLayout(segments)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        for button in (self._as_table, self._as_compare):
            row.addWidget(button)
            group.addButton(button)
        self._header.add(self._starred)
        self._starred.hide()
        self._header.add(self._filter)
        self._header.add(segments)
        self._facets = FacetList(look)
        self._stack = QStackedWidget()
        self._build_table()
        self._side = CompareSide(look)
        self._stack.addWidget(self._side)
        body = QSplitter()
        body.setChildrenCollapsible(False)
        body.addWidget(self._facets)
        body.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(body, 1)

    def _build_table(self) -> None:
        look = self.desk.look
        self._table = CardTable(look)
        self._picks = PicksBar(look)
        self._nothing = Empty(
            look, "search", self.tr("No record has all of these."), self.tr("Show all"), self._reset
        )
        self._nothing.hide()
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._table, 1)
        column.addWidget(self._nothing, 1)
        column.addWidget(self._picks)
        self._stack.addWidget(side)

    def _segment(self, text: str, place: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "segment")
        button.setProperty("place", place)
        button.setCheckable(True)
        button.setAccessibleName(text)
        return button

    def _connect(self) -> None:
        self._filter.toggled.connect(self._unfold)
        self._starred.toggled.connect(lambda _: self._show_cards())
        self._as_table.clicked.connect(self._show_table)
        self._as_compare.clicked.connect(self._show_compare)
        self._facets.chosen.connect(self._choose)
        self._table.opened.connect(self._open)
        self._table.toggled.connect(self._toggle)
        self._side.opened.connect(self._open)
        self._side.left.connect(self._show_table)
        self._picks.compared.connect(self._show_compare)
        self._picks.let_go.connect(self._let_go)

    def _section(self) -> str:
        return next(iter(self._chosen.get(SECTION, ())), "")

    def _ask(self) -> None:
        self._asked = True
        chosen = {facet: frozenset(values) for facet, values in self._chosen.items()}
        self.desk.guide.ask("directory", lambda guide: guide.directory(chosen), self._arrived)

    def _arrived(self, found: Directory) -> None:
        self._found = found
        self._facets.show_options(found.options)
        self._show_cards()

    def _show_stars(self, stars: frozenset[Ref]) -> None:
        """Offer those with a star alone, as soon as there is one."""
        self._stars = stars
        self._starred.setText(self.tr("Starred {number}").format(number=len(stars)))
        self._starred.setAccessibleName(self._starred.text())
        if not stars:
            self._starred.setChecked(False)
        self._starred.setVisible(bool(stars))
        if self._starred.isChecked():
            self._show_cards()

    def _show_cards(self) -> None:
        if self._found is None:
            return
        shown = self._found.cards
        if self._starred.isChecked():
            shown = tuple(card for card in shown if card.ref in self._stars)
        current = self._table.current_card()
        cards = self._table.model_of_cards
        cards.show(shown)
        self._table.setVisible(bool(shown))
        self._nothing.setVisible(not shown)
        if shown:
            row = cards.row_of(current.ref) if current is not None else 0
            self._table.select(max(row, 0))
        self._say_count()

    def _say_count(self) -> None:
        cards = self._table.model_of_cards
        section = self._section()
        sentence = self.tr("{count} in {section}") if section else self.tr("{count} records")
        heading = SECTIONS[section] if section else ""
        note = sentence.format(count=len(cards.cards), section=heading)
        if cards.picked:
            picked = self.tr("{count} picked").format(count=len(cards.picked))
            note = f"{note} · {picked}"
        self._header.note.setText(note)

    def _choose(self, facet: str, value: str) -> None:
        """Take a value in or out; another section starts its own choice of services."""
        if facet == SECTION:
            self._chosen = {"city": self._chosen.get("city", set())}
            if value:
                self._chosen[SECTION] = {value}
            self._filter.setChecked(False)
        else:
            self._chosen.setdefault(facet, set()).symmetric_difference_update({value})
        self._show_table()
        self._ask()

    def _reset(self) -> None:
        self._chosen = {}
        self._starred.setChecked(False)
        self._ask()

    def _open(self, ref: Ref) -> None:
        self.opened.emit(Place("record", ref))

    def _toggle(self, card: Card) -> None:
        if not self._table.model_of_cards.toggle(card):
            sentence = self.tr("Only {most} records stand side by side: let one go first.")
            self.said.emit(sentence.format(most=MOST))
        self._picks_changed()

    def _let_go(self, ref: Ref | None) -> None:
        self._table.model_of_cards.let_go(ref)
        self._picks_changed()
        self._table.setFocus()

    def _picks_changed(self) -> None:
        self._picks.show_picks(self._table.model_of_cards.picked)
        self._say_count()

    def _show_table(self) -> None:
        self._as_table.setChecked(True)
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self._table)

    def _show_compare(self) -> None:
        self._as_compare.setChecked(True)
        self._filter.setChecked(False)
        refs = list(self._table.model_of_cards.picked)
        enough = len(refs) > 1
        self._side.expect(enough=enough)
        self._stack.setCurrentIndex(1)
        if enough:
            self.setFocusProxy(self._side.view)
            self.desk.guide.ask("compare", lambda guide: guide.compare(refs), self._compared)

    def _compared(self, comparison: Comparison) -> None:
        self._side.view.show_comparison(comparison, self.desk.clock().date())
        self._side.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _unfold(self, shown: bool) -> None:
        """Put the facets in the place of the table, or the table back; the keys go along."""
        self._arrange()
        if shown:
            self._facets.setFocus()
        else:
            self.setFocus()

    def _arrange(self) -> None:
        narrow = self.width() < self.desk.look.theme.px(NARROW)
        self._filter.setVisible(narrow)
        instead = narrow and self._filter.isChecked()
        self._facets.setVisible(instead or not narrow)
        self._facets.setMaximumWidth(WIDEST if instead else self._facets.minimumWidth())
        self._stack.setVisible(not instead)
