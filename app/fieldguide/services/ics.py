"""Follow-ups as iCalendar (RFC 5545): days without an hour, and ids that stay the same."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Final

from fieldguide.domain.due import last_day
from fieldguide.domain.entries import Progress
from fieldguide.services.follow_ups import Task
from fieldguide.storage import files

OCTETS: Final = 75
"""The longest line, without its end."""
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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//fieldguide//follow-ups//EN"]
    stamp = f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    given: Counter[str] = Counter()
    for task in tasks:
        own = uid(task)
        given[own] += 1
        # The same words twice in a note are two.
        own = f"{given[own]}-{own}" if given[own] > 1 else own
        lines += _todo(task, own, stamp)
        day = last_day(task.value.due)
        if day is not None and task.value.state in (Progress.OPEN, Progress.WAITING):
            lines += _event(task, own, day, stamp)
    lines.append("END:VCALENDAR")
    return b"".join(folded(line) + b"\r\n" for line in lines)


def save_calendar(tasks: Iterable[Task], now: datetime, path: Path) -> int:
    """Write it as one whole file; the answer is how many follow-ups are in it."""
    chosen = list(tasks)
    files.write_whole(path, calendar(chosen, now))
    return len(chosen)


def escaped(text: str) -> str:
    """A text as a value: no line of it can end the property it stands in."""
    plain = _CONTROLS.sub(" ", _BREAKS.sub("\n", text))
    for char in "\\;,":
        plain = plain.replace(char, f"\\{char}")
    return plain.replace("\n", "\\n").encode("utf-8", "replace").decode("utf-8")


def folded(line: str) -> bytes:
    """A line in pieces of at most 75 octets, parted between characters."""
    pieces: list[bytes] = [b""]
    for char in line:
        data = char.encode("utf-8")
        if len(pieces[-1]) + len(data) > OCTETS:
            pieces.append(b" ")
        pieces[-1] += data
    return b"\r\n".join(pieces)


def uid(task: Task) -> str:
    """The same for the same follow-up in every export, also once it has an owner or a date.

    A line that is worded anew is another follow-up to a calendar, as it cannot tell.
    """
    if task.line is not None:
        # By its words, for the line was there before there was an entry.
        origin = f"{task.value.note}\n{task.value.line}"
        return f"{hashlib.sha256(origin.encode('utf-8', 'replace')).hexdigest()[:32]}@fieldguide"
    return f"{task.entry}@fieldguide"


def _todo(task: Task, own: str, stamp: str) -> list[str]:
    due = last_day(task.value.due)
    lines = ["BEGIN:VTODO", f"UID:{own}", *_words(task, stamp)]
    if due is not None:
        lines.append(f"DUE;VALUE=DATE:{due:%Y%m%d}")
    return [*lines, f"STATUS:{_STATES[task.value.state]}", "END:VTODO"]


def _event(task: Task, own: str, day: date, stamp: str) -> list[str]:
    return [
        "BEGIN:VEVENT", f"UID:day-{own}", *_words(task, stamp),
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}", f"DTEND;VALUE=DATE:{day + timedelta(1):%Y%m%d}",
        "TRANSP:TRANSPARENT", "END:VEVENT",
    ]  # fmt: skip


def _words(task: Task, stamp: str) -> list[str]:
    lines = [f"DTSTAMP:{stamp}", f"SUMMARY:{escaped(task.value.text)}"]
    said = [task.line.title] if task.line and task.line.title else []
    said += [task.value.owner] if task.value.owner else []
    return [*lines, f"DESCRIPTION:{escaped(', '.join(said))}"] if said else lines
