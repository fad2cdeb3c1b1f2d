"""A desk with real workers for the pages under test; any warning of Qt fails a test."""

import gc
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldguide import assets
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.preferences import Preferences
from fieldguide.services.safety import Safety
from fieldguide.storage.key_content import Cost
from fieldguide.ui import theme
from fieldguide.ui.access import Access
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.region_maps import RegionMaps
from fieldguide.ui.sweeper import sweep
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

NOW = datetime(2013, 5, 28, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
WAIT_MS = 20_000
"""Nothing takes so long; a loaded machine must not be what a test fails for."""
CHEAP = Cost(1, 64, 1)
"""What a try at a passphrase costs here: next to nothing."""
PAGE = (1076, 800)
"""What the rail leaves of a window of 1280 x 800."""

Shown = Callable[..., QWidget]
OnScreen = Callable[[QWidget], None]
Started = Callable[..., Application]
Waiter = Callable[[Callable[[], bool]], None]


@pytest.fixture(autouse=True)
def _swept() -> Iterator[None]:
    """What is left of a window is let go of here: no worker's thread must be the one to do it."""
    gc.disable()
    yield
    # Windows that are still to be deleted would be dressed once more by the next test; before
    # they go they hear what workers had answered, for nobody can be told of it afterwards.
    QCoreApplication.sendPostedEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    sweep()


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    """The application with the shipped typefaces."""
    theme.load_fonts()
    return qapp


@pytest.fixture
def desk(dressed: QApplication, guide_file: Path, tmp_path: Path) -> Iterator[Desk]:
    """The services over the built guide and a new profile, on the second day of the mission."""
    profile = tmp_path / "profile"
    guide = Worker("guide", lambda: Guide.open(guide_file), Guide.close)
    access = Access(profile, safety=Safety(profile, cost=CHEAP))
    notes = Worker("notes", access.open_notes, Notebook.close)
    backups = Worker("backups", access.backups, lambda _: None)
    look = Look(Theme("light"), Preferences())
    theme.apply(dressed, look.theme)
    regions = RegionMaps(profile)
    base = assets.path("map/base.pmtiles")
    ground = Worker("ground", lambda: Ground(base, profile), Ground.close, held=True)
    yield Desk(guide, notes, look, lambda: NOW, True, profile, access, backups, regions, ground)
    ground.close()
    regions.close()
    backups.close()
    notes.close()
    guide.close()


@pytest.fixture
def started(qtbot: QtBot, dressed: QApplication) -> Started:
    """Start the whole program over a guide and a profile, as on a day after the mission."""

    def start(guide_file: Path, profile: Path, *, welcomed: bool = True) -> Application:
        house = Application(
            dressed,
            guide_file,
            profile,
            lambda: datetime(2026, 11, 24).astimezone(),
            as_it_was=False,
            chosen=Preferences(welcomed=welcomed, scheme="light"),
        )
        qtbot.addWidget(house.window)
        house.show()
        return house

    return start


@pytest.fixture
def wear(dressed: QApplication, desk: Desk) -> Callable[[Theme], None]:
    """Change the theme as the application does."""

    def change(wanted: Theme) -> None:
        desk.look.set_theme(wanted)
        theme.apply(dressed, wanted)

    return change


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    """Show a widget in the size of a page (or another) and wait until it is on the screen."""

    def show(widget: QWidget, width: int = PAGE[0], height: int = PAGE[1]) -> QWidget:
        qtbot.addWidget(widget)
        widget.resize(width, height)
        with qtbot.waitExposed(widget):
            widget.show()
        return widget

    return show


@pytest.fixture
def on_screen(shown: Shown) -> Iterator[OnScreen]:
    """Put a page into a window that does not follow its smallest size, as the stack does not."""
    frames = []

    def put(page: QWidget) -> None:
        frame = QWidget()
        page.setParent(frame)
        page.resize(1076, 800)
        frames.append(shown(frame))
        page.show()

    yield put
    frames.clear()


@pytest.fixture
def wait_for(qtbot: QtBot) -> Waiter:
    """Wait until something is so; the test fails when it never is."""
    return lambda predicate: qtbot.waitUntil(predicate, timeout=WAIT_MS)


@pytest.fixture
def broken_desk(desk: Desk) -> Desk:
    def fail() -> Notebook:
        raise WorkspaceUnavailable("The disk is full.")

    return replace(desk, notes=Worker("notes", fail, Notebook.close))
