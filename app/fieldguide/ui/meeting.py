"""Beside a note of a visit: who is here, and a line to add somebody."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person, one_line
from fieldguide.services.visiting import Scene
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import label, rule
from fieldguide.ui.person_form_line import Understood
from fieldguide.ui.sight import bring
from fieldguide.ui.theme import Theme
from fieldguide.ui.ticks import TickList, TickRow


class PeoplePanel(QWidget):
    """Hosts and people met of a Scene; what a typed line says is shown before it is kept."""

    met = Signal(str)
    """A person as they were typed in one line."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.list = TickList(look, self.tr("People here: Space ticks who was met"))
        self._line = QLineEdit()
        self._line.setAccessibleName(self.tr("Add somebody in one line"))
        self._line.setPlaceholderText(self.tr("Name, title, organisation, WeChat …"))
        self._understood = Understood(look)
        self._column = QVBoxLayout(self)
        for part in (
            label(self.tr("People here"), "section"),
            rule(),
            self.list,
            self._line,
            self._understood,
        ):
            self._column.addWidget(part)
        self._line.textChanged.connect(self._understood.show_line)
        self._line.returnPressed.connect(self.take_typed)
        self.set_theme(look.theme)

    def show_scene(self, scene: Scene) -> None:
        """Show who is expected and who was met."""
        here = scene.attended
        hosts = [
            self._row(str(one.other), one.title, one.title_zh, one.note, here)
            for one in scene.subject.hosts
        ]
        self.list.show_rows([*hosts, *(self._person(one, here) for one in scene.met)])
        if self._line.hasFocus():
            bring(self._line)

    @property
    def typed(self) -> bool:
        """Whether there are words that Enter has not kept yet."""
        return bool(self._line.text().strip())

    def take_typed(self) -> None:
        """Something else shows next: who was typed is kept as if Enter had been pressed."""
        text = self._line.text().strip()
        if text:
            self._line.clear()
            self.met.emit(text)

    def type_again(self, text: str) -> bool:
        """Somebody could not be kept: they stand here again, unless another was begun."""
        free = not self._line.text()
        if free:
            self._line.setText(text)
        return free

    def fold(self) -> None:
        """Another visit shows."""
        self._line.clear()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._column.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(12))
        self._column.setSpacing(theme.px(6))

    def _person(self, entry: Entry[Person], here: frozenset[str]) -> TickRow:
        person = entry.value
        role = person.role
        words = one_line((role.title, role.organisation)) if role else ""
        hanzi = person.hanzi if person.hanzi != person.title else ""
        return self._row(entry.id, person.title, hanzi, words, here)

    def _row(self, who: str, title: str, hanzi: str, words: str, here: frozenset[str]) -> TickRow:
        name = one_line((title, hanzi), " ")
        there = who in here
        state = self.tr("met") if there else self.tr("not ticked")
        return TickRow(who, name, (words,) if words else (), there, state)
