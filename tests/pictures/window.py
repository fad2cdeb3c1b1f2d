"""Pictures of the window itself, on a screen of 1280 x 800 that nobody sees."""

import json
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEventLoop
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.maps.projection import View
from fieldguide.services.preferences import Preferences
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import DRIVER, Place
from fieldguide.ui.page import Page
from fieldguide.ui.pages.programme import ProgrammePage
from fieldguide.ui.pages.trip_map import TripMapPage

NOW = datetime(2013, 5, 28, 8, 40, tzinfo=ZoneInfo("Asia/Shanghai"))
TODAY, DAY = Place("today"), Place("map", detail="2013-05-28")
ALL_DAYS, PROGRAMME = Place("map", detail="all"), Place("programme")
HELSINKI = (60.1705, 24.9440)
STREET, QUARTER = 1.2, 2.4
"""Metres per pixel at the equator."""
MOST_S = 30.0
"""Nothing takes so long, also on a computer that has much else to do."""
SIZE = (1280, 800)
SCREEN = {
    "name": "whole", "x": 0, "y": 0, "width": SIZE[0], "height": SIZE[1],
    "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
}  # fmt: skip

Shot = tuple[str, QPixmap]
Shown = TypeVar("Shown", bound=Page)


class Sitting:
    """The whole program on a morning of the mission, taken from place to place."""

    def __init__(self, profile: Path, folder: Path) -> None:
        screens = folder / "screens.json"
        screens.write_text(json.dumps({"screens": [SCREEN]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        # The platform says at each window what it cannot do.
        os.environ["QT_LOGGING_RULES"] = "default.warning=false"
        self._app = QApplication([])
        theme.load_fonts()
        chosen = Preferences(welcomed=True, scheme="light")
        self._house = Application(
            self._app, assets.guide(None), profile, lambda: NOW, as_it_was=True, chosen=chosen
        )
        self._house.show()
        self._until("the first page", lambda: bool(self._house.window.findChildren(Page)))

    def close(self) -> None:
        """Let go of the program and its files."""
        self._house.window.close()
        self._house.close()

    def wear(self, scheme: str, text: int) -> None:
        """Another scheme, and the size of the text in per cent."""
        look = self._house.desk.look
        look.prefer(replace(look.preferences, scheme=scheme, text=text))
        # What large text did to the window must not be seen in every picture after it.
        if text == 100:
            self._house.window.resize(*SIZE)

    def shot(self, place: Place) -> QPixmap:
        """The window at a place, once all that belongs to it is there."""
        self._open(place, Page)
        return self._house.window.grab()

    def programme(self) -> QPixmap:
        """The window at the programme."""
        page = self._open(PROGRAMME, ProgrammePage)
        self._until("the programme", lambda: page.ready)
        self._settle()
        return self._house.window.grab()

    def map(self, place: Place, centre: tuple[float, float] = (0, 0), near: float = 0) -> QPixmap:
        """The window at a map: all its stops, or so many metres a pixel around a centre."""
        page = self._open(place, TripMapPage)
        if near:
            page.map.look_from(View(*centre, near, page.map.width(), page.map.height()))
        self._until("the map", lambda: page.map.complete)
        return self._house.window.grab()

    def driver_card(self) -> QPixmap:
        """The screen that is held out to a driver."""
        self._open(TODAY, Page)
        driving = self._house.driving
        self._house.window.open(Place(DRIVER))
        self._until("the driver card", lambda: driving.screen is not None)
        self._settle()
        assert driving.screen is not None
        picture = driving.screen.grab()
        driving.screen.reject()
        self._until("the end of the driver card", lambda: driving.screen is None)
        return picture

    def _open(self, place: Place, kind: type[Shown]) -> Shown:
        self._house.window.open(place)
        self._settle()
        pages = self._house.window.findChildren(kind)
        return next(page for page in pages if page.isVisible())

    def _settle(self) -> None:
        """Wait until the workers have told what was asked, and what the answers led to."""
        desk = self._house.desk
        told: list[None] = []
        for times in (1, 2, 3):
            for worker in (desk.guide, desk.notes):
                worker.do(lambda _: None, told.append)
            self._until("the workers", lambda times=times: len(told) == 2 * times)

    def _until(self, what: str, ready: Callable[[], bool]) -> None:
        most = time.monotonic() + MOST_S
        self._app.processEvents()
        while not ready():
            if time.monotonic() > most:
                raise TimeoutError(f"{what} did not come within {MOST_S:g} s")
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            # Waiting in Python keeps no worker from the processor.
            time.sleep(0.002)
        self._app.processEvents()


def pictures(sitting: Sitting, *, streets: bool) -> Iterator[Shot]:
    """Name and picture of each place, in both schemes; maps and programme in large text too."""
    for scheme in ("light", "dark"):
        sitting.wear(scheme, 100)
        yield f"today-{scheme}.png", sitting.shot(TODAY)
        yield f"arrival-{scheme}.png", sitting.shot(Place("arrival"))
        yield f"driver-card-{scheme}.png", sitting.driver_card()
        if streets:
            yield f"map-quarter-{scheme}.png", sitting.map(ALL_DAYS, HELSINKI, QUARTER)
            yield f"map-streets-{scheme}.png", sitting.map(ALL_DAYS, HELSINKI, STREET)
        for text in (100, 200):
            sitting.wear(scheme, text)
            large = f"{scheme}-{text}" if text != 100 else scheme
            yield f"map-all-days-{large}.png", sitting.map(ALL_DAYS)
            yield f"map-day-{large}.png", sitting.map(DAY)
            yield f"programme-{large}.png", sitting.programme()
