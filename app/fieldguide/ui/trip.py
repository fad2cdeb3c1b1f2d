"""The programme as the pages show it: asked once from the guide, and its words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from fieldguide.domain.directory import Option
from fieldguide.domain.guides import About, Readiness
from fieldguide.domain.records import Card, Position, Record, Ref
from fieldguide.domain.trips import Visit
from fieldguide.maps.stops import Route, day_number, placed, route

if TYPE_CHECKING:
    from fieldguide.services.guide import Guide

PRACTICAL = 6

LONG, SHORT, DATED = "dddd d MMMM", "ddd d", "d MMMM yyyy"


@dataclass(frozen=True, slots=True)
class Trip:
    """The mission of a guide: a route for each of its days, and visits whose day is unknown."""

    about: About
    mission: Record
    routes: tuple[Route, ...]
    undated: tuple[Visit, ...]
    sources: Mapping[str, str]
    """Slug -> title of the sources that the positions come from."""

    def route(self, day: str) -> Route | None:
        """The route of an ISO day; None for a day outside the mission."""
        return next((one for one in self.routes if one.date == day), None)

    def on(self, day: date) -> bool:
        """Whether the mission is under way on a day."""
        return self.route(day.isoformat()) is not None

    def credits(self, routes: Sequence[Route]) -> list[str]:
        """Titles of the sources of the positions on some routes."""
        slugs = dict.fromkeys(s.position.source for s in placed(routes) if s.position)
        return [self.sources[slug] for slug in slugs if slug in self.sources]

    @property
    def over(self) -> str:
        """ISO day of the end."""
        return self.routes[-1].date


@dataclass(frozen=True, slots=True)
class Overview:
    """What a guide holds: records by section of the directory, and how fresh they are."""

    sections: tuple[Option, ...]
    practical: tuple[Card, ...]
    """What a traveller needs first."""
    readiness: Readiness


def read_trip(guide: "Guide") -> Trip:
    """Ask the guide for its whole programme; runs on the guide's thread."""
    about = guide.about
    mission = guide.record(Ref.parse(about.mission))
    when = mission.when
    days = _days(when.start, when.end or when.start) if when else []
    start = days[0] if days else ""
    routes = tuple(route(day_number(start, day), guide.day(day)) for day in days)
    undated = tuple(visit for visit in guide.visits if visit.day not in days)
    slugs = dict.fromkeys(s.position.source for s in placed(routes) if s.position)
    sources = {slug: guide.record(Ref("source", slug)).title for slug in slugs if slug}
    return Trip(about, mission, routes, undated, sources)


def read_overview(guide: "Guide", day: date) -> Overview:
    """Ask the guide what is in it; runs on the guide's thread."""
    sections = [one for one in guide.directory({}).options if one.facet == "section"]
    practical = [card for card in guide.records("card") if "how-to" in card.types]
    return Overview(tuple(sections), tuple(practical[:PRACTICAL]), guide.readiness(day))


def visit_name(visit: Visit) -> str:
    """The title of a visit without the two words that all of them share."""
    return visit.title.removeprefix("Visit to ")


def short_name(visit: Visit) -> str:
    """The place alone where the title of the visit tells no more."""
    place = visit.place.title if visit.place else ""
    return place if place and place in visit.title else visit_name(visit)


def day_text(day: str, form: str) -> str:
    """An ISO day in one of the forms above, in the language of the interface."""
    shown = QDate.fromString(day, "yyyy-MM-dd")
    return QLocale(QLocale.Language.English).toString(shown, form)


def tr(text: str) -> str:
    """Translate what these functions say."""
    return QCoreApplication.translate("Trip", text)


def precision_text(position: Position) -> str:
    """How exactly a place is known, in words."""
    words = {
        "door": tr("at the door, within {metres}"),
        "campus": tr("on the grounds, within {metres}"),
        "street": tr("near the street, within {metres}"),
        "district": tr("in the district, within {metres}"),
    }
    return words[position.precision].format(metres=distance_text(position.radius_m))


def distance_text(metres: float) -> str:
    """Metres below a kilometre, else kilometres with one digit where that says something."""
    if metres < 1_000:
        return f"{round(metres, -1):.0f} m"
    kilometres = metres / 1_000
    return f"{kilometres:.0f} km" if kilometres == int(kilometres) else f"{kilometres:.1f} km"


def span_text(minutes: int) -> str:
    """Minutes as hours and minutes."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{minutes} min").format(minutes=rest)
    if not rest:
        return tr("{hours} h").format(hours=hours)
    return tr("{hours} h {minutes} min").format(hours=hours, minutes=rest)


def moment_text(now: datetime) -> str:
    """A day and the time, as in the bar that says which moment is shown."""
    return f"{day_text(now.date().isoformat(), DATED)}, {now:%H:%M}"


def _days(start: str, end: str) -> list[str]:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return [(first + timedelta(n)).isoformat() for n in range((last - first).days + 1)]
