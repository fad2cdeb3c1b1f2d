import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from fieldguide.domain.backups import DAYS, LAST, MONTHS, Backup, Reason, kept
from fieldguide.domain.records import Ref
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services import backups as service
from fieldguide.services.attachments import look_at
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.storage import key_names, sqlite, workspace_db
from fieldguide.storage.backups import FOLDER, BackupFolder
from fieldguide.storage.instance import Lock
from fieldguide.storage.vault import Vault

RENJI = Ref("organisation", "renji-hospital")
SHANGHAI = timezone(timedelta(hours=8))
NOON = datetime(2013, 5, 28, 12, 0, tzinfo=SHANGHAI)


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def write(profile: Path, text: str) -> str:
    notebook = open_notebook(profile, create=True)
    note = notebook.start(RENJI, "Renji Hospital")
    notebook.save(note.id, text, note.revision.id)
    notebook.close()
    return note.id


def texts(profile: Path) -> set[str]:
    notebook = open_notebook(profile, create=False)
    try:
        return {notebook.note(card.id).text for card in notebook.notes()}
    finally:
        notebook.close()


def raw(profile: Path) -> sqlite.Connection:
    return sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def made(number: int, when: datetime, reason: Reason = Reason.HOUR) -> Backup:
    return Backup(number, when, reason, 3, 0)


def test_a_backup_is_known_again_by_its_name() -> None:
    backup = made(12, NOON)
    assert backup.name == "000012-20130528T120000+0800-hour-3"
    assert Backup.named(backup.name, 0) == backup
    for name in ("", "workspace", "000012-20130528T120000+0800-why-3", f"{backup.name}-1",
                 "000012-20131428T120000+0800-hour-3", "12-20130528T120000+0800-hour-3"):  # fmt: skip
        assert Backup.named(name, 0) is None


def test_the_last_ten_fourteen_days_and_six_months_are_kept() -> None:
    hourly = [made(number, NOON + timedelta(hours=number)) for number in range(1, 24 * 300)]
    stay = sorted(kept(hourly), key=lambda one: one.number, reverse=True)
    assert stay[:LAST] == hourly[::-1][:LAST]
    days = {one.made.date() for one in stay}
    newest = hourly[-1].made.date()
    assert all(newest - timedelta(days=back) in days for back in range(DAYS))
    assert len({(one.made.year, one.made.month) for one in stay}) == MONTHS
    assert len(stay) <= LAST + DAYS + MONTHS
    for one in stay[LAST:]:
        same_day = [other for other in hourly if other.made.date() == one.made.date()]
        assert one == same_day[-1], "the last of its day is the one that stays"


def test_a_wrong_clock_takes_none_of_the_last_ten() -> None:
    clocks = (datetime(1990, 1, 1, tzinfo=SHANGHAI), NOON, datetime(2099, 1, 1, tzinfo=SHANGHAI))
    for clock in clocks:
        before = [made(number, NOON + timedelta(days=number)) for number in range(1, 60)]
        after = [made(60 + number, clock + timedelta(hours=number)) for number in range(LAST)]
        stay = kept([*before, *after])
        assert set(after) <= stay
        assert len(stay & set(before)) >= DAYS - 2
    backwards = [made(number, NOON - timedelta(hours=number)) for number in range(1, 40)]
    assert set(backwards[-LAST:]) <= kept(backwards)


def test_what_is_damaged_takes_no_place_of_a_good_one() -> None:
    good = [made(number, NOON) for number in range(1, LAST + 1)]
    damaged = [made(number, NOON, Reason.DAMAGED) for number in range(LAST + 1, LAST + 9)]
    stay = kept([*good, *damaged])
    assert set(good) <= stay
    assert stay - set(good) == set(damaged[-3:])


def test_a_backup_is_a_private_encrypted_file_with_its_own_key(profile: Path) -> None:
    write(profile, "仁济医院 canary")
    backups = Backups(profile)
    backup = backups.make()
    assert (backup.number, backup.reason, backup.notes) == (1, Reason.ASKED, 1)
    assert backups.list() == [backup]
    assert names(backups.folder) == [f"{backup.name}.db", f"{backup.name}.key", "backups.lock"]
    copy = backups.folder / f"{backup.name}.db"
    assert copy.stat().st_size == backup.size
    assert not copy.read_bytes().startswith(b"SQLite format 3")
    assert b"canary" not in copy.read_bytes()
    assert (backups.folder / f"{backup.name}.key").read_bytes() == Vault(profile).key_file()
    if os.name == "posix":
        kept_files = [path for path in backups.folder.iterdir() if path.suffix != ".lock"]
        assert all(path.stat().st_mode & 0o077 == 0 for path in [backups.folder, *kept_files])
    before = copy.read_bytes()
    assert backups.verify(backup) == 1
    assert copy.read_bytes() == before, "looking changes nothing"
    assert names(backups.folder) == [f"{backup.name}.db", f"{backup.name}.key", "backups.lock"]


