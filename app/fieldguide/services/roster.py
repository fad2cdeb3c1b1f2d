"""The roster: people of the guide and people one keeps oneself, as one list."""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from fieldguide.domain.entries import Closing, Entry, Kind
from fieldguide.domain.people import Encounter, Person, PersonName, Role, Script, Way
from fieldguide.domain.person_names import family_of
from fieldguide.domain.records import Fact, Record, Ref
from fieldguide.domain.script import fold, is_hanzi, words
from fieldguide.domain.surnames import HANZI_SURNAMES
from fieldguide.services.guide import Guide
from fieldguide.services.own_card import OWN
from fieldguide.storage.people_db import Listed, Mark
from fieldguide.storage.workspace_db import Workspace

SEEN_FIRST: Final = 20
"""Rows that come along with the order of a list: a little more than 800 pixels show."""
HELD: Final = 2_000
"""People that are kept as they were read, until anything is saved."""
NAME_WORDS: Final = 3
"""A title of more words than these is no name of one person."""
_WAYS: Final = {"E-mail": "email", "Phone": "phone", "Mobile": "mobile", "Website": "web"}
_REPORTED: Final = "R"


class Part(StrEnum):
    """Which people are looked at."""

    ALL = "all"
    MISSION = "mission"
    MET = "met"
    MINE = "mine"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show."""

    part: Part = Part.ALL
    words: str = ""


@dataclass(frozen=True, slots=True)
class Somebody:
    """One row: a person of the guide by ``ref``, or one of the user's by ``id``."""

    person: Person
    ref: Ref | None = None
    id: str = ""
    revision: str = ""
    changed: datetime | None = None
    versions: int = 1
    attended: tuple[Ref, ...] = ()
    """Visits in which one of us ticked them as there."""
    me: bool = False
    """Whether it is the user."""

    @property
    def mine(self) -> bool:
        """Whether it is kept by the user."""
        return self.ref is None


@dataclass(frozen=True, slots=True)
class Named:
    """A person of the guide; ``mission`` when a document of the mission says something of
    them in its year."""

    somebody: Somebody
    sorting: str
    words: tuple[str, ...]
    mission: bool

    def answers(self, sought: Sequence[str]) -> bool:
        """Whether each word begins one of its own; of hanzi also what stands inside."""
        return all(
            any(
                word.startswith(begun) or (is_hanzi(begun) and begun in word) for word in self.words
            )
            for begun in sought
        )


@dataclass(frozen=True, slots=True)
class Roll:
    """The numbers of all rows of a list by family name, and what its first ones show."""

    order: tuple[int, ...]
    first: Mapping[int, Somebody]
    counts: Mapping[Part, int]
    read_only: str = ""
    wanted: Wanted = field(default_factory=Wanted)


def named_in(guide: Guide) -> tuple[Named, ...]:
    """Everybody the guide names, for a roster; runs on the guide's thread."""
    records = guide.brief([card.ref for card in guide.records("person")])
    years = {visit.when.start[:4] for visit in guide.visits}
    return tuple(_named(record, years) for record in records.values())


def meetings_of(guide: Guide) -> dict[Ref, str]:
    """What the visits and events of the guide are called, those of the programme first."""
    programme = {one.ref: _dated(one.title, one.day) for one in guide.visits}
    others = (card for kind in ("visit", "event") for card in guide.records(kind))
    return programme | {card.ref: card.title for card in others if card.ref not in programme}


def bodies_of(guide: Guide) -> dict[str, Ref]:
    """Organisations of the guide by their titles, for whoever types where somebody works."""
    kinds = ("organisation", "authority")
    return {card.title: card.ref for kind in kinds for card in guide.records(kind)}


