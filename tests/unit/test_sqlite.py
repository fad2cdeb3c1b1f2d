import os
import sqlite3
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from sqlcipher3 import dbapi2

from fieldguide.errors import FieldGuideError, GuideUnreadable, WorkspaceUnavailable
from fieldguide.storage import sqlite

KEY = bytes(range(32))


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "a guide #1?.guide"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE record(title)")
    conn.execute("INSERT INTO record VALUES ('上海')")
    conn.commit()
    conn.close()
    return path


def _setting(conn: dbapi2.Connection, name: str) -> object:
    return conn.execute(f"PRAGMA {name}").fetchone()[0]


def test_an_engine_that_is_too_old_is_refused(guide: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sqlite.connect_guide(guide).close()
    monkeypatch.setattr(sqlite, "OLDEST_ENGINE", (99, 0, 0))
    with pytest.raises(FieldGuideError, match="install the program again"):
        sqlite.connect_guide(guide)


@pytest.mark.parametrize(
    ("path", "address"),
    [
        (PurePosixPath("/a b/#1?.db"), "file:///a%20b/%231%3F.db"),
        (PureWindowsPath("C:\\a b\\n.db"), "file:///C:/a%20b/n.db"),
        (PureWindowsPath("\\\\host\\share\\n.db"), "file:////host/share/n.db"),
    ],
    ids=str,
)
def test_no_part_of_a_path_is_taken_for_a_host(path: PurePath, address: str) -> None:
    assert sqlite.address_of(path) == address


def test_a_guide_is_read_and_never_written(guide: Path) -> None:
    conn = sqlite.connect_guide(guide)
    assert conn.execute("SELECT title FROM record").fetchall() == [("上海",)]
    assert (_setting(conn, "query_only"), _setting(conn, "trusted_schema")) == (1, 0)
    with pytest.raises(dbapi2.OperationalError, match="readonly"):
        conn.execute("INSERT INTO record VALUES ('x')")
    sqlite.close(conn)
    assert os.listdir(guide.parent) == [guide.name]


@pytest.mark.parametrize(
    "content", [b"no database at all" * 500, b"SQLite format 3\x00" + b"\xff" * 5000]
)
def test_a_file_that_is_no_guide_is_said_in_a_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.guide"
    path.write_bytes(content)
    with pytest.raises(GuideUnreadable, match=r"^The guide “x\.guide” .*\.$"):
        sqlite.connect_guide(path)


def test_a_missing_guide_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(GuideUnreadable, match="missing"):
        sqlite.connect_guide(tmp_path / "x.guide")
    assert not list(tmp_path.iterdir())


def test_the_settings_of_a_workspace_are_all_in_force(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    conn = sqlite.connect_workspace(path, KEY, create=True)
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "mmap_size": 0,
        "temp_store": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
    }
    assert {name: _setting(conn, name) for name in wanted} == wanted
    assert _setting(conn, "cipher_version")
    sqlite.close(conn)


def test_a_setting_that_does_not_hold_closes_the_workspace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "_WORKSPACE_SETTINGS", (("synchronous", "NORMAL", 2),))
    with pytest.raises(FieldGuideError, match="synchronous"):
        sqlite.connect_workspace(tmp_path / "workspace.db", KEY, create=True)
    monkeypatch.undo()
    weaker = (("cipher_hmac_algorithm", "HMAC_SHA1", "HMAC_SHA512"),)
    monkeypatch.setattr(sqlite, "_CIPHER_SETTINGS", weaker)
    with pytest.raises(FieldGuideError, match="cipher_hmac_algorithm"):
        sqlite.connect_workspace(tmp_path / "other.db", KEY, create=True)


def test_nothing_of_a_workspace_is_readable_on_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    conn = sqlite.connect_workspace(path, KEY, create=True)
    conn.execute("CREATE TABLE word(text)")
    with sqlite.transaction(conn):
        conn.execute("INSERT INTO word VALUES ('canarybird')")
    live = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    sqlite.close(conn)
    assert b"canarybird" not in live + path.read_bytes()
    assert not path.read_bytes().startswith(b"SQLite format 3")


