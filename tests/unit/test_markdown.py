"""The little Markdown of notes: what a line is, stretch by stretch, and never more than that."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldguide.domain.markdown import (
    LONGEST,
    Part,
    heading,
    item,
    link_text,
    links,
    plain,
    spans,
)
from fieldguide.domain.notes import LineKind, opening, parse_lines
from fieldguide.domain.records import Ref

BIOBAY = Ref("organisation", "biobay")
LINKED = "met [[organisation/biobay|BioBAY 生物]] there"


def parts(line: str, part: Part) -> list[str]:
    return [line[one.start : one.end] for one in spans(line) if one.part is part]


@pytest.mark.parametrize(
    ("line", "level"),
    [("# Day", 1), ("### Day", 3), ("###### x", 6), ("####### x", 0), ("#Day", 0), (" # Day", 0)],
)
def test_a_heading_has_signs_a_blank_and_a_level(line: str, level: int) -> None:
    assert heading(line) == level
    assert bool(parts(line, Part.HEADING)) is bool(level)


@pytest.mark.parametrize(
    ("line", "mark", "following"),
    [
        ("- one", "- ", "- "),
        ("  * one", "  * ", "  * "),
        ("9. nine", "9. ", "10. "),
        ("3) three", "3) ", "4) "),
        ("- [ ] to do", "- [ ] ", "- [ ] "),
        ("  - [x] done", "  - [x] ", "  - [ ] "),
        ("- [X]", "- [X]", "- [ ] "),
    ],
)
def test_a_list_goes_on_with_its_mark(line: str, mark: str, following: str) -> None:
    begin = item(line)
    assert begin is not None
    assert (begin.mark, begin.following) == (mark, following)


@pytest.mark.parametrize("line", ["-one", "- ", "1.one", "a. one", "[ ] one", "-", ""])
def test_what_only_looks_like_an_item_is_none_unless_its_mark_is_whole(line: str) -> None:
    assert (item(line) is not None) == (line == "- ")


def test_an_item_knows_its_box_and_where_one_within_it_stands() -> None:
    done, number = item("  - [x] card"), item("10. ten")
    assert done is not None
    assert number is not None
    assert (done.done, done.sign, done.indent, done.hang) == (True, 5, 2, 2)
    assert (number.done, number.sign, number.indent, number.hang) == (False, -1, 0, 4)


@pytest.mark.parametrize(
    ("line", "bold", "italic"),
    [
        ("a **b** c", ["b"], []),
        ("a *b* c", [], ["b"]),
        ("a _b_ c", [], ["b"]),
        ("***both***", ["*both*"], ["both"]),
        ("**a *b* c**", ["a *b* c"], ["b"]),
        ("***", [], []),
        ("2 * 3 * 4", [], []),
        ("snake_case_name", [], []),
        ("** b **", [], []),
        ("**重要**，*请*", ["重要"], ["请"]),
        ("**open", [], []),
    ],
)
def test_stars_stress_only_what_they_hold(line: str, bold: list[str], italic: list[str]) -> None:
    assert parts(line, Part.BOLD) == bold
    assert parts(line, Part.ITALIC) == italic


def test_of_a_link_only_its_title_is_seen() -> None:
    (link,) = links(LINKED)
    assert (link.ref, link.title) == (BIOBAY, "BioBAY 生物")
    assert parts(LINKED, Part.LINK) == ["BioBAY 生物"]
    assert parts(LINKED, Part.ADDRESS) == ["[[organisation/biobay|", "]]"]
    assert plain(LINKED) == "met BioBAY 生物 there"


def test_what_is_bold_is_read_without_its_signs() -> None:
    assert plain("# **Finnish** firms and *their* offices") == "Finnish firms and their offices"
    assert plain("3 * 4 and 5*6") == "3 * 4 and 5*6"


@pytest.mark.parametrize(
    "line",
    ["[[nothing/biobay|x]]", "[[organisation/Bio|x]]", "[[organisation/biobay]]", "[[a|b]]", "[["],
)
def test_what_is_no_link_to_a_record_stays_as_it_was_typed(line: str) -> None:
    assert not list(links(line))
    assert not parts(line, Part.ADDRESS)
    assert plain(line) == line


@given(st.text())
def test_any_title_makes_a_link_that_is_read_back(title: str) -> None:
    if "\n" in title or "\r" in title:
        title = " ".join(title.split())
    (link,) = links(link_text(BIOBAY, title))
    assert link.ref == BIOBAY
    assert link.title


@given(st.text(alphabet="#*_-[]| x1.)重😀\t", max_size=40))
def test_every_stretch_lies_within_its_line(line: str) -> None:
    for one in spans(line):
        assert 0 <= one.start < one.end <= len(line)


def test_a_line_full_of_signs_that_nothing_closes_costs_little() -> None:
    begun = time.perf_counter()
    for line in ("*" * LONGEST, "**a" * 3_000, "[[a" * 3_000, "_a" * 5_000, "- " * 5_000):
        spans(line)
    assert time.perf_counter() - begun < 2
    assert spans("**a** " * LONGEST) == []


@pytest.mark.parametrize(
    ("text", "kind", "speaker", "said", "confidence"),
    [
        ("F: 330 firms (sure)", LineKind.FACT, "", "330 firms", "sure"),
        ("Q Gao Ronghui: first (unsure) ", LineKind.QUOTE, "Gao Ronghui", "first", "unsure"),
        ("Q [Dr Li]: yes", LineKind.QUOTE, "Dr Li", "yes", ""),
        ("Q: who signs?", LineKind.QUOTE, "", "who signs?", ""),
        ("?: who signs?", LineKind.QUESTION, "", "who signs?", ""),
        ("O:", LineKind.OPINION, "", "", ""),
        ("A:no blank", LineKind.PLAIN, "", "A:no blank", ""),
        ("plain (sure)", LineKind.PLAIN, "", "plain (sure)", ""),
        ("Fact: x", LineKind.PLAIN, "", "Fact: x", ""),
    ],
)
def test_a_line_says_what_it_is_by_how_it_begins_and_ends(
    text: str, kind: LineKind, speaker: str, said: str, confidence: str
) -> None:
    (line,) = parse_lines(text)
    assert (line.kind, line.speaker, line.text, line.confidence) == (
        kind, speaker, said, confidence,
    )  # fmt: skip


def test_a_note_is_listed_by_its_first_words_without_marks() -> None:
    assert opening("\n# [[organisation/biobay|BioBAY]], first visit\nmore") == "BioBAY, first visit"
