"""Shows what a line of a note is while it is typed; the text itself is never touched."""

import re
from typing import Final

from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextDocument

from fieldguide.domain.notes import LineKind, parse_lines
from fieldguide.ui.line_kinds import kind_mark
from fieldguide.ui.text import split_scripts, utf16_units
from fieldguide.ui.theme import Theme

_HEADING: Final = re.compile(r"#{1,6} ")
_BULLET: Final = re.compile(r"\s*(?:[-*+]|\d+[.)]) ")
_BOLD: Final = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")


class Highlighter(QSyntaxHighlighter):
    """Headings, bold, lists and the marks of line kinds; hanzi in their own face."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again."""
        self._theme = theme
        self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        weight = 600 if _HEADING.match(text) else 400
        start = 0
        for run, hanzi in split_scripts(text):
            length = utf16_units(run)
            if hanzi or weight != 400:
                self.setFormat(start, length, self._plain(weight, hanzi=hanzi))
            start += length
        for bold in _BOLD.finditer(text):
            self._paint(text, bold.start(1), bold.end(1), "t1", 600)
            self._paint(text, bold.start(), bold.start(1), "t3")
            self._paint(text, bold.end(1), bold.end(), "t3")
        if mark := _HEADING.match(text) or _BULLET.match(text):
            self._paint(text, 0, mark.end(), "accent", 600)
            return
        line = parse_lines(text)[0]
        if line.kind is not LineKind.PLAIN:
            color = kind_mark(line.kind).color
            self._paint(text, 0, text.index(":") + 1, color, 600)

    def _plain(self, weight: int, *, hanzi: bool) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(self._theme.font("note", hanzi=hanzi, weight=weight))
        return form

    def _paint(self, text: str, start: int, end: int, color: str, weight: int = 400) -> None:
        at = utf16_units(text[:start])
        for run, hanzi in split_scripts(text[start:end]):
            form = self._plain(weight, hanzi=hanzi)
            form.setForeground(self._theme.color(color))
            self.setFormat(at, utf16_units(run), form)
            at += utf16_units(run)
