"""How one stands with a mission: before it, on one of its days, and after it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from fieldguide.domain.due import last_day
from fieldguide.domain.entries import Progress
from fieldguide.domain.people import PersonName, Script
from fieldguide.domain.records import Record, Ref
from fieldguide.domain.trips import Visit
from fieldguide.services import follow_ups, visiting
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.open_questions import open_questions
from fieldguide.services.readings import with_tones
from fieldguide.services.visiting import Subject, ToAsk

_OPEN: Final = (Progress.OPEN, Progress.WAITING)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one has prepared and left open, over all visits of the programme."""

    subjects: tuple[Subject, ...]
    asked: Mapping[Ref, tuple[ToAsk, ...]]
    """Visit -> one's own questions for it, without the doubts that only the guide has."""
    notes: Mapping[Ref, str]
    """Visit -> the note on it that was saved last."""
    counts: Mapping[Ref, int]
    """Visit -> how many notes there are on it."""
    closed: frozenset[Ref]
    waiting: int
    """Questions that nobody has answered."""
    tasks: int
    late: int
    """Of those the ones that are over their date."""
    unfiled: int
    checks: tuple[Ref, ...]
    """Records of which a fact was looked at again."""
    used: bool
    """Whether anything was written at all."""

    def open_on(self, day: str) -> list[Visit]:
        """The visits of an ISO day that nobody has closed."""
        return [
            one.visit
            for one in self.subjects
            if one.visit and one.visit.day == day and one.refs[0] not in self.closed
        ]

    @property
    def days(self) -> list[str]:
        """The days that have visits, in order."""
        return sorted({one.visit.day for one in self.subjects if one.visit and one.visit.day})


@dataclass(frozen=True, slots=True)
class Host:
    """Who is met, as the name is written and said."""

    ref: Ref
    title: str
    title_zh: str
    pinyin: str
    role: str


def read_subjects(guide: Guide) -> tuple[Subject, ...]:
    """All visits with what is known of them; runs on the guide's thread."""
    return tuple(visiting.subject_of(guide, visit.ref) for visit in guide.visits)


def agenda(book: Notebook, subjects: Sequence[Subject], today: date) -> Agenda:
    """How all of it stands; runs on the notes' thread."""
    asked = {one.refs[0]: _own(book, one) for one in subjects}
    tasks = [one for one in follow_ups.tasks(book) if one.value.state in _OPEN]
    dates = [last_day(one.value.due) for one in tasks]
    cards = book.notes()
    checks = [one.about for one in book.checks.all() if one.about is not None]
    closings, questions = book.closings.all(), book.questions.all()
    return Agenda(
        tuple(subjects),
        asked,
        {card.visit: card.id for card in reversed(cards) if card.visit is not None},
        Counter(card.visit for card in cards if card.visit is not None),
        frozenset(one.visit for one in closings if one.visit and one.value.closed),
        len(open_questions(book)),
        len(tasks),
        sum(day is not None and day < today for day in dates),
        sum(card.about is None and card.visit is None for card in cards),
        tuple(dict.fromkeys(checks)),
        bool(cards or closings or questions or tasks or checks),
    )


def hosts_of(guide: Guide, visit: Visit) -> tuple[Host, ...]:
    """The house that is visited and the people of it, each with how the name is said."""
    spots = [link for link in (visit.host, visit.place) if link is not None]
    houses = [guide.record(link.other) for link in spots]
    links = [*visit.people, *(link for one in houses for link in one.likely_hosts)]
    notes = {link.other: link.note or link.heading for link in reversed(links)}
    known = guide.brief(list(dict.fromkeys(link.other for link in links)))
    bodies = [_host(guide.record(visit.host.other), "")] if visit.host else []
    return (*bodies, *(_host(one, notes[ref]) for ref, one in known.items()))


def _host(record: Record, role: str) -> Host:
    said = record.pinyin
    if not said and record.title_zh and record.ref.kind == "person":
        said = with_tones(PersonName(record.title_zh, Script.HANZI)).text
    return Host(record.ref, record.title, record.title_zh, said, role)


def _own(book: Notebook, subject: Subject) -> tuple[ToAsk, ...]:
    found = visiting.questions_of(book, subject)
    return tuple(one for one in found if one.entry or not one.origin.startswith(visiting.DOUBT))
