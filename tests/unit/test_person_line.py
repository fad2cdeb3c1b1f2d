"""A person typed in one line: the sixty lines, others, and what is typed by mistake or malice."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldguide.domain.people import Script
from fieldguide.domain.person_line import LONGEST, parsed
from fieldguide.domain.person_names import family_of
from tests.unit.person_fields import expected, fields_of, outcomes, share_right, wrong_per_line


def test_of_the_sixty_lines_most_fields_are_right() -> None:
    results = outcomes(expected())
    assert len(expected()) == 60
    assert share_right(results) >= 0.95, [one for one in results if not one.right]


@pytest.mark.parametrize("name", ["later", "fresh", "second", "third", "hurried"])
def test_of_lines_that_changed_the_reading_most_fields_stay_right(name: str) -> None:
    results = outcomes(expected(f"person_lines_{name}.toml"))
    assert share_right(results) >= 0.95, [one for one in results if not one.right]


@pytest.mark.parametrize(
    ("name", "right", "wrong"), [("unseen", 0.82, 0.40), ("unseen_2", 0.88, 0.32)]
)
def test_of_lines_that_never_changed_the_reading_most_fields_are_right(
    name: str, right: float, wrong: float
) -> None:
    results = outcomes(expected(f"person_lines_{name}.toml"))
    share, wrongs = share_right(results), wrong_per_line(results)
    print(f"{name}: {share:.3f} of the fields right, {wrongs:.2f} wrong fields per line")
    assert share >= right
    assert wrongs <= wrong


def test_every_value_says_that_it_was_typed() -> None:
    person = parsed("Dr Li Wei 李伟, GM, Juke, WeChat liwei88").person
    values = [*person.names, *person.honorifics, *person.roles, *person.ways]
    assert len(values) == 5
    assert {value.sources for value in values} == {("hand",)}
    assert parsed("Li Wei", "programme").person.names[0].sources == ("programme",)


def test_what_is_not_understood_is_handed_back() -> None:
    found = fields_of("Emma Brown; Juke; Cambridge; seat 7; emma@juke.example")
    assert found["organisation"] == "Juke"
    assert found["rest"] == "Cambridge, seat 7"


WORDS = "Li Wei 李伟 GM Juke 总经理 (Anna) Ltd Dr 医院 18:30 red Берёза director x1 43 MBA".split()


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from([" ", ", ", "\n"]))))
def test_no_word_that_was_typed_is_lost(words: list[tuple[str, str]]) -> None:
    understood = " ".join(fields_of("".join(word + gap for word, gap in words)).values())
    for word, _ in words:
        assert word.strip("()") in understood


@pytest.mark.parametrize("line", ["", " , ; | ", "\n\n", "…", "()", "\ud800", "\x00\x07"])
def test_a_line_that_says_nothing_is_nobody(line: str) -> None:
    assert parsed(line).person.names == ()
    assert parsed(line).rest == ()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("Kestrel Bioworks / Samir Gupta / samir@kestrel.example", "Kestrel Bioworks"),
        ("Anna Bianchi Biofiber, anna@biofiber.example", "Biofiber"),
        ("Sales Director Tom Ashgrove, Juke Ltd, tom@gmail.com", "Juke Ltd"),
    ],
)
def test_an_address_tells_where_somebody_works(line: str, wanted: str) -> None:
    assert fields_of(line)["organisation"] == wanted


def test_what_somebody_does_is_known_by_the_end_of_the_word() -> None:
    for title in ("nephrologist", "ortodontista", "néphrologue", "Logopädiereferentin", "нефролог"):
        assert fields_of(f"Anna Bianchi, {title}, Juke")["title"] == title


def test_the_order_of_the_parts_is_free() -> None:
    wanted = {"latin": "Li Wei", "family": "Li", "title": "GM", "organisation": "Juke"}
    for line in ("Li Wei, GM, Juke", "GM: Li Wei, Juke", "Juke | Li Wei | GM", "Li Wei GM Juke"):
        assert fields_of(line) == wanted, line


@pytest.mark.parametrize(
    ("name", "hanzi", "family"),
    [
        ("Wei Li", "李伟", "Li"),
        ("Xiaoming Shan", "单小明", "Shan"),
        ("LÜ Bin", "吕斌", "LÜ"),
        ("Lv Bin", "吕斌", "Lv"),
        ("Li Wei", "", "Li"),
        ("Wei Chen", "", "Chen"),
        ("Nguyễn Thị Lan", "", "Nguyễn"),
        ("Song Hye-jin", "", "Song"),
        ("Anna van den Berg", "", "van den Berg"),
        ("García López, María", "", "García López"),
        ("Pedro Sánchez Castejo", "", "Sánchez Castejo"),
        ("Анна Павловна Козырева", "", "Козырева"),
        ("Madonna", "", ""),
    ],
)
def test_the_family_name_is_found_in_every_order(name: str, hanzi: str, family: str) -> None:
    assert family_of(name, hanzi) == family


def test_ordinary_words_are_no_labels() -> None:
    assert "line" not in fields_of("Tom Ashgrove, product line manager, Juke")
    assert "signal" not in fields_of("Tom Ashgrove, Signal processing engineer")
    assert fields_of("Tom Ashgrove, Signal: +44 7700 900142")["signal"] == "+44 7700 900142"


def test_one_number_may_be_for_two_things() -> None:
    same = fields_of("李娜，手机/微信：138 0000 7788")
    assert same["mobile"] == same["wechat"] == "138 0000 7788"
    assert fields_of("李娜，电话 138 0000 7788，微信同号")["wechat"] == "138 0000 7788"


def test_a_very_long_line_is_read_at_its_start_and_kept_whole() -> None:
    tail = "x" * 50_000
    understood = parsed("Li Wei, GM, " + " " * LONGEST + tail)
    assert understood.person.names[0].text == "Li Wei"
    assert understood.rest == (tail,)


@settings(max_examples=300)
@given(st.text(max_size=200))
def test_no_text_makes_the_reading_fail(line: str) -> None:
    person = parsed(line).person
    assert all(name.family in name.text for name in person.names)
    assert all(name.text.strip() for name in person.names if name.script is not Script.NICKNAME)


@pytest.mark.parametrize(
    "unit", ["1 ", "a.", "(", "wechat:", "@a.", "李 ", "+86 ", "tel/wechat ", "Dr. "]
)
def test_a_line_made_to_be_slow_is_not(unit: str) -> None:
    began = time.perf_counter()
    parsed(unit * 4_000)
    assert time.perf_counter() - began < 1.0
