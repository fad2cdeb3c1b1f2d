"""A visit as it is lived: what to ask, who is here, what it came to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from fieldguide.domain.entries import Asked, Closing, Entry, Question
from fieldguide.domain.moment import moment_of
from fieldguide.domain.notes import LineKind
from fieldguide.domain.people import Encounter, Person
from fieldguide.domain.records import Doubt, Link, Ref
from fieldguide.domain.trips import Visit
from fieldguide.domain.usual_questions import usual_for
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook

DOUBT: Final = "doubt"
"""Where a question comes from that the guide's own doubt asks; a colon and its id follow."""
LINE: Final = "line"
"""The same for a line of a note that is marked as a question; a colon and the note follow."""
SEARCH: Final = "search"
"""The same for what was searched for in vain; a colon and the words follow."""
USUAL: Final = "usual"
"""The same for one of the usual questions; a colon and whose they are follow."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the guide knows of a visit or a record before one goes there."""

    refs: tuple[Ref, ...]
    """The visit, its host and its place; a record alone for notes without a visit."""
    title: str
    visit: Visit | None
    hosts: tuple[Link, ...]
    doubts: tuple[tuple[str, str], ...]
    """Id and words."""
    types: tuple[str, ...] = ()
    earlier: tuple[Ref, ...] = ()
    """Visits before it to the same host or place: what stayed open there is asked here."""
    later: tuple[Ref, ...] = ()


@dataclass(frozen=True, slots=True)
class ToAsk:
    """One question in a visit; ``entry`` is empty until something was done with it."""

    text: str
    origin: str
    state: Asked = Asked.OPEN
    answer: str = ""
    entry: str = ""
    carried: bool = False
    """Whether it was not answered in an earlier visit."""
    asked_in: Ref | None = None

    @property
    def done(self) -> bool:
        """Whether it was asked."""
        return self.state is not Asked.OPEN


@dataclass(frozen=True, slots=True)
class TakenUp:
    """A doubt that became a question; ``before`` is the question if it was one and was dropped."""

    question: str
    before: Question | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """All that stands beside the note of a visit."""

    subject: Subject
    questions: tuple[ToAsk, ...]
    met: tuple[Entry[Person], ...]
    closing: Entry[Closing] | None
    usual: tuple[ToAsk, ...] = ()
    """What one usually asks here and has not taken up."""

    @property
    def attended(self) -> frozenset[str]:
        """Refs of hosts and ids of people who were there."""
        return frozenset(self.closing.value.attended if self.closing else ())

    @property
    def done(self) -> int:
        """How many questions are not open any more."""
        return sum(one.done for one in self.questions)


def visit_at(guide: Guide, now: datetime) -> Visit | None:
    """The visit under way or next by the clock of its place; in the evening the day's last one."""
    for zone in dict.fromkeys(visit.when.zone for visit in guide.visits if visit.day):
        day = guide.day(now.astimezone(ZoneInfo(zone)).date().isoformat())
        moment = moment_of(day, now)
        if moment is not None:
            return moment.visit
    return None


def subject_at(guide: Guide, now: datetime) -> Subject | None:
    """What is known of that visit; None where there is none."""
    visit = visit_at(guide, now)
    return subject_of(guide, visit.ref) if visit else None


def subject_near(guide: Guide, now: datetime, about: Ref | None) -> Subject | None:
    """The same of the visit still to come, or of today, that a record belongs to, if any does."""
    for visit in guide.visits:
        links = [link.other for link in (visit.host, visit.place) if link is not None]
        today = now.astimezone(ZoneInfo(visit.when.zone)).date().isoformat()
        if about in (visit.ref, *links) and visit.day >= today:
            return subject_of(guide, visit.ref)
    return subject_at(guide, now)


def subject_of(guide: Guide, ref: Ref) -> Subject:
    """What the guide knows of a visit, or of a record that is none; raises UnknownRef."""
    visit = guide.visit(ref)
    record = guide.record(ref)
    if visit is None:
        return Subject(
            (ref,), record.title, None, record.people, _doubts([record.doubts]), record.types
        )
    links = [link for link in (visit.host, visit.place) if link is not None]
    records = [guide.record(one) for one in dict.fromkeys(link.other for link in links)]
    return Subject(
        (ref, *(one.ref for one in records)),
        visit.title,
        visit,
        _once([*visit.people, *(link for one in records for link in one.likely_hosts)]),
        _doubts([record.doubts, *(one.doubts for one in records)]),
        tuple(dict.fromkeys(kind for one in records for kind in one.types)),
        *_related(guide.known_visits, visit),
    )


