"""A difference as a list of lines: what became of each as a word and a colour, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication, QModelIndex, QRectF

from fieldguide.domain.difference import (
    Change,
    Difference,
    Fold,
    LineChange,
    Piece,
    folded,
    split_words,
    words_changed,
)
from fieldguide.domain.notes import Line, parse_lines
from fieldguide.ui.line_kinds import Mark, kind_mark
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Box, Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width
from fieldguide.ui.theme import Theme

PAD: Final = 20
GUTTER: Final = 80
KIND: Final = 84
NARROW: Final = 480
"""Below this width what became of a line stands above it."""
SHOWN: Final = 400
"""Lines that are laid out; nobody reads on beyond so many that differ."""
LONGEST: Final = 3_000
"""Letters of a line that are drawn."""

_COLORS: Final = {Change.ADDED: "ok", Change.REMOVED: "danger", Change.CHANGED: "t2"}
_SIGNS: Final = {Change.ADDED: "+", Change.REMOVED: "\u2212", Change.CHANGED: "±"}


def change_word(change: Change) -> str:
    """What became of a line, in a word with its sign; nothing for a line that stayed."""
    tr = QCoreApplication.translate
    words = {
        Change.ADDED: tr("Difference", "added"),
        Change.REMOVED: tr("Difference", "removed"),
        Change.CHANGED: tr("Difference", "changed"),
    }
    return f"{_SIGNS[change]} {words[change]}" if change in words else ""


@dataclass(frozen=True, slots=True)
class DifferenceRow:
    """One line with what became of it, or a number of lines that are put away."""

    line: LineChange | Fold
    heading: bool = False
    place: None = None

    @property
    def words(self) -> str:
        """What stands for lines that are put away."""
        assert isinstance(self.line, Fold)
        text = QCoreApplication.translate("Difference", "{number} lines unchanged")
        return text.format(number=len(self.line.lines))

    @property
    def shown(self) -> Line:
        """The line as it is now, or was when it is gone."""
        assert isinstance(self.line, LineChange)
        stored = self.line.before if self.line.after is None else self.line.after
        return parse_lines(stored or "")[0]

    @property
    def was(self) -> Line:
        """The line as it was, or is when it is new."""
        assert isinstance(self.line, LineChange)
        stored = self.line.after if self.line.before is None else self.line.before
        return parse_lines(stored or "")[0]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The words of the line without its mark."""
        assert isinstance(self.line, LineChange)
        if self.line.change is not Change.CHANGED:
            return (Piece(self.shown.text, self.line.change),)
        if (self.was.kind, self.was.text) == (self.shown.kind, self.shown.text):
            # Only what is no word of the line differs; its speaker is told below it.
            return (Piece(self.shown.text, Change.SAME),)
        return words_changed(self.was.text, self.shown.text)

    @property
    def told(self) -> list[tuple[str, str]]:
        """What else became of the line, each as it was and as it is."""
        was, now = self.was, self.shown
        pairs = (
            (kind_mark(was.kind).word, kind_mark(now.kind).word),
            (was.speaker, now.speaker),
            (was.confidence, now.confidence),
        )
        return [(before, after) for before, after in pairs if before != after]

    @property
    def copies(self) -> str:
        """The line, or those that are put away."""
        if isinstance(self.line, Fold):
            return "\n".join(one.after or "" for one in self.line.lines)
        return self.shown.text

    @property
    def speech(self) -> str:
        """What became of the line, its kind, and its words; what was removed is named."""
        if isinstance(self.line, Fold):
            return self.words
        change, kind = change_word(self.line.change), kind_mark(self.shown.kind).word
        said = (change[2:], kind, self.shown.speaker, self._spoken(), *self._spoken_changes())
        nothing = QCoreApplication.translate("Difference", "(empty line)")
        return "; ".join(part for part in said if part) or nothing

    def _spoken(self) -> str:
        if self.line.change is not Change.CHANGED:  # type: ignore[union-attr]
            return self.shown.text
        told = ""
        for piece in self.pieces:
            word = change_word(piece.change)[2:]
            told += f" [{word}: {piece.text}] " if word else piece.text
        return " ".join(told.split())

    def _spoken_changes(self) -> Iterator[str]:
        text = QCoreApplication.translate("Difference", "was {before}, is {after}")
        nothing = QCoreApplication.translate("Difference", "nothing")
        for before, after in self.told:
            yield text.format(before=before or nothing, after=after or nothing)


@dataclass(frozen=True, slots=True)
class RestRow:
    """What is said when there are more lines than anybody reads."""

    number: int
    heading: bool = True
    place: None = None
    copies: str = ""

    @property
    def speech(self) -> str:
        """How many lines are not shown."""
        text = QCoreApplication.translate("Difference", "{number} more lines are not shown here")
        return text.format(number=self.number)


