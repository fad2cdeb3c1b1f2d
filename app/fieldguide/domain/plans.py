"""What the user adds to a guide's programme: meetings of their own, and whole missions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from fieldguide.domain.records import Ref, When
from fieldguide.domain.tables import DATE, LINES, TIME

_OWN: Final = "own-"
"""How the slug of a ref begins that names something in the notebook and nothing in a guide."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One stop that the user planned; ``day`` is empty until it is decided.

    It hangs on its mission as an entry hangs on a record. ``origin`` is the visit that it was
    copied from; ``verify`` says that nobody has looked since whether that still holds.
    """

    title: str
    title_zh: str = ""
    day: str = field(default="", metadata=DATE)
    time: str = field(default="", metadata=TIME)
    end_day: str = field(default="", metadata=DATE)
    """Empty when it ends on the day it begins."""
    end_time: str = field(default="", metadata=TIME)
    zone: str = ""
    """IANA name; empty for that of its mission."""
    place: Ref | None = None
    address: str = ""
    address_zh: str = ""
    host: Ref | None = None
    people: tuple[str, ...] = ()
    """Refs of the guide or ids of people kept here."""
    group: str = ""
    """The part of the delegation that goes; empty for all of it."""
    travel: str = ""
    """How one gets there from the stop before, as it was told: 30 min by high-speed train."""
    bring: str = field(default="", metadata=LINES)
    why: str = field(default="", metadata=LINES)
    origin: Ref | None = None
    verify: bool = False
    cancelled: bool = False

    def when(self, zone: str) -> When:
        """The span, in ``zone`` unless it names its own; a day that no calendar has is none."""
        day = self.day if is_day(self.day) else ""
        end = self.end_day if is_day(self.end_day) and self.end_day > day else ""
        return When(day, self.time if day else "", end, self.end_time, self.zone or zone)


@dataclass(frozen=True, slots=True)
class Plan:
    """A mission that the user plans over a guide; days are ISO, zones IANA names.

    What is empty is as the guide has it.
    """

    title: str
    start: str = field(default="", metadata=DATE)
    end: str = field(default="", metadata=DATE)
    zone: str = ""
    home_zone: str = ""
    home_city: str = ""
    participants: tuple[str, ...] = ()
    """Refs of the guide or ids of people kept here."""
    origin: Ref | None = None
    """The mission whose programme was copied."""


@dataclass(frozen=True, slots=True)
class Planned:
    """All of it as a guide is read with it; ``plan`` is None while the guide's mission is shown.

    ``meetings`` are those of the mission that is shown; ``names`` says who the people kept here
    are, by id.
    """

    mission: Ref | None = None
    plan: Plan | None = None
    meetings: Mapping[Ref, Meeting] = field(default_factory=dict)
    elsewhere: Mapping[Ref, Meeting] = field(default_factory=dict)
    """Those of other missions in their own zones, so that what was written on them has a name."""
    names: Mapping[str, str] = field(default_factory=dict)


def own_ref(entry_id: str) -> Ref:
    """The ref under which notes, questions and closings name a meeting or a plan kept here."""
    kind, _, bare = entry_id.partition(".")
    return Ref("mission" if kind == "plan" else "visit", f"{_OWN}{bare}")


def entry_id(ref: Ref) -> str:
    """The entry that such a ref names; empty for a ref of a guide."""
    if not ref.slug.startswith(_OWN) or ref.kind not in ("mission", "visit"):
        return ""
    kind = "plan" if ref.kind == "mission" else "meeting"
    return f"{kind}.{ref.slug.removeprefix(_OWN)}"


def shift_of_copy(first: str, start: str) -> timedelta:
    """From a day to the first one of its name from ``start`` on; both are ISO days."""
    old, new = date.fromisoformat(first), date.fromisoformat(start)
    return new - old + timedelta((old.weekday() - new.weekday()) % 7)


def end_of_copy(days: Iterable[str], start: str, end: str) -> str:
    """The ISO day on which a mission ends that has visits of these days copied into it.

    That is ``end`` unless the last of them falls later.
    """
    known = sorted(filter(None, days))
    if not known:
        return end
    last = date.fromisoformat(known[-1]) + shift_of_copy(known[0], start)
    return max(end, last.isoformat())


def is_day(text: str) -> bool:
    """Whether a text is a whole day of the calendar."""
    try:
        return len(text) == len("2013-05-28") and bool(date.fromisoformat(text))
    except ValueError:
        return False
