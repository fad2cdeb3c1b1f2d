"""What is done with open questions: each is kept at once, and can be taken back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.entries import Asked
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.services.open_questions import OpenQuestion, holding, open_questions, settle
from fieldguide.ui.desk import Desk
from fieldguide.ui.question_list import QuestionList
from fieldguide.ui.tasks import Failed
from fieldguide.ui.toast import Toast


class QuestionDeeds(QObject):
    """Reads the list and does what its keys ask for, on the notebook's thread."""

    said = Signal(str)
    counted = Signal(int)
    """So many are open, whatever is sought."""

    def __init__(self, desk: Desk, questions: QuestionList, toast: Toast) -> None:
        super().__init__(questions)
        self._desk, self._list, self._toast = desk, questions, toast
        self._sought = ""
        questions.answered.connect(self._answer)
        questions.asked.connect(self._tick)
        questions.dropped.connect(self._drop)

    def look(self, sought: str = "") -> None:
        """Read those that hold some words."""
        self._sought = sought

        def read(book: Notebook) -> tuple[list[OpenQuestion], int]:
            found = open_questions(book)
            return holding(found, sought), len(found)

        # The page says what is wrong with the notes.
        self._desk.notes.ask("questions", read, self._show, lambda _: None)

    def _show(self, found: tuple[list[OpenQuestion], int]) -> None:
        questions, count = found
        self._list.show_questions(questions)
        self.counted.emit(count)

    def _answer(self, question: OpenQuestion, words: str) -> None:
        said = self.tr("Answered: {text}").format(text=question.value.text)

        def failed(problem: FieldGuideError) -> None:
            self._failed(problem)
            self._list.answer_again(question, words)

        self._do(lambda book: settle(book, question, Asked.ANSWERED, words), said, failed)

    def _tick(self, question: OpenQuestion) -> None:
        asked = question.value.state is Asked.OPEN
        words = self.tr("Asked: {text}") if asked else self.tr("Not asked yet: {text}")
        state = Asked.ASKED if asked else Asked.OPEN
        self._do(lambda book: settle(book, question, state), words.format(text=question.value.text))

    def _drop(self, question: OpenQuestion) -> None:
        said = self.tr("Dropped: {text}").format(text=question.value.text)
        self._do(lambda book: settle(book, question, Asked.DROPPED), said)

    def _do(
        self,
        deed: Callable[[Notebook], Callable[[Notebook], object]],
        words: str,
        failed: Failed | None = None,
    ) -> None:
        def done(undo: Callable[[Notebook], object]) -> None:
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(undo))
            self.look(self._sought)

        self._toast.dismiss()
        self._desk.notes.do(deed, done, failed or self._failed)

    def _undo(self, undo: Callable[[Notebook], object]) -> None:
        self._desk.notes.do(undo, lambda _: self.look(self._sought), self._failed)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
