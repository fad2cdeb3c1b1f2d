"""The cards for drivers that a booklet holds: one for each destination of its days."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from typing import Any, Final

from fieldguide.domain.measures import weekday_text
from fieldguide.domain.travel import Hotel
from fieldguide.errors import BadRequest, UnknownRef
from fieldguide.maps.stops import Route
from fieldguide.services.driver_card import DriverCard, driver_card, hotel_card
from fieldguide.services.guide import Guide

MISSING: Final = {
    "hanzi-name": "name in Chinese",
    "address": "address",
    "hanzi-address": "address in Chinese",
    "position": "position",
    "exact-position": "exact position",
    "phone": "telephone",
}
"""What a card may lack -> how it is said."""
_MAPS: Final = {"amap": "Amap", "baidu": "Baidu Maps", "geo": "the map of a phone"}
Table = dict[str, Any]


def read_cards(
    guide: Guide, routes: Sequence[Route], day: date, hotel: Hotel | None = None
) -> tuple[Table, ...]:
    """A card for each place once, with all the times at which one goes there; the hotel first.

    A visit of which the guide does not say where it is has none.
    """
    found: dict[tuple[str, str], tuple[DriverCard, list[str]]] = {}
    if hotel is not None:
        with suppress(BadRequest, UnknownRef):
            card = hotel_card(guide, hotel, day)
            found["", ""] = (card, ["every evening"])
    for route in routes:
        for stop in route.stops:
            with suppress(BadRequest, UnknownRef):
                card = driver_card(guide, stop.visit.ref, day)
                address = card.address.local or card.address.value
                key = (card.name.local or card.name.value, address)
                time = f", {stop.visit.when.time}" if stop.visit.when.time else ""
                found.setdefault(key, (card, []))[1].append(f"{weekday_text(route.date)}{time}")
    return tuple(card_table(card, "; ".join(times)) for card, times in found.values())


def card_table(card: DriverCard, at: str = "") -> Table:
    """A card as plain data for a page, its code drawn; ``at`` says when one goes there."""
    table = card.as_data()
    phone = table["phone"]
    return {
        **table,
        "at": at,
        "phone": {**phone, "dated": f"as of {phone['as_of']}" if phone["as_of"] else ""},
        "missing": [MISSING[gap] for gap in table["gaps"]],
        "code": _code(card),
    }


def _code(card: DriverCard) -> Table | None:
    """The first link as a QR code; None without one, and where it is too long for a code."""
    if not card.links:
        return None
    # Needed for pages alone.
    import segno

    link = card.links[0]
    try:
        code = segno.make(link.url, error="m", micro=False)
    except segno.DataOverflowError:
        return None
    svg = code.svg_inline(border=2, dark="#000000", light="#ffffff", omitsize=True)
    return {"svg": svg, "said": card.sayings.scan, "alt": f"Code that opens {_MAPS[link.service]}"}
