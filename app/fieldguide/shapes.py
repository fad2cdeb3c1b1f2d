"""The JSON of the command line: values in, what ``json.dumps`` takes out; golden files fix it."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fieldguide.domain.backups import Backup
    from fieldguide.domain.cautions import Caution
    from fieldguide.domain.entries import Entry, Question
    from fieldguide.domain.finding import Hit
    from fieldguide.domain.guides import Readiness
    from fieldguide.domain.notes import Note, NoteCard
    from fieldguide.domain.people import Person
    from fieldguide.domain.plans import Plan
    from fieldguide.domain.records import Card, Doubt, Fact, Link, Record
    from fieldguide.domain.trips import Day, Visit
    from fieldguide.services.follow_ups import Task
    from fieldguide.services.regions import Region

HITS: Final = """\
JSON: a list, best first; [] when nothing is found.
  {ref, kind, title, title_zh, snippet, why}
A query that starts with a hyphen goes after --, as in: search -- -x
"""
RECORD: Final = """\
JSON: {ref, kind, types[], title, title_zh, pinyin, city, summary,
  names[{text, type, lang, why}],
  facts[{label, value, unit, value_zh, printed, as_of, undated, checked, valid_until,
    confidence, source, locator, nature, speaker, superseded_by, note, id, group, doubts[]}],
  text, doubts[{id, text}],
  people[], visits[], relations[{type, heading, ref, title, title_zh, note, as_of}],
  sources[{slug, title, short, publisher, date, url, mirror}],
  position{lat, lon, precision, confidence, source, note, stand_in},
  when{start, time, end, end_time, zone}}
What is not known is null; as_of is "undated" where undated says why.
"""
CARDS: Final = """\
JSON: a list, most important first.
  {ref, kind, types[], title, title_zh, city, answer}
"""
DAY: Final = """\
JSON: {date, weekday, mission{ref, title},
  visits[{ref, title, title_zh, day, time, end_time, zone, home_time, place, address, address_zh,
    position{lat, lon, precision, confidence, source, note, stand_in}, doubts[{id, text}],
    host, people[], group, bring, own, verify, cancelled}],
  legs[{from, to, distance_km, uncertain_km, measure, parted,
    travel{words, minutes, source, as_of}}],
  cautions[{trouble, words, refs[]}]}
Distances are straight lines; null where a position is missing. Both positions together may
be uncertain_km off. travel is as somebody told it; nobody goes a leg that is parted. own are
meetings that you planned, verify says that one was copied and not looked at again.
"""
_KNOWN: Final = "{value, local, pinyin, of, as_of, confidence, source, stale, note}"
DRIVER_CARD: Final = f"""\
JSON: {{ref, title, home, saying, name, address, phone, landmarks[],
  sayings{{take_me_here, call_this_number, back_to_hotel, nearby, scan}},
  position{{lat, lon, precision, confidence, source, note, stand_in}},
  links[{{service, url, pin}}], gaps[]}}
name, address, phone and each landmark are {_KNOWN};
local is in the script of the place, what is not known is empty. service is amap, baidu or geo;
pin is false where the link searches for words. Positions are WGS-84, and the links say so.
gaps: hanzi-name, address, hanzi-address, position, exact-position, phone.
"""
MEETINGS: Final = """\
JSON: a list, in order of time; each as a visit of a day.
"""
PLANS: Final = """\
JSON: a list, the first day first.
  {ref, title, start, end, zone, home_zone, shown}
"""
REF: Final = "JSON: {ref}"
READINESS: Final = """\
JSON: {coverage{facts, doubts, beyond: [held, wanted]}, missing[[section, id]], statements,
  unsourced, undated, stale, without_hanzi, without_position, complete}
Exit status 1 while anything is missing.
"""
NOTES: Final = """\
JSON: a list, last changed first.
  {id, about, title, opening, changed, visibility}
"""
NOTE: Final = "JSON: {id, title, text}"
NOTE_ID: Final = "JSON: {id}"
MAP: Final = "JSON: {file, stops, without_position}"
PAGES: Final = "JSON: {file, days}"
EXPORT: Final = """\
JSON: {file, places, without_position[name]} for places, {file, notes} for notes,
  {file, people} for vcard, {file, visits} for ics, {file, follow_ups} for ics with --notes,
  {file, notes, places, without_position} for all.
A file of places as json holds {title, title_zh, places[], without_position[]} with rows of
  {ref, kind, day, number, date, time, end_time, zone, starts, ends, title, name, name_zh, address,
    address_zh, lat, lon, precision, within_m, point, confidence, source, group,
    way_there, own, verify}
A file of notes as json holds {notes[], entries[]}.
"""
FOLLOW_UPS: Final = """\
JSON: a list; a line of a note that nothing was done with yet is named by its note and number.
  {id, text, state, owner, due, promised, person, note, about, visit, visibility}
"""
FOLLOW_UP_ID: Final = "JSON: {id}"
QUESTIONS: Final = """\
JSON: a list, in the order they were begun.
  {id, text, state, answer, asked_in, origin, about, visit, visibility}
