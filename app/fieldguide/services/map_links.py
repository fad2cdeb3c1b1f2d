"""Links that open a place in the map of a phone: Amap, Baidu, and ``geo:`` for any other.

Positions go out as the WGS-84 that they are, and each link says so: whoever shows them shifts them
once, to the grid of his own map. A position that was shifted before would lie half a kilometre off.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from fieldguide.domain.records import PRECISIONS, Position
from fieldguide.domain.uri import quoted
from fieldguide.errors import BadRequest

Service = Literal["amap", "baidu", "geo"]
SERVICES: Final[tuple[Service, ...]] = ("amap", "baidu", "geo")
PINNED_M: Final = PRECISIONS["campus"]
"""A pin says: here. Beyond this many metres a search for the address says more."""
_SHOWN: Final = (3.0, 54.0, 73.0, 136.0)
"""South, north, west, east of what the two services map by that grid."""
Modules = tuple[tuple[bool, ...], ...]
"""Rows of a QR code from the top, True where it is black; the white edge is not in it."""
_SOURCE: Final = "fieldguide"
"""Both services ask who made the link."""


@dataclass(frozen=True, slots=True)
class MapLink:
    """One link; ``pin`` says whether it names a point, or only words to search for."""

    service: Service
    url: str
    pin: bool


def links(
    name: str, address: str, city: str, position: Position | None, title: str = ""
) -> tuple[MapLink, ...]:
    """One link for each service, in the order of SERVICES; none when there is nothing to go by.

    ``name`` and ``address`` are in the script of the place, ``title`` is what a pin is called
    without them. A position that is exact enough is marked with a pin; otherwise the address is
    searched for, or the name. Without either, a position that is good for a street becomes a pin
    as well. Raises BadRequest for what is no position.
    """
    words = address or name
    if position is not None:
        checked(position)
        if position.radius_m <= (PINNED_M if words else PRECISIONS["street"]):
            return tuple(pin(one, name or title or address, position) for one in SERVICES)
    return tuple(search(one, words, city, position) for one in SERVICES) if words else ()


def pin(service: Service, name: str, position: Position) -> MapLink:
    """A link that marks the point; raises BadRequest for what the service cannot show."""
    checked(position)
    lat, lon, said = _degrees(position.lat), _degrees(position.lon), quoted(name)
    if service == "geo":
        return MapLink(service, f"geo:{lat},{lon}?q={lat},{lon}({said})", True)
    south, north, west, east = _SHOWN
    if not (south <= position.lat <= north and west <= position.lon <= east):
        raise BadRequest(
            f"Amap and Baidu do not show latitude {lat}, longitude {lon}; are the two swapped?"
        )
    if service == "amap":
        url = f"https://uri.amap.com/marker?position={lon},{lat}&name={said}&src={_SOURCE}"
        return MapLink(service, f"{url}&coordinate=wgs84&callnative=1", True)
    url = f"https://api.map.baidu.com/marker?location={lat},{lon}&title={said}&content={said}"
    return MapLink(service, f"{url}&coord_type=wgs84&output=html&src={_SOURCE}", True)


def search(service: Service, words: str, city: str, around: Position | None = None) -> MapLink:
    """A link that searches for words, in a city or around a point that is only roughly known."""
    said, town = quoted(words), quoted(city)
    if service == "geo":
        near = f"{_degrees(around.lat)},{_degrees(around.lon)}" if around else "0,0"
        return MapLink(service, f"geo:{near}?q={said}", False)
    if service == "amap":
        where = f"&city={town}" if city else ""
        url = f"https://uri.amap.com/search?keyword={said}{where}&src={_SOURCE}&callnative=1"
        return MapLink(service, url, False)
    where = f"&region={town}" if city else ""
    url = f"https://api.map.baidu.com/place/search?query={said}{where}"
    return MapLink(service, f"{url}&output=html&src={_SOURCE}", False)


def code_of(link: MapLink) -> Modules | None:
    """The link as a QR code, with as few modules as it can have: it is read across a car.

    None for a link that is too long for any code.
    """
    import segno

    try:
        code = segno.make(link.url, error="l", boost_error=False, micro=False)
    except segno.DataOverflowError:
        return None
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


def checked(position: Position) -> None:
    """Raise BadRequest unless it is a point of the Earth."""
    lat, lon = position.lat, position.lon
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        swapped = " They are swapped." if abs(lon) <= 90 < abs(lat) <= 180 else ""
        raise BadRequest(f"Latitude {lat:g}, longitude {lon:g} are no place on Earth.{swapped}")


def _degrees(value: float) -> str:
    """Six decimals tell ten centimetres apart."""
    return f"{value:.6f}".rstrip("0").rstrip(".")