def test_what_is_not_folded_in_yet_is_in_the_backup(profile: Path) -> None:
    notebook = open_notebook(profile, create=True)
    note = notebook.start(RENJI, "Renji")
    notebook.save(note.id, "still in the log", note.revision.id)
    backup = Backups(profile).make()
    notebook.close()
    assert backup.notes == 1
    (profile / workspace_db.FILE).unlink()
    Backups(profile).restore(backup)
    assert texts(profile) == {"still in the log"}


def test_nothing_is_backed_up_twice(profile: Path) -> None:
    backups = Backups(profile)
    assert backups.make_if_changed(Reason.START) is None
    note_id = write(profile, "one")
    first = backups.make_if_changed(Reason.START)
    assert first is not None
    assert backups.make_if_changed(Reason.HOUR) is None

    def changed(change: Callable[[Notebook], object]) -> bool:
        notebook = open_notebook(profile, create=False)
        change(notebook)
        notebook.close()
        return Backups(profile).make_if_changed(Reason.HOUR) is not None

    def attach(notebook: Notebook) -> None:
        notebook.album.attach(note_id, look_at("list.bin", bytes(300_000)))

    def caption(notebook: Notebook) -> None:
        notebook.album.set_caption(notebook.album.attachments(note_id)[0], "a list")

    assert not changed(lambda notebook: notebook.notes())
    assert changed(lambda notebook: notebook.delete(note_id))
    assert changed(lambda notebook: notebook.introduce("Anna"))
    assert changed(attach)
    assert changed(caption)
    assert not changed(lambda notebook: notebook.notes())


def test_a_damaged_newest_backup_is_a_reason_for_another(profile: Path) -> None:
    write(profile, "one")
    backups = Backups(profile)
    backup = backups.make()
    (backups.folder / f"{backup.name}.db").write_bytes(b"gone")
    assert backups.make_if_changed(Reason.HOUR) is not None


def test_restoring_brings_back_the_notes_and_keeps_those_of_now(profile: Path) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backup = backups.make()
    write(profile, "today")
    said = backups.restore(backup)
    assert said.endswith("those of just now are kept as a backup.")
    assert texts(profile) == {"yesterday"}
    newest = backups.list()[0]
    assert newest.reason is Reason.RESTORE
    assert newest.notes == 2
    backups.restore(newest)
    assert texts(profile) == {"yesterday", "today"}
    assert [path.name for path in profile.iterdir() if path.name.startswith(".")] == []


def test_an_open_notebook_goes_on_with_the_restored_notes(profile: Path) -> None:
    note_id = write(profile, "yesterday")
    backups = Backups(profile)
    backup = backups.make()
    notebook = open_notebook(profile, create=True)
    note = notebook.note(note_id)
    notebook.save(note_id, "today", note.revision.id)
    notebook.while_closed(lambda: backups.restore(backup))
    assert notebook.note(note_id).text == "yesterday"
    again = notebook.note(note_id)
    notebook.save(note_id, "and on", again.revision.id)
    assert notebook.album.attachments(note_id) == []
    notebook.close()
    assert texts(profile) == {"and on"}


def test_nothing_is_restored_below_an_open_notebook(profile: Path) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backup = backups.make()
    notebook = open_notebook(profile, create=True)
    with pytest.raises(WorkspaceUnavailable, match="in use by another program"):
        backups.restore(backup)
    notebook.start(RENJI, "Renji")
    notebook.close()


def test_a_damaged_backup_is_never_restored(profile: Path) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backup = backups.make()
    write(profile, "today")
    copy = backups.folder / f"{backup.name}.db"
    sound = copy.read_bytes()
    for damaged in (b"", sound[:5_000], sound[:9_000] + b"x" + sound[9_001:], sound[:-4_096]):
        copy.write_bytes(damaged)
        with pytest.raises(WorkspaceUnavailable):
            backups.restore(backup)
        assert backups.offer() is None
    copy.write_bytes(sound)
    assert texts(profile) == {"yesterday", "today"}
    (backups.folder / f"{backup.name}.key").write_bytes(b"{}")
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).unlink()
    with pytest.raises(WorkspaceUnavailable, match="copy of the key is damaged"):
        backups.restore(backup)


