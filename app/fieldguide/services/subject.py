"""All that one page shows of a record: it, the places and steps beside it, what replaced a fact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.directory import SECTIONS, file_record
from fieldguide.domain.records import Fact, Link, Record, Ref
from fieldguide.domain.trips import home_time
from fieldguide.errors import UnknownRef
from fieldguide.services.guide import Guide

_UNFILED: Final = ("source", "help")


@dataclass(frozen=True, slots=True)
class Successor:
    """What holds instead of an overruled fact; ``fact`` is None when a whole record does."""

    ref: Ref
    title: str
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Stop:
    """A place of the record, or a step of the pathway, with the link that leads there."""

    record: Record
    link: Link | None


@dataclass(frozen=True, slots=True)
class Subject:
    """A record and what is read with it."""

    record: Record
    section: str
    """Key of SECTIONS under which the directory files it; empty when it does not."""
    home_time: str
    """HH:MM at home of its date; empty without one."""
    home_city: str
    places: tuple[Stop, ...]
    visits: tuple[Stop, ...]
    steps: tuple[Stop, ...]
    successors: Mapping[str, Successor]
    speakers: Mapping[str, str]
    """Names of the people whom claims name by their ref."""
    state: str
    """ISO day on which the guide was made up: what was checked then needs no word on it."""


def subject(guide: Guide, ref: Ref) -> Subject:
    """Read one record with what belongs to it; raises UnknownRef."""
    record = guide.record(ref)
    return Subject(
        record=record,
        section=_section(record),
        home_time=home_time(record.when, guide.about.home_zone) if record.when else "",
        home_city=guide.about.home_city,
        places=tuple(_places(guide, record)),
        visits=_visits(guide, record),
        steps=tuple(
            Stop(guide.record(link.other), link)
            for link in record.links
            if link.type == "step" and link.outward
        ),
        successors=dict(_successors(guide, record)),
        speakers={
            fact.speaker: guide.record(Ref.parse(fact.speaker)).title
            for fact in record.facts
            if fact.speaker.startswith("person/")
        },
        state=guide.about.state,
    )


def _section(record: Record) -> str:
    if record.ref.kind in _UNFILED:
        return ""
    filed = file_record(0, record.ref.kind, record.types, record.city, record.tags)
    return min(filed.values["section"], key=list(SECTIONS).index)


def _places(guide: Guide, record: Record) -> Iterator[Stop]:
    """The record itself where it has an address or a point, then its campuses, parts and places."""
    addressed = any(fact.label == "Address" for fact in record.facts)
    if record.position or (addressed and record.ref.kind not in _UNFILED):
        yield Stop(record, None)
    for link in record.links:
        inside = link.type in ("campus-of", "part-of") and not link.outward
        if (inside or (link.type == "at" and link.outward)) and link.other.kind in (
            "place",
            "organisation",
        ):
            yield Stop(guide.record(link.other), link)


def _visits(guide: Guide, record: Record) -> tuple[Stop, ...]:
    found = [Stop(guide.record(link.other), link) for link in record.visits]
    found.sort(
        key=lambda stop: (
            (stop.record.when.start, stop.record.when.time) if stop.record.when else ("", "")
        )
    )
    return tuple(found)


def _successors(guide: Guide, record: Record) -> Iterator[tuple[str, Successor]]:
    for name in {fact.superseded_by for fact in record.facts if fact.superseded_by}:
        where, _, fact_id = name.partition("#")
        ref = Ref.parse(where)
        try:
            other = record if ref == record.ref else guide.record(ref)
        except UnknownRef:
            continue
        fact = next((one for one in other.facts if fact_id and one.id == fact_id), None)
        yield name, Successor(ref, other.title, fact)
