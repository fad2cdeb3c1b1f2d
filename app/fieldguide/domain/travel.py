"""What a traveller shows and reads on the way: words for drivers, the hotel, the arrival card."""

from dataclasses import dataclass
from typing import Final

FORMS: Final = ("numbers", "lines", "clock", "plugs")
"""How a part of the arrival card is shown; ``numbers`` are what one calls in need, and so the
only facts that are left out when they are weak or old."""


@dataclass(frozen=True, slots=True)
class Sayings:
    """What one shows to people of the place, in their script; empty where a guide has no words."""

    take_me_here: str = ""
    call_this_number: str = ""
    back_to_hotel: str = ""
    nearby: str = ""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class ArrivalPart:
    """One part of the arrival card: ``facts`` are written ``kind/slug#id``, in the order shown."""

    heading: str
    form: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Hotel:
    """Where one sleeps: a record of the guide by its ref, or what was typed."""

    ref: str = ""
    name: str = ""
    name_local: str = ""
    """In the script of the place, as the address below."""
    address: str = ""
    address_local: str = ""
    phone: str = ""
