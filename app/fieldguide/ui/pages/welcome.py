"""S1: one page on the first start, to be skipped at will, and never again."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldguide.domain.guides import About
from fieldguide.domain.records import Card, Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.halves import Halves
from fieldguide.ui.page import Page
from fieldguide.ui.parts import IconButton, label, rule
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.settings.look import text_sizes
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.tile import Tile


class WelcomePage(Page):
    """Who are you, and how large is the text to be."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Welcome"))
        look = desk.look
        self._people: dict[str, Ref] = {}
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Your name"))
        self._name.setPlaceholderText(self.tr("A name, or nothing"))
        self._name.returnPressed.connect(self._enter)
        self._sizes = text_sizes(self.tr("Text size"))
        self._sizes.chosen.connect(self._take_text)
        self._sizes.show_choice(look.preferences.text)
        look.preferred.connect(self._show_preferences)
        self._title = ScriptLabel("", look.theme, "title", wrap=True)
        self._version = ScriptLabel("", look.theme, "body", "t2", wrap=True)
        halves = Halves(look, self.accessibleName(), self._guide(), self._questions())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(halves, 1)
        column.addWidget(rule())
        column.addLayout(self._buttons())
        self.setFocusProxy(self._name)
        self.set_theme(look.theme)

    def show_place(self, place: Place) -> None:
        """Ask the guide for its name and for those who may be sitting here."""
        guide = self.desk.guide
        self._tell_passphrase()
        guide.ask("welcome", lambda opened: opened.about, self._show_about, self._no_guide)
        guide.ask(
            "people", lambda opened: opened.records("person"), self._show_people, self._no_guide
        )

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._foot.setContentsMargins(theme.px(24), theme.px(12), theme.px(24), theme.px(16))
        self._foot.setSpacing(theme.px(8))

    def _guide(self) -> QWidget:
        look = self.desk.look
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(12))
        column.addWidget(Tile(look, "compass"))
        column.addWidget(self._title)
        column.addWidget(self._version)
        column.addWidget(self._promises())
        column.addStretch(1)
        return whole

    def _questions(self) -> QWidget:
        look = self.desk.look
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(24))
        who = Section(look, self.tr("Who are you?"))
        yours = self.tr("Your name goes on your notes. Type it, or choose one of the delegation.")
        who.add(label(yours, tone="t2", wrap=True))
        who.add(self._name)
        size = Section(look, self.tr("Text size"))
        size.add(self._sizes)
        secret = Section(look, self.tr("Passphrase, if you want one"))
        self._passphrase = Statement(look, " ", self.tr(
            "Some institutions demand encryption abroad, others forbid it. Nothing is forced."
        ))  # fmt: skip
        self._offer = IconButton(look, "key-round", self.tr("Set one"), self._to_passphrase)
        self._offer.setAccessibleName(self.tr("Set a passphrase"))
        self._passphrase.add(self._offer)
        secret.add(self._passphrase)
        for section in (who, size, secret):
            column.addWidget(section)
        column.addStretch(1)
        return whole

    def _promises(self) -> Section:
        look = self.desk.look
        section = Section(look, self.tr("Good to know"))
        for title, text, icon in (
            (
                self.tr("No network, ever"),
                self.tr("The program opens no connection; all of the guide is on this computer."),
                "wifi-off",
            ),
            (
                self.tr("Your notes stay here"),
                self.tr(
                    "Their file is encrypted even without a passphrase: "
                    "ask your institution what it and the border allow."
                ),
                "key-round",
            ),
            (
                self.tr("Search everything"),
                self.tr("Ctrl+K finds names in any script, also by pinyin or initials."),
                "search",
            ),
            (
                self.tr("English, with names in their own script"),
                self.tr("Chinese names stand beside the English ones and can be copied."),
                "type",
            ),
        ):
            section.add(Statement(look, title, text, icon))
        return section

    def _buttons(self) -> QHBoxLayout:
        self._foot = QHBoxLayout()
        once = self.tr("This page will not come back; all of it is in Settings.")
        self._foot.addWidget(label(once, tone="t3", wrap=True), 1)
        skip = QPushButton(self.tr("Skip"))
        skip.setProperty("kind", "quiet")
        skip.clicked.connect(self._go_on)
        self._foot.addWidget(skip)
        start = IconButton(self.desk.look, "arrow-right", self.tr("Start"), self._start, "primary")
        self._foot.addWidget(start)
        return self._foot

    def _tell_passphrase(self) -> None:
        guarded = self.desk.access.guarded
        none = self.tr("None: anyone who opens this computer can read the notes.")
        asked = self.tr("Set: the program asks for it at each start.")
        self._passphrase.title.setText(asked if guarded else none)
        self._offer.setVisible(not guarded)

    def _to_passphrase(self) -> None:
        self.opened.emit(Place("passphrase", detail="welcome"))

    def _show_about(self, about: About) -> None:
        self._title.setText(about.title)
        self._version.setText(self.tr("Guide {version}").format(version=about.version))

    def _show_people(self, cards: list[Card]) -> None:
        self._people = {card.title: card.ref for card in cards}
        completer = QCompleter(list(self._people), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._name.setCompleter(completer)

    def _no_guide(self, problem: FieldGuideError) -> None:
        self._version.setText(str(problem))

    def _show_preferences(self, chosen: Preferences) -> None:
        self._sizes.show_choice(chosen.text)

    def _take_text(self, size: int) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, text=size))

    def _enter(self) -> None:
        completer = self._name.completer()
        popup = completer.popup() if completer is not None else None
        # The same Enter takes the name that is marked in the list, which is not to start yet.
        if popup is None or not (popup.isVisible() and popup.currentIndex().isValid()):
            self._start()

    def _start(self) -> None:
        name = self._name.text().strip()
        if name:
            person = self._people.get(name)
            self.desk.notes.do(
                lambda book: book.introduce(name, person),
                failed=lambda problem: self.said.emit(str(problem)),
            )
        self._go_on()

    def _go_on(self) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, welcomed=True))
        self.opened.emit(Place("today"))
