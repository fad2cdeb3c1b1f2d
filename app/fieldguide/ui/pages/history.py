"""S10, the history of a note: what it was on any day, what has changed since, and the way back."""

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.notes import Author, Note
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.services.timeline import (
    Compared,
    Step,
    Timeline,
    compared,
    counts,
    glance,
    timeline,
)
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.either import Either
from fieldguide.ui.history_view import DIFFERENCE, HistoryView
from fieldguide.ui.page import Page
from fieldguide.ui.step_list import moment_words
from fieldguide.ui.toast import Toast

FURTHER_MS: Final = 150


class HistoryPage(Page):
    """Shows the note whose id is the ``detail`` of the place."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("History"))
        self._place = Place("history")
        self._told: Timeline | None = None
        self._step: Step | None = None
        self._compared: Compared | None = None
        self._view = HistoryView(desk.look)
        self._toast = Toast(desk.look)
        self._either = Either(desk.look, self._view, self._view.steps)
        self._either.turned.connect(self.setFocusProxy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._either, 1)
        column.addWidget(self._toast)
        self.setFocusProxy(self._view.steps)
        self._bind()

    def show_place(self, place: Place) -> None:
        """Read the history of a note."""
        self._toast.dismiss()
        if place != self._place:
            self._told = self._step = self._compared = None
            self._view.turn(DIFFERENCE)
        self._place = place
        self._look()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._toast.dismiss()
        self.desk.notes.drop("history-rest")

    def heading(self) -> str:
        """The note and that this is its history."""
        return self.tr("History: {name}").format(name=self._name()) if self._told else ""

    def _bind(self) -> None:
        view = self._view
        view.steps.chosen.connect(self._compare)
        view.steps.wanted.connect(self._count)
        view.copied.connect(self._copy)
        view.restored.connect(self._restore)
        view.returned.connect(self._return)
        view.closed.connect(self._close)
        view.versions.kept.connect(self._settle)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self._close, context=context)

    def _look(self) -> None:
        note = self._place.detail

        def read(book: Notebook) -> tuple[Timeline, Author]:
            return glance(book, note), book.me()

        self.desk.notes.ask("history", read, self._show, self._broken)

    def _show(self, answer: tuple[Timeline, Author]) -> None:
        told, me = answer
        self._told = told
        self._either.show_content()
        self._view.show_timeline(told, me.id, self._name())
        if not told.whole:
            # When the first steps are painted: it takes the processor for longer than they do.
            QTimer.singleShot(FURTHER_MS, self, lambda: self._look_further(told, me.id))

    def _look_further(self, begun: Timeline, me: str) -> None:
        """The steps before those that are there; what was saved meanwhile is looked at anew."""
        note = begun.note.id
        if self._told is not begun or not self.isVisible():
            return

        def arrived(told: Timeline) -> None:
            if self._told is not begun:
                return
            if told.note.revision.id != begun.note.revision.id:
                self._look()
                return
            self._told = told
            self._view.add_steps(told, me)

        self.desk.notes.ask(
            "history-rest", lambda book: timeline(book, note, 0), arrived, self._failed
        )

    def _count(self, steps: list[Step]) -> None:
        note = self._place.detail
        self.desk.notes.ask(
            "history-counts",
            lambda book: counts(book, note, steps),
            self._view.steps.put_steps,
            self._failed,
        )

    def _compare(self, step: Step) -> None:
        told = self._told
        if told is None:
            return
        newest = told.newest(step)
        head = told.note.revision.id
        before, after = (step.before, step.saved.id) if newest else (step.saved.id, head)

        def arrived(found: Compared) -> None:
            self._step, self._compared = step, found
            self._view.show_compared(step, found, told)

        note = told.note.id
        self.desk.notes.ask(
            "history-step", lambda book: compared(book, note, before, after), arrived, self._failed
        )

    def _copy(self) -> None:
        if self._step is not None:
            QGuiApplication.clipboard().setText(self._view.text.text())
            self.said.emit(self.tr("Copied the text of {when}").format(when=self._when()))

    def _restore(self) -> None:
        if self._compared is not None and self._compared.before is not None:
            words = self.tr("Restored {when}, as one more step").format(when=self._when())
            self._put_on_top(self._compared.before.draft.text, words)

    def _return(self) -> None:
        if self._compared is not None:
            words = self.tr("Restored the lines removed since {when}").format(when=self._when())
            self._put_on_top(self._compared.difference.with_removed, words)

    def _put_on_top(self, text: str, words: str) -> None:
        """Save a text over the one that is shown as now; the toast offers to take it back."""
        assert self._told is not None
        now = self._told.note

        def done(saved: Note) -> None:
            self._toast.offer(words, self.tr("Undo"), lambda: self._take_back(now, saved))
            self._look()

        self.desk.notes.do(
            lambda book: book.save(now.id, text, now.revision.id), done, self._failed
        )

    def _take_back(self, before: Note, saved: Note) -> None:
        def undo(book: Notebook) -> None:
            book.save(saved.id, before.text, saved.revision.id)
            if before.deleted:
                book.delete(saved.id)

        self.desk.notes.do(undo, lambda _: self._look(), self._failed)

    def _settle(self, text: str) -> None:
        assert self._told is not None
        note = self._told.note.id

        def done(_: Note) -> None:
            self.said.emit(self.tr("One version now; the others stay in the history."))
            self._look()

        self.desk.notes.do(lambda book: book.settle(note, text), done, self._failed)

    def _when(self) -> str:
        assert self._step is not None
        assert self._told is not None
        return moment_words(self._step.when, self._told.steps[0].when)

    def _name(self) -> str:
        title = self._told.note.title if self._told else ""
        return title or self.tr("Unfiled note")

    def _close(self) -> None:
        if self._told is not None and not self._told.note.deleted:
            self.opened.emit(Place("note", self._told.note.about, self._told.note.id))
        else:
            self.opened.emit(Place("notes"))

    def _broken(self, problem: FieldGuideError) -> None:
        self._told = None
        words, act = str(problem), self.tr("To the notes")
        self._either.say_nothing("file-warning", words, act, self._close)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
