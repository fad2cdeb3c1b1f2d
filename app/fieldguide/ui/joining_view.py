"""How two people look who may be one: side by side, and what can be done about it."""

from collections.abc import Callable, Collection
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.services.duplicates import Suspicion
from fieldguide.services.roster import Somebody
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.joining_list import JoinList
from fieldguide.ui.joining_rows import reason_words, rows_of
from fieldguide.ui.parts import Header, IconButton, key_text
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

APART_KEY = "Ctrl+Backspace"
LATER_KEY = "Ctrl+Down"
BEFORE_KEY = "Ctrl+Up"


class JoiningView(QWidget):
    """Shows a pair; it decides nothing."""

    joined = Signal()
    parted = Signal()
    """They are two."""
    stepped = Signal(int)
    """Another pair is wanted: the next one or the one before."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.list = JoinList(look, self.tr("Two people side by side"))
        self.list.whole = True
        self._header = Header(look, self.tr("Two may be one person"))
        self._hint = ScriptLabel("", look.theme, "note", "t2", wrap=True)
        self._told = QHBoxLayout()
        self._told.addWidget(self._hint)
        self._buttons = QWidget()
        self._row = FlowLayout()
        self._buttons.setLayout(self._row)
        self._button("git-merge", self.tr("Join"), "Return", self.joined.emit, "primary")
        apart = self._button("users", self.tr("Not the same"), APART_KEY, self.parted.emit)
        step = self.stepped.emit
        self._before = self._button(
            "chevron-up", self.tr("The pair before"), BEFORE_KEY, partial(step, -1)
        )
        self._later = self._button("chevron-down", self.tr("Later"), LATER_KEY, partial(step, 1))
        for key, button in (
            (APART_KEY, apart), (LATER_KEY, self._later), (BEFORE_KEY, self._before),
        ):  # fmt: skip
            QShortcut(QKeySequence(key), self, button.click)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._header)
        self._column.addLayout(self._told)
        self._column.addWidget(self.list, 1)
        self._column.addWidget(self._buttons)
        self.list.joined.connect(self.joined)
        self.set_theme(look.theme)

    def show_pair(
        self, one: Suspicion, pair: tuple[Somebody, Somebody], place: int, number: int
    ) -> None:
        """Show two people; they are the ``place``-th of so many pairs, counted from 1."""
        count = self.tr("{place} of {number}").format(place=place, number=number)
        self._header.note.setText(f"{count} · {reason_words(one)}")
        self._later.setEnabled(number > 1)
        self._before.setEnabled(number > 1)
        if all(somebody.mine for somebody in pair):
            words = self.tr(
                "Joined, both values of a field are kept with their sources; Left and Right say"
                " which come first. The second entry goes into the trash."
            )
        else:
            words = self.tr(
                "Joined, your entry also holds what the guide says, with its sources; Left and"
                " Right say which come first."
            )
        self._hint.setText(words)
        self.turn(pair, ())

    def turn(self, pair: tuple[Somebody, Somebody], turned: Collection[str]) -> None:
        """Show of which fields the right side comes first."""
        row = self.list.currentIndex().row()
        names = tuple((PersonRow(one).copies, PersonRow(one).owner) for one in pair)
        first, second = pair
        self.list.show_items(rows_of(first.person, second.person, turned, (names[0], names[1])))
        if row > 0:
            self.list.setCurrentIndex(self.list.items.index(row))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        edge = theme.px(24)
        self._told.setContentsMargins(edge, theme.px(10), edge, theme.px(10))
        self._row.setContentsMargins(edge, theme.px(10), edge, theme.px(10))
        self._row.setSpacing(theme.px(8))

    def _button(
        self, icon: str, words: str, key: str, pressed: Callable[[], object], kind: str = ""
    ) -> IconButton:
        button = IconButton(self._look, icon, f"{words} ({key_text(key)})", pressed, kind)
        button.setAccessibleName(words)
        self._row.addWidget(button)
        return button
