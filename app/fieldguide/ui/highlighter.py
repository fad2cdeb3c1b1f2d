"""Shows what a line of a note is while it is typed; the text itself is never touched."""

from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from fieldguide.domain.markdown import Part, Span, spans
from fieldguide.domain.notes import Line, LineKind, parse_lines
from fieldguide.ui.line_kinds import kind_mark
from fieldguide.ui.raw_text import STAND_INS
from fieldguide.ui.text import split_scripts, utf16_units
from fieldguide.ui.theme import Theme

SIZES: Final = {1: 20, 2: 17, 3: 15}
"""Level of a heading -> pixels at 100 %; deeper ones are as large as the text."""
LAZY: Final = 600
"""A note of more lines is dressed only where it is seen."""
_DRESSED: Final = 1


class _Face(NamedTuple):
    """How a stretch is set."""

    color: str = ""
    ground: str = ""
    level: int = 0
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    veiled: bool = False


_PLAIN: Final = _Face()


class _Word(NamedTuple):
    """A stretch that says something of its line, and how it is set."""

    start: int
    end: int
    color: str
    ground: str = ""
    bold: bool = True


class Highlighter(QSyntaxHighlighter):
    """Headings, emphasis, lists, links and the marks of line kinds; hanzi in their own face."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._theme = theme
        self._forms: dict[tuple[_Face, bool], QTextCharFormat] = {}
        self._seen = range(0)

    def set_theme(self, theme: Theme) -> None:
        """Colour everything again."""
        self._theme = theme
        self._forms.clear()
        self.rehighlight()

    def dress(self, first: int, last: int) -> None:
        """Dress the lines from ``first`` to ``last``, which come into sight."""
        self._seen = range(first, last + 1)
        block = self.document().findBlockByNumber(first)
        while block.isValid() and block.blockNumber() <= last:
            if block.userState() != _DRESSED:
                self.rehighlightBlock(block)
            block = block.next()

    def highlightBlock(self, text: str) -> None:
        """Colour one line."""
        if self.lazy and self.currentBlock().blockNumber() not in self._seen:
            self.setCurrentBlockState(-1)
            return
        self.setCurrentBlockState(_DRESSED)
        found = spans(text)
        line = parse_lines(text)[0]
        hidden = [one.span() for one in STAND_INS.finditer(text)]
        if not (found or hidden or line.kind is not LineKind.PLAIN) and text.isascii():
            return
        cuts = {0, len(text), *(place for one in hidden for place in one)}
        cuts.update(place for one in found for place in (one.start, one.end))
        words = _words_of_kind(text, line)
        cuts.update(place for one in words for place in (one.start, one.end))
        places = sorted(cuts)
        for start, end in pairwise(places):
            face = _face(start, found)
            for word in words:
                if word.start <= start < word.end:
                    face = face._replace(color=word.color, ground=word.ground, bold=word.bold)
            if any(left <= start < right for left, right in hidden):
                face = face._replace(hidden=True)
            self._paint(text, start, end, face)

    @property
    def lazy(self) -> bool:
        """Whether lines are dressed only when they come into sight."""
        return self.document().blockCount() > LAZY

    def _paint(self, text: str, start: int, end: int, face: _Face) -> None:
        at = start if text.isascii() else utf16_units(text[:start])
        for run, hanzi in split_scripts(text[start:end]):
            length = utf16_units(run)
            if hanzi or face != _PLAIN:
                self.setFormat(at, length, self._form(face, hanzi))
            at += length

    def _form(self, face: _Face, hanzi: bool) -> QTextCharFormat:
        key = (face, hanzi)
        if key not in self._forms:
            self._forms[key] = self._made(face, hanzi)
        return self._forms[key]

    def _made(self, face: _Face, hanzi: bool) -> QTextCharFormat:
        form = QTextCharFormat()
        form.setFont(self._font(face, hanzi))
        if face.hidden or face.veiled:
            form.setForeground(QColor(Qt.GlobalColor.transparent))
        elif face.color:
            form.setForeground(self._theme.color(face.color))
        if face.ground:
            form.setBackground(self._theme.color(face.ground))
        if hanzi and (face.italic or face.bold) and not face.hidden:
            # Hanzi have no slant, and here no bold: dots below are how they are stressed.
            form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        return form

    def _font(self, face: _Face, hanzi: bool) -> QFont:
        weight = 600 if face.bold or face.level else 400
        font = QFont(self._theme.font("note", hanzi=hanzi, weight=weight))
        if face.level in SIZES:
            font.setPixelSize(self._theme.px(SIZES[face.level]))
        font.setItalic(face.italic and not hanzi)
        if face.hidden:
            font.setPixelSize(1)
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 1)
        return font


def _face(place: int, found: list[Span]) -> _Face:
    """How the stretch that begins at a place is set, from all that it lies in."""
    face = _PLAIN
    for span in found:
        if not span.start <= place < span.end:
            continue
        match span.part:
            case Part.HEADING:
                face = face._replace(level=span.level)
            case Part.BOLD:
                face = face._replace(bold=True)
            case Part.ITALIC:
                face = face._replace(italic=True)
            case Part.SIGN:
                face = face._replace(color="t3")
            case Part.ITEM:
                face = face._replace(color="accent", bold=True)
            case Part.BOX:
                face = face._replace(veiled=True)
            case Part.LINK:
                face = face._replace(color="accent")
            case Part.ADDRESS:
                face = face._replace(hidden=True)
    return face


def _words_of_kind(text: str, line: Line) -> list[_Word]:
    """The mark of a line's kind, and how sure the writer is."""
    if line.kind is LineKind.PLAIN:
        return []
    words = [_Word(0, text.index(":") + 1, kind_mark(line.kind).color)]
    if line.confidence:
        start = text.rindex(f"({line.confidence})")
        tone = "ok" if line.confidence == "sure" else "warning"
        end = start + len(line.confidence) + 2
        words.append(_Word(start, end, tone, f"{tone}-weak", bold=False))
    return words
