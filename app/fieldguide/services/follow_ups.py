"""Follow-ups: what was written as an action or by hand, by whom and until when."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from fieldguide.domain.due import Span, span_of
from fieldguide.domain.entries import Entry, FollowUp, Progress
from fieldguide.domain.notes import LineKind, NoteLine, Visibility
from fieldguide.domain.records import Ref
from fieldguide.domain.script import fold
from fieldguide.services.notebook import Notebook
from fieldguide.services.register import Deed

_WORDS: Final = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+")
_ALIKE: Final = 0.5
"""More than this part of the words of the shorter text must stand in the other."""


class Filter(StrEnum):
    """Which follow-ups a board shows."""

    ALL = "all"
    MINE = "mine"
    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Task:
    """One follow-up; ``entry`` is empty for a line that nothing was done with yet."""

    value: FollowUp
    entry: str = ""
    line: NoteLine | None = None
    """Where it was written, as long as it stands there."""
    about: Ref | None = None
    visit: Ref | None = None
    visibility: Visibility = Visibility.MINE
    written: datetime | None = None

    @property
    def name(self) -> str:
        """What scripts call it: its entry, or the note and number of a line without one."""
        line = self.line
        return self.entry or (f"{line.note}:{line.place + 1}" if line else "")

    @property
    def key(self) -> tuple[str, str, int]:
        """The same for the same follow-up, before and after something was done with it."""
        if self.line is not None:
            return "", self.line.note, self.line.place
        return self.entry, "", 0


@dataclass(frozen=True, slots=True)
class Group:
    """One part of a board under its heading: a span of time, or an owner."""

    span: Span | None
    owner: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """What is shown, how many each filter would show, and who was named as an owner so far."""

    groups: tuple[Group, ...]
    counts: dict[Filter, int]
    owners: tuple[str, ...]
    me: str = ""


def tasks(book: Notebook) -> list[Task]:
    """All follow-ups that were not dropped; runs on the notes' thread."""
    return [one for one in _every(book) if one.value.state is not Progress.DROPPED]


def board(
    book: Notebook, today: date, shown: Filter = Filter.ALL, *, by_owner: bool = False
) -> Board:
    """The follow-ups under their headings; those of one heading by date."""
    every, me = tasks(book), book.own_card.name()
    kept = [one for one in every if _passes(one, shown, me)]
    counts = {each: sum(_passes(one, each, me) for one in every) for each in Filter}
    owners = Counter(one.value.owner for one in every if one.value.owner)
    names = tuple(name for name, _ in owners.most_common())
    groups = _by_owner(kept) if by_owner else _by_span(kept, today)
    return Board(tuple(groups), counts, names, me)


def add(
    book: Notebook, value: FollowUp, about: Ref | None = None, title: str = ""
) -> Deed[FollowUp]:
    """Keep one that was written by hand."""
    return Deed(book.follow_ups.add(value, about, title=title).id)


def change(book: Notebook, task: Task, to: Callable[[FollowUp], FollowUp]) -> Deed[FollowUp]:
    """Change one; a line that was only a line becomes an entry that names it."""
    if not task.entry:
        # Something may have been done with it since it was read.
        task = next((one for one in _every(book) if one.key == task.key), task)
    if not task.entry:
        line = task.line
        entry = book.follow_ups.add(
            to(task.value), task.about, title=line.title if line else "",
            visit=task.visit, visibility=task.visibility,
        )  # fmt: skip
        return Deed(entry.id)
    before = book.follow_ups.get(task.entry).value
    named = replace(before, text=task.value.text, line=task.value.line)
    book.follow_ups.edit(task.entry, lambda _: to(named))
    return Deed(task.entry, before)


def set_state(book: Notebook, task: Task, state: Progress) -> Deed[FollowUp]:
    """Say how one stands."""
    return change(book, task, lambda one: replace(one, state=state))


def assign(
    book: Notebook,
    task: Task,
    owner: str,
    due: str,
    promised: str = "",
    text: str = "",
    person: str | None = None,
) -> Deed[FollowUp]:
    """Say who does one, until when, and for whom; ``text`` are other words for one that is no line.

    Without ``person`` it stays for whom it was.
    """
    return change(
        book,
        task,
        lambda one: replace(
            one,
            text=text.strip() or one.text,
            owner=owner.strip(),
            due=due,
            promised=promised,
            person=one.person if person is None else person,
        ),
    )


