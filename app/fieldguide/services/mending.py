"""One person while somebody mends them: texts and pictures, and all of it taken back at once."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from fieldguide.domain.attachments import Attachment, Incoming
from fieldguide.domain.entries import Entry
from fieldguide.domain.people import HAND, Face, Person, Picture
from fieldguide.services.notebook import Notebook


@dataclass(frozen=True)
class Shot:
    """A picture of somebody, and the copy that is shown; empty until there is one."""

    face: Face
    attachment: Attachment
    jpeg: bytes = b""


class Mending:
    """For the thread of the notebook alone, where one change follows the other.

    Over ``entry`` one mends who is kept already; with none, or with one that was ``new`` just
    now, undoing takes the whole person away.
    """

    def __init__(self, entry: Entry[Person] | None = None, *, new: bool = True) -> None:
        self._entry = entry
        self._first = None if new or entry is None else entry.value
        self._taken: list[Attachment] = []
        self._dropped: list[Attachment] = []

    @property
    def entry(self) -> Entry[Person] | None:
        """Who is kept by now."""
        return self._entry

    @property
    def changed(self) -> bool:
        """Whether there is anything to undo."""
        return self._entry is not None and self._entry.value != self._first

    def save(self, book: Notebook, person: Person) -> Entry[Person] | None:
        """Keep what is typed; who is new and says nothing is not kept."""
        entry = self._entry
        if entry is None:
            self._entry = book.people.add(person) if person != Person() else None
        else:
            self._put(book, entry, replace(person, pictures=entry.value.pictures))
        return self._entry

    def take(self, book: Notebook, face: Face, incoming: Incoming, caption: str) -> Shot:
        """Keep a picture in the place of the one that showed this before."""
        if self._entry is None:
            self._entry = book.people.add(Person())
        entry = self._entry
        attachment = book.album.attach(entry.id, incoming)
        if not attachment.caption:
            attachment = book.album.set_caption(attachment, caption)
        self._taken.append(attachment)
        self._replace(book, entry, face, (Picture(face, attachment.id, (HAND,)),))
        return Shot(face, attachment)

    def drop(self, book: Notebook, face: Face) -> None:
        """Take the picture of a face away."""
        if self._entry is not None:
            self._replace(book, self._entry, face, ())

    def undo(self, book: Notebook) -> None:
        """Let all be as it was before."""
        entry = self._entry
        if entry is None:
            return
        if self._first is None:
            book.people.remove(entry.id)
            return
        self._put(book, entry, self._first)
        # The same photo taken again is the one that was there.
        before = {one.attachment for one in self._first.pictures}
        for one in self._taken:
            if one.id not in before:
                book.album.remove(one)
        for one in self._dropped:
            if one.id in before:
                book.album.put_back(one)

    def _replace(
        self, book: Notebook, entry: Entry[Person], face: Face, shown: tuple[Picture, ...]
    ) -> None:
        kept = tuple(one for one in entry.value.pictures if one.face is not face)
        self._put(book, entry, replace(entry.value, pictures=(*kept, *shown)))
        named = {one.attachment for one in (*kept, *shown)}
        gone = {one.attachment for one in entry.value.pictures} - named
        for one in book.album.attachments(entry.id):
            if one.id in gone:
                book.album.remove(one)
                self._dropped.append(one)

    def _put(self, book: Notebook, entry: Entry[Person], person: Person) -> None:
        if person != entry.value:
            self._entry = book.people.put(entry.id, person, entry.revision)


def shots_of(book: Notebook, entry: Entry[Person]) -> list[Shot]:
    """The pictures of somebody in the order of what they show, with their copies."""
    attachments = {one.id: one for one in book.album.attachments(entry.id)}
    order: Callable[[Picture], int] = lambda one: list(Face).index(one.face)  # noqa: E731
    return [
        Shot(one.face, attachments[one.attachment],
             book.album.report_copy(attachments[one.attachment]))
        for one in sorted(entry.value.pictures, key=order)
        if one.attachment in attachments
    ]  # fmt: skip
