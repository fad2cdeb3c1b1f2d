"""A mission planned over a guide: the programme of another copied, records put into its days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from fieldguide.domain.plans import (
    Meeting,
    Plan,
    end_of_copy,
    entry_id,
    is_day,
    own_ref,
    shift_of_copy,
)
from fieldguide.domain.programme_changes import day_words
from fieldguide.domain.records import Link, Record, Ref
from fieldguide.domain.trips import Visit
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.planning import check_plan
from fieldguide.services.programme import Trip

_SITES: Final = ("organisation", "place")


@dataclass(frozen=True, slots=True)
class Begun:
    """A mission that was planned and is shown now; for ``undo``."""

    mission: Ref
    meetings: tuple[Ref, ...]
    shown_before: str
    """The plan that was shown before; empty for the guide's mission."""


def begin(book: Notebook, plan: Plan) -> Begun:
    """Keep an empty mission and show it; raises BadRequest."""
    return copy_programme(book, plan, ())


def copy_programme(
    book: Notebook, plan: Plan, visits: Sequence[Visit], origin: Ref | None = None
) -> Begun:
    """Keep a mission with the visits of ``origin`` on the same days of the week, and show it.

    The first day with a visit falls on the first such day of the week from ``plan.start`` on; the
    mission ends with the last visit where that is later than ``plan.end``. Everything that was
    copied is to be verified again. Raises BadRequest.
    """
    plan = replace(plan, origin=origin)
    check_plan(plan)
    days = sorted(visit.day for visit in visits if visit.day)
    shift = shift_of_copy(days[0], plan.start) if days else timedelta()
    if days:
        plan = replace(plan, end=end_of_copy(days, plan.start, plan.end or plan.start))
        check_plan(plan)
    copied = [_shifted(_told(book, visit), visit.ref, shift) for visit in visits]
    with book.together():
        entry = book.plans.add(plan)
        mission = own_ref(entry.id)
        ids = book.meetings.add_many(copied, mission, title=plan.title)
        before = book.shown_mission.choose(entry.id)
    return Begun(mission, tuple(own_ref(one) for one in ids), before)


def copied_of(trip: Trip) -> tuple[Visit, ...]:
    """What of a mission is copied: all visits, those outside its days without a day."""
    undated = (replace(one, when=replace(one.when, start="", end="")) for one in trip.undated)
    return (*trip.visits, *undated)


def undo(book: Notebook, begun: Begun) -> None:
    """Throw the mission away, with the meetings that it began with, and show what was before."""
    with book.together():
        for meeting in begun.meetings:
            book.meetings.remove(entry_id(meeting))
        book.plans.remove(entry_id(begun.mission))
        book.shown_mission.choose(begun.shown_before)


def meeting_of(visit: Visit) -> Meeting:
    """What can be copied of a visit of the guide, on its own day and not verified."""
    place = visit.place.other if visit.place else None
    return Meeting(
        # A title that says its day would say another one's in a new mission.
        visit.title.removesuffix(f", {day_words(visit.day)}"),
        visit.title_zh,
        day=visit.day,
        time=visit.when.time,
        end_day=visit.when.end,
        end_time=visit.when.end_time,
        zone=visit.when.zone,
        place=place,
        host=visit.host.other if visit.host else None,
        people=tuple(dict.fromkeys(str(link.other) for link in visit.people)),
        group=visit.group,
        travel=visit.travel.words if visit.travel else "",
        bring=visit.bring,
        origin=visit.ref,
        verify=True,
    )


def meeting_with(guide: Guide, ref: Ref, day: str = "", time: str = "") -> Meeting:
    """A meeting at, with or about a record of the guide; raises UnknownRef.

    Of a person it is where they work, as far as the guide knows one house.
    """
    visit = guide.visit(ref)
    if visit is not None:
        return replace(meeting_of(visit), day=day, time=time, end_day="", end_time="")
    record = guide.record(ref)
    site = _site(record)
    return Meeting(
        record.title,
        record.title_zh,
        day=day,
        time=time,
        place=site,
        host=ref if ref.kind == "organisation" else None,
        people=(str(ref),) if ref.kind == "person" else (),
        origin=None,
    )


def participants(guide: Guide) -> tuple[Link, ...]:
    """Who goes on the mission that is shown, as far as the guide knows them."""
    plan = guide.planned.plan
    if plan is None:
        return _once(link for link in guide.mission.links if link.type == "participant")
    refs = [Ref.parse(one) for one in plan.participants if "/" in one]
    known = guide.brief(refs)
    return tuple(
        Link("participant", "Participant", ref, known[ref].title, known[ref].title_zh)
        for ref in refs
        if ref in known
    )


def _site(record: Record) -> Ref | None:
    if record.ref.kind in _SITES:
        return record.ref
    types = ("works-for", "at", "run-by", "located-in")
    links = [one for one in record.links if one.outward and one.type in types]
    links = [one for one in links if one.other.kind in _SITES]
    links.sort(key=lambda one: types.index(one.type))
    return links[0].other if links else None


def _told(book: Notebook, visit: Visit) -> Meeting:
    """A visit as it is to be copied; one's own with everything that was written down for it."""
    own = entry_id(visit.ref)
    if not own:
        return meeting_of(visit)
    meeting = replace(book.meetings.get(own).value, cancelled=False)
    return meeting if visit.day else replace(meeting, day="", end_day="")


def _shifted(meeting: Meeting, origin: Ref, shift: timedelta) -> Meeting:
    day, end_day = (
        (date.fromisoformat(one) + shift).isoformat() if is_day(one) else ""
        for one in (meeting.day, meeting.end_day)
    )
    return replace(meeting, day=day, end_day=end_day, origin=meeting.origin or origin, verify=True)


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({link.other: link for link in links}.values())
