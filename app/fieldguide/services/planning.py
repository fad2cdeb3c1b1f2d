"""Meetings of one's own in a programme, and whole missions planned over a guide; each with undo."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from fieldguide.domain.entries import Entry, text_of_value
from fieldguide.domain.plans import Meeting, Plan, Planned, entry_id, is_day, own_ref
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import parse_day
from fieldguide.errors import BadRequest
from fieldguide.services.notebook import Notebook
from fieldguide.services.register import Deed

LONGEST_MISSION: Final = 90
"""Days of a mission that is planned."""


def read_planned(book: Notebook, mission: Ref) -> Planned:
    """What a guide is to be asked with, whose own mission is ``mission``; on the notes' thread."""
    chosen = book.shown_mission.plan()
    plan = chosen.value if chosen and _span(chosen.value) else None
    return planned_as(book, own_ref(chosen.id) if chosen and plan else mission, plan)


def planned_as(book: Notebook, shown: Ref, plan: Plan | None) -> Planned:
    """The same as if a certain mission were shown: a plan, or without one that of the guide."""
    meetings: dict[Ref, Meeting] = {}
    elsewhere: dict[Ref, Meeting] = {}
    zones = {own_ref(one.id): one.value.zone for one in book.plans.all()}
    for one in book.meetings.all():
        meeting = _known_zone(one.value)
        if one.about == shown:
            meetings[own_ref(one.id)] = meeting
        else:
            # The zone of the mission that is shown is none of theirs.
            own = meeting.zone or (zones.get(one.about, "") if one.about else "")
            elsewhere[own_ref(one.id)] = _known_zone(replace(meeting, zone=own))
    wanted = {who for each in meetings.values() for who in each.people if "/" not in who}
    people = book.people.all() if wanted else []
    names = {one.id: one.value.title for one in people if one.id in wanted}
    return Planned(shown, plan, meetings, elsewhere, names)


def add_meeting(book: Notebook, mission: Ref, title: str, meeting: Meeting) -> Deed[Meeting]:
    """Keep a meeting of a mission, whose title is ``title``; raises BadRequest."""
    check_meeting(meeting)
    return Deed(book.meetings.add(meeting, mission, title=title).id)


def change_meeting(book: Notebook, ref: Ref, change: Callable[[Meeting], Meeting]) -> Deed[Meeting]:
    """Change what a meeting says; raises BadRequest."""
    before = book.meetings.get(entry_id(ref))
    check_meeting(change(before.value))
    book.meetings.edit(before.id, change)
    return Deed(before.id, before.value)


def move_meeting(book: Notebook, ref: Ref, day: str, time: str | None = None) -> Deed[Meeting]:
    """Put a meeting on another day, or with ``time`` at another hour; it stays as long."""
    day = parse_day(day).isoformat()

    def moved(one: Meeting) -> Meeting:
        begin = one.time if time is None else time
        end_day, end_time = _end_of(one, day, begin)
        return replace(one, day=day, time=begin, end_day=end_day, end_time=end_time)

    return change_meeting(book, ref, moved)


def remove_meeting(book: Notebook, ref: Ref) -> Deed[Meeting]:
    """Throw a meeting away."""
    book.meetings.remove(entry_id(ref))
    return Deed(entry_id(ref), removed=True)


def change_plan(book: Notebook, ref: Ref, change: Callable[[Plan], Plan]) -> Deed[Plan]:
    """Change what a planned mission says; its meetings stay on their days."""
    before = book.plans.get(entry_id(ref))
    check_plan(change(before.value))
    book.plans.edit(before.id, change)
    return Deed(before.id, before.value)


def remove_plan(book: Notebook, ref: Ref) -> Deed[Plan]:
    """Throw a planned mission away; its meetings stay with it, out of sight, until it is back."""
    book.plans.remove(entry_id(ref))
    return Deed(entry_id(ref), removed=True)


def plans(book: Notebook) -> list[Entry[Plan]]:
    """All missions that are planned, the first day first."""
    return sorted(book.plans.all(), key=lambda one: (one.value.start, one.value.title))


def check_meeting(meeting: Meeting) -> None:
    """Raises BadRequest with what is wrong with a meeting."""
    if not meeting.title.strip():
        raise BadRequest("Say what the meeting is.")
    for day in (meeting.day, meeting.end_day):
        if day:
            parse_day(day)
    text_of_value(meeting)
    check_zone(meeting.zone)
    ends = (meeting.end_day or meeting.day, meeting.end_time)
    if meeting.end_time and meeting.time and ends <= (meeting.day, meeting.time):
        raise BadRequest("The meeting would end before it begins.")
    if meeting.end_day and meeting.end_day < meeting.day:
        raise BadRequest("The meeting would end before it begins.")


def check_plan(plan: Plan) -> None:
    """Raises BadRequest with what is wrong with a planned mission."""
    if not plan.title.strip():
        raise BadRequest("Give the mission a name.")
    first, last = parse_day(plan.start), parse_day(plan.end or plan.start)
    if last < first:
        raise BadRequest("The mission would end before it begins.")
    if (last - first).days >= LONGEST_MISSION:
        raise BadRequest(f"A mission has at most {LONGEST_MISSION} days.")
    text_of_value(plan)
    for zone in (plan.zone, plan.home_zone):
        check_zone(zone)


@cache
def check_zone(zone: str) -> None:
    """Raises BadRequest for a zone that nobody knows; an empty one is as the guide has it."""
    try:
        ZoneInfo(zone or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise BadRequest(f"“{zone[:40]}” is not a time zone: write it as Asia/Shanghai.") from None


def _span(plan: Plan) -> bool:
    """Whether a plan, which somebody else may have written, has days that can be shown."""
    try:
        check_plan(plan)
    except BadRequest:
        return False
    return True


def _known_zone(meeting: Meeting) -> Meeting:
    """A meeting that somebody else may have written, in a zone that this computer knows."""
    try:
        check_zone(meeting.zone)
    except BadRequest:
        return replace(meeting, zone="")
    return meeting


def _end_of(one: Meeting, day: str, time: str) -> tuple[str, str]:
    """Day and hour at which a meeting ends if it begins then; without hours its days count."""
    first = one.day if is_day(one.day) else day
    last = one.end_day if is_day(one.end_day) else first
    hours = bool(one.time and time and one.end_time)
    lasts = _moment(last, one.end_time, hours) - _moment(first, one.time, hours)
    try:
        end = _moment(day, time, hours) + lasts
    except OverflowError:
        raise BadRequest("The meeting would end after the last day of the calendar.") from None
    end_day = end.date().isoformat()
    kept = one.end_time if time == one.time else ""
    return ("" if end_day == day else end_day), (f"{end:%H:%M}" if hours else kept)


def _moment(day: str, time: str, hours: bool) -> datetime:
    return datetime.fromisoformat(f"{day}T{time}" if hours else day)
