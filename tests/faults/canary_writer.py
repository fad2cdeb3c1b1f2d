"""A program to be searched: takes words from its input and puts each where a user may put one."""

import io
import json
import sys
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from fieldguide.domain.notes import AUDIENCES
from fieldguide.domain.records import Ref
from fieldguide.services import preferences
from fieldguide.services.attachments import look_at
from fieldguide.services.exports import save_markdown
from fieldguide.services.preferences import Preferences
from fieldguide.services.safety import Safety
from fieldguide.storage.key_content import Cost
from fieldguide.ui import theme
from fieldguide.ui.application import Application
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.lock import LockScreen

_COPYRIGHT: Final = 0x8298
_PATIENCE_S: Final = 20.0


def write(safety: Safety, words: dict[str, str]) -> None:
    """Everything that goes into notes without a window."""
    notebook = safety.open_notebook(create=True)
    notebook.introduce(words["author"])
    about = Ref("organisation", "renji-hospital")
    note = notebook.start(about, words["title"])
    note = notebook.save(note.id, f"Q: {words['replaced']}", note.revision.id)
    note = notebook.save(note.id, f"F: {words['text']} {words['hanzi']} beds", note.revision.id)
    photo = notebook.album.attach(note.id, look_at(f"{words['name']}.jpg", _photo(words["photo"])))
    notebook.album.set_caption(photo, words["caption"])
    notebook.album.report_copy(photo)
    data = words["bytes"].encode() * 20_000
    notebook.album.attach(note.id, look_at("list.bin", data))
    notebook.album.remove(notebook.album.attach(note.id, look_at("x.bin", words["gone"].encode())))
    trash = notebook.start(None, "")
    notebook.save(trash.id, words["trash"], trash.revision.id)
    notebook.delete(trash.id)
    assert notebook.search(words["text"])
    assert not notebook.search(words["search"])
    notebook.close()


def _photo(word: str) -> bytes:
    exif = Image.Exif()
    exif[_COPYRIGHT] = word
    file = io.BytesIO()
    Image.effect_noise((640, 480), 40).convert("RGB").save(file, "JPEG", exif=exif)
    return file.getvalue()


def use_window(root: Path, guide_file: Path, words: dict[str, str]) -> Application:
    """Unlock, type into the search and into a note, look at the pages, keep what was chosen."""
    app = QApplication(sys.argv[:1])
    theme.load_fonts()
    house = Application(
        app, guide_file, root / "profile", lambda: datetime.now().astimezone(),
        as_it_was=False, chosen=Preferences(welcomed=True, scheme="light"),
    )  # fmt: skip
    house.show()
    unlock(house, words["passphrase"])
    for place in (*map(Place, ("notes", "today", "settings")), Place("note", None, "new")):
        house.window.open(place)
        _settle(house.desk)
    editor = next(one for one in house.window.findChildren(QPlainTextEdit) if one.isVisible())
    QTest.keyClicks(editor, f"F: {words['typed']}")
    _wait(lambda: bool(_found(house.desk, words["typed"])))
    house.window.search()
    for word in (words["search"], words["text"]):
        line = _line()
        line.clear()
        QTest.keyClicks(line, word)
        _settle(house.desk)
    preferences.save(root / "profile", Preferences(text=120))
    return house


def unlock(house: Application, passphrase: str) -> None:
    """Type the passphrase into the screen that stands before everything."""
    _wait(lambda: house.window.findChild(LockScreen) is not None)
    _wait(lambda: isinstance(QApplication.focusWidget(), QLineEdit))
    QTest.keyClicks(_line(), passphrase)
    QTest.keyClick(_line(), Qt.Key.Key_Return)
    _wait(lambda: house.window.findChild(LockScreen) is None)


def lock(house: Application) -> None:
    """Wait until the file is closed behind the lock screen."""
    locked: list[None] = []
    house.keeper.locked.connect(lambda: locked.append(None))
    house.keeper.lock()
    _wait(lambda: bool(locked))


def _line() -> QLineEdit:
    line = QApplication.focusWidget()
    assert isinstance(line, QLineEdit)
    return line


def _found(desk: Desk, word: str) -> list[object]:
    told: list[list[object]] = []
    desk.notes.do(lambda book: list(book.search(word)), told.append)
    _wait(lambda: bool(told))
    return told[0]


def _settle(desk: Desk) -> None:
    for _ in range(3):
        told: list[None] = []
        desk.guide.do(lambda _: None, told.append)
        desk.notes.do(lambda _: None, told.append)
        _wait(lambda told=told: len(told) == 2)  # type: ignore[misc]
        QTest.qWait(30)


def _wait(done: Callable[[], bool]) -> None:
    until = time.monotonic() + _PATIENCE_S
    while not done():
        assert time.monotonic() < until, "it never came"
        QTest.qWait(5)


def main(root: Path, guide_file: Path, when: str) -> None:
    """Say ``open`` and then ``locked``, each when it is so, and go on with the next line read."""
    words = json.loads(sys.stdin.readline())
    safety = Safety(root / "profile", cost=Cost(1, 64, 1))
    (root / "stick").mkdir()
    safety.backups.set_second_copy(root / "stick")
    if when == "first":
        safety.set_passphrase(words["passphrase"], safety.new_code())
    write(safety, words)
    safety.backups.make()
    if when == "later":
        assert not safety.set_passphrase(words["passphrase"], safety.new_code())
    notebook = safety.open_notebook(create=False)
    (root / "exported").mkdir()
    enclosing = notebook.album.enclosing("me")
    save_markdown(notebook.whole(AUDIENCES["me"]), root / "exported" / "notes.zip", enclosing)
    notebook.close()
    safety.backups.make()
    house = use_window(root, guide_file, words)
    print("open", flush=True)
    sys.stdin.readline()
    lock(house)
    print("locked", flush=True)
    sys.stdin.readline()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
