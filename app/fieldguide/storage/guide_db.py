"""The guide file, read-only: one method per question, SQL as module constants."""

import json
import os
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from sqlcipher3.dbapi2 import Connection, DatabaseError

from fieldguide.domain.holidays import Holiday
from fieldguide.domain.records import (
    RELATIONS,
    Card,
    Doubt,
    Fact,
    Link,
    Name,
    Position,
    Record,
    Ref,
    Source,
    When,
)  # fmt: skip
from fieldguide.errors import GuideUnreadable, UnknownRef
from fieldguide.storage import seal, sqlite

META: Final = "select key, value from meta"
COUNT: Final = "select max(id) from disp"
RECORD: Final = "select * from record where kind = ? and slug = ?"
BRIEF: Final = (
    "select r.* from record r join json_each(?) one"
    " on r.kind = json_extract(one.value, '$[0]') and r.slug = json_extract(one.value, '$[1]')"
)
BRIEF_FACTS: Final = (
    "select * from fact where record in (select value from json_each(?)) order by id"
)
BRIEF_LINKS: Final = (
    "select l.origin, l.type, l.note, l.as_of, l.source, r.kind, r.slug, r.title, r.title_zh,"
    " 1 as outward from link l join record r on r.id = l.target"
    " where l.origin in (select value from json_each(?)) order by l.id"
)
NAMES: Final = "select text, type, lang, why from name where record = ? order by place"
TYPES: Final = "select tag from record_tag where record = ? order by tag"
FACTS: Final = "select * from fact where record = ? order by id"
FACT_DOUBTS: Final = (
    "select fd.fact, d.id, d.text from fact_doubt fd join doubt d on d.id = fd.doubt"
    " where fd.fact between ? and ? order by fd.fact, fd.place"
)
DOUBTS: Final = (
    "select d.id, d.text from record_doubt rd join doubt d on d.id = rd.doubt"
    " where rd.record = ? order by rd.place"
)
LINKS_OUT: Final = (
    "select l.type, l.note, l.as_of, l.source, r.kind, r.slug, r.title, r.title_zh, 1 as outward"
    " from link l join record r on r.id = l.target where l.origin = ? order by l.id"
)
LINKS_IN: Final = (
    "select l.type, l.note, l.as_of, l.source, r.kind, r.slug, r.title, r.title_zh, 0 as outward"
    " from link l join record r on r.id = l.origin where l.target = ?"
    " order by r.start, l.origin, l.id"
)
SOURCES: Final = (
    "select * from source where slug in (select source from fact where record = :record"
    " union select source from link where origin = :record"
    " union select position_source from record where id = :record) order by slug"
)
CARDS: Final = (
    "select kind, slug, title, title_zh, pinyin, types, city, answer from record"
    " where kind = ? order by id"
)
ALL_FACETS: Final = (
    "select r.id, r.kind, r.slug, r.types, r.city, group_concat(t.tag, char(10)) as tags"
    " from record r left join record_tag t on t.record = r.id where r.kind <> 'source'"
    " group by r.id"
)
CARDS_BY_ID: Final = (
    "select kind, slug, title, title_zh, pinyin, types, city, answer from record"
    " where id in (select value from json_each(?)) order by id"
)
DATED: Final = (
    "select kind, slug from record where kind = 'visit' and start is not null"
    " order by start, start_time, id"
)
AGES: Final = (
    "select f.nature, f.checked, f.as_of, count(*), sum(f.source = '' or f.confidence = 'U')"
    " from fact f join record r on r.id = f.record where r.kind <> 'source'"
    " group by f.nature, f.checked, f.as_of"
)
COVERAGE: Final = (
    "select section, sum(held) as held, count(*) as wanted from coverage group by section"
)
MISSING: Final = "select section, id from coverage where held = 0 order by section, id"
KIND_COUNTS: Final = "select kind, count(*) as records from record group by kind"
HOLIDAYS: Final = (
    "select day, name, name_zh, source, provisional, working from holiday"
    " where day between ? and ? order by day"
)
GAPS: Final = (
    "select title_zh, latitude from record where kind in ('organisation', 'place', 'authority')"
    " and city in (select value from json_each((select value from meta where key = 'local')))"
)

