"""An hour of the day as it is typed, and as it is kept: HH:MM."""

import re
from typing import Final

from fieldguide.errors import BadRequest

_HOUR: Final = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]?\s*(?P<minute>\d{2}))?\s*h?\s*(?P<half>[ap]\.?m\.?)?",
    re.IGNORECASE,
)


def read_hour(typed: str) -> str:
    """HH:MM from 9, 9:30, 930, 14h30 or 2 pm; empty for nothing; raises BadRequest."""
    text = typed.strip()
    if not text:
        return ""
    found = _HOUR.fullmatch(text)
    hour, minute = (int(found["hour"]), int(found["minute"] or 0)) if found else (24, 0)
    half = (found["half"] or "").lower()[:1] if found else ""
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half:
        hour = 24
    if hour > 23 or minute > 59:
        raise BadRequest(f"“{text[:20]}” is not an hour: write it as 14:30.")
    return f"{hour:02}:{minute:02}"


def minutes_of(time: str) -> int:
    """Minutes after midnight of an hour that is kept."""
    hours, _, rest = time.partition(":")
    return int(hours) * 60 + int(rest)


def time_of(minutes: int) -> str:
    """The same the other way round."""
    return f"{minutes // 60:02}:{minutes % 60:02}"


def between(before: str, after: str) -> str:
    """An hour between two, on a quarter; an hour from the only one; empty for none."""
    if before and after:
        middle = (minutes_of(before) + minutes_of(after)) // 2
        return time_of(middle - middle % 15)
    if before:
        return time_of(min(minutes_of(before) + 60, 23 * 60 + 59))
    return time_of(max(minutes_of(after) - 60, 0)) if after else ""
