"""The rail: where one can go, the time here and at home, and whether all is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.parts import key_text, label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.domain.guides import About

WIDE, NARROW = 204, 56


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    page: str
    text: str
    icon: str
    key: str


class Rail(QWidget):
    """Narrow with icons only when the text is large; every entry has its key in its tip."""

    opened = Signal(object)
    searched = Signal()

    def __init__(self, desk: Desk, entries: Sequence[Entry], foot: Sequence[Entry]) -> None:
        super().__init__()
        self._desk = desk
        self._about: About | None = None
        self.setProperty("surface", "window")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Places"))
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, tuple[QPushButton, Entry]] = {}
        self._title = ScriptLabel("", desk.look.theme, "section")
        self._second = ScriptLabel("", desk.look.theme, "caption", "t2")
        self._search = QPushButton(self.tr("Search"))
        self._search.setToolTip(self.tr("Search ({key})").format(key=key_text("Ctrl+K")))
        self._search.setAccessibleName(self.tr("Search"))
        self._search.clicked.connect(self.searched)
        self._here = label("", "caption", "t2")
        self._home = label("", "caption", "t3")
        self.state = ScriptLabel("", desk.look.theme, "caption", "t2", wrap=True)
        self._build(entries, foot)
        self._timer = QTimer(self)
        self._timer.setInterval(20_000)
        self._timer.timeout.connect(self._tell_time)
        self._timer.start()
        self.set_theme(desk.look.theme)

    def _build(self, entries: Sequence[Entry], foot: Sequence[Entry]) -> None:
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._title)
        self._column.addWidget(self._second)
        self._column.addWidget(self._search)
        for entry in entries:
            self._column.addWidget(self._entry(entry))
        self._column.addStretch(1)
        for entry in foot:
            self._column.addWidget(self._entry(entry))
        self._column.addWidget(rule())
        for one in (self._here, self._home):
            row = QHBoxLayout()
            row.addWidget(one)
            self._column.addLayout(row)
        self._column.addWidget(self.state)

    def _entry(self, entry: Entry) -> QPushButton:
        button = QPushButton(entry.text)
        button.setProperty("kind", "rail")
        button.setCheckable(True)
        button.setAccessibleName(entry.text)
        button.setToolTip(f"{entry.text} ({key_text(entry.key)})")
        button.clicked.connect(lambda: self.opened.emit(Place(entry.page)))
        self._group.addButton(button)
        self._buttons[entry.page] = (button, entry)
        return button

    def show_about(self, about: "About") -> None:
        """Name the guide, and start telling the time there."""
        self._about = about
        self._title.setText(about.short_title)
        self._second.setText(self.tr("Guide {version}").format(version=about.version))
        self._tell_time()

    def mark(self, page: str) -> None:
        """Show which place is open; a record belongs to the directory."""
        page = {"record": "directory", "note": "notes"}.get(page, page)
        for name, (button, _) in self._buttons.items():
            button.setChecked(name == page)

    def say(self, text: str, tone: str = "t2") -> None:
        """The state of what is written: saved, or why not."""
        self.state.setText(text)
        self.state.set_color(tone)
        self.state.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Dress again; from 150 % the rail keeps only its icons."""
        narrow = theme.scale >= 1.5
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        self._column.setContentsMargins(theme.px(8), theme.px(16), theme.px(8), theme.px(12))
        self._column.setSpacing(theme.px(2))
        icons = self._desk.look.icons
        for button, entry in self._buttons.values():
            button.setText("" if narrow else entry.text)
            button.setIcon(icons.icon(entry.icon, 16, "t2", 0 if narrow else 6))
            button.setIconSize(QSize(theme.px(16 if narrow else 22), theme.px(16)))
        self._search.setText("" if narrow else self.tr("Search"))
        self._search.setIcon(icons.icon("search", 16, "t2", 0 if narrow else 3))
        self._search.setIconSize(QSize(theme.px(16 if narrow else 19), theme.px(16)))
        for part in (self._title, self._second, self._here, self._home, self.state):
            part.setVisible(not narrow and bool(part.text()))

    def _tell_time(self) -> None:
        if self._about is None:
            return
        from zoneinfo import ZoneInfo

        now = self._desk.clock()
        here = now.astimezone(ZoneInfo(self._about.zone))
        home = now.astimezone(ZoneInfo(self._about.home_zone))
        self._here.setText(_line(self._about.city, here))
        self._home.setText(_line(self._about.home_city, home))
        for part in (self._title, self._second, self._here, self._home):
            part.setVisible(self._desk.look.theme.scale < 1.5)


def _line(city: str, time: datetime) -> str:
    return f"{city}  {time:%H:%M}"
