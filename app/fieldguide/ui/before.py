"""Today before the mission: how long it is, and what is to be prepared."""

from typing import TYPE_CHECKING

from fieldguide.domain.trips import Visit
from fieldguide.ui.desk import Look, Place
from fieldguide.ui.phase import PhaseView
from fieldguide.ui.rows import Row
from fieldguide.ui.trip import LONG, day_text, visit_name

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda


class BeforeView(PhaseView):
    """A row for each visit with one's questions, and one for what keeps the notes safe."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("To prepare"))

    def show_agenda(self, agenda: "Agenda", *, guarded: bool) -> None:
        """Show what is prepared and what is not."""
        visits = [one.visit for one in agenda.subjects if one.visit]
        visits.sort(key=lambda one: not one.day)
        rows = [self._visit(one, len(agenda.asked.get(one.ref, ()))) for one in visits]
        if agenda.waiting:
            one = self.tr("1 open question")
            many = self.tr("{n} open questions").format(n=agenda.waiting)
            rows.append(
                Row(one if agenda.waiting == 1 else many, place=Place("notes", detail="questions"))
            )
        self.show_rows([*rows, *self._safety(guarded)])

    def _visit(self, visit: Visit, count: int) -> Row:
        day = day_text(visit.day, LONG) if visit.day else self.tr("Day unknown")
        when = f"{day}, {visit.when.time}" if visit.when.time else day
        one, many = self.tr("1 question"), self.tr("{n} questions").format(n=count)
        return Row(
            visit_name(visit),
            visit.title_zh,
            (when,),
            side=(one if count == 1 else many) if count else self.tr("No question yet"),
            icon="" if count else "circle-dashed",
            tone="t2" if count else "warning",
            place=Place("record", visit.ref),
        )

    def _safety(self, guarded: bool) -> list[Row]:
        if guarded:
            return []
        return [
            Row(
                self.tr("Passphrase"),
                lines=(self.tr("Whoever has this laptop can read your notes."),),
                side=self.tr("None yet"),
                icon="circle-dashed",
                tone="warning",
                place=Place("settings", detail="safety"),
            )
        ]
