"""Questions without an answer, under one another, each answered where it stands."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from fieldguide.domain.entries import Asked
from fieldguide.services.open_questions import OpenQuestion
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.ticks import TickList, TickRow
from fieldguide.ui.trip import DATED, day_text


class QuestionList(QWidget):
    """Enter answers, Space says that it was asked, Delete drops; it decides nothing."""

    answered = Signal(object, str)
    """An OpenQuestion and what was said to it."""
    asked = Signal(object)
    dropped = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._answering: OpenQuestion | None = None
        self.list = TickList(
            look, self.tr("Open questions: Enter answers, Space ticks, Delete drops")
        )
        self._none = label(self.tr("No question is without an answer."), "body", "t2", wrap=True)
        self._keys = label(
            self.tr("Enter answers, Space says that it was asked, Delete drops."), "caption", "t3"
        )
        self._question = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._answer = QLineEdit()
        self._answer.setAccessibleName(self.tr("Answer"))
        self._answer.setPlaceholderText(self.tr("Answer, then Enter; Escape leaves it"))
        self._form = QWidget()
        self._inside = QVBoxLayout()
        self._inside.addWidget(self._question)
        self._inside.addWidget(self._answer)
        whole = QVBoxLayout(self._form)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(rule())
        whole.addLayout(self._inside)
        self._build()
        self.list.entered.connect(self._begin)
        self.list.ticked.connect(self.asked)
        self.list.removed.connect(self.dropped)
        self._answer.returnPressed.connect(self._end)
        QShortcut(
            QKeySequence("Esc"), self._answer, self._fold,
            context=Qt.ShortcutContext.WidgetShortcut,
        )  # fmt: skip
        self._form.hide()
        self.set_theme(look.theme)

    @property
    def first(self) -> QWidget:
        """What takes the keys; an area that scrolls where there is no row."""
        return self.list if self.list.items.rowCount() else self._area

    def show_questions(self, found: Sequence[OpenQuestion]) -> None:
        """Show these."""
        held = self._area.hasFocus() or self.list.hasFocus()
        self.list.show_rows([self._row(one) for one in found])
        self._none.setVisible(not found)
        self._keys.setVisible(bool(found))
        if held:
            self.first.setFocus()

    @property
    def changed(self) -> bool:
        """Whether an answer is typed here that is not kept."""
        asked = self._answering
        return asked is not None and self._answer.text().strip() != asked.value.answer

    def settle(self) -> None:
        """Something else is done: an answer that was only asked for is let go."""
        if not self.changed:
            self._close()

    def answer_again(self, question: OpenQuestion, words: str) -> None:
        """An answer could not be kept: it stands here again, unless another was begun."""
        if self._answering is None:
            self._show(question, words)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        pad = theme.px(16)
        self._column.setContentsMargins(pad, theme.px(8), pad, theme.px(16))
        self._column.setSpacing(theme.px(6))
        self._inside.setContentsMargins(theme.px(24), theme.px(8), theme.px(24), theme.px(12))
        self._inside.setSpacing(theme.px(6))

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("surface", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(inside)
        for part in (self._none, self.list, self._keys):
            self._column.addWidget(part)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setAccessibleName(self.tr("Open questions"))
        self._area.setProperty("kind", "halves")
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._area, 1)
        column.addWidget(self._form)

    def _row(self, one: OpenQuestion) -> TickRow:
        done = one.value.state is Asked.ASKED
        state = self.tr("asked, no answer yet") if done else self.tr("not asked yet")
        day = day_text(one.written.date().isoformat(), DATED) if one.written else ""
        where = one.title or self.tr("On no record")
        return TickRow(one, one.value.text, (f"{where} · {day} · {state}",), done)

    def _begin(self, question: OpenQuestion) -> None:
        if not self.changed:
            self._show(question, question.value.answer)
        self._answer.setFocus()

    def _show(self, question: OpenQuestion, words: str) -> None:
        self._answering = question
        self._question.setText(question.value.text)
        self._answer.setText(words)
        self._form.show()

    def _end(self) -> None:
        question, words = self._answering, self._answer.text().strip()
        self._fold()
        if question is not None and words:
            self.answered.emit(question, words)

    def _fold(self) -> None:
        self._close()
        self.first.setFocus()

    def _close(self) -> None:
        self._answering = None
        self._form.hide()
