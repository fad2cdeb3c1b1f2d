"""Where another start of the program knocks: the window that is open comes forward."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject, Qt
from PySide6.QtWidgets import QWidget


class Door(QObject):
    """Watches the folder in which the other one leaves its request; ``asked`` takes it away."""

    def __init__(self, folder: Path, asked: Callable[[], bool], window: QWidget) -> None:
        super().__init__(window)
        self._asked, self._window = asked, window
        if folder.is_dir():
            self._watcher = QFileSystemWatcher([str(folder)], self)
            self._watcher.directoryChanged.connect(self._look)

    def _look(self) -> None:
        if not self._asked():
            return
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
