"""Checks on the command line: a shape fixed by a golden file, and a file for the organiser."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.domain.entries import Check, Verdict
from fieldguide.domain.notes import Visibility
from fieldguide.domain.records import Ref
from fieldguide.services.checking import keep
from fieldguide.services.notebook import open_notebook
from tests.unit.conftest import Run

NORTH = Ref("organisation", "north-hospital")


@pytest.fixture
def checked(profile: Path) -> None:
    book = open_notebook(profile, create=True)
    book.introduce("A. Name")
    wrong = Check("Beds, 2013", Verdict.WRONG, "2013-05-28", "310", "said the host", "300")
    keep(book, NORTH, "North Hospital", wrong)
    right = Check("Phone", Verdict.RIGHT, "2013-05-28", said="1")
    keep(book, Ref("person", "x"), "X", right, Visibility.MINE)
    book.close()


def test_checks_keep_their_shape(
    run: Run, checked: None, golden: Callable[[str, str], None]
) -> None:
    status, said, complaints = run("check", "list", "--json")
    golden("checks.json", re.sub(r"\bcheck\.[0-9a-f]{32}\b", "check.NUMBER", said))
    assert (status, complaints) == (0, "")
    assert run("check", "list", str(NORTH))[1] == (
        "organisation/north-hospital  Beds, 2013: 300  (wrong → 310; 2013-05-28 A. Name)\n"
        "    said the host\n"
    )


def test_the_organiser_gets_what_is_not_for_oneself_alone(
    run: Run, checked: None, tmp_path: Path
) -> None:
    target = tmp_path / "checks.json"
    said = run("check", "export", "-o", str(target))[1]
    assert said == f"1 check written to {target}\n"
    assert [row["fact"] for row in json.loads(target.read_text("utf-8"))] == ["Beds, 2013"]
    told = run("check", "export", "-o", str(target), "--for", "me", "--json")[1]
    assert json.loads(told) == {"file": str(target), "checks": 2}
    assert run("check", "export", "-o", str(target), "--for", "public")[1].startswith("0 checks")


def test_without_notes_there_is_a_sentence(run: Run) -> None:
    assert run("check", "list")[2] == "There are no notes in this profile yet.\n"