START: Final = "select id from start where key >= ? and key < ? order by key limit ?"
TOP: Final = "select ids from top where key = ?"
IN_NAMES: Final = "select rowid from fn where fn match ? limit ?"
IN_BODIES: Final = "select rowid from fb where fb match ? limit ?"
SHOWN: Final = "select * from disp where id in (select value from json_each(?))"
NEAR: Final = (
    "select distinct t.term, t.records, t.named from del d join term t on t.id = d.term"
    " where d.key in (select value from json_each(?)) order by t.records desc limit 300"
)
SYNONYMS: Final = "select term, expansion, why from syn order by term, expansion"
LINES: Final = (
    "select record, text, folded from line where record in (select value from json_each(?))"
    " order by record, place"
)


class Shown(NamedTuple):
    """What a hit shows and is ranked by, as stored; ``keys`` are lines of name, tab, reason."""

    id: int
    kind: str
    slug: str
    title: str
    title_zh: str
    pinyin: str
    types: str
    city: str
    answer: str
    keys: str


@dataclass(frozen=True, slots=True)
class Facets:
    """By what one record can be filtered."""

    id: int
    ref: Ref
    types: tuple[str, ...]
    city: str
    tags: tuple[str, ...]


class GuideDb:
    """One open guide; belongs to the thread that opened it."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open a guide file; raises GuideUnreadable with what is wrong with it."""
        subject = f"The guide “{path.name}”"
        if not os.path.isfile(path):
            raise GuideUnreadable(f"There is no guide at “{path}”.")
        try:
            conn = sqlite.connect_guide(path)
            try:
                with sqlite.translated(GuideUnreadable, subject):
                    seal.check(conn, path, subject)
            except BaseException:
                conn.close()
                raise
        except (DatabaseError, UnicodeDecodeError) as problem:
            # The statements are right, so the schema that they met is not.
            raise GuideUnreadable(f"{subject} is damaged.") from problem
        except OSError as problem:
            raise GuideUnreadable(
                f"{subject} cannot be reached: the disk reports an error."
            ) from problem
        return cls(conn)

    def close(self) -> None:
        """Close the file."""
        self._conn.close()

    def meta(self) -> dict[str, str]:
        """Title, version, zone and the like."""
        return dict(self._all(META))

    def size(self) -> int:
        """The number of records."""
        return int(self._all(COUNT)[0][0])

    def record(self, ref: Ref) -> Record:
        """Everything on one record; raises UnknownRef."""
        found = self._rows(RECORD, (ref.kind, ref.slug))
        if not found:
            raise UnknownRef(f"This guide holds no record “{ref}”.")
        number = found[0]["id"]
        links = self._rows(LINKS_OUT, (number,)) + self._rows(LINKS_IN, (number,))
        return replace(
            _record(found[0]),
            tags=tuple(tag for (tag,) in self._all(TYPES, (number,))),
            names=tuple(Name(*name) for name in self._all(NAMES, (number,))),
            facts=self._facts(number),
            doubts=tuple(Doubt(*doubt) for doubt in self._all(DOUBTS, (number,))),
            links=tuple(_link(one) for one in links),
            sources=tuple(_source(one) for one in self._rows(SOURCES, {"record": number})),
        )

    def brief(self, refs: Sequence[Ref]) -> dict[Ref, Record]:
        """Many records at once, with facts and what they link to, but no names, doubts, sources."""
        wanted = json.dumps([(ref.kind, ref.slug) for ref in refs])
        rows = {row["id"]: row for row in self._rows(BRIEF, (wanted,))}
        numbers = _json(list(rows))
        facts: dict[int, list[Fact]] = {number: [] for number in rows}
        for row in self._rows(BRIEF_FACTS, (numbers,)):
            facts[row["record"]].append(_fact(row, ()))
        links: dict[int, list[Link]] = {number: [] for number in rows}
        for row in self._rows(BRIEF_LINKS, (numbers,)):
            links[row["origin"]].append(_link(row))
        return {
            Ref(row["kind"], row["slug"]): replace(
                _record(row), facts=tuple(facts[number]), links=tuple(links[number])
            )
            for number, row in rows.items()
        }

    def cards(self, kind: str) -> list[Card]:
        """All records of a kind, most important first."""
        return [_card(row) for row in self._rows(CARDS, (kind,))]

    def cards_by_id(self, ids: Sequence[int]) -> list[Card]:
        """The records with these row numbers, most important first."""
        return [_card(row) for row in self._rows(CARDS_BY_ID, (_json(ids),))]

    def facets(self) -> list[Facets]:
        """By what each record but the sources can be filtered, most important first."""
        return [
            Facets(
                row["id"],
                Ref(row["kind"], row["slug"]),
                tuple(row["types"].split()),
                row["city"],
                tuple((row["tags"] or "").split("\n")) if row["tags"] else (),
            )
            for row in self._rows(ALL_FACETS)
        ]

    def visits(self) -> list[Ref]:
        """All visits that have a date, in time."""
        return [Ref(kind, slug) for kind, slug in self._all(DATED)]

    def holidays(self, start: date, end: date) -> list[Holiday]:
        """Days off, and weekend days worked, from one day to another inclusive."""
        return [
            Holiday(date.fromisoformat(day), name, zh, source, bool(provisional), bool(working))
            for day, name, zh, source, provisional, working in self._all(
                HOLIDAYS, (start.isoformat(), end.isoformat())
            )
        ]

    def ages(self) -> list[tuple[str, str, str, int, int]]:
        """(nature, checked, as-of, facts, of them unsourced), without those on the sources."""
        return self._all(AGES)

    def coverage(self) -> dict[str, tuple[int, int]]:
        """Section -> (ids held, ids wanted)."""
        return {section: (held, wanted) for section, held, wanted in self._all(COVERAGE)}

    def missing(self) -> list[tuple[str, str]]:
        """(section, id) of what the guide should hold and does not."""
        return self._all(MISSING)

    def kind_counts(self) -> dict[str, int]:
        """Kind -> number of records."""
        return dict(self._all(KIND_COUNTS))

    def gaps(self) -> tuple[int, int]:
        """What in the guide's own cities has no Chinese name, and what has no position."""
        rows = self._rows(GAPS)
        return (
            sum(1 for row in rows if not row["title_zh"]),
            sum(1 for row in rows if row["latitude"] is None),
        )

    def starting(self, key: str, limit: int) -> list[int]:
        """Records with a name whose joined start is or begins with ``key``, shorter ones first."""
        return [number for (number,) in self._all(START, (key, key + "\U0010ffff", limit))]

    def top(self, key: str) -> list[int]:
        """The most important records with a name term that begins with one or two characters."""
        found = self._all(TOP, (key,))
        return [number for (number,) in struct.iter_unpack("<I", found[0][0])] if found else []

    def in_names(self, expression: str, limit: int) -> list[int]:
        """Records whose names match an FTS5 expression, most important first."""
        return [number for (number,) in self._all(IN_NAMES, (expression, limit))]

    def in_bodies(self, expression: str, limit: int) -> list[int]:
        """Records whose names and lines match, most important first."""
        return [number for (number,) in self._all(IN_BODIES, (expression, limit))]

    def shown(self, ids: Sequence[int]) -> list[Shown]:
        """What hits show of these records."""
        return [Shown._make(row) for row in self._all(SHOWN, (_json(ids),))]

    def near(self, keys: Iterable[str]) -> list[tuple[str, int, int]]:
        """Words of a neighbourhood: (word, records that hold it, whether it is a proper name's)."""
        return self._all(NEAR, (_json(sorted(keys)),))

    def synonyms(self) -> dict[str, list[tuple[str, str]]]:
        """Term -> what may be meant by it, each with the reason."""
        return {
            term: [(expansion, why) for _, expansion, why in group]
            for term, group in groupby(self._all(SYNONYMS), itemgetter(0))
        }

    def lines(self, ids: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
        """The lines of these records, as written and folded: facts, doubts and text."""
        rows = self._all(LINES, (_json(ids),))
        return {
            number: [(text, folded) for _, text, folded in group]
            for number, group in groupby(rows, itemgetter(0))
        }

    def _facts(self, number: int) -> tuple[Fact, ...]:
        rows = self._rows(FACTS, (number,))
        if not rows:
            return ()
        doubts: dict[int, list[Doubt]] = {}
        for fact, name, text in self._all(FACT_DOUBTS, (rows[0]["id"], rows[-1]["id"])):
            doubts.setdefault(fact, []).append(Doubt(name, text))
        return tuple(_fact(row, tuple(doubts.get(row["id"], ()))) for row in rows)

    def _all(self, sql: str, values: Any = ()) -> list[tuple[Any, ...]]:  # noqa: ANN401
        try:
            found: list[tuple[Any, ...]] = self._conn.execute(sql, values).fetchall()
        except DatabaseError:
            # Only when something is wrong: this runs several times a keystroke.
            with sqlite.translated(GuideUnreadable, "The guide"):
                raise
        return found

    def _rows(self, sql: str, values: Any = ()) -> list[dict[str, Any]]:  # noqa: ANN401
        with sqlite.translated(GuideUnreadable, "The guide"):
            cursor = self._conn.execute(sql, values)
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in cursor]


