"""The guide as a whole: the mission that it grew from, what is in it, how fresh it is."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QLayout, QVBoxLayout, QWidget

from fieldguide.domain.guides import Readiness
from fieldguide.services.programme import Overview, Trip
from fieldguide.ui.after import AfterView
from fieldguide.ui.before import BeforeView
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.flow import FlowLayout
from fieldguide.ui.parts import IconButton, clear, key_text, label, rule
from fieldguide.ui.rows import PAD, Row, RowList
from fieldguide.ui.slots import fit_height
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import WIDEST, Theme
from fieldguide.ui.trip import DATED, day_text, days_text, visit_name
from fieldguide.ui.week import WeekStrip

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda

ASIDE, WIDE = 320, 820


class OverviewView(QWidget):
    """What the first page says when no mission is under way."""

    opened = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._trip: Trip | None = None
        self._overview: Overview | None = None
        self._today = self._as_of = ""
        self._intro = QVBoxLayout()
        self._state = QVBoxLayout()
        self._undated = QVBoxLayout()
        self.week = WeekStrip(desk.look)
        self.week.chosen.connect(lambda day: self.opened.emit(Place("today", detail=day)))
        self.sections = RowList(desk.look, self.tr("What is in the guide"))
        self.sections.whole = True
        self.sections.opened.connect(self.opened)
        self.practical = RowList(desk.look, self.tr("When you travel"))
        self.practical.whole = True
        self.practical.opened.connect(self.opened)
        self.before, self.after = BeforeView(desk.look), AfterView(desk.look)
        for view in (self.before, self.after):
            view.opened.connect(self.opened)
        self._programme = label("", "section")
        self._right = QWidget()
        self._heads: list[tuple[QVBoxLayout, QLabel]] = []
        self._build()

    def show_guide(self, trip: Trip, overview: Overview, today: str) -> None:
        """Show the guide as it stands on a day."""
        self._trip, self._overview = trip, overview
        self._today, self._as_of = today, trip.about.state
        self.week.show_days(trip.routes)
        year = trip.over[:4]
        self._programme.setText(self.tr("The programme of {year}").format(year=year))
        self.sections.show_items(
            [
                Row(
                    option.heading,
                    side=str(option.count),
                    strong=False,
                    place=Place("directory", detail=option.value),
                )
                for option in overview.sections
            ]
        )
        self.practical.show_items(
            [Row(card.title, place=Place("record", card.ref)) for card in overview.practical]
        )
        self._refill()

    def show_agenda(self, agenda: "Agenda") -> None:
        """Show what is to be prepared before the mission, or what is open after it."""
        if self._trip is None:
            return
        over = self._today > self._trip.over
        self.after.show_agenda(agenda) if over else self.after.show_rows(())
        guarded = self._desk.access.guarded
        self.before.show_rows(()) if over else self.before.show_agenda(agenda, guarded=guarded)

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        self._arrange()
        self._refill()

    def minimumSizeHint(self) -> QSize:
        """The height follows from the width alone, so that no gap is left at the end."""
        return QSize(super().minimumSizeHint().width(), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column or two."""
        super().resizeEvent(event)
        self._arrange()

    def _build(self) -> None:
        self._left = QVBoxLayout()
        self._left.addLayout(self._intro)
        self._left.addWidget(self.before)
        self._left.addWidget(self.after)
        self._left.addWidget(self._programme)
        self._left.addWidget(self.week)
        self._left.addLayout(self._undated)
        self._left.addWidget(label(self.tr("How far to trust it"), "section"))
        self._left.addLayout(self._state)
        self._left.addStretch(1)
        column = QVBoxLayout(self._right)
        column.setContentsMargins(0, 0, 0, 0)
        for rows in (self.practical, self.sections):
            column.addLayout(self._head(rows.accessibleName()))
            column.addWidget(rows)
        column.addStretch(1)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._columns.addLayout(self._left, 1)
        self._columns.addWidget(self._right)

    def _head(self, text: str) -> QVBoxLayout:
        head, name = QVBoxLayout(), label(text, "section")
        head.addWidget(name)
        head.addWidget(rule())
        self._heads.append((head, name))
        return head

    def _arrange(self) -> None:
        theme = self._desk.look.theme
        wide = self.width() >= WIDE * theme.scale
        direction = QBoxLayout.Direction
        self._columns.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        margin = theme.px(24) - theme.focus_width
        self._columns.setContentsMargins(margin, theme.px(20), margin, theme.px(24))
        self._columns.setSpacing(theme.px(24))
        self._left.setSpacing(theme.px(12))
        self._right.setMinimumWidth(theme.px(ASIDE) if wide else 0)
        self._right.setMaximumWidth(theme.px(ASIDE) if wide else WIDEST)
        for head, name in self._heads:
            # As far in as the rows below, which have a ring and a margin of their own.
            head.setContentsMargins(theme.focus_width, theme.px(4), theme.focus_width, 0)
            name.setIndent(theme.px(PAD))
        fit_height(self.practical)
        fit_height(self.sections)

    def _refill(self) -> None:
        trip, overview = self._trip, self._overview
        if trip is None or overview is None:
            return
        for layout in (self._intro, self._state, self._undated):
            clear(layout)
            layout.setSpacing(self._desk.look.theme.px(6))
        self._introduce(trip)
        for visit in trip.undated:
            text = self.tr("Day unknown: {visit}").format(visit=visit_name(visit))
            self._undated.addWidget(self._button("", text, Place("record", visit.ref), "link"))
        for icon, text in self._trust(overview.readiness):
            self._state.addLayout(self._line(icon, text))
        text = self.tr("How the guide deals with dates, sources and doubts")
        self._state.addWidget(self._button("", text, Place("help"), "link"))
        self._arrange()

    def _trust(self, ready: Readiness) -> list[tuple[str, str]]:
        if ready.unsourced:
            sources = self.tr("{count:,} statements, {without} of them without a source")
        else:
            sources = self.tr("{count:,} statements, each with its source")
        undated = self.tr("{count} without a date, each with the reason")
        stale = self.tr("{count} not checked for longer than their kind allows")
        doubts = self.tr("{count} doubts about the mission’s own documents, none hidden")
        unplaced = self.tr("{count} places and houses without a position")
        state = self.tr("As it stood on {day}").format(day=day_text(self._as_of, DATED))
        return [
            ("history", state),
            ("hash", sources.format(count=ready.statements, without=ready.unsourced)),
            ("calendar-days", undated.format(count=ready.undated)),
            ("clock-alert", stale.format(count=ready.stale)),
            ("triangle-alert", doubts.format(count=ready.coverage.get("doubts", (0, 0))[0])),
            ("map-pin", unplaced.format(count=ready.without_position)),
        ]

    def _introduce(self, trip: Trip) -> None:
        theme = self._desk.look.theme
        days = days_text(trip.routes[0].date, trip.over)
        if self._today > trip.over:
            text = self.tr(
                "The mission of {days} is over. Its programme, visits, "
                "agreements and doubts stay here, beside what is known today."
            )
        else:
            text = self._countdown(trip)
        mission = trip.mission
        self._intro.addWidget(ScriptLabel(mission.title, theme, "title", wrap=True))
        if mission.summary:
            self._intro.addWidget(ScriptLabel(mission.summary, theme, "note", "t2", wrap=True))
        words = text.format(days=days)
        self._intro.addWidget(ScriptLabel(words, theme, "body", wrap=True))
        finds = self.tr("{key} finds anything, in English, hanzi or pinyin.")
        words = finds.format(key=key_text("Ctrl+K"))
        self._intro.addWidget(ScriptLabel(words, theme, "body", "t2", wrap=True))
        buttons = FlowLayout()
        buttons.setSpacing(theme.px(8))
        buttons.setContentsMargins(0, theme.px(8), 0, theme.px(8))
        # Of a mission of one's own all there is to see are its days.
        record = Place("programme") if trip.own else Place("record", mission.ref)
        programme = Place("map", detail="all")
        buttons.addWidget(
            self._button("arrow-right", self.tr("Open the mission"), record, "primary")
        )
        buttons.addWidget(self._button("map", self.tr("Map of all days"), programme))
        plan = Place("programme", detail="plan")
        buttons.addWidget(self._button("compass", self.tr("Plan a mission"), plan))
        buttons.addWidget(self._button("book-open", self.tr("Directory"), Place("directory")))
        holder = QWidget()
        holder.setLayout(buttons)
        self._intro.addWidget(holder)

    def _countdown(self, trip: Trip) -> str:
        left = date.fromisoformat(trip.routes[0].date) - date.fromisoformat(self._today)
        if left.days == 1:
            return self.tr("The mission of {days} begins tomorrow.")
        text = self.tr("The mission of {days} begins in {count} days.")
        return text.replace("{count}", str(left.days))

    def _line(self, icon: str, text: str) -> QLayout:
        row = QHBoxLayout()
        row.setSpacing(self._desk.look.theme.px(8))
        sign = label("")
        sign.setPixmap(self._desk.look.icons.pixmap(icon, 14, "t2"))
        row.addWidget(sign)
        row.addWidget(ScriptLabel(text, self._desk.look.theme, wrap=True), 1)
        return row

    def _button(self, icon: str, text: str, place: Place, kind: str = "") -> IconButton:
        return IconButton(self._desk.look, icon, text, lambda: self.opened.emit(place), kind)
