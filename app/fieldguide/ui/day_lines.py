"""The marked lines of one day under their visits, with what is missing of each."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QRectF

from fieldguide.domain.discretion import PRIVATE
from fieldguide.domain.markdown import plain
from fieldguide.domain.notes import LineKind, NoteLine, Visibility
from fieldguide.domain.records import Ref
from fieldguide.services.day_close import Evening
from fieldguide.services.visiting import Subject
from fieldguide.ui.desk import Place, line_of_note
from fieldguide.ui.hidden import hidden_words
from fieldguide.ui.line_kinds import kind_mark, visibility_mark
from fieldguide.ui.lists import Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Sheet, Sign, Words, put_words
from fieldguide.ui.text import text_width
from fieldguide.ui.trip import short_name

PAD: Final = 24
GUTTER: Final = 84
CLOCK: Final = 46
READERS: Final = 108


@dataclass(frozen=True, slots=True)
class VisitHeading:
    """A visit with how it stands; what has no visit stands under the last one."""

    time: str
    title: str
    hanzi: str
    state: str
    done: bool
    place: None = None
    copies: str = ""
    heading: bool = True

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        return "; ".join(one for one in (self.time, self.title, self.hanzi, self.state) if one)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A line of a note; ``missing`` says what is not there yet."""

    kind: LineKind
    text: str
    time: str
    missing: str
    readers: Visibility
    place: Place
    heading: bool = False

    @property
    def copies(self) -> str:
        """The line."""
        return self.text

    @property
    def speech(self) -> str:
        """All of it in the order of reading."""
        kind, readers = kind_mark(self.kind).word, visibility_mark(self.readers).word
        said = (kind, self.text, self.time, self.missing, readers)
        return "; ".join(one for one in said if one)


class DayLines(ItemList):
    """Enter opens the note that a line stands in."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws lines under visits."""
        return DayDelegate(self.look, self)

    def show_evening(self, evening: Evening) -> None:
        """Show the lines of a day; the keys stay on the row they were on."""
        row = self.currentIndex().row()
        rows = list(_rows(evening))
        self.show_items(rows)
        if 0 <= row < len(rows):
            self.setCurrentIndex(self.items.index(row))


