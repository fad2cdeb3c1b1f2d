import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from fieldguide.domain.notes import Visibility
from fieldguide.domain.records import Ref
from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.backups import Backups
from fieldguide.services.notebook import Notebook, has_notebook, open_notebook
from fieldguide.storage import card_db, key_names, migrations, sqlite, workspace_db
from fieldguide.storage.steady import SteadyConnection
from fieldguide.storage.vault import Vault

RENJI = Ref("organisation", "renji-hospital")

WRITER = """
import sys
from pathlib import Path
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import open_notebook

notebook = open_notebook(Path(sys.argv[1]), create=True)
note = notebook.start(Ref("organisation", "renji-hospital"), "Renji", None)
for number in range(100_000):
    note = notebook.save(note.id, f"{number} " + "仁济医院 a line of a note\\n" * 60, note.revision.id)
    print(note.id, number, flush=True)
"""


def _content(profile: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(profile.iterdir())}


def _raw(profile: Path) -> dbapi2.Connection:
    return sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())


def _damage(conn: dbapi2.Connection) -> list[object]:
    conn.execute("INSERT INTO note_terms (note_terms) VALUES ('integrity-check')")
    found = conn.execute("PRAGMA integrity_check").fetchall()
    return [row for row in found if row != ("ok",)] + conn.execute(
        "PRAGMA cipher_integrity_check"
    ).fetchall() + conn.execute("PRAGMA foreign_key_check").fetchall()  # fmt: skip


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    return tmp_path / "profile"


def _written(profile: Path, text: str = "first") -> str:
    notebook = open_notebook(profile, create=True)
    note = notebook.start(RENJI, "Renji Hospital")
    notebook.save(note.id, text, note.revision.id)
    notebook.close()
    return note.id


def test_looking_for_notes_makes_no_profile(profile: Path) -> None:
    assert not has_notebook(profile)
    with pytest.raises(WorkspaceUnavailable, match="no notes"):
        open_notebook(profile, create=False)
    assert not profile.exists()


def test_a_new_workspace_is_private_and_at_the_newest_version(profile: Path) -> None:
    _written(profile)
    assert sorted(_content(profile)) == ["workspace.db", "workspace.key", "workspace.key.copy"]
    assert has_notebook(profile)
    if os.name == "posix":
        assert all(path.stat().st_mode & 0o077 == 0 for path in [profile, *profile.iterdir()])
    conn = _raw(profile)
    assert migrations.version_of(conn) == migrations.VERSION
    done = conn.execute("SELECT name FROM _sqlite_migrations ORDER BY id").fetchall()
    assert [name for (name,) in done] == [name for name, _ in migrations.MIGRATIONS]
    sqlite.close(conn)


def test_opening_again_needs_no_migration_and_no_sqlite_utils(profile: Path) -> None:
    _written(profile)
    script = (
        "import sys; from pathlib import Path\n"
        "from fieldguide.services.notebook import open_notebook\n"
        "open_notebook(Path(sys.argv[1]), create=True).close()\n"
        "sys.exit('sqlite_utils' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", script, str(profile)], check=True, env=_environ())


