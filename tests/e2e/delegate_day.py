"""Three days of a delegate by keys alone: prepare, meet, close the day. Run as a program."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QLineEdit

from fieldguide import cli, main
from fieldguide.ui.editor import Editor
from fieldguide.ui.ticks import TickList
from tests.e2e.walking import (
    CTRL,
    SHIFT,
    Key,
    Step,
    button,
    field,
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

QUESTION: Final = "What does a square metre cost?"
ANSWER: Final = "40 RMB a month"
FACT: Final = "F: 330 companies work here"
ACTION: Final = "A: send the price list to Lyon"
CARD: Final = "Li Wei 李伟, GM, Juke, WeChat liwei88"


def in_field(name: str, text: str) -> Step:
    """Go to a line to type in, and type."""

    def act() -> None:
        tab_to(name)
        type_text(text)
        press(Key.Key_Return)

    return (name, field(name), act)


def pressed(words: str, name: str) -> Step:
    """When the screen says so, go to a button and press it."""
    _, ready, act = to_button(name)
    return (words, lambda: shown(words)() and ready(), act)


def to_list(name: str) -> Callable[[], None]:
    """Go to a list with boxes and its first row."""

    def act() -> None:
        tab_to(name)
        press(Key.Key_Home)

    return act


def prepare() -> list[Step]:
    """Monday morning: find the park of tomorrow and write down what to ask there."""
    return [
        ("today", shown("Renji Hospital"), lambda: press_on_window(Key.Key_K, CTRL)),
        ("palette", focused(QLineEdit), lambda: type_text("biobay")),
        ("a hit", hit("BioBAY"), lambda: press(Key.Key_Return)),
        ("the record", shown("苏州生物医药产业园"), lambda: press(Key.Key_N, CTRL)),
        ("the note", focused(Editor), lambda: None),
        in_field("Add a question", QUESTION),
        ("it is kept", shown(QUESTION), lambda: None),
    ]


def meet() -> list[Step]:
    """Tuesday in BioBAY: one key to the note, the question asked, a card caught, the visit closed."""

    def close_it() -> None:
        for words in ("Labs are full until autumn", "Space for two start-ups"):
            type_text(words)
            press(Key.Key_Tab)
        press(Key.Key_Return, CTRL)

    return [
        ("today", shown("BioBAY"), lambda: press_on_window(Key.Key_N, CTRL)),
        ("the note of the visit", focused(Editor), lambda: type_text(f"{FACT}\n{ACTION}")),
        ("saved, and the question is there", _both("Saved", QUESTION), to_list("Questions")),
        ("the question", focused(TickList), lambda: press(Key.Key_Return)),
        ("its answer", focus_has("Answer"), lambda: type_text(ANSWER)),
        ("typed", lambda: True, lambda: press(Key.Key_Return)),
        ("answered", shown(f"Answer: {ANSWER}"), lambda: None),
        in_field("Add somebody in one line", CARD),
        ("met", shown("met; Li Wei 李伟"), lambda: press_on_window(Key.Key_Return, CTRL | SHIFT)),
        ("the fields", focus_has("What was heard"), close_it),
        ("closed", button("Visit closed"), lambda: None),
    ]


def _both(*texts: str) -> Callable[[], bool]:
    return lambda: all(shown(text)() for text in texts)


def ready_to_end() -> bool:
    """Whether nothing but a backup is left, or not even that."""
    ended = button("Back up now")() or shown("Nothing is left to do.")()
    return shown("3 of 3 closed")() and ended


def back_up() -> None:
    """Ask for the backup, unless that of the start came after all that was written."""
    if button("Back up now")():
        tab_to("Back up now")
        press(Key.Key_Space)


def look_over() -> list[Step]:
    """Tuesday evening: who was met, what was promised until when, and the day is closed."""

    def owner() -> None:
        type_text("Marc")
        press(Key.Key_Tab)
        type_text("5 June")
        press(Key.Key_Return)

    return [
        ("today", shown("Today"), lambda: press_on_window(Key.Key_6, CTRL)),
        ("people", shown("Li Wei"), lambda: press_on_window(Key.Key_8, CTRL)),
        ("the board", shown("send the price list"), lambda: press(Key.Key_O)),
        ("who does it", focus_has("Who does it"), owner),
        ("by week", _both("Marc", "5 Jun"), lambda: press_on_window(Key.Key_D, CTRL | SHIFT)),
        pressed("1 of 3 closed", "Nothing to add"),
        pressed("2 of 3 closed", "Nothing to add"),
        ("3 of 3 closed", ready_to_end, back_up),
        (
            "the day is closed",
            _both("Nothing is left to do.", "opened again and checked"),
            lambda: None,
        ),
    ]


def follow_through() -> list[Step]:
    """Wednesday: a fact that still holds, and the promise kept."""
    return [
        ("Wednesday", shown("Wednesday 29 May"), lambda: press_on_window(Key.Key_K, CTRL)),
        ("palette", focused(QLineEdit), lambda: type_text("renji")),
        ("a hit", hit("Renji Hospital"), lambda: press(Key.Key_Return)),
        ("the record", _both("仁济医院", "2,750"), lambda: press(Key.Key_R)),
        ("it is right", shown("Right on 29 May 2013"), lambda: press_on_window(Key.Key_8, CTRL)),
        ("the board", shown("send the price list"), lambda: press(Key.Key_Space)),
        ("kept", shown("Done 1"), lambda: None),
    ]


PARTS: Final[dict[str, tuple[str, Callable[[], list[Step]]]]] = {
    "prepare": ("2013-05-27", prepare),
    "meet": ("2013-05-28T11:35", meet),
    "evening": ("2013-05-28T21:30", look_over),
    "next day": ("2013-05-29", follow_through),
}


def run(part: str, guide: Path, profile: Path) -> int:
    """Start the program as its own command line does, and walk; 0 when every step was taken."""
    day, steps = PARTS[part]
    given = ["--guide", str(guide), "--profile", str(profile), "--today", day]
    app, house = main.furnish(cli.parser().parse_args(given))
    return walk(app, house, steps())


if __name__ == "__main__":
    sys.exit(run(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))
