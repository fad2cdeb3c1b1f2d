"""The editor: what is typed is the text, byte for byte; its marks are drawn, clicked and keyed."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent, QShortcut, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QApplication, QListView, QToolButton
from pytestqt.qtbot import QtBot

from fieldguide.domain.notes import LineKind
from fieldguide.domain.records import KINDS, Ref
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.ui.boxes import SIDE
from fieldguide.ui.completion import ROWS
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.editor import Editor
from fieldguide.ui.format_bar import FormatBar
from fieldguide.ui.key_sheet import groups
from fieldguide.ui.line_pitch import PITCH
from fieldguide.ui.pages.note import NotePage
from fieldguide.ui.text import utf16_units
from tests.gui.conftest import OnScreen, Waiter
from tests.gui.note_steps import button, cards, says
from tests.gui.tour import Tour

BIOBAY = Ref("organisation", "biobay")
LINK = "[[organisation/biobay|BioBAY]]"
CONTROL, SHIFT, ALT, NONE = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
    Qt.KeyboardModifier.NoModifier,
)
HOSTILE = (
    "\u00a0", "\r", "\n", "\r\n", "\u2028", "\u2029", "\0", "\x0b", "\x0c", "\x1c", "\x85", "😀",
    "e\u0301", "\ufeff", "\ufffc", "\ufffd", "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd8", "\ue000",
    "\ud800", "\udfff", "\udc00\ud800", "\u202e", "\u200d", "👩‍⚕️", "仁济", "# ", "- [ ] ", "Q : ",
    LINK, "*", "<b>", "&amp;", "\t", " ",
)  # fmt: skip
ANY_TEXT = st.lists(
    st.one_of(st.sampled_from(HOSTILE), st.text(st.characters(exclude_categories=()), max_size=8)),
    max_size=12,
).map("".join)


@pytest.fixture
def page(desk: Desk, on_screen: OnScreen) -> NotePage:
    made = NotePage(desk)
    on_screen(made)
    made.show_place(Place("note", None, "new"))
    made.setFocus()
    return made


@pytest.fixture
def editor(page: NotePage) -> Editor:
    found = page.findChild(Editor)
    assert isinstance(found, Editor)
    return found


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Notebook]:
    opened = open_notebook(tmp_path / "own", create=True)
    yield opened
    opened.close()


def commit(editor: Editor, text: str) -> None:
    """Type as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(editor, event)


def compose(editor: Editor, text: str) -> None:
    """Show what an input method has not committed yet."""
    QApplication.sendEvent(editor, QInputMethodEvent(text, []))


def type_in(qtbot: QtBot, editor: Editor, text: str) -> None:
    """Type with keys where there are such keys."""
    for char in text:
        if char == "\n":
            qtbot.keyClick(editor, Qt.Key.Key_Return)
        elif char.isascii():
            qtbot.keyClicks(editor, char)
        else:
            commit(editor, char)


def put_cursor(editor: Editor, text: str, *, behind: bool = False) -> None:
    """Put the cursor before the first place of a text, or behind it."""
    place = editor.text().index(text)
    cursor = editor.textCursor()
    cursor.setPosition(utf16_units(editor.text()[: place + len(text) * behind]))
    editor.setTextCursor(cursor)


def form_at(editor: Editor, text: str) -> QTextCharFormat:
    """How a stretch of the text is drawn."""
    start = utf16_units(editor.text()[: editor.text().index(text)])
    block = editor.document().findBlock(start)
    inner = start - block.position()
    for run in block.layout().formats():
        if run.start <= inner < run.start + run.length:
            return QTextCharFormat(run.format)
    return QTextCharFormat()


def spot(editor: Editor, text: str) -> QPoint:
    """A point of the viewport on the first letter of a text."""
    was = editor.textCursor()
    cursor = editor.textCursor()
    cursor.setPosition(utf16_units(editor.text()[: editor.text().index(text)]))
    editor.setTextCursor(cursor)
    point = editor.cursorRect().center() + QPoint(4, 0)
    editor.setTextCursor(was)
    return point


