"""Who may be in the people twice: found, put side by side, joined, or kept apart for good."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from fieldguide.domain.attachments import Incoming
from fieldguide.domain.entries import text_of_value
from fieldguide.domain.joining import merged, too_many
from fieldguide.domain.likeness import Acquaintances, Likeness
from fieldguide.domain.notes import Draft
from fieldguide.domain.people import HANDLES, Person, Picture
from fieldguide.domain.tables import MOST_VALUES
from fieldguide.errors import BadRequest
from fieldguide.services.readings import readings
from fieldguide.services.roster import Named, Somebody
from fieldguide.storage.attachment_db import ORIGINAL
from fieldguide.storage.people_db import Mark
from fieldguide.storage.workspace_db import Workspace

if TYPE_CHECKING:
    from fieldguide.services.notebook import Changed, Notebook

STEP: Final = 400
"""People learned at once: about as long as a note may wait."""
_APART: Final = "people-apart"

Change = Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two who may be one, by the id of an entry or the ref of a record as a text.

    ``elsewhere`` is the kind of a handle that both have, a key of WAYS.
    """

    first: str
    second: str
    likeness: Likeness
    names: tuple[str, str] = ("", "")
    elsewhere: str = ""

    @property
    def keys(self) -> frozenset[str]:
        """Both, whichever comes first."""
        return frozenset((self.first, self.second))


@dataclass(frozen=True, slots=True)
class Joined:
    """What a join changed, for taking it back; ``kept`` is the entry that holds both now."""

    kept: str
    changed: tuple["Changed", ...]
    copies: tuple[str, ...] = ()
    own: str | None = None
    """Who the user was before, where that changed."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is remembered of somebody who was learned."""

    key: str
    title: str
    records: frozenset[str]
    handles: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, key: str, person: Person) -> "_Known":
        title = " ".join(filter(None, (person.title, person.hanzi)))
        handles = frozenset((way.kind, way.key) for way in person.reached_by(*HANDLES))
        return cls(key, title, frozenset(map(str, person.records)), handles)


