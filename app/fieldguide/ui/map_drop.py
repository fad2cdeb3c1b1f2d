"""Map files dropped on the window, wherever nothing else wants them, become region maps."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDropEvent

from fieldguide.ui.desk import Place
from fieldguide.ui.region_maps import RegionMaps
from fieldguide.ui.window import Window


class MapDrop(QObject):
    """Watches what is dragged over the window; it shows what becomes of it in the settings."""

    def __init__(self, window: Window, maps: RegionMaps) -> None:
        super().__init__(window)
        self._window, self._maps = window, maps
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take drags of map files, and nothing else."""
        kind = event.type()
        if kind not in (QEvent.Type.DragEnter, QEvent.Type.Drop):
            return False
        if not isinstance(event, QDropEvent) or not (paths := _maps_in(event)):
            return False
        # After a move the other program would delete its file.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if kind == QEvent.Type.Drop:
            self._window.open(Place("settings", detail="maps"))
            for path in paths:
                self._maps.add(path)
        return True


def _maps_in(event: QDropEvent) -> list[Path]:
    # Not at the start of the window, which draws nothing of it.
    from fieldguide.services.regions import is_map_name

    files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in files if is_map_name(path)]
