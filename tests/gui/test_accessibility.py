"""Every page by keyboard and by ear: names, the way of Tab, where the keys are."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QWidget
from pytestqt.qtbot import QtBot

from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.page import Page
from tests.e2e.walking import Strays
from tests.gui.tour import STOPS, Tour

Waiter = Callable[[Callable[[], bool]], None]
MOST_TABS = 60
"""More than any page has controls."""


@pytest.fixture
def tour(qtbot: QtBot, desk: Desk, wait_for: Waiter) -> Tour:
    return Tour(qtbot, desk, wait_for)


def spoken(widget: QWidget) -> str:
    """What a screen reader calls it."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()


def described(widget: QWidget) -> str:
    kind, parent = type(widget).__name__, type(widget.parentWidget()).__name__
    return f"{kind} {spoken(widget)!r} in {parent}"


def takes_keys(within: QWidget) -> Iterator[QWidget]:
    """All that can have the focus; what belongs to a larger control is that control's affair."""
    for widget in within.findChildren(QWidget):
        shown = widget.isVisible() and widget.isEnabled() and widget.focusPolicy().value
        own = widget.focusProxy() is None and not widget.objectName().startswith("qt_")
        if shown and own:
            yield widget


def walked(qtbot: QtBot, tour: Tour) -> list[QWidget]:
    """What Tab comes past, beginning and ending where the keys were."""
    found: list[QWidget] = []
    for _ in range(MOST_TABS):
        focused = QApplication.focusWidget()
        if focused is None or focused in found:
            break
        found.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    return found


def beside(widget: QWidget, reached: list[QWidget]) -> bool:
    """Whether the arrow keys lead to a button from another of its group."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and any(one in reached for one in group.buttons())


def keyless(page: Page) -> Iterator[str]:
    """Why a page that has just opened does not have the keys."""
    focused = QApplication.focusWidget()
    if focused is None or not (focused is page or page.isAncestorOf(focused)):
        yield "the keys are elsewhere"
    elif not focused.isVisible():
        yield f"the keys are on what is hidden: {described(focused)}"


def nameless(window: QWidget) -> Iterator[str]:
    """Controls that a screen reader has no name for."""
    for one in takes_keys(window):
        if not spoken(one):
            yield f"no name: {described(one)}"


def deaf(window: QWidget) -> Iterator[str]:
    """Buttons that can only be clicked."""
    for one in window.findChildren(QAbstractButton):
        if one.isVisible() and one.isEnabled() and not one.focusPolicy().value:
            yield f"deaf: {described(one)}"


def mute(page: Page) -> Iterator[str]:
    """Rows of lists that are not spoken."""
    for view in page.findChildren(QAbstractItemView):
        model = view.model()
        if model is None or not view.isVisible():
            continue
        column = view.currentIndex().column() if view.currentIndex().isValid() else 0
        for row in range(min(model.rowCount(), 40)):
            if not model.index(row, column).data(Qt.ItemDataRole.AccessibleTextRole):
                yield f"mute: row {row} of {described(view)}"


def missed(qtbot: QtBot, tour: Tour) -> Iterator[str]:
    """Controls that Tab does not come past."""
    reached = walked(qtbot, tour)
    for one in takes_keys(tour.window):
        if one not in reached and not beside(one, reached):
            yield f"missed by Tab: {described(one)}"


def test_every_page_takes_the_keys_names_its_controls_speaks_its_rows_and_is_walked_by_tab(
    qtbot: QtBot, dressed: QApplication, tour: Tour
) -> None:
    strays = Strays(dressed, tour.window)
    found = {}
    for stop, place in STOPS.items():
        page = tour.go(place)
        found[stop] = [*keyless(page), *nameless(tour.window), *deaf(tour.window), *mute(page)]
        # It moves the keys, so it comes last.
        found[stop] += missed(qtbot, tour)
    assert not any(found.values()), {stop: said for stop, said in found.items() if said}
    assert not strays.seen, "parts of a page were windows of their own for a moment"


@pytest.mark.parametrize(
    ("stop", "first", "then"),
    [("day", "Open visit", "Visits of the day"), ("map", "Monday 27 May", "Stops")],
)
def test_tab_goes_down_the_page(qtbot: QtBot, tour: Tour, stop: str, first: str, then: str) -> None:
    tour.go(STOPS[stop])
    for again in (False, True):
        if again:
            tour.window.size_text(10)
            tour.go(STOPS[stop])
        names = [spoken(one) for one in walked(qtbot, tour)]
        begin = names.index("Search")
        names = names[begin:] + names[:begin]
        assert names.index(first) < names.index(then)


def test_the_comparison_is_read_and_walked(qtbot: QtBot, tour: Tour) -> None:
    tour.compare()
    reached = walked(qtbot, tour)
    assert any(isinstance(one, QAbstractItemView) and one.isVisible() for one in reached)
    assert all(spoken(one) for one in takes_keys(tour.window))


def test_the_search_is_named_and_gives_the_keys_back(qtbot: QtBot, tour: Tour) -> None:
    tour.go(Place("directory"))
    before = QApplication.focusWidget()
    tour.window.search()
    tour.settle()
    line = QApplication.focusWidget()
    assert line is not None
    assert line is not before
    assert all(spoken(one) for one in takes_keys(tour.window))
    qtbot.keyClick(line, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is before
