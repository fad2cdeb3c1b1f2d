"""The mission on paper: what stands on its pages, and that nothing in a text sets them."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fieldguide import assets
from fieldguide.domain.records import Ref
from fieldguide.domain.travel import Hotel
from fieldguide.domain.trips import Travel
from fieldguide.services.arrival import read_arrival
from fieldguide.services.arrival_sheet import arrival_table
from fieldguide.services.booklet import Booklet, Contents
from fieldguide.services.day_sheets import Programme, front, hosts, read_programme, sheets
from fieldguide.services.driver_card import driver_card
from fieldguide.services.driver_cards import card_table, read_cards
from fieldguide.services.guide import Guide
from fieldguide.services.map_sheet import MapMaker
from fieldguide.services.programme import read_trip
from fieldguide.services.typefaces import Typefaces
from tests.unit.conftest import Run

MADE = date(2026, 11, 24)
BIOBAY = Ref("visit", "biobay-2013")
HOSTILE = '#panic("x") $x^2$ *b* `c` <d> @e // \\u{41} [#import "/etc/passwd"] 😀'


@pytest.fixture(scope="module")
def typefaces() -> Typefaces:
    return Typefaces(assets.path("fonts"))


@pytest.fixture
def programme(guide: Guide) -> Programme:
    trip = read_trip(guide)
    return read_programme(guide, trip, trip.routes)


def test_a_day_says_when_here_and_at_home_with_whom_and_how_to_get_on(
    programme: Programme, typefaces: Typefaces
) -> None:
    asked = {BIOBAY: ["Who decides?"]}
    sheet = sheets(programme, asked, MapMaker(typefaces))[1]
    assert sheet["heading"] == "Tuesday 28 May"
    park, biobay, _ = sheet["visits"]
    assert (park["time"], park["home"], park["zh"]) == ("10:00", "04:00", "苏州工业园区")
    assert park["hosts"][0]["pinyin"].startswith("Sūzhōu Gōngyè Yuánqū")
    assert park["onward"] == "≈ 7 km in a straight line · travel time not known"
    assert biobay["onward"] == "close by, within 1.3 km · travel time not known"
    assert biobay["questions"] == ["Who decides?"]
    assert biobay["unknown"] == ["who receives"]
    assert "BioBAY" in sheet["map"]["alt"]


def test_a_way_that_somebody_told_is_printed_with_its_source(
    programme: Programme, typefaces: Typefaces
) -> None:
    route = programme.routes[1]
    told = replace(route.legs[0], travel=Travel("30 min by train", 30, "report-2013"))
    changed = replace(route, legs=(told, *route.legs[1:]))
    given = replace(programme, routes=(changed,), sources={"report-2013": "Report"})
    (sheet,) = sheets(given, {}, MapMaker(typefaces))
    onward = sheet["visits"][0]["onward"]
    assert onward == "30 min by train (Report) · ≈ 7 km in a straight line"


def test_a_day_without_a_position_has_no_map_and_says_what_is_not_known(
    programme: Programme, typefaces: Typefaces
) -> None:
    friday = sheets(programme, {}, MapMaker(typefaces))[4]
    assert "map" not in friday
    assert friday["visits"][1]["unknown"] == ["address", "who receives"]


def test_everybody_who_is_met_is_named_once(programme: Programme) -> None:
    named = hosts(programme)
    assert len(named) == len({one["name"] for one in named})
    zhang = next(one for one in named if one["name"] == "Zhang Jiong")
    assert len(zhang["at"]) == 2
    assert front(programme.trip, programme.routes)["dates"] == "27–31 May 2013"


def test_each_place_has_one_card_for_drivers_with_every_time(guide: Guide) -> None:
    trip = read_trip(guide)
    cards = read_cards(guide, trip.routes, MADE, Hotel(name="My hotel", name_local="我的酒店"))
    home, *places = cards
    assert (home["name"]["local"], home["home"], home["at"]) == ("我的酒店", True, "every evening")
    locals_ = [one["name"]["local"] for one in places]
    assert len(locals_) == len(set(locals_)) > 4
    park = next(one for one in places if one["name"]["local"] == "张江高科技园区")
    assert park["at"] == "Wednesday 29 May; Thursday 30 May, 09:00"
    assert "telephone" in park["missing"]
    assert park["code"]["svg"].startswith("<svg")


def test_what_one_needs_on_arrival_is_printed_with_its_date_and_its_doubts(guide: Guide) -> None:
    printed = arrival_table(read_arrival(guide, datetime(2026, 11, 24, 12, tzinfo=UTC)))
    assert printed["clocks"] == (
        "Shanghai is 7 h ahead of Lyon; 6 h ahead of it from 28 March 2027 on."
    )
    emergency = printed["parts"][0]["groups"][0]["lines"]
    assert [line["value"] for line in emergency[:3]] == ["120", "110", "119"]
    assert emergency[0]["dated"] == "as of 2020, official, Emergency regulation"
    assert any("it is 119" in warning for warning in emergency[2]["warnings"])


def test_numbers_that_were_not_looked_at_lately_are_counted_and_not_printed(guide: Guide) -> None:
    printed = arrival_table(read_arrival(guide, datetime(2040, 1, 1, 12, tzinfo=UTC)))
    emergency = printed["parts"][0]
    assert emergency["left_out"].startswith("8 numbers are left out: ")
    assert not emergency["groups"]
    entry = next(part for part in printed["parts"] if part["heading"] == "Entry")
    assert "ended 2026-12-31" in entry["groups"][0]["lines"][0]["warnings"]


def test_a_card_alone_fills_a_page(guide: Guide, typefaces: Typefaces) -> None:
    card = card_table(driver_card(guide, Ref("organisation", "biobay"), MADE))
    page = Booklet(typefaces, assets.path("templates")).card(card, MADE)
    assert page.startswith(b"%PDF-1.7")


def test_a_booklet_comes_out_the_same_again(
    guide: Guide, programme: Programme, typefaces: Typefaces
) -> None:
    booklet = Booklet(typefaces, assets.path("templates"))
    cards = read_cards(guide, programme.routes, MADE)
    arrival = read_arrival(guide, datetime(2026, 11, 24, 12, tzinfo=UTC))
    contents = Contents(programme, cards=cards, arrival=arrival)
    first = booklet.whole(contents, MADE)
    assert first == booklet.whole(contents, MADE)
    assert first.startswith(b"%PDF-1.7")


def test_marks_of_the_typesetter_in_a_text_set_nothing(
    programme: Programme, typefaces: Typefaces
) -> None:
    route = programme.routes[1]
    visit = replace(
        route.stops[0].visit, title=HOSTILE, title_zh=HOSTILE, place=None, bring=HOSTILE,
        address=HOSTILE, address_zh=HOSTILE, others=(HOSTILE,), group=HOSTILE, pinyin=HOSTILE,
    )  # fmt: skip
    changed = replace(route, stops=(replace(route.stops[0], visit=visit), *route.stops[1:]))
    given = replace(programme, routes=(changed,))
    questions = {visit.ref: [HOSTILE] * 3}
    pages = Booklet(typefaces, assets.path("templates"))
    assert pages.days(Contents(given, questions), MADE).startswith(b"%PDF-1.7")


def test_the_booklet_is_written_by_a_command(run: Run, guide_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "day.pdf"
    wanted = ["booklet", "--day", "2013-05-28", "--json", "-o", str(target)]
    status, out, err = run(*wanted, guide=guide_file)
    assert (status, err) == (0, "")
    assert json.loads(out) == {"file": str(target), "days": 1}
    assert target.read_bytes().startswith(b"%PDF-1.7")


def test_a_card_is_written_as_a_page(run: Run, guide_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "card.pdf"
    status, out, err = run("card", "visit/biobay-2013", "-o", str(target), guide=guide_file)
    assert (status, out, err) == (0, f"Written to {target}\n", "")
    assert target.read_bytes().startswith(b"%PDF-1.7")
