"""Read the text of a guide (TOML and Markdown) into domain values, each with its file and line."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Final, TypeVar

from fieldguide.domain import records
from fieldguide.domain.records import Doubt, Fact, Name, Position, Record, Ref, Source, When
from fieldguide.errors import BadRequest, ContentError

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

Part = TypeVar("Part", Name, Position, When)

_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?|--\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Where:
    """A place in the content, shown as ``file:line`` in every complaint."""

    file: str
    line: int

    def error(self, sentence: str) -> ContentError:
        """The complaint, ready to be raised."""
        return ContentError(f"{self.file}:{self.line}: {sentence}")


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

    guide: dict[str, Any] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    sources: dict[str, SourceEntry] = field(default_factory=dict)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    doubt_places: dict[str, Where] = field(default_factory=dict)
    synonyms: list[tuple[str, str, str, Where]] = field(default_factory=list)
    covered: list[tuple[str, Where]] = field(default_factory=list)


class Lines:
    """Finds the line of the n-th table, and of the n-th item of its arrays, in a TOML text."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._heads: dict[str, list[int]] = {}
        self._items: dict[tuple[str, int, str], list[int]] = {}
        kind, array = "", ""
        for number, line in enumerate(text.splitlines(), 1):
            bare = line.strip()
            if head := re.match(r"\[\[?([\w-]+)\]\]?", line):
                kind, array = head[1], ""
                self._heads.setdefault(kind, []).append(number)
            elif opened := re.match(r"(\w+)\s*=\s*\[\s*(#.*)?$", bare):
                array = opened[1]
            elif array and bare.startswith("{"):
                key = (kind, len(self._heads.get(kind, [])) - 1, array)
                self._items.setdefault(key, []).append(number)
            elif bare.startswith("]"):
                array = ""

    def table(self, kind: str, index: int) -> Where:
        """Where the n-th table of a kind begins."""
        found = self._heads.get(kind, [])
        return Where(self._file, found[index] if index < len(found) else 1)

    def item(self, kind: str, index: int, array: str, place: int) -> Where:
        """Where the n-th item of an array of that table stands."""
        found = self._items.get((kind, index, array), [])
        return Where(self._file, found[place]) if place < len(found) else self.table(kind, index)

    def top_item(self, array: str, place: int) -> Where:
        """Where the n-th item of an array before all tables stands."""
        found = self._items.get(("", -1, array), [])
        return Where(self._file, found[place] if place < len(found) else 1)


def read(folder: Path) -> Content:
    """Read all of a guide's content; raises ContentError at the first thing that is wrong."""
    content = Content()
    parsed: list[tuple[dict[str, Any], Lines, Where]] = []
    for path in sorted(folder.rglob("*.toml")):
        shown = path.relative_to(folder).as_posix()
        try:
            text = path.read_bytes().decode("utf-8")
            table = tomllib.loads(text)
        except UnicodeDecodeError as wrong:
            raise Where(shown, 1).error("this file is not UTF-8 text.") from wrong
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
                for index, row in enumerate(_tables(rows, where, kind)):
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
            content.guide = dict(rows)
        elif kind == "sources":
            for index, row in enumerate(_tables(rows, where, kind)):
                place = lines.top_item("sources", index)
                _only(row, SOURCE_KEYS, place)
                made = _source(row, place)
                if made.source.slug in content.sources:
                    raise place.error(f"the source “{made.source.slug}” stands twice.")
                content.sources[made.source.slug] = made
        elif kind == "doubt":
            for index, row in enumerate(_tables(rows, where, kind)):
                _read_doubt(content, row, lines.table("doubt", index))
        elif kind == "synonym":
            for index, row in enumerate(_tables(rows, where, kind)):
                place = lines.table("synonym", index)
                _only(row, {"to", "terms", "why"}, place)
                for term in _strings(row, "terms", place):
                    target = _text(row, "to", place)
                    content.synonyms.append((term, target, _text(row, "why", place), place))
        elif kind not in records.KINDS:
            raise where.error(f"“{kind}” is not a kind of record.")