"""
CHECKS: Final = """\
JSON: a list, in the order they were made.
  {id, ref, title, fact, said, verdict, value, remark, on, by, visibility}
fact names a fact of the record by its label and year, said is what the guide said of it then;
verdict is right or wrong, value what holds instead. What is not known is null.
"""
CHECKS_WRITTEN: Final = """\
JSON: {file, checks}
A file whose name ends in .csv is a table, any other a list as check list --json prints it.
"""
_PERSON: Final = """\
  {id, title, hanzi, revision, created, changed, visibility, person{names[{text, script, family}],
    roles[{title, organisation, since, until}], ways[{kind, value, use}], met[], notes[], tags[]}}
Each value of a person may have sources[]; what is not known is left out of person.
"""
PERSON: Final = f"JSON:\n{_PERSON}"
PERSON_ADDED: Final = f"{PERSON}rest[] holds the parts of the line that were not understood.\n"
PEOPLE: Final = f"JSON: a list, in the order they were begun.\n{_PERSON}"
CODE: Final = """\
JSON: {code, left[]}
left has a sentence for each copy of the key that could not be reached; the exit status is 1 then.
With --passphrase-file the new passphrase, or the one that there is, is its first line.
"""
LEFT: Final = """\
JSON: {left[]}
left has a sentence for whatever could not be reached; the exit status is 1 then.
With --passphrase-file each thing that is asked for is a line, in that order.
"""
BACKUPS: Final = """\
JSON: a list, the newest first.
  {name, made, reason, notes, size}
size is in bytes; what has the reason damaged was set aside and is no backup to go back to.
"""
BACKUP: Final = """\
JSON: {name, made, reason, notes, size, second}
second is a sentence when the second copy was not made, otherwise null.
"""
RESTORED: Final = "JSON: {said}"
_REGION: Final = """\
  {name, size, added, data_of, licence, schema, bounds[west, south, east, north],
    zooms[first, last], trouble}