def person_of(record: Record) -> Person:
    """What a record of the guide says of a person, with the source of each value."""
    said = PersonName(record.title, family=_family(record.title), sources=_sources(record.facts))
    names = [said]
    if record.title_zh:
        names.append(PersonName(record.title_zh, Script.HANZI))
    if record.pinyin:
        names.append(PersonName(record.pinyin, Script.PINYIN))
    met = tuple(
        Encounter(link.other, sources=(link.source,) if link.source else ())
        for link in record.links
        if link.other.kind in ("visit", "event")
    )
    ways = tuple(
        Way(_WAYS[fact.label], fact.value, sources=_sources([fact]))
        for fact in record.facts
        if fact.label in _WAYS
    )
    return Person(
        str(record.ref), tuple(names), roles=_roles(record), ways=ways, met=met,
        records=tuple(link.other for link in record.links if link.type == "works-for"),
    )  # fmt: skip


class Roster:
    """Lists of one notebook's people among the guide's; for the thread of the notebook alone.

    The guide's people have numbers below zero: ``-1`` is the first of them.
    """

    def __init__(self, db: Workspace) -> None:
        self._db = db
        self._known_at: Mark = ()
        self._people: dict[int, Listed] = {}
        self._sorted: list[tuple[str, int]] = []
        self._counts: dict[Part, int] = {}
        self._held: dict[int, Somebody] = {}
        self._attended: dict[str, tuple[Ref, ...]] = {}
        self._there: frozenset[int] = frozenset()
        self._joined: frozenset[str] = frozenset()
        """People of the guide who are part of somebody kept here."""

    def look(self, wanted: Wanted, guide: Sequence[Named] = (), first: int = SEEN_FIRST) -> Roll:
        """The order of a list, whole, and as many of its rows."""
        self._read()
        order = self._order(wanted, guide)
        counts = dict(self._counts)
        for part in (Part.ALL, Part.MISSION, Part.MET):
            counts[part] += sum(self._shows(one, part) for one in guide)
        seen = self.somebodies(order[:first], guide)
        return Roll(tuple(order), seen, counts, self._db.read_only, wanted)

    def somebodies(
        self, numbers: Sequence[int], guide: Sequence[Named] = ()
    ) -> dict[int, Somebody]:
        """Some rows by their numbers, without those that are gone meanwhile."""
        self._read()
        lacking = [number for number in numbers if number > 0 and number not in self._held]
        if len(self._held) > HELD:
            self._held.clear()
            lacking = [number for number in numbers if number > 0]
        for number, entry in self._db.people.at(lacking).items() if lacking else ():
            self._held[number] = Somebody(
                entry.value, None, entry.id, entry.revision, entry.changed, entry.versions,
                self._attended.get(entry.id, ()),
            )  # fmt: skip
        found = {number: self._held[number] for number in numbers if number in self._held}
        own = self._db.setting(OWN)
        found = {
            number: replace(one, me=True) if one.id == own else one for number, one in found.items()
        }
        for number in numbers:
            if number < 0:
                one = guide[-1 - number].somebody
                there = self._attended.get(str(one.ref), ())
                found[number] = replace(one, attended=there) if there else one
        return found

    def number_of(self, entry_id: str) -> int | None:
        """The number of one of the user's people by their id."""
        return self._db.people.number_of(entry_id)

    def starting(
        self, numbers: Sequence[int], letters: str, guide: Sequence[Named] = ()
    ) -> int | None:
        """The first of these whose family name, or else whose name, begins so."""
        begun = fold(letters)
        names: tuple[str, ...]
        for number in numbers:
            if number < 0:
                names = guide[-1 - number].sorting, guide[-1 - number].somebody.person.title
            elif (one := self._people.get(number)) is not None:
                names = _said(one.family), one.family, one.title
            else:
                continue
            if any(fold(name).startswith(begun) for name in names):
                return number
        return None

    def _read(self) -> None:
        """Learn the order anew where anything was saved since."""
        mark = self._db.people.mark()
        if mark == self._known_at:
            return
        self._people = {one.number: one for one in self._db.people.all()}
        self._sorted = sorted(
            (fold(f"{_said(one.family)} {one.title}".strip()), one.number)
            for one in self._people.values()
        )
        self._attended = _attended(self._db.entries.all(Kind.CLOSING))
        numbers = (self._db.people.number_of(one) for one in self._attended)
        self._there = frozenset(number for number in numbers if number is not None)
        self._counts = dict.fromkeys(Part, len(self._people)) | {
            part: sum(self._belongs(one, part) for one in self._people.values())
            for part in (Part.MISSION, Part.MET)
        }
        self._joined = frozenset(ref for one in self._people.values() for ref in one.records)
        self._held.clear()
        self._known_at = mark

    def _order(self, wanted: Wanted, guide: Sequence[Named]) -> list[int]:
        found = self._db.people.answering(wanted.words)
        mine = list(self._sorted)
        if found is not None:
            mine = [one for one in mine if one[1] in found]
        if wanted.part in (Part.MISSION, Part.MET):
            mine = [one for one in mine if self._belongs(self._people[one[1]], wanted.part)]
        sought = words(wanted.words)
        for place, one in enumerate(guide):
            if self._shows(one, wanted.part) and one.answers(sought):
                entry = (one.sorting, -1 - place)
                mine.insert(bisect_left(mine, entry), entry)
        return [number for _, number in mine]

    def _belongs(self, one: Listed, part: Part) -> bool:
        if part is Part.MISSION:
            return one.on_a_visit
        return one.met or one.number in self._there

    def _shows(self, one: Named, part: Part) -> bool:
        if str(one.somebody.ref) in self._joined:
            return False
        if part is Part.MET:
            return self._was_there(one)
        return part is Part.ALL or (part is Part.MISSION and one.mission)

    def _was_there(self, one: Named) -> bool:
        return str(one.somebody.ref) in self._attended