def _read_doubt(content: Content, row: Mapping[str, Any], place: Where) -> None:
    _only(row, {"id", "text", "covers"}, place)
    doubt = Doubt(_text(row, "id", place), _text(row, "text", place))
    if not doubt.id or not doubt.text:
        raise place.error("a doubt needs an id and a text.")
    if doubt.id in content.doubts:
        raise place.error(f"the doubt “{doubt.id}” stands twice.")
    content.doubts[doubt.id] = doubt
    content.doubt_places[doubt.id] = place
    content.covered.extend((name, place) for name in _strings(row, "covers", place))
    if doubt.id.startswith("INC-"):
        content.covered.append((doubt.id, place))


def _texts(folder: Path) -> dict[str, tuple[str, str]]:
    """Markdown beside the tables: ``kind/slug`` -> (text, file)."""
    found = {}
    for path in sorted(folder.rglob("*.md")):
        name = f"{path.parent.name}/{path.stem}"
        found[name] = (path.read_text("utf-8").strip(), path.relative_to(folder).as_posix())
    return found


def _source(row: Mapping[str, Any], place: Where) -> SourceEntry:
    values = {key: row[key] for key in row if key not in {"confidence", "as_of", "checked"}}
    try:
        source = Source(**values)
    except TypeError as wrong:
        raise place.error("a source needs a slug and a title.") from wrong
    confidence = _text(row, "confidence", place) or "M"
    if source.mirror and confidence == "H":
        raise place.error("a mirror is rated M at most.")
    return SourceEntry(
        source, place, confidence, _text(row, "as_of", place), _text(row, "checked", place)
    )


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
        facts.append(Fact("Published", source.date, as_of=source.date[:10], source=source.slug))
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
        _only(row, RECORD_KEYS, where)
        try:
            ref = Ref.parse(f"{self._kind}/{_text(row, 'slug', where)}")
        except BadRequest as wrong:
            raise where.error(str(wrong)) from wrong
        title = _text(row, "title", where)
        if not title:
            raise where.error(f"{ref} has no title.")
        types = tuple(_strings(row, "types", where))
        if unknown := set(types) - records.TYPES:
            raise where.error(f"“{unknown.pop()}” is not a type of {self._kind}.")
        text, _ = self._texts.pop(str(ref), (_text(row, "text", where), ""))
        places, facts, doubts = self._facts(row)
        self._cover(row, where)
        tags = [f"service:{tag}" for tag in _strings(row, "services", where)]
        tags += [f"speciality:{tag}" for tag in _strings(row, "specialities", where)]
        record = Record(
            ref=ref,
            title=title,
            title_zh=_text(row, "title_zh", where),
            pinyin=_text(row, "pinyin", where),
            types=types,
            tags=tuple(tags),
            city=_text(row, "city", where),
            summary=_text(row, "summary", where),
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
            doubt_ids=tuple(_strings(row, "doubts", where)),
            fact_doubts=tuple(doubts),
            fact_places=tuple(places),
            rank=int(row.get("rank", 50)),
        )

    def _cover(self, row: Mapping[str, Any], where: Where) -> None:
        self._content.covered.extend((name, where) for name in _strings(row, "covers", where))

    def _facts(
        self, row: Mapping[str, Any]
    ) -> tuple[list[Where], list[Fact], list[tuple[str, ...]]]:
        places, facts, doubts = [], [], []
        rows = _tables(row.get("facts", []), self._where, "facts")
        for place, item in enumerate(rows):
            where = self._lines.item(self._kind, self._index, "facts", place)
            _only(item, FACT_KEYS, where)
            places.append(where)
            doubts.append(tuple(_strings(item, "doubts", where)))
            facts.append(self._fact(item, where, _text(row, "source", self._where)))
            self._cover(item, where)
        return places, facts, doubts

    def _fact(self, item: Mapping[str, Any], where: Where, default: str) -> Fact:
        name = _text(item, "source", where) or default
        source = self._content.sources.get(name)
        if source is None:
            raise where.error(f"the fact names no known source (“{name}”).")
        undated = _text(item, "undated", where)
        as_of = _text(item, "as_of", where) or ("" if undated else source.as_of)
        for date in (*as_of.split("/"), _text(item, "valid_until", where)):
            if date and not _DATE.fullmatch(date):
                raise where.error(
                    f"“{date}” is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or A/B."
                )
        confidence = _text(item, "confidence", where) or source.confidence
        if confidence not in records.CONFIDENCES:
            raise where.error(f"“{confidence}” is not a confidence: use R, H, M, L or U.")
        nature = _text(item, "nature", where) or "history"
        if nature not in records.HALF_LIFE_MONTHS:
            raise where.error(f"“{nature}” is not a nature of facts.")
        if not _text(item, "label", where) or not _text(item, "value", where):
            raise where.error("a fact needs a label and a value.")
        return Fact(
            label=_text(item, "label", where),
            value=_text(item, "value", where),
            id=_text(item, "id", where),
            group=_text(item, "group", where),
            unit=_text(item, "unit", where),
            printed=_text(item, "printed", where),
            valid_until=_text(item, "valid_until", where),
            speaker=_text(item, "speaker", where),
            superseded_by=_text(item, "superseded_by", where),
            note=_text(item, "note", where),
            value_zh=_text(item, "zh", where),
            as_of=as_of,
            undated=undated,
            checked=_text(item, "checked", where)
            or source.checked
            or str(self._content.guide.get("checked", "")),
            source=name,
            locator=_text(item, "at", where),
            confidence=confidence,
            nature=nature,
        )

    def _links(self, row: Mapping[str, Any]) -> Iterator[RawLink]:
        for place, item in enumerate(_tables(row.get("links", []), self._where, "links")):
            where = self._lines.item(self._kind, self._index, "links", place)
            _only(item, LINK_KEYS, where)
            self._cover(item, where)
            kind = _text(item, "type", where)
            if kind not in records.RELATIONS:
                raise where.error(f"“{kind}” is not a type of link.")
            yield RawLink(
                kind,
                _text(item, "to", where),
                _text(item, "note", where),
                _text(item, "as_of", where),
                _text(item, "source", where),
                where,
            )

    def _values(self, row: Mapping[str, Any], key: str, cls: type[Part]) -> Iterator[Part]:
        for place, item in enumerate(_tables(row.get(key, []), self._where, key)):
            where = self._lines.item(self._kind, self._index, key, place)
            yield _build(cls, item, where)

    def _value(self, row: Mapping[str, Any], key: str, cls: type[Part]) -> Part | None:
        return _build(cls, row[key], self._where) if key in row else None


