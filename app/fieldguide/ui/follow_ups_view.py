"""How the page of follow-ups looks: filters, the board, the line to write in, the draft beside."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from fieldguide.services.addressees import Addressee
from fieldguide.services.follow_ups import Board, Filter, Task
from fieldguide.services.letters import Letter
from fieldguide.ui.desk import Look
from fieldguide.ui.either import Either
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.follow_up_form import FollowUpForm
from fieldguide.ui.follow_up_list import TaskList, rows_of
from fieldguide.ui.letter_view import LetterView
from fieldguide.ui.parts import Header, rule
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.toast import Toast

LETTER: Final = 400
"""Width of the draft in pixels at 100 %."""


class FollowUpsView(QWidget):
    """Shows a Board; it decides nothing."""

    changed = Signal()
    """Another board is wanted."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self._owners: tuple[str, ...] = ()
        self._people: Mapping[str, Addressee] = {}
        self._veiled = False
        self.header = Header(look, self.tr("Follow-ups"))
        self.list = TaskList(look, self.tr("Follow-ups under their weeks or owners"))
        self.either = Either(look, self.list)
        self.form = FollowUpForm(look)
        self.letter = LetterView(look)
        self.toast = Toast(look)
        self._build()
        whole = QHBoxLayout(parent)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self)
        self.form.left.connect(self.answer)
        self.letter.left.connect(self.close_letter)
        self.set_theme(look.theme)

    @property
    def filter(self) -> Filter:
        """Which follow-ups are to be shown."""
        return next(each for each, chip in self._chips.items() if chip.isChecked())

    @property
    def by_owner(self) -> bool:
        """Whether they are to stand under their owners."""
        return self._ways[1].isChecked()

    def turn(self, shown: Filter) -> None:
        """Ask for others."""
        self._chips[shown].click()

    def show_board(
        self, board: Board, people: Mapping[str, Addressee], today: date, chosen: Task | None
    ) -> None:
        """Show a board, for whom its follow-ups are, and how many each filter would show."""
        self._people = people
        self._owners = tuple(dict.fromkeys((*board.owners, *((board.me,) if board.me else ()))))
        for each, words in (
            (Filter.ALL, self.tr("All {number}")),
            (Filter.MINE, self.tr("Mine {number}")),
            (Filter.OPEN, self.tr("Open {number}")),
            (Filter.WAITING, self.tr("Waiting {number}")),
            (Filter.DONE, self.tr("Done {number}")),
        ):
            self._chips[each].setText(words.format(number=board.counts[each]))
            self._chips[each].setAccessibleName(self._chips[each].text())
        left = board.counts[Filter.OPEN] + board.counts[Filter.WAITING]
        self.header.note.setText(self.tr("{number} to do").format(number=left) if left else "")
        self.list.show_rows(rows_of(board, today, people), chosen)
        for button in self._acts:
            button.setEnabled(bool(board.groups))
        if board.groups:
            self.either.show_content()

    def say_nothing(self, icon: str, words: str, act: str, pressed: Callable[[], object]) -> None:
        """Show why there is no board, and one thing to do."""
        for button in self._acts:
            button.setEnabled(False)
        self.either.say_nothing(icon, words, act, pressed)

    def ask(self, task: Task | None, first: str = "words") -> None:
        """Ask for a new follow-up, or for owner, date and person of one."""
        self.toast.dismiss()
        if self.form.changed:
            self.form.say(self.tr("Enter keeps this one, Escape leaves it."))
            self.form.words.setFocus()
            return
        if self._narrow():
            self.close_letter()
        self.form.begin(task, self._owners, self.named(task), first)

    def named(self, task: Task | None) -> str:
        """The name of whom a follow-up is for, as the line shows it."""
        whom = self._people.get(task.value.person) if task else None
        return whom.label if whom else ""

    def ask_again(self, problem: str) -> None:
        """What was typed could not be kept: the line shows it still, unless another was begun."""
        if self.form.isHidden():
            self.form.show()
            self.form.say(problem)

    def answer(self) -> None:
        """The line is done with; the keys go back to the board."""
        self.form.hide()
        self.either.first.setFocus()

    def show_letter(self, letter: Letter) -> None:
        """Show a draft beside the board, or in its place where there is little room."""
        self._veiled = False
        self.letter.show_letter(letter)
        self.letter.show()
        self._board.setVisible(not self._narrow())
        self.letter.to.setFocus()

    def veil(self, *, discreet: bool) -> None:
        """Hide a draft; one that somebody worked on shows again afterwards."""
        if discreet and not self.letter.isHidden():
            self._veiled = self.letter.changed
            self.close_letter()
        elif not discreet and self._veiled:
            self._veiled = False
            self.letter.show()
            self._board.setVisible(not self._narrow())

    def close_letter(self) -> None:
        """Take the draft away."""
        self.letter.hide()
        self._board.show()
        self.either.first.setFocus()

    def settle(self) -> None:
        """Take away what was asked or offered, but nothing that somebody typed."""
        self.toast.dismiss()
        if not self.form.changed:
            self.form.hide()
        if not self.letter.changed:
            self.letter.hide()
        self._board.setVisible(self.letter.isHidden() or not self._narrow())

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._bar.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(8))
        self._bar.setSpacing(theme.px(8))
        self._shown.setContentsMargins(0, theme.px(4), 0, theme.px(4))
        self._shown.setSpacing(theme.px(8))
        narrow = self._narrow()
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._bar.setDirection(way)
        self.letter.setMaximumWidth(WIDEST if narrow else theme.px(LETTER))
        self._board.setVisible(self.letter.isHidden() or not narrow)

    def _narrow(self) -> bool:
        return self._look.theme.scale >= 1.5

    def _build(self) -> None:
        self._board = QWidget()
        left = QVBoxLayout(self._board)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(self._choices())
        left.addWidget(rule())
        left.addWidget(self.form)
        left.addWidget(self.either, 1)
        left.addWidget(self.toast)
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._board, 1)
        row.addWidget(self.letter, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(row, 1)
        self.letter.hide()

    def _choices(self) -> QBoxLayout:
        self._chips = {each: QPushButton() for each in Filter}
        self._shown = FlowLayout()
        self._ways = [QPushButton(self.tr("Week")), QPushButton(self.tr("Owner"))]
        for buttons, kind in ((self._chips.values(), "chip"), (self._ways, "segment")):
            group = QButtonGroup(self)
            for button in buttons:
                button.setProperty("kind", kind)
                button.setCheckable(True)
                group.addButton(button)
            group.buttons()[0].setChecked(True)
            group.buttonToggled.connect(lambda _, on: self.changed.emit() if on else None)
        for chip in self._chips.values():
            self._shown.addWidget(chip)
        for way, name in zip(
            self._ways, (self.tr("Under weeks"), self.tr("Under owners")), strict=True
        ):
            way.setAccessibleName(name)
        segments = QHBoxLayout()
        segments.setSpacing(0)
        for way, end in zip(self._ways, ("first", "last"), strict=True):
            way.setProperty("place", end)
            segments.addWidget(way)
        self._acts = [self._act_button(*one) for one in self._act_words()]
        self._bar = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._bar.addLayout(self._shown, 1)
        acts = QHBoxLayout()
        acts.addStretch(1)
        for button in self._acts:
            acts.addWidget(button)
        acts.addLayout(segments)
        self._bar.addLayout(acts)
        return self._bar

    def _act_words(self) -> list[tuple[str, str, str]]:
        return [
            (self.tr("Owner, date"), self.tr("Set owner, date and person (O, D, P)"), "owner"),
            (self.tr("E-mail"), self.tr("Draft an e-mail (M)"), "mail"),
        ]

    def _act_button(self, words: str, name: str, act: str) -> QPushButton:
        button = QPushButton(words)
        button.setProperty("kind", "quiet")
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self.list.acted.emit(act))
        return button
