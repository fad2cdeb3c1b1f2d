"""What a user waits for in a visit: from Ctrl+N to the caret in a note on it."""

import os
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.pages.note import NotePage
from tests.bench.notes import ms_since, percentile

Figure = tuple[str, float, str, float | None]

NOW = datetime(2013, 5, 28, 11, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
ROUNDS = 41
CARET_MS = 150.0
SETTLE_S = 0.1
ELSEWHERE = Place("help")


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    with tempfile.TemporaryDirectory(dir=Path.cwd()) as folder:
        house = Application(
            app, assets.path("guide.db"), Path(folder) / "profile", lambda: NOW,
            as_it_was=True, chosen=Preferences(welcomed=True, scheme="light"),
        )  # fmt: skip
        house.show()
        _settle()
        first = _caret(house)
        carets, headings = zip(*(_caret(house) for _ in range(ROUNDS)), strict=True)
        house.window.close()
        house.close()
    return [
        ("Ctrl+N to the caret in a note, warm, p50", statistics.median(carets), "ms", CARET_MS),
        ("the same, the first time", first[0], "ms", None),
        ("the same, p99", percentile(list(carets), 99), "ms", None),
        ("Ctrl+N to the name of the visit, p50", statistics.median(headings), "ms", None),
    ]


def _caret(house: Application) -> tuple[float, float]:
    """Milliseconds until what is typed next goes into a painted note, and until it is named."""
    house.window.open(ELSEWHERE)
    _settle()
    began = time.perf_counter()
    QTest.keyClick(house.window, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    while not isinstance(editor := QApplication.focusWidget(), Editor):
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    editor.viewport().repaint()
    caret = ms_since(began)
    (page,) = house.window.findChildren(NotePage)
    while "BioBAY" not in page.heading():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    return caret, ms_since(began)


def _settle() -> None:
    """What is done later, out of sight, is not part of the next figure."""
    settled = time.perf_counter() + SETTLE_S
    while time.perf_counter() < settled:
        QApplication.processEvents()
        time.sleep(0.002)
