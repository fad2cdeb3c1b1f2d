"""Photos and files on a note: dropped, pasted or chosen; seen, named, removed, taken back."""

import io
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.domain.records import Ref
from fieldguide.services.pasted import plain_text
from fieldguide.ui.attachment_bar import AttachmentBar, AttachmentList, AttachmentModel
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.picture_view import PictureDialog
from tests.gui.note_steps import ask, button, cards, drop, files, says, write

BIOBAY = Ref("organisation", "biobay")
OnScreen = Callable[[QWidget], None]
Waiter = Callable[[Callable[[], bool]], None]
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def photo(form: str = "JPEG", size: tuple[int, int] = (400, 300)) -> bytes:
    written = io.BytesIO()
    Image.effect_noise(size, 60).convert("RGB").save(written, form)
    return written.getvalue()


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen) -> NotePage:
    made = NotePage(desk)
    made.heard = []  # type: ignore[attr-defined]
    made.said.connect(made.heard.append)  # type: ignore[attr-defined]
    on_screen(made)
    made.show_place(Place("note", BIOBAY, "new"))
    return made


def editor(page: NotePage) -> Editor:
    return page._view.editor


def tiles(page: NotePage) -> AttachmentList:
    return page._view.attachments.list


def shown(page: NotePage) -> list[Attachment]:
    model = tiles(page).tiles
    return [
        model.index(row).data(AttachmentModel.AttachmentRole) for row in range(model.rowCount())
    ]


def heard(page: NotePage) -> str:
    return " | ".join(page.heard)  # type: ignore[attr-defined]


def settled(page: NotePage, number: int) -> Callable[[], bool]:
    return lambda: (
        len(shown(page)) == number
        and not page._attaching.busy
        and all(one.stage is not Stage.WAITING for one in shown(page))
    )


def test_a_dropped_photo_begins_the_note_and_is_seen_small(
    qtbot: QtBot, desk: Desk, page: NotePage, tmp_path: Path, wait_for: Waiter
) -> None:
    path = tmp_path / "lobby.jpg"
    path.write_bytes(photo())
    wait_for(lambda: says(page, "苏州"))
    event = drop(page._view.attachments, files(path))
    assert event.dropAction() is Qt.DropAction.CopyAction
    wait_for(settled(page, 1))
    (card,) = cards(qtbot, desk)
    assert (card.about, card.title) == (BIOBAY, "BioBAY")
    (one,) = shown(page)
    assert (one.note, one.stage) == (card.id, Stage.PHOTO)
    picture = tiles(page).tiles.index(0).data(AttachmentModel.ThumbnailRole)
    assert (picture.width(), picture.height()) == (320, 240)
    assert "Attached: lobby.jpg" in heard(page)
    assert says(page, "Saved ")
    assert path.exists()


def test_text_that_is_being_typed_is_saved_with_the_photo(
    qtbot: QtBot, desk: Desk, page: NotePage, wait_for: Waiter
) -> None:
    qtbot.keyClicks(editor(page), "the crane")
    mime = QMimeData()
    mime.setData("image/png", photo("PNG"))
    editor(page).insertFromMimeData(mime)
    wait_for(settled(page, 1))
    (card,) = cards(qtbot, desk)
    assert card.opening == "the crane"
    assert editor(page).text() == "the crane"
    assert shown(page)[0].name.startswith("Photo 2013-05-28")


def test_files_dropped_on_the_text_are_attached_and_not_written_into_it(
    page: NotePage, tmp_path: Path, wait_for: Waiter
) -> None:
    paths = [tmp_path / "a.pdf", tmp_path / "b.txt"]
    for path in paths:
        path.write_bytes(b"%PDF-1.7 " + path.name.encode())
    event = drop(editor(page).viewport(), files(*paths))
    assert event.dropAction() is Qt.DropAction.CopyAction
    wait_for(settled(page, 2))
    assert [one.name for one in shown(page)] == ["a.pdf", "b.txt"]
    assert editor(page).text() == ""


