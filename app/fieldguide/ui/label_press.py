"""Names of the ground as small pictures that are kept: most are wanted again after a pan."""

from collections import OrderedDict
from typing import Final

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from fieldguide.maps import style
from fieldguide.maps.labels import Box
from fieldguide.maps.shapes import Shape, Text
from fieldguide.ui.shape_paint import paint_shapes
from fieldguide.ui.theme import Theme

KEPT: Final = 600
"""Pictures of names that are kept, of some 15 kB each."""
_Key = tuple[str, str, str, int, float, Theme, float]


class LabelPress:
    """Paints shapes, each name from its picture; belongs to one thread."""

    def __init__(self) -> None:
        self._kept: OrderedDict[_Key, QImage] = OrderedDict()

    def paint(self, painter: QPainter, shapes: list[Shape], theme: Theme, ratio: float) -> None:
        """Draw in order, in pixels of which ``ratio`` go on one of the shapes."""
        reach = style.HALO * theme.scale
        for shape in shapes:
            if not isinstance(shape, Text) or shape.angle:
                paint_shapes(painter, (shape,), theme)
                continue
            picture = self._picture(shape, theme, ratio)
            # On whole pixels, or it would be blurred.
            left = round((shape.box.left - reach) * ratio) / ratio
            top = round((shape.box.top - reach) * ratio) / ratio
            painter.drawImage(QPointF(left, top), picture)

    def _picture(self, text: Text, theme: Theme, ratio: float) -> QImage:
        box, reach = text.box, style.HALO * theme.scale
        wide, high = box.right - box.left, box.bottom - box.top
        key = (text.text, text.role, text.color, text.side, wide, theme, ratio)
        known = self._kept.get(key)
        if known is not None:
            self._kept.move_to_end(key)
            return known
        size = QSize(round((wide + 2 * reach) * ratio) + 1, round((high + 2 * reach) * ratio) + 1)
        picture = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        here = Box(reach, reach, reach + wide, reach + high)
        paint_shapes(painter, (Text(here, text.text, text.role, text.color, text.side),), theme)
        painter.end()
        self._kept[key] = picture
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return picture
