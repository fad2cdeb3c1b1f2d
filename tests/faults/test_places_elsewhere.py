"""R16: places go out whole into every format: read by gpsbabel, and with any text by others."""

import re
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldguide.domain.records import Position, Ref, When
from fieldguide.domain.trips import Visit, day_of, straight_line
from fieldguide.maps.stops import route
from fieldguide.services import places
from fieldguide.services.guide import Guide
from fieldguide.services.places import Places, Spot
from fieldguide.services.places_out import FORMATS, save_places
from fieldguide.services.programme import read_trip
from tests.faults import means
from tests.faults.promises import Promise
from tests.unit.place_readers import READERS, Point

EXAMPLES = 1_000
BABEL = {"gpx": "gpx", "kml": "kml", "geojson": "geojson", "csv": "unicsv"}
"""Our formats under the names that gpsbabel has for them."""


def by_gpsbabel(path: Path, form: str) -> list[Point]:
    """The points of a file as gpsbabel passes them on."""
    command = ["gpsbabel", "-i", BABEL[form], "-f", str(path), "-o", "geojson", "-F", "-"]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return READERS["geojson"](done.stdout)


def metres(one: Point, other: Position) -> float:
    far = straight_line(Position(one.lat, one.lon, "door", "H"), other)
    assert far is not None
    return far


@means.needs(means.no_gpsbabel())
def test_gpsbabel_reads_every_format_and_finds_every_place_where_it_is(
    guide: Guide, tmp_path: Path, promise: Promise
) -> None:
    mission = places.of_trip(read_trip(guide))
    edges = [(90.0, 0.0), (-90.0, 12.5), (0.0, 179.999), (-33.45, -70.66)]
    far = Places("Far", "", tuple(_spot(f"edge {at}", *at) for at in edges))
    worst = 0.0
    for form in BABEL:
        for number, found in enumerate((mission, far)):
            path = tmp_path / f"{number}.{form}"
            save_places(found, path, form)
            read = by_gpsbabel(path, form)
            assert len(read) == len(found.placed)
            for point, spot in zip(read, found.placed, strict=True):
                assert spot.position is not None
                assert spot.name in point.name
                worst = max(worst, metres(point, spot.position))
    assert worst < 1
    promise(
        "R16",
        f"gpsbabel reads {', '.join(BABEL)}: {len(mission.placed)} stops and {len(edges)} points at "
        f"the edges of the globe, at most {worst:.2f} m from where they are",
        "every format, each point within 1 m",
    )


@pytest.mark.parametrize("form", READERS)
def test_any_text_comes_back_from_any_format(form: str, promise: Promise) -> None:
    seen = 0

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.text(st.characters(), max_size=60), st.floats(-90, 90), st.floats(-180, 180))
    def reread(text: str, lat: float, lon: float) -> None:
        nonlocal seen
        spot = _spot(text, lat, lon)
        (point,) = READERS[form](FORMATS[form](Places(spot.name, "", (spot, _lost(spot)))))
        letters = re.sub(r"\W", "", spot.name)
        assert letters in re.sub(r"\W", "", point.name)
        assert spot.position is not None
        assert metres(point, spot.position) < 1
        assert "within 1 km" in point.said
        seen += 1

    reread()
    assert seen >= EXAMPLES
    promise("R16", f"{form}: {seen:,} examples of any text, reread by others", "1,000 a format")


def _spot(text: str, lat: float, lon: float) -> Spot:
    at, when = Position(lat, lon, "street", "M"), When("2013-05-28", "09:30")
    visit = Visit(Ref("visit", "a"), text, text, "", when, "", address=text, position=at)
    (spot,) = places.of_routes("", "", [route(1, day_of("2013-05-28", [visit]))], {}).spots
    return spot


def _lost(spot: Spot) -> Spot:
    return Spot(Ref("visit", "b"), spot.title, spot.name, "", spot.when)