def test_a_migration_that_fails_leaves_the_file_as_it_was(
    profile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = _written(profile)

    def fail(db: object) -> None:
        db.execute("DELETE FROM head")  # type: ignore[attr-defined]
        raise WorkspaceUnavailable("This step cannot be done.")

    monkeypatch.setattr(migrations, "MIGRATIONS", (*migrations.MIGRATIONS, ("fail", fail)))
    monkeypatch.setattr(migrations, "VERSION", migrations.VERSION + 1)
    with pytest.raises(WorkspaceUnavailable, match="cannot be done"):
        open_notebook(profile, create=True)
    monkeypatch.undo()
    notebook = open_notebook(profile, create=True)
    assert notebook.note(note).text == "first"
    notebook.close()


def test_a_newer_file_is_shown_and_not_changed(profile: Path) -> None:
    note = _written(profile)
    conn = _raw(profile)
    conn.execute("PRAGMA user_version = 99")
    sqlite.close(conn)
    notebook = open_notebook(profile, create=True)
    assert "newer version" in notebook.read_only
    shown = notebook.note(note)
    with pytest.raises(WorkspaceUnavailable, match="newer version"):
        notebook.save(note, "second", shown.revision.id)
    assert [hit.note.id for hit in notebook.search("first")] == [note]
    notebook.close()


@pytest.mark.parametrize("table", ["note", "revision", "attachment", "piece", "setting", "head"])
def test_a_newer_file_that_cannot_be_read_is_said(profile: Path, table: str) -> None:
    _written(profile)
    conn = _raw(profile)
    conn.execute("PRAGMA user_version = 99")
    conn.execute(f"ALTER TABLE {table} RENAME TO page")
    sqlite.close(conn)
    with pytest.raises(WorkspaceUnavailable, match="cannot read them"):
        open_notebook(profile, create=True)


def test_what_is_wrong_with_a_workspace_is_told_apart_and_nothing_starts_afresh(
    profile: Path,
) -> None:
    _written(profile)
    sound = _content(profile)
    key_copies = dict.fromkeys((key_names.KEY_FILE, key_names.COPY_FILE), b"damaged")
    damages: dict[str, dict[str, bytes | None]] = {
        "damaged key": dict(key_copies),
        "missing key": dict.fromkeys(key_copies),
        "empty file": {workspace_db.FILE: b""},
        "damaged file": {workspace_db.FILE: os.urandom(len(sound[workspace_db.FILE]))},
        "only the log": {workspace_db.FILE: None, f"{workspace_db.FILE}-wal": b"log"},
    }
    sentences = {}
    for name, changes in damages.items():
        for path in profile.iterdir():
            path.unlink()
        for file, data in {**sound, **changes}.items():
            if data is not None:
                (profile / file).write_bytes(data)
        before = _content(profile)
        with pytest.raises(WorkspaceUnavailable) as caught:
            open_notebook(profile, create=True)
        sentences[name] = str(caught.value)
        assert _content(profile) == before, name
    assert len(set(sentences.values())) >= 4
    assert all(sentence.endswith(".") for sentence in sentences.values())


@pytest.mark.parametrize("create", [True, False])
def test_lost_notes_that_have_backups_are_missed_and_come_back(profile: Path, create: bool) -> None:
    note = _written(profile)
    backups = Backups(profile)
    backups.make()
    (profile / workspace_db.FILE).unlink()
    with pytest.raises(WorkspaceUnavailable, match="missing although backups of it are there"):
        open_notebook(profile, create=create)
    assert not (profile / workspace_db.FILE).exists()
    offered = backups.offer()
    assert offered is not None
    backups.restore(offered)
    notebook = open_notebook(profile, create=create)
    assert notebook.note(note).text == "first"
    notebook.close()


def test_a_flipped_bit_is_never_shown(profile: Path) -> None:
    note = _written(profile, "a text\n" * 2_000)
    path = profile / workspace_db.FILE
    sound = path.read_bytes()
    seed = random.Random(5)
    noticed = 0
    for _ in range(40):
        place = seed.randrange(len(sound))
        path.write_bytes(
            sound[:place] + bytes([sound[place] ^ 1 << seed.randrange(8)]) + sound[place + 1 :]
        )
        try:
            notebook = open_notebook(profile, create=False)
            try:
                assert notebook.note(note).text == "a text\n" * 2_000
            finally:
                notebook.close()
        except WorkspaceUnavailable:
            noticed += 1
    assert noticed > 5


def test_a_profile_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WorkspaceUnavailable, match="cannot be kept"):
        open_notebook(tmp_path / "file" / "profile", create=True)


