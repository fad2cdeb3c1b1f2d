"""What goes out beside the notes, for whom, and that a wipe comes only after all of it."""

import json
import zipfile
from pathlib import Path

import pytest

from fieldguide.domain.entries import SHAPES, Check, Closing, FollowUp, Labels, Question, Verdict
from fieldguide.domain.notes import Visibility
from fieldguide.domain.people import Face
from fieldguide.domain.person_line import parsed
from fieldguide.domain.plans import Meeting, Plan
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services import exports
from fieldguide.services.attachments import look_at
from fieldguide.services.mending import Mending
from fieldguide.services.notebook import open_notebook
from fieldguide.services.safety import Safety
from fieldguide.services.takeout import pieces
from tests.unit.test_mending import photo

RENJI = Ref("organisation", "renji-hospital")


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Somebody with a photo of a card, a question of one's own, and a check for the organiser."""
    folder = tmp_path / "profile"
    book = open_notebook(folder, create=True)
    card = Mending()
    card.save(book, parsed("Li Wei 李伟, GM, Juke, WeChat liwei88").person)
    card.take(book, Face.CARD_FRONT, look_at("front.png", photo("navy")), "Card of Li Wei")
    book.questions.add(Question("Who signs?"), RENJI, title="Renji Hospital")
    book.checks.add(Check("Beds", Verdict.WRONG), RENJI, visibility=Visibility.ORGANISER)
    book.close()
    return folder


def test_oneself_gets_everything_and_the_organiser_what_is_for_them(profile: Path) -> None:
    book = open_notebook(profile, create=False)
    mine = {one.name: one.read() for one in pieces(book, "me")}
    theirs = {one.name: one.read() for one in pieces(book, "organiser")}
    assert pieces(book, "public") == []
    book.close()
    assert list(mine) == ["entries.json", "people.vcf", "people/1 Li Wei/1 front.png"]
    assert mine["people/1 Li Wei/1 front.png"] == photo("navy")
    assert "FN:Li Wei" in mine["people.vcf"].decode()
    tables = {one["id"].partition(".")[0]: one for one in json.loads(mine["entries.json"])}
    assert set(tables) == {"person", "question", "check"}
    assert tables["question"]["value"] == {"text": "Who signs?", "state": "open"}
    assert (tables["question"]["ref"], tables["question"]["visibility"]) == (str(RENJI), "mine")
    assert list(theirs) == ["entries.json"]
    assert [one["value"]["fact"] for one in json.loads(theirs["entries.json"])] == ["Beds"]


def test_every_kind_of_what_is_kept_goes_along_before_a_wipe(tmp_path: Path) -> None:
    folder, target = tmp_path / "full", tmp_path / "away.zip"
    book = open_notebook(folder, create=True)
    book.people.add(parsed("Li Wei 李伟, GM").person)
    book.questions.add(Question("Who signs?"), RENJI)
    book.follow_ups.add(FollowUp("Ask VTT"), RENJI)
    book.labels.add(Labels(starred=True), RENJI)
    book.checks.add(Check("Beds", Verdict.RIGHT), RENJI)
    book.closings.add(Closing(heard="Much"), RENJI)
    book.meetings.add(Meeting("Dinner"), RENJI)
    book.plans.add(Plan("Spring 2027"))
    book.close()
    assert list(Safety(folder).take_away(target)) == []
    with zipfile.ZipFile(target) as archive:
        tables = json.loads(archive.read("entries.json"))
    assert {one["id"].partition(".")[0] for one in tables} == {*SHAPES}


def test_nothing_is_wiped_while_the_export_lacks_what_is_no_note(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target, whole = tmp_path / "away.zip", exports.save_markdown
    monkeypatch.setattr(exports, "save_markdown", lambda *given: whole(*given[:3]))
    with pytest.raises(FieldGuideError, match="Nothing was wiped"):
        Safety(profile).take_away(target)
    monkeypatch.undo()
    assert list(Safety(profile).take_away(target)) == []
    with zipfile.ZipFile(target) as archive:
        assert b"liwei88" in archive.read("people.vcf")
    assert not (profile / "workspace.db").exists()
