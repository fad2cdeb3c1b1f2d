"""What the layers of a map file mean: the base map's own, the Protomaps and the OpenMapTiles ones.

A kind that a table does not name is not drawn: boundaries and names of countries among them.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from fieldguide.domain.script import HANZI
from fieldguide.errors import MapUnreadable

Value = str | int | float
Tags = Mapping[str, Value]

_LONGEST_NAME: Final = 120
_FARTHEST_RANK: Final = 99
_LATIN: Final = ("name:en", "name_en", "name:latin", "name_int", "name")
_CHINESE: Final = ("name:zh-Hans", "name:zh", "name_zh", "name")


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a feature is, in the terms of ``maps.tile``."""

    kind: str
    name: str = ""
    name_zh: str = ""
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: the attributes that matter, and what they mean for a point or not, at a zoom."""

    attributes: frozenset[str]
    meaning: Callable[[Tags, bool, int], Meaning | None]


@dataclass(frozen=True, slots=True)
class Schema:
    """How one family of map files says what lies where.

    Without ``has_land`` the files say only where water is, and all else is land.
    """

    name: str
    layers: Mapping[str, Layer]
    has_land: bool


def schema_of(layers: Collection[str]) -> Schema:
    """The schema of a file with layers of these names. Raises MapUnreadable."""
    names = set(layers)
    if {"land", "place"} <= names:
        return OWN
    if {"roads", "places"} & names and {"earth", "water"} & names:
        return PROTOMAPS
    if {"transportation", "waterway"} & names:
        return OPENMAPTILES
    raise MapUnreadable(
        "The map has none of the layers that this program can draw: it reads files in the "
        "Protomaps basemap and OpenMapTiles schemas."
    )


def _named(kind: str | None, tags: Tags, rank: int = 0) -> Meaning | None:
    if kind is None:
        return None
    latin, chinese = _name(tags, _LATIN, hanzi=False), _name(tags, _CHINESE, hanzi=True)
    return Meaning(kind, latin, chinese, min(max(rank, 0), _FARTHEST_RANK))


def _point(kind: str | None, tags: Tags, rank: int) -> Meaning | None:
    """A point is there for its name."""
    meaning = _named(kind, tags, rank)
    return meaning if meaning and (meaning.name or meaning.name_zh) else None


def _name(tags: Tags, keys: tuple[str, ...], *, hanzi: bool) -> str:
    for key in keys:
        name = tags.get(key)
        if not isinstance(name, str) or not name:
            continue
        name = name[:_LONGEST_NAME].strip()
        if bool(HANZI.search(name)) == hanzi:
            if name.isprintable():
                return name
            return "".join(char for char in name if char.isprintable()).strip()
    return ""


def _number(tags: Tags, key: str, otherwise: int) -> int:
    value = tags.get(key)
    if isinstance(value, int | float) and -_FARTHEST_RANK <= value <= _FARTHEST_RANK:
        return int(value)
    return otherwise


def _text(tags: Tags, key: str) -> str:
    value = tags.get(key)
    return value if isinstance(value, str) else ""


def _plain(kind: str) -> Layer:
    """A layer of areas that need no name and are all the same."""
    return Layer(frozenset(), lambda _, point, __: None if point else Meaning(kind))


_NAMES: Final = frozenset((*_LATIN, *_CHINESE))

_OWN_PLACES: Final = ("city", "town", "village", "suburb", "water")


def _own_place(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind = _text(tags, "kind")
    place = f"place-{kind}" if kind in _OWN_PLACES else None
    return _point(place, tags, _number(tags, "rank", 9))


def _own_station(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind = "metro-station" if _text(tags, "kind") == "metro" else "station"
    return _point(kind, tags, _number(tags, "rank", 9))


def _own_rail(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind = _text(tags, "kind")
    return _named(kind if kind in ("metro", "ferry") else "rail", tags)


def _own_water(tags: Tags, point: bool, __: int) -> Meaning | None:
    return None if point else _named("water", tags, _number(tags, "rank", 9))


def _own_river(tags: Tags, _: bool, __: int) -> Meaning | None:
    return _named("river", tags, _number(tags, "rank", 0))


def _own_airport(tags: Tags, _: bool, __: int) -> Meaning | None:
    return _point("airport", tags, _number(tags, "rank", 9))


_OWN_ATTRIBUTES: Final = _NAMES | {"kind", "rank"}
OWN: Final = Schema(
    "fieldguide",
    {
        "land": _plain("land"),
        "water": Layer(_OWN_ATTRIBUTES, _own_water),
        "park": _plain("park"),
        "river": Layer(_OWN_ATTRIBUTES, _own_river),
        "rail": Layer(_OWN_ATTRIBUTES, _own_rail),
        "place": Layer(_OWN_ATTRIBUTES, _own_place),
        "airport": Layer(_OWN_ATTRIBUTES, _own_airport),
        "station": Layer(_OWN_ATTRIBUTES, _own_station),
    },
    has_land=True,
)

_ROADS: Final = {
    "motorway": ("road-motorway", 0),
    "trunk": ("road-main", 1),
    "primary": ("road-main", 2),
    "secondary": ("road-main", 3),
    "tertiary": ("road-main", 4),
    "residential": ("road-street", 5),
    "unclassified": ("road-street", 5),
    "living_street": ("road-street", 6),
    "pedestrian": ("road-path", 6),
    "service": ("road-street", 8),
    "track": ("road-path", 8),
}
"""What OpenStreetMap calls a road -> its kind, and how soon its name is worth its room."""
_METRO: Final = ("subway", "light_rail", "monorail")
_WATERWAYS: Final = {"river": 0, "canal": 1, "stream": 2, "ditch": 3, "drain": 3}
_PARKS: Final = frozenset(
    (
        *("park", "national_park", "nature_reserve", "protected_area", "garden", "zoo"),
        *("forest", "wood", "grass", "grassland", "meadow", "scrub", "village_green"),
        *("cemetery", "golf_course", "recreation_ground", "pitch", "allotments"),
    )
)
_PLACES: Final = {
    "city": "place-city",
    "town": "place-town",
    "village": "place-village",
    "hamlet": "place-village",
    "suburb": "place-suburb",
    "quarter": "place-suburb",
    "neighbourhood": "place-suburb",
}


def _protomaps_road(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind, detail = _text(tags, "kind"), _text(tags, "kind_detail").removesuffix("_link")
    if kind == "rail":
        return _named("metro" if detail in _METRO else "rail", tags)
    if kind == "ferry":
        return _named("ferry", tags)
    broad = {
        "highway": ("road-motorway", 0),
        "major_road": ("road-main", 3),
        "minor_road": ("road-street", 5),
        "path": ("road-path", 9),
    }.get(kind)
    if broad is None:
        return None
    # At low zooms the broad kind stands alone.
    return _named(broad[0], tags, _ROADS.get(detail, broad)[1])


def _protomaps_place(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind = _PLACES.get(_text(tags, "kind_detail"))
    if kind is None:
        kind = {
            "locality": "place-village",
            "macrohood": "place-suburb",
            "neighbourhood": "place-suburb",
        }.get(_text(tags, "kind"))
    return _point(kind, tags, 18 - _number(tags, "population_rank", 0))


def _protomaps_poi(tags: Tags, point: bool, _: int) -> Meaning | None:
    if not point:
        return None
    kind = {"station": "station", "aerodrome": "airport"}.get(_text(tags, "kind"), "poi")
    if kind == "station" and {_text(tags, "kind_detail"), _text(tags, "station")} & set(_METRO):
        kind = "metro-station"
    return _point(kind, tags, _number(tags, "min_zoom", 16))


def _protomaps_water(tags: Tags, point: bool, _: int) -> Meaning | None:
    rank = _WATERWAYS.get(_text(tags, "kind"))
    # The shape decides: a river is an area where it is wide and a line where it is not.
    return None if point else _named("water" if rank is None else "river", tags, rank or 0)


def _protomaps_landuse(tags: Tags, point: bool, _: int) -> Meaning | None:
    return Meaning("park") if not point and _text(tags, "kind") in _PARKS else None


def _protomaps_building(tags: Tags, point: bool, _: int) -> Meaning | None:
    return None if point or _text(tags, "kind") == "address" else Meaning("building")


PROTOMAPS: Final = Schema(
    "Protomaps basemap",
    {
        "earth": _plain("land"),
        "water": Layer(_NAMES | {"kind"}, _protomaps_water),
        "landuse": Layer(frozenset({"kind"}), _protomaps_landuse),
        "buildings": Layer(frozenset({"kind"}), _protomaps_building),
        "roads": Layer(_NAMES | {"kind", "kind_detail"}, _protomaps_road),
        "places": Layer(_NAMES | {"kind", "kind_detail", "population_rank"}, _protomaps_place),
        "pois": Layer(_NAMES | {"kind", "kind_detail", "station", "min_zoom"}, _protomaps_poi),
    },
    has_land=True,
)


def _omt_road(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind, detail = _text(tags, "class"), _text(tags, "subclass")
    if kind in ("rail", "transit"):
        return _named("metro" if detail in _METRO or kind == "transit" else "rail", tags)
    if kind == "ferry":
        return _named("ferry", tags)
    if kind == "minor":
        return _named("road-street", tags, 5)
    if kind == "path":
        return _named("road-path", tags, 6 if detail == "pedestrian" else 9)
    road = _ROADS.get(kind)
    return _named(road[0], tags, road[1]) if road else None


def _omt_waterway(tags: Tags, _: bool, __: int) -> Meaning | None:
    rank = _WATERWAYS.get(_text(tags, "class"))
    return None if rank is None else _named("river", tags, rank)


def _omt_green(tags: Tags, point: bool, _: int) -> Meaning | None:
    found = {_text(tags, "class"), _text(tags, "subclass")}
    return Meaning("park") if not point and found & _PARKS else None


def _omt_place(tags: Tags, _: bool, __: int) -> Meaning | None:
    return _point(_PLACES.get(_text(tags, "class")), tags, _number(tags, "rank", 20))


def _omt_airport(tags: Tags, _: bool, __: int) -> Meaning | None:
    return _point("airport", tags, 1 if _text(tags, "class") == "international" else 9)


def _omt_poi(tags: Tags, _: bool, __: int) -> Meaning | None:
    kind, rank = "poi", _number(tags, "rank", 30)
    if _text(tags, "class") == "railway":
        kind = {"station": "station", "halt": "station", "subway": "metro-station"}.get(
            _text(tags, "subclass"), "poi"
        )
    return _point(kind, tags, rank)


_OMT_GREEN: Final = Layer(frozenset({"class", "subclass"}), _omt_green)
_OMT_ROAD: Final = Layer(_NAMES | {"class", "subclass"}, _omt_road)
OPENMAPTILES: Final = Schema(
    "OpenMapTiles",
    {
        "water": _plain("water"),
        "landcover": _OMT_GREEN,
        "landuse": _OMT_GREEN,
        "park": _plain("park"),
        "building": _plain("building"),
        "waterway": Layer(_NAMES | {"class"}, _omt_waterway),
        "transportation": _OMT_ROAD,
        # Names come on lines of their own, which lie on the roads.
        "transportation_name": _OMT_ROAD,
        "place": Layer(_NAMES | {"class", "rank"}, _omt_place),
        "aerodrome_label": Layer(_NAMES | {"class"}, _omt_airport),
        "poi": Layer(_NAMES | {"class", "subclass", "rank"}, _omt_poi),
    },
    has_land=False,
)
