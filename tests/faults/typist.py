"""Types into the real window while it saves, and while it does not; prints what the keys took.

``python -m tests.faults.typist PROFILE GUIDE KEYS [DELAY]``. DELAY, in milliseconds, is added to
each save on its own thread; without it the disk itself is as slow as it is.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldguide import cli
from fieldguide.domain.notes import Note
from fieldguide.domain.records import Ref
from fieldguide.main import furnish
from fieldguide.services.notebook import Notebook
from fieldguide.services.preferences import Preferences, save
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.editor import Editor

SPAN: Final = 100
"""Keys in a row that are saved, then as many that are not."""
BURST: Final = 50
"""After so many keys the typist thinks for a moment, long enough for a save to begin."""
GAP_S, THOUGHT_S = 0.008, 0.35
LONGEST_S: Final = 60
LETTERS: Final = "the host says that rent is paid by the month and the park pays half "
SEED: Final = "F: 330 companies in **BioBAY**, 6,000 people (unsure)\n" * 48


@dataclass
class Typist:
    """Has the window, types, and remembers how long each key took and when it was on the disk."""

    app: QApplication
    house: Application
    delay_s: float
    typed: list[tuple[float, int]] = field(default_factory=list)
    saves: list[tuple[float, int]] = field(default_factory=list)
    count: int = 0

    def editor(self) -> Editor:
        found = self.house.window.findChild(Editor)
        assert isinstance(found, Editor)
        return found

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the window work until something is so."""
        end = time.perf_counter() + LONGEST_S
        while not until():
            assert time.perf_counter() < end, "the window did not get there"
            self.rest(0.01)

    def rest(self, seconds: float) -> None:
        """Let the window work, in its own loop: nothing but the loop itself wakes it."""
        loop, timer = QEventLoop(), QTimer()
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setSingleShot(True)
        timer.timeout.connect(loop.quit)
        timer.start(round(seconds * 1_000))
        loop.exec()

    def observe(self) -> None:
        """Hear of each save when it is on the disk."""
        whole = Notebook.save

        def observed(book: Notebook, note_id: str, text: str, parent: str) -> Note:
            note = whole(book, note_id, text, parent)
            time.sleep(self.delay_s)
            self.saves.append((time.perf_counter(), len(text)))
            return note

        Notebook.save = observed

    def span(self, *, saved: bool) -> list[float]:
        """Type a span; the answer is how long each key took from when it was due to its pixels."""
        editor, took = self.editor(), []
        for number in range(SPAN):
            if number % BURST == 0:
                self.rest(THOUGHT_S)
            due = time.perf_counter() + GAP_S
            self.rest(GAP_S)
            letter = LETTERS[self.count % len(LETTERS)]
            self.count += 1
            QTest.keyClick(editor, Qt.Key.Key_Space if letter == " " else letter)
            self.app.processEvents()
            took.append((time.perf_counter() - due) * 1_000)
            if saved:
                self.typed.append((time.perf_counter(), editor.document().characterCount() - 1))
        return took

    def all_saved(self) -> bool:
        return (
            bool(self.saves) and self.saves[-1][1] >= self.editor().document().characterCount() - 1
        )

    def loss_s(self) -> float:
        """The longest that a key waited for the disk."""
        longest = 0.0
        for when, length in self.typed:
            safe = next(end for end, kept in self.saves if kept >= length)
            longest = max(longest, safe - when)
        return longest


def main(profile: Path, guide: Path, keys: int, delay_ms: float) -> None:
    """Type so many keys of each sort; one line of JSON."""
    profile.mkdir(parents=True, exist_ok=True)
    save(profile, Preferences(welcomed=True, scheme="light"))
    sync = sync_ms(profile)
    app, house = furnish(cli.parse(["--profile", str(profile), "--guide", str(guide)]))
    typist = Typist(app, house, delay_ms / 1_000)
    typist.observe()
    house.show()
    typist.rest(0.5)
    house.window.open(Place("note", Ref("organisation", "biobay"), "new"))
    typist.editor().insertPlainText(SEED)
    typist.wait(typist.all_saved)
    saving: list[float] = []
    control: list[float] = []
    notes = house.desk.notes
    for _ in range(keys // SPAN):
        saving += typist.span(saved=True)
        typist.wait(typist.all_saved)
        closed: list[bool] = []
        notes.rest(partial(closed.append, True))
        typist.wait(lambda closed=closed: bool(closed))
        control += typist.span(saved=False)
        notes.resume()
        typist.wait(typist.all_saved)
    figures = {
        "keys": len(saving), "saves": len(typist.saves), "sync": sync, "loss": typist.loss_s(),
        "saving": spread(saving), "control": spread(control),
    }  # fmt: skip
    house.window.close()
    house.close()
    print(json.dumps(figures), flush=True)


def spread(took: list[float]) -> dict[str, float]:
    """Median, 99th percentile and maximum in milliseconds."""
    return {
        "p50": statistics.median(took),
        "p99": statistics.quantiles(took, n=100)[98],
        "max": max(took),
    }


def sync_ms(folder: Path) -> float:
    """How long a sync takes here."""
    file = folder / "sync-probe"
    with file.open("wb") as opened:
        opened.write(b"x")
        opened.flush()
        begun = time.perf_counter()
        os.fsync(opened.fileno())
        took = (time.perf_counter() - begun) * 1_000
    file.unlink()
    return took


if __name__ == "__main__":
    where, what, number, *more = sys.argv[1:]
    main(Path(where), Path(what), int(number), float(more[0]) if more else 0.0)
