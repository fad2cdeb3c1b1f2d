"""The map of a day or of all days, with its stops as a list beside it."""

from dataclasses import replace
from itertools import pairwise
from zoneinfo import ZoneInfo

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.records import Ref
from fieldguide.maps.stops import Route, Stop, placed
from fieldguide.services.labelling import Collected, collected
from fieldguide.services.listed_stops import Listed, only, read_listed
from fieldguide.services.programme import Trip, read_trip
from fieldguide.ui.booklet_out import BookletOut, PrintButton
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.discs import day_dot
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.list_filter import STARRED, ListFilter
from fieldguide.ui.map_rows import MapRows
from fieldguide.ui.map_view import MapView
from fieldguide.ui.page import Page
from fieldguide.ui.parts import IconButton, ToolButton, clear, label, rule
from fieldguide.ui.picture_out import PictureOut
from fieldguide.ui.places_out import PlacesButton, PlacesOut
from fieldguide.ui.slots import SlotList
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.trip import (
    LONG,
    SHORT,
    day_text,
)

LIST, WIDE = 344, 820
ALL = "all"


class TripMapPage(Page):
    """A place's detail is an ISO day, ALL, STARRED or ``shortlists:`` and a name; without one it
    is the day of the clock, or else all days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Map"))
        self._trip: Trip | None = None
        self._wanted = ""
        self._listed: Listed | None = None
        self._routes: tuple[Route, ...] = ()
        self._shown: Trip | None = None
        self._rows = MapRows(self)
        self._map_first = True
        self.days: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._title = ScriptLabel(self.tr("Map"), desk.look.theme, "title")
        self._chooser = QWidget()
        self._flow = FlowLayout()
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._chooser.setLayout(self._flow)
        self._filter = ListFilter(desk.look)
        self._filter.chosen.connect(self._show_listed)
        self._places = PlacesButton(desk.look, self._save_places)
        self._places_out = PlacesOut(desk, self)
        self._places_out.said.connect(self.said)
        self._head = ScriptLabel("", desk.look.theme, "section")
        self._turn = IconButton(desk.look, "list", "", self._turn_over)
        words = self.tr("Driver card of the stop that is marked")
        self.driver = ToolButton(desk.look, "car-taxi-front", words, self._drive)
        self._out = PictureOut(desk, self)
        self._out.said.connect(self.said)
        self.print = PrintButton(desk.look)
        self.print.wanted.connect(self._print)
        self.picture = self.print.offer(self.tr("Picture of the map…"), self._save_picture)
        self._booklet = BookletOut(desk, self)
        self._booklet.said.connect(self.said)
        self.stops = SlotList(desk.look, self.tr("Stops"), clock=False)
        self.stops.opened.connect(self.opened)
        self.stops.copied.connect(self._copied)
        self.stops.selectionModel().selectionChanged.connect(self._mark)
        self.map = MapView(desk.look, desk.ground)
        self.map.opened.connect(lambda stop: self.opened.emit(Place("record", stop.visit.ref)))
        self.map.hovered.connect(self._follow)
        if desk.regions is not None:
            desk.regions.changed.connect(self.map.renew)
        self._build()
        desk.planner.changed.connect(self._read)
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Show a day, or all of them."""
        self._wanted = place.detail
        if place.detail == STARRED or ":" in place.detail:
            self._filter.want(place.detail)
            self._wanted = ALL
        if self._trip is None:
            self._read()
        else:
            self._show(self._trip)
        self.desk.notes.ask("map-labels", collected, self._take_labels, lambda _: None)

    def _read(self) -> None:
        self.desk.guide.ask("map", read_trip, self._arrived)

    def heading(self) -> str:
        """The map and its day."""
        return f"{super().heading()}: {self._head.text()}" if self._head.text() else ""

    def hanzi(self) -> str:
        """Those of the stop that is marked in the list."""
        chosen = self.stops.selectionModel().selectedIndexes()
        return self.stops.items.item(chosen[0].row()).copies if chosen else ""

    def goal(self) -> Ref | None:
        """The stop that is marked."""
        chosen = self.stops.selectionModel().selectedIndexes()
        place = self.stops.items.item(chosen[0].row()).place if chosen else None
        return place.ref if place is not None else None

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        margin = theme.px(24)
        self._top.setContentsMargins(margin, theme.px(14), margin, theme.px(14))
        self._top.setSpacing(theme.px(16))
        self._flow.setSpacing(theme.px(6))
        self._side_head.setContentsMargins(margin, theme.px(12), theme.px(16), theme.px(4))
        # With the ring and the margin of a row its words stand below the heading.
        self._side_list.setContentsMargins(theme.px(8) - theme.focus_width, 0, 0, 0)
        for day, button in self.days.items():
            self._dress(day, button)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """List and map side by side, or one at a time."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._top = QHBoxLayout()
        self._top.addWidget(self._title)
        self._top.addWidget(self._chooser, 1)
        self._top.addWidget(self._filter)
        self._top.addWidget(self.print)
        self._top.addWidget(self._places)
        self._top.addWidget(self._turn)
        self._side = QWidget()
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._side_head = QHBoxLayout()
        self._side_head.addWidget(self._head, 1)
        self._side_head.addWidget(label(self.tr("straight lines only"), "caption", "t2"))
        self._side_head.addWidget(self.driver)
        column.addLayout(self._side_head)
        self._side_list = QVBoxLayout()
        self._side_list.addWidget(self.stops)
        column.addLayout(self._side_list, 1)
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._side)
        body.addWidget(self.map, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._top)
        whole.addWidget(rule())
        whole.addLayout(body, 1)

    def _arrange(self) -> None:
        theme = self.desk.look.theme
        wide = self.width() >= WIDE * theme.scale
        self._turn.setVisible(not wide)
        self._turn.setText(self.tr("List") if self._map_first else self.tr("Map"))
        self._turn.set_theme(theme)
        self.print.set_narrow(not wide)
        self._side.setVisible(wide or not self._map_first)
        self.map.setVisible(wide or self._map_first)
        self._side.setMinimumWidth(theme.px(LIST) if wide else 0)
        self._side.setMaximumWidth(theme.px(LIST) if wide else WIDEST)

    def _drive(self) -> None:
        self.opened.emit(Place(DRIVER, self.goal()))

    def _turn_over(self) -> None:
        self._map_first = not self._map_first
        self._arrange()

    def _arrived(self, trip: Trip) -> None:
        self._trip = trip
        clear(self._flow)
        self.days.clear()
        days = [(route.date, day_text(route.date, SHORT)) for route in trip.routes]
        for day, text in (*days, (ALL, self.tr("All days"))):
            button = QPushButton(text)
            button.setCheckable(True)
            button.setProperty("dense", "true")
            button.setAccessibleName(text if day == ALL else day_text(day, LONG))
            button.clicked.connect(self._choose)
            self._group.addButton(button)
            self._flow.addWidget(button)
            self.days[day] = button
            self._dress(day, button)
        # Tab comes to the days first, though they are the last to be there.
        zooms = self.map.findChildren(QAbstractButton)
        heads = (*self.days.values(), self._filter, self.print, self._places, self._turn)
        chain = (*heads, self.stops, self.map, *zooms)
        for before, after in pairwise(chain):
            self.setTabOrder(before, after)
        self._show(trip)
        self._find_listed(anew=True)

    def _dress(self, day: str, button: QPushButton) -> None:
        route = self._trip.route(day) if self._trip is not None else None
        if route is not None:
            theme = self.desk.look.theme
            button.setIcon(day_dot(theme, route.day))
            button.setIconSize(QSize(theme.px(12), theme.px(8)))

    def _choose(self) -> None:
        chosen = next(day for day, button in self.days.items() if button is self.sender())
        self.opened.emit(Place("map", detail=chosen))

    def _take_labels(self, found: Collected) -> None:
        self._filter.take(found)
        self._find_listed()

    def _show_listed(self) -> None:
        """Another list is seen on all days at once, with what no visit leads to."""
        if self._filter.refs() is not None:
            self._wanted = ALL
        self._find_listed()

    def _find_listed(self, *, anew: bool = False) -> None:
        """Ask what is on the list; ``anew`` where the programme may have begun to lead there."""
        trip, refs = self._trip, self._filter.refs()
        if trip is None or refs is None:
            self._take_listed(None)
        elif anew or self._listed is None or self._listed.refs != refs:
            self.desk.guide.ask(
                "map-listed", lambda guide: read_listed(guide, refs, trip), self._take_listed
            )
        else:
            self._take_listed(self._listed)

    def _take_listed(self, listed: Listed | None) -> None:
        changed, self._listed = listed != self._listed, listed
        if self._trip is not None and changed:
            self._show(self._trip)

    def _show(self, trip: Trip) -> None:
        today = self.desk.clock().astimezone(ZoneInfo(trip.about.zone)).date().isoformat()
        route = trip.route(self._wanted or today)
        self.days[route.date if route else ALL].setChecked(True)
        trip, routes = self._narrowed(trip, (route,) if route else trip.routes)
        self._routes, self._shown = routes, trip
        name = day_text(route.date, LONG) if route else self.tr("All days")
        self._head.setText(name)
        credit = ""
        if sources := trip.credits(routes):
            credit = self.tr("Positions: {sources}").format(sources="; ".join(sources))
        nothing = self.tr("No position is known for any stop of this day.")
        if self._listed is not None:
            nothing = self.tr("Nothing on this list has a known position here.")
        elif route is not None and not route.stops:
            nothing = self.tr("No visit is planned on this day.")
        self.map.show_routes(routes, self._rows.distances(routes), credit, nothing)
        self.stops.show_slots(self._rows.slots(trip, routes, many=route is None))
        count = len(placed(routes))
        self.map.setAccessibleName(
            self.tr("Map of {day}: {count} stops, as in the list").format(day=name, count=count)
        )
        keys = self.tr("Arrows move it, plus and minus zoom, 0 shows all stops.")
        self.map.setAccessibleDescription(keys)

    def _narrowed(self, trip: Trip, routes: tuple[Route, ...]) -> tuple[Trip, tuple[Route, ...]]:
        """What of it is on the list that is asked for, and on all days what is only there."""
        listed = self._listed
        if listed is None:
            return trip, routes
        narrowed = [part for route in routes for part in only(route, listed.refs)]
        if len(routes) > 1:
            narrowed += listed.routes
        sources = {**trip.sources, **(listed.sources or {})}
        return replace(trip, undated=(), sources=sources), tuple(narrowed)

    def _save_places(self) -> None:
        if self._shown is not None:
            self._places_out.save_routes(self._shown, self._routes, self._head.text())

    def _mark(self) -> None:
        chosen = self.stops.selectionModel().selectedIndexes()
        slot = self.stops.items.item(chosen[0].row()) if chosen else None
        place = slot.place if slot is not None else None
        stops = placed(self._routes) if place else []
        self.map.select(next((s for s in stops if place and s.visit.ref == place.ref), None))

    def _print(self, one_day: bool, questions: bool) -> None:
        days = {route.date for route in self._routes}
        self._booklet.save(days.pop() if one_day and len(days) == 1 else "", questions=questions)

    def _save_picture(self) -> None:
        if self._trip is not None:
            days = {route.date for route in self._routes}
            heading = "" if len(days) == 1 and "" not in days else self._head.text()
            name = f"map-{days.pop()}" if len(days) == 1 and not heading else "map"
            self._out.save(self._trip, self._routes, heading, name)

    def _follow(self, stop: Stop | None) -> None:
        """Mark in the list the stop that the pointer is on."""
        for row in range(self.stops.items.rowCount() if stop is not None else 0):
            place = self.stops.items.item(row).place
            if place is not None and stop is not None and place.ref == stop.visit.ref:
                self.stops.setCurrentIndex(self.stops.items.index(row))
                break

    def _copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))
