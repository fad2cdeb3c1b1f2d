"""What the command line writes to files: places, calendars, notes, people, or each in one zip."""

import argparse
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Final

from fieldguide.asking import own_notes
from fieldguide.cli import EXPORTS
from fieldguide.domain.notes import AUDIENCES
from fieldguide.errors import BadRequest
from fieldguide.export_scope import Scope, notes_if_any, read_scope
from fieldguide.services import follow_ups, ics, places_out, programme_ics
from fieldguide.services.exports import Piece, save_markdown
from fieldguide.services.follow_ups import Task
from fieldguide.services.notebook import Notebook
from fieldguide.services.notes_tables import save_notes_csv, save_notes_json
from fieldguide.services.places import Places
from fieldguide.services.takeout import entry_tables, pieces
from fieldguide.shapes import print_json
from fieldguide.storage.files import write_whole

_NOTES: Final = "md"
_PEOPLE: Final = "vcard"
_CALENDAR: Final = "ics"
_ALL: Final = "all"
_OF_NOTES: Final = (_NOTES, "json", "csv", _CALENDAR)
"""What notes, and the follow-ups among them, can be written as."""
_ENDINGS: Final = {"vcf": _PEOPLE}
"""Of file names that are called otherwise than their format."""


def export(options: argparse.Namespace) -> None:
    """Write what is asked for in the format that is asked for, or that the file's name says."""
    target = Path(options.output)
    ending = target.suffix.removeprefix(".").casefold()
    form = options.format or _ENDINGS.get(ending, ending if ending in EXPORTS else _NOTES)
    narrowed = options.mission or options.day or options.shortlist
    if form in (_NOTES, _PEOPLE) and narrowed:
        raise BadRequest(f"--format {form} writes no places: leave out what narrows them.")
    if form == _PEOPLE:
        from fieldguide.people_commands import export_vcards

        export_vcards(options)
    elif form == _ALL:
        _export_all(options, target)
    elif form == _NOTES or options.notes:
        _export_notes(options, target, form)
    elif form == _CALENDAR:
        _export_programme(options, target)
    else:
        with notes_if_any(options) as notebook:
            found = read_scope(options, notebook).places
        written = places_out.save_places(found, target, form)
        _tell(options, {"place": len(written.placed)}, written)


def _tell(
    options: argparse.Namespace, counts: Mapping[str, int], written: Places | None = None
) -> None:
    """Say what was written: a noun and how many of each, and which places lack a position."""
    if options.json:
        told = {f"{noun.replace('-', '_')}s": number for noun, number in counts.items()}
        lost = {"without_position": written.lost_names} if written is not None else {}
        print_json({"file": options.output, **told, **lost})
        return
    many = [f"{number} {noun}{'' if number == 1 else 's'}" for noun, number in counts.items()]
    print(f"{' and '.join(many)} written to {options.output}")
    if written is not None and written.lost:
        print(f"No position is known for: {'; '.join(written.lost_names)}")


def _export_programme(options: argparse.Namespace, target: Path) -> None:
    with notes_if_any(options) as notebook:
        scope = read_scope(options, notebook)
    data, count = _calendar(scope)
    if not count:
        raise BadRequest("There is no visit to write.")
    write_whole(target, data)
    _tell(options, {"visit": count})


def _calendar(scope: Scope) -> tuple[bytes, int]:
    return programme_ics.programme_calendar(scope.trip, datetime.now(UTC), scope.changes, scope.day)


def _export_notes(options: argparse.Namespace, target: Path, form: str) -> None:
    if form not in _OF_NOTES:
        raise BadRequest(f"Notes lie at no place: write them as {', '.join(_OF_NOTES)}.")
    readers = AUDIENCES[options.audience]
    with own_notes(options) as notebook:
        if form == _CALENDAR:
            count = ics.save_calendar(_tasks(notebook, options), datetime.now(UTC), target)
            _tell(options, {"follow-up": count})
            return
        notes = notebook.whole(readers)
        if form == _NOTES:
            enclosing = notebook.album.enclosing(options.audience)
            beside = pieces(notebook, options.audience)
            written = save_markdown(notes, target, enclosing, beside)
        elif form == "csv":
            written = save_notes_csv(notes, target)
        else:
            entries = entry_tables(notebook.whole_entries(readers))
            written = save_notes_json(notes, entries, target)
    _tell(options, {"note": written})


def _tasks(notebook: Notebook, options: argparse.Namespace) -> list[Task]:
    readers = AUDIENCES[options.audience]
    return [one for one in follow_ups.tasks(notebook) if one.visibility in readers]


def _export_all(options: argparse.Namespace, target: Path) -> None:
    """One zip: the notes as Markdown with all beside them, and the programme in each format."""
    if options.notes:
        raise BadRequest("--format all holds notes and places: leave out --notes.")
    with notes_if_any(options) as notebook:
        scope = read_scope(options, notebook)
        beside, written = _programme_pieces(scope), 0
        if notebook is not None:
            if tasks := _tasks(notebook, options):
                todo = ics.calendar(tasks, datetime.now(UTC))
                beside.append(Piece("follow-ups.ics", lambda: todo))
            notes = notebook.whole(AUDIENCES[options.audience])
            enclosing = notebook.album.enclosing(options.audience)
            beside = [*pieces(notebook, options.audience), *beside]
            written = save_markdown(notes, target, enclosing, beside)
        else:
            save_markdown([], target, beside=beside)
    counts = {"note": written, "place": len(scope.places.placed)}
    _tell(options, counts, scope.places)


def _programme_pieces(scope: Scope) -> list[Piece]:
    """The programme in each format in which there is anything of it."""
    found = scope.places
    forms = places_out.FORMATS if found.placed else {}
    written = [
        Piece(f"programme/places.{form}", partial(write, found)) for form, write in forms.items()
    ]
    data, count = _calendar(scope)
    return [*written, Piece("programme/calendar.ics", lambda: data)] if count else written
