"""The command line: the same services without a window; JSON for scripts."""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fieldguide import __version__, assets, shapes
from fieldguide.domain.notes import AUDIENCES, NoteCard
from fieldguide.domain.records import Fact, Record, Ref
from fieldguide.domain.trips import parse_day
from fieldguide.errors import BadRequest, FieldGuideError, WorkspaceUnavailable
from fieldguide.services.guide import Guide
from fieldguide.services.profile import profile_dir

if TYPE_CHECKING:
    from fieldguide.services.notebook import Notebook

INTERRUPTED: Final = 130
"""Exit status after Ctrl+C, as shells have it."""


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
    search = _command(commands, "search", "find anything in any script", _search, shapes.HITS)
    search.add_argument("query")
    search.add_argument("--kind", help="only this kind or type, e.g. person, hospital")
    search.add_argument("--limit", type=_count, default=20, help="at most so many (default: 20)")
    show = _command(commands, "show", "everything on one record", _show, shapes.RECORD)
    show.add_argument("ref", help="e.g. organisation/renji-hospital")
    listing = _command(commands, "list", "all records of a kind or type", _list, shapes.CARDS)
    listing.add_argument("kind", help="e.g. visit, person, hospital, park")
    says = "visits and straight-line distances of a day"
    day = _command(commands, "day", says, _day, shapes.DAY)
    day.add_argument("day", help="e.g. 2013-05-28")
    says = "what the guide holds and what wants another look"
    _command(commands, "lint", says, _lint, shapes.READINESS)
    _note_commands(commands)
    export = _command(commands, "export", "write notes to a file", _export, shapes.EXPORT)
    export.add_argument(
        "--format", choices=["md"], default="md", help="md: a zip of one Markdown file a note"
    )
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    export.add_argument(
        "--for", dest="audience", choices=list(AUDIENCES), default="me",
        help="only notes that these may read (default: me, which is all)",
    )  # fmt: skip
    return root


def _command(
    commands: Any,  # noqa: ANN401 -- argparse keeps its class private
    name: str,
    says: str,
    run: Callable[[argparse.Namespace], int | None],
    shape: str,
) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = commands.add_parser(
        name, help=says, description=says, epilog=shape,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    made.add_argument("--json", action="store_true", help="for scripts; the shape is below")
    for option in ("--guide", "--profile"):
        made.add_argument(option, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    made.set_defaults(run=run)
    return made


def _note_commands(commands: Any) -> None:  # noqa: ANN401
    note = commands.add_parser("note", help="write, list and show notes")
    actions = note.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _command(actions, "add", "write a note on a record", _note_add, shapes.NOTE_ID)
    add.add_argument("ref", help="what it is about, e.g. organisation/biobay")
    add.add_argument("text", help="the note, or - for standard input")
    listing = _command(actions, "list", "all notes, last changed first", _note_list, shapes.NOTES)
    listing.add_argument("ref", nargs="?", help="only those on this record")
    show = _command(actions, "show", "one note", _note_show, shapes.NOTE)
    show.add_argument("id")


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError("a number from 0 on is needed")
    return int(text)


def run(options: argparse.Namespace) -> int:
    """Run one command; 0 when done, 1 with a sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Hanzi are written whatever the locale, and bytes that are no text are spelled out.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code: int | None = options.run(options)
        # Not at exit, where nobody could say that the disk is full.
        print(end="", flush=True)
    except FieldGuideError as problem:
        print(problem, file=sys.stderr)
        return 1
    except BrokenPipeError:
        # The reader went away (``… | head``); there is nobody left to tell.
        _drop_output()
        return 0
    except OSError as problem:
        print(f"The answer cannot be written: {problem.strerror}.", file=sys.stderr)
        _drop_output()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return code or 0


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the exit does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def guide_file(options: argparse.Namespace) -> Path:
    """The guide asked for, else the bundled one."""
    return Path(options.guide) if options.guide else assets.path("guide.db")


def profile(options: argparse.Namespace) -> Path:
    """The folder of the user; makes nothing."""
    return profile_dir(options.profile, os.environ, sys.platform)


def _guide(options: argparse.Namespace) -> "closing[Guide]":
    return closing(Guide.open(guide_file(options)))


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def _search(options: argparse.Namespace) -> None:
    with _guide(options) as guide:
        found = guide.search(options.query, options.kind, options.limit)
    if options.json:
        _print_json([shapes.hit_json(hit) for hit in found.hits])
        return
    for hit in found.hits:
        print(f"{hit.ref}  {hit.title} {hit.title_zh}".rstrip() + f"  ({hit.why})")
        if hit.snippet:
            print(f"    {hit.snippet}")
    if not found.hits:
        print("Nothing found.")


def _show(options: argparse.Namespace) -> None:
    with _guide(options) as guide:
        record = guide.record(Ref.parse(options.ref))
    if options.json:
        _print_json(shapes.record_json(record))
    else:
        _print_record(record)


def _print_record(record: Record) -> None:
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


def _list(options: argparse.Namespace) -> None:
    with _guide(options) as guide:
        cards = guide.records(options.kind)
    if options.json:
        _print_json([shapes.card_json(card) for card in cards])
        return
    for card in cards:
        print(f"{card.ref}  {card.title} {card.title_zh}".rstrip())


def _day(options: argparse.Namespace) -> None:
    text = parse_day(options.day).isoformat()
    with _guide(options) as guide:
        day, home_zone = guide.day(text), guide.about.home_zone
    if options.json:
        _print_json(shapes.day_json(day, home_zone))
        return
    print(f"{day.weekday} {day.date}")
    if not day.visits:
        print("No visits.")
    for visit in day.visits:
        print(f"  {visit.when.time or '--:--'}  {visit.title} {visit.title_zh}".rstrip())
    for leg in day.legs:
        far = f"{leg.metres / 1000:.1f} km" if leg.metres is not None else "distance not known"
        print(f"  {leg.origin.slug} → {leg.target.slug}: {far} (straight line)")


def _lint(options: argparse.Namespace) -> int:
    day = parse_day(options.today) if options.today else date.today()
    with _guide(options) as guide:
        ready = guide.readiness(day)
    if options.json:
        _print_json(shapes.readiness_json(ready))
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
    text = _standard_input() if options.text == "-" else options.text
    if not text.strip():
        raise BadRequest("The note is empty; nothing was written.")
    with _guide(options) as guide:
        title = guide.record(ref).title
    with _notebook(options, create=True) as notebook:
        note = notebook.start(ref, title)
        notebook.save(note.id, text, note.revision.id)
    if options.json:
        _print_json({"id": note.id})
    else:
        print(note.id)


def _standard_input() -> str:
    """All of it as it is; bytes that are no text are kept as an argument keeps them."""
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def _note_list(options: argparse.Namespace) -> None:
    from fieldguide.services.notebook import has_notebook

    about = Ref.parse(options.ref) if options.ref else None
    notes: list[NoteCard] = []
    if has_notebook(profile(options)):
        with _notebook(options) as notebook:
            notes = notebook.notes(about)
    if options.json:
        _print_json([shapes.note_json(note) for note in notes])
        return
    for note in notes:
        print(f"{note.id}  {note.changed:%Y-%m-%d %H:%M}  {note.title}: {note.opening}")


def _note_show(options: argparse.Namespace) -> None:
    with _notebook(options) as notebook:
        note = notebook.note(options.id)
    if options.json:
        _print_json(shapes.note_text_json(note))
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
