"""Long texts of a guide: headings, paragraphs, lists and bold, and nothing that loads or leads."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QUrl
from PySide6.QtGui import (
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextListFormat,
)
from PySide6.QtWidgets import QTextBrowser

from fieldguide.domain.runs import split_scripts
from fieldguide.ui.desk import Look
from fieldguide.ui.theme import Theme

_LINK: Final = re.compile(r"!?\[([^\]]*)\]\(([^)\s]*)[^)]*\)")
_AUTOLINK: Final = re.compile(r"<((?:https?://|mailto:)[^>\s]+)>")
_BOLD: Final = re.compile(r"\*\*(.+?)\*\*|__(.+?)__")
_MARKS: Final = re.compile(r"(?<![\w*])\*(?=\S)(.+?)(?<=\S)\*(?![\w*])|`([^`]+)`")
_LINE: Final = re.compile(r"(?:(#{1,6})|([-*+])|(\d+)[.)])\s+(.*)")
_STYLES: Final = {"-": QTextListFormat.Style.ListDisc, "1": QTextListFormat.Style.ListDecimal}
_ROLES: Final = {1: "title", 2: "section"}


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text; ``level`` of a heading from 1, ``bullet`` is ``-`` or ``1`` in a list."""

    text: str
    level: int = 0
    bullet: str = ""


def blocks(text: str) -> Iterator[Block]:
    """Read the little Markdown that a guide is written in; all else stays as it is typed."""
    waiting: list[str] = []
    bullet = ""
    for line in [*text.splitlines(), ""]:
        found = _LINE.fullmatch(line.strip())
        if waiting and (found or not line.strip()):
            yield Block(" ".join(waiting), bullet=bullet)
            waiting, bullet = [], ""
        if found and found[1]:
            yield Block(found[4], level=len(found[1]))
        elif found:
            waiting, bullet = [found[4]], "-" if found[2] else "1"
        elif line.strip():
            waiting.append(line.strip())


def spans(text: str) -> Iterator[tuple[str, bool]]:
    """Pieces with whether they are bold; a link becomes its words and its address."""
    text = _AUTOLINK.sub(r"\1", _LINK.sub(_plain_link, text))
    end = 0
    for found in _BOLD.finditer(text):
        yield _unmarked(text[end : found.start()]), False
        yield _unmarked(found[1] or found[2]), True
        end = found.end()
    yield _unmarked(text[end:]), False


class Prose(QTextBrowser):
    """Shows such a text to read, select and copy."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look, self._text = look, ""
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.set_theme(look.theme)

    def show_text(self, text: str) -> None:
        """Show a text from its start."""
        self._text = text
        self.set_theme(self._look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the text again in another theme."""
        self.clear()
        document = self.document()
        document.setDocumentMargin(theme.px(8))
        document.setIndentWidth(theme.px(20))
        cursor = QTextCursor(document)
        before: Block | None = None
        for block in blocks(self._text):
            if before is not None:
                cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())
            after_list = before is not None and bool(before.bullet) and not block.bullet
            cursor.mergeBlockFormat(self._spacing(theme, block, after_list=after_list))
            self._hang(cursor, theme, block)
            before = block
            self._write(cursor, theme, block)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, kind: int, name: QUrl | str) -> None:
        """Nothing is ever loaded into a text."""
        return

    def _hang(self, cursor: QTextCursor, theme: Theme, block: Block) -> None:
        """Put a list item into the list of the item before it, or begin a list."""
        if not block.bullet:
            return
        # Qt sets the sign one space before the words, in the font of the block.
        font = QFont(theme.font("note"))
        font.setWordSpacing(theme.px(4))
        shape_of_sign = QTextCharFormat()
        shape_of_sign.setFont(font)
        cursor.setBlockCharFormat(shape_of_sign)
        style = _STYLES[block.bullet]
        before = cursor.block().previous().textList()
        if before is not None and before.format().style() == style:
            before.add(cursor.block())
            return
        shape = QTextListFormat()
        shape.setStyle(style)
        cursor.createList(shape)

    def _spacing(self, theme: Theme, block: Block, *, after_list: bool) -> QTextBlockFormat:
        shape = QTextBlockFormat()
        shape.setTopMargin(theme.px(14 if block.level else 8 if after_list else 2))
        shape.setBottomMargin(theme.px(2 if block.bullet else 6))
        role = _ROLES.get(block.level, "note")
        height = theme.line(role, hanzi=True)
        shape.setLineHeight(height, QTextBlockFormat.LineHeightTypes.MinimumHeight.value)
        shape.setProperty(QTextFormat.Property.HeadingLevel, block.level)
        return shape

    def _write(self, cursor: QTextCursor, theme: Theme, block: Block) -> None:
        role = _ROLES.get(block.level, "note")
        heavy = QFont.Weight.DemiBold.value
        for text, bold in spans(block.text):
            weight = heavy if bold or block.level else None
            for run, hanzi in split_scripts(text):
                shape = QTextCharFormat()
                shape.setFont(theme.font(role, hanzi=hanzi, weight=weight))
                shape.setForeground(theme.color("t1"))
                cursor.insertText(run, shape)


def _plain_link(found: re.Match[str]) -> str:
    words, address = found[1], found[2]
    return words if not address or address == words else f"{words} ({address})"


def _unmarked(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or found[2], text)
