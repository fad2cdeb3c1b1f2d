"""S14: what was promised and what is still to do, by week or by owner."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from fieldguide.domain.due import read_due
from fieldguide.domain.entries import FollowUp, Progress
from fieldguide.errors import BadRequest, FieldGuideError, PassphraseNeeded
from fieldguide.services import follow_ups, letters
from fieldguide.services.addressees import Addressee, addressees, called
from fieldguide.services.follow_ups import Board, Filter, Task
from fieldguide.services.ics import save_calendar
from fieldguide.services.letters import Letter
from fieldguide.services.notebook import Notebook
from fieldguide.services.programme import mission_end
from fieldguide.services.register import Deed
from fieldguide.services.roster import Named, named_in
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.follow_ups_view import FollowUpsView
from fieldguide.ui.page import Loss, Page
from fieldguide.ui.parts import IconButton
from fieldguide.ui.tasks import Failed


class FollowUpsPage(Page):
    """Lists the follow-ups and does what the keys ask for, each with an undo."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Follow-ups"))
        self._view = FollowUpsView(desk.look, self)
        self._over: date | None = None
        self._named: tuple[Named, ...] = ()
        self._calendar = IconButton(desk.look, "calendar-days", self.tr("Calendar"), self._export)
        self._new = IconButton(desk.look, "plus", self.tr("Follow-up"), self._begin)
        for button, name in (
            (self._calendar, self.tr("Write a calendar file")),
            (self._new, self.tr("New follow-up")),
        ):
            button.setAccessibleName(name)
            button.setToolTip(name)
            self._view.header.add(button)
        self._connect()
        self.setFocusProxy(self._view.list)

    def show_place(self, place: Place) -> None:
        """Read the follow-ups again; the end of the mission is asked for once."""
        self._view.settle()
        if self._over is None:
            self.desk.guide.ask("mission-end", mission_end, self._take_end, lambda _: None)
            self.desk.guide.ask("addressees", named_in, self._take_named, lambda _: None)
        self._look()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._view.settle()

    def losing(self) -> Loss | None:
        """A follow-up that was begun; a draft is nobody's until it is sent."""
        if not self._view.form.changed:
            return None
        sentence = self.tr("A follow-up that you began is not kept; close once more to lose it.")
        return Loss(Place("follow-ups"), sentence)

    def _connect(self) -> None:
        view = self._view
        view.changed.connect(self._look)
        view.either.turned.connect(self.setFocusProxy)
        view.list.opened.connect(self.opened)
        view.list.acted.connect(self._act)
        self.desk.look.veiled.connect(self._veil)
        view.form.kept.connect(self._keep)
        view.letter.said.connect(self.said)
        view.list.copied.connect(
            lambda text: self.said.emit(self.tr("Copied {text}").format(text=text))
        )

    def _today(self) -> date:
        return self.desk.clock().date()

    def _take_end(self, end: date) -> None:
        self._over = end

    def _take_named(self, named: tuple[Named, ...]) -> None:
        self._named = named
        self._look()

    def _look(self, chosen: Task | None = None) -> None:
        shown, by_owner, today = self._view.filter, self._view.by_owner, self._today()
        kept, named = chosen or self._view.list.current(), self._named

        def read(book: Notebook) -> tuple[Board, dict[str, Addressee]]:
            board = follow_ups.board(book, today, shown, by_owner=by_owner)
            asked = any(task.value.person for group in board.groups for task in group.tasks)
            return board, addressees(book, named) if asked else {}

        self.desk.notes.ask(
            "follow-ups", read, lambda found: self._show(*found, kept), self._broken
        )

    def _show(self, board: Board, people: dict[str, Addressee], chosen: Task | None) -> None:
        self._view.show_board(board, people, self._today(), chosen)
        if board.groups:
            return
        if board.counts[Filter.ALL]:
            words, back = self.tr("None of them."), self.tr("Show all")
            self._view.say_nothing("check", words, back, partial(self._view.turn, Filter.ALL))
        else:
            words = self.tr("Nothing to follow up. A line that begins with A: comes here.")
            self._view.say_nothing("list-todo", words, self.tr("New follow-up"), self._begin)

    def _broken(self, problem: FieldGuideError) -> None:
        if isinstance(problem, PassphraseNeeded):
            self._view.say_nothing("lock", str(problem), self.tr("Unlock"), self.locking.emit)
            return
        self._view.say_nothing(
            "file-warning", str(problem), self.tr("Open the directory"),
            lambda: self.opened.emit(Place("directory")),
        )  # fmt: skip

    def _begin(self) -> None:
        self._ask(None)

    def _ask(self, task: Task | None, first: str = "words") -> None:
        """The line is there at once; who may be offered in it comes as soon as it is read."""
        named = self._named
        self._view.ask(task, first)
        self.desk.notes.ask(
            "addressees", lambda book: addressees(book, named), self._view.form.offer, self._failed
        )

    def _act(self, act: str) -> None:
        task = self._view.list.current()
        if task is None:
            return
        match act:
            case "done":
                self._set(task, Progress.DONE, self.tr("Done: {text}"))
            case "waiting":
                self._set(task, Progress.WAITING, self.tr("Waiting: {text}"))
            case "remove":
                self._do(
                    lambda book: follow_ups.remove(book, task), task, self.tr("Removed: {text}")
                )
            case "mail":
                self._write(task)
            case _:
                self._ask(task, act)

    def _set(self, task: Task, state: Progress, words: str) -> None:
        """Say how it stands; the same key once more opens it again."""
        if task.value.state is state:
            state, words = Progress.OPEN, self.tr("Open again: {text}")
        self._do(lambda book: follow_ups.set_state(book, task, state), task, words)

    def _keep(self, task: Task | None, text: str, owner: str, typed: str, whom: str) -> None:
        today = self._today()
        try:
            same = task is not None and typed.strip() == task.value.due
            promised = task.value.promised if task and same else ""
            due = typed.strip()
            if not same:
                due, promised = read_due(typed, today, self._over or today)
        except BadRequest as problem:
            self._view.form.say(str(problem))
            self._view.form.due.setFocus()
            return
        value = FollowUp(text.strip(), owner=owner.strip(), due=due, promised=promised)
        before = self._view.named(task)
        if whom.strip() == before:
            person = task.value.person if task else ""
            self._store(task, replace(value, person=person))
            return
        named = self._named

        def arrived(people: dict[str, Addressee]) -> None:
            found = called(people.values(), whom)
            if found is None and whom.strip():
                words = self.tr("Nobody here is called “{name}”.").format(name=whom.strip())
                self._view.form.say(words)
                self._view.form.whom.setFocus()
                return
            self._store(task, replace(value, person=found.key if found else ""))

        self.desk.notes.ask(
            "addressees", lambda book: addressees(book, named), arrived, self._failed
        )

    def _store(self, task: Task | None, value: FollowUp) -> None:
        words = self.tr("Kept: {text}")
        self._view.answer()
        if task is None:
            self._do(lambda book: follow_ups.add(book, value), Task(value), words, self._not_kept)
            return
        text = "" if task.line is not None else value.text
        self._do(
            lambda book: follow_ups.assign(
                book, task, value.owner, value.due, value.promised, text, value.person
            ),
            task,
            words,
            self._not_kept,
        )

    def _do(
        self,
        deed: Callable[[Notebook], Deed[FollowUp]],
        task: Task,
        words: str,
        failed: Failed | None = None,
    ) -> None:
        """Do it, show it, and offer to take it back."""
        said = words.format(text=task.value.text)

        def done(deed: Deed[FollowUp]) -> None:
            self._view.toast.offer(said, self.tr("Undo"), lambda: self._undo(deed))
            self._look(task if task.key[0] or task.key[1] else replace(task, entry=deed.entry))

        self.desk.notes.do(deed, done, failed or self._failed)

    def _undo(self, deed: Deed[FollowUp]) -> None:
        self.desk.notes.do(
            lambda book: book.follow_ups.undo(deed), lambda _: self._look(), self._failed
        )

    def _write(self, task: Task) -> None:
        if self.desk.look.discreet:
            self.said.emit(self.tr("A draft cites what people said; not in the discreet view."))
            return

        named = self._named

        def draft(book: Notebook) -> Letter:
            quotes, key = follow_ups.said_with(book, task), task.value.person
            whom = addressees(book, named).get(key) if key else None
            to, dear = (whom.email, whom.name) if whom else ("", "")
            return letters.draft(task, quotes, book.own_card.name(), to, dear)

        self.desk.notes.ask("letter", draft, self._show_letter, self._failed)

    def _show_letter(self, letter: Letter) -> None:
        if not self.desk.look.discreet:
            self._view.show_letter(letter)

    def _veil(self) -> None:
        """A draft that is open cites what people said."""
        self._view.veil(discreet=self.desk.look.discreet)

    def _export(self) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Write a calendar file"), "follow-ups.ics", self.tr("Calendars (*.ics)")
        )
        if not chosen:
            return
        path, now = Path(chosen), self.desk.clock()

        def written(number: int) -> None:
            many = self.tr("{number} follow-ups written to {path}")
            one = self.tr("1 follow-up written to {path}")
            words = one if number == 1 else many
            self.said.emit(words.format(number=number, path=path))

        self.desk.notes.do(
            lambda book: save_calendar(follow_ups.tasks(book), now, path), written, self._failed
        )

    def _not_kept(self, problem: FieldGuideError) -> None:
        self._failed(problem)
        self._view.ask_again(str(problem))

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
