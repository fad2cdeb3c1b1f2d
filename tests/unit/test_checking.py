"""Still right, wrong now: a check finds its fact in any guide, can be undone, and goes out."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from fieldguide.domain.checks import fact_name, find
from fieldguide.domain.entries import Check, Verdict
from fieldguide.domain.notes import AUDIENCES, Visibility
from fieldguide.domain.records import Fact, Ref
from fieldguide.services.check_export import save_checks
from fieldguide.services.checking import all_checks, checks_on, keep, take_back
from fieldguide.services.notebook import Notebook, open_notebook

RENJI = Ref("organisation", "renji-hospital")
BEDS = Fact("Beds", "2,050", as_of="2013-04")
MORE = Fact("Beds", "2,750", as_of="2021")
PHONE = Fact("Phone", "+86 21 1")
RIGHT = Check("Beds, 2013", Verdict.RIGHT, "2013-05-28", said="2,050")
WRONG = Check("Beds, 2013", Verdict.WRONG, "2013-05-29", "2,300", "said the host", "2,050")


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path, create=True)
    opened.introduce("A. Name")
    yield opened
    opened.close()


def place(check: Check, *facts: Fact) -> Fact | None:
    found = find(facts, [check], lambda one: one)
    assert len(found.at) + len(found.lost) == 1
    return next(iter(found.at), None)


def test_a_fact_is_named_by_label_and_year() -> None:
    assert [fact_name(one) for one in (BEDS, MORE, PHONE)] == ["Beds, 2013", "Beds, 2021", "Phone"]
    assert fact_name(Fact("Term", "x", as_of="2010/2013-05")) == "Term, 2013"
    assert fact_name(Fact("Holiday", "x", as_of="--05-01")) == "Holiday"


def test_a_check_finds_its_fact_in_a_newer_guide() -> None:
    assert place(RIGHT, MORE, BEDS) is BEDS
    corrected, later = replace(BEDS, value="2,051"), replace(BEDS, as_of="2014")
    assert place(RIGHT, MORE, corrected) is corrected
    assert place(RIGHT, MORE, later) is later
    assert place(RIGHT, MORE) is None
    assert place(RIGHT, PHONE, replace(BEDS, value="2"), replace(BEDS, value="3")) is None
    assert place(RIGHT, replace(BEDS, value="2"), BEDS) is BEDS


def test_changing_a_check_keeps_its_history_and_is_undone(book: Notebook) -> None:
    made = keep(book, RENJI, "Renji", RIGHT)
    changed = keep(book, RENJI, "Renji", WRONG, Visibility.MINE)
    (one,) = checks_on(book, RENJI)
    assert (one.check, one.by, one.mine, one.visibility) == (
        WRONG, "A. Name", True, Visibility.MINE,
    )  # fmt: skip
    assert made.entry == changed.entry == one.id
    book.checks.undo(changed)
    (one,) = checks_on(book, RENJI)
    assert (one.check, one.visibility) == (RIGHT, Visibility.ORGANISER)
    gone = take_back(book, one.id)
    assert checks_on(book, RENJI) == ()
    book.checks.undo(gone)
    assert [one.check for one in checks_on(book, RENJI)] == [RIGHT]
    book.checks.undo(made)
    assert checks_on(book, RENJI) == ()
    assert len(book.history(made.entry)) >= 4


def test_two_statements_of_one_name_are_checked_apart(book: Notebook) -> None:
    keep(book, RENJI, "Renji", RIGHT)
    keep(book, RENJI, "Renji", replace(RIGHT, said="2,060"))
    assert [one.check.said for one in checks_on(book, RENJI)] == ["2,050", "2,060"]


def test_what_is_for_the_organiser_goes_out_and_no_formula_with_it(
    book: Notebook, tmp_path: Path
) -> None:
    keep(book, RENJI, "Renji 仁济", replace(WRONG, value="=1+1", remark="-5%"))
    keep(book, RENJI, "Renji", Check("Phone", Verdict.RIGHT), Visibility.MINE)
    checks = all_checks(book, AUDIENCES["organiser"])
    assert save_checks(checks, tmp_path / "a.csv") == 1
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_bytes().decode("utf-8-sig")))
    assert (row["title"], row["value"], row["remark"]) == ("Renji 仁济", "'=1+1", "-5%")
    assert save_checks(all_checks(book), tmp_path / "a.json") == 2
    first, second = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (first["verdict"], first["by"], first["value"]) == ("wrong", "A. Name", "=1+1")
    assert (second["fact"], second["value"], second["visibility"]) == ("Phone", None, "mine")
