"""The table of backups: a row each, in columns where there is room, else in two lines."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from fieldguide.domain.backups import Backup
from fieldguide.ui.desk import Look
from fieldguide.ui.parts import IconButton, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme

WIDE: Final = 640
_WHEN, _SIZE, _WHERE, _CHECKED, _ACT = 150, 64, 150, 100, 96


@dataclass(frozen=True, slots=True)
class Told:
    """What a row says of one backup, in words."""

    backup: Backup
    when: str
    holds: str
    size: str
    where: str
    checked: str


class BackupTable(QWidget):
    """Restoring takes two presses of the same button."""

    def __init__(self, look: Look, restored: Callable[[Backup], None]) -> None:
        super().__init__()
        self._look, self._restored = look, restored
        self._sure: _Row | None = None
        self._head = _Head(look)
        self._rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._head)

    def show_rows(self, told: Sequence[Told]) -> None:
        """Put these in the place of what was shown; focus and first press stay with their rows."""
        if list(told) == [row.told for row in self._rows]:
            return
        sure = self._sure.told.backup if self._sure is not None else None
        held = next((row.told.backup for row in self._rows if row.act.hasFocus()), None)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._sure = None
        self._rows = [_Row(self._look, one, self._press) for one in told]
        for row in self._rows:
            row.arrange(self._wide())
            self._column.addWidget(row)
            if row.told.backup == sure:
                self._press(row)
            if row.told.backup == held:
                row.act.setFocus()
        self._head.setVisible(bool(told) and self._wide())

    def tab_after(self, first: QWidget, last: QWidget) -> None:
        """Let Tab come down the rows between two controls; new rows would be its last stops."""
        stops = [first, *(row.act for row in self._rows), last]
        for one, after in pairwise(stops):
            QWidget.setTabOrder(one, after)

    def set_offered(self, offered: bool) -> None:
        """Whether any of them can be put back now."""
        for row in self._rows:
            row.act.setEnabled(offered)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose columns or lines."""
        super().resizeEvent(event)
        self._turn()

    def set_theme(self, theme: Theme) -> None:
        """The room for columns depends on the size of the text."""
        self._turn()

    def _turn(self) -> None:
        self._head.setVisible(bool(self._rows) and self._wide())
        for row in self._rows:
            row.arrange(self._wide())

    def _wide(self) -> bool:
        return self.width() >= self._look.theme.px(WIDE)

    def _press(self, row: "_Row") -> None:
        if self._sure is not row:
            if self._sure is not None:
                self._sure.ask(sure=False)
            self._sure = row
            row.ask(sure=True)
            return
        self._sure = None
        row.ask(sure=False)
        row.act.setEnabled(False)
        self._restored(row.told.backup)


class _Head(QWidget):
    """Names of the columns."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("surface", "sunken")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        names = (
            self.tr("When"), self.tr("Holds"), self.tr("Size"), self.tr("Where"),
            self.tr("Checked"), "",
        )  # fmt: skip
        self._cells = [ScriptLabel(name, look.theme, "caption", "t2", weight=600) for name in names]
        self._cells[2].setAlignment(Qt.AlignmentFlag.AlignRight)
        self._row = QHBoxLayout(self)
        for place, cell in enumerate(self._cells):
            self._row.addWidget(cell, 1 if place == 1 else 0)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Set the widths."""
        self._row.setContentsMargins(theme.px(8), 0, theme.px(8), 0)
        self._row.setSpacing(theme.px(14))
        for cell, width in zip(self._cells, (_WHEN, 0, _SIZE, _WHERE, _CHECKED, _ACT), strict=True):
            if width:
                cell.setFixedWidth(theme.px(width))
        self.setFixedHeight(theme.px(28))


class _Row(QWidget):
    """One backup and the button that puts it back."""

    def __init__(self, look: Look, told: Told, pressed: Callable[["_Row"], None]) -> None:
        super().__init__()
        self._look, self.told = look, told
        theme = look.theme
        self._when = ScriptLabel(told.when, theme, "body", weight=600)
        self._cells = [
            ScriptLabel(told.holds, theme, "body", "t2"),
            ScriptLabel(told.size, theme, "body", "t2"),
            ScriptLabel(told.where, theme, "body", "t2"),
        ]
        self._cells[1].setAlignment(Qt.AlignmentFlag.AlignRight)
        self._checked = _Checked(look, told.checked)
        lines = " · ".join((told.holds, told.size, told.where))
        self._lines = ScriptLabel(lines, theme, "body", "t2", wrap=True)
        self.act = IconButton(look, "", "", lambda: pressed(self), "link")
        self.ask(sure=False)
        self._grid = QGridLayout()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(self._grid)
        whole.addWidget(rule())
        # They are shown and hidden by the width, which only counts once they have a parent.
        for part in (self._when, *self._cells, self._checked, self._lines, self.act):
            part.setParent(self)

    def ask(self, *, sure: bool) -> None:
        """Say on the button what its next press does."""
        name = self.tr("Press again to restore the notes of {when}")
        if not sure:
            name = self.tr("Restore the notes of {when}")
        self.act.setText(self.tr("Press again") if sure else self.tr("Restore"))
        self.act.setAccessibleName(name.format(when=self.told.when))

    def arrange(self, wide: bool) -> None:
        """Columns, or two lines and the button beside them."""
        theme, grid = self._look.theme, self._grid
        while grid.takeAt(0) is not None:
            pass
        middle = Qt.AlignmentFlag.AlignVCenter
        for part in (*self._cells, self._checked):
            part.setVisible(wide)
        self._lines.setVisible(not wide)
        if wide:
            cells: list[QWidget] = [self._when, *self._cells, self._checked]
            widths = (_WHEN, 0, _SIZE, _WHERE, _CHECKED)
            for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
                if width:
                    cell.setFixedWidth(theme.px(width))
                grid.addWidget(cell, 0, place)
            self.act.setFixedWidth(theme.px(_ACT))
            grid.addWidget(self.act, 0, 5)
        else:
            self._when.setMinimumWidth(0)
            self._when.setMaximumWidth(WIDEST)
            grid.addWidget(self._when, 0, 1)
            grid.addWidget(self._lines, 1, 1)
            grid.addWidget(self.act, 0, 2, 2, 1, middle)
        for column in range(6):
            grid.setColumnStretch(column, int(column == 1))
        edge = theme.px(3 if wide else 6)
        grid.setContentsMargins(theme.px(8), edge, theme.px(8), edge)
        grid.setHorizontalSpacing(theme.px(14))
        grid.setVerticalSpacing(0)


class _Checked(QWidget):
    """A tick and when it was opened again."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__()
        self._look = look
        self._tick = QLabel()
        words = ScriptLabel(text, look.theme, "caption", "ok")
        words.setAccessibleName(self.tr("opened again and checked {when}").format(when=text))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._tick)
        self._row.addWidget(words, 1)
        self.set_theme(look.theme)

    def set_theme(self, theme: Theme) -> None:
        """Draw the tick again."""
        self._row.setSpacing(theme.px(6))
        self._tick.setPixmap(self._look.icons.pixmap("circle-check", 14, "ok"))


def when_text(backup: Backup, today: date, words: tuple[str, str]) -> str:
    """The moment of a backup; ``words`` are those for today and yesterday, with ``{time}``."""
    time, day = f"{backup.made:%H:%M}", backup.made.date()
    if 0 <= (ago := (today - day).days) <= 1:
        return words[ago].format(time=time)
    form = "%a %d %b" if 0 < ago < 200 else "%d %b %Y"
    return f"{backup.made.strftime(form).replace(' 0', ' ').lstrip('0')}, {time}"
