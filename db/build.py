"""Write a checked content into a guide file: plain SQLite with readable tables and views."""

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlcipher3 import dbapi2

from db import pinyin, search_index
from db.checks import Coverage
from db.reader import Content, Entry
from fieldguide.domain.records import KINDS, RELATIONS, Fact, Record
from fieldguide.storage import sqlite
from fieldguide.storage.seal import APPLICATION_ID, OPEN_SEAL, SCHEMA_VERSION, seal_of

if TYPE_CHECKING:
    from sqlite_utils import Database


TABLES: Final = """
create table meta (key text primary key, value text not null) without rowid;
create table record (
    id integer primary key, kind text not null, slug text not null, title text not null,
    title_zh text not null, pinyin text not null, types text not null, city text not null,
    summary text not null, answer text not null, text text not null,
    latitude real, longitude real, precision text, position_confidence text,
    position_source text, position_note text, stand_in text,
    start text, start_time text, end text, end_time text, zone text,
    unique (kind, slug));
create table record_type (record integer not null references record, type text not null,
    primary key (record, type)) without rowid;
create table record_tag (record integer not null references record, tag text not null,
    primary key (record, tag)) without rowid;
create table name (record integer not null references record, place integer not null,
    text text not null, type text not null, lang text not null, why text not null,
    primary key (record, place)) without rowid;
create table fact (
    id integer primary key, record integer not null references record, slug text not null,
    section text not null, label text not null, value text not null, value_zh text not null,
    unit text not null, printed text not null, as_of text not null, undated text not null,
    checked text not null, valid_until text not null, source text not null, locator text not null,
    confidence text not null, nature text not null, speaker text not null,
    superseded_by text not null, note text not null);
create index fact_record on fact (record);
create table doubt (id text primary key, text text not null) without rowid;
create table record_doubt (record integer not null references record, place integer not null,
    doubt text not null references doubt, primary key (record, place)) without rowid;
create table fact_doubt (fact integer not null references fact, place integer not null,
    doubt text not null references doubt, primary key (fact, place)) without rowid;
create table link (id integer primary key, origin integer not null references record,
    type text not null, target integer not null references record, note text not null,
    as_of text not null, source text not null);
create index link_origin on link (origin);
create index link_target on link (target);
create table source (slug text primary key, title text not null, short text not null,
    publisher text not null, date text not null, url text not null,
    mirror integer not null) without rowid;
create table holiday (day text primary key, name text not null, name_zh text not null,
    source text not null, provisional integer not null, working integer not null) without rowid;
create table coverage (section text not null, id text not null, held integer not null,
    primary key (section, id)) without rowid;
"""

VIEWS: Final = """
create view facts as
    select r.kind || '/' || r.slug as ref, r.title, f.section, f.label, f.value, f.unit, f.as_of,
        f.checked, f.confidence, s.title as source, f.locator, f.superseded_by
    from fact f join record r on r.id = f.record left join source s on s.slug = f.source;
create view doubts as
    select d.id, d.text, group_concat(distinct r.kind || '/' || r.slug) as refs
    from doubt d
    left join (select doubt, record from record_doubt union
        select fd.doubt, f.record from fact_doubt fd join fact f on f.id = fd.fact) u
        on u.doubt = d.id
    left join record r on r.id = u.record group by d.id;
create view links as
    select a.kind || '/' || a.slug as origin, a.title as origin_title, l.type,
        b.kind || '/' || b.slug as target, b.title as target_title, l.note, l.as_of
    from link l join record a on a.id = l.origin join record b on b.id = l.target;
create view visits as
    select r.start, r.start_time, r.title, r.title_zh, r.summary, r.slug
    from record r where r.kind = 'visit' order by r.start, r.start_time;
create view hospitals as select r.* from record r
    join record_type t on t.record = r.id where t.type = 'hospital';
create view parks as select r.* from record r
    join record_type t on t.record = r.id where t.type = 'park';
create view people as select * from record where kind = 'person';
create view steps as select * from record where kind = 'step';
"""


DIALLED: Final = ("phone", "fax", "telephone", "mobile", "hotline")
"""Words in the label of a fact whose value is a number to dial."""
DATED: Final = ("visit", "event")
"""Kinds whose records are looked for by their day."""

CONTENT_TABLES: Final = (
    "doubt", "source", "record", "record_type", "record_tag", "name", "record_doubt", "fact",
    "fact_doubt", "link", "holiday", "coverage", "meta",
)  # fmt: skip


@dataclass(frozen=True)
class Row:
    """A record with its row number in the guide, its importance being its order."""

    id: int
    entry: Entry
    record: Record
    pinyin: str


