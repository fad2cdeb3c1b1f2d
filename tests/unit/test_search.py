"""The search over the real guide: what is typed finds what is meant, and says why."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.domain.finding import Hit
from fieldguide.errors import BadRequest
from fieldguide.services.guide import Guide
from fieldguide.storage.guide_db import GuideDb
from tests.queries.expectations import hostile_texts, queries


@pytest.fixture(scope="module")
def real(guide_file: Path) -> Iterator[Guide]:
    opened = Guide.open(guide_file)
    yield opened
    opened.close()


def first(guide: Guide, query: str) -> Hit:
    return guide.search(query).hits[0]


def test_the_query_set_is_answered(real: Guide, guide_file: Path) -> None:
    """At least .95 of the plain queries within their number, .9 of the typos in five."""
    db = GuideDb.open(guide_file)
    plain, typos, missed = [], [], []
    for query in queries():
        place = 0
        for number, hit in enumerate(real.search(query.text).hits, 1):
            record = db.record(hit.ref)
            names = [record.title, record.title_zh, *(name.text for name in record.names)]
            kinds = [hit.ref.kind, *record.types]
            if query.answered_by([name for name in names if name], kinds):
                place = number
                break
        found = 0 < place <= query.within
        if query.kind == "typo":
            typos.append(0 < place <= 5)
        else:
            plain.append(found)
        if not found:
            missed.append(query.text)
    db.close()
    assert sum(plain) / len(plain) >= 0.95, missed
    assert sum(typos) / len(typos) >= 0.9, missed


@pytest.mark.parametrize(
    ("query", "slug"),
    [
        ("renji", "renji-hospital"), ("RENJI  hospital", "renji-hospital"), ("仁济", "renji-hospital"),
        ("rjyy", "renji-hospital"), ("renjiyiyuan", "renji-hospital"), ("ren ji", "renji-hospital"),
        ("ren2 ji4", "renji-hospital"), ("rejni", "renji-hospital"), ("4,475 staff", "renji-hospital"),
        ("4475 staff", "renji-hospital"), ("ｂｉｏｂａｙ", "biobay"), ("bio bay", "biobay"),
        ("cfda", "nmpa"), ("mamen marti", "mamen-marti"), ("conicella@", "fabrizio-conicella"),
        ("tonn@bio-m", "daniela-tonn"), ("30 May 09:00", "zhangjiang-2013"),
        ("30.5.2013 9 am", "zhangjiang-2013"), ("lyonbiopole", "lyonbiopole"),
    ],
)  # fmt: skip
def test_what_is_typed_finds_what_is_meant(real: Guide, query: str, slug: str) -> None:
    assert first(real, query).ref.slug == slug


def test_a_hit_says_why_it_matched(real: Guide) -> None:
    assert first(real, "cfda").why == "name of NMPA from March 2013 to 2018"
    assert first(real, "rejni").why.startswith("spelt")
    assert "French" in first(real, "clinique").why
    assert first(real, "30 May 09:00").why == "on this day"
    assert first(real, "renji hospital").why == "name"
    staff = first(real, "4,475 staff")
    assert "4,475" in staff.snippet
    assert staff.why == "in its facts"


def test_a_kind_or_a_type_narrows(real: Guide) -> None:
    assert {hit.ref.kind for hit in real.search("wang", "person").hits} == {"person"}
    hospitals = real.search("shanghai", "hospital").hits
    assert hospitals
    assert all("hospital" in hit.types for hit in hospitals)
    with pytest.raises(BadRequest, match="not a kind"):
        real.search("renji", "hostel")


def test_counts_tell_the_kinds_of_all_that_was_found(real: Guide) -> None:
    found = real.search("renji", limit=1)
    assert found.more
    assert len(found.hits) == 1
    assert dict(found.counts)["place"] >= 4


def test_the_longer_the_typing_the_surer_the_answer(real: Guide) -> None:
    """Every start of a name from its third letter on keeps the record among the first five."""
    for name in ("renji hospital", "zhangjiang hi-tech", "suzhou industrial park", "仁济医院"):
        whole = first(real, name).ref
        for end in range(3, len(name) + 1):
            refs = [hit.ref for hit in real.search(name[:end]).hits[:5]]
            assert whole in refs, name[:end]


@pytest.mark.parametrize("number", range(len(hostile_texts())))
def test_hostile_queries_never_raise(real: Guide, number: int) -> None:
    found = real.search(hostile_texts()[number])
    assert len(found.hits) <= 20


@settings(max_examples=300)
@given(st.text(max_size=80))
def test_no_text_raises(real: Guide, text: str) -> None:
    real.search(text)


def test_nothing_is_found_for_nothing(real: Guide) -> None:
    for nothing in ("", "   ", "\x00", "«»", "🙂"):
        assert real.search(nothing).hits == ()


def test_all_words_of_a_question_in_another_language_are_read_at_once(real: Guide) -> None:
    first = real.search("Zulassung Medizinprodukt").hits[0]
    assert (first.ref.kind, first.why) == ("pathway", "read as “pathway medical device”")
    assert real.search("consolato italiano").hits[0].ref.slug == "italian-consulate-general"


def test_half_an_answer_by_whole_words_goes_before_one_by_cut_words(real: Guide) -> None:
    found = real.search("swiss consulate").hits
    assert {hit.why for hit in found} == {"nearest"}
    assert all("consul" in hit.title.lower() for hit in found[:5])
