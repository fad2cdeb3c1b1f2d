"""What is done to notes of a list, one or many: each deed is one, and so is its undo."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.attachments import Attachment
from fieldguide.domain.notes import AUDIENCES, Draft, Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.exports import save_markdown
from fieldguide.services.notebook import Changed, Notebook
from fieldguide.ui.desk import Desk
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.toast import Toast

PATIENCE: Final = 300
"""So many notes take about a second."""


class NoteDeeds(QObject):
    """Does them on the notebook's thread, by the numbers of the list, and offers to undo them."""

    said = Signal(str)
    done = Signal()
    """Lists are to be read again."""

    def __init__(self, desk: Desk, toast: Toast) -> None:
        super().__init__(toast)
        self._desk, self._toast = desk, toast

    def remove(self, numbers: Sequence[int], name: str) -> None:
        """Move notes to the trash; ``name`` is what one alone is called."""
        one = self.tr("Moved to the trash: {title}").format(title=name)
        many = self.tr("{number} notes moved to the trash")
        self._change(numbers, lambda draft: replace(draft, deleted=True), one, many)

    def restore(self, numbers: Sequence[int], name: str) -> None:
        """Take notes and people out of the trash."""
        one = self.tr("Restored: {title}").format(title=name)
        many = self.tr("{number} taken out of the trash")
        self._change(numbers, lambda draft: replace(draft, deleted=False), one, many)

    def put_back(self, files: Sequence[Attachment]) -> None:
        """Put photos and files back on the notes that they were taken off."""

        def done(_: object) -> None:
            one = self.tr("Put back: {name}").format(name=files[0].name)
            many = self.tr("{number} files put back").format(number=len(files))
            self._toast.offer(one if len(files) == 1 else many, self.tr("Undo"), undo)
            self.done.emit()

        def undo() -> None:
            take_off = partial(_each, files, lambda book, file: book.album.remove(file))
            self._desk.notes.do(take_off, lambda _: self.done.emit(), self._failed)

        put = partial(_each, files, lambda book, file: book.album.put_back(file))
        self._desk.notes.do(put, done, self._failed)

    def let_read(self, numbers: Sequence[int], readers: Visibility, name: str) -> None:
        """Say who notes are for."""
        word = visibility_mark(readers).word
        one = self.tr("{title}: readers set to {word}").format(title=name, word=word)
        many = self.tr("{number} notes: readers set to {word}").replace("{word}", word)
        self._change(numbers, lambda draft: replace(draft, visibility=readers), one, many)

    def file(self, numbers: Sequence[int], about: Ref, title: str) -> None:
        """Hang notes on a record."""
        one = self.tr("Filed under {title}").format(title=title)
        many = self.tr("{number} notes filed under {title}").replace("{title}", title)
        self._change(numbers, lambda draft: replace(draft, about=about, title=title), one, many)

    def export(self, numbers: Sequence[int] | None, audience: str, path: Path) -> None:
        """Write notes as Markdown: those of some numbers, or all that these readers may see.

        With all go people, questions and the rest of what is kept for them.
        """
        readers = AUDIENCES[audience]

        def write(book: Notebook) -> int:
            # What writes cards is not needed to look at notes.
            from fieldguide.services.takeout import pieces

            among = None if numbers is None else book.shelf.ids(numbers)
            beside = pieces(book, audience) if numbers is None else ()
            notes, enclosing = book.whole(readers, among), book.album.enclosing(audience)
            return save_markdown(notes, path, enclosing, beside)

        self._desk.notes.do(write, lambda number: self._written(number, path), self._failed)

    def _change(
        self, numbers: Sequence[int], change: Callable[[Draft], Draft], one: str, many: str
    ) -> None:
        def done(changed: tuple[Changed, ...]) -> None:
            number = len({each.note for each in changed})
            if not number:
                self.said.emit(self.tr("Nothing to change."))
                return
            words = (
                one
                if number == 1 and len(numbers) == 1
                else many.replace("{number}", f"{number:,}")
            )
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(changed))
            self.done.emit()

        self._say_patience(len(numbers))
        self._desk.notes.do(
            lambda book: book.change(book.shelf.ids(numbers), change), done, self._failed
        )

    def _say_patience(self, number: int) -> None:
        if number > PATIENCE:
            words = self.tr("Changing {number} notes; this takes a while.")
            self.said.emit(words.format(number=f"{number:,}"))

    def _undo(self, changed: tuple[Changed, ...]) -> None:
        self._say_patience(len(changed))
        self._desk.notes.do(
            lambda book: book.change_back(changed), lambda _: self.done.emit(), self._failed
        )

    def _written(self, number: int, path: Path) -> None:
        many = self.tr("{number} notes written to {path}").format(number=number, path=path)
        self.said.emit(
            self.tr("1 note written to {path}").format(path=path) if number == 1 else many
        )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))


def _each(
    files: Sequence[Attachment], deed: Callable[[Notebook, Attachment], object], book: Notebook
) -> None:
    for file in files:
        deed(book, file)
