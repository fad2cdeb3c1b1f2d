"""One note while it is written: what was typed, what is saved, and why the rest is not."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal

from fieldguide.domain.notes import Draft, Note, Visibility
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.services.writing import Occasion, Pen
from fieldguide.ui.tasks import Answer, Failed, Worker

PAUSE_MS: Final = 300
"""A save follows the last key by this much,"""
LONGEST_MS: Final = 1_000
"""and the first unsaved key by no more than this."""
RETRY_MS: Final = 5_000


class OpenNote(QObject):
    """Saves by itself; while it cannot, it keeps the text in memory and tries again."""

    changed = Signal()
    """Something that is shown beside the text is different now."""

    def __init__(
        self, worker: Worker[Notebook], draft: Draft, note: Note | None = None, versions: int = 1
    ) -> None:
        super().__init__()
        self._worker = worker
        self._pen = Pen(note)
        self.draft, self.note, self.versions = draft, note, versions
        self.problem = ""
        self._kept = draft.text
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._retry = self._timer(RETRY_MS)

    @classmethod
    def of(cls, worker: Worker[Notebook], note: Note) -> "OpenNote":
        """Open what was saved."""
        return cls(worker, note.revision.draft, note, len(note.heads))

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not on the disk."""
        return self.draft.text != self._kept

    def belong(self, occasion: Occasion) -> None:
        """Learn what the note is on; counts for a note that is not begun yet."""
        if self.note is None:
            title = occasion.record.title
            self.draft = replace(self.draft, title=title, visit=occasion.visit)

    def type(self, text: str) -> None:
        """Take what stands in the editor now."""
        if text == self.draft.text:
            return
        self.draft = replace(self.draft, text=text)
        if not self.unsaved:
            self._stop()
        elif not self._retry.isActive():
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start()
        self.changed.emit()

    def keep(self) -> None:
        """Save now what is unsaved; the answer comes through ``changed``."""
        self._stop()
        if self.unsaved:
            pen, draft = self._pen, _titled(self.draft)
            self._worker.do(lambda book: pen.write(book, draft), self._saved, self._failed)

    def attach(
        self,
        deed: Callable[[Notebook, str], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
    ) -> None:
        """Do something to the note that has this text; one that is not begun yet is begun."""
        self._stop()
        pen, draft = self._pen, _titled(self.draft)

        def act(book: Notebook) -> tuple[Note, Answer]:
            note = pen.write(book, draft)
            return note, deed(book, note.id)

        def arrived(answer: tuple[Note, Answer]) -> None:
            self._saved(answer[0])
            done(answer[1])

        def refused(problem: FieldGuideError) -> None:
            failed(problem)
            self.keep()

        self._worker.do(act, arrived, refused)

    def show_to(self, visibility: Visibility) -> None:
        """Say who it is for; a note not begun yet remembers it."""
        self.draft = replace(self.draft, visibility=visibility)
        pen = self._pen
        self._worker.do(lambda book: pen.show_to(book, visibility), self._shown, self._not_shown)
        self.changed.emit()

    def settle(self) -> None:
        """Let this text take the place of all versions."""
        self._stop()
        pen, text = self._pen, self.draft.text
        self._worker.do(lambda book: pen.settle(book, text), self._shown, self._failed)

    def _saved(self, note: Note) -> None:
        self.note, self.problem = note, ""
        self.versions = len(note.heads)
        self._kept = note.text
        self._retry.stop()
        self.changed.emit()

    def _shown(self, note: Note | None) -> None:
        if note is None:
            return
        self.note, self.problem = note, ""
        self.versions = len(note.heads)
        if not note.in_conflict:
            self._kept = note.text
        self.changed.emit()

    def _failed(self, problem: FieldGuideError) -> None:
        self._stop()
        self.problem = str(problem)
        if self.unsaved:
            self._retry.start()
        self.changed.emit()

    def _not_shown(self, problem: FieldGuideError) -> None:
        if self.note is not None:
            self.draft = replace(self.draft, visibility=self.note.visibility)
        self._failed(problem)

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()
        self._retry.stop()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(self.keep)
        return timer


def _titled(draft: Draft) -> Draft:
    """With some name of its record, even before the guide has told the right one."""
    if draft.title or draft.about is None:
        return draft
    return replace(draft, title=draft.about.slug.replace("-", " "))
