"""What the command line does with people: typed in one line, listed, written as vCards."""

import argparse
from contextlib import closing
from pathlib import Path
from typing import Final

from fieldguide import shapes
from fieldguide.asking import own_notes, unlocked
from fieldguide.domain.entries import Entry
from fieldguide.domain.notes import AUDIENCES
from fieldguide.domain.people import Person, Role, one_line
from fieldguide.domain.person_line import parsed
from fieldguide.errors import BadRequest
from fieldguide.services.people_export import save_vcards
from fieldguide.shapes import print_json

_OWN: Final = "me"


def person_add(options: argparse.Namespace) -> None:
    """Keep a person typed in one line."""
    told = parsed(options.line)
    if told.person == Person():
        raise BadRequest("Nothing of this line says who it is; nothing was written.")
    with closing(unlocked(options).open_notebook(create=True)) as notebook:
        entry = notebook.people.add(told.person)
    if options.json:
        print_json({**shapes.person_json(entry), "rest": list(told.rest)})
        return
    print(entry.id)
    if told.rest:
        print(f"Not understood: {', '.join(told.rest)}")


def person_list(options: argparse.Namespace) -> None:
    """Print all people that are kept."""
    with own_notes(options, "people") as notebook:
        people = notebook.people.all()
    if options.json:
        print_json([shapes.person_json(entry) for entry in people])
        return
    for entry in people:
        print(f"{entry.id}  {_named(entry)}")


def person_show(options: argparse.Namespace) -> None:
    """Print one person."""
    with own_notes(options, "people") as notebook:
        entry = notebook.people.get(options.id)
    if options.json:
        print_json(shapes.person_json(entry))
        return
    print(_named(entry))
    for way in entry.value.ways:
        print(f"  {way.kind}: {way.value}")


def export_vcards(options: argparse.Namespace) -> None:
    """Write the people that the readers may see as vCards; only one's own hold what is private."""
    with own_notes(options, "people") as notebook:
        entries = notebook.people.all()
    readers = AUDIENCES[options.audience]
    people = [entry for entry in entries if entry.visibility in readers]
    private = options.audience == _OWN
    written = save_vcards(people, Path(options.output), options.vcard_version, private=private)
    if options.json:
        print_json({"file": options.output, "people": written})
    else:
        count = "1 person" if written == 1 else f"{written} people"
        print(f"{count} written to {options.output}")


def _named(entry: Entry[Person]) -> str:
    person = entry.value
    role = person.role or Role()
    name = one_line(dict.fromkeys((person.title, person.hanzi)), " ")
    return one_line((name, role.title or role.title_zh, role.organisation or role.organisation_zh))
