"""Attachments: kept whole, judged by their bytes, copied apart, found by their captions."""

import hashlib
import io
import os
import random
import shutil
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from PIL import Image

from fieldguide.domain.attachments import (
    LARGEST_FILE,
    LONG_EDGE,
    Attachment,
    Copies,
    Header,
    Stage,
    media_of,
    picture_header,
)
from fieldguide.domain.notes import Note
from fieldguide.errors import BadRequest, WorkspaceUnavailable
from fieldguide.services.attachments import look_at, read_file
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.pictures import PictureRefused, make_copies
from fieldguide.storage import attachment_db, sqlite, workspace_db
from fieldguide.storage.vault import Vault
from fieldguide.storage.workspace_db import open_workspace

FIRST_FORM = Path(__file__).resolve().parents[1] / "data" / "workspace-1"
NOW = datetime(2013, 5, 28, 9, 30, tzinfo=timezone(timedelta(hours=8)))


def picture(form: str = "JPEG", size: tuple[int, int] = (60, 40), **settings: object) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 80).convert("RGB").save(written, form, **settings)
    return written.getvalue()


def photo_with_position() -> bytes:
    """Lies on its side, and tells where and with what it was taken."""
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x010F] = "CANARY-CAMERA"
    exif.get_ifd(0x8825)[2] = (31.0, 13.0, 43.0)
    return picture(size=(120, 80), exif=exif, comment=b"CANARY-COMMENT")


def claimed_png(width: int, height: int) -> bytes:
    """A PNG of any size in a few bytes, as a picture bomb is."""

    def part(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000)
    return b"\x89PNG\r\n\x1a\n" + part(b"IHDR", header) + part(b"IDAT", rows) + part(b"IEND", b"")


class Clock:
    now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def notebook(tmp_path: Path, clock: Clock) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "profile", create=True, clock=clock)
    yield opened
    opened.close()


def begin(notebook: Notebook, text: str = "") -> Note:
    note = notebook.start(None, "")
    return notebook.save(note.id, text, note.revision.id)


def attach(notebook: Notebook, data: bytes, name: str = "poster.jpg") -> Attachment:
    note = begin(notebook)
    return notebook.album.attach(note.id, look_at(name, data))


