"""What the command line does with people: typed in one line, listed, written as vCards."""

import argparse
import json
from contextlib import closing
from pathlib import Path
from typing import Final

from fieldguide import shapes
from fieldguide.asking import unlocked
from fieldguide.domain.entries import Entry
from fieldguide.domain.notes import AUDIENCES
from fieldguide.domain.people import Person, Role, one_line
from fieldguide.domain.person_line import parsed
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.people_export import save_vcards
from fieldguide.services.profile import own_profile

_OWN: Final = "me"


def _notebook(options: argparse.Namespace) -> closing[Notebook]:
    if not has_notebook(own_profile(options.profile)):
        raise WorkspaceUnavailable("There are no people in this profile yet.")
    return closing(unlocked(options).open_notebook(create=False))


def _print_json(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))


def person_add(options: argparse.Namespace) -> None:
    """Keep a person typed in one line."""
    told = parsed(options.line)
    if told.person == Person():
        raise BadRequest("Nothing of this line says who it is; nothing was written.")
    with closing(unlocked(options).open_notebook(create=True)) as notebook:
        entry = notebook.people.add(told.person)
    if options.json:
        _print_json({**shapes.person_json(entry), "rest": list(told.rest)})
        return
    print(entry.id)
    if told.rest:
        print(f"Not understood: {', '.join(told.rest)}")


def person_list(options: argparse.Namespace) -> None:
    """Print all people that are kept."""
    with _notebook(options) as notebook:
        people = notebook.people.all()
    if options.json:
        _print_json([shapes.person_json(entry) for entry in people])
        return
    for entry in people:
        print(f"{entry.id}  {_named(entry)}")


def person_show(options: argparse.Namespace) -> None:
    """Print one person."""
    with _notebook(options) as notebook:
        entry = notebook.people.get(options.id)
    if options.json:
        _print_json(shapes.person_json(entry))
        return
    print(_named(entry))
    for way in entry.value.ways:
        print(f"  {way.kind}: {way.value}")


def export_vcards(options: argparse.Namespace) -> None:
    """Write the people that the readers may see as vCards; only one's own hold what is private."""
    with _notebook(options) as notebook:
        entries = notebook.people.all()
    readers = AUDIENCES[options.audience]
    people = [entry for entry in entries if entry.visibility in readers]
    private = options.audience == _OWN
    written = save_vcards(people, Path(options.output), options.vcard_version, private=private)
    if options.json:
        _print_json({"file": options.output, "people": written})
    else:
        count = "1 person" if written == 1 else f"{written} people"
        print(f"{count} written to {options.output}")


def _named(entry: Entry[Person]) -> str:
    person = entry.value
    role = person.role or Role()
    name = one_line(dict.fromkeys((person.title, person.hanzi)), " ")
    return one_line((name, role.title or role.title_zh, role.organisation or role.organisation_zh))
