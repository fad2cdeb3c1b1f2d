"""The command line: the same services without a window; JSON for scripts."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fieldguide import __version__, assets
from fieldguide.domain.finding import Hit
from fieldguide.domain.notes import AUDIENCES, NoteCard
from fieldguide.domain.records import Card, Doubt, Fact, Link, Record, Ref
from fieldguide.domain.trips import Day, home_time, parse_day
from fieldguide.errors import BadRequest, FieldGuideError, WorkspaceUnavailable
from fieldguide.services.guide import Guide
from fieldguide.services.profile import profile_dir

if TYPE_CHECKING:
    from fieldguide.services.notebook import Notebook


def parser() -> argparse.ArgumentParser:
    """All commands and options; without a command the window opens."""
    root = argparse.ArgumentParser(
        prog="fieldguide",
        description="A field guide for missions abroad that works with no network at all.",
    )
    root.add_argument("--version", action="version", version=f"fieldguide {__version__}")
    root.add_argument("--guide", metavar="FILE", help="open this guide instead of the bundled one")
    root.add_argument("--profile", metavar="DIR", help="keep notes and settings in this folder")
    root.add_argument("--today", metavar="DAY", help="show a day as it was, e.g. 2013-05-28")
    root.add_argument("--self-test", action="store_true", help="check this installation")
    commands = root.add_subparsers(dest="command", metavar="COMMAND")
    search = _command(commands, "search", "find anything in any script", _search)
    search.add_argument("query")
    search.add_argument("--kind", help="only this kind or type, e.g. person, hospital")
    search.add_argument("--limit", type=int, default=20)
    show = _command(commands, "show", "everything on one record", _show)
    show.add_argument("ref", help="e.g. organisation/renji-hospital")
    listing = _command(commands, "list", "all records of a kind or type", _list)
    listing.add_argument("kind", help="e.g. visit, person, hospital, park")
    day = _command(commands, "day", "visits and straight-line distances of a day", _day)
    day.add_argument("day", help="e.g. 2013-05-28")
    _command(commands, "lint", "what the guide holds and what wants another look", _lint)
    _note_commands(commands)
    export = _command(commands, "export", "write notes to a file", _export)
    export.add_argument("--format", choices=["md"], default="md")
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    export.add_argument("--for", dest="audience", choices=list(AUDIENCES), default="me")
    return root


def _command(
    commands: Any,  # noqa: ANN401 -- argparse keeps its class private
    name: str,
    says: str,
    run: Callable[[argparse.Namespace], int | None],
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(name, help=says, description=says)
    made.add_argument("--json", action="store_true", help="for scripts")
    for option in ("--guide", "--profile"):
        made.add_argument(option, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    made.set_defaults(run=run)
    return made


def _note_commands(commands: Any) -> None:  # noqa: ANN401
    note = commands.add_parser("note", help="write, list and show notes")
    actions = note.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _command(actions, "add", "write a note on a record", _note_add)
    add.add_argument("ref", help="what it is about, e.g. organisation/biobay")
    add.add_argument("text", help="the note, or - for standard input")
    listing = _command(actions, "list", "all notes, last changed first", _note_list)
    listing.add_argument("ref", nargs="?", help="only those on this record")
    show = _command(actions, "show", "one note", _note_show)
    show.add_argument("id")


def run(options: argparse.Namespace) -> int:
    """Run one command; 0 when done, 1 with a sentence on standard error."""
    try:
        code: int | None = options.run(options)
    except FieldGuideError as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader went away (``… | head``); there is nobody left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code or 0


def guide_file(options: argparse.Namespace) -> Path:
    """The guide asked for, else the bundled one."""
    return Path(options.guide) if options.guide else assets.path("guide.db")


def profile(options: argparse.Namespace) -> Path:
    """The folder of the user; makes nothing."""
    return profile_dir(options.profile, os.environ, sys.platform)


def _open(options: argparse.Namespace) -> Guide:
    return Guide.open(guide_file(options))


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _search(options: argparse.Namespace) -> None:
    found = _open(options).search(options.query, options.kind, max(0, options.limit))
    if options.json:
        _print_json([hit_json(hit) for hit in found.hits])
        return
    for hit in found.hits:
        print(f"{hit.ref}  {hit.title} {hit.title_zh}".rstrip() + f"  ({hit.why})")
        if hit.snippet:
            print(f"    {hit.snippet}")
    if not found.hits:
        print("Nothing found.")


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


def _show(options: argparse.Namespace) -> None:
    record = _open(options).record(Ref.parse(options.ref))
    if options.json:
        _print_json(record_json(record))
        return
    print(" ".join(part for part in (record.title, record.title_zh, record.pinyin) if part))
    if record.summary:
        print(record.summary)
    for fact in record.facts:
        print(f"  {fact.label}: {_said(fact)}")
        for doubt in fact.doubts:
            print(f"    ? {doubt.text}")
    on_facts = {doubt.id for fact in record.facts for doubt in fact.doubts}
    for doubt in record.doubts:
        if doubt.id not in on_facts:
            print(f"  ? {doubt.text}")
    for link in record.links:
        note = f" ({link.note})" if link.note else ""
        print(f"  {link.heading}: {link.title}{note}  {link.other}")
    if record.text:
        print(f"\n{record.text}")


def _said(fact: Fact) -> str:
    value = " ".join(part for part in (fact.value, fact.unit, fact.value_zh) if part)
    where = " ".join(part for part in (fact.source, fact.locator) if part)
    struck = f" → now {fact.superseded_by}" if fact.superseded_by else ""
    return f"{value} [{fact.as_of or 'undated'} · {fact.confidence} {where}]{struck}"


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


def _list(options: argparse.Namespace) -> None:
    cards = _open(options).records(options.kind)
    if options.json:
        _print_json([card_json(card) for card in cards])
        return
    for card in cards:
        print(f"{card.ref}  {card.title} {card.title_zh}".rstrip())


def card_json(card: Card) -> dict[str, Any]:
    """The documented shape of one row of ``list``."""
    return {
        "ref": str(card.ref), "kind": card.ref.kind, "types": list(card.types),
        "title": card.title, "title_zh": card.title_zh or None, "city": card.city or None,
        "answer": card.answer,
    }  # fmt: skip


def _day(options: argparse.Namespace) -> None:
    text = parse_day(options.day).isoformat()
    guide = _open(options)
    day = guide.day(text)
    if options.json:
        _print_json(day_json(day, guide.about.home_zone))
        return
    print(f"{day.weekday} {day.date}")
    if not day.visits:
        print("No visits.")
    for visit in day.visits:
        print(f"  {visit.when.time or '--:--'}  {visit.title} {visit.title_zh}".rstrip())
    for leg in day.legs:
        far = f"{leg.metres / 1000:.1f} km" if leg.metres is not None else "distance not known"
        print(f"  {leg.origin.slug} → {leg.target.slug}: {far} (straight line)")


def day_json(day: Day, home_zone: str) -> dict[str, Any]:
    """The documented shape of ``day``; distances are straight lines in kilometres."""
    return {
        "date": day.date,
        "weekday": day.weekday,
        "visits": [
            {
                "ref": str(visit.ref), "title": visit.title, "title_zh": visit.title_zh or None,
                "time": visit.when.time or None, "end_time": visit.when.end_time or None,
                "zone": visit.when.zone, "home_time": home_time(visit.when, home_zone) or None,
                "place": str(visit.place.other) if visit.place else None,
                "address": visit.address or None, "address_zh": visit.address_zh or None,
                "position": asdict(visit.position) if visit.position else None,
                "doubts": [_doubt_json(doubt) for doubt in visit.doubts],
            }
            for visit in day.visits
        ],
        "legs": [
            {
                "from": str(leg.origin), "to": str(leg.target),
                "distance_km": None if leg.metres is None else round(leg.metres / 1000, 1),
                "measure": "straight line",
            }
            for leg in day.legs
        ],
    }  # fmt: skip


def _lint(options: argparse.Namespace) -> int:
    day = parse_day(options.today) if options.today else date.today()
    ready = _open(options).readiness(day)
    if options.json:
        _print_json({**asdict(ready), "complete": ready.complete})
        return 0 if ready.complete else 1
    for section in ("facts", "doubts", "beyond"):
        held, wanted = ready.coverage.get(section, (0, 0))
        print(f"{section} {held}/{wanted}")
    print(f"statements {ready.statements}")
    print(f"unsourced {ready.unsourced}")
    print(f"undated {ready.undated}")
    print(f"stale {ready.stale}")
    print(f"without hanzi {ready.without_hanzi}")
    print(f"without position {ready.without_position}")
    for section, name in ready.missing:
        print(f"missing {section} {name}")
    return 0 if ready.complete else 1


@contextmanager
def _notebook(options: argparse.Namespace, *, create: bool = False) -> Iterator["Notebook"]:
    from fieldguide.services.notebook import has_notebook, open_notebook

    folder = profile(options)
    if not create and not has_notebook(folder):
        raise WorkspaceUnavailable("There are no notes in this profile yet.")
    notebook = open_notebook(folder, create=create)
    try:
        yield notebook
    finally:
        notebook.close()


def _note_add(options: argparse.Namespace) -> None:
    ref = Ref.parse(options.ref)
    text = sys.stdin.read() if options.text == "-" else options.text
    if not text.strip():
        raise BadRequest("The note is empty; nothing was written.")
    title = _open(options).record(ref).title
    with _notebook(options, create=True) as notebook:
        note = notebook.start(ref, title)
        notebook.save(note.id, text, note.revision.id)
    if options.json:
        _print_json({"id": note.id})
    else:
        print(note.id)


def _note_list(options: argparse.Namespace) -> None:
    from fieldguide.services.notebook import has_notebook

    about = Ref.parse(options.ref) if options.ref else None
    notes: list[NoteCard] = []
    if has_notebook(profile(options)):
        with _notebook(options) as notebook:
            notes = notebook.notes(about)
    if options.json:
        _print_json([note_json(note) for note in notes])
        return
    for note in notes:
        print(f"{note.id}  {note.changed:%Y-%m-%d %H:%M}  {note.title}: {note.opening}")


def note_json(note: NoteCard) -> dict[str, Any]:
    """The documented shape of one row of ``note list``."""
    return {
        "id": note.id, "about": str(note.about) if note.about else None, "title": note.title,
        "opening": note.opening, "changed": note.changed.isoformat(),
        "visibility": note.visibility.value,
    }  # fmt: skip


def _note_show(options: argparse.Namespace) -> None:
    with _notebook(options) as notebook:
        note = notebook.note(options.id)
    if options.json:
        _print_json({"id": note.id, "title": note.title, "text": note.text})
    else:
        print(note.text)


def _export(options: argparse.Namespace) -> None:
    from fieldguide.services.exports import save_markdown

    with _notebook(options) as notebook:
        notes = notebook.whole(AUDIENCES[options.audience])
    written = save_markdown(notes, Path(options.output))
    if options.json:
        _print_json({"file": options.output, "notes": written})
    else:
        print(f"{written} notes written to {options.output}")


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    return parser().parse_args(arguments)
