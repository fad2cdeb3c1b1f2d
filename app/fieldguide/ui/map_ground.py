"""What lies under the stops of a map: ground, names on it, and to whom both are owed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRectF, Signal
from PySide6.QtGui import QPainter

from fieldguide.domain.runs import Scripts
from fieldguide.maps.labels import Box
from fieldguide.maps.projection import View
from fieldguide.ui.ground import Dress, GroundLayer
from fieldguide.ui.name_layer import NameLayer

if TYPE_CHECKING:
    from fieldguide.services.ground import Ground
    from fieldguide.ui.tasks import Worker


class MapGround(QObject):
    """Plain, and always whole, where no worker has maps."""

    arrived = Signal()
    """There is more to paint."""
    complete = Signal()
    """All ground of the view is there: names may be asked for."""
    renewed = Signal()
    """There are other maps, or others to whom they are owed."""

    def __init__(self, worker: "Worker[Ground] | None", parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._layers: tuple[GroundLayer, NameLayer] | None = None
        self.owed: tuple[str, ...] = ()
        """To whom the maps are owed."""
        if worker is not None:
            worker.release()
            ground, names = self._layers = GroundLayer(worker, self), NameLayer(worker, self)
            ground.arrived.connect(self.arrived)
            names.arrived.connect(self.arrived)
            ground.complete.connect(self.complete)

    @property
    def plain(self) -> bool:
        """Whether there is nothing, so that meridians must tell where the stops are."""
        return self._layers is None

    @property
    def whole(self) -> bool:
        """Whether nothing of it is still to come."""
        return self._layers is None or all(layer.whole for layer in self._layers)

    def look(self, view: View, dress: Dress) -> None:
        """Ask for the ground of a view."""
        if self._layers is not None:
            self._layers[0].look(view, dress)

    def name(self, view: View, dress: Dress, taken: Sequence[Box], scripts: Scripts) -> None:
        """Ask for the names around what is taken, once there is ground under them."""
        if self._layers is None:
            return
        ground, names = self._layers
        if ground.whole:
            names.look(view, dress, taken, scripts)
        else:
            names.whole = False

    def paint(self, painter: QPainter, rect: QRectF, view: View | None, dress: Dress) -> None:
        """Draw what there is of the ground."""
        if self._layers is None or view is None:
            painter.fillRect(rect, dress.theme.color("land"))
        else:
            self._layers[0].paint(painter, view, dress)

    def paint_names(self, painter: QPainter, view: View) -> None:
        """Draw the names, as far as they are there."""
        if self._layers is not None:
            self._layers[1].paint(painter, view)

    def renew(self) -> None:
        """Look which maps there are, and to whom they are owed."""
        if self._worker is not None:
            self._worker.ask(
                f"maps-{id(self)}",
                lambda ground: (ground.refresh(), ground.credits()),
                self._take,
                lambda _: None,
            )

    def _take(self, found: tuple[bool, tuple[str, ...]]) -> None:
        changed, owed = found
        if changed and self._layers is not None:
            for layer in self._layers:
                layer.forget()
        if changed or owed != self.owed:
            self.owed = owed
            self.renewed.emit()
