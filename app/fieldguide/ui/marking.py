"""What keys and buttons do to the marks in a note's text: each deed is one step to undo."""

import re
from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtGui import QTextBlock, QTextCursor

from fieldguide.domain.markdown import Item, RecordLink, heading, item, links
from fieldguide.domain.notes import LineKind, parse_lines
from fieldguide.ui.text import utf16_units

DEEPEST: Final = 3
BULLET, BOX = "- ", "- [ ] "
_KIND: Final = re.compile(r"(?:[FOA?]|Q(?: [^:]{1,80})?):(?: |$)")
_TWICE: Final = re.compile(r"((?:[FOA?]|Q(?: [^:]{1,80})?): )(?:[FOA?]|Q):")
_KEEP: Final = QTextCursor.MoveMode.KeepAnchor

Change = Callable[[str], tuple[int, str]]
"""From a line: how many letters at its start give way, and to what."""


def characters(text: str, units: int) -> int:
    """How many characters of the text are so many of Qt's units."""
    if text.isascii():
        return min(units, len(text))
    half = text.encode("utf-16-le", "surrogatepass")[: 2 * units]
    return len(half.decode("utf-16-le", "surrogatepass"))


def blocks(cursor: QTextCursor) -> Iterator[QTextBlock]:
    """The lines that the selection touches."""
    document = cursor.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd())
    while block.isValid():
        yield block
        if block == last:
            return
        block = block.next()


def change_lines(cursor: QTextCursor, change: Change) -> None:
    """Change how each selected line begins."""
    cursor.beginEditBlock()
    for block in blocks(cursor):
        length, mark = change(block.text())
        start = QTextCursor(block)
        start.setPosition(block.position() + length, _KEEP)
        if start.selectedText() != mark:
            start.insertText(mark)
    cursor.endEditBlock()


def next_kind(line: str, kind: LineKind) -> Change:
    """Make lines of a kind; when the first is of it already, plain."""
    mark = "" if parse_lines(line)[0].kind is kind else f"{kind.value}: "

    def change(text: str) -> tuple[int, str]:
        old = _KIND.match(text)
        # Counted as Qt counts: the name of a speaker may hold any character.
        return (utf16_units(old[0]) if old else 0), mark

    return change


def set_confidence(block: QTextBlock, wanted: str) -> bool:
    """Say how sure a line is; when it says so already, no longer. Whether it is of a kind."""
    line = parse_lines(block.text())[0]
    if line.kind is LineKind.PLAIN:
        return False
    text = block.text()
    kept = text.rstrip().removesuffix(f"({line.confidence})") if line.confidence else text
    kept = kept.rstrip()
    end = "" if line.confidence == wanted else f" ({wanted})"
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + utf16_units(kept))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
    cursor.insertText(end)
    return True


def next_heading(line: str) -> Change:
    """From plain to the largest heading, then smaller, then plain again."""
    level = heading(line)
    wanted = (level + 1) % (DEEPEST + 1)
    mark = f"{'#' * wanted} " if wanted else ""

    def change(text: str) -> tuple[int, str]:
        old = heading(text)
        return (old + 1 if old else 0), mark

    return change


def next_item(line: str, wanted: str) -> Change:
    """Make lines items of a list; when the first is such a one already, plain."""
    begin = item(line)
    boxed = wanted == BOX
    same = begin is not None and (begin.sign >= 0) == boxed
    mark = "" if same else wanted

    def change(text: str) -> tuple[int, str]:
        old = item(text)
        if old is None:
            return 0, mark
        return len(old.mark), old.mark[: old.indent] + mark

    return change


def toggle_box(block: QTextBlock) -> bool:
    """Tick the box of a line or empty it; whether it has one."""
    begin = item(block.text())
    if begin is None or begin.sign < 0:
        return False
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + begin.sign)
    cursor.setPosition(block.position() + begin.sign + 1, _KEEP)
    cursor.insertText(" " if begin.done else "x")
    return True


def break_line(cursor: QTextCursor) -> bool:
    """A new line; in a list the next item, and behind an empty item the end of the list.

    Whether the new line has got the mark of an item.
    """
    text = cursor.block().text()
    begin = None if cursor.hasSelection() else item(text)
    column = cursor.positionInBlock()
    going_on = begin is not None and text != begin.mark and column >= len(begin.mark)
    cursor.beginEditBlock()
    if begin is not None and text == begin.mark:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, _KEEP)
        cursor.removeSelectedText()
    else:
        cursor.insertBlock()
        if begin is not None and going_on:
            cursor.insertText(begin.following)
    cursor.endEditBlock()
    return going_on


