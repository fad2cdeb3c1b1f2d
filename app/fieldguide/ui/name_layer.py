"""The names of the ground on the screen: laid out and painted by the worker, once for many pans."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter

from fieldguide.domain.runs import Scripts
from fieldguide.maps.labels import Box
from fieldguide.maps.names import names
from fieldguide.maps.projection import View
from fieldguide.maps.shapes import Drawing
from fieldguide.services.ground import Ground
from fieldguide.ui.ground import Dress
from fieldguide.ui.label_press import LabelPress
from fieldguide.ui.shape_paint import measuring
from fieldguide.ui.tasks import Worker

MARGIN: Final = 160.0
"""Pixels around the view that are named too, so that a small pan needs nothing new."""


@dataclass(frozen=True)
class Sheet:
    """Names on clear ground, and the view that they were laid out for."""

    view: View
    picture: QImage

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw it where its ground is now, if it has the size of now."""
        x, y = view.point(self.view.lat, self.view.lon)
        if self.view.resolution == view.resolution:
            left, top = x - self.view.width / 2 - MARGIN, y - self.view.height / 2 - MARGIN
            painter.drawImage(QPointF(round(left), round(top)), self.picture)


def widened(view: View) -> View:
    """The view with its margin."""
    return view.resized(view.width + 2 * MARGIN, view.height + 2 * MARGIN)


def written(
    ground: Ground,
    view: View,
    dress: Dress,
    taken: Sequence[Box],
    scripts: Scripts,
    press: LabelPress,
) -> Sheet:
    """The names of a view as a picture; runs on the worker's thread."""
    # The window's thread uses its own fonts at the same time.
    theme = dress.theme.apart()
    drawing = Drawing(theme.scale, measuring(theme), tuple(taken), plain=False, margin=MARGIN)
    wide = widened(view)
    size = QSize(round(wide.width * dress.ratio), round(wide.height * dress.ratio))
    picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    picture.setDevicePixelRatio(dress.ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.translate(MARGIN, MARGIN)
    press.paint(painter, names(view, drawing, ground.tiles, scripts), theme, dress.ratio)
    painter.end()
    return Sheet(view, picture)


class NameLayer(QObject):
    """Asks for the names of what is looked at; the last sheet shows until the next is there."""

    arrived = Signal()

    def __init__(self, worker: Worker[Ground], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._press = LabelPress()
        self._sheet: Sheet | None = None
        self.whole = False
        """Whether the names are those of what was last looked at."""

    def look(self, view: View, dress: Dress, taken: Sequence[Box], scripts: Scripts) -> None:
        """Ask for the names around what is taken, whose boxes are in pixels of the view."""
        self.whole = False
        boxes = tuple(taken)
        self._worker.ask(
            f"names-{id(self)}",
            lambda ground: written(ground, view, dress, boxes, scripts, self._press),
            self._take,
            lambda _: self._done(),
        )

    def forget(self) -> None:
        """Show no names until new ones are there."""
        self._sheet = None

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw what there is."""
        if self._sheet is not None:
            self._sheet.paint(painter, view)

    def _take(self, sheet: Sheet) -> None:
        self._sheet = sheet
        self._done()
        self.arrived.emit()

    def _done(self) -> None:
        self.whole = True
