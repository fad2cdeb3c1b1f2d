"""The shelf: notes as lists show them, in their order and then row by row, and the search."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Final

from fieldguide.domain.attachments import Removed
from fieldguide.domain.entries import Kind, kind_of
from fieldguide.domain.notes import LineKind, NoteCard, NoteHit, opening, parse_lines
from fieldguide.domain.script import fold, is_hanzi, words
from fieldguide.services.disposal import Disposal, dates
from fieldguide.storage.workspace_db import Workspace

SEEN_FIRST: Final = 40
"""Rows that come along with the order of a list: more than a screen shows."""
READ_THROUGH: Final = 1_000
"""Notes whose texts are read at most to make sure that a long run of hanzi is in them."""
SNIPPET_LENGTH: Final = 140
SNIPPET_REACH: Final = 50_000
"""How far into a text a snippet is looked for; beyond it the opening stands in."""


class Part(StrEnum):
    """Which notes are looked at; in the trash people lie among them."""

    KEPT = "kept"
    UNFILED = "unfiled"
    TRASH = "trash"
    FILES = "files"
    """Photos and files that were taken off their notes."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is to show; ``words`` are not looked for in the trash."""

    part: Part = Part.KEPT
    words: str = ""

    @property
    def sought(self) -> str:
        """The words, where they are looked for."""
        return self.words.strip() if self.part in (Part.KEPT, Part.UNFILED) else ""

    @property
    def trashed(self) -> bool:
        """Whether it is of the trash."""
        return self.part in (Part.TRASH, Part.FILES)


@dataclass(frozen=True, slots=True)
class Entry:
    """One row; ``goes`` is the first day on which what is in the trash may go for good."""

    note: NoteCard
    snippet: str
    goes: date | None = None

    @property
    def person(self) -> bool:
        """Whether it is one of the people, whose name is the opening then."""
        return kind_of(self.note.id) is Kind.PERSON


@dataclass(frozen=True, slots=True)
class FileEntry:
    """One photo or file that can be put back, and the first day on which it may go for good."""

    removed: Removed
    goes: date


@dataclass(frozen=True, slots=True)
class Listing:
    """The numbers of all rows of a list, the last changed first, and what its first ones show."""

    order: tuple[int, ...]
    first: Mapping[int, Entry | FileEntry]
    kept: int
    unfiled: int
    trashed: int
    files: int
    read_only: str = ""
    """A sentence when nothing can be written, otherwise empty."""
    wanted: Wanted = field(default_factory=Wanted)


