"""The steps of a note's history, day by day, the last first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeGuard

from PySide6.QtCore import QCoreApplication, QPoint, QRectF, Signal
from PySide6.QtGui import QPaintEvent

from fieldguide.services.timeline import Deed, Step, Timeline
from fieldguide.ui.line_kinds import visibility_mark
from fieldguide.ui.lists import Index, Item, ItemDelegate, ItemList
from fieldguide.ui.sheet import Box, Sheet, Words, put_words
from fieldguide.ui.text import text_width

PAD: Final = 24


def day_words(when: datetime) -> str:
    """A day as it is looked for: Tuesday 28 May 2013."""
    return f"{when:%A} {when.day} {when:%B} {when:%Y}"


def moment_words(when: datetime, now: datetime) -> str:
    """A moment seen from another one: by its weekday where that is enough, else by its date."""
    near = 0 <= (now.date() - when.date()).days < 7
    return f"{when:%A %H:%M}" if near else f"{when.day} {when:%B %Y, %H:%M}"


def step_words(step: Step) -> str:
    """What was done in a step, in a few words."""
    tr = QCoreApplication.translate
    deeds = {
        Deed.READERS: tr("Step", "Readers: {word}").format(
            word=visibility_mark(step.saved.visibility).word
        ),
        Deed.FILED: tr("Step", "Filed under {title}").format(title=step.saved.title)
        if step.saved.about
        else tr("Step", "Taken off its record"),
        Deed.TRASHED: tr("Step", "Moved to the trash"),
        Deed.TAKEN_OUT: tr("Step", "Taken out of the trash"),
        Deed.SETTLED: tr("Step", "Versions settled"),
    }
    said = [deeds[step.deed]] if step.deed in deeds else []
    if step.deed is Deed.BEGUN:
        said.append(_begun(step))
    else:
        said.extend(_counts(step))
    return ", ".join(said) or (tr("Step", "Written") if step.counted else "…")


def _begun(step: Step) -> str:
    tr = QCoreApplication.translate
    if not step.lines:
        return tr("Step", "Begun")
    if step.lines == 1:
        return tr("Step", "1 line, begun")
    return tr("Step", "{number} lines, begun").format(number=step.lines)


def _counts(step: Step) -> Iterator[str]:
    tr = QCoreApplication.translate
    forms = (
        (step.added, tr("Step", "1 line added"), tr("Step", "{number} lines added")),
        (step.changed, tr("Step", "1 line changed"), tr("Step", "{number} lines changed")),
        (step.removed, tr("Step", "1 line removed"), tr("Step", "{number} lines removed")),
    )
    for number, one, many in forms:
        if number:
            yield one if number == 1 else many.format(number=number)


@dataclass(frozen=True, slots=True)
class DayRow:
    """The day of the steps that follow."""

    day: str
    heading: bool = True
    place: None = None
    copies: str = ""

    @property
    def speech(self) -> str:
        """The day."""
        return self.day


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step; its speech begins with its weekday, so that typing it leads there."""

    step: Step
    now: bool
    mine: bool
    heading: bool = False
    place: None = None
    copies: str = ""

    @property
    def lines(self) -> list[str]:
        """What was done, by whom, and what is unusual about it."""
        tr = QCoreApplication.translate
        step = self.step
        lines = [step_words(step)]
        if step.again is not None:
            words = tr("Step", "As it was on {when}")
            lines.append(words.format(when=f"{day_words(step.again)}, {step.again:%H:%M}"))
        if step.beside:
            lines.append(tr("Step", "Beside another version"))
        someone = tr("Step", "You") if self.mine else tr("Step", "Someone else")
        lines.append(step.saved.author.name or someone)
        return lines

    @property
    def speech(self) -> str:
        """Day, time and all that is shown."""
        now = QCoreApplication.translate("Step", "now") if self.now else ""
        when = f"{day_words(self.step.when)}, {self.step.when:%H:%M}"
        return "; ".join(part for part in (when, now, *self.lines) if part)


