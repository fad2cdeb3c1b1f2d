"""S19, first form: how it looks, who writes, where everything lies, what the program never does."""

from dataclasses import replace

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldguide.domain.notes import Author
from fieldguide.errors import FieldGuideError
from fieldguide.services.preferences import Preferences
from fieldguide.ui.backup_section import BackupSection
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Header, IconButton, key_text, label
from fieldguide.ui.sections import Columns, Section, Segments, Statement

TEXT_SIZES = (80, 100, 125, 150, 200)


class SettingsPage(Page):
    """Every change holds at once."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Settings"))
        look = desk.look
        self._sizes = text_sizes(self.tr("Text size"))
        self._sizes.chosen.connect(self._take_text)
        self._schemes = Segments(
            self.tr("Colours"),
            (
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
        )
        self._schemes.chosen.connect(self._take_scheme)
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Your name"))
        self._name.setPlaceholderText(self.tr("No name"))
        self._name.editingFinished.connect(self._take_name)
        self._known = ""
        self._columns = Columns(look, self.accessibleName())
        left: list[QWidget] = [self._look_section(), self._you()]
        self._backups: BackupSection | None = None
        if desk.backups is not None:
            self._backups = BackupSection(desk, desk.backups, self.tr("Backups"))
            self._backups.said.connect(self.said)
            left.append(self._backups)
        self._columns.fill(left, [self._files(), self._safety()])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Header(look, self.tr("Settings"), self.tr("Changes hold at once")))
        column.addWidget(self._columns, 1)
        look.preferred.connect(self._show_preferences)
        self._show_preferences(look.preferences)
        self.setFocusProxy(self._sizes)

    def show_place(self, place: Place) -> None:
        """Show what holds now."""
        self._show_preferences(self.desk.look.preferences)
        if self._backups is not None:
            self._backups.refresh()
        self.desk.notes.ask("me", lambda book: book.me(), self._show_name, self._no_name)

    def leave(self) -> None:
        """Keep a name that was typed."""
        self._take_name()

    def _look_section(self) -> Section:
        look = self.desk.look
        section = Section(look, self.tr("Look"))
        self._size = Statement(look, self.tr("Text size"))
        section.add(self._size)
        section.add(self._sizes)
        section.add(
            label(
                self.tr("{larger} larger, {smaller} smaller, {reset} as at first").format(
                    larger=key_text("Ctrl++"), smaller=key_text("Ctrl+-"), reset=key_text("Ctrl+0")
                ),
                "caption",
                "t3",
                wrap=True,
            )
        )
        section.add(Statement(look, self.tr("Colours")))
        section.add(self._schemes)
        return section

    def _you(self) -> Section:
        section = Section(self.desk.look, self.tr("You"))
        self._author = Statement(
            self.desk.look, self.tr("Your name"), self.tr("It stands on the notes you write.")
        )
        section.add(self._author)
        section.add(self._name)
        return section

    def _files(self) -> Section:
        look = self.desk.look
        section = Section(look, self.tr("Where it is"))
        folder = Statement(
            look, self.tr("Your notes and settings"), str(self.desk.profile), "hard-drive"
        )
        copy = IconButton(look, "copy", self.tr("Copy"), self._copy_folder, "link")
        copy.setAccessibleName(self.tr("Copy the folder's name"))
        folder.add(copy)
        section.add(folder)
        for name, text in (
            ("workspace.db", self.tr("The notes, encrypted.")),
            ("workspace.key", self.tr("Their key, kept twice. Without it the notes are lost.")),
            ("backups/", self.tr("Copies of the notes, each with its key.")),
            ("settings.toml", self.tr("What is chosen on this page, but not your name.")),
        ):
            section.add(Statement(look, name, text, "file-text"))
        return section

    def _safety(self) -> Section:
        look = self.desk.look
        section = Section(look, self.tr("Network, safety"))
        section.add(
            Statement(
                look,
                self.tr("This program opens no connection, ever."),
                self.tr("No account, no search for updates, no count of use. Addresses are text."),
                "wifi-off",
            )
        )
        section.add(
            Statement(
                look,
                self.tr("The notes are encrypted even without a passphrase."),
                self.tr(
                    "Their key lies beside them. A copy of the notes file alone tells nothing; "
                    "whoever can use your account on this computer can read everything."
                ),
                "key-round",
            )
        )
        section.add(
            Statement(
                look,
                self.tr("Ask your institution before the border."),
                self.tr("Some countries and employers forbid encrypted files, others demand them."),
                "info",
            )
        )
        return section

    def _show_preferences(self, chosen: Preferences) -> None:
        self._sizes.show_choice(chosen.text)
        self._schemes.show_choice(chosen.scheme)
        self._size.say(self.tr("{number} %").format(number=chosen.text))

    def _take_text(self, size: int) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, text=size))

    def _take_scheme(self, scheme: str) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, scheme=scheme))

    def _show_name(self, author: Author) -> None:
        self._known = author.name
        self._name.setText(author.name)
        self._name.setEnabled(True)

    def _no_name(self, problem: FieldGuideError) -> None:
        self._name.setEnabled(False)
        self._author.say(str(problem))

    def _take_name(self) -> None:
        name = self._name.text().strip()
        if name != self._known and self._name.isEnabled():
            self._known = name
            self.desk.notes.do(lambda book: book.introduce(name), self._thank, self._no_name)

    def _thank(self, author: Author) -> None:
        if author.name:
            self.said.emit(self.tr("Your notes carry the name {name}").format(name=author.name))
        else:
            self.said.emit(self.tr("Your notes carry no name."))

    def _copy_folder(self) -> None:
        folder = str(self.desk.profile)
        QGuiApplication.clipboard().setText(folder)
        self.said.emit(self.tr("Copied {text}").format(text=folder))


def text_sizes(name: str) -> Segments:
    """The choice of a text size in per cent."""
    return Segments(name, [(size, f"{size} %") for size in TEXT_SIZES])
