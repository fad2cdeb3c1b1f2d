"""The programme: all days side by side, what stands in them and what is still to settle."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldguide.services.programme import Trip, read_trip
from fieldguide.ui.board import Board
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Header, IconButton
from fieldguide.ui.programme_words import ProgrammeWords
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import days_text

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda
    from fieldguide.services.guide import Guide
    from fieldguide.services.notebook import Notebook
    from fieldguide.services.visiting import Subject

Towns = Mapping[str, tuple[str, ...]]


class ProgrammePage(Page):
    """A place's detail is the ISO day or the ref of the visit that has the keys first."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Programme"))
        self._trip: Trip | None = None
        self._towns: Towns = {}
        self._subjects: tuple[Subject, ...] = ()
        self._agenda: Agenda | None = None
        self._wanted = ""
        self._words = ProgrammeWords(self)
        self._header = Header(desk.look, self.tr("Programme"))
        self._map = IconButton(desk.look, "map", self.tr("Map"), self._open_map)
        self._header.add(self._map)
        self._clocks = ScriptLabel("", desk.look.theme, "caption", "t2", wrap=True)
        self.board = Board(desk.look)
        self.board.opened.connect(self.opened)
        self.board.copied.connect(self._copied)
        self._build()
        self.set_theme(desk.look.theme)

    def show_place(self, place: Place) -> None:
        """Show the programme, with the keys where they were or where the place says."""
        self._wanted = place.detail
        if self._trip is None:
            self.desk.guide.ask("programme", _read, self._arrived)
        else:
            self._ask_for_own()
            self._focus()

    @property
    def ready(self) -> bool:
        """Whether the guide and the notes have told what they know."""
        return self._agenda is not None

    def heading(self) -> str:
        """The programme and its days."""
        return self._header.title.text()

    def hanzi(self) -> str:
        """Those of the visit that is marked."""
        row = self.board.row()
        return row.copies if row is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys for the visit that is marked."""
        deeds = {
            Qt.Key.Key_N: self._write,
            Qt.Key.Key_M: self._open_map,
        }
        deed = deeds.get(Qt.Key(event.key()))
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if deed is not None and plain and self.board.visit() is not None:
            deed()
        else:
            super().keyPressEvent(event)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        # The ring of the lists is part of the margin.
        margin = theme.px(24)
        self._inside.setContentsMargins(margin, theme.px(10), margin, theme.px(24))
        self._inside.setSpacing(theme.px(10))
        self._show()

    def _build(self) -> None:
        inside = QWidget()
        inside.setProperty("surface", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._inside = QVBoxLayout(inside)
        self._inside.addWidget(self._clocks)
        self._inside.addWidget(self.board)
        self._inside.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._header)
        whole.addWidget(area, 1)

    def _arrived(self, answer: "tuple[Trip, Towns, tuple[Subject, ...]]") -> None:
        self._trip, self._towns, self._subjects = answer
        trip = self._trip
        days = days_text(trip.routes[0].date, trip.over)
        self._header.note.setText(f"{trip.mission.title} · {days}")
        words = self.tr("Hours are those of {city}, with those of {home} beside them in grey.")
        about = trip.about
        self._clocks.setText(words.format(city=about.city, home=about.home_city))
        self._show()
        self._focus()
        self._ask_for_own()

    def _ask_for_own(self) -> None:
        subjects, today = self._subjects, self._local().date()
        self.desk.notes.ask(
            "programme", lambda book: _own(book, subjects, today), self._take_own, lambda _: None
        )

    def _take_own(self, agenda: "Agenda") -> None:
        if agenda != self._agenda:
            self._agenda = agenda
            self._show()

    def _show(self) -> None:
        trip = self._trip
        if trip is None:
            return
        now = self.desk.clock()
        rows = {
            route.date: self._words.rows(trip, route, self._agenda, now) for route in trip.routes
        }
        sides = {day: " · ".join(towns) for day, towns in self._towns.items()}
        self.board.show_days(trip.routes, rows, sides, self._local().date().isoformat())

    def _focus(self) -> None:
        if self._trip is None:
            return
        day = self._wanted or self._local().date().isoformat()
        first = self.board.first(day)
        if first is not None and self.board.visit() is None:
            self.setFocusProxy(first)
            if self.isVisible():
                first.setFocus()

    def _write(self) -> None:
        visit = self.board.visit()
        if visit is not None:
            self.opened.emit(Place("note", visit.ref, "new"))

    def _open_map(self) -> None:
        visit = self.board.visit()
        self.opened.emit(Place("map", detail=visit.day if visit is not None else "all"))

    def _local(self) -> datetime:
        zone = self._trip.about.zone if self._trip is not None else "UTC"
        return self.desk.clock().astimezone(ZoneInfo(zone))

    def _copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))


def _read(guide: "Guide") -> "tuple[Trip, Towns, tuple[Subject, ...]]":
    from fieldguide.services.agenda import read_subjects
    from fieldguide.services.day_places import towns

    trip = read_trip(guide)
    return trip, towns(guide, trip), read_subjects(guide)


def _own(book: "Notebook", subjects: "tuple[Subject, ...]", today: date) -> "Agenda":
    from fieldguide.services.agenda import agenda

    return agenda(book, subjects, today)