def test_a_full_disk_is_said_and_what_was_saved_stays(profile: Path) -> None:
    note_id = _written(profile)
    conn = _raw(profile)
    pages = conn.execute("PRAGMA page_count").fetchone()[0]
    conn.execute(f"PRAGMA max_page_count = {pages + 1}").fetchone()
    steady = SteadyConnection(conn, lambda: _raw(profile))
    notebook = Notebook(workspace_db.Workspace(steady, ""))
    note = notebook.note(note_id)
    with pytest.raises(WorkspaceUnavailable, match="disk is full"):
        notebook.save(note_id, "x" * 100_000, note.revision.id)
    assert notebook.note(note_id) == note
    assert not _damage(conn)
    notebook.close()


def test_two_programs_that_write_at_once_lose_nothing(profile: Path) -> None:
    note_id = _written(profile)
    first, second = (open_notebook(profile, create=True) for _ in range(2))
    parent = first.note(note_id).revision.id
    mine = first.save(note_id, "mine", parent)
    theirs = second.save(note_id, "theirs", parent)
    assert theirs.in_conflict
    for number in range(10):
        mine = first.save(note_id, f"mine {number}", mine.revision.id)
        theirs = second.save(note_id, f"theirs {number}", theirs.revision.id)
    assert {note.text for note in first.versions(note_id)} == {"mine 9", "theirs 9"}
    assert [hit.note.versions for hit in first.search("theirs 9")] == [2]
    assert len(first.history(note_id)) == 24
    assert {note.text for note in first.whole(set(Visibility))} == {"mine 9", "theirs 9"}
    first.close()
    second.close()


def test_two_programs_that_start_at_once_share_one_new_workspace(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path\n"
        "from fieldguide.services.notebook import open_notebook\n"
        "notebook = open_notebook(Path(sys.argv[1]), create=True)\n"
        "notebook.start(None, 'x'); notebook.close()"
    )
    for number in range(3):
        profile = tmp_path / str(number)
        command = [sys.executable, "-c", script, str(profile)]
        children = [subprocess.Popen(command, env=_environ()) for _ in range(3)]
        assert [child.wait() for child in children] == [0, 0, 0]
        notebook = open_notebook(profile, create=False)
        assert len(notebook.notes()) == 3
        assert len({notebook.note(card.id).revision.author.id for card in notebook.notes()}) == 1
        notebook.close()
        assert sorted(_content(profile)) == ["workspace.db", "workspace.key", "workspace.key.copy"]


def _environ() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(workspace_db.__file__).parents[2])}


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be killed without notice there")
def test_a_killed_program_loses_no_save_that_it_had_confirmed(profile: Path) -> None:
    seed = random.Random(7)
    for round_number in range(6):
        child = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(profile)],
            stdout=subprocess.PIPE,
            env=_environ(),
            text=True,
        )
        assert child.stdout is not None
        first = child.stdout.readline()
        time.sleep(seed.uniform(0, 0.25))
        child.send_signal(signal.SIGKILL)
        confirmed = [first, *child.stdout.read().splitlines(keepends=True)]
        child.stdout.close()
        child.wait()
        note_id, number = [line for line in confirmed if line.endswith("\n")][-1].split()
        notebook = open_notebook(profile, create=False)
        kept = int(notebook.note(note_id).text.split()[0])
        assert int(number) <= kept <= int(number) + 1
        assert len(notebook.history(note_id)) == kept + 2
        assert len(notebook.notes()) == round_number + 1
        notebook.close()
    conn = _raw(profile)
    assert not _damage(conn)
    sqlite.close(conn)


def test_every_question_is_answered_from_an_index(profile: Path) -> None:
    _written(profile)
    conn = _raw(profile)
    for name, statement in (vars(workspace_db) | vars(card_db)).items():
        if name.startswith(("SELECT_", "SHOW_", "DELETE_")):
            wanted = statement.count("?") if "?1" not in statement else 1
            plan = conn.execute(f"EXPLAIN QUERY PLAN {statement}", ["0"] * wanted).fetchall()
            scans = [
                row[3] for row in plan if row[3].startswith("SCAN") and "VIRTUAL" not in row[3]
            ]
            assert not scans, (name, plan)
    sqlite.close(conn)
