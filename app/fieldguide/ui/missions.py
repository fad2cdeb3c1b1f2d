"""The button that tells which mission shows, and leads to the others and to a new one."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QMenu

from fieldguide.domain.entries import Entry
from fieldguide.domain.plans import Plan, own_ref
from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, written


class MissionsButton(IconButton):
    """Its menu holds the guide's mission, one's own, and what can be done to the one shown."""

    chosen = Signal(object, str)
    """The Ref of a mission of one's own or None for the guide's, and its title."""
    wanted = Signal()
    """A new mission is to be planned."""
    changing = Signal()
    removing = Signal()
    """The one that shows is to be changed, or thrown away."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "compass", "", lambda: None)
        self.setAccessibleName(self.tr("Missions"))
        self.setToolTip(self.tr("Another mission, or a new one"))
        self._menu = QMenu(self)
        self.setMenu(self._menu)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word away where there is little room."""
        self.setText("" if narrow else self.tr("Missions"))

    def offer(self, plans: Sequence[Entry[Plan]], shown: Ref, *, own: bool) -> None:
        """Offer the guide's and these; ``shown`` is the one that shows."""
        menu = self._menu
        menu.clear()
        guide = self.tr("The mission of the guide")
        self._add(guide, lambda: self.chosen.emit(None, guide), mark=not own)
        for one in plans:
            ref = own_ref(one.id)
            self._add(one.value.title, self._chooser(ref, one.value.title), mark=ref == shown)
        menu.addSeparator()
        self._add(self.tr("Plan a mission…"), self.wanted.emit)
        if own:
            self._add(self.tr("Name and days of this mission…"), self.changing.emit)
            self._add(self.tr("Remove this mission"), self.removing.emit)

    def _add(self, words: str, pressed: Callable[[], object], *, mark: bool | None = None) -> None:
        action = self._menu.addAction(written(words), pressed)
        if mark is not None:
            action.setCheckable(True)
            action.setChecked(mark)

    def _chooser(self, ref: Ref, title: str) -> Callable[[], object]:
        return lambda: self.chosen.emit(ref, title)
