"""The way of a drawn map into a file: asks where to, and draws apart from the window."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide import assets
from fieldguide.maps.stops import Route
from fieldguide.services import picture_files
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker, Sheet
from fieldguide.services.paper import Paper
from fieldguide.services.programme import Trip
from fieldguide.services.typefaces import Typefaces
from fieldguide.ui.desk import Desk


class PictureOut(QObject):
    """Writes the stops that a page shows as PNG, SVG or PDF, on the thread of the guide."""

    said = Signal(str)

    def __init__(self, desk: Desk, page: QWidget) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._typefaces = Typefaces(assets.path("fonts"))
        self._paper = Paper(self._typefaces, assets.path("templates"))

    def save(self, trip: Trip, routes: Sequence[Route], heading: str, name: str) -> None:
        """Ask for a file, ``name`` being the one that is proposed, and write it."""
        kinds = self.tr("PNG picture (*.png);;SVG drawing (*.svg);;PDF page (*.pdf)")
        chosen, kind = QFileDialog.getSaveFileName(
            self._page, self.tr("Save picture"), f"{name}.png", kinds
        )
        if not chosen:
            return
        path = Path(chosen)
        if not path.suffix:
            path = path.with_name(path.name + kind[kind.rfind(".") : -1])
        look = self._desk.look
        sheet = Sheet(ink=look.theme.scheme, scripts=look.preferences.scripts)
        today = self._desk.clock().date()

        def write(_: Guide) -> None:
            picture_files.check_kind(path)
            with closing(Ground(assets.path("map/base.pmtiles"), self._desk.profile)) as ground:
                drawn = MapMaker(self._typefaces, ground).draw(trip, routes, sheet, heading)
            picture_files.save(drawn, path, self._paper, today)

        def done(_: None) -> None:
            words = self.tr("Picture saved as {file} in {folder}")
            self.said.emit(words.format(file=path.name, folder=path.absolute().parent))

        self._desk.guide.do(write, done, lambda problem: self.said.emit(str(problem)))
