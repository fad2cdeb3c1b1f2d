"""What became of a text, told by line and by word."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.domain.difference import Change, Fold, Piece, difference, folded, words_changed

LINES = st.lists(
    st.sampled_from(["F: 330 companies", "330 companies", "Q Dr Li: 先匹配", "", "?: who"])
    | st.text(max_size=12),
    max_size=12,
).map("\n".join)

RENT = "F: Rent RMB 40 per m², period not said"
RENT_NOW = "F: Rent RMB 40 per m², per month, says the host"


def changes(before: str, after: str) -> list[tuple[Change, str | None, str | None]]:
    return [(line.change, line.before, line.after) for line in difference(before, after).lines]


@given(before=LINES, after=LINES)
@settings(max_examples=400)
def test_both_texts_can_be_read_back_whole_and_word_by_word(before: str, after: str) -> None:
    found = difference(before, after)
    assert (found.before, found.after) == (before, after)
    for line in found.lines:
        gone = "".join(piece.text for piece in line.pieces if piece.change is not Change.ADDED)
        new = "".join(piece.text for piece in line.pieces if piece.change is not Change.REMOVED)
        assert (gone, new) == (line.before or "", line.after or "")


def test_a_line_that_is_much_alike_is_changed_and_its_words_tell_how() -> None:
    (line,) = difference(RENT, RENT_NOW).lines
    assert line.change is Change.CHANGED
    assert line.pieces == (
        Piece("F: Rent RMB 40 per m², ", Change.SAME),
        Piece("period not said", Change.REMOVED),
        Piece("per month, says the host", Change.ADDED),
    )


def test_a_line_of_another_kind_is_another_line_unless_its_words_are_the_same() -> None:
    old, new = "O: Firms have offices at hand", "F: Firms have offices at hand for meetings"
    assert [change for change, *_ in changes(old, new)] == [Change.REMOVED, Change.ADDED]
    assert changes("Firms have offices", "F: Firms have offices")[0][0] is Change.CHANGED


def test_a_line_typed_on_is_changed_and_an_unlike_one_is_replaced() -> None:
    assert changes("Ask", "Ask VTT how their agreement is used")[0][0] is Change.CHANGED
    assert [change for change, *_ in changes("one two", "three four")] == [
        Change.REMOVED,
        Change.ADDED,
    ]


def test_the_lines_that_are_most_alike_are_paired_in_their_order() -> None:
    before = "rent is 40 a month\nwho signs for the park"
    after = "nothing\nrent is 45 a month\nwho signs for it in the park"
    assert changes(before, after) == [
        (Change.ADDED, None, "nothing"),
        (Change.CHANGED, "rent is 40 a month", "rent is 45 a month"),
        (Change.CHANGED, "who signs for the park", "who signs for it in the park"),
    ]


def test_every_hanzi_is_a_word_of_its_own() -> None:
    assert words_changed("上海仁济医院", "上海瑞金医院") == (
        Piece("上海", Change.SAME),
        Piece("仁济", Change.REMOVED),
        Piece("瑞金", Change.ADDED),
        Piece("医院", Change.SAME),
    )


def test_a_space_between_two_changes_does_not_part_them() -> None:
    assert [piece.text for piece in words_changed("a b", "c d")] == ["a b", "c d"]


def test_removed_lines_come_back_to_their_places_and_changed_ones_stay_changed() -> None:
    found = difference(f"top\n{RENT}\ngone\nend", f"top\n{RENT_NOW}\nend\nnew")
    assert found.with_removed == f"top\n{RENT_NOW}\ngone\nend\nnew"
    assert [found.count(change) for change in Change] == [2, 1, 1, 1]


def test_empty_lines_are_shown_but_not_counted() -> None:
    found = difference("a", "a\n\n b")
    assert (found.count(Change.ADDED), len(found.lines)) == (1, 3)


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("a\nb\nc\nd\ne", "a\nb\nc\nd\ne\nnew", [4, Change.SAME, Change.ADDED]),
        ("a\nb\nnew", "a\nb", [Change.SAME, Change.SAME, Change.REMOVED]),
        ("a\nb", "a\nb", [2]),
        ("", "", []),
        ("", "a\nb", [Change.ADDED, Change.ADDED]),
    ],
)
def test_unchanged_lines_are_put_away_but_those_beside_a_change(
    before: str, after: str, told: list[object]
) -> None:
    shown = folded(difference(before, after).lines)
    assert [len(one.lines) if isinstance(one, Fold) else one.change for one in shown] == told


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("\n".join(f"line {n}" for n in range(20_000)), "\n".join(f"{n}" for n in range(20_000))),
        ("x " * 300_000, "y " * 300_000),
        ("\n" * 50_000, "a\n" * 50_000),
        ("one two\n" * 1_900, "two one\n" * 1_900),
    ],
    ids=["other lines", "one long line", "empty lines", "like lines"],
)
def test_the_largest_texts_are_compared_without_a_wait(before: str, after: str) -> None:
    start = time.perf_counter()
    found = difference(before, after)
    for line in found.lines[:50]:
        assert "".join(piece.text for piece in line.pieces) == (line.before or "") + (
            line.after or ""
        )
    assert time.perf_counter() - start < 3
