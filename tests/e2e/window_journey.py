"""A delegate at the window, by keys alone: find, read, write, take out. Run as a program."""

import argparse
import sys
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
)

from fieldguide.services import preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from tests.e2e.walking import (
    CTRL,
    Key,
    Step,
    focus_has,
    focused,
    hit,
    press,
    shown,
    tab_to,
    type_path,
    type_text,
    walk,
)

NOTE: Final = "F: 2,750 beds, said the host"


def welcome() -> list[Step]:
    """The first start: the page that asks who is there, left with one key."""
    return [("welcome", focus_has("Your name"), lambda: press(Key.Key_Return))]


def find_renji() -> list[Step]:
    """Search for the hospital and open it."""
    return [
        ("today", lambda: not shown("Welcome")(), lambda: press(Key.Key_K, CTRL)),
        ("palette", focused(QLineEdit), lambda: type_text("renji")),
        ("a hit", hit("Renji Hospital"), lambda: press(Key.Key_Return)),
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
    return walk(app, house, steps)


if __name__ == "__main__":
    sys.exit(main())
