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
    return Freshness(_stale(fact, day), overruled, _years(fact.as_of, day))


def _past(valid_until: str, day: date) -> bool:
    """Whether the last moment that ISO text names (a year, month or day) lies before the day."""
    return bool(valid_until) and day.isoformat()[: len(valid_until)] > valid_until


def _stale(fact: Fact, day: date) -> bool:
    months = HALF_LIFE_MONTHS[fact.nature]
    if not months:
        return False
    year, _, rest = (fact.checked or fact.as_of.split("/")[-1]).partition("-")
    if not year:
        return True
    month = int(rest[:2] or "12")
    return (day.year - int(year)) * 12 + day.month - month > months


def _years(as_of: str, day: date) -> int:
    last = as_of.split("/")[-1][:4]
    return max(0, day.year - int(last)) if last.isdigit() else 0
