"""The lists of the page of notes, a chip for each with how long it is; one of them is shown."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from fieldguide.services.shelf import Listing, Part
from fieldguide.ui.desk import Look
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.theme import Theme


class Face(StrEnum):
    """What the page shows in the place of its list."""

    NOTES = "notes"
    DAY = "day"
    QUESTIONS = "questions"


class ListChips(QWidget):
    """A chip is there while its list has anything, or is the one that is shown."""

    chosen = Signal()
    """Another list is wanted."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._parts = {part: QPushButton() for part in Part}
        self._day, self._questions = QPushButton(), QPushButton()
        group = QButtonGroup(self)
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        kept, unfiled, *gone = self._parts.values()
        for chip in (self._day, kept, unfiled, self._questions, *gone):
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            group.addButton(chip)
            self._flow.addWidget(chip)
        for chip in (self._day, self._parts[Part.UNFILED], self._parts[Part.FILES]):
            chip.hide()
        kept.setChecked(True)
        self.count_questions(0)
        group.buttonToggled.connect(lambda _, on: self.chosen.emit() if on else None)
        self.set_theme(look.theme)

    @property
    def part(self) -> Part:
        """Which notes are wanted; all where it is not notes that are shown."""
        return next((part for part, chip in self._parts.items() if chip.isChecked()), Part.KEPT)

    @property
    def face(self) -> Face:
        """What is shown."""
        if self._day.isChecked():
            return Face.DAY
        return Face.QUESTIONS if self._questions.isChecked() else Face.NOTES

    def turn(self, to: Part | Face) -> None:
        """Choose a list."""
        chips = {Face.DAY: self._day, Face.QUESTIONS: self._questions}
        chip = self._parts[to] if isinstance(to, Part) else chips.get(to, self._parts[Part.KEPT])
        chip.setChecked(True)

    def show_listing(self, found: Listing) -> None:
        """Say how long the lists of notes are."""
        for part, words, number in (
            (Part.KEPT, self.tr("Notes {number}"), found.kept),
            (Part.UNFILED, self.tr("To file {number}"), found.unfiled),
            (Part.TRASH, self.tr("Trash {number}"), found.trashed),
            (Part.FILES, self.tr("Removed files {number}"), found.files),
        ):
            chip = self._parts[part]
            _name(chip, words.format(number=f"{number:,}"))
            chip.setVisible(number > 0 or part in (Part.KEPT, Part.TRASH, found.wanted.part))

    def count_questions(self, number: int) -> None:
        """Say how many are open."""
        _name(self._questions, self.tr("Questions {number}").format(number=f"{number:,}"))

    def show_day(self, day: str, number: int) -> None:
        """Offer the lines of a day, as it is called here; none is offered without a name."""
        _name(self._day, self.tr("{day}: {number}").format(day=day, number=f"{number:,}"))
        self._day.setVisible(bool(day))
        if not day and self._day.isChecked():
            self.turn(Part.KEPT)

    def disable(self) -> None:
        """There are no notes to list."""
        for chip in self._parts.values():
            chip.setVisible(bool(chip.text()))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._flow.setContentsMargins(0, theme.px(2), 0, theme.px(2))
        self._flow.setSpacing(theme.px(8))


def _name(chip: QPushButton, text: str) -> None:
    chip.setText(text)
    chip.setAccessibleName(text)
