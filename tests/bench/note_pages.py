"""What a user waits for among many notes: the list painted, its end, and the history of one."""

import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.domain.notes import Draft, Revision
from fieldguide.services.notebook import Notebook, local_time, open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.services.shelf import Wanted
from fieldguide.services.timeline import timeline
from fieldguide.storage.workspace_db import open_workspace
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.difference_view import DifferenceList
from fieldguide.ui.lists import Item, ItemList
from fieldguide.ui.note_list import NoteList
from fieldguide.ui.paged import Blank
from tests.bench.notes import MANY, fill, ms_since, percentile, text_of

Figure = tuple[str, float, str, float | None]

ROUNDS = 21
REVISIONS = 2_000
LIST_MS = 50.0
HISTORY_MS = 100.0
SETTLE_S = 0.05
ELSEWHERE = Place("help")


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    chance = random.Random(20130528)
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        profile = Path(folder) / "many"
        fill(profile, chance)
        long = _long_history(profile, chance)
        return [*_questions(profile, long), *_openings(app, profile, long)]


def _questions(profile: Path, long: str) -> list[Figure]:
    """What the notebook alone takes of each wait."""
    notebook = open_notebook(profile, create=False)
    lists = _middle(lambda: notebook.shelf.look(Wanted()))
    order = notebook.shelf.look(Wanted()).order
    rows = _middle(lambda: notebook.shelf.entries(Wanted(), order[9_000:9_160]))
    steps = _middle(lambda: timeline(notebook, long))
    notebook.close()
    return [
        (f"the order and first rows of {MANY:,} notes, asked alone", lists, "ms", None),
        ("160 rows out of their middle, asked alone", rows, "ms", None),
        (f"the steps of {REVISIONS:,} revisions, asked alone", steps, "ms", None),
    ]


def _openings(app: QApplication, profile: Path, long: str) -> list[Figure]:
    """In the window of the program, with its workers, to the end of the paint of the rows."""
    now = local_time()
    house = Application(
        app, assets.path("guide.db"), profile, lambda: now,
        as_it_was=False, chosen=Preferences(welcomed=True, scheme="light"),
    )  # fmt: skip
    house.show()
    _settle()
    lists = [_opened(house, Place("notes"), NoteList) for _ in range(ROUNDS)]
    ends = [_key(house, key) for _ in range(ROUNDS) for key in (Qt.Key.Key_End, Qt.Key.Key_Home)]
    letters = [_key(house, Qt.Key.Key_R) for _ in range(ROUNDS)]
    history = Place("history", None, long)
    steps = [_opened(house, history, DifferenceList) for _ in range(ROUNDS)]
    house.window.close()
    house.close()
    return [
        (f"the page of {MANY:,} notes, opened to painted, p50", statistics.median(lists), "ms", LIST_MS),
        ("the same, the first time", lists[0], "ms", None),
        ("the same, p99", percentile(lists, 99), "ms", None),
        ("End and Home in it, to the painted row, p50", statistics.median(ends), "ms", None),
        ("a letter typed in it, to the painted row, p50", statistics.median(letters), "ms", None),
        (
            f"a history of {REVISIONS:,} revisions, opened to painted, p50",
            statistics.median(steps), "ms", HISTORY_MS,
        ),
        ("the same, the first time", steps[0], "ms", None),
    ]  # fmt: skip


class _Painted(QObject):
    """Hears when a list has other rows, and when it paints after that."""

    def __init__(self, listed: ItemList) -> None:
        super().__init__()
        self.changed = self.seen = False
        listed.items.modelReset.connect(self._change)
        listed.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a paint, and let it be."""
        if event.type() == QEvent.Type.Paint:
            self.seen = self.changed
        return False

    def _change(self) -> None:
        self.changed, self.seen = True, False


def _opened(house: Application, place: Place, kind: type[ItemList]) -> float:
    """Milliseconds from the wish to see a place until its rows are painted."""
    house.window.open(ELSEWHERE)
    _settle()
    began = time.perf_counter()
    house.window.open(place)
    (listed,) = house.window.findChildren(kind)
    painted = _Painted(listed)
    while not painted.seen:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    taken = ms_since(began)
    assert not any(isinstance(item, Blank) for item in _shown(listed))
    return taken


def _key(house: Application, key: Qt.Key) -> float:
    """Milliseconds from a key until the row that it leads to is painted with its words."""
    (listed,) = house.window.findChildren(NoteList)
    listed.setFocus()
    _settle()
    before = listed.currentIndex().row()
    began = time.perf_counter()
    QTest.keyClick(listed, key)
    while listed.currentIndex().row() == before or listed.current() is None:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    listed.viewport().repaint()
    return ms_since(began)


def _shown(listed: ItemList) -> list[Item]:
    last = listed.indexAt(listed.viewport().rect().bottomLeft()).row()
    rows = range(listed.indexAt(listed.viewport().rect().topLeft()).row(), last + 1)
    return [listed.items.item(row) for row in rows]


def _settle() -> None:
    """What is done later, out of sight, is not part of the next figure."""
    settled = time.perf_counter() + SETTLE_S
    while time.perf_counter() < settled:
        QApplication.processEvents()
        time.sleep(0.002)


def _long_history(profile: Path, chance: random.Random) -> str:
    """A note saved so often, twenty times an hour, each time a word longer or shorter."""
    db = open_workspace(profile, create=False)
    author = Notebook(db).introduce("Anna")
    when = local_time() - timedelta(days=30)
    lines = [text_of(chance, 60) for _ in range(40)]
    with db.writing():
        db.add_note("long", when)
        last: tuple[Revision, ...] = ()
        for number in range(REVISIONS):
            lines[number * 7 % 40] = text_of(chance, 60)
            when += timedelta(minutes=3 if number % 20 else 500)
            draft = Draft(None, "", text="\n".join(lines))
            last = (Revision.following(last, "long", author, draft, when),)
            db.add_revision(last[0])
    db.close()
    return "long"


def _middle(ask: Callable[[], object]) -> float:
    def timed() -> float:
        began = time.perf_counter()
        ask()
        return ms_since(began)

    return statistics.median(timed() for _ in range(9))
