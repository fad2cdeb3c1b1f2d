"""Own meetings and missions as records, so that a guide can be asked for them like for its own."""

from collections.abc import Iterator, Mapping
from contextlib import suppress

from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import RELATIONS, Fact, Link, Record, Ref, When
from fieldguide.domain.trips import BRING, GROUP, WAY
from fieldguide.errors import BadRequest


def refs_of(meeting: Meeting) -> list[Ref]:
    """What of the guide a meeting names; perhaps more than this guide knows."""
    named = [ref for ref in (meeting.place, meeting.host, meeting.origin) if ref is not None]
    return [*named, *people_of(meeting.people)]


def people_of(people: tuple[str, ...]) -> list[Ref]:
    """Those of the guide among refs and ids of people kept in the notebook."""
    found = []
    for one in people:
        with suppress(BadRequest):
            found.append(Ref.parse(one))
    return found


def record_of(
    ref: Ref,
    meeting: Meeting,
    zone: str,
    known: Mapping[Ref, Record],
    spots: tuple[Link, ...] = (),
) -> Record:
    """A meeting as the guide would tell of it; ``spots`` is where the visit of its origin is."""
    at = known.get(meeting.place) if meeting.place else None
    same = at is not None and any(link.other == at.ref for link in spots)
    links = [*spots] if same else [_link("at", at)] if at else []
    host = known.get(meeting.host) if meeting.host else None
    links += [_link("host", host)] if host else []
    people = (known[one] for one in people_of(meeting.people) if one in known)
    links += [_link("related", person) for person in people]
    return Record(
        ref,
        meeting.title,
        meeting.title_zh or (at.title_zh if at else ""),
        summary=" ".join(meeting.why.split()),
        facts=tuple(_facts(meeting)),
        links=tuple(links),
        when=meeting.when(zone),
    )


def mission_of(ref: Ref, plan: Plan, zone: str) -> Record:
    """A planned mission as the guide would tell of it."""
    span = When(plan.start, end=plan.end or plan.start, zone=plan.zone or zone)
    return Record(ref, plan.title, when=span)


def _facts(meeting: Meeting) -> Iterator[Fact]:
    if meeting.address or meeting.address_zh:
        yield Fact("Address", meeting.address, value_zh=meeting.address_zh, confidence="U")
    told = {GROUP: meeting.group, WAY: meeting.travel, BRING: meeting.bring}
    for label, words in told.items():
        if words:
            yield Fact(label, words, confidence="U")


def _link(kind: str, record: Record) -> Link:
    return Link(kind, RELATIONS[kind][0], record.ref, record.title, record.title_zh)
