"""Which letters the palette highlights."""

import pytest

from fieldguide.domain.marks import marked


@pytest.mark.parametrize(
    ("text", "typed", "expected"),
    [
        ("Renji Hospital", ["renji"], ["Renji"]),
        ("Rénjì Yīyuàn", ["renji", "yi"], ["Rénjì", "Yī"]),
        ("Groß-Gerau", ["gross"], ["Groß"]),
        ("仁济医院东院", ["医院"], ["医院"]),
        ("4,475 staff", ["4475"], ["4,475"]),
        ("Fab'entech", ["fabentech"], ["Fab'entech"]),
        ("Park, parking, spark", ["park"], ["Park", "park"]),
        ("Renji", ["xyz"], []),
        ("", ["renji"], []),
    ],
)
def test_letters_are_marked_through_case_accents_and_separators(
    text: str, typed: list[str], expected: list[str]
) -> None:
    assert [text[start:end] for start, end in marked(text, typed)] == expected


def test_touching_spans_become_one() -> None:
    assert marked("仁济医院", ["仁济", "医院"]) == ((0, 4),)
