import errno
import os
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from fieldguide.domain.backups import Reason
from fieldguide.domain.notes import AUDIENCES, Note
from fieldguide.domain.safety import KeyState
from fieldguide.errors import (
    BadRequest,
    FieldGuideError,
    KeyDamaged,
    PassphraseNeeded,
    WorkspaceUnavailable,
    WrongPassphrase,
)
from fieldguide.services.attachments import look_at
from fieldguide.services.exports import save_markdown
from fieldguide.services.notebook import open_notebook
from fieldguide.services.safety import Safety
from fieldguide.storage import key_files, key_names, sqlite
from fieldguide.storage.key_content import Cost
from fieldguide.storage.vault import Vault

CHEAP = Cost(1, 64, 1)
OLD, NEW = "lantern seven ferry umbrella", "four other words here"
NOTES = "workspace.db"
Deed = Callable[[Safety, str], None]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def safety_of(profile: Path) -> Safety:
    return Safety(profile, cost=CHEAP)


def write(safety: Safety, text: str) -> str:
    notebook = safety.open_notebook(create=True)
    note = notebook.start(None, "Renji")
    notebook.save(note.id, text, note.revision.id)
    notebook.close()
    return note.id


def texts(safety: Safety) -> list[str]:
    notebook = safety.open_notebook(create=False)
    found = sorted(notebook.note(card.id).text for card in notebook.notes())
    notebook.close()
    return found


def protected(profile: Path, *notes: str) -> tuple[Safety, str]:
    safety = safety_of(profile)
    for text in notes or ("first",):
        write(safety, text)
    code = safety.new_code()
    assert list(safety.set_passphrase(OLD, code)) == []
    return safety, code


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_profile_begins_without_a_passphrase(profile: Path) -> None:
    safety = safety_of(profile)
    assert safety.state() is KeyState.EMPTY
    assert not profile.exists()
    write(safety, "first")
    assert safety.state() is KeyState.OPEN
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).unlink()
    assert safety.state() is KeyState.MISSING


def test_a_first_passphrase_makes_a_new_key_and_a_new_file(profile: Path) -> None:
    safety = safety_of(profile)
    write(safety, "before the passphrase")
    safety.backups.make()
    old_key = Vault(profile).key()
    old = bytes_of(profile)
    assert list(safety.set_passphrase(OLD, safety.new_code())) == []
    new = bytes_of(profile)
    assert safety.state() is KeyState.PASSPHRASE
    assert texts(safety) == ["before the passphrase"], "it stays unlocked"
    assert safety.keys.key() != old_key
    for name, data in new.items():
        assert old_key.hex().encode() not in data, name
        assert name.endswith(("json", ".lock")) or data != old.get(name), name
    (backup,) = safety.backups.list()
    assert backup.reason is Reason.PASSPHRASE
    assert safety.backups.verify(backup) == 1
    assert not [name for name in new if "next" in name or "journal" in name or ".new" in name]
    with pytest.raises(PassphraseNeeded):
        open_notebook(profile, create=True)
    if os.name == "posix":
        kept = [path for path in profile.rglob("*") if not path.name.endswith(".lock")]
        assert all(path.stat().st_mode & 0o077 == 0 for path in kept)


def test_a_passphrase_can_be_set_before_the_first_note(profile: Path) -> None:
    safety, _ = protected(profile, "only")
    other = safety_of(profile.parent / "other")
    other.set_passphrase(OLD, other.new_code())
    write(other, "first")
    assert texts(other) == ["first"]
    assert texts(safety) == ["only"]


def test_lock_and_unlock(profile: Path) -> None:
    safety, _ = protected(profile)
    safety.lock()
    with pytest.raises(PassphraseNeeded):
        safety.open_notebook(create=True)
    with pytest.raises(WrongPassphrase):
        safety.unlock(NEW)
    safety.unlock(OLD)
    assert texts(safety) == ["first"]


