"""The button of the QR codes: of a person, one's own, and who one is."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton

PERSON_KEY = "Ctrl+Shift+Q"
MINE_KEY = "Ctrl+Shift+M"


class CodeButton(IconButton):
    """Its menu says the keys, which work wherever the page shows."""

    person = Signal()
    mine = Signal()
    claimed = Signal()
    """The person of the list is the user."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "qr-code", "", lambda: None)
        self.setAccessibleName(self.tr("QR codes"))
        self.setToolTip(self.tr("Show a card as a QR code over the whole screen"))
        menu = QMenu(self)
        for words, key, wanted in (
            (self.tr("This person"), PERSON_KEY, self.person),
            (self.tr("My card"), MINE_KEY, self.mine),
            (self.tr("This person is me"), "", self.claimed),
        ):
            action = menu.addAction(words, wanted.emit)
            action.setShortcut(QKeySequence(key))
            self.addAction(action)
        self.setMenu(menu)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """Leave the word away where there is little room."""
        self.setText("" if narrow else self.tr("QR…"))
