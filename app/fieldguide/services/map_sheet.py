"""A map that goes out alone, as a file: its stops in words beside it, its credits inside it."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from fieldguide import assets
from fieldguide.domain.measures import days_text, distance_text, weekday_text
from fieldguide.domain.runs import Scripts
from fieldguide.domain.trips import Leg
from fieldguide.maps import ground, legend, picture, style
from fieldguide.maps.labels import Box
from fieldguide.maps.legend import Chapter, Entry
from fieldguide.maps.names import names
from fieldguide.maps.projection import Margins, View
from fieldguide.maps.shapes import Area, Drawing, Shape
from fieldguide.maps.stops import Route, placed
from fieldguide.maps.svg import Plate, Press
from fieldguide.services.ground import Ground
from fieldguide.services.listed_stops import BESIDE
from fieldguide.services.paper import Spelling
from fieldguide.services.picture_files import Drawn
from fieldguide.services.programme import Trip
from fieldguide.services.typefaces import Typefaces

Ink = Literal["light", "dark", "print"]
ROOM_FOR_LIST: Final = 720.0
"""Narrower pictures are all map."""
MOST_SAID: Final = 20
"""Stops that are named to who cannot see the picture."""
_MARGIN: Final = 56.0
_PAPER: Final = {
    "land": "#FFFFFF", "window": "#FFFFFF", "line": "#D5DAD8", "water": "#D5E5EF",
    "park": "#EDF3E7", "building": "#F0EFEC",
}  # fmt: skip
"""What printing departs from the light scheme in: paper is white, and toner is dear."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Size in pixels at 100 %, colours, scripts of names, whether the stops are listed too."""

    width: float = 1280.0
    height: float = 800.0
    ink: Ink = "light"
    scripts: Scripts = "both"
    listed: bool = True


def inks(ink: Ink) -> Mapping[str, str]:
    """Name of each colour -> #RRGGBB."""
    table = tomllib.loads(assets.path("themes/tokens.toml").read_text(encoding="utf-8"))
    colors: dict[str, str] = table["dark" if ink == "dark" else "light"]
    return {**colors, **_PAPER} if ink == "print" else colors


class MapMaker:
    """Draws maps without a window, in the shipped typefaces."""

    def __init__(self, typefaces: Typefaces, ground: Ground | None = None) -> None:
        """``ground`` belongs to the thread that draws; without it there is a grid."""
        self._typefaces, self._ground = typefaces, ground

    def draw(self, trip: Trip, routes: Sequence[Route], sheet: Sheet, heading: str = "") -> Drawn:
        """The map of some days; ``heading`` names them where it is not the days alone."""
        spelling = Spelling(self._typefaces)
        press = Press(inks(sheet.ink), self._typefaces.width, spelling.text)
        title = heading or _days(routes)
        left = legend.LIST_WIDTH if sheet.listed and sheet.width >= ROOM_FOR_LIST else 0.0
        plates = [
            self._map(trip, routes, Box(left, 0, sheet.width, sheet.height), press, sheet.scripts)
        ]
        if left:
            subtitle = f"{trip.mission.title}. Times in {trip.about.city}."
            listed = legend.beside(
                title, subtitle, _chapters(routes, sheet.scripts), sheet.height, press.measure
            )
            plates.append(Plate(Box(0, 0, left, sheet.height), "surface", tuple(listed)))
        svg = press.svg(sheet.width, sheet.height, f"Map: {title}", plates)
        said = f"Map, {title}: {_said(routes, sheet.scripts)}"
        return Drawn(svg, sheet.width, sheet.height, spelling.text(title), spelling.text(said))

    def _map(
        self, trip: Trip, routes: Sequence[Route], box: Box, press: Press, scripts: Scripts
    ) -> Plate:
        width, height = box.right - box.left, box.bottom - box.top
        credit = self._credit(trip, routes)
        edge = min(_MARGIN, width / 8)
        below = legend.depth(width, credit, press.measure) + legend.EDGE + edge / 2
        margins = Margins(edge, edge, edge, min(below, height / 2))
        view = View.fit(picture.spots(routes), width, height, margins, style.LEAST_M)
        scale = picture.scale_bar(view, 1.0)
        words = f"{distance_text(scale.metres)} · north is up"
        if _uncertain(routes, view):
            words += " · dashed circle: the stop lies somewhere inside"
        foot, beneath = legend.foot(height, width, scale, words, credit, press.measure)
        plain = self._ground is None or self._ground.bare
        drawing = Drawing(1.0, press.measure, (foot,), _distances(routes), plain, scripts=scripts)
        stops = picture.draw(routes, view, drawing)
        around = replace(drawing, taken=(foot, *stops.boxes))
        circles = [shape for shape in stops.shapes if isinstance(shape, Area)]
        others = [shape for shape in stops.shapes if not isinstance(shape, Area)]
        land, named = self._below(view, around, scripts)
        # The circles lie below the names of the ground, which must be read.
        shapes = (*land, *circles, *named, *others, *beneath) if stops.shapes else ()
        return Plate(box, "land" if plain else "water", shapes)

    def _below(
        self, view: View, drawing: Drawing, scripts: Scripts
    ) -> tuple[Sequence[Shape], Sequence[Shape]]:
        """The ground, and its names around what the stops take."""
        if self._ground is None or drawing.plain:
            return (), ()
        tiles = self._ground.tiles
        return ground.drawn(view, 1.0, tiles), names(view, drawing, tiles, scripts)

    def _credit(self, trip: Trip, routes: Sequence[Route]) -> str:
        """To whom the ground and the positions are owed."""
        parts = list(self._ground.credits()) if self._ground is not None else []
        if sources := trip.credits(routes):
            parts.append(f"Positions: {'; '.join(sources)}")
        return " · ".join(parts)


