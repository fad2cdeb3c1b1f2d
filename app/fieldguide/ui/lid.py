"""When to lock: the lid is closed, or the session is locked. Loaded after the first window."""

from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot
from PySide6.QtDBus import QDBusConnection


class Lid(QObject):
    """Hears over the local message bus that the computer goes to sleep or locks its screen.

    Where there is no such bus it hears nothing, and says nothing of it.
    """

    closed = Signal()

    def listen(self) -> None:
        """Begin."""
        self._hear(QDBusConnection.systemBus(), QDBusConnection.sessionBus())

    def _hear(self, system: QDBusConnection, session: QDBusConnection) -> None:
        login = "org.freedesktop.login1"
        # The stubs ask for bytes where the library takes text alone.
        asleep: Any = SLOT("sleeping(bool)")
        locked: Any = SLOT("locked()")
        if system.isConnected():
            system.connect(login, "", f"{login}.Manager", "PrepareForSleep", self, asleep)
            system.connect(login, "", f"{login}.Session", "Lock", self, locked)
        if session.isConnected():
            for saver in ("org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"):
                session.connect("", "", saver, "ActiveChanged", self, asleep)

    @Slot(bool)
    def sleeping(self, begins: bool) -> None:
        """The computer is about to sleep, or its screen is covered; or that ends."""
        if begins:
            self.closed.emit()

    @Slot()
    def locked(self) -> None:
        """The session is being locked."""
        self.closed.emit()
