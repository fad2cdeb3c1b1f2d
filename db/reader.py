"""Read the text of a guide (TOML and Markdown) into domain values, each with its file and line."""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from db import fields, holidays, travel
from db.fields import Part
from db.places import Lines, Where
from fieldguide.domain import records
from fieldguide.domain.holidays import Holiday
from fieldguide.domain.records import Doubt, Fact, Name, Position, Record, Ref, Source, When
from fieldguide.errors import BadRequest

RECORD_KEYS: Final = {
    "slug", "title", "title_zh", "pinyin", "types", "services", "specialities", "city", "summary",
    "text", "rank", "covers", "names", "facts", "links", "doubts", "position", "when", "source",
}  # fmt: skip
FACT_KEYS: Final = {
    "label", "value", "zh", "id", "group", "unit", "printed", "as_of", "undated", "checked",
    "valid_until", "source", "at", "confidence", "nature", "speaker", "superseded_by", "note",
    "doubts", "covers",
}  # fmt: skip
LINK_KEYS: Final = {"type", "to", "note", "as_of", "source", "covers"}
SOURCE_KEYS: Final = {
    "slug", "title", "short", "publisher", "date", "url", "mirror", "confidence", "as_of",
    "checked",
}  # fmt: skip
GUIDE_KEYS: Final = (
    "id", "title", "short_title", "version", "state", "checked", "zone", "home_zone", "home_city",
    "city", "mission",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class RawLink:
    """A relation as written, on the record that states it."""

    type: str
    to: str
    note: str
    as_of: str
    source: str
    where: Where


@dataclass(frozen=True)
class Entry:
    """One record of the content with what the built guide keeps apart from the record itself."""

    record: Record
    where: Where
    links: tuple[RawLink, ...] = ()
    doubt_ids: tuple[str, ...] = ()
    fact_doubts: tuple[tuple[str, ...], ...] = ()
    fact_places: tuple[Where, ...] = ()
    rank: int = 50


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source with the defaults that its facts inherit."""

    source: Source
    where: Where
    confidence: str
    as_of: str
    checked: str


@dataclass
class Content:
    """Everything read, before the checks that look at the whole."""

    guide: dict[str, str] = field(default_factory=dict)
    guide_place: Where = field(default_factory=lambda: Where("guide.toml", 1))
    pinyin: dict[str, str] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    doubt_places: dict[str, Where] = field(default_factory=dict)
    synonyms: list[tuple[str, str, str, Where]] = field(default_factory=list)
    holidays: list[tuple[Holiday, Where]] = field(default_factory=list)
    covered: list[tuple[str, Where]] = field(default_factory=list)


def read(folder: Path) -> Content:
    """Read all of a guide's content; raises ContentError at the first thing that is wrong."""
    content = Content()
    parsed: list[tuple[dict[str, Any], Lines, Where]] = []
    for path in sorted(folder.rglob("*.toml")):
        shown = path.relative_to(folder).as_posix()
        text = _file_text(path, shown)
        try:
            table = tomllib.loads(text)
        except tomllib.TOMLDecodeError as wrong:
            line = re.search(r"line (\d+)", str(wrong))
            where = Where(shown, int(line[1]) if line else len(text.splitlines()))
            raise where.error(f"this is not TOML: {wrong}.") from wrong
        parsed.append((table, Lines(shown, text), Where(shown, 1)))
    for table, lines, where in parsed:
        _read_shared(content, table, lines, where)
    texts = _texts(folder)
    for table, lines, where in parsed:
        for kind, rows in table.items():
            if kind in records.KINDS:
                for index, row in enumerate(fields.tables(rows, where, kind)):
                    reader = _RecordReader(content, kind, index, lines, texts)
                    content.entries.append(reader.entry(row))
    content.entries.extend(_source_entry(made) for made in content.sources.values())
    for name, (_, left) in texts.items():
        raise Where(left, 1).error(f"there is no record {name} for this text.")
    return content


def _read_shared(content: Content, table: dict[str, Any], lines: Lines, where: Where) -> None:
    """The parts that facts refer to: sources, doubts, synonyms and the guide's own table."""
    for kind, rows in table.items():
        if kind == "guide":
            _read_guide(content, rows, lines.table("guide", 0))
        elif kind == "sources":
            for index, row in enumerate(fields.tables(rows, where, kind)):
                place = lines.top_item("sources", index)
                fields.only(row, SOURCE_KEYS, place)
                made = _source(row, place)
                if made.source.slug in content.sources:
                    raise place.error(f"the source “{made.source.slug}” stands twice.")
                content.sources[made.source.slug] = made
        elif kind == "holidays":
            for index, one in enumerate(holidays.read(rows, where)):
                content.holidays.append((one, lines.top_item(kind, index)))
        elif kind == "doubt":
            for index, row in enumerate(fields.tables(rows, where, kind)):
                _read_doubt(content, row, lines.table("doubt", index))
        elif kind == "synonym":
            for index, row in enumerate(fields.tables(rows, where, kind)):
                place = lines.table("synonym", index)
                fields.only(row, {"to", "terms", "why"}, place)
                for term in fields.strings(row, "terms", place):
                    target = fields.text(row, "to", place)
                    content.synonyms.append((term, target, fields.text(row, "why", place), place))
        elif kind not in records.KINDS:
            raise where.error(f"“{kind}” is not a kind of record.")


def _file_text(path: Path, shown: str) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as wrong:
        raise Where(shown, 1).error("this file is not UTF-8 text.") from wrong


def _read_guide(content: Content, row: object, place: Where) -> None:
    """What the guide says of itself; each of it is wanted by the program."""
    if not isinstance(row, dict):
        raise place.error("“guide” must be a table.")
    fields.only(row, {*GUIDE_KEYS, *travel.KEYS, "local", "pinyin"}, place)
    content.guide_place = place
    for key in GUIDE_KEYS:
        content.guide[key] = fields.text(row, key, place)
        if not content.guide[key]:
            raise place.error(f"the guide has no “{key}”.")
    local = fields.strings(row, "local", place) or [content.guide["city"]]
    content.guide["local"] = json.dumps(local, ensure_ascii=False)
    content.guide |= travel.read_travel(row, place)
    for key in ("state", "checked"):
        fields.day(row, key, place)
    for key in ("zone", "home_zone"):
        fields.zone(row, key, place)
    spoken = row.get("pinyin", {})
    if not isinstance(spoken, dict):
        raise place.error("“pinyin” must be a table.")
    for word in spoken:
        content.pinyin[word] = fields.text(spoken, word, place)
        if len(content.pinyin[word].split()) != len(word):
            raise place.error(f"“{word}” needs one syllable for each character.")


def _read_doubt(content: Content, row: Mapping[str, Any], place: Where) -> None:
    fields.only(row, {"id", "text", "covers"}, place)
    doubt = Doubt(fields.text(row, "id", place), fields.text(row, "text", place))
    if not doubt.id or not doubt.text:
        raise place.error("a doubt needs an id and a text.")
    if doubt.id in content.doubts:
        raise place.error(f"the doubt “{doubt.id}” stands twice.")
    content.doubts[doubt.id] = doubt
    content.doubt_places[doubt.id] = place
    content.covered.extend((name, place) for name in fields.strings(row, "covers", place))
    if doubt.id.startswith("INC-"):
        content.covered.append((doubt.id, place))


def _texts(folder: Path) -> dict[str, tuple[str, str]]:
    """Markdown beside the tables: ``kind/slug`` -> (text, file)."""
    found = {}
    for path in sorted(folder.rglob("*.md")):
        shown = path.relative_to(folder).as_posix()
        found[f"{path.parent.name}/{path.stem}"] = (_file_text(path, shown).strip(), shown)
    return found


def _source(row: Mapping[str, Any], place: Where) -> SourceEntry:
    own = {"confidence", "as_of", "checked"}
    source = fields.part(Source, {key: row[key] for key in row if key not in own}, place)
    _ref("source", source.slug, place)
    confidence = _confidence(row, "M", place)
    if source.mirror and confidence == "H":
        raise place.error("a mirror is rated M at most.")
    as_of = fields.day(row, "as_of", place, span=True)
    return SourceEntry(source, place, confidence, as_of, fields.day(row, "checked", place))


def _ref(kind: str, slug: str, where: Where) -> Ref:
    try:
        return Ref.parse(f"{kind}/{slug}")
    except BadRequest as wrong:
        raise where.error(str(wrong)) from wrong


def _confidence(row: Mapping[str, Any], default: str, where: Where) -> str:
    confidence = fields.text(row, "confidence", where) or default
    if confidence not in records.CONFIDENCES:
        raise where.error(f"“{confidence}” is not a confidence: use R, H, M, L or U.")
    return confidence


def _source_entry(made: SourceEntry) -> Entry:
    """A source is a record too, so that it can be found, opened and linked."""
    source = made.source
    note = "Copy on another site; read the address, do not follow it" if source.mirror else ""
    facts = [
        Fact(label, value, undated="bibliographic", source=source.slug, checked=made.checked)
        for label, value in (
            ("Publisher", source.publisher),
            ("Address", source.url),
            ("Mirror", note),
        )
        if value
    ]
    if source.date:
        facts.append(Fact("Published", source.date, as_of=source.date, source=source.slug))
    record = Record(
        ref=Ref("source", source.slug),
        title=source.title,
        summary=source.publisher or source.url,
        facts=tuple(facts),
    )
    return Entry(record, made.where, fact_places=(made.where,) * len(facts), rank=95,
                 fact_doubts=((),) * len(facts))  # fmt: skip


class _RecordReader:
    """Reads one record table; keeps the context that every complaint needs."""

    def __init__(
        self,
        content: Content,
        kind: str,
        index: int,
        lines: Lines,
        texts: dict[str, tuple[str, str]],
    ) -> None:
        self._content = content
        self._kind, self._index, self._lines = kind, index, lines
        self._texts = texts
        self._where = lines.table(kind, index)

    def entry(self, row: Mapping[str, Any]) -> Entry:
        where = self._where
        fields.only(row, RECORD_KEYS, where)
        ref = _ref(self._kind, fields.text(row, "slug", where), where)
        title = fields.text(row, "title", where)
        if not title:
            raise where.error(f"{ref} has no title.")
        types = tuple(fields.strings(row, "types", where))
        if unknown := set(types) - records.TYPES:
            raise where.error(f"“{unknown.pop()}” is not a type of {self._kind}.")
        text, _ = self._texts.pop(str(ref), (fields.text(row, "text", where), ""))
        places, facts, doubts = self._facts(row)
        self._cover(row, where)
        tags = [f"service:{tag}" for tag in fields.strings(row, "services", where)]
        tags += [f"speciality:{tag}" for tag in fields.strings(row, "specialities", where)]
        record = Record(
            ref=ref,
            title=title,
            title_zh=fields.text(row, "title_zh", where),
            pinyin=fields.text(row, "pinyin", where),
            types=types,
            tags=tuple(tags),
            city=fields.text(row, "city", where),
            summary=fields.text(row, "summary", where),
            text=text,
            names=tuple(self._values(row, "names", Name)),
            facts=tuple(facts),
            position=self._value(row, "position", Position),
            when=self._value(row, "when", When),
        )
        return Entry(
            record=record,
            where=where,
            links=tuple(self._links(row)),
            doubt_ids=tuple(fields.strings(row, "doubts", where)),
            fact_doubts=tuple(doubts),
            fact_places=tuple(places),
            rank=fields.whole(row, "rank", 50, where),
        )

    def _cover(self, row: Mapping[str, Any], where: Where) -> None:
        self._content.covered.extend((name, where) for name in fields.strings(row, "covers", where))

    def _facts(
        self, row: Mapping[str, Any]
    ) -> tuple[list[Where], list[Fact], list[tuple[str, ...]]]:
        places, facts, doubts = [], [], []
        rows = fields.tables(row.get("facts", []), self._where, "facts")
        for place, item in enumerate(rows):
            where = self._lines.item(self._kind, self._index, "facts", place)
            fields.only(item, FACT_KEYS, where)
            places.append(where)
            doubts.append(tuple(fields.strings(item, "doubts", where)))
            facts.append(self._fact(item, where, fields.text(row, "source", self._where)))
            self._cover(item, where)
        return places, facts, doubts

    def _fact(self, item: Mapping[str, Any], where: Where, default: str) -> Fact:
        name = fields.text(item, "source", where) or default
        source = self._content.sources.get(name)
        if source is None:
            raise where.error(f"the fact names no known source (“{name}”).")
        undated = fields.text(item, "undated", where)
        as_of = fields.day(item, "as_of", where, span=True) or ("" if undated else source.as_of)
        nature = fields.text(item, "nature", where) or "history"
        if nature not in records.HALF_LIFE_MONTHS:
            raise where.error(f"“{nature}” is not a nature of facts.")
        if not fields.text(item, "label", where) or not fields.text(item, "value", where):
            raise where.error("a fact needs a label and a value.")
        return Fact(
            label=fields.text(item, "label", where),
            value=fields.text(item, "value", where),
            id=fields.text(item, "id", where),
            group=fields.text(item, "group", where),
            unit=fields.text(item, "unit", where),
            printed=fields.text(item, "printed", where),
            valid_until=fields.day(item, "valid_until", where),
            speaker=fields.text(item, "speaker", where),
            superseded_by=fields.text(item, "superseded_by", where),
            note=fields.text(item, "note", where),
            value_zh=fields.text(item, "zh", where),
            as_of=as_of,
            undated=undated,
            checked=fields.day(item, "checked", where)
            or source.checked
            or self._content.guide.get("checked", ""),
            source=name,
            locator=fields.text(item, "at", where),
            confidence=_confidence(item, source.confidence, where),
            nature=nature,
        )

    def _links(self, row: Mapping[str, Any]) -> Iterator[RawLink]:
        for place, item in enumerate(fields.tables(row.get("links", []), self._where, "links")):
            where = self._lines.item(self._kind, self._index, "links", place)
            fields.only(item, LINK_KEYS, where)
            self._cover(item, where)
            kind = fields.text(item, "type", where)
            if kind not in records.RELATIONS:
                raise where.error(f"“{kind}” is not a type of link.")
            yield RawLink(
                kind,
                fields.text(item, "to", where),
                fields.text(item, "note", where),
                fields.day(item, "as_of", where, span=True),
                fields.text(item, "source", where),
                where,
            )

    def _values(self, row: Mapping[str, Any], key: str, cls: type[Part]) -> Iterator[Part]:
        for place, item in enumerate(fields.tables(row.get(key, []), self._where, key)):
            where = self._lines.item(self._kind, self._index, key, place)
            yield fields.part(cls, item, where)

    def _value(self, row: Mapping[str, Any], key: str, cls: type[Part]) -> Part | None:
        return fields.part(cls, row[key], self._where) if key in row else None
