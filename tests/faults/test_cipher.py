"""R8: nothing is ever written without the cipher, and what is not encrypted stays closed."""

import math
import sqlite3
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldguide.domain.safety import new_code
from fieldguide.errors import FieldGuideError
from fieldguide.services.safety import Safety
from fieldguide.storage import sqlite
from fieldguide.storage.key_content import Cost
from tests.faults.promises import Promise

PASSPHRASE = "lantern seven ferry umbrella"
PLAIN_HEADER = b"SQLite format 3\0"
LEAST_BITS = 7.9
"""Of entropy in each byte; text and plain pages have less than 6."""


@pytest.fixture(params=[False, True], ids=["open", "with a passphrase"])
def safety(request: pytest.FixtureRequest, tmp_path: Path) -> Safety:
    """Notes with a backup here and on a stick."""
    (tmp_path / "stick").mkdir()
    one = Safety(tmp_path / "profile", cost=Cost(1, 64, 1))
    write(one, "a text of a host\n" * 2_000)
    one.backups.set_second_copy(tmp_path / "stick")
    if request.param:
        one.set_passphrase(PASSPHRASE, new_code())
    one.backups.make()
    return one


def write(safety: Safety, text: str) -> None:
    notebook = safety.open_notebook(create=True)
    note = notebook.start(None, "Renji")
    notebook.save(note.id, text, note.revision.id)
    notebook.close()


def read(safety: Safety) -> str:
    notebook = safety.open_notebook(create=True)
    try:
        return notebook.note(notebook.notes()[0].id).text
    finally:
        notebook.close()


def bits(data: bytes) -> float:
    shares = [count / len(data) for count in Counter(data).values()]
    return -sum(share * math.log2(share) for share in shares)


def databases(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.db"))


def test_every_file_is_random_from_its_first_byte(
    safety: Safety, tmp_path: Path, promise: Promise
) -> None:
    backup = safety.backups.list()[0]
    headers = []
    for _ in range(3):
        safety.backups.restore(backup)
        notebook = safety.open_notebook(create=False)
        for path in [*databases(tmp_path), *tmp_path.rglob("*.db-wal")]:
            data = path.read_bytes()
            assert not data.startswith(PLAIN_HEADER)
            assert bits(data) > LEAST_BITS or not data, path
        headers.append((tmp_path / "profile" / "workspace.db").read_bytes()[:16])
        notebook.close()
    assert len(databases(tmp_path)) > 3
    assert len(set(headers)) == len(headers), "the salt of each file is its own"
    plain = sqlite3.connect(tmp_path / "control")
    plain.execute("CREATE TABLE note (text)")
    plain.execute("INSERT INTO note VALUES (?)", ("a text of a host\n" * 2_000,))
    plain.commit()
    plain.close()
    control = bits((tmp_path / "control").read_bytes())
    assert control < LEAST_BITS, "a control that is seen"
    found = min(bits(path.read_bytes()) for path in databases(tmp_path))
    promise(
        "R8",
        f"{len(databases(tmp_path))} files of notes and backups: at least {found:.2f} bits of "
        f"chance in a byte (a plain one: {control:.2f}), no known header",
        "refused otherwise",
    )


def test_a_file_without_a_cipher_in_the_place_of_the_notes_stays_closed(
    safety: Safety, tmp_path: Path
) -> None:
    path = tmp_path / "profile" / "workspace.db"
    path.unlink()
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE note (id)")
    plain.commit()
    plain.close()
    before = path.read_bytes()
    for deed in (read, lambda one: one.backups.make(), lambda one: write(one, "more")):
        with pytest.raises(FieldGuideError, match=r"is not encrypted; it stays closed\.|damaged"):
            deed(safety)
    with pytest.raises(FieldGuideError, match="is not encrypted; it stays closed"):
        read(safety)
    assert path.read_bytes() == before
    assert safety.backups.restore(safety.backups.list()[0])
    assert read(safety).startswith("a text of a host")


def test_a_backup_without_a_cipher_is_never_put_back(safety: Safety, tmp_path: Path) -> None:
    backup = safety.backups.list()[0]
    for path in databases(tmp_path / "profile" / "backups"):
        path.write_bytes(PLAIN_HEADER + bytes(8_176))
    live = (tmp_path / "profile" / "workspace.db").read_bytes()
    with pytest.raises(FieldGuideError):
        safety.backups.restore(backup)
    assert safety.backups.offer() is None
    assert (tmp_path / "profile" / "workspace.db").read_bytes() == live


def test_a_driver_without_a_cipher_is_refused_and_writes_nothing(
    safety: Safety, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, promise: Promise
) -> None:
    backup = safety.backups.list()[0]
    before = {path: path.read_bytes() for path in databases(tmp_path)}
    monkeypatch.setattr(sqlite.dbapi2, "connect", sqlite3.connect)
    other = Safety(tmp_path / "other", cost=Cost(1, 64, 1))
    deeds: list[Callable[[], object]] = [
        lambda: read(safety),
        lambda: write(safety, "more"),
        lambda: safety.backups.make(),
        lambda: safety.backups.verify(backup),
        lambda: safety.backups.restore(backup),
        lambda: write(other, "a text of a host"),
        lambda: other.set_passphrase(PASSPHRASE, new_code()),
    ]
    for deed in deeds:
        with pytest.raises(FieldGuideError, match="install the program again"):
            deed()
    assert {path: path.read_bytes() for path in databases(tmp_path)} == before
    written = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not [data for data in written if b"of a host" in data or data.startswith(PLAIN_HEADER)]
    monkeypatch.undo()
    assert read(safety).startswith("a text of a host")
    promise(
        "R8",
        f"a driver without cipher: {len(deeds)} of {len(deeds)} refused, 0 bytes written",
        "refused",
    )
