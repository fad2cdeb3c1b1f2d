"""The notebook: every save is kept, whoever else was writing."""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

from fieldguide.domain.entries import (
    Brief,
    Check,
    Closing,
    FollowUp,
    Kind,
    Labels,
    Question,
    new_id,
)
from fieldguide.domain.notes import (
    Author,
    Draft,
    LineKind,
    Note,
    NoteCard,
    NoteHit,
    NoteLine,
    Revision,
    Saved,
    Visibility,
    shown_head,
    storable,
)
from fieldguide.domain.people import Person
from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest, FieldGuideError, WorkspaceUnavailable
from fieldguide.services.attachments import Album
from fieldguide.services.disposal import Disposal
from fieldguide.services.own_card import OwnCard
from fieldguide.services.own_hotel import OwnHotel
from fieldguide.services.register import Register
from fieldguide.services.roster import Roster
from fieldguide.services.shelf import Shelf
from fieldguide.services.shown_mission import ShownMission
from fieldguide.storage.vault import Vault
from fieldguide.storage.workspace_db import Workspace, has_workspace, open_workspace

if TYPE_CHECKING:
    from fieldguide.services.duplicates import Duplicates
    from fieldguide.services.people_import import Reception

_ME: Final = "author"

Clock = Callable[[], datetime]
Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Changed:
    """One version that a bulk change replaced by ``revision``, and what it said before."""

    note: str
    revision: str
    before: Draft


def local_time() -> datetime:
    """Now, in whole seconds, with the offset of this computer."""
    return datetime.now().astimezone().replace(microsecond=0)


def has_notebook(profile: Path) -> bool:
    """Whether a profile holds notes; looking makes nothing."""
    return has_workspace(profile)


def open_notebook(
    profile: Path, *, create: bool, clock: Clock = local_time, keys: Vault | None = None
) -> "Notebook":
    """Open the notes of a profile on the thread that will use them.

    Raises WorkspaceUnavailable with a sentence; ``create`` makes a profile that is not there yet.
    ``keys`` holds the key of notes that have a passphrase.
    """
    return Notebook(
        open_workspace(profile, create=create, keys=keys),
        clock,
        reopen=lambda: open_workspace(profile, create=False, keys=keys),
    )


