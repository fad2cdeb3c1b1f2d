"""The query set itself: well formed, broad, and large enough to mean something."""

from collections import Counter

import pytest

from tests.queries.expectations import Query, hostile_texts, queries

KINDS = {
    "name", "hanzi", "pinyin", "pinyin-joined", "initials", "body", "fact-value", "date",
    "place-time", "person", "email", "abbreviation", "former-name", "misspelling-of-source",
    "synonym-fr", "synonym-de", "synonym-it", "synonym-es", "synonym-ca", "accents", "typo",
}  # fmt: skip


def test_every_query_says_what_it_is_and_what_it_must_find() -> None:
    for query in queries():
        assert query.text.strip()
        assert query.kind in KINDS, query
        assert query.within in (1, 3, 5), query
        assert query.expect or query.expect_part or query.expect_type, query
        assert all(query.expect + query.expect_part), query


def test_the_set_is_broad_and_strict() -> None:
    count = Counter(query.kind for query in queries())
    assert set(count) == KINDS
    assert count.total() >= 320
    assert count["typo"] >= 60
    assert sum(n for kind, n in count.items() if kind.startswith("synonym-")) >= 40
    assert sum(query.within == 1 for query in queries()) > count.total() / 2


def test_no_question_is_asked_twice_with_the_same_answer() -> None:
    assert len(set(queries())) == len(queries())


def test_hostile_text_covers_bytes_lengths_and_control_characters() -> None:
    texts = hostile_texts()
    assert len(texts) >= 40
    assert any("\0" in text for text in texts)
    assert any(len(text) >= 10_000 for text in texts)
    assert any("\udc80" <= letter <= "\udcff" for text in texts for letter in text)


def test_a_whole_name_must_be_met_whole() -> None:
    query = Query("sip", "name", 1, expect=("Suzhou Industrial Park", "苏州工业园区"))
    assert query.answered_by(["suzhou industrial PARK"], [])
    assert query.answered_by(["SIP", "苏州工业园区"], [])
    assert not query.answered_by(["Suzhou Industrial Park railway station"], [])


@pytest.mark.parametrize(
    ("part", "name", "met"),
    [
        ("IND", "Suzhou Industrial Park", False),
        ("IND", "Clinical-trial application (IND)", True),
        ("class II", "Class III, import", False),
        ("trial", "Clinical trials", True),
        ("biomed…", "Shanghai's biomedicine industry", True),
        ("biomed…", "Modern aerobiomed", False),
        ("药谷", "张江药谷", True),
        ("Rhône-Alpes", "The Rhône-Alpes complex", True),
    ],
)
def test_a_part_is_whole_words_unless_it_says_otherwise(part: str, name: str, met: bool) -> None:
    assert Query("", "name", 1, expect_part=(part,)).answered_by([name], []) is met


def test_a_type_and_a_name_must_meet_in_one_hit() -> None:
    query = Query("monday renji", "place-time", 1, expect_part=("Renji",), expect_type="visit")
    assert query.answered_by(["Renji Hospital, Monday"], ["visit"])
    assert not query.answered_by(["Renji Hospital"], ["organisation", "hospital"])
