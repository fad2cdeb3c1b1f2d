"""The command line: shapes fixed by golden files, sentences instead of tracebacks."""

import io
import json
import re
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide import cli, programme_commands, shapes
from fieldguide.domain.notes import AUDIENCES
from fieldguide.storage.instance import Instance
from tests.queries.expectations import hostile_texts
from tests.unit.conftest import Run

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
FACT_KEYS = {
    "label", "value", "unit", "as_of", "checked", "valid_until", "confidence", "source", "locator",
    "doubts",
}  # fmt: skip
RECORD_KEYS = {
    "ref", "kind", "title", "title_zh", "names", "facts", "text", "doubts", "people", "visits",
    "relations", "sources",
}  # fmt: skip


@pytest.fixture
def real(run: Run, guide_file: Path) -> Run:
    """The same on the guide that is shipped."""
    return lambda *arguments: run(*arguments, guide=guide_file)


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("search.json", ["search", "north", "--json"]),
        ("show-organisation.json", ["show", "organisation/north-hospital", "--json"]),
        ("show-visit.json", ["show", "visit/south", "--json"]),
        ("list.json", ["list", "hospital", "--json"]),
        ("day.json", ["day", "2013-05-28", "--json"]),
        ("card.json", ["--today", "2025-04-01", "card", "visit/north", "--json"]),
        ("lint.json", ["--today", "2030-01-01", "lint", "--json"]),
        ("search.txt", ["search", "beds"]),
        ("show.txt", ["show", "organisation/north-hospital"]),
        ("list.txt", ["list", "organisation"]),
        ("day.txt", ["day", "2013-05-28"]),
        ("card.txt", ["--today", "2025-04-01", "card", "person/li-na"]),
        ("lint.txt", ["--today", "2030-01-01", "lint"]),
    ],
)
def test_answers_keep_their_shape(
    run: Run, golden: Callable[[str, str], None], name: str, arguments: list[str]
) -> None:
    status, out, err = run(*arguments)
    assert status == (1 if "lint" in arguments else 0)
    assert not err
    golden(name, out)


def test_notes_keep_their_shape(run: Run, golden: Callable[[str, str], None]) -> None:
    added = run("note", "add", "organisation/north-hospital", "F: 今 beds\nmore", "--json")[1]
    listed = run("note", "list", "--json")[1]
    shown = run("note", "show", json.loads(added)["id"], "--json")[1]
    fixed = [
        re.sub(r'("changed": )"[^"]+"', r'\1"THEN"', re.sub(r"\b[0-9a-f]{32}\b", "NUMBER", text))
        for text in (added, listed, shown)
    ]
    golden("notes.json", "".join(fixed))


@pytest.mark.parametrize(
    ("shape", "file"),
    [
        (shapes.HITS, "search.json"),
        (shapes.RECORD, "show-organisation.json"),
        (shapes.RECORD, "show-visit.json"),
        (shapes.CARDS, "list.json"),
        (shapes.DAY, "day.json"),
        (shapes.DAY + shapes.MEETINGS, "meetings.json"),
        (shapes.PLANS, "plans.json"),
        (shapes.READINESS, "lint.json"),
    ],
)
def test_the_help_names_every_key(shape: str, file: str) -> None:
    keys = set(re.findall(r'"(\w+)":', (GOLDEN / file).read_text(encoding="utf-8")))
    assert keys <= set(re.findall(r"\w+", shape))


def test_the_help_of_a_command_ends_with_its_shape(run: Run) -> None:
    status, out, _ = run("search", "--help")
    assert status == 0
    assert out.rstrip().endswith(shapes.HITS.rstrip())


def test_a_record_of_the_shipped_guide_has_the_documented_keys(real: Run) -> None:
    status, out, _ = real("show", "organisation/renji-hospital", "--json")
    record = json.loads(out)
    assert status == 0
    assert record.keys() >= RECORD_KEYS
    assert record["title_zh"] == "仁济医院"
    assert "仁济医院" in out
    assert record["facts"]
    assert all(fact.keys() >= FACT_KEYS for fact in record["facts"])
    for fact in record["facts"]:
        assert all(doubt in record["doubts"] for doubt in fact["doubts"])


@pytest.mark.parametrize("query", ["renji", "仁济", "rjyy", "RenJi", "仁"])
def test_the_hospital_is_the_first_hit(real: Run, query: str) -> None:
    status, out, _ = real("search", query, "--json")
    hits = json.loads(out)
    assert status == 0
    assert hits[0]["ref"] == "organisation/renji-hospital"
    assert set(hits[0]) == {"ref", "kind", "title", "title_zh", "snippet", "why"}


