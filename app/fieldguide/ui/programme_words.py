"""The programme in words: what a card says of its visit, and of the way to the next."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldguide.domain.moment import is_over
from fieldguide.domain.trips import Leg, Visit, home_time
from fieldguide.maps.stops import Route, Stop
from fieldguide.services.programme import Trip
from fieldguide.ui.day_list import VisitRow
from fieldguide.ui.desk import Place
from fieldguide.ui.slots import Line
from fieldguide.ui.trip import distance_text, short_name

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda

_PEOPLE = 2


class ProgrammeWords(QObject):
    """Needs the trip for the time at home, and what one has prepared once that is known."""

    def rows(
        self, trip: Trip, route: Route, agenda: "Agenda | None", now: datetime
    ) -> list[VisitRow]:
        """The cards of a day, each followed by the way to the next."""
        rows: list[VisitRow] = []
        for stop, leg in zip_longest(route.stops, route.legs):
            rows.append(self._card(trip, stop, agenda, now))
            if leg is not None:
                line = Line(self._leg(leg), tone="t3")
                rows.append(VisitRow(None, "", route.day, "leg", lines=(line,)))
        return rows

    def _card(self, trip: Trip, stop: Stop, agenda: "Agenda | None", now: datetime) -> VisitRow:
        visit = stop.visit
        time = visit.when.time or self.tr("no time")
        if visit.when.time and visit.when.end_time:
            time = f"{visit.when.time}–{visit.when.end_time}"
        lines = (*self._where(visit), *self._who(visit), *self._own(visit, agenda, now))
        return VisitRow(
            visit,
            short_name(visit),
            stop.day,
            number=stop.number,
            time=time,
            home=home_time(visit.when, trip.about.home_zone),
            hanzi=visit.title_zh,
            lines=lines,
            place=Place("record", visit.ref),
        )

    def _where(self, visit: Visit) -> Iterator[Line]:
        """The place where the title does not name it, the address, and how far it is known."""
        if visit.place is not None and visit.place.title not in visit.title:
            yield Line(visit.place.title)
        if visit.address_zh or visit.address:
            yield Line(visit.address_zh or visit.address)
        else:
            yield Line(self.tr("No address known"), "triangle-alert", "warning")
        if visit.position is None:
            yield Line(self.tr("No position known"), "circle-question-mark", "warning")

    def _who(self, visit: Visit) -> Iterator[Line]:
        if visit.host is None:
            yield Line(self.tr("Host not named"), tone="t3")
        elif visit.place is None or visit.host.other != visit.place.other:
            name = " ".join(part for part in (visit.host.title, visit.host.title_zh) if part)
            yield Line(self.tr("Host: {name}").format(name=name))
        names = [" ".join(p for p in (one.title, one.title_zh) if p) for one in visit.people]
        for name in names[:_PEOPLE]:
            yield Line(name, "user")
        if len(names) > _PEOPLE:
            yield Line(self.tr("and {n} more").format(n=len(names) - _PEOPLE), tone="t3")

    def _own(self, visit: Visit, agenda: "Agenda | None", now: datetime) -> Iterator[Line]:
        """How many questions and notes there are, and how it stands."""
        if agenda is None:
            return
        questions = len(agenda.asked.get(visit.ref, ()))
        notes = agenda.counts.get(visit.ref, 0)
        over = is_over(visit, now)
        parts = [self._count(questions, self.tr("1 question"), self.tr("{n} questions"))]
        parts.append(self._count(notes, self.tr("1 note"), self.tr("{n} notes")))
        text = " · ".join(part for part in parts if part)
        if text:
            yield Line(text, "notebook-pen", "accent")
        if visit.ref in agenda.closed:
            yield Line(self.tr("Closed"), "circle-check", "ok")
        elif agenda.used and over:
            yield Line(self.tr("Not closed"), "circle-dashed", "warning")
        elif agenda.used and not questions:
            yield Line(self.tr("No question prepared"), "circle-dashed", "t3")

    @staticmethod
    def _count(number: int, one: str, many: str) -> str:
        return "" if not number else one if number == 1 else many.format(n=number)

    def _leg(self, leg: Leg) -> str:
        if leg.metres is None:
            return self.tr("Distance not known: a position is missing")
        if leg.close_by:
            most = distance_text(leg.uncertain_m)
            return self.tr("Close by, within {most}").format(most=most)
        distance = distance_text(leg.metres)
        return self.tr("{distance} straight, travel time not known").format(distance=distance)