class Notebook:
    """Notes of one user; every method belongs to the thread that opened it."""

    _duplicates: "Duplicates | None"
    _reception: "Reception | None"

    def __init__(
        self,
        db: Workspace,
        clock: Clock = local_time,
        reopen: Callable[[], Workspace] | None = None,
    ) -> None:
        self._clock = clock
        self._reopen = reopen
        self._take(db)

    @property
    def read_only(self) -> str:
        """A sentence when nothing can be written, otherwise empty."""
        return self._db.read_only

    def close(self) -> None:
        """Close on the thread that opened it, never by letting go of it."""
        self._db.close()

    def while_closed(self, deed: Callable[[], Answer]) -> Answer:
        """Close the file, do what needs it closed, and go on with the file that is there then."""
        if self._reopen is None:
            raise BadRequest("These notes cannot be closed and opened again.")
        self._db.close()
        try:
            answer = deed()
        except BaseException:
            # Why it was not done says more than that the notes do not open either.
            with suppress(FieldGuideError):
                self._take(self._reopen())
            raise
        try:
            self._take(self._reopen())
        except FieldGuideError as problem:
            raise WorkspaceUnavailable(
                f"That was done, but your notes do not open again: {problem}"
            ) from problem
        return answer

    def me(self) -> Author:
        """Who writes here; the name is empty until ``introduce`` was called."""
        known = self._db.author(self._db.setting(_ME) or "")
        return known or Author("")

    def introduce(self, name: str, person: Ref | None = None) -> Author:
        """Say who writes here, also of the notes there are already."""
        with self._db.writing():
            author = replace(self._myself(), name=storable(name.strip()), person=person)
            self._db.put_author(author, self._clock())
        return author

    def start(self, about: Ref | None, title: str, visit: Ref | None = None) -> Note:
        """Begin an empty note on a record, or on none to be filed later."""
        return self.begin(Kind.NOTE, Draft(about, storable(title), visit))

    def together(self) -> AbstractContextManager[None]:
        """Whatever is written in the block is kept as one, or none of it."""
        return self._db.writing()

    def begin(self, kind: Kind, draft: Draft) -> Note:
        """Keep the first state of a note or of an entry of a register."""
        note, now = new_id(kind), self._clock()
        with self._db.writing():
            self._db.add_note(note, now)
            first = Revision.following((), note, self._myself(), draft, now)
            self._db.add_revision(first)
        return Note(note, now, first, (first.id,))

    def begin_many(
        self, kind: Kind, written: Iterable[tuple[str, Brief]], hung: Draft
    ) -> list[str]:
        """Keep the first states of many entries, all of them or none; returns their ids.

        ``hung`` says where all of them hang.
        """
        now = self._clock()
        with self._db.writing():
            me = self._myself()
            firsts = [
                (Revision.following((), new_id(kind), me, replace(hung, text=text), now), told)
                for text, told in written
            ]
            self._db.add_first(firsts)
        return [revision.note for revision, _ in firsts]

    def save(self, note_id: str, text: str, parent: str) -> Note:
        """Keep a text that was typed over revision ``parent``; on return it survives a power cut.

        When another window has saved meanwhile both texts are kept as heads of the note, and the
        answer shows this one: its ``revision.id`` is the parent of the next save.
        """
        with self._db.writing():
            heads = self._heads(note_id)
            seen = self._seen(note_id, heads, parent)
            if text == seen.draft.text:
                return self._note(note_id, seen)
            same = next((head for head in heads if head.draft.text == text), None)
            if same is not None and seen not in heads:
                return self._note(note_id, same)
            draft = replace(seen.draft, text=text, deleted=False)
            return self._note(note_id, self._keep((seen,), draft))

    def settle(self, note_id: str, text: str) -> Note:
        """End a conflict: one text takes the place of all versions, which stay in the history."""
        with self._db.writing():
            heads = self._heads(note_id)
            draft = replace(shown_head(heads).draft, text=text, deleted=False)
            strictest = min((head.draft.visibility for head in heads), key=list(Visibility).index)
            return self._note(note_id, self._keep(heads, replace(draft, visibility=strictest)))

    def set_visibility(self, note_id: str, visibility: Visibility) -> Note:
        """Say who a note is for, in all its versions."""
        return self._change(note_id, lambda draft: replace(draft, visibility=visibility))

    def delete(self, note_id: str) -> Note:
        """Put a note into the trash; nothing of it is removed."""
        return self._change(note_id, lambda draft: replace(draft, deleted=True))

    def restore(self, note_id: str) -> Note:
        """Take a note out of the trash."""
        return self._change(note_id, lambda draft: replace(draft, deleted=False))

    def change(
        self, note_ids: Iterable[str], change: Callable[[Draft], Draft]
    ) -> tuple[Changed, ...]:
        """Change all versions of many notes, all of them or none; for ``change_back``."""
        return self.change_each(dict.fromkeys(note_ids, change))

    def change_each(self, changes: Mapping[str, Callable[[Draft], Draft]]) -> tuple[Changed, ...]:
        """The same, each note in a way of its own; for ``take_back``."""
        changed = []
        with self._db.writing():
            for note_id, change in changes.items():
                for head in self._heads(note_id):
                    draft = change(head.draft)
                    if draft != head.draft:
                        revision = self._keep((head,), draft)
                        changed.append(Changed(note_id, revision.id, head.draft))
        return tuple(changed)

    def change_back(self, changed: Iterable[Changed]) -> None:
        """Undo a bulk change; texts stay as they are now, and nothing of the history goes."""
        with self._db.writing():
            for one in changed:
                heads = self._heads(one.note)
                # Whoever has written since goes on from that version: then it is all of them.
                for head in [head for head in heads if head.id == one.revision] or heads:
                    draft = replace(one.before, text=head.draft.text)
                    if draft != head.draft:
                        self._keep((head,), draft)

    def take_back(self, changed: Iterable[Changed]) -> None:
        """Undo changes wholly, texts too; what somebody wrote over one of them since stays."""
        with self._db.writing():
            for one in changed:
                for head in self._heads(one.note):
                    if head.id == one.revision:
                        self._keep((head,), one.before)

    def drop_if_empty(self, note_id: str) -> bool:
        """Forget a note that never held anything; the answer is whether it was one."""
        with self._db.writing():
            history = self._db.history(note_id)
            held = any(revision.draft.text.strip() for revision in history)
            empty = bool(history) and not held and not self._db.attachments.any_of(note_id)
            if empty:
                self._db.forget(note_id)
        return empty

    def note(self, note_id: str) -> Note:
        """One note as its first head shows it; raises BadRequest when there is none."""
        return self._note(note_id, shown_head(self._heads(note_id)))

    def versions(self, note_id: str) -> list[Note]:
        """The note once for each of its heads; more than one are a conflict to settle."""
        heads = self._heads(note_id)
        return [self._note(note_id, head) for head in heads]

    def notes(self, about: Ref | None = None) -> list[NoteCard]:
        """All notes, or those on a record or written during a visit; the last saved first."""
        if about is not None:
            return self._db.cards.of(about)
        return self._db.cards.all(deleted=False)

    def trash(self) -> list[NoteCard]:
        """Deleted notes; the last deleted first."""
        return self._db.cards.all(deleted=True)

    def tally(self) -> tuple[int, int]:
        """How many notes there are, and how many notes and people lie in the trash."""
        kept, trashed, _ = self._db.cards.tally()
        return kept, trashed

    def history(self, note_id: str) -> list[Revision]:
        """Every saved state, the last first; raises BadRequest when there is no such note."""
        return self._db.history(note_id) or self._missing(note_id)

    def outline(self, note_id: str, latest: int | None = None) -> list[Saved]:
        """The same without the texts and the other way round: the first that arrived first.

        ``latest`` leaves out all but so many of the last.
        """
        self._heads(note_id)
        return self._db.outline(note_id, latest)

    def saves(self, note_id: str) -> int:
        """How many saved states there are of a note."""
        return self._db.saves(note_id)

    def revision(self, note_id: str, revision_id: str) -> Revision:
        """One saved state of a note; raises BadRequest when it has no such one."""
        found = self._db.revision(revision_id)
        if found is None or found.note != note_id:
            raise BadRequest("This note has no such version; open it again.")
        return found

    def whole(
        self, visibilities: Collection[Visibility], among: Sequence[str] | None = None
    ) -> list[Note]:
        """What may be exported: each version of each note that is for these readers."""
        ids = [card.id for card in self._db.cards.all(deleted=False)] if among is None else among
        notes = (note for one in ids for note in self.versions(one))
        return [note for note in notes if note.visibility in visibilities and not note.deleted]

    def whole_entries(self, visibilities: Collection[Visibility]) -> list[Note]:
        """The same of everything else that is kept: people, questions, follow-ups, checks …"""
        registers = (
            self.people, self.questions, self.follow_ups, self.labels, self.checks, self.closings,
            self.plans, self.meetings,
        )  # fmt: skip
        ids = [entry.id for register in registers for entry in register.all()]
        return self.whole(visibilities, ids)

    def search(self, query: str, limit: int = 20) -> list[NoteHit]:
        """Notes that hold every word of a query, the last saved first, each with a snippet."""
        return self.shelf.search(query, limit)

    @property
    def reception(self) -> "Reception":
        """Where people out of files are received."""
        if self._reception is None:
            # What reads cards is not needed on the way to the first window.
            from fieldguide.services.people_import import Reception

            self._reception = Reception(self._db, self)
        return self._reception

    @property
    def duplicates(self) -> "Duplicates":
        """Who may be in the people twice; it keeps what it learned."""
        if self._duplicates is None:
            # Needed on one page alone.
            from fieldguide.services.duplicates import Duplicates

            self._duplicates = Duplicates(self._db, self)
        return self._duplicates

    def lines(self, kinds: Iterable[LineKind], ref: Ref | None = None) -> list[NoteLine]:
        """The marked lines of all notes, or of those on a record or of a visit."""
        return self._db.lines.of(kinds, ref)

    def _take(self, db: Workspace) -> None:
        self._db = db
        self.album = Album(db, self._clock)
        self.disposal = Disposal(db, self._clock)
        self.shelf = Shelf(db, self.disposal)
        self.people: Register[Person] = Register(Kind.PERSON, db, self)
        self.roster = Roster(db)
        self.own_card = OwnCard(db, self)
        self.own_hotel = OwnHotel(db)
        self._duplicates = self._reception = None
        self.questions: Register[Question] = Register(Kind.QUESTION, db, self)
        self.follow_ups: Register[FollowUp] = Register(Kind.FOLLOW_UP, db, self)
        self.labels: Register[Labels] = Register(Kind.LABELS, db, self)
        self.checks: Register[Check] = Register(Kind.CHECK, db, self)
        self.closings: Register[Closing] = Register(Kind.CLOSING, db, self)
        self.meetings: Register[Meeting] = Register(Kind.MEETING, db, self)
        self.plans: Register[Plan] = Register(Kind.PLAN, db, self)
        self.shown_mission = ShownMission(db, self)

    def _myself(self) -> Author:
        me = self.me()
        if not me.id:
            me = Author(uuid.uuid4().hex)
            self._db.put_author(me, self._clock())
            self._db.set_setting(_ME, me.id)
        return me

    def _keep(self, parents: Sequence[Revision], draft: Draft) -> Revision:
        revision = Revision.following(
            parents, parents[0].note, self._myself(), draft, self._clock()
        )
        kept = self._db.revision(revision.id)
        if kept is not None:
            return kept
        self._db.add_revision(revision)
        return revision

    def _change(self, note_id: str, change: Callable[[Draft], Draft]) -> Note:
        self.change([note_id], change)
        return self.note(note_id)

    def _heads(self, note_id: str) -> list[Revision]:
        return self._db.heads(note_id) or self._missing(note_id)

    def _seen(self, note_id: str, heads: Sequence[Revision], parent: str) -> Revision:
        """The revision whose text the editor showed: a head where that is true of one."""
        seen = self.revision(note_id, parent)
        if seen in heads:
            return seen
        # When only its visibility or its place was changed since, there is no conflict of texts.
        return next((head for head in heads if head.draft.text == seen.draft.text), seen)

    def _note(self, note_id: str, revision: Revision) -> Note:
        created = self._db.created(note_id) or revision.created
        heads = tuple(head.id for head in self._db.heads(note_id))
        return Note(note_id, created, revision, heads)

    @staticmethod
    def _missing(note_id: str) -> list[Revision]:
        raise BadRequest(f"There is no note “{storable(note_id[:60])}”.")
