"""A line of names with commas between, each completed as it is typed."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit


class _LastName(QCompleter):
    """Completes what stands behind the last comma."""

    def splitPath(self, path: str) -> list[str]:
        """Only the last name is looked up."""
        return [path.rpartition(",")[2].strip()]

    def pathFromIndex(self, index: QModelIndex | QPersistentModelIndex) -> str:
        """What was typed before stays before it."""
        box = self.widget()
        before = box.text().rpartition(",")[0] if isinstance(box, QLineEdit) else ""
        name = super().pathFromIndex(index)
        return f"{before}, {name}" if before else name


class NamesBox(QLineEdit):
    """Offers names that are known, and takes others too."""

    def __init__(self) -> None:
        super().__init__()
        self._offered = QStringListModel(self)
        completer = _LastName(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)

    def offer(self, names: Iterable[str]) -> None:
        """Offer these."""
        self._offered.setStringList(sorted(set(names)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the one name that is offered; what is a name already goes on."""
        name = self._only_one() if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else ""
        if not name:
            super().keyPressEvent(event)
            return
        before = self.text().rpartition(",")[0]
        self.setText(f"{before}, {name}" if before else name)
        popup = self.completer().popup()
        if popup is not None:
            popup.hide()
        event.accept()

    def _only_one(self) -> str:
        """The only name that has what is typed last in it; empty where that is it already."""
        typed = self.text().rpartition(",")[2].strip().casefold()
        found = [one for one in self._offered.stringList() if typed and typed in one.casefold()]
        return found[0] if len(found) == 1 and found[0].casefold() != typed else ""

    @property
    def names(self) -> list[str]:
        """Those that stand there."""
        return [name.strip() for name in self.text().split(",") if name.strip()]