class DifferenceDelegate(ItemDelegate):
    """The word for the change, the kind of line, a bar, and the text with its words marked."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of one line."""
        theme, sheet = self.look.theme, Sheet()
        pad, top = theme.px(PAD), theme.px(6)
        if isinstance(item, RestRow) or (
            isinstance(item, DifferenceRow) and isinstance(item.line, Fold)
        ):
            words = item.speech if isinstance(item, RestRow) else item.words
            high = put_words(sheet, theme, (pad, top, width - 2 * pad), words, color="t3")
            sheet.height = top + high + theme.px(6)
            return sheet
        assert isinstance(item, DifferenceRow)
        left = self._put_change(sheet, item, width, pad, top)
        if left == pad and sheet.parts:
            top += theme.line("body")
        left = self._put_kind(sheet, kind_mark(item.shown.kind), left, top)
        room = max(theme.px(60), width - pad - left)
        end = top + put_pieces(sheet, theme, (left, top, room), item.pieces)
        for before, after in item.told:
            parts = (Piece(before, Change.REMOVED), Piece(after, Change.ADDED))
            end += put_pieces(sheet, theme, (left, end, room), parts, "caption")
        bar = QRectF(left - theme.px(12), top, theme.px(2), end - top)
        sheet.parts.append(Box(bar, kind_mark(item.shown.kind).color))
        sheet.height = end + theme.px(6)
        return sheet

    def _put_change(
        self, sheet: Sheet, item: DifferenceRow, width: int, left: int, top: int
    ) -> int:
        theme = self.look.theme
        assert isinstance(item.line, LineChange)
        change = item.line.change
        narrow = width < theme.px(NARROW)
        if change is not Change.SAME:
            word, color = change_word(change), _COLORS[change]
            rect = QRectF(left, top, theme.px(GUTTER), theme.line("body", hanzi=True))
            sheet.parts.append(Words(rect, word, "caption", color, 600))
        return left if narrow else left + theme.px(GUTTER)

    def _put_kind(self, sheet: Sheet, mark: Mark, left: int, top: int) -> int:
        theme = self.look.theme
        high, side = theme.line("note", hanzi=True), theme.px(14)
        if mark.word:
            spot = QRectF(left, top + (high - side) / 2, side, side)
            sheet.parts.append(Sign(spot, mark.icon, mark.color))
            rect = QRectF(left + theme.px(19), top, theme.px(KIND) - theme.px(19), high)
            sheet.parts.append(Words(rect, mark.word, "body", mark.color, 600))
        return left + theme.px(KIND) + theme.px(12)


class DifferenceList(ItemList):
    """Lines that stayed are put away; Enter or a click on their number brings them."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws differences."""
        return DifferenceDelegate(self.look, self)

    def show_difference(self, found: Difference) -> None:
        """Show what differs, from the top."""
        self._show([DifferenceRow(line) for line in folded(found.lines)])

    def _show(self, rows: Sequence[DifferenceRow]) -> None:
        shown: list[Item] = list(rows[:SHOWN])
        if len(rows) > SHOWN:
            shown.append(RestRow(len(rows) - SHOWN))
        self.show_items(shown)

    def _open(self, index: QModelIndex) -> None:
        """Bring the lines that are put away."""
        items = [self.items.item(row) for row in range(self.items.rowCount())]
        chosen = items[index.row()]
        if not isinstance(chosen, DifferenceRow) or not isinstance(chosen.line, Fold):
            return
        lines = [DifferenceRow(line) for line in chosen.line.lines]
        self.drawing.forget()
        self.items.show([*items[: index.row()], *lines[:SHOWN], *items[index.row() + 1 :]])
        self.setCurrentIndex(self.items.index(index.row()))


def put_pieces(
    sheet: Sheet,
    theme: Theme,
    place: tuple[float, float, float],
    pieces: Sequence[Piece],
    role: str = "note",
) -> float:
    """Add words at (left, top, width), broken where they must be; returns their height."""
    left, top, room = place
    line = theme.line(role, hanzi=True)
    rows = _broken(pieces, theme, role, room)
    for number, row in enumerate(rows):
        x, last = left, Change.SAME
        for piece in row:
            if (last, piece.change) == (Change.REMOVED, Change.ADDED):
                x += theme.px(4)
            wide = text_width(piece.text, theme, role, strike=piece.change is Change.REMOVED)
            _put_run(sheet, theme, QRectF(x, top + number * line, wide, line), piece, role)
            x, last = x + wide, piece.change
    return len(rows) * line


def _put_run(sheet: Sheet, theme: Theme, rect: QRectF, piece: Piece, role: str) -> None:
    """Words of one fate on one line: a ground, and struck through or underlined."""
    color = _COLORS.get(piece.change, "t1" if role == "note" else "t2")
    if piece.change is not Change.SAME:
        sheet.parts.append(Box(rect.adjusted(-1, 1, 1, -1), f"{color}-weak"))
    gone = piece.change is Change.REMOVED
    sheet.parts.append(Words(rect.adjusted(0, 0, 1, 0), piece.text, role, color, strike=gone))
    if piece.change is Change.ADDED:
        bottom = rect.bottom() - theme.px(2)
        sheet.parts.append(Box(QRectF(rect.left(), bottom, rect.width(), theme.hairline), color))


def _broken(pieces: Sequence[Piece], theme: Theme, role: str, room: float) -> list[list[Piece]]:
    """The pieces line by line; a space never begins one."""
    rows: list[list[Piece]] = [[]]
    x, left = 0.0, LONGEST
    for piece in pieces:
        for word in _fitting(piece.text[:left], theme, role, room):
            wide = text_width(word, theme, role)
            if x > 0 and x + wide > room and not word.isspace():
                rows.append([])
                x = 0.0
            row = rows[-1]
            if row and row[-1].change is piece.change:
                row[-1] = Piece(row[-1].text + word, piece.change)
            else:
                row.append(Piece(word, piece.change))
            x += wide
        left = max(0, left - len(piece.text))
    return rows


def _fitting(text: str, theme: Theme, role: str, room: float) -> Iterator[str]:
    """Its words; one that is wider than the room is cut into letters."""
    for word in split_words(text):
        if len(word) > 1 and text_width(word, theme, role) > room:
            yield from word
        else:
            yield word
