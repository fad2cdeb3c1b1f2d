"""The card of the visit that comes next: when, where, with whom, and how exactly that is known."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.moment import Moment
from fieldguide.domain.trips import Visit, home_time
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import DRIVER, Look, Place
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, ToolButton, clear, label, rule
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.trip import leave_by, precision_text, span_text, visit_name


class VisitCard(QFrame):
    """Built anew for each visit."""

    opened = Signal(object)
    copied = Signal(str)
    built = Signal()
    """All controls are new."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setProperty("kind", "card")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._shown: tuple[Trip, Moment] | None = None
        self._state_label = label("")
        self.visit: Visit | None = None

    def show_moment(self, trip: Trip, moment: Moment) -> None:
        """Show the visit of a moment."""
        self._shown = (trip, moment)
        self.visit = moment.visit
        clear(self._column)
        theme = self._look.theme
        pad = theme.px(16)
        self._column.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(pad, theme.px(14), pad, theme.px(14))
        top.setSpacing(theme.px(4))
        top.addLayout(self._head(trip, moment))
        if moment.visit.title_zh:
            top.addLayout(self._hanzi(moment.visit))
        top.addSpacing(theme.px(8))
        top.addLayout(self._particulars(moment.visit))
        self._column.addLayout(top)
        self._column.addWidget(rule())
        self._column.addWidget(self._foot(moment.visit))
        self.setAccessibleName(f"{self._state(moment)}: {visit_name(moment.visit)}")
        self.built.emit()

    def show_minutes(self, moment: Moment) -> None:
        """Tell the time of the visit that is shown, leaving all else in peace."""
        if self._shown is not None:
            self._shown = (self._shown[0], moment)
            self._state_label.setText(self._state(moment))

    def set_theme(self, theme: Theme) -> None:
        """Build again in other sizes."""
        if self._shown is not None:
            self.show_moment(*self._shown)

    def _state(self, moment: Moment) -> str:
        time = span_text(moment.minutes)
        return {
            "next": self.tr("Next, in {time}").format(time=time),
            "now": self.tr("Now, since {time}").format(time=time),
            "last": self.tr("Last of the day, began {time} ago").format(time=time),
            "first": self.tr("First visit of the day"),
        }[moment.state]

    def _head(self, trip: Trip, moment: Moment) -> QHBoxLayout:
        theme, visit = self._look.theme, moment.visit
        names = QVBoxLayout()
        names.setSpacing(theme.px(2))
        self._state_label = label(self._state(moment), "caption", "accent")
        self._state_label.setProperty("strong", "true")
        names.addWidget(self._state_label)
        names.addWidget(ScriptLabel(visit_name(visit), theme, "title", wrap=True))
        if moment.together:
            others = ", ".join(visit_name(one) for one in moment.together)
            text = self.tr("At the same time: {visits}").format(visits=others)
            names.addWidget(ScriptLabel(text, theme, "body", "warning", wrap=True))
        hours = QVBoxLayout()
        hours.setSpacing(0)
        right = Qt.AlignmentFlag.AlignRight
        if visit.when.time:
            hours.addWidget(label(visit.when.time, "clock"), 0, right)
        else:
            hours.addWidget(label(self.tr("Time not known"), "body", "warning"), 0, right)
        if home := home_time(visit.when, trip.about.home_zone):
            text = self.tr("{time} in {city}").format(time=home, city=trip.about.home_city)
            hours.addWidget(label(text, "caption", "t2"), 0, right)
        hours.addStretch(1)
        row = QHBoxLayout()
        row.addLayout(names, 1)
        row.addLayout(hours)
        return row

    def _hanzi(self, visit: Visit) -> QHBoxLayout:
        theme = self._look.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(ScriptLabel(visit.title_zh, theme, "title"))
        row.addWidget(ScriptLabel(visit.pinyin, theme, "note", "t2"))
        name = self.tr("Copy {text}").format(text=visit.title_zh)
        row.addWidget(ToolButton(self._look, "copy", name, lambda: self._copy(visit.title_zh)))
        row.addStretch(1)
        return row

    def _particulars(self, visit: Visit) -> QGridLayout:
        grid = QGridLayout()
        theme = self._look.theme
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(6))
        grid.setColumnMinimumWidth(0, theme.px(64))
        grid.setColumnStretch(1, 1)
        rows = [
            (self.tr("Where"), self._where(visit)),
            (self.tr("Host"), self._host(visit)),
            (self.tr("Position"), self._position(visit)),
        ]
        if visit.travel is not None:
            rows.append((self.tr("Get there"), self._way(visit)))
        if visit.bring:
            what = ScriptLabel(" ".join(visit.bring.split()), theme, wrap=True)
            rows.append((self.tr("Bring"), what))
        for row, (name, value) in enumerate(rows):
            grid.addWidget(label(name, "body", "t2"), row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        return grid

    def _where(self, visit: Visit) -> QWidget:
        lines = [(visit.address_zh, "t1"), (visit.address, "t2")]
        if visit.place is not None and visit.place.title not in visit.title:
            lines.insert(0, (visit.place.title, "t1"))
        if not visit.address and not visit.address_zh:
            lines.append((self.tr("No address is known."), "warning"))
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for text, tone in lines:
            if text:
                column.addWidget(ScriptLabel(text, self._look.theme, "body", tone, wrap=True))
        return box

    def _host(self, visit: Visit) -> QWidget:
        theme = self._look.theme
        if visit.host is not None:
            text = " ".join(part for part in (visit.host.title, visit.host.title_zh) if part)
            return ScriptLabel(text, theme, wrap=True)
        return ScriptLabel(self.tr("No host is named."), theme, "body", "warning", wrap=True)

    def _way(self, visit: Visit) -> QWidget:
        words = visit.travel.words if visit.travel is not None else ""
        if by := leave_by(visit):
            told = self.tr("{way}: leave by {time}")
            words = told.format(way=words, time=by)
        return ScriptLabel(words, self._look.theme, wrap=True)

    def _position(self, visit: Visit) -> QWidget:
        theme, position = self._look.theme, visit.position
        if position is None:
            text = self.tr("No position is known.")
            return ScriptLabel(text, theme, "body", "warning", wrap=True)
        text = precision_text(position)
        if position.stand_in:
            stands = self.tr("the point stands for: {what}").format(what=position.stand_in)
            text = f"{text}; {stands}"
        return ScriptLabel(text, theme, wrap=True)

    def _foot(self, visit: Visit) -> QWidget:
        foot = QWidget()
        theme = self._look.theme
        row = FlowLayout()
        row.setSpacing(theme.px(8))
        row.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(10))
        foot.setLayout(row)
        record, day = Place("record", visit.ref), Place("map", detail=visit.day)
        note = Place("note", visit.ref, "new")
        for icon, text, place, kind in (
            ("arrow-right", self.tr("Open visit"), record, "primary"),
            ("car-taxi-front", self.tr("Driver card"), Place(DRIVER, visit.ref), ""),
            ("map", self.tr("Map of the day"), day, ""),
            ("notebook-pen", self.tr("Write a note"), note, ""),
        ):
            row.addWidget(IconButton(self._look, icon, text, self._opener(place), kind))
        return foot

    def _opener(self, place: Place) -> Callable[[], None]:
        return lambda: self.opened.emit(place)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.emit(text)