def _json(values: Sequence[int] | Sequence[str]) -> str:
    return json.dumps(values)


def _record(row: dict[str, Any]) -> Record:
    """What stands in the record's own row."""
    return Record(
        ref=Ref(row["kind"], row["slug"]),
        title=row["title"],
        title_zh=row["title_zh"],
        pinyin=row["pinyin"],
        types=tuple(row["types"].split()),
        city=row["city"],
        summary=row["summary"],
        text=row["text"],
        position=_position(row),
        when=_when(row),
    )


def _card(row: dict[str, Any]) -> Card:
    return Card(
        Ref(row["kind"], row["slug"]), row["title"], row["title_zh"], row["pinyin"],
        tuple(row["types"].split()), row["city"], row["answer"],
    )  # fmt: skip


def _fact(row: dict[str, Any], doubts: tuple[Doubt, ...]) -> Fact:
    return Fact(
        label=row["label"], value=row["value"], id=row["slug"], group=row["section"],
        value_zh=row["value_zh"], unit=row["unit"], printed=row["printed"], as_of=row["as_of"],
        undated=row["undated"], checked=row["checked"], valid_until=row["valid_until"],
        source=row["source"], locator=row["locator"], confidence=row["confidence"],
        nature=row["nature"], speaker=row["speaker"], superseded_by=row["superseded_by"],
        note=row["note"], doubts=doubts,
    )  # fmt: skip


def _link(row: dict[str, Any]) -> Link:
    outward = bool(row["outward"])
    heading = RELATIONS[row["type"]][0 if outward else 1]
    return Link(
        row["type"], heading, Ref(row["kind"], row["slug"]), row["title"], row["title_zh"],
        row["note"], row["as_of"], row["source"], outward,
    )  # fmt: skip


def _source(row: dict[str, Any]) -> Source:
    return Source(
        row["slug"], row["title"], row["short"], row["publisher"], row["date"], row["url"],
        bool(row["mirror"]),
    )  # fmt: skip


def _position(row: dict[str, Any]) -> Position | None:
    if row["latitude"] is None:
        return None
    return Position(
        row["latitude"], row["longitude"], row["precision"], row["position_confidence"],
        row["position_source"] or "", row["position_note"] or "", row["stand_in"] or "",
    )  # fmt: skip


def _when(row: dict[str, Any]) -> When | None:
    if row["start"] is None:
        return None
    return When(row["start"], row["start_time"], row["end"], row["end_time"], row["zone"])