# The text


@settings(max_examples=150, suppress_health_check=tuple(HealthCheck))
@given(ANY_TEXT)
@example("a\r\nb\r\n")
@example("a\r\nb\nc\rd")
@example("".join(HOSTILE))
def test_any_text_comes_back_byte_for_byte_from_the_editor_and_the_file(
    editor: Editor, book: Notebook, text: str
) -> None:
    editor.show_text(text)
    assert editor.text() == text
    begun = book.start(None, "")
    kept = book.save(begun.id, editor.text(), begun.revision.id)
    editor.show_text("")
    editor.show_text(book.note(kept.id).text)
    assert editor.text() == text


@settings(max_examples=80, suppress_health_check=tuple(HealthCheck))
@given(ANY_TEXT)
def test_a_key_changes_nothing_but_what_it_types_and_undo_takes_only_that_back(
    qtbot: QtBot, editor: Editor, text: str
) -> None:
    editor.show_text(text)
    qtbot.keyClick(editor, Qt.Key.Key_X)
    assert editor.text() == text + "x"
    editor.undo()
    assert editor.text() == text


@settings(max_examples=80, suppress_health_check=tuple(HealthCheck))
@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=9))
def test_what_is_copied_and_pasted_is_the_same(editor: Editor, text: str) -> None:
    editor.show_text(text)
    editor.selectAll()
    copied = editor.createMimeDataFromSelection()
    editor.show_text("")
    editor.insertFromMimeData(copied)
    assert editor.text() == text


def test_a_whole_note_is_written_with_keys_alone(qtbot: QtBot, editor: Editor) -> None:
    type_in(qtbot, editor, "# Day 2\nF: 330 firms (sure)\n\n- one\n")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    type_in(qtbot, editor, "within\n\n")
    qtbot.keyClick(editor, Qt.Key.Key_X, CONTROL | SHIFT)
    type_in(qtbot, editor, "张江\n")
    assert editor.text() == (
        "# Day 2\nF: 330 firms (sure)\n\n- one\n  - within\n- [ ] 张江\n- [ ] "
    )


def test_a_page_that_is_pasted_leaves_only_its_words(editor: Editor) -> None:
    page = QMimeData()
    page.setHtml(
        "<h1>Rent</h1><p>RMB <b>40</b> per m²</p><img src='http://192.0.2.1/x.png'>"
        "<img src='file:///etc/hostname'><script>alert(1)</script>"
        "<a href='http://192.0.2.1/'>site</a>"
    )
    assert editor.canInsertFromMimeData(page)
    editor.insertFromMimeData(page)
    assert editor.text().split() == ["Rent", "RMB", "40", "per", "m²", "site"]
    block = editor.document().begin()
    while block.isValid():
        for run in block.textFormats():
            assert not run.format.isImageFormat()
            assert not run.format.isAnchor()
        block = block.next()


def test_words_that_come_with_a_page_are_taken_as_words(editor: Editor) -> None:
    both = QMimeData()
    both.setHtml("<b>rich</b>")
    both.setText("<b>\r\nplain\u00a0text")
    editor.insertFromMimeData(both)
    assert editor.text() == "<b>\nplain\u00a0text"


def test_undo_outlasts_saving(
    qtbot: QtBot, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    for word in ("first ", "second "):
        type_in(qtbot, editor, word)
        wait_for(lambda: says(page, "Saved "))
        put_cursor(editor, word, behind=True)
    qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.text() == "first "
    qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL)
    assert editor.text() == ""
    qtbot.keyClick(editor, Qt.Key.Key_Z, CONTROL | SHIFT)
    assert editor.text() == "first "


def test_what_an_input_method_holds_is_neither_saved_nor_lost(
    qtbot: QtBot, desk: Desk, page: NotePage, editor: Editor, wait_for: Waiter
) -> None:
    type_in(qtbot, editor, "in ")
    compose(editor, "zhangjiang")
    wait_for(lambda: says(page, "Saved "))
    assert [card.opening for card in cards(qtbot, desk)] == ["in"]
    assert editor.textCursor().block().layout().preeditAreaText() == "zhangjiang"
    commit(editor, "张江")
    page.leave()
    assert [card.opening for card in cards(qtbot, desk)] == ["in 张江"]


