"""S11, people who are there twice: two side by side, joined by Enter or kept apart."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.services.duplicates import Joined
from fieldguide.services.notebook import Notebook
from fieldguide.services.roster import Named, Somebody, named_in
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.doubles import Suspicions, look_for_doubles
from fieldguide.ui.either import Either
from fieldguide.ui.joining_view import JoiningView
from fieldguide.ui.page import Page
from fieldguide.ui.person_list import PersonRow
from fieldguide.ui.toast import Toast


class JoiningPage(Page):
    """Goes through the pairs; the ``detail`` of a place names the two keys to begin with."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self.setAccessibleName(self.tr("Two may be one person"))
        self._named: tuple[Named, ...] = ()
        self._found: Suspicions = ()
        self._place = 0
        self._wanted: frozenset[str] = frozenset()
        self._pair: tuple[Somebody, Somebody] | None = None
        self._turned: set[str] = set()
        self._view = JoiningView(desk.look)
        self._toast = Toast(desk.look)
        self._either = Either(desk.look, self._view, self._view.list)
        self._either.turned.connect(self.setFocusProxy)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._either, 1)
        column.addWidget(self._toast)
        self.setFocusProxy(self._view.list)
        self._view.joined.connect(self._join)
        self._view.parted.connect(self._part)
        self._view.stepped.connect(self._step)
        self._view.list.turned.connect(self._turn)
        self._view.list.copied.connect(self._say_copied)

    def show_place(self, place: Place) -> None:
        """Look for the pairs again."""
        self._toast.dismiss()
        self._wanted = frozenset(place.detail.split())
        self.desk.guide.ask("joining", named_in, self._name, self._broken)

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._toast.dismiss()

    def hanzi(self) -> str:
        """The hanzi of either."""
        pair = self._pair or ()
        return next((one.person.hanzi for one in pair if one.person.hanzi), "")

    def _name(self, named: tuple[Named, ...]) -> None:
        self._named = named
        self._look()

    def _look(self) -> None:
        look_for_doubles(self.desk, self._named, self._show, self._broken)

    def _show(self, found: Suspicions) -> None:
        self._found = found
        wanted = [place for place, one in enumerate(found) if one.keys == self._wanted]
        self._place = wanted[0] if wanted else min(self._place, max(0, len(found) - 1))
        self._wanted = frozenset()
        self._ask()

    def _ask(self) -> None:
        """Show the pair that it is the turn of."""
        self._turned, self._pair = set(), None
        if not self._found:
            self._either.say_nothing(
                "users", self.tr("Nobody seems to be here twice."), self.tr("Open the people"),
                self._to_people,
            )  # fmt: skip
            return
        one, named = self._found[self._place], self._named
        number = len(self._found)

        def arrived(pair: tuple[Somebody, Somebody]) -> None:
            self._pair = pair
            self._view.show_pair(one, pair, self._place + 1, number)
            self._either.show_content()

        self.desk.notes.ask(
            "joining", lambda book: book.duplicates.side_by_side(one, named), arrived, self._broken
        )

    def _step(self, way: int) -> None:
        if self._found:
            self._place = (self._place + way) % len(self._found)
            self._ask()

    def _turn(self, field: str, turned: bool) -> None:
        if self._pair is not None:
            (self._turned.add if turned else self._turned.discard)(field)
            self._view.turn(self._pair, self._turned)

    def _join(self) -> None:
        if self._pair is None:
            return
        (first, second), turned = self._pair, frozenset(self._turned)
        keys = self._found[self._place].keys
        self._pair = None

        def done(joined: Joined) -> None:
            name = PersonRow(first).copies
            other = PersonRow(second).copies
            words = self.tr("{name} and {other} are one person now.")
            self._offer(
                words.format(name=name, other=other), keys,
                lambda book: book.duplicates.split(joined),
            )  # fmt: skip

        self.desk.notes.do(
            lambda book: book.duplicates.join(first, second, turned), done, self._failed
        )

    def _part(self) -> None:
        if self._pair is None:
            return
        one = self._found[self._place]
        self._pair = None

        def done(_: None) -> None:
            words = self.tr("{name} and {other} are two; this is not asked again.")
            name, other = one.names
            self._offer(
                words.format(name=name, other=other), one.keys,
                lambda book: book.duplicates.keep_apart(one, apart=False),
            )  # fmt: skip

        self.desk.notes.do(lambda book: book.duplicates.keep_apart(one), done, self._failed)

    def _offer(self, words: str, keys: frozenset[str], deed: Callable[[Notebook], object]) -> None:
        def undo() -> None:
            self._wanted = keys
            self.desk.notes.do(deed, lambda _: self._look(), self._failed)

        self._toast.offer(words, self.tr("Undo"), undo)
        self._look()

    def _say_copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))

    def _failed(self, problem: FieldGuideError) -> None:
        """It was not done: show how both are now."""
        self.said.emit(str(problem))
        self._look()

    def _broken(self, problem: FieldGuideError) -> None:
        """Say why there is nothing to show."""
        if isinstance(problem, PassphraseNeeded):
            act, pressed = self.tr("Unlock"), self.locking.emit
        else:
            act, pressed = self.tr("Open the people"), self._to_people
        self._either.say_nothing("file-warning", str(problem), act, pressed)

    def _to_people(self) -> None:
        self.opened.emit(Place("people"))
