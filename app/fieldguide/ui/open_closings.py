"""What visits came to, as it was typed: it stays in memory until the notes file has it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.entries import Closing
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services import visiting
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import Subject
from fieldguide.ui.open_note import OpenNote
from fieldguide.ui.tasks import Worker


@dataclass(eq=False)
class _Owed:
    """The fields of one visit, beside the note they were typed beside."""

    subject: Subject
    note: OpenNote
    typed: Closing
    failed: bool = False


class OpenClosings(QObject):
    """Saves the fields of each visit, and again what could not be saved before."""

    saved = Signal()
    failed = Signal(object)
    """A FieldGuideError."""

    def __init__(self, notes: Worker[Notebook], parent: QObject) -> None:
        super().__init__(parent)
        self._notes = notes
        self._owed: dict[Ref, _Owed] = {}

    def keep(self, subject: Subject, note: OpenNote, typed: Closing) -> None:
        """Write down the fields as they stand; attendance and state stay what they are."""
        there = self._owed.get(subject.refs[0])
        if there is None or there.typed != typed:
            owed = self._owed[subject.refs[0]] = _Owed(subject, note, typed)
            self._save(owed)

    def retry(self) -> None:
        """Try again what could not be saved."""
        for owed in [one for one in self._owed.values() if one.failed]:
            self._save(owed)

    def typed(self, visit: Ref) -> Closing | None:
        """The fields of a visit that are not known to be saved."""
        owed = self._owed.get(visit)
        return owed.typed if owed is not None else None

    def saving(self) -> bool:
        """Whether a save is on its way whose end nobody knows yet."""
        return any(not owed.failed for owed in self._owed.values())

    def lost(self) -> OpenNote | None:
        """The note beside which lies what would be lost now."""
        return next((owed.note for owed in self._owed.values() if owed.failed), None)

    def _save(self, owed: _Owed) -> None:
        owed.failed = False
        self._notes.do(_writer(owed), lambda _: self._done(owed), lambda why: self._fail(owed, why))

    def _done(self, owed: _Owed) -> None:
        # What was typed meanwhile has a save of its own.
        if self._owed.get(owed.subject.refs[0]) is owed:
            del self._owed[owed.subject.refs[0]]
        self.saved.emit()

    def _fail(self, owed: _Owed, why: FieldGuideError) -> None:
        owed.failed = True
        self.failed.emit(why)


def _writer(owed: _Owed) -> Callable[[Notebook], object]:
    subject, typed = owed.subject, owed.typed
    return lambda book: visiting.amend(
        book, subject, lambda kept: replace(typed, attended=kept.attended, closed=kept.closed)
    )
