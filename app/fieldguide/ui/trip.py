"""The words of the programme: names, days, distances and spans as the pages say them."""

from datetime import datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from fieldguide.domain.measures import distance_text as distance_text
from fieldguide.domain.records import Position
from fieldguide.domain.trips import Visit

LONG, SHORT, DATED = "dddd d MMMM", "ddd d", "d MMMM yyyy"
HEAD = "ddd d MMM"


def visit_name(visit: Visit) -> str:
    """The title of a visit without the two words that all of them share."""
    return visit.title.removeprefix("Visit to ")


def short_name(visit: Visit) -> str:
    """The place alone where the title of the visit tells no more."""
    # A meeting of one's own has the name that one gave it: “Lunch with BioBAY” is not BioBAY.
    place = visit.place.title if visit.place and not visit.own else ""
    return place if place and place in visit.title else visit_name(visit)


def day_text(day: str, form: str) -> str:
    """An ISO day in one of the forms above, in the language of the interface."""
    shown = QDate.fromString(day, "yyyy-MM-dd")
    return QLocale(QLocale.Language.English).toString(shown, form)


def leave_by(visit: Visit) -> str:
    """HH:MM at which one must leave to be there in time; empty where that is not known."""
    travel, time = visit.travel, visit.when.time
    if travel is None or not travel.minutes or not time or not visit.day:
        return ""
    begin = datetime.fromisoformat(f"{visit.day}T{time}")
    return f"{begin - timedelta(minutes=travel.minutes):%H:%M}"


def days_text(first: str, last: str) -> str:
    """Two ISO days as one span that says month and year once: 27–31 May 2013."""
    if first[:7] == last[:7]:
        return f"{day_text(first, 'd')}–{day_text(last, DATED)}"
    begun = day_text(first, "d MMMM" if first[:4] == last[:4] else DATED)
    return f"{begun} – {day_text(last, DATED)}"


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
    # No line breaks between a number and its unit.
    metres = distance_text(position.radius_m).replace(" ", "\u00a0")
    return words[position.precision].format(metres=metres)


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
