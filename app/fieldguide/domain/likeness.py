"""Who may be one and the same person, and why: for a question to the user, never a decision."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations, islice, product
from typing import Final

from fieldguide.domain.people import HANDLES, Person, PersonName, Script
from fieldguide.domain.script import fold, words
from fieldguide.domain.surnames import HANZI_SURNAMES, family_of_hanzi, is_surname

Readings = Callable[[str], Sequence[Sequence[str]]]
"""Each of the hanzi of a text -> the syllables it may be read as, without tones."""

SUGGESTED: Final = 0.6
"""From here on two people are shown to the user as perhaps one."""
_PHONE_DIGITS: Final = 8
_MOST_READINGS: Final = 8
_CROWD: Final = 60
"""A key that more people than this share tells nothing by itself."""
_SHARED_BOXES: Final = frozenset(
    {"info", "office", "contact", "kontakt", "sales", "mail", "admin", "service", "support"}
)


class Reason(StrEnum):
    """Why two people may be one."""

    EMAIL = "the same e-mail address"
    NUMBER = "the same number"
    HANDLE = "the same name elsewhere"
    HANZI = "the same name in hanzi"
    READING = "a name that is how the hanzi of the other are read"
    NAME = "the same name"
    ORDER = "the same name in another order"
    SPELLING = "nearly the same name"
    ORGANISATION = "the same organisation"


_WEIGHTS: Final = {
    Reason.EMAIL: 0.88,
    Reason.NUMBER: 0.6,
    Reason.HANDLE: 0.9,
    Reason.HANZI: 0.62,
    Reason.NAME: 0.62,
    Reason.ORDER: 0.6,
    Reason.SPELLING: 0.6,
    Reason.READING: 0.4,
    Reason.ORGANISATION: 0.4,
}
_OF_NAMES: Final = (
    Reason.HANZI,
    Reason.NAME,
    Reason.ORDER,
    Reason.SPELLING,
    Reason.READING,
)
"""Of these only the strongest counts: all tell that the names agree."""
_COMMON_NAME: Final = 0.65
"""How much less a name tells that is short, or Chinese and without its hanzi."""
_OTHER_HANZI: Final = 0.35
_OTHER_NAME: Final = 0.7
_OTHER_PLACE: Final = 0.8
"""What is left of a likeness where names, or the places of nearly the same names, differ."""
_KINDS_OF_PLACES: Final = frozenset({
    "academy", "and", "bio", "biotech", "branch", "center", "centre", "china", "chinese", "city",
    "co", "college", "company", "corporation", "department", "development", "for", "gmbh",
    "group", "high", "hospital", "inc", "industrial", "industry", "innovation", "institute",
    "international", "life", "limited", "ltd", "medical", "medicine", "national", "of", "office",
    "park", "people", "pharma", "pharmaceutical", "research", "sas", "school", "science",
    "sciences", "shanghai", "suzhou", "tech", "technology", "the", "university", "zone",
})  # fmt: skip
"""What many organisations have in their names: two are not one for sharing these."""
_LEAST_LETTERS: Final = 7
"""Shorter names are all nearly the same."""
_MOST_LETTERS: Final = 60
"""Of a longer one each slip of the hand would have to be kept: that is no name."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How likely two people are one, from 0 to 1, and why; the strongest reason first."""

    score: float
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True)
class _Traits:
    """What a person is compared by, folded once."""

    emails: frozenset[str]
    numbers: frozenset[str]
    handles: frozenset[tuple[str, str]]
    hanzi: frozenset[str]
    readings: frozenset[str]
    latin: frozenset[str]
    turned: frozenset[str]
    common: bool
    organisations: frozenset[str]
    places: frozenset[frozenset[str]]
    """The words of each organisation, for one that is named in short."""

    @classmethod
    def of(cls, person: Person, readings: Readings) -> "_Traits":
        latin = [
            name
            for name in person.names
            if name.script in (Script.LATIN, Script.PINYIN, Script.OTHER)
        ]
        hanzi = [name for name in person.names if name.script is Script.HANZI]
        places = [
            text
            for role in person.roles
            for text in (role.organisation, role.organisation_zh)
            if text
        ]
        records = [f"@{role.at}" for role in person.roles if role.at]
        return cls(
            frozenset(way.key for way in person.reached_by("email")),
            frozenset(_number(way.key) for way in person.reached_by("phone", "mobile")),
            frozenset((way.kind, way.key) for way in person.ways if way.kind in HANDLES),
            frozenset(name.text for name in hanzi if len(name.text) > 1),
            frozenset(said for name in hanzi for said in _said(name, readings)),
            frozenset("".join(words(name.text)) for name in latin),
            frozenset(turned for name in latin for turned in _turned(name)),
            any(is_surname(word) for name in latin for word in name.text.split()),
            frozenset(["".join(words(text)) for text in places] + records),
            frozenset(frozenset(words(text)) for text in places),
        )

    @property
    def all_latin(self) -> frozenset[str]:
        return self.latin | self.turned


