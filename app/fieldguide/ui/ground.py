"""The ground under the stops on the screen: tiles painted by a worker, kept within a bound."""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, Signal
from PySide6.QtGui import QImage, QPainter

from fieldguide.maps.ground import Cell, Raster, laid, patches
from fieldguide.maps.projection import View
from fieldguide.maps.shears import Shears
from fieldguide.services.ground import Ground
from fieldguide.ui.ground_paint import paint_patch
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

KEPT_BYTES: Final = 64 * 2**20
"""Painted tiles that are kept: some five screens of them."""
_FAR_ABOVE, _MARGIN = 6, 128.0
_FIRST_ABOVE: Final = 3
"""How many zooms above a view lies what is painted first: one tile of it covers the view."""


@dataclass(frozen=True)
class Dress:
    """What decides how a tile looks; a picture in another dress is of no use."""

    theme: Theme
    ratio: float
    """Pixels of the screen for one of the window."""


Key = tuple[Dress, float, Cell]


def painted(ground: Ground, raster: Raster, cell: Cell, dress: Dress, shears: Shears) -> QImage:
    """One tile as a picture; runs on the worker's thread."""
    left, top, wide, high = raster.box(cell)
    size = QSize(max(1, round(wide * dress.ratio)), max(1, round(high * dress.ratio)))
    picture = QImage(size, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(dress.ratio)
    picture.fill(dress.theme.color("land" if ground.bare else "water"))
    painter = QPainter(picture)
    for tile in ground.tiles(cell.z, cell.x, cell.y):
        x, y, side = laid(tile, cell, raster)
        for patch in patches(shears.cut(tile, cell), x - left, y - top, side, raster.zoom):
            paint_patch(painter, patch, dress.theme)
    painter.end()
    return picture


class GroundLayer(QObject):
    """Shows what it has of a view and asks for what it lacks, the middle first."""

    arrived = Signal()
    """More of the ground can be shown."""
    complete = Signal()
    """All that the view needs is there."""

    def __init__(self, worker: Worker[Ground], parent: QObject) -> None:
        super().__init__(parent)
        self._worker = worker
        self._tiles: OrderedDict[Key, QImage] = OrderedDict()
        self._bytes = 0
        self._shears = Shears()
        self._wanted: list[tuple[Raster, Key]] = []
        self._later: list[tuple[Raster, Key]] = []
        self._asked: Key | None = None

    def look(self, view: View, dress: Dress) -> None:
        """Ask for what a view needs and is not there yet; older wishes are forgotten."""
        raster = Raster.of(view, dress.theme.scale)
        seen = self._missing(raster, raster.cells(view), dress)
        known = {key[2] for key in self._tiles if key[0] == dress}
        coarse = raster.above(_FIRST_ABOVE)
        bare = (cell for cell in seen if not known.intersection(_upwards(cell)))
        first = dict.fromkeys(cell.up(raster.z - coarse.z) for cell in bare)
        self._wanted = [(coarse, (dress, coarse.side, cell)) for cell in first]
        self._wanted += [(raster, (dress, raster.side, cell)) for cell in seen]
        around = self._missing(raster, raster.cells(view, _MARGIN), dress)
        self._later = [(raster, (dress, raster.side, cell)) for cell in around if cell not in seen]
        self._ask()

    def _missing(self, raster: Raster, cells: Iterable[Cell], dress: Dress) -> list[Cell]:
        return [cell for cell in cells if (dress, raster.side, cell) not in self._tiles]

    def forget(self) -> None:
        """Let go of every picture: the maps are others."""
        self._tiles.clear()
        self._bytes = 0
        self._wanted = self._later = []

    @property
    def whole(self) -> bool:
        """Whether nothing is missing of what was last looked at; its margin may be."""
        return not self._wanted

    def paint(self, painter: QPainter, view: View, dress: Dress) -> None:
        """Draw every tile of a view, or until it is there what is nearest to it."""
        raster = Raster.of(view, dress.theme.scale)
        left, top = raster.origin(view)
        for cell in raster.cells(view):
            x, y, wide, high = raster.box(cell)
            key = (dress, raster.side, cell)
            picture = self._tiles.get(key)
            if picture is not None:
                self._tiles.move_to_end(key)
                painter.drawImage(QPointF(x - left, y - top), picture)
            else:
                self._stand_in(painter, QRectF(x - left, y - top, wide, high), cell, dress)

    def _stand_in(self, painter: QPainter, place: QRectF, cell: Cell, dress: Dress) -> None:
        """The same ground at another size, or a part of a tile above, or those below."""
        known = {key[2]: key for key in self._tiles if key[0] == dress}
        share = QRectF(0, 0, 1, 1)
        above = cell
        for _ in range(_FAR_ABOVE):
            if above in known:
                picture = self._tiles[known[above]]
                size = picture.size()
                source = QRectF(
                    share.x() * size.width(), share.y() * size.height(),
                    share.width() * size.width(), share.height() * size.height(),
                )  # fmt: skip
                painter.drawImage(place, picture, source)
                break
            if above.z == 0:
                break
            share = QRectF(
                (share.x() + (above.x & 1)) / 2, (share.y() + (above.y & 1)) / 2,
                share.width() / 2, share.height() / 2,
            )  # fmt: skip
            above = above.up(1)
        half = QRectF(0, 0, place.width() / 2, place.height() / 2)
        for column in (0, 1):
            for row in (0, 1):
                below = Cell(cell.z + 1, 2 * cell.x + column, 2 * cell.y + row)
                if below in known and above != cell:
                    where = half.translated(place.topLeft())
                    where.translate(column * half.width(), row * half.height())
                    painter.drawImage(where, self._tiles[known[below]])

    def _ask(self) -> None:
        if self._asked is not None or not (self._wanted or self._later):
            return
        raster, key = (self._wanted or self._later)[0]
        self._asked = key
        self._worker.do(
            lambda ground: painted(ground, raster, key[2], key[0], self._shears),
            self._take,
            lambda _: self._go_on(),
        )

    def _take(self, picture: QImage) -> None:
        if self._asked is not None:
            self._tiles[self._asked] = picture
            self._bytes += picture.sizeInBytes()
            while self._bytes > KEPT_BYTES:
                self._bytes -= self._tiles.popitem(last=False)[1].sizeInBytes()
        self.arrived.emit()
        self._go_on()

    def _go_on(self) -> None:
        done, self._asked = self._asked, None
        before = self.whole
        self._wanted = [one for one in self._wanted if one[1] != done]
        self._later = [one for one in self._later if one[1] != done]
        if self.whole and not before:
            self.complete.emit()
        self._ask()


def _upwards(cell: Cell) -> list[Cell]:
    """The cell and those above it that may stand for it."""
    return [cell.up(steps) for steps in range(min(_FAR_ABOVE, cell.z + 1))]