class DayDelegate(ItemDelegate):
    """Lays out one row."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """A visit on one line; a line of a note with its kind, its text, what is missing."""
        sheet = Sheet()
        if isinstance(item, VisitHeading):
            self._put_visit(sheet, item, width)
        elif isinstance(item, LineRow):
            self._put_line(sheet, item, width)
        return sheet

    def _put_visit(self, sheet: Sheet, item: VisitHeading, width: int) -> None:
        theme = self.look.theme
        pad, high, top = theme.px(PAD), theme.line("note", hanzi=True), theme.px(8)
        left = float(pad)
        if item.time:
            clock = QRectF(left, top, theme.px(CLOCK), high)
            sheet.parts.append(Words(clock, item.time, color="t2"))
            left += theme.px(CLOCK)
        for text, color, weight in ((item.title, "t1", 600), (item.hanzi, "t1", None)):
            if text:
                wide = min(text_width(text, theme, weight=weight) + 1, max(0, width - pad - left))
                sheet.parts.append(
                    Words(QRectF(left, top, wide, high), text, color=color, weight=weight)
                )
                left += wide + theme.px(10)
        tone = "ok" if item.done else "warning"
        wide = text_width(item.state, theme, "caption", weight=600) + 1
        right = width - pad - wide
        if item.state and right > left + theme.px(20):
            spot = QRectF(right - theme.px(19), top + theme.px(3), theme.px(14), theme.px(14))
            sheet.parts.append(Sign(spot, "circle-check" if item.done else "circle-dashed", tone))
            words = Words(QRectF(right, top, wide, high), item.state, "caption", tone, 600)
            sheet.parts.append(words)
        sheet.height = high + 2 * top

    def _put_line(self, sheet: Sheet, item: LineRow, width: int) -> None:
        theme = self.look.theme
        pad, side, top = theme.px(PAD), theme.px(14), float(theme.px(7))
        line = theme.line("note", hanzi=True)
        kind, readers = kind_mark(item.kind), visibility_mark(item.readers)
        sheet.parts.append(
            Sign(QRectF(pad, top + (line - side) / 2, side, side), kind.icon, kind.color)
        )
        word = QRectF(pad + theme.px(20), top, theme.px(GUTTER - 20), line)
        sheet.parts.append(Words(word, kind.word, "body", kind.color, 600))
        right = width - pad - theme.px(READERS - 19)
        spot = QRectF(right - theme.px(19), top + (line - side) / 2, side, side)
        sheet.parts.append(Sign(spot, readers.icon, readers.color))
        rect = QRectF(right, top, theme.px(READERS - 19), line)
        sheet.parts.append(Words(rect, readers.word, "caption", readers.color, 600))
        left = pad + theme.px(GUTTER)
        room = max(theme.px(60), right - theme.px(31) - left)
        hidden = self.look.discreet and item.kind in PRIVATE
        text = hidden_words() if hidden else item.text
        top += put_words(sheet, theme, (left, top, room), text, "note")
        color = "warning" if item.missing else "t3"
        said = f"{item.time} · {item.missing}" if item.missing else item.time
        top += put_words(sheet, theme, (left, top, room), said, "caption", color)
        sheet.height = top + theme.px(7) + theme.hairline


def _rows(evening: Evening) -> Iterator[Item]:
    missing = _missing(evening)
    opened = {one.refs[0] for one in evening.open_visits}
    for subject in evening.plan.subjects:
        own = [line for line in evening.lines if line.visit == subject.refs[0]]
        left = sum(_key(line) in missing for line in own)
        yield _heading(subject, left, closed=subject.refs[0] not in opened)
        yield from _line_rows(evening, own, missing)
    known: set[Ref | None] = {one.refs[0] for one in evening.plan.subjects}
    rest = [line for line in evening.lines if line.visit not in known]
    if rest:
        title = QCoreApplication.translate("DayLines", "Without a visit")
        yield VisitHeading("", title, "", "", done=True)
        yield from _line_rows(evening, rest, missing)


def _line_rows(
    evening: Evening, lines: Iterable[NoteLine], missing: dict[tuple[str, int], str]
) -> Iterator[LineRow]:
    zone = ZoneInfo(evening.plan.zone)
    for line in lines:
        yield LineRow(
            line.kind,
            f"{line.speaker}: {plain(line.text)}" if line.speaker else plain(line.text),
            f"{line.created.astimezone(zone):%H:%M}",
            missing.get(_key(line), ""),
            line.visibility,
            line_of_note(line.about, line.note, line.place),
        )


def _heading(subject: Subject, left: int, *, closed: bool) -> VisitHeading:
    tr = QCoreApplication.translate
    state = tr("DayLines", "closed") if closed else tr("DayLines", "not closed")
    if left:
        state = tr("DayLines", "{n} to finish").format(n=left)
    visit = subject.visit
    return VisitHeading(
        visit.when.time if visit else "",
        short_name(visit) if visit else subject.title,
        visit.title_zh if visit else "",
        state,
        closed and not left,
    )


def _missing(evening: Evening) -> dict[tuple[str, int], str]:
    """Which lines want something, and what."""
    tr = QCoreApplication.translate
    found = {_key(line): tr("DayLines", "speaker missing") for line in evening.speakers}
    for task in evening.actions:
        if task.line is not None:
            nobody, undated = not task.value.owner, not task.value.due
            words = tr("DayLines", "no owner, no date") if nobody and undated else ""
            words = words or (tr("DayLines", "no owner") if nobody else tr("DayLines", "no date"))
            found[_key(task.line)] = words
    waiting = {one.asked.origin + one.asked.text for one in evening.questions}
    for line in evening.lines:
        if line.kind is LineKind.QUESTION and f"line:{line.note}{line.text}" in waiting:
            found[_key(line)] = tr("DayLines", "no answer")
    return found


def _key(line: NoteLine) -> tuple[str, int]:
    return line.note, line.place