def remove(book: Notebook, task: Task) -> Deed[FollowUp]:
    """Take one off the board: into the trash, or let go of though its line stays in the note."""
    if task.line is not None:
        return set_state(book, task, Progress.DROPPED)
    book.follow_ups.remove(task.entry)
    return Deed(task.entry, task.value, removed=True)


def said_with(book: Notebook, task: Task) -> list[NoteLine]:
    """The quotes in the note that a follow-up was written in, in their order."""
    if task.line is None:
        return []
    lines = book.lines([LineKind.QUOTE], task.about or task.visit)
    return sorted(
        (one for one in lines if one.note == task.line.note and one.text.strip()),
        key=lambda one: one.place,
    )


def _every(book: Notebook) -> list[Task]:
    entries = book.follow_ups.all()
    lines = [line for line in book.lines([LineKind.ACTION]) if line.text.strip()]
    named = _named(entries, lines)
    found = [_of_entry(entry, named.get(entry.id)) for entry in entries]
    taken = {(line.note, line.place) for line in named.values()}
    found += [_of_line(line) for line in lines if (line.note, line.place) not in taken]
    return found


def _passes(task: Task, shown: Filter, me: str) -> bool:
    state = task.value.state
    match shown:
        case Filter.ALL:
            return True
        case Filter.MINE:
            return _is_called(task.value.owner, me)
        case Filter.OPEN:
            return state is Progress.OPEN
        case Filter.WAITING:
            return state is Progress.WAITING
        case Filter.DONE:
            return state is Progress.DONE


def _is_called(owner: str, name: str) -> bool:
    """Whether whole words of a name, one or all of them, are who does it."""
    words = set(fold(owner).split())
    return bool(words) and words <= set(fold(name).split())


def _by_span(found: Sequence[Task], today: date) -> list[Group]:
    parts: dict[Span, list[Task]] = defaultdict(list)
    for task in found:
        parts[span_of(task.value.due, task.value.state, today)].append(task)
    return [Group(span, "", _in_order(parts[span])) for span in Span if parts[span]]


def _by_owner(found: Sequence[Task]) -> list[Group]:
    parts: dict[str, list[Task]] = defaultdict(list)
    for task in found:
        parts[fold(task.value.owner)].append(task)
    return [Group(None, parts[one][0].value.owner, _in_order(parts[one])) for one in sorted(parts)]


def _in_order(found: Iterable[Task]) -> tuple[Task, ...]:
    return tuple(sorted(found, key=lambda one: (one.value.due or "9999", one.value.text)))


def _named(entries: Sequence[Entry[FollowUp]], lines: Sequence[NoteLine]) -> dict[str, NoteLine]:
    """Entry -> the line it names; by its words, or as the one line that was worded anew."""
    free: dict[tuple[str, str], list[NoteLine]] = defaultdict(list)
    for line in lines:
        free[line.note, line.text].append(line)
    named: dict[str, NoteLine] = {}
    lost: dict[str, list[Entry[FollowUp]]] = defaultdict(list)
    for entry in entries:
        if not entry.value.note:
            continue
        same = free.get((entry.value.note, entry.value.line))
        if same:
            named[entry.id] = same.pop(0)
        else:
            lost[entry.value.note].append(entry)
    for note, without in lost.items():
        left = [line for (of, _), some in free.items() if of == note for line in some]
        alike = max(
            left, key=lambda line: _likeness(without[0].value.line, line.text), default=None
        )
        if len(without) == 1 and alike and _likeness(without[0].value.line, alike.text) > _ALIKE:
            named[without[0].id] = alike
    return named


def _likeness(before: str, after: str) -> float:
    """How much of the words of the shorter text is in the other."""
    one, other = (Counter(_WORDS.findall(fold(text))) for text in (before, after))
    return (one & other).total() / max(1, min(one.total(), other.total()))


def _of_entry(entry: Entry[FollowUp], line: NoteLine | None) -> Task:
    value = entry.value
    if line is not None:
        value = replace(value, text=line.text, line=line.text)
    return Task(
        value, entry.id, line, line.about if line else entry.about,
        line.visit if line else entry.visit, line.visibility if line else entry.visibility,
        line.created if line else entry.created,
    )  # fmt: skip


def _of_line(line: NoteLine) -> Task:
    value = FollowUp(line.text, note=line.note, line=line.text)
    return Task(value, "", line, line.about, line.visit, line.visibility, line.created)
