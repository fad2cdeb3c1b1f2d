"""Tags and shortlists of a record: as chips below its names, and the panel that changes them."""

from collections.abc import Collection, Mapping
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QCompleter, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldguide.domain.entries import Labels
from fieldguide.services.labelling import Collected, Sort, in_order, names_on
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.line_form import LineForm
from fieldguide.ui.parts import clear, label, tip, written
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

SORTS: Final[tuple[Sort, ...]] = ("tags", "shortlists")
ICONS: Final[Mapping[Sort, str]] = {"tags": "hash", "shortlists": "list"}
OFFERED: Final = 12
"""Names that stand ready to be chosen; the others are found by typing."""


def label_place(sort: Sort, name: str) -> Place:
    """The directory with what has this tag, or is on this shortlist."""
    return Place("directory", detail=f"{sort}:{name}")


class LabelChips(QWidget):
    """A chip each, which opens the directory with all that has it; gone while there is none."""

    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._labels = Labels()
        self._flow = FlowLayout()
        self.setLayout(self._flow)
        self.hide()
        look.preferred.connect(lambda _: self._veil())
        self.set_theme(look.theme)

    def show_labels(self, labels: Labels) -> None:
        """Show these; the star is not one of them."""
        if names_on(labels, "tags") + names_on(labels, "shortlists") == self._names():
            self._labels = labels
            return
        self._labels = labels
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Make the chips again in another size."""
        self._flow.setContentsMargins(0, theme.px(6), 0, 0)
        self._flow.setSpacing(theme.px(6))
        self._fill()

    def _names(self) -> tuple[str, ...]:
        return self._labels.tags + self._labels.shortlists

    def _fill(self) -> None:
        clear(self._flow)
        for sort in SORTS:
            for name in names_on(self._labels, sort):
                self._flow.addWidget(self._chip(sort, name))
        self._veil()

    def _veil(self) -> None:
        """What one thinks of a record is hidden in the discreet view."""
        if self.parent() is not None:
            self.setVisible(bool(self._names()) and not self._look.discreet)

    def _chip(self, sort: Sort, name: str) -> QPushButton:
        theme = self._look.theme
        chip = QPushButton(written(name))
        chip.setProperty("kind", "chip")
        chip.setIcon(self._look.icons.icon(ICONS[sort], 12, "t2", 3))
        chip.setIconSize(QSize(theme.px(15), theme.px(12)))
        words = self.tr("Tag {name}") if sort == "tags" else self.tr("Shortlist {name}")
        chip.setAccessibleName(words.format(name=name))
        chip.setToolTip(tip(self.tr("Show all with it in the directory")))
        chip.clicked.connect(lambda: self.opened.emit(label_place(sort, name)))
        return chip


class LabelPanel(LineForm):
    """Tags at the left, shortlists at the right; Escape leaves."""

    named = Signal(str, str, bool)
    """Which sort, a name as it was typed or chosen, and whether the record is to have it."""

    def __init__(self, look: Look) -> None:
        super().__init__(below=True)
        self.setAccessibleName(self.tr("Tags and shortlists"))
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._groups: dict[Sort, _Group] = {
            "tags": _Group(look, self.tr("Tags"), self.tr("Add a tag")),
            "shortlists": _Group(
                look, self.tr("Shortlists"), self.tr("Add to a shortlist, for a product or purpose")
            ),
        }
        for sort, group in self._groups.items():
            group.named.connect(lambda name, on, sort=sort: self.named.emit(sort, name, on))
            self._row.addWidget(group, 1)
        self._problem = ScriptLabel("", look.theme, "body", "danger", wrap=True)
        self._problem.hide()
        self.within.addLayout(self._row)
        self.within.addWidget(self._problem)
        self.set_theme(look.theme)

    def begin(self) -> None:
        """Take the keys; what there is comes with ``show_names``."""
        self.say("")
        self.show()
        self._groups["tags"].line.setFocus()

    def show_names(self, labels: Labels, found: Collected) -> None:
        """Show what the record has, and offer what other records have."""
        for sort, group in self._groups.items():
            group.show_names(names_on(labels, sort), found.names(sort))

    def refuse(self, sort: Sort, name: str, problem: str) -> None:
        """A name cannot be kept: say why, and let it be mended."""
        line = self._groups[sort].line
        if not line.text():
            line.setText(name)
        self.say(problem)

    def say(self, problem: str) -> None:
        """Say why a name cannot be kept."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def set_theme(self, theme: Theme) -> None:
        """Set the distances; large text has one below the other."""
        super().set_theme(theme)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.TopToBottom if theme.scale >= 1.5 else ways.LeftToRight)
        self._row.setSpacing(theme.px(24))


class _Group(QWidget):
    """Names to choose, and a line for one that is not there yet."""

    named = Signal(str, bool)

    def __init__(self, look: Look, heading: str, hint: str) -> None:
        super().__init__()
        self._look = look
        self._heading = heading
        self._chosen: tuple[str, ...] = ()
        self._offered: tuple[str, ...] = ()
        self._flow = FlowLayout()
        self.line = QLineEdit()
        self.line.setAccessibleName(hint)
        self.line.setPlaceholderText(hint)
        self.line.returnPressed.connect(self._add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(label(heading, "caption", "t2"))
        self._column.addWidget(self.line)
        self._column.addLayout(self._flow)
        self._column.addStretch(1)
        self.set_theme(look.theme)

    def show_names(self, chosen: Collection[str], known: Mapping[str, int]) -> None:
        """Those of the record are marked; of the others the most used stand there."""
        self._chosen = tuple(chosen)
        often = sorted((one for one in known if one not in chosen), key=lambda one: -known[one])
        self._offered = tuple(in_order((*chosen, *often[: max(0, OFFERED - len(chosen))])))
        completer = QCompleter([name for name in known if name not in chosen], self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(self._add, Qt.ConnectionType.QueuedConnection)
        before = self.line.completer()
        self.line.setCompleter(completer)
        if before is not None:
            before.deleteLater()
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setSpacing(theme.px(6))
        self._flow.setSpacing(theme.px(6))

    def _fill(self) -> None:
        held = next((one for one in self._chips() if one.hasFocus()), None)
        kept = held.text() if held is not None else ""
        if held is not None:
            # The keys stay near while the chips are made anew.
            self.line.setFocus()
        clear(self._flow)
        for name in self._offered:
            chip = QPushButton(written(name))
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setChecked(name in self._chosen)
            words = self.tr("{heading}: {name}").format(heading=self._heading, name=name)
            chip.setAccessibleName(words)
            chip.clicked.connect(lambda on, name=name: self.named.emit(name, on))
            self._flow.addWidget(chip)
            if kept and chip.text() == kept:
                chip.show()
                chip.setFocus()

    def _chips(self) -> list[QPushButton]:
        return self.findChildren(QPushButton)

    def _add(self) -> None:
        typed = self.line.text()
        self.line.clear()
        if typed.strip():
            self.named.emit(typed, True)
