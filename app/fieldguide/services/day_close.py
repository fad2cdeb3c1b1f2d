"""The evening: what of a day is not yet finished, each in one step that can be taken back."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide.domain.entries import Asked, Entry, Progress
from fieldguide.domain.notes import LineKind, NoteCard, NoteLine, Visibility
from fieldguide.domain.people import Face, Person
from fieldguide.domain.records import Ref
from fieldguide.domain.tables import without_breaks
from fieldguide.errors import BadRequest
from fieldguide.services import follow_ups, visiting
from fieldguide.services.follow_ups import Task
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import LINE, Subject, ToAsk

NIGHT: Final = timedelta(hours=4)
"""Whoever is still up belongs to the day before."""
_CARDS: Final = frozenset({Face.CARD_FRONT, Face.CARD_BACK})
_WAITING: Final = (Asked.OPEN, Asked.ASKED)

Undo = Callable[[Notebook], object]
"""Takes back what was done; for the notes' thread."""


class Step(StrEnum):
    """One thing to do in the evening, in this order."""

    VISITS = "visits"
    UNFILED = "unfiled"
    SPEAKERS = "speakers"
    ACTIONS = "actions"
    QUESTIONS = "questions"
    CARDS = "cards"
    READERS = "readers"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the guide knows of a day: its visits, those of the days after, the days with any."""

    date: str
    zone: str
    subjects: tuple[Subject, ...]
    later: tuple[Subject, ...]
    days: tuple[str, ...]

    @property
    def refs(self) -> frozenset[Ref]:
        """The visits of the day."""
        return frozenset(subject.refs[0] for subject in self.subjects)

    def next_related(self, to: Subject) -> Subject | None:
        """The next visit of a later day with the same host or place, else to a house like it."""
        same = (one for one in self.later if set(one.refs) & set(to.refs))
        alike = (one for one in self.later if set(one.types) & set(to.types))
        return next(same, None) or next(alike, None)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A question without an answer, and the visit of the day that it was for."""

    asked: ToAsk
    subject: Subject


@dataclass(frozen=True, slots=True)
class Evening:
    """What there is to do for a day beside a backup; an empty part is done."""

    plan: Plan
    lines: tuple[NoteLine, ...]
    """All marked lines of the day, in the order of its notes."""
    open_visits: tuple[Subject, ...]
    """Those nobody has closed."""
    unfiled: tuple[NoteCard, ...]
    """Notes that hang on nothing."""
    speakers: tuple[NoteLine, ...]
    """Quotes that do not say whose they are."""
    actions: tuple[Task, ...]
    """Without an owner or a date."""
    questions: tuple[Waiting, ...]
    """Of the day's visits, asked or not, but not answered."""
    cards: tuple[Entry[Person], ...]
    """People of whom there is a card, but not a name."""
    readers: Mapping[Visibility, int]
    """How many marked lines of the day are for whom."""
    names: Mapping[Ref, tuple[str, ...]]
    """Visit -> who may have said something there."""
    notes: Mapping[Ref, str]
    """Visit -> the note on it that was saved last."""
    me: str = ""

    @property
    def parts(self) -> dict[Step, Sequence[object]]:
        """What is left of each step that has an end of its own."""
        return {
            Step.VISITS: self.open_visits,
            Step.UNFILED: self.unfiled,
            Step.SPEAKERS: self.speakers,
            Step.ACTIONS: self.actions,
            Step.QUESTIONS: self.questions,
            Step.CARDS: self.cards,
        }

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are not done; what the organiser gets is only looked at."""
        return tuple(step for step, rest in self.parts.items() if rest)


def evening_day(days: Sequence[str], now: datetime) -> str:
    """The day to close at a moment of the mission's place: the last that had visits.

    Before the first, or by a clock that is set wrong, it is the first; empty without any.
    """
    day = (now - NIGHT).date().isoformat()
    past = [one for one in days if one <= day]
    return past[-1] if past else next(iter(days), "")


def plan_of(guide: Guide, day: str, now: datetime) -> Plan:
    """Ask the guide for a day, or for the one to close now; runs on the guide's thread."""
    zone = guide.about.zone
    dated = sorted((v for v in guide.visits if v.day), key=lambda v: (v.day, v.when.time))
    days = tuple(dict.fromkeys(visit.day for visit in dated))
    there = now.astimezone(ZoneInfo(zone))
    on = day if day in days else evening_day(days, there) or there.date().isoformat()
    subjects = [visiting.subject_of(guide, visit.ref) for visit in dated if visit.day >= on]
    mine = tuple(one for one in subjects if one.visit and one.visit.day == on)
    return Plan(on, zone, mine, tuple(one for one in subjects if one not in mine), days)


