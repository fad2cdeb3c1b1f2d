"""Places written to one file, in the format that is asked for or that its name says."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from fieldguide.errors import BadRequest
from fieldguide.services.places import Places, Spot, as_row, description
from fieldguide.services.places_geojson import geojson
from fieldguide.services.places_gpx import gpx
from fieldguide.services.places_kml import kml
from fieldguide.services.spreadsheet import csv_table
from fieldguide.storage.files import write_whole

_CELLS: Final = {
    "mission_day": "day", "number": "number", "on": "date", "from": "time", "until": "end_time",
    "zone": "zone", "name_zh": "name_zh", "name": "name", "what": "title",
    "address_zh": "address_zh", "address": "address", "lat": "lat", "lon": "lon",
    "precision": "precision", "within_m": "within_m", "point": "point",
    "confidence": "confidence", "kind": "kind", "ref": "ref", "source": "source",
    "group": "group", "way_there": "way_there", "own": "own", "verify": "verify",
}  # fmt: skip
"""Heading of a column -> what of a row stands in it.

Map programs guess: a “date”, a “time” or a “day” must have a form of their own, and of two
headings with “name” in them the last is the name.
"""


def csv(places: Places) -> bytes:
    """A row for each place with a position: a map program refuses a table with gaps in it."""
    return csv_table((*_CELLS, "description"), [_cells(spot) for spot in places.placed])


def _cells(spot: Spot) -> dict[str, Any]:
    row = as_row(spot)
    cells = {head: row[name] for head, name in _CELLS.items()}
    for sign in ("own", "verify"):
        cells[sign] = "yes" if row[sign] else ""
    return {**cells, "description": "; ".join(description(spot))}


def plain_json(places: Places) -> bytes:
    """The same rows for scripts."""
    table = {
        "title": places.title,
        "title_zh": places.title_zh or None,
        "places": [as_row(spot) for spot in places.placed],
        "without_position": [as_row(spot) for spot in places.lost],
    }
    return json.dumps(table, ensure_ascii=False, indent=1).encode("utf-8")


FORMATS: Final[Mapping[str, Callable[[Places], bytes]]] = MappingProxyType(
    {"gpx": gpx, "kml": kml, "geojson": geojson, "csv": csv, "json": plain_json}
)
"""Ending of a file name -> what writes such a file."""
_WHOLE: Final = "json"
"""The one that holds as well what has no position."""


def format_of(path: Path) -> str:
    """The format that a file name says; raises BadRequest."""
    form = path.suffix.removeprefix(".").casefold()
    if form not in FORMATS:
        raise BadRequest(f"“{path.name[-80:]}” should end in one of .{', .'.join(FORMATS)}.")
    return form


def save_places(places: Places, path: Path, form: str) -> Places:
    """Write one whole file and answer with what was written.

    Raises BadRequest where nothing could be in it.
    """
    if not places.spots:
        raise BadRequest("There is no place to write.")
    if not places.placed and form != _WHOLE:
        raise BadRequest("No position is known for any of these; nothing was written.")
    write_whole(path, FORMATS[form](places))
    return places
