"""What the command line does with the programme: a day, own meetings, missions that are planned."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing

from fieldguide import assets, shapes
from fieldguide.asking import own_notes, unlocked
from fieldguide.domain.cautions import Caution
from fieldguide.domain.entries import Entry
from fieldguide.domain.measures import distance_text
from fieldguide.domain.notes import storable
from fieldguide.domain.plans import Meeting, Plan, entry_id, own_ref
from fieldguide.domain.records import Ref
from fieldguide.domain.safety import KeyState
from fieldguide.domain.tables import printable, printable_text
from fieldguide.domain.trips import Day, Leg, Visit, parse_day
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services import new_mission, planning
from fieldguide.services.guide import Guide
from fieldguide.services.mission_of_day import planned_on
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.profile import own_profile
from fieldguide.services.programme import Trip, cautions_of, read_trip
from fieldguide.services.safety import Safety
from fieldguide.shapes import print_json


def take_own(guide: Guide, options: argparse.Namespace, day: str | None = None) -> None:
    """Let a guide answer with what the user planned; without that it answers alone.

    A day that lies in another mission than the one shown is told from that one. Nobody is
    asked for a passphrase: what is behind one is left out, and that is said.
    """
    profile = own_profile(options.profile)
    if not has_notebook(profile):
        return
    try:
        if Safety(profile).state() is KeyState.PASSPHRASE and options.passphrase_file is None:
            said = "What you planned yourself is left out, as it is behind your passphrase."
            print(f"{said} Give it with --passphrase-file.", file=sys.stderr)
            return
        with own_notes(options) as notebook:
            asked = parse_day(day).isoformat() if day else ""
            guide.take(planned_on(notebook, guide, asked))
    except WorkspaceUnavailable as problem:
        print(f"What you planned yourself is left out: {problem}", file=sys.stderr)


def day(options: argparse.Namespace) -> None:
    """Print the visits of a day, the ways between them, and what cannot go as it is written."""
    text = parse_day(options.day).isoformat()
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        take_own(guide, options, text)
        shown, trip = guide.day(text), read_trip(guide)
    cautions = [one for one in cautions_of(trip) if one.day == text]
    if options.json:
        print_json(shapes.day_json(shown, trip.mission, trip.about.home_zone, cautions))
        return
    _print_day(shown, trip, cautions)


def meeting_add(options: argparse.Namespace) -> None:
    """Keep a meeting of one's own in the mission that is shown."""
    meeting = _typed(options)
    planning.check_meeting(meeting)
    kept = [one for one in meeting.people if "/" not in one]
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        for ref in _named(meeting):
            guide.record(ref)
        with own_notes(options) if kept else _begun_notes(options) as notebook:
            for person in kept:
                notebook.people.get(person)
            guide.take(planning.read_planned(notebook, Ref.parse(guide.about.mission)))
            mission = guide.mission
            deed = planning.add_meeting(notebook, mission.ref, mission.title, meeting)
    _print_ref(options, own_ref(deed.entry))


def meeting_list(options: argparse.Namespace) -> None:
    """Print the meetings of one's own in the mission that is shown."""
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        with own_notes(options, "meetings") as notebook:
            planned = planning.read_planned(notebook, Ref.parse(guide.about.mission))
        guide.take(planned)
        visits = [one for ref in planned.meetings if (one := guide.visit(ref)) is not None]
        home_zone = read_trip(guide).about.home_zone
    visits.sort(key=lambda one: (one.when.start, one.when.time))
    if options.json:
        print_json([shapes.visit_json(visit, home_zone) for visit in visits])
        return
    for visit in visits:
        when = " ".join(part for part in (visit.day or "no day", visit.when.time) if part)
        print(f"{visit.ref}  {when}  {_title(visit)}")


def plan_new(options: argparse.Namespace) -> None:
    """Begin a mission without any visit, and show it from now on."""
    plan = _plan(options)
    with _begun_notes(options) as notebook:
        begun = new_mission.begin(notebook, plan)
    _print_ref(options, begun.mission)


def plan_copy(options: argparse.Namespace) -> None:
    """Copy the programme of a mission to new days, and show it from now on."""
    plan = _plan(options)
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        mission = Ref.parse(options.of or guide.about.mission)
        own = mission != Ref.parse(guide.about.mission)
        with own_notes(options, "missions") if own else _begun_notes(options) as notebook:
            copied = _plan_entry(notebook, mission).value if own else None
            guide.take(planning.planned_as(notebook, mission, copied))
            visits = new_mission.copied_of(read_trip(guide))
            begun = new_mission.copy_programme(notebook, plan, visits, mission)
    _print_ref(options, begun.mission)