def test_rows_that_changed_under_whole_pages_are_noticed(profile: Path) -> None:
    note_id = write(profile, "as it was written")
    changes = (
        "UPDATE revision SET text = CAST('as it was not' AS BLOB) WHERE length(text) > 0",
        "UPDATE revision SET visibility = 'publishable'",
        "DELETE FROM revision_parent",
        "DELETE FROM author",
        "UPDATE chunk SET data = x'00'",
        "DELETE FROM note_terms WHERE rowid > 0",
        "UPDATE note_terms_data SET block = x'0102030405' WHERE id > 10",
    )
    notebook = open_notebook(profile, create=False)
    notebook.album.attach(note_id, look_at("list.bin", bytes(3_000)))
    notebook.close()
    sound = (profile / workspace_db.FILE).read_bytes()
    Backups(profile).make()
    for change in changes:
        (profile / workspace_db.FILE).write_bytes(sound)
        conn = raw(profile)
        conn.execute("PRAGMA foreign_keys = OFF")
        conn.execute(change)
        sqlite.close(conn)
        with pytest.raises(WorkspaceUnavailable, match="damaged"):
            Backups(profile).make()
        assert len(Backups(profile).list()) == 1, change


def test_older_backups_stay_when_a_new_one_fails(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(profile, "text")
    backups = Backups(profile)
    for _ in range(LAST + 5):
        backups.make()
    newest = backups.list()[0]
    assert len(backups.list()) == LAST
    (backups.folder / f"{newest.name}.db").write_bytes(b"rot")
    with pytest.raises(WorkspaceUnavailable):
        backups.rotate()
    assert len(backups.list()) == LAST
    conn = raw(profile)
    conn.execute("DELETE FROM revision_parent")
    sqlite.close(conn)
    before = names(backups.folder)
    with pytest.raises(WorkspaceUnavailable, match="damaged"):
        backups.make()
    assert names(backups.folder) == before


def test_a_lost_key_alone_is_put_back_and_no_note_is_lost(profile: Path) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backups.make()
    write(profile, "today")
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).unlink()
    with pytest.raises(WorkspaceUnavailable, match="missing"):
        open_notebook(profile, create=True)
    offered = backups.offer()
    assert offered is not None
    assert "key was put back" in backups.restore(offered)
    assert texts(profile) == {"yesterday", "today"}


@pytest.mark.parametrize("lost", [(), (key_names.KEY_FILE, key_names.COPY_FILE)])
def test_a_damaged_file_is_set_aside_whole(profile: Path, lost: tuple[str, ...]) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backup = backups.make()
    path = profile / workspace_db.FILE
    damaged = path.read_bytes()[:-4_096]
    path.write_bytes(damaged)
    (profile / f"{workspace_db.FILE}-wal").write_bytes(b"what was left of the log")
    for name in lost:
        (profile / name).write_bytes(b"damaged")
    assert "damaged file is kept" in backups.restore(backup)
    assert texts(profile) == {"yesterday"}
    aside = backups.list()[0]
    assert not aside.good
    assert (backups.folder / f"{aside.name}.db").read_bytes() == damaged
    assert (backups.folder / f"{aside.name}.db-wal").exists() or not lost
    assert backups.offer() == backup


def test_a_second_copy_goes_where_it_was_asked_for(profile: Path, tmp_path: Path) -> None:
    write(profile, "yesterday")
    stick = tmp_path / "stick “KINGSTON”"
    stick.mkdir()
    backups = Backups(profile)
    assert backups.second_copy().folder is None
    with pytest.raises(BadRequest, match="is not there"):
        backups.set_second_copy(tmp_path / "nowhere")
    backups.set_second_copy(stick)
    backup = backups.make()
    assert backups.second_copy() == service.SecondCopy(stick, "")
    assert list(backups.second_list()) == [backup]
    copy = next(stick.rglob(f"{backup.name}.db"))
    assert copy.read_bytes() == (backups.folder / f"{backup.name}.db").read_bytes()
    other = tmp_path / "another computer"
    assert "are back" in Backups(other).restore_from(copy)
    assert texts(other) == {"yesterday"}
    with pytest.raises(BadRequest, match="is not a backup"):
        Backups(other).restore_from(profile / workspace_db.FILE)


