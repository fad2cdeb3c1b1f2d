"""All that the page of the programme shows, asked once from the guide and once from the notes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from fieldguide.domain.cautions import Caution, Trouble
from fieldguide.domain.entries import Entry
from fieldguide.domain.plans import Plan
from fieldguide.domain.records import Ref
from fieldguide.domain.trips import Visit
from fieldguide.services.addressees import Addressee, addressees
from fieldguide.services.agenda import Agenda, agenda, read_subjects
from fieldguide.services.attendance import Attendance, attendance
from fieldguide.services.guide import Guide
from fieldguide.services.guide_changes import News, Seen, news, seen_of
from fieldguide.services.notebook import Notebook
from fieldguide.services.planning import plans
from fieldguide.services.programme import Trip, cautions_of, read_trip
from fieldguide.services.roster import Named, named_in
from fieldguide.services.visiting import Subject

Towns = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Told:
    """What the guide tells, with what the user planned in it."""

    trip: Trip
    towns: Towns
    """ISO day -> the towns of its visits in order, as far as the guide knows them."""
    cautions: tuple[Caution, ...]
    subjects: tuple[Subject, ...]
    named: tuple[Named, ...]
    seen: Seen

    def about(self, ref: Ref) -> list[Caution]:
        """What cannot go as it is written with a visit, said at the later one of two."""
        own = (one for one in self.cautions if not one.open and one.trouble is not Trouble.HOLIDAY)
        return [one for one in own if one.refs and one.refs[-1] == ref]

    @property
    def holidays(self) -> dict[str, str]:
        """ISO day -> what is said of it as a holiday, or as a weekend on which people work."""
        found = [one for one in self.cautions if one.trouble is Trouble.HOLIDAY]
        return {one.day: one.words.partition(": ")[2] for one in found}


@dataclass(frozen=True, slots=True)
class Kept:
    """What one has written and planned."""

    agenda: Agenda
    attendance: Attendance
    plans: tuple[Entry[Plan], ...]
    people: Mapping[str, Addressee]
    news: News


def read_told(guide: Guide) -> Told:
    """Runs on the guide's thread."""
    trip = read_trip(guide)
    subjects, named = read_subjects(guide), named_in(guide)
    return Told(trip, towns(guide, trip), cautions_of(trip), subjects, named, seen_of(guide))


def read_kept(book: Notebook, told: Told, today: date) -> Kept:
    """Runs on the notes' thread."""
    return Kept(
        agenda(book, told.subjects, today),
        attendance(book),
        tuple(plans(book)),
        addressees(book, told.named),
        news(book, told.seen),
    )


def towns(guide: Guide, trip: Trip) -> Towns:
    """In which towns each day of a programme is."""
    refs = {ref for visit in trip.visits for ref in _spots(visit)}
    known = guide.brief(sorted(refs))
    found: dict[str, tuple[str, ...]] = {}
    for route in trip.routes:
        cities = [
            next((known[ref].city for ref in _spots(stop.visit) if ref in known), "")
            for stop in route.stops
        ]
        found[route.date] = tuple(dict.fromkeys(city for city in cities if city))
    return found


def groups_of(visits: Sequence[Visit]) -> list[str]:
    """The parts of the delegation that go to some of these visits."""
    return sorted({visit.group for visit in visits if visit.group})


def _spots(visit: Visit) -> list[Ref]:
    return [link.other for link in (visit.place, visit.host) if link is not None]
