"""A programme as iCalendar: hours pinned to the zone of the place, and ids that stay the same."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldguide.domain.moment import FRESH_MINUTES
from fieldguide.domain.plans import entry_id, is_day
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit, begin_of, end_of
from fieldguide.services.ics import begun, told, written
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import Trip
from fieldguide.storage import files

if TYPE_CHECKING:
    from icalendar.cal.component import Component

_FIRST_SEQUENCE_DAY: Final = date(2000, 1, 1)
_FINE_M: Final = 1_000
"""Where a place is known less exactly than this a calendar is given no point."""


@dataclass(frozen=True, slots=True)
class Edition:
    """How often a visit was changed, and when last: a calendar takes the newer for the older."""

    sequence: int
    changed: datetime


def editions(book: Notebook, visits: Sequence[Visit]) -> dict[Ref, Edition]:
    """Those of one's own meetings; runs on the notes' thread."""
    found = {}
    for visit in visits:
        if visit.own:
            entry = book.meetings.get(entry_id(visit.ref))
            found[visit.ref] = Edition(book.saves(entry.id) - 1, entry.changed)
    return found


def programme_calendar(
    trip: Trip, now: datetime, own: Mapping[Ref, Edition], day: str = ""
) -> tuple[bytes, int]:
    """A VEVENT for each visit of a mission, or of one ISO day, and how many these are.

    A visit without an hour takes the whole day, one without an end an hour, which is said; one
    without a day is left out. What was cancelled is told as such, so that it goes from where it
    was imported before.
    """
    made = begun("programme")
    made.add("x-wr-calname", told(trip.mission.title))
    visits = [
        visit
        for visit in (*trip.visits, *trip.undated, *trip.cancelled)
        if is_day(visit.day) and day in ("", visit.day)
    ]
    told_by_guide = _edition_of(trip)
    for visit in visits:
        edition = own.get(visit.ref, told_by_guide)
        made.add_component(_event(visit, trip.about.id, now.astimezone(UTC), edition))
    made.add_missing_timezones()
    return written(made), len(visits)


def save_programme(
    trip: Trip, now: datetime, own: Mapping[Ref, Edition], path: Path, day: str = ""
) -> int:
    """Write it as one whole file; the answer is how many visits are in it."""
    data, count = programme_calendar(trip, now, own, day)
    files.write_whole(path, data)
    return count


def visit_uid(visit: Visit, guide: str) -> str:
    """The same for the same visit in every export, also once it moved."""
    own = entry_id(visit.ref)
    return f"{own or f'{visit.ref.slug}.{guide}'}@fieldguide"


def _edition_of(trip: Trip) -> Edition:
    """A guide of a later day is the newer one."""
    state = _FIRST_SEQUENCE_DAY
    with suppress(ValueError):
        state = date.fromisoformat(trip.about.state)
    days = (state - _FIRST_SEQUENCE_DAY).days
    return Edition(max(days, 0), datetime.combine(state, time(), UTC))


def _event(visit: Visit, guide: str, stamp: datetime, edition: Edition) -> "Component":
    from icalendar import Event

    event = Event()
    event.add("uid", visit_uid(visit, guide))
    event.add("dtstamp", stamp)
    event.add("last-modified", edition.changed.astimezone(UTC))
    event.add("sequence", edition.sequence)
    begin, end = begin_of(visit.when), end_of(visit.when)
    if begin is None:
        day = date.fromisoformat(visit.day)
        last = visit.when.end if is_day(visit.when.end) else visit.day
        event.add("dtstart", day)
        event.add("dtend", max(day, date.fromisoformat(last)) + timedelta(1))
    else:
        event.add("dtstart", begin)
        # Without an end some calendars draw a whole day.
        event.add("dtend", end or begin.astimezone(UTC) + timedelta(minutes=FRESH_MINUTES))
    event.add("summary", told(" ".join(part for part in (visit.title, visit.title_zh) if part)))
    if where := ", ".join(_where(visit)):
        event.add("location", told(where))
    position = visit.position
    if position is not None and position.radius_m <= _FINE_M:
        event.add("geo", (position.lat, position.lon))
    if lines := list(_lines(visit)):
        event.add("description", told("\n".join(lines)))
    tentative = "TENTATIVE" if visit.verify else "CONFIRMED"
    event.add("status", "CANCELLED" if visit.cancelled else tentative)
    return event


def _where(visit: Visit) -> Iterator[str]:
    yield from dict.fromkeys(
        part
        for part in (visit.place.title if visit.place else "", visit.address_zh or visit.address)
        if part
    )


def _lines(visit: Visit) -> Iterator[str]:
    if visit.verify:
        yield "To be verified again: copied from an earlier mission."
    if visit.when.time and end_of(visit.when) is None:
        yield "No end is told; an hour is shown."
    if visit.summary and visit.own:
        yield visit.summary
    people = (*(link.title for link in visit.people), *visit.others)
    parts = {
        "Host": visit.host.title if visit.host else "",
        "People": ", ".join(people),
        "For": visit.group,
        "Way there": visit.travel.words if visit.travel else "",
        "Bring": visit.bring,
    }
    for label, words in parts.items():
        if words:
            yield f"{label}: {words}"
    if visit.position is not None:
        metres = visit.position.radius_m
        yield f"The place is known to within {metres / 1000:g} km."
