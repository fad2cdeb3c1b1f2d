"""People out of a file of vCards into the notebook: in pieces, so that nothing waits for long."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from fieldguide.domain.attachments import Attachment
from fieldguide.domain.entries import Entry, text_of_value
from fieldguide.domain.joining import merged, too_many
from fieldguide.domain.likeness import Reason, alike
from fieldguide.domain.people import IMPORT, Face, Person, Picture
from fieldguide.domain.tables import MOST_VALUES, printable
from fieldguide.errors import BadRequest
from fieldguide.services.attachments import look_at
from fieldguide.services.vcard import unsourced
from fieldguide.services.vcard_reader import Card, read_cards
from fieldguide.services.vcard_stream import Refused
from fieldguide.storage.files import reason
from fieldguide.storage.people_db import Mark
from fieldguide.storage.workspace_db import Workspace

if TYPE_CHECKING:
    from fieldguide.services.notebook import Changed, Notebook

PIECE: Final = 200
"""Cards that are kept at once: few enough that a note being saved waits a fifth of a second."""
PIECE_BYTES: Final = 2 * 1024 * 1024
"""Of photos: a piece ends behind so much."""
_MOST_TWINS: Final = 50
"""Of more who bear one id it tells nothing, and each would be compared with each card."""
_BEGIN: Final = re.compile(rb"[\r\n]BEGIN:VCARD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Some cards of a file in their order; ``last`` when there are no more."""

    cards: tuple[Card, ...]
    refused: tuple[Refused, ...]
    last: bool


