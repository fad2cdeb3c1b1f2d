"""Guide: what can be asked of one open guide."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Final, Self

from fieldguide.domain import directory
from fieldguide.domain.directory import Comparison, Directory, Filed
from fieldguide.domain.finding import Found
from fieldguide.domain.freshness import is_stale
from fieldguide.domain.guides import About, Readiness
from fieldguide.domain.holidays import Holiday
from fieldguide.domain.plans import Meeting, Planned
from fieldguide.domain.records import KINDS, TYPES, Card, Fact, Link, Record, Ref
from fieldguide.domain.travel import ArrivalPart, Sayings
from fieldguide.domain.trips import BRING, GROUP, WAY, Day, Visit, day_of, read_travel
from fieldguide.errors import BadRequest
from fieldguide.services import planned
from fieldguide.services.search import Search
from fieldguide.storage.guide_db import GuideDb

GATEWAYS: Final = frozenset(("station", "airport"))


class Guide:
    """One open guide; every method belongs to the thread that opened it."""

    def __init__(self, db: GuideDb) -> None:
        self._db = db
        self._search = Search(db)
        self._planned = Planned()
        self._own: dict[Ref, Visit] = {}
        self._own_records: dict[Ref, Record] = {}
        self._visits: tuple[Visit, ...] | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a guide file; raises GuideUnreadable."""
        return cls(GuideDb.open(path))

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    @cached_property
    def about(self) -> About:
        """Title, version and counts."""
        meta = self._db.meta()
        own = {name: meta.get(name, "") for name in About.__slots__ if name != "counts"}
        return About(**own, counts=self._db.kind_counts())

    @cached_property
    def sayings(self) -> Sayings:
        """What to show to people of the place."""
        said = json.loads(self._db.meta().get("sayings", "{}"))
        return Sayings(**{key: text for key, text in said.items() if key in Sayings.__slots__})

    @cached_property
    def arrival(self) -> tuple[ArrivalPart, ...]:
        """The parts of the arrival card; none where a guide has no such card."""
        parts = json.loads(self._db.meta().get("arrival", "[]"))
        return tuple(ArrivalPart(one["heading"], one["form"], tuple(one["facts"])) for one in parts)

    def search(self, query: str, kind: str | None = None, limit: int = 20) -> Found:
        """What answers any text, best first; raises BadRequest for an unknown kind or type."""
        if kind is not None and kind not in KINDS and kind not in TYPES:
            raise BadRequest(f"“{kind[:40]}” is not a kind: use one of {', '.join(KINDS)}.")
        return self._search.find(query, kind, limit)

    def take(self, own: Planned) -> None:
        """From now on answer with what the user planned as well; an empty value takes it away."""
        self._planned = own
        zone = (own.plan.zone if own.plan else "") or self.about.zone
        self._own_records = {
            **self._records_of(own.elsewhere, self.about.zone),
            **self._records_of(own.meetings, zone),
        }
        spots = {link.other for one in self._own_records.values() for link in _spots(one)}
        places = self.brief(sorted(spots))
        self._own = {ref: self._own_visit(ref, places) for ref in self._own_records}
        self._visits = None

    @property
    def planned(self) -> Planned:
        """What the user planned, as it was taken last."""
        return self._planned

    def record(self, ref: Ref) -> Record:
        """Everything on one record, also on a meeting of one's own; raises UnknownRef."""
        if ref in self._own_records:
            return self._own_records[ref]
        if self._planned.plan is not None and ref == self._planned.mission:
            return planned.mission_of(ref, self._planned.plan, self.about.zone)
        return self._db.record(ref)

    @property
    def mission(self) -> Record:
        """The mission that is shown: one that the user planned, else that of the guide."""
        plan, ref = self._planned.plan, self._planned.mission
        return self.record(ref if plan and ref else Ref.parse(self.about.mission))

    def brief(self, refs: Sequence[Ref]) -> dict[Ref, Record]:
        """Many records at once, with facts and outward links only; unknown ones are left out."""
        return self._db.brief(refs)

    def records(self, kind: str) -> list[Card]:
        """All records of a kind or a type, most important first; raises BadRequest."""
        if kind in KINDS:
            return self._db.cards(kind)
        if kind in TYPES:
            return self._db.cards_by_id([one.id for one in self._db.facets() if kind in one.types])
        raise BadRequest(f"“{kind[:40]}” is not a kind: use one of {', '.join(KINDS)}.")

    def holidays(self, start: date, end: date) -> list[Holiday]:
        """Days of the guide's country that are not what their weekday says, both ends included."""
        return self._db.holidays(start, end)

    def directory(
        self,
        chosen: Mapping[str, Collection[str]],
        own: Mapping[Ref, Mapping[str, frozenset[str]]] = MappingProxyType({}),
    ) -> Directory:
        """The records under the chosen facets, and every facet with its counts.

        ``own`` are further values of facets, which the user has put on records.
        """
        filed = self._filed
        if own:
            filed = [replace(one, values={**one.values, **own.get(one.ref, {})}) for one in filed]
        cards = self._db.cards_by_id([one.id for one in directory.narrow(filed, chosen)])
        return Directory(tuple(cards), directory.options(filed, chosen))

    def compare(self, refs: Sequence[Ref]) -> Comparison:
        """Records side by side; raises BadRequest unless there are two to four."""
        if not 2 <= len(refs) <= 4:
            raise BadRequest("Two to four records can be compared.")
        return directory.compare([self.record(ref) for ref in refs])

    @property
    def visits(self) -> tuple[Visit, ...]:
        """The programme that is shown: every visit in order of time, one's own among them."""
        if self._visits is None:
            told = () if self._planned.plan is not None else self.told_visits
            shown = (self._own[ref] for ref in self._planned.meetings)
            own = [visit for visit in shown if not visit.cancelled]
            in_order = sorted((*told, *own), key=lambda one: (one.when.start, one.when.time))
            self._visits = tuple(in_order) if own else told
        return self._visits

    @property
    def cancelled(self) -> tuple[Visit, ...]:
        """One's own meetings that will not take place."""
        shown = (self._own[ref] for ref in self._planned.meetings)
        return tuple(visit for visit in shown if visit.cancelled)

    @property
    def known_visits(self) -> tuple[Visit, ...]:
        """Those of the guide and one's own, also of missions that are not shown, in no order."""
        return (*self.told_visits, *self._own.values())

    def visit(self, ref: Ref) -> Visit | None:
        """A visit of the guide or of one's own, whichever mission is shown; None for others."""
        told = (one for one in self.told_visits if one.ref == ref)
        return self._own.get(ref) or next(told, None)

    @cached_property
    def told_visits(self) -> tuple[Visit, ...]:
        """The programme of the guide alone, with where it is as far as known."""
        records = [self.record(ref) for ref in self._db.visits()]
        places = self.brief([link.other for record in records for link in _spots(record)])
        return tuple(self._visit(record, places) for record in records)

    def day(self, text: str) -> Day:
        """The visits of one ISO day, with straight lines between them."""
        return day_of(text, self.visits)

    def readiness(self, day: date) -> Readiness:
        """Counts for the makers of a guide, as they stand on a day."""
        ages = self._db.ages()
        hanzi, position = self._db.gaps()
        return Readiness(
            coverage=self._db.coverage(),
            missing=tuple(self._db.missing()),
            statements=sum(facts for *_, facts, _ in ages),
            unsourced=sum(unsourced for *_, unsourced in ages),
            undated=sum(facts for _, _, as_of, facts, _ in ages if not as_of),
            stale=sum(
                facts
                for nature, checked, as_of, facts, _ in ages
                if is_stale(nature, checked, as_of, day)
            ),
            without_hanzi=hanzi,
            without_position=position,
        )

    @cached_property
    def _filed(self) -> list[Filed]:
        return [
            directory.file_record(one.id, one.ref, one.types, one.city, one.tags)
            for one in self._db.facets()
        ]

    def _records_of(self, meetings: Mapping[Ref, Meeting], zone: str) -> dict[Ref, Record]:
        known = self.brief(
            sorted({ref for one in meetings.values() for ref in planned.refs_of(one)})
        )
        origins = {one.origin for one in meetings.values()} & known.keys()
        spots = {ref: tuple(_spots(known[ref])) for ref in origins if ref}
        return {
            ref: planned.record_of(
                ref, one, zone, known, spots.get(one.origin, ()) if one.origin else ()
            )
            for ref, one in meetings.items()
        }

    def _own_visit(self, ref: Ref, places: Mapping[Ref, Record]) -> Visit:
        own, names = self._planned, self._planned.names
        meeting = own.meetings.get(ref) or own.elsewhere[ref]
        return replace(
            self._visit(self._own_records[ref], places),
            own=True, verify=meeting.verify, cancelled=meeting.cancelled,
            others=tuple(names[one] for one in meeting.people if one in names),
            origin=meeting.origin,
        )  # fmt: skip

    def _visit(self, record: Record, known: Mapping[Ref, Record]) -> Visit:
        spots = _spots(record)
        places = [known[link.other] for link in spots]
        # A station is where one gets off; it says nothing of where the visit is.
        sites = [place for place in places if not GATEWAYS.intersection(place.types)]
        located = [place.position for place in sites if place.position]
        located.sort(key=lambda position: position.radius_m)
        named = {fact.label: fact for place in reversed(places) for fact in place.facts}
        told = {fact.label: fact for fact in reversed(record.facts)}
        address = told.get("Address") or named.get("Address")
        way = told.get(WAY)
        hosts = [link for link in record.links if link.type == "host" and link.outward]
        when = record.when
        if when is None:
            raise ValueError(f"{record.ref} has no date")
        return Visit(
            ref=record.ref,
            title=record.title,
            title_zh=record.title_zh or (places[0].title_zh if places else ""),
            pinyin=record.pinyin or (places[0].pinyin if places else ""),
            when=when,
            summary=record.summary,
            host=hosts[0] if hosts else None,
            place=spots[0] if spots else None,
            address=address.value if address else "",
            address_zh=address.value_zh if address else "",
            position=located[0] if located else None,
            people=record.people,
            doubts=record.doubts,
            group=told[GROUP].value if GROUP in told else "",
            bring=told[BRING].value if BRING in told else "",
            travel=read_travel(_said(way), way.source, way.as_of) if way else None,
        )


def _said(fact: Fact) -> str:
    return " ".join(part for part in (fact.value, fact.unit) if part)


def _spots(record: Record) -> list[Link]:
    """Where a visit is, as far as it is told: the body visited first."""
    return [link for link in record.links if link.type == "at" and link.outward]
