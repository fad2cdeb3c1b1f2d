"""Damage of every kind to the notes, their log and their key: noticed, and yesterday comes back."""

import json
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.attachments import look_at
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import open_notebook
from fieldguide.storage import key_names, workspace_db
from tests.faults import killed
from tests.faults.backup_maker import told
from tests.faults.conftest import Rounds
from tests.faults.promises import Promise

NOTES = 30
PAGE = 4_096
Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def truncate(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


def zero_page(data: bytes, chance: random.Random) -> bytes:
    start = PAGE * chance.randrange(len(data) // PAGE)
    return data[:start] + bytes(PAGE) + data[start + PAGE :]


def swap_pages(data: bytes, chance: random.Random) -> bytes:
    one, two = sorted(PAGE * page for page in chance.sample(range(len(data) // PAGE), 2))
    return (
        data[:one] + data[two : two + PAGE] + data[one + PAGE : two]
        + data[one : one + PAGE] + data[two + PAGE :]
    )  # fmt: skip


DAMAGES: dict[str, tuple[Damage, int, int]] = {
    "a bit": (flip, 200, 1_000),
    "the end": (truncate, 20, 100),
    "a page": (zero_page, 20, 100),
    "two pages": (swap_pages, 20, 100),
}


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Notes, a photo's worth of bytes, and a backup of all of it."""
    folder = tmp_path / "profile"
    notebook = open_notebook(folder, create=True)
    for number in range(NOTES):
        note = notebook.start(None, f"Title {number}")
        notebook.save(note.id, f"{number} 仁济医院 what a host said\n" * 20, note.revision.id)
    notebook.album.attach(note.id, look_at("list.bin", random.Random(1).randbytes(60_000)))
    notebook.close()
    Backups(folder).make()
    return folder


def content(profile: Path) -> dict[str, tuple[str, str, int]]:
    """All that is shown of the notes; raises WorkspaceUnavailable where damage is met."""
    notebook = open_notebook(profile, create=False)
    try:
        shown = {}
        for card in notebook.notes():
            held = b"".join(notebook.album.open(one) for one in notebook.album.attachments(card.id))
            note = notebook.note(card.id)
            shown[card.id] = (card.title + card.opening, note.text, hash(held))
        found = {hit.note.id for hit in notebook.search("仁济", NOTES * 2)}
        assert found == set(shown)
        return shown
    finally:
        notebook.close()


def shown_or_refused(profile: Path) -> dict[str, tuple[str, str, int]] | None:
    try:
        return content(profile)
    except WorkspaceUnavailable:
        return None


def put(profile: Path, sound: Path) -> None:
    shutil.rmtree(profile)
    shutil.copytree(sound, profile)


@pytest.mark.parametrize("kind", DAMAGES)
def test_no_damage_is_shown_and_each_is_restored(
    profile: Path, tmp_path: Path, rounds: Rounds, promise: Promise, kind: str
) -> None:
    whole = content(profile)
    sound = tmp_path / "sound"
    shutil.copytree(profile, sound)
    chance = random.Random(20130528)
    damage, ci, long = DAMAGES[kind]
    path = profile / workspace_db.FILE
    noticed = 0
    for _ in range(rounds(ci, long)):
        put(profile, sound)
        path.write_bytes(damage(path.read_bytes(), chance))
        shown = shown_or_refused(profile)
        noticed += shown is None
        assert shown in (None, whole), "something wrong was shown"
        offered = Backups(profile).offer()
        assert offered is not None
        Backups(profile).restore(offered)
        assert content(profile) == whole
    assert noticed > rounds(ci, long) // 3
    promise(
        "R6",
        f"{kind} of the notes changed {rounds(ci, long)} times: {noticed} met at once, 0 shown "
        "wrong, all restored",
        "0 silently wrong; 100 % restored",
    )


def test_damage_to_backups_is_noticed_and_another_is_offered(
    profile: Path, rounds: Rounds, promise: Promise
) -> None:
    chance = random.Random(20130529)
    backups = Backups(profile)
    older = backups.list()[0]
    newest = backups.make()
    file = backups.folder / f"{newest.name}.db"
    sound = file.read_bytes()
    for _ in range(rounds(60, 300)):
        damage, _, _ = chance.choice(list(DAMAGES.values()))
        damaged = damage(sound, chance)
        if damaged == sound:
            continue
        file.write_bytes(damaged)
        with pytest.raises(WorkspaceUnavailable):
            backups.restore(newest)
        assert backups.offer() == older
    promise(
        "R6",
        f"a backup damaged {rounds(60, 300)} times: 0 put back, the older one offered each time",
        "an older one stays until a newer one was checked",
    )


def test_a_lost_log_shows_only_what_once_was_saved(profile: Path, rounds: Rounds) -> None:
    before = content(profile)
    for number in range(rounds(12, 60)):
        lines = killed.run_until(20 + number, 0.0, "backup_maker", "write", str(profile))
        (profile / f"{workspace_db.FILE}-wal").unlink()
        notebook = open_notebook(profile, create=False)
        for card in notebook.notes():
            text = notebook.note(card.id).text
            if card.id in before:
                assert text == before[card.id][1]
            elif any(line.startswith(card.id) for line in lines):
                assert text == "" or text == told(int(text.split()[0]))
        notebook.close()
    backups = Backups(profile)
    backups.restore(backups.list()[-1])
    assert content(profile) == before


def test_a_key_with_any_damage_comes_back_and_no_note_is_lost(
    profile: Path, rounds: Rounds, promise: Promise
) -> None:
    notebook = open_notebook(profile, create=True)
    note = notebook.start(None, "")
    notebook.save(note.id, "written 仁济 since the backup", note.revision.id)
    notebook.close()
    whole = content(profile)
    backups = Backups(profile)
    backup = backups.list()[0]
    chance = random.Random(20130530)
    names = (key_names.KEY_FILE, key_names.COPY_FILE)
    sound = (profile / key_names.KEY_FILE).read_bytes()
    for number in range(rounds(200, 1_000)):
        kinds = (flip, truncate, None)
        lost = chance.choice(kinds)
        chosen = names if number % 2 else (chance.choice(names),)
        for name in chosen:
            if lost is None:
                (profile / name).unlink()
            else:
                (profile / name).write_bytes(lost(sound, chance))
        if chosen == names and shown_or_refused(profile) is None:
            assert backups.offer() == backup
            assert backups.restore(backup).startswith("The key was put back")
        assert content(profile) == whole
        assert json.loads((profile / key_names.KEY_FILE).read_bytes()) == json.loads(sound)
    promise(
        "R6",
        f"the key flipped, cut, deleted {rounds(200, 1_000)} times, in half of them with its copy: "
        "put back each time, 0 notes lost",
        "0 lost",
    )


def test_a_backup_that_is_killed_leaves_the_others_whole(profile: Path, rounds: Rounds) -> None:
    chance = random.Random(20130531)
    backups = Backups(profile)
    made = 0
    for _ in range(rounds(15, 100)):
        after = chance.uniform(0.0, 0.12)
        lines = killed.run_until(1, after, "backup_maker", "back-up", str(profile))
        made = int(lines[-1])
        kept = backups.list()
        assert kept[0].number >= made
        assert kept[0].number - made <= 1
        assert all(backups.verify(one) == one.notes for one in kept[:2])
    backups.make()
    assert not list(backups.folder.glob(".*"))


def test_a_restore_that_is_killed_leaves_the_old_notes_or_the_new(
    profile: Path, rounds: Rounds, promise: Promise
) -> None:
    chance = random.Random(20130601)
    yesterday = content(profile)
    notebook = open_notebook(profile, create=True)
    for number in range(10):
        note = notebook.start(None, "")
        notebook.save(note.id, f"today 仁济 {number}", note.revision.id)
    notebook.close()
    today = content(profile)
    latest = Backups(profile).make()
    seen = {"old": 0, "new": 0}
    for _ in range(rounds(20, 150)):
        Backups(profile).restore(latest)
        # From its first word on: how long a start takes depends on what else is running.
        killed.run_until(1, chance.uniform(0.0, 0.3), "backup_maker", "restore", str(profile))
        shown = content(profile)
        assert shown in (yesterday, today)
        seen["new" if shown == yesterday else "old"] += 1
        latest = next(one for one in Backups(profile).list() if one.notes == len(today))
    assert seen["old"]
    assert seen["new"]
    promise(
        "R6",
        f"a restore killed {rounds(20, 150)} times: {seen['old']} times the notes of before, "
        f"{seen['new']} times the restored ones, whole",
        "never none",
    )
