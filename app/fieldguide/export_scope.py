"""What of the programme an export is about, as far as those who will read it may see it."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace

from fieldguide import assets
from fieldguide.asking import own_notes
from fieldguide.domain.notes import AUDIENCES, storable
from fieldguide.domain.plans import Planned, own_ref
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import parse_day
from fieldguide.errors import BadRequest
from fieldguide.services import places
from fieldguide.services.guide import Guide
from fieldguide.services.labelling import collected
from fieldguide.services.listed_stops import narrowed
from fieldguide.services.mission_of_day import planned_on
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.places import Places
from fieldguide.services.profile import own_profile
from fieldguide.services.programme import Trip, read_trip
from fieldguide.services.programme_ics import Edition, editions


@dataclass(frozen=True, slots=True)
class Scope:
    """The visits of the mission that is shown, of one day of any, or what is on a shortlist."""

    trip: Trip
    places: Places
    day: str
    """ISO day; empty for all."""
    changes: Mapping[Ref, Edition]
    """How often one's own meetings were changed."""


@contextmanager
def notes_if_any(options: argparse.Namespace) -> Iterator[Notebook | None]:
    """The notes of the profile; None where there are none and nothing asks for them."""
    if options.shortlist is None and not has_notebook(own_profile(options.profile)):
        yield None
        return
    with own_notes(options, "shortlists") as notebook:
        yield notebook


def read_scope(options: argparse.Namespace, notebook: Notebook | None) -> Scope:
    """Read it from the guide and, where there are any, the notes; raises BadRequest."""
    name, day = options.shortlist, options.day or ""
    changes: Mapping[Ref, Edition] = {}
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        if notebook is not None:
            asked = parse_day(day).isoformat() if day else ""
            planned = planned_on(notebook, guide, asked)
            guide.take(_open_to(notebook, planned, options.audience, of_list=name is not None))
        trip = read_trip(guide)
        if notebook is not None:
            changes = editions(notebook, (*trip.visits, *trip.undated, *trip.cancelled))
        if notebook is None or name is None:
            return Scope(trip, places.of_trip(trip, day), day, changes)
        refs = collected(notebook).under("shortlists", [name])
        if not refs:
            raise BadRequest(f"There is no shortlist “{storable(name[:80])}”.")
        return Scope(narrowed(trip, refs), places.of_list(guide, trip, name, refs), "", changes)


def _open_to(notebook: Notebook, found: Planned, audience: str, *, of_list: bool) -> Planned:
    """What the user planned, without what these readers may not see; raises BadRequest.

    A list goes out without the mission that they may not see. Where the mission itself is asked
    for, that of the guide would be another one.
    """
    readers = AUDIENCES[audience]
    open_to = {own_ref(one.id) for one in notebook.meetings.all() if one.visibility in readers}
    open_to |= {own_ref(one.id) for one in notebook.plans.all() if one.visibility in readers}
    if found.plan is not None and found.mission not in open_to:
        if not of_list:
            raise BadRequest(
                f"The mission that is shown is not --for {audience}: write it --for me, "
                "or show the guide’s with “plan choose”."
            )
        return Planned()
    meetings, elsewhere = (
        {ref: one for ref, one in some.items() if ref in open_to}
        for some in (found.meetings, found.elsewhere)
    )
    people = {one.id for one in notebook.people.all() if one.visibility in readers}
    names = {one: name for one, name in found.names.items() if one in people}
    return replace(found, meetings=meetings, elsewhere=elsewhere, names=names)
