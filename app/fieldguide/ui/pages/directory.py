"""The directory: everything in the guide by kind, narrowed by facets; two to four compared."""

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from fieldguide.domain.directory import OWN, SECTIONS, Directory
from fieldguide.domain.records import Ref
from fieldguide.services.labelling import Collected, Renamed, Sort
from fieldguide.ui.cards import CardTable
from fieldguide.ui.compare_view import CompareSide
from fieldguide.ui.comparing import Comparing
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.directory_header import DirectoryHeader
from fieldguide.ui.directory_labels import DirectoryLabels, RenameForm
from fieldguide.ui.facets import SECTION, FacetList
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty
from fieldguide.ui.picks import PicksBar
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.toast import Toast

STARRED: Final = "starred"
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
        self._collected = Collected({})
        self._build()
        self._connect()
        self.set_theme(desk.look.theme)
        self._show_table()

    def show_place(self, place: Place) -> None:
        """Show a section, or what was chosen before."""
        facet, colon, value = place.detail.partition(":")
        wanted = {facet: {value}} if colon and facet in OWN else None
        if place.detail in SECTIONS and self._chosen.get(SECTION) != {place.detail}:
            wanted = {SECTION: {place.detail}}
        if wanted is not None:
            self._chosen = wanted
            self._show_table()
        if wanted is not None or not self._asked:
            self._ask()
        self._labels.ask()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._labels.settle()

    def heading(self) -> str:
        """The section that is chosen."""
        section = self._section()
        return SECTIONS[section] if section else self.accessibleName()

    def hanzi(self) -> str:
        """The hanzi of the row that the keys are on."""
        card = self._table.current_card()
        return card.title_zh if card is not None else ""

    def goal(self) -> Ref | None:
        """The record of that row."""
        card = self._table.current_card()
        return card.ref if card is not None else None

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        self._facets.setFixedWidth(theme.px(FACETS_WIDTH))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wide or the narrow layout."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        look = self.desk.look
        self._header = DirectoryHeader(look)
        self._facets = FacetList(look)
        self._stack = QStackedWidget()
        self._build_table()
        self._side = CompareSide(look)
        self._stack.addWidget(self._side)
        self._comparing = Comparing(self.desk, self._table, self._picks, self._side)
        body = QSplitter()
        body.setChildrenCollapsible(False)
        body.addWidget(self._facets)
        body.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        form, toast = RenameForm(look), Toast(look)
        self._labels = DirectoryLabels(self.desk, form, toast)
        column.addWidget(form)
        column.addWidget(body, 1)
        column.addWidget(toast)

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

    def _connect(self) -> None:
        self._header.filter.toggled.connect(self._unfold)
        self._header.starred.clicked.connect(self._choose_starred)
        self.desk.look.preferred.connect(lambda _: self._show_options())
        self._labels.arrived.connect(self._take_labels)
        self._labels.renamed.connect(self._follow)
        self._labels.said.connect(self.said)
        self._labels.left.connect(self._facets.setFocus)
        self._facets.acted.connect(self._act)
        self._header.as_table.clicked.connect(self._show_table)
        self._header.as_compare.clicked.connect(self._show_compare)
        self._facets.chosen.connect(self._choose)
        self._table.opened.connect(self._open)
        self._comparing.said.connect(self.said)
        self._comparing.changed.connect(self._say_count)
        self._side.opened.connect(self._open)
        self._side.left.connect(self._show_table)
        self._picks.compared.connect(self._show_compare)

    def _section(self) -> str:
        return next(iter(self._chosen.get(SECTION, ())), "")

    def _ask(self) -> None:
        self._asked = True
        self._header.starred.setChecked(bool(self._chosen.get(STARRED)))
        chosen = {facet: frozenset(values) for facet, values in self._chosen.items()}
        own = self._collected.facets
        self.desk.guide.ask("directory", lambda guide: guide.directory(chosen, own), self._arrived)

    def _arrived(self, found: Directory) -> None:
        self._found = found
        self._show_options()
        self._show_cards()

    def _show_options(self) -> None:
        """The user's own words are hidden in the discreet view."""
        if self._found is not None:
            discreet = self.desk.look.discreet
            options = self._found.options
            self._facets.show_options(
                [one for one in options if not (discreet and one.facet in OWN)]
            )

    def _take_labels(self, found: Collected) -> None:
        """Show the records again with what lies on them; stars are offered once there is one."""
        self._collected = found
        self._header.show_stars(len(found.starred))
        if not found.starred:
            self._chosen.pop(STARRED, None)
        self._table.model_of_cards.show_labels(found.on)
        self._ask()

    def _choose_starred(self, only: bool) -> None:
        self._chosen.pop(STARRED, None)
        if only:
            self._chosen[STARRED] = {"yes"}
        self._show_table()
        self._ask()

    def _follow(self, deed: Renamed) -> None:
        """What was chosen by a name is chosen by the name it has now."""
        chosen = self._chosen.get(deed.sort, set())
        if deed.old in chosen:
            chosen.remove(deed.old)
            chosen |= {deed.new} if deed.new else set()

    def _act(self, act: str, facet: Sort, value: str) -> None:
        if act == "compare":
            chosen: dict[str, set[str]] = {facet: {value}}
            self._chosen, own = chosen, self._collected.facets
            self.desk.guide.ask(
                "directory", lambda guide: guide.directory(chosen, own), self._compare_all
            )
        elif act == "map":
            self.opened.emit(Place("map", detail=f"{facet}:{value}"))
        else:
            self._labels.act(act, facet, value)

    def _compare_all(self, found: Directory) -> None:
        self._arrived(found)
        self._comparing.pick_listed()
        self._show_compare()

    def _show_cards(self) -> None:
        if self._found is None:
            return
        shown = self._found.cards
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
            kept = ("city", STARRED, *OWN)
            self._chosen = {one: self._chosen.get(one, set()) for one in kept}
            if value:
                self._chosen[SECTION] = {value}
            self._header.filter.setChecked(False)
        else:
            self._chosen.setdefault(facet, set()).symmetric_difference_update({value})
        self._show_table()
        self._ask()

    def _reset(self) -> None:
        self._chosen = {}
        self._ask()

    def _open(self, ref: Ref) -> None:
        self.opened.emit(Place("record", ref))

    def _show_table(self) -> None:
        self._header.as_table.setChecked(True)
        self._stack.setCurrentIndex(0)
        self.setFocusProxy(self._table)

    def _show_compare(self) -> None:
        self._header.as_compare.setChecked(True)
        self._header.filter.setChecked(False)
        if self._comparing.picked < 2 and self._chosen.get("shortlists"):
            self._comparing.pick_listed()
        self._stack.setCurrentIndex(1)
        if self._comparing.compare():
            self.setFocusProxy(self._side.view)

    def _unfold(self, shown: bool) -> None:
        """Put the facets in the place of the table, or the table back; the keys go along."""
        self._arrange()
        if shown:
            self._facets.setFocus()
        else:
            self.setFocus()

    def _arrange(self) -> None:
        narrow = self.width() < self.desk.look.theme.px(NARROW)
        self._header.filter.setVisible(narrow)
        instead = narrow and self._header.filter.isChecked()
        self._facets.setVisible(instead or not narrow)
        self._facets.setMaximumWidth(WIDEST if instead else self._facets.minimumWidth())
        self._stack.setVisible(not instead)
