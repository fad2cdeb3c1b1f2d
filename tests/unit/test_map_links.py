"""Links for the map of a phone: what they say, where they point, and what is refused."""

import pytest

from fieldguide.domain.records import Position
from fieldguide.domain.uri import quoted
from fieldguide.errors import BadRequest
from fieldguide.services import map_links
from fieldguide.services.map_links import SERVICES, Service

RENJI = ("仁济医院", "%E4%BB%81%E6%B5%8E%E5%8C%BB%E9%99%A2")
"""A name, and the bytes of it in a link."""


def at(lat: float, lon: float, precision: str = "door") -> Position:
    return Position(lat, lon, precision, "H")


@pytest.mark.parametrize(
    ("service", "url"),
    [
        (
            "amap",
            f"https://uri.amap.com/marker?position=121.5167,31.2086&name={RENJI[1]}"
            "&src=fieldguide&coordinate=wgs84&callnative=1",
        ),
        (
            "baidu",
            f"https://api.map.baidu.com/marker?location=31.2086,121.5167&title={RENJI[1]}"
            f"&content={RENJI[1]}&coord_type=wgs84&output=html&src=fieldguide",
        ),
        ("geo", f"geo:31.2086,121.5167?q=31.2086,121.5167({RENJI[1]})"),
    ],
)
def test_a_pin_stands_where_the_guide_says_and_declares_its_coordinates(
    service: Service, url: str
) -> None:
    found = map_links.pin(service, RENJI[0], at(31.2086, 121.5167))
    assert found.url == url
    assert found.pin


@pytest.mark.parametrize("service", SERVICES)
def test_no_sign_of_a_name_becomes_a_sign_of_the_link(service: Service) -> None:
    url = map_links.pin(service, "A&B=C?#东 (1)/%", at(31.2, 121.5)).url
    assert "A%26B%3DC%3F%23%E4%B8%9C%20%281%29%2F%25" in url
    assert "#" not in url


@pytest.mark.parametrize(
    ("precision", "name", "address", "pinned"),
    [
        ("door", "仁济医院", "浦建路160号", True),
        ("campus", "仁济医院", "浦建路160号", True),
        ("street", "仁济医院", "浦建路160号", False),
        ("street", "仁济医院", "", False),
        ("street", "", "", True),
        ("district", "仁济医院", "浦建路160号", False),
    ],
)
def test_what_is_too_coarse_for_a_pin_is_searched_for(
    precision: str, name: str, address: str, pinned: bool
) -> None:
    found = map_links.links(name, address, "上海", at(31.2086, 121.5167, precision), "Renji")
    assert [one.service for one in found] == list(SERVICES)
    assert all(one.pin is pinned for one in found)
    words = quoted(address or name)
    assert pinned or all(words in one.url for one in found)
    assert pinned or not any("31.2" in one.url for one in found if one.service != "geo")
    assert pinned or found[-1].url.startswith("geo:31.2086,121.5167?q=%")
    assert not pinned or quoted(name or "Renji") in found[0].url


def test_without_a_position_and_without_words_there_is_no_link() -> None:
    assert map_links.links("", "", "", None) == ()
    assert map_links.links("", "", "", at(31.2, 121.5, "district")) == ()
    assert [one.pin for one in map_links.links("", "浦建路160号", "", None)] == [False] * 3


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        (121.5167, 31.2086, "swapped"),
        (-91.0, 121.0, "no place on Earth"),
        (31.0, 181.0, "no place on Earth"),
        (float("nan"), 121.0, "no place on Earth"),
        (31.0, float("inf"), "no place on Earth"),
        (-31.2, 121.5, "do not show"),
        (31.2, -121.5, "do not show"),
        (85.0, 45.0, "do not show"),
    ],
)
def test_a_position_that_cannot_be_one_is_refused_with_a_sentence(
    lat: float, lon: float, said: str
) -> None:
    with pytest.raises(BadRequest, match=said):
        map_links.links("院", "", "", at(lat, lon))


def test_a_phone_shows_the_other_half_of_the_earth_too() -> None:
    assert map_links.pin("geo", "Lima", at(-12.05, -77.05)).url.startswith("geo:-12.05,-77.05")
