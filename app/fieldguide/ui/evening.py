"""S10: the evening list beside the notes, what of a day is left and the way to be done with it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldguide.services.day_close import Evening, Step
from fieldguide.ui.desk import Look
from fieldguide.ui.evening_card import EveningCard
from fieldguide.ui.evening_steps import EveningSteps
from fieldguide.ui.evening_words import readers_text, standing, step_name
from fieldguide.ui.parts import ToolButton, label, rule
from fieldguide.ui.settings.banner import Banner
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import LONG, day_text


class StepRow(QWidget):
    """A step with how it stands; below it the card of what is done now."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._icon, self._tone = "circle-dashed", "warning"
        self.button = QPushButton()
        self.button.setProperty("kind", "section")
        self.button.setCheckable(True)
        self._sign = label("")
        self._said = ScriptLabel("", look.theme, "caption", "t2", wrap=True)
        self._below = QVBoxLayout()
        self._head = QHBoxLayout()
        self._head.addWidget(self._sign)
        self._head.addWidget(self.button, 1)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addLayout(self._head)
        self._column.addLayout(self._below)
        self._below.addWidget(self._said)
        self.set_theme(look.theme)

    def tell(self, name: str, said: str, icon: str, tone: str) -> None:
        """Say how it stands."""
        self._icon, self._tone = icon, tone
        self.button.setText(name)
        self.button.setAccessibleName(f"{name}: {said}")
        self._said.setText(said)
        self.set_theme(self._look.theme)

    def hold(self, card: EveningCard) -> None:
        """Show a card below, at once: the keys go into it."""
        self._below.addWidget(card)
        card.show()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances and draw the sign again."""
        self._sign.setPixmap(self._look.icons.pixmap(self._icon, 16, self._tone))
        self._head.setContentsMargins(theme.px(8), 0, 0, 0)
        self._head.setSpacing(theme.px(4))
        self._column.setContentsMargins(0, theme.px(2), 0, theme.px(4))
        self._below.setContentsMargins(theme.px(40), 0, theme.px(8), 0)
        self._below.setSpacing(theme.px(6))


class EveningPanel(QWidget):
    """Shows an Evening; one step is open, and of what it has left one thing."""

    chosen = Signal(str)
    """The ISO day to close."""
    left = Signal()
    """The list is not wanted any more."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._evening: Evening | None = None
        self._step: Step | None = None
        self._place = 0
        self._backed_up = False
        self._put_off: set[Step] = set()
        self._card: EveningCard | None = None
        self._shown: tuple[object, ...] = ()
        self.steps = EveningSteps(look, self)
        self._day = QPushButton()
        self._day.setProperty("kind", "quiet")
        self._day.setProperty("dense", "true")
        self._days = QMenu(self)
        self._day.setMenu(self._days)
        self._state = Banner(look)
        self._saved = ""
        self._rows = {step: StepRow(look) for step in Step}
        self._build()
        look.veiled.connect(self._show_card)
        self.left.connect(self._put_off.clear)
        self.set_theme(look.theme)

    @property
    def first(self) -> QWidget:
        """What takes the keys: the thing to do now, else the choice of the day."""
        return self._card.first if self._card is not None else self._day

    @property
    def begun(self) -> str:
        """The ISO day of a line that was begun here and is not kept; else nothing."""
        typed = bool(self._card is not None and self._card.typed)
        return self._evening.plan.date if typed and self._evening is not None else ""

    def show_evening(self, evening: Evening) -> None:
        """Show how a day stands; what is being typed for the same thing stays."""
        held = self._has_keys()
        if self._evening is not None and self._evening.plan.date != evening.plan.date:
            self._put_off.clear()
        self._evening = evening
        for row in self._rows.values():
            row.show()
        self._name_days(evening.plan.days, evening.plan.date)
        for step in evening.parts:
            self._tell(step, *standing(evening, step))
        name, said = step_name(Step.READERS), readers_text(evening)
        self._rows[Step.READERS].tell(name, said, "users", "t2")
        self._go_on(held)

    def show_backup(self, said: str, *, done: bool) -> None:
        """Say whether a backup holds all of it."""
        held = self._has_keys()
        self._backed_up, self._saved = done, said
        self._tell(Step.BACKUP, said, done=done)
        self._go_on(held)

    def say(self, problem: str) -> None:
        """Say why there is nothing to see, or why something was not done."""
        if self._card is not None:
            self._card.say(problem)
        else:
            self._state.tell("warning", problem)
            self._state.show()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._head.setContentsMargins(theme.px(16), theme.px(8), theme.px(12), theme.px(8))
        self._column.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(16))
        self._above.setContentsMargins(theme.px(8), theme.px(8), theme.px(8), theme.px(8))
        self._column.setSpacing(0)

    def _build(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(label(self.tr("Close the day"), "section"), 1)
        self._head.addWidget(self._day)
        close = ToolButton(self._look, "x", self.tr("Put the evening list away"), self.left.emit)
        self._head.addWidget(close)
        inside = QWidget()
        inside.setProperty("surface", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(inside)
        self._above = QVBoxLayout()
        self._above.addWidget(self._state)
        self._state.hide()
        self._column.addLayout(self._above)
        for step, row in self._rows.items():
            row.button.clicked.connect(partial(self._choose, step))
            self._column.addWidget(row)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setProperty("kind", "halves")
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        self._area = area
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._head)
        whole.addWidget(rule())
        whole.addWidget(area, 1)
        context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        QShortcut(QKeySequence("Esc"), self, self.left.emit, context=context)
        for row in self._rows.values():
            row.button.setEnabled(False)
            row.hide()

    def _name_days(self, days: Sequence[str], shown: str) -> None:
        text = day_text(shown, LONG)
        self._day.setText(text)
        self._day.setAccessibleName(self.tr("Day to close: {day}").format(day=text))
        self._days.clear()
        for day in days:
            self._days.addAction(day_text(day, LONG), partial(self.chosen.emit, day))

    def _tell(self, step: Step, said: str, done: bool) -> None:
        sign = ("circle-check", "ok") if done else ("circle-dashed", "warning")
        self._rows[step].tell(step_name(step), said, *sign)
        self._rows[step].button.setEnabled(not done)

    def _left(self) -> tuple[Step, ...]:
        evening = self._evening
        if evening is None:
            return ()
        return evening.left if self._backed_up else (*evening.left, Step.BACKUP)

    def _choose(self, step: Step) -> None:
        self._step, self._place = step, 0
        self._put_off.discard(step)
        self._go_on(held=True)

    def _skip(self) -> None:
        """To the next thing of the step, after the last one to the next step."""
        evening, step = self._evening, self._step
        if evening is None or step is None:
            return
        if self._place + 1 < len(evening.parts.get(step, ())):
            self._place += 1
        else:
            left = self._left()
            number = (left.index(step) + 1) % len(left)
            if number == 0:
                # The round begins again with what was put off.
                self._put_off.clear()
            else:
                self._put_off.add(step)
            self._step, self._place = left[number], 0
        self._go_on(held=True)

    def _go_on(self, held: bool) -> None:
        """Open what is to be done now; ``held`` gives it the keys."""
        left, order = self._left(), list(Step)
        if self._step not in left:
            before = order.index(self._step) if self._step is not None else 0
            rest = [one for one in left if one not in self._put_off]
            after = [one for one in rest if order.index(one) >= before]
            self._step, self._place = next(iter(after or rest), None), 0
        for step, row in self._rows.items():
            row.button.setChecked(step is self._step)
        self._say_end()
        self._show_card()
        if held and self.isVisible():
            self.first.setFocus()
            if self._card is None:
                self._area.verticalScrollBar().setValue(0)
            else:
                self._area.ensureWidgetVisible(self._card)
                self._area.ensureWidgetVisible(self.first)

    def _say_end(self) -> None:
        evening = self._evening
        if evening is None or self._step is not None:
            self._state.hide()
            return
        day, left = day_text(evening.plan.date, LONG), self._left()
        if left:
            words = self.tr("What you put off is still there: choose its step.")
        else:
            words = self.tr("{day} is closed. Nothing is left to do.").format(day=day)
        self._state.tell("info" if left else "ok", words, self._saved)
        self._state.show()

    def _show_card(self) -> None:
        evening, step = self._evening, self._step
        rest = evening.parts.get(step, ()) if evening is not None and step is not None else ()
        self._place = min(self._place, max(0, len(rest) - 1))
        several = len(rest) > 1 or len(self._left()) > 1
        wanted = (step, rest[self._place] if rest else None, several, self._look.discreet)
        if wanted == self._shown and self._card is not None:
            return
        typed: dict[str, str] = {}
        if self._card is not None:
            if self._shown[:2] == wanted[:2]:
                typed = self._card.typed
            self._card.hide()
            self._card.deleteLater()
            self._card = None
        self._shown = wanted
        if evening is not None and step is not None:
            self._card = self.steps.card(step, evening, self._place)
            self._card.type_again(typed)
            if several:
                self._card.add_button(self.tr("Later"), self._skip, "quiet")
            self._rows[step].hold(self._card)
            self._order_tab()

    def _order_tab(self) -> None:
        """The card stands below its step; made last, it would come last."""
        if self._card is None or self._step is None:
            return
        before: QWidget = self._rows[self._step].button
        for control in self._card.controls:
            self.setTabOrder(before, control)
            before = control

    def _has_keys(self) -> bool:
        held = QApplication.focusWidget()
        return held is not None and self.isAncestorOf(held)
