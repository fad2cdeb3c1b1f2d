"""The head of a record: where it is filed, its names with copy, one line on it, the note button."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from fieldguide.domain.directory import SECTIONS
from fieldguide.domain.entries import Labels
from fieldguide.domain.records import Name
from fieldguide.domain.series import date_words
from fieldguide.services.subject import Subject
from fieldguide.ui.desk import DRIVER, Look, Place
from fieldguide.ui.labels import LabelChips
from fieldguide.ui.parts import IconButton, ToolButton, key_text
from fieldguide.ui.places_out import PlacesButton
from fieldguide.ui.text import ScriptLabel, text_width
from fieldguide.ui.theme import WIDEST, Theme

STAR = "Ctrl+Shift+S"
LABELS = "Ctrl+Shift+T"
MARGIN = 24
SOMEWHERE = ("organisation", "place", "authority", "visit", "event", "person")
"""Kinds of records that one can go to."""

PUT: Final = "Ctrl+Shift+P"


class RecordHeader(QWidget):
    """Names on one line where they fit, else hanzi and pinyin on a line of their own."""

    opened = Signal(object)
    copied = Signal(str)
    starred = Signal(bool)
    """The star was pressed: whether it is to be there."""
    labelling = Signal()
    """Tags and shortlists are to be changed."""
    planning = Signal()
    """It is to be put into a day of the programme."""
    placing = Signal()
    """Its places are to go into a file."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._subject: Subject | None = None
        self._narrow = False
        self._stacked = False
        theme = look.theme
        self._crumbs = _Crumbs(look)
        self._crumbs.opened.connect(self.opened)
        self.title = ScriptLabel("", theme, "name", wrap=True)
        self.hanzi = ScriptLabel("", theme, "name", weight=400)
        self._copy = ToolButton(look, "copy", self._copy_tip(), self._copy_hanzi)
        self._pinyin = ScriptLabel("", theme, "note", "t2")
        self._script = QWidget()
        self._full = ScriptLabel("", theme, "body", "t2")
        self._copy_full = ToolButton(
            look, "copy", self.tr("Copy the full Chinese name"), self._copy_name
        )
        self._summary = ScriptLabel("", theme, "body", "t2", wrap=True)
        self.note = IconButton(look, "notebook-pen", self.tr("Note"), self._write, "primary")
        self.note.setToolTip(self.tr("Write a note ({key})").format(key=key_text("Ctrl+N")))
        self.star = StarButton(look)
        self.star.clicked.connect(lambda: self.starred.emit(self.star.isChecked()))
        words = self.tr("Tags and shortlists ({key})").format(key=key_text(LABELS))
        self._label = ToolButton(look, "hash", words, self.labelling.emit)
        self._label.setShortcut(LABELS)
        self._label.setCheckable(True)
        words = self.tr("Put into the programme ({key})").format(key=key_text(PUT))
        self._put = ToolButton(look, "calendar-days", words, self.planning.emit)
        self._put.setShortcut(PUT)
        self._places = PlacesButton(look, self.placing.emit)
        self.driver = ToolButton(look, "car-taxi-front", self._driver_tip(), self._drive)
        self.labels = LabelChips(look)
        self.labels.opened.connect(self.opened)
        self._build()
        self.set_theme(theme)

    def show_labels(self, labels: Labels) -> None:
        """Show what one has put on the record."""
        self.star.show_star(labels.starred)
        self.labels.show_labels(labels)

    def show_labelling(self, on: bool) -> None:
        """Show whether tags and shortlists are being changed."""
        self._label.setChecked(on)

    def show_subject(self, subject: Subject) -> None:
        """Show the names of a record."""
        self._subject = subject
        record = subject.record
        self.title.setText(record.title)
        self.hanzi.setText(record.title_zh)
        self._pinyin.setText(record.pinyin)
        full = _full_name(record.names, record.title_zh)
        self._full.setText(full)
        self._summary.setText(self._line(subject))
        self.driver.setVisible(record.ref.kind in SOMEWHERE)
        self._summary.setVisible(bool(self._summary.text()))
        self._crumbs.show_path(subject)
        self._put.setVisible(record.ref.kind in SOMEWHERE)
        self._places.setVisible(any(stop.record.position for stop in subject.places))
        self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        """Leave out the path and the full name where there is little room."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._arrange()

    def set_theme(self, theme: Theme) -> None:
        """Set the distances for another text size."""
        # The path begins with a button, whose own padding and border are part of the margin.
        inset = theme.px(8) + theme.hairline
        self._column.setContentsMargins(theme.px(MARGIN) - inset, theme.px(8), theme.px(MARGIN), 0)
        self._names.setContentsMargins(inset, 0, 0, 0)
        self._column.setSpacing(theme.px(2))
        for row in (self._names, self._second, self._script_row):
            row.setSpacing(theme.px(10))
        self._foot.setContentsMargins(inset, 0, 0, theme.px(10))
        self._arrange()

    def _build(self) -> None:
        self._script_row = QHBoxLayout(self._script)
        self._script_row.setContentsMargins(0, 0, 0, 0)
        for part in (self.hanzi, self._copy, self._pinyin):
            self._script_row.addWidget(part)
        self._script_row.addStretch(1)
        self._names = QHBoxLayout()
        self._names.addWidget(self.title)
        self._names.addWidget(self._script, 1)
        self._names.addWidget(self._put, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self._places, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self._label, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self.star, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self.driver, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self.note, 0, Qt.AlignmentFlag.AlignTop)
        self._second = QHBoxLayout()
        self._second.addWidget(self._full)
        self._second.addWidget(self._copy_full)
        self._second.addWidget(self._summary, 1, Qt.AlignmentFlag.AlignVCenter)
        self._foot = QVBoxLayout()
        self._foot.addLayout(self._second)
        self._foot.addWidget(self.labels)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._crumbs)
        self._column.addLayout(self._names)
        self._column.addLayout(self._foot)

    def _arrange(self) -> None:
        """One line or two, by what the names need."""
        theme, subject = self._look.theme, self._subject
        if subject is None:
            return
        record = subject.record
        title = int(text_width(record.title, theme, "name")) + 2
        script = text_width(record.title_zh, theme, "name", weight=400)
        script += text_width(record.pinyin, theme, "note") + theme.px(60)
        room = self.width() - theme.px(2 * MARGIN + 322)
        stacked = self._narrow or title + (script if record.title_zh else 0) > room
        self.title.setMinimumWidth(0 if stacked else title)
        self.title.setMaximumWidth(WIDEST if stacked else title)
        self._script.setVisible(bool(record.title_zh) or not stacked)
        self._copy.setVisible(bool(record.title_zh))
        if stacked != self._stacked:
            self._stacked = stacked
            self._names.removeWidget(self._script)
            self._foot.removeWidget(self._script)
            if stacked:
                self._foot.insertWidget(0, self._script)
            else:
                self._names.insertWidget(1, self._script, 1)
        self._crumbs.setVisible(not self._narrow)
        full = bool(self._full.text()) and not self._narrow
        self._full.setVisible(full)
        self._copy_full.setVisible(full)

    def _line(self, subject: Subject) -> str:
        record, when = subject.record, subject.record.when
        if when is None:
            return record.summary
        told = date_words(when.start if not when.end else f"{when.start}/{when.end}")
        if when.time:
            told += f", {when.time}" + (f"–{when.end_time}" if when.end_time else "")
        if told.split(",")[0] in record.summary and when.time in record.summary:
            told = record.summary
        if subject.home_time:
            told += " " + self.tr("({time} in {city})").format(
                time=subject.home_time, city=subject.home_city
            )
        said = not record.summary or told.startswith(record.summary)
        return told if said else f"{told} · {record.summary}"

    def _copy_tip(self) -> str:
        return self.tr("Copy the Chinese name ({key})").format(key=key_text("Ctrl+Shift+C"))

    def _driver_tip(self) -> str:
        return self.tr("Show a driver the way there ({key})").format(key=key_text("Ctrl+D"))

    def _drive(self) -> None:
        if self._subject is not None:
            self.opened.emit(Place(DRIVER, self._subject.record.ref))

    def _copy_hanzi(self) -> None:
        self._to_clipboard(self.hanzi.text())

    def _copy_name(self) -> None:
        self._to_clipboard(self._full.text())

    def _to_clipboard(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)

    def _write(self) -> None:
        if self._subject is not None:
            self.opened.emit(Place("note", self._subject.record.ref, "new"))


class StarButton(ToolButton):
    """A star that is there or not."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, "star", self.tr("Star ({key})").format(key=key_text(STAR)), _nothing)
        self.setCheckable(True)
        self.setShortcut(STAR)
        self.toggled.connect(lambda _: self.set_theme(look.theme))

    def show_star(self, starred: bool) -> None:
        """Show it as it is kept."""
        self.setChecked(starred)

    def set_theme(self, theme: Theme) -> None:
        """Draw it in the colour of what is chosen, or quietly."""
        color = "accent" if self.isChecked() else "t2"
        self.setIcon(self._look.icons.icon("star", 16, color))
        self.setIconSize(QSize(theme.px(16), theme.px(16)))


