"""The page of one record: names, facts with source and doubt, and everything that hangs on it."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldguide.domain.notes import NoteCard
from fieldguide.domain.records import Ref
from fieldguide.errors import FieldGuideError
from fieldguide.services.checking import Checked
from fieldguide.services.places import of_record
from fieldguide.services.subject import Subject, subject
from fieldguide.ui.checked_rows import with_checks
from fieldguide.ui.checks import CheckForm
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.doubting import Doubting
from fieldguide.ui.fact_rows import FactItem, FactRows
from fieldguide.ui.facts import FactList
from fieldguide.ui.labels import LabelPanel
from fieldguide.ui.lists import FRAME_MS
from fieldguide.ui.page import Page
from fieldguide.ui.parts import Empty, rule
from fieldguide.ui.places_out import PlacesOut
from fieldguide.ui.prose import Prose
from fieldguide.ui.record_header import RecordHeader
from fieldguide.ui.record_marks import RecordMarks
from fieldguide.ui.record_rows import RecordRows
from fieldguide.ui.record_side import RecordSide
from fieldguide.ui.rows import RowList
from fieldguide.ui.tabs import Tabs
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast

BESIDE: Final = ("text", "steps", "overview")
"""Tabs that share the page with the column; the others show at full width what it sums up."""
WIDE: Final = 900
"""Width at 100 % from which there is a column at the side."""


class RecordPage(Page):
    """Header, tabs, and one list at a time; a column at the side where there is room."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.setAccessibleName(self.tr("Record"))
        self._ref: Ref | None = None
        self._subject: Subject | None = None
        self._notes: Sequence[NoteCard] = ()
        self._notes_problem = ""
        self._made: tuple[Checked, ...] = ()
        self._wanted_tab = ""
        self._rows, self._facts = RecordRows(self), FactRows(self)
        look = desk.look
        self._header = RecordHeader(look)
        self._check_form, self._toast = CheckForm(look), Toast(look)
        self._panel = LabelPanel(look)
        self._marks = RecordMarks(desk, self._header, self._panel, self._check_form, self._toast)
        self._tabs = Tabs(look, self.tr("Parts of the record"))
        self._brief = FactList(look, self.tr("Overview"), brief=True)
        self._full = FactList(look, self.tr("Facts"))
        self._list = RowList(look, "")
        self._prose = Prose(look, self.tr("Text"))
        self._nothing = Empty(look, "info", "", self.tr("Open the directory"), self._to_directory)
        self._bare = Empty(look, "circle-dashed", self.tr("The guide holds no more on this."))
        self._stack = QStackedWidget()
        self._doubting = Doubting(desk, (self._brief, self._full, self._list), self._toast, self)
        self._out = PlacesOut(desk, self)
        self._side = RecordSide(look, self._rows)
        self._side_timer = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._side_timer.timeout.connect(self._show_side)
        self._notes_timer = QTimer(self, interval=FRAME_MS, singleShot=True)
        self._notes_timer.timeout.connect(self._ask_notes)
        self._build()
        self._connect()
        self.set_theme(look.theme)

    def show_place(self, place: Place) -> None:
        """Ask for the record, then for the notes on it; what was shown stays until then."""
        ref = place.ref
        if ref is None:
            self._fail(FieldGuideError(self.tr("No record was chosen.")))
            return
        if ref != self._ref:
            self._notes_timer.stop()
            self.desk.notes.drop("record-notes")
            self._marks.forget()
            self._notes, self._notes_problem, self._made = (), "", ()
            self._ref, self._wanted_tab = ref, place.detail
            self.desk.guide.ask("record", lambda guide: subject(guide, ref), self._show, self._fail)
            return
        if place.detail:
            self._tabs.choose(place.detail)
        self._ask_notes()

    def leave(self) -> None:
        """An undo is offered only until something else is done."""
        self._marks.settle()

    def shown(self) -> Ref | None:
        """The record on the page; None until the first has arrived."""
        return self._subject.record.ref if self._subject else None

    def whole(self) -> bool:
        """Whether the column at the side has followed."""
        return not self._side_timer.isActive()

    def heading(self) -> str:
        """The title of the record."""
        return self._subject.record.title if self._subject else super().heading()

    def hanzi(self) -> str:
        """The Chinese name of the record."""
        return self._subject.record.title_zh if self._subject else ""

    def goal(self) -> Ref | None:
        """The record."""
        return self.shown()

    def set_theme(self, theme: Theme) -> None:
        """Choose the layout again for another text size."""
        self._body.setContentsMargins(theme.px(14), 0, 0, 0)
        self._lay_out()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The column at the side comes and goes with the width."""
        super().resizeEvent(event)
        self._lay_out()

    def _build(self) -> None:
        for view in (self._brief, self._full, self._list, self._prose, self._nothing, self._bare):
            self._stack.addWidget(view)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self._stack, 1)
        self._body.addWidget(self._side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header)
        column.addWidget(self._panel)
        column.addWidget(self._tabs)
        column.addWidget(rule())
        column.addWidget(self._check_form)
        column.addLayout(self._body, 1)
        column.addWidget(self._toast)

    def _connect(self) -> None:
        self._header.opened.connect(self.opened)
        self._header.planning.connect(self._put)
        self._header.placing.connect(self._save_places)
        self._out.said.connect(self.said)
        self._doubting.said.connect(self.said)
        self._header.copied.connect(self._say_copied)
        self._marks.said.connect(self.said)
        self._marks.checked.connect(self._show_checks)
        self._marks.answered.connect(self.setFocus)
        # Large text leaves no room for both.
        self._marks.turned.connect(lambda on: self._stack.setVisible(self._wide() or not on))
        for facts in (self._brief, self._full):
            facts.acted.connect(self._marks.act)
        for view in (self._brief, self._full, self._list, self._side.list):
            view.opened.connect(self.opened)
            view.copied.connect(self._say_copied)
        self._tabs.chosen.connect(self._show_tab)

    def _wide(self) -> bool:
        return self.width() / self.desk.look.theme.scale >= WIDE

    def _lay_out(self) -> None:
        wide = self._wide()
        self._header.set_narrow(not wide)
        self._offer_again()

    def _show(self, found: Subject) -> None:
        self._subject = found
        self.setAccessibleName(found.record.title)
        self._header.show_subject(found)
        self._doubting.show_record(found.record)
        self._marks.expect(found)
        for part in (self._header, self._tabs):
            part.show()
        self._offer_tabs(self._wanted_tab)
        self._show_tab(self._tabs.key())
        self._notes_timer.start()

    def _ask_notes(self) -> None:
        ref = self._ref
        if ref is not None:
            self.desk.notes.ask(
                "record-notes", lambda notes: notes.notes(ref), self._show_notes, self._fail_notes
            )
            self._marks.ask()

    def _show_checks(self, made: tuple[Checked, ...]) -> None:
        """Show the facts with these; what shows stays where it is."""
        self._made = made
        view = self._stack.currentWidget()
        if self._subject is not None and isinstance(view, FactList):
            view.update_items(self._fact_items(self._subject))

    def _fact_items(self, found: Subject) -> list[FactItem]:
        items = self._facts.items(found, self.desk.clock().date())
        return with_checks(items, found.record.facts, self._made)

    def _fail(self, problem: FieldGuideError) -> None:
        self._side_timer.stop()
        self._subject, self._ref = None, None
        self._nothing.sentence.setText(str(problem))
        self._stack.setCurrentWidget(self._nothing)
        for part in (self._header, self._tabs, self._side):
            part.hide()

    def _show_notes(self, notes: list[NoteCard]) -> None:
        if list(self._notes) != notes or self._notes_problem:
            self._notes, self._notes_problem = notes, ""
            self._offer_again(changed="notes")

    def _fail_notes(self, problem: FieldGuideError) -> None:
        if str(problem) != self._notes_problem:
            self._notes, self._notes_problem = (), str(problem)
            self._offer_again(changed="notes")

    def _offer_again(self, changed: str = "") -> None:
        """After a change of width or notes; what is shown stays unless it was what changed."""
        if self._subject is None:
            return
        before = self._tabs.key()
        self._offer_tabs(before)
        if self._tabs.key() in (before, "") and before != changed:
            self._show_side()
        else:
            self._show_tab(self._tabs.key())

    def _offer_tabs(self, key: str) -> None:
        found = self._subject
        notes = len(self._notes) + bool(self._notes_problem)
        tabs = self._rows.tabs(found, notes, wide=self._wide()) if found is not None else []
        self._tabs.show_tabs(tabs, key)
        self._tabs.setVisible(bool(tabs))

    def _show_tab(self, key: str) -> None:
        found = self._subject
        if found is None:
            return
        view: QWidget = self._list
        if key == "text":
            view = self._prose
            self._prose.show_text(found.record.text)
        elif key in ("overview", "facts"):
            view = self._brief if key == "overview" else self._full
            view.show_items(self._fact_items(found))
        elif key:
            self._list.setAccessibleName(self._tabs.bar.tabs[self._tabs.bar.currentIndex()].text)
            rows = self._rows.of_tab(key, found, self._notes, self._notes_problem)
            self._list.show_items(rows)
        else:
            view = self._bare
        held = self._stack.currentWidget()
        focused = self.hasFocus() or (held is not None and held.hasFocus())
        self._stack.setCurrentWidget(view)
        self.setFocusProxy(view)
        if self._wants_side():
            # What was asked for is painted first; the column beside it comes right after.
            self._side_timer.start()
        else:
            self._side.hide()
        if focused:
            view.setFocus()

    def _wants_side(self) -> bool:
        return self._wide() and self._tabs.key() in BESIDE

    def _show_side(self) -> None:
        found = self._subject
        if found is None or not self._wants_side():
            self._side.hide()
            return
        self._side.setVisible(self._side.show_subject(found, self._notes))

    def _save_places(self) -> None:
        if self._subject is not None:
            ref = self._subject.record.ref
            self._out.save(ref.slug, lambda guide: of_record(guide, ref))

    def _put(self) -> None:
        if self._subject is not None:
            ref = self._subject.record.ref
            self.opened.emit(Place("programme", ref, "add"))

    def _to_directory(self) -> None:
        self.opened.emit(Place("directory"))

    def _say_copied(self, text: str) -> None:
        self.said.emit(self.tr("Copied {text}").format(text=text))
