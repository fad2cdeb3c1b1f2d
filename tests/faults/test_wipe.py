"""R19: a wipe takes no longer than 2 s and leaves no copy of the key; a bad export wipes nothing."""

import json
import os
import random
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path

import pytest

from fieldguide.domain.notes import AUDIENCES, Note
from fieldguide.domain.person_line import parsed
from fieldguide.domain.safety import KeyState, new_code
from fieldguide.errors import FieldGuideError, WorkspaceUnavailable
from fieldguide.services import exports
from fieldguide.services.attachments import look_at
from fieldguide.services.safety import Safety
from fieldguide.services.takeout import pieces
from fieldguide.storage import key_names
from fieldguide.storage.key_content import Cost
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

PASSPHRASE = "lantern seven ferry umbrella"
IN_TIME_S = 2.0
FILES, FILE_BYTES = 6, 36_000_000
LARGE = 200_000_000


def safety_of(folder: Path) -> Safety:
    return Safety(folder / "profile", cost=Cost(1, 64, 1))


def fill(safety: Safety, files: int, size: int) -> None:
    chance = random.Random(20130528)
    notebook = safety.open_notebook(create=True)
    for number in range(max(files, 3)):
        note = notebook.start(None, f"Title {number}")
        notebook.save(note.id, f"{number} 仁济 what a host said\n" * 30, note.revision.id)
        if number < files:
            notebook.album.attach(note.id, look_at("list.bin", chance.randbytes(size)))
    notebook.close()


def secrets_of(folder: Path) -> set[bytes]:
    """What of each copy of the key would help whoever finds it: the key itself, or its seals."""
    found = set()
    for path in folder.rglob("*.key*"):
        values = json.loads(path.read_bytes())
        slots = [values[name]["sealed"] for name in ("passphrase", "recovery") if name in values]
        found |= {one.encode() for one in (values.get("key"), *slots) if one}
    return found


def holding(folder: Path, secrets: set[bytes]) -> list[str]:
    held = []
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            held += [path.name for secret in secrets if secret in data]
    return held


@pytest.mark.parametrize("protected", [False, True], ids=["open", "with a passphrase"])
def test_a_large_file_is_wiped_in_two_seconds_and_nothing_opens_again(
    tmp_path: Path, protected: bool, promise: Promise
) -> None:
    (tmp_path / "stick").mkdir()
    safety = safety_of(tmp_path)
    fill(safety, FILES, FILE_BYTES)
    safety.backups.set_second_copy(tmp_path / "stick")
    if protected:
        safety.set_passphrase(PASSPHRASE, new_code())
    else:
        safety.backups.make()
    profile = tmp_path / "profile"
    assert (profile / "workspace.db").stat().st_size > LARGE
    left = profile / ".0123456789ab.new"
    left.write_bytes((profile / key_names.KEY_FILE).read_bytes())
    secrets = secrets_of(tmp_path)
    copies = [path for path in tmp_path.rglob("*") if path.suffix in (".key", ".copy", ".new")]
    assert len(copies) == 5, "beside the notes twice, in two places of backups, one left over"
    # What a wipe removes is often still on the disk: here the notes are, whole.
    stolen = tmp_path / "thief.db"
    os.link(profile / "workspace.db", stolen)
    size = sum(stored.size for stored in safety.where())
    began = time.perf_counter()
    assert list(safety.wipe()) == []
    took = time.perf_counter() - began
    assert took < IN_TIME_S
    assert safety.state() is KeyState.EMPTY
    assert not [path for path in copies if path.exists()]
    assert holding(tmp_path, secrets) == []
    assert list(tmp_path.rglob("*.db")) == [stolen]
    assert stolen.stat().st_size > LARGE
    stolen.rename(profile / "workspace.db")
    for one in (safety, safety_of(tmp_path)):
        assert one.state() is KeyState.MISSING
        with pytest.raises(WorkspaceUnavailable, match="is missing; without it"):
            one.open_notebook(create=True)
    promise(
        "R19",
        f"{size / 1e6:.0f} MB with {len(copies)} copies of the key wiped in {1_000 * took:.0f} ms; "
        "what the disk still had of the notes opens no more",
        "<= 2 s whatever the size",
    )


def damaged(data: bytes, chance: random.Random) -> bytes:
    """A bit, the end, or a run of bytes that the disk lost."""
    place = chance.randrange(len(data))
    kind = chance.randrange(4)
    if kind == 0:
        return data[:place]
    if kind == 1:
        return data[:place] + bytes(min(512, len(data) - place)) + data[place + 512 :]
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def contents(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_no_damage_to_an_export_passes_for_a_whole_one(
    tmp_path: Path, rounds: Rounds, promise: Promise
) -> None:
    safety = safety_of(tmp_path)
    fill(safety, 2, 3_000)
    target = tmp_path / "notes.zip"
    notebook = safety.open_notebook(create=False)
    notebook.people.add(parsed("Li Wei 李伟, GM, Juke, WeChat liwei88").person)
    notes = notebook.whole(AUDIENCES["me"])
    enclosing, beside = notebook.album.enclosing("me"), pieces(notebook, "me")
    exports.save_markdown(notes, target, enclosing, beside)
    exports.check_markdown(target, notes, enclosing, beside)
    sound, whole = target.read_bytes(), contents(target)
    chance = random.Random(20130529)
    refused = 0
    for _ in range(rounds(400, 4_000)):
        target.write_bytes(damaged(sound, chance))
        try:
            exports.check_markdown(target, notes, enclosing, beside)
        except FieldGuideError:
            refused += 1
        else:
            # Some bits say nothing of what is in it: a date, a flag.
            assert contents(target) == whole
    notebook.close()
    assert refused > rounds(400, 4_000) // 2
    promise(
        "R19",
        f"an export damaged {rounds(400, 4_000)} times: {refused} refused, 0 others differ",
        "a damaged export wipes nothing",
    )


def test_an_export_that_the_disk_spoilt_wipes_nothing(
    tmp_path: Path, rounds: Rounds, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety = safety_of(tmp_path)
    fill(safety, 2, 3_000)
    safety.set_passphrase(PASSPHRASE, new_code())
    profile = tmp_path / "profile"
    names = sorted(path.name for path in profile.rglob("*"))
    chance = random.Random(20130530)
    real = exports.save_markdown

    def save(
        notes: Sequence[Note],
        path: Path,
        enclosing: exports.Enclosing,
        beside: Sequence[exports.Piece],
    ) -> int:
        count = real(notes, path, enclosing, beside)
        data = path.read_bytes()
        place = chance.randrange(40, len(data) // 2)
        path.write_bytes(data[:place] + bytes(64) + data[place + 64 :])
        return count

    monkeypatch.setattr(exports, "save_markdown", save)
    for _ in range(rounds(10, 50)):
        with pytest.raises(FieldGuideError, match="Nothing was wiped"):
            safety.take_away(tmp_path / "notes.zip")
        assert sorted(path.name for path in profile.rglob("*")) == names
    monkeypatch.undo()
    assert list(safety.take_away(tmp_path / "notes.zip")) == []
    assert len([name for name in contents(tmp_path / "notes.zip") if name.endswith(".md")]) == 3
    assert safety.state() is KeyState.EMPTY