def test_an_empty_note_can_be_left_and_a_note_can_be_emptied(
    qtbot: QtBot, desk: Desk, page: NotePage, editor: Editor
) -> None:
    page.leave()
    assert not cards(qtbot, desk)
    type_in(qtbot, editor, "word")
    page.leave()
    editor.selectAll()
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    page.leave()
    assert [card.opening for card in cards(qtbot, desk)] == [""]


def test_a_note_of_a_megabyte_stays_usable(qtbot: QtBot, editor: Editor) -> None:
    line = "F: 330 companies in **BioBAY** 生物纳米园, [[organisation/biobay|BioBAY]] (unsure)\n"
    text = line * (1_000_000 // len(line.encode()) + 1)
    begun = time.perf_counter()
    editor.show_text(text)
    QApplication.processEvents()
    loaded = time.perf_counter() - begun
    keys = []
    for _ in range(20):
        begun = time.perf_counter()
        qtbot.keyClick(editor, Qt.Key.Key_X)
        QApplication.processEvents()
        keys.append(time.perf_counter() - begun)
    assert editor.text() == text + "x" * 20
    assert loaded < 3
    assert sorted(keys)[10] < 0.05


def test_in_a_long_note_what_comes_into_sight_is_dressed(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text("**bold**\n" * 2_000 + "**last**")
    QApplication.processEvents()
    assert form_at(editor, "last").fontWeight() == 600
    middle = editor.document().findBlockByNumber(1_000)
    assert not middle.layout().formats()
    editor.setTextCursor(QTextCursor(middle))
    QApplication.processEvents()
    assert middle.layout().formats()


# What is drawn


def test_headings_are_larger_bold_is_bold_and_hanzi_are_never_slanted(editor: Editor) -> None:
    editor.show_text("# Day\n## Noon\n**strong** *slanted 重要*\nF: fact\nQ Li: said (unsure)")
    sizes = [form_at(editor, word).font().pixelSize() for word in ("Day", "Noon", "strong")]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] > sizes[2]
    assert form_at(editor, "strong").fontWeight() == 600
    assert form_at(editor, "slanted").fontItalic()
    assert not form_at(editor, "重要").fontItalic()
    dots = QTextCharFormat.UnderlineStyle.DotLine
    assert form_at(editor, "重要").underlineStyle() is dots
    tones = {form_at(editor, mark).foreground().color().name() for mark in ("F:", "Q Li:")}
    assert len(tones) == 2
    assert form_at(editor, "(unsure)").background().color().isValid()


def test_lines_stand_evenly_whatever_their_script(editor: Editor, desk: Desk) -> None:
    editor.show_text("latin\n汉字\nF: both 汉字\n")
    pitch = desk.look.theme.px(PITCH)
    assert all(pitch <= rect.height() <= pitch + 1 for _, rect in editor.lines())
    editor.show_text("汉字 and latin, " * 30 + "\nafter")
    (first, rect), (_, after) = editor.lines()
    count = first.layout().lineCount()
    assert count > 1
    assert count * pitch <= rect.height() <= count * (pitch + 1)
    assert after.top() == rect.bottom()


def test_a_key_draws_its_own_line_and_no_other(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text("F: one **bold** 汉字\n" * 12)
    put_cursor(editor, "bold")
    QApplication.processEvents()
    drawn: list[int] = []
    editor.updateRequest.connect(lambda part, _: drawn.append(part.height()))
    qtbot.keyClick(editor, Qt.Key.Key_X)
    line = editor.lines()[0][1].height()
    assert drawn
    assert max(drawn) <= line + 2


EDITS = st.lists(
    st.tuples(
        st.integers(0, 400), st.integers(0, 60),
        st.sampled_from(("", "x", "# ", "**b** 汉字\n", "\n", "- [ ] long " * 20, "F: a\nQ: b\n")),
    ),
    max_size=6,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=tuple(HealthCheck))
@given(EDITS)
@example([(0, 59, ""), (29, 35, "x"), (30, 0, "- [ ] long " * 20)])
def test_after_any_edit_lines_stand_as_in_a_note_just_opened(
    editor: Editor, edits: list[tuple[int, int, str]]
) -> None:
    editor.show_text("# Day\nF: 汉字 one\n- [ ] two\nplain **bold**\n" * 3)
    cursor = editor.textCursor()
    for place, length, text in edits:
        end = editor.document().characterCount() - 1
        cursor.setPosition(min(place, end))
        cursor.setPosition(min(place + length, end), QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
    for _ in range(len(edits) // 2):
        editor.undo()
    heights = all_heights(editor)
    editor.show_text(editor.text())
    assert heights == all_heights(editor)


def all_heights(editor: Editor) -> list[float]:
    found, block = [], editor.document().begin()
    while block.isValid():
        found.append(editor.blockBoundingRect(block).height())
        block = block.next()
    return found


def test_the_address_of_a_link_takes_no_room(editor: Editor) -> None:
    editor.show_text(f"{LINK}x\nBioBAYx")
    linked, plain = spot(editor, "x\n"), spot(editor, "x")
    editor.show_text("BioBAYx")
    assert abs(linked.x() - spot(editor, "x").x()) <= 3
    assert plain.y() == linked.y()


# Lists and boxes


def test_a_list_goes_on_and_ends_behind_an_empty_item(qtbot: QtBot, editor: Editor) -> None:
    type_in(qtbot, editor, "1. one\ntwo\n\nplain")
    assert editor.text() == "1. one\n2. two\nplain"


def test_who_types_each_mark_by_hand_gets_it_once(qtbot: QtBot, editor: Editor) -> None:
    type_in(qtbot, editor, "- one\n- two\n")
    assert editor.text() == "- one\n- two\n- "
    type_in(qtbot, editor, "+ more")
    assert editor.text() == "- one\n- two\n- + more"
    editor.show_text("")
    type_in(qtbot, editor, "- [ ] one\n- [ ] two\n- three\n1. four")
    assert editor.text() == "- [ ] one\n- [ ] two\n- three\n- 1. four"


def test_tab_nests_items_and_elsewhere_goes_on(qtbot: QtBot, editor: Editor) -> None:
    type_in(qtbot, editor, "1. one\ntwo\n")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    type_in(qtbot, editor, "in")
    for _ in range(2):
        qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "1. one\n2. two\n   3. in"
    editor.undo()
    qtbot.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert editor.text().startswith("1. one\n2. two\n3. ")
    assert editor.hasFocus()
    qtbot.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert not editor.hasFocus()
    editor.setFocus()
    editor.show_text("plain")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "plain"
    assert not editor.hasFocus()


def test_all_selected_items_nest_together(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text("- a\n- b\n  - c\n- d")
    editor.moveCursor(QTextCursor.MoveOperation.Start)
    editor.moveCursor(QTextCursor.MoveOperation.Down)
    editor.moveCursor(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert editor.text() == "- a\n  - b\n    - c\n  - d"
    qtbot.keyClick(editor, Qt.Key.Key_Tab, SHIFT)
    assert editor.text() == "- a\n- b\n  - c\n- d"


def test_a_box_is_ticked_by_mouse_and_by_keys(qtbot: QtBot, editor: Editor, desk: Desk) -> None:
    editor.show_text("- [ ] card\nend")
    (_, rect), *_ = editor.lines()
    left = editor.document().documentMargin() + desk.look.theme.px(SIDE) / 2
    middle = QPoint(round(left), round(rect.center().y()))
    qtbot.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert editor.text() == "- [x] card\nend"
    assert editor.textCursor().blockNumber() == 1
    put_cursor(editor, "- [x]")
    qtbot.keyClick(editor, Qt.Key.Key_Space)
    assert editor.text() == "- [ ] card\nend"
    put_cursor(editor, "rd")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert editor.text() == "- [x] card\nend"
    qtbot.keyClick(editor, Qt.Key.Key_Space)
    assert editor.text() == "- [x] ca rd\nend"


# Links


def completion(editor: Editor) -> QListView:
    found = editor.findChild(QListView)
    assert isinstance(found, QListView)
    return found


@pytest.mark.parametrize(
    ("typed", "ref", "key"),
    [
        ("renji", "organisation/renji-hospital", Qt.Key.Key_Return),
        ("仁济医院", "organisation/renji-hospital", Qt.Key.Key_Tab),
        ("rénjì yīyuàn", "organisation/renji-hospital", Qt.Key.Key_Enter),
        ("biobey", "organisation/biobay", Qt.Key.Key_Return),
    ],
)
def test_a_link_is_completed_in_any_script(
    qtbot: QtBot, editor: Editor, wait_for: Waiter, typed: str, ref: str, key: Qt.Key
) -> None:
    type_in(qtbot, editor, f"at [[{typed}")
    wait_for(lambda: completion(editor).isVisible())
    qtbot.keyClick(editor, key)
    assert editor.text().startswith(f"at [[{ref}|")
    assert editor.text().endswith("]]")
    assert not completion(editor).isVisible()
    type_in(qtbot, editor, "!")
    assert editor.text().endswith("]]!")


def test_the_completion_is_walked_shows_whole_rows_and_is_refused(
    qtbot: QtBot, editor: Editor, wait_for: Waiter
) -> None:
    type_in(qtbot, editor, "[[hospital")
    shown = completion(editor)
    wait_for(shown.isVisible)
    assert not shown.verticalScrollBar().isVisible()
    assert shown.model().rowCount() == ROWS
    second = str(shown.model().index(1, 0).data())
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    type_in(qtbot, editor, "s")
    qtbot.wait(100)
    assert not shown.isVisible()
    editor.show_text("")
    type_in(qtbot, editor, "[[hospital")
    wait_for(shown.isVisible)
    qtbot.keyClick(editor, Qt.Key.Key_Down)
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    assert second in editor.text()


def test_a_link_opens_by_click_and_by_key(qtbot: QtBot, page: NotePage, editor: Editor) -> None:
    editor.show_text(f"see {LINK} there")
    opened: list[Place] = []
    page.opened.connect(opened.append)
    qtbot.mouseClick(
        editor.viewport(), Qt.MouseButton.LeftButton, pos=spot(editor, "BioBAY]]") + QPoint(8, 0)
    )
    put_cursor(editor, "there")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    put_cursor(editor, "[[")
    qtbot.keyClick(editor, Qt.Key.Key_Return, CONTROL)
    assert opened == [Place("record", BIOBAY)] * 2
    assert editor.text() == f"see {LINK} there"


def test_the_cursor_steps_over_a_link_and_one_key_removes_it(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text(f"see {LINK} there")
    put_cursor(editor, "[[")
    qtbot.keyClick(editor, Qt.Key.Key_Right)
    assert editor.before_cursor() == f"see {LINK}"
    qtbot.keyClick(editor, Qt.Key.Key_Backspace)
    assert editor.text() == "see  there"
    editor.undo()
    assert editor.text() == f"see {LINK} there"


# Buttons


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("Heading", "word", "# word"),
        ("Bold", "word", "**word**"),
        ("Italic", "word", "*word*"),
        ("List", "word", "- word"),
        ("Check box", "word", "- [ ] word"),
        ("Link to a record", "word", "[[word"),
    ],
)
def test_each_button_and_its_key_set_a_mark(
    qtbot: QtBot, page: NotePage, editor: Editor, name: str, before: str, after: str
) -> None:
    bar = page.findChild(FormatBar)
    assert isinstance(bar, FormatBar)
    assert len(bar.findChildren(QToolButton)) == 8
    (act,) = (one for one in bar.acts if one.name == name)
    for by_key in (False, True):
        editor.show_text(before)
        editor.selectAll()
        if by_key:
            press(qtbot, editor, act.key)
        else:
            tool = next(
                one for one in bar.findChildren(QToolButton) if one.accessibleName() == name
            )
            assert act.key.rpartition("+")[2] in tool.toolTip()
            tool.click()
            assert editor.hasFocus()
        assert editor.text() == after


def press(qtbot: QtBot, editor: Editor, keys: str) -> None:
    *held, letter = keys.split("+")
    names = {"Ctrl": CONTROL, "Shift": SHIFT, "Alt": ALT}
    modifiers = NONE
    for name in held:
        modifiers |= names[name]
    qtbot.keyClick(editor, getattr(Qt.Key, f"Key_{letter}"), modifiers)


def test_every_key_of_the_editor_is_on_the_sheet(page: NotePage) -> None:
    told = {key for _, rows in groups() for key, _ in rows}
    bar = page.findChild(FormatBar)
    assert isinstance(bar, FormatBar)
    bound = {one.key().toString() for one in page.findChildren(QShortcut)}
    assert {act.key for act in bar.acts} | bound <= told


def test_marks_are_taken_away_by_what_set_them(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text("word")
    editor.selectAll()
    for _ in range(2):
        press(qtbot, editor, "Ctrl+B")
        press(qtbot, editor, "Ctrl+I")
    assert editor.text() in ("word", "***word***")
    editor.show_text("word")
    for keys in ("Ctrl+Shift+L", "Ctrl+Shift+X", "Ctrl+Shift+X"):
        press(qtbot, editor, keys)
    assert editor.text() == "word"


def test_the_undo_buttons_follow_what_can_be_undone(
    qtbot: QtBot, page: NotePage, editor: Editor
) -> None:
    undo, redo = (
        next(one for one in page.findChildren(QToolButton) if one.accessibleName() == name)
        for name in ("Undo", "Redo")
    )
    assert not undo.isEnabled()
    type_in(qtbot, editor, "x")
    undo.click()
    assert editor.text() == ""
    redo.click()
    assert editor.text() == "x"
    assert not redo.isEnabled()


# Kinds of lines


def test_a_quote_that_asks_is_offered_to_be_a_question(
    qtbot: QtBot, page: NotePage, editor: Editor
) -> None:
    type_in(qtbot, editor, "Q: who signs")
    offer = button(page, "Make it a question")
    assert not offer.isVisible()
    type_in(qtbot, editor, "?")
    assert offer.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_5, ALT)
    assert editor.text() == "?: who signs?"
    assert not offer.isVisible()
    qtbot.keyClick(editor, Qt.Key.Key_2, ALT)
    qtbot.mouseClick(offer, Qt.MouseButton.LeftButton)
    assert editor.text() == "?: who signs?"
    assert editor.hasFocus()


@pytest.mark.parametrize("text", ["Q: he signs.", "Q Li: who signs?", "F: who signs?", "?: who?"])
def test_nothing_is_offered_where_nothing_is_odd(page: NotePage, editor: Editor, text: str) -> None:
    editor.insertPlainText(text)
    assert not button(page, "Make it a question").isVisible()


def test_the_offer_is_declined_by_one_key_and_comes_back_with_another_note(
    qtbot: QtBot, page: NotePage, editor: Editor
) -> None:
    type_in(qtbot, editor, "Q: who signs?")
    offer = button(page, "Make it a question")
    qtbot.keyClick(editor, Qt.Key.Key_Escape)
    assert not offer.isVisible()
    type_in(qtbot, editor, "\nQ: and who pays?")
    assert not offer.isVisible()
    page.show_place(Place("note", None, "new"))
    type_in(qtbot, editor, "Q: who signs?")
    assert offer.isVisible()


def test_the_letters_of_each_kind_are_seen_on_its_button(page: NotePage) -> None:
    for letters, word in (("F:", "Fact"), ("Q:", "Quote"), ("O:", "Opinion"), ("?:", "Question")):
        (cap,) = button(page, word).children()
        assert cap.text() == letters
        assert cap.isVisible()


def test_how_sure_a_line_is_is_said_by_key_and_by_button(
    qtbot: QtBot, page: NotePage, editor: Editor
) -> None:
    type_in(qtbot, editor, "F: 330 firms ")
    assert button(page, "Sure").isEnabled()
    qtbot.keyClick(editor, Qt.Key.Key_6, ALT)
    assert editor.text() == "F: 330 firms (sure)"
    qtbot.keyClick(editor, Qt.Key.Key_7, ALT)
    assert editor.text() == "F: 330 firms (unsure)"
    assert button(page, "Unsure").isChecked()
    qtbot.mouseClick(button(page, "Unsure"), Qt.MouseButton.LeftButton)
    assert editor.text() == "F: 330 firms"
    editor.show_text("plain")
    assert not button(page, "Sure").isEnabled()
    qtbot.keyClick(editor, Qt.Key.Key_6, ALT)
    assert editor.text() == "plain"


def test_a_kind_replaces_another_with_its_speaker(qtbot: QtBot, editor: Editor) -> None:
    editor.show_text("Q 高榕辉😀: said")
    qtbot.keyClick(editor, Qt.Key.Key_3, ALT)
    assert editor.text() == "O: said"
    assert editor.kind() is LineKind.OPINION


# Where a note hangs, and the way back to it


def test_a_note_hangs_on_a_record_of_any_kind(qtbot: QtBot, desk: Desk, wait_for: Waiter) -> None:
    found: list[Ref] = []
    desk.guide.do(lambda guide: [guide.records(kind)[0].ref for kind in KINDS], found.extend)
    wait_for(lambda: len(found) == len(KINDS))
    tour = Tour(qtbot, desk, wait_for)
    for ref in found:
        tour.go(Place("record", ref))
        qtbot.keyClick(tour.window.focusWidget(), Qt.Key.Key_N, CONTROL)
        tour.settle()
        qtbot.keyClicks(tour.window.focusWidget(), f"seen at {ref}")
        tour.page().leave()
    written = cards(qtbot, desk)
    openings = {card.about: card.opening for card in written}
    assert openings == {ref: f"seen at {ref}" for ref in found}
    assert len(written) == len(found)
    assert all(card.title for card in written)


def test_the_way_back_leads_to_the_note_with_its_caret_and_its_undo(
    qtbot: QtBot, desk: Desk, wait_for: Waiter
) -> None:
    tour = Tour(qtbot, desk, wait_for)
    page = tour.go(Place("note", BIOBAY, "new"))
    editor = page.findChild(Editor)
    assert isinstance(editor, Editor)
    type_in(qtbot, editor, "seen")
    qtbot.keyClick(editor, Qt.Key.Key_Left)
    for place in (Place("record", BIOBAY), Place("today")):
        tour.go(place)
        while tour.page() is not page:
            qtbot.keyClick(tour.window.focusWidget(), Qt.Key.Key_Left, ALT)
            tour.settle()
        assert editor.text() == "seen"
        assert editor.textCursor().position() == 3
        assert editor.document().isUndoAvailable()
        assert editor.hasFocus()
    assert len(cards(qtbot, desk)) == 1


@pytest.mark.parametrize(
    ("key", "typed", "left"),
    [
        (Qt.Key.Key_1, "F: rent 40", "F: rent 40"),
        (Qt.Key.Key_1, "Q: rent 40", "Q: rent 40"),
        (Qt.Key.Key_1, "Fr: rent 40", "F: Fr: rent 40"),
    ],
)
def test_a_kind_typed_behind_the_one_a_key_put_there_takes_its_place(
    qtbot: QtBot, editor: Editor, key: Qt.Key, typed: str, left: str
) -> None:
    qtbot.keyClick(editor, key, ALT)
    qtbot.keyClicks(editor, typed)
    assert editor.text() == left
