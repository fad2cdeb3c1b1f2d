"""The programme on the command line: own meetings and missions, fixed by golden files."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.storage import vault
from fieldguide.storage.key_content import Cost, Slot
from tests.unit.conftest import Run


def fixed(text: str) -> str:
    """Without what is another one each time."""
    return re.sub(r"own-[0-9a-f]{32}", "own-NUMBER", text)


def test_meetings_keep_their_shape_and_stand_in_the_day(
    run: Run, golden: Callable[[str, str], None]
) -> None:
    added = run(
        "meeting", "add", "Lunch", "--day", "2013-05-28", "--time", "13:00", "--end", "14:00",
        "--at", "organisation/south-park", "--with", "person/li-na", "--way", "30 min by taxi",
        "--bring", "Cards", "--group", "Managers",
    )  # fmt: skip
    assert added[2] == ""
    listed, day = run("meeting", "list"), run("day", "2013-05-28")
    golden("meetings.txt", fixed(added[1] + listed[1] + day[1]))
    golden("meetings.json", fixed(run("meeting", "list", "--json")[1]))
    legs = json.loads(run("day", "2013-05-28", "--json")[1])["legs"]
    assert [leg["travel"]["words"] for leg in legs] == ["30 min by taxi", "75 min by coach"]


def test_missions_keep_their_shape(run: Run, golden: Callable[[str, str], None]) -> None:
    said = [
        run("plan", "new", "Autumn", "2027-10-04", "--end", "2027-10-06")[1],
        run("plan", "copy", "Spring again", "2027-05-24", "--home-zone", "Europe/Paris")[1],
        run("plan", "list")[1],
        run("day", "2027-05-25")[1],
    ]
    golden("plans.txt", fixed("".join(said)))
    again = run("plan", "copy", "Third", "2028-05-22", "--of", said[1].strip(), "--json")
    golden("plans.json", fixed(again[1] + run("plan", "list", "--json")[1]))
    assert "Visit to South Park (yours, to be verified)" in run("day", "2028-05-23")[1]
    assert run("plan", "choose", "mission/spring")[1] == "mission/spring\n"
    assert "(yours" not in run("day", "2013-05-28")[1]
    assert "No visits: the mission lasts from 2013-05-27" in run("day", "2029-05-23")[1]


def test_a_day_is_told_from_the_mission_in_which_it_lies(run: Run, tmp_path: Path) -> None:
    run("plan", "copy", "Spring again", "2027-05-24")
    guides, planned = run("day", "2013-05-28")[1], run("day", "2027-05-25")[1]
    assert "The spring mission" in guides.splitlines()[0]
    assert "Visit to North Hospital" in guides
    run("plan", "choose", "mission/spring")
    assert run("day", "2013-05-28")[1] == guides
    assert run("day", "2027-05-25")[1] == planned
    assert "Visit to North Hospital 北医院 (yours" in planned
    mission = json.loads(run("day", "2027-05-25", "--json")[1])["mission"]
    assert mission["title"] == "Spring again"
    target = tmp_path / "day.csv"
    assert run("export", "--day", "2027-05-25", "-o", str(target))[2] == ""
    assert run("export", "--day", "2029-01-01", "-o", str(target))[2].endswith(
        "is not under way on 2029-01-01: it lasts from 2013-05-27 to 2013-05-31.\n"
    )


def test_what_is_wrong_is_said_and_nothing_kept(run: Run, profile: Path) -> None:
    wrong = {
        ("meeting", "add", " "): "Say what the meeting is.",
        ("meeting", "add", "x", "--day", "2013-02-30"): "is not a day",
        ("meeting", "add", "x", "--time", "9"): "is not a time like 09:30",
        ("meeting", "add", "x", "--zone", "Mars"): "is not a time zone",
        ("meeting", "add", "x", "--at", "place/nowhere"): "place/nowhere",
        ("meeting", "add", "x", "--with", "person.1"): "no notes in this profile",
        ("plan", "new", "x", "2027-02-30"): "is not a day",
        ("plan", "new", "x", "2027-02-02", "--end", "2027-02-01"): "end before it begins",
        ("plan", "copy", "x", "2027-02-02", "--of", "mission/other"): "no missions in this profile",
        ("plan", "choose", "mission/north"): "no missions in this profile",
        ("meeting", "list"): "no meetings",
    }
    for arguments, sentence in wrong.items():
        status, out, err = run(*arguments)
        assert (status, out) == (1, ""), arguments
        assert sentence in err
        assert err.count("\n") == 1
    assert not profile.exists()


def test_a_day_is_told_without_what_lies_behind_a_passphrase(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vault, "passphrase_slot", lambda *of: Slot.of(*of[:2], Cost(1, 64, 1)))
    run("meeting", "add", "Secret lunch", "--day", "2013-05-28", "--time", "13:00")
    secret = tmp_path / "secret"
    secret.write_text("correct horse battery staple\n")
    run("passphrase", "set", "--passphrase-file", str(secret))
    status, out, err = run("day", "2013-05-28")
    assert (status, "Secret" in out, err.count("\n")) == (0, False, 1)
    status, out, err = run("day", "2013-05-28", "--passphrase-file", str(secret))
    assert (status, "Secret lunch (yours)" in out, err) == (0, True, "")