def alike(first: Person, second: Person, readings: Readings | None = None) -> Likeness:
    """How much speaks for two people being one; ``readings`` tells how hanzi are said."""
    said = readings or surname_readings
    return _compared(_Traits.of(first, said), _Traits.of(second, said))


def surname_readings(hanzi: str) -> Sequence[Sequence[str]]:
    """Only how a family name is read; nothing for any other character."""
    family = family_of_hanzi(hanzi)
    return [[HANZI_SURNAMES[family]]] if hanzi == family and family in HANZI_SURNAMES else []


def _compared(a: _Traits, b: _Traits) -> Likeness:
    reasons = list(_reasons(a, b))
    if reasons == [Reason.ORGANISATION]:
        return Likeness(0.0, (Reason.ORGANISATION,))
    weights = {reason: _weight(reason, a, b) for reason in reasons}
    names = [weights[reason] for reason in _OF_NAMES if reason in weights]
    left = 1 - max(names, default=0.0)
    for reason, weight in weights.items():
        left *= 1.0 if reason in _OF_NAMES else 1 - weight
    score = 1 - left
    if a.hanzi and b.hanzi and not a.hanzi & b.hanzi:
        score *= _OTHER_HANZI
    elif a.latin and b.latin and not names:
        score *= _OTHER_NAME
    ordered = sorted(reasons, key=lambda reason: -weights[reason])
    return Likeness(round(score, 3), tuple(ordered))


def _weight(reason: Reason, a: _Traits, b: _Traits) -> float:
    weight = _WEIGHTS[reason]
    if reason is Reason.EMAIL and _only_shared(a.emails & b.emails):
        weight *= 0.5
    elif reason is Reason.HANZI:
        weight *= 1.0 if any(len(name) > 2 for name in a.hanzi & b.hanzi) else _COMMON_NAME
    elif reason in _OF_NAMES and reason is not Reason.READING and (a.common or b.common):
        weight *= _COMMON_NAME
    if reason is Reason.SPELLING and a.organisations and b.organisations:
        weight *= 1.0 if _same_place(a, b) else _OTHER_PLACE
    return weight


def _reasons(a: _Traits, b: _Traits) -> Iterator[Reason]:
    if a.emails & b.emails:
        yield Reason.EMAIL
    if a.numbers & b.numbers:
        yield Reason.NUMBER
    if a.handles & b.handles:
        yield Reason.HANDLE
    if a.hanzi & b.hanzi:
        yield Reason.HANZI
    elif (not a.hanzi and a.all_latin & b.readings) or (not b.hanzi and b.all_latin & a.readings):
        yield Reason.READING
    if a.latin & b.latin:
        yield Reason.NAME
    elif a.latin & b.turned or b.latin & a.turned:
        yield Reason.ORDER
    elif any(_near(one, other) for one in a.latin for other in b.all_latin):
        yield Reason.SPELLING
    if _same_place(a, b):
        yield Reason.ORGANISATION


def _same_place(a: _Traits, b: _Traits) -> bool:
    """Whether they share an organisation, also where one names it in short: Juke, Juke Park."""
    if a.organisations & b.organisations:
        return True
    return any(
        (one <= other or other <= one) and one & other - _KINDS_OF_PLACES
        for one in a.places
        for other in b.places
    )