def drop_second_mark(block: QTextBlock) -> bool:
    """Let a mark that is typed by hand behind one that was put there take its place.

    Whether there was one. A box goes with it: who wants it types it too.
    """
    begin = item(block.text())
    if begin is None or block.text() != begin.mark + begin.bullet:
        return False
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + begin.indent + begin.hang)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, _KEEP)
    cursor.removeSelectedText()
    return True


def drop_first_kind(block: QTextBlock) -> bool:
    """Let a kind that is typed by hand behind one that a key put there take its place.

    Whether there was one.
    """
    twice = _TWICE.fullmatch(block.text())
    if twice is None:
        return False
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + utf16_units(twice[1]), _KEEP)
    cursor.removeSelectedText()
    return True


def nest(cursor: QTextCursor, *, deeper: bool) -> bool:
    """Move the selected items into the one before, or out of it.

    Whether they are items, and not at the edge already when they are to go out.
    """
    first = next(blocks(cursor))
    begin = item(first.text())
    if begin is None or (not deeper and not begin.indent):
        return False
    by = _inwards(first, begin) if deeper else _outwards(first, begin)

    def change(text: str) -> tuple[int, str]:
        old = item(text)
        if old is None:
            return 0, ""
        return old.indent, (old.mark[: old.indent] + " " * by)[: max(0, old.indent + by)]

    change_lines(cursor, change)
    return True


def _items_before(block: QTextBlock) -> Iterator[Item]:
    while (block := block.previous()).isValid() and (before := item(block.text())) is not None:
        yield before


def _inwards(block: QTextBlock, own: Item) -> int:
    """Letters to the place of a child of the item before; 0 where there is none."""
    for before in _items_before(block):
        if before.indent <= own.indent:
            return before.hang if before.indent == own.indent else 0
    return 0


def _outwards(block: QTextBlock, own: Item) -> int:
    """Letters, less than 0, to the place of the item that holds this one."""
    outer = (one.indent for one in _items_before(block) if one.indent < own.indent)
    return next(outer, 0) - own.indent


def wrap(cursor: QTextCursor, sign: str) -> QTextCursor:
    """Put signs around what is selected in one line, or the word, or take them away."""
    if not cursor.hasSelection():
        cursor.select(QTextCursor.SelectionType.WordUnderCursor)
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    block = cursor.document().findBlock(start)
    end = min(end, block.position() + block.length() - 1)
    wide = len(sign)
    text, left = block.text(), block.position()
    before = text[: characters(text, start - left)]
    after = text[characters(text, end - left) :]
    cursor.beginEditBlock()
    if _ends_with(before, sign) and _ends_with(after[::-1], sign):
        _replace(cursor, end, end + wide, "")
        _replace(cursor, start - wide, start, "")
        start, end = start - wide, end - wide
    else:
        _replace(cursor, end, end, sign)
        _replace(cursor, start, start, sign)
        start, end = start + wide, end + wide
    cursor.endEditBlock()
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    return cursor


def link_at(block: QTextBlock, position: int, *, edge: bool = True) -> RecordLink | None:
    """The link at a position of the document; its ends count only with ``edge``."""
    text = block.text()
    if "[[" not in text:
        return None
    place = characters(text, position - block.position())
    for link in links(text):
        if link.start < place < link.end or (edge and place in (link.start, link.end)):
            return link
    return None


def step_over_link(cursor: QTextCursor, was: int) -> bool:
    """Move a cursor that came from ``was`` out of what is not seen of a link; whether it moved."""
    link = link_at(cursor.block(), cursor.position(), edge=False)
    if link is None:
        return False
    start, end = reach(cursor.block(), link)
    place = end if cursor.position() > was else start
    if not cursor.hasSelection():
        cursor.setPosition(place)
    elif start < cursor.anchor() < end:
        cursor.setPosition(start)
        cursor.setPosition(end, _KEEP)
    else:
        cursor.setPosition(place, _KEEP)
    return True


def remove_link(cursor: QTextCursor, *, back: bool) -> bool:
    """Remove the link beside the cursor as one: nobody sees the letters that would be left."""
    link = link_at(cursor.block(), cursor.position())
    if link is None or cursor.hasSelection():
        return False
    start, end = reach(cursor.block(), link)
    if cursor.position() != (end if back else start):
        return False
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    cursor.removeSelectedText()
    return True


def reach(block: QTextBlock, link: RecordLink) -> tuple[int, int]:
    """Where a link begins and ends in the document."""
    text, start = block.text(), block.position()
    return start + utf16_units(text[: link.start]), start + utf16_units(text[: link.end])


def _ends_with(text: str, sign: str) -> bool:
    """Whether just this sign stands at the end: one star is not half of two."""
    stars = len(text) - len(text.rstrip("*"))
    return stars == len(sign) or stars == 3


def _replace(cursor: QTextCursor, start: int, end: int, text: str) -> None:
    cursor.setPosition(start)
    cursor.setPosition(end, _KEEP)
    cursor.insertText(text)