def test_a_plain_file_is_never_taken_for_a_workspace(guide: Path) -> None:
    before = guide.read_bytes()
    with pytest.raises(WorkspaceUnavailable):
        sqlite.connect_workspace(guide, KEY)
    assert guide.read_bytes() == before


def test_another_key_does_not_open_a_workspace(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "workspace.db"
    sqlite.close(sqlite.connect_workspace(path, KEY, create=True))
    with pytest.raises(WorkspaceUnavailable, match="cannot be read"):
        sqlite.connect_workspace(path, KEY[::-1])
    assert capfd.readouterr() == ("", "")


def test_a_missing_workspace_is_not_made_by_looking_at_it(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceUnavailable, match="missing"):
        sqlite.connect_workspace(tmp_path / "workspace.db", KEY)
    assert not list(tmp_path.iterdir())


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    conn = sqlite.connect_workspace(tmp_path / "workspace.db", KEY, create=True)
    conn.execute("CREATE TABLE word(text UNIQUE)")
    with pytest.raises(dbapi2.IntegrityError), sqlite.transaction(conn):
        conn.executemany("INSERT INTO word VALUES (?)", [("a",), ("a",)])
    assert conn.execute("SELECT count(*) FROM word").fetchone() == (0,)
    sqlite.close(conn)


def test_a_full_disk_is_said_and_keeps_what_was_there(tmp_path: Path) -> None:
    conn = sqlite.connect_workspace(tmp_path / "workspace.db", KEY, create=True)
    conn.execute("CREATE TABLE word(text)")
    conn.execute("INSERT INTO word VALUES ('first')")
    conn.execute("PRAGMA max_page_count = 3").fetchone()
    with (
        pytest.raises(WorkspaceUnavailable, match="disk is full"),
        sqlite.translated(WorkspaceUnavailable, "The notes file"),
        sqlite.transaction(conn),
    ):
        conn.execute("INSERT INTO word VALUES (?)", ("x" * 100_000,))
    assert conn.execute("SELECT text FROM word").fetchall() == [("first",)]
    sqlite.close(conn)


def test_a_file_held_by_another_program_is_said(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    first = sqlite.connect_workspace(path, KEY, create=True)
    second = sqlite.connect_workspace(path, KEY)
    second.execute("PRAGMA busy_timeout = 0").fetchone()
    with (
        sqlite.transaction(first),
        pytest.raises(WorkspaceUnavailable, match="another program"),
        sqlite.translated(WorkspaceUnavailable, "The notes file"),
        sqlite.transaction(second),
    ):
        pass
    sqlite.close(first)
    sqlite.close(second)


def test_a_mistake_in_a_statement_is_not_dressed_up() -> None:
    conn = dbapi2.connect(":memory:")
    with (
        pytest.raises(dbapi2.OperationalError, match="no such table"),
        sqlite.translated(WorkspaceUnavailable, "The notes file"),
    ):
        conn.execute("SELECT * FROM missing")
    conn.close()


def test_a_closed_workspace_leaves_no_log_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "workspace.db"
    conn = sqlite.connect_workspace(path, KEY, create=True)
    conn.execute("CREATE TABLE word(text)")
    sqlite.close(conn)
    assert [file.name for file in tmp_path.iterdir()] == ["workspace.db"]


def test_sqlite_utils_works_on_an_encrypted_connection(tmp_path: Path) -> None:
    conn = sqlite.connect_workspace(tmp_path / "workspace.db", KEY, create=True)
    table = sqlite.sqlite_utils_database(conn)["word"]
    table.insert({"id": 1, "text": "one"}, pk="id")  # type: ignore[union-attr]
    table.upsert({"id": 1, "zh": "一"}, pk="id", alter=True)  # type: ignore[union-attr]
    assert conn.execute("SELECT id, text, zh FROM word").fetchall() == [(1, "one", "一")]
    sqlite.close(conn)
