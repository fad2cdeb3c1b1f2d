"""The days of a mission as plain data for printed pages: what, when, with whom, how to get on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from fieldguide.domain.measures import days_text, distance_text, weekday_text
from fieldguide.domain.records import Link, Record, Ref
from fieldguide.domain.trips import Leg, Visit, home_time
from fieldguide.maps.stops import Route, Stop, placed
from fieldguide.maps.style import day_color
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker, Sheet
from fieldguide.services.programme import Trip
from fieldguide.services.visiting import ToAsk

Questions = Mapping[Ref, Sequence[str]]
"""Visit -> what one wants to ask there."""
MAP: Final = Sheet(width=454.0, height=330.0, ink="print", listed=False)
"""As wide as the text of an A5 page."""
Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Programme:
    """All that the sheets of some days are made of, read at once on the guide's thread."""

    trip: Trip
    routes: tuple[Route, ...]
    people: Mapping[Ref, Record]
    sources: Mapping[str, str] = field(default_factory=dict)
    """Slug -> title of the sources that travel times come from."""


def read_programme(guide: Guide, trip: Trip, routes: Sequence[Route]) -> Programme:
    """Ask the guide who is met on these days, and who says how long the ways take."""
    visits = [stop.visit for route in routes for stop in route.stops]
    refs = {link.other for visit in visits for link in (*visit.people, *_hosts(visit))}
    told = {leg.travel.source for route in routes for leg in route.legs if leg.travel is not None}
    sources = {slug: guide.record(Ref("source", slug)).title for slug in sorted(told) if slug}
    return Programme(trip, tuple(routes), guide.brief(sorted(refs)), sources)


def own_questions(asked: Mapping[Ref, Sequence[ToAsk]]) -> Questions:
    """What one still wants to ask at each visit."""
    return {ref: [one.text for one in many if not one.done] for ref, many in asked.items()}


def front(trip: Trip, routes: Sequence[Route]) -> Table:
    """What stands on a cover: the mission, its days, and the two clocks."""
    about, days = trip.about, [route.date for route in routes]
    return {
        "guide": f"{about.title}, {about.version}",
        "dates": days_text(days[0], days[-1]) if days else "",
        "here": about.city,
        "there": about.home_city,
        "zone": about.zone,
        "days": [
            {
                "heading": weekday_text(route.date),
                "color": day_color(route.day),
                "visits": [
                    {"time": stop.visit.when.time, "name": stop.name, "zh": stop.hanzi}
                    for stop in route.stops
                ],
            }
            for route in routes
        ],
    }


def sheets(programme: Programme, questions: Questions, maker: MapMaker) -> list[Table]:
    """One sheet for each day, with its map where a stop of it has a position."""
    return [_sheet(programme, route, questions, maker) for route in programme.routes]


def hosts(programme: Programme) -> list[Table]:
    """Everybody who is named at a visit, once, in the order of the programme."""
    found: dict[Ref, Table] = {}
    for route in programme.routes:
        for stop in route.stops:
            for link in (*_hosts(stop.visit), *stop.visit.people):
                one = found.setdefault(link.other, {**_named(programme, link), "at": []})
                at = f"{weekday_text(route.date)}, {stop.name}"
                if at not in one["at"]:
                    one["at"].append(at)
    return list(found.values())


def _sheet(programme: Programme, route: Route, questions: Questions, maker: MapMaker) -> Table:
    trip = programme.trip
    legs = {leg.origin: leg for leg in route.legs}
    sheet: Table = {
        "heading": weekday_text(route.date),
        "color": day_color(route.day),
        "visits": [
            {
                **_visit(programme, stop, questions.get(stop.visit.ref, ())),
                "onward": _onward(programme, legs.get(stop.visit.ref)),
            }
            for stop in route.stops
        ],
    }
    if placed([route]):
        drawn = maker.draw(trip, [route], MAP)
        sheet["map"] = {"svg": drawn.svg, "alt": drawn.said}
    return sheet


def _visit(programme: Programme, stop: Stop, questions: Sequence[str]) -> Table:
    visit = stop.visit
    return {
        "number": stop.number,
        "time": visit.when.time,
        "end": visit.when.end_time,
        "home": home_time(visit.when, programme.trip.about.home_zone),
        "name": stop.name,
        "title": "" if stop.name in visit.title else visit.title,
        "zh": stop.hanzi,
        "pinyin": visit.pinyin,
        "address": visit.address,
        "address_zh": visit.address_zh,
        "group": visit.group,
        "hosts": [_named(programme, link) for link in _hosts(visit)],
        "people": [
            *(_named(programme, link) for link in visit.people),
            *({"name": name, "zh": "", "pinyin": "", "note": ""} for name in visit.others),
        ],
        "bring": visit.bring,
        "verify": visit.verify,
        "cancelled": visit.cancelled,
        "questions": list(questions),
        "unknown": list(_unknown(visit)),
    }


def _hosts(visit: Visit) -> list[Link]:
    """Who receives, where the place does not say it."""
    host = visit.host
    if host is None or (visit.place is not None and host.other == visit.place.other):
        return []
    return [host]


def _named(programme: Programme, link: Link) -> Table:
    record = programme.people.get(link.other)
    return {
        "name": link.title,
        "zh": link.title_zh,
        "pinyin": record.pinyin if record is not None else "",
        "note": record.summary if record is not None else link.note,
    }


def _unknown(visit: Visit) -> Iterator[str]:
    """What a traveller would need and nobody wrote down."""
    if not visit.when.time:
        yield "time"
    if not visit.address_zh:
        yield "address in Chinese" if visit.address else "address"
    if visit.host is None and not visit.people and not visit.others:
        yield "who receives"


def _onward(programme: Programme, leg: Leg | None) -> str:
    """The way to the next stop: what somebody said of it, and the straight line."""
    if leg is None:
        return ""
    parts = []
    if leg.travel is not None:
        source = programme.sources.get(leg.travel.source, "")
        parts.append(f"{leg.travel.words} ({source})" if source else leg.travel.words)
    if leg.metres is None:
        parts.append("distance not known")
    elif leg.close_by:
        parts.append(f"close by, within {distance_text(leg.uncertain_m)}")
    else:
        parts.append(f"{distance_text(leg.metres, leg.uncertain_m)} in a straight line")
    if leg.travel is None:
        parts.append("travel time not known")
    return " · ".join(parts)
