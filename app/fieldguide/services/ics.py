"""Follow-ups as iCalendar (RFC 5545): days without an hour, and ids that stay the same."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from fieldguide.domain.due import last_day
from fieldguide.domain.entries import Progress
from fieldguide.services.follow_ups import Task
from fieldguide.storage import files

if TYPE_CHECKING:
    from icalendar import Calendar
    from icalendar.cal.component import Component

_CONTROLS: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_BREAKS: Final = re.compile("\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_STATES: Final = {
    Progress.OPEN: "NEEDS-ACTION",
    Progress.WAITING: "IN-PROCESS",
    Progress.DONE: "COMPLETED",
    Progress.DROPPED: "CANCELLED",
}


def calendar(tasks: Iterable[Task], now: datetime) -> bytes:
    """A VTODO for each follow-up, and a VEVENT on the day of each that has one and is not done."""
    made = begun("follow-ups")
    stamp = now.astimezone(UTC)
    given: Counter[str] = Counter()
    for task in tasks:
        own = uid(task)
        given[own] += 1
        # The same words twice in a note are two.
        own = f"{given[own]}-{own}" if given[own] > 1 else own
        made.add_component(_todo(task, own, stamp))
        day = last_day(task.value.due)
        if day is not None and task.value.state in (Progress.OPEN, Progress.WAITING):
            made.add_component(_event(task, own, day, stamp))
    return written(made)


def save_calendar(tasks: Iterable[Task], now: datetime, path: Path) -> int:
    """Write it as one whole file; the answer is how many follow-ups are in it."""
    chosen = list(tasks)
    files.write_whole(path, calendar(chosen, now))
    return len(chosen)


def begun(name: str) -> "Calendar":
    """An empty calendar; ``name`` says what of the program made it."""
    # Takes longer to load than all the rest of the program that is needed for a first window.
    from icalendar import Calendar

    made = Calendar()
    made.add("version", "2.0")
    made.add("prodid", f"-//fieldguide//{name}//EN")
    return made


def written(made: "Calendar") -> bytes:
    """A calendar as a file: properties in the order they were added, lines of 75 octets."""
    return bytes(made.to_ical(sorted=False))


def told(text: str) -> str:
    """A text as a value: with plain breaks between its lines, and nothing that is no letter."""
    plain = _CONTROLS.sub(" ", _BREAKS.sub("\n", text))
    return plain.encode("utf-8", "replace").decode("utf-8")


def uid(task: Task) -> str:
    """The same for the same follow-up in every export, also once it has an owner or a date.

    A line that is worded anew is another follow-up to a calendar, as it cannot tell.
    """
    if task.line is not None:
        # By its words, for the line was there before there was an entry.
        origin = f"{task.value.note}\n{task.value.line}"
        return f"{hashlib.sha256(origin.encode('utf-8', 'replace')).hexdigest()[:32]}@fieldguide"
    return f"{task.entry}@fieldguide"


def _todo(task: Task, own: str, stamp: datetime) -> "Component":
    from icalendar import Todo

    todo = _worded(Todo(), task, own, stamp)
    due = last_day(task.value.due)
    if due is not None:
        todo.add("due", due)
    todo.add("status", _STATES[task.value.state])
    return todo


def _event(task: Task, own: str, day: date, stamp: datetime) -> "Component":
    from icalendar import Event

    event = _worded(Event(), task, f"day-{own}", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(1))
    event.add("transp", "TRANSPARENT")
    return event


def _worded(component: "Component", task: Task, own: str, stamp: datetime) -> "Component":
    component.add("uid", own)
    component.add("dtstamp", stamp)
    component.add("summary", told(task.value.text))
    said = [task.line.title] if task.line and task.line.title else []
    said += [task.value.owner] if task.value.owner else []
    if said:
        component.add("description", told(", ".join(said)))
    return component
