"""A note that is never lost, by keys alone, one part of the story a start. Run as a program."""

import argparse
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import QApplication, QLineEdit

from fieldguide.services import preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.editor import Editor
from fieldguide.ui.lock import LockScreen
from tests.e2e.walking import (
    CTRL,
    Key,
    Step,
    button,
    focus_has,
    focused,
    hit,
    press,
    press_on_window,
    shown,
    tab_to,
    to_button,
    type_text,
    walk,
)

TUESDAY: Final = datetime(2013, 5, 28, 11, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
WEDNESDAY: Final = TUESDAY.replace(day=29)
WRITTEN: Final = "F: 330 companies work here"
CUT: Final = " and about six thou"
LATER: Final = "corrected"
WORDS: Final = "lantern seven ferry umbrella"


def write_and_die() -> list[Step]:
    """Take a note in a visit; the power goes in the middle of a word."""

    def die() -> None:
        type_text(CUT)
        os.kill(os.getpid(), signal.SIGKILL)

    return [
        ("today", shown("BioBAY"), lambda: press(Key.Key_K, CTRL)),
        ("palette", focused(QLineEdit), lambda: type_text("biobay")),
        ("a hit", hit("BioBAY"), lambda: press(Key.Key_Return)),
        ("the record", shown("苏州生物医药产业园"), lambda: press(Key.Key_N, CTRL)),
        ("the editor", focused(Editor), lambda: type_text(WRITTEN)),
        ("saved", shown("Saved"), die),
    ]


def open_note() -> list[Step]:
    """From the list of notes to the note."""
    return [
        ("today", shown("Today"), lambda: press(Key.Key_5, CTRL)),
        ("the notes", shown("330 companies"), lambda: press(Key.Key_Home)),
        ("the row", lambda: True, lambda: press(Key.Key_Return)),
    ]


def look_back() -> list[Step]:
    """Write over it on Wednesday, look at Tuesday's version, bring it back."""

    def write_over() -> None:
        press(Key.Key_A, CTRL)
        type_text(LATER)

    return [
        *open_note(),
        ("what was saved", focused(Editor), lambda: None),
        ("the text", lambda: shown_text().startswith(WRITTEN), write_over),
        (
            "saved",
            lambda: shown_text() == LATER and shown("Saved")(),
            lambda: press(Key.Key_H, CTRL),
        ),
        ("Wednesday", shown("Wednesday 29 May 2013"), lambda: press(Key.Key_Down)),
        to_button("Restore Tuesday"),
        ("restored", shown("begun"), lambda: press(Key.Key_Escape)),
        ("Tuesday's text", lambda: shown_text().startswith(WRITTEN), lambda: None),
    ]


def shown_text() -> str:
    """The text of the editor that has the keys."""
    found = QApplication.focusWidget()
    return found.text() if isinstance(found, Editor) else ""


def keep_safe() -> list[Step]:
    """Back up, lose a note, put it back, set a passphrase, lock, unlock."""

    def set_words() -> None:
        type_text(WORDS)
        press(Key.Key_Return)
        type_text(WORDS)
        tab_to("I have it on paper")
        press(Key.Key_Space)

    return [
        ("today", shown("Today"), lambda: press(Key.Key_Comma, CTRL)),
        ("settings", focus_has("You"), down_to("Safety")),
        to_button("Back up now"),
        ("backed up", button("Restore the notes of"), lambda: press(Key.Key_5, CTRL)),
        ("the notes", shown("330 companies"), lambda: press(Key.Key_Delete)),
        ("thrown away", shown("No notes yet"), lambda: press(Key.Key_Comma, CTRL)),
        to_button("Restore the notes of"),
        to_button("Press again to restore"),
        ("put back", shown("are back"), lambda: press(Key.Key_5, CTRL)),
        ("the notes", shown("330 companies"), lambda: press(Key.Key_Comma, CTRL)),
        to_button("Set a passphrase"),
        ("the field", focused(QLineEdit), set_words),
        to_button("Set passphrase"),
        ("set", button("Done"), lambda: press(Key.Key_Space)),
        ("the settings", button("Change the passphrase"), lambda: press_on_window(Key.Key_L, CTRL)),
        *unlock(),
    ]


def down_to(name: str) -> Callable[[], None]:
    """Press the arrow down until the focus has a name."""

    def act() -> None:
        for _ in range(10):
            if focus_has(name)():
                return
            press(Key.Key_Down)

    return act


def unlock() -> list[Step]:
    """Type the passphrase at the lock screen, and find the note."""

    def enter() -> None:
        type_text(WORDS)
        press(Key.Key_Return)

    return [
        ("locked", lambda: locked() and focused(QLineEdit)(), enter),
        ("unlocked", lambda: not locked(), lambda: press(Key.Key_5, CTRL)),
        ("the notes", shown("330 companies"), lambda: None),
    ]


def locked() -> bool:
    """Whether the lock screen covers the window."""
    return any(isinstance(one, LockScreen) and one.isVisible() for one in QApplication.allWidgets())


PARTS: Final[dict[str, tuple[datetime, Callable[[], list[Step]]]]] = {
    "write": (TUESDAY, write_and_die),
    "look-back": (WEDNESDAY, look_back),
    "keep-safe": (WEDNESDAY, keep_safe),
    "unlock": (WEDNESDAY, unlock),
}


def main() -> int:
    """Walk; 0 when every step was taken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("guide", type=Path)
    parser.add_argument("profile", type=Path)
    options = parser.parse_args()
    app = QApplication(["fieldguide"])
    theme.load_fonts()
    day, steps = PARTS[options.part]
    chosen = preferences.load(options.profile)
    house = Application(
        app, options.guide, options.profile, lambda: day, as_it_was=True, chosen=chosen
    )
    return walk(app, house, steps())


if __name__ == "__main__":
    sys.exit(main())