def _near(one: str, other: str) -> bool:
    """Whether one slip of the hand lies between two long names."""
    if min(len(one), len(other)) < _LEAST_LETTERS or abs(len(one) - len(other)) > 1:
        return False
    start = _shared(one, other)
    end = _shared(one[start:][::-1], other[start:][::-1])
    left, right = one[start : len(one) - end], other[start : len(other) - end]
    return max(len(left), len(right)) < 2 or (len(left) == 2 and left == right[::-1])


def _shared(one: str, other: str) -> int:
    """How many letters two words have in common from their start."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _only_shared(emails: Iterable[str]) -> bool:
    return all(email.partition("@")[0] in _SHARED_BOXES for email in emails)


def _number(digits: str) -> str:
    """The end of a number: countries and trunks are dialled in many ways."""
    return digits[-_PHONE_DIGITS:]


def _turned(name: PersonName) -> Iterator[str]:
    """The same name with its first word last, and with its last word first."""
    said = words(name.text)
    if len(said) > 1:
        yield "".join([*said[1:], said[0]])
        yield "".join([said[-1], *said[:-1]])
    if name.family and (given := name.given):
        yield "".join(words(f"{given} {name.family}"))
        yield "".join(words(f"{name.family} {given}"))


def _said(name: PersonName, readings: Readings) -> Iterator[str]:
    """How a Chinese name is spelt in Latin letters, family name first."""
    family = family_of_hanzi(name.text)
    first = [[HANZI_SURNAMES[family]]] if family in HANZI_SURNAMES else readings(family)
    given = readings(name.text[len(family) :])
    if len(given) != len(name.text) - len(family) or not first:
        return
    for syllables in islice(product(*first, *given), _MOST_READINGS):
        yield "".join(fold(one) for one in syllables)


class Acquaintances:
    """Many people, kept by what two descriptions of one person have in common."""

    def __init__(self, people: Iterable[Person], readings: Readings | None = None) -> None:
        """``people`` keep their order; a place among them names one in the answers."""
        self._readings = readings or surname_readings
        self._traits: list[_Traits] = []
        self._keys: defaultdict[str, list[int]] = defaultdict(list)
        for person in people:
            self.add(person)

    def add(self, person: Person) -> int:
        """Keep one more; returns its place."""
        place = len(self._traits)
        traits = _Traits.of(person, self._readings)
        self._traits.append(traits)
        for key in _keys(traits):
            self._keys[key].append(place)
        return place

    def drop(self, place: int) -> None:
        """Forget who stands at a place; the others keep theirs."""
        for key in _keys(self._traits[place]):
            if place in self._keys[key]:
                self._keys[key].remove(place)

    def like(self, person: Person) -> list[tuple[int, Likeness]]:
        """Places of people who may be this one, the likeliest first."""
        traits = _Traits.of(person, self._readings)
        near = {place for key in _keys(traits) for place in self._keys.get(key, ())}
        found = [(place, _compared(traits, self._traits[place])) for place in near]
        return sorted(
            ((place, how) for place, how in found if how.score >= SUGGESTED),
            key=lambda one: (-one[1].score, one[0]),
        )

    def pairs(self) -> list[tuple[int, int, Likeness]]:
        """All pairs that may be one person, the likeliest first; the lower place first in each."""
        near = {
            pair
            for places in self._keys.values()
            if len(places) <= _CROWD
            for pair in combinations(places, 2)
        }
        found = ((a, b, _compared(self._traits[a], self._traits[b])) for a, b in near)
        return sorted(
            (one for one in found if one[2].score >= SUGGESTED),
            key=lambda one: (-one[2].score, one[0], one[1]),
        )


def _keys(traits: _Traits) -> set[str]:
    """What people who are one have in common, at least one of them."""
    keys = {f"@{email}" for email in traits.emails} | {f"#{one}" for one in traits.numbers}
    keys |= {f"{kind}:{value}" for kind, value in traits.handles} | set(traits.hanzi)
    keys |= {f"={name}" for name in traits.all_latin | traits.readings}
    for name in traits.all_latin:
        if _LEAST_LETTERS <= len(name) <= _MOST_LETTERS:
            keys |= {name[:place] + name[place + 1 :] for place in range(len(name))}
            keys.add(name)
    # A name that many bear still finds those who share the organisation too.
    names = traits.hanzi | traits.all_latin | traits.readings
    return keys | {f"{name}&{place}" for name in names for place in traits.organisations}
