"""Today after the mission: what of it is still open, each a way to where it is done."""

from typing import TYPE_CHECKING

from fieldguide.ui.desk import Look, Place
from fieldguide.ui.phase import PhaseView
from fieldguide.ui.rows import Row
from fieldguide.ui.trip import LONG, day_text, short_name

if TYPE_CHECKING:
    from fieldguide.services.agenda import Agenda


class AfterView(PhaseView):
    """Only for whoever wrote something: a guide of a mission long ago has nothing open."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, self.tr("Still open"))

    def show_agenda(self, agenda: "Agenda") -> None:
        """Show what is left, or that nothing is."""
        if not agenda.used:
            self.show_rows(())
            return
        rows = [*self._promises(agenda), *self._visits(agenda)]
        nothing = Row(self.tr("Nothing is left of this mission."), sign="", strong=False)
        self.show_rows(rows or [nothing])

    def _promises(self, agenda: "Agenda") -> list[Row]:
        late = self.tr("{n} over their date").format(n=agenda.late) if agenda.late else ""
        counted = (
            (
                agenda.tasks, self.tr("1 follow-up"), self.tr("{n} follow-ups"),
                late, Place("follow-ups"),
            ),
            (
                agenda.waiting, self.tr("1 question without an answer"),
                self.tr("{n} questions without an answer"), "", Place("notes", detail="questions"),
            ),
            (
                agenda.unfiled, self.tr("1 note that belongs to nothing"),
                self.tr("{n} notes that belong to nothing"), "", Place("notes", detail="unfiled"),
            ),
            (
                len(agenda.checks), self.tr("1 record that you checked, for the organiser"),
                self.tr("{n} records that you checked, for the organiser"), "",
                Place("record", agenda.checks[0] if agenda.checks else None, "facts"),
            ),
        )  # fmt: skip
        return [
            Row(
                one if count == 1 else many.format(n=count),
                side=side, icon="clock-alert" if side else "", tone="warning", place=place,
            )
            for count, one, many, side, place in counted
            if count
        ]  # fmt: skip

    def _visits(self, agenda: "Agenda") -> list[Row]:
        """The days with visits that nobody closed."""
        rows = []
        for day in agenda.days:
            left = agenda.open_on(day)
            if left:
                one, many = self.tr("1 visit not closed"), self.tr("{n} visits not closed")
                names = ", ".join(short_name(visit) for visit in left)
                rows.append(
                    Row(
                        day_text(day, LONG),
                        lines=(names,),
                        side=one if len(left) == 1 else many.format(n=len(left)),
                        icon="circle-dashed",
                        tone="warning",
                        place=Place("notes", detail=f"evening {day}"),
                    )
                )
        return rows