def evening(book: Notebook, plan: Plan) -> Evening:
    """Look through a day; runs on the notes' thread."""
    closed = {one.visit for one in book.closings.all() if one.value.closed}
    lines = [
        line
        for line in book.lines([kind for kind in LineKind if kind is not LineKind.PLAIN])
        if line.text.strip() and _is_of(plan, line.visit, line.created)
    ]
    people, cards = book.people.all(), book.notes()
    return Evening(
        plan,
        tuple(sorted(lines, key=lambda one: (one.created, one.note, one.place))),
        tuple(one for one in plan.subjects if one.refs[0] not in closed),
        tuple(card for card in cards if _is_unfiled(plan, card)),
        tuple(one for one in lines if one.kind is LineKind.QUOTE and not one.speaker),
        tuple(one for one in follow_ups.tasks(book) if _is_vague(one) and _is_task_of(plan, one)),
        tuple(_waiting(book, plan, lines)),
        tuple(one for one in people if _is_card(one.value)),
        Counter(line.visibility for line in lines),
        {one.refs[0]: _names(one, people) for one in plan.subjects},
        {card.visit: card.id for card in reversed(cards) if card.visit is not None},
        book.own_card.name(),
    )


def close_visit(book: Notebook, subject: Subject) -> Undo:
    """Say that there is no more to write of a visit."""
    visiting.amend(book, subject, lambda one: replace(one, closed=True))
    return lambda own: visiting.amend(own, subject, lambda one: replace(one, closed=False))


def file_note(book: Notebook, note_id: str, subject: Subject) -> Undo:
    """Hang a note on a visit, and on its place or its host."""
    visit = subject.visit
    house = (visit.place or visit.host) if visit else None
    title = house.title if house else subject.title
    ref = subject.refs[0] if visit else None
    changed = book.change(
        [note_id], lambda one: replace(one, about=subject.refs[-1], title=title, visit=ref)
    )
    return lambda own: own.change_back(changed)


def name_speaker(book: Notebook, line: NoteLine, speaker: str) -> Undo:
    """Write into a note who said a line; raises BadRequest when the line is there no more."""
    name = " ".join(speaker.replace(":", " ").split())[:80].strip()
    if not name:
        raise BadRequest("Say who said it.")
    nameless, named = "Q:", f"Q {name}:"
    _begin_anew(book, line, nameless, named)
    return lambda own: _begin_anew(own, line, named, nameless)


def assign(book: Notebook, task: Task, owner: str, due: str, promised: str = "") -> Undo:
    """Say who does something, and until when."""
    deed = follow_ups.assign(book, task, owner, due, promised)
    return lambda own: own.follow_ups.undo(deed)


def settle(book: Notebook, waiting: Waiting, state: Asked, words: str = "") -> Undo:
    """Answer a question, or drop it."""
    asked, subject = waiting.asked, waiting.subject
    entry = visiting.answer(book, subject, asked, state, words or asked.answer)
    return lambda own: visiting.take_back(own, asked, entry.id)


def carry_over(book: Notebook, waiting: Waiting, to: Subject | None) -> Undo:
    """Keep a question for another visit, or for whenever there is one."""
    asked, subject = waiting.asked, waiting.subject
    before = book.questions.get(asked.entry) if asked.entry else None
    entry = visiting.carry_over(book, subject, asked, to)

    def undo(own: Notebook) -> None:
        if before is None:
            own.questions.remove(entry.id)
        else:
            own.questions.place(entry.id, before.about, before.visit)
            own.questions.edit(entry.id, lambda _: before.value)

    return undo