def _uncertain(routes: Sequence[Route], view: View) -> bool:
    """Whether a circle is drawn around a stop."""
    return any(
        stop.position.radius_m / view.metres_per_pixel(stop.position.lat) > style.DISC_RADIUS
        for stop in placed(routes)
        if stop.position is not None
    )


def _said(routes: Sequence[Route], scripts: Scripts) -> str:
    """What the picture shows, for who cannot see it."""
    stops = [stop for route in routes for stop in route.stops]
    words = [
        " ".join(part for part in (f"{stop.number}.", stop.visit.when.time, name or hanzi) if part)
        for stop in stops[:MOST_SAID]
        for hanzi, name in (stop.written(scripts),)
    ]
    more = len(stops) - len(words)
    return "; ".join([*words, f"and {more} more"] if more else words) or "no stops"


def _days(routes: Sequence[Route]) -> str:
    days = [route.date for route in routes if route.date]
    if not days:
        return "Places"
    return weekday_text(days[0]) if days[0] == days[-1] else days_text(days[0], days[-1])


def _chapters(routes: Sequence[Route], scripts: Scripts) -> list[Chapter]:
    return [
        Chapter(
            "Not on the programme" if route.day == BESIDE else weekday_text(route.date),
            route,
            tuple(_entries(route, scripts)),
        )
        for route in routes
        if route.stops
    ]


def _entries(route: Route, scripts: Scripts) -> list[Entry]:
    onward = {leg.origin: onward_text(leg) for leg in route.legs}
    return [
        Entry(
            stop,
            stop.visit.when.time,
            stop.visit.address_zh or stop.visit.address,
            onward.get(stop.visit.ref, ""),
            scripts,
        )
        for stop in route.stops
    ]


def onward_text(leg: Leg) -> str:
    """The way to the next stop as far as it is known, in one line or two."""
    return f"→ {leg.travel.brief}\n{_apart(leg)}" if leg.travel else f"→ {_apart(leg)}"


def _apart(leg: Leg) -> str:
    if leg.metres is None:
        return "distance not known"
    if leg.close_by:
        return f"within {distance_text(leg.uncertain_m)}"
    return f"{distance_text(leg.metres, leg.uncertain_m)} in a straight line"


def _distances(routes: Sequence[Route]) -> dict[tuple[int, int], str]:
    return {
        (route.day, stop.number): text
        for route in routes
        for stop, leg in zip(route.stops, route.legs, strict=False)
        if (text := "\n".join(_along(leg)))
    }


def _along(leg: Leg) -> Iterator[str]:
    if leg.travel is not None:
        yield leg.travel.brief
    if leg.metres is not None and not leg.close_by:
        yield f"straight line {distance_text(leg.metres, leg.uncertain_m)}"
