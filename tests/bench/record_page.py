"""How long opening a record takes, from the question to the painted page."""

import os
import statistics
import tempfile
import time
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from fieldguide.assets import path
from fieldguide.domain.records import Ref
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.access import Access
from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.pages.record import RecordPage
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

Figure = tuple[str, float, str, float | None]

NOW = datetime(2026, 11, 24, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
OPENED = 100
ROUNDS = 3
LIMIT_MS = 16.0
SETTLE_S = 0.03


def figures() -> list[Figure]:
    """Name, value, unit and the limit (None when it is only told) of each figure."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    theme.load_fonts()
    guide_file = path("guide.db")
    with tempfile.TemporaryDirectory() as folder:
        both = _open_records(app, guide_file, Path(folder))
    times, whole = [one for one, _ in both], [one for _, one in both]
    return [
        ("opening a record page, p95", _percentile(times, 95), "ms", LIMIT_MS),
        ("opening a record page, p50", statistics.median(times), "ms", None),
        ("opening a record page, slowest", max(times), "ms", None),
        ("the same with the column at its side, p95", _percentile(whole, 95), "ms", None),
    ]


def _open_records(app: QApplication, guide_file: Path, profile: Path) -> list[tuple[float, float]]:
    guide = Worker("guide", lambda: Guide.open(guide_file), Guide.close)
    notes = Worker("notes", lambda: open_notebook(profile, create=True), Notebook.close)
    look = Look(Theme("light"), Preferences())
    theme.apply(app, look.theme)
    page = RecordPage(Desk(guide, notes, look, lambda: NOW, False, profile, Access(profile)))
    page.resize(1076, 800)
    page.show()
    painted = _Painted(page)
    refs = _refs(guide_file)
    for ref in refs[:5]:
        _opened(app, page, painted, ref)
    rounds = [[_opened(app, page, painted, ref) for ref in refs] for _ in range(ROUNDS)]
    # The middle one of three: another program that takes the processor for a moment is not ours.
    times = [
        tuple(map(statistics.median, zip(*each, strict=True))) for each in zip(*rounds, strict=True)
    ]
    page.close()
    notes.close()
    guide.close()
    return times


def _refs(guide_file: Path) -> list[Ref]:
    """Records of every kind, the important ones of each first."""
    guide = Guide.open(guide_file)
    kinds = [guide.records(kind) for kind in guide.about.counts]
    guide.close()
    each = -(-OPENED // len(kinds))
    return [card.ref for cards in kinds for card in cards[:each]]


class _Painted(QObject):
    """Hears when a list or text of the page paints."""

    def __init__(self, page: RecordPage) -> None:
        super().__init__()
        self.seen = False
        for view in page.findChildren(QAbstractScrollArea):
            view.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a paint, and let it be."""
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


def _opened(
    app: QApplication, page: RecordPage, painted: _Painted, ref: Ref
) -> tuple[float, float]:
    """Milliseconds until the page has painted the record, and until its side column stands."""
    began = time.perf_counter()
    page.show_place(Place("record", ref))
    while page.shown() != ref:
        painted.seen = False
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    while not painted.seen:
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    taken = (time.perf_counter() - began) * 1_000
    while not page.whole():
        app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    app.processEvents()
    whole = (time.perf_counter() - began) * 1_000
    # What is laid out later, out of sight, is not part of the next opening.
    settled = time.perf_counter() + SETTLE_S
    while time.perf_counter() < settled:
        app.processEvents()
        time.sleep(0.002)
    return taken, whole


def _percentile(times: list[float], share: int) -> float:
    return statistics.quantiles(times, n=100)[share - 1]
