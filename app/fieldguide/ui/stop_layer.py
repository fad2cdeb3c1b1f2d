"""The stops of a map, painted once and moved with the ground under them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPixmap

from fieldguide.maps.projection import View
from fieldguide.maps.shapes import Area, Picture, Shape
from fieldguide.ui.ground import Dress
from fieldguide.ui.name_layer import MARGIN, widened
from fieldguide.ui.shape_paint import paint_shapes


class StopLayer:
    """A picture of the stops around a view, and where it lies under another."""

    def __init__(self) -> None:
        self._picture = Picture((), None)
        self._view: View | None = None
        self._painted = QPixmap()
        self._circles = QPixmap()

    def take(self, picture: Picture, view: View, dress: Dress) -> None:
        """Paint what was laid out for a view, with what its margin shows."""
        self._picture, self._view = picture, view
        circles = [shape for shape in picture.shapes if isinstance(shape, Area)]
        others = [shape for shape in picture.shapes if not isinstance(shape, Area)]
        self._circles = _painted(circles, view, dress) if circles else QPixmap()
        self._painted = _painted(others, view, dress)

    def paint_circles(self, painter: QPainter, view: View) -> None:
        """Draw where the stops may be: below the names of the ground, which must be read."""
        x, y = self._shift(view)
        painter.drawPixmap(QPointF(x - MARGIN, y - MARGIN), self._circles)

    def paint(self, painter: QPainter, view: View) -> None:
        """Draw them where their ground is now."""
        x, y = self._shift(view)
        painter.drawPixmap(QPointF(x - MARGIN, y - MARGIN), self._painted)

    def moved(self, view: View) -> Picture:
        """Their discs under a view of the same scale; what else is drawn stays in the painting."""
        x, y = self._shift(view)
        discs = tuple(
            replace(
                disc, x=disc.x + x, y=disc.y + y, true_x=disc.true_x + x, true_y=disc.true_y + y
            )
            for disc in self._picture.discs
        )
        return Picture(discs, self._picture.scale)

    def _shift(self, view: View) -> tuple[int, int]:
        if self._view is None:
            return 0, 0
        x, y = view.point(self._view.lat, self._view.lon)
        return round(x - self._view.width / 2), round(y - self._view.height / 2)


def _painted(shapes: Sequence[Shape], view: View, dress: Dress) -> QPixmap:
    """Shapes on clear ground, with a margin around the view."""
    wide = widened(view)
    picture = QPixmap(round(wide.width * dress.ratio), round(wide.height * dress.ratio))
    picture.setDevicePixelRatio(dress.ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.translate(MARGIN, MARGIN)
    paint_shapes(painter, shapes, dress.theme)
    painter.end()
    return picture
