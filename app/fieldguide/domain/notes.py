"""Notes and their history: immutable revisions, the kinds of lines, who may see a note."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, Self

from fieldguide.domain.markdown import plain
from fieldguide.domain.records import Ref

OPENING_LENGTH: Final = 120
_HASHED_FORM: Final = b"fieldguide revision 1"


class Visibility(StrEnum):
    """Who a note is for; the values are stored and exported as they stand."""

    MINE = "mine"
    ORGANISER = "organiser"
    PUBLISHABLE = "publishable"


AUDIENCES: Final = {
    "public": frozenset({Visibility.PUBLISHABLE}),
    "organiser": frozenset({Visibility.PUBLISHABLE, Visibility.ORGANISER}),
    "me": frozenset(Visibility),
}
"""Reader of an export -> the visibilities that may go into it; the strictest first."""


class LineKind(StrEnum):
    """What a line of a note is; the value is its prefix in the text."""

    PLAIN = ""
    FACT = "F"
    QUOTE = "Q"
    OPINION = "O"
    ACTION = "A"
    QUESTION = "?"


CONFIDENCES: Final = ("sure", "unsure")
"""What a line can end in, in brackets."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line without its marks; ``number`` from 0, ``confidence`` sure, unsure or empty."""

    number: int
    kind: LineKind
    text: str
    speaker: str = ""
    confidence: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Someone who writes notes; ``person`` is set when the guide knows them."""

    id: str
    name: str = ""
    person: Ref | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a revision keeps of a note; ``title`` is the one its record had at that time."""

    about: Ref | None
    title: str
    visit: Ref | None = None
    visibility: Visibility = Visibility.MINE
    text: str = ""
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Revision:
    """One saved state; ``id`` follows from the rest, except ``created``, which is only shown."""

    id: str
    note: str
    author: Author
    parents: tuple[str, ...]
    lamport: int
    draft: Draft
    created: datetime

    @classmethod
    def following(
        cls, parents: Sequence[Self], note: str, author: Author, draft: Draft, created: datetime
    ) -> Self:
        """The revision that replaces ``parents``; none for the first of a note."""
        ids = tuple(sorted({parent.id for parent in parents}))
        lamport = 1 + max((parent.lamport for parent in parents), default=0)
        return cls(
            revision_id(note, author.id, ids, draft), note, author, ids, lamport, draft, created
        )


@dataclass(frozen=True, slots=True)
class Saved:
    """What a revision is without its text, for looking through many."""

    id: str
    author: Author
    parents: tuple[str, ...]
    about: Ref | None
    title: str
    visit: Ref | None
    visibility: Visibility
    deleted: bool
    created: datetime


@dataclass(frozen=True, slots=True)
class Note:
    """A note as one of its ``heads`` shows it; more than one head is a conflict, all are kept."""

    id: str
    created: datetime
    revision: Revision
    heads: tuple[str, ...]

    @property
    def about(self) -> Ref | None:
        """The record it hangs on; None while it is unfiled."""
        return self.revision.draft.about

    @property
    def title(self) -> str:
        """The title its record had when this was written."""
        return self.revision.draft.title

    @property
    def visit(self) -> Ref | None:
        """The visit during which it was written."""
        return self.revision.draft.visit

    @property
    def visibility(self) -> Visibility:
        """Who it is for."""
        return self.revision.draft.visibility

    @property
    def text(self) -> str:
        """The text of this head, byte for byte."""
        return self.revision.draft.text

    @property
    def deleted(self) -> bool:
        """Whether this head lies in the trash."""
        return self.revision.draft.deleted

    @property
    def changed(self) -> datetime:
        """When this head was saved, by the clock of the computer that did."""
        return self.revision.created

    @property
    def in_conflict(self) -> bool:
        """Whether versions stand side by side."""
        return len(self.heads) > 1


@dataclass(frozen=True, slots=True)
class NoteCard:
    """What a list shows of a note; ``opening`` is its first line, ``versions`` its heads."""

    id: str
    about: Ref | None
    title: str
    visit: Ref | None
    visibility: Visibility
    opening: str
    created: datetime
    changed: datetime
    versions: int
    deleted: bool


@dataclass(frozen=True, slots=True)
class NoteLine:
    """A marked line with the note it stands in, its text as an entry can hold it."""

    note: str
    about: Ref | None
    title: str
    visit: Ref | None
    visibility: Visibility
    created: datetime
    place: int
    kind: LineKind
    speaker: str
    text: str


@dataclass(frozen=True, slots=True)
class NoteHit:
    """A note found by a search; ``snippet`` is one line around what was found."""

    note: NoteCard
    snippet: str


def text_bytes(text: str) -> bytes:
    """UTF-8 that also carries the half of a pair that an input method may leave behind."""
    return text.encode("utf-8", "surrogatepass")


def text_of(data: bytes) -> str:
    """The text that ``text_bytes`` was given."""
    return data.decode("utf-8", "surrogatepass")


def storable(text: str) -> str:
    """A short text (a title, a name) with a question mark for each half of a pair."""
    return text.encode("utf-8", "replace").decode("utf-8")


def revision_id(note: str, author: str, parents: Iterable[str], draft: Draft) -> str:
    """SHA-256 in hex over every field, each with its length so that none can run into the next."""
    fields = (
        note,
        author,
        " ".join(sorted(parents)),
        str(draft.about or ""),
        draft.title,
        str(draft.visit or ""),
        draft.visibility,
        "deleted" if draft.deleted else "",
        draft.text,
    )
    digest = hashlib.sha256(_HASHED_FORM)
    for field in fields:
        data = text_bytes(field)
        digest.update(b"\n%d:" % len(data))
        digest.update(data)
    return digest.hexdigest()


def shown_head(heads: Iterable[Revision]) -> Revision:
    """The head to show first: the same one on every computer, whatever its clock says."""
    return max(heads, key=lambda revision: (revision.lamport, revision.id))


_LINE: Final = re.compile(
    r"(?:([FOA?])|Q(?: (?P<speaker>[^:]{1,80}))?):(?: |$)(?P<text>.*)", re.DOTALL
)
_CONFIDENCE: Final = re.compile(r" \((sure|unsure)\)\s*$")


def parse_lines(text: str) -> list[Line]:
    """Every line with its kind, e.g. ``Q Dr Li: …``, ``A: …``; a line without a mark is plain."""
    return [_line(number, line.rstrip("\r")) for number, line in enumerate(text.split("\n"))]


def marked_lines(text: str) -> list[Line]:
    """The lines that are more than plain."""
    return [line for line in parse_lines(text) if line.kind is not LineKind.PLAIN]


def _line(number: int, line: str) -> Line:
    mark = _LINE.match(line)
    if mark is None:
        return Line(number, LineKind.PLAIN, line)
    said = mark["text"]
    confidence = _CONFIDENCE.search(said)
    if confidence:
        said = said[: confidence.start()]
    speaker = (mark["speaker"] or "").strip().removeprefix("[").removesuffix("]")
    kind = LineKind(mark[1] or "Q")
    return Line(number, kind, said, speaker, confidence[1] if confidence else "")


def opening(text: str) -> str:
    """The first line with something in it, without heading marks, at most 120 characters."""
    for line in text.split("\n"):
        shown = " ".join(plain(line).lstrip("# \t").split())
        if shown:
            return shown if len(shown) <= OPENING_LENGTH else shown[: OPENING_LENGTH - 1] + "…"
    return ""