def test_a_picture_from_the_clipboard_is_pasted_with_a_key(
    qtbot: QtBot, page: NotePage, wait_for: Waiter
) -> None:
    image = QImage(64, 32, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(image)
    qtbot.keyClick(editor(page), Qt.Key.Key_V, CONTROL)
    wait_for(settled(page, 1))
    assert (shown(page)[0].width, shown(page)[0].height) == (64, 32)


def test_of_pasted_html_only_the_words_are_taken(
    page: NotePage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bait = tmp_path / "bait.png"
    bait.write_bytes(photo("PNG"))
    opened: list[str] = []
    monkeypatch.setattr("pathlib.Path.open", lambda path, *_: opened.append(str(path)))
    mime = QMimeData()
    mime.setHtml(
        f"<head><style>p {{ background: url(http://x.example/a.png) }}</style></head><p>Rent "
        f"<b>40</b> &amp; more<br>second<img src='http://x.example/b.png'><img src='{bait.as_uri()}'>"
        "<script>alert('no')</script></p><ul><li>one<li>two</ul>"
    )
    editor(page).insertFromMimeData(mime)
    assert editor(page).text() == "Rent 40 & more\nsecond\n\none\ntwo"
    assert not opened
    assert not shown(page)


def test_words_are_taken_where_a_table_is_copied_as_words_and_picture(page: NotePage) -> None:
    mime = QMimeData()
    mime.setText("beds\t1,600")
    mime.setHtml("<table><tr><td>beds<td>1,600</table>")
    mime.setData("image/png", photo("PNG"))
    editor(page).insertFromMimeData(mime)
    assert editor(page).text() == "beds\t1,600"
    assert not page._attaching.busy


@pytest.mark.parametrize("page_text", ["", "<", "<p ", "&#x110000;&#0;", "<script>x", "</p></p>a"])
def test_broken_html_gives_what_words_it_has(page_text: str) -> None:
    assert plain_text(page_text) in ("", "<", "<p", "\ufffd\ufffd", "a")


def test_what_is_refused_or_only_a_file_is_said_in_a_sentence(
    page: NotePage, tmp_path: Path, wait_for: Waiter
) -> None:
    large, posing, bomb = (tmp_path / name for name in ("large.jpg", "posing.jpg", "bomb.png"))
    with large.open("wb") as file:
        file.truncate(100 * 1024**2)
    posing.write_text("only text")
    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    check = struct.pack(">I", zlib.crc32(b"IHDR" + header))
    bomb.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + header + check + b"\0" * 99)
    drop(page._view.attachments, files(large, posing, bomb, tmp_path / "gone.jpg"))
    wait_for(lambda: settled(page, 2)() and "gone.jpg" in heard(page))
    for words in ("larger than 50 MB", "is no photo", "900 megapixels", "cannot be read"):
        assert words in heard(page)
    assert {one.stage for one in shown(page)} == {Stage.FILE}


def test_a_photo_that_cannot_be_decoded_is_kept_and_said(
    page: NotePage, tmp_path: Path, wait_for: Waiter
) -> None:
    path = tmp_path / "torn.jpg"
    path.write_bytes(photo()[:900])
    drop(page._view.attachments, files(path))
    wait_for(settled(page, 1))
    assert shown(page)[0].stage is Stage.FILE
    assert "kept as a file" in heard(page)


def test_a_photo_whose_copies_are_missing_gets_them_when_the_note_is_opened(
    qtbot: QtBot, desk: Desk, page: NotePage, wait_for: Waiter
) -> None:
    from fieldguide.services.attachments import look_at

    note = write(qtbot, desk, "seen")
    ask(qtbot, desk, lambda book: book.album.attach(note.id, look_at("a.jpg", photo())))
    page.show_place(Place("note", None, note.id))
    wait_for(settled(page, 1))
    assert shown(page)[0].stage is Stage.PHOTO


def attached(page: NotePage, wait_for: Waiter, number: int = 1) -> None:
    for count in range(number):
        mime = QMimeData()
        mime.setData("image/jpeg", photo(size=(40 + count, 30)))
        editor(page).insertFromMimeData(mime)
    wait_for(settled(page, number))
    tiles(page).setFocus()
    tiles(page).setCurrentIndex(tiles(page).tiles.index(0))


def test_a_caption_is_written_by_key_and_found(
    qtbot: QtBot, desk: Desk, page: NotePage, wait_for: Waiter
) -> None:
    attached(page, wait_for)
    qtbot.keyClick(tiles(page), Qt.Key.Key_F2)
    line = tiles(page).findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    assert line.accessibleName()
    qtbot.keyClicks(line, "crane at the gate")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    wait_for(lambda: shown(page)[0].caption == "crane at the gate")
    index = tiles(page).tiles.index(0)
    assert "crane at the gate" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    hits = ask(qtbot, desk, lambda book: book.search("crane"))
    assert isinstance(hits, list)
    assert len(hits) == 1


def test_a_photo_is_removed_by_key_and_comes_back_with_undo(
    qtbot: QtBot, page: NotePage, wait_for: Waiter
) -> None:
    attached(page, wait_for, 2)
    first, second = shown(page)
    qtbot.keyClick(tiles(page), Qt.Key.Key_Delete)
    wait_for(lambda: shown(page) == [second])
    assert tiles(page).current() == second
    undo = button(page._view.attachments.toast, "Undo")
    assert undo.isVisible()
    undo.click()
    wait_for(lambda: shown(page) == [first, second])
    assert not undo.isVisible()


def test_a_photo_opens_in_a_window_of_its_own_with_its_caption_in_words(
    qtbot: QtBot, desk: Desk, page: NotePage, wait_for: Waiter
) -> None:
    attached(page, wait_for)
    qtbot.keyClick(tiles(page), Qt.Key.Key_Return)
    wait_for(lambda: page.window().findChild(PictureDialog) is not None)
    dialog = page.window().findChild(PictureDialog)
    assert isinstance(dialog, PictureDialog)
    qtbot.waitExposed(dialog)
    assert dialog.isModal()
    assert shown(page)[0].name in dialog.accessibleName()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    wait_for(lambda: page.window().findChild(PictureDialog) is None)


def test_a_file_is_saved_where_the_user_wants_it(
    qtbot: QtBot,
    page: NotePage,
    tmp_path: Path,
    wait_for: Waiter,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, target = tmp_path / "agenda.pdf", tmp_path / "copy.pdf"
    source.write_bytes(b"%PDF-1.7 agenda")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([str(source)], ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    editor(page).setFocus()
    qtbot.keyClick(editor(page), Qt.Key.Key_A, CONTROL | SHIFT)
    wait_for(settled(page, 1))
    tiles(page).setCurrentIndex(tiles(page).tiles.index(0))
    tiles(page).open()
    wait_for(lambda: "Written to" in heard(page))
    assert target.read_bytes() == source.read_bytes()


def test_another_note_shows_its_own_attachments(
    qtbot: QtBot, desk: Desk, page: NotePage, wait_for: Waiter
) -> None:
    attached(page, wait_for)
    (own,) = shown(page)
    page.show_place(Place("note", None, "new"))
    assert not shown(page)
    page.show_place(Place("note", BIOBAY, own.note))
    wait_for(lambda: shown(page) == [own])


def test_a_photo_that_cannot_be_kept_is_said_and_the_text_stays(
    broken_desk: Desk, on_screen: OnScreen, wait_for: Waiter
) -> None:
    page = NotePage(broken_desk)
    said: list[str] = []
    page.said.connect(said.append)
    on_screen(page)
    page.show_place(Place("note", None, "new"))
    editor(page).setPlainText("kept in memory")
    mime = QMimeData()
    mime.setData("image/png", photo("PNG"))
    editor(page).insertFromMimeData(mime)
    wait_for(lambda: "The disk is full." in said and says(page, "Not saved"))
    assert editor(page).text() == "kept in memory"
    assert not shown(page)
    broken_desk.notes.close()


def test_the_strip_can_be_read_and_used_without_eyes_or_mouse(
    page: NotePage, wait_for: Waiter
) -> None:
    bar = page._view.attachments
    QAbstractItemModelTester(tiles(page).tiles, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert not tiles(page).isVisible()
    attached(page, wait_for)
    assert isinstance(bar, AttachmentBar)
    for widget in (bar, tiles(page), bar._attach, *bar._deeds):
        assert widget.accessibleName()
    assert all(deed.isVisible() and deed.isEnabled() for deed in bar._deeds)
