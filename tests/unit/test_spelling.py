"""Distances and neighbourhoods of words that were nearly typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.domain.spelling import deletions, distance, tolerance

WORD = st.text("abcdefgh", min_size=4, max_size=9)


@pytest.mark.parametrize(
    ("left", "right", "steps"),
    [("renji", "renji", 0), ("rejni", "renji", 1), ("reni", "renji", 1), ("renjii", "renji", 1),
     ("renki", "renji", 1), ("hengrei", "hengrui", 1), ("zhangjiagn", "zhangjiang", 1),
     ("caohejin", "caohejing", 1), ("abcd", "badc", 2)],
)  # fmt: skip
def test_slips_are_counted_and_a_swap_is_one(left: str, right: str, steps: int) -> None:
    assert distance(left, right, 2) == steps
    assert distance(right, left, 2) == steps


def test_a_word_beyond_the_limit_is_told_apart_by_one_more() -> None:
    assert distance("hospital", "hotel", 2) == 3


@given(WORD, st.data())
def test_one_slip_leaves_a_common_neighbour(word: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(word) - 2))
    kind = data.draw(st.sampled_from(["drop", "change", "swap", "double"]))
    slip = {
        "drop": word[:at] + word[at + 1 :],
        "change": word[:at] + "z" + word[at + 1 :],
        "swap": word[:at] + word[at + 1] + word[at] + word[at + 2 :],
        "double": word[:at] + word[at] + word[at:],
    }[kind]
    assert deletions(word) & deletions(slip)
    assert distance(word, slip, 2) <= 1


def test_short_words_may_hold_one_slip_and_long_ones_two() -> None:
    assert (tolerance("renji"), tolerance("zhangjiang")) == (1, 2)
