"""People out of a file of vCards into the notebook: in pieces, so that nothing waits for long."""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from fieldguide.domain.attachments import Attachment
from fieldguide.domain.entries import Entry, text_of_value
from fieldguide.domain.joining import merged
from fieldguide.domain.likeness import Reason, alike
from fieldguide.domain.people import IMPORT, Face, Person, Picture
from fieldguide.domain.tables import printable
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
        self.name = path.name
        try:
            self._file = path.open("rb")
        except OSError as error:
            raise BadRequest(f"“{path.name}” cannot be read: {reason(error)}.") from error
        origin = f"{IMPORT}:{printable(path.name)}"
        self._cards = read_cards(self._file, origin)

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
            self.renewed + other.renewed,
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
            yield Arrival(renewed=self.renewed[start : start + PIECE])


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
        new: list[Card] = []
        known: list[tuple[Entry[Person], Card]] = []
        entries = self._bearing(piece.cards)
        for card in map(_identified, piece.cards):
            twins = entries.get(card.person.uid, [])
            entry = next((one for one in twins if not _strangers(one.value, card.person)), None)
            if entry is not None:
                known.append((entry, card))
            else:
                _take(new, card)
        sentences = [one.sentence for one in piece.refused]
        sentences += [remark for card in piece.cards for remark in card.remarks]
        added = self._book.people.add_many(card.person for card in new)
        for entry_id, card in zip(added, new, strict=True):
            self._uids.setdefault(card.person.uid, []).append(entry_id)
        renewed = self._renew(known)
        cards = [*zip(added, new, strict=True), *((entry.id, card) for entry, card in known)]
        photos = []
        for entry_id, card in cards:
            try:
                photos += self._show(entry_id, card.photo)
            except BadRequest as problem:
                sentences.append(str(problem))
        self._known_at = self._db.people.mark()
        if piece.last:
            self._uids, self._known_at = {}, ()
        return Arrival(
            tuple(added), renewed, len(known) - len(renewed), tuple(photos), tuple(sentences)
        )

    def take_back(self, arrival: Arrival) -> None:
        """Undo what ``receive`` did; what somebody wrote since stays as it is."""
        self._book.change(arrival.added, lambda draft: replace(draft, deleted=True))
        self._book.take_back(arrival.renewed)

    def _bearing(self, cards: Sequence[Card]) -> dict[str, list[Entry[Person]]]:
        """Who is known by the ids of these cards."""
        if self._known_at != self._db.people.mark():
            self._uids = {}
            for entry, uid in self._db.people.uids():
                self._uids.setdefault(uid, []).append(entry)
        return {
            uid: [self._book.people.get(entry) for entry in self._uids[uid]]
            for uid in {_uid(card.person) for card in cards}
            if uid in self._uids
        }

    def _renew(self, known: Sequence[tuple[Entry[Person], Card]]) -> tuple["Changed", ...]:
        """Add to known people what their cards say; answers with those it was new of."""
        values = {entry.id: entry.value for entry, _ in known}
        for entry, card in known:
            values[entry.id] = merged(values[entry.id], card.person)
        texts = {
            entry.id: text_of_value(values[entry.id])
            for entry, _ in known
            if values[entry.id] != entry.value
        }
        return self._book.change_each({
            entry: lambda draft, text=text: replace(draft, text=text)  # type: ignore[misc]
            for entry, text in texts.items()
        })  # fmt: skip

    def _show(self, entry: str, photo: bytes) -> list[Attachment]:
        """Keep the photo of a card beside its person; raises BadRequest for what is none."""
        # What was exported here holds the small copy of a photo that is kept whole.
        if not photo or any(one.thumbnail == photo for one in self._book.album.attachments(entry)):
            return []
        kept = self._book.album.attach(entry, look_at("photo", photo))
        picture = Picture(Face.PORTRAIT, kept.id)

        def add(person: Person) -> Person:
            shown = any(one.attachment == kept.id for one in person.pictures)
            return person if shown else replace(person, pictures=(*person.pictures, picture))

        self._book.people.edit(entry, add)
        return [kept]


def _take(new: list[Card], card: Card) -> None:
    """Add a card to the new ones, or to the one among them that is of the same person."""
    for place, other in enumerate(new):
        if other.person.uid == card.person.uid and not _strangers(other.person, card.person):
            person = merged(other.person, card.person)
            new[place] = replace(other, person=person, photo=other.photo or card.photo)
            return
    new.append(card)


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
