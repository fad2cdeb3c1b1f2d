"""Tabs with counts, painted; those that find no room go into a menu called More."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QTabBar, QToolButton, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.text import draw_text, text_width
from fieldguide.ui.theme import Theme

PAD, BETWEEN, HEIGHT = 12, 7, 36


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: the key of what it shows, its word, how many things are there."""

    key: str
    text: str
    count: int = 0
    warning: bool = False


class _Bar(QTabBar):
    """Draws word, count and sign in their own colours."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.tabs: tuple[Tab, ...] = ()
        self._widths: dict[Tab, int] = {}
        self.setDrawBase(False)
        self.setUsesScrollButtons(False)
        self.setExpanding(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)

    def forget(self) -> None:
        """The text size has changed."""
        self._widths.clear()

    def wanted(self, tab: Tab) -> int:
        """Width of a tab in pixels."""
        if tab not in self._widths:
            self._widths[tab] = self._measured(tab)
        return self._widths[tab]

    def _measured(self, tab: Tab) -> int:
        theme = self._look.theme
        wide = text_width(tab.text, theme, weight=600) + theme.px(2 * PAD)
        if tab.count:
            wide += theme.px(BETWEEN) + text_width(str(tab.count), theme)
        return int(wide + (theme.px(21) if tab.warning else 0)) + 1

    def tabSizeHint(self, index: int) -> QSize:
        """Room for what is drawn."""
        if index >= len(self.tabs):
            return QSize(0, 0)
        return QSize(self.wanted(self.tabs[index]), self._look.theme.px(HEIGHT))

    def minimumTabSizeHint(self, index: int) -> QSize:
        """A tab is never drawn narrower: what does not fit is in the menu."""
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw all tabs that show."""
        painter = QPainter(self)
        for index, tab in enumerate(self.tabs):
            if self.isTabVisible(index):
                self._draw(painter, QRectF(self.tabRect(index)), tab, index == self.currentIndex())
        painter.end()

    def _draw(self, painter: QPainter, rect: QRectF, tab: Tab, current: bool) -> None:
        theme = self._look.theme
        left = rect.left() + theme.px(PAD)
        color = "warning" if tab.warning else "t1" if current else "t2"
        if tab.warning:
            top = rect.center().y() - theme.px(8)
            painter.drawPixmap(
                round(left), round(top), self._look.icons.pixmap("triangle-alert", 16, "warning")
            )
            left += theme.px(21)
        room = QRectF(left, rect.top(), rect.right() - left, rect.height())
        weight = 600 if current else 500
        left += draw_text(
            painter, room, tab.text, theme, color=color, weight=weight, elide=False
        ) + theme.px(BETWEEN)  # fmt: skip
        if tab.count:
            room.setLeft(left)
            tone = "warning" if tab.warning else "t3"
            draw_text(painter, room, str(tab.count), theme, color=tone, elide=False)
        if current:
            inner = rect.adjusted(theme.px(PAD), 0, -theme.px(PAD), 0)
            line = QRectF(inner.left(), rect.bottom() - theme.px(2), inner.width(), theme.px(2))
            painter.fillRect(line, theme.color("accent"))
            if self.hasFocus():
                width = theme.focus_width
                painter.setPen(QPen(theme.color("accent"), width, j=Qt.PenJoinStyle.MiterJoin))
                half = width / 2 + theme.px(2)
                painter.drawRect(rect.adjusted(half, half, -half, -half))


class Tabs(QWidget):
    """One is chosen; ``chosen`` names it by its key."""

    chosen = Signal(str)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.bar = _Bar(look)
        self.bar.setAccessibleName(name)
        self._menu = QMenu(self)
        self._more = QToolButton()
        self._more.setText(self.tr("More"))
        self._more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._more.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._more.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._more.setMenu(self._menu)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(0)
        self._row.addWidget(self.bar)
        self._row.addWidget(self._more)
        self._row.addStretch(1)
        self.bar.currentChanged.connect(self._changed)
        self.set_theme(look.theme)

    def show_tabs(self, tabs: Sequence[Tab], key: str) -> None:
        """Offer these, with one chosen; a key that is not there chooses the first."""
        self.bar.blockSignals(True)
        while self.bar.count() > len(tabs):
            self.bar.removeTab(self.bar.count() - 1)
        self.bar.tabs = tuple(tabs)
        for index, tab in enumerate(tabs):
            words = f"{tab.text} {tab.count}" if tab.count else tab.text
            if index >= self.bar.count():
                self.bar.addTab(words)
            elif self.bar.tabText(index) != words:
                self.bar.setTabText(index, words)
        keys = [tab.key for tab in tabs]
        self.bar.setCurrentIndex(keys.index(key) if key in keys else 0)
        self.bar.blockSignals(False)
        self._fit()

    def choose(self, key: str) -> None:
        """Choose one by its key."""
        keys = [tab.key for tab in self.bar.tabs]
        if key in keys:
            self.bar.setTabVisible(keys.index(key), True)
            self.bar.setCurrentIndex(keys.index(key))
            self._fit()

    def key(self) -> str:
        """What is chosen; empty when there are no tabs."""
        index = self.bar.currentIndex()
        return self.bar.tabs[index].key if 0 <= index < len(self.bar.tabs) else ""

    def set_theme(self, theme: Theme) -> None:
        """Measure again for another text size."""
        self.bar.forget()
        self._row.setContentsMargins(theme.px(12), 0, theme.px(12), 0)
        self._more.setIcon(self._look.icons.icon("chevron-down", 16, "t2"))
        self._more.setIconSize(QSize(theme.px(16), theme.px(16)))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What fits depends on the width."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """As narrow as one likes: the rest is in the menu."""
        return QSize(self._look.theme.px(120), self._look.theme.px(HEIGHT))

    def sizeHint(self) -> QSize:
        """One row."""
        return self.minimumSizeHint()

    def _changed(self, index: int) -> None:
        if 0 <= index < len(self.bar.tabs):
            self.chosen.emit(self.bar.tabs[index].key)

    def _fit(self) -> None:
        """Show as many tabs as there is room for, the chosen one always."""
        tabs = self.bar.tabs
        shown = self._fitting([self.bar.wanted(tab) for tab in tabs])
        self._menu.clear()
        for index, tab in enumerate(tabs):
            if self.bar.isTabVisible(index) != (index in shown):
                self.bar.setTabVisible(index, index in shown)
            if index not in shown:
                action = self._menu.addAction(self.bar.tabText(index))
                action.triggered.connect(self._opener(tab.key))
        self._more.setVisible(len(shown) < len(tabs))
        self.bar.updateGeometry()
        self.bar.update()

    def _fitting(self, widths: Sequence[int]) -> set[int]:
        room = self.width() - self._look.theme.px(24)
        if sum(widths) <= room:
            return set(range(len(widths)))
        shown = {max(0, self.bar.currentIndex())}
        room -= self._more.sizeHint().width() + sum(widths[index] for index in shown)
        for index, wide in enumerate(widths):
            if index in shown:
                continue
            if wide > room:
                break
            shown.add(index)
            room -= wide
        return shown

    def _opener(self, key: str) -> Callable[[], None]:
        return lambda: self.choose(key)
