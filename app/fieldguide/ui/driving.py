"""Ctrl+D from anywhere: the driver card of what shows, else of the visit of now, and its twin."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeySequence, QShortcut

from fieldguide.errors import BadRequest, FieldGuideError
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.window import Window

if TYPE_CHECKING:
    from fieldguide.domain.records import Ref
    from fieldguide.domain.travel import Hotel
    from fieldguide.services.driver_card import DriverCard
    from fieldguide.services.guide import Guide
    from fieldguide.ui.booklet_out import BookletOut
    from fieldguide.ui.driver_card import DriverScreen, Manner, Shown
    from fieldguide.ui.hotel_form import HotelForm

KEY: Final = "Ctrl+D"
_TOPIC: Final = "driver-card"
_SPOKEN: Final = "driver-pinyin"


class Driving(QObject):
    """Asks for cards and shows them over the window; the hotel is kept with the notes.

    What cards need is loaded with the first of them.
    """

    hotel_kept = Signal()
    """Another hotel is on the disk, or none."""

    def __init__(self, desk: Desk, window: Window) -> None:
        super().__init__(window)
        self._desk, self._window = desk, window
        self._manner: Manner | None = None
        self.screen: DriverScreen | None = None
        self._goal: Shown | None = None
        """What one was to go to before the way back was shown."""
        self._undo: tuple[Hotel | None] | None = None
        self._paper: BookletOut | None = None
        window.elsewhere.connect(self._asked)
        QShortcut(QKeySequence(KEY), window, lambda: self.show(window.goal()))

    def show(self, ref: "Ref | None") -> None:
        """Show the card of a record; without one that of the visit of now, else the way back."""
        now = self._desk.clock()

        def find(guide: "Guide") -> "Shown | None":
            return _found(guide, ref, now)

        def arrived(found: "Shown | None") -> None:
            if found is not None:
                self._show(found)
            else:
                self._ask_hotel(self._show_hotel)

        self._desk.guide.ask(_TOPIC, find, arrived, self._failed)

    def _asked(self, place: Place) -> None:
        if place.page == DRIVER:
            self.show(place.ref)

    def _show(self, found: "Shown", notice: str = "") -> None:
        from fieldguide.ui.driver_card import DriverScreen, Manner

        if self._window.hidden:
            # The lock came meanwhile: nothing is shown over it.
            return
        if not found.card.home:
            self._goal = found
        self._desk.guide.ask(_SPOKEN, lambda _: _spoken(found), self._add_pinyin)
        if self.screen is not None:
            self.screen.show_card(found, notice)
            return
        self._manner = self._manner or Manner()
        screen = DriverScreen(self._desk.look, self._manner, found, self._window)
        screen.turned.connect(self._turn)
        screen.claimed.connect(self._claim)
        screen.stepped.connect(self._step)
        screen.typing.connect(lambda: self._ask_hotel(self._type))
        screen.undone.connect(self._take_back)
        screen.printed.connect(self._print)
        screen.finished.connect(self._closed)
        self.screen = screen
        screen.showFullScreen()

    def _add_pinyin(self, found: "Shown") -> None:
        """The address must not wait for how it is said."""
        if self.screen is not None and self.screen.shown.card.links == found.card.links:
            if not found.card.home:
                self._goal = found
            self.screen.show_card(found, self.screen.notice)

    def _print(self) -> None:
        from fieldguide.ui.booklet_out import BookletOut

        if self._paper is None:
            self._paper = BookletOut(self._desk, self._window)
            self._paper.said.connect(self._say)
        if self.screen is not None:
            self._paper.save_card(self.screen.shown.card, self.screen)

    def _closed(self) -> None:
        self.screen = self._goal = self._undo = None
        # What was asked for it must not bring it back.
        self._desk.guide.drop(_TOPIC)
        self._desk.notes.drop(_TOPIC)

    def _step(self, way: int) -> None:
        """To the visit after this one, or before it."""
        ref = self.screen.shown.card.ref if self.screen is not None else None
        if ref is None:
            return
        now = self._desk.clock()

        def arrived(found: "Shown | None") -> None:
            if found is not None:
                self._show(found)
            elif self.screen is not None:
                end = self.tr("This is the last visit that the guide can lead to.")
                first = self.tr("This is the first visit that the guide can lead to.")
                self.screen.say(end if way > 0 else first)

        self._desk.guide.ask(
            _TOPIC, lambda guide: _beside(guide, ref, way, now), arrived, self._failed
        )

    def _turn(self) -> None:
        """From where one goes to the hotel, and back."""
        if self.screen is None:
            return
        if not self.screen.shown.card.home:
            self._ask_hotel(self._show_hotel)
        elif self._goal is not None:
            self._show(self._goal)
        else:
            self.screen.say(self.tr("No visit is under way: open a place and press {key} there.")
                            .format(key=KEY))  # fmt: skip

    def _ask_hotel(self, arrived: "Callable[[Hotel | None], None]") -> None:
        self._desk.notes.ask(_TOPIC, lambda book: book.own_hotel.chosen(), arrived, self._failed)

    def _show_hotel(self, hotel: "Hotel | None", notice: str = "") -> None:
        now = self._desk.clock()

        def arrived(found: "Shown | None") -> None:
            if found is None:
                self._type(None)
            else:
                self._show(found, notice)

        self._desk.guide.ask(
            _TOPIC, lambda guide: _way_back(guide, hotel, now), arrived, self._failed
        )

    def _claim(self) -> None:
        """The place that shows is where one sleeps."""
        from fieldguide.domain.travel import Hotel

        card = self.screen.shown.card if self.screen is not None else None
        if card is not None and card.ref is not None:
            name = card.name.value or card.title
            words = self.tr("{name} is your hotel now. Ctrl+Z takes it back.").format(name=name)
            self._choose(Hotel(str(card.ref)), words)

    def _type(self, hotel: "Hotel | None") -> None:
        """Ask for a hotel that the guide does not know."""
        if self._window.hidden:
            return
        from fieldguide.ui.hotel_form import HotelForm

        typed = hotel if hotel is not None and not hotel.ref else None
        form = HotelForm(self._desk.look, typed, self.screen or self._window)
        form.kept.connect(lambda chosen: self._keep_typed(form, chosen))
        form.open()

    def _keep_typed(self, form: "HotelForm", hotel: "Hotel") -> None:
        def done(before: "Hotel | None") -> None:
            self._undo = (before,)
            self.hotel_kept.emit()
            form.accept()
            self._show_hotel(hotel, self.tr("Kept. Ctrl+Z takes it back."))

        self._desk.notes.do(
            lambda book: book.own_hotel.choose(hotel), done, lambda no: form.say(str(no))
        )

    def _choose(self, hotel: "Hotel | None", notice: str) -> None:
        def done(before: "Hotel | None") -> None:
            self._undo = (before,)
            self.hotel_kept.emit()
            if self.screen is not None:
                self.screen.say(notice)

        self._desk.notes.do(lambda book: book.own_hotel.choose(hotel), done, self._failed)

    def _take_back(self) -> None:
        """Let the hotel be what it was before the last choice."""
        if self._undo is None:
            return
        (before,), self._undo = self._undo, None

        def done(_: object) -> None:
            self.hotel_kept.emit()
            if self.screen is None:
                return
            home = self.screen.shown.card.home
            if home and before is not None:
                self._show_hotel(before)
            elif home and self._goal is not None:
                self._show(self._goal)
            elif home:
                self.screen.reject()
            else:
                self.screen.say(self.tr("Taken back."))

        self._desk.notes.do(lambda book: book.own_hotel.choose(before), done, self._failed)

    def _failed(self, problem: FieldGuideError) -> None:
        self._say(str(problem))

    def _say(self, words: str) -> None:
        if self.screen is not None:
            self.screen.say(words)
        else:
            self._window.say(words)


# These run on the thread of the guide.


def _found(guide: "Guide", ref: "Ref | None", now: datetime) -> "Shown | None":
    """The card of a record; of what is nowhere, as of nothing, that of the visit of now."""
    from fieldguide.services.driver_card import driver_card
    from fieldguide.services.visiting import visit_at

    if ref is not None:
        return _coded(driver_card(guide, ref, now.date(), pinyin=False))
    visit = visit_at(guide, now)
    try:
        return (
            _coded(driver_card(guide, visit.ref, now.date(), pinyin=False))
            if visit is not None
            else None
        )
    except BadRequest:
        return None


def _beside(guide: "Guide", ref: "Ref", way: int, now: datetime) -> "Shown | None":
    """The nearest visit of the programme in one direction that has a card; None at its end."""
    from fieldguide.services.driver_card import driver_card

    refs = [visit.ref for visit in guide.visits]
    at = refs.index(ref) if ref in refs else -1
    after = refs[at + 1 :] if way > 0 else refs[: max(0, at)][::-1]
    for other in after:
        with suppress(BadRequest):
            return _coded(driver_card(guide, other, now.date(), pinyin=False))
    return None


def _way_back(guide: "Guide", hotel: "Hotel | None", now: datetime) -> "Shown | None":
    from fieldguide.services.driver_card import first_guess, hotel_card

    hotel = hotel or first_guess(guide)
    return _coded(hotel_card(guide, hotel, now.date(), pinyin=False)) if hotel is not None else None


def _spoken(shown: "Shown") -> "Shown":
    from fieldguide.services.driver_card import spoken

    return replace(shown, card=spoken(shown.card))


def _coded(card: "DriverCard") -> "Shown":
    from fieldguide.services.map_links import code_of
    from fieldguide.ui.driver_card import Shown

    codes = {link.service: code_of(link) for link in card.links}
    return Shown(card, {service: code for service, code in codes.items() if code is not None})
