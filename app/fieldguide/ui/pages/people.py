"""S11: people of the guide and one's own, as one list with one of them beside it."""

from collections.abc import Callable, Mapping

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person, PersonName, Script
from fieldguide.domain.person_line import parsed
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.services.notebook import Notebook
from fieldguide.services.readings import with_tones
from fieldguide.services.roster import Named, Part, Roll, Somebody, meetings_of, named_in
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.doubles import Doubles
from fieldguide.ui.doubles_bar import DoublesBar
from fieldguide.ui.exporting import Exporting
from fieldguide.ui.importing import Importing
from fieldguide.ui.my_card import Codes
from fieldguide.ui.page import Loss, Page
from fieldguide.ui.people_view import PeopleView
from fieldguide.ui.person_form_keeping import NEW, PersonKeeping
from fieldguide.ui.person_list import PersonRow, rows_of


class PeoplePage(Page):
    """Lists people by family name; the guide is asked once, the notebook at each visit."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("People"))
        self._named: tuple[Named, ...] | None = None
        self._sought: Place | None = None
        self._view = PeopleView(desk.look)
        self._list = self._view.list
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self._forms = PersonKeeping(desk, self._view)
        column.addWidget(self._forms.faces)
        self._importing = Importing(desk, self._view.importing, self._view.toast, self)
        self._codes = Codes(desk, self._view.toast, self)
        self._exporting = Exporting(desk, self)
        bar = DoublesBar(desk.look)
        column.insertWidget(0, bar)
        column.setSpacing(0)
        self._doubles = Doubles(desk, bar)
        self._connect()
        self.setFocusProxy(self._list)
        self._view.either.turned.connect(self._turn)

    def show_place(self, place: Place) -> None:
        """Read the people again, and go to one where the place names them."""
        self._view.toast.dismiss()
        self._importing.offer_again()
        self._sought = place if place.ref or place.detail not in ("", NEW) else None
        self._forms.come_back(place.detail)
        self._look()

    def keep(self) -> None:
        """Keep what is typed."""
        self._forms.keep()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        super().leave()
        self._codes.forget()
        self._view.toast.dismiss()

    def saving(self) -> bool:
        """Whether what was typed of somebody is on its way."""
        return self._forms.busy

    def losing(self) -> Loss | None:
        """What is typed of somebody and could not be kept."""
        if not self._forms.unsaved and not self._view.line.text().strip():
            return None
        return Loss(Place("people"), self.tr("What you typed of a person is not kept."))

    def hanzi(self) -> str:
        """The hanzi of who is beside the list."""
        somebody = self._list.current()
        return somebody.person.hanzi if somebody else ""

    def goal(self) -> Ref | None:
        """Who is beside the list, if the guide knows where they work."""
        somebody = self._list.current()
        return somebody.ref if somebody else None

    def _connect(self) -> None:
        self._view.changed.connect(self._look)
        self._view.added.connect(self._add)
        self._view.exported.connect(
            lambda whole, version: self._exporting.write(self._list.current(), whole, version)
        )
        self._exporting.said.connect(self.said)
        self._view.imported.connect(self._importing.choose)
        self._view.codes.person.connect(lambda: self._codes.show(self._list.current()))
        self._view.codes.mine.connect(self._codes.show_mine)
        self._view.codes.claimed.connect(lambda: self._codes.claim(self._list.current()))
        self._codes.asked.connect(self._view.line.setFocus)
        self._codes.said.connect(self.said)
        self._codes.chosen.connect(self._look)
        self._doubles.opened.connect(self.opened)
        self._importing.said.connect(self.said)
        self._importing.arrived.connect(self._look)
        self._forms.said.connect(self.said)
        self._forms.turned.connect(self._turn)
        self._forms.closed.connect(self._come_back)
        self._list.wanted.connect(self._read)
        self._list.sought.connect(self._seek)
        self._list.opened.connect(lambda _: self._view.person.rows.setFocus())
        self._list.turned.connect(self._show_somebody)
        self._list.removed.connect(self._remove)
        self._list.copied.connect(self._say_copied)
        self._view.person.rows.copied.connect(self._say_copied)
        self._view.person.rows.opened.connect(self.opened)

    def _turn(self) -> None:
        self.setFocusProxy(self._forms.first or self._view.either.first)

    def _come_back(self, entry_id: str) -> None:
        """Show the list again, with the keys on who was mended."""
        if entry_id:
            self._sought = Place("people", None, entry_id)
        self.setFocus()
        self._look()

    def _look(self) -> None:
        if self._named is None:
            self.desk.guide.ask("people", named_in, self._name, self._failed)
            self.desk.guide.ask("meetings", meetings_of, self._view.person.know, self._failed)
            return
        wanted, named = self._view.wanted(), self._named
        self.desk.notes.ask(
            "people", lambda book: book.roster.look(wanted, named), self._show, self._broken
        )

    def _name(self, named: tuple[Named, ...]) -> None:
        self._named = named
        self._look()

    def _show(self, found: Roll) -> None:
        self._view.show_roll(found)
        self._doubles.look(self._named or ())
        if not found.order:
            self._explain()
        elif self._sought is not None:
            place, self._sought = self._sought, None
            self._find(place, found.order)

    def _find(self, place: Place, order: tuple[int, ...]) -> None:
        """Put the keys on who the place names."""
        named = self._named or ()

        def number(book: Notebook) -> int | None:
            if place.ref is None:
                return book.roster.number_of(place.detail)
            refs = [one.somebody.ref for one in named]
            return -1 - refs.index(place.ref) if place.ref in refs else None

        def arrived(found: int | None) -> None:
            if found is not None and found in order:
                self._list.go_to(found)

        self.desk.notes.ask("people-one", number, arrived, self._failed)

    def _read(self, rows: range) -> None:
        order, named = self._list.items.order, self._named or ()
        numbers = order[rows.start : rows.stop]

        def arrived(read: Mapping[int, Somebody]) -> None:
            if order is self._list.items.order:
                self._list.fill(rows, rows_of(read))
                if self._list.currentIndex().row() in rows:
                    self._list.tell()

        self.desk.notes.ask(
            "people-rows", lambda book: book.roster.somebodies(numbers, named), arrived,
            self._failed,
        )  # fmt: skip

    def _seek(self, letters: str, numbers: tuple[int, ...]) -> None:
        named = self._named or ()

        def arrived(number: int | None) -> None:
            if number is not None:
                self._list.go_to(number)

        self.desk.notes.ask(
            "people-letters", lambda book: book.roster.starting(numbers, letters, named), arrived,
            self._failed,
        )  # fmt: skip

    def _show_somebody(self, somebody: Somebody) -> None:
        self._view.person.show_somebody(somebody)
        hanzi = somebody.person.name(Script.HANZI)
        if hanzi is None or somebody.person.name(Script.PINYIN) is not None:
            self.desk.notes.drop("people-said")
            return

        def arrived(said: PersonName) -> None:
            self._view.person.show_somebody(somebody, said)

        self.desk.notes.ask("people-said", lambda _: with_tones(hanzi), arrived, self._failed)

    def _add(self, line: str) -> None:
        """Keep who was typed; what was not understood is a remark. The form shows all of it."""
        person = parsed(line).whole
        if person == Person():
            self.said.emit(self.tr("Nothing of this line says who it is."))
            return

        def done(entry: Entry[Person]) -> None:
            self._view.line.clear()
            self._view.filter.clear()
            self._codes.typed(entry)
            self._doubles.added(entry.id, self._named or ())
            self._view.turn(Part.ALL)
            self._forms.mend(entry)

        self.desk.notes.do(lambda book: book.people.add(person), done, self._failed)

    def _remove(self) -> None:
        """Put one's own person into the trash."""
        somebody = self._list.current()
        if somebody is None or not somebody.mine:
            self.said.emit(self.tr("What the guide says of people stays in the guide."))
            return
        kept = somebody.id

        def done(_: None) -> None:
            name = PersonRow(somebody).copies
            words = self.tr("{name} was removed.").format(name=name)
            self._offer_undo(words, lambda book: book.people.restore(kept))
            self._look()

        self.desk.notes.do(lambda book: book.people.remove(kept), done, self._failed)

    def _offer_undo(self, words: str, deed: Callable[[Notebook], object]) -> None:
        def undo() -> None:
            self.desk.notes.do(deed, lambda _: self._look(), self._failed)

        self._view.toast.offer(words, self.tr("Undo"), undo)

    def _explain(self) -> None:
        """Say why the list is empty, and offer one thing to do."""
        wanted = self._view.shown
        if wanted.words.strip():
            words = self.tr("Nobody here is called “{text}”.").format(text=wanted.words.strip())
            self._view.either.say_nothing(
                "search", words, self.tr("Clear the filter"), self._view.filter.clear
            )
        else:
            words = self.tr("Nobody yet. Type a person in one line.")
            self._view.either.say_nothing(
                "users", words, self.tr("Add a person"), self._view.line.setFocus
            )

    def _say_copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))

    def _broken(self, problem: FieldGuideError) -> None:
        """Say why there is no list."""
        if isinstance(problem, PassphraseNeeded):
            self._view.either.say_nothing(
                "lock", str(problem), self.tr("Unlock"), self.locking.emit
            )
            return
        self._view.either.say_nothing(
            "file-warning", str(problem), self.tr("Open the directory"),
            lambda: self.opened.emit(Place("directory")),
        )  # fmt: skip

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
