"""One value of a person in boxes to type in; what is not touched stays as it was kept."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any, Final, cast

from PySide6.QtCore import QEvent, Qt, Signal, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.person_mending import mended
from fieldguide.domain.tables import LONGEST_LINE, printable, printable_text
from fieldguide.errors import BadRequest
from fieldguide.ui.desk import Look
from fieldguide.ui.line_pitch import AIR, PITCH
from fieldguide.ui.offers import has_offer
from fieldguide.ui.parts import ToolButton, label
from fieldguide.ui.plain_text import PlainText
from fieldguide.ui.theme import Theme

LARGE_TEXT: Final = 1.5
"""From this scale on the boxes of a row stand below each other."""


@dataclass(frozen=True)
class Field:
    """One box: the part of the value it fills, what it is called, its share of the width."""

    name: str
    words: str
    hint: str = ""
    room: int = 2
    line: int = 0
    choices: Mapping[str, str] = field(default_factory=dict)
    """Stored word -> what it is called; empty where one types."""
    read: Callable[[str], object] = str
    """May raise BadRequest."""
    counts: bool = True
    """Whether a row that says nothing but this is kept."""
    named_by: str = ""
    """The box whose choice says what this one is."""
    tall: bool = False


class LineBox(QLineEdit):
    """A line."""

    def __init__(self, look: Look, one: Field) -> None:
        super().__init__()
        self.setPlaceholderText(one.hint)
        self.setMaxLength(LONGEST_LINE)
        # What is dropped here is for the form: a file is no name.
        self.setAcceptDrops(False)

    def event(self, event: QEvent) -> bool:
        """Leave pictures that are pasted to the form."""
        return False if _pastes_picture(event) else super().event(event)

    def told(self) -> str:
        """What it says."""
        return printable(self.text())

    def tell(self, text: str) -> None:
        """Say something else."""
        self.setText(text)
        self.setCursorPosition(0)


class ChoiceBox(QComboBox):
    """One of some words; the wheel scrolls the form and never turns the choice."""

    def __init__(self, look: Look, one: Field) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.offer(one.choices)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Have these to choose from; the first is chosen."""
        self.clear()
        for word, called in choices.items():
            self.addItem(called, word)

    def told(self) -> str:
        """What is chosen."""
        return str(self.currentData() or "")

    def tell(self, text: str) -> None:
        """Choose this; what is not offered is offered too, so that nothing is lost."""
        if self.findData(text) < 0:
            self.addItem(text, text)
        self.setCurrentIndex(self.findData(text))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the form scroll."""
        event.ignore()


class TextBox(PlainText):
    """A few lines; Tab goes on."""

    def __init__(self, look: Look, one: Field) -> None:
        super().__init__()
        self._look = look
        self.setTabChangesFocus(True)
        self.setPlaceholderText(one.hint)
        self.setAcceptDrops(False)
        self.set_theme(look.theme)

    def event(self, event: QEvent) -> bool:
        """Leave pictures that are pasted to the form."""
        return False if _pastes_picture(event) else super().event(event)

    def told(self) -> str:
        """What it says."""
        return printable_text(self.text())

    def tell(self, text: str) -> None:
        """Say something else."""
        self.show_text(text)

    def set_theme(self, theme: Theme) -> None:
        """Two lines high."""
        self.setFont(theme.font("body"))
        self.pitch.set_pitch(theme.px(PITCH), theme.px(AIR))
        self.setFixedHeight(2 * theme.px(PITCH) + theme.px(12))


Box = LineBox | ChoiceBox | TextBox


class ValueRow(QWidget):
    """The boxes of one value; a row without anything in it is no value."""

    removed = Signal()
    typed = Signal()
    """A box says something else."""

    def __init__(
        self,
        look: Look,
        fields: Sequence[Field],
        blank: Any,  # noqa: ANN401
        remove: str,
        *,
        captions: bool,
    ) -> None:
        super().__init__()
        self._look, self.fields, self._blank = look, fields, blank
        self._before: Any = None
        self._shown: dict[str, str] = {}
        self.boxes: dict[str, Box] = {one.name: _box(look, one) for one in fields}
        self._remove = ToolButton(look, "x", remove, self.removed.emit)
        policy = self._remove.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self._remove.setSizePolicy(policy)
        self._lines: list[QBoxLayout] = []
        self._column = QVBoxLayout()
        self._across = QHBoxLayout(self)
        self._across.addLayout(self._column, 1)
        self._across.addWidget(self._remove)
        for one in fields:
            while len(self._lines) <= one.line:
                self._lines.append(QBoxLayout(QBoxLayout.Direction.LeftToRight))
                self._column.addLayout(self._lines[-1])
            self._lines[one.line].addWidget(
                _captioned(one, self.boxes[one.name], captions), one.room
            )
        for one in fields:
            self._name(one)
            _changed(self.boxes[one.name]).connect(lambda *_: self.typed.emit())
        self.show_value(None, blank)
        self.set_theme(look.theme)

    def set_spare(self, spare: bool) -> None:
        """There is nothing to take away of a row that waits to be filled: one stop less."""
        self._remove.setVisible(not spare)

    @property
    def says(self) -> bool:
        """Whether there is a value in it."""
        return any(self.boxes[one.name].told() for one in self.fields if one.counts)

    @property
    def stops(self) -> list[QWidget]:
        """Where the keys go, in order."""
        return [*self.boxes.values(), self._remove]

    def show_value(self, before: Any, value: Any) -> None:  # noqa: ANN401 - any part of a person
        """Show a value; ``before`` is what is kept in its place, or None."""
        self._before = before
        for one in self.fields:
            told = getattr(value, one.name)
            # Nothing is chosen of what nobody has said yet.
            none = told is None or (before is None and one.choices and one.counts)
            self.boxes[one.name].tell("" if none else str(told))
            self._shown[one.name] = self.boxes[one.name].told()

    def value(self) -> Any:  # noqa: ANN401
        """What the boxes say, with the sources of what was kept where that is the same."""
        if not self.says:
            return None
        return mended(self._before, replace(self._before or self._blank, **self.changes()))

    def changes(self) -> dict[str, Any]:
        """What was changed and can be read; of a new value all that can."""
        typed = {}
        for one in self.fields:
            told = self.boxes[one.name].told()
            if told != self._shown[one.name] or self._before is None:
                with suppress(BadRequest):
                    typed[one.name] = one.read(told)
        return typed

    def problem(self) -> tuple[str, QWidget] | None:
        """Why a box cannot be kept as it is, and which one."""
        for one in self.fields:
            box = self.boxes[one.name]
            try:
                one.read(box.told())
            except BadRequest as problem:
                if box.told() != self._shown[one.name]:
                    return str(problem), box
        return None

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; large text has each box on a line of its own."""
        large = theme.scale >= LARGE_TEXT
        way = QBoxLayout.Direction.TopToBottom if large else QBoxLayout.Direction.LeftToRight
        beside = len(self._lines) == 1 and not large
        edge = Qt.AlignmentFlag.AlignBottom if beside else Qt.AlignmentFlag.AlignTop
        self._across.setAlignment(self._remove, edge)
        self._across.setContentsMargins(0, 0, 0, theme.px(2))
        self._across.setSpacing(theme.px(8))
        self._column.setSpacing(theme.px(6))
        for line in self._lines:
            line.setDirection(way)
            line.setSpacing(theme.px(8))

    def _name(self, one: Field) -> None:
        box = self.boxes[one.name]
        box.setAccessibleName(one.words)
        if one.named_by:
            chosen = cast(ChoiceBox, self.boxes[one.named_by])
            chosen.currentTextChanged.connect(box.setAccessibleName)
            box.setAccessibleName(chosen.currentText())


def _pastes_picture(event: QEvent) -> bool:
    """Whether a key is about to paste what is a picture, not words."""
    return (
        event.type() is QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.matches(QKeySequence.StandardKey.Paste)
        and has_offer(QGuiApplication.clipboard().mimeData())
    )


def _changed(box: Box) -> SignalInstance:
    return box.currentIndexChanged if isinstance(box, ChoiceBox) else box.textChanged


def _box(look: Look, one: Field) -> Box:
    if one.choices:
        return ChoiceBox(look, one)
    return TextBox(look, one) if one.tall else LineBox(look, one)


def _captioned(one: Field, box: Box, captions: bool) -> QWidget:
    if not captions:
        return box
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(2)
    column.addWidget(label(one.words, "caption", "t2"))
    column.addWidget(box)
    return whole
