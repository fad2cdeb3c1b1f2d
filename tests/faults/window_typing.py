"""A window to be killed in the middle of a word: types without a pause and says when, key by key."""

import argparse
import sys
import time
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from tests.e2e.window_journey import type_text
from tests.faults.writer import ABOUT

KEY_MS: Final = 25
"""Faster than the pause that saves: only the longest wait between two saves counts."""
LETTERS: Final = "what the host said of beds and 2750 others "


def letter(number: int) -> str:
    """The key that is pressed at this place."""
    return LETTERS[number % len(LETTERS)]


class Keys:
    """Presses the next key."""

    def __init__(self) -> None:
        self._count = 0

    def press(self) -> None:
        """Say the moment, then press: what is not said was not typed."""
        print(time.monotonic_ns(), flush=True)
        type_text(letter(self._count))
        self._count += 1


def main() -> None:
    """Type until killed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("guide", type=Path)
    parser.add_argument("profile", type=Path)
    options = parser.parse_args()
    app = QApplication(["fieldguide"])
    theme.load_fonts()
    now = datetime(2013, 5, 28, 8, 40).astimezone()
    chosen = Preferences(welcomed=True)
    house = Application(
        app, options.guide, options.profile, lambda: now, as_it_was=True, chosen=chosen
    )
    house.show()
    house.window.activateWindow()  # as a window manager does
    keys, timer = Keys(), QTimer()
    timer.timeout.connect(keys.press)

    def begin() -> None:
        house.window.open(Place("note", ABOUT, "new"))
        timer.start(KEY_MS)

    house.desk.notes.do(lambda _: None, lambda _: begin())
    app.exec()


if __name__ == "__main__":
    sys.exit(main())
