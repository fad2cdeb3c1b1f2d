"""Who writes the notes."""

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit

from fieldguide.domain.notes import Author
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import key_text, label
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.settings.panel import Panel


class YouPanel(Panel):
    """A name, kept when the field is left."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name)
        self._known = ""
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Your name"))
        self._name.setPlaceholderText(self.tr("No name"))
        self._name.editingFinished.connect(self.leave)
        self._author = Statement(
            desk.look, self.tr("Your name"), self.tr("It stands on the notes you write.")
        )
        self._wary = QCheckBox(self.tr("Begin with the discreet view"))
        self._wary.setChecked(desk.look.preferences.wary)
        self._wary.toggled.connect(self._take_wary)
        words = self.tr(
            "Of a note only the line being typed shows; lists hide opinions and what others said."
            " {key} shows all."
        )
        wary = Section(desk.look, self.tr("Discreet view"))
        wary.add(self._wary)
        wary.add(label(words.format(key=key_text("Ctrl+.")), "caption", "t2", wrap=True))
        section = Section(desk.look, name)
        section.add(self._author)
        section.add(self._name)
        self.fill([section, wary], [])

    def refresh(self) -> None:
        """Ask the notes for it."""
        self.desk.notes.ask("me", lambda book: book.me(), self._show, self._cannot)

    def leave(self) -> None:
        """Keep what was typed."""
        name = self._name.text().strip()
        if name != self._known and self._name.isEnabled():
            self._known = name
            self.desk.notes.do(lambda book: book.introduce(name), self._thank, self._cannot)

    def _take_wary(self, wary: bool) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, wary=wary))

    def _show(self, author: Author) -> None:
        self._known = author.name
        self._name.setText(author.name)
        self._name.setEnabled(True)
        self._author.say(self.tr("It stands on the notes you write."))

    def _cannot(self, problem: FieldGuideError) -> None:
        self._name.setEnabled(False)
        self._author.say(str(problem))

    def _thank(self, author: Author) -> None:
        if author.name:
            self.said.emit(self.tr("Your notes carry the name {name}").format(name=author.name))
        else:
            self.said.emit(self.tr("Your notes carry no name."))