size is in bytes; trouble says why a map cannot be read, and then the rest is null.
"""
REGION: Final = f"JSON:\n{_REGION}"
REGIONS: Final = f"JSON: a list, by name.\n{_REGION}"
REGION_NAME: Final = "JSON: {name}"


def print_json(value: object) -> None:
    """Print what one of these made, as every command does."""
    print(json.dumps(value, ensure_ascii=False, indent=1))


def hit_json(hit: Hit) -> dict[str, Any]:
    """The documented shape of one search row."""
    return {
        "ref": str(hit.ref),
        "kind": hit.ref.kind,
        "title": hit.title,
        "title_zh": hit.title_zh or None,
        "snippet": hit.snippet,
        "why": hit.why,
    }


def record_json(record: Record) -> dict[str, Any]:
    """The documented shape of ``show``."""
    return {
        "ref": str(record.ref),
        "kind": record.ref.kind,
        "types": list(record.types),
        "title": record.title,
        "title_zh": record.title_zh or None,
        "pinyin": record.pinyin or None,
        "city": record.city or None,
        "summary": record.summary,
        "names": [{**asdict(name), "why": name.reason} for name in record.names],
        "facts": [_fact_json(fact) for fact in record.facts],
        "text": record.text,
        "doubts": [_doubt_json(doubt) for doubt in record.doubts],
        "people": [_link_json(link) for link in record.people],
        "visits": [_link_json(link) for link in record.visits],
        "relations": [_link_json(link) for link in record.links],
        "sources": [asdict(source) for source in record.sources],
        "position": asdict(record.position) if record.position else None,
        "when": asdict(record.when) if record.when else None,
    }


def card_json(card: Card) -> dict[str, Any]:
    """The documented shape of one row of ``list``."""
    return {
        "ref": str(card.ref), "kind": card.ref.kind, "types": list(card.types),
        "title": card.title, "title_zh": card.title_zh or None, "city": card.city or None,
        "answer": card.answer,
    }  # fmt: skip


def day_json(
    day: Day, mission: Record, home_zone: str, cautions: Iterable[Caution]
) -> dict[str, Any]:
    """The documented shape of ``day``; distances are straight lines in kilometres."""
    return {
        "date": day.date,
        "weekday": day.weekday,
        "mission": {"ref": str(mission.ref), "title": mission.title},
        "visits": [visit_json(visit, home_zone) for visit in day.visits],
        "legs": [
            {
                "from": str(leg.origin), "to": str(leg.target),
                "distance_km": None if leg.metres is None else round(leg.metres / 1000, 1),
                "uncertain_km": round(leg.uncertain_m / 1000, 1),
                "measure": "straight line", "parted": leg.parted,
                "travel": asdict(leg.travel) if leg.travel else None,
            }
            for leg in day.legs
        ],
        "cautions": [
            {"trouble": one.trouble.value, "words": one.words, "refs": [*map(str, one.refs)]}
            for one in cautions
        ],
    }  # fmt: skip


def visit_json(visit: Visit, home_zone: str) -> dict[str, Any]:
    """A visit as a day and ``meeting list`` show it."""
    from fieldguide.domain.trips import home_time

    return {
        "ref": str(visit.ref), "title": visit.title, "title_zh": visit.title_zh or None,
        "day": visit.day or None, "time": visit.when.time or None,
        "end_time": visit.when.end_time or None, "zone": visit.when.zone,
        "home_time": home_time(visit.when, home_zone) or None,
        "place": str(visit.place.other) if visit.place else None,
        "address": visit.address or None, "address_zh": visit.address_zh or None,
        "position": asdict(visit.position) if visit.position else None,
        "doubts": [_doubt_json(doubt) for doubt in visit.doubts],
        "host": str(visit.host.other) if visit.host else None,
        "people": [*(str(link.other) for link in visit.people), *visit.others],
        "group": visit.group or None, "bring": visit.bring or None,
        "own": visit.own, "verify": visit.verify, "cancelled": visit.cancelled,
    }  # fmt: skip


def plan_json(entry: Entry[Plan], shown: Entry[Plan] | None) -> dict[str, Any]:
    """The documented shape of one row of ``plan list``."""
    from fieldguide.domain.plans import own_ref

    value = entry.value
    return {
        "ref": str(own_ref(entry.id)), "title": value.title, "start": value.start,
        "end": value.end or value.start, "zone": value.zone or None,
        "home_zone": value.home_zone or None,
        "shown": shown is not None and shown.id == entry.id,
    }  # fmt: skip


def note_json(note: NoteCard) -> dict[str, Any]:
    """The documented shape of one row of ``note list``."""
    return {
        "id": note.id, "about": str(note.about) if note.about else None, "title": note.title,
        "opening": note.opening, "changed": note.changed.isoformat(),
        "visibility": note.visibility.value,
    }  # fmt: skip


def note_text_json(note: Note) -> dict[str, Any]:
    """The documented shape of ``note show``."""
    return {"id": note.id, "title": note.title, "text": note.text}


def person_json(entry: Entry[Person]) -> dict[str, Any]:
    """The documented shape of a person that is kept."""
    from fieldguide.domain.tables import as_table

    return {
        "id": entry.id, "title": entry.value.title, "hanzi": entry.value.hanzi or None,
        "revision": entry.revision, "created": entry.created.isoformat(),
        "changed": entry.changed.isoformat(), "visibility": entry.visibility.value,
        "person": as_table(entry.value),
    }  # fmt: skip


def follow_up_json(task: Task) -> dict[str, Any]:
    """The documented shape of one row of ``follow-up list``."""
    value = task.value
    return {
        "id": task.name, "text": value.text, "state": value.state.value,
        "owner": value.owner or None, "due": value.due or None,
        "promised": value.promised or None, "person": value.person or None,
        "note": value.note or None, "about": str(task.about) if task.about else None,
        "visit": str(task.visit) if task.visit else None, "visibility": task.visibility.value,
    }  # fmt: skip


def question_json(entry: Entry[Question]) -> dict[str, Any]:
    """The documented shape of one row of ``question list``."""
    value = entry.value
    return {
        "id": entry.id, "text": value.text, "state": value.state.value,
        "answer": value.answer or None,
        "asked_in": str(value.asked_in) if value.asked_in else None,
        "origin": value.origin or None, "about": str(entry.about) if entry.about else None,
        "visit": str(entry.visit) if entry.visit else None, "visibility": entry.visibility.value,
    }  # fmt: skip


def backup_json(backup: Backup) -> dict[str, Any]:
    """The documented shape of one row of ``backup list``."""
    return {
        "name": backup.name, "made": backup.made.isoformat(), "reason": backup.reason.value,
        "notes": backup.notes, "size": backup.size,
    }  # fmt: skip


def region_json(region: Region) -> dict[str, Any]:
    """The documented shape of one row of ``region list``."""
    return {
        "name": region.name, "size": region.size, "added": region.added.isoformat(),
        "data_of": region.data_of or None, "licence": region.licence or None,
        "schema": region.schema or None, "bounds": region.bounds, "zooms": region.zooms,
        "trouble": region.trouble or None,
    }  # fmt: skip


def readiness_json(ready: Readiness) -> dict[str, Any]:
    """The documented shape of ``lint``."""
    return {**asdict(ready), "complete": ready.complete}


def _fact_json(fact: Fact) -> dict[str, Any]:
    shape = asdict(fact)
    shape["doubts"] = [_doubt_json(doubt) for doubt in fact.doubts]
    shape["superseded_by"] = fact.superseded_by or None
    shape["valid_until"] = fact.valid_until or None
    shape["as_of"] = fact.as_of or ("undated" if fact.undated else None)
    return shape


def _doubt_json(doubt: Doubt) -> dict[str, str]:
    return {"id": doubt.id, "text": doubt.text}


def _link_json(link: Link) -> dict[str, Any]:
    return {
        "type": link.type, "heading": link.heading, "ref": str(link.other), "title": link.title,
        "title_zh": link.title_zh or None, "note": link.note, "as_of": link.as_of or None,
    }  # fmt: skip
