"""What the commands of the command line do: the same services without a window."""

import argparse
import sys
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from fieldguide import assets, shapes
from fieldguide.domain.notes import NoteCard, storable
from fieldguide.domain.records import Fact, Record, Ref
from fieldguide.domain.trips import parse_moment
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, has_notebook
from fieldguide.services.profile import own_profile
from fieldguide.shapes import print_json

if TYPE_CHECKING:
    from fieldguide.domain.backups import Backup
    from fieldguide.services.backups import Backups
    from fieldguide.services.safety import Safety


def _guide(options: argparse.Namespace) -> closing[Guide]:
    return closing(Guide.open(assets.guide(options.guide)))


def search(options: argparse.Namespace) -> None:
    """Print what answers a query."""
    with _guide(options) as guide:
        found = guide.search(options.query, options.kind, options.limit)
    if options.json:
        print_json([shapes.hit_json(hit) for hit in found.hits])
        return
    for hit in found.hits:
        print(f"{hit.ref}  {hit.title} {hit.title_zh}".rstrip() + f"  ({hit.why})")
        if hit.snippet:
            print(f"    {hit.snippet}")
    if not found.hits:
        print("Nothing found.")


def show(options: argparse.Namespace) -> None:
    """Print everything on one record."""
    with _guide(options) as guide:
        record = guide.record(Ref.parse(options.ref))
    if options.json:
        print_json(shapes.record_json(record))
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


def list_records(options: argparse.Namespace) -> None:
    """Print the records of a kind or type."""
    with _guide(options) as guide:
        cards = guide.records(options.kind)
    if options.json:
        print_json([shapes.card_json(card) for card in cards])
        return
    for card in cards:
        print(f"{card.ref}  {card.title} {card.title_zh}".rstrip())


def lint(options: argparse.Namespace) -> int:
    """Print what the guide holds; 1 while anything is missing."""
    day = parse_moment(options.today).date() if options.today else date.today()
    with _guide(options) as guide:
        ready = guide.readiness(day)
    if options.json:
        print_json(shapes.readiness_json(ready))
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


def _unlocked(options: argparse.Namespace) -> "Safety":
    # Slow to load, and nothing that only reads the guide needs it.
    from fieldguide.asking import unlocked

    return unlocked(options)


def _notebook(options: argparse.Namespace) -> closing[Notebook]:
    from fieldguide.asking import own_notes

    return own_notes(options)


def note_add(options: argparse.Namespace) -> None:
    """Write a note on a record."""
    ref = Ref.parse(options.ref)
    # First of all: the note may follow on the same standard input.
    safety = _unlocked(options)
    text = _standard_input() if options.text == "-" else options.text
    if not text.strip():
        raise BadRequest("The note is empty; nothing was written.")
    with _guide(options) as guide:
        title = guide.record(ref).title
    with closing(safety.open_notebook(create=True)) as notebook:
        note = notebook.start(ref, title)
        notebook.save(note.id, text, note.revision.id)
    if options.json:
        print_json({"id": note.id})
    else:
        print(note.id)


def _standard_input() -> str:
    """All of it as it is; bytes that are no text are kept as an argument keeps them."""
    return sys.stdin.buffer.read().decode("utf-8", "surrogateescape")


def note_list(options: argparse.Namespace) -> None:
    """Print the notes, last changed first."""
    about = Ref.parse(options.ref) if options.ref else None
    notes: list[NoteCard] = []
    if has_notebook(own_profile(options.profile)):
        with _notebook(options) as notebook:
            notes = notebook.notes(about)
    if options.json:
        print_json([shapes.note_json(note) for note in notes])
        return
    for note in notes:
        print(f"{note.id}  {note.changed:%Y-%m-%d %H:%M}  {note.title}: {note.opening}")


def note_show(options: argparse.Namespace) -> None:
    """Print one note."""
    with _notebook(options) as notebook:
        note = notebook.note(options.id)
    if options.json:
        print_json(shapes.note_text_json(note))
    else:
        print(note.text)


def backup_make(options: argparse.Namespace) -> None:
    """Back up the notes now."""
    if not has_notebook(own_profile(options.profile)):
        raise WorkspaceUnavailable("There are no notes in this profile yet.")
    backups = _unlocked(options).backups
    made = backups.make()
    second = backups.second_copy().problem
    if options.json:
        print_json({**shapes.backup_json(made), "second": second or None})
        return
    print(made.name)
    if second:
        print(second, file=sys.stderr)


def backup_list(options: argparse.Namespace) -> None:
    """Print what there is to go back to."""
    from fieldguide.services.backups import Backups

    backups = Backups(own_profile(options.profile)).list()
    if options.json:
        print_json([shapes.backup_json(backup) for backup in backups])
        return
    for backup in backups:
        count = "1 note" if backup.notes == 1 else f"{backup.notes} notes"
        held = f"{count}, {backup.size / 1e6:.1f} MB" if backup.good else "set aside as damaged"
        print(f"{backup.name}  {backup.made:%Y-%m-%d %H:%M}  {held}")


def backup_restore(options: argparse.Namespace) -> None:
    """Put a backup in the place of the notes."""
    from fieldguide.key_commands import closed_window

    backups = _unlocked(options).backups
    chosen = None if options.name.endswith(".db") else _backup(backups, options.name)
    with closed_window(own_profile(options.profile)):
        said = backups.restore(chosen) if chosen else backups.restore_from(Path(options.name))
    if options.json:
        print_json({"said": said})
    else:
        print(said)


def _backup(backups: "Backups", name: str) -> "Backup":
    if name == "last":
        chosen = backups.offer()
    else:
        chosen = next((one for one in backups.list() if one.name == name and one.good), None)
    if chosen is None:
        raise BadRequest(f"There is no backup “{storable(name[:80])}”.")
    return chosen
