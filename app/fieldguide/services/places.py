"""Places for other programs: what stands where, when, and how exactly that is known."""

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from fieldguide.domain.records import Position, Record, Ref, When
from fieldguide.domain.trips import WEEKDAYS, Visit, parse_day
from fieldguide.maps.stops import Route, Stop
from fieldguide.services.guide import Guide
from fieldguide.services.listed_stops import BESIDE, Listed, as_visit, only, read_listed
from fieldguide.services.programme import Trip
from fieldguide.services.subject import subject

_NO_TEXT: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
"""What no XML file may hold."""
_DOOR: Final = "door"


@dataclass(frozen=True, slots=True)
class Spot:
    """One stop of a programme, or one record; its texts can stand in any file.

    ``day`` counts the days of the mission from 1 and ``number`` the stops of the day; both are 0
    for what is on no day. ``position`` is None as well where the degrees cannot be.
    """

    ref: Ref
    title: str
    name: str
    name_zh: str
    when: When
    day: int = BESIDE
    number: int = 0
    address: str = ""
    address_zh: str = ""
    position: Position | None = None
    source: str = ""
    group: str = ""
    """The part of the delegation that goes; empty for all of it."""
    way: str = ""
    """How one gets there from the stop before, as somebody told it."""
    own: bool = False
    """Whether the user planned it."""
    verify: bool = False
    """Whether it was copied from another mission, and nobody has looked since if it holds."""

    @property
    def label(self) -> str:
        """Its number of the day, its name, and its hanzi."""
        number = str(self.number) if self.day != BESIDE else ""
        return " ".join(part for part in (number, self.name, self.name_zh) if part)

    @property
    def date(self) -> str:
        """ISO day, or as much of it as is known."""
        return self.when.start

    @property
    def starts(self) -> str:
        """ISO 8601 with the offset of the place; empty without a day and a time."""
        return _moment(self.when.start, self.when.time, self.when.zone)

    @property
    def ends(self) -> str:
        """The same of its end, which is on the next day where it comes before the start."""
        day = self.when.end or self.when.start
        if not self.when.end and self.when.end_time < self.when.time and len(day) == 10:
            day = (date.fromisoformat(day) + timedelta(1)).isoformat()
        return _moment(day, self.when.end_time, self.when.zone) if self.starts else ""


@dataclass(frozen=True, slots=True)
class Places:
    """Some places in order, under one title."""

    title: str
    title_zh: str
    spots: tuple[Spot, ...]

    @property
    def placed(self) -> tuple[Spot, ...]:
        """Those whose position is known."""
        return tuple(spot for spot in self.spots if spot.position is not None)

    @property
    def lost(self) -> tuple[Spot, ...]:
        """The others."""
        return tuple(spot for spot in self.spots if spot.position is None)

    @property
    def lost_names(self) -> list[str]:
        """Their names, each with its day."""
        names = [f"{spot.name} {spot.name_zh}".rstrip() for spot in self.lost]
        return [
            f"{name} ({spot.date})" if spot.date else name
            for name, spot in zip(names, self.lost, strict=True)
        ]

    @property
    def days(self) -> dict[int, tuple[Spot, ...]]:
        """Day of the mission -> its placed stops in order; ``BESIDE`` is what is on no day."""
        days: dict[int, list[Spot]] = {}
        for spot in self.placed:
            days.setdefault(spot.day, []).append(spot)
        return {day: tuple(spots) for day, spots in days.items()}

    @property
    def remarks(self) -> list[str]:
        """What a reader of the whole must know: the datum, the lines, the sources, the gaps."""
        said = ["Positions are WGS-84. Lines between stops are straight and no roads."]
        if sources := [*dict.fromkeys(spot.source for spot in self.placed if spot.source)]:
            said.append(f"Sources of the positions: {'; '.join(sources)}.")
        if self.lost:
            said.append(f"No position is known for: {'; '.join(self.lost_names)}.")
        return said


def of_trip(trip: Trip, day: str = "") -> Places:
    """The stops of a mission or of one of its days; raises BadRequest for another day."""
    if not day:
        title, title_zh = trip.mission.title, trip.mission.title_zh
        return of_routes(title, title_zh, trip.routes, trip.sources, trip.undated)
    day = parse_day(day).isoformat()
    route = trip.asked_route(day)
    return of_routes(f"{trip.mission.title}, {day}", trip.mission.title_zh, [route], trip.sources)


def of_list(guide: Guide, trip: Trip, title: str, refs: Iterable[Ref]) -> Places:
    """The stops that lead to some records, and where the others are."""
    listed = read_listed(guide, frozenset(refs), trip)
    return of_listed(trip, title, trip.routes, listed)


def of_listed(trip: Trip, title: str, routes: Sequence[Route], listed: Listed) -> Places:
    """The same where it is known which."""
    parts = [part for route in routes for part in only(route, listed.refs)]
    sources = {**trip.sources, **(listed.sources or {})}
    return of_routes(title, "", (*parts, *listed.routes), sources)


