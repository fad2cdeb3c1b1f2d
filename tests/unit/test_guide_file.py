"""The guide as a file: what is wrong with one is said in a sentence; any SQLite reader opens it."""

import errno
import os
import random
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from db import build, checks, reader
from fieldguide.domain.records import Ref
from fieldguide.errors import GuideUnreadable
from fieldguide.services.guide import Guide
from fieldguide.storage import guide_db, seal, sqlite, workspace_db
from fieldguide.storage.guide_db import GuideDb

ROOT = Path(__file__).resolve().parents[2]
PNG = bytes.fromhex("89504e470d0a1a0a0000000d49484452") + bytes(4_000)
DAMAGED = "The guide “guide.db” is damaged."
NOTHING_LEFT = "The guide “guide.db” is damaged: nothing is left in it."
OTHER_KIND = "The guide “guide.db” cannot be read: it is damaged, or it is another kind of file."
SLOWEST_S = 0.5
"""Far above the few milliseconds it takes, and still not a wait."""


@pytest.fixture
def copy(guide_file: Path, tmp_path: Path) -> Path:
    return shutil.copy(guide_file, tmp_path / "guide.db")


def complaint(path: Path) -> str:
    """What opening says; any other exception, success or a long wait fails the test."""
    began = time.perf_counter()
    with pytest.raises(GuideUnreadable) as caught:
        Guide.open(path)
    assert time.perf_counter() - began < SLOWEST_S
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert "\n" not in sentence
    return sentence


def test_every_changed_bit_is_noticed(copy: Path) -> None:
    whole = copy.read_bytes()
    chance = random.Random(20130527)
    for place in [*range(100), *(chance.randrange(len(whole)) for _ in range(30))]:
        changed = bytearray(whole)
        changed[place] ^= 1 << chance.randrange(8)
        copy.write_bytes(changed)
        complaint(copy)


def test_a_changed_letter_in_a_text_is_noticed(copy: Path) -> None:
    whole = copy.read_bytes()
    place = whole.index("仁济医院".encode())
    copy.write_bytes(whole[:place] + "八".encode() + whole[place + 3 :])
    assert complaint(copy) == DAMAGED


@pytest.mark.parametrize("kept", [1, 15, 16, 99, 100, 4_095, 4_096, 4_097, 100_000, -4_096, -1])
def test_a_file_cut_short_is_not_opened(copy: Path, kept: int) -> None:
    copy.write_bytes(copy.read_bytes()[:kept])
    assert complaint(copy) in (DAMAGED, OTHER_KIND, NOTHING_LEFT)


def test_a_file_that_grew_is_not_opened(copy: Path) -> None:
    copy.write_bytes(copy.read_bytes() + b"\0")
    assert complaint(copy) == DAMAGED


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", NOTHING_LEFT),
        (b"S", NOTHING_LEFT),
        (b"Field notes of a summer.\n" * 500, OTHER_KIND),
        (PNG, OTHER_KIND),
        (b"SQLite format 3\0", OTHER_KIND),
        (bytes(8_192), OTHER_KIND),
    ],
    ids=["empty", "letter", "text", "picture", "header", "zeros"],
)
def test_a_foreign_file_is_not_opened(tmp_path: Path, data: bytes, sentence: str) -> None:
    path = tmp_path / "guide.db"
    path.write_bytes(data)
    assert complaint(path) == sentence


def test_another_database_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "guide.db"
    other = sqlite3.connect(path)
    other.executescript("create table meta (key text, value text); insert into meta values (1, 2)")
    other.close()
    assert complaint(path) == "The guide “guide.db” is a database, but not a field guide."


def test_a_guide_without_its_tables_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "guide.db"
    empty = sqlite3.connect(path)
    empty.execute(f"pragma application_id = {seal.APPLICATION_ID}")
    empty.execute(f"pragma user_version = {seal.SCHEMA_VERSION}")
    empty.close()
    assert complaint(path) == DAMAGED


def test_the_notes_of_a_user_are_not_a_guide(tmp_path: Path) -> None:
    workspace_db.open_workspace(tmp_path, create=True).close()
    assert "another kind of file" in complaint(tmp_path / workspace_db.FILE)


def test_a_newer_guide_asks_for_a_newer_program(copy: Path) -> None:
    newer = sqlite3.connect(copy)
    newer.execute(f"pragma user_version = {seal.SCHEMA_VERSION + 1}")
    newer.close()
    assert complaint(copy) == (
        "The guide “guide.db” was made for a newer version of this program; update the program."
    )


def test_what_is_not_there_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "none.db", tmp_path, tmp_path / ("long" * 200), Path("/dev/null/x")):
        assert complaint(path) == f"There is no guide at “{path}”."


def test_a_disk_that_fails_while_reading_is_said(
    copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path, __: str) -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(seal, "seal_of", fail)
    assert complaint(copy) == "The guide “guide.db” cannot be reached: the disk reports an error."


@contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may read everything; this process is somebody else for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(os.name == "nt", reason="Windows has other rights")
def test_what_this_user_may_not_read_is_said(guide_file: Path) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        path = Path(shutil.copy(guide_file, folder / "guide.db"))
        path.chmod(0)
        with as_ordinary_user():
            assert complaint(path) == (
                "The guide “guide.db” cannot be opened: it is missing, or this user may not use "
                "its folder."
            )
        folder.chmod(0)
        with as_ordinary_user():
            assert complaint(path) == f"There is no guide at “{path}”."
        folder.chmod(0o755)


