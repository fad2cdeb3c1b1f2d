"""On arrival: numbers, entry, clock, plug, money and consulates on one page, each dated."""

from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldguide.domain.series import date_words
from fieldguide.services.arrival import Arrival, Clocks, Group, Line, Part, read_arrival
from fieldguide.ui.arrival_rows import ClockPair, FactLine, GroupRows, NumberRow, Plugs
from fieldguide.ui.booklet_out import BookletOut
from fieldguide.ui.desk import DRIVER, Desk, Place
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, Header, IconButton
from fieldguide.ui.sections import Columns, Section
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import DATED, day_text

if TYPE_CHECKING:
    from fieldguide.errors import FieldGuideError

REFRESH_MS: Final = 10_000


class ArrivalPage(Page):
    """Built once its facts have arrived, and anew for another size of the text."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("On arrival"))
        look = desk.look
        self._arrival: Arrival | None = None
        self._clock: ClockPair | None = None
        self._columns: Columns | None = None
        self._header = Header(look, self.tr("On arrival"))
        self.print = IconButton(look, "printer", self.tr("Print"), self._print)
        self._header.add(self.print)
        self._header.add(
            IconButton(look, "car-taxi-front", self.tr("Driver card"), self._show_driver)
        )
        self._out = BookletOut(desk, self)
        self._out.said.connect(self.said)
        self._nothing = Empty(look, "info", "", self.tr("Open the directory"), self._to_directory)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._header)
        self._column.addWidget(self._nothing, 1)
        self._nothing.hide()
        self._timer = QTimer(self, interval=REFRESH_MS)
        self._timer.timeout.connect(self._show_hours)

    def show_place(self, place: Place) -> None:
        """Ask for the facts as they stand now."""
        now = self.desk.clock()
        self.desk.guide.ask(
            "arrival", lambda guide: read_arrival(guide, now), self._show, self._fail
        )

    def set_theme(self, theme: Theme) -> None:
        """Build it in other sizes."""
        if self._arrival is not None:
            self._show(self._arrival, anew=True)

    def showEvent(self, event: QShowEvent) -> None:
        """Let the clocks run while they are seen."""
        super().showEvent(event)
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """And rest when they are not."""
        super().hideEvent(event)
        self._timer.stop()

    def _show(self, arrival: Arrival, *, anew: bool = False) -> None:
        if arrival == self._arrival and not anew:
            return
        self._arrival = arrival
        self._header.title.setText(self.tr("On arrival in {city}").format(city=arrival.clocks.city))
        made = self.tr("As the guide of {day} knows it").format(day=day_text(arrival.state, DATED))
        self._header.note.setText(made)
        focused = QApplication.focusWidget()
        held = focused is not None and (focused is self or self.isAncestorOf(focused))
        self._clear()
        self._nothing.setVisible(not arrival.parts)
        self.print.setVisible(bool(arrival.parts))
        if not arrival.parts:
            self._nothing.sentence.setText(self.tr("This guide has no card for the arrival."))
            return
        columns = Columns(self.desk.look, self.accessibleName())
        made_parts = [self._section(part) for part in arrival.parts]
        half = _half([_weight(part) for part in arrival.parts])
        columns.fill(made_parts[:half], made_parts[half:])
        self._columns = columns
        self._column.addWidget(columns, 1)
        self.setFocusProxy(columns)
        if held:
            columns.setFocus()
        self._show_hours()

    def _clear(self) -> None:
        self._clock = None
        if self._columns is not None:
            self._columns.hide()
            self._columns.deleteLater()
            self._columns = None

    def _print(self) -> None:
        if self._arrival is not None:
            self._out.save_arrival(self._arrival)

    def _section(self, part: Part) -> Section:
        look = self.desk.look
        section = Section(look, part.heading)
        if part.form == "clock" and self._arrival is not None:
            clocks = self._arrival.clocks
            self._clock = ClockPair(look, clocks.city, clocks.home_city)
            section.add(self._clock)
            section.add(ScriptLabel(self._ahead(clocks), look.theme, "body", "t1", wrap=True))
        for group in part.groups:
            if part.form == "plugs":
                section.add(Plugs(look, group.lines[0].value))
            section.add(self._group(part, group))
        if part.left_out:
            left = self.tr("Left out, as not sure enough to be called in need: {count}")
            words = left.format(count=part.left_out)
            section.add(ScriptLabel(words, look.theme, "body", "warning", wrap=True))
        return section

    def _group(self, part: Part, group: Group) -> QWidget:
        look = self.desk.look
        rows: list[QWidget] = []
        for line in group.lines:
            origin = self._origin(line)
            if part.form == "numbers":
                rows.append(NumberRow(look, line, origin))
            else:
                tone = "warning" if line.stale or line.ended else "t2"
                rows.append(FactLine(look, line, origin, tone))
        place = Place("record", group.ref)
        return GroupRows(
            look, group, rows, partial(self.opened.emit, place), alone=len(part.groups) == 1
        )

    def _origin(self, line: Line) -> str:
        """Letter, source, date, and how far it can be relied on."""
        as_of = date_words(line.as_of) if line.as_of else self.tr("no date")
        from_there = self.tr("{letter}, {source}, {day}")
        parts = [from_there.format(letter=line.confidence, source=line.source, day=as_of)]
        if line.ended:
            parts.append(self.tr("ended {day}").format(day=date_words(line.until)))
        elif line.until:
            parts.append(self.tr("until {day}").format(day=date_words(line.until)))
        if line.stale:
            parts.append(self.tr("not checked for long"))
        return " · ".join(parts)

    def _ahead(self, clocks: Clocks) -> str:
        words = self._difference(clocks.ahead)
        if clocks.changes is None:
            return words
        day = day_text(clocks.changes.isoformat(), DATED)
        then = self.tr("from {day} on: {difference}")
        return f"{words}; " + then.format(day=day, difference=self._difference(clocks.then))

    def _difference(self, minutes: int) -> str:
        if not minutes:
            return self.tr("The same hour as at home")
        hours, rest = divmod(abs(minutes), 60)
        told = f"{hours}:{rest:02}" if rest else f"{hours}"
        words = self.tr("{hours} h ahead of home") if minutes > 0 else self.tr("{hours} h behind")
        return words.format(hours=told)

    def _show_hours(self) -> None:
        if self._clock is None or self._arrival is None:
            return
        now: datetime = self.desk.clock()
        clocks = self._arrival.clocks
        there, home = (now.astimezone(ZoneInfo(one)) for one in (clocks.zone, clocks.home_zone))
        self._clock.show_hours(f"{there:%H:%M}", f"{home:%H:%M}")

    def _show_driver(self) -> None:
        self.opened.emit(Place(DRIVER))

    def _to_directory(self) -> None:
        self.opened.emit(Place("directory"))

    def _fail(self, problem: "FieldGuideError") -> None:
        self._arrival = None
        self._clear()
        self.print.hide()
        self._nothing.sentence.setText(str(problem))
        self._nothing.show()


def _weight(part: Part) -> int:
    """About how high a part is."""
    lines = sum(len(group.lines) for group in part.groups)
    return 2 + 2 * lines + len(part.groups)


def _half(weights: list[int]) -> int:
    """How many of the first parts make about half of all."""
    best = min(range(len(weights) + 1), key=lambda n: abs(sum(weights[:n]) - sum(weights[n:])))
    return max(1, best)
