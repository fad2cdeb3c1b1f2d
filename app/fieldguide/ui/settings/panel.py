"""What every section of the settings is: a column of statements that can be shown and left."""

from PySide6.QtCore import Signal

from fieldguide.ui.desk import Desk
from fieldguide.ui.sections import Columns


class Panel(Columns):
    """One section; what it asks for is passed on by the page."""

    opened = Signal(object)
    """A Place that the user wants to see."""
    said = Signal(str)
    locking = Signal()
    """The user wants the notes locked, or unlocked when they are."""
    wiping = Signal(object)
    """The user wants all notes destroyed, exported to this Path before, or None."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk.look, name)
        self.desk = desk

    def refresh(self) -> None:
        """Show what holds now; called each time the section is come to."""

    def leave(self) -> None:
        """Keep what was typed; called before anything else shows."""
