"""What one shows to a driver: where to go, in the script of the place, and what is not known."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, Final

from fieldguide.domain.freshness import freshness
from fieldguide.domain.records import PRECISIONS, Fact, Position, Record, Ref
from fieldguide.domain.travel import Hotel, Sayings
from fieldguide.domain.trips import straight_line
from fieldguide.errors import BadRequest
from fieldguide.services.guide import Guide
from fieldguide.services.map_links import MapLink, links

_WAYS: Final = {
    "visit": ("at", "host", "organiser"),
    "event": ("at", "located-in", "host", "organiser"),
    "person": ("works-for",),
    "organisation": ("located-in", "campus-of"),
    "authority": ("located-in",),
    "agreement": ("party",),
}
"""Kind -> relations that lead to where it is, the surest first. Whatever it is merely a part of is
not among them: that may stand at the other end of the town."""
_FARTHEST: Final = 3
"""A visit leads to an event, that to its host, that to its building."""
_AREAS: Final = frozenset(("city", "district"))
_GATEWAYS: Final = frozenset(("station", "airport"))
_LANDMARKS: Final = ("Landmark", "Cross street", "Nearest metro")
_BESIDE_M: Final = 2_000
"""A station beyond that is no landmark."""


class Gap(StrEnum):
    """What the guide does not know, and the delegate must."""

    NAME = "hanzi-name"
    ADDRESS = "address"
    HANZI = "hanzi-address"
    POSITION = "position"
    EXACT = "exact-position"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Known:
    """A value with where it comes from, as far as that is a fact of the guide."""

    value: str = ""
    local: str = ""
    """The same in the script of the place."""
    pinyin: str = ""
    of: str = ""
    """The title of the record that says so, where that is not the one asked for."""
    as_of: str = ""
    confidence: str = ""
    source: str = ""
    stale: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class DriverCard:
    """One destination; ``title`` is what was asked for, the name is where the driver goes."""

    ref: Ref | None
    title: str
    name: Known
    address: Known
    phone: Known
    landmarks: tuple[Known, ...]
    sayings: Sayings
    position: Position | None
    links: tuple[MapLink, ...]
    gaps: tuple[Gap, ...]
    home: bool = False
    """It leads back to the hotel."""

    @property
    def saying(self) -> str:
        """What is asked of the driver, in the script of the place."""
        return self.sayings.back_to_hotel if self.home else self.sayings.take_me_here

    def as_data(self) -> dict[str, Any]:
        """The same as plain values, for a printed page or a script."""
        shape = asdict(self)
        shape["ref"] = str(self.ref) if self.ref else None
        shape["saying"] = self.saying
        shape["gaps"] = [gap.value for gap in self.gaps]
        return shape


def driver_card(guide: Guide, ref: Ref, day: date, *, pinyin: bool = True) -> DriverCard:
    """The card of any record as it stands on a day; raises UnknownRef, or BadRequest.

    Without ``pinyin`` it need not wait until that is loaded; ``spoken`` adds it.
    """
    asked = guide.record(ref)
    way = list(_way(guide, asked))
    goal = _stated(way, day) or _goal(way, day)
    if goal is None:
        raise BadRequest(f"The guide does not say where “{asked.title}” is.")
    name = Known(goal.title, goal.title_zh, goal.pinyin)
    found = _fact(goal, ("Address",), day)
    spot = goal.position or asked.position
    address = _known(guide, goal, asked, found, day) if found else Known()
    card = DriverCard(
        ref, asked.title, name, address, _phone(guide, [goal, *way], asked, day),
        tuple(_landmarks(guide, goal, spot, day)), guide.sayings, spot, (), (),
    )  # fmt: skip
    station = bool(_GATEWAYS.intersection(goal.types))
    made = _finished(card, _town(guide, goal.city), station=station)
    return spoken(made) if pinyin else made


def hotel_card(guide: Guide, hotel: Hotel, day: date, *, pinyin: bool = True) -> DriverCard:
    """The twin that leads back; raises UnknownRef when a newer guide lost the record."""
    if hotel.ref:
        return replace(driver_card(guide, Ref.parse(hotel.ref), day, pinyin=pinyin), home=True)
    card = DriverCard(
        None, hotel.name or hotel.name_local, Known(hotel.name, hotel.name_local),
        Known(hotel.address, hotel.address_local), Known(hotel.phone), (), guide.sayings,
        None, (), (), home=True,
    )  # fmt: skip
    made = _finished(card, "", station=False)
    return spoken(made) if pinyin else made


def first_guess(guide: Guide) -> Hotel | None:
    """The hotel that the guide names first; None where it names none."""
    found = guide.records("hotel")
    return Hotel(str(found[0].ref)) if found else None


def spoken(card: DriverCard) -> DriverCard:
    """The card with how its name and address are said; slow at first."""
    name = card.name if card.name.pinyin else replace(card.name, pinyin=_said(card.name.local))
    return replace(card, name=name, address=replace(card.address, pinyin=_said(card.address.local)))


def _said(hanzi: str) -> str:
    from pypinyin import Style, lazy_pinyin

    return " ".join(lazy_pinyin(hanzi, style=Style.TONE)) if hanzi else ""


def _finished(card: DriverCard, town: str, *, station: bool) -> DriverCard:
    """With its links, and with what is missing."""
    local, gaps = card.address.local, list(_gaps(card, station=station))
    try:
        found = links(card.name.local, local, town, card.position, card.name.value)
    except BadRequest:
        # A wrong point must not keep the address from the driver.
        found, gaps = links(card.name.local, local, town, None), [*gaps, Gap.POSITION]
    return replace(card, links=found, gaps=tuple(dict.fromkeys(gaps)))


def _gaps(card: DriverCard, *, station: bool) -> Iterator[Gap]:
    if not card.name.local:
        yield Gap.NAME
    if not card.address.local and not station:
        yield Gap.HANZI if card.address.value else Gap.ADDRESS
    if card.ref is not None:
        if card.position is None:
            yield Gap.POSITION
        elif card.position.radius_m > PRECISIONS["campus"]:
            yield Gap.EXACT
    if not card.phone.value:
        yield Gap.PHONE


def _way(guide: Guide, record: Record, depth: int = 0) -> Iterator[Record]:
    """The record, and those that may say where it is, the surest first."""
    yield record
    if depth == _FARTHEST:
        return
    for relation in _WAYS.get(record.ref.kind, ()):
        for link in record.links:
            # A campus names the house it belongs to; it is the house that is looked for from there.
            if link.type == relation and link.outward is (relation != "campus-of"):
                yield from _way(guide, guide.record(link.other), depth + 1)


def _stated(way: Sequence[Record], day: date) -> Record | None:
    """Where a visit with an address of its own is: at whatever on the way has the same, else a
    spot of which no more is known than that address and the name of its place."""
    visit, *others = way
    own = _fact(visit, ("Address",), day)
    if visit.ref.kind != "visit" or own is None:
        return None
    for one in others:
        fact = _fact(one, ("Address",), day)
        if fact and (own.value_zh or own.value) in (fact.value_zh, fact.value):
            return one
    spots = {link.other for link in visit.links if link.type == "at" and link.outward}
    at = next((one for one in others if one.ref in spots), visit)
    return replace(
        visit, title=at.title, title_zh=at.title_zh, pinyin=at.pinyin, city=at.city, position=None
    )


def _goal(way: Iterable[Record], day: date) -> Record | None:
    """Which of them gives the address: in the script of the place, else in any, else a point."""
    houses = [one for one in way if one.ref.kind not in ("visit", "person", "agreement")]
    houses = [one for one in houses if not _AREAS.intersection(one.types)] or houses[:1]
    # A station is where one gets off; it says nothing of where the visit is.
    sites = [one for one in houses if not _GATEWAYS.intersection(one.types)] or houses[:1]
    for fits in (
        lambda one: (fact := _fact(one, ("Address",), day)) is not None and fact.value_zh,
        lambda one: _fact(one, ("Address",), day),
        lambda one: one.position,
        lambda one: one.title_zh,
    ):
        if (found := next((one for one in sites if fits(one)), None)) is not None:
            return found
    return None


def _fact(record: Record, labels: Iterable[str], day: date) -> Fact | None:
    """The first fact under one of these labels that holds and is no confession of ignorance."""
    for fact in record.facts:
        if fact.label in labels and not freshness(fact, day).overruled:
            return fact
    return None


def _known(guide: Guide, record: Record, asked: Record, fact: Fact, day: date) -> Known:
    shorts = {source.slug: source.short or source.title for source in record.sources}
    return Known(
        fact.value,
        fact.value_zh,
        of="" if record.ref == asked.ref else record.title,
        as_of=fact.as_of,
        confidence=fact.confidence,
        source=shorts.get(fact.source, fact.source),
        stale=freshness(fact, day).stale,
        note=fact.note,
    )


def _phone(guide: Guide, way: Iterable[Record], asked: Record, day: date) -> Known:
    for record in way:
        for fact in record.facts:
            told = fact.label == "Phone" and any(char.isdigit() for char in fact.value)
            if told and not freshness(fact, day).overruled:
                return _known(guide, record, asked, fact, day)
    return Known()


def _landmarks(guide: Guide, goal: Record, spot: Position | None, day: date) -> Iterator[Known]:
    """What is near, as the guide says it; else the nearest station that it has a point for."""
    told = [fact for fact in goal.facts if fact.label in _LANDMARKS]
    for fact in told:
        if not freshness(fact, day).overruled:
            yield _known(guide, goal, goal, fact, day)
    if not told and spot is not None and spot.radius_m <= PRECISIONS["street"]:
        yield from _station(guide, goal, spot)


def _station(guide: Guide, goal: Record, spot: Position) -> Iterator[Known]:
    stations = guide.brief([card.ref for card in guide.records("station")]).values()
    near = [
        (metres, one.title, one)
        for one in stations
        if one.title_zh and one.ref != goal.ref
        and (metres := straight_line(spot, one.position)) is not None and metres <= _BESIDE_M
    ]  # fmt: skip
    if near:
        metres, title, one = min(near)
        note = f"straight line {max(metres, 10) / 1000:.1f} km"
        yield Known(title, one.title_zh, one.pinyin, note=note)


def _town(guide: Guide, city: str) -> str:
    """A city in the script of the place, so that a search keeps to it."""
    cards = guide.records("city") if city else []
    return next((card.title_zh for card in cards if card.title == city and card.title_zh), "")