def test_the_passphrase_is_changed_recovered_and_removed(profile: Path) -> None:
    safety, code = protected(profile)
    safety.change_passphrase(OLD, NEW)
    again = safety_of(profile)
    again.unlock(NEW)
    assert texts(again) == ["first"]
    forgotten = safety_of(profile)
    forgotten.recover(code, OLD)
    assert texts(forgotten) == ["first"]
    assert forgotten.backups.verify(forgotten.backups.list()[0]) == 1
    forgotten.remove_passphrase(OLD)
    assert texts(safety_of(profile)) == ["first"]
    assert safety_of(profile).backups.verify(safety.backups.list()[0]) == 1


def test_a_bad_passphrase_or_code_changes_nothing(profile: Path) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    code = safety.new_code()
    before = bytes_of(profile)
    for passphrase, letters in (("short", code), (OLD, code[:-1]), (OLD, code[::-1])):
        with pytest.raises(BadRequest):
            safety.set_passphrase(passphrase, letters)
    assert bytes_of(profile) == before
    safety.set_passphrase(OLD, code)
    before = bytes_of(profile)
    for one in (safety, safety_of(profile)):
        with pytest.raises(BadRequest, match="have a passphrase already"):
            one.set_passphrase(NEW, code)
    assert bytes_of(profile) == before


def test_nobody_else_may_have_the_notes_open_while_their_key_changes(profile: Path) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    mine = safety.open_notebook(create=False)
    with pytest.raises(WorkspaceUnavailable, match="in use by another program"):
        safety.set_passphrase(OLD, safety.new_code())
    mine.close()
    script = (
        "import sys; from pathlib import Path\n"
        "from fieldguide.services.notebook import open_notebook\n"
        "book = open_notebook(Path(sys.argv[1]), create=False)\n"
        "print('open', flush=True); sys.stdin.read()\n"
        "note = book.start(None, 'x'); book.save(note.id, 'second', note.revision.id); book.close()"
    )
    app = Path(__file__).resolve().parents[2] / "app"
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(profile)],
        env={**os.environ, "PYTHONPATH": str(app)},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    with pytest.raises(WorkspaceUnavailable, match="in use by another program"):
        safety.set_passphrase(OLD, safety.new_code())
    other.communicate("")
    assert other.returncode == 0
    assert texts(safety_of(profile)) == ["first", "second"]
    assert not list(profile.glob("*next*"))


def test_an_open_notebook_goes_on_in_the_new_file(profile: Path) -> None:
    safety = safety_of(profile)
    notebook = safety.open_notebook(create=True)
    note = notebook.start(None, "Renji")
    note = notebook.save(note.id, "before", note.revision.id)
    notebook.while_closed(lambda: safety.set_passphrase(OLD, safety.new_code()))
    notebook.save(note.id, "after", note.revision.id)
    notebook.delete(note.id)
    assert notebook.disposal.look() == 0
    notebook.restore(note.id)
    notebook.close()
    assert texts(safety) == ["after"]


