"""Follow-ups and questions on the command line: shapes fixed by golden files, ids that do."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from fieldguide.domain.entries import Question
from fieldguide.services.notebook import open_notebook
from tests.unit.conftest import Run


def fixed(text: str) -> str:
    """Without what is another one each time."""
    text = re.sub(r"\b(follow-up|question)\.[0-9a-f]{32}\b", r"\1.NUMBER", text)
    return re.sub(r"\b[0-9a-f]{32}\b", "NOTE", text)


def test_follow_ups_keep_their_shape(run: Run, golden: Callable[[str, str], None]) -> None:
    run("note", "add", "organisation/north-hospital", "A: Ask VTT")
    added = run(
        "follow-up", "add", "Thank the chairs", "--owner", "Emilie", "--due", "2013-06-05", "--json"
    )
    listed = run("follow-up", "list", "--json")
    golden("follow-ups.json", fixed(added[1] + listed[1]))
    assert not added[2] + listed[2]


def test_a_line_of_a_note_is_done_by_the_name_that_the_list_gives_it(run: Run) -> None:
    run("note", "add", "organisation/north-hospital", "F: one\nA: Ask VTT")
    (row,) = json.loads(run("follow-up", "list", "--json")[1])
    assert row["id"].endswith(":2")
    assert run("follow-up", "done", row["id"])[0] == 0
    (row,) = json.loads(run("follow-up", "list", "--json")[1])
    assert (row["state"], row["text"]) == ("done", "Ask VTT")
    assert "Ask VTT  (done)" in run("follow-up", "list")[1]


def test_what_is_wrong_is_said_in_a_sentence(run: Run) -> None:
    assert run("follow-up", "list")[2] == "There are no notes in this profile yet.\n"
    assert "is not a day" in run("follow-up", "add", "x", "--due", "soon")[2]
    assert "is empty" in run("follow-up", "add", " ")[2]
    run("follow-up", "add", "x")
    status, _, err = run("follow-up", "done", "nothing")
    assert (status, err) == (1, "There is no follow-up “nothing”.\n")


def test_questions_without_an_answer_are_listed(
    run: Run, profile: Path, golden: Callable[[str, str], None]
) -> None:
    run("follow-up", "add", "x")
    book = open_notebook(profile, create=False)
    book.questions.add(Question("Per month?", origin="doubt:rent"))
    book.close()
    golden("questions.json", fixed(run("question", "list", "--json")[1]))
    assert "Per month?  (open)" in run("question", "list", "--all")[1]
