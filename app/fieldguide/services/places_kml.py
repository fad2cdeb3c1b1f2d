"""Places as KML 2.2 for globes: a folder and a colour for each day."""

import tomllib
from typing import Final
from xml.etree import ElementTree as Xml

from fieldguide import assets
from fieldguide.maps.style import day_color
from fieldguide.services.listed_stops import BESIDE
from fieldguide.services.places import Places, Spot, as_row, day_name, description

_KML: Final = "http://www.opengis.net/kml/2.2"
_SAID: Final = frozenset(("name", "title", "lat", "lon"))
"""What of a row stands elsewhere already."""


def kml(places: Places) -> bytes:
    """The same places give the same bytes; each id is a sound one and stands once."""
    root = Xml.Element("kml", {"xmlns": _KML})
    document = Xml.SubElement(root, "Document")
    _say(document, "name", f"{places.title} {places.title_zh}".rstrip())
    _say(document, "description", "\n".join(places.remarks))
    colors = _colors()
    for day in places.days:
        _style(document, day, colors[day_color(day) if day != BESIDE else "t2"])
    given: set[str] = set()
    for day, spots in places.days.items():
        folder = Xml.SubElement(document, "Folder", {"id": f"day-{day}"})
        beside = "Without a day" if places.days.keys() - {BESIDE} else places.title
        _say(folder, "name", day_name(day, spots) if day != BESIDE else beside)
        for spot in spots:
            _placemark(folder, spot, _fresh(f"{spot.ref.kind}.{spot.ref.slug}", given))
        if day != BESIDE and len(spots) > 1:
            _line(folder, day, spots)
    Xml.indent(root)
    return bytes(Xml.tostring(root, encoding="utf-8", xml_declaration=True))


def _colors() -> dict[str, str]:
    """Name of a colour -> as KML writes it: opaque, then blue, green, red."""
    names = tomllib.loads(assets.path("themes/tokens.toml").read_text(encoding="utf-8"))["light"]
    return {name: f"ff{text[5:7]}{text[3:5]}{text[1:3]}".lower() for name, text in names.items()}


def _style(document: Xml.Element, day: int, color: str) -> None:
    style = Xml.SubElement(document, "Style", {"id": f"style-{day}"})
    _say(Xml.SubElement(style, "IconStyle"), "color", color)
    line = Xml.SubElement(style, "LineStyle")
    _say(line, "color", color)
    _say(line, "width", "3")


def _placemark(folder: Xml.Element, spot: Spot, own: str) -> None:
    mark = Xml.SubElement(folder, "Placemark", {"id": own})
    _say(mark, "name", spot.label)
    if address := spot.address or spot.address_zh:
        _say(mark, "address", address)
    _say(mark, "description", "\n".join(description(spot)))
    if spot.ends:
        span = Xml.SubElement(mark, "TimeSpan")
        _say(span, "begin", spot.starts)
        _say(span, "end", spot.ends)
    elif spot.starts:
        _say(Xml.SubElement(mark, "TimeStamp"), "when", spot.starts)
    _say(mark, "styleUrl", f"#style-{spot.day}")
    data = Xml.SubElement(mark, "ExtendedData")
    for name, value in as_row(spot).items():
        if value not in (None, False) and name not in _SAID:
            _say(Xml.SubElement(data, "Data", {"name": name}), "value", str(value))
    _say(Xml.SubElement(mark, "Point"), "coordinates", _coordinates(spot))


def _line(folder: Xml.Element, day: int, spots: tuple[Spot, ...]) -> None:
    mark = Xml.SubElement(folder, "Placemark", {"id": f"line-{day}"})
    _say(mark, "name", f"Day {day}, straight lines")
    _say(mark, "styleUrl", f"#style-{day}")
    line = Xml.SubElement(mark, "LineString")
    _say(line, "tessellate", "1")
    _say(line, "coordinates", " ".join(_coordinates(spot) for spot in spots))


def _coordinates(spot: Spot) -> str:
    at = spot.position
    assert at is not None
    return f"{_degrees(at.lon)},{_degrees(at.lat)}"


def _degrees(value: float) -> str:
    return f"{value:.7f}".rstrip("0").rstrip(".")


def _fresh(own: str, given: set[str]) -> str:
    number, name = 1, own
    while name in given:
        number += 1
        name = f"{own}.{number}"
    given.add(name)
    return name


def _say(parent: Xml.Element, tag: str, text: str) -> None:
    Xml.SubElement(parent, tag).text = text
