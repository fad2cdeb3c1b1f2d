"""A file that is moved on to a later version, killed at each statement of each step."""

import subprocess
from pathlib import Path

import pytest

from fieldguide.errors import WorkspaceUnavailable
from fieldguide.services.notebook import open_notebook
from fieldguide.storage import migrations, soundness, sqlite, workspace_db
from fieldguide.storage.vault import Vault
from tests.faults import killed
from tests.faults.backup_maker import STEPS
from tests.faults.promises import Promise

NOTES = 6


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    folder = tmp_path / "profile"
    notebook = open_notebook(folder, create=True)
    for number in range(NOTES):
        note = notebook.start(None, "")
        notebook.save(note.id, f"text {number}", note.revision.id)
    notebook.close()
    return folder


def texts(profile: Path) -> list[str]:
    notebook = open_notebook(profile, create=False)
    try:
        return sorted(notebook.note(card.id).text for card in notebook.notes())
    finally:
        notebook.close()


def version_of_sound(profile: Path) -> int:
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    try:
        soundness.check(conn, "The file")
        return migrations.version_of(conn)
    finally:
        sqlite.close(conn)


def move(profile: Path, last: int) -> subprocess.CompletedProcess[str]:
    program = killed.start("backup_maker", "move", str(profile), str(last))
    out, err = program.communicate()
    return subprocess.CompletedProcess([], program.returncode, out, err)


def put(profile: Path, files: dict[str, bytes]) -> None:
    for path in profile.iterdir():
        if path.is_file():
            path.unlink()
    for name, data in files.items():
        (profile / name).write_bytes(data)


def test_a_migration_killed_at_any_statement_loses_nothing_and_goes_on(
    profile: Path, promise: Promise
) -> None:
    before = {path.name: path.read_bytes() for path in profile.iterdir()}
    whole = move(profile, 0)
    assert (whole.returncode, whole.stderr) == (0, "")
    assert version_of_sound(profile) == migrations.VERSION + len(STEPS)
    statements = int(whole.stdout)
    assert statements > 30
    versions = []
    for last in range(1, statements + 1):
        put(profile, before)
        assert move(profile, last).returncode == -9
        versions.append(version_of_sound(profile))
        # What was moved on is shown by this older program, and not changed.
        assert texts(profile) == [f"text {number}" for number in range(NOTES)]
        if last % 7 == 0:
            assert move(profile, 0).returncode == 0
            assert version_of_sound(profile) == migrations.VERSION + len(STEPS)
    assert versions == sorted(versions)
    assert set(versions) >= set(range(migrations.VERSION, migrations.VERSION + len(STEPS)))
    promise(
        "R20",
        f"{len(STEPS)} steps killed at each of their {statements} statements: {NOTES} of {NOTES} "
        "notes there each time, shown by the older program and not changed",
        "each statement: 0 lost",
    )


def test_a_migration_on_a_full_disk_changes_nothing(profile: Path, promise: Promise) -> None:
    for room in range(40):
        conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
        pages = conn.execute("PRAGMA page_count").fetchone()[0]
        conn.execute(f"PRAGMA max_page_count = {pages + room}").fetchone()
        version = migrations.version_of(conn)
        try:
            with (
                pytest.raises(WorkspaceUnavailable, match="disk is full"),
                sqlite.translated(WorkspaceUnavailable, "The file"),
            ):
                migrations.migrate(conn, STEPS)
        except pytest.fail.Exception:
            assert migrations.version_of(conn) == migrations.VERSION + len(STEPS)
            break
        finally:
            after = migrations.version_of(conn)
            sqlite.close(conn)
        assert version <= after < migrations.VERSION + len(STEPS)
        assert version_of_sound(profile) == after
        assert texts(profile) == [f"text {number}" for number in range(NOTES)]
    else:
        raise AssertionError("there never was room enough")
    assert room > 2, "the disk was never full"
    promise("R20", f"full disk: {room} times refused with a sentence, 0 lost", "0 lost")
