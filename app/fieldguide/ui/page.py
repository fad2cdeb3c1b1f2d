"""What every page is: a widget that shows a place, asks for other places, and says things."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from fieldguide.domain.records import Ref
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.theme import Theme


@dataclass(frozen=True, slots=True)
class Loss:
    """What would be lost if the window closed now, and where it can be seen."""

    place: Place
    sentence: str


class Page(QWidget):
    """One page of the window, built on its first visit and kept."""

    opened = Signal(object)
    """A Place that the user wants to see."""
    said = Signal(str)
    """One line for the user, e.g. what was copied."""
    kept = Signal(str, bool)
    """How what is written here stands, and whether all is well with it."""
    locking = Signal()
    """The user wants the notes locked; or unlocked, when they are."""
    wiping = Signal(object)
    """The user wants the notes destroyed, and before that exported to this Path, or to None."""

    placed = Signal(object, object, bool)
    """The Place that was asked for has another by now, and whether that is what shows."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._first: QWidget | None = None
        self.setProperty("surface", "surface")
        # A plain widget paints no ground of its own.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_place(self, place: Place) -> None:
        """Show what the place names; called each time the window comes here."""
        raise NotImplementedError

    def setFocusProxy(self, first: QWidget | None) -> None:
        """Say which part takes the focus; with Qt's own proxy Tab would never reach the others."""
        self._first = first

    def focusProxy(self) -> QWidget | None:
        """The part that takes the focus."""
        return self._first

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the focus to that part, else to the page."""
        if self._first is not None and isValid(self._first):
            self._first.setFocus(reason)
        else:
            super().setFocus(reason)

    def minimumSizeHint(self) -> QSize:
        """A page takes the room it is given; else larger text would make the window larger."""
        theme = self.desk.look.theme
        return QSize(theme.px(320), theme.px(200))

    def heading(self) -> str:
        """The title of the window while this page shows."""
        return self.accessibleName()

    def hanzi(self) -> str:
        """The hanzi that the copy key takes from here; empty when there are none."""
        return ""

    def goal(self) -> Ref | None:
        """The record that a driver is to be shown the way to from here; None when there is none."""
        return None

    def keep(self) -> None:
        """Save what is unsaved, and leave all as it stands: the window only goes out of sight."""

    def leave(self) -> None:
        """Called before another page shows, and at the end: keep what is unsaved."""
        self.keep()

    def saving(self) -> bool:
        """Whether something is on its way to the disk and may still fail."""
        return False

    def losing(self) -> Loss | None:
        """What could not be saved; None when nothing would be lost."""
        return None

    def set_theme(self, theme: Theme) -> None:
        """Dress again after a change of theme or text size."""
        self.update()