class CardFile:
    """A file of vCards that is read piece by piece; for one thread, which closes it."""

    def __init__(self, path: Path) -> None:
        """Raises BadRequest with a sentence when it cannot be read."""
        self.name = printable(path.name)
        # A pipe would keep whoever opens it waiting.
        if path.exists() and not path.is_file():
            raise BadRequest(f"“{self.name}” cannot be read: it is not a file.")
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise BadRequest(f"“{self.name}” cannot be read: {reason(error)}.") from error
        self._cards = read_cards(self._file, f"{IMPORT}:{self.name}")

    def count(self) -> int:
        """About how many cards there are, without reading them; 0 where it cannot be told."""
        return _count(self._file)

    def next(self) -> Piece:
        """The next cards; raises BadRequest when the file cannot be read on."""
        cards: list[Card] = []
        refused: list[Refused] = []
        photos = 0
        try:
            for one in self._cards:
                if isinstance(one, Refused):
                    refused.append(one)
                else:
                    cards.append(one)
                    photos += len(one.photo)
                if len(cards) + len(refused) >= PIECE or photos >= PIECE_BYTES:
                    return Piece(tuple(cards), tuple(refused), last=False)
        except OSError as error:
            raise BadRequest(f"“{self.name}” cannot be read on: {reason(error)}.") from error
        return Piece(tuple(cards), tuple(refused), last=True)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came of some cards: ids of new people, who was brought up to date, who was as said.

    ``photos`` wait for their small copies; ``sentences`` are what could not be kept.
    """

    added: tuple[str, ...] = ()
    renewed: tuple["Changed", ...] = ()
    same: int = 0
    photos: tuple[Attachment, ...] = ()
    sentences: tuple[str, ...] = ()

    def __add__(self, other: "Arrival") -> "Arrival":
        return Arrival(
            self.added + other.added,
            tuple(_one_after_the_other(self.renewed, other.renewed)),
            self.same + other.same,
            self.photos + other.photos,
            self.sentences + other.sentences,
        )

    @property
    def size(self) -> int:
        """How many people it changed."""
        return len(self.added) + len(self.renewed)

    def pieces(self) -> "Iterator[Arrival]":
        """The same in pieces, for taking it back."""
        for start in range(0, len(self.added), PIECE):
            yield Arrival(self.added[start : start + PIECE])
        for start in range(0, len(self.renewed), PIECE):
            renewed = self.renewed[start : start + PIECE]
            entries = {one.note for one in renewed}
            photos = tuple(one for one in self.photos if one.note in entries)
            yield Arrival(renewed=renewed, photos=photos)


class Reception:
    """Keeps people from cards in a notebook; for the thread of the notebook alone."""

    def __init__(self, db: Workspace, book: "Notebook") -> None:
        self._db, self._book = db, book
        self._uids: dict[str, list[str]] = {}
        self._known_at: Mark = ()
        """Until anything else is saved, who bears which id is known from piece to piece."""

    def receive(self, piece: Piece) -> Arrival:
        """Keep the people of a piece; those who are known by their id learn what is new.

        Nothing that is known of them goes: what a card says otherwise stands beside it.
        """
        sentences = [one.sentence for one in piece.refused]
        sentences += [remark for card in piece.cards for remark in card.remarks]
        new: list[Card] = []
        known: list[tuple[Entry[Person], Card]] = []
        entries = self._bearing(piece.cards)
        for card in map(_identified, piece.cards):
            twins = entries.get(card.person.uid, [])
            entry = next((one for one in twins if not _strangers(one.value, card.person)), None)
            if entry is not None:
                known.append((entry, card))
            else:
                sentences += _take(new, card)
        added = self._book.people.add_many(card.person for card in new)
        for entry_id, card in zip(added, new, strict=True):
            self._uids.setdefault(card.person.uid, []).append(entry_id)
        photos = self._show(list(zip(added, new, strict=True)), sentences)
        renewed, more = self._renew(known, sentences)
        self._known_at = self._db.people.mark()
        if piece.last:
            self._uids, self._known_at = {}, ()
        same = len({entry.id for entry, _ in known}) - len(renewed)
        return Arrival(tuple(added), renewed, same, (*photos, *more), tuple(sentences))

    def take_back(self, arrival: Arrival) -> None:
        """Undo what ``receive`` did; what somebody wrote since stays as it is."""
        self._book.change(arrival.added, lambda draft: replace(draft, deleted=True))
        self._book.take_back(arrival.renewed)
        renewed = {one.note for one in arrival.renewed}
        for photo in arrival.photos:
            if photo.note in renewed and not _shows(self._book.people.get(photo.note).value, photo):
                self._book.album.remove(photo)

    def _bearing(self, cards: Sequence[Card]) -> dict[str, list[Entry[Person]]]:
        """Who is known by the ids of these cards."""
        if self._known_at != self._db.people.mark():
            self._uids = {}
            for entry, uid in self._db.people.uids():
                self._uids.setdefault(uid, []).append(entry)
        return {
            uid: [self._book.people.get(entry) for entry in self._uids[uid][:_MOST_TWINS]]
            for uid in {_uid(card.person) for card in cards}
            if uid in self._uids
        }

    def _renew(
        self, known: Sequence[tuple[Entry[Person], Card]], sentences: list[str]
    ) -> tuple[tuple["Changed", ...], list[Attachment]]:
        """Add to known people what their cards say; tells those it was new of, and the photos."""
        values = {entry.id: entry.value for entry, _ in known}
        photos: list[Attachment] = []
        for entry, card in known:
            person, lost = _together(values[entry.id], card)
            sentences += lost
            if kept := self._photo(entry.id, card.photo, sentences):
                photos.append(kept)
                person = _showing(person, kept)
            values[entry.id] = person
        texts = {
            entry.id: text_of_value(values[entry.id])
            for entry, _ in known
            if values[entry.id] != entry.value
        }
        renewed = self._book.change_each({
            entry: lambda draft, text=text: replace(draft, text=text)  # type: ignore[misc]
            for entry, text in texts.items()
        })  # fmt: skip
        return renewed, photos

    def _show(self, new: Sequence[tuple[str, Card]], sentences: list[str]) -> list[Attachment]:
        """Keep the photos of new people beside them."""
        photos = []
        for entry, card in new:
            if kept := self._photo(entry, card.photo, sentences):
                photos.append(kept)
                self._book.people.put(entry, _showing(card.person, kept))
        return photos

    def _photo(self, entry: str, photo: bytes, sentences: list[str]) -> Attachment | None:
        """Keep a photo; none, and a sentence, for what is no photo."""
        # What was exported here holds the small copy of a photo that is kept whole.
        if not photo or any(one.thumbnail == photo for one in self._book.album.attachments(entry)):
            return None
        try:
            return self._book.album.attach(entry, look_at("photo", photo))
        except BadRequest as problem:
            sentences.append(str(problem))
            return None


def _one_after_the_other(
    earlier: Sequence["Changed"], later: Sequence["Changed"]
) -> Iterator["Changed"]:
    """Changes for one undo: whoever was changed twice goes back to what they were at first."""
    first = {one.note: one.before for one in earlier}
    again = {one.note for one in later}
    yield from (one for one in earlier if one.note not in again)
    yield from (replace(one, before=first.get(one.note, one.before)) for one in later)


def _shows(person: Person, photo: Attachment) -> bool:
    return any(one.attachment == photo.id for one in person.pictures)


def _showing(person: Person, photo: Attachment) -> Person:
    if _shows(person, photo):
        return person
    return replace(person, pictures=(*person.pictures, Picture(Face.PORTRAIT, photo.id)))


def _together(person: Person, card: Card) -> tuple[Person, list[str]]:
    """Somebody with what a card adds; as they were, and a sentence, where that is too much."""
    both = merged(person, card.person)
    if not too_many(both):
        return both, []
    return person, [
        f"The card at line {card.line} would give “{person.title[:60]}” more than {MOST_VALUES}"
        " values of one sort; what is new in it was left out."
    ]


def _take(new: list[Card], card: Card) -> list[str]:
    """Add a card to the new ones, or to the one among them that is of the same person.

    The answer is sentences on what was left out.
    """
    for place, other in enumerate(new):
        if other.person.uid == card.person.uid and not _strangers(other.person, card.person):
            person, lost = _together(other.person, card)
            new[place] = replace(other, person=person, photo=other.photo or card.photo)
            return lost
    new.append(card)
    return []


def _identified(card: Card) -> Card:
    """The card with an id in any case."""
    return replace(card, person=replace(card.person, uid=_uid(card.person)))


def _uid(person: Person) -> str:
    """The id of a card; for one that has none another, which the same card always gets."""
    if person.uid:
        return person.uid
    said = text_of_value(unsourced(person)).encode("utf-8", "replace")
    return f"card-{hashlib.sha256(said).hexdigest()[:32]}"


def _strangers(one: Person, other: Person) -> bool:
    """Whether two who bear one id have nothing else in common: some programs only count."""
    comparable = {name.script for name in one.names} & {name.script for name in other.names}
    return bool(comparable) and not set(alike(one, other).reasons) - {Reason.ORGANISATION}


def _count(file: BinaryIO) -> int:
    """How many cards begin in a file; reads it through and goes back to its start."""
    cards, end = 0, b"\n"
    while piece := file.read(1 << 20):
        cards += len(_BEGIN.findall(end + piece))
        end = piece[-len(b"BEGIN:VCARD") :]
    file.seek(0)
    return cards
