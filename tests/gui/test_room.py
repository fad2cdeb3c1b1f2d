"""Large text and small windows: all fits, and nothing is moved sideways but maps and comparisons."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractScrollArea, QAbstractSlider, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.ui.desk import Desk
from fieldguide.ui.theme import Theme
from tests.gui.tour import STOPS, Tour

Waiter = Callable[[Callable[[], bool]], None]
Wear = Callable[[Theme], None]
FACES = ("day", "directory", "overview", "map", "notes", "note", "help", "settings", "welcome")
"""The pages that have a wide and a narrow form, each once."""


def outside(page: QWidget) -> Iterator[QWidget]:
    """What begins or ends beyond the page, and what would have to be moved sideways."""
    for widget in page.findChildren(QWidget):
        if not widget.isVisible() or isinstance(widget, QAbstractSlider):
            continue
        left = widget.mapTo(page, QPoint(0, 0)).x()
        within = 0 <= left <= page.width() - widget.width()
        scrolls = isinstance(widget, QAbstractScrollArea) and widget.horizontalScrollBar().maximum()
        if scrolls or not within:
            yield widget


@pytest.mark.parametrize(
    ("scale", "width", "height"), [(2.0, 1280, 800), (1.5, 1280, 800), (1.0, 1000, 640)]
)
def test_nothing_is_moved_sideways(
    qtbot: QtBot,
    desk: Desk,
    wait_for: Waiter,
    wear: Wear,
    scale: float,
    width: int,
    height: int,
) -> None:
    wear(Theme("light", scale))
    tour = Tour(qtbot, desk, wait_for)
    tour.window.resize(width, height)
    for stop, place in STOPS.items():
        page = tour.go(place)
        assert tour.window.width() == width, f"{stop}: {tour.window.width()}"
        assert tour.window.height() == height, f"{stop}: {tour.window.height()}"
        found = [f"{type(one).__name__} {one.accessibleName()!r}" for one in outside(page)]
        assert not found, f"{stop}: {found}"


@pytest.mark.parametrize("stop", FACES)
def test_a_change_of_text_size_keeps_all_in_its_place(
    qtbot: QtBot, desk: Desk, wait_for: Waiter, wear: Wear, stop: str
) -> None:
    # One page in one window: what is dressed again is only what is looked at.
    tour = Tour(qtbot, desk, wait_for)
    page = tour.go(STOPS[stop])
    wear(Theme("dark", 2.0))
    tour.settle()
    assert tour.window.width() == 1280
    assert not list(outside(page))
    wear(Theme("light", 1.0))
    tour.settle()
    assert not list(outside(page))


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_the_lines_of_a_note_end_where_the_paper_ends(
    qtbot: QtBot, desk: Desk, wait_for: Waiter, wear: Wear, scale: float
) -> None:
    wear(Theme("light", scale))
    page = Tour(qtbot, desk, wait_for).go(STOPS["note"])
    editor = page.findChild(QPlainTextEdit)
    ground = editor.viewport().grab().toImage()
    assert "Type" in editor.placeholderText()
    colours = {ground.pixel(x, y) for x in range(ground.width()) for y in range(30)}
    assert len(colours) > 8, "the placeholder is not to be seen"
    editor.setPlainText("O: " + "a line that has to be broken " * 12)
    first = editor.document().firstBlock().layout()
    assert first.lineCount() > 1
    assert max(first.lineAt(row).width() for row in range(first.lineCount())) <= (
        editor.viewport().width()
    )
