"""The rail: where one can go, the time here and at home, and whether all is saved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.parts import key_text, label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.domain.guides import About

WIDE, NARROW = 204, 56
_PART_OF: Final = {
    "record": "directory",
    "note": "notes",
    "history": "notes",
    "passphrase": "settings",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the rail."""

    page: str
    text: str
    icon: str
    key: str


def entries() -> list[Entry]:
    """Where one goes, in order."""
    return [
        Entry("today", _tr("Today"), "sun-medium", "Ctrl+1"),
        Entry("directory", _tr("Directory"), "book-open", "Ctrl+2"),
        Entry("programme", _tr("Programme"), "calendar-days", "Ctrl+3"),
        Entry("map", _tr("Map"), "map", "Ctrl+4"),
        Entry("notes", _tr("Notes"), "notebook-pen", "Ctrl+5"),
        Entry("people", _tr("People"), "users", "Ctrl+6"),
        Entry("follow-ups", _tr("Follow-ups"), "list-todo", "Ctrl+8"),
    ]


def foot() -> list[Entry]:
    """What stands at the foot."""
    return [
        Entry("help", _tr("Help"), "circle-help", "F1"),
        Entry("settings", _tr("Settings"), "settings", "Ctrl+,"),
    ]


def _tr(text: str) -> str:
    return QCoreApplication.translate("Rail", text)


