"""The line of the search palette: it keeps the keys, and some of them act on what was found."""

from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit

_KEYPAD: Final = Qt.KeyboardModifier.KeypadModifier
_QUIET: Final = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)

Key = tuple[Qt.Key, Qt.KeyboardModifier]


class SearchLine(QLineEdit):
    """Its own keys go before those of the window."""

    left = Signal()
    """The keys went elsewhere within the window."""

    def __init__(self, deeds: Mapping[Key, Callable[[], object]]) -> None:
        super().__init__()
        self._deeds = dict(deeds)
        self.setProperty("kind", "search")

    def event(self, event: QEvent) -> bool:
        """Act on a key, before Tab moves away and before the window's shortcuts."""
        if isinstance(event, QKeyEvent):
            deed = self._deeds.get((Qt.Key(event.key()), event.modifiers() & ~_KEYPAD))
            if deed is not None and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if deed is not None and event.type() == QEvent.Type.KeyPress:
                deed()
                return True
        return super().event(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell when the user went elsewhere; another window or a menu is not elsewhere."""
        super().focusOutEvent(event)
        if event.reason() not in _QUIET:
            self.left.emit()
