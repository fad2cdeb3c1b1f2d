"""Steps at the real window, by keys alone, each taken when the screen shows what it waits for."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QWidget,
)

from fieldguide.ui.application import Application
from fieldguide.ui.palette import Palette

TICK_MS: Final = 20
LONGEST_TICKS: Final = 1_000
MOST_TABS: Final = 60
CTRL: Final = Qt.KeyboardModifier.ControlModifier
SHIFT: Final = Qt.KeyboardModifier.ShiftModifier
NONE: Final = Qt.KeyboardModifier.NoModifier
Key = Qt.Key

Step = tuple[str, Callable[[], bool], Callable[[], object]]


class Strays(QObject):
    """Notes every window that opens beside the main one: a part shown before it has a place."""

    def __init__(self, app: QApplication, main: QWidget) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self._main = main
        app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at what is shown; change nothing."""
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QWidget)
            and watched.isWindow()
            and watched.windowType() in (Qt.WindowType.Widget, Qt.WindowType.Window)
            and watched is not self._main
        ):
            self.seen.add(type(watched).__name__)
        return False


class Journey:
    """Steps, each taken as soon as the screen shows what it waits for, dialogs included."""

    def __init__(self, app: QApplication, house: Application, steps: list[Step]) -> None:
        self._app, self._house, self._steps = app, house, steps
        self._waited = 0
        self.stuck = ""

    def begin(self) -> None:
        """Look again a little later; also from inside a dialog, which has its own loop."""
        QTimer.singleShot(TICK_MS, self._look)

    def _look(self) -> None:
        if not self._steps:
            return
        name, ready, act = self._steps[0]
        if ready():
            self._waited = 0
            self._steps.pop(0)
            self.begin()
            act()
            return
        self._waited += 1
        if self._waited > LONGEST_TICKS:
            self.stuck = f"stuck at: {name}; on the screen: {' | '.join(sorted(set(words())))}"
            for dialog in (self._app.activePopupWidget(), self._app.activeModalWidget()):
                if dialog is not None:
                    dialog.close()
            self._app.exit(1)
            return
        self.begin()


def walk(app: QApplication, house: Application, steps: list[Step]) -> int:
    """Take all steps, close the window, and print how it went; the answer is the exit status."""
    journey = Journey(app, house, [*steps, ("the end", lambda: True, house.window.close)])
    strays = Strays(app, house.window)
    house.show()
    house.window.activateWindow()  # as a window manager does
    journey.begin()
    status = app.exec()
    house.close()
    print(journey.stuck or "every step was taken")
    if strays.seen:
        print(f"windows of their own: {', '.join(sorted(strays.seen))}")
    return status


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key where the focus is, as the window system delivers it."""
    target = (
        QApplication.activePopupWidget()
        or QApplication.focusWidget()
        or QApplication.activeWindow()
    )
    if target is not None:
        QTest.keyClick(target, key, modifier)


def press_on_window(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key as it comes to the window itself, before any part of it."""
    QTest.keyClick(QGuiApplication.focusWindow(), key, modifier)


def type_text(text: str) -> None:
    """Each letter where the focus is; hanzi come from an input method, as they do."""
    for letter in text:
        target = QApplication.focusWidget()
        if target is None:
            return
        if letter == "\n":
            QTest.keyClick(target, Key.Key_Return)
        elif letter.isascii():
            QTest.keyClicks(target, letter)
        else:
            committed = QInputMethodEvent()
            committed.setCommitString(letter)
            QApplication.sendEvent(target, committed)


def words() -> list[str]:
    """Every text that is on the screen, of labels, editors and rows."""
    found: list[str] = []
    for widget in QApplication.allWidgets():
        if not widget.isVisible():
            continue
        found.append(widget.accessibleName())
        if isinstance(widget, QLabel):
            found.append(widget.text())
        elif isinstance(widget, QAbstractItemView):
            found += rows(widget)
    return [text for text in found if text]


def rows(view: QAbstractItemView) -> list[str]:
    """What a reader for the blind is told of each row."""
    model = view.model()
    if model is None or isinstance(view.window(), QFileDialog):
        return []
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    indexes = [model.index(row, 0) for row in range(model.rowCount())]
    return [str(model.data(index, role) or "") for index in indexes for role in roles]


def shown(text: str) -> Callable[[], bool]:
    """Whether a text is on the screen."""
    return lambda: any(text in one for one in words())


def hit(text: str) -> Callable[[], bool]:
    """Whether the first row of the search says so; the page below may say it too."""

    def ready() -> bool:
        palette = QApplication.focusWidget()
        while palette is not None and not isinstance(palette, Palette):
            palette = palette.parentWidget()
        lists = palette.findChildren(QAbstractItemView) if palette is not None else []
        return any(text in row for one in lists if one.isVisible() for row in rows(one)[:2])

    return ready


def focused(*kinds: type[QWidget]) -> Callable[[], bool]:
    """Whether the focus is in a widget of such a kind."""
    return lambda: isinstance(QApplication.focusWidget(), kinds)


def spoken(widget: QWidget | None) -> str:
    """What a reader for the blind calls a widget."""
    if isinstance(widget, QAbstractButton):
        return widget.accessibleName() or widget.text()
    return widget.accessibleName() if widget is not None else ""


def focus_has(name: str) -> Callable[[], bool]:
    """Whether the focus is in the widget whose name begins so."""
    return lambda: spoken(QApplication.focusWidget()).startswith(name)


def button(name: str) -> Callable[[], bool]:
    """Whether a button whose name begins so can be pressed."""
    return lambda: any(
        isinstance(one, QAbstractButton)
        and one.isVisible()
        and one.isEnabled()
        and spoken(one).startswith(name)
        for one in QApplication.allWidgets()
    )


def field(name: str) -> Callable[[], bool]:
    """Whether a line whose name begins so can be typed in."""
    return lambda: any(
        isinstance(one, QLineEdit)
        and one.isVisible()
        and one.isEnabled()
        and spoken(one).startswith(name)
        for one in QApplication.allWidgets()
    )


def tab_until(there: Callable[[], bool]) -> None:
    """Press Tab until the focus is where it should be."""
    for _ in range(MOST_TABS):
        if there():
            return
        press(Key.Key_Tab)


def tab_to(name: str) -> None:
    """The same until the focus has a name."""
    tab_until(focus_has(name))


def to_button(name: str) -> Step:
    """Go to a button and press it."""

    def act() -> None:
        tab_to(name)
        press(Key.Key_Space)

    return (name, button(name), act)


def type_path(path: Path) -> None:
    """Put a path into the open file dialog."""
    press(Key.Key_A, CTRL)
    type_text(str(path))
    press(Key.Key_Return)
