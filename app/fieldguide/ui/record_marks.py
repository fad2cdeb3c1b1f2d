"""What one puts on the record that shows: star, tags, shortlists, what was found of its facts."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog

from fieldguide.domain.checks import fact_name, told
from fieldguide.domain.entries import Check, Labels, Verdict
from fieldguide.domain.notes import AUDIENCES, Visibility
from fieldguide.domain.records import Fact, Ref
from fieldguide.domain.tables import printable
from fieldguide.errors import FieldGuideError
from fieldguide.services import checking, labelling
from fieldguide.services.check_export import save_checks
from fieldguide.services.checking import Checked
from fieldguide.services.labelling import Collected, Sort
from fieldguide.services.notebook import Notebook
from fieldguide.services.register import Deed
from fieldguide.services.subject import Subject
from fieldguide.ui.checks import CheckForm
from fieldguide.ui.desk import Desk
from fieldguide.ui.fact_rows import FactItem
from fieldguide.ui.labels import LabelPanel
from fieldguide.ui.record_header import RecordHeader
from fieldguide.ui.tasks import Failed
from fieldguide.ui.toast import Toast

_TOPIC = "record-marks"


class RecordMarks(QObject):
    """Asks for them in one question, and does what is asked for, each with an undo."""

    said = Signal(str)
    checked = Signal(object)
    """A tuple of Checked, when it is another than before."""
    answered = Signal()
    """The form or the panel is done with; the keys go back to the record."""
    turned = Signal(bool)
    """The form or the panel shows, or is gone."""

    def __init__(
        self, desk: Desk, header: RecordHeader, panel: LabelPanel, form: CheckForm, toast: Toast
    ) -> None:
        super().__init__(header)
        self._desk, self._header, self._panel = desk, header, panel
        self._form, self._toast = form, toast
        self._subject: Subject | None = None
        self._made: tuple[Checked, ...] = ()
        header.starred.connect(self._star)
        header.labelling.connect(self._turn_panel)
        panel.named.connect(self._name)
        panel.left.connect(self._leave)
        form.kept.connect(self._wrong)
        form.left.connect(self._leave)
        desk.look.veiled.connect(self._veil)

    def forget(self) -> None:
        """Another record comes."""
        self.settle()
        self._desk.notes.drop(_TOPIC)
        self._subject, self._made = None, ()
        self._header.show_labels(Labels())

    def settle(self) -> None:
        """An undo is offered only until something else is done; what was typed is kept."""
        self._form.settle()
        self._fold()
        self._toast.dismiss()

    def expect(self, subject: Subject) -> None:
        """This record shows from now on."""
        self._subject = subject

    def ask(self) -> None:
        """Ask what lies on the record."""
        if self._subject is None:
            return
        ref = self._subject.record.ref
        self._desk.notes.ask(
            _TOPIC,
            lambda book: (labelling.labels_of(book, ref), checking.checks_on(book, ref)),
            self._arrived,
            # That the notes do not open is said where their rows stand.
            lambda _: None,
        )

    def act(self, item: FactItem, act: str) -> None:
        """Do what a row of facts is asked for."""
        own = next((one for one in item.made if one.mine), None)
        if act == "export":
            self._export()
        elif act == "back" and own is not None:
            self._take_back(own)
        elif act == "right" and item.fact is not None:
            self._right(item.fact, own)
        elif act == "wrong" and item.fact is not None:
            self.settle()
            self.turned.emit(True)
            check = own.check if own is not None else None
            shared = own is None or own.visibility is not Visibility.MINE
            self._form.begin(
                item.fact, check.value if check else "", check.remark if check else "",
                shared=shared,
            )  # fmt: skip

    def _arrived(self, found: tuple[Labels, tuple[Checked, ...]]) -> None:
        labels, made = found
        self._header.show_labels(labels)
        if made != self._made:
            self._made = made
            self.checked.emit(made)

    def _right(self, fact: Fact, own: Checked | None) -> None:
        """Say that a fact still holds; said once more it is taken back."""
        check = self._check(fact, Verdict.RIGHT)
        if own is not None and own.check == check:
            self._take_back(own)
        else:
            self._keep(check, self.tr("Still right: {fact}"))

    def _wrong(self, fact: Fact, value: str, remark: str, shared: bool) -> None:
        check = self._check(fact, Verdict.WRONG, printable(value), printable(remark))
        self._leave()
        readers = Visibility.ORGANISER if shared else Visibility.MINE
        found = self._subject

        def failed(problem: FieldGuideError) -> None:
            self._failed(problem)
            if found is self._subject and self._form.isHidden():
                # What was typed is still in it.
                self.turned.emit(True)
                self._form.show()

        self._keep(check, self.tr("Wrong now: {fact}"), readers, failed)

    def _check(self, fact: Fact, verdict: Verdict, value: str = "", remark: str = "") -> Check:
        day = self._desk.clock().date().isoformat()
        return Check(fact_name(fact), verdict, day, value, remark, told(fact))

    def _keep(
        self,
        check: Check,
        words: str,
        readers: Visibility = Visibility.ORGANISER,
        failed: Failed | None = None,
    ) -> None:
        found = self._subject
        if found is None:
            return
        ref, title, said = found.record.ref, found.record.title, words.format(fact=check.fact)
        self._desk.notes.do(
            lambda book: checking.keep(book, ref, title, check, readers),
            lambda deed: self._offer_undo(ref, said, deed),
            failed or self._failed,
        )

    def _take_back(self, own: Checked) -> None:
        said = self.tr("Check taken back: {fact}").format(fact=own.check.fact)
        self._desk.notes.do(
            lambda book: checking.take_back(book, own.id),
            lambda deed: self._offer_undo(own.about, said, deed),
            self._failed,
        )

    def _export(self) -> None:
        """Write what the organiser may read of all checks, on all records."""
        chosen, _ = QFileDialog.getSaveFileName(
            self._form.parentWidget(), self.tr("Write all checks for the organiser"), "checks.csv",
            self.tr("Tables (*.csv);;JSON (*.json)"),
        )  # fmt: skip
        if not chosen:
            return
        path = Path(chosen)

        def written(number: int) -> None:
            many = self.tr("{number} checks written to {path}")
            one = self.tr("1 check written to {path}")
            self.said.emit((one if number == 1 else many).format(number=number, path=path))

        self._desk.notes.do(
            lambda book: save_checks(checking.all_checks(book, AUDIENCES["organiser"]), path),
            written,
            self._failed,
        )

    def _offer_undo(self, ref: Ref, said: str, deed: Deed[Check]) -> None:
        if self._subject is not None and self._subject.record.ref == ref:
            self._toast.offer(said, self.tr("Undo"), lambda: self._undo(deed))
            self.ask()

    def _undo(self, deed: Deed[Check]) -> None:
        self._desk.notes.do(lambda book: book.checks.undo(deed), lambda _: self.ask(), self._failed)

    def _veil(self) -> None:
        """The discreet view hides one's own words also where they are being typed."""
        if self._desk.look.discreet:
            self._form.settle()
            self._fold()

    def _leave(self) -> None:
        self._fold()
        self.answered.emit()

    def _fold(self) -> None:
        self._header.show_labelling(False)
        if self._form.isHidden() and self._panel.isHidden():
            return
        self._form.hide()
        self._panel.hide()
        self.turned.emit(False)

    def _star(self, starred: bool) -> None:
        self._label(
            lambda book, ref, title: labelling.star(book, ref, title, starred),
            lambda problem: self._not_starred(problem, starred),
        )

    def _turn_panel(self) -> None:
        """Open the panel with what there is, or leave it."""
        if self._panel.isVisible():
            self._leave()
        elif self._subject is not None:
            self.settle()
            self.turned.emit(True)
            self._panel.begin()
            self._header.show_labelling(True)
            self._label(lambda book, ref, _: labelling.labels_of(book, ref), self._failed)

    def _name(self, sort: Sort, name: str, wanted: bool) -> None:
        act = labelling.add if wanted else labelling.take

        def failed(problem: FieldGuideError) -> None:
            if wanted:
                self._panel.refuse(sort, name, str(problem))
            else:
                self._panel.say(str(problem))

        self._label(lambda book, ref, title: act(book, ref, title, sort, name), failed)

    def _label(
        self,
        act: Callable[[Notebook, Ref, str], Labels],
        failed: Failed,
    ) -> None:
        """Do it to the record, and show what lies on it then."""
        if self._subject is None:
            return
        ref, title = self._subject.record.ref, self._subject.record.title
        self._desk.notes.do(
            lambda book: (act(book, ref, title), labelling.collected(book)),
            lambda found: self._labelled(ref, *found),
            failed,
        )

    def _labelled(self, ref: Ref, labels: Labels, found: Collected) -> None:
        if self._subject is not None and self._subject.record.ref == ref:
            self._header.show_labels(labels)
            self._panel.say("")
            self._panel.show_names(labels, found)

    def _not_starred(self, problem: FieldGuideError, starred: bool) -> None:
        self._header.star.show_star(not starred)
        self._failed(problem)

    def _failed(self, problem: FieldGuideError) -> None:
        self.said.emit(str(problem))
