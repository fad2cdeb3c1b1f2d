"""S20: what the guide says of itself, every key, and what the program is made of."""

from PySide6.QtWidgets import QStackedLayout, QTabWidget, QVBoxLayout, QWidget

from fieldguide.domain.records import Card
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.key_sheet import key_sheet
from fieldguide.ui.licence_view import LicenceView
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, Header
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.theme import Theme

TABS = ("help", "keys", "licences")
"""Values of ``Place.detail``, in the order of the tabs."""


class HelpPage(Page):
    """Three tabs; all of it lies on this computer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Help"))
        look = desk.look
        self._tabs = QTabWidget()
        self._tabs.setAccessibleName(self.tr("Parts of the help"))
        self._list = RowList(look, self.tr("Help, by subject"))
        self._list.opened.connect(self.opened)
        self._nothing = Empty(look, "file-warning", "", self.tr("Open your notes"), self._notes)
        self._texts = QWidget()
        self._stack = QStackedLayout(self._texts)
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._nothing)
        self._tabs.addTab(self._texts, self.tr("How it works"))
        self._tabs.addTab(key_sheet(look), self.tr("Keys"))
        self._tabs.addTab(LicenceView(look), self.tr("About and licences"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        note = self.tr("All of it is on this computer; the search finds it too")
        column.addWidget(Header(look, self.tr("Help"), note))
        self._inner = QVBoxLayout()
        self._inner.addWidget(self._tabs)
        column.addLayout(self._inner, 1)
        self.setFocusProxy(self._tabs.tabBar())
        self.set_theme(look.theme)

    def show_place(self, place: Place) -> None:
        """Show one of TABS."""
        if place.detail in TABS:
            self._tabs.setCurrentIndex(TABS.index(place.detail))
        self.desk.guide.ask("help", lambda guide: guide.records("help"), self._show, self._cannot)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._inner.setContentsMargins(theme.px(14), theme.px(4), theme.px(14), 0)

    def _show(self, cards: list[Card]) -> None:
        self._list.show_items(
            [
                Row(
                    card.title,
                    card.title_zh,
                    (card.answer,) if card.answer else (),
                    place=Place("record", card.ref),
                )
                for card in cards
            ]
        )
        self._stack.setCurrentIndex(0)

    def _cannot(self, problem: FieldGuideError) -> None:
        still = self.tr("The keys and the licences are here all the same.")
        self._nothing.sentence.setText(f"{problem} {still}")
        self._stack.setCurrentIndex(1)

    def _notes(self) -> None:
        self.opened.emit(Place("notes"))
