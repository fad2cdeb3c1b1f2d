"""The map on the screen: paints the display list, moves and zooms by pointer and by keys."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QToolTip

from fieldguide.maps import picture
from fieldguide.maps.labels import Box
from fieldguide.maps.projection import Margins, View
from fieldguide.maps.shapes import Drawing, Picture
from fieldguide.maps.stops import Route, Stop, placed
from fieldguide.maps.style import LEAST_M
from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Look
from fieldguide.ui.ground import Dress
from fieldguide.ui.map_controls import MapControls
from fieldguide.ui.map_ground import MapGround
from fieldguide.ui.map_hand import PAN, MapHand
from fieldguide.ui.map_paint import EDGE, MapPainter
from fieldguide.ui.name_layer import MARGIN
from fieldguide.ui.parts import tip
from fieldguide.ui.stop_layer import StopLayer
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.ground import Ground
    from fieldguide.ui.tasks import Worker

STILL_MS: Final = 120
"""After this long without a move the names are placed anew."""


class MapView(MapHand):
    """The stops of some days on their ground; what it shows is said by the list beside it."""

    opened = Signal(object)
    """The Stop whose disc was pressed."""
    hovered = Signal(object)
    """The Stop that the pointer came upon, or None when it left one."""

    def __init__(self, look: Look, ground: "Worker[Ground] | None" = None) -> None:
        super().__init__()
        self._look = look
        self._paint = MapPainter(look)
        self._routes: tuple[Route, ...] = ()
        self._distances: Mapping[tuple[int, int], str] = {}
        self._credit = self._positions = ""
        self._nothing = ""
        self._selected: Stop | None = None
        self._view: View | None = None
        self._fitted = True
        self._picture = Picture((), None)
        self._scripts = look.preferences.scripts
        self._stops = StopLayer()
        self._ground = MapGround(ground, self)
        self._ground.arrived.connect(self.update)
        self._ground.complete.connect(self._name)
        self._ground.renewed.connect(self._take_maps)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self._lay_out)
        self._taken: list[Box] = []
        self._over: Stop | None = None
        self.pushed.connect(self._move)
        self.stepped.connect(self._step)
        self.scaled.connect(self._zoom)
        self.wanted_whole.connect(self.fit)
        self.pressed.connect(self._open)
        self.pointed.connect(self._point)
        self.setMinimumSize(160, 160)
        self.controls = MapControls(look, self)
        self.controls.zoomed.connect(self._zoom_centre)
        self.controls.wanted_whole.connect(self.fit)
        look.preferred.connect(self._take_preferences)

    def show_routes(
        self,
        routes: Sequence[Route],
        distances: Mapping[tuple[int, int], str],
        credit: str,
        nothing: str,
    ) -> None:
        """Show these days whole; ``nothing`` is said when no stop of them has a position."""
        self._routes, self._distances = tuple(routes), distances
        self._positions, self._nothing = credit, nothing
        self._credit = self._credits()
        self._selected = self._over = None
        self.controls.setVisible(bool(placed(self._routes)))
        self.fit()

    def select(self, stop: Stop | None) -> None:
        """Mark a stop, and bring it into view."""
        self._selected = stop
        if stop is not None and stop.position is not None and self._view is not None:
            x, y = self._view.point(stop.position.lat, stop.position.lon)
            if not QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE).contains(x, y):
                self.look_from(self._view.moved(x - self.width() / 2, y - self.height() / 2))
        self.update()

    def fit(self) -> None:
        """Show all stops with their circles."""
        theme = self._look.theme
        side = theme.px(56)
        glass = self._paint.overlay_box(QRectF(self.rect()), self._credit)
        foot = self.height() - glass.top() + theme.px(20)
        margins = Margins(side, side, side, foot)
        spots = picture.spots(self._routes)
        self._fitted = True
        self._draw_from(View.fit(spots, self.width(), self.height(), margins, LEAST_M))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self.controls.stand()
        if self._fitted or self._view is None:
            self.fit()
        else:
            self._draw_from(self._view)

    def event(self, event: QEvent) -> bool:
        """Name the stop under the pointer."""
        if isinstance(event, QHelpEvent):
            stop = picture.hit(self._picture, event.pos().x(), event.pos().y())
            if stop is None:
                QToolTip.hideText()
            else:
                words = (stop.visit.when.time, stop.name, stop.hanzi)
                said = " ".join(word for word in words if word)
                QToolTip.showText(event.globalPos(), tip(said))
            return True
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again, or keep the centre when the user chose one."""
        super().resizeEvent(event)
        self.controls.stand()
        if self._fitted or self._view is None:
            self.fit()
        else:
            self._draw_from(self._view.resized(self.width(), self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, scale and credit, ring."""
        painter = QPainter(self)
        view, rect = self._view, QRectF(self.rect())
        self._ground.paint(painter, rect, view, self._dress())
        if view is not None and self._picture.discs:
            self._stops.paint_circles(painter, view)
        if view is not None:
            self._ground.paint_names(painter, view)
        if not self._picture.discs:
            self._paint.nothing(painter, rect, self._nothing)
        elif view is not None:
            self._stops.paint(painter, view)
            self._paint.mark(painter, self._picture, (self._selected, self._over))
        self._paint.overlay(painter, rect, self._picture, self._credit)
        if self.hasFocus():
            self._paint.focus(painter, rect)
        painter.end()

    def showEvent(self, event: QShowEvent) -> None:
        """The maps may be others than when it was last seen."""
        super().showEvent(event)
        self.renew()

    def renew(self) -> None:
        """Look which maps there are, and to whom they are owed."""
        self._ground.renew()

    def spot_of(self, stop: Stop) -> QPointF | None:
        """Where the disc of a stop is drawn; None when it is not."""
        found = (disc for disc in self._picture.discs if disc.stop == stop)
        disc = next(found, None)
        return None if disc is None else QPointF(disc.x, disc.y)

    def resolution(self) -> float:
        """Metres per pixel at the equator; smaller is nearer."""
        return self._view.resolution if self._view is not None else 0.0

    def _take_maps(self) -> None:
        self._credit = self._credits()
        if self._fitted:
            self.fit()
        elif self._view is not None:
            self._draw_from(self._view)
            self._lay_out()

    def _credits(self) -> str:
        return " · ".join(part for part in (*self._ground.owed, self._positions) if part)

    def _take_preferences(self, chosen: Preferences) -> None:
        """Write the names anew where other scripts are chosen."""
        if chosen.scripts != self._scripts:
            self._scripts = chosen.scripts
            self.controls.stand()
            self._lay_out()

    def _open(self, spot: QPointF) -> None:
        stop = picture.hit(self._picture, spot.x(), spot.y())
        if stop is not None:
            self.opened.emit(stop)

    def _point(self, spot: QPointF) -> None:
        """Tell what can be pressed, and which stop the pointer is on."""
        over = picture.hit(self._picture, spot.x(), spot.y())
        hand = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
        self.setCursor(hand)
        if over != self._over:
            self._over = over
            self.hovered.emit(over)
            self.update()

    def _step(self, columns: int, rows: int) -> None:
        step = self._look.theme.px(PAN)
        self._move(columns * step, rows * step)

    @property
    def complete(self) -> bool:
        """Whether all that belongs to the view is drawn, and nothing is still to come."""
        return self._ground.whole and not self._still.isActive()

    def _move(self, right: float, down: float) -> None:
        if self._view is not None:
            self.look_from(self._view.moved(right, down))

    def _zoom(self, factor: float, about: QPointF) -> None:
        if self._view is not None and self._picture.discs:
            self.look_from(self._view.zoomed(factor, about.x(), about.y()))

    def _zoom_centre(self, factor: float) -> None:
        self._zoom(factor, QPointF(self.rect().center()))

    def look_from(self, view: View) -> None:
        """Show another view than the one that holds all stops."""
        self._fitted = False
        self._draw_from(view)

    def _draw_from(self, view: View) -> None:
        """Show a view; what only moved keeps its layout until it stands still."""
        before, self._view = self._view, view
        moved = before is not None and _same_scale(before, view)
        self._ground.look(view, self._dress())
        if moved and self._picture.discs and not self._fitted:
            self._picture = self._stops.moved(view)
            self._still.start()
        else:
            self._lay_out()
        self.update()

    def _lay_out(self) -> None:
        """Place the names of the stops, then those of the ground around them."""
        view = self._view
        if view is None:
            return
        theme = self._look.theme
        foot = self._paint.overlay_box(QRectF(self.rect()), self._credit)
        frame = self.controls.geometry()
        taken = (
            Box(foot.left(), foot.top(), foot.right(), foot.bottom()),
            Box(frame.left(), frame.top(), frame.right(), frame.bottom()),
        )
        plain = self._ground.plain
        drawing = Drawing(
            theme.scale, self._paint.measure, taken, self._distances, plain, MARGIN, self._scripts
        )
        self._picture = picture.draw(self._routes, view, drawing)
        self._stops.take(self._picture, view, self._dress())
        self._taken = [*taken, *self._picture.boxes]
        self._name()
        self.update()

    def _name(self) -> None:
        """Ask for the names of the ground around those of the stops."""
        if self._view is not None:
            self._ground.name(self._view, self._dress(), self._taken, self._scripts)

    def _dress(self) -> Dress:
        return Dress(self._look.theme, self.devicePixelRatioF())


def _same_scale(one: View, other: View) -> bool:
    """Whether what was laid out for one view only has to be moved for the other."""
    same = one.resolution == other.resolution
    return same and (one.width, one.height) == (other.width, other.height)
