"""Steps that tests of notes share: ask the notebook, write a note, find what a page says."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import Note, NoteCard
from fieldguide.domain.records import Ref
from fieldguide.services.notebook import Notebook
from fieldguide.ui.desk import Desk
from fieldguide.ui.note_list import NoteList
from fieldguide.ui.text import ScriptLabel


def ask(qtbot: QtBot, desk: Desk, question: Callable[[Notebook], object]) -> object:
    """The answer of the notebook, after all that was asked before."""
    answers: list[object] = []
    desk.notes.do(question, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=20_000)
    return answers[0]


def cards(qtbot: QtBot, desk: Desk) -> list[NoteCard]:
    found = ask(qtbot, desk, lambda book: book.notes())
    assert isinstance(found, list)
    return found


def write(qtbot: QtBot, desk: Desk, text: str, ref: Ref | None = None, title: str = "") -> Note:
    def begin(book: Notebook) -> Note:
        note = book.start(ref, title)
        return book.save(note.id, text, note.revision.id)

    note = ask(qtbot, desk, begin)
    assert isinstance(note, Note)
    return note


def listing(page: QWidget) -> NoteList:
    found = page.findChild(NoteList)
    assert isinstance(found, NoteList)
    return found


def says(page: QWidget, words: str) -> bool:
    return any(words in label.text() for label in page.findChildren(ScriptLabel))


def button(page: QWidget, text: str) -> QPushButton:
    return next(
        one for one in page.findChildren(QPushButton) if text in (one.text(), one.accessibleName())
    )


def files(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: QWidget, mime: QMimeData) -> QDropEvent:
    """Bring it over and let it go, as a file manager does that would rather move than copy."""
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    held = (mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier)
    enter = QDragEnterEvent(QPoint(10, 10), actions, *held)
    enter.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(target, enter)
    assert enter.isAccepted()
    event = QDropEvent(QPoint(10, 10), actions, *held)
    event.setDropAction(Qt.DropAction.MoveAction)
    QApplication.sendEvent(target, event)
    return event
