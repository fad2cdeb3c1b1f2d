"""Beside a note: what to ask here, what was asked, and what was answered."""

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.entries import Asked
from fieldguide.services.visiting import DOUBT, LINE, SEARCH, USUAL, Scene, ToAsk
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, label, rule
from fieldguide.ui.sight import bring
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.ticks import TAKE_UP, TickList, TickRow

FEW: Final = 3
"""So many doubts of the guide show at first; they are long, and one's own questions go before."""


class QuestionPanel(QWidget):
    """Shows the questions of a Scene; it decides nothing."""

    added = Signal(str)
    answered = Signal(object, str)
    """A ToAsk and what was said to it."""
    taken_up = Signal(object)
    """A ToAsk of the guide that is to be one's own."""
    usual_wanted = Signal()
    """All that one usually asks here."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._answering: ToAsk | None = None
        self.list = TickList(
            look, self.tr("Questions: Space ticks, Enter answers, Delete drops, Q keeps a doubt")
        )
        self._count = label("", "caption", "t2")
        self._question = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._answer = QLineEdit()
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.setPlaceholderText(self.tr("Answer, then Enter"))
        self._new = QLineEdit()
        self._new.setAccessibleName(self.tr("Add a question"))
        self._new.setPlaceholderText(self.tr("Add a question"))
        self._more = IconButton(look, "", "", self._show_all, "link")
        self._usual = IconButton(look, "plus", "", self.usual_wanted.emit, "link")
        self._usual.hide()
        self._all = False
        self._scene: Scene | None = None
        self._head = QHBoxLayout()
        self._head.addWidget(label(self.tr("Questions"), "section"), 1)
        self._head.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        for part in (
            rule(),
            self._new,
            self._usual,
            self.list,
            self._more,
            self._question,
            self._answer,
        ):
            self._column.addWidget(part)
        self.list.entered.connect(self._begin_answer)
        self._answer.returnPressed.connect(self._end_answer)
        self._new.returnPressed.connect(self._add)
        within = Qt.ShortcutContext.WidgetShortcut
        QShortcut(QKeySequence(TAKE_UP), self.list, self._take_up, context=within)
        QShortcut(
            QKeySequence("Esc"), self._answer, self._fold,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # fmt: skip
        self._question.hide()
        self._answer.hide()
        self.set_theme(look.theme)

    def show_scene(self, scene: Scene) -> None:
        """Show the questions as they stand."""
        # As on the page of the day: a doubt of the guide is no question that one prepared.
        count = sum(not _is_doubt(one) for one in scene.questions)
        words = self.tr("{done} of {count} asked").format(done=scene.done, count=count)
        self._count.setText(words if count else "")
        self._scene = scene
        doubts = [one for one in scene.questions if _is_doubt(one)]
        hidden = [] if self._all else doubts[FEW:]
        self._more.setText(self.tr("{number} more doubts").format(number=len(hidden)))
        self._more.setVisible(bool(hidden))
        usual = self.tr("Add the usual questions ({number})").format(number=len(scene.usual))
        self._usual.setText(usual)
        self.list.show_rows([self._row(one) for one in scene.questions if one not in hidden])
        if self._usual.hasFocus() and not scene.usual:
            self.list.setFocus()
        self._usual.setVisible(bool(scene.usual))

    @property
    def typed(self) -> bool:
        """Whether there are words that Enter has not kept yet."""
        asked = self._answering
        answer = self._answer.text().strip() if asked is not None else ""
        return bool(self._new.text().strip()) or (asked is not None and answer != asked.answer)

    def take_typed(self) -> None:
        """Something else shows next: what was typed is kept as if Enter had been pressed."""
        self._tell_answer()
        self._add()

    def answer_again(self, asked: ToAsk, words: str) -> bool:
        """An answer could not be kept: it stands here again, unless another was begun."""
        free = self._answering is None
        if free:
            self._show_answer(asked, words)
        return free

    def add_again(self, words: str) -> bool:
        """A question could not be kept: it stands here again, unless another was begun."""
        free = not self._new.text()
        if free:
            self._new.setText(words)
        return free

    def fold(self) -> None:
        """Another note shows."""
        self._new.clear()
        self._all = False
        self._close()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), 0)
        self._column.setSpacing(theme.px(6))

    def _row(self, asked: ToAsk) -> TickRow:
        done = asked.state is not Asked.OPEN
        answer = self.tr("Answer: {text}").format(text=asked.answer) if asked.answer else ""
        return TickRow(
            asked,
            asked.text,
            tuple(part for part in (answer, self._origin(asked)) if part),
            done,
            self.tr("asked") if done else self.tr("open"),
        )

    def _origin(self, asked: ToAsk) -> str:
        if asked.carried:
            return self.tr("From an earlier visit, not answered")
        origins = {
            DOUBT: self.tr("Doubt of the guide"),
            LINE: self.tr("From a line of a note"),
            SEARCH: self.tr("Searched for in vain"),
            USUAL: self.tr("A usual question"),
        }
        return origins.get(asked.origin.partition(":")[0], "")

    def _take_up(self) -> None:
        row = self.list.current()
        if row is not None and isinstance(row.value, ToAsk) and _is_doubt(row.value):
            self.taken_up.emit(row.value)

    def _show_all(self) -> None:
        self._all = True
        if self._scene is not None:
            self.show_scene(self._scene)
        self.list.setFocus()

    def _begin_answer(self, asked: ToAsk) -> None:
        self._show_answer(asked, asked.answer)
        self._answer.setFocus()
        bring(self._answer)

    def _show_answer(self, asked: ToAsk, words: str) -> None:
        self._answering = asked
        self._question.setText(asked.text)
        self._answer.setText(words)
        self._question.show()
        self._answer.show()

    def _end_answer(self) -> None:
        self._tell_answer()
        self.list.setFocus()

    def _tell_answer(self) -> None:
        asked, words = self._answering, self._answer.text().strip()
        self._close()
        if asked is not None and words != asked.answer:
            self.answered.emit(asked, words)

    def _fold(self) -> None:
        self._close()
        self.list.setFocus()

    def _close(self) -> None:
        self._answering = None
        self._question.hide()
        self._answer.hide()

    def _add(self) -> None:
        words = self._new.text().strip()
        if words:
            self._new.clear()
            self.added.emit(words)


def _is_doubt(asked: ToAsk) -> bool:
    """Whether only the guide asks it, and nothing was done with it."""
    return not asked.entry and asked.origin.startswith(DOUBT)
