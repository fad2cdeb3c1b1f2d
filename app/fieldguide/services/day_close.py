"""The evening: what of a day is not yet finished, each in one step."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide.domain.backups import Backup
from fieldguide.domain.entries import Asked, Entry, Progress, Question
from fieldguide.domain.notes import LineKind, NoteLine, Visibility
from fieldguide.domain.people import Face, Person
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Day, Visit
from fieldguide.errors import BadRequest
from fieldguide.services import follow_ups
from fieldguide.services.follow_ups import Task
from fieldguide.services.notebook import Notebook

_CARDS: Final = frozenset({Face.CARD_FRONT, Face.CARD_BACK})


class Step(StrEnum):
    """One thing to do in the evening, in this order."""

    VISITS = "visits"
    SPEAKERS = "speakers"
    ACTIONS = "actions"
    QUESTIONS = "questions"
    CARDS = "cards"
    READERS = "readers"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Evening:
    """What there is to do for a day; an empty part is done."""

    visits: tuple[Visit, ...]
    open_visits: tuple[Visit, ...]
    """Those nobody has closed."""
    speakers: tuple[NoteLine, ...]
    """Quotes that do not say whose they are."""
    actions: tuple[Task, ...]
    """Without an owner or a date."""
    questions: tuple[Entry[Question], ...]
    """Of the day's visits, asked or not, but not answered."""
    cards: tuple[Entry[Person], ...]
    """People of whom there is a card, but not a name."""
    readers: Mapping[Visibility, int]
    """How many marked lines of the day are for whom."""
    backup: Backup | None
    """A sound one that was made after all this was written."""

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are not done; what the organiser gets is only looked at."""
        parts: tuple[tuple[Step, Sequence[object]], ...] = (
            (Step.VISITS, self.open_visits),
            (Step.SPEAKERS, self.speakers),
            (Step.ACTIONS, self.actions),
            (Step.QUESTIONS, self.questions),
            (Step.CARDS, self.cards),
        )
        steps = [step for step, rest in parts if rest]
        return (*steps, Step.BACKUP) if self.backup is None else tuple(steps)


def evening(book: Notebook, day: Day, zone: str, backups: Sequence[Backup]) -> Evening:
    """Look through a day; its hours are those of ``zone``. Runs on the notes' thread."""
    refs = {visit.ref for visit in day.visits}
    on = date.fromisoformat(day.date)
    here = ZoneInfo(zone)

    def mine(moment: datetime) -> bool:
        return moment.astimezone(here).date() == on

    closed = {one.visit for one in book.closings.all() if one.value.closed}
    lines = [
        line
        for line in book.lines([kind for kind in LineKind if kind is not LineKind.PLAIN])
        if mine(line.created) and line.text.strip()
    ]
    waiting = (Asked.OPEN, Asked.ASKED)
    return Evening(
        day.visits,
        tuple(visit for visit in day.visits if visit.ref not in closed),
        tuple(one for one in lines if one.kind is LineKind.QUOTE and not one.speaker),
        tuple(one for one in follow_ups.tasks(book) if _vague(one) and _of(one, refs, mine)),
        tuple(
            one for one in book.questions.all() if one.visit in refs and one.value.state in waiting
        ),
        tuple(one for one in book.people.all() if _is_card(one.value)),
        Counter(line.visibility for line in lines),
        _after(book, backups),
    )


def name_speaker(book: Notebook, line: NoteLine, speaker: str) -> None:
    """Write into a note who said a line; raises BadRequest when the line is there no more."""
    name = " ".join(speaker.replace(":", " ").split())[:80].strip()
    if not name:
        raise BadRequest("Say who said it.")
    note = book.note(line.note)
    rows = note.text.split("\n")
    before = rows[line.place] if line.place < len(rows) else ""
    if not before.startswith("Q:") or line.text not in before:
        raise BadRequest("This line was changed meanwhile; look at the note.")
    rows[line.place] = f"Q {name}:{before.removeprefix('Q:')}"
    book.save(note.id, "\n".join(rows), note.revision.id)


def _vague(task: Task) -> bool:
    value = task.value
    return value.state is Progress.OPEN and not (value.owner and value.due)


def _of(task: Task, refs: Set[Ref], mine: Callable[[datetime], bool]) -> bool:
    return task.visit in refs or (task.written is not None and mine(task.written))


def _is_card(person: Person) -> bool:
    return not person.names and any(one.face in _CARDS for one in person.pictures)


def _after(book: Notebook, backups: Sequence[Backup]) -> Backup | None:
    """The newest sound backup, if nothing was written after it."""
    good = [one for one in backups if one.good]
    newest = max(good, key=lambda one: one.number, default=None)
    written = [note.changed for note in book.notes()]
    registers = (book.questions, book.follow_ups, book.people, book.closings)
    written += [entry.changed for register in registers for entry in register.all()]
    last = max(written, default=None)
    return newest if newest is not None and (last is None or newest.made >= last) else None