def test_what_is_wrong_is_five_sentences_and_nothing_starts_afresh(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    protected(profile)
    sound = bytes_of(profile)
    sentences: dict[str, str] = {}

    real = Path.open

    def broken(path: Path, *rest: object, **named: object) -> object:
        if path.name == NOTES:
            raise OSError(errno.EIO, "a disk that reports an error")
        return real(path, *rest, **named)  # type: ignore[call-overload]

    def start(safety: Safety, passphrase: str) -> None:
        safety.unlock(passphrase)
        safety.open_notebook(create=True)

    def start_on_a_broken_disk(safety: Safety, passphrase: str) -> None:
        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", broken)
            start(safety, passphrase)

    def said(
        name: str, changes: dict[str, bytes], passphrase: str = OLD, deed: Deed = start
    ) -> None:
        for file, data in {**sound, **changes}.items():
            (profile / file).write_bytes(data)
        before = bytes_of(profile)
        safety = safety_of(profile)
        with pytest.raises(FieldGuideError) as caught:
            deed(safety, passphrase)
        assert bytes_of(profile) == before
        sentences[name] = str(caught.value)

    said("wrong passphrase", {}, NEW)
    said("damaged file", {NOTES: os.urandom(len(sound[NOTES]))})
    said("damaged key", dict.fromkeys((key_names.KEY_FILE, key_names.COPY_FILE), b"{}"))
    said("disk error", {}, deed=start_on_a_broken_disk)
    (profile / NOTES).write_bytes(sound[NOTES])
    safety = safety_of(profile)
    safety.unlock(OLD)
    conn = sqlite.connect_workspace(profile / NOTES, safety.keys.key())
    conn.execute("PRAGMA user_version = 99")
    conn.execute("ALTER TABLE note RENAME TO page")
    sqlite.close(conn)
    with pytest.raises(WorkspaceUnavailable) as caught:
        safety.open_notebook(create=True)
    sentences["newer file"] = str(caught.value)
    assert len(set(sentences.values())) == 5
    expected = {
        "wrong passphrase": "try again", "damaged file": "is damaged", "damaged key": "key file",
        "disk error": "the disk reports an error", "newer file": "newer version",
    }  # fmt: skip
    for name, words in expected.items():
        assert words in sentences[name]
        assert sentences[name].endswith(".")
        assert not {"new", "afresh", "create", "delete"} & set(sentences[name].lower().split())


def test_nothing_of_the_notes_is_ever_plain_on_the_disk(profile: Path) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.make()
    safety.set_passphrase(OLD, safety.new_code())
    for path in profile.rglob("*.db"):
        assert not path.read_bytes().startswith(b"SQLite format 3"), path
    (profile / NOTES).unlink()
    plain = dbapi2.connect(profile / NOTES)
    plain.execute("CREATE TABLE note (id)")
    plain.commit()
    plain.close()
    with pytest.raises(WorkspaceUnavailable, match="not encrypted"):
        safety.open_notebook(create=False)


def test_backups_go_on_with_a_passphrase_and_are_restored(profile: Path) -> None:
    safety, _ = protected(profile, "yesterday")
    backup = safety.backups.make()
    write(safety, "today")
    safety.change_passphrase(OLD, NEW)
    safety.lock()
    with pytest.raises(PassphraseNeeded):
        safety.backups.restore(backup)
    safety.unlock(NEW)
    safety.backups.restore(backup)
    assert texts(safety) == ["yesterday"]


def test_a_lost_key_comes_back_from_a_backup_with_its_passphrase(profile: Path) -> None:
    protected(profile)
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).unlink()
    safety = safety_of(profile)
    assert safety.state() is KeyState.MISSING
    offered = safety.backups.offer()
    assert offered is not None
    safety.backups.restore(offered)
    assert safety.state() is KeyState.PASSPHRASE
    safety.unlock(OLD)
    assert texts(safety) == ["first"]


