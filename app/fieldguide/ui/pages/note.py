"""S9, first form: a note is typed and saved by itself, with the record beside it."""

from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.notes import Draft, Note, NoteCard, Visibility
from fieldguide.domain.records import Record, Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.services.writing import (
    Occasion,
    note_of,
    occasion,
    occasion_now,
    occasion_of,
)
from fieldguide.ui.attaching import Attaching
from fieldguide.ui.attending import Attending
from fieldguide.ui.completion import LinkCompletion
from fieldguide.ui.desk import CLOSING, Desk, Place
from fieldguide.ui.note_side import side_rows
from fieldguide.ui.note_view import NoteView
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.page import Loss, Page
from fieldguide.ui.rescuing import Rescuing

NEW: Final = ("", "new", "now", "on")
"""What a place says where a note is begun: on the visit of the moment from ``now`` on, and the
last goes on in the note that this visit has already."""


class NotePage(Page):
    """One note at a time; a note that could not be saved waits here until it is."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Note"))
        self._waiting: list[OpenNote] = []
        self._begun: dict[OpenNote, Place] = {}
        self._at = ""
        self._record: Record | None = None
        self._others: list[NoteCard] = []
        self._view = NoteView(desk.look, desk.clock)
        self._attaching = Attaching(desk, self._view.attachments)
        self._attaching.said.connect(self.said)
        self._attending = Attending(desk, self._view.side, self._view.closing, self._view.toast)
        self._attending.said.connect(self.said)
        self._rescuing = Rescuing(self)
        self._rescuing.said.connect(self.said)
        self._attending.shown.connect(self._view.show_scene)
        self._completion = LinkCompletion(desk.guide, desk.look, self._view.editor)
        self._open = self._watched(OpenNote(desk.notes, Draft(None, "")))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        desk.look.preferred.connect(lambda _: self.setFocusProxy(self._view.field))
        self.setFocusProxy(self._view.field)
        self._view.typed.connect(lambda: self._open.type(self._view.editor.take))
        self._view.editor.left.connect(lambda: self._open.keep())
        self._view.editor.link_opened.connect(lambda ref: self.opened.emit(Place("record", ref)))
        self._view.troubles.retried.connect(lambda: self._open.keep())
        self._view.troubles.settled.connect(lambda: self._open.settle())
        self._view.troubles.turned.connect(self._turn)
        self._view.troubles.recalled.connect(self._recall)
        self._view.troubles.rescued.connect(
            lambda: self._rescuing.choose(self._open.draft.text, self._name())
        )
        self._view.visibility.chosen.connect(self._show_to)
        self._view.side.known.opened.connect(self.opened)

    def show_place(self, place: Place) -> None:
        """Open the note that ``detail`` names, or a new one on the record.

        After a ``#`` comes the line to go to, or that the visit is to be closed.
        """
        self.leave()
        note_id, _, self._at = place.detail.partition("#")
        place = replace(place, detail=note_id)
        # An answer that is still on the way must not take the place of what opens now.
        self.desk.notes.drop("note")
        self._record, self._others = None, []
        self._attending.leave()
        waiting = self._waiting_at(place)
        if waiting is not None:
            self._show(waiting)
        elif place.detail in NEW:
            note = self._watched(OpenNote(self.desk.notes, Draft(place.ref, "")))
            self._begun[note] = place
            self._show(note)
            self._go()
            if place.detail in NEW[2:]:
                self._ask_for_visit(note, go_on=place.detail == "on")
        else:
            if self._shows(place.detail):
                self._view.set_ready(False)
            else:
                self._view.show_text(self._open, ready=False)
            self.desk.notes.ask(
                "note", lambda book: book.note(place.detail), self._load, self._not_loaded
            )

    def heading(self) -> str:
        """The record, or that there is none."""
        return self._name()

    def hanzi(self) -> str:
        """The record's hanzi."""
        return self._record.title_zh if self._record else ""

    def goal(self) -> Ref | None:
        """What the note is on; of a note on a visit, the visit."""
        return self._open.visit or self._open.about

    def keep(self) -> None:
        """Save what is unsaved; what cannot be saved stays in memory and is tried again."""
        if self._view.field.hasFocus():
            # What an input method still holds is part of what was typed.
            QGuiApplication.inputMethod().commit()
        self._open.keep()
        self._attending.keep()
        self._waiting = [note for note in self._waiting if note.unsaved]
        if self._open.unsaved and self._open not in self._waiting:
            self._waiting.append(self._open)

    def leave(self) -> None:
        """Keep what was typed in the lines beside the note, too: they show another next."""
        super().leave()
        self._view.side.take_typed()

    def saving(self) -> bool:
        """Whether a save is on its way whose end nobody knows yet."""
        under_way = any(note.unsaved and not note.problem for note in (self._open, *self._waiting))
        return under_way or self._attending.saving

    def losing(self) -> Loss | None:
        """A text that cannot be saved lives only here."""
        notes = (self._open, *self._waiting)
        lost = next((note for note in notes if note.unsaved and note.problem), None)
        sentence = self.tr("A note is not saved. Save it elsewhere, or close once more to lose it.")
        if lost is None:
            lost = self._attending.closings.lost()
            sentence = self.tr("What a visit came to is not saved; close once more to lose it.")
        if lost is None:
            lost = self._attending.lost()
            sentence = self.tr("A line beside a note is not saved; close once more to lose it.")
        if lost is None:
            return None
        return Loss(Place("note", lost.about, lost.note.id if lost.note else "new"), sentence)

    def _watched(self, note: OpenNote) -> OpenNote:
        note.changed.connect(lambda: self._refresh(note))
        self._view.editor.destroyed.connect(note.abandon)
        return note

    def _waiting_at(self, place: Place) -> OpenNote | None:
        """A text that could not be saved, where it was typed."""
        for note in self._waiting:
            saved = note.note.id if note.note else ""
            begun = place.detail in NEW and not saved and note.about == place.ref
            if note.problem and (begun or (saved and saved == place.detail)):
                return note
        return None

    def _shows(self, note_id: str) -> bool:
        return self._open.note is not None and self._open.note.id == note_id

    def _load(self, note: Note) -> None:
        if self._shows(note.id) and self._open.stands_at(note):
            # Undo and the place of the cursor outlast a look at something else.
            self._show(self._open)
        else:
            self.leave()
            self._show(self._watched(OpenNote.of(self.desk.notes, note)))
        self._go()

    def _go(self) -> None:
        if self._at == CLOSING:
            self._view.close_visit()
        elif self._at:
            self._view.editor.go_to(int(self._at))

    def _not_loaded(self, problem: FieldGuideError) -> None:
        self._show(self._watched(OpenNote(self.desk.notes, Draft(None, ""))))
        self.said.emit(str(problem))

    def _show(self, note: OpenNote) -> None:
        if note is self._open:
            self._view.set_ready(True)
        else:
            self._open = note
            self._view.show_text(note)
        self._attaching.show(note)
        self._refresh(note)
        about = note.about
        if about is None:
            return
        now = self.desk.clock()
        saved = note.note.revision.draft if note.note else None
        self.desk.guide.ask(
            "note",
            lambda guide: occasion_of(guide, saved) if saved else occasion(guide, about, now),
            partial(self._learn, note),
            self._not_known,
        )
        self._ask_for_others(about)

    def _ask_for_visit(self, note: OpenNote, *, go_on: bool) -> None:
        """The caret need not wait for the answer; outside a mission day there is none."""
        now = self.desk.clock()

        def arrived(found: Occasion | None) -> None:
            if found is not None:
                self._learn(note, found)
                self._view.set_filed(True)
                self._ask_for_others(found.record.ref)
                visit = found.visit
                if go_on:
                    self.desk.notes.ask("note", lambda book: note_of(book, visit), kept)

        def kept(earlier: Note | None) -> None:
            untouched = note is self._open and note.note is None and not note.draft.text
            if earlier is not None and untouched:
                self._at = str(earlier.text.count("\n"))
                place = Place("note", earlier.about, earlier.id)
                self.placed.emit(self._begun.pop(note), place, True)
                self._load(earlier)

        self.desk.guide.ask("note", lambda guide: occasion_now(guide, now), arrived)

    def _ask_for_others(self, about: Ref) -> None:
        self.desk.notes.ask("notes-beside", lambda book: book.notes(about), self._show_others)

    def _learn(self, note: OpenNote, found: Occasion) -> None:
        if note is not self._open:
            return
        self._record = found.record
        note.belong(found)
        self._refresh(note)
        self._attending.show(found.subject, note)
        self._show_side()

    def _not_known(self, problem: FieldGuideError) -> None:
        self._view.show_heading(self._name(), None, str(problem))

    def _show_others(self, cards: list[NoteCard]) -> None:
        self._others = cards
        self._show_side()

    def _show_side(self) -> None:
        own = self._open.note.id if self._open.note else ""
        others = [card for card in self._others if card.id != own]
        self._view.side.known.show_rows(side_rows(self._record, others))

    def _show_to(self, visibility: Visibility) -> None:
        self._open.show_to(visibility)
        self._view.field.setFocus()

    def _turn(self) -> None:
        """Go round the versions of a note."""
        self._open.keep()
        note = self._open.note
        if note is not None:
            self.desk.notes.ask(
                "note", lambda book: _next_version(book, note), self._load, self._not_loaded
            )

    def _recall(self) -> None:
        note = self._open.note
        if note is not None:
            self.opened.emit(Place("history", self._open.about, note.id))

    def _name(self) -> str:
        if self._record is not None:
            return self._record.title
        nameless = self.tr("Unfiled note") if self._open.about is None else self.tr("Note")
        return self._open.title or nameless

    def _refresh(self, note: OpenNote) -> None:
        if note is self._open:
            self._view.show_heading(self._name(), self._record)
            self._view.show_standing(note)
        if note.note is not None and note in self._begun:
            now = Place("note", note.about, note.note.id)
            self.placed.emit(self._begun.pop(note), now, note is self._open)
        if note.note is not None or note.problem:
            self.kept.emit(self._view.standing(note), not note.problem)


def _next_version(book: Notebook, note: Note) -> Note:
    versions = book.versions(note.id)
    places = [one.revision.id for one in versions]
    place = places.index(note.revision.id) if note.revision.id in places else -1
    return versions[(place + 1) % len(versions)]
