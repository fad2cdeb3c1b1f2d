"""The command line as it is typed; what its commands do is in commands.py, loaded by then."""

import argparse
import io
import os
import sys
from collections.abc import Sequence
from types import ModuleType
from typing import Any, Final

from fieldguide import __version__, shapes
from fieldguide.errors import FieldGuideError

AUDIENCES: Final = ("me", "organiser", "public")
EXPORTS: Final = ("md", "json", "csv", "vcard", "ics", "gpx", "kml", "geojson", "all")
_MEETING: Final = {
    "--day": "e.g. 2013-05-28",
    "--time": "when it begins, e.g. 09:30",
    "--end": "when it ends, e.g. 11:00",
    "--zone": "e.g. Asia/Shanghai (default: that of the mission)",
    "--at": "the ref of the place or the house",
    "--address": "where that is no record",
    "--address-zh": "the same in hanzi",
    "--title-zh": "what it is, in hanzi",
    "--host": "the ref of who invites",
    "--group": "the part of the delegation that goes",
    "--way": "from the stop before, e.g. 30 min by taxi",
    "--bring": "what to bring",
    "--why": "what it is for",
}
INTERRUPTED: Final = 130
"""Exit status after Ctrl+C, as shells have it."""


def parser() -> argparse.ArgumentParser:
    """All commands and options; without a command the window opens."""
    root = argparse.ArgumentParser(
        prog="fieldguide",
        description="A field guide for missions abroad that works with no network at all.",
    )
    root.add_argument("--version", action="version", version=f"fieldguide {__version__}")
    _add_options(root)
    commands = root.add_subparsers(dest="command", metavar="COMMAND")
    search = _command(commands, "search", "find anything in any script", "search", shapes.HITS)
    search.add_argument("query")
    search.add_argument("--kind", help="only this kind or type, e.g. person, hospital")
    search.add_argument("--limit", type=_count, default=20, help="at most so many (default: 20)")
    show = _command(commands, "show", "everything on one record", "show", shapes.RECORD)
    show.add_argument("ref", help="e.g. organisation/renji-hospital")
    says = "all records of a kind or type"
    listing = _command(commands, "list", says, "list_records", shapes.CARDS)
    listing.add_argument("kind", help="e.g. visit, person, hospital, park")
    _programme_commands(commands)
    _paper_commands(commands)
    says = "where to go, in the script of the place, for a driver"
    card = _command(commands, "card", says, "card", shapes.DRIVER_CARD)
    card.add_argument("ref", nargs="?", help="e.g. visit/renji-2013, organisation/biobay")
    card.add_argument("--hotel", action="store_true", help="back to the hotel instead")
    card.add_argument("-o", "--output", metavar="FILE", help="as a page of A4 to print, as PDF")
    _asks(card)
    says = "what the guide holds and what wants another look"
    _command(commands, "lint", says, "lint", shapes.READINESS)
    _note_commands(commands)
    _person_commands(commands)
    _follow_up_commands(commands)
    _check_commands(commands)
    _backup_commands(commands)
    _region_commands(commands)
    _key_commands(commands)
    _export_command(commands)
    return root


def _add_options(root: argparse.ArgumentParser) -> None:
    root.add_argument("--guide", metavar="FILE", help="open this guide instead of the bundled one")
    root.add_argument("--profile", metavar="DIR", help="keep notes and settings in this folder")
    root.add_argument(
        "--today", metavar="DAY", help="a day as it was: 2013-05-28, or 2013-05-28T11:30"
    )
    root.add_argument("--self-test", action="store_true", help="check this installation")


