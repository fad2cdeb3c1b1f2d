"""When a fact was true, when it needs another look, and what overrules it."""

from dataclasses import dataclass
from datetime import date

from fieldguide.domain.records import HALF_LIFE_MONTHS, Fact


@dataclass(frozen=True, slots=True)
class Freshness:
    """How a fact stands on a day: ``stale`` past its half-life, ``overruled`` when replaced."""

    stale: bool
    overruled: bool
    years: int
    """Whole years between ``as_of`` and the day; 0 when the fact has no year."""


def freshness(fact: Fact, day: date) -> Freshness:
    """Judge one fact on one day."""
    overruled = bool(fact.superseded_by) or _past(fact.valid_until, day)
    stale = is_stale(fact.nature, fact.checked, fact.as_of, day)
    return Freshness(stale, overruled, _years(fact.as_of, day))


def _past(valid_until: str, day: date) -> bool:
    """Whether the last moment that ISO text names (a year, month or day) lies before the day."""
    return bool(valid_until) and day.isoformat()[: len(valid_until)] > valid_until


def is_stale(nature: str, checked: str, as_of: str, day: date) -> bool:
    """Whether a fact of this nature has not been looked at for longer than its half-life."""
    months = HALF_LIFE_MONTHS[nature]
    if not months:
        return False
    year, _, rest = (checked or as_of.split("/")[-1]).partition("-")
    if not year:
        return True
    month = int(rest[:2] or "12")
    return (day.year - int(year)) * 12 + day.month - month > months


def _years(as_of: str, day: date) -> int:
    last = as_of.split("/")[-1][:4]
    return max(0, day.year - int(last)) if last.isdigit() else 0