def test_a_missing_stick_is_said_and_the_backup_is_made(profile: Path, tmp_path: Path) -> None:
    write(profile, "yesterday")
    stick = tmp_path / "stick"
    stick.mkdir()
    backups = Backups(profile)
    backups.set_second_copy(stick)
    stick.rmdir()
    assert backups.make().notes == 1
    assert backups.second_copy() == service.SecondCopy(
        stick, f"The second copy was not made: “{stick}” is not there."
    )
    assert list(backups.second_list()) == []
    stick.write_text("a file of that name")
    backups.make()
    assert "not made" in backups.second_copy().problem
    stick.unlink()
    stick.mkdir()
    newest = backups.make()
    assert backups.second_copy().problem == ""
    assert list(backups.second_list()) == [newest]
    backups.set_second_copy(None)
    backups.make()
    assert list(stick.rglob("*.db")) != []
    assert backups.second_copy().folder is None


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"folder": 1})])
def test_a_damaged_choice_of_a_second_place_is_as_if_never_made(
    profile: Path, content: str
) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backups.make()
    (backups.folder / service.SECOND_FILE).write_text(content)
    assert backups.second_copy().folder is None
    assert backups.make().notes == 1


def test_only_one_program_makes_a_backup_at_a_time(profile: Path) -> None:
    write(profile, "yesterday")
    backups = Backups(profile)
    backups.make()
    lock = Lock(backups.folder / "backups.lock")
    assert lock.take()
    with pytest.raises(WorkspaceUnavailable, match="Another window"):
        backups.make()
    lock.release()
    (backups.folder / ".0123456789ab.new-wal").write_bytes(b"left by a killed program")
    backups.make()
    assert not list(backups.folder.glob(".*"))


def test_a_closing_program_gives_a_backup_up(profile: Path) -> None:
    notebook = open_notebook(profile, create=True)
    note = notebook.start(RENJI, "Renji")
    for number in range(60):
        note = notebook.save(note.id, f"{number} " * 4_000, note.revision.id)
    notebook.close()
    backups = Backups(profile)
    backups.stop()
    with pytest.raises(WorkspaceUnavailable, match="closing"):
        backups.make()
    assert backups.list() == []
    assert names(backups.folder) == ["backups.lock"]


def test_an_older_file_is_backed_up_before_its_migration(profile: Path) -> None:
    old = Path(__file__).parent.parent / "data" / "workspace-1"
    profile.mkdir()
    for path in old.iterdir():
        (profile / path.name).write_bytes(path.read_bytes())
    open_notebook(profile, create=True).close()
    (backup,) = Backups(profile).list()
    assert backup.reason is Reason.MIGRATION
    conn = sqlite.connect_copy(profile / FOLDER / f"{backup.name}.db", Vault(profile).key())
    assert conn.execute("PRAGMA user_version").fetchone() == (1,)
    conn.close()
    Backups(profile).restore(backup)
    assert len(Backups(profile).list()) == 2
    open_notebook(profile, create=True).close()
    assert len(Backups(profile).list()) == 3, (
        "the old file is backed up again before it is moved on"
    )


def test_a_migration_waits_until_a_backup_can_be_made(profile: Path) -> None:
    old = Path(__file__).parent.parent / "data" / "workspace-1"
    profile.mkdir()
    for path in old.iterdir():
        (profile / path.name).write_bytes(path.read_bytes())
    (profile / FOLDER).write_text("in the way")
    before = (profile / workspace_db.FILE).read_bytes()
    with pytest.raises(WorkspaceUnavailable, match="backup cannot be made"):
        open_notebook(profile, create=True)
    assert (profile / workspace_db.FILE).read_bytes() == before


def test_opening_notes_loads_nothing_of_backups() -> None:
    code = (
        "import sys, fieldguide.services.notebook\n"
        "sys.exit('fieldguide.storage.backups' in sys.modules)"
    )
    app = Path(__file__).resolve().parents[2] / "app"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": app})


def test_who_writes_is_not_kept_waiting_by_a_backup(profile: Path) -> None:
    """A backup holds a reader's lock alone: a save in the midst of one succeeds at once."""
    notebook = open_notebook(profile, create=True)
    note = notebook.start(RENJI, "Renji")
    note = notebook.save(note.id, "before", note.revision.id)
    saved = []

    class Slow(BackupFolder):
        def _sound(self, path: Path, key: bytes, subject: str) -> int:
            saved.append(notebook.save(note.id, "during", note.revision.id).text)
            return super()._sound(path, key, subject)

    conn = raw(profile)
    backup = Slow(profile / FOLDER, Vault(profile)).add(
        conn, Vault(profile).key_file(), Reason.ASKED, NOON
    )
    sqlite.close(conn)
    notebook.close()
    assert saved == ["during"]
    Backups(profile).restore(backup)
    assert texts(profile) == {"before"}
