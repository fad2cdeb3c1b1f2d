"""The programme in words: what a card says of its visit, and of the way to the next."""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from fieldguide.domain.hours import minutes_of
from fieldguide.domain.moment import is_over
from fieldguide.domain.trips import Leg, Visit, home_time
from fieldguide.maps.stops import Route, Stop
from fieldguide.ui.day_list import VisitRow
from fieldguide.ui.desk import Place
from fieldguide.ui.slots import Line
from fieldguide.ui.trip import distance_text, leave_by, short_name, span_text

if TYPE_CHECKING:
    from fieldguide.services.board import Kept, Told

_PEOPLE = 2


class ProgrammeWords(QObject):
    """Needs what the guide tells, and what one has written once that is known."""

    def rows(
        self, told: "Told", route: Route, kept: "Kept | None", group: str, now: datetime
    ) -> list[VisitRow]:
        """The cards of a day, each followed by the way to the next; of one group where asked."""
        stops = [one for one in route.stops if not group or one.visit.group in ("", group)]
        ways = {(leg.origin, leg.target): leg for leg in route.legs}
        rows: list[VisitRow] = []
        for stop, after in zip_longest(stops, stops[1:]):
            rows.append(self._card(told, stop, kept, now))
            if after is not None:
                leg = ways.get((stop.visit.ref, after.visit.ref))
                lines = tuple(self._leg(leg, stop.visit, after.visit)) if leg else ()
                rows.append(VisitRow(None, "", route.day, "leg", lines=lines))
        return rows

    def summary(self, told: "Told") -> str:
        """Whose hours these are, how much cannot go so, and how an empty mission is filled."""
        about = told.trip.about
        words = self.tr("Hours are those of {city}, with those of {home} beside them in grey.")
        warned = sum(not one.open for one in told.cautions)
        parts = [words.format(city=about.city, home=about.home_city)]
        if warned:
            one, many = self.tr("1 warning."), self.tr("{n} warnings.").format(n=warned)
            parts.append(one if warned == 1 else many)
        copied = [one for one in told.trip.visits if one.own and one.origin is not None]
        if left := sum(one.verify for one in copied):
            words = self.tr("{left} of {count} copied visits are still to be verified.")
            parts.append(words.format(left=left, count=len(copied)))
        if not told.trip.visits:
            parts.append(self.tr("Nothing is planned yet: “Meeting” and “Add” put it into a day."))
        return " ".join(parts)

    def _card(self, told: "Told", stop: Stop, kept: "Kept | None", now: datetime) -> VisitRow:
        visit = stop.visit
        time = visit.when.time or self.tr("no time")
        if visit.when.time and visit.when.end_time:
            time = f"{visit.when.time}–{visit.when.end_time}"
        warned = (Line(one.words, "triangle-alert", "warning") for one in told.about(visit.ref))
        lines = (
            *self._kind(visit), *warned, *self._where(visit), *self._who(visit),
            *self._written(visit, kept, now),
        )  # fmt: skip
        return VisitRow(
            visit,
            short_name(visit),
            stop.day,
            number=stop.number,
            time=time,
            home=home_time(visit.when, told.trip.about.home_zone),
            hanzi=visit.title_zh,
            lines=lines,
            own=visit.own,
            place=Place("record", visit.ref),
        )

    def _kind(self, visit: Visit) -> Iterator[Line]:
        """Whose it is, whether it was copied, and which part of the delegation goes."""
        if visit.own and not visit.verify and visit.origin is None:
            yield Line(self.tr("My meeting"), "lock", "mine")
        if visit.verify:
            yield Line(self.tr("Copied: verify again"), "history", "warning")
        if visit.group:
            yield Line(self.tr("Group: {name}").format(name=visit.group), "users")

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
        """The host where that is not the place, and people; what to bring for them."""
        if visit.host is None:
            if not visit.people and not visit.others:
                yield Line(self.tr("Host not named"), tone="t3")
        elif visit.place is None or visit.host.other != visit.place.other:
            name = " ".join(part for part in (visit.host.title, visit.host.title_zh) if part)
            yield Line(self.tr("Host: {name}").format(name=name))
        names = [" ".join(p for p in (one.title, one.title_zh) if p) for one in visit.people]
        names += visit.others
        for name in names[:_PEOPLE]:
            yield Line(name, "user")
        if len(names) > _PEOPLE:
            yield Line(self.tr("and {n} more").format(n=len(names) - _PEOPLE), tone="t3")
        if visit.bring:
            what = " ".join(visit.bring.split())
            yield Line(self.tr("Bring: {what}").format(what=what), "check", "t1")

    def _written(self, visit: Visit, kept: "Kept | None", now: datetime) -> Iterator[Line]:
        """How many questions and notes there are, whether one was there, how it stands."""
        if kept is None:
            return
        agenda = kept.agenda
        questions = len(agenda.asked.get(visit.ref, ()))
        notes = agenda.counts.get(visit.ref, 0)
        over = is_over(visit, now)
        parts = [self._count(questions, self.tr("1 question"), self.tr("{n} questions"))]
        parts.append(self._count(notes, self.tr("1 note"), self.tr("{n} notes")))
        text = " · ".join(part for part in parts if part)
        if text:
            yield Line(text, "notebook-pen", "accent")
        there = kept.attendance.me(visit.ref)
        if there:
            yield Line(self.tr("I was there"), "check", "ok")
        if visit.ref in agenda.closed:
            yield Line(self.tr("Closed"), "circle-check", "ok")
        elif agenda.used and over:
            yield Line(self.tr("Not closed"), "circle-dashed", "warning")
        elif agenda.used and not questions:
            yield Line(self.tr("No question prepared"), "circle-dashed", "t3")

    @staticmethod
    def _count(number: int, one: str, many: str) -> str:
        return "" if not number else one if number == 1 else many.format(n=number)

    def _leg(self, leg: Leg, before: Visit, after: Visit) -> Iterator[Line]:
        if before.when.end_time and after.when.time > before.when.end_time:
            gap = minutes_of(after.when.time) - minutes_of(before.when.end_time)
            yield Line(self.tr("{time} between").format(time=span_text(gap)))
        if leg.travel is not None:
            yield Line(leg.travel.words, "route")
            if by := leave_by(after):
                yield Line(self.tr("Leave by {time}").format(time=by), "clock-alert", "t1")
        known = leg.travel is not None
        if leg.metres is None and known:
            return
        if leg.metres is None:
            text = self.tr("Distance not known: a position is missing")
        elif leg.close_by:
            most = distance_text(leg.uncertain_m)
            text = self.tr("Close by, within {most}").format(most=most)
        else:
            distance = distance_text(leg.metres, leg.uncertain_m)
            words = self.tr("{distance} straight, travel time not known")
            text = (self.tr("{distance} straight") if known else words).format(distance=distance)
        yield Line(text, tone="t3")
