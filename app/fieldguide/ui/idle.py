"""When to lock: the key for it, or no key for some minutes."""

import time
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow

_SIGNS: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletMove,
        QEvent.Type.InputMethod,
    }
)
"""What tells that somebody is there."""


class Idle(QObject):
    """Tells when no window of the program was used for so many minutes, 0 is never; or Ctrl+L.

    Native windows are listened to, so that no dialog and no menu keeps the key for itself. A key
    costs little more than reading the clock: the one timer runs to its end and then looks how
    long it is since.
    """

    due = Signal()
    """It is time to lock."""

    def __init__(self, app: QGuiApplication, minutes: float) -> None:
        super().__init__()
        self._limit = minutes * 60.0
        self._last = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._look)
        app.focusWindowChanged.connect(self._follow)
        self._follow(app.focusWindow())
        self.set_minutes(minutes)

    def set_minutes(self, minutes: float) -> None:
        """Wait so long from now on."""
        self._limit = minutes * 60.0
        self.start()

    def start(self) -> None:
        """Begin to wait, as if a key had been pressed now."""
        self._last = time.monotonic()
        if self._limit:
            self._timer.start(int(self._limit * 1000))
        else:
            self._timer.stop()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when somebody was there; every event but Ctrl+L goes on its way."""
        if event.type() in _SIGNS:
            self._last = time.monotonic()
            if isinstance(event, QKeyEvent) and _asks(event):
                self.due.emit()
                return True
        return False

    def _follow(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _look(self) -> None:
        left = self._limit - (time.monotonic() - self._last)
        if left > 0:
            self._timer.start(int(left * 1000) + 1)
        else:
            self.due.emit()


def _asks(event: QKeyEvent) -> bool:
    control = Qt.KeyboardModifier.ControlModifier
    return event.key() == Qt.Key.Key_L and event.modifiers() == control
