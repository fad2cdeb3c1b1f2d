"""One note while it is written: what was typed, what is saved, and why the rest is not."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from fieldguide.domain.notes import Draft, Note, Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.notebook import Notebook
from fieldguide.services.writing import Occasion, Pen
from fieldguide.ui.tasks import Answer, Failed, Worker

PAUSE_MS: Final = 300
"""A save follows the last key by this much,"""
LONGEST_MS: Final = 900
"""and the first unsaved key by no more than this, less what a save takes on this disk: so that
what is typed is safe a second later.
"""
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
        self._draft, self.note, self.versions = draft, note, versions
        self._typed: Callable[[], str] | None = None
        self.problem = ""
        self._kept = self._sent = draft.text
        self._under_way, self._overdue = 0, False
        self._asked_at, self._took_ms = 0.0, 0.0
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        self._retry = self._timer(RETRY_MS)

    @classmethod
    def of(cls, worker: Worker[Notebook], note: Note) -> "OpenNote":
        """Open what was saved."""
        return cls(worker, note.revision.draft, note, len(note.heads))

    @property
    def draft(self) -> Draft:
        """The note as it stands now; its text is read from the editor if it changed."""
        if self._typed is not None:
            read, self._typed = self._typed, None
            self._draft = replace(self._draft, text=read())
        return self._draft

    @property
    def visibility(self) -> Visibility:
        """Who it is for; cheap, unlike the draft."""
        return self._draft.visibility

    @property
    def about(self) -> Ref | None:
        """What it is on; cheap, unlike the draft."""
        return self._draft.about

    @property
    def visit(self) -> Ref | None:
        """The visit it was written at; cheap, unlike the draft."""
        return self._draft.visit

    @property
    def title(self) -> str:
        """The title of what it is on; cheap, unlike the draft."""
        return self._draft.title

    @property
    def unsaved(self) -> bool:
        """Whether something was typed that is not known to be on the disk."""
        waiting = self._typed is not None or self._under_way > 0
        return waiting or self._draft.text != self._kept

    def stands_at(self, note: Note) -> bool:
        """Whether this is what was saved last, and nothing was typed since."""
        own = self.note
        same = own is not None and own.revision.id == note.revision.id and own.heads == note.heads
        return same and not self.unsaved

    def belong(self, occasion: Occasion) -> None:
        """Learn what the note is on; one that was begun meanwhile on nothing is filed there."""
        about, title, visit = occasion.record.ref, occasion.record.title, occasion.visit
        filed = self._draft.about is not None
        if self.note is None or not filed:
            self._draft = replace(self._draft, about=about, title=title, visit=visit)
        if not filed and (self.note is not None or self._under_way):
            pen = self._pen
            deed = lambda book: pen.file(book, about, title, visit)  # noqa: E731
            self._worker.do(deed, self._shown, self._failed)

    def type(self, read: Callable[[], str]) -> None:
        """Hear that the text changed; ``read`` gives it, which a key need not wait for."""
        news = not self.unsaved
        self._typed = read
        if not self._retry.isActive():
            self._pause.start()
            if not self._longest.isActive():
                self._longest.start(max(PAUSE_MS, int(LONGEST_MS - self._took_ms)))
        if news:
            self.changed.emit()

    def keep(self) -> None:
        """Save now what is unsaved; the answer comes through ``changed``."""
        self._stop()
        self._overdue = False
        news, draft = self._typed is not None, self.draft
        # Compared with what was sent: an older text may be on its way while this one is typed.
        if draft.text != self._sent:
            pen, self._sent = self._pen, draft.text
            draft = _titled(draft)
            self._under_way += 1
            self._asked_at = time.monotonic()
            self._worker.do(lambda book: pen.write(book, draft), self._written, self._not_written)
        elif news:
            # Typed and taken back: there is nothing to save.
            self.changed.emit()

    def abandon(self) -> None:
        """Save and say no more: what the text is read from is gone, and whoever would hear."""
        self._typed = None
        self._stop()
        self.blockSignals(True)

    def attach(
        self,
        deed: Callable[[Notebook, str], Answer],
        done: Callable[[Answer], None],
        failed: Failed,
    ) -> None:
        """Do something to the note that has this text; one that is not begun yet is begun."""
        self._stop()
        pen, draft = self._pen, _titled(self.draft)
        self._sent = draft.text
        self._under_way += 1
        self._asked_at = time.monotonic()

        def act(book: Notebook) -> tuple[Note, Answer]:
            note = pen.write(book, draft)
            return note, deed(book, note.id)

        def arrived(answer: tuple[Note, Answer]) -> None:
            self._written(answer[0])
            done(answer[1])

        def refused(problem: FieldGuideError) -> None:
            self._ended(failed=True)
            failed(problem)
            self.keep()

        self._worker.do(act, arrived, refused)

    def show_to(self, visibility: Visibility) -> None:
        """Say who it is for; a note not begun yet remembers it."""
        self._draft = replace(self._draft, visibility=visibility)
        pen = self._pen
        self._worker.do(lambda book: pen.show_to(book, visibility), self._shown, self._not_shown)
        self.changed.emit()

    def settle(self) -> None:
        """Let this text take the place of all versions."""
        self._stop()
        pen, text = self._pen, self.draft.text
        self._sent = text
        self._under_way += 1

        def settled(note: Note | None) -> None:
            self._ended()
            self._shown(note)

        self._worker.do(lambda book: pen.settle(book, text), settled, self._not_written)

    def _keep_in_turn(self) -> None:
        """Save, but not behind a save that is under way: on a slow disk they would pile up."""
        if self._under_way:
            self._overdue = True
        else:
            self.keep()

    def _written(self, note: Note) -> None:
        self._ended()
        self._took_ms = (time.monotonic() - self._asked_at) * 1_000
        self._saved(note)
        if self._overdue:
            self.keep()

    def _not_written(self, problem: FieldGuideError) -> None:
        self._overdue = False
        self._ended(failed=True)
        self._failed(problem)

    def _ended(self, *, failed: bool = False) -> None:
        self._under_way -= 1
        if failed and not self._under_way:
            self._sent = self._kept

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
            self._draft = replace(self._draft, visibility=self.note.visibility)
        self._failed(problem)

    def _stop(self) -> None:
        self._pause.stop()
        self._longest.stop()
        self._retry.stop()

    def _timer(self, wait: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setTimerType(Qt.TimerType.PreciseTimer)
        timer.setInterval(wait)
        timer.timeout.connect(self._keep_in_turn)
        return timer


def _titled(draft: Draft) -> Draft:
    """With some name of its record, even before the guide has told the right one."""
    if draft.title or draft.about is None:
        return draft
    return replace(draft, title=draft.about.slug.replace("-", " "))
