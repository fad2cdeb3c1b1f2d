"""Beside a day of the mission: what to ask next, of whom and how they are called, what is open."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldguide.domain.records import Doubt
from fieldguide.domain.trips import Visit
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.parts import IconButton, clear, label, rule
from fieldguide.ui.rows import Row, RowList
from fieldguide.ui.slots import fit_height
from fieldguide.ui.text import ScriptLabel
from fieldguide.ui.theme import Theme
from fieldguide.ui.ticks import TickList, TickRow
from fieldguide.ui.trip import LONG, day_text, short_name, visit_name

if TYPE_CHECKING:
    # Today is the first page there is: what its workers need is loaded on their threads.
    from fieldguide.services.agenda import Agenda, Host
    from fieldguide.services.visiting import ToAsk

MOST_DOUBTS = 3


class DaySide(QWidget):
    """Each part shows as soon as what it says is known."""

    opened = Signal(object)
    ticked = Signal(object)
    """A question that was asked, or was not."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._visit: Visit | None = None
        self._doubts: Sequence[Doubt] = ()
        self._ask_at = ScriptLabel("", look.theme, "section")
        self._count = label("", "caption", "t2")
        self._none = label(self.tr("You have prepared no question."), "body", "t2", wrap=True)
        self.questions = TickList(look, self.tr("My questions: Space ticks, Enter opens the note"))
        self._note = IconButton(look, "", "", self._open_note, "link")
        self._note_place = Place("note", None, "on")
        self._hosts = self._rows(self.tr("Hosts and people"))
        self._hosts_head = label(self.tr("Hosts and people"), "section")
        self._nobody = label(self.tr("No host or person is named."), "body", "t2", wrap=True)
        self._before = self._rows(self.tr("The day before"))
        self._before_head = label("", "section")
        self._uncertain = QVBoxLayout()
        self.questions.ticked.connect(self.ticked)
        self.questions.opened.connect(self.opened)
        self._build()
        self.show_hosts(())
        self._before.hide()
        self._before_head.hide()
        self._before_rule.hide()

    def show_visit(self, visit: Visit) -> None:
        """Another visit is the one to look at; what is known of it comes later."""
        self._visit = visit
        self._ask_at.setText(self.tr("Ask at {place}").format(place=short_name(visit)))
        self.show_hosts(())
        self.show_doubts(visit.doubts)

    def show_agenda(self, agenda: "Agenda", day: str) -> None:
        """Show one's own questions for the visit, and what is open of the day before."""
        visit = self._visit
        if visit is None:
            return
        asked = agenda.asked.get(visit.ref, ())
        note = agenda.notes.get(visit.ref, "")
        self._note_place = Place("note", visit.ref, note or "new")
        self._note.setText(self.tr("Open the note") if note else self.tr("Begin the note"))
        done = sum(one.done for one in asked)
        words = self.tr("{done} of {count} asked").format(done=done, count=len(asked))
        self._count.setText(words if asked else "")
        self._none.setVisible(not asked)
        self.questions.show_rows([self._question(one) for one in asked])
        self._show_before(agenda, day)

    def show_hosts(self, hosts: "Sequence[Host]") -> None:
        """Show whom one meets, and how to say it."""
        self._nobody.setVisible(not hosts)
        self._hosts.setVisible(bool(hosts))
        self._hosts.show_items(
            [
                Row(
                    one.title,
                    one.title_zh,
                    tuple(part for part in (one.pinyin, one.role) if part),
                    place=Place("record", one.ref),
                )
                for one in hosts
            ]
        )
        fit_height(self._hosts)

    def show_doubts(self, doubts: Sequence[Doubt]) -> None:
        """Show what is uncertain of the visit and its place."""
        self._doubts = doubts
        clear(self._uncertain)
        visit, theme = self._visit, self._look.theme
        if visit is None:
            return
        title = visit.place.title if visit.place else visit_name(visit)
        text = self.tr("Uncertain: {name}").format(name=title)
        self._uncertain.addWidget(ScriptLabel(text, theme, "section", wrap=True))
        for doubt in doubts[:MOST_DOUBTS]:
            self._uncertain.addWidget(rule())
            self._uncertain.addLayout(self._doubt(doubt))
        if not doubts:
            nothing = self.tr("The guide holds no doubt about it.")
            self._uncertain.addWidget(label(nothing, "body", "t2", wrap=True))
        if visit.place is not None:
            more = len(doubts) - MOST_DOUBTS
            text = self.tr("Open {name}").format(name=title)
            if more > 0:
                text = self.tr("{count} more doubts: {name}").format(count=more, name=title)
            place = Place("record", visit.place.other)
            self._uncertain.addWidget(
                IconButton(self._look, "", text, lambda: self.opened.emit(place), "link")
            )

    def set_theme(self, theme: Theme) -> None:
        """Set the distances, and build the doubts again."""
        self._column.setSpacing(theme.px(8))
        self._uncertain.setSpacing(theme.px(8))
        for head in (self._hosts_head, self._before_head):
            head.setContentsMargins(0, theme.px(12), 0, 0)
        self._uncertain.setContentsMargins(0, theme.px(12), 0, 0)
        self._arrange_rows()
        self.show_doubts(self._doubts)

    def resize_rows(self) -> None:
        """Lists are as high as their rows, which other widths break elsewhere."""
        self._arrange_rows()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._ask_at, 1)
        head.addWidget(self._count)
        self._before_rule = rule()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        for part in (
            rule(), self._none, self.questions, self._note,
            self._hosts_head, rule(), self._nobody, self._hosts,
            self._before_head, self._before_rule, self._before,
        ):  # fmt: skip
            self._column.addWidget(part)
        self._column.addLayout(self._uncertain)
        self._column.addStretch(1)
        self.set_theme(self._look.theme)

    def _rows(self, name: str) -> RowList:
        rows = RowList(self._look, name)
        rows.whole = True
        rows.opened.connect(self.opened)
        return rows

    def _question(self, asked: "ToAsk") -> TickRow:
        lines = [self.tr("Answer: {text}").format(text=asked.answer)] if asked.answer else []
        if asked.carried:
            lines.append(self.tr("From an earlier visit, not answered"))
        state = self.tr("asked") if asked.done else self.tr("open")
        answered = bool(asked.answer)
        return TickRow(
            asked, asked.text, tuple(lines), asked.done, state, self._note_place, private=answered
        )

    def _show_before(self, agenda: "Agenda", day: str) -> None:
        """The last day before this one, if something of it is open."""
        days = [one for one in agenda.days if one < day]
        left = agenda.open_on(days[-1]) if days and agenda.used else []
        for part in (self._before_head, self._before_rule, self._before):
            part.setVisible(bool(left))
        if not left:
            return
        self._before_head.setText(day_text(days[-1], LONG))
        place = Place("notes", detail=f"evening {days[-1]}")
        self._before.show_items(
            [
                Row(
                    short_name(visit), side=self.tr("not closed"), icon="circle-dashed",
                    tone="warning", strong=False, place=place,
                )
                for visit in left
            ]
        )  # fmt: skip
        fit_height(self._before)

    def _arrange_rows(self) -> None:
        fit_height(self._hosts)
        fit_height(self._before)

    def _doubt(self, doubt: Doubt) -> QHBoxLayout:
        theme = self._look.theme
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        sign = label("")
        sign.setPixmap(self._look.icons.pixmap("triangle-alert", 14, "warning"))
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(ScriptLabel(doubt.text, theme, wrap=True), 1)
        return row

    def _open_note(self) -> None:
        self.opened.emit(self._note_place)