def plan_list(options: argparse.Namespace) -> None:
    """Print the missions that are planned."""
    with own_notes(options, "missions") as notebook:
        plans = planning.plans(notebook)
        shown = notebook.shown_mission.plan()
    if options.json:
        print_json([shapes.plan_json(one, shown) for one in plans])
        return
    for one in plans:
        mark = "  (shown)" if shown is not None and shown.id == one.id else ""
        days = f"{one.value.start} to {one.value.end or one.value.start}"
        print(f"{own_ref(one.id)}  {days}  {one.value.title}{mark}")


def plan_choose(options: argparse.Namespace) -> None:
    """Show a mission that is planned, or that of the guide."""
    ref = Ref.parse(options.ref)
    with own_notes(options, "missions") as notebook:
        if entry_id(ref):
            notebook.shown_mission.choose(_plan_entry(notebook, ref).id)
        else:
            with closing(Guide.open(assets.guide(options.guide))) as guide:
                if ref != Ref.parse(guide.about.mission):
                    raise BadRequest(f"“{ref}” is not the mission of this guide.")
            notebook.shown_mission.choose("")
    _print_ref(options, ref)


def _print_day(day: Day, trip: Trip, cautions: Sequence[Caution]) -> None:
    print(f"{day.weekday} {day.date}: {trip.mission.title}")
    if not day.visits:
        print("No visits." if trip.route(day.date) else _outside(trip))
    for visit in day.visits:
        print(f"  {visit.when.time or '--:--'}  {_title(visit)}")
    names = {one.ref: one.title if one.own else one.ref.slug for one in day.visits}
    for leg in day.legs:
        ends = f"{names[leg.origin]} → {names[leg.target]}"
        way = f"; {leg.travel.words}" if leg.travel else ""
        print(f"  {ends}: {'other people go to each' if leg.parted else _far(leg) + way}")
    for caution in cautions:
        print(f"  {'?' if caution.open else '!'} {caution.words}")


def _outside(trip: Trip) -> str:
    """Which mission was looked in, as no other that is known has such a day."""
    first = trip.routes[0].date if trip.routes else "an unknown day"
    last = trip.over if trip.routes else "another"
    return f"No visits: the mission lasts from {first} to {last}; “plan list” names the others."


def _title(visit: Visit) -> str:
    marks = {"yours": visit.own, "to be verified": visit.verify, "cancelled": visit.cancelled}
    said = ", ".join(word for word, holds in marks.items() if holds)
    title = " ".join(part for part in (visit.title, visit.title_zh) if part)
    return f"{title} ({said})" if said else title


def _far(leg: Leg) -> str:
    if leg.metres is None:
        return "distance not known"
    if leg.close_by:
        return f"within {distance_text(leg.uncertain_m)}, the positions tell no more"
    return f"{distance_text(leg.metres, leg.uncertain_m)} (straight line)"


def _typed(options: argparse.Namespace) -> Meeting:
    return Meeting(
        printable(storable(options.title)),
        printable(storable(options.title_zh)),
        day=parse_day(options.day).isoformat() if options.day else "",
        time=options.time,
        end_time=options.end,
        zone=options.zone,
        place=Ref.parse(options.at) if options.at else None,
        address=printable(storable(options.address)),
        address_zh=printable(storable(options.address_zh)),
        host=Ref.parse(options.host) if options.host else None,
        people=tuple(dict.fromkeys(options.people)),
        group=printable(storable(options.group)),
        travel=printable(storable(options.way)),
        bring=printable_text(storable(options.bring)),
        why=printable_text(storable(options.why)),
    )


def _named(meeting: Meeting) -> list[Ref]:
    refs = [ref for ref in (meeting.place, meeting.host) if ref is not None]
    return [*refs, *(Ref.parse(one) for one in meeting.people if "/" in one)]


def _begun_notes(options: argparse.Namespace) -> closing[Notebook]:
    """The notes of the profile, which may be its first."""
    return closing(unlocked(options).open_notebook(create=True))


def _plan(options: argparse.Namespace) -> Plan:
    plan = Plan(
        printable(storable(options.title)),
        parse_day(options.start).isoformat(),
        parse_day(options.end).isoformat() if options.end else "",
        zone=options.zone,
        home_zone=options.home_zone,
    )
    planning.check_plan(plan)
    return plan


def _plan_entry(notebook: Notebook, ref: Ref) -> Entry[Plan]:
    found = next((one for one in notebook.plans.all() if own_ref(one.id) == ref), None)
    if found is None:
        raise BadRequest(f"There is no planned mission “{ref}”.")
    return found


def _print_ref(options: argparse.Namespace, ref: Ref) -> None:
    if options.json:
        print_json({"ref": str(ref)})
    else:
        print(ref)
