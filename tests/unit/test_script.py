"""Folding, words and terms: what makes two spellings of one thing meet."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlcipher3 import dbapi2

from fieldguide.domain.script import fold, match_expression, terms, words


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("STRASSE", "Straße"), ("lodz", "Łódź"), ("oresund", "Øresund"), ("marti", "Martí"),
        ("fabentech", "Fab'entech"), ("fab’entech", "Fab'entech"), ("4475", "4,475"),
        ("4 475", "4,475"), ("ｒｅｎｊｉ", "Renji"), ("153,600", "153600"), ("ﬁling", "filing"),
    ],
)  # fmt: skip
def test_two_spellings_of_one_thing_meet(typed: str, stored: str) -> None:
    assert words(typed) == words(stored)


def test_a_comma_between_words_or_before_two_digits_is_not_a_thousands_separator() -> None:
    assert words("12,34") == ["12", "34"]
    assert words("1,2345") == ["1", "2345"]


def test_hanzi_are_pairs_and_the_last_character() -> None:
    assert terms("仁济医院 West") == ["仁济", "济医", "医院", "院", "west"]
    assert terms("院") == ["院"]


def test_one_character_is_looked_for_as_a_start_and_two_as_one_term() -> None:
    assert match_expression("仁") == '"仁"*'
    assert match_expression("仁济医") == '"仁济" AND "济医"'


def test_nothing_to_look_for_is_an_empty_expression() -> None:
    assert match_expression(' "*\x00 () ') == ""


@given(st.text(max_size=60))
def test_no_text_makes_an_expression_that_the_engine_refuses(text: str) -> None:
    conn = dbapi2.connect(":memory:")
    conn.execute("create virtual table t using fts5 (x, tokenize='ascii', detail=none, content='')")
    conn.execute("insert into t (rowid, x) values (1, ?)", (" ".join(terms(text)),))
    expression = match_expression(text)
    if expression:
        assert conn.execute("select rowid from t where t match ?", (expression,)).fetchall() == [
            (1,)
        ]
    conn.close()


@given(st.text(max_size=40))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert [fold(word) for word in words(text)] == words(text)
