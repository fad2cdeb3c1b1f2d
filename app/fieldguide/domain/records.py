"""Records of a guide: names, facts, doubts, relations and positions, as frozen values."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from fieldguide.errors import BadRequest

KINDS: Final = {
    "organisation": "Organisations",
    "person": "People",
    "place": "Places",
    "mission": "Missions",
    "visit": "Visits",
    "event": "Events",
    "agreement": "Agreements",
    "pathway": "Pathways",
    "step": "Steps",
    "authority": "Authorities",
    "law": "Laws",
    "policy": "Policies",
    "statistic": "Statistics",
    "claim": "Claims",
    "card": "Cards",
    "term": "Glossary",
    "source": "Sources",
    "help": "Help",
}

TYPES: Final = {
    "hospital", "park", "company", "cluster", "agency", "institute", "association", "university",
    "incubator", "laboratory", "government", "academy", "consultancy", "ministry", "consulate",
    "chamber", "newspaper", "portal", "consortium", "network", "hotline", "service", "airport",
    "station", "city", "district", "campus", "building", "zone", "hotel", "front-matter", "how-to",
}  # fmt: skip

CONFIDENCES: Final = {
    "R": "Reported by a source document of the mission",
    "H": "Official",
    "M": "Good secondary source",
    "L": "Weak source",
    "U": "Without a source",
}

NAME_TYPES: Final = {
    "name": "another form of its name",
    "full": "its full name",
    "short": "its short name",
    "former": "its former name",
    "abbreviation": "its abbreviation",
    "misspelling": "as misspelt in a source",
    "translation": "its name in another language",
    "local": "its local name",
    "native-order": "its name in another order",
}

PRECISIONS: Final = {"door": 50, "campus": 300, "street": 1_000, "district": 5_000}
"""Precision class -> radius in metres within which the real place lies."""

RELATIONS: Final = {
    "part-of": ("Part of", "Parts"),
    "campus-of": ("Campus of", "Campuses"),
    "located-in": ("Located in", "Hosts"),
    "run-by": ("Run by", "Runs"),
    "owned-by": ("Owned by", "Owns"),
    "member-of": ("Member of", "Members"),
    "works-for": ("Works for", "People"),
    "founded": ("Founded", "Founder"),
    "host": ("Host", "Hosted"),
    "organiser": ("Organiser", "Organised"),
    "supporter": ("Supporter", "Supports"),
    "speaker": ("Speaker", "Spoke"),
    "chair": ("Chair", "Chaired"),
    "participant": ("Participant", "Took part in"),
    "pitched-at": ("Pitched at", "Pitches"),
    "visited": ("Visited", "Visits"),
    "at": ("At", "Visits"),
    "party": ("Party", "Agreements"),
    "succeeded-by": ("Succeeded by", "Succeeds"),
    "step": ("Step", "Step of"),
    "authority": ("Authority", "Steps here"),
    "legal-basis": ("Legal basis", "Basis of"),
    "next": ("Next step", "Previous step"),
    "about": ("About", "Said about it"),
    "related": ("Related", "Related"),
}
"""Relation type -> (heading on the record that states it, heading on the record it names)."""

HALF_LIFE_MONTHS: Final = {"phone": 24, "regulation": 12, "count": 36, "history": 0}
"""Nature of a fact -> months after ``checked`` until it needs another look; 0 means never."""

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """The lasting name of a record, written ``kind/slug``."""

    kind: str
    slug: str

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``kind/slug``; raises BadRequest when it is not one."""
        kind, _, slug = text.partition("/")
        if kind not in KINDS or not _SLUG.fullmatch(slug):
            shown = text if len(text) <= 60 else text[:57] + "…"
            raise BadRequest(f"“{shown}” is not the name of a record: write it kind/slug.")
        return cls(kind, slug)

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Name:
    """One more name of a record; ``why`` says what it is when a search finds it by this name."""

    text: str
    type: str = "name"
    lang: str = "en"
    why: str = ""

    @property
    def reason(self) -> str:
        """What to show when a search finds the record by this name."""
        return self.why or NAME_TYPES[self.type]


@dataclass(frozen=True, slots=True)
class Doubt:
    """What is uncertain, in the guide's own words; ``id`` is lasting."""

    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with its provenance. Dates are ISO texts: YYYY[-MM[-DD]], --MM-DD or A/B."""

    label: str
    value: str
    id: str = ""
    group: str = ""
    value_zh: str = ""
    unit: str = ""
    printed: str = ""
    as_of: str = ""
    undated: str = ""
    checked: str = ""
    valid_until: str = ""
    source: str = ""
    locator: str = ""
    confidence: str = "R"
    nature: str = "history"
    speaker: str = ""
    superseded_by: str = ""
    note: str = ""
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation seen from one record: ``heading`` reads from here, ``other`` is the far end."""

    type: str
    heading: str
    other: Ref
    title: str
    title_zh: str = ""
    note: str = ""
    as_of: str = ""
    source: str = ""
    outward: bool = True


@dataclass(frozen=True, slots=True)
class Position:
    """WGS-84 degrees; ``precision`` is a key of PRECISIONS; ``stand_in`` says what the point is."""

    lat: float
    lon: float
    precision: str
    confidence: str
    source: str = ""
    note: str = ""
    stand_in: str = ""

    @property
    def radius_m(self) -> int:
        """Metres within which the real place lies."""
        return PRECISIONS[self.precision]


@dataclass(frozen=True, slots=True)
class When:
    """A span in local time of ``zone``; times are HH:MM or empty where the source prints none."""

    start: str
    time: str = ""
    end: str = ""
    end_time: str = ""
    zone: str = "Asia/Shanghai"


@dataclass(frozen=True, slots=True)
class Source:
    """Where facts come from; ``url`` is text to copy, never a link when ``mirror`` is set."""

    slug: str
    title: str
    short: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    mirror: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """What a list row shows of a record: enough to answer without opening it."""

    ref: Ref
    title: str
    title_zh: str
    pinyin: str
    types: tuple[str, ...]
    city: str
    answer: str


@dataclass(frozen=True)
class Record:
    """Everything the guide holds on one subject."""

    ref: Ref
    title: str
    title_zh: str = ""
    pinyin: str = ""
    types: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    city: str = ""
    summary: str = ""
    text: str = ""
    names: tuple[Name, ...] = ()
    facts: tuple[Fact, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    links: tuple[Link, ...] = ()
    sources: tuple[Source, ...] = ()
    position: Position | None = None
    when: When | None = None

    @cached_property
    def people(self) -> tuple[Link, ...]:
        """Links whose far end is a person."""
        return tuple(link for link in self.links if link.other.kind == "person")

    @cached_property
    def likely_hosts(self) -> tuple[Link, ...]:
        """The same without founders: they may have died long ago, and nobody meets them there."""
        return tuple(link for link in self.people if link.type != "founded")

    @cached_property
    def visits(self) -> tuple[Link, ...]:
        """Links whose far end is a visit."""
        return tuple(link for link in self.links if link.other.kind == "visit")
