"""What was searched for in vain becomes a question, on the visit that is open or of the moment."""

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.entries import Entry, Question
from fieldguide.domain.records import Ref
from fieldguide.services import visiting
from fieldguide.services.visiting import Subject
from fieldguide.ui.desk import Desk
from fieldguide.ui.hits import Row, Way
from fieldguide.ui.parts import key_text


class Missed(QObject):
    """Keeps it, says for which visit, and lets go of it again."""

    kept = Signal(object)
    """A Row that says so, and takes it back."""
    let_go = Signal()
    failed = Signal(object)
    """A FieldGuideError."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk

    def keep(self, text: str, about: Ref | None) -> None:
        """Keep these words as a question, where it can be for the visit of the open record."""
        now = self._desk.clock()
        self._desk.guide.do(
            lambda guide: visiting.subject_near(guide, now, about),
            lambda subject: self._keep(text, subject),
            # A guide that does not open keeps nobody from asking.
            lambda _: self._keep(text, None),
        )

    def let_go_of(self, question: str) -> None:
        """Take a question back that was kept."""
        self._desk.notes.do(
            lambda book: book.questions.remove(question),
            lambda _: self.let_go.emit(),
            self.failed.emit,
        )

    def _keep(self, text: str, subject: Subject | None) -> None:
        words = self.tr("Kept as a question without a visit")
        if subject is not None:
            words = self.tr("Kept as a question: {visit}").format(visit=subject.title)

        def kept(entry: Entry[Question]) -> None:
            back = self.tr("{key} takes it back").format(key=key_text("Ctrl+Z"))
            row = Row(
                words, "check", answer=text, why=back, surprising=True,
                text=entry.id, way=Way.TAKE_BACK,
            )  # fmt: skip
            self.kept.emit(row)

        self._desk.notes.do(
            lambda book: visiting.ask_missed(book, subject, text), kept, self.failed.emit
        )
