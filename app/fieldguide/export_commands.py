"""What the command line writes to files: places, notes, people, or each of them in one zip."""

import argparse
from contextlib import closing
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from fieldguide import assets
from fieldguide.asking import own_notes
from fieldguide.cli import EXPORTS
from fieldguide.domain.notes import AUDIENCES, storable
from fieldguide.domain.plans import Planned, own_ref
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest
from fieldguide.services import places, places_out
from fieldguide.services.exports import Piece, save_markdown
from fieldguide.services.guide import Guide
from fieldguide.services.labelling import collected
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.places import Places
from fieldguide.services.planning import read_planned
from fieldguide.services.profile import own_profile
from fieldguide.services.programme import read_trip
from fieldguide.services.takeout import entry_tables, pieces
from fieldguide.shapes import print_json

_NOTES: Final = "md"
_PEOPLE: Final = "vcard"
_ALL: Final = "all"
_TABLES: Final = ("json", "csv")
"""What notes can be written as, beside Markdown."""


def export(options: argparse.Namespace) -> None:
    """Write what is asked for in the format that is asked for, or that the file's name says."""
    target = Path(options.output)
    form = options.format or target.suffix.removeprefix(".").casefold()
    form = form if form in EXPORTS else {"vcf": _PEOPLE}.get(form, _NOTES)
    narrowed = options.mission or options.day or options.shortlist
    if form in (_NOTES, _PEOPLE) and narrowed:
        raise BadRequest(f"--format {form} writes no places: leave out what narrows them.")
    if form == _PEOPLE:
        from fieldguide.people_commands import export_vcards

        export_vcards(options)
    elif form == _ALL:
        _export_all(options, target)
    elif form == _NOTES:
        _export_notes(options, target)
    elif options.notes:
        _export_note_tables(options, target, form)
    else:
        _told(options, places_out.save_places(_places(options), target, form))


def _places(options: argparse.Namespace) -> Places:
    """The visits of the mission that is shown, or what is asked for instead."""
    name: str | None = options.shortlist
    refs: frozenset[Ref] = frozenset()
    with closing(Guide.open(assets.guide(options.guide))) as guide:
        if name is not None or has_notebook(own_profile(options.profile)):
            with own_notes(options, "shortlists") as notebook:
                guide.take(_planned(notebook, Ref.parse(guide.about.mission), options.audience))
                refs = collected(notebook).under("shortlists", [name]) if name else refs
        if name is not None and not refs:
            raise BadRequest(f"There is no shortlist “{storable(name[:80])}”.")
        trip = read_trip(guide)
        if name is not None:
            return places.of_list(guide, trip, name, refs)
        return places.of_trip(trip, options.day or "")


def _planned(notebook: Notebook, mission: Ref, audience: str) -> Planned:
    """What the user planned, as far as these readers may see it."""
    found = read_planned(notebook, mission)
    readers = AUDIENCES[audience]
    open_to = {own_ref(one.id) for one in notebook.meetings.all() if one.visibility in readers}
    open_to |= {own_ref(one.id) for one in notebook.plans.all() if one.visibility in readers}
    if found.plan is not None and found.mission not in open_to:
        return Planned()
    meetings = {ref: one for ref, one in found.meetings.items() if ref in open_to}
    return replace(found, meetings=meetings)


def _told(options: argparse.Namespace, written: Places) -> None:
    if options.json:
        print_json({"file": options.output, **_counts(written)})
        return
    print(f"{_many(len(written.placed), 'place')} written to {options.output}")
    _tell_lost(written)


def _counts(written: Places) -> dict[str, object]:
    return {"places": len(written.placed), "without_position": written.lost_names}


def _tell_lost(written: Places) -> None:
    if written.lost:
        print(f"No position is known for: {'; '.join(written.lost_names)}")


def _export_notes(options: argparse.Namespace, target: Path) -> None:
    with own_notes(options) as notebook:
        notes = notebook.whole(AUDIENCES[options.audience])
        enclosing = notebook.album.enclosing(options.audience)
        beside = pieces(notebook, options.audience)
        written = save_markdown(notes, target, enclosing, beside)
    _told_notes(options, written)


def _export_note_tables(options: argparse.Namespace, target: Path, form: str) -> None:
    from fieldguide.services.notes_tables import save_notes_csv, save_notes_json

    if form not in _TABLES:
        raise BadRequest(f"Notes lie at no place: write them as {', '.join((_NOTES, *_TABLES))}.")
    with own_notes(options) as notebook:
        readers = AUDIENCES[options.audience]
        notes, entries = notebook.whole(readers), notebook.whole_entries(readers)
    if form == "csv":
        written = save_notes_csv(notes, target)
    else:
        written = save_notes_json(notes, entry_tables(entries), target)
    _told_notes(options, written)


def _told_notes(options: argparse.Namespace, written: int) -> None:
    if options.json:
        print_json({"file": options.output, "notes": written})
    else:
        print(f"{_many(written, 'note')} written to {options.output}")


def _export_all(options: argparse.Namespace, target: Path) -> None:
    """One zip: the notes as Markdown with all beside them, and the places in each format."""
    if options.notes:
        raise BadRequest("--format all holds notes and places: leave out --notes.")
    found = _places(options)
    forms = places_out.FORMATS if found.placed else {}
    beside = [
        Piece(f"places/places.{form}", partial(write, found)) for form, write in forms.items()
    ]
    if has_notebook(own_profile(options.profile)):
        with own_notes(options) as notebook:
            notes = notebook.whole(AUDIENCES[options.audience])
            enclosing = notebook.album.enclosing(options.audience)
            beside = [*pieces(notebook, options.audience), *beside]
            written = save_markdown(notes, target, enclosing, beside)
    else:
        written = save_markdown([], target, beside=beside)
    if options.json:
        print_json({"file": options.output, "notes": written, **_counts(found)})
        return
    many = f"{_many(written, 'note')} and {_many(len(found.placed), 'place')}"
    print(f"{many} written to {options.output}")
    _tell_lost(found)


def _many(number: int, noun: str) -> str:
    return f"1 {noun}" if number == 1 else f"{number} {noun}s"
