"""Records, days, directory and comparison, asked of the real guide."""

from datetime import date, datetime, time

import pytest

from fieldguide.domain import directory
from fieldguide.domain.records import KINDS, Ref
from fieldguide.domain.trips import home_time, parse_day, parse_moment
from fieldguide.errors import BadRequest, UnknownRef
from fieldguide.services.guide import Guide

RENJI = Ref("organisation", "renji-hospital")
MAIN_KINDS = set(KINDS) - {"help"}


def test_the_guide_holds_everything_that_is_wanted(guide: Guide) -> None:
    ready = guide.readiness(date(2026, 11, 24))
    assert ready.missing == ()
    assert ready.coverage["facts"] == (368, 368)
    assert ready.coverage["doubts"] == (78, 78)
    held, wanted = ready.coverage["beyond"]
    assert held == wanted >= 400
    assert ready.unsourced == 0
    assert set(guide.about.counts) >= MAIN_KINDS


def test_figures_of_several_years_stand_side_by_side_and_the_old_one_names_its_heir(
    guide: Guide,
) -> None:
    beds = [fact for fact in guide.record(RENJI).facts if fact.label == "Beds"]
    assert {fact.value for fact in beds} >= {"2,750", "2,050"}
    old = next(fact for fact in beds if fact.value == "2,050")
    assert old.confidence == "R"
    assert old.superseded_by.startswith("organisation/renji-hospital#")
    assert [doubt.id for doubt in old.doubts] == ["INC-22"]


def test_every_link_reads_from_both_ends(guide: Guide) -> None:
    for link in guide.record(RENJI).links:
        back = [one for one in guide.record(link.other).links if one.other == RENJI]
        assert any(one.type == link.type and one.outward != link.outward for one in back)


def test_an_unknown_record_is_a_sentence(guide: Guide) -> None:
    with pytest.raises(UnknownRef, match="holds no record"):
        guide.record(Ref("organisation", "nowhere"))
    with pytest.raises(BadRequest, match="kind/slug"):
        Ref.parse("renji")


def test_a_person_of_2013_has_an_address_with_its_warning(guide: Guide) -> None:
    person = guide.record(Ref("person", "elisabetta-schena"))
    mail = next(fact for fact in person.facts if "@" in fact.value)
    assert mail.as_of.startswith("2013")
    assert "dead" in mail.note


def test_contradictions_are_shown_where_they_are(guide: Guide) -> None:
    def doubts(ref: str) -> set[str]:
        return {doubt.id for doubt in guide.record(Ref.parse(ref)).doubts}

    assert "INC-01" in doubts("organisation/cssd")
    assert {"INC-07", "INC-08"} <= doubts("organisation/biobay")
    assert "INC-18" in doubts("card/hospital-grades")
    assert "INC-11" in doubts("visit/sstt-2013")
    assert "INC-12" in doubts("organisation/sinano") | doubts("visit/sinano-2013")


def test_every_pathway_of_today_lists_steps_with_authority_time_and_basis(guide: Guide) -> None:
    wanted = {f"device-class-{n}-{route}" for n in (1, 2, 3) for route in ("domestic", "import")}
    wanted |= {"drug-domestic", "drug-import"}
    for slug in sorted(wanted):
        path = guide.record(Ref("pathway", slug))
        steps = [link.other for link in path.links if link.type == "step" and link.outward]
        assert len(steps) >= 4, slug
        for ref in steps:
            step = guide.record(ref)
            labels = {fact.label for fact in step.facts}
            assert {"Who", "Legal basis"} <= labels, (ref, labels)
            judged = any(link.type == "authority" for link in step.links)
            assert judged or "Where" in labels or ref.slug == "device-test", ref


def test_a_day_has_its_visits_in_order_with_home_time_and_straight_lines(guide: Guide) -> None:
    day = guide.day("2013-05-28")
    assert day.weekday == "Tuesday"
    assert [visit.when.time for visit in day.visits] == ["10:00", "11:30", "14:30"]
    assert [visit.ref.slug for visit in day.visits][:2] == ["sip-2013", "biobay-2013"]
    assert home_time(day.visits[0].when, "Europe/Paris") == "04:00"
    assert len(day.legs) == 2
    metres = day.legs[0].metres
    assert metres is not None
    assert 6_500 < metres < 8_000  # 7.2 km between the administration and BioBAY


def test_a_day_without_visits_is_empty_and_a_wrong_day_a_sentence(guide: Guide) -> None:
    assert guide.day("2013-06-28").visits == ()
    with pytest.raises(BadRequest, match="is not a day"):
        parse_day("28 May")


def test_a_moment_is_a_day_with_or_without_an_hour() -> None:
    assert parse_moment("2013-05-28", time(8, 40)) == datetime(2013, 5, 28, 8, 40)
    assert parse_moment("2013-05-28T11:35", time(8, 40)) == datetime(2013, 5, 28, 11, 35)
    for odd in ("2013-05-28T25:00", "2013-05-28T11:35+08:00", "2013-05-28 noon"):
        with pytest.raises(BadRequest, match="is not a moment"):
            parse_moment(odd)


def test_ten_agenda_lines_and_one_undated_visit(guide: Guide) -> None:
    assert len(guide.visits) == 11
    assert sum(1 for visit in guide.visits if not visit.day) == 1


def test_facets_narrow_each_other_and_keep_their_zeros(guide: Guide) -> None:
    everything = guide.directory({})
    hospitals = guide.directory({"section": ["hospitals"]})
    assert 0 < len(hospitals.cards) < len(everything.cards)
    count = {(one.facet, one.value): one.count for one in hospitals.options}
    suzhou = guide.directory({"section": ["hospitals"], "city": ["Suzhou"]})
    assert len(suzhou.cards) == count["city", "Suzhou"]
    both = guide.directory({"section": ["hospitals", "parks"]})
    assert len(both.cards) >= len(hospitals.cards)
    assert any(one.count == 0 for one in suzhou.options if one.facet == "city")


def test_the_first_sections_are_what_a_delegate_asks_for() -> None:
    names = list(directory.SECTIONS.values())[:4]
    assert names == ["Contacts", "Parks", "Hospitals", "Regulatory steps"]


def test_records_side_by_side_share_their_first_rows_newest_first(guide: Guide) -> None:
    parks = [Ref("organisation", slug) for slug in ("biobay", "juke-biotech-park", "sstt")]
    rows = dict(guide.compare(parks).rows)
    filled = [sum(1 for cell in cells if cell) for cells in rows.values()]
    assert filled == sorted(filled, reverse=True)
    companies = rows["Companies"][0]
    struck = [bool(fact.superseded_by) for fact in companies]
    assert struck == sorted(struck)
    with pytest.raises(BadRequest, match="Two to four"):
        guide.compare(parks[:1])


def test_a_kind_and_a_type_can_be_listed(guide: Guide) -> None:
    assert {card.ref.kind for card in guide.records("visit")} == {"visit"}
    assert all("hospital" in card.types for card in guide.records("hospital"))
    with pytest.raises(BadRequest):
        guide.records("hostel")