class Shelf:
    """Lists of one notebook; every method belongs to the thread that opened it."""

    def __init__(self, db: Workspace, disposal: Disposal) -> None:
        self._db, self._cards, self._disposal = db, db.cards, disposal

    def look(self, wanted: Wanted, first: int = SEEN_FIRST) -> Listing:
        """The order of a list, whole, and as many of its rows."""
        seen: Mapping[int, Entry | FileEntry]
        if wanted.part is Part.FILES:
            # Never so many that it would help to read them page by page.
            seen = dict(enumerate(self._files()))
            order = list(seen)
        else:
            order = self._order(wanted)
            seen = self.entries(wanted, order[:first])
        kept, trashed, unfiled = self._cards.tally()
        files = self._db.attachments.count_removed()
        return Listing(
            tuple(order), seen, kept, unfiled, trashed, files, self._db.read_only, wanted
        )

    def entries(self, wanted: Wanted, numbers: Sequence[int]) -> dict[int, Entry]:
        """Some rows of a list by their numbers, without those that are gone meanwhile."""
        cards = self._cards.at(numbers)
        goes: Mapping[str, date] = {}
        if wanted.part is Part.TRASH:
            goes = self._disposal.days(dates(cards.values()))
        sought = words(wanted.sought)
        return {
            number: Entry(card, self._shown(card, sought), goes.get(card.id))
            for number in numbers
            if (card := cards.get(number)) is not None
        }

    def starting(self, numbers: Sequence[int], letters: str, untitled: str) -> int | None:
        """The first of these whose title begins so; one on no record is called ``untitled``."""
        begun = fold(letters)
        titles = self._cards.titles(numbers)
        return next(
            (one for one in numbers if fold(titles.get(one) or untitled).startswith(begun)), None
        )

    def ids(self, numbers: Iterable[int]) -> list[str]:
        """The ids of notes by their numbers, in that order."""
        found = self._cards.ids(list(numbers))
        return [found[number] for number in numbers if number in found]

    def search(self, query: str, limit: int) -> list[NoteHit]:
        """Notes that hold every word of a query, the last saved first, each with a snippet."""
        wanted = words(query)
        runs = _runs(wanted)
        hits: list[NoteHit] = []
        # The index knows pairs of hanzi: for a longer run it names notes that only look like it.
        for card in self._cards.found(query, limit * 5 if runs else limit):
            texts = self._texts(card)
            if _holds([card.title, *texts], runs):
                hits.append(NoteHit(card, _snippet(texts, wanted) or card.opening))
            if len(hits) == limit:
                break
        return hits

    def _files(self) -> list[FileEntry]:
        removed = self._db.attachments.removed()
        goes = self._disposal.days(dates(files=removed))
        return [FileEntry(one, goes[one.attachment.id]) for one in removed]

    def _order(self, wanted: Wanted) -> list[int]:
        if wanted.part is Part.TRASH:
            return self._cards.order_trashed()
        unfiled = self._cards.unfiled() if wanted.part is Part.UNFILED else None
        if not wanted.sought:
            return self._cards.order() if unfiled is None else unfiled
        found = self._cards.order_found(wanted.sought)
        if unfiled is not None:
            among = set(unfiled)
            found = [number for number in found if number in among]
        runs = _runs(words(wanted.sought))
        return self._read_through(found, runs) if runs else found

    def _read_through(self, numbers: Sequence[int], runs: Sequence[str]) -> list[int]:
        asked = numbers[:READ_THROUGH]
        cards = self._cards.at(asked)
        return [
            number
            for number in asked
            if number in cards and _holds([cards[number].title, *self._texts(cards[number])], runs)
        ]

    def _shown(self, card: NoteCard, sought: Sequence[str]) -> str:
        return (_snippet(self._texts(card), sought) if sought else "") or card.opening

    def _texts(self, card: NoteCard) -> list[str]:
        return [*self._db.texts(card.id), *self._db.attachments.words(card.id)]


def _runs(wanted: Sequence[str]) -> list[str]:
    return [word for word in wanted if is_hanzi(word) and len(word) > 2]


def _holds(texts: Sequence[str], runs: Sequence[str]) -> bool:
    return all(any(run in unicodedata.normalize("NFKC", text) for text in texts) for run in runs)


def _snippet(texts: Sequence[str], wanted: Sequence[str]) -> str:
    """The line that holds the longest word it can, cut around it; empty when none does."""
    lines = [line for text in texts for line in text[:SNIPPET_REACH].split("\n")]
    for read in (str.casefold, fold):
        folded = [read(line) for line in lines]
        for word in sorted(wanted, key=len, reverse=True):
            for line, shown in zip(lines, folded, strict=True):
                place = shown.find(word)
                if place >= 0:
                    return _cut(line, place)
    return ""


def _cut(line: str, place: int) -> str:
    if len(line) <= SNIPPET_LENGTH:
        return opening(line)[:SNIPPET_LENGTH] or line.strip()
    start = max(0, place - SNIPPET_LENGTH // 3)
    shown = " ".join(line[start : start + SNIPPET_LENGTH - 2].split())
    # What a line is must be seen of its middle too: an opinion may have to be hidden.
    told = parse_lines(line)[0]
    mark = line[: line.index(told.text)] if start and told.kind is not LineKind.PLAIN else ""
    return f"{mark}{'…' if start else ''}{shown}{'…' if start + SNIPPET_LENGTH < len(line) else ''}"
