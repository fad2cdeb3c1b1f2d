"""Places as files of other programs, read back by the standard library."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from fieldguide.domain.records import Position, Ref, When
from fieldguide.domain.trips import Visit, day_of, straight_line
from fieldguide.errors import BadRequest
from fieldguide.maps.stops import route
from fieldguide.services import places
from fieldguide.services.guide import Guide
from fieldguide.services.places import Places, Spot
from fieldguide.services.places_geojson import bbox, cut
from fieldguide.services.places_out import FORMATS, format_of, save_places
from fieldguide.services.programme import read_trip
from tests.unit.conftest import Run
from tests.unit.place_readers import KML, READERS

WHERE = {
    "仁济医院": (31.2086, 121.5167, "within 1 km"),
    "上海聚科生物园区": (31.1744, 121.4005, "within 5 km"),
    "苏州工业园区": (31.3239, 120.7197, "within 1 km"),
    "苏州生物医药产业园": (31.2597, 120.7332, "within 300 m"),
    "苏州纳米所": (31.2595, 120.7336, "within 1 km"),
    "苏州科技城": (31.3257, 120.4151, "within 1 km"),
    "张江高科技园区": (31.2041, 121.5833, "within 5 km"),
}
"""Hanzi -> where the sources of the positions say that it is, and how exactly."""
HOSTILE = "=1+1 ]]> <b>&amp; \"' \\ 仁济 \U0001f600 \u202eשלום \x00\x0b\ud800,;\r\n2"
SURVIVES = "=1+1 ]]> <b>&amp; \"' \\ 仁济 \U0001f600 \u202eשלום \ufffd\ufffd\ufffd,; 2"


def spot(lat: float, lon: float, slug: str = "a") -> Spot:
    at = Position(lat, lon, "street", "M", "atlas")
    when = When("2013-05-28", "22:30", end_time="00:30")
    return Spot(Ref("visit", slug), "Visit", "A", "", when, 2, 1, position=at)


def places_of(*spots: Spot) -> Places:
    return Places("Some", "", spots)


@pytest.mark.parametrize("form", READERS)
def test_every_stop_lands_where_the_sources_have_it_and_says_how_exactly(
    guide: Guide, form: str
) -> None:
    found = READERS[form](FORMATS[form](places.of_trip(read_trip(guide))))
    assert len(found) == 8
    for hanzi, (lat, lon, exactness) in WHERE.items():
        point = next(one for one in found if hanzi in one.name)
        there, said = Position(point.lat, point.lon, "door", "H"), Position(lat, lon, "door", "H")
        metres = straight_line(there, said)
        assert metres is not None
        assert metres < 1
        assert f"Approximate: {exactness} of this point" in point.said
    lost = places.of_trip(read_trip(guide)).lost_names
    assert lost[0] == "BIO-FORUM 2013 (2013-05-30)"
    assert len(lost) == 3


@pytest.mark.parametrize("form", READERS)
def test_a_hostile_name_is_one_name_in_every_format(form: str) -> None:
    at = Position(31.2, 121.5, "district", "L", "atlas", stand_in=HOSTILE)
    when = When("2013-05-28", "09:30")
    visit = Visit(Ref("visit", "a"), HOSTILE, HOSTILE, "", when, "", address=HOSTILE, position=at)
    lost = Visit(Ref("visit", "b"), f"Lost {HOSTILE}", "", "", when, "")
    day = route(1, day_of("2013-05-28", [visit, lost]))
    found = places.of_routes(HOSTILE, "", [day], {"atlas": HOSTILE})
    data = FORMATS[form](found)
    (point,) = READERS[form](data)
    if form == "csv":
        assert point.name == f"'{SURVIVES} '{SURVIVES}"
    else:
        assert point.name == f"1 {SURVIVES} {SURVIVES}"
    assert point.said.endswith(f"Position from: {SURVIVES}")
    assert "within 5 km" in point.said
    if form != "csv":
        assert f"No position is known for: Lost {SURVIVES} (2013-05-28)." in _remarks(form, data)


def _remarks(form: str, data: bytes) -> str:
    if form == "geojson":
        return "\n".join(json.loads(data)["remarks"])
    return "\n".join(one.text or "" for one in Xml.fromstring(data).iter())


def test_the_edges_of_the_globe_are_points_of_it() -> None:
    edges = [(0.0, 180.0), (0.0, -180.0), (90.0, 0.0), (-90.0, 12.5), (1e-05, -1e-05)]
    found = places_of(*(spot(lat, lon) for lat, lon in edges))
    for form in READERS:
        read = [(point.lat, point.lon) for point in READERS[form](FORMATS[form](found))]
        wanted = [(lat, -180.0 if form == "gpx" and lon == 180 else lon) for lat, lon in edges]
        assert read == wanted
    assert re.search(r"[\d.]e-", FORMATS["gpx"](found).decode()) is None


@pytest.mark.parametrize(
    ("lat", "lon"), [(121.5, 31.2), (91, 0), (0, 181), (float("nan"), 0), (0, float("inf"))]
)
def test_degrees_that_are_on_no_globe_are_no_position(lat: float, lon: float) -> None:
    at = Position(lat, lon, "door", "H")
    visit = Visit(Ref("visit", "a"), "A", "", "", When("2013-05-28"), "", position=at)
    found = places.of_routes("A", "", [route(1, day_of("2013-05-28", [visit]))], {})
    assert found.lost_names == ["A (2013-05-28)"]
    assert found.placed == ()


@pytest.mark.parametrize(
    ("points", "box"),
    [
        ([(121.5, 31.2)], [121.5, 31.2, 121.5, 31.2]),
        ([(121.5, 31.2), (-5.0, 50.0)], [-5.0, 31.2, 121.5, 50.0]),
        ([(179.0, -1.0), (-178.0, 2.0), (175.0, 0.0)], [175.0, -1.0, -178.0, 2.0]),
    ],
)
def test_a_box_is_the_narrowest_there_is(
    points: list[tuple[float, float]], box: list[float]
) -> None:
    assert bbox(points) == box


def test_a_line_over_the_180th_meridian_is_cut_there() -> None:
    assert cut([(179.0, 0.0), (-179.0, 2.0), (-178.0, 3.0)]) == [
        [(179.0, 0.0), (180.0, 1.0)], [(-180.0, 1.0), (-179.0, 2.0), (-178.0, 3.0)],
    ]  # fmt: skip
    assert cut([(-179.0, 4.0), (179.0, 2.0)]) == [
        [(-179.0, 4.0), (-180.0, 3.0)], [(180.0, 3.0), (179.0, 2.0)],
    ]  # fmt: skip
    assert cut([(180.0, 1.0), (-180.0, 1.0)])[1] == [(-180.0, 1.0), (-180.0, 1.0)]
    assert cut([(1.0, 1.0), (2.0, 2.0)]) == [[(1.0, 1.0), (2.0, 2.0)]]


def test_an_hour_bears_the_offset_of_its_place_and_may_end_after_midnight() -> None:
    late = spot(31.2, 121.5)
    assert (late.starts, late.ends) == ("2013-05-28T22:30:00+08:00", "2013-05-29T00:30:00+08:00")
    data = Xml.fromstring(FORMATS["kml"](places_of(late)))
    (span,) = data.iter(f"{KML}TimeSpan")
    assert [one.text for one in span] == [late.starts, late.ends]


def test_the_same_place_twice_has_two_ids_that_are_names() -> None:
    data = Xml.fromstring(FORMATS["kml"](places_of(spot(1, 2), spot(3, 4), spot(5, 6, "b"))))
    ids = [one.attrib["id"] for one in data.iter() if "id" in one.attrib]
    assert len(ids) == len(set(ids)) == 6
    assert all(re.fullmatch(r"[a-z][a-z0-9.-]*", one) for one in ids)


def test_a_record_goes_out_with_its_places_and_a_visit_with_its_hours(guide: Guide) -> None:
    hospital = places.of_record(guide, Ref.parse("organisation/renji-hospital"))
    names = [one.name for one in hospital.placed]
    assert "Renji Hospital, East campus" in names
    assert len(names) == len({one.ref for one in hospital.placed}) > 3
    assert all(one.source for one in hospital.placed)
    (visit,) = places.of_record(guide, Ref.parse("visit/renji-2013")).spots
    assert (visit.starts, visit.name_zh) == ("2013-05-27T09:30:00+08:00", "仁济医院")
    nowhere = places.of_record(guide, Ref.parse("visit/bio-forum-2013-day-1"))
    with pytest.raises(BadRequest, match="No position is known"):
        save_places(nowhere, Path("nowhere.gpx"), "gpx")


def test_a_file_name_says_its_format_or_a_sentence_does() -> None:
    assert format_of(Path("a.GPX")) == "gpx"
    with pytest.raises(BadRequest, match="should end in"):
        format_of(Path("a.txt"))


@pytest.mark.parametrize("form", FORMATS)
def test_the_places_of_the_small_guide_are_fixed_word_by_word(
    run: Run, golden: Callable[[str, str], None], tmp_path: Path, form: str
) -> None:
    target = tmp_path / f"places.{form}"
    assert run("export", "-o", str(target)) == (0, f"2 places written to {target}\n", "")
    golden(f"places.{form}", target.read_bytes().decode("utf-8").replace("\r\n", "\n"))
