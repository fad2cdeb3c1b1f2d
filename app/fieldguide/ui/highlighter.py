"""Shows what a line of a note is while it is typed; the text itself is never touched."""

from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QSyntaxHighlighter, QTextCharFormat, QTextDocument

from fieldguide.domain.markdown import Part, spans
from fieldguide.domain.notes import Line, LineKind, parse_lines
from fieldguide.domain.runs import split_scripts
from fieldguide.ui.line_kinds import confidence_mark, kind_mark
from fieldguide.ui.raw_text import STAND_INS
from fieldguide.ui.text import utf16_units
from fieldguide.ui.theme import Theme

SIZES: Final = {1: 20, 2: 17, 3: 15}
"""Level of a heading -> pixels at 100 %; deeper ones are as large as the text."""
LAZY: Final = 400
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


_Layer = tuple[int, int, _Face]
"""Where a stretch begins and ends, and how it is set."""

_FACES: Final = {
    Part.BOLD: _Face(bold=True),
    Part.ITALIC: _Face(italic=True),
    Part.SIGN: _Face(color="t3"),
    Part.ITEM: _Face(color="accent", bold=True),
    Part.BOX: _Face(veiled=True),
    Part.LINK: _Face(color="accent"),
    Part.ADDRESS: _Face(hidden=True),
}
_PLAIN: Final = _Face()


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
        layers = _layers(text)
        if not layers and text.isascii():
            return
        places = {0, len(text)}
        for start, end, _ in layers:
            places |= {start, end}
        at = 0
        for start, end in pairwise(sorted(places)):
            face = _blended(tuple(one[2] for one in layers if one[0] <= start < one[1]))
            at = self._paint(text[start:end], at, face)

    @property
    def lazy(self) -> bool:
        """Whether lines are dressed only when they come into sight."""
        return self.document().blockCount() > LAZY

    def _paint(self, text: str, at: int, face: _Face) -> int:
        """Set a stretch that begins ``at`` one of Qt's units; the answer is where it ends."""
        for run, hanzi in split_scripts(text):
            length = utf16_units(run)
            if hanzi or face != _PLAIN:
                self.setFormat(at, length, self._form(face, hanzi))
            at += length
        return at

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


def _layers(text: str) -> list[_Layer]:
    """What is to be seen of a line, the later over the earlier."""
    layers: list[_Layer] = []
    for span in spans(text):
        face = _Face(level=span.level) if span.part is Part.HEADING else _FACES[span.part]
        layers.append((span.start, span.end, face))
    layers += _of_kind(text, parse_lines(text)[0])
    if not text.isascii():
        unseen = _Face(hidden=True)
        layers += [(*one.span(), unseen) for one in STAND_INS.finditer(text)]
    return layers


def _of_kind(text: str, line: Line) -> list[_Layer]:
    """The mark of a line's kind, and how sure the writer is."""
    if line.kind is LineKind.PLAIN:
        return []
    layers = [(0, text.index(":") + 1, _Face(color=kind_mark(line.kind).color, bold=True))]
    if line.confidence:
        start = text.rindex(f"({line.confidence})")
        tone = confidence_mark(line.confidence).color
        layers.append((start, start + len(line.confidence) + 2, _Face(tone, f"{tone}-weak")))
    return layers


@lru_cache(maxsize=256)
def _blended(faces: tuple[_Face, ...]) -> _Face:
    """How a stretch is set that lies in several."""
    if len(faces) < 2:
        return faces[0] if faces else _PLAIN
    return _Face(
        next((one.color for one in reversed(faces) if one.color), ""),
        next((one.ground for one in reversed(faces) if one.ground), ""),
        max(one.level for one in faces),
        any(one.bold for one in faces),
        any(one.italic for one in faces),
        any(one.hidden for one in faces),
        any(one.veiled for one in faces),
    )
