"""Region maps in the settings: what is kept, one more, one away."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldguide.services.regions import Region
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import IconButton, label
from fieldguide.ui.region_maps import RegionMaps
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.settings.banner import Banner
from fieldguide.ui.settings.panel import Panel
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast
from fieldguide.ui.trip import day_text

_DAY: Final = "d MMM yyyy"


class MapsPanel(Panel):
    """One press adds or removes; a removal can be undone."""

    def __init__(self, desk: Desk, name: str, maps: RegionMaps) -> None:
        super().__init__(desk, name)
        self._maps = maps
        look = desk.look
        self._busy = False
        self._told: list[Region] = []
        self._banner = Banner(look)
        self._add = IconButton(look, "plus", self.tr("Add…"), self._choose)
        self._add.setAccessibleName(self.tr("Add a region map"))
        self._stop = IconButton(look, "x", self.tr("Stop"), maps.stop)
        self._stop.setAccessibleName(self.tr("Stop copying the map"))
        self._banner.add(self._add)
        self._banner.add(self._stop)
        self._stop.hide()
        self._banner.tell("info", self.tr("Looking for region maps…"))
        self._rows = _MapRows(desk, self._remove)
        self._toast = Toast(look)
        section = Section(look, self.tr("Region maps"))
        section.add(self._rows)
        section.add(self._toast)
        kinds = self.tr(
            "A PMTiles or MBTiles file of vector tiles, in the Protomaps basemap or OpenMapTiles "
            "schema. Maps made of pictures cannot be drawn."
        )
        ways = self.tr(
            "Choose the file here, or drop it anywhere on the window. It is checked and copied "
            "into your folder; the file that you brought stays where it is."
        )
        about = Section(look, self.tr("What can be added"))
        about.add(Statement(look, self.tr("Streets, buildings, stations"), kinds, "map"))
        about.add(Statement(look, self.tr("From a stick or a folder"), ways, "download"))
        self.fill([section], [about], [self._banner])
        maps.listed.connect(self._show)
        maps.copying.connect(self._copying)
        maps.added.connect(self._added)
        maps.removed.connect(self._removed)
        maps.stopped.connect(self._stopped)
        maps.failed.connect(self._failed)

    def refresh(self) -> None:
        """Look again what is kept."""
        self._maps.look()

    def leave(self) -> None:
        """An offer to undo holds for what one sees."""
        self._toast.dismiss()

    def _show(self, regions: list[Region]) -> None:
        held = self._rows.holds_keys()
        self._told = regions
        self._rows.show_rows(regions)
        if held:
            self._add.setFocus()
        if not self._busy:
            self._summarise()

    def _summarise(self) -> None:
        good = [one for one in self._told if not one.trouble]
        bad = len(self._told) - len(good)
        if bad:
            one = self.tr("One region map cannot be read any more.")
            more = self.tr("{number} region maps cannot be read any more.").format(number=bad)
            meaning = self.tr("What cannot be read shows nothing: remove it, and add it anew.")
            self._banner.tell("warning", one if bad == 1 else more, meaning)
        elif not good:
            meaning = self.tr("The base map shows land, water and towns, but no streets.")
            self._banner.tell("info", self.tr("There is no region map yet."), meaning)
        else:
            one = self.tr("One region map shows streets where it lies.")
            more = self.tr("{number} region maps show streets where they lie.")
            self._banner.tell("ok", one if len(good) == 1 else more.format(number=len(good)))

    def _copying(self, name: str, percent: int) -> None:
        self._set_busy(True)
        said = self.tr("Checking and copying “{name}”: {percent} %")
        self._banner.tell("info", said.format(name=name, percent=percent))

    def _added(self, region: Region) -> None:
        self._set_busy(False)
        self.said.emit(self.tr("Added the region map {name}").format(name=region.name))

    def _stopped(self) -> None:
        self._set_busy(False)
        self.said.emit(self.tr("Stopped; no map was added."))

    def _failed(self, sentence: str) -> None:
        self._set_busy(False)
        self.said.emit(sentence)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self._stop.setVisible(busy)

    def _removed(self, name: str) -> None:
        words = self.tr("Removed {name}").format(name=name)
        self._toast.offer(words, self.tr("Undo"), partial(self._maps.put_back, name))

    def _remove(self, region: Region) -> None:
        self._maps.remove(region.name)

    def _choose(self) -> None:
        kinds = self.tr("Maps of vector tiles (*.pmtiles *.mbtiles)")
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Add a region map"), "", kinds)
        if chosen:
            self._toast.dismiss()
            self._maps.add(Path(chosen))


class _MapRows(QWidget):
    """A statement for each map, with the button that removes it."""

    def __init__(self, desk: Desk, removed: Callable[[Region], None]) -> None:
        super().__init__()
        self._desk, self._removed = desk, removed
        self._rows: dict[Region, tuple[Statement, IconButton]] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._none = label(self.tr("None yet."), "body", "t3")
        self._column.addWidget(self._none)
        self.set_theme(desk.look.theme)

    def show_rows(self, regions: list[Region]) -> None:
        """Put these in the place of what was shown."""
        self._none.setVisible(not regions)
        for region in [one for one in self._rows if one not in regions]:
            row, _ = self._rows.pop(region)
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        for place, region in enumerate(regions):
            if region not in self._rows:
                self._rows[region] = self._row(region)
                self._column.insertWidget(place, self._rows[region][0])

    def holds_keys(self) -> bool:
        """Whether the keys are on one of its buttons."""
        return any(button.hasFocus() for _, button in self._rows.values())

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(12))

    def _row(self, region: Region) -> tuple[Statement, IconButton]:
        look = self._desk.look
        icon, tone = ("triangle-alert", "warning") if region.trouble else ("map", "accent")
        row = Statement(look, region.name, self._words(region), icon, tone)
        remove = IconButton(look, "", self.tr("Remove"), partial(self._removed, region), "link")
        remove.setAccessibleName(self.tr("Remove the map {name}").format(name=region.name))
        row.add(remove)
        return row, remove

    def _words(self, region: Region) -> str:
        size = self.tr("{size} kB").format(size=f"{region.size / 1e3:.0f}")
        if region.size >= 1e6:
            size = self.tr("{size} MB").format(size=f"{region.size / 1e6:.1f}")
        added = self.tr("added {day}").format(day=day_text(region.added.isoformat(), _DAY))
        if region.trouble:
            return f"{size} · {added}\n{region.trouble}"
        parts = [size, added]
        if region.data_of:
            day = day_text(region.data_of, _DAY)
            parts.insert(1, self.tr("data of {day}").format(day=day))
        low, high = region.zooms or (0, 0)
        parts += [self.tr("zooms {low}–{high}").format(low=low, high=high), region.schema]
        owed = region.licence or self.tr("The file does not say under which licence it is.")
        return f"{' · '.join(parts)}\n{owed}"