def test_a_stale_log_beside_the_guide_is_ignored(copy: Path, tmp_path: Path) -> None:
    twin = tmp_path / "twin.db"
    shutil.copy(copy, twin)
    writer = sqlite3.connect(twin)
    writer.execute("pragma journal_mode = wal")
    writer.execute("update record set title = 'Wrong'")
    writer.commit()
    log = twin.with_name("twin.db-wal").read_bytes()
    writer.close()
    assert log
    copy.with_name("guide.db-wal").write_bytes(log)
    copy.with_name("guide.db-journal").write_bytes(b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(512))
    guide = Guide.open(copy)
    assert guide.record(Ref("organisation", "renji-hospital")).title == "Renji Hospital"
    guide.close()
    assert copy.with_name("guide.db-wal").read_bytes() == log


def test_reading_leaves_nothing_beside_the_guide(copy: Path) -> None:
    before = copy.stat()
    guide = Guide.open(copy)
    guide.search("renji")
    guide.close()
    assert [path.name for path in copy.parent.iterdir()] == ["guide.db"]
    assert copy.stat().st_mtime_ns == before.st_mtime_ns


def test_the_guide_cannot_be_written(copy: Path) -> None:
    conn = sqlite.connect_guide(copy)
    with pytest.raises(dbapi2.OperationalError):
        conn.execute("delete from record")
    conn.close()


def statements(module: object) -> dict[str, str]:
    """Every SQL constant of a module, by name."""
    found: dict[str, str] = {}
    for name, value in vars(module).items():
        texts = value if isinstance(value, tuple) else (value,)
        for number, text in enumerate(texts):
            if (
                name.isupper()
                and isinstance(text, str)
                and text.lower().startswith(("select", "insert", "update", "delete"))
            ):
                found[f"{name} {number}"] = text
    return found


@pytest.mark.parametrize("name", statements(guide_db))
def test_each_question_to_the_guide_fits_the_file(guide_file: Path, name: str) -> None:
    conn = sqlite.connect_guide(guide_file)
    sql = statements(guide_db)[name]
    values: dict[str, int] | tuple[int, ...] = (1,) * sql.count("?")
    if ":record" in sql:
        values = {"record": 1}
    plan = [row[-1] for row in conn.execute(f"explain query plan {sql}", values)]
    assert plan
    conn.close()


@pytest.mark.parametrize("name", statements(workspace_db))
def test_each_statement_on_the_notes_fits_the_file(tmp_path: Path, name: str) -> None:
    workspace = workspace_db.open_workspace(tmp_path, create=True)
    sql = statements(workspace_db)[name]
    values = (1,) if "?1" in sql else (1,) * sql.count("?")
    assert workspace._conn.execute(f"explain {sql}", values).fetchall()
    workspace.close()


@pytest.mark.parametrize("name", ["RECORD", "FACTS", "LINKS_OUT", "LINKS_IN", "SHOWN", "START"])
def test_no_question_of_a_page_reads_a_whole_table(guide_file: Path, name: str) -> None:
    conn = sqlite.connect_guide(guide_file)
    sql: str = getattr(guide_db, name)
    plan = [row[-1] for row in conn.execute(f"explain query plan {sql}", (1,) * sql.count("?"))]
    assert not [step for step in plan if step.startswith("SCAN") and "VIRTUAL" not in step], plan
    conn.close()


def test_any_reader_of_sqlite_opens_the_guide(copy: Path) -> None:
    plain = sqlite3.connect(f"{copy.as_uri()}?mode=ro", uri=True)
    views = {
        name for (name,) in plain.execute("select name from sqlite_schema where type = 'view'")
    }
    assert views >= {
        "facts", "doubts", "links", "visits", "hospitals", "parks", "people", "steps",
    }  # fmt: skip
    for view in sorted(views):
        assert plain.execute(f"select * from {view} limit 5").fetchall(), view
    columns = [column[0] for column in plain.execute("select * from facts limit 5").description]
    assert columns[:3] == ["ref", "title", "section"]
    assert plain.execute("pragma integrity_check").fetchone() == ("ok",)
    assert plain.execute("pragma foreign_key_check").fetchall() == []
    (journal,) = plain.execute("pragma journal_mode").fetchone()
    assert journal == "delete"
    plain.close()


def test_the_file_says_what_it_is(guide_file: Path) -> None:
    header = guide_file.read_bytes()[:100]
    assert header[:16] == b"SQLite format 3\0"
    assert int.from_bytes(header[68:72], "big") == seal.APPLICATION_ID
    assert int.from_bytes(header[60:64], "big") == seal.SCHEMA_VERSION == 1
    assert dbapi2.sqlite_version_info >= sqlite.OLDEST_ENGINE


def test_the_real_content_gives_the_same_bytes_twice_and_soon(tmp_path: Path) -> None:
    took = []
    for name in ("one.db", "two.db"):
        began = time.perf_counter()
        content = reader.read(ROOT / "db" / "content")
        wanted = checks.read_wanted(ROOT / "db" / "coverage.txt")
        build.build(content, checks.check(content, wanted), tmp_path / name)
        took.append(time.perf_counter() - began)
    print(f"built in {took[0]:.2f} s and {took[1]:.2f} s")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert min(took) < 3.0 * 3, "three times what is promised of a free machine"
    GuideDb.open(tmp_path / "two.db").close()
