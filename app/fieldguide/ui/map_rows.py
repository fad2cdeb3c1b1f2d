"""The stops beside the map as rows, and what is written at its lines."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from PySide6.QtCore import QObject

from fieldguide.domain.trips import Leg, Visit
from fieldguide.maps.stops import Route
from fieldguide.services.listed_stops import BESIDE
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import Place
from fieldguide.ui.slots import Line, Slot
from fieldguide.ui.trip import LONG, day_text, distance_text, precision_text, visit_name


class MapRows(QObject):
    """Says in words all that the map shows, in the interface's language."""

    def slots(self, trip: Trip, routes: Sequence[Route], *, many: bool) -> list[Slot]:
        """The stops with the way between them; ``many`` days have headings."""
        slots = []
        for at, route in enumerate(routes):
            if many and (at == 0 or routes[at - 1].date != route.date):
                beside = self.tr("Not on the programme")
                heading = beside if route.day == BESIDE else day_text(route.date, LONG)
                slots.append(Slot(heading, route.day, "day"))
            for stop, leg in zip_longest(route.stops, route.legs):
                slots.append(self._slot(stop.visit, stop.day, stop.number))
                if leg is not None:
                    slots.append(Slot(self._leg(leg), route.day, "leg"))
        if many and trip.undated:
            slots.append(Slot(self.tr("Day unknown"), 0, "day"))
            slots += [self._slot(visit, 0, 0) for visit in trip.undated]
        return slots

    def _slot(self, visit: Visit, day: int, number: int) -> Slot:
        lines = [Line(text) for text in (visit.address_zh, visit.address) if text]
        if visit.position is None:
            lines.append(Line(self.tr("no position known"), "circle-question-mark", "warning"))
        else:
            text = precision_text(visit.position)
            if visit.position.stand_in:
                text = f"{text}: {visit.position.stand_in}"
            lines.append(Line(text, "circle-dashed", "t3"))
        return Slot(
            visit_name(visit),
            day,
            number=number,
            time=visit.when.time,
            hanzi=visit.title_zh,
            lines=tuple(lines),
            place=Place("record", visit.ref),
        )

    def _leg(self, leg: Leg) -> str:
        """The way as somebody told it, then what the positions tell."""
        return f"{leg.travel.words}. {self._apart(leg)}" if leg.travel else self._apart(leg)

    def _apart(self, leg: Leg) -> str:
        if leg.metres is None:
            return self.tr("Distance unknown: a position is missing")
        if leg.close_by:
            most = distance_text(leg.uncertain_m)
            return self.tr("Close by: within {most}, the positions tell no more").format(most=most)
        distance = distance_text(leg.metres, leg.uncertain_m)
        words = self.tr("Straight line {distance}, travel time not known")
        told = self.tr("Straight line {distance}")
        return (told if leg.travel else words).format(distance=distance)

    def distances(self, routes: Sequence[Route]) -> dict[tuple[int, int], str]:
        """Day and number of a stop -> the lines that are written at the way to the next."""
        return {
            (route.day, stop.number): text
            for route in routes
            for stop, leg in zip(route.stops, route.legs, strict=False)
            if (text := "\n".join(self._beside(leg)))
        }

    def _beside(self, leg: Leg) -> Iterator[str]:
        if leg.travel is not None:
            yield leg.travel.brief
        if leg.metres is not None and not leg.close_by:
            distance = distance_text(leg.metres, leg.uncertain_m)
            yield self.tr("straight line {distance}").format(distance=distance)