class _KeyedButton(QPushButton):
    """A button that says its key at its right end, unless only its icon is left."""

    def __init__(self, look: Look, text: str, key: str, kind: str) -> None:
        super().__init__(text)
        self._look = look
        digit = key.removeprefix("Ctrl+")
        self._key = digit if digit.isdigit() else key_text(key)
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        self.setToolTip(f"{text} ({key_text(key)})")

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the button, then its key."""
        super().paintEvent(event)
        if not self.text():
            return
        theme = self._look.theme
        painter = QPainter(self)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("accent" if self.isChecked() else "t3"))
        room = self.rect().adjusted(0, 0, -theme.px(10), 0)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, right, self._key)
        painter.end()


class _Clock(QWidget):
    """A city at the left, its time at the right."""

    def __init__(self, tone: str) -> None:
        super().__init__()
        self._city, self._time = label("", "caption", tone), label("", "caption", tone)
        self._time.setProperty("strong", "true")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._city, 1)
        row.addWidget(self._time)

    def show_time(self, city: str, time: datetime) -> None:
        """Say a time of day."""
        self._city.setText(city)
        self._time.setText(f"{time:%H:%M}")


class Rail(QWidget):
    """Narrow with icons only when the text is large; every entry has its key in its tip."""

    opened = Signal(object)
    searched = Signal()
    revealed = Signal()
    """The mark of the discreet view was pressed: all may be seen again."""

    def __init__(self, desk: Desk, entries: Sequence[Entry], foot: Sequence[Entry]) -> None:
        super().__init__()
        self._desk = desk
        self._about: About | None = None
        self.setProperty("kind", "rails")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("Places"))
        self._buttons: dict[str, tuple[QPushButton, Entry]] = {}
        self._discreet: QPushButton | None = None
        self._sign = label("")
        self._title = ScriptLabel("", desk.look.theme, "section")
        self._second = ScriptLabel("", desk.look.theme, "caption", "t2")
        self._search = _KeyedButton(desk.look, self.tr("Search"), "Ctrl+K", "field")
        self._search.clicked.connect(self.searched)
        self._here, self._home = _Clock("t1"), _Clock("t2")
        self._clocks = QWidget()
        self.state = ScriptLabel("", desk.look.theme, "caption", "t2", wrap=True)
        self._build(entries, foot)
        self._timer = QTimer(self)
        self._timer.setInterval(20_000)
        self._timer.timeout.connect(self._tell_time)
        self._timer.start()
        self.set_theme(desk.look.theme)

    def _build(self, entries: Sequence[Entry], foot: Sequence[Entry]) -> None:
        self._column = QVBoxLayout(self)
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(self._title)
        names.addWidget(self._second)
        self._head = QHBoxLayout()
        self._head.addWidget(self._sign)
        self._head.addLayout(names, 1)
        self._column.addLayout(self._head)
        self._column.addWidget(self._search)
        self._column.addSpacing(8)
        for entry in entries:
            self._column.addWidget(self._entry(entry))
        self._column.addStretch(1)
        self._foot_at = self._column.count()
        for entry in foot:
            self._column.addWidget(self._entry(entry))
        self._times = QVBoxLayout(self._clocks)
        self._times.addWidget(rule())
        self._times.addWidget(self._here)
        self._times.addWidget(self._home)
        self._clocks.hide()
        self._column.addWidget(self._clocks)
        self._column.addWidget(self.state)

    def _entry(self, entry: Entry) -> QPushButton:
        button = _KeyedButton(self._desk.look, entry.text, entry.key, "rail")
        button.setCheckable(True)
        button.clicked.connect(lambda: self.opened.emit(Place(entry.page)))
        self._buttons[entry.page] = (button, entry)
        return button

    def show_about(self, about: "About") -> None:
        """Name the guide, and start telling the time there."""
        self._about = about
        self._title.setText(about.short_title)
        self._second.setText(self.tr("Guide {version}").format(version=about.version))
        self._tell_time()

    def mark(self, page: str) -> None:
        """Show which place is open; a record is part of the directory."""
        page = _PART_OF.get(page, page)
        for name, (button, _) in self._buttons.items():
            button.setChecked(name == page)

    def show_discreet(self, on: bool, key: str) -> None:
        """Say as long as it lasts that words are hidden; few ever need the mark."""
        if on and self._discreet is None:
            mark = _KeyedButton(self._desk.look, self.tr("Discreet"), key, "rail")
            tip = self.tr("Discreet view: show all again ({key})").format(key=key_text(key))
            mark.setToolTip(tip)
            mark.setAccessibleName(tip)
            mark.clicked.connect(self.revealed)
            self._discreet = mark
            self._column.insertWidget(self._foot_at, mark)
            self.set_theme(self._desk.look.theme)
        if self._discreet is not None:
            self._discreet.setVisible(on)

    def say(self, text: str, well: bool) -> None:
        """How what is written stands: saved, or why not."""
        self.state.setText(text)
        self.state.set_color("t2" if well else "danger")
        self.state.setVisible(bool(text) and (not well or self._desk.look.theme.scale < 1.5))

    def set_theme(self, theme: Theme) -> None:
        """Dress again; from 150 % the rail keeps only its icons."""
        narrow = theme.scale >= 1.5
        self.setFixedWidth(theme.px(NARROW if narrow else WIDE))
        top, bottom = (8, 6) if narrow else (14, 12)
        self._column.setContentsMargins(theme.px(8), theme.px(top), theme.px(8), theme.px(bottom))
        self._column.setSpacing(theme.px(2))
        self._head.setContentsMargins(theme.px(8), 0, 0, theme.px(10))
        self._head.setSpacing(theme.px(10))
        self._times.setContentsMargins(theme.px(8), 0, theme.px(8), theme.px(4))
        self._times.setSpacing(theme.px(4))
        # The line below is not always there; what stands above it must not move when it comes.
        room = self.state.sizePolicy()
        room.setRetainSizeWhenHidden(not narrow)
        self.state.setSizePolicy(room)
        self.state.setMinimumHeight(0 if narrow else theme.line("caption") + theme.px(2))
        edge = 0 if narrow else theme.px(8)
        self.state.setContentsMargins(edge, theme.px(2), edge, 0)
        icons = self._desk.look.icons
        self._sign.setPixmap(icons.pixmap("compass", 22, "accent"))
        lines = [(button, one.text, one.icon) for button, one in self._buttons.values()]
        if self._discreet is not None:
            lines.append((self._discreet, self.tr("Discreet"), "eye-off"))
        for button, text, icon in lines:
            button.setText("" if narrow else text)
            button.setIcon(icons.icon(icon, 16, "t2", 0 if narrow else 6))
            button.setIconSize(QSize(theme.px(16 if narrow else 22), theme.px(16)))
        self._search.setProperty("place", "narrow" if narrow else "")
        self._search.style().polish(self._search)
        self._search.setText("" if narrow else self.tr("Search"))
        self._search.setIcon(icons.icon("search", 16, "t2", 0 if narrow else 3))
        self._search.setIconSize(QSize(theme.px(16 if narrow else 19), theme.px(16)))
        for part in (self._title, self._second, self.state):
            part.setVisible(not narrow and bool(part.text()))
        self._clocks.setVisible(not narrow and self._about is not None)

    def _tell_time(self) -> None:
        if self._about is None:
            return
        from zoneinfo import ZoneInfo

        now = self._desk.clock()
        here = now.astimezone(ZoneInfo(self._about.zone))
        home = now.astimezone(ZoneInfo(self._about.home_zone))
        self._here.show_time(self._about.city, here)
        self._home.show_time(self._about.home_city, home)
        for part in (self._title, self._second, self._clocks):
            part.setVisible(self._desk.look.theme.scale < 1.5)
