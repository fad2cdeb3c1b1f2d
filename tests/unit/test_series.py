"""Facts in order, figures over the years, and what one page reads of a record."""

import pytest

from fieldguide.domain.records import Fact, Ref
from fieldguide.domain.series import charted, date_words, grouped, points
from fieldguide.errors import UnknownRef
from fieldguide.services.guide import Guide
from fieldguide.services.subject import subject

BEDS = (
    Fact("Beds", "2,050", group="Size", as_of="2013", nature="count", superseded_by="x/y#z"),
    Fact("Beds", "1,650 + 600", group="Size", as_of="2013-12", nature="count"),
    Fact("Beds", "2,750", group="Size", as_of="2021", nature="count"),
)


def test_the_newest_that_holds_comes_first_and_the_overruled_last() -> None:
    (group,) = grouped(BEDS)
    assert [fact.value for fact in group.series[0].facts] == ["2,750", "1,650 + 600", "2,050"]


def test_groups_and_labels_keep_the_order_in_which_they_are_written() -> None:
    facts = [Fact("B", "1", group="two"), Fact("A", "1", group="one"), Fact("C", "1", group="two")]
    assert [(group.heading, [one.label for one in group.series]) for group in grouped(facts)] == [
        ("two", ["B", "C"]),
        ("one", ["A"]),
    ]


def test_only_single_numbers_of_one_unit_and_a_year_are_points() -> None:
    (group,) = grouped(BEDS)
    assert [(point.year, point.value) for point in points(group.series[0])] == [
        (2013, 2050),
        (2021, 2750),
    ]
    mixed = grouped([Fact("A", "1", unit="t", as_of="2001"), Fact("A", "2", as_of="2002")])
    assert points(mixed[0].series[0]) == ()


def test_a_figure_of_one_year_has_no_chart() -> None:
    assert charted(BEDS)[0] == "Beds"
    assert charted(BEDS[:2]) == ("", ())


@pytest.mark.parametrize(
    ("iso", "words"),
    [
        ("2013", "2013"),
        ("2013-05", "May 2013"),
        ("2013-05-07", "7 May 2013"),
        ("2006/2010", "2006–2010"),
        ("2013-05-27/2013-05-31", "27–31 May 2013"),
        ("2023-08-01/2023-12-31", "1 Aug–31 Dec 2023"),
        ("2023-08-01/2025-07-31", "1 Aug 2023–31 July 2025"),
        ("2025-01/2025-06", "Jan–June 2025"),
        ("--05-01", "1 May"),
        ("", ""),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(iso: str, words: str) -> None:
    assert date_words(iso) == words


def test_every_record_of_the_guide_can_be_read_with_what_is_beside_it(guide: Guide) -> None:
    for kind in guide.about.counts:
        for card in guide.records(kind)[:12]:
            found = subject(guide, card.ref)
            assert found.record.ref == card.ref
            assert all(not name.startswith("person/") for name in found.speakers.values())
            for fact in found.record.facts:
                assert date_words(fact.as_of) or not fact.as_of
                assert not fact.superseded_by or fact.superseded_by in found.successors


def test_the_campuses_of_a_hospital_are_its_places(guide: Guide) -> None:
    found = subject(guide, Ref("organisation", "renji-hospital"))
    assert {"renji-east", "renji-west"} <= {stop.record.ref.slug for stop in found.places}
    assert found.section == "hospitals"


def test_an_unknown_record_is_a_sentence(guide: Guide) -> None:
    with pytest.raises(UnknownRef):
        subject(guide, Ref("organisation", "nowhere"))