def scene_of(book: Notebook, subject: Subject) -> Scene:
    """The same with what one has prepared, asked and met; runs on the notes' thread."""
    visit = subject.refs[0]
    closings = book.closings.on(visit) if subject.visit else []
    met = tuple(one for one in book.people.all() if _was_met(one.value, visit))
    closing = closings[0] if closings else None
    return Scene(subject, questions_of(book, subject), met, closing, _usual(book, subject))


def questions_of(book: Notebook, subject: Subject) -> tuple[ToAsk, ...]:
    """One's own questions, those in notes, the doubts of the guide; none that was dropped."""
    own = [_asked(one, subject) for one in _questions(book, subject)]
    known = {one.origin for one in own} | {one.text for one in own}
    doubts = [
        ToAsk(text, f"{DOUBT}:{doubt}")
        for doubt, text in subject.doubts
        if f"{DOUBT}:{doubt}" not in known
    ]
    lines = {
        line.text: ToAsk(line.text, f"{LINE}:{line.note}")
        for ref in subject.refs
        for line in book.lines([LineKind.QUESTION], ref)
        if line.text and line.text not in known
    }
    questions = (*own, *lines.values(), *doubts)
    return tuple(one for one in questions if one.state is not Asked.DROPPED)


def prepare(book: Notebook, subject: Subject, text: str, origin: str = "") -> Entry[Question]:
    """Keep a question for a visit to this, to be asked there."""
    return book.questions.add(
        Question(text, origin=origin), subject.refs[-1], title=subject.title, visit=_visit(subject)
    )


def ask_missed(book: Notebook, subject: Subject | None, words: str) -> Entry[Question]:
    """Keep what was searched for in vain as a question, in a visit or unfiled."""
    origin = f"{SEARCH}:{words}"
    if subject is None:
        return book.questions.add(Question(words, origin=origin))
    return prepare(book, subject, words, origin)


def prepare_usual(book: Notebook, subject: Subject) -> tuple[str, ...]:
    """Keep the usual questions that are not there yet; the answer is the ids of the new ones."""
    usual = _usual(book, subject)
    return tuple(prepare(book, subject, one.text, one.origin).id for one in usual)


def take_up(book: Notebook, ref: Ref, title: str, doubts: Sequence[Doubt]) -> tuple[TakenUp, ...]:
    """Make doubts on a record one's own questions; those that are already are left as they are."""
    asked = {one.value.origin: one for one in book.questions.all()}
    taken = []
    for doubt in doubts:
        origin = f"{DOUBT}:{doubt.id}"
        there = asked.get(origin)
        if there is None:
            entry = book.questions.add(Question(doubt.text, origin=origin), ref, title=title)
            taken.append(TakenUp(entry.id))
        elif there.value.state is Asked.DROPPED:
            book.questions.edit(there.id, lambda one: replace(one, state=Asked.OPEN))
            taken.append(TakenUp(there.id, there.value))
    return tuple(taken)


def put_down(book: Notebook, taken: Sequence[TakenUp]) -> None:
    """Let them be as they were."""
    for one in taken:
        if one.before is None:
            book.questions.remove(one.question)
        else:
            book.questions.put(one.question, one.before)


def answer(
    book: Notebook, subject: Subject, asked: ToAsk, state: Asked, words: str = ""
) -> Entry[Question]:
    """Tick a question, write down its answer, or drop it; what was a doubt becomes one's own."""
    # What is open again was asked nowhere.
    where = None if state is Asked.OPEN else _visit(subject)
    kept = asked.entry or _kept(book, subject, asked)
    if not kept:
        value = Question(asked.text, state, words, where, asked.origin)
        return book.questions.add(
            value, subject.refs[-1], title=subject.title, visit=_visit(subject)
        )
    return book.questions.edit(
        kept, lambda one: replace(one, state=state, answer=words, asked_in=where)
    )


def carry_over(
    book: Notebook, subject: Subject, asked: ToAsk, to: Subject | None
) -> Entry[Question]:
    """Keep a question open that had no answer here: for another visit, or for none in view."""
    here, there = _visit(subject), _visit(to) if to else None
    kept = asked.entry or _kept(book, subject, asked)
    if not kept:
        value = Question(asked.text, asked_in=here, origin=asked.origin)
        return book.questions.add(value, subject.refs[-1], title=subject.title, visit=there)
    entry = book.questions.edit(kept, lambda one: replace(one, state=Asked.OPEN, asked_in=here))
    return book.questions.place(entry.id, entry.about, there)


