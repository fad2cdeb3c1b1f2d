"""The history of a note as a person remembers it: saves gathered into steps."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from fieldguide.domain.difference import Change, Difference, difference
from fieldguide.domain.notes import Note, Revision, Saved
from fieldguide.services.notebook import Notebook

PAUSE: Final = timedelta(minutes=5)
"""Who pauses for longer begins another step,"""
LONGEST: Final = timedelta(minutes=30)
"""and so does who writes for longer."""
MOST_TEXT: Final = 4_000_000
"""So many characters are compared to count lines; for steps further back nothing is counted."""


class Deed(StrEnum):
    """What was done to a note."""

    BEGUN = "begun"
    WRITTEN = "written"
    READERS = "readers"
    FILED = "filed"
    TRASHED = "trashed"
    TAKEN_OUT = "taken out"
    SETTLED = "settled"


@dataclass(frozen=True, slots=True)
class Step:
    """Saves in a row by one author that did the same; ``saved`` is how they left the note."""

    deed: Deed
    first: Saved
    saved: Saved
    saves: int = 1
    before: str = ""
    """Id of the revision that it began with; empty for the first of a note."""
    beside: bool = False
    """Whether it was written over a version that was not the newest."""
    lines: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    again: datetime | None = None
    """When the text stood like this before, if it was brought back."""

    @property
    def when(self) -> datetime:
        """When it was done, by the clock of the computer that did."""
        return self.saved.created


@dataclass(frozen=True, slots=True)
class Timeline:
    """A note now, its steps with the last first, and how many saves they stand for."""

    note: Note
    versions: tuple[Note, ...]
    """More than one are a conflict to settle."""
    steps: tuple[Step, ...]
    saves: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a note and what lies between; ``before`` is None for the first of all."""

    before: Revision | None
    after: Revision
    difference: Difference


def timeline(notebook: Notebook, note_id: str) -> Timeline:
    """Gather all saves of a note; raises BadRequest when there is no such note."""
    outline = notebook.outline(note_id)
    steps = gathered(outline)
    texts = _texts(notebook, note_id, steps)
    told: list[Step] = []
    for step in steps:
        told.append(_counted(step, told, texts))
    note, versions = notebook.note(note_id), tuple(notebook.versions(note_id))
    return Timeline(note, versions, tuple(reversed(told)), len(outline))


def compared(notebook: Notebook, note_id: str, before: str, after: str) -> Compared:
    """Two states by their ids; an empty ``before`` is the nothing that was there at first."""
    new = notebook.revision(note_id, after)
    old = notebook.revision(note_id, before) if before else None
    return Compared(old, new, difference(old.draft.text if old else "", new.draft.text))


def gathered(outline: Sequence[Saved]) -> list[Step]:
    """Steps in the order of their last save; saves that go on from each other stand together."""
    known = {saved.id: saved for saved in outline}
    steps: dict[str, Step] = {}
    newest = ""
    for saved in outline:
        before = saved.parents[0] if len(saved.parents) == 1 else ""
        step = _begun(saved, known.get(before), beside=bool(newest) and newest not in saved.parents)
        last = steps.get(before)
        if last is not None and _goes_on(last, step):
            del steps[before]
            step = replace(last, saved=saved, saves=last.saves + 1)
        steps[saved.id] = step
        newest = saved.id
    return list(steps.values())


def _begun(saved: Saved, parent: Saved | None, *, beside: bool) -> Step:
    if len(saved.parents) > 1:
        # What the version that was shown became: the first of them as good as any.
        return Step(Deed.SETTLED, saved, saved, before=saved.parents[0])
    deed = _deed(saved, parent) if saved.parents else Deed.BEGUN
    return Step(deed, saved, saved, before=parent.id if parent else "", beside=beside)


def _deed(saved: Saved, parent: Saved | None) -> Deed:
    if parent is None:
        return Deed.WRITTEN
    if saved.deleted != parent.deleted:
        return Deed.TRASHED if saved.deleted else Deed.TAKEN_OUT
    if saved.visibility is not parent.visibility:
        return Deed.READERS
    if (saved.about, saved.title, saved.visit) != (parent.about, parent.title, parent.visit):
        return Deed.FILED
    return Deed.WRITTEN


def _goes_on(last: Step, step: Step) -> bool:
    """Whether a save belongs to the step before; a clock that was set back begins another."""
    same = step.deed is last.deed or (last.deed is Deed.BEGUN and step.deed is Deed.WRITTEN)
    pause = step.when - last.when
    return (
        same
        and step.saved.author.id == last.saved.author.id
        and timedelta() <= pause <= PAUSE
        and step.when - last.first.created <= LONGEST
        and step.when.date() == last.when.date()
    )


def _texts(notebook: Notebook, note_id: str, steps: Sequence[Step]) -> dict[str, str]:
    """The texts at the ends of the steps by their revisions, those of the last steps first."""
    texts: dict[str, str] = {"": ""}
    room = MOST_TEXT
    for step in reversed(steps):
        for revision in (step.saved.id, step.before):
            if room > 0 and revision not in texts:
                texts[revision] = notebook.revision(note_id, revision).draft.text
                room -= len(texts[revision])
    return texts


def _counted(step: Step, earlier: Sequence[Step], texts: Mapping[str, str]) -> Step:
    if step.saved.id not in texts or step.before not in texts:
        return step
    before, after = texts[step.before], texts[step.saved.id]
    found = difference(before, after)
    lines = sum(bool(line.strip()) for line in after.split("\n"))
    told = replace(
        step,
        lines=lines,
        added=found.count(Change.ADDED),
        changed=found.count(Change.CHANGED),
        removed=found.count(Change.REMOVED),
    )
    if before == after or not after.strip():
        return told
    same = (one.when for one in reversed(earlier) if texts.get(one.saved.id) == after)
    return replace(told, again=next(same, None))
