"""People on the command line: shapes fixed by golden files, vCards that another reader takes."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from fieldguide.services.notebook import open_notebook
from tests.unit.conftest import Run

LI = "Li Wei 李伟, GM, Juke, WeChat liwei88, liwei@example.cn"


def fixed(text: str) -> str:
    """Without what is another one each time."""
    text = re.sub(r"\bperson\.[0-9a-f]{32}\b", "person.NUMBER", text)
    text = re.sub(r'("revision": )"[0-9a-f]+"', r'\1"REVISION"', text)
    return re.sub(r'("(?:changed|created)": )"[^"]+"', r'\1"THEN"', text)


def test_people_keep_their_shape(run: Run, golden: Callable[[str, str], None]) -> None:
    added = run("person", "add", LI, "--json")[1]
    listed = run("person", "list", "--json")[1]
    shown = run("person", "show", json.loads(added)["id"], "--json")[1]
    golden("people.json", fixed("".join((added, listed, shown))))


def test_people_are_told_in_plain_lines(run: Run, golden: Callable[[str, str], None]) -> None:
    added = run("person", "add", LI)[1]
    listed = run("person", "list")[1]
    shown = run("person", "show", added.strip())[1]
    golden("people.txt", fixed("".join((added, listed, shown))))


def test_people_are_written_as_cards_of_both_versions(run: Run, tmp_path: Path) -> None:
    run("person", "add", LI)
    run("person", "add", "Anna Zimmer, Lyonbiopôle, anna@example.fr")
    for version in ("3.0", "4.0"):
        target = tmp_path / f"{version}.vcf"
        status, out, _ = run(
            "export", "--format", "vcard", "--vcard-version", version, "-o", str(target)
        )
        assert status == 0
        assert out == f"2 people written to {target}\n"
        cards = target.read_bytes().decode()
        assert cards.count(f"BEGIN:VCARD\r\nVERSION:{version}\r\n") == 2
        assert "李伟" in cards
        assert len(re.findall(r"\r\nUID", cards)) == 2


def test_others_are_given_no_card_that_is_only_for_oneself(run: Run, tmp_path: Path) -> None:
    run("person", "add", LI)
    target = tmp_path / "organiser.vcf"
    run("export", "--format", "vcard", "--for", "organiser", "-o", str(target))
    assert target.read_bytes() == b""


def test_a_line_without_anybody_is_refused_in_a_sentence(run: Run, profile: Path) -> None:
    status, out, err = run("person", "add", " , ")
    assert (status, out) == (1, "")
    assert err == "Nothing of this line says who it is; nothing was written.\n"
    assert not profile.exists()


def test_somebody_unknown_and_no_people_at_all_are_said(run: Run, profile: Path) -> None:
    assert run("person", "list")[2] == "There are no people in this profile yet.\n"
    open_notebook(profile, create=True).close()
    status, _, err = run("person", "show", "person.none")
    assert status == 1
    assert err == "There is no person “person.none”.\n"
