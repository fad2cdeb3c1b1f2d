"""What the command line draws and prints: maps as pictures, and the mission on paper."""

import argparse
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from fieldguide import assets
from fieldguide.asking import own_notes
from fieldguide.domain.records import Ref
from fieldguide.domain.travel import Hotel
from fieldguide.domain.trips import parse_day, parse_moment
from fieldguide.errors import BadRequest
from fieldguide.maps.stops import Route, placed
from fieldguide.programme_commands import take_own
from fieldguide.services import picture_files
from fieldguide.services.agenda import agenda
from fieldguide.services.arrival import read_arrival
from fieldguide.services.booklet import Booklet, Contents, save
from fieldguide.services.day_sheets import Questions, own_questions, read_programme
from fieldguide.services.driver_cards import read_cards
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.labelling import collected
from fieldguide.services.listed_stops import only, read_listed
from fieldguide.services.map_sheet import MapMaker, Sheet
from fieldguide.services.paper import Paper
from fieldguide.services.profile import own_profile
from fieldguide.services.programme import Trip, read_trip
from fieldguide.services.typefaces import Typefaces
from fieldguide.services.visiting import subject_of
from fieldguide.shapes import print_json


def draw_map(options: argparse.Namespace) -> None:
    """Write the map of a day, of all days or of a shortlist to a file."""
    path = Path(options.output)
    picture_files.check_kind(path)
    picture_files.check_size(options.width, options.height)
    listed = _shortlist(options) if options.shortlist else None
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        take_own(guide, options, options.day)
        trip = read_trip(guide)
        routes = _routes(trip, options.day)
        if listed is not None:
            beside = () if options.day else read_listed(guide, listed, trip).routes
            routes = [*(part for route in routes for part in only(route, listed)), *beside]
    typefaces = Typefaces(assets.path("fonts"))
    sheet = Sheet(options.width, options.height, options.ink or "light", options.scripts)
    with _ground(options) as ground:
        drawn = MapMaker(typefaces, ground).draw(trip, routes, sheet, options.shortlist or "")
    paper = Paper(typefaces, assets.path("templates"))
    picture_files.save(drawn, path, paper, _today(options))
    stops = sum(len(route.stops) for route in routes)
    lost = stops - len(placed(routes))
    if options.json:
        print_json({"file": options.output, "stops": stops, "without_position": lost})
        return
    count = "1 stop" if stops == 1 else f"{stops} stops"
    without = f", {lost} of them without a known position" if lost else ""
    about = f"“{options.shortlist or trip.mission.title}”"
    print(f"A map of {about}, {count}{without}, written to {options.output}")


def booklet(options: argparse.Namespace) -> None:
    """Write the mission, or one day of it, as pages to print."""
    path, today = Path(options.output), _today(options)
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        take_own(guide, options, options.day)
        trip = read_trip(guide)
        programme = read_programme(guide, trip, _routes(trip, options.day))
        questions, hotel = _own(options, guide, trip, today) if options.own else ({}, None)
        contents = Contents(programme, questions)
        if not options.day:
            cards = read_cards(guide, trip.routes, today, hotel)
            noon = datetime.combine(today, time(12), ZoneInfo(trip.about.zone))
            contents = replace(contents, cards=cards, arrival=read_arrival(guide, noon))
    with _ground(options) as ground:
        maker = Booklet(Typefaces(assets.path("fonts")), assets.path("templates"), ground)
        pages = maker.days(contents, today) if options.day else maker.whole(contents, today)
    save(pages, path)
    days = len(programme.routes)
    if options.json:
        print_json({"file": options.output, "days": days})
    else:
        count = "1 day" if days == 1 else f"{days} days"
        print(f"{count} of “{trip.mission.title}” written to {options.output}")


def _own(
    options: argparse.Namespace, guide: Guide, trip: Trip, today: date
) -> tuple[Questions, Hotel | None]:
    """What only the user's own file says: what to ask at each visit, and where one sleeps."""
    subjects = [subject_of(guide, visit.ref) for visit in trip.visits]
    with own_notes(options, "questions") as notebook:
        asked = agenda(notebook, subjects, today).asked
        return own_questions(asked), notebook.own_hotel.chosen()


def _routes(trip: Trip, day: str | None) -> Sequence[Route]:
    if day is None:
        return trip.routes
    return [trip.asked_route(parse_day(day).isoformat())]


def _shortlist(options: argparse.Namespace) -> frozenset[Ref]:
    """What is on one's own list of a name; raises BadRequest when there is none of that name."""
    with own_notes(options, "shortlists") as notebook:
        labels = collected(notebook)
    names = labels.names("shortlists")
    if options.shortlist not in names:
        known = f": there are {', '.join(list(names)[:10])}" if names else ""
        raise BadRequest(f"There is no shortlist “{options.shortlist[:80]}”{known}.")
    return labels.under("shortlists", [options.shortlist])


def _ground(options: argparse.Namespace) -> closing[Ground]:
    return closing(Ground(assets.path("map/base.pmtiles"), own_profile(options.profile)))


def _today(options: argparse.Namespace) -> date:
    return parse_moment(options.today).date() if options.today else date.today()
