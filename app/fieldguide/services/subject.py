"""All that one page shows of a record: it, the places and steps beside it, what replaced a fact."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.directory import SECTIONS, file_record
from fieldguide.domain.records import Fact, Link, Record, Ref
from fieldguide.domain.trips import home_time
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
    beside = [link for link in record.links if _is_place(link) or _is_step(link)]
    replaced = [_target(fact.superseded_by) for fact in record.facts if fact.superseded_by]
    speakers = [_target(f.speaker) for f in record.facts if f.speaker.startswith("person/")]
    wanted = (*(link.other for link in (*beside, *record.visits)), *replaced, *speakers)
    known = guide.brief([*dict.fromkeys(wanted)]) | {ref: record}
    stops = [Stop(known[link.other], link) for link in beside]
    return Subject(
        record=record,
        section=_section(record),
        home_time=home_time(record.when, guide.about.home_zone) if record.when else "",
        home_city=guide.about.home_city,
        places=(*_itself(record), *(stop for stop in stops if stop.link and _is_place(stop.link))),
        visits=_visits(record, known),
        steps=tuple(stop for stop in stops if stop.link and _is_step(stop.link)),
        successors=dict(_successors(record, known)),
        speakers={str(one): known[one].title for one in speakers},
        state=guide.about.state,
    )


def _is_step(link: Link) -> bool:
    return link.type == "step" and link.outward


def _is_place(link: Link) -> bool:
    """A campus, a part or a place of the record."""
    inside = link.type in ("campus-of", "part-of") and not link.outward
    at = link.type == "at" and link.outward
    return (inside or at) and link.other.kind in ("place", "organisation")


def _target(name: str) -> Ref:
    """The record of ``kind/slug#fact``."""
    return Ref.parse(name.partition("#")[0])


def _section(record: Record) -> str:
    if record.ref.kind in _UNFILED:
        return ""
    filed = file_record(0, record.ref, record.types, record.city, record.tags)
    return min(filed.values["section"], key=list(SECTIONS).index)


def _itself(record: Record) -> Iterator[Stop]:
    """The record as a place of its own, where it has an address or a point."""
    addressed = any(fact.label == "Address" for fact in record.facts)
    if record.position or (addressed and record.ref.kind not in _UNFILED):
        yield Stop(record, None)


def _visits(record: Record, known: Mapping[Ref, Record]) -> tuple[Stop, ...]:
    found = [Stop(known[link.other], link) for link in record.visits]
    found.sort(
        key=lambda stop: (
            (stop.record.when.start, stop.record.when.time) if stop.record.when else ("", "")
        )
    )
    return tuple(found)


def _successors(record: Record, known: Mapping[Ref, Record]) -> Iterator[tuple[str, Successor]]:
    for name in {fact.superseded_by for fact in record.facts if fact.superseded_by}:
        ref, fact_id = _target(name), name.partition("#")[2]
        if ref in known:
            other = known[ref]
            fact = next((one for one in other.facts if fact_id and one.id == fact_id), None)
            yield name, Successor(ref, other.title, fact)
