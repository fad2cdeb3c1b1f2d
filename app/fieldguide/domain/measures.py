"""Days and distances as plain words, the same wherever no window is there to translate them."""

from datetime import date
from typing import Final

from fieldguide.domain.trips import WEEKDAYS

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def distance_text(metres: float) -> str:
    """Metres below a kilometre, else kilometres with one digit where that says something."""
    if metres < 1_000:
        return f"{round(metres, -1):.0f} m"
    kilometres = metres / 1_000
    return f"{kilometres:.0f} km" if kilometres == int(kilometres) else f"{kilometres:.1f} km"


def weekday_text(day: str) -> str:
    """An ISO day as Tuesday 28 May."""
    one = date.fromisoformat(day)
    return f"{WEEKDAYS[one.weekday()]} {one.day} {MONTHS[one.month - 1]}"


def days_text(first: str, last: str) -> str:
    """Two ISO days as one span that says month and year once: 27–31 May 2013."""
    if first == last:
        return _dated(first)
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{_dated(last)}"
    if first[:4] == last[:4]:
        return f"{_dated(first)[:-5]} – {_dated(last)}"
    return f"{_dated(first)} – {_dated(last)}"


def _dated(day: str) -> str:
    one = date.fromisoformat(day)
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"