def test_copies_on_a_stick_follow_the_passphrase(profile: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.set_second_copy(stick)
    safety.backups.make()
    safety.set_passphrase(OLD, safety.new_code())
    assert [backup.reason for backup in safety.backups.second_list()] == [Reason.PASSPHRASE]
    safety.change_passphrase(OLD, NEW)
    (key,) = stick.rglob("*.key")
    assert key.read_bytes() == (profile / key_names.KEY_FILE).read_bytes()
    safety.remove_passphrase(NEW)
    assert key.read_bytes() == (profile / key_names.KEY_FILE).read_bytes()
    assert key_files.lies_open(key)


@pytest.mark.parametrize("data", [None, b"", b"damaged"])
@pytest.mark.parametrize("passphrase", [False, True])
def test_a_backup_whose_key_is_lost_opens_with_that_of_the_notes(
    profile: Path, passphrase: bool, data: bytes | None
) -> None:
    safety = protected(profile)[0] if passphrase else safety_of(profile)
    if not passphrase:
        write(safety, "first")
    backup = safety.backups.make()
    key = profile / "backups" / f"{backup.name}.key"
    sound = key.read_bytes()
    key.unlink() if data is None else key.write_bytes(data)
    assert safety.backups.verify(backup) == 1
    assert key.read_bytes() == sound, "it is kept beside it again"
    key.unlink() if data is None else key.write_bytes(data)
    write(safety, "second")
    safety.backups.restore(backup)
    assert texts(safety) == ["first"]


def test_a_first_passphrase_that_cannot_be_finished_changes_nothing(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    before = bytes_of(profile)

    def full(*_: object, **__: object) -> None:
        raise FieldGuideError("“workspace.key.next” cannot be written: the disk is full.")

    rooms = {"key_files.write_next": full, "soundness.check": full, "sqlite.copy_workspace": full}
    for name, fail in rooms.items():
        with monkeypatch.context() as disk:
            disk.setattr(f"fieldguide.storage.{name}", fail)
            with pytest.raises(FieldGuideError, match="disk is full"):
                safety.set_passphrase(OLD, safety.new_code())
        assert sorted(bytes_of(profile)) == sorted(before)
        assert bytes_of(profile)[key_names.KEY_FILE] == before[key_names.KEY_FILE]
        assert safety.state() is KeyState.OPEN
        assert texts(safety) == ["first"]


def test_a_stick_that_is_away_is_said(profile: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.set_second_copy(stick)
    stick.rmdir()
    (said,) = safety.set_passphrase(OLD, safety.new_code())
    assert "is not there" in said
    assert said.endswith("opens without a passphrase.")
    for change in (
        lambda: safety.change_passphrase(OLD, NEW),
        lambda: safety.change_code(NEW, safety.new_code()),
        lambda: safety.remove_passphrase(NEW),
        safety.wipe,
    ):
        (said,) = change()
        assert str(stick) in said
        assert said.endswith("is not there now: copies made there before still open as before.")


def test_open_copies_on_a_stick_that_was_away_go_when_it_is_back(
    profile: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.set_second_copy(stick)
    safety.backups.make()
    stick.rename(tmp_path / "pocket")
    safety.set_passphrase(OLD, safety.new_code())
    (tmp_path / "pocket").rename(stick)
    assert any(key_files.lies_open(key) for key in stick.rglob("*.key"))
    safety_of(profile).unlock(OLD)
    assert not any(key_files.lies_open(key) for key in stick.rglob("*.key"))
    assert [backup.reason for backup in safety.backups.second_list()] == [Reason.PASSPHRASE]


def test_what_a_killed_program_left_unfinished_goes_when_it_is_old(profile: Path) -> None:
    safety, _ = protected(profile)
    old, fresh = profile / ".0123456789ab.new", profile / ".ba9876543210.new"
    for path in (old, fresh, profile / key_names.NEXT_FILE, profile / key_names.NEXT_KEYS[0]):
        path.write_bytes(b"unfinished")
    os.utime(old, (0, 0))
    assert texts(safety) == ["first"]
    assert not old.exists()
    assert fresh.exists(), "somebody may be writing it now"
    assert not list(profile.glob("*.next"))


def test_an_old_key_that_cannot_be_removed_is_said_and_goes_at_the_next_opening(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    old = Vault(profile).key().hex().encode()

    def fail(path: Path) -> None:
        raise FieldGuideError(f"“{path.name}” cannot be wiped: the disk reports an error.")

    with monkeypatch.context() as disk:
        disk.setattr(key_files, "shred", fail)
        said = list(safety.set_passphrase(OLD, safety.new_code()))
        assert said[0].startswith("The passphrase is set, but the old key is still there.")
        assert texts(safety) == ["first"]
    assert any(old in data for data in bytes_of(profile).values())
    again = safety_of(profile)
    again.unlock(OLD)
    assert texts(again) == ["first"]
    assert not any(old in data for data in bytes_of(profile).values())
    assert not list(profile.glob("*.next"))


def test_a_backup_does_not_take_the_place_of_a_key_that_is_only_out_of_reach(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    backup = safety.backups.make()
    before = bytes_of(profile)
    real = Path.read_bytes

    def broken(path: Path) -> bytes:
        if path.name in (key_names.KEY_FILE, key_names.COPY_FILE):
            raise OSError(errno.EIO, os.strerror(errno.EIO), path)
        return real(path)

    with monkeypatch.context() as disk:
        disk.setattr(Path, "read_bytes", broken)
        with pytest.raises(WorkspaceUnavailable, match="cannot be read"):
            safety.backups.restore(backup)
    assert bytes_of(profile) == before


def test_a_newer_file_with_a_passphrase_is_read_searched_and_exported_but_not_changed(
    profile: Path, tmp_path: Path
) -> None:
    safety, _ = protected(profile, "what a host said")
    notebook = safety.open_notebook(create=False)
    note = notebook.notes()[0].id
    kept = notebook.album.attach(note, look_at("list.bin", b"\0\1" * 900))
    notebook.close()
    conn = sqlite.connect_workspace(profile / NOTES, safety.keys.key())
    conn.execute("PRAGMA user_version = 99")
    conn.execute("ALTER TABLE note ADD COLUMN place TEXT NOT NULL DEFAULT ''")
    conn.execute("CREATE TABLE later (id INTEGER)")
    sqlite.close(conn)
    notebook = safety.open_notebook(create=True)
    assert notebook.read_only.startswith("Your notes were last written by a newer version")
    assert notebook.note(note).text == "what a host said"
    assert [hit.note.id for hit in notebook.search("host")] == [note]
    assert notebook.album.open(kept) == b"\0\1" * 900
    target = tmp_path / "notes.zip"
    assert save_markdown(notebook.whole(AUDIENCES["me"]), target, notebook.album.enclosing("me"))
    seen = notebook.note(note).revision.id
    for write_it in (
        lambda: notebook.start(None, ""),
        lambda: notebook.save(note, "other", seen),
        lambda: notebook.delete(note),
        lambda: notebook.introduce("Anna"),
        lambda: notebook.album.attach(note, look_at("other.bin", b"1")),
        lambda: notebook.album.set_caption(kept.id, "words"),
    ):
        with pytest.raises(WorkspaceUnavailable, match="newer version"):
            write_it()
    assert notebook.note(note).text == "what a host said"
    notebook.close()
    assert safety.backups.make().good


def test_old_backups_that_a_killed_program_left_go_at_the_next_unlocking(profile: Path) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.make()
    old = {name: data for name, data in bytes_of(profile).items() if name.startswith("backups/0")}
    safety.set_passphrase(OLD, safety.new_code())
    for name, data in old.items():
        (profile / name).write_bytes(data)
    (profile / "backups" / "backups.lock").unlink()
    (profile / "backups" / "backups.lock").mkdir()
    hindered = safety_of(profile)
    hindered.unlock(OLD)
    assert texts(hindered) == ["first"], "that is no reason to keep the notes locked"
    assert set(old) <= set(bytes_of(profile))
    (profile / "backups" / "backups.lock").rmdir()
    again = safety_of(profile)
    again.unlock(OLD)
    assert again.backups.list()
    assert all(backup.reason is Reason.PASSPHRASE for backup in again.backups.list())
    assert not set(old) & set(bytes_of(profile))


def test_a_wipe_leaves_no_key_and_no_note(profile: Path, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    safety = safety_of(profile)
    write(safety, "first")
    safety.backups.set_second_copy(stick)
    safety.backups.make()
    (profile / "settings.toml").write_text("text = 120\n")
    (profile / ".0123456789ab.new").write_bytes((profile / key_names.KEY_FILE).read_bytes())
    key = Vault(profile).key()
    assert list(safety.wipe()) == []
    left = {**bytes_of(profile), **bytes_of(stick)}
    assert {Path(name).name for name in left} == {"settings.toml", "backups.lock"}
    assert not [name for name, data in left.items() if key.hex().encode() in data]
    assert safety.state() is KeyState.EMPTY
    write(safety, "a new beginning")
    assert Vault(profile).key() != key


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may remove anything")
def test_what_cannot_be_wiped_is_said(profile: Path) -> None:
    safety, _ = protected(profile)
    (profile / "backups").chmod(0o500)
    said = safety.wipe()
    (profile / "backups").chmod(0o700)
    assert said
    assert all("is still there" in sentence for sentence in said)
    assert not (profile / key_names.KEY_FILE).exists()


def test_notes_are_taken_away_before_they_are_wiped(profile: Path, tmp_path: Path) -> None:
    safety, _ = protected(profile, "one", "two\n")
    notebook = safety.open_notebook(create=False)
    with_file = notebook.notes()[0].id
    notebook.album.attach(with_file, look_at("list.bin", b"\0\1" * 400_000))
    notebook.close()
    target = tmp_path / "notes.zip"
    assert list(safety.take_away(target)) == []
    with zipfile.ZipFile(target) as archive:
        held = [archive.read(name) for name in archive.namelist()]
    assert b"\0\1" * 400_000 in held
    assert sum(b"one" in data or b"two" in data for data in held) == 2
    assert safety.state() is KeyState.EMPTY


def test_nothing_is_wiped_when_the_export_is_not_whole(
    profile: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    safety, _ = protected(profile, "one", "two")

    def spoilt(notes: list[Note], path: Path, *beside: object) -> int:
        last = notes[-1]
        others = [replace(note, revision=last.revision) for note in notes]
        return save_markdown(others, path)

    monkeypatch.setattr("fieldguide.services.exports.save_markdown", spoilt)
    with pytest.raises(FieldGuideError, match="Nothing was wiped"):
        safety.take_away(tmp_path / "notes.zip")
    monkeypatch.undo()
    with pytest.raises(FieldGuideError, match="cannot be written"):
        safety.take_away(tmp_path / "nowhere" / "notes.zip")
    assert texts(safety) == ["one", "two"]


def test_where_everything_lies_is_told_with_its_size(profile: Path) -> None:
    safety, _ = protected(profile)
    sizes = {stored.path.name: stored.size for stored in safety.where()}
    assert sorted(sizes) == ["backups", "workspace.db", "workspace.key", "workspace.key.copy"]
    assert all(size > 0 for size in sizes.values())


def test_notes_without_a_passphrase_load_nothing_that_opens_one(profile: Path) -> None:
    write(safety_of(profile), "first")
    script = (
        "import sys; from pathlib import Path\n"
        "from fieldguide.services.safety import Safety\n"
        "Safety(Path(sys.argv[1])).open_notebook(create=False).close()\n"
        "sys.exit(any(name.startswith('cryptography') for name in sys.modules))"
    )
    app = Path(__file__).resolve().parents[2] / "app"
    command = [sys.executable, "-c", script, str(profile)]
    subprocess.run(command, check=True, env={**os.environ, "PYTHONPATH": str(app)})


def test_an_unlocked_file_opens_at_once(profile: Path) -> None:
    safety, _ = protected(profile)
    safety.lock()
    safety.unlock(OLD)
    times = []
    for _ in range(5):
        began = time.perf_counter()
        notebook = safety.open_notebook(create=False)
        times.append(time.perf_counter() - began)
        notebook.close()
    assert min(times) < 0.05


def test_a_damaged_key_is_told_before_a_passphrase_is_tried(profile: Path) -> None:
    protected(profile)
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).write_bytes(b"")
    safety = safety_of(profile)
    assert safety.state() is KeyState.DAMAGED
    with pytest.raises(KeyDamaged):
        safety.unlock(OLD)


def test_a_key_is_called_kept_twice_only_when_both_copies_are_sound(profile: Path) -> None:
    safety = safety_of(profile)
    assert not safety.key_kept_twice(), "there is none yet"
    write(safety, "first")
    assert safety.key_kept_twice()
    for name in (key_names.KEY_FILE, key_names.COPY_FILE):
        (profile / name).write_bytes(b"damaged")
    assert not safety.key_kept_twice()


def test_each_step_of_taking_all_away_is_told(profile: Path, tmp_path: Path) -> None:
    safety = safety_of(profile)
    write(safety, "first")
    reached: list[tuple[int, bool, bool]] = []
    target = tmp_path / "away.zip"

    def told(step: int) -> None:
        reached.append((step, target.exists(), safety.state() is KeyState.OPEN))

    safety.take_away(target, told)
    assert reached == [(1, True, True), (2, True, True)]
    assert safety.state() is KeyState.EMPTY
