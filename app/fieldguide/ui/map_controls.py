"""The buttons that stand on a map: nearer, farther, all stops, and the scripts of its names."""

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QFrame, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from fieldguide.domain.runs import Scripts
from fieldguide.maps.projection import STEP
from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Look
from fieldguide.ui.map_paint import EDGE
from fieldguide.ui.parts import ToolButton, tip


class ScriptsButton(QToolButton):
    """Its menu chooses the scripts of the names on all maps; its face tells which they are."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("dense", "true")
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._signs: dict[Scripts, str] = {
            "both": self.tr("中A"), "zh": self.tr("中"), "en": self.tr("A")
        }  # fmt: skip
        menu, group = QMenu(self), QActionGroup(self)
        self.choices: dict[Scripts, QAction] = {
            "both": menu.addAction(self.tr("Both scripts")),
            "zh": menu.addAction(self.tr("中文 (Chinese)")),
            "en": menu.addAction(self.tr("Latin")),
        }
        for scripts, action in self.choices.items():
            action.setCheckable(True)
            action.triggered.connect(lambda _, chosen=scripts: self._choose(chosen))
            group.addAction(action)
        self.setMenu(menu)
        self._tell(look.preferences)
        look.preferred.connect(self._tell)

    def _choose(self, scripts: Scripts) -> None:
        self._look.prefer(replace(self._look.preferences, scripts=scripts))

    def _tell(self, chosen: Preferences) -> None:
        action = self.choices[chosen.scripts]
        action.setChecked(True)
        self.setText(self._signs[chosen.scripts])
        name = self.tr("Names on the map: {scripts}").format(scripts=action.text())
        self.setAccessibleName(name)
        self.setToolTip(tip(name))


class MapControls(QFrame):
    """A column in the lower right corner of the map that it belongs to."""

    zoomed = Signal(float)
    """By which factor to come nearer."""
    wanted_whole = Signal()

    def __init__(self, look: Look, view: QWidget) -> None:
        super().__init__(view)
        self._look, self._view = look, view
        self.setProperty("kind", "bar")
        self.nearer = ToolButton(
            look, "plus", self.tr("Zoom in (+)"), lambda: self.zoomed.emit(STEP)
        )
        self.farther = ToolButton(
            look, "minus", self.tr("Zoom out (−)"), lambda: self.zoomed.emit(1 / STEP)
        )
        self.whole = ToolButton(
            look, "route", self.tr("Show all stops (0)"), self.wanted_whole.emit
        )
        self.scripts = ScriptsButton(look)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        for button in (self.scripts, self.nearer, self.farther, self.whole):
            button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            column.addWidget(button)

    def stand(self) -> None:
        """Take the size and the place for the map and the text of now."""
        self.adjustSize()
        edge, size = self._look.theme.px(EDGE), self.sizeHint()
        self.resize(size)
        self.move(
            self._view.width() - size.width() - edge, self._view.height() - size.height() - edge
        )