def _build(cls: type[Part], item: object, where: Where) -> Part:
    if not isinstance(item, dict):
        raise where.error(f"a table in braces is wanted here, not “{item}”.")
    _only(item, {one.name for one in fields(cls)}, where)
    try:
        made = cls(**item)
    except TypeError as wrong:
        raise where.error(f"something is missing here: {wrong}.") from wrong
    if isinstance(made, Name) and made.type not in records.NAME_TYPES:
        raise where.error(f"“{made.type}” is not a type of name.")
    if isinstance(made, Position) and made.precision not in records.PRECISIONS:
        raise where.error(f"“{made.precision}” is not a precision.")
    if isinstance(made, When) and not _DATE.fullmatch(made.start):
        raise where.error(f"“{made.start}” is not a date.")
    return made


def _only(row: Mapping[str, Any], known: set[str], where: Where) -> None:
    if unknown := sorted(set(row) - known):
        raise where.error(f"the field “{unknown[0]}” is not known here.")


def _tables(rows: object, where: Where, kind: str) -> list[dict[str, Any]]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise where.error(f"“{kind}” must be a list of tables.")
    return rows


def _text(row: Mapping[str, Any], key: str, where: Where) -> str:
    value = row.get(key, "")
    if not isinstance(value, str):
        raise where.error(f"“{key}” must be text in quotes.")
    return value.strip()


def _strings(row: Mapping[str, Any], key: str, where: Where) -> list[str]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise where.error(f"“{key}” must be a list of texts.")
    return value
