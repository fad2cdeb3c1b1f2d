"""What is kept beside notes: questions, follow-ups, labels, checks, closings, own meetings.

Each is a small value with a history of its own, like the text of a note: saved as immutable
revisions, deleted into the trash, found by the same search. Its kind is the first part of its id.
"""

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final, Generic, TypeVar

from fieldguide.domain.notes import Visibility, opening
from fieldguide.domain.people import Person
from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import Ref
from fieldguide.domain.tables import DATE, LINES, MOST_VALUES, as_table, of_table
from fieldguide.errors import BadRequest

_SURELY_FITS: Final = 3 * MOST_VALUES
"""Letters of a text of no value in which there are too many values, as each takes three."""

ME: Final = "me"
"""Who attends when it is the user."""

Value = TypeVar("Value")


class Kind(StrEnum):
    """What something in the user's file is; the values are stored."""

    NOTE = "note"
    PERSON = "person"
    QUESTION = "question"
    FOLLOW_UP = "follow-up"
    LABELS = "labels"
    CHECK = "check"
    CLOSING = "closing"
    MEETING = "meeting"
    PLAN = "plan"


class Asked(StrEnum):
    """How a question stands; the values are stored."""

    OPEN = "open"
    ASKED = "asked"
    ANSWERED = "answered"
    DROPPED = "dropped"


class Progress(StrEnum):
    """How a follow-up stands; the values are stored."""

    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    DROPPED = "dropped"


class Verdict(StrEnum):
    """What a delegate found of a fact; the values are stored."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Question:
    """Something to ask; ``origin`` says where it comes from: a doubt, a template, a search."""

    text: str
    state: Asked = Asked.OPEN
    answer: str = field(default="", metadata=LINES)
    asked_in: Ref | None = None
    origin: str = ""


@dataclass(frozen=True, slots=True)
class FollowUp:
    """Something to do; ``note`` and ``line`` name the line of a note it was written as.

    ``person`` is a ref of the guide or the id of a person kept here; ``promised`` is the time
    after the mission it was promised for (1w, 3m, 12m).
    """

    text: str
    state: Progress = Progress.OPEN
    owner: str = ""
    due: str = field(default="", metadata=DATE)
    person: str = ""
    note: str = ""
    line: str = ""
    promised: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What one puts on a record: a star, tags, the shortlists it is on."""

    starred: bool = False
    tags: tuple[str, ...] = ()
    shortlists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Check:
    """What a delegate found of one fact on a day; ``value`` is what holds now, if it was wrong.

    ``fact`` names it as ``domain.checks.fact_name`` does, so that a new guide finds it again;
    ``said`` is what the guide said on that day.
    """

    fact: str
    verdict: Verdict
    on: str = field(default="", metadata=DATE)
    value: str = ""
    remark: str = field(default="", metadata=LINES)
    said: str = ""


@dataclass(frozen=True, slots=True)
class Closing:
    """What a visit came to, in the fields of the report; each may stay empty."""

    heard: str = field(default="", metadata=LINES)
    opportunities: str = field(default="", metadata=LINES)
    risks: str = field(default="", metadata=LINES)
    follow_up: str = field(default="", metadata=LINES)
    quote: str = field(default="", metadata=LINES)
    attended: tuple[str, ...] = ()
    """Refs of the guide, ids of people kept here, and ME."""
    closed: bool = False

    def attended_by(self, who: str, here: bool) -> "Closing":
        """The same after somebody was said to have been there, or not."""
        others = tuple(one for one in self.attended if one != who)
        return replace(self, attended=(*others, who) if here else others)


SHAPES: Final[dict[Kind, type]] = {
    Kind.PERSON: Person,
    Kind.QUESTION: Question,
    Kind.FOLLOW_UP: FollowUp,
    Kind.LABELS: Labels,
    Kind.CHECK: Check,
    Kind.CLOSING: Closing,
    Kind.MEETING: Meeting,
    Kind.PLAN: Plan,
}


@dataclass(frozen=True, slots=True)
class Entry(Generic[Value]):
    """One such value as its first head shows it; ``versions`` over 1 is a conflict."""

    id: str
    value: Value
    about: Ref | None
    visit: Ref | None
    visibility: Visibility
    revision: str
    created: datetime
    changed: datetime
    versions: int = 1
    deleted: bool = False
    title: str = ""
    """That of the record it is about, as it was then."""


@dataclass(frozen=True, slots=True)
class Brief:
    """What lists and the search know of an entry: a line, its words, how it stands, when due."""

    line: str
    words: str
    state: str = ""
    due: str = ""


def new_id(kind: Kind) -> str:
    """An id that tells the kind; that of a note is bare, as it always was."""
    bare = uuid.uuid4().hex
    return bare if kind is Kind.NOTE else f"{kind}.{bare}"


def kind_of(entry_id: str) -> Kind:
    """The kind that an id tells; raises BadRequest for one that nothing here knows."""
    kind, dot, _ = entry_id.partition(".")
    if not dot:
        return Kind.NOTE
    try:
        return Kind(kind)
    except ValueError:
        raise BadRequest("This was written by a newer version of the program.") from None


def text_of_value(value: object) -> str:
    """A value as the text of a revision: the same value is always the same text.

    Raises BadRequest for one that could not be read back: no such text is ever kept.
    """
    table = as_table(value)
    _check(value, table)
    return _text_of_table(table)


def written(value: object) -> tuple[str, Brief]:
    """The same with what ``brief`` says of it, for many values that a reader made."""
    table = as_table(value)
    text = _text_of_table(table)
    # Reading back what can hold nothing too long or too often takes as long as writing it.
    if len(text) > _SURELY_FITS:
        _check(value, table)
    return text, _brief(value, table)


def value_of(kind: Kind, text: str) -> Any:  # noqa: ANN401 - whoever names the kind knows
    """The value in the text of a revision; raises BadRequest when it is none of that kind."""
    try:
        table = json.loads(text)
    except (ValueError, RecursionError):
        raise BadRequest(f"This {kind.replace('-', ' ')} cannot be read.") from None
    return of_table(SHAPES[kind], table, kind.replace("-", " "))


def brief(kind: Kind, text: str) -> Brief:
    """What is shown and found of a note or an entry without reading the whole; of any text."""
    if kind is Kind.NOTE:
        return Brief(opening(text), text)
    try:
        value = value_of(kind, text)
    except BadRequest:
        return Brief("", "")
    return _brief(value, as_table(value))


def _brief(value: object, table: dict[str, Any]) -> Brief:
    words = " ".join(_texts(table))
    return Brief(_line(value), words, getattr(value, "state", ""), getattr(value, "due", ""))


def _check(value: object, table: dict[str, Any]) -> None:
    kind = next(kind for kind, shape in SHAPES.items() if shape is type(value))
    of_table(type(value), table, kind.replace("-", " "))


def _text_of_table(table: dict[str, Any]) -> str:
    return json.dumps(table, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _line(value: object) -> str:
    match value:
        case Question() | FollowUp():
            return value.text
        case Check():
            return value.fact
        case Labels():
            return ", ".join((*value.tags, *value.shortlists))
        case Closing():
            return next((text for text in (value.heard, value.quote, value.follow_up) if text), "")
        case Person() | Meeting() | Plan():
            return value.title
    return ""


def _texts(table: object) -> Iterator[str]:
    if isinstance(table, str):
        yield table
    elif isinstance(table, dict):
        for one in table.values():
            yield from _texts(one)
    elif isinstance(table, list):
        for one in table:
            yield from _texts(one)
