"""The line icons, coloured from the theme."""

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from fieldguide import assets
from fieldguide.ui.theme import Theme

STROKE = "1.75"


class Icons:
    """Pictures of one theme; ``set_theme`` forgets them. Sizes are pixels at 100 %."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._drawings: dict[str, str] = {}
        self._pixmaps: dict[tuple[str, int, str, int, float], QPixmap] = {}

    def set_theme(self, theme: Theme) -> None:
        """Draw from now on for another theme."""
        self._theme = theme
        self._pixmaps.clear()

    def pixmap(
        self, name: str, size: int = 16, color: str = "t1", pad: int = 0, ratio: float = 0.0
    ) -> QPixmap:
        """One picture; ``pad`` widens it on the right, which is the gap before a button's text.

        ``ratio`` is the screen's pixels per pixel, 0 for that of the sharpest screen.
        """
        ratio = ratio or _sharpest()
        key = (name, size, color, pad, ratio)
        if key not in self._pixmaps:
            self._pixmaps[key] = self._draw(*key)
        return self._pixmaps[key]

    def icon(self, name: str, size: int = 16, color: str = "t1", pad: int = 0) -> QIcon:
        """The same for buttons and menus, with a faded picture for the disabled state."""
        icon = QIcon(self.pixmap(name, size, color, pad))
        icon.addPixmap(self.pixmap(name, size, "t3", pad), QIcon.Mode.Disabled)
        return icon

    def _draw(self, name: str, size: int, color: str, pad: int, ratio: float) -> QPixmap:
        if name not in self._drawings:
            text = assets.path(f"icons/{name}.svg").read_text(encoding="utf-8")
            self._drawings[name] = text.replace('stroke-width="2"', f'stroke-width="{STROKE}"')
        drawing = self._drawings[name].replace("currentColor", self._theme.color(color).name())
        side = self._theme.px(size)
        pixmap = QPixmap(round((side + self._theme.px(pad)) * ratio), round(side * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer = QSvgRenderer(QByteArray(drawing.encode()))
        renderer.render(painter, QRectF(0, 0, side, side))
        painter.end()
        return pixmap


def _sharpest() -> float:
    return max((screen.devicePixelRatio() for screen in QGuiApplication.screens()), default=1.0)