def build(content: Content, coverage: Coverage, target: Path) -> None:
    """Write the guide in one transaction beside its place, then rename: all or nothing.

    The same content gives the same bytes: no clock, no random number, every table in order.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(".draft")
    draft.unlink(missing_ok=True)
    conn = dbapi2.connect(str(draft), isolation_level=None)
    try:
        conn.executescript(
            "pragma journal_mode = off; pragma synchronous = off;"
            f"pragma application_id = {APPLICATION_ID}; pragma user_version = {SCHEMA_VERSION};"
            + TABLES
            + search_index.TABLES
        )
        rows = _rows(content)
        database = sqlite.sqlite_utils_database(conn)
        with sqlite.transaction(conn):
            _write(database, content, coverage, rows)
            cities = {row.record.title: row.record.title_zh for row in rows}
            search_index.write(
                conn, (_searchable(row, content, cities) for row in rows), _synonyms(content)
            )
        conn.executescript(VIEWS)
        conn.execute("vacuum")
    finally:
        conn.close()
    _seal(draft)
    os.replace(draft, target)


def _seal(path: Path) -> None:
    """Write the checksum of the whole file into it, so that any changed bit shows."""
    place = path.read_bytes().index(OPEN_SEAL.encode())
    seal = seal_of(path, OPEN_SEAL)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(seal.encode())


def _rows(content: Content) -> list[Row]:
    pinyin.teach(content.pinyin)
    kinds = list(KINDS)
    ordered = sorted(
        content.entries,
        key=lambda e: (e.rank, kinds.index(e.record.ref.kind), e.record.title, e.record.ref.slug),
    )
    return [
        Row(number, entry, entry.record, _pinyin(entry.record))
        for number, entry in enumerate(ordered, 1)
    ]


def _pinyin(record: Record) -> str:
    if record.pinyin or not record.title_zh:
        return record.pinyin
    return pinyin.shown(record.title_zh, person=record.ref.kind == "person")


def _write(db: "Database", content: Content, coverage: Coverage, rows: list[Row]) -> None:
    ids = {str(row.record.ref): row.id for row in rows}
    insert: dict[str, list[dict[str, Any]]] = {name: [] for name in CONTENT_TABLES}
    for row in rows:
        _fill(insert, row, ids)
    insert["doubt"] = [
        {"id": doubt.id, "text": doubt.text} for _, doubt in sorted(content.doubts.items())
    ]
    insert["source"] = [
        {"slug": s.slug, "title": s.title, "short": s.short, "publisher": s.publisher,
         "date": s.date, "url": s.url, "mirror": int(s.mirror)}
        for s in (content.sources[slug].source for slug in sorted(content.sources))
    ]  # fmt: skip
    insert["holiday"] = [
        {"day": one.day.isoformat(), "name": one.name, "name_zh": one.name_zh,
         "source": one.source, "provisional": int(one.provisional), "working": int(one.working)}
        for one in sorted((one for one, _ in content.holidays), key=lambda one: one.day)
    ]  # fmt: skip
    insert["coverage"] = [
        {"section": section, "id": name, "held": int(name not in set(coverage.missing[section]))}
        for section, names in coverage.wanted.items()
        for name in names
    ]
    meta = dict(content.guide)
    meta["digest"] = _digest(insert)
    meta["seal"] = OPEN_SEAL
    insert["meta"] = [{"key": key, "value": value} for key, value in sorted(meta.items())]
    for name, table in insert.items():
        if table:
            db.table(name).insert_all(table)


def _digest(tables: dict[str, list[dict[str, Any]]]) -> str:
    """Names the content of a guide, whatever engine wrote the file."""
    text = json.dumps(tables, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _fill(insert: dict[str, list[dict[str, Any]]], row: Row, ids: dict[str, int]) -> None:
    record, entry = row.record, row.entry
    insert["record"].append(_record_row(row))
    insert["record_type"] += [{"record": row.id, "type": one} for one in sorted(set(record.types))]
    insert["record_tag"] += [{"record": row.id, "tag": one} for one in sorted(set(record.tags))]
    insert["name"] += [
        {"record": row.id, "place": place, "text": name.text, "type": name.type,
         "lang": name.lang, "why": name.why}
        for place, name in enumerate(record.names)
    ]  # fmt: skip
    on_facts = [name for names in entry.fact_doubts for name in names]
    insert["record_doubt"] += [
        {"record": row.id, "place": place, "doubt": doubt}
        for place, doubt in enumerate(dict.fromkeys([*entry.doubt_ids, *on_facts]))
    ]
    for fact, doubts in zip(record.facts, entry.fact_doubts, strict=True):
        number = len(insert["fact"]) + 1
        insert["fact"].append(_fact_row(number, row, fact))
        insert["fact_doubt"] += [
            {"fact": number, "place": place, "doubt": doubt} for place, doubt in enumerate(doubts)
        ]
    insert["link"] += [
        {"origin": row.id, "type": link.type, "target": ids[link.to], "note": link.note,
         "as_of": link.as_of, "source": link.source}
        for link in entry.links
    ]  # fmt: skip


def _record_row(row: Row) -> dict[str, Any]:
    record, position, when = row.record, row.record.position, row.record.when
    return {
        "id": row.id, "kind": record.ref.kind, "slug": record.ref.slug, "title": record.title,
        "title_zh": record.title_zh, "pinyin": row.pinyin, "types": " ".join(record.types),
        "city": record.city, "summary": record.summary, "answer": answer(record),
        "text": record.text,
        "latitude": position and position.lat, "longitude": position and position.lon,
        "precision": position and position.precision,
        "position_confidence": position and position.confidence,
        "position_source": position and position.source,
        "position_note": position and position.note, "stand_in": position and position.stand_in,
        "start": when and when.start, "start_time": when and when.time, "end": when and when.end,
        "end_time": when and when.end_time, "zone": when and when.zone,
    }  # fmt: skip


def _fact_row(number: int, row: Row, fact: Fact) -> dict[str, Any]:
    over = fact.superseded_by
    return {
        "id": number, "record": row.id, "slug": fact.id, "section": fact.group,
        "label": fact.label, "value": fact.value, "value_zh": fact.value_zh, "unit": fact.unit,
        "printed": fact.printed, "as_of": fact.as_of, "undated": fact.undated,
        "checked": fact.checked, "valid_until": fact.valid_until, "source": fact.source,
        "locator": fact.locator, "confidence": fact.confidence, "nature": fact.nature,
        "speaker": fact.speaker,
        "superseded_by": f"{row.record.ref}{over}" if over.startswith("#") else over,
        "note": fact.note,
    }  # fmt: skip


def answer(record: Record) -> str:
    """The second line of a list row: what it is, and where or when, without opening it."""
    said = {fact.label: fact for fact in reversed(record.facts) if not fact.superseded_by}
    parts = [record.summary]
    if record.when:
        parts.insert(0, f"{record.when.start} {record.when.time}".strip())
    if address := said.get("Address"):
        parts.append(address.value_zh or address.value)
    if phone := said.get("Phone"):
        parts.append(phone.value)
    if len([part for part in parts if part]) == 0 and record.facts:
        first = record.facts[0]
        parts.append(" ".join(part for part in (first.value, first.unit) if part))
    return " · ".join(part for part in parts if part)


def _searchable(row: Row, content: Content, cities: Mapping[str, str]) -> search_index.Searchable:
    record, entry = row.record, row.entry
    lines = [record.summary] if record.summary else []
    lines += [
        " ".join(part for part in (fact.label, fact.value, fact.unit, fact.value_zh) if part)
        + (f" ({fact.printed})" if fact.printed and fact.printed != fact.value else "")
        + (f"; {fact.note}" if fact.note else "")
        # What stands comes before what was replaced: of two lines that answer, the first is shown.
        for fact in sorted(record.facts, key=lambda fact: bool(fact.superseded_by))
    ]
    lines += [doubt.text for doubt in (content.doubts[name] for name in entry.doubt_ids)]
    lines += [f"{RELATIONS[link.type][0]} {link.note}" for link in entry.links if link.note]
    lines += [line.strip("#*- ") for line in record.text.splitlines() if line.strip("#*- ")]
    chinese = [record.title_zh] + [name.text for name in record.names if name.lang == "zh"]
    person = record.ref.kind == "person"
    return search_index.Searchable(
        id=row.id,
        kind=record.ref.kind,
        slug=record.ref.slug,
        title=record.title,
        title_zh=record.title_zh,
        pinyin=row.pinyin,
        types=record.types,
        city=record.city,
        answer=answer(record),
        names=tuple((name.text, name.reason) for name in record.names),
        readings=tuple(
            tuple(reading)
            for place, zh in enumerate(chinese)
            for reading in pinyin.syllables(zh, record.pinyin if place == 0 else "", person=person)
        ),
        lines=tuple(lines),
        sorts=" ".join(_sorts(record)),
        tags=" ".join(
            (
                record.city,
                cities.get(record.city, ""),
                *(tag.partition(":")[2] for tag in record.tags),
            )
        ),
        numbers=tuple(_digits(fact.value) for fact in record.facts if _is_dialled(fact)),
        spoken=tuple(
            tuple(pinyin.syllables(fact.value_zh)[0])
            for fact in record.facts
            if pinyin.syllables(fact.value_zh[:40])
        ),
    )


def _is_dialled(fact: Fact) -> bool:
    return any(word in fact.label.lower() for word in DIALLED)


def _digits(number: str) -> str:
    """A telephone number as typed: whole, as dialled in the country, its last eight digits."""
    runs = re.findall(r"\+?\d[\d\s()-]{5,}", number)
    found = []
    for run in runs:
        digits = re.sub(r"\D", "", run)
        found += [digits, digits[-8:], f"0{digits.removeprefix('86')}"]
    return " ".join(found)


def _sorts(record: Record) -> Iterator[str]:
    """Words for what kind of thing it is; a visit is looked for by its day too."""
    yield from (kind.replace("-", " ") for kind in record.types)
    yield record.ref.kind
    if record.ref.kind == "person":
        yield "people"
    if record.when and record.ref.kind in DATED:
        yield from search_index.day_words(record.when)


def _synonyms(content: Content) -> list[search_index.Synonym]:
    return sorted((term, to, why) for term, to, why, _ in content.synonyms)
