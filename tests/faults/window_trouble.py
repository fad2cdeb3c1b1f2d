"""A window whose notes cannot be written any more: what was typed, what is said, what is kept.

Run as a program, for one kind of trouble; prints what was seen as JSON.
"""

import argparse
import ctypes
import json
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from tests.e2e.walking import (
    CTRL,
    Journey,
    Step,
    focused,
    press,
    shown,
    tab_until,
    type_path,
    type_text,
)
from tests.e2e.window_journey import dialog_is_open
from tests.faults.examination import assert_sound

BEFORE: Final = "F: 2,750 beds, said the host"
MEANWHILE: Final = "; A: ask again on Tuesday"
ELSEWHERE: Final = "Save elsewhere…"
NOT_SAVED: Final = "Not saved. Kept in memory."
RENJI: Final = Ref("organisation", "renji-hospital")
WRITES: Final = b"posix/io/rw/pwrite"
"""How the engine writes, and nothing else here does."""
Key = Qt.Key


@dataclass(frozen=True)
class Found:
    """Where it went no further, all that was typed, when it was said, what the next start finds."""

    stuck: str
    text: str
    told_s: float
    kept: list[str]


@dataclass
class Trouble:
    """How it begins and how it ends."""

    begin: Callable[[], object]
    end: Callable[[], object]


def full_disk(folder: Path) -> Trouble:
    """Not one byte is left, until something is removed."""
    ballast = folder / "ballast"

    def fill() -> None:
        with ballast.open("wb", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(1_000))

    return Trouble(fill, ballast.unlink)


def failing_disk() -> Trouble:
    """Each write to the notes fails; needs the library of ``fiu-run`` in between."""
    library = ctypes.CDLL(None)

    def fail() -> None:
        assert library.fiu_enable(WRITES, 1, None, 0) == 0

    return Trouble(fail, lambda: library.fiu_disable(WRITES))


class Typist:
    """Types, and looks at the clock until the window says that it is not saved."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.text = ""
        self.told_s = -1.0
        self._began = 0.0

    def type(self, text: str) -> None:
        """Each letter where the focus is."""
        self._began = time.monotonic()
        self.text += text
        type_text(text)

    def told(self) -> None:
        """The window has just said it."""
        self.told_s = time.monotonic() - self._began

    def sees(self) -> bool:
        """Whether the editor shows all that was typed."""
        (editor,) = (
            one for one in QApplication.allWidgets()
            if isinstance(one, QPlainTextEdit) and one.isVisible()
        )  # fmt: skip
        return editor.toPlainText() == self.text


def on_button(text: str) -> Callable[[], bool]:
    """Whether the keys go to the button with this text."""

    def on_it() -> bool:
        widget = QApplication.focusWidget()
        return isinstance(widget, QPushButton) and widget.text() == text

    return on_it


def begun(typist: Typist, trouble: Trouble, profile: Path) -> list[Step]:
    """A note that is saved; then the trouble begins, while nothing else uses the disk."""
    backups = profile / "backups"
    return [
        ("the editor", focused(QPlainTextEdit), lambda: typist.type(BEFORE)),
        ("saved", shown("Saved"), lambda: None),
        ("backed up", lambda: any(backups.glob("*.db")), trouble.begin),
    ]


def in_trouble(typist: Typist, elsewhere: Path) -> list[Step]:
    """Typing goes on; it is said; the text goes to another place, and typing still goes on."""
    return [
        ("the editor", focused(QPlainTextEdit), lambda: typist.type(MEANWHILE)),
        ("told", shown(NOT_SAVED), typist.told),
        ("all of it", typist.sees, lambda: tab_until(on_button(ELSEWHERE))),
        ("the button", on_button(ELSEWHERE), lambda: press(Key.Key_Space)),
        ("the dialog", dialog_is_open, lambda: type_path(elsewhere)),
        ("written", shown("Written to"), typist.window.activateWindow),  # as a window manager does
        ("back", on_button(ELSEWHERE), lambda: tab_until(focused(QPlainTextEdit))),
        ("the editor again", focused(QPlainTextEdit), lambda: typist.type("!")),
    ]


def over(typist: Typist, trouble: Trouble) -> list[Step]:
    """The trouble ends, and what was typed is kept where it belongs."""
    return [
        ("still told", shown(NOT_SAVED), trouble.end),
        ("all of it still", typist.sees, lambda: press(Key.Key_S, CTRL)),
        ("saved again", shown("Saved"), lambda: None),
    ]


def steps_of(options: argparse.Namespace, typist: Typist) -> list[Step]:
    """What happens in this kind of trouble."""
    if options.kind == "folder":
        return in_trouble(typist, options.elsewhere)
    trouble = full_disk(options.profile.parent) if options.kind == "full" else failing_disk()
    return [
        *begun(typist, trouble, options.profile),
        *in_trouble(typist, options.elsewhere),
        *over(typist, trouble),
    ]


def kept_in(profile: Path) -> list[str]:
    """The texts that the next start finds; none where it may not look."""
    try:
        notebook = open_notebook(profile, create=False)
    except FieldGuideError:
        return []
    texts = [notebook.note(card.id).text for card in notebook.notes()]
    notebook.close()
    assert_sound(profile)
    return texts


def main() -> int:
    """Walk; 0 when every step was taken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("full", "failing", "folder"))
    parser.add_argument("guide", type=Path)
    parser.add_argument("profile", type=Path)
    parser.add_argument("elsewhere", type=Path)
    options = parser.parse_args()
    app = QApplication(["fieldguide"])
    theme.load_fonts()
    now = datetime(2013, 5, 28, 8, 40).astimezone()
    chosen = Preferences(welcomed=True)
    house = Application(
        app, options.guide, options.profile, lambda: now, as_it_was=True, chosen=chosen
    )
    typist = Typist(house.window)
    steps: list[Step] = [
        ("today", shown("Today"), lambda: house.window.open(Place("note", RENJI, "new"))),
        *steps_of(options, typist),
        # Twice, for what cannot be saved: the window says what would be lost.
        ("the end", lambda: True, house.window.close),
        ("the end again", lambda: True, house.window.close),
    ]
    journey = Journey(app, house, steps)
    house.show()
    house.window.activateWindow()  # as a window manager does
    journey.begin()
    status = app.exec()
    house.close()
    found = Found(journey.stuck, typist.text, typist.told_s, kept_in(options.profile))
    print(json.dumps(asdict(found)))
    return status


if __name__ == "__main__":
    sys.exit(main())
