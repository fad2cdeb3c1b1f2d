"""What can be done with each thing that is left in the evening: one card for each step."""

from collections.abc import Callable
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.due import read_due
from fieldguide.domain.entries import Asked
from fieldguide.domain.notes import NoteLine
from fieldguide.errors import BadRequest
from fieldguide.services import day_close
from fieldguide.services.day_close import Evening, Step, Undo
from fieldguide.services.notebook import Notebook
from fieldguide.services.visiting import Subject
from fieldguide.ui.desk import Look, Place, closing_of_visit, line_of_note
from fieldguide.ui.evening_card import EveningCard
from fieldguide.ui.hidden import hidden_words, veiled
from fieldguide.ui.trip import SHORT, day_text, short_name

FEW = 3
"""Names that are offered as buttons; all complete what is typed."""
SOON = "+1w"
"""The date that one key gives: a week after the mission."""

Deed = Callable[[Notebook], Undo]


class EveningSteps(QObject):
    """Makes the cards; what they ask for is the page's to do."""

    wanted = Signal(object, str)
    """A Deed and what is said of it when it is done."""
    opened = Signal(object)
    backed_up = Signal()

    def __init__(self, look: Look, parent: QObject) -> None:
        super().__init__(parent)
        self._look = look

    def card(self, step: Step, evening: Evening, number: int) -> EveningCard:
        """The card for one thing of a step."""
        if step is Step.BACKUP:
            return self._backup()
        make: dict[Step, Callable[[Evening, int], EveningCard]] = {
            Step.VISITS: self._visit,
            Step.UNFILED: self._note,
            Step.SPEAKERS: self._speaker,
            Step.ACTIONS: self._action,
            Step.QUESTIONS: self._question,
            Step.CARDS: self._person,
        }
        return make[step](evening, number)

    def _visit(self, evening: Evening, number: int) -> EveningCard:
        subject = evening.open_visits[number]
        ref = subject.refs[0]
        fields = closing_of_visit(ref, evening.notes.get(ref, "new"))
        more = self.tr("What it came to: five fields beside its note, each may stay empty.")
        card = EveningCard(self._look, _time(subject), _name(subject), more)
        card.add_button(self.tr("Write it down"), partial(self.opened.emit, fields), "primary")
        words = self.tr("Closed: {visit}").format(visit=_name(subject))
        card.add_button(
            self.tr("Nothing to add"),
            self._doer(lambda book: day_close.close_visit(book, subject), words),
        )
        return card

    def _note(self, evening: Evening, number: int) -> EveningCard:
        note = evening.unfiled[number]
        begun = note.created.astimezone(ZoneInfo(evening.plan.zone))
        card = EveningCard(
            self._look,
            f"{day_text(begun.date().isoformat(), SHORT)}, {begun:%H:%M}",
            veiled(self._look, note.opening) or self.tr("A note without words"),
            self.tr("Which visit does it belong to?"),
        )
        for subject in evening.plan.subjects:
            said = self.tr("Filed under {visit}").format(visit=_name(subject))
            deed = partial(_file, note.id, subject)
            card.add_button(_name(subject), self._doer(deed, said))
        place = Place("note", None, note.id)
        card.add_button(self.tr("Open the note"), partial(self.opened.emit, place), "link")
        return card

    def _speaker(self, evening: Evening, number: int) -> EveningCard:
        line = evening.speakers[number]
        names = evening.names.get(line.visit, ()) if line.visit else ()
        head = line.title or self.tr("Unfiled note")
        text = hidden_words() if self._look.discreet else line.text
        card = EveningCard(self._look, head, self.tr("Who said “{text}”?").format(text=text))

        def name(speaker: str) -> None:
            if not speaker.strip():
                card.say(self.tr("Say who said it."))
                return
            words = self.tr("Said by {name}").format(name=speaker.strip())
            self.wanted.emit(lambda book: day_close.name_speaker(book, line, speaker), words)

        field = card.add_field(
            self.tr("Who said it"), self.tr("Name, then Enter"), lambda: name(field.text()), names
        )
        for one in names[:FEW]:
            card.add_button(one, partial(name, one))
        self._lead_to(card, line)
        return card

    def _action(self, evening: Evening, number: int) -> EveningCard:
        task = evening.actions[number]
        head = task.line.title if task.line else ""
        card = EveningCard(self._look, head, task.value.text)
        today = date.fromisoformat(evening.plan.date)
        over = date.fromisoformat((evening.plan.days or (evening.plan.date,))[-1])

        def keep(who: str, until: str) -> None:
            try:
                due, promised = read_due(until, today, over)
            except BadRequest as problem:
                card.say(str(problem))
                return
            if not who.strip() or not due:
                card.say(self.tr("Say who does it, and until when."))
                return
            when = day_text(due, SHORT)
            words = self.tr("{name} until {day}").format(name=who.strip(), day=when)
            self.wanted.emit(lambda book: day_close.assign(book, task, who, due, promised), words)

        def typed() -> None:
            if not owner.text().strip() or due.text().strip():
                keep(owner.text(), due.text())
            else:
                due.setFocus()

        owner = card.add_field(self.tr("Who does it"), self.tr("Who"), typed, (evening.me,))
        due = card.add_field(
            self.tr("Until when: a day, or +1w, +3m, +12m after the mission"),
            self.tr("5 June, Fri, +3m"),
            lambda: keep(owner.text(), due.text()),
        )
        owner.setText(task.value.owner)
        due.setText(task.value.due)
        keeps = lambda: keep(owner.text(), due.text())  # noqa: E731
        card.add_button(self.tr("Keep"), keeps, "primary")
        if evening.me:
            card.add_button(self.tr("Mine, in a week"), partial(keep, evening.me, SOON))
        if task.line is not None:
            self._lead_to(card, task.line)
        return card

    def _question(self, evening: Evening, number: int) -> EveningCard:
        waiting = evening.questions[number]
        asked = waiting.asked
        to = evening.plan.next_related(waiting.subject)
        state = self.tr("asked") if asked.state is Asked.ASKED else self.tr("not asked")
        head = self.tr("{visit}, {state}").format(visit=_name(waiting.subject), state=state)
        more = ""
        if to is not None and to.visit is not None:
            more = self.tr("Next like it: {visit}, {day}").format(
                visit=_name(to), day=day_text(to.visit.day, SHORT)
            )
        card = EveningCard(self._look, head, asked.text, more)

        def answer() -> None:
            words = field.text().strip()
            if not words:
                card.say(self.tr("Type what was said."))
                return
            self.wanted.emit(
                lambda book: day_close.settle(book, waiting, Asked.ANSWERED, words),
                self.tr("Answered: {text}").format(text=asked.text),
            )

        field = card.add_field(self.tr("Answer"), self.tr("Answer, then Enter"), answer)
        if not self._look.discreet:
            field.setText(asked.answer)
        carry = self.tr("Carry over") if to is not None else self.tr("Keep it open")
        card.add_button(
            carry,
            self._doer(
                lambda book: day_close.carry_over(book, waiting, to),
                self.tr("Kept for later: {text}").format(text=asked.text),
            ),
        )
        card.add_button(
            self.tr("Drop"),
            self._doer(
                lambda book: day_close.settle(book, waiting, Asked.DROPPED),
                self.tr("Dropped: {text}").format(text=asked.text),
            ),
        )
        if len(evening.questions) > 1:
            self._add_all(card, evening)
        return card

    def _add_all(self, card: EveningCard, evening: Evening) -> None:
        """What can be done with all that wait, in one step that one undo takes back."""
        number = len(evening.questions)
        card.add_button(
            self.tr("Carry all over"),
            self._doer(
                lambda book: day_close.carry_all(book, evening),
                self.tr("{number} questions kept for later").format(number=number),
            ),
        )
        card.add_button(
            self.tr("Drop all"),
            self._doer(
                lambda book: day_close.drop_all(book, evening),
                self.tr("{number} questions dropped").format(number=number),
            ),
        )

    def _person(self, evening: Evening, number: int) -> EveningCard:
        entry = evening.cards[number]
        words = self.tr("A business card without a name")
        head = f"{entry.created.astimezone(ZoneInfo(evening.plan.zone)):%H:%M}"
        card = EveningCard(self._look, head, words)
        place = Place("people", detail=entry.id)
        card.add_button(self.tr("Type it"), partial(self.opened.emit, place), "primary")
        return card

    def _backup(self) -> EveningCard:
        words = self.tr("Copy all that you wrote, open the copy and check it.")
        card = EveningCard(self._look, "", words)
        card.add_button(self.tr("Back up now"), self.backed_up.emit, "primary")
        return card

    def _lead_to(self, card: EveningCard, line: NoteLine) -> None:
        """A way to where it was written."""
        place = line_of_note(line.about, line.note, line.place)
        card.add_button(self.tr("Open the note"), partial(self.opened.emit, place), "link")

    def _doer(self, deed: Deed, words: str) -> Callable[[], None]:
        return lambda: self.wanted.emit(deed, words)


def _file(note: str, subject: Subject, book: Notebook) -> Undo:
    return day_close.file_note(book, note, subject)


def _name(subject: Subject) -> str:
    return short_name(subject.visit) if subject.visit else subject.title


def _time(subject: Subject) -> str:
    return subject.visit.when.time if subject.visit else ""