def _nothing() -> None:
    """The click is heard by whoever keeps the star."""


class _Crumbs(QWidget):
    """Directory, section, title: the first two can be pressed."""

    opened = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._section = ""
        self._first = self._link(self.tr("Directory"), lambda: Place("directory"))
        self._second = self._link("", lambda: Place("directory", detail=self._section))
        self._signs = (QLabel(), QLabel())
        self._last = ScriptLabel("", look.theme, "caption", "t1")
        self._row = QHBoxLayout(self)
        parts = (self._first, self._signs[0], self._second, self._signs[1])
        for part in parts:
            self._row.addWidget(part)
        self._row.addWidget(self._last, 1)
        self.set_theme(look.theme)

    def show_path(self, subject: Subject) -> None:
        """Show where a record is filed."""
        self._section = subject.section
        self._second.setText(SECTIONS.get(subject.section, ""))
        self._second.setVisible(bool(subject.section))
        self._signs[1].setVisible(bool(subject.section))
        self._last.setText(subject.record.title)

    def set_theme(self, theme: Theme) -> None:
        """Draw the signs between again."""
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(theme.px(2))
        self._last.setContentsMargins(theme.px(6), 0, 0, 0)
        for sign in self._signs:
            sign.setPixmap(self._look.icons.pixmap("chevron-right", 14, "t3"))

    def minimumSizeHint(self) -> QSize:
        """A long title is cut here: it stands whole below."""
        return QSize(0, super().minimumSizeHint().height())

    def _link(self, text: str, place: Callable[[], Place]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "quiet")
        button.setProperty("dense", "true")
        button.clicked.connect(lambda: self.opened.emit(place()))
        return button


def _full_name(names: tuple[Name, ...], title_zh: str) -> str:
    return next(
        (
            name.text
            for name in names
            if name.lang == "zh" and name.type == "full" and name.text != title_zh
        ),
        "",
    )
