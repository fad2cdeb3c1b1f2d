"""Turning the discreet view on and off; the window has it from its start, the view itself later."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject

from fieldguide.ui.desk import Look
from fieldguide.ui.rail import Rail

KEY: Final = "Ctrl+."


class Discretion(QObject):
    """Turns the view on and off at one key; the choice outlasts the program."""

    def __init__(self, look: Look, rail: Rail, say: Callable[[str], None]) -> None:
        super().__init__(rail)
        self._look, self._rail, self._say = look, rail, say
        self._page = ""
        rail.revealed.connect(self.turn)
        look.preferred.connect(lambda _: self._show())

    def turn(self) -> None:
        """The other way round."""
        chosen = self._look.preferences
        self._look.prefer(replace(chosen, discreet=not chosen.discreet))
        if self._page != "note":
            on = self.tr("Discreet view: opinions and what others said are hidden.")
            self._say(self.tr("Discreet view is off.") if chosen.discreet else on)

    def come_to(self, page: str) -> None:
        """Hear which page shows."""
        self._page = page
        self._show()

    def _show(self) -> None:
        discreet = self._look.preferences.discreet
        self._rail.show_discreet(discreet, KEY)
        self._rail.setVisible(not (discreet and self._page == "note"))
