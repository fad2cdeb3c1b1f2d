"""A delegate at the window, by keys alone: find, read, write, take out. Run as a program."""

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

from fieldguide.services import preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application

NOTE: Final = "F: 2,750 beds, said the host"
TICK_MS: Final = 20
LONGEST_TICKS: Final = 1_000
MOST_TABS: Final = 60
CTRL: Final = Qt.KeyboardModifier.ControlModifier
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


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """One key where the focus is, as the window system delivers it."""
    target = (
        QApplication.activePopupWidget()
        or QApplication.focusWidget()
        or QApplication.activeWindow()
    )
    if target is not None:
        QTest.keyClick(target, key, modifier)


def type_text(text: str) -> None:
    """Each letter where the focus is."""
    target = QApplication.focusWidget()
    if target is not None:
        QTest.keyClicks(target, text)


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


def focused(*kinds: type[QWidget]) -> Callable[[], bool]:
    """Whether the focus is in a widget of such a kind."""
    return lambda: isinstance(QApplication.focusWidget(), kinds)


def focus_has(name: str) -> Callable[[], bool]:
    """Whether the focus is in the widget of that accessible name."""

    def has() -> bool:
        found = QApplication.focusWidget()
        return found is not None and found.accessibleName() == name

    return has


def tab_until(there: Callable[[], bool]) -> None:
    """Press Tab until the focus is where it should be."""
    for _ in range(MOST_TABS):
        if there():
            return
        press(Key.Key_Tab)


def tab_to(name: str) -> None:
    """The same until the focus has a name."""
    tab_until(focus_has(name))


def type_path(path: Path) -> None:
    """Put a path into the open file dialog."""
    press(Key.Key_A, CTRL)
    type_text(str(path))
    press(Key.Key_Return)


def welcome() -> list[Step]:
    """The first start: the page that asks who is there, left with one key."""
    return [("welcome", focus_has("Your name"), lambda: press(Key.Key_Return))]


def find_renji() -> list[Step]:
    """Search for the hospital and open it."""
    return [
        ("today", lambda: not shown("Welcome")(), lambda: press(Key.Key_K, CTRL)),
        ("palette", focused(QLineEdit), lambda: type_text("renji")),
        ("a hit", shown("Renji Hospital"), lambda: press(Key.Key_Return)),
    ]


def write_and_export(export: Path) -> list[Step]:
    """Note what was said, look it up among the notes, take it out as Markdown."""
    return [
        ("the record", shown("仁济医院"), lambda: press(Key.Key_N, CTRL)),
        ("the editor", focused(QPlainTextEdit, QTextEdit), lambda: type_text(NOTE)),
        ("saved", shown("Saved"), lambda: press(Key.Key_5, CTRL)),
        ("the notes", shown("2,750 beds"), lambda: tab_to("Export to Markdown")),
        ("the button", focus_has("Export to Markdown"), lambda: press(Key.Key_Space)),
        ("the menu", lambda: isinstance(QApplication.activePopupWidget(), QMenu), take_first),
        ("the dialog", dialog_is_open, lambda: type_path(export)),
        ("written", shown("1 note written to"), lambda: None),
    ]


def take_first() -> None:
    """Choose the first entry of the open menu."""
    press(Key.Key_Down)
    press(Key.Key_Return)


def dialog_is_open() -> bool:
    """Whether a file dialog waits for a name."""
    inside = isinstance(QApplication.activeModalWidget(), QFileDialog)
    return inside and focused(QLineEdit)()


def main() -> int:
    """Walk; 0 when every step was taken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("guide", type=Path)
    parser.add_argument("profile", type=Path)
    parser.add_argument("--export", type=Path)
    options = parser.parse_args()
    app = QApplication(["fieldguide"])
    theme.load_fonts()
    house = Application(
        app,
        options.guide,
        options.profile,
        lambda: datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai")),
        as_it_was=False,
        chosen=preferences.load(options.profile),
    )
    steps = welcome() + find_renji()
    if options.export:
        steps += write_and_export(options.export)
    else:
        steps += [
            ("the record", shown("仁济医院"), lambda: press(Key.Key_5, CTRL)),
            ("the sentence", shown("Your notes cannot be kept"), lambda: None),
        ]
    steps.append(("the end", lambda: True, house.window.close))
    journey = Journey(app, house, steps)
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


if __name__ == "__main__":
    sys.exit(main())
