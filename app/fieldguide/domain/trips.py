"""Missions and days: visits in order, their hours here and at home, straight lines between."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide.domain.records import Doubt, Link, Position, Ref, When
from fieldguide.errors import BadRequest

WEEKDAYS: Final = (
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
)  # fmt: skip
GROUP: Final = "Group"
BRING: Final = "Bring"
WAY: Final = "Way there"
"""Labels of the facts of a visit that a programme shows: who goes, with what, and how."""
MOST_BRIEF: Final = 32
"""Characters of the way there that stand at a line of a map."""
LONGEST_TRAVEL: Final = 3 * 24 * 60
"""Minutes; what is said to take longer was read wrongly."""
_SPAN: Final = re.compile(
    r"(?<![\d.,])(?:"
    r"(?P<hours>\d{1,2}(?:[.,]\d)?)\s*h(?:(?:ours?|rs?)\b|(?![a-z]))"
    r"(?:\s*(?:and\s+)?(?P<rest>\d{1,2})\b)?"
    r"|(?P<minutes>\d{1,4})\s*min(?:ute)?s?\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Travel:
    """The way to a stop as somebody told it; never worked out from a map."""

    words: str
    minutes: int = 0
    """0 where the words do not say it."""
    source: str = ""
    """Slug of the source; empty for what the user wrote."""
    as_of: str = ""

    @property
    def brief(self) -> str:
        """The words as far as a line of a map has room for them."""
        if len(self.words) <= MOST_BRIEF:
            return self.words
        return f"{self.words[:MOST_BRIEF].rsplit(' ', 1)[0].rstrip(',;.: ')}…"


@dataclass(frozen=True, slots=True)
class Visit:
    """One stop of a programme; ``place`` and ``position`` are where it is, as far as known."""

    ref: Ref
    title: str
    title_zh: str
    pinyin: str
    when: When
    summary: str
    host: Link | None = None
    place: Link | None = None
    address: str = ""
    address_zh: str = ""
    position: Position | None = None
    people: tuple[Link, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    group: str = ""
    """The part of the delegation that goes; empty for all of it."""
    bring: str = ""
    travel: Travel | None = None
    """How one gets there from the stop before."""
    own: bool = False
    """Whether the user planned it; what follows is true of such visits alone."""
    verify: bool = False
    """Whether it was copied from another mission, and nobody has looked since if it holds."""
    cancelled: bool = False
    others: tuple[str, ...] = ()
    """Names of people of it whom the guide does not know."""
    origin: Ref | None = None
    """The visit of the guide that it was copied from."""

    @property
    def day(self) -> str:
        """ISO day; empty when only a month or a year is known."""
        return self.when.start if len(self.when.start) == 10 else ""


@dataclass(frozen=True, slots=True)
class Leg:
    """From one stop to the next: metres along a straight line, None when a position is missing.

    ``uncertain_m`` is how far off both positions may be together, in metres.
    """

    origin: Ref
    target: Ref
    metres: float | None
    uncertain_m: int = 0
    travel: Travel | None = None
    parted: bool = False
    """Whether nobody goes it, as other parts of the delegation go to the two."""

    @property
    def close_by(self) -> bool:
        """Whether the positions are too near each other for their precision to give a distance."""
        return self.metres is not None and self.metres <= self.uncertain_m


@dataclass(frozen=True, slots=True)
class Day:
    """All visits of one date in order, and the legs between them."""

    date: str
    visits: tuple[Visit, ...]
    legs: tuple[Leg, ...]

    @property
    def weekday(self) -> str:
        """English name of the day of the week."""
        return WEEKDAYS[date.fromisoformat(self.date).weekday()]


def parse_day(text: str) -> date:
    """Read YYYY-MM-DD; raises BadRequest."""
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise BadRequest(f"“{text[:40]}” is not a day: write it as 2013-05-28.") from wrong


def parse_moment(text: str, hour: time = time.min) -> datetime:
    """Read YYYY-MM-DD, which means that ``hour`` of it, or YYYY-MM-DDTHH:MM; no zone is known.

    Raises BadRequest.
    """
    if len(text) <= len("2013-05-28"):
        return datetime.combine(parse_day(text), hour)
    try:
        return datetime.strptime(text.replace("T", " ", 1), "%Y-%m-%d %H:%M")
    except ValueError as wrong:
        raise BadRequest(
            f"“{text[:40]}” is not a moment: write it as 2013-05-28 or 2013-05-28T11:30."
        ) from wrong


def begin_of(when: When) -> datetime | None:
    """The aware moment it begins; None without a day and a time."""
    return _moment(when.start, when.time, when.zone)


def end_of(when: When) -> datetime | None:
    """The aware moment it ends; None where that is not told, or would be before it begins."""
    begin, end = begin_of(when), _moment(when.end or when.start, when.end_time, when.zone)
    return None if begin is None or end is None or end <= begin else end


def home_time(when: When, home_zone: str) -> str:
    """HH:MM at home when it is ``when.time`` there; empty without a day and a time."""
    begin = begin_of(when)
    return f"{begin.astimezone(ZoneInfo(home_zone)):%H:%M}" if begin is not None else ""


def straight_line(a: Position | None, b: Position | None) -> float | None:
    """Metres along the WGS-84 ellipsoid; None when either position is not known."""
    if a is None or b is None:
        return None
    from geographiclib.geodesic import Geodesic

    inverse = Geodesic.WGS84.Inverse(a.lat, a.lon, b.lat, b.lon)
    return float(inverse["s12"])


def read_travel(words: str, source: str = "", as_of: str = "") -> Travel | None:
    """Take the minutes out of words like “1 h 20 min by coach”; None for no words."""
    if not words.strip():
        return None
    found = _SPAN.search(words)
    hours, rest, minutes = found.group("hours", "rest", "minutes") if found else ("", "", "")
    total = round(float((hours or "0").replace(",", ".")) * 60) + int(rest or minutes or "0")
    return Travel(words.strip(), total if total <= LONGEST_TRAVEL else 0, source, as_of)


def day_of(text: str, visits: Sequence[Visit]) -> Day:
    """The day with its visits in order of time; those without a time come first."""
    own = sorted((v for v in visits if v.day == text), key=_order)
    return Day(text, tuple(own), tuple(_leg(a, b) for a, b in pairwise(own)))


def _leg(a: Visit, b: Visit) -> Leg:
    radii = [visit.position.radius_m for visit in (a, b) if visit.position is not None]
    parted = bool(a.group and b.group and a.group != b.group)
    way = None if parted else b.travel
    return Leg(a.ref, b.ref, straight_line(a.position, b.position), sum(radii), way, parted)


def _order(visit: Visit) -> tuple[str, bool, str]:
    """By time; of two at once the organiser's comes first."""
    return visit.when.time, visit.own, visit.when.end_time


def _moment(day: str, time: str, zone: str) -> datetime | None:
    if len(day) != len("2013-05-28") or not time:
        return None
    return datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=ZoneInfo(zone))
