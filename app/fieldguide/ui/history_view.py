"""How the history of a note looks: its steps at the left, one of them beside what is now."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.difference import Change
from fieldguide.services.timeline import Compared, Step, Timeline
from fieldguide.ui.conflict_view import ConflictView
from fieldguide.ui.desk import Look
from fieldguide.ui.difference_view import DifferenceList, change_word
from fieldguide.ui.editor import Editor
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import Header, IconButton, key_text, label, rule
from fieldguide.ui.step_list import StepList, day_words, moment_words
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme

WIDE: Final = 760
STEPS: Final = 312

DIFFERENCE, AS_IT_WAS, VERSIONS = range(3)
"""The faces of the right side, in the order of their segments."""


class HistoryView(QWidget):
    """Shows a Timeline and what two of its states differ in; it decides nothing."""

    copied = Signal()
    restored = Signal()
    """The text of the chosen step is to be the newest again."""
    returned = Signal()
    """The lines that are gone since are to come back."""
    closed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.header = Header(look)
        self.steps = StepList(look, self.tr("Steps, the last first"))
        self.difference = DifferenceList(look, self.tr("What differs"))
        self.text = Editor(look, self.tr("The text as it was"))
        self.text.setReadOnly(True)
        self.versions = ConflictView(look)
        self._span = ScriptLabel("", look.theme, "body", "t1", weight=600, wrap=True)
        self._counts = {
            change: ScriptLabel("", look.theme, "caption", color, weight=600)
            for change, color in (
                (Change.ADDED, "ok"),
                (Change.CHANGED, "t2"),
                (Change.REMOVED, "danger"),
            )
        }
        self._faces = QStackedWidget()
        self._segments: list[QPushButton] = []
        self._build()
        self.set_theme(look.theme)

    def show_timeline(self, told: Timeline, me: str, name: str) -> None:
        """Show the steps of a note, and its versions when there are more than one."""
        self.header.title.setText(name)
        self._say_numbers(told)
        several = len(told.versions) > 1
        self._segments[VERSIONS].setVisible(several)
        self._round(AS_IT_WAS, "" if several else "last")
        self.versions.show_versions(told.versions if several else (), me)
        if several:
            self.turn(VERSIONS)
        elif self._faces.currentIndex() == VERSIONS:
            self.turn(DIFFERENCE)
        self.steps.show_steps(told, me)

    def add_steps(self, told: Timeline, me: str) -> None:
        """Show the older steps too."""
        self._say_numbers(told)
        self.steps.add_steps(told, me)

    def show_compared(self, step: Step, found: Compared, told: Timeline) -> None:
        """Show a step beside what is now; the last step, beside what was before it."""
        now, newest = told.steps[0].when, told.newest(step)
        self.difference.show_difference(found.difference)
        shown = found.after if newest or found.before is None else found.before
        self.text.show_text(shown.draft.text)
        self._span.setText(self._span_words(found, newest))
        for change, counted in self._counts.items():
            number = found.difference.count(change)
            sign, _, word = change_word(change).partition(" ")
            counted.setText(f"{sign} {number} {word}")
            counted.setVisible(number > 0)
        gone = found.difference.count(Change.REMOVED)
        one, many = self.tr("Restore 1 removed line"), self.tr("Restore {number} removed lines")
        self._return.setText(one if gone == 1 else many.format(number=gone))
        self._return.setVisible(gone > 0 and not newest)
        when = moment_words(step.when, now)
        self._restore.setText(self.tr("Restore {when}").format(when=when))
        same = all(line.change is Change.SAME for line in found.difference.lines)
        self._restore.setEnabled(not newest and not same)
        state = self.tr("This is how it is now.") if newest or same else self._keeps
        self._state.setText(state)

    def turn(self, face: int) -> None:
        """Show one face of the right side."""
        self._segments[face].setChecked(True)
        self._faces.setCurrentIndex(face)
        self._bar.setVisible(face != VERSIONS)
        self._feet.setVisible(face != VERSIONS)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._bar_row.setContentsMargins(theme.px(20), theme.px(9), theme.px(24), theme.px(9))
        self._bar_row.setSpacing(theme.px(12))
        self._foot.setContentsMargins(theme.px(20), theme.px(9), theme.px(24), theme.px(9))
        self._foot.setSpacing(theme.px(8))
        self._state.setContentsMargins(theme.px(20), theme.px(9), theme.px(24), 0)
        pad = theme.px(24)
        self._promise.setContentsMargins(pad, theme.px(10), pad, theme.px(10))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose the wide or the narrow form."""
        super().resizeEvent(event)
        self._arrange()

    def _say_numbers(self, told: Timeline) -> None:
        saves, words = f"{told.saves:,}", self.tr("{saves} saves, shown as {steps} steps")
        if told.saves == 1:
            words = self.tr("1 save")
        elif not told.whole:
            words = self.tr("{saves} saves")
        elif len(told.steps) == 1:
            words = self.tr("{saves} saves, shown as 1 step")
        self.header.note.setText(words.format(saves=saves, steps=f"{len(told.steps):,}"))

    def _round(self, face: int, place: str) -> None:
        """Let a segment look like the last of its row, or not."""
        button = self._segments[face]
        button.setProperty("place", place)
        button.style().unpolish(button)
        button.style().polish(button)

    def _span_words(self, found: Compared, newest: bool) -> str:
        after = found.after.created
        now = f"{day_words(after)}, {after:%H:%M}"
        if found.before is None:
            return self.tr("From nothing to {after}").format(after=now)
        before = found.before.created
        words = self.tr("From {before} to now, {after}")
        if newest:
            words = self.tr("From {before} to {after}, the last step")
        return words.format(before=f"{day_words(before)}, {before:%H:%M}", after=now)

    def _build(self) -> None:
        self._build_header()
        self._keeps = self.tr("Who may read it and where it is filed stay as they are.")
        self._promise = label(
            self.tr("Nothing here is changed or removed. A restore is one more step on top."),
            "caption",
            "t2",
            wrap=True,
        )
        self._left = QWidget()
        left = _column(self._left)
        left.addWidget(self.steps, 1)
        left.addWidget(rule())
        left.addWidget(self._promise)
        self._edge = QWidget()
        self._edge.setProperty("surface", "window")
        self._edge.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        right = QWidget()
        column = _column(right)
        self._build_bar()
        self._build_foot()
        for face in (self.difference, self.text, self.versions):
            self._faces.addWidget(face)
        for part in (self._bar, self._faces, self._feet):
            column.addWidget(part, 1 if part is self._faces else 0)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(0)
        for part, share in ((self._left, 0), (self._edge, 0), (right, 1)):
            self._sides.addWidget(part, share)
        whole = _column(self)
        whole.addWidget(self.header)
        whole.addLayout(self._sides, 1)

    def _build_header(self) -> None:
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        words = (self.tr("Difference"), self.tr("As it was"), self.tr("Side by side"))
        for face, text in enumerate(words):
            button = QPushButton(text)
            button.setProperty("kind", "segment")
            button.setProperty("place", ("first", "", "last")[face])
            button.setCheckable(True)
            button.clicked.connect(partial(self.turn, face))
            group.addButton(button)
            row.addWidget(button)
            self._segments.append(button)
        self._segments[DIFFERENCE].setChecked(True)
        self._segments[VERSIONS].hide()
        faces = QWidget()
        faces.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        self.header.add(faces)
        close = IconButton(self._look, "x", self.tr("Close"), self.closed.emit, "quiet")
        close.setToolTip(key_text("Esc"))
        self.header.add(close)

    def _build_bar(self) -> None:
        self._bar = QWidget()
        self._bar.setProperty("surface", "sunken")
        self._bar.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bar_row = QHBoxLayout()
        self._bar_row.addWidget(self._span, 1)
        for counted in self._counts.values():
            self._bar_row.addWidget(counted)
        column = _column(self._bar)
        column.addLayout(self._bar_row)
        column.addWidget(rule())

    def _build_foot(self) -> None:
        self._feet = QWidget()
        self._state = label("", "body", "t2", wrap=True)
        self._copy = IconButton(self._look, "copy", self.tr("Copy this text"), self.copied.emit)
        self._return = IconButton(self._look, "undo-2", "", self.returned.emit)
        self._restore = IconButton(self._look, "rotate-ccw", "", self.restored.emit, "primary")
        self._foot = FlowLayout()
        for button in (self._copy, self._return, self._restore):
            self._foot.addWidget(button)
        column = _column(self._feet)
        column.addWidget(rule())
        column.addWidget(self._state)
        column.addLayout(self._foot)

    def _arrange(self) -> None:
        theme = self._look.theme
        wide = self.width() >= theme.px(WIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._sides.setDirection(way)
        self._left.setFixedWidth(theme.px(STEPS)) if wide else self._left.setMaximumWidth(WIDEST)
        self._left.setMinimumWidth(theme.px(STEPS) if wide else 0)
        self._left.setMaximumHeight(WIDEST if wide else max(theme.px(120), self.height() // 3))
        self._promise.setVisible(wide)
        self.header.note.setVisible(wide)
        line = theme.hairline
        self._edge.setFixedSize(*((line, WIDEST) if wide else (WIDEST, line)))


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(0)
    return column
