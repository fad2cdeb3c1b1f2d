"""Opens the form of a person over the list of people, keeps what is typed, offers to undo it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from fieldguide.domain.entries import Entry
from fieldguide.domain.people import Person, PersonName, Script
from fieldguide.errors import FieldGuideError
from fieldguide.services.guide import Guide
from fieldguide.services.mending import Mending, shots_of
from fieldguide.services.notebook import Notebook
from fieldguide.services.readings import with_tones
from fieldguide.services.roster import Somebody, bodies_of, meetings_of
from fieldguide.ui.card_strip import CardStrip
from fieldguide.ui.card_taking import CardTaking
from fieldguide.ui.darkroom import Print, printed
from fieldguide.ui.desk import Desk
from fieldguide.ui.people_view import PeopleView
from fieldguide.ui.person_form import PersonForm
from fieldguide.ui.person_form_parts import Known
from fieldguide.ui.person_list import PersonRow

NEW: Final = "new"
"""The detail of the place where somebody new is typed."""


@dataclass(frozen=True)
class _Opened:
    """What a form needs to show somebody."""

    mending: Mending
    person: Person
    prints: list[Print]


class PersonKeeping(QObject):
    """The list and the form are two faces; the form closes once all of it is kept."""

    said = Signal(str)
    turned = Signal()
    """Another face takes the keys from now on."""
    closed = Signal(str)
    """The form is closed; the id of who was in it, or nothing."""

    def __init__(self, desk: Desk, view: PeopleView) -> None:
        super().__init__(view)
        self._desk, self._people, self._toast = desk, view, view.toast
        self.faces = QStackedWidget()
        self.faces.addWidget(view)
        view.begun.connect(self.begin)
        view.list.edited.connect(self.edit)
        view.person.edited.connect(self.edit)
        view.person.copied.connect(self.copy)
        strip = CardStrip(desk, view.person.pictures)
        strip.said.connect(self.said)
        view.list.turned.connect(strip.show)
        self._form: PersonForm | None = None
        self._cards: CardTaking | None = None
        self._mending: Mending | None = None
        self._under_way = 0

    @property
    def first(self) -> QWidget | None:
        """Where the keys go in the form; None while the list shows."""
        return self._form.name_box if self._form is not None and self._mending is not None else None

    @property
    def busy(self) -> bool:
        """Whether something is on its way to the disk."""
        return self._under_way > 0 or (self._cards is not None and self._cards.busy)

    @property
    def unsaved(self) -> bool:
        """Whether something is typed that could not be kept."""
        form = self._form
        opened = self._mending is not None
        return opened and form is not None and (form.changed or form.problem() is not None)

    def edit(self, somebody: Somebody) -> None:
        """Mend one of one's own people."""
        if self._refuses():
            return
        self._ask(lambda book: _opened(book, book.people.get(somebody.id), new=False))

    def mend(self, entry: Entry[Person]) -> None:
        """Mend somebody who was kept just now; undoing takes them away again."""
        self._ask(lambda book: _opened(book, entry, new=True))

    def begin(self) -> None:
        """Type somebody new, perhaps from a card."""
        if self._refuses():
            return
        self._show(_Opened(Mending(), Person(), []), cards=True)

    def copy(self, somebody: Somebody) -> None:
        """Keep an entry of one's own of somebody in the guide, and mend it."""
        if self._refuses():
            return
        person = somebody.person
        refs = (somebody.ref, *person.records) if somebody.ref else person.records
        own = replace(person, uid="", records=tuple(dict.fromkeys(refs)))
        self._desk.notes.do(lambda book: book.people.add(own), self.mend, self._failed)

    def keep(self, after: Callable[[], None] | None = None) -> None:
        """Keep what is typed, and then go on; the form stays open where that fails."""
        form, mending = self._form, self._mending
        if form is None or mending is None:
            return
        form.cards.tell_caption()
        if not form.changed and not self._under_way:
            if after is not None:
                after()
            return
        person = form.person()

        def kept(entry: Entry[Person] | None) -> None:
            self._under_way -= 1
            if mending is self._mending and entry is not None:
                form.settle(entry.value)
            if mending is self._mending and after is not None:
                after()

        self._under_way += 1
        self._desk.notes.do(lambda book: mending.save(book, person), kept, self._not_kept)

    def come_back(self, detail: str) -> None:
        """Show the list again once all is kept, then what the place names.

        What cannot be read or kept stays, to be mended.
        """
        if self._form is None or self._mending is None:
            self._come_to(detail)
            return
        problem = self._form.problem()
        if problem is None:
            self.keep(partial(self._close_for, detail))
        else:
            self._form.say(problem[0])

    def _close_for(self, detail: str) -> None:
        self._close()
        self._come_to(detail)

    def _come_to(self, detail: str) -> None:
        """Open the form for ``new``, and for somebody of whom there is a card but no name yet."""
        if detail == NEW:
            self.begin()
        elif detail:
            self._desk.notes.ask(
                "person-form",
                lambda book: _opened(book, book.people.get(detail), new=False),
                self._show_nameless,
                self._failed,
            )

    def _refuses(self) -> bool:
        """Say why nothing can be written, before anybody types in vain."""
        why = self._people.read_only
        if why:
            self.said.emit(why)
        return bool(why)

    def _ask(self, question: Callable[[Notebook], _Opened]) -> None:
        self._desk.notes.ask("person-form", question, self._show, self._failed)

    def _show(self, opened: _Opened, *, cards: bool = False) -> None:
        self._toast.dismiss()
        if self._form is None:
            self._desk.guide.ask(
                "person-form", _known, lambda known: self._make(known, opened, cards), self._failed
            )
            return
        assert self._cards is not None
        self._mending = opened.mending
        name = PersonRow(Somebody(opened.person)).copies
        self._form.show_person(opened.person, name if opened.mending.entry else "")
        self._cards.show(opened.mending, opened.prints)
        self._form.show_cards(cards or bool(opened.prints))
        self.faces.setCurrentWidget(self._form)
        self.turned.emit()
        self._form.name_box.setFocus()

    def _show_nameless(self, opened: _Opened) -> None:
        entry = opened.mending.entry
        there = entry is not None and not entry.deleted
        if there and not opened.person.names and opened.prints:
            self._show(opened)

    def _make(self, known: Known, opened: _Opened, cards: bool) -> None:
        if self._form is None:
            form = self._form = PersonForm(self._desk.look, known)
            form.finished.connect(self._finish)
            form.names.sounded.connect(self._sound)
            self._cards = CardTaking(self._desk, form.cards)
            self._cards.said.connect(self.said)
            self._cards.kept.connect(self._take_pictures)
            form.offered.connect(self._cards.take)
            form.pasted.connect(self._cards.paste)
            self.faces.addWidget(form)
        self._show(opened, cards=cards)

    def _finish(self, following: bool) -> None:
        self.keep(self._follow if following else self._close)

    def _take_pictures(self, mending: Mending) -> None:
        if self._mending is None:
            # The form was closed before the photo was read: the list does not know of it yet.
            self.closed.emit("")
        elif mending is self._mending and mending.entry is not None and self._form is not None:
            self._form.settle(mending.entry.value)

    def _not_kept(self, problem: FieldGuideError) -> None:
        self._under_way -= 1
        self._failed(problem)
        if self._form is not None:
            self._form.say(str(problem))

    def _follow(self) -> None:
        self._close()
        self.begin()

    def _close(self) -> None:
        mending, self._mending = self._mending, None
        if mending is None:
            return
        entry = mending.entry
        self.faces.setCurrentWidget(self._people)
        self.turned.emit()
        self.closed.emit(entry.id if entry else "")
        if entry is not None and mending.changed:
            name = PersonRow(Somebody(entry.value)).copies
            words = self.tr("{name} is kept.").format(name=name)
            self._toast.offer(words, self.tr("Undo"), lambda: self._undo(mending, entry.id))

    def _undo(self, mending: Mending, entry_id: str) -> None:
        self._desk.notes.do(mending.undo, lambda _: self.closed.emit(entry_id), self._failed)

    def _sound(self, hanzi: str) -> None:
        form = self._form
        if form is not None:
            name = PersonName(hanzi, Script.HANZI)
            self._desk.notes.ask(
                "person-said", lambda _: with_tones(name), partial(form.names.sound, hanzi),
                self._failed,
            )  # fmt: skip

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))


def _known(guide: Guide) -> Known:
    return Known(bodies_of(guide), meetings_of(guide))


def _opened(book: Notebook, entry: Entry[Person], *, new: bool) -> _Opened:
    prints = [printed(one) for one in shots_of(book, entry)]
    return _Opened(Mending(entry, new=new), entry.value, prints)