def take_back(book: Notebook, before: ToAsk, entry: str) -> None:
    """Let a question stand as it did before it was ticked, answered or dropped."""
    if before.entry:
        book.questions.edit(
            before.entry,
            lambda one: replace(
                one, state=before.state, answer=before.answer, asked_in=before.asked_in
            ),
        )
    else:
        book.questions.remove(entry)


def attend(book: Notebook, subject: Subject, who: str, here: bool) -> Entry[Closing]:
    """Say whether a host (a ref) or somebody kept here (an id) was there."""
    return amend(book, subject, lambda before: before.attended_by(who, here))


def close(book: Notebook, subject: Subject, closing: Closing) -> Entry[Closing]:
    """Write down what a visit came to, over what was written before."""
    return amend(book, subject, lambda _: closing)


def amend(book: Notebook, subject: Subject, change: Callable[[Closing], Closing]) -> Entry[Closing]:
    """Change something of what a visit came to, which may be nothing yet."""
    there = book.closings.on(subject.refs[0])
    if there:
        return book.closings.edit(there[0].id, change)
    return book.closings.add(
        change(Closing()), subject.refs[0], title=subject.title, visit=_visit(subject)
    )


def meet(book: Notebook, subject: Subject, person: Person, now: datetime) -> Entry[Person]:
    """Keep somebody who is met here now, on the day that it is there, and by whom."""
    there = now.astimezone(ZoneInfo(subject.visit.when.zone)) if subject.visit else now
    met = Encounter(_visit(subject), there.date().isoformat(), book.me().name)
    return book.people.add(replace(person, met=(*person.met, met)), visit=_visit(subject))


def _questions(book: Notebook, subject: Subject) -> list[Entry[Question]]:
    """Those of the visit, its host and its place, and what earlier visits left open."""
    here = [one for ref in subject.refs for one in book.questions.on(ref)]
    left = [one for ref in subject.earlier for one in book.questions.on(ref)]
    still = [one for one in left if one.value.state is Asked.OPEN]
    return list({one.id: one for one in (*here, *still)}.values())


def _kept(book: Notebook, subject: Subject, asked: ToAsk) -> str:
    """The entry that was made of a doubt or a line since it was shown; empty for none."""
    same = (
        one.id
        for one in _questions(book, subject)
        if (one.value.origin, one.value.text) == (asked.origin, asked.text)
    )
    return next(same, "")


def _usual(book: Notebook, subject: Subject) -> tuple[ToAsk, ...]:
    """The usual questions that nobody has taken up or dropped here."""
    known = {one.value.text for one in _questions(book, subject)}
    return tuple(
        ToAsk(text, f"{USUAL}:{kind}")
        for kind, text in usual_for(subject.types)
        if text not in known
    )


def _related(visits: Sequence[Visit], visit: Visit) -> tuple[tuple[Ref, ...], tuple[Ref, ...]]:
    """Visits to the same host or place, before it and after it."""
    goals = _goals(visit)
    same = [one for one in visits if one.ref != visit.ref and goals & _goals(one)]
    same.sort(key=lambda one: (one.when.start, one.when.time))
    earlier = tuple(one.ref for one in same if one.when.start < visit.when.start)
    known = frozenset(earlier)
    return earlier, tuple(one.ref for one in same if one.ref not in known)


def _goals(visit: Visit) -> set[Ref]:
    return {link.other for link in (visit.host, visit.place) if link is not None}


def _asked(entry: Entry[Question], subject: Subject) -> ToAsk:
    value = entry.value
    visits = (entry.visit, value.asked_in)
    here = (*subject.refs, *subject.later)
    elsewhere = any(one is not None and one not in here for one in visits)
    carried = value.state is Asked.OPEN and elsewhere and subject.visit is not None
    return ToAsk(
        value.text, value.origin, value.state, value.answer, entry.id, carried, value.asked_in
    )


def _was_met(person: Person, visit: Ref) -> bool:
    return any(one.visit == visit for one in person.met)


def _visit(subject: Subject) -> Ref | None:
    return subject.visit.ref if subject.visit else None


def _doubts(groups: Iterable[Sequence[Doubt]]) -> tuple[tuple[str, str], ...]:
    return tuple({one.id: (one.id, one.text) for group in groups for one in group}.values())


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple({link.other: link for link in links}.values())
