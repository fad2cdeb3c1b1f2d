"""Days and distances as plain words, the same wherever no window is there to translate them."""

from datetime import date
from typing import Final

from fieldguide.domain.trips import WEEKDAYS

MONTHS: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def distance_text(metres: float, uncertain: float = 0) -> str:
    """Metres below a kilometre, else kilometres with one digit where that says something.

    A length that may be ``uncertain`` metres off by a twentieth or more is rounded, with a sign.
    """
    if uncertain >= metres / 20 > 0:
        step = 1_000 if uncertain >= 500 and metres >= 1_000 else 100
        return f"≈ {distance_text(max(step, round(metres / step) * step))}"
    if metres < 1_000:
        return f"{round(metres, -1):.0f} m"
    kilometres = metres / 1_000
    return f"{kilometres:.0f} km" if kilometres == int(kilometres) else f"{kilometres:.1f} km"


def weekday_text(day: str) -> str:
    """An ISO day as Tuesday 28 May."""
    one = date.fromisoformat(day)
    return f"{WEEKDAYS[one.weekday()]} {one.day} {MONTHS[one.month - 1]}"


def day_text(day: str) -> str:
    """An ISO day as 28 May 2013."""
    one = date.fromisoformat(day)
    return f"{one.day} {MONTHS[one.month - 1]} {one.year}"


def days_text(first: str, last: str) -> str:
    """Two ISO days as one span that says month and year once: 27–31 May 2013."""
    if first == last:
        return day_text(first)
    if first[:7] == last[:7]:
        return f"{int(first[8:])}–{day_text(last)}"
    if first[:4] == last[:4]:
        return f"{day_text(first)[:-5]} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"
