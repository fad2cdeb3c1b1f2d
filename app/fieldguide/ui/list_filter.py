"""A choice of what a map shows: all, what has a star, or what is on one shortlist."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QSizePolicy

from fieldguide.domain.records import Ref
from fieldguide.services.labelling import Collected
from fieldguide.ui.desk import Look

STARRED: Final = "starred"


class ListFilter(QComboBox):
    """Gone while nothing has a star and there is no shortlist."""

    chosen = Signal()
    """The user wants to see something else."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._found = Collected({})
        self._wanted = ""
        self.setAccessibleName(self.tr("Show only"))
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.activated.connect(self._choose)
        self.hide()
        look.preferred.connect(lambda _: self._veil())

    def take(self, found: Collected) -> None:
        """Offer what there is now; what was chosen stays while it is there."""
        self._found = found
        self.clear()
        self.addItem(self.tr("All stops"), "")
        if found.starred:
            self.addItem(self.tr("Starred"), STARRED)
        for name in found.names("shortlists"):
            self.addItem(name, f"shortlists:{name}")
        self.want(self._wanted)
        self._veil()

    def _veil(self) -> None:
        """The user's own words are hidden in the discreet view."""
        self.setVisible(self.count() > 1 and not self._look.discreet)

    def want(self, key: str) -> None:
        """Choose ``starred``, ``shortlists:`` and a name, or nothing for all."""
        self._wanted = key
        self.setCurrentIndex(max(0, self.findData(key)))

    def refs(self) -> frozenset[Ref] | None:
        """The records to show; None for all."""
        key = self.currentData() or ""
        if key == STARRED:
            return self._found.starred
        if key:
            return self._found.under("shortlists", {key.partition(":")[2]})
        return None

    def _choose(self) -> None:
        self._wanted = self.currentData()
        self.chosen.emit()