def test_a_day_of_the_mission_has_its_visits_and_distances(real: Run) -> None:
    day = json.loads(real("day", "2013-05-28", "--json")[1])
    assert day["weekday"] == "Tuesday"
    assert day["visits"]
    assert len(day["legs"]) == len(day["visits"]) - 1
    assert day["visits"] == sorted(day["visits"], key=lambda visit: visit["time"] or "")


def test_the_shipped_guide_lacks_nothing(real: Run) -> None:
    status, out, _ = real("lint")
    lines = out.splitlines()
    assert status == 0, [line for line in lines if line.startswith("missing")]
    assert {"facts 368/368", "doubts 78/78", "unsourced 0"} <= set(lines)
    assert any(re.fullmatch(r"beyond (\d+)/\1", line) for line in lines)
    assert any(line.startswith("undated ") for line in lines)
    assert any(line.startswith("stale ") for line in lines)


def test_no_hit_is_an_empty_list_and_no_failure(run: Run) -> None:
    assert run("search", "", "--json") == (0, "[]\n", "")
    assert run("search", "!!!", "--json") == (0, "[]\n", "")
    assert run("search", "") == (0, "Nothing found.\n", "")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["show", "organisation/nobody"], "organisation/nobody"),
        (["show", "nonsense"], "kind/slug"),
        (["show", "x" * 10_000], "kind/slug"),
        (["search", "x", "--kind", "ghost"], "not a kind"),
        (["list", "ghost"], "not a kind"),
        (["day", "2013-02-30"], "not a day"),
        (["--today", "soon", "lint"], "not a day"),
        (["note", "show", "none"], "no notes"),
        (["note", "list", "nonsense"], "kind/slug"),
        (["note", "add", "organisation/nobody", "text"], "organisation/nobody"),
        (["note", "add", "organisation/north-hospital", "  "], "empty"),
        (["export", "-o", "notes.zip"], "no notes"),
        (["backup", "make"], "no notes"),
        (["backup", "restore", "last"], "no backup"),
        (["backup", "restore", "nowhere.db"], "not a backup"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(run: Run, arguments: list[str], part: str) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (1, "")
    assert part in err
    assert err.count("\n") == 1
    assert len(err) < 400
    assert err.rstrip().endswith((".", "…"))


@pytest.mark.parametrize(
    "arguments",
    [
        ["search"],
        ["search", "x", "--limit", "-1"],
        ["search", "x", "--limit", "many"],
        ["search", "x", "--limit", "9" * 5_000],
        ["nonsense"],
        ["note"],
        ["backup"],
        ["backup", "restore"],
        ["export", "--format", "docx", "-o", "x"],
        ["export"],
        ["show", "a", "b"],
    ],
)
def test_wrong_usage_ends_with_two(run: Run, arguments: list[str]) -> None:
    status, out, err = run(*arguments)
    assert (status, out) == (2, "")
    assert "usage: fieldguide" in err


def test_the_limit_limits(run: Run) -> None:
    assert json.loads(run("search", "north", "--json", "--limit", "0")[1]) == []
    assert len(json.loads(run("search", "north", "--json", "--limit", "1")[1])) == 1
    assert len(json.loads(run("search", "north", "--json", "--limit", "9" * 30)[1])) > 1


def test_reading_never_makes_a_profile(run: Run, profile: Path) -> None:
    for arguments in (
        ["search", "north"],
        ["show", "visit/north"],
        ["list", "visit"],
        ["day", "2013-05-28"],
        ["lint"],
        ["note", "list"],
        ["note", "show", "x"],
        ["backup", "list"],
        ["backup", "make"],
        ["backup", "restore", "last"],
        ["export", "-o", str(profile.parent / "notes.zip")],
    ):
        run(*arguments)
    assert not profile.exists()
    assert not (profile.parent / "notes.zip").exists()


@pytest.mark.parametrize("command", [["search"], ["note", "list"], ["show"], ["list"], ["day"]])
def test_any_bytes_are_answered(run: Run, command: list[str]) -> None:
    for text in hostile_texts():
        status, out, err = run(*command, "--json", "--", text)
        assert status in (0, 1)
        assert "Traceback" not in err
        if status == 0:
            assert isinstance(json.loads(out), list)


def test_a_note_is_added_listed_shown_and_exported(run: Run, profile: Path) -> None:
    status, out, _ = run("note", "add", "organisation/north-hospital", "F: 今 2,750 beds")
    number = out.strip()
    assert status == 0
    assert run("note", "show", number)[1] == "F: 今 2,750 beds\n"
    listed = run("note", "list", "organisation/north-hospital")[1]
    assert listed.startswith(number)
    assert listed.endswith("North Hospital: F: 今 2,750 beds\n")
    assert run("note", "list", "visit/north") == (0, "", "")
    target = profile.parent / "notes.zip"
    status, out, _ = run("export", "--format", "md", "-o", str(target), "--json")
    assert (status, json.loads(out)) == (0, {"file": str(target), "notes": 1})
    with zipfile.ZipFile(target) as archive:
        (name,) = archive.namelist()
        text = archive.read(name).decode("utf-8")
    assert name.endswith("North Hospital.md")
    assert 'ref: "organisation/north-hospital"' in text
    assert text.endswith("F: 今 2,750 beds")


def test_a_backup_is_made_listed_and_put_back(run: Run, profile: Path) -> None:
    assert run("backup", "list", "--json") == (0, "[]\n", "")
    run("note", "add", "visit/north", "yesterday")
    status, out, _ = run("backup", "make", "--json")
    made = json.loads(out)
    assert (status, made["notes"], made["second"]) == (0, 1, None)
    assert made.keys() <= set(re.findall(r"\w+", shapes.BACKUP))
    run("note", "add", "visit/north", "today")
    name = run("backup", "make")[1].strip()
    assert [row["notes"] for row in json.loads(run("backup", "list", "--json")[1])] == [2, 1]
    assert "2 notes, " in run("backup", "list")[1]
    status, out, _ = run("backup", "restore", made["name"], "--json")
    assert status == 0
    assert "are back" in json.loads(out)["said"]
    assert len(json.loads(run("note", "list", "--json")[1])) == 1
    assert run("backup", "restore", str(profile / "backups" / f"{name}.db"))[0] == 0
    assert len(json.loads(run("note", "list", "--json")[1])) == 2
    (profile / "workspace.db").write_bytes(b"damaged" * 1_000)
    assert "damaged file is kept" in run("backup", "restore", "last")[1]
    assert "set aside as damaged" in run("backup", "list")[1]
    assert len(json.loads(run("note", "list", "--json")[1])) > 0


def test_nothing_is_restored_while_a_window_is_open(run: Run, profile: Path) -> None:
    run("note", "add", "visit/north", "yesterday")
    run("backup", "make")
    window = Instance(profile)
    assert window.first()
    status, out, err = run("backup", "restore", "last")
    window.leave()
    assert (status, out) == (1, "")
    assert "is open with these notes" in err
    assert run("backup", "restore", "last")[0] == 0


def test_an_export_for_others_leaves_private_notes_out(run: Run, profile: Path) -> None:
    run("note", "add", "visit/north", "mine")
    target = profile.parent / "notes.zip"
    for audience, count in (("public", 0), ("organiser", 0), ("me", 1)):
        out = run("export", "-o", str(target), "--for", audience, "--json")[1]
        assert json.loads(out)["notes"] == count


def test_a_note_comes_from_standard_input_byte_for_byte(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        sys, "stdin", io.TextIOWrapper(io.BytesIO("a\r\n今\xff".encode() + b"\xff"))
    )
    status, out, _ = run("note", "add", "visit/north", "-")
    assert status == 0
    shown = json.loads(run("note", "show", out.strip(), "--json")[1])
    assert shown["text"] == "a\r\n今ÿ\udcff"


def test_notes_are_read_although_the_guide_is_damaged(run: Run, tmp_path: Path) -> None:
    number = run("note", "add", "visit/north", "kept")[1].strip()
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no guide")
    assert run("search", "north", guide=broken)[0] == 1
    assert run("note", "show", number, guide=broken)[1] == "kept\n"


def test_a_profile_in_the_home_of_nobody_is_a_sentence(run: Run) -> None:
    status, _, err = run("--profile", "~nobody-of-that-name/x", "note", "list")
    assert (status, err) == (
        1, "“~nobody-of-that-name/x” is in the home of a user that is not known.\n",
    )  # fmt: skip


def test_parsing_reads_options_before_and_after_the_command() -> None:
    before = cli.parse(["--guide", "a", "search", "x"])
    after = cli.parse(["search", "x", "--guide", "a"])
    assert before.guide == after.guide == "a"


def test_an_export_is_offered_for_every_reader_that_there_is() -> None:
    assert set(cli.AUDIENCES) == set(AUDIENCES)


def test_a_mistake_of_the_program_is_a_sentence_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: object) -> None:
        raise RuntimeError("half a day")

    monkeypatch.setattr(programme_commands, "day", fail)
    status, out, errors = run("day", "2013-05-28")
    assert (status, out) == (1, "")
    assert errors.startswith("The program made a mistake (RuntimeError: half a day); run it with ")
    assert errors.count("\n") == 1
