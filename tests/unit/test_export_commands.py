"""What the command line writes to files: which places, which notes, and what is refused."""

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest

from fieldguide import shapes
from fieldguide.domain.notes import Visibility
from fieldguide.domain.people import Person, PersonName
from fieldguide.domain.plans import Meeting, Plan, entry_id
from fieldguide.domain.records import Ref
from fieldguide.services import labelling, new_mission, planning
from fieldguide.services.notebook import open_notebook
from fieldguide.services.safety import Safety
from fieldguide.storage.key_content import Cost
from tests.unit.conftest import Run

PARK = Ref("organisation", "south-park")


@pytest.fixture
def listed(profile: Path) -> Path:
    """A profile with a shortlist, a note for the organiser and one of one's own."""
    book = open_notebook(profile, create=True)
    labelling.add(book, PARK, "South Park", "shortlists", "Labs")
    mine = book.start(PARK, "South Park")
    book.save(mine.id, "=mine 今", mine.revision.id)
    shared = book.start(PARK, "South Park")
    book.save(shared.id, "shared", shared.revision.id)
    book.set_visibility(shared.id, Visibility.ORGANISER)
    book.close()
    return profile


def test_a_day_a_shortlist_and_the_mission_are_different_places(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    target = tmp_path / "places.json"
    names = {}
    for wanted in (["--mission"], ["--day", "2013-05-28"], ["--shortlist", "Labs"]):
        status, out, err = run("export", "-o", str(target), "--json", *wanted)
        assert (status, err) == (0, "")
        assert set(json.loads(out)) == {"file", "places", "without_position"}
        read = json.loads(target.read_bytes())
        known = set(re.findall(r"\w+", shapes.EXPORT))
        assert read.keys() | read["places"][0].keys() <= known
        names[wanted[0]] = [one["name"] for one in read["places"]]
    assert names["--day"] == ["North Hospital", "South Park"] == names["--mission"]
    assert names["--shortlist"] == ["South Park"]


def test_notes_go_out_as_tables_for_those_who_may_read_them(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    for form, audience, texts in (
        ("json", "me", ["=mine 今", "shared"]),
        ("json", "organiser", ["shared"]),
        ("csv", "me", ["'=mine 今", "shared"]),
        ("csv", "organiser", ["shared"]),
    ):
        target = tmp_path / f"notes.{form}"
        out = run("export", "--notes", "-o", str(target), "--for", audience, "--json")[1]
        assert json.loads(out) == {"file": str(target), "notes": len(texts)}
        data = target.read_text("utf-8-sig")
        rows = (
            csv.DictReader(io.StringIO(data, newline=""))
            if form == "csv"
            else json.loads(data)["notes"]
        )
        assert sorted(row["text"] for row in rows) == sorted(texts)
    run("export", "--notes", "-o", str(tmp_path / "notes.json"))
    (entry,) = json.loads((tmp_path / "notes.json").read_bytes())["entries"]
    assert entry["value"] == {"shortlists": ["Labs"]}


def test_a_meeting_of_ones_own_goes_out_only_to_those_who_may_see_it(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    meeting = Meeting(
        "Dinner", day="2013-05-29", time="19:00", place=PARK, group="Team A", travel="10 min walk",
        verify=True,
    )  # fmt: skip
    book = open_notebook(listed, create=False)
    deed = planning.add_meeting(book, Ref("mission", "spring"), "The spring mission", meeting)
    target = tmp_path / "places.geojson"
    found = []
    for shared in (Visibility.MINE, Visibility.ORGANISER):
        book.set_visibility(deed.entry, shared)
        for audience in ("me", "organiser", "public"):
            run("export", "-o", str(target), "--for", audience)
            rows = [one["properties"] for one in json.loads(target.read_bytes())["features"]]
            found.append([row["description"] for row in rows if row.get("own")])
    book.close()
    (said,) = found[0]
    assert "verify again" in said
    assert "For: Team A" in said
    assert "Way there: 10 min walk" in said
    assert [len(one) for one in found] == [1, 0, 0, 1, 1, 0]


def test_names_and_missions_go_out_only_to_those_who_may_see_them(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    book = open_notebook(listed, create=False)
    mei = book.people.add(Person(names=(PersonName("Mei Lin"),))).id
    meeting = Meeting("Dinner", day="2013-05-29", time="19:00", place=PARK, people=(mei,))
    deed = planning.add_meeting(book, Ref("mission", "spring"), "The spring mission", meeting)
    book.set_visibility(deed.entry, Visibility.ORGANISER)
    target = tmp_path / "programme.ics"
    found = []
    for audience in ("me", "organiser"):
        run("export", "-o", str(target), "--for", audience)
        found.append([name in target.read_text("utf-8") for name in ("Dinner", "Mei Lin")])
    assert found == [[True, True], [True, False]]
    target.unlink()
    begun = new_mission.begin(book, Plan("Autumn", "2027-10-04"))
    status, _, said = run("export", "-o", str(target), "--for", "organiser")
    assert (status != 0, target.exists()) == (True, False)
    assert "is not --for organiser" in said
    book.plans.show_to(entry_id(begun.mission), Visibility.ORGANISER)
    book.close()
    assert "no visit" in run("export", "-o", str(target), "--for", "organiser")[2]


def test_a_calendar_holds_the_visits_of_its_scope_or_the_follow_ups(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    target = tmp_path / "c.ics"
    for wanted, count, noun in (
        (["--mission"], 2, "visits"),
        (["--day", "2013-05-28"], 2, "visits"),
        (["--shortlist", "Labs"], 1, "visits"),
        (["--notes"], 0, "follow_ups"),
    ):
        status, out, err = run("export", "-o", str(target), "--json", *wanted)
        assert (status, err) == (0, "")
        assert json.loads(out) == {"file": str(target), noun: count}
        assert target.read_bytes().count(b"BEGIN:VEVENT") == count


def test_all_is_one_zip_with_notes_and_places_and_needs_no_profile(
    run: Run, profile: Path, tmp_path: Path
) -> None:
    target = tmp_path / "all.zip"
    assert run("export", "--format", "all", "-o", str(target))[1] == (
        f"0 notes and 2 places written to {target}\n"
    )
    assert not profile.exists()
    with zipfile.ZipFile(target) as archive:
        bare = set(archive.namelist())
    assert "programme/places.gpx" in bare
    run("note", "add", str(PARK), "a note")
    run("export", "--format", "all", "-o", str(target))
    with zipfile.ZipFile(target) as archive:
        assert archive.read("programme/places.gpx").startswith(b"<?xml")
        (note,) = set(archive.namelist()) - bare
        assert archive.read(note).endswith(b"a note")


def test_a_passphrase_is_asked_for_once_whatever_is_written(
    run: Run, listed: Path, tmp_path: Path
) -> None:
    safety = Safety(listed, cost=Cost(1, 64, 1))
    safety.set_passphrase("a passphrase of one's own", safety.new_code())
    secret = tmp_path / "secret"
    secret.write_text("a passphrase of one's own\n")
    target = tmp_path / "all.zip"
    status, out, err = run(
        "export", "--format", "all", "-o", str(target), "--passphrase-file", str(secret)
    )
    assert (status, err) == (0, "")
    assert out.startswith("2 notes and 2 places written")


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--format", "gpx", "--day", "2013-06-28"], "not under way on 2013-06-28"),
        (["--format", "gpx", "--day", "tomorrow"], "not a day"),
        (["--format", "gpx", "--shortlist", "Labs"], "no shortlists"),
        (["--format", "gpx", "--notes"], "at no place"),
        (["--format", "all", "--notes"], "leave out --notes"),
        (["--format", "md", "--day", "2013-05-28"], "writes no places"),
        (["--format", "vcard", "--mission"], "writes no places"),
        (["--format", "gpx", "--day", "2013-05-27"], "no place to write"),
        (["--format", "ics", "--day", "2013-05-27"], "no visit to write"),
    ],
)
def test_what_cannot_be_exported_is_a_sentence_and_leaves_no_file(
    run: Run, tmp_path: Path, arguments: list[str], part: str
) -> None:
    target = tmp_path / "file"
    status, out, err = run("export", "-o", str(target), *arguments)
    assert (status, out) == (1, "")
    assert part in err
    assert err.count("\n") == 1
    assert not target.exists()


def test_a_shortlist_that_is_not_there_is_said(run: Run, listed: Path, tmp_path: Path) -> None:
    status, _, err = run("export", "-o", str(tmp_path / "a.kml"), "--shortlist", "labs")
    assert (status, err) == (1, "There is no shortlist “labs”.\n")


def test_two_scopes_at_once_are_wrong_usage(run: Run) -> None:
    assert run("export", "-o", "a.gpx", "--notes", "--mission")[0] == 2
