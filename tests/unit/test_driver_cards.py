"""The card for a driver: which record gives the address, what is said to be missing, the hotel."""

from datetime import date

import pytest

from fieldguide.domain.records import Ref
from fieldguide.domain.travel import Hotel
from fieldguide.errors import BadRequest, FieldGuideError
from fieldguide.services.driver_card import Gap, driver_card, first_guess, hotel_card
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook

DAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("ref", "name", "address", "of"),
    [
        ("organisation/renji-hospital", "仁济医院", "上海市浦东新区浦建路160号", ""),
        ("visit/renji-2013", "仁济医院", "上海市浦东新区浦建路160号", "Renji Hospital"),
        ("place/renji-north", "仁济医院北院", "浦东新区巨野路745号", ""),
        ("visit/zhangjiang-2013", "张江高科技园区", "祖冲之路", "Zhangjiang Hi-Tech Park"),
        ("person/zhang-jiong", "上海聚科生物园区", "", ""),
        ("place/hongqiao-railway-station", "上海虹桥站", "", ""),
    ],
)
def test_the_address_comes_from_where_the_driver_is_to_go(
    guide: Guide, ref: str, name: str, address: str, of: str
) -> None:
    card = driver_card(guide, Ref.parse(ref), DAY)
    assert (card.name.local, card.address.local, card.address.of) == (name, address, of)
    assert card.saying == guide.sayings.take_me_here


def test_what_is_not_known_in_hanzi_is_said_and_never_made_up(guide: Guide) -> None:
    spain = driver_card(guide, Ref.parse("organisation/spanish-consulate-general"), DAY)
    assert "Jin Mao Tower" in spain.address.value
    assert spain.address.local == spain.name.local == ""
    assert {Gap.NAME, Gap.HANZI, Gap.PHONE} <= set(spain.gaps)
    juke = driver_card(guide, Ref.parse("visit/juke-2013"), DAY)
    assert Gap.ADDRESS in juke.gaps


def test_an_address_that_was_replaced_is_no_address(guide: Guide) -> None:
    old = driver_card(guide, Ref.parse("organisation/spanish-consulate-general"), DAY)
    assert "Zhongshan" not in old.address.value


@pytest.mark.parametrize("ref", ["card/payment", "visit/bio-forum-2013-day-1", "place/no-such"])
def test_what_is_nowhere_has_no_card_but_a_sentence(guide: Guide, ref: str) -> None:
    with pytest.raises(FieldGuideError, match=r"\.$"):
        driver_card(guide, Ref.parse(ref), DAY)


def test_a_station_beside_it_is_a_landmark_unless_the_guide_names_one(guide: Guide) -> None:
    biobay = driver_card(guide, Ref.parse("organisation/biobay"), DAY)
    assert [mark.local for mark in biobay.landmarks] == ["松涛街"]
    assert "straight line" in biobay.landmarks[0].note


def test_every_visit_with_an_address_can_be_shown_on_a_phone(guide: Guide) -> None:
    for visit in guide.visits:
        if visit.address_zh:
            card = driver_card(guide, visit.ref, DAY)
            assert [link.service for link in card.links] == ["amap", "baidu", "geo"]
            assert Gap.EXACT in card.gaps or all(link.pin for link in card.links)


def test_the_hotel_is_kept_in_the_notes_and_its_card_leads_back(
    guide: Guide, book: Notebook
) -> None:
    assert book.own_hotel.chosen() is None
    typed = Hotel(name="River Inn", name_local="江边酒店", address_local="滨江路1号", phone="021 1")
    assert book.own_hotel.choose(typed) is None
    card = hotel_card(guide, typed, DAY)
    assert card.home
    assert (card.saying, card.name.local) == (guide.sayings.back_to_hotel, "江边酒店")
    assert card.address.pinyin == "bīn jiāng lù 1 hào"
    assert all(not link.pin for link in card.links)
    chosen = Hotel("organisation/biobay")
    assert book.own_hotel.choose(chosen) == typed
    assert hotel_card(guide, chosen, DAY).name.local == "苏州生物医药产业园"
    assert book.own_hotel.choose(None) == chosen
    assert book.own_hotel.chosen() is None
    with pytest.raises(BadRequest):
        book.own_hotel.choose(Hotel(name="x" * 3_000))


def test_no_hotel_is_guessed_where_the_guide_names_none(guide: Guide) -> None:
    assert first_guess(guide) is None