def _command(
    commands: Any,  # noqa: ANN401 -- argparse keeps its class private
    name: str,
    says: str,
    run: str,
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


def _asks(*commands: argparse.ArgumentParser) -> None:
    """Commands that need the passphrase where there is one."""
    for command in commands:
        command.add_argument(
            "--passphrase-file", metavar="FILE",
            help="read the passphrase from a line of this file (- for standard input) instead of "
            "asking for it in the terminal",
        )  # fmt: skip


def _paper_commands(commands: Any) -> None:  # noqa: ANN401
    drawn = _command(commands, "map", "a map as a picture", "draw_map", shapes.MAP)
    drawn.add_argument("--day", help="only this day, e.g. 2013-05-28 (default: all days)")
    drawn.add_argument("--shortlist", metavar="NAME", help="only what is on one of your shortlists")
    ink = drawn.add_mutually_exclusive_group()
    ink.add_argument("--dark", dest="ink", action="store_const", const="dark", help="dark colours")
    ink.add_argument(
        "--print", dest="ink", action="store_const", const="print", help="colours for white paper"
    )
    drawn.add_argument(
        "--scripts", choices=["both", "zh", "en"], default="both", help="of the names on the map"
    )
    drawn.add_argument("--width", type=_count, default=1280, help="pixels (default: 1280)")
    drawn.add_argument("--height", type=_count, default=800, help="pixels (default: 800)")
    drawn.add_argument(
        "-o", "--output", metavar="FILE", required=True, help="its end says what: .png, .svg, .pdf"
    )
    booklet = _command(commands, "booklet", "the mission to print, as PDF", "booklet", shapes.PAGES)
    booklet.add_argument("--day", help="only the sheet of this day, e.g. 2013-05-28")
    booklet.add_argument(
        "--own", action="store_true", help="with what you want to ask, and your hotel"
    )
    booklet.add_argument(
        "-o", "--output", metavar="FILE", default="booklet.pdf", help="(default: booklet.pdf)"
    )
    _asks(drawn, booklet)


def _programme_commands(commands: Any) -> None:  # noqa: ANN401
    says = "visits of a day, the ways between them, and what cannot go as it is written"
    day = _command(commands, "day", says, "day", shapes.DAY)
    day.add_argument("day", help="e.g. 2013-05-28")
    meeting = commands.add_parser("meeting", help="keep and list meetings of your own")
    actions = meeting.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "keep a meeting in the mission that is shown"
    add = _command(actions, "add", says, "meeting_add", shapes.REF)
    add.add_argument("title", help="what it is")
    for option, says in _MEETING.items():
        add.add_argument(option, default="", help=says)
    add.add_argument(
        "--with", dest="people", metavar="WHO", action="append", default=[],
        help="a ref, or the id of a person that you keep; may be given again",
    )  # fmt: skip
    says = "the meetings of your own in the mission that is shown"
    listing = _command(actions, "list", says, "meeting_list", shapes.MEETINGS)
    plan = commands.add_parser("plan", help="plan whole missions over the guide")
    plans = plan.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "begin a mission without any visit, and show it"
    new = _command(plans, "new", says, "plan_new", shapes.REF)
    says = "copy a programme to new days, on the same days of the week, and show it"
    copy = _command(plans, "copy", says, "plan_copy", shapes.REF)
    for command in (new, copy):
        command.add_argument("title", help="the name of the mission")
        command.add_argument("start", help="its first day, e.g. 2027-05-24")
        command.add_argument("--end", default="", help="its last day")
        command.add_argument("--zone", default="", help="there, e.g. Asia/Shanghai")
        command.add_argument("--home-zone", default="", help="at home, e.g. Europe/Paris")
    copy.add_argument("--of", help="a planned mission (default: that of the guide)")
    listed = _command(plans, "list", "the planned missions", "plan_list", shapes.PLANS)
    choose = _command(plans, "choose", "the mission to show", "plan_choose", shapes.REF)
    choose.add_argument("ref", help="as the list names it, or the mission of the guide")
    _asks(day, add, listing, new, copy, listed, choose)


def _note_commands(commands: Any) -> None:  # noqa: ANN401
    note = commands.add_parser("note", help="write, list and show notes")
    actions = note.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = _command(actions, "add", "write a note on a record", "note_add", shapes.NOTE_ID)
    add.add_argument("ref", help="what it is about, e.g. organisation/biobay")
    add.add_argument("text", help="the note, or - for standard input")
    listing = _command(actions, "list", "all notes, last changed first", "note_list", shapes.NOTES)
    listing.add_argument("ref", nargs="?", help="only those on this record")
    show = _command(actions, "show", "one note", "note_show", shapes.NOTE)
    show.add_argument("id")
    _asks(add, listing, show)


def _person_commands(commands: Any) -> None:  # noqa: ANN401
    person = commands.add_parser("person", help="keep, list and show people")
    actions = person.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "keep a person typed in one line"
    add = _command(actions, "add", says, "person_add", shapes.PERSON_ADDED)
    add.add_argument("line", help='e.g. "Li Wei 李伟, GM, Juke, WeChat liwei88"')
    says = "all people that are kept"
    listing = _command(actions, "list", says, "person_list", shapes.PEOPLE)
    show = _command(actions, "show", "one person", "person_show", shapes.PERSON)
    show.add_argument("id")
    _asks(add, listing, show)


def _follow_up_commands(commands: Any) -> None:  # noqa: ANN401
    follow_up = commands.add_parser("follow-up", help="list, begin and end follow-ups")
    actions = follow_up.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "all follow-ups, also actions in notes"
    listing = _command(actions, "list", says, "follow_up_list", shapes.FOLLOW_UPS)
    says = "keep a follow-up"
    add = _command(actions, "add", says, "follow_up_add", shapes.FOLLOW_UP_ID)
    add.add_argument("text", help="what is to do")
    add.add_argument("--owner", default="", help="who does it")
    add.add_argument("--due", default="", help="2013-06-05, 5 June, Fri; +3m after the mission")
    done = _command(actions, "done", "end a follow-up", "follow_up_done", shapes.FOLLOW_UP_ID)
    done.add_argument("id", help="as the list names it")
    question = commands.add_parser("question", help="list what is to be asked")
    asked = question.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "the questions without an answer"
    questions = _command(asked, "list", says, "question_list", shapes.QUESTIONS)
    questions.add_argument("--all", action="store_true", help="those with an answer too")
    _asks(listing, add, done, questions)


def _check_commands(commands: Any) -> None:  # noqa: ANN401
    check = commands.add_parser("check", help="list and write what was found of facts")
    actions = check.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "facts that somebody found still right, or wrong now"
    listing = _command(actions, "list", says, "check_list", shapes.CHECKS)
    listing.add_argument("ref", nargs="?", help="only those on this record")
    says = "write them to a file for whoever keeps the guide"
    export = _command(actions, "export", says, "check_export", shapes.CHECKS_WRITTEN)
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    export.add_argument(
        "--for", dest="audience", choices=AUDIENCES, default="organiser",
        help="only those that these may read (default: organiser)",
    )  # fmt: skip
    _asks(listing, export)


def _backup_commands(commands: Any) -> None:  # noqa: ANN401
    backup = commands.add_parser("backup", help="make, list and restore backups of the notes")
    actions = backup.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "copy the notes and check the copy"
    make = _command(actions, "make", says, "backup_make", shapes.BACKUP)
    _command(actions, "list", "all backups, the newest first", "backup_list", shapes.BACKUPS)
    says = "put a backup in the place of the notes, which are backed up first"
    restore = _command(actions, "restore", says, "backup_restore", shapes.RESTORED)
    restore.add_argument("name", help="its name, its .db file, or last for the newest whole one")
    _asks(make, restore)


def _region_commands(commands: Any) -> None:  # noqa: ANN401
    region = commands.add_parser("region", help="add, list and remove maps of streets")
    actions = region.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "check a PMTiles or MBTiles file of vector tiles and keep a copy"
    add = _command(actions, "add", says, "region_add", shapes.REGION)
    add.add_argument("file", help="in the Protomaps basemap or OpenMapTiles schema")
    _command(actions, "list", "all region maps", "region_list", shapes.REGIONS)
    says = "remove a region map for good"
    remove = _command(actions, "remove", says, "region_remove", shapes.REGION_NAME)
    remove.add_argument("name", help="as the list names it")


def _key_commands(commands: Any) -> None:  # noqa: ANN401
    passphrase = commands.add_parser("passphrase", help="set, change or remove the passphrase")
    actions = passphrase.add_subparsers(dest="action", metavar="ACTION", required=True)
    says = "encrypt the notes anew under a first passphrase, and print a recovery code"
    first = _command(actions, "set", says, "passphrase_set", shapes.CODE)
    says = "the old passphrase, then a new one"
    change = _command(actions, "change", says, "passphrase_change", shapes.LEFT)
    says = "print a new recovery code; the one before opens nothing any more"
    code = _command(actions, "code", says, "passphrase_code", shapes.CODE)
    says = "let everyone read the notes who has the files"
    remove = _command(actions, "remove", says, "passphrase_remove", shapes.LEFT)
    says = "the recovery code, then a new passphrase in the place of one that is forgotten"
    recover = _command(commands, "recover", says, "recover", shapes.LEFT)
    says = "remove key, notes and backups for good; asks for the word wipe"
    wipe = _command(commands, "wipe", says, "wipe", shapes.LEFT)
    wipe.add_argument(
        "--export", metavar="FILE",
        help="first write all notes to this zip and read it again; wipe only when it is whole",
    )  # fmt: skip
    _asks(first, change, code, remove, recover, wipe)


def _export_command(commands: Any) -> None:  # noqa: ANN401
    says = "write places, notes or people to a file for other programs"
    export = _command(commands, "export", says, "export", shapes.EXPORT)
    export.add_argument(
        "--format", choices=EXPORTS,
        help="md: a zip of one Markdown file a note; vcard: all people; gpx, kml, geojson, csv, "
        "json: places and hours; ics: a calendar; all: a zip with each (default: what FILE ends "
        "in, else md)",
    )  # fmt: skip
    export.add_argument(
        "--vcard-version", choices=["3.0", "4.0"], default="3.0", help="of vCards (default: 3.0)"
    )
    export.add_argument("-o", "--output", metavar="FILE", required=True)
    what = export.add_mutually_exclusive_group()
    what.add_argument("--mission", action="store_true", help="all visits (so it is for places)")
    what.add_argument("--day", metavar="DAY", help="the visits of one day: 2013-05-28")
    what.add_argument("--shortlist", metavar="NAME", help="what is on a shortlist of yours")
    what.add_argument("--notes", action="store_true", help="the notes (so it is for md)")
    export.add_argument(
        "--for", dest="audience", choices=AUDIENCES, default="me",
        help="only notes that these may read (default: me, which is all)",
    )  # fmt: skip
    _asks(export)


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
        code: int | None = getattr(_room(options.command), options.run)(options)
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


def _room(command: str) -> ModuleType:
    if command in ("passphrase", "recover", "wipe"):
        from fieldguide import key_commands

        return key_commands
    if command == "person":
        from fieldguide import people_commands

        return people_commands
    if command in ("follow-up", "question"):
        from fieldguide import follow_up_commands

        return follow_up_commands
    if command == "export":
        from fieldguide import export_commands

        return export_commands
    if command == "check":
        from fieldguide import check_commands

        return check_commands
    if command == "region":
        from fieldguide import region_commands

        return region_commands
    if command in ("map", "booklet"):
        from fieldguide import paper_commands

        return paper_commands
    if command == "card":
        from fieldguide import card_commands

        return card_commands
    if command in ("day", "meeting", "plan"):
        from fieldguide import programme_commands

        return programme_commands
    from fieldguide import commands

    return commands


def _drop_output() -> None:
    """Let what is still to be written go nowhere, so that the exit does not try again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; exits with 2 on wrong usage."""
    # Most starts open the window, which need not wait until all commands are described.
    window = argparse.ArgumentParser(add_help=False, exit_on_error=False)
    _add_options(window)
    window.set_defaults(command=None)
    try:
        options, rest = window.parse_known_args(arguments)
    except argparse.ArgumentError:
        rest = ["mistyped"]
    return parser().parse_args(arguments) if rest else options
