"""Look at the whole content: dangling names, doubts without a home, ids covered and counts."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from db import travel
from db.places import Where
from db.reader import Content, Entry
from fieldguide.errors import ContentError

SECTIONS: Final = ("facts", "doubts", "beyond")
REGION: Final = (-56.0, 72.0, -180.0, 180.0)


@dataclass(frozen=True)
class Coverage:
    """Ids wanted and held, by section."""

    wanted: dict[str, list[str]]
    held: dict[str, int]
    missing: dict[str, list[str]]


def read_wanted(path: Path) -> dict[str, list[str]]:
    """The ids of ``coverage.txt``: one a line under ``[section]``, ``#`` starts a remark."""
    wanted: dict[str, list[str]] = {name: [] for name in SECTIONS}
    section = ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        word = line.split("#")[0].strip()
        if word.startswith("["):
            section = word.strip("[]")
            if section not in wanted:
                raise Where(path.name, number).error(f"“{section}” is not a section.")
        elif word:
            wanted[section].append(word)
    return wanted


def check(content: Content, wanted: dict[str, list[str]]) -> Coverage:
    """Raise ContentError with a line for each thing that is wrong; return what is covered."""
    wrong: list[ContentError] = []
    refs = _unique(content.entries, wrong)
    facts = {
        f"{entry.record.ref}#{fact.id}"
        for entry in content.entries
        for fact in entry.record.facts
        if fact.id
    }
    for entry in content.entries:
        wrong += _wrong_links(content, entry, refs)
        wrong += _wrong_facts(entry, refs, facts)
    wrong += _wrong_doubts(content)
    wrong += _wrong_holidays(content)
    wrong += _wrong_mission(content, refs)
    wrong += travel.wrong_facts(content.guide, facts, content.guide_place)
    known = {name for names in wanted.values() for name in names}
    for name, where in content.covered:
        if name not in known:
            wrong.append(where.error(f"the id “{name}” is not one that is wanted."))
    if wrong:
        raise ContentError("\n".join(str(one) for one in wrong))
    return _coverage(content, wanted)


def _unique(entries: list[Entry], wrong: list[ContentError]) -> dict[str, Entry]:
    refs: dict[str, Entry] = {}
    for entry in entries:
        name = str(entry.record.ref)
        if name in refs:
            wrong.append(entry.where.error(f"{name} stands already in {refs[name].where.file}."))
        refs[name] = entry
    return refs


def _wrong_links(content: Content, entry: Entry, refs: dict[str, Entry]) -> Iterator[ContentError]:
    for link in entry.links:
        if link.to not in refs:
            yield link.where.error(f"there is no record {link.to}.")
        if link.source and link.source not in content.sources:
            yield link.where.error(f"there is no source “{link.source}”.")
    position = entry.record.position
    if position:
        south, north, west, east = REGION
        if not (south <= position.lat <= north and west <= position.lon <= east):
            yield entry.where.error("this position is nowhere a mission goes.")
        if position.source not in content.sources:
            yield entry.where.error(f"the position names no known source (“{position.source}”).")


def _wrong_facts(entry: Entry, refs: dict[str, Entry], facts: set[str]) -> Iterator[ContentError]:
    own = Counter(fact.id for fact in entry.record.facts if fact.id)
    for fact, where in zip(entry.record.facts, entry.fact_places, strict=True):
        if own[fact.id] > 1 and fact.id:
            yield where.error(f"the fact id “{fact.id}” stands twice on this record.")
        over = fact.superseded_by
        if over.startswith("#"):
            over = f"{entry.record.ref}{over}"
        if over and over not in (facts if "#" in over else refs):
            yield where.error(f"what replaces this fact is not there: {over}.")
        if fact.speaker and "/" in fact.speaker and fact.speaker not in refs:
            yield where.error(f"there is no speaker {fact.speaker}.")
        if not fact.as_of and not fact.undated:
            yield where.error(f"“{fact.label}” needs an as_of, or undated with a reason.")


def _wrong_doubts(content: Content) -> Iterator[ContentError]:
    used: set[str] = set()
    for entry in content.entries:
        places = [(entry.doubt_ids, entry.where)]
        places += list(zip(entry.fact_doubts, entry.fact_places, strict=True))
        for names, where in places:
            for name in names:
                if name not in content.doubts:
                    yield where.error(f"there is no doubt “{name}”.")
            used.update(names)
    for name, where in content.doubt_places.items():
        if name not in used:
            yield where.error(f"the doubt “{name}” hangs on no record and no fact.")


def _wrong_holidays(content: Content) -> Iterator[ContentError]:
    seen = Counter(one.day for one, _ in content.holidays)
    for one, where in content.holidays:
        if seen[one.day] > 1:
            yield where.error(f"{one.day} stands twice among the holidays.")
        if one.source not in content.sources:
            yield where.error(f"there is no source “{one.source}”.")
        if one.working and one.day.weekday() < 5:
            yield where.error(f"{one.day} is no weekend: people work on it anyway.")


def _wrong_mission(content: Content, refs: dict[str, Entry]) -> Iterator[ContentError]:
    name = content.guide.get("mission", "")
    if not name:
        yield content.guide_place.error("the table “guide” is missing.")
    elif name not in refs:
        yield content.guide_place.error(f"there is no mission {name}.")
    elif not _has_days(refs[name]):
        yield refs[name].where.error("a mission needs the days of its start and its end.")


def _has_days(entry: Entry) -> bool:
    when = entry.record.when
    return when is not None and len(when.start) == len(when.end or when.start) == 10


def _coverage(content: Content, wanted: dict[str, list[str]]) -> Coverage:
    held = {name for name, _ in content.covered}
    missing = {
        section: [name for name in names if name not in held] for section, names in wanted.items()
    }
    counts = {section: len(names) - len(missing[section]) for section, names in wanted.items()}
    return Coverage(wanted, counts, missing)
