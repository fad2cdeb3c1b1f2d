"""The settings: a list of sections at the left, or above where there is little room, one shown."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Header, rule
from fieldguide.ui.settings.about import AboutPanel
from fieldguide.ui.settings.look import LookPanel
from fieldguide.ui.settings.maps import MapsPanel
from fieldguide.ui.settings.panel import Panel
from fieldguide.ui.settings.safety import SafetyPanel
from fieldguide.ui.settings.you import YouPanel
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

WIDE: Final = 760
LIST_WIDTH: Final = 144
PADDING: Final = 12


class SettingsPage(Page):
    """Every change holds at once; a place's detail is the section to show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Settings"))
        self._makers: dict[str, tuple[str, Callable[[Desk, str], Panel]]] = {
            "you": (self.tr("You"), YouPanel),
            "look": (self.tr("Look"), LookPanel),
            "safety": (self.tr("Safety"), SafetyPanel),
        }
        if desk.regions is not None:
            self._makers["maps"] = (self.tr("Maps"), partial(MapsPanel, maps=desk.regions))
        self._makers["about"] = (self.tr("About"), AboutPanel)
        self._panels: dict[str, Panel] = {}
        names = [(key, name) for key, (name, _) in self._makers.items()]
        self._list = _SectionList(desk.look, self.tr("Sections of the settings"), names)
        self._list.chosen.connect(self._show)
        self._stack = QStackedWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(0)
        self._row.addWidget(self._list)
        self._line = rule()
        self._row.addWidget(self._line)
        self._row.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Header(desk.look, self.tr("Settings"), self.tr("Changes hold at once")))
        column.addLayout(self._row, 1)
        self.setFocusProxy(self._list)
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Show a section as it is now; without a name, the one that was shown last."""
        self._show(place.detail if place.detail in self._makers else self._list.key())

    def keep(self) -> None:
        """Keep what was typed."""
        if self._list.key() in self._panels:
            self._panels[self._list.key()].leave()

    def set_theme(self, theme: Theme) -> None:
        """The room depends on the size of the text."""
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list beside the section or above it."""
        super().resizeEvent(event)
        self._turn()

    def _show(self, key: str) -> None:
        self.keep()
        self._list.mark(key)
        panel = self._panel(key)
        self._stack.setCurrentWidget(panel)
        panel.refresh()

    def _panel(self, key: str) -> Panel:
        """A section, made when it is first come to."""
        if key not in self._panels:
            name, make = self._makers[key]
            panel = make(self.desk, name)
            panel.opened.connect(self.opened)
            panel.said.connect(self.said)
            panel.locking.connect(self.locking)
            panel.wiping.connect(self.wiping)
            self._stack.addWidget(panel)
            self._panels[key] = panel
        return self._panels[key]

    def _turn(self) -> None:
        wide = self.width() >= self.desk.look.theme.px(WIDE)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(across if wide else down)
        self._line.setProperty("kind", "divide" if wide else "rule")
        self._line.style().polish(self._line)
        self._list.set_beside(wide)


class _SectionList(QWidget):
    """One button a section; the arrow keys go from one to the next."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str, sections: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        for key, text in sections:
            button = QPushButton(text)
            button.setProperty("kind", "section")
            button.setCheckable(True)
            button.setAccessibleName(text)
            button.clicked.connect(self._sender(key))
            self._group.addButton(button)
            self._buttons[key] = button
            self._row.addWidget(button)
        self._row.addStretch(1)
        self.mark(sections[0][0])

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Give the keys to the section that shows."""
        self._buttons[self.key()].setFocus(reason)

    def key(self) -> str:
        """Which section shows."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def mark(self, key: str) -> None:
        """Show which section shows; Tab comes to it, the arrows go on from there."""
        for own, button in self._buttons.items():
            stop = Qt.FocusPolicy.StrongFocus if own == key else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(stop)
        self._buttons[key].setChecked(True)

    def set_beside(self, beside: bool) -> None:
        """Down the side, or in a row."""
        theme = self._look.theme
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._row.setDirection(down if beside else across)
        edge = theme.px(12)
        self._row.setContentsMargins(edge, theme.px(14 if beside else 6), edge, theme.px(6))
        self._row.setSpacing(theme.px(2))
        for button in self._buttons.values():
            # As wide as when it is chosen, which sets it in heavier type.
            text = int(text_width(button.text(), theme, weight=600)) + theme.px(2 * PADDING + 2)
            button.setMinimumWidth(theme.px(LIST_WIDTH) if beside else text)

    def _sender(self, key: str) -> Callable[[], None]:
        return lambda: self.chosen.emit(key)
