"""When the guide cannot be read: what happened, what to do, and that the notes are there."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.errors import FieldGuideError
from fieldguide.services.shelf import Listing, Wanted
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.note_bars import TroubleBar
from fieldguide.ui.note_list import NoteList, rows_of
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Header, IconButton
from fieldguide.ui.sections import Columns, Section, Statement
from fieldguide.ui.theme import Theme

LAST_NOTES = 4


class DamagedPage(Page):
    """Stands where the guide would; ``detail`` of its place is the sentence to show."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("The guide cannot be read"))
        look = desk.look
        self._sentence = TroubleBar(look, "danger", "file-warning")
        self._open = IconButton(
            look, "notebook-pen", self.tr("Open your notes"), self._open_notes, "primary"
        )
        self._notes = Statement(look, self.tr("Your notes still work"), "…", "notebook-pen")
        self._last = NoteList(look, self.tr("The last notes"))
        self._last.opened.connect(self.opened)
        columns = Columns(look, self.accessibleName())
        columns.fill([self._steps()], [self._yours()])
        header = Header(look, self.tr("The guide cannot be read"))
        header.add(self._open)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(header)
        column.addWidget(self._sentence)
        column.addWidget(columns, 1)
        self.setFocusProxy(self._open)
        self.set_theme(look.theme)

    def show_place(self, place: Place) -> None:
        """Say what is wrong, and look for the notes."""
        self._sentence.tell(place.detail, self.tr("Nothing of it is shown; nothing was changed."))
        self.desk.notes.ask(
            "damaged",
            lambda book: book.shelf.look(Wanted(), LAST_NOTES),
            self._show,
            self._no_notes,
        )

    def set_theme(self, theme: Theme) -> None:
        """Leave room for a few notes."""
        self._last.setFixedHeight(theme.px(60) * LAST_NOTES)

    def _steps(self) -> Section:
        look = self.desk.look
        section = Section(look, self.tr("What you can do"))
        for title, text, icon in (
            (
                self.tr("If the guide lies on a stick or a share"),
                self.tr("Put the stick in or connect the share, then start the program again."),
                "hard-drive",
            ),
            (
                self.tr("If the guide is damaged or missing"),
                self.tr(
                    "Install the program again: it brings its own guide. "
                    "Your notes are in another folder and stay as they are."
                ),
                "download",
            ),
            (
                self.tr("If the guide is newer than the program"),
                self.tr("Install the newer program that came with it."),
                "history",
            ),
            (
                self.tr("If you have another guide"),
                self.tr("Start the program with: fieldguide --guide FILE"),
                "book-open",
            ),
        ):
            section.add(Statement(look, title, text, icon))
        return section

    def _yours(self) -> Section:
        section = Section(self.desk.look, self.tr("Still yours, all of it"))
        section.add(self._notes)
        section.add(self._last)
        return section

    def _show(self, found: Listing) -> None:
        words = self.tr("None is written yet; they will lie in another file.")
        if found.kept:
            words = self.tr("Notes: {number}. They lie in another file.").format(number=found.kept)
        self._notes.say(words)
        last = list(rows_of(found.first).values())
        self._last.setVisible(bool(last))
        self._last.show_items(last)

    def _no_notes(self, problem: FieldGuideError) -> None:
        self._notes.title.setText(self.tr("Your notes cannot be opened either"))
        self._notes.say(str(problem))
        self._last.hide()

    def _open_notes(self) -> None:
        self.opened.emit(Place("notes"))
