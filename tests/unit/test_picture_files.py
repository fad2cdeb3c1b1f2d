"""A map as a file: its texts stay texts, it says where it is from, and nothing in it acts."""

import json
import struct
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fieldguide import assets
from fieldguide.errors import FieldGuideError
from fieldguide.maps.svg import escaped
from fieldguide.services.ground import Ground
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker, Sheet, inks
from fieldguide.services.paper import Paper, Spelling
from fieldguide.services.picture_files import Drawn, save
from fieldguide.services.programme import Trip, read_trip
from fieldguide.services.typefaces import Typefaces
from tests.unit.conftest import Run

SVG = "{http://www.w3.org/2000/svg}"
MADE = date(2026, 11, 24)
DAY = "2013-05-28"


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return Typefaces(assets.path("fonts"))


@pytest.fixture
def trip(guide: Guide) -> Trip:
    return read_trip(guide)


def drawn(trip: Trip, typefaces: Typefaces, sheet: Sheet) -> Drawn:
    route = trip.route(DAY)
    assert route is not None
    return MapMaker(typefaces).draw(trip, [route], sheet)


def texts(picture: Drawn) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(picture.svg).iter(f"{SVG}text"))


def test_every_text_of_a_picture_is_set_in_the_face_of_its_script(
    trip: Trip, typefaces: Typefaces
) -> None:
    found = texts(drawn(trip, typefaces, Sheet()))
    said = [text.text or "" for text in found]
    assert "苏州工业园区" in said
    assert "BioBAY" in said
    for text in found:
        hanzi = "Noto Sans SC" in text.attrib["font-family"]
        assert hanzi == any(char >= "\u2e80" for char in text.text or "")
        language = text.get("{http://www.w3.org/XML/1998/namespace}lang")
        assert language == ("zh-Hans" if hanzi else None)


def test_a_picture_says_times_order_and_whose_positions_it_shows(
    trip: Trip, typefaces: Typefaces
) -> None:
    picture = drawn(trip, typefaces, Sheet())
    said = " ".join(text.text or "" for text in texts(picture))
    for part in ("10:00", "11:30", "14:30", "SIPAC: the administrative block", "north is up"):
        assert part in said
    assert picture.said.startswith("Map, Tuesday 28 May: 1. 10:00 Suzhou Industrial Park; 2. ")
    assert picture == drawn(trip, typefaces, Sheet())


@pytest.mark.parametrize(("scripts", "there", "gone"), [("zh", "苏", "Bio"), ("en", "Bio", "苏")])
def test_names_keep_to_the_script_that_was_asked_for(
    trip: Trip, typefaces: Typefaces, scripts: str, there: str, gone: str
) -> None:
    sheet = Sheet(scripts=scripts, listed=False)  # type: ignore[arg-type]
    said = " ".join(text.text or "" for text in texts(drawn(trip, typefaces, sheet)))
    assert there in said
    assert gone not in said


def test_the_ground_is_drawn_as_shapes_and_said_whose_it_is(
    trip: Trip, typefaces: Typefaces, tmp_path: Path
) -> None:
    with closing(Ground(assets.path("map/base.pmtiles"), tmp_path)) as ground:
        picture = MapMaker(typefaces, ground).draw(trip, trip.routes, Sheet())
    fills = [path.get("fill") for path in ElementTree.fromstring(picture.svg).iter(f"{SVG}path")]
    assert {inks("light")["land"], inks("light")["water"]} <= set(fills)
    said = [text.text or "" for text in texts(picture)]
    assert any("Natural Earth" in line for line in said)
    assert {"昆山", "Kunshan"} <= set(said)
    assert not any("° " in line for line in said)


def test_marks_in_a_name_are_only_letters_of_it(trip: Trip, typefaces: Typefaces) -> None:
    route = trip.route(DAY)
    assert route is not None
    name = '</text><script>x</script>&"\x00\ud800#import😀'
    visit = replace(route.stops[0].visit, title=name, place=None)
    hostile = replace(route, stops=(replace(route.stops[0], visit=visit), *route.stops[1:]))
    picture = MapMaker(typefaces).draw(trip, [hostile], Sheet(height=400))
    root = ElementTree.fromstring(picture.svg)
    assert not list(root.iter(f"{SVG}script"))
    assert any("</text><script>" in (text.text or "") for text in root.iter(f"{SVG}text"))
    assert ElementTree.fromstring(f"<a>{escaped(name)}</a>").text


def test_what_no_typeface_draws_is_written_as_its_number(typefaces: Typefaces) -> None:
    spelling = Spelling(typefaces)
    written = spelling.data({"a": ["仁济 Rénjì →", "smile 😀\u202e"], "b": 3})
    assert written == {"a": ["仁济 Rénjì →", "smile [U+1F600] "], "b": 3}
    assert spelling.count == 1


def test_a_damaged_typeface_is_a_sentence(tmp_path: Path) -> None:
    for path in assets.path("fonts").iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes()[:2_000])
    with pytest.raises(FieldGuideError, match="Inter-Regular"):
        Paper(Typefaces(tmp_path), assets.path("templates")).pdf("picture.typ", {}, MADE)


def test_a_page_that_cannot_be_set_is_a_sentence(typefaces: Typefaces) -> None:
    paper = Paper(typefaces, assets.path("templates"))
    with pytest.raises(FieldGuideError, match="The pages cannot be set: "):
        paper.pdf("picture.typ", {}, MADE)


def test_a_pdf_holds_its_typefaces_and_comes_out_the_same_again(
    trip: Trip, typefaces: Typefaces, tmp_path: Path
) -> None:
    paper = Paper(typefaces, assets.path("templates"))
    picture = drawn(trip, typefaces, Sheet(ink="print"))
    for name in ("a.pdf", "b.pdf"):
        save(picture, tmp_path / name, paper, MADE)
    written = (tmp_path / "a.pdf").read_bytes()
    assert written == (tmp_path / "b.pdf").read_bytes()
    for part in (b"%PDF-1.7", b"NotoSansSC-Regular", b"Inter-SemiBold"):
        assert part in written


def test_a_map_is_written_by_a_command(run: Run, guide_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "day.png"
    wanted = ["map", "--day", DAY, "--dark", "--width", "800", "--height", "500"]
    status, out, err = run(*wanted, "--json", "-o", str(target), guide=guide_file)
    assert (status, err) == (0, "")
    assert json.loads(out) == {"file": str(target), "stops": 3, "without_position": 0}
    assert struct.unpack(">2L", target.read_bytes()[16:24]) == (1_600, 1_000)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (["-o", "map.gif"], "“map.gif” names no kind of picture: "),
        (["-o", "map.svg", "--width", "90000"], "A picture has from 300 to 2400 pixels a side, "),
        (["-o", "map.svg", "--day", "2014-01-01"], "not under way on 2014-01-01: it lasts from "),
        (["-o", "no/such/folder/map.svg"], "“map.svg” cannot be written: its folder does not"),
    ],
)
def test_a_map_that_cannot_be_made_is_a_sentence(
    run: Run, guide_file: Path, wanted: list[str], said: str
) -> None:
    status, out, err = run("map", *wanted, guide=guide_file)
    assert (status, out) == (1, "")
    assert said in err


def test_a_name_is_as_wide_without_a_window(typefaces: Typefaces) -> None:
    """The widths that Qt measures at the same sizes."""
    assert typefaces.width("Renji Hospital", 13, 14, 600) == pytest.approx(85.7, abs=0.5)
    assert typefaces.width("苏州工业园区", 13, 14, 600) == pytest.approx(84)
