"""Opens the form of a person over the list of people, keeps what is typed, offers to undo it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person, PersonName, Script
from fieldguide.errors import FieldGuideError
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook
from fieldguide.services.readings import with_tones
from fieldguide.services.roster import Somebody, bodies_of, meetings_of
from fieldguide.ui.desk import Desk
from fieldguide.ui.person_form import PersonForm
from fieldguide.ui.person_form_parts import Known
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.toast import Toast


@dataclass(frozen=True)
class _Open:
    """Who is in the form: the entry as it is kept, nothing for somebody who is not kept yet."""

    id: str = ""
    revision: str = ""
    kept: Person = field(default_factory=Person)
    first: Person | None = None
    """What there was before the form opened; None for who is new with it."""


class PersonKeeping(QObject):
    """The list and the form are two faces; the form closes once all of it is kept."""

    said = Signal(str)
    turned = Signal()
    """Another face takes the keys from now on."""
    closed = Signal(str)
    """The form is closed; the id of who was in it, or nothing."""

    def __init__(self, desk: Desk, people: QWidget, toast: Toast) -> None:
        super().__init__(people)
        self._desk, self._people, self._toast = desk, people, toast
        self.faces = QStackedWidget()
        self.faces.addWidget(people)
        self._form: PersonForm | None = None
        self._open: _Open | None = None
        self._under_way = self._again = False
        self._after: Callable[[], None] | None = None

    @property
    def first(self) -> QWidget | None:
        """Where the keys go in the form; None while the list shows."""
        return self._form.name_box if self._form is not None and self._open is not None else None

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._under_way

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that could not be kept."""
        form = self._form
        opened = self._open is not None
        return opened and form is not None and (form.changed or form.problem() is not None)

    def edit(self, somebody: Somebody) -> None:
        """Mend one of one's own people."""
        person = somebody.person
        opened = _Open(somebody.id, somebody.revision, person, person)
        self._show(opened, PersonRow(somebody).copies)

    def mend(self, entry: Entry[Person]) -> None:
        """Mend somebody who was kept just now; undoing takes them away again."""
        name = PersonRow(Somebody(entry.value)).copies
        self._show(_Open(entry.id, entry.revision, entry.value), name)

    def begin(self) -> None:
        """Type somebody new."""
        self._show(_Open(), self.tr("New person"))

    def copy(self, somebody: Somebody) -> None:
        """Keep an entry of one's own of somebody in the guide, and mend it."""
        person = somebody.person
        refs = (somebody.ref, *person.records) if somebody.ref else person.records
        own = replace(person, uid="", records=tuple(dict.fromkeys(refs)))
        self._desk.notes.do(lambda book: book.people.add(own), self.mend, self._failed)

    def keep(self, after: Callable[[], None] | None = None) -> None:
        """Keep what is typed, and then go on; the form stays open where that fails."""
        form, opened = self._form, self._open
        if form is None or opened is None:
            return
        self._after = after or self._after
        if self._under_way:
            self._again = True
            return
        person = form.person()
        if person == opened.kept:
            self._go_on()
            return

        def deed(book: Notebook) -> Entry[Person]:
            if opened.id:
                return book.people.put(opened.id, person, opened.revision)
            return book.people.add(person)

        self._under_way = True
        self._desk.notes.do(deed, self._kept, self._not_kept)

    def come_back(self) -> None:
        """Show the list again once all is kept; what cannot be read stays, to be mended."""
        if self._form is None or self._open is None:
            return
        problem = self._form.problem()
        if problem is None:
            self.keep(self._close)
        else:
            self._form.say(problem[0])

    def _show(self, opened: _Open, title: str) -> None:
        self._toast.dismiss()
        if self._form is None:
            self._desk.guide.ask(
                "person-form", _known, lambda known: self._make(known, opened, title), self._failed
            )
            return
        self._open = opened
        self._form.show_person(opened.kept, title)
        self.faces.setCurrentWidget(self._form)
        self.turned.emit()
        self._form.name_box.setFocus()

    def _make(self, known: Known, opened: _Open, title: str) -> None:
        if self._form is None:
            self._form = PersonForm(self._desk.look, known)
            self._form.finished.connect(self._finish)
            self._form.sounded.connect(self._sound)
            self.faces.addWidget(self._form)
        self._show(opened, title)

    def _finish(self, following: bool) -> None:
        self.keep(self._follow if following else self._close)

    def _kept(self, entry: Entry[Person]) -> None:
        self._under_way = False
        if self._open is not None and self._form is not None:
            self._open = replace(self._open, id=entry.id, revision=entry.revision, kept=entry.value)
            self._form.settle(entry.value)
        if self._again:
            self._again = False
            self.keep()
        else:
            self._go_on()

    def _not_kept(self, problem: FieldGuideError) -> None:
        self._under_way = self._again = False
        self._after = None
        self._failed(problem)
        if self._form is not None:
            self._form.say(str(problem))

    def _go_on(self) -> None:
        after, self._after = self._after, None
        if after is not None:
            after()

    def _follow(self) -> None:
        self._close()
        self.begin()

    def _close(self) -> None:
        opened, self._open = self._open, None
        if opened is None:
            return
        self.faces.setCurrentWidget(self._people)
        self.turned.emit()
        self.closed.emit(opened.id)
        if opened.id and opened.first != opened.kept:
            name = PersonRow(Somebody(opened.kept)).copies
            words = self.tr("{name} is kept.").format(name=name)
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(opened))

    def _undo(self, opened: _Open) -> None:
        def deed(book: Notebook) -> None:
            if opened.first is None:
                book.people.remove(opened.id)
            else:
                book.people.put(opened.id, opened.first, opened.revision)

        self._desk.notes.do(deed, lambda _: self.closed.emit(opened.id), self._failed)

    def _sound(self, hanzi: str) -> None:
        form = self._form
        if form is not None:
            name = PersonName(hanzi, Script.HANZI)
            self._desk.notes.ask(
                "person-said", lambda _: with_tones(name), form.sound, self._failed
            )

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))


def _known(guide: Guide) -> Known:
    return Known(bodies_of(guide), meetings_of(guide))
