"""S10: all notes, a filter, the trash, the way out as Markdown, and the evening list."""

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtWidgets import QFileDialog, QVBoxLayout, QWidget

from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.services.shelf import Entry, Listing, Part, Wanted
from fieldguide.ui.day_closing import DayClosing
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.emptying import Emptying
from fieldguide.ui.list_chips import Face
from fieldguide.ui.note_deeds import NoteDeeds
from fieldguide.ui.note_list import FileRow, NoteRow, rows_of
from fieldguide.ui.notes_view import NotesView
from fieldguide.ui.page import Loss, Page
from fieldguide.ui.question_deeds import QuestionDeeds

EVENING: Final = "evening"
"""Detail of the place that shows the evening list; an ISO day may follow it."""
QUESTIONS: Final = "questions"
"""Detail of the place that shows the open questions; that of a Part shows its notes."""


class NotesPage(Page):
    """Lists the notes, the last changed first."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Notes"))
        self._view = NotesView(desk)
        self._list = self._view.list
        self._deeds = NoteDeeds(desk, self._view.toast)
        self._emptying = Emptying(desk.notes, desk.backups, self)
        self._closing = DayClosing(desk, self._view.evening, self._view.toast)
        self._asking = QuestionDeeds(desk, self._view.questions, self._view.toast)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)
        self._connect()
        self.setFocusProxy(self._list)

    def show_place(self, place: Place) -> None:
        """Read the notes again; beside them the evening list, if it is asked for."""
        self._view.settle()
        word, _, day = place.detail.partition(" ")
        self._view.show_evening(word == EVENING)
        if word == QUESTIONS:
            self._view.chips.turn(Face.QUESTIONS)
        elif word == Part.UNFILED:
            self._view.chips.turn(Part.UNFILED)
        self.setFocusProxy(self._view.first)
        self._look()
        if word == EVENING:
            self._closing.show(day)

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._view.settle()

    def losing(self) -> Loss | None:
        """A line that was begun in the list of open questions, or in the evening list."""
        day = self._view.evening.begun
        if not day and not self._view.questions.changed:
            return None
        sentence = self.tr("A line that you began is not kept; close once more to lose it.")
        return Loss(Place("notes", detail=f"{EVENING} {day}" if day else QUESTIONS), sentence)

    def _connect(self) -> None:
        view, acts, listed = self._view, self._view.acts, self._list
        view.changed.connect(self._look)
        view.either.turned.connect(lambda _: self.setFocusProxy(self._view.first))
        view.evening_wanted.connect(self._turn_evening)
        view.evening.chosen.connect(
            lambda day: self.opened.emit(Place("notes", detail=f"{EVENING} {day}"))
        )
        view.lines.opened.connect(self.opened)
        self._closing.arrived.connect(view.show_day)
        self._closing.opened.connect(self.opened)
        self._closing.changed.connect(self._look)
        self._asking.counted.connect(self._count_questions)
        self._asking.said.connect(self.said)
        view.begun.connect(self._begin)
        view.exported.connect(self._export)
        view.emptied.connect(self._emptying.empty)
        view.filing.chosen.connect(self._file)
        listed.opened.connect(self.opened)
        listed.wanted.connect(self._read)
        listed.sought.connect(self._seek)
        listed.removed.connect(self._remove)
        listed.restored.connect(self._restore)
        acts.removed.connect(self._remove)
        acts.restored.connect(self._restore)
        acts.filed.connect(lambda: view.filing.begin(len(listed.chosen())))
        acts.shown.connect(
            lambda readers: self._deeds.let_read(listed.chosen(), readers, self._name())
        )
        for part in (self._deeds, self._emptying):
            part.done.connect(self._look)
            part.said.connect(self.said)

    def _count_questions(self, number: int) -> None:
        self._view.chips.count_questions(number)
        self.setFocusProxy(self._view.first)

    def _turn_evening(self, wanted: bool) -> None:
        self.opened.emit(Place("notes", detail=EVENING if wanted else ""))

    def _look(self) -> None:
        wanted = self._view.wanted()
        self.desk.notes.ask("notes", lambda book: book.shelf.look(wanted), self._show, self._broken)
        asking = self._view.chips.face is Face.QUESTIONS
        self._asking.look(self._view.filter.text() if asking else "")

    def _show(self, found: Listing) -> None:
        self._view.show_listing(found)
        if not found.order:
            self._explain(found.wanted)

    def _read(self, rows: range) -> None:
        """Read the rows that came into sight; those that did before are not waited for."""
        wanted, order = self._view.shown, self._list.items.order
        numbers = order[rows.start : rows.stop]

        def arrived(read: Mapping[int, Entry]) -> None:
            if order is self._list.items.order:
                self._list.fill(rows, rows_of(read))

        self.desk.notes.ask(
            "notes-rows", lambda book: book.shelf.entries(wanted, numbers), arrived, self._failed
        )

    def _seek(self, letters: str, numbers: tuple[int, ...]) -> None:
        untitled = NoteRow.untitled()

        def arrived(number: int | None) -> None:
            if number is not None:
                self._list.go_to(number)

        self.desk.notes.ask(
            "notes-letters",
            lambda book: book.shelf.starting(numbers, letters, untitled),
            arrived,
            self._failed,
        )

    def _explain(self, wanted: Wanted) -> None:
        """Say why the list is empty, and offer one thing to do."""
        say = self._view.either.say_nothing
        back = self.tr("Back to the notes"), partial(self._view.chips.turn, Part.KEPT)
        if wanted.part is Part.TRASH:
            say("trash-2", self.tr("The trash is empty."), *back)
        elif wanted.part is Part.FILES:
            say("trash-2", self.tr("No photo or file was taken off its note."), *back)
        elif wanted.sought:
            words = self.tr("No note holds “{text}”.").format(text=wanted.sought)
            say("search", words, self.tr("Clear the filter"), self._view.filter.clear)
        elif wanted.part is Part.UNFILED:
            say("check", self.tr("Every note hangs on a record."), *back)
        else:
            words = self.tr("No notes yet. Begin one on any record, or here.")
            say("notebook-pen", words, self.tr("New note"), self._begin)

    def _broken(self, problem: FieldGuideError) -> None:
        still = self.tr("The guide, the search and the map work without them.")
        self._view.disable()
        if isinstance(problem, PassphraseNeeded):
            words = f"{problem} {still}"
            self._view.either.say_nothing("lock", words, self.tr("Unlock"), self.locking.emit)
            return
        self._view.either.say_nothing(
            "file-warning", f"{problem} {still}", self.tr("Open the directory"),
            lambda: self.opened.emit(Place("directory")),
        )  # fmt: skip

    def _name(self) -> str:
        row = self._list.current()
        return row.title if row is not None else NoteRow.untitled()

    def _begin(self) -> None:
        self.opened.emit(Place("note", None, "new"))

    def _remove(self) -> None:
        self._deeds.remove(self._list.chosen(), self._name())

    def _restore(self) -> None:
        """Put back what is chosen: notes and people, or files on their notes."""
        numbers = self._list.chosen()
        if self._view.shown.part is Part.FILES:
            rows = [self._list.items.item(number) for number in numbers]
            files = [row.entry.removed.attachment for row in rows if isinstance(row, FileRow)]
            self._deeds.put_back(files)
        else:
            self._deeds.restore(numbers, self._name())

    def _file(self, about: Ref, title: str) -> None:
        self._view.filing.left.emit()
        self._deeds.file(self._list.chosen(), about, title)

    def _export(self, audience: str) -> None:
        numbers = self._view.several()
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export notes to Markdown"), "notes.zip", self.tr("Zip files (*.zip)")
        )
        if chosen:
            self._deeds.export(numbers, audience, Path(chosen))

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