class StepDelegate(ItemDelegate):
    """The time, a chip on the step that is now, and what was done."""

    def lay_out(self, item: Item, width: int) -> Sheet:
        """Place the parts of a day or of a step."""
        theme, sheet = self.look.theme, Sheet()
        pad, room = theme.px(PAD), width - 2 * theme.px(PAD)
        top: float = theme.px(8)
        if isinstance(item, DayRow):
            high = put_words(sheet, theme, (pad, top, room), item.day, color="t2", weight=600)
            sheet.height = top + high + theme.px(8)
            return sheet
        assert isinstance(item, StepRow)
        line = theme.line("body", hanzi=True)
        time = f"{item.step.when:%H:%M}"
        wide = text_width(time, theme, "note", weight=600) + 1
        sheet.parts.append(Words(QRectF(pad, top, wide, line), time, "note", weight=600))
        if item.now:
            word = QCoreApplication.translate("Step", "now")
            left = pad + wide + theme.px(10)
            chip = QRectF(left, top, text_width(word, theme, "caption") + theme.px(14), line)
            sheet.parts.append(Box(chip, edge="line2"))
            sheet.parts.append(Words(chip.adjusted(theme.px(7), 0, 0, 0), word, "caption", "t2"))
        top += line
        for number, words in enumerate(item.lines):
            color = "t1" if number == 0 else "t2"
            top += put_words(sheet, theme, (pad, top, room), words, color=color)
        sheet.height = top + theme.px(8)
        return sheet


class StepList(ItemList):
    """Arrows go from step to step; typing a weekday goes to it."""

    chosen = Signal(object)
    """The Step that the keys are on."""
    wanted = Signal(object)
    """Steps in sight whose lines are not counted yet."""

    def make_delegate(self) -> ItemDelegate:
        """The one that draws steps."""
        return StepDelegate(self.look, self)

    def show_steps(self, told: Timeline, me: str) -> None:
        """Show the steps; the same one stays chosen where it is still there, else the last."""
        before, rows = self.step(), _rows(told.steps, me)
        places = {item.step.saved.id: row for row, item in enumerate(rows) if _is_step(item)}
        first = next(iter(places.values()), None)
        row = places.get(before.saved.id, first) if before is not None else first
        self.show_items(rows)
        if row is not None:
            if row >= self.items.rowCount():
                self._show_rest()
            self.setCurrentIndex(self.items.index(row))

    def add_steps(self, told: Timeline, me: str) -> None:
        """Show the older steps as well, below those that are there."""
        rows = _rows(told.steps, me)
        there = self.items.rowCount()
        for row in range(there):
            self._put(row, rows[row])
        self._rest = rows[there:]
        self.viewport().update()

    def put_steps(self, steps: Sequence[Step]) -> None:
        """Show steps again of which more is told now."""
        told = {step.saved.id: step for step in steps}
        for row in range(self.items.rowCount()):
            item = self.items.item(row)
            if isinstance(item, StepRow) and item.step.saved.id in told:
                self._put(row, replace(item, step=told[item.step.saved.id]))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is there, then ask for what is not told of it yet."""
        super().paintEvent(event)
        top = max(0, self.indexAt(QPoint(0, 0)).row())
        last = self.indexAt(QPoint(0, self.viewport().height() - 1)).row()
        rows = range(top, self.items.rowCount() if last < 0 else last + 1)
        seen = [item.step for row in rows if isinstance(item := self.items.item(row), StepRow)]
        lacking = [step for step in seen if not step.counted]
        if lacking:
            self.wanted.emit(lacking)

    def _put(self, row: int, item: Item) -> None:
        before = self.items.item(row)
        if isinstance(before, StepRow) and isinstance(item, StepRow):
            if before.step.counted and not item.step.counted:
                counted = before.step
                item = replace(item, step=replace(counted, again=item.step.again))
            if item != before:
                self.drawing.forget([row])
                self.items.put(row, item)
                self.scheduleDelayedItemsLayout()

    def step(self) -> Step | None:
        """The step that is chosen."""
        index = self.currentIndex()
        item = self.items.item(index.row()) if index.isValid() else None
        return item.step if isinstance(item, StepRow) else None

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which step is looked at."""
        super().currentChanged(current, previous)
        step = self.step()
        if current.isValid() and step is not None:
            self.chosen.emit(step)


def _rows(steps: Sequence[Step], me: str) -> list[Item]:
    rows: list[Item] = []
    day = ""
    for number, step in enumerate(steps):
        if day_words(step.when) != day:
            day = day_words(step.when)
            rows.append(DayRow(day))
        rows.append(StepRow(step, number == 0, step.saved.author.id == me))
    return rows


def _is_step(item: Item) -> TypeGuard[StepRow]:
    return isinstance(item, StepRow)
