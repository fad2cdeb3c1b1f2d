"""The map on the screen: paints the display list, moves and zooms by pointer and by keys."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QToolTip, QVBoxLayout, QWidget

from fieldguide.maps import picture, projection
from fieldguide.maps.labels import Box
from fieldguide.maps.projection import Margins, View
from fieldguide.maps.shapes import Drawing, Picture
from fieldguide.maps.stops import Route, Stop, placed
from fieldguide.maps.style import LEAST_M
from fieldguide.ui.desk import Look
from fieldguide.ui.ground import Dress, GroundLayer
from fieldguide.ui.map_paint import MapPainter
from fieldguide.ui.name_layer import MARGIN, NameLayer
from fieldguide.ui.parts import ToolButton, tip
from fieldguide.ui.stop_layer import StopLayer
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.services.ground import Ground
    from fieldguide.ui.tasks import Worker

PAN: Final = 64
DRAG_FROM: Final = 4
EDGE: Final = 16
STILL_MS: Final = 120
"""After this long without a move the names are placed anew."""


class MapView(QWidget):
    """The stops of some days on their ground; what it shows is said by the list beside it."""

    opened = Signal(object)
    """The Stop whose disc was pressed."""

    def __init__(self, look: Look, ground: "Worker[Ground] | None" = None) -> None:
        super().__init__()
        self._look = look
        self._paint = MapPainter(look)
        self._routes: tuple[Route, ...] = ()
        self._distances: Mapping[tuple[int, int], str] = {}
        self._credit = ""
        self._nothing = ""
        self._selected: Stop | None = None
        self._view: View | None = None
        self._fitted = True
        self._picture = Picture((), None)
        self._stops = StopLayer()
        self._ground = GroundLayer(ground, self) if ground is not None else None
        self._names = NameLayer(ground, self) if ground is not None else None
        if ground is not None and self._ground is not None and self._names is not None:
            ground.release()
            self._ground.arrived.connect(self.update)
            self._names.arrived.connect(self.update)
        self._still = QTimer(self)
        self._still.setSingleShot(True)
        self._still.setInterval(STILL_MS)
        self._still.timeout.connect(self._lay_out)
        self._pressed: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(160, 160)
        self.nearer = ToolButton(look, "plus", self.tr("Zoom in (+)"), self.zoom_in)
        self.farther = ToolButton(look, "minus", self.tr("Zoom out (−)"), self.zoom_out)
        self.whole = ToolButton(look, "route", self.tr("Show all stops (0)"), self.fit)
        self._controls = QFrame(self)
        self._controls.setProperty("kind", "bar")
        column = QVBoxLayout(self._controls)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for button in (self.nearer, self.farther, self.whole):
            column.addWidget(button)

    def show_routes(
        self,
        routes: Sequence[Route],
        distances: Mapping[tuple[int, int], str],
        credit: str,
        nothing: str,
    ) -> None:
        """Show these days whole; ``nothing`` is said when no stop of them has a position."""
        self._routes, self._distances = tuple(routes), distances
        self._credit, self._nothing = credit, nothing
        self._selected = None
        self._controls.setVisible(bool(placed(self._routes)))
        self.fit()

    def select(self, stop: Stop | None) -> None:
        """Mark a stop, and bring it into view."""
        self._selected = stop
        if stop is not None and stop.position is not None and self._view is not None:
            x, y = self._view.point(stop.position.lat, stop.position.lon)
            if not QRectF(self.rect()).adjusted(EDGE, EDGE, -EDGE, -EDGE).contains(x, y):
                self._look_from(self._view.moved(x - self.width() / 2, y - self.height() / 2))
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

    def zoom_in(self) -> None:
        """One step nearer."""
        self._zoom(projection.STEP, QPointF(self.rect().center()))

    def zoom_out(self) -> None:
        """One step farther."""
        self._zoom(1 / projection.STEP, QPointF(self.rect().center()))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._place_controls()
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
        self._place_controls()
        if self._fitted or self._view is None:
            self.fit()
        else:
            self._draw_from(self._view.resized(self.width(), self.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Ground, picture, scale and credit, ring."""
        painter = QPainter(self)
        view = self._view
        if self._ground is None or self._names is None or view is None:
            painter.fillRect(self.rect(), self._look.theme.color("land"))
        else:
            self._ground.paint(painter, view, self._dress())
            self._names.paint(painter, view)
        if not self._picture.discs:
            self._paint.nothing(painter, QRectF(self.rect()), self._nothing)
        elif view is not None:
            self._stops.paint(painter, view)
            self._paint.mark(painter, self._picture, self._selected)
        self._paint.overlay(painter, QRectF(self.rect()), self._picture, self._credit)
        if self.hasFocus():
            width = self._look.theme.focus_width
            pen = QPen(self._look.theme.color("accent"), width)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = width / 2
            painter.drawRect(QRectF(self.rect()).adjusted(half, half, -half, -half))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, Home and 0 show all."""
        key, step = event.key(), self._look.theme.px(PAN)
        moves = {
            Qt.Key.Key_Left: (-step, 0),
            Qt.Key.Key_Right: (step, 0),
            Qt.Key.Key_Up: (0, -step),
            Qt.Key.Key_Down: (0, step),
        }
        if key in moves:
            self._move(*moves[Qt.Key(key)])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Underscore):
            self.zoom_out()
        elif key in (Qt.Key.Key_0, Qt.Key.Key_Home):
            self.fit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer."""
        turns = event.angleDelta().y() / 120
        if turns:
            self._zoom(projection.STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the ground with the pointer; tell what can be pressed."""
        spot = event.position()
        if self._pressed is not None:
            way = spot - self._pressed
            if self._dragged or way.manhattanLength() >= DRAG_FROM:
                self._dragged = True
                self._pressed = spot
                self._move(-way.x(), -way.y())
            return
        over = picture.hit(self._picture, spot.x(), spot.y()) is not None
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.OpenHandCursor
        self.setCursor(shape)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a disc opens its stop."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        self._pressed = None
        stop = picture.hit(self._picture, event.position().x(), event.position().y())
        if stop is not None and not self._dragged:
            self.opened.emit(stop)

    def spot_of(self, stop: Stop) -> QPointF | None:
        """Where the disc of a stop is drawn; None when it is not."""
        found = (disc for disc in self._picture.discs if disc.stop == stop)
        disc = next(found, None)
        return None if disc is None else QPointF(disc.x, disc.y)

    def resolution(self) -> float:
        """Metres per pixel at the equator; smaller is nearer."""
        return self._view.resolution if self._view is not None else 0.0

    def _move(self, right: float, down: float) -> None:
        if self._view is not None:
            self._look_from(self._view.moved(right, down))

    def _zoom(self, factor: float, about: QPointF) -> None:
        if self._view is not None and self._picture.discs:
            self._look_from(self._view.zoomed(factor, about.x(), about.y()))

    def _look_from(self, view: View) -> None:
        self._fitted = False
        self._draw_from(view)

    def _draw_from(self, view: View) -> None:
        """Show a view; what only moved keeps its layout until it stands still."""
        before, self._view = self._view, view
        moved = before is not None and _same_scale(before, view)
        if self._ground is not None:
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
        frame = self._controls.geometry()
        taken = (
            Box(foot.left(), foot.top(), foot.right(), foot.bottom()),
            Box(frame.left(), frame.top(), frame.right(), frame.bottom()),
        )
        plain = self._ground is None
        drawing = Drawing(theme.scale, self._paint.measure, taken, self._distances, plain, MARGIN)
        self._picture = picture.draw(self._routes, view, drawing)
        self._stops.take(self._picture, view, self._dress())
        if self._names is not None:
            self._names.look(view, self._dress(), [*taken, *self._picture.boxes])
        self.update()

    def _dress(self) -> Dress:
        return Dress(self._look.theme, self.devicePixelRatioF())

    def _place_controls(self) -> None:
        self._controls.adjustSize()
        edge = self._look.theme.px(EDGE)
        size = self._controls.sizeHint()
        self._controls.resize(size)
        self._controls.move(
            self.width() - size.width() - edge, self.height() - size.height() - edge
        )


def _same_scale(one: View, other: View) -> bool:
    """Whether what was laid out for one view only has to be moved for the other."""
    same = one.resolution == other.resolution
    return same and (one.width, one.height) == (other.width, other.height)
