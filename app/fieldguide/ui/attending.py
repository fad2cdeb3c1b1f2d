"""What is done beside the note of a visit: questions asked and answered, people met."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.entries import Asked, Closing
from fieldguide.domain.person_line import parsed
from fieldguide.errors import FieldGuideError
from fieldguide.services import visiting
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import Scene, Subject, ToAsk
from fieldguide.ui.closing import ClosingForm
from fieldguide.ui.desk import Desk
from fieldguide.ui.open_closings import OpenClosings
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.toast import Toast
from fieldguide.ui.visit_side import VisitSide

_TOPIC = "visit"


class Attending(QObject):
    """Does it on the notebook's thread, shows how all stands after it, and offers to undo it."""

    said = Signal(str)
    shown = Signal(object)
    """A Scene, each time it is read again."""

    def __init__(self, desk: Desk, side: VisitSide, closing: ClosingForm, toast: Toast) -> None:
        super().__init__(side)
        self._desk, self._side, self._closing, self._toast = desk, side, closing, toast
        self.subject: Subject | None = None
        self._note: OpenNote | None = None
        self._scene: Scene | None = None
        self._under_way = 0
        self._owed: list[tuple[OpenNote, Callable[[], None]]] = []
        self.closings = OpenClosings(desk.notes, self)
        self.closings.saved.connect(self.refresh)
        self.closings.failed.connect(self._failed)
        side.questions.added.connect(self._add)
        side.questions.answered.connect(self._answer)
        side.questions.taken_up.connect(self._take_up)
        side.questions.usual_wanted.connect(self._add_usual)
        side.questions.list.ticked.connect(self._tick)
        side.questions.list.removed.connect(self._drop)
        side.people.list.ticked.connect(self._tick_person)
        side.people.list.entered.connect(self._tick_person)
        side.people.met.connect(self._meet)
        closing.left.connect(self.keep)
        closing.closed.connect(self._close)

    @property
    def saving(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._under_way > 0 or self.closings.saving()

    def lost(self) -> OpenNote | None:
        """The note beside which a line was typed that would be lost now."""
        if self._owed:
            return self._owed[0][0]
        return self._note if self._side.typed else None

    def leave(self) -> None:
        """Another note shows; an answer on its way belongs to the one before."""
        self.keep()
        self._closing.forget()
        self._desk.notes.drop(_TOPIC)
        self.subject = self._note = self._scene = None
        self._toast.dismiss()
        self._side.empty()

    def keep(self) -> None:
        """Write down what was typed of what the visit came to, and what could not be before."""
        if self.subject is not None and self._note is not None and self._closing.changed:
            self.closings.keep(self.subject, self._note, self._closing.over(Closing()))
        self.closings.retry()
        owed, self._owed = self._owed, []
        for _, write in owed:
            write()

    def show(self, subject: Subject, note: OpenNote) -> None:
        """Show what belongs to the visit or the record of a note."""
        self.subject, self._note = subject, note
        self.refresh()

    def refresh(self) -> None:
        """Read it again."""
        subject = self.subject
        if subject is not None:
            self._desk.notes.ask(
                _TOPIC,
                lambda book: visiting.scene_of(book, subject),
                self._arrived,
                # The note itself says what is wrong with the notes.
                lambda _: None,
            )

    def do(
        self, deed: Callable[[Notebook, Subject], object], words: str = "", *,
        undo: Callable[[Notebook, Subject, object], object] | None = None,
        again: Callable[[], bool] | None = None,
    ) -> None:  # fmt: skip
        """Change something of the visit and then say so; ``undo`` is given what it answered.

        ``again`` puts what was typed back where it could not be kept, if there is room.
        """
        subject, note = self.subject, self._note
        if subject is None or note is None:
            return
        self._toast.dismiss()

        def write() -> None:
            self._under_way += 1
            self._desk.notes.do(lambda book: deed(book, subject), done, broken)

        def done(answer: object) -> None:
            self._under_way -= 1
            if undo is not None and subject is self.subject:
                back = lambda: self.do(lambda book, _: undo(book, subject, answer))  # noqa: E731
                self._toast.offer(words, self.tr("Undo"), back)
            elif words:
                self.said.emit(words)
            self.refresh()

        def broken(problem: FieldGuideError) -> None:
            self._under_way -= 1
            if again is not None and not (subject is self.subject and again()):
                # The line is taken by now, or shows another visit: it is tried again unseen.
                self._owed.append((note, write))
            self._failed(problem)

        write()

    def _arrived(self, scene: Scene) -> None:
        if scene.subject is self.subject:
            self._scene = scene
            self._side.show_scene(scene)
            self._closing.show_scene(scene)
            typed = self.closings.typed(scene.subject.refs[0])
            if typed is not None and not self._closing.changed:
                self._closing.show_typed(typed)
            self.shown.emit(scene)

    def _add(self, text: str) -> None:
        self.do(
            lambda book, subject: visiting.prepare(book, subject, text),
            again=partial(self._side.questions.add_again, text),
        )

    def _add_usual(self) -> None:
        def undo(book: Notebook, _: Subject, ids: object) -> None:
            assert isinstance(ids, tuple)
            for one in ids:
                book.questions.remove(one)

        words = self.tr("The usual questions were added.")
        self.do(visiting.prepare_usual, words, undo=undo)

    def _take_up(self, asked: ToAsk) -> None:
        self.do(
            lambda book, subject: visiting.prepare(book, subject, asked.text, asked.origin).id,
            self.tr("Kept as a question: {text}").format(text=asked.text),
            undo=lambda book, _, entry: book.questions.remove(str(entry)),
        )

    def _tick(self, asked: ToAsk) -> None:
        done = Asked.ANSWERED if asked.answer else Asked.ASKED
        state = done if asked.state is Asked.OPEN else Asked.OPEN
        self.do(lambda book, subject: visiting.answer(book, subject, asked, state, asked.answer))

    def _answer(self, asked: ToAsk, words: str) -> None:
        state = Asked.ANSWERED if words else Asked.ASKED
        self.do(
            lambda book, subject: visiting.answer(book, subject, asked, state, words),
            again=partial(self._side.questions.answer_again, asked, words),
        )

    def _drop(self, asked: ToAsk) -> None:
        self.do(
            lambda book, subject: (
                visiting.answer(book, subject, asked, Asked.DROPPED, asked.answer).id
            ),
            self.tr("Dropped: {text}").format(text=asked.text),
            undo=lambda book, subject, entry: visiting.take_back(book, asked, str(entry)),
        )

    def _tick_person(self, who: str) -> None:
        here = self._scene is None or who not in self._scene.attended
        self.do(lambda book, subject: visiting.attend(book, subject, who, here))

    def _close(self, closed: bool) -> None:
        typed = self._closing.over(Closing(closed=closed))
        self.do(
            lambda book, subject: visiting.amend(
                book, subject, lambda kept: replace(typed, attended=kept.attended)
            ),
            self.tr("Visit closed") if closed else self.tr("The visit is open again"),
        )

    def _meet(self, line: str) -> None:
        person = parsed(line).whole
        now = self._desk.clock()

        def deed(book: Notebook, subject: Subject) -> str:
            entry = visiting.meet(book, subject, person, now)
            visiting.attend(book, subject, entry.id, here=True)
            return entry.id

        def undo(book: Notebook, subject: Subject, entry: object) -> None:
            visiting.attend(book, subject, str(entry), here=False)
            book.people.remove(str(entry))

        name = person.title or self.tr("somebody without a name")
        again = partial(self._side.people.type_again, line)
        self.do(deed, self.tr("Kept: {name}").format(name=name), undo=undo, again=again)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
