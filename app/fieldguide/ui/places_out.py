"""The way of places into a file for other programs: maps on a phone, globes, spreadsheets."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.errors import BadRequest, FieldGuideError
from fieldguide.maps.stops import Route
from fieldguide.services.guide import Guide
from fieldguide.services.places import Places, of_routes
from fieldguide.services.places_out import FORMATS, format_of, save_places
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import Desk, Look
from fieldguide.ui.parts import ToolButton, key_text

KEY: Final = "Ctrl+Shift+E"
FIRST: Final = "gpx"
"""The format that is offered first: every map program reads it."""
MOST_NAMED: Final = 3
"""Names that one sentence has room for."""


class PlacesButton(ToolButton):
    """Saves the places of the page it stands on."""

    def __init__(self, look: Look, pressed: Callable[[], object]) -> None:
        words = self.tr("Save places for other programs ({key})")
        super().__init__(look, "file-down", words.format(key=key_text(KEY)), pressed)
        self.setShortcut(KEY)


class PlacesOut(QObject):
    """Asks where to and in which format, and writes on the thread of the guide."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page

    def save(self, stem: str, gather: Callable[[Guide], Places]) -> None:
        """Write what ``gather`` finds on the guide's thread; ``stem`` is a name for the file."""
        filters = {
            self.tr("GPX, for maps on a phone (*.gpx)"): FIRST,
            self.tr("KML, for globes (*.kml)"): "kml",
            self.tr("GeoJSON, for map makers (*.geojson)"): "geojson",
            self.tr("Tables (*.csv)"): "csv",
            self.tr("JSON, for scripts (*.json)"): "json",
        }
        chosen, kind = QFileDialog.getSaveFileName(
            self._page, self.tr("Save places"), f"{stem}.{FIRST}", ";;".join(filters)
        )
        if not chosen:
            return
        asked = Path(chosen)
        path = named(asked, filters.get(kind, FIRST))

        def write(guide: Guide) -> Places:
            if path != asked and path.exists():
                # The dialog asked whether to replace another.
                raise BadRequest(f"“{path.name}” is there already; choose another name for it.")
            return save_places(gather(guide), path, format_of(path))

        self._desk.guide.do(write, lambda found: self._written(found, path), self._failed)

    def save_routes(self, trip: Trip, routes: Sequence[Route], heading: str) -> None:
        """Write what a map shows under a heading; what it cannot show is told by name."""
        days = {route.date for route in routes}
        one = days.pop() if len(days) == 1 else ""
        undated = () if one else trip.undated
        title, title_zh = f"{trip.mission.title}, {heading}", trip.mission.title_zh
        self.save(
            f"places-{one}" if one else "places",
            lambda _: of_routes(title, title_zh, routes, trip.sources, undated),
        )

    def _written(self, found: Places, path: Path) -> None:
        count = len(found.placed)
        words = self.tr("1 place written to {file}") if count == 1 else ""
        words = words or self.tr("{number} places written to {file}")
        said = words.format(number=count, file=path.name)
        if lost := found.lost_names:
            names = ", ".join(lost[:MOST_NAMED])
            if (more := len(lost) - MOST_NAMED) > 0:
                names = self.tr("{names} and {number} more").format(names=names, number=more)
            told = self.tr("{said}; no position is known for {names}")
            said = told.format(said=said, names=names)
        self.said.emit(said)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))


def named(path: Path, form: str) -> Path:
    """A typed name with the ending of a format: its own where it has one, else that of ``form``."""
    typed = path.suffix.removeprefix(".").casefold()
    if typed in FORMATS and typed != FIRST:
        return path.with_suffix(f".{typed}")
    return path.with_suffix(f".{form}") if typed == FIRST else path.with_name(f"{path.name}.{form}")
