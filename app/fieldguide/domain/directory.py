"""The directory: sections, facets with counts, and records side by side. Pure rules."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.records import Card, Fact, Record, Ref

SECTIONS: Final = {
    "contacts": "Contacts",
    "parks": "Parks",
    "hospitals": "Hospitals",
    "regulation": "Regulatory steps",
    "companies": "Companies",
    "institutes": "Institutes, universities",
    "events": "Events, visits",
    "agreements": "Agreements",
    "policies": "Policies, figures, claims",
    "places": "Places, stations",
    "practical": "Practical, glossary",
}
"""First level of the directory -> its heading; the first four are what a delegate asks for."""

_BY_KIND: Final = {
    "person": "contacts",
    "authority": "contacts",
    "step": "regulation",
    "pathway": "regulation",
    "law": "regulation",
    "event": "events",
    "visit": "events",
    "mission": "events",
    "agreement": "agreements",
    "policy": "policies",
    "statistic": "policies",
    "claim": "policies",
    "place": "places",
    "card": "practical",
    "term": "practical",
    "help": "practical",
}
_BY_TYPE: Final = {
    "hospital": "hospitals",
    "park": "parks",
    "incubator": "parks",
    "zone": "parks",
    "company": "companies",
    "institute": "institutes",
    "university": "institutes",
    "academy": "institutes",
    "laboratory": "institutes",
}

FACETS: Final = {
    "section": "Kind",
    "shortlists": "My shortlists",
    "tags": "My tags",
    "city": "City",
    "service": "Services",
    "speciality": "Specialities",
}
"""Facet -> heading, in the order shown. Options of one facet add up, facets narrow each other."""

OWN: Final = ("shortlists", "tags")
"""Facets whose values the user has put on records."""


@dataclass(frozen=True, slots=True)
class Filed:
    """One record as the directory files it: row number, and its values for each facet."""

    id: int
    ref: Ref
    values: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One line of a facet: how many records it would show beside the other facets' choices."""

    facet: str
    value: str
    heading: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class Directory:
    """What is listed and by what it can be narrowed."""

    cards: tuple[Card, ...]
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Records side by side: for each label the facts of each record, newest first."""

    records: tuple[Record, ...]
    rows: tuple[tuple[str, tuple[tuple[Fact, ...], ...]], ...]


def file_record(
    number: int, ref: Ref, types: Collection[str], city: str, tags: Iterable[str]
) -> Filed:
    """File one record under each of its facets."""
    sections = {_BY_TYPE[one] for one in types if one in _BY_TYPE}
    if ref.kind in _BY_KIND:
        sections.add(_BY_KIND[ref.kind])
    values = {"section": sections or {"contacts"}, "city": {city} if city else set()}
    for tag in tags:
        facet, _, value = tag.partition(":")
        values.setdefault(facet, set()).add(value)
    return Filed(number, ref, {facet: frozenset(found) for facet, found in values.items()})


def narrow(filed: Sequence[Filed], chosen: Mapping[str, Collection[str]]) -> list[Filed]:
    """The records that hold, for each facet chosen in, at least one of the chosen values."""
    return [one for one in filed if _passes(one, chosen)]


def options(filed: Sequence[Filed], chosen: Mapping[str, Collection[str]]) -> tuple[Option, ...]:
    """Every option with its count; one that would show nothing stays, with 0."""
    found = []
    for facet in FACETS:
        others = {name: values for name, values in chosen.items() if name != facet}
        counts = Counter(value for one in narrow(filed, others) for value in _of(one, facet))
        inside = narrow(filed, {"section": chosen.get("section", ())})
        known = {value for one in filed for value in _of(one, facet)}
        if facet in ("service", "speciality"):
            known = {value for one in inside for value in _of(one, facet)}
        found += [
            Option(
                facet,
                value,
                SECTIONS.get(value, value) if facet == "section" else value,
                counts[value],
                value in chosen.get(facet, ()),
            )
            for value in sorted(known, key=_order(facet, counts))
        ]
    return tuple(found)


def compare(records: Sequence[Record]) -> Comparison:
    """Two to four records side by side: labels that several share come first."""
    labels: dict[str, list[tuple[Fact, ...]]] = {}
    for place, record in enumerate(records):
        for fact in record.facts:
            cells = labels.setdefault(fact.label, [() for _ in records])
            cells[place] = (*cells[place], fact)
    rows = [
        (label, tuple(tuple(sorted(cell, key=_newest)) for cell in cells))
        for label, cells in labels.items()
    ]
    rows.sort(key=lambda row: -sum(1 for cell in row[1] if cell))
    return Comparison(tuple(records), tuple(rows))


def _newest(fact: Fact) -> tuple[bool, str]:
    year = fact.as_of.split("/")[-1]
    return bool(fact.superseded_by), "".join(chr(0x10FFFF - ord(char)) for char in year)


def _passes(one: Filed, chosen: Mapping[str, Collection[str]]) -> bool:
    return all(
        not values or not _of(one, facet).isdisjoint(values) for facet, values in chosen.items()
    )


def _of(one: Filed, facet: str) -> frozenset[str]:
    return one.values.get(facet, frozenset())


def _order(facet: str, counts: Counter[str]) -> Callable[[str], tuple[int, str]]:
    if facet == "section":
        names = list(SECTIONS)
        return lambda value: (names.index(value), value)
    return lambda value: (-counts[value], value)