def of_record(guide: Guide, ref: Ref) -> Places:
    """A record with its places and campuses, or a visit as it stands in the programme."""
    found = subject(guide, ref)
    record = found.record
    visit = guide.visit(ref)
    places = [stop.record for stop in found.places] or [record]
    visits = [visit] if visit is not None else [as_visit(one) for one in places]
    routes = [Route(BESIDE, "", (Stop(BESIDE, 0, one),), ()) for one in visits]
    return of_routes(record.title, record.title_zh, routes, _sources(guide, visits))


def of_routes(
    title: str,
    title_zh: str,
    routes: Sequence[Route],
    sources: Mapping[str, str],
    undated: Sequence[Visit] = (),
) -> Places:
    """All stops of some routes, then visits whose day is not known."""
    stops = [stop for route in routes for stop in route.stops]
    stops += [Stop(BESIDE, 0, visit) for visit in undated]
    return Places(_sound(title), _sound(title_zh), tuple(_spot(stop, sources) for stop in stops))


def as_row(spot: Spot) -> dict[str, Any]:
    """All that is known of a place under the names of JSON; null where it is not known."""
    position, when = spot.position, spot.when
    return {
        "ref": str(spot.ref),
        "kind": spot.ref.kind,
        "day": spot.day or None,
        "number": (spot.number or None) if spot.day != BESIDE else None,
        "date": spot.date or None,
        "time": when.time or None,
        "end_time": when.end_time or None,
        "zone": when.zone if spot.date else None,
        "starts": spot.starts or None,
        "ends": spot.ends or None,
        "title": spot.title,
        "name": spot.name,
        "name_zh": spot.name_zh or None,
        "address": spot.address or None,
        "address_zh": spot.address_zh or None,
        "lat": position.lat if position else None,
        "lon": position.lon if position else None,
        "precision": position.precision if position else None,
        "within_m": position.radius_m if position else None,
        "point": (position.stand_in or None) if position else None,
        "confidence": position.confidence if position else None,
        "source": spot.source or None,
        "group": spot.group or None,
        "way_there": spot.way or None,
        "own": spot.own,
        "verify": spot.verify,
    }


def day_name(day: int, spots: Sequence[Spot]) -> str:
    """A day by its number, its weekday and its date."""
    told = spots[0].date
    if len(told) != 10:
        return f"Day {day}"
    return f"Day {day}, {WEEKDAYS[date.fromisoformat(told).weekday()]} {told}"


def description(spot: Spot) -> list[str]:
    """What a map program shows of a place: its hours, its addresses, how exact the point is."""
    said = [line for line in (_hours(spot), spot.title) if line and line != spot.name]
    if spot.verify:
        said.append("Copied from another mission: verify again")
    if spot.group:
        said.append(f"For: {spot.group}")
    said += [text for text in (spot.address, spot.address_zh) if text]
    if spot.way:
        said.append(f"Way there: {spot.way}")
    if spot.position is not None:
        said.append(_exactness(spot.position))
    if spot.source:
        said.append(f"Position from: {spot.source}")
    return said


def _hours(spot: Spot) -> str:
    when = spot.when
    if not spot.date:
        return ""
    hours = "–".join(part for part in (when.time, when.end_time) if part)
    return f"{spot.date}, {hours} ({when.zone})" if hours else f"{spot.date}, time not known"


def _exactness(position: Position) -> str:
    within = f"within {_far(position.radius_m)} of this point"
    said = f"At the door, {within}" if position.precision == _DOOR else f"Approximate: {within}"
    return f"{said}; the point is: {position.stand_in}" if position.stand_in else said


def _far(metres: int) -> str:
    return f"{metres} m" if metres < 1_000 else f"{metres / 1_000:g} km"


def _spot(stop: Stop, sources: Mapping[str, str]) -> Spot:
    visit = stop.visit
    position = _possible(stop.position)
    return Spot(
        ref=visit.ref,
        title=_sound(visit.title),
        name=_sound(stop.name),
        name_zh=_sound(stop.hanzi),
        when=visit.when,
        day=stop.day,
        number=stop.number,
        address=_sound(visit.address),
        address_zh=_sound(visit.address_zh),
        position=position,
        source=_sound(sources.get(position.source, "")) if position else "",
        group=_sound(visit.group),
        way=_sound(visit.travel.words) if visit.travel else "",
        own=visit.own,
        verify=visit.verify,
    )


def _possible(position: Position | None) -> Position | None:
    """The same, or None for degrees that are on no globe."""
    if position is None or not all(math.isfinite(one) for one in (position.lat, position.lon)):
        return None
    if abs(position.lat) > 90 or abs(position.lon) > 180:
        return None
    return replace(position, stand_in=_sound(position.stand_in))


def _sound(text: str) -> str:
    """One line that every kind of file can hold."""
    return " ".join(_NO_TEXT.sub("\N{REPLACEMENT CHARACTER}", text).split())


def _moment(day: str, time: str, zone: str) -> str:
    if len(day) != 10 or not time:
        return ""
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone)).isoformat()


def _sources(guide: Guide, visits: Sequence[Visit]) -> dict[str, str]:
    slugs = {one.position.source for one in visits if one.position and one.position.source}
    found: dict[Ref, Record] = guide.brief([Ref("source", slug) for slug in sorted(slugs)])
    return {ref.slug: record.title for ref, record in found.items()}
