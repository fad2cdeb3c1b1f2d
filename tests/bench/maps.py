"""The map: how soon it is there, what moving it costs the thread of the window, what it holds.

All in one process without a screen, 1280 x 800; each time is also told as a ratio to showing a
picture that is ready.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from fieldguide import assets
from tests.street_map import street_map

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from fieldguide.ui.map_view import MapView

Figure = tuple[str, float, str, float | None]
ROOT = Path(__file__).resolve().parents[2]
SIZE = (1280, 800)
FRAME_S = 1 / 60
FRAMES = 300
PANNED_S = 60
HELSINKI, SHANGHAI = (60.1705, 24.9440), (31.23, 121.2)
STREET, REGION = 1.2, 90.0
"""Metres per pixel at the equator."""


def figures() -> list[Figure]:
    """Name, value, unit and the limit of each figure."""
    with tempfile.TemporaryDirectory() as folder:
        profile = _profile(Path(folder))
        found = []
        for what in ("times", "memory"):
            for line in _child(what, profile):
                name, value, unit, limit = line.split("\t")
                found.append((name, float(value), unit, float(limit) if limit else None))
        return found


def _profile(folder: Path) -> Path:
    from fieldguide.services.regions import Regions

    Regions(folder / "profile").add(street_map())
    return folder / "profile"


def _child(what: str, profile: Path) -> list[str]:
    paths = os.pathsep.join((str(ROOT / "app"), str(ROOT)))
    environment = {**os.environ, "PYTHONPATH": paths, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.maps", what, str(profile)],
        env=environment, cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the map cannot be measured: {done.stderr[-2000:]}")
    return done.stdout.splitlines()


def _say(name: str, value: float, unit: str, limit: float | None = None) -> None:
    print(f"{name}\t{value}\t{unit}\t{'' if limit is None else limit}", flush=True)


@contextmanager
def _view(profile: Path, place: tuple[float, float], resolution: float) -> "Iterator[MapView]":
    """A map in the size of a whole window, of one stop that is looked at from so far."""
    from fieldguide.domain.records import Position, Ref, When
    from fieldguide.domain.trips import Visit
    from fieldguide.maps.projection import View
    from fieldguide.maps.stops import Route, Stop
    from fieldguide.services.ground import Ground
    from fieldguide.services.preferences import Preferences
    from fieldguide.ui.desk import Look
    from fieldguide.ui.map_view import MapView
    from fieldguide.ui.tasks import Worker
    from fieldguide.ui.theme import Theme

    base = assets.path("map/base.pmtiles")
    worker = Worker("ground", lambda: Ground(base, profile), Ground.close, held=True)
    when = When("2013-05-28", zone="Asia/Shanghai")
    position = Position(*place, "street", "measured")
    visit = Visit(Ref("visit", "one"), "A stop", "一站", "", when, "", position=position)
    view = MapView(Look(Theme(), Preferences()), worker)
    view.resize(*SIZE)
    view.show_routes([Route(1, "2013-05-28", (Stop(1, 1, visit),), ())], {}, "", "")
    view.look_from(View(*place, resolution, *SIZE))
    view.show()
    yield view
    view.close()
    view.deleteLater()
    worker.close()


def _until(ready: Callable[[], bool], most_s: float = 20.0) -> float:
    """Milliseconds until it is so; the program runs meanwhile."""
    from PySide6.QtCore import QCoreApplication, QEventLoop

    began = time.perf_counter()
    while not ready():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 2)
        # Waiting in Python keeps no other thread from the processor.
        time.sleep(0.0005)
        if time.perf_counter() - began > most_s:
            raise RuntimeError("the map never got ready")
    return (time.perf_counter() - began) * 1e3


def _frames(widget: "QWidget", moves: Iterator[Callable[[], None]]) -> list[float]:
    """Milliseconds that each move, its paint and what arrived meanwhile took of the thread."""
    from PySide6.QtCore import QCoreApplication

    took = []
    for move in moves:
        began = time.perf_counter()
        move()
        widget.repaint()
        QCoreApplication.processEvents()
        spent = time.perf_counter() - began
        took.append(spent * 1e3)
        time.sleep(max(0.0, FRAME_S - spent))
    return took


def _pans(view: "MapView") -> Iterator[Callable[[], None]]:
    """There and back again, at a speed of ten screens a minute and more."""
    for number in range(FRAMES):
        leg = number // 60 % 4
        across, down = ((9, 3), (-4, 7), (-9, -3), (4, -7))[leg]
        yield partial(view.pushed.emit, across, down)


def _zooms(view: "MapView") -> Iterator[Callable[[], None]]:
    """Pans with a step of zoom now and then, in and out by turns."""
    from PySide6.QtCore import QPointF

    for number, pan in enumerate(_pans(view)):
        if number % 20 == 10:
            factor = (1.5, 1.5, 1 / 1.5, 1 / 1.5)[number // 20 % 4]
            yield partial(view.scaled.emit, factor, QPointF(500, 400))
        else:
            yield pan


def _blit(view: "MapView") -> float:
    """Milliseconds of the median frame of a widget that only shows a picture of the same size."""
    from PySide6.QtGui import QPainter, QPaintEvent
    from PySide6.QtWidgets import QWidget

    picture = view.grab()

    class Shown(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:
            painter = QPainter(self)
            painter.drawPixmap(0, 0, picture)
            painter.end()

    widget = Shown()
    widget.resize(*SIZE)
    widget.show()
    took = _frames(widget, (lambda: None for _ in range(60)))
    widget.close()
    return median(took)


def _tell(name: str, took: list[float], blit: float, limits: tuple[float, float]) -> None:
    cuts = quantiles(took, n=100)
    for share, limit in zip((95, 99), limits, strict=True):
        _say(f"{name}, p{share}", cuts[share - 1], "ms", limit)
        _say("  as a ratio to showing a picture", cuts[share - 1] / blit, "x")
    _say(f"{name}, longest", max(took), "ms")


def _times(profile: Path) -> None:
    with _view(profile, SHANGHAI, REGION) as view:
        first = _until(lambda: view.complete)
        blit = _blit(view)
        _say("map opened until its picture is whole, region", first, "ms", 250.0)
        _say("  as a ratio to showing a picture", first / blit, "x")
        _say("showing a picture of the same size, median", blit, "ms")
        _tell("pan of the region", _frames(view, _pans(view)), blit, (8.0, 16.0))
    with _view(profile, HELSINKI, STREET) as view:
        cold = _until(lambda: view.complete)
        _say("street map opened cold until whole", cold, "ms", 500.0)
        _say("  as a ratio to showing a picture", cold / blit, "x")
        _tell("pan and zoom of streets", _frames(view, _zooms(view)), blit, (10.0, 16.0))
        waits = []
        for way in ((400, 0), (0, 400), (-900, 0), (0, -900), (500, 500)):
            view.pushed.emit(*way)
            waits.append(_until(lambda: view.complete))
        _say("new streets after a leap, longest", max(waits), "ms", 300.0)


def _memory(profile: Path) -> None:
    with _view(profile, HELSINKI, STREET) as view:
        _until(lambda: view.complete)
        end = time.monotonic() + PANNED_S
        while time.monotonic() < end:
            _frames(view, _zooms(view))
        _say(f"memory after {PANNED_S} s of panning over streets", _resident_mb(), "MB", 250.0)


def _resident_mb() -> float:
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("this system does not say what a process holds")


def main() -> None:
    """What a child is asked to measure."""
    from PySide6.QtWidgets import QApplication

    from fieldguide.ui import tasks, theme

    tasks.take_short_turns()
    app = QApplication([])
    theme.load_fonts()
    theme.apply(app, theme.Theme())
    {"times": _times, "memory": _memory}[sys.argv[1]](Path(sys.argv[2]))


if __name__ == "__main__":
    main()
