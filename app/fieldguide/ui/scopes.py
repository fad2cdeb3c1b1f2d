"""The chips of the search palette: what to search in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from fieldguide.ui.answers import EVERYTHING, Scope
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.theme import Theme


class ScopeBar(QWidget):
    """One chip a kind; which one is chosen is for Tab, so that the keys stay in the line."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("What to search in; Tab goes to the next"))
        self._row = FlowLayout()
        self.setLayout(self._row)
        self._chips: list[QPushButton] = []
        self._scopes: tuple[Scope, ...] = ()

    def show_scopes(self, scopes: tuple[Scope, ...], scope: str) -> None:
        """Show these kinds, one of them chosen."""
        self._scopes = scopes
        while len(self._chips) < len(scopes):
            self._chips.append(self._chip(len(self._chips)))
        for place, chip in enumerate(self._chips):
            chip.setVisible(place < len(scopes))
            if place < len(scopes):
                one = scopes[place]
                chip.setText(f"{one.heading} {one.count}")
                chip.setChecked(one.key == scope)
        self.setVisible(bool(scopes))

    def step(self, scope: str, way: int) -> str:
        """The scope beside one, around the end."""
        keys = [one.key for one in self._scopes] or [EVERYTHING]
        place = keys.index(scope) if scope in keys else 0
        return keys[(place + way) % len(keys)]

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        self._row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._row.setSpacing(theme.px(6))

    def _chip(self, place: int) -> QPushButton:
        chip = QPushButton()
        chip.setProperty("kind", "chip")
        chip.setCheckable(True)
        chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        chip.clicked.connect(lambda: self.chosen.emit(self._scopes[place].key))
        self._row.addWidget(chip)
        return chip