def rows(notebook: Notebook, table: str) -> int:
    conn = notebook._db._conn
    return int(conn.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_picture_says_its_kind_and_size(form: str) -> None:
    header = picture_header(picture(form))
    assert header == Header(f"image/{form.lower()}", 60, 40)


def test_the_size_is_found_behind_metadata_and_in_every_kind_of_webp() -> None:
    assert picture_header(photo_with_position()) == Header("image/jpeg", 120, 80)
    assert picture_header(picture("JPEG", progressive=True)) == Header("image/jpeg", 60, 40)
    for settings in ({"lossless": True}, {"exif": Image.Exif().tobytes(), "xmp": b"<x/>"}):
        assert picture_header(picture("WEBP", **settings)) == Header("image/webp", 60, 40)


def test_any_bytes_at_all_are_judged_without_a_crash() -> None:
    chance = random.Random(7)
    whole = [picture(form) for form in ("JPEG", "PNG", "GIF", "WEBP")]
    for data in whole:
        for cut in range(64):
            picture_header(data[:cut])
            broken = bytearray(data[:400])
            broken[chance.randrange(4, len(broken))] = chance.randrange(256)
            picture_header(bytes(broken))
    assert picture_header(b"") is None
    assert picture_header(b"\xff\xd8\xff\xe0\0\0" * 20) is None


def test_files_are_known_by_their_first_bytes() -> None:
    assert media_of(b"%PDF-1.7") == "application/pdf"
    assert media_of(b"\0\0\0\x18ftypheic") == "image/heif"
    assert media_of(b"\0\0\0\x18ftypisom") == "video/mp4"
    assert media_of(b"plain") == "application/octet-stream"


def test_an_original_comes_back_byte_for_byte_and_equal_chunks_are_kept_once(
    notebook: Notebook,
) -> None:
    block = os.urandom(attachment_db.CHUNK_BYTES)
    data = block + block + b"the end"
    kept = attach(notebook, data, "plan.bin")
    assert notebook.album.open(kept) == data
    assert (kept.size, kept.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert (kept.stage, kept.name) == (Stage.FILE, "plan.bin")
    assert (rows(notebook, "chunk"), rows(notebook, "piece")) == (2, 3)


def test_the_same_file_twice_on_a_note_is_one_attachment(notebook: Notebook) -> None:
    first = attach(notebook, b"agenda", "agenda.txt")
    again = notebook.album.attach(first.note, look_at("copy.txt", b"agenda"))
    assert again == first
    assert len(notebook.album.attachments(first.note)) == 1


def test_a_text_renamed_to_a_photo_is_kept_as_a_file_and_said_to_be_none() -> None:
    incoming = look_at("photo.jpg", b"this is only text")
    assert incoming.stage is Stage.FILE
    assert "no photo" in incoming.remark


def test_a_picture_of_900_megapixels_is_never_decoded(notebook: Notebook) -> None:
    data = claimed_png(30_000, 30_000)
    incoming = look_at("plan.png", data)
    assert incoming.stage is Stage.FILE
    assert "900 megapixels" in incoming.remark
    kept = attach(notebook, data, "plan.png")
    assert notebook.album.open(kept) == data
    with pytest.raises(PictureRefused):
        make_copies(data)


def test_a_file_that_is_too_large_or_empty_is_refused_with_a_sentence(tmp_path: Path) -> None:
    large, empty = tmp_path / "large.jpg", tmp_path / "empty.jpg"
    with large.open("wb") as file:
        file.write(b"\xff\xd8\xff")
        file.truncate(100 * 1024**2)
    empty.touch()
    for path, word in ((large, "larger than 50 MB"), (empty, "empty"), (tmp_path, "folder")):
        with pytest.raises(BadRequest, match=word):
            read_file(path)
    with pytest.raises(BadRequest, match="cannot be read"):
        read_file(tmp_path / "not there")
    assert LARGEST_FILE == 50 * 1024**2


def test_a_photo_gets_copies_that_stand_upright_and_tell_nothing(notebook: Notebook) -> None:
    data = photo_with_position()
    assert b"CANARY-CAMERA" in data
    kept = attach(notebook, data)
    assert kept.stage is Stage.WAITING
    kept = notebook.album.put_copies(kept, make_copies(data))
    assert (kept.stage, kept.width, kept.height) == (Stage.PHOTO, 80, 120)
    report = notebook.album.report_copy(kept)
    for copy in (report, kept.thumbnail):
        assert b"CANARY" not in copy
        with Image.open(io.BytesIO(copy)) as seen:
            assert seen.size == (80, 120)
            assert not seen.getexif()
            assert not set(seen.info) & {"exif", "comment", "xmp", "photoshop", "icc_profile"}
    assert notebook.album.open(kept) == data


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP"])
def test_a_large_photo_is_made_smaller_for_reports(form: str) -> None:
    copies = make_copies(picture(form, (3_000, 1_500)))
    assert picture_header(copies.report) == Header("image/jpeg", LONG_EDGE, LONG_EDGE // 2)
    assert picture_header(copies.thumbnail) == Header("image/jpeg", 320, 160)
    assert (copies.width, copies.height) == (3_000, 1_500)


def test_what_is_clear_in_a_picture_becomes_white() -> None:
    written = io.BytesIO()
    Image.new("RGBA", (40, 40), (0, 0, 0, 0)).save(written, "PNG")
    with Image.open(io.BytesIO(make_copies(written.getvalue()).report)) as seen:
        assert seen.convert("RGB").getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("length", [30, 200, 900])
def test_a_picture_that_is_cut_off_is_refused(length: int) -> None:
    data = picture("PNG")[:length]
    with pytest.raises(PictureRefused, match="kept as a file"):
        make_copies(data)


def test_a_picture_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(PictureRefused):
        make_copies(picture(), seconds=0.001)


def test_decoding_cannot_take_all_memory() -> None:
    """A header that tells the truth about too many pixels is refused inside the process too."""
    with pytest.raises(PictureRefused):
        make_copies(claimed_png(20_000, 20_000))


def test_a_caption_is_found_as_soon_as_it_is_saved(notebook: Notebook) -> None:
    kept = attach(notebook, b"%PDF-1.7", "agenda final.pdf")
    assert [hit.note.id for hit in notebook.search("agenda")] == [kept.note]
    kept = notebook.album.set_caption(kept, "  Poster in the  lobby 门诊大厅\n")
    assert kept.caption == "Poster in the lobby 门诊大厅"
    for query in ("poster", "门诊大厅", "lobby poster"):
        (hit,) = notebook.search(query)
        assert hit.note.id == kept.note
        assert "Poster in the lobby" in hit.snippet
    notebook.album.set_caption(kept, "")
    assert not notebook.search("poster")


def test_a_caption_stays_findable_after_the_text_is_saved_again(notebook: Notebook) -> None:
    kept = attach(notebook, b"x")
    notebook.album.set_caption(kept, "crane")
    note = notebook.note(kept.note)
    notebook.save(note.id, "other words", note.revision.id)
    assert notebook.search("crane")
    notebook.delete(kept.note)
    assert not notebook.search("crane")
    notebook.restore(kept.note)
    assert notebook.search("crane")


def test_a_removed_attachment_can_be_put_back(notebook: Notebook) -> None:
    kept = attach(notebook, b"crane", "crane.txt")
    notebook.album.remove(kept)
    assert not notebook.album.attachments(kept.note)
    assert not notebook.search("crane")
    back = notebook.album.put_back(kept)
    assert notebook.album.attachments(kept.note) == [back]
    assert notebook.search("crane")


def test_a_chunk_stays_while_another_attachment_holds_it(notebook: Notebook) -> None:
    first, second = attach(notebook, b"shared"), attach(notebook, b"shared")
    with notebook._db.writing():
        notebook._db.forget(first.note)
    assert notebook.album.open(second) == b"shared"
    assert rows(notebook, "attachment") == rows(notebook, "piece") == rows(notebook, "chunk") == 1


def test_a_note_with_nothing_but_a_photo_is_not_empty(notebook: Notebook) -> None:
    kept = attach(notebook, picture())
    assert not notebook.drop_if_empty(kept.note)
    assert notebook.album.attachments(kept.note)


def test_nothing_is_attached_to_a_note_that_is_not_there(notebook: Notebook) -> None:
    with pytest.raises(BadRequest, match="not there any more"):
        notebook.album.attach("no such note", look_at("a", b"a"))
    assert not rows(notebook, "chunk")


def test_a_changed_chunk_is_noticed_before_it_is_shown(notebook: Notebook) -> None:
    kept = attach(notebook, b"the plan")
    notebook._db._conn.execute("UPDATE chunk SET data = x'00'")
    with pytest.raises(WorkspaceUnavailable, match="damaged"):
        notebook.album.open(kept)


def test_a_great_deal_of_attachments_is_said(
    notebook: Notebook, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not notebook.album.warning()
    monkeypatch.setattr(attachment_db.Attachments, "file_size", lambda _: 3 * 1024**3)
    assert "3.0 GB" in notebook.album.warning()


def test_nothing_of_a_photo_lies_outside_the_encrypted_file(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    notebook = open_notebook(profile, create=True)
    data = photo_with_position()
    kept = attach(notebook, data)
    copies = make_copies(data)
    notebook.album.put_copies(kept, copies)
    names = {path.name for path in profile.iterdir()}
    assert names <= {"workspace.db", "workspace.db-wal", "workspace.db-shm", "workspace.key", "workspace.key.copy"}  # fmt: skip
    for path in profile.iterdir():
        found = path.read_bytes()
        assert b"CANARY" not in found
        # Longer than what two megabytes of cipher may hold by chance.
        assert b"\xff\xd8\xff\xe0\x00\x10JFIF" not in found
        assert not any(copy[:16] in found for copy in (data, copies.report, copies.thumbnail))
    notebook.close()


def test_a_file_of_the_first_version_opens_with_all_its_notes(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    shutil.copytree(FIRST_FORM, profile)
    conn = sqlite.connect_workspace(profile / workspace_db.FILE, Vault(profile).key())
    assert conn.execute("PRAGMA user_version").fetchone()[0] == 1
    sqlite.close(conn)
    notebook = open_notebook(profile, create=False)
    assert notebook.tally() == (2, 1)
    (hit,) = notebook.search("仁济医院")
    assert [version.text for version in notebook.versions(hit.note.id)] == [
        "F: 1,640 beds\nQ Dr Li: 仁济医院 (sure)\n",
        "F: 1,700 beds\n",
    ]
    kept = notebook.album.attach(hit.note.id, look_at("lobby.png", picture("PNG")))
    assert notebook.album.attachments(hit.note.id) == [kept]
    assert notebook.me().name == "Anna"
    notebook.close()


WRITER = """
import sys
from pathlib import Path
from fieldguide.services.attachments import look_at
from fieldguide.services.notebook import open_notebook

notebook = open_notebook(Path(sys.argv[1]), create=True)
note = notebook.start(None, "")
for number in range(10_000):
    data = number.to_bytes(4, "big") * 200_000
    kept = notebook.album.attach(note.id, look_at(f"{number}.bin", data))
    print(note.id, flush=True)
"""


def test_a_killed_program_leaves_every_attachment_whole(tmp_path: Path) -> None:
    profile = tmp_path / "profile"
    environ = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(profile)], stdout=subprocess.PIPE, env=environ
    )
    assert child.stdout is not None
    said = [child.stdout.readline() for _ in range(8)]
    child.kill()
    said += [line for line in child.stdout.read().splitlines(keepends=True) if line.endswith(b"\n")]
    child.stdout.close()
    child.wait()
    notebook = open_notebook(profile, create=False)
    kept = notebook.album.attachments(said[0].decode().strip())
    assert len(said) <= len(kept) <= len(said) + 1
    for number, one in enumerate(kept):
        assert notebook.album.open(one) == number.to_bytes(4, "big") * 200_000
    notebook.close()


def test_every_question_on_attachments_is_answered_from_an_index(tmp_path: Path) -> None:
    workspace = open_workspace(tmp_path / "profile", create=True)
    for name, statement in vars(attachment_db).items():
        if name.startswith(("SELECT_", "SHOW_", "DELETE_")) and name != "SELECT_SIZE":
            wanted = 1 if "?1" in statement else statement.count("?")
            explained = workspace._conn.execute(f"EXPLAIN QUERY PLAN {statement}", ["0"] * wanted)
            plan = [row[3] for row in explained]
            assert not [step for step in plan if step.startswith("SCAN")], (name, plan)
    workspace.close()


def test_what_leaves_for_others_has_no_metadata_and_for_oneself_is_as_it_came(
    notebook: Notebook,
) -> None:
    data = photo_with_position()
    kept = attach(notebook, data, "IMG_1.JPEG")
    bomb, sheet = claimed_png(30_000, 30_000), b"%PDF-1.7 sheet"
    for name, content in (("plan.png", bomb), ("sheet.pdf", sheet)):
        notebook.album.attach(kept.note, look_at(name, content))
    photo, plan, page = notebook.album.enclosing("public")(kept.note)
    assert (photo.name, photo.photo, plan.read) == ("IMG_1.jpg", True, None)
    assert photo.read is not None and page.read is not None  # noqa: PT018
    assert b"CANARY" not in photo.read()
    assert page.read() == sheet
    own = notebook.album.enclosing("me")(kept.note)
    assert [one.read() for one in own if one.read] == [data, bomb, sheet]


def test_a_photo_that_cannot_be_decoded_stays_as_a_file(notebook: Notebook) -> None:
    data = picture()[:300]
    kept = attach(notebook, data)
    assert kept.stage is Stage.WAITING
    (left,) = notebook.album.enclosing("organiser")(kept.note)
    assert left.read is None
    (kept,) = notebook.album.attachments(kept.note)
    assert kept.stage is Stage.FILE
    assert notebook.album.open(kept) == data


def test_copies_made_again_take_the_place_of_the_first(notebook: Notebook) -> None:
    kept = attach(notebook, picture())
    for mark in (b"first", b"second"):
        kept = notebook.album.put_copies(kept, Copies(mark, mark, 60, 40))
    assert notebook.album.report_copy(kept) == kept.thumbnail == b"second"