class Duplicates:
    """Looks for people described twice; for the thread of the notebook alone.

    ``learn`` is called until it answers 0, so that nothing waits for all of it.
    """

    def __init__(self, db: Workspace, book: "Notebook") -> None:
        self._db, self._book = db, book
        self._acquaintances = Acquaintances([], readings)
        self._known: list[_Known] = []
        self._places: dict[str, int] = {}
        self._revisions: dict[int, tuple[str, int]] = {}
        self._known_at: Mark = ()
        self._found: tuple[Suspicion, ...] | None = None

    def learn(self, guide: Sequence[Named] = ()) -> int:
        """Take in some of what is new since the last time; returns how many people are left."""
        mark = self._db.people.mark()
        if mark == self._known_at and all(str(one.somebody.ref) in self._places for one in guide):
            return 0
        for one in guide:
            if str(one.somebody.ref) not in self._places:
                self._take(str(one.somebody.ref), one.somebody.person)
        there = self._db.people.shown()
        for number in [number for number in self._revisions if number not in there]:
            self._drop(self._revisions.pop(number)[0])
        new = [
            number for number, revision in there.items() if self._revisions.get(number) != revision
        ]
        now = new[:STEP]
        for number in now:
            # The number of somebody who was forgotten may be another's by now.
            self._drop(self._revisions.get(number, there[number])[0])
            self._revisions[number] = there[number]
        for entry in self._db.people.at(now).values():
            self._take(entry.id, entry.value)
        left = len(new) - len(now)
        if not left:
            self._known_at = mark
        return left

    def suspicions(self) -> tuple[Suspicion, ...]:
        """All pairs that may be one person among those learned, the likeliest first."""
        if self._found is None:
            self._found = tuple(self._suspicions())
        return self._found

    def side_by_side(
        self, one: Suspicion, guide: Sequence[Named] = ()
    ) -> tuple[Somebody, Somebody]:
        """Both as they are now; raises BadRequest when one is gone meanwhile."""
        return self._somebody(one.first, guide), self._somebody(one.second, guide)

    def join(self, first: Somebody, second: Somebody, turned: Collection[str] = ()) -> Joined:
        """Make one of two, field by field; what names the other is led to the one that stays.

        ``turned`` names the fields of which ``second`` comes first. Of two that are kept here the
        second goes into the trash; a person of the guide stays there, and its record is named.
        """
        kept, other = (first, second) if first.mine else (second, first)
        if not kept.mine:
            raise BadRequest("Two people of the guide cannot be joined here.")
        self._check_unchanged(kept, other)
        person = merged(first.person, second.person, turned)
        if too_many(person):
            raise BadRequest(f"Together they would have more than {MOST_VALUES} values of a sort.")
        gone = str(other.ref or other.id)
        copies: list[str] = []
        if other.ref is not None:
            person = replace(person, records=tuple(dict.fromkeys((other.ref, *person.records))))
            person = replace(person, uid=kept.person.uid)
        else:
            person, copies = self._with_pictures(kept.id, person, other.person)
        text = text_of_value(person)
        changes: dict[str, Change] = {kept.id: lambda draft: replace(draft, text=text)}
        if other.mine:
            changes[other.id] = lambda draft: replace(draft, deleted=True)
        changes |= dict(self._led(gone, kept.id))
        changed = self._book.change_each(changes)
        own = None
        if other.mine and self._book.own_card.id() == other.id:
            own = self._book.own_card.choose(kept.id)
        return Joined(kept.id, changed, tuple(copies), own)

    def split(self, joined: Joined) -> None:
        """Take a join back wholly; what somebody wrote over it since stays."""
        self._book.take_back(joined.changed)
        shown = {one.attachment for one in self._book.people.get(joined.kept).value.pictures}
        for copy in joined.copies:
            attachment = self._db.attachments.one(copy)
            if attachment is not None and copy not in shown:
                self._book.album.remove(attachment)
        if joined.own is not None:
            self._book.own_card.choose(joined.own)

    def keep_apart(self, one: Suspicion, *, apart: bool = True) -> None:
        """Remember that these are two; or forget that, for an undo."""
        known = self._apart()
        known = known | {one.keys} if apart else known - {one.keys}
        with self._db.writing():
            self._db.set_setting(_APART, json.dumps(sorted(sorted(pair) for pair in known)))
        self._found = None

    def _check_unchanged(self, *both: Somebody) -> None:
        """Nothing that was written since the two were shown may be lost by joining them."""
        for one in both:
            if one.mine and self._book.people.get(one.id).revision != one.revision:
                raise BadRequest("One of the two was changed meanwhile; look at both again.")

    def _take(self, key: str, person: Person) -> None:
        self._places[key] = self._acquaintances.add(person)
        self._known.append(_Known.of(key, person))
        self._found = None

    def _drop(self, key: str) -> None:
        place = self._places.pop(key, None)
        if place is not None:
            self._acquaintances.drop(place)
            self._found = None

    def _suspicions(self) -> Iterator[Suspicion]:
        """All that are worth asking: not of two of the guide, nor of who is joined to one."""
        apart = self._apart()
        for place, other, likeness in self._acquaintances.pairs():
            first, second = self._known[place], self._known[other]
            joined = first.key in second.records or second.key in first.records
            asked = _is_mine(first.key) or _is_mine(second.key)
            shared = next((kind for kind, _ in first.handles & second.handles), "")
            names = first.title, second.title
            found = Suspicion(first.key, second.key, likeness, names, shared)
            if asked and not joined and found.keys not in apart:
                yield found

    def _apart(self) -> set[frozenset[str]]:
        return {frozenset(pair) for pair in json.loads(self._db.setting(_APART) or "[]")}

    def _somebody(self, key: str, guide: Sequence[Named]) -> Somebody:
        if _is_mine(key):
            entry = self._book.people.get(key)
            if entry.deleted:
                raise BadRequest("One of the two is not there any more.")
            return Somebody(entry.value, None, entry.id, entry.revision, entry.changed)
        for one in guide:
            if str(one.somebody.ref) == key:
                return one.somebody
        raise BadRequest("One of the two is not there any more.")

    def _with_pictures(self, kept: str, person: Person, other: Person) -> tuple[Person, list[str]]:
        """Pictures hang on their entry, and one of the two will be emptied from the trash."""
        copies: list[str] = []
        pictures: list[Picture] = []
        theirs = {picture.attachment for picture in other.pictures}
        for picture in person.pictures:
            attachment = self._db.attachments.one(picture.attachment)
            if picture.attachment in theirs and attachment is not None:
                data = self._db.attachments.content(attachment.id, ORIGINAL)
                incoming = Incoming(
                    attachment.name, data, attachment.media, attachment.width, attachment.height
                )
                copy = self._book.album.attach(kept, incoming)
                copies.append(copy.id)
                picture = replace(picture, attachment=copy.id)
            pictures.append(picture)
        return replace(person, pictures=tuple(dict.fromkeys(pictures))), copies

    def _led(self, gone: str, kept: str) -> Iterator[tuple[str, Change]]:
        """Changes of follow-ups, closed visits, meetings and plans that name who goes."""
        for task in self._book.follow_ups.all():
            if task.value.person == gone:
                yield task.id, _to(text_of_value(replace(task.value, person=kept)))
        for closing in self._book.closings.all():
            if gone in closing.value.attended:
                attended = _renamed(closing.value.attended, gone, kept)
                yield closing.id, _to(text_of_value(replace(closing.value, attended=attended)))
        for meeting in self._book.meetings.all():
            if gone in meeting.value.people:
                people = _renamed(meeting.value.people, gone, kept)
                yield meeting.id, _to(text_of_value(replace(meeting.value, people=people)))
        for plan in self._book.plans.all():
            if gone in plan.value.participants:
                people = _renamed(plan.value.participants, gone, kept)
                yield plan.id, _to(text_of_value(replace(plan.value, participants=people)))


def _renamed(names: Iterable[str], gone: str, kept: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(kept if one == gone else one for one in names))


def _to(text: str) -> Change:
    return lambda draft: replace(draft, text=text)


def _is_mine(key: str) -> bool:
    """Ids of entries have a dot, refs a stroke."""
    return "/" not in key