def carry_all(book: Notebook, found: Evening) -> Undo:
    """Keep every question of an evening, each for its own next visit."""
    plan = found.plan
    return _in_one(carry_over(book, one, plan.next_related(one.subject)) for one in found.questions)


def drop_all(book: Notebook, found: Evening) -> Undo:
    """Drop every question of an evening; what was typed for one stays with it."""
    return _in_one(settle(book, one, Asked.DROPPED) for one in found.questions)


def _in_one(done: Iterable[Undo]) -> Undo:
    """The last is taken back first."""
    undos = list(done)

    def undo(own: Notebook) -> None:
        for one in reversed(undos):
            one(own)

    return undo


def _is_of(plan: Plan, visit: Ref | None, begun: datetime) -> bool:
    """By its visit, whatever a clock said when it was begun; without one by the clock there."""
    if visit is not None:
        return visit in plan.refs
    return _day_there(plan, begun) == plan.date


def _day_there(plan: Plan, moment: datetime) -> str:
    try:
        return (moment.astimezone(ZoneInfo(plan.zone)) - NIGHT).date().isoformat()
    except OverflowError:
        # A clock can be set to the first or last day there is.
        return date.min.isoformat()


def _is_unfiled(plan: Plan, card: NoteCard) -> bool:
    """On nothing; what a wrong clock put on no day of the mission is left on each of them."""
    if card.about is not None or card.visit is not None:
        return False
    day = _day_there(plan, card.created)
    return day == plan.date or day not in plan.days


def _is_vague(task: Task) -> bool:
    value = task.value
    return value.state is Progress.OPEN and not (value.owner and value.due)


def _is_task_of(plan: Plan, task: Task) -> bool:
    return task.written is not None and _is_of(plan, task.visit, task.written)


def _is_card(person: Person) -> bool:
    return not person.names and any(one.face in _CARDS for one in person.pictures)


def _waiting(book: Notebook, plan: Plan, lines: Iterable[NoteLine]) -> Iterable[Waiting]:
    written = {(f"{LINE}:{one.note}", one.text) for one in lines}
    seen: set[str] = set()
    for subject in plan.subjects:
        for asked in visiting.questions_of(book, subject):
            name = asked.entry or f"{asked.origin}\n{asked.text}"
            mine = (
                _is_left(book, plan, subject, asked)
                if asked.entry
                else (asked.origin, asked.text) in written
            )
            if mine and name not in seen and asked.state in _WAITING:
                seen.add(name)
                yield Waiting(asked, subject)


def _is_left(book: Notebook, plan: Plan, subject: Subject, asked: ToAsk) -> bool:
    """Whether it was for this visit, and was not kept for another one."""
    entry = book.questions.get(asked.entry)
    asked_in = entry.value.asked_in
    if asked.state is Asked.ASKED and asked_in is not None:
        return asked_in == subject.refs[0]
    if entry.visit is None:
        return asked_in is None
    later = frozenset(one.refs[0] for one in plan.later)
    return entry.visit not in (plan.refs | later) - {subject.refs[0]}


def _names(subject: Subject, people: Collection[Entry[Person]]) -> tuple[str, ...]:
    visit = subject.refs[0]
    met = [one.value for one in people if any(each.visit == visit for each in one.value.met)]
    hosts = [link.title for link in subject.hosts]
    return tuple(dict.fromkeys((*(one.title for one in met if one.title), *hosts)))


def _begin_anew(book: Notebook, line: NoteLine, before: str, after: str) -> None:
    note = book.note(line.note)
    rows = note.text.split("\n")
    row = rows[line.place] if line.place < len(rows) else ""
    if not row.startswith(before) or line.text not in without_breaks(row):
        raise BadRequest("This line was changed meanwhile; look at the note.")
    rows[line.place] = after + row.removeprefix(before)
    book.save(note.id, "\n".join(rows), note.revision.id)
