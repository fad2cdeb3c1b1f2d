"""What is laid over the window so that nothing of it is seen: all that floats goes first."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QStackedWidget,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid


class Layers(QStackedWidget):
    """The window's content, or a cover that hides it and keeps its keys from it."""

    def __init__(self, window: QMainWindow, content: QWidget) -> None:
        super().__init__()
        self._window, self._content = window, content
        self._held: QWidget | None = None
        self.addWidget(content)

    @property
    def covered(self) -> bool:
        """Whether the content is hidden."""
        return self.currentWidget() is not self._content

    def cover(self, cover: QWidget) -> None:
        """Show nothing but the cover, which may take the place of another."""
        if not self.covered:
            put_away(self._window)
            self._held = self._window.focusWidget()
            self._hear_keys(False)
        self.addWidget(cover)
        self.setCurrentWidget(cover)
        self._let_go(cover)
        cover.setFocus(Qt.FocusReason.OtherFocusReason)

    def uncover(self) -> None:
        """Show the content again, with the keys where they were."""
        if not self.covered:
            return
        self.setCurrentWidget(self._content)
        self._let_go(self._content)
        self._hear_keys(True)
        held, self._held = self._held, None
        if held is not None and isValid(held):
            held.setFocus(Qt.FocusReason.OtherFocusReason)

    def hand_keys(self, widget: QWidget) -> None:
        """Give the keys to a part of the content, once nothing covers it."""
        if self.covered:
            self._held = widget
        else:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _let_go(self, shown: QWidget) -> None:
        """Delete the covers that are not shown: what was typed into them goes with them."""
        for number in reversed(range(self.count())):
            layer = self.widget(number)
            if layer is not None and layer not in (shown, self._content):
                self.removeWidget(layer)
                layer.hide()
                layer.deleteLater()

    def _hear_keys(self, heard: bool) -> None:
        direct = Qt.FindChildOption.FindDirectChildrenOnly
        for key in self._window.findChildren(QShortcut, options=direct):
            key.setEnabled(heard)


def put_away(window: QWidget) -> None:
    """Close every menu, list of suggestions, tip and dialog that floats over a window."""
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup.isVisible():
            popup.hide()
    QToolTip.hideText()
    for other in QApplication.topLevelWidgets():
        if other is window or other.isHidden():
            continue
        if isinstance(other, QDialog):
            # Rejected, not hidden: whoever waits for its answer goes on, without one.
            other.reject()
        other.hide()
