"""What is being written: on which record, during which visit, and over which saved version."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from fieldguide.domain.notes import Draft, Note, Visibility, text_bytes
from fieldguide.domain.records import Record, Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import Subject, subject_of, visit_at
from fieldguide.storage.files import write_whole


@dataclass(frozen=True)
class Occasion:
    """The record that a note is on, and the visit of that day to it, if there is one."""

    record: Record
    visit: Ref | None
    subject: Subject
    """What is known of the visit; of the record where there is none."""


def occasion(guide: Guide, ref: Ref, now: datetime) -> Occasion:
    """What a note on a record begun now belongs to, by the day of its place; raises UnknownRef."""
    record = guide.record(ref)
    visits = (
        visit.ref
        for visit in guide.visits
        if visit.day == now.astimezone(ZoneInfo(visit.when.zone)).date().isoformat()
        and ref
        in (
            visit.ref,
            visit.place.other if visit.place else None,
            visit.host.other if visit.host else None,
        )
    )
    visit = next(visits, None)
    return Occasion(record, visit, subject_of(guide, visit or ref))


def occasion_of(guide: Guide, note: Draft) -> Occasion:
    """What a note that was begun before belongs to; raises UnknownRef."""
    about = note.about or note.visit
    assert about is not None
    return Occasion(guide.record(about), note.visit, subject_of(guide, note.visit or about))


def occasion_now(guide: Guide, now: datetime) -> Occasion | None:
    """The visit under way or next on this day, at its place or with its host; else None."""
    visit = visit_at(guide, now)
    if visit is None:
        return None
    subject = subject_of(guide, visit.ref)
    return Occasion(guide.record(subject.refs[-1]), visit.ref, subject)


def note_of(book: Notebook, visit: Ref | None) -> Note | None:
    """The note of a visit that was written in last; None without a visit or a note."""
    cards = [card for card in book.notes(visit) if card.visit == visit] if visit else []
    return book.note(cards[0].id) if cards else None


class Pen:
    """Writes one note, each time over what it wrote last; for the thread of the notebook alone.

    A note is begun with its first text. So saves may be asked for without awaiting each other.
    """

    def __init__(self, note: Note | None = None) -> None:
        self._note = note.id if note else ""
        self._head = note.revision.id if note else ""

    def write(self, notebook: Notebook, draft: Draft) -> Note:
        """Save the draft's text; the rest of the draft counts for a note that is begun by this."""
        if self._note:
            return self._kept(notebook.save(self._note, draft.text, self._head))
        begun = notebook.start(draft.about, draft.title, draft.visit)
        try:
            note = notebook.save(begun.id, draft.text, begun.revision.id)
            if draft.visibility is not note.visibility:
                note = notebook.set_visibility(begun.id, draft.visibility)
        except FieldGuideError:
            with suppress(FieldGuideError):
                notebook.drop_if_empty(begun.id)
            raise
        return self._kept(note)

    def show_to(self, notebook: Notebook, visibility: Visibility) -> Note | None:
        """Say who the note is for; None while there is no note yet."""
        if not self._note:
            return None
        note = notebook.set_visibility(self._note, visibility)
        return note if note.in_conflict else self._kept(note)

    def file(self, notebook: Notebook, about: Ref, title: str, visit: Ref | None) -> Note:
        """Hang the note, which is begun, on a record and a visit."""
        hung = lambda draft: replace(draft, about=about, title=title, visit=visit)  # noqa: E731
        notebook.change([self._note], hung)
        return self._kept(notebook.note(self._note))

    def settle(self, notebook: Notebook, text: str) -> Note | None:
        """Let this text take the place of all versions; None while there is no note yet."""
        return self._kept(notebook.settle(self._note, text)) if self._note else None

    def _kept(self, note: Note) -> Note:
        self._note, self._head = note.id, note.revision.id
        return note


def save_text(text: str, path: Path) -> Path:
    """Write one note's text as a file of its own, for when the notes cannot take it."""
    write_whole(path, text_bytes(text))
    return path
