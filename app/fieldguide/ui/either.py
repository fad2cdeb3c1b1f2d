"""What there is, or why there is nothing: two faces of one place; the keys follow the one shown."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QPushButton, QStackedWidget, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.parts import Empty


class Either(QStackedWidget):
    """Shows its content until it is told that there is nothing to show, and why."""

    turned = Signal(object)
    """The widget that takes the keys from now on."""

    def __init__(self, look: Look, content: QWidget, first: QWidget | None = None) -> None:
        super().__init__()
        self._look, self._content = look, content
        self._content_first = first or content
        self._empty: Empty | None = None
        self.addWidget(content)

    @property
    def first(self) -> QWidget:
        """The part of what is shown that takes the keys."""
        button = self._empty.findChild(QPushButton) if self._empty is not None else None
        return button or self._content_first

    def show_content(self) -> None:
        """There is something."""
        self._turn(None)

    def say_nothing(self, icon: str, words: str, act: str, pressed: Callable[[], object]) -> None:
        """Show why there is nothing, and one thing to do."""
        self._turn(Empty(self._look, icon, words, act, pressed))

    def _turn(self, empty: Empty | None) -> None:
        held, shown = QApplication.focusWidget(), self.currentWidget()
        mine = held is None or shown is None or held is shown or shown.isAncestorOf(held)
        before, self._empty = self._empty, empty
        if empty is not None:
            self.addWidget(empty)
        self.setCurrentWidget(empty or self._content)
        if before is not None:
            self.removeWidget(before)
            before.hide()
            before.deleteLater()
        self.turned.emit(self.first)
        # Whoever types in a filter above goes on doing so.
        if mine and self.isVisible():
            self.first.setFocus()
