"""When something is due: typed days, promises after the mission, and the week it falls into."""

import re
from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from fieldguide.domain.dates import read_dates
from fieldguide.domain.entries import Progress
from fieldguide.errors import BadRequest

_AFTER: Final = re.compile(r"\+\s*(\d{1,2})\s*([dwm])", re.IGNORECASE)
_SOON: Final = {"today": 0, "tomorrow": 1}
_WEEKDAYS: Final = (
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
)  # fmt: skip


class Span(StrEnum):
    """Where a day lies, seen from another; in the order of the board."""

    UNDATED = "undated"
    OVERDUE = "overdue"
    THIS_WEEK = "this week"
    NEXT_WEEK = "next week"
    LATER = "later"
    EARLIER = "earlier"


def last_day(due: str) -> date | None:
    """The last day that a date with or without a month and a day allows; None for no date."""
    parts = [int(part) for part in due.split("-") if part]
    if not parts or not parts[0]:
        return None
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    last = monthrange(year, month)[1]
    return date(year, month, min(parts[2], last) if len(parts) > 2 else last)


def span_of(due: str, state: Progress, today: date) -> Span:
    """The part of the board for a date; what is done is never overdue."""
    day = last_day(due)
    settled = state in (Progress.DONE, Progress.DROPPED)
    if day is None:
        return Span.EARLIER if settled else Span.UNDATED
    monday = today - timedelta(today.weekday())
    if day < today and not settled:
        return Span.OVERDUE
    if day < monday:
        return Span.EARLIER
    if day < monday + timedelta(7):
        return Span.THIS_WEEK
    return Span.NEXT_WEEK if day < monday + timedelta(14) else Span.LATER


def after(day: date, term: str) -> date:
    """A day so many days, weeks or months later: ``10d``, ``1w``, ``3m``; raises BadRequest."""
    match = _AFTER.fullmatch(f"+{term}")
    if match is None:
        raise BadRequest(f"“{term[:40]}” is not a time: write it as 1w, 3m or 12m.")
    number, unit = int(match[1]), match[2].lower()
    if unit != "m":
        return day + timedelta(number * (7 if unit == "w" else 1))
    months = day.year * 12 + day.month - 1 + number
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def read_due(typed: str, today: date, over: date) -> tuple[str, str]:
    """An ISO day and the term it was promised for, of what was typed; raises BadRequest.

    ``2013-06-05``, ``5 June``, ``Fri``, ``tomorrow``; ``+3m`` counts from the mission's end.
    """
    words = " ".join(typed.split()).lower()
    if not words:
        return "", ""
    if words in _SOON:
        return (today + timedelta(_SOON[words])).isoformat(), ""
    promised = _AFTER.fullmatch(words)
    if promised:
        term = f"{int(promised[1])}{promised[2].lower()}"
        return after(over, term).isoformat(), term
    terms, rest = read_dates(words)
    if len(terms) == 1 and not rest:
        day = _day(terms[0], today)
        if day is not None:
            return day.isoformat(), ""
    raise BadRequest(f"“{typed[:40]}” is not a day: write it as 2013-06-05, 5 June, Fri or +3m.")


def read_day(typed: str, today: date) -> date:
    """The day that was typed, with or without its year and its name; raises BadRequest."""
    terms, rest = read_dates(" ".join(typed.split()).lower())
    dated = [term for term in terms if term not in _WEEKDAYS]
    names = [term for term in terms if term in _WEEKDAYS]
    if not rest and terms and len(dated) <= 1 and len(names) <= 1:
        day = _day((dated or names)[0], today)
        if day is not None and all(_WEEKDAYS[day.weekday()] == name for name in names):
            return day
    raise BadRequest(
        f"“{typed[:40]}” is not a day: write it as 26 Apr 2027, 26.4.2027 or 2027-04-26."
    )


def _day(term: str, today: date) -> date | None:
    if term in _WEEKDAYS:
        return today + timedelta((_WEEKDAYS.index(term) - today.weekday()) % 7)
    if len(term) == 9:
        return date(int(term[1:5]), int(term[5:7]), int(term[7:]))
    if len(term) != 5 or term[0] != "d":
        return None
    # The nearest such day from a month ago on: who types 3 June in December means the next one.
    for year in range(today.year, today.year + 9):
        month, number = int(term[1:3]), int(term[3:])
        if number > monthrange(year, month)[1]:
            continue
        day = date(year, month, number)
        if day >= today - timedelta(31):
            return day
    return None