def _said(family: str) -> str:
    """A family name as it is sorted: one in hanzi by how it is said, beside those in Latin."""
    return HANZI_SURNAMES.get(family, family)


def _dated(title: str, day: str) -> str:
    return f"{title}, {day}" if day else title


def _attended(closings: Iterable[Entry[Closing]]) -> dict[str, tuple[Ref, ...]]:
    """Who was ticked -> the visits they were there in."""
    there: dict[str, tuple[Ref, ...]] = {}
    for closing in closings:
        visit = closing.visit or closing.about
        if visit is None:
            continue
        for who in closing.value.attended:
            there[who] = tuple(dict.fromkeys((*there.get(who, ()), visit)))
    return there


def _named(record: Record, years: Collection[str]) -> Named:
    person = person_of(record)
    name = person.names[0]
    said = [name.text, record.title_zh, record.pinyin, record.summary]
    said += [one.text for one in record.names]
    said += [link.title for link in record.links] + [link.title_zh for link in record.links]
    sorting = fold(f"{name.family} {name.text}" if name.family else name.text)
    mission = any(fact.confidence == _REPORTED and fact.as_of[:4] in years for fact in record.facts)
    return Named(
        Somebody(person, record.ref), sorting, tuple(words(" ".join(filter(None, said)))), mission
    )


def _family(title: str) -> str:
    few = len(title.split()) <= NAME_WORDS
    return family_of(title) if few else ""


def _roles(record: Record) -> tuple[Role, ...]:
    posts = [fact for fact in record.facts if fact.label == "Post"]
    roles = [
        Role(
            link.note[:1].upper() + link.note[1:], "", link.title, link.title_zh, at=link.other,
            since=_year(posts, place), sources=(link.source,) if link.source else (),
        )
        for place, link in enumerate(one for one in record.links if one.type == "works-for")
    ]  # fmt: skip
    if not roles:
        roles = [Role(fact.value, since=fact.as_of[:10], sources=_sources([fact]))
                 for fact in posts]  # fmt: skip
    return tuple(roles)


def _year(posts: Sequence[Fact], place: int) -> str:
    return posts[min(place, len(posts) - 1)].as_of[:10] if posts else ""


def _sources(facts: Sequence[Fact]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact.source for fact in facts if fact.source))
