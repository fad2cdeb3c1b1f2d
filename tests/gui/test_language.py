"""Every word of the interface goes through translation; what the guide says stays as it is."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from fieldguide.domain import directory, records
from fieldguide.storage.sqlite import connect_guide
from fieldguide.ui.desk import Desk
from fieldguide.ui.lists import ItemList
from fieldguide.ui.text import ScriptLabel
from tests.gui.tour import STOPS, Tour

Waiter = Callable[[Callable[[], bool]], None]
MARKED = re.compile(r"⟦[^⟦⟧]*⟧")
WORD = re.compile(r"[^\W\d_]{2,}")
SPLIT = re.compile(r"\n|; | · |(?<=[\u3400-\u9fff]) | (?=[\u3400-\u9fff])")
LEAD = re.compile(r"^(\w{3} )?[\d,:]+:? ")
NAMED = re.compile(
    r"\b(Ctrl|Alt|Shift|Del|Return|Enter|Backspace|Esc|Tab|Space|Up|Down|Left|Right|May)\b"
    r"|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)([a-z]*day)?\b"
)
"""Keys and days, which Qt names in the language of the system."""
QT = re.compile(r"Q[A-Z]")
"""How Qt names the contexts of its own texts."""
CODE = re.compile(r"^(?:[A-Z2-9]{4}-){7}[A-Z2-9]{4}$")
"""A recovery code; no two are alike."""
FILE = re.compile(r"^(?:/\S+|\w+/|\w+\.(?:db|key|toml))$")
SENTENCES = (
    "The guide cannot be read.",
    "This guide holds no record “place/nowhere”.",
    "There is no note “none”.",
    "No time is told for Visit to SSTT and Suzhou New District.",
)
"""What errors and cautions say; they are put into words where there is no window."""
TABLES = ("record", "name", "fact", "doubt", "link", "source", "meta")


class Pseudo(QTranslator):
    """A language in which every sentence is the English one between brackets, and half longer."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        # Qt's own words are Qt's; some of them name keys, which it reads back.
        return source if QT.match(context) else f"⟦{source}{'~' * (len(source) // 2)}⟧"


@pytest.fixture
def tour(qtbot: QtBot, dressed: QApplication, desk: Desk, wait_for: Waiter) -> Iterator[Tour]:
    translator = Pseudo()
    dressed.installTranslator(translator)
    yield Tour(qtbot, desk, wait_for)
    dressed.removeTranslator(translator)


@pytest.fixture(scope="session")
def own_words(guide_file: Path) -> set[str]:
    """Whatever a guide says, cell by cell, and the terms it is told in."""
    said = {*directory.SECTIONS.values(), *directory.FACETS.values(), *records.KINDS.values()}
    said |= {
        *records.NAME_TYPES.values(),
        *(one for two in records.RELATIONS.values() for one in two),
    }
    database = connect_guide(guide_file)
    for table in TABLES:
        said.update(str(cell) for row in database.execute(f"select * from {table}") for cell in row)
    [(parts,)] = database.execute("select value from meta where key = 'arrival'")
    said.update(part["heading"] for part in json.loads(parts))
    database.close()
    return said


def texts(page: QWidget) -> Iterator[str]:
    """What can be read or heard on a page, but for the rows of lists that are no headings."""
    for widget in [page, *page.findChildren(QWidget)]:
        if not widget.isVisible():
            continue
        yield widget.accessibleName()
        yield widget.accessibleDescription()
        yield widget.toolTip()
        if isinstance(widget, QLabel | QAbstractButton | ScriptLabel):
            yield widget.text()
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget.placeholderText()
        elif isinstance(widget, ItemList):
            items = [widget.items.item(row) for row in range(widget.items.rowCount())]
            yield from (item.speech for item in items if item.heading)
        elif isinstance(widget, QHeaderView):
            heads = widget.model()
            for place in range(widget.count()):
                yield heads.headerData(place, widget.orientation()) or ""
        elif isinstance(widget, QTabBar):
            yield from (widget.tabText(place) for place in range(widget.count()))


def unsaid(text: str, own_words: set[str]) -> str:
    """What is left of a text when translations, what the guide says, and figures are taken out."""
    for known in (*SENTENCES, *FILE.findall(text), *CODE.findall(text)):
        text = text.replace(known, "")
    while (shorter := MARKED.sub("", text)) != text:
        text = shorter
    if text.strip() in own_words:
        return ""
    pieces = [LEAD.sub("", piece).strip(" :") for piece in SPLIT.split(text)]
    return "; ".join(
        piece
        for piece in pieces
        if WORD.search(NAMED.sub("", piece)) and not told(piece, own_words)
    )


def told(piece: str, own_words: set[str]) -> bool:
    """Whether a guide says it, also as a part of something longer when it is no single word."""
    if piece in own_words or (" " in piece and any(piece in cell for cell in own_words)):
        return True
    role, _, place = piece.partition(", ")
    return bool(place) and role in own_words and place in own_words


def test_every_text_of_the_interface_is_translated(tour: Tour, own_words: set[str]) -> None:
    left = {
        (stop, text)
        for stop, place in STOPS.items()
        for page in (tour.go(place), tour.window.rail)
        for text in texts(page)
        if unsaid(text, own_words)
    }
    assert not left, "\n".join(sorted(map(str, left)))
