"""The history of a note as a person remembers it: saves gathered into steps."""

from collections.abc import Iterable, Mapping, Sequence
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
GLANCE: Final = 200
"""The last saves, whose steps are told first where there are many more."""
COUNTED_FIRST: Final = 8
"""Steps whose lines are counted at once: about as many as a screen shows."""


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
    counted: bool = False
    """Whether the numbers of lines are told yet."""

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
    whole: bool = True
    """Whether these are all the steps."""

    def newest(self, step: Step) -> bool:
        """Whether nothing was saved after this step."""
        return step.saved.id == self.steps[0].saved.id


@dataclass(frozen=True, slots=True)
class Compared:
    """Two states of a note and what lies between; ``before`` is None for the first of all."""

    before: Revision | None
    after: Revision
    difference: Difference


def timeline(notebook: Notebook, note_id: str, counted: int | None = None) -> Timeline:
    """Gather all saves of a note; raises BadRequest when there is no such note.

    The lines of the last ``counted`` steps are counted, or of all; ``counts`` tells the others.
    """
    return _told(notebook, note_id, gathered(notebook.outline(note_id)), counted)


def glance(notebook: Notebook, note_id: str) -> Timeline:
    """The same for the last saves alone, where all of them would keep one waiting."""
    saves = notebook.outline(note_id, GLANCE)
    if len(saves) < GLANCE:
        return _told(notebook, note_id, gathered(saves), COUNTED_FIRST)
    known = {saved.id for saved in saves}
    steps = [step for step in gathered(saves) if known.issuperset(step.first.parents)]
    if not steps:
        return timeline(notebook, note_id, COUNTED_FIRST)
    return _told(notebook, note_id, steps, COUNTED_FIRST, whole=False)


def counts(notebook: Notebook, note_id: str, steps: Iterable[Step]) -> tuple[Step, ...]:
    """The steps of a note again, with what became of their lines."""
    wanted = list(steps)
    texts = _texts(notebook, note_id, wanted)
    return tuple(_counted(step, texts) for step in wanted)


def _told(
    notebook: Notebook,
    note_id: str,
    steps: list[Step],
    counted: int | None,
    *,
    whole: bool = True,
) -> Timeline:
    recalled = _recalled(notebook, note_id, steps)[::-1]
    first = recalled if counted is None else recalled[:counted]
    told = (*counts(notebook, note_id, first), *recalled[len(first) :])
    note, versions = notebook.note(note_id), tuple(notebook.versions(note_id))
    return Timeline(note, versions, told, notebook.saves(note_id), whole)


def compared(notebook: Notebook, note_id: str, before: str, after: str) -> Compared:
    """Two states by their ids; an empty ``before`` is the nothing that was there at first."""
    new = notebook.revision(note_id, after)
    old = notebook.revision(note_id, before) if before else None
    return Compared(old, new, difference(old.draft.text if old else "", new.draft.text))


def gathered(outline: Sequence[Saved]) -> list[Step]:
    """Steps in the order of their last save; saves that go on from each other stand together."""
    known = {saved.id: saved for saved in outline}
    runs: dict[str, _Run] = {}
    newest = ""
    for saved in outline:
        before = saved.parents[0] if len(saved.parents) == 1 else ""
        deed = _deed(saved, known.get(before))
        last = runs.get(before)
        if last is not None and last.goes_on(saved, deed):
            del runs[before]
            last.add(saved)
            runs[saved.id] = last
        else:
            beside = bool(newest) and newest not in saved.parents
            runs[saved.id] = _Run(deed, saved, saved, beside=beside)
        newest = saved.id
    return [run.step(known) for run in runs.values()]


@dataclass(slots=True)
class _Run:
    """A step while it grows."""

    deed: Deed
    first: Saved
    last: Saved
    saves: int = 1
    beside: bool = False

    def add(self, saved: Saved) -> None:
        self.last = saved
        self.saves += 1

    def goes_on(self, saved: Saved, deed: Deed) -> bool:
        """Whether a save belongs to it; a clock that was set back begins another."""
        same = deed is self.deed or (self.deed is Deed.BEGUN and deed is Deed.WRITTEN)
        return (
            same
            and deed is not Deed.SETTLED
            and saved.author.id == self.last.author.id
            and timedelta() <= saved.created - self.last.created <= PAUSE
            and saved.created - self.first.created <= LONGEST
            and saved.created.date() == self.last.created.date()
        )

    def step(self, known: Mapping[str, Saved]) -> Step:
        # What the version that was shown became: the first of several parents as good as any.
        before = next(iter(self.first.parents), "")
        if self.deed is not Deed.SETTLED and before not in known:
            before = ""
        return Step(self.deed, self.first, self.last, self.saves, before, self.beside)


def _deed(saved: Saved, parent: Saved | None) -> Deed:
    if not saved.parents:
        return Deed.BEGUN
    if len(saved.parents) > 1:
        return Deed.SETTLED
    if parent is None:
        return Deed.WRITTEN
    if saved.deleted != parent.deleted:
        return Deed.TRASHED if saved.deleted else Deed.TAKEN_OUT
    if saved.visibility is not parent.visibility:
        return Deed.READERS
    if (saved.about, saved.title, saved.visit) != (parent.about, parent.title, parent.visit):
        return Deed.FILED
    return Deed.WRITTEN


def _texts(notebook: Notebook, note_id: str, steps: Sequence[Step]) -> dict[str, str]:
    """The texts at the ends of the steps by their revisions, as many as are not too long."""
    texts: dict[str, str] = {"": ""}
    room = MOST_TEXT
    for step in steps:
        for revision in (step.saved.id, step.before):
            if room > 0 and revision not in texts:
                texts[revision] = notebook.revision(note_id, revision).draft.text
                room -= len(texts[revision])
    return texts


def _counted(step: Step, texts: Mapping[str, str]) -> Step:
    if step.saved.id not in texts or step.before not in texts:
        return replace(step, counted=True)
    before, after = texts[step.before], texts[step.saved.id]
    found = difference(before, after)
    return replace(
        step,
        lines=sum(bool(line.strip()) for line in after.split("\n")),
        added=found.count(Change.ADDED),
        changed=found.count(Change.CHANGED),
        removed=found.count(Change.REMOVED),
        counted=True,
    )


def _recalled(notebook: Notebook, note_id: str, steps: Sequence[Step]) -> list[Step]:
    """The steps again, each told when its text stood like this before it was brought back."""
    texts = _texts(notebook, note_id, steps[::-1])
    stood: dict[str, datetime] = {}
    told: list[Step] = []
    for step in steps:
        after = texts.get(step.saved.id, "")
        again = stood.get(after) if texts.get(step.before) != after else None
        told.append(replace(step, again=again) if again else step)
        if after.strip():
            stood[after] = step.when
    return told
