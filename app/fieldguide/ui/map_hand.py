"""The hand on a map: drag, wheel, pinch and keys become ways to go, factors and presses."""

from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent
from PySide6.QtWidgets import QGestureEvent, QPinchGesture, QWidget

from fieldguide.maps.projection import STEP

DRAG_FROM: Final = 4
PAN: Final = 64
"""Pixels at 100 % that an arrow goes."""
_WAYS: Final = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_NEARER: Final = (Qt.Key.Key_Plus, Qt.Key.Key_Equal)
_FARTHER: Final = (Qt.Key.Key_Minus, Qt.Key.Key_Underscore)
_WHOLE: Final = (Qt.Key.Key_0, Qt.Key.Key_Home)


class MapHand(QWidget):
    """A ground that can be taken hold of; what is done to it is told, not done here."""

    pushed = Signal(float, float)
    """The window is to go so many pixels right and down over the ground."""
    stepped = Signal(int, int)
    """An arrow was pressed: columns and rows to go."""
    scaled = Signal(float, QPointF)
    """Nearer by a factor, about a point."""
    wanted_whole = Signal()
    pressed = Signal(QPointF)
    """A press that was no drag."""
    pointed = Signal(QPointF)
    """The pointer is over a point, and holds nothing."""

    def __init__(self) -> None:
        super().__init__()
        self._held: QPointF | None = None
        self._dragged = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.grabGesture(Qt.GestureType.PinchGesture)

    def event(self, event: QEvent) -> bool:
        """Take a pinch on a touch pad or on a screen that is touched."""
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                self.scaled.emit(max(0.1, 1 + event.value()), event.position())
                return True
        elif isinstance(event, QGestureEvent):
            pinch = event.gesture(Qt.GestureType.PinchGesture)
            if isinstance(pinch, QPinchGesture):
                middle = QPointF(self.mapFromGlobal(pinch.centerPoint().toPoint()))
                if pinch.scaleFactor() > 0:
                    self.scaled.emit(pinch.scaleFactor(), middle)
                event.accept(pinch)
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move, plus and minus zoom, Home and 0 show all."""
        key = Qt.Key(event.key())
        middle = QPointF(self.rect().center())
        if key in _WAYS:
            self.stepped.emit(*_WAYS[key])
        elif key in _NEARER:
            self.scaled.emit(STEP, middle)
        elif key in _FARTHER:
            self.scaled.emit(1 / STEP, middle)
        elif key in _WHOLE:
            self.wanted_whole.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the pointer, by as much as the wheel was turned."""
        turns = event.angleDelta().y() / 120
        if turns:
            self.scaled.emit(STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press may become a click or a drag."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._dragged = event.position(), False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the ground with the pointer; tell what it is over."""
        spot = event.position()
        if self._held is None:
            self.pointed.emit(spot)
            return
        way = spot - self._held
        if self._dragged or way.manhattanLength() >= DRAG_FROM:
            if not self._dragged:
                self.setCursor(Qt.CursorShape.ClosedHandCursor)
            self._dragged = True
            self._held = spot
            self.pushed.emit(-way.x(), -way.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the ground go, or press what lies there."""
        if event.button() != Qt.MouseButton.LeftButton or self._held is None:
            return
        self._held = None
        if not self._dragged:
            self.pressed.emit(event.position())
        self.pointed.emit(event.position())
