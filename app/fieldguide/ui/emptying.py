"""Nothing leaves the trash before a backup that still holds it was made and checked."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.backups import Reason
from fieldguide.errors import FieldGuideError
from fieldguide.ui.tasks import Worker

if TYPE_CHECKING:
    from fieldguide.services.backups import Backups
    from fieldguide.services.disposal import Dates, Gone
    from fieldguide.services.notebook import Notebook


class Emptying(QObject):
    """Lets go of what has been in the trash for thirty days, or of all of it when asked to."""

    said = Signal(str)
    done = Signal()

    def __init__(
        self,
        notes: "Worker[Notebook]",
        backups: "Worker[Backups] | None",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._notes, self._backups = notes, backups

    def purge(self) -> None:
        """Let go of what is due; says so only when there was something."""
        # A locked window keeps the file closed.
        if self._notes.resting:
            return

        def looked(due: int) -> None:
            if due:
                self._secure(lambda book: book.disposal.purge())

        self._notes.do(lambda book: book.disposal.look(), looked, lambda _: None)

    def empty(self) -> None:
        """Let go of all that lies in the trash; whoever asks has said yes to it."""

        def asked(trashed: "Dates") -> None:
            self._secure(lambda book: book.disposal.empty(trashed))

        self._notes.do(lambda book: book.disposal.trashed(), asked, self._failed)

    def _secure(self, deed: "Callable[[Notebook], Gone]") -> None:
        def go_on(_: object) -> None:
            if not self._notes.resting:
                self._notes.do(deed, self._tell, self._failed)

        if self._backups is None:
            go_on(None)
        else:
            self._backups.do(lambda backups: backups.make(Reason.PURGE), go_on, self._failed)

    def _tell(self, gone: "Gone") -> None:
        number = len(gone.notes) + len(gone.people) + len(gone.files)
        if number:
            one = self.tr("1 item left the trash for good; a backup still holds it.")
            many = self.tr("{number} items left the trash for good; a backup still holds them.")
            self.said.emit(one if number == 1 else many.format(number=number))
        self.done.emit()

    def _failed(self, problem: FieldGuideError) -> None:
        kept = self.tr("Nothing left the trash. {problem}")
        self.said.emit(kept.format(problem=problem))
