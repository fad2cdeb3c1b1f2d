"""What is done to whole missions: planned, copied, changed, shown, thrown away; all with undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldguide.domain.plans import Plan, end_of_copy, entry_id
from fieldguide.domain.records import Ref
from fieldguide.services.programme import Trip
from fieldguide.ui.desk import Desk
from fieldguide.ui.toast import Toast
from fieldguide.ui.trip import HEAD, day_text

if TYPE_CHECKING:
    from fieldguide.errors import FieldGuideError
    from fieldguide.services.new_mission import Begun
    from fieldguide.services.notebook import Notebook
    from fieldguide.services.register import Deed

Failed = Callable[["FieldGuideError"], None]


class MissionDeeds(QObject):
    """Works on the thread of the notes; the planner tells everybody else."""

    done = Signal()
    said = Signal(str)

    def __init__(self, desk: Desk, toast: Toast, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._toast = desk, toast

    def begin(self, plan: Plan, copied: Trip | None, failed: Failed) -> None:
        """Keep a mission and show it, with the visits of another one in it where asked."""

        def act(book: "Notebook") -> "Begun":
            from fieldguide.services import new_mission

            if copied is None:
                return new_mission.begin(book, plan)
            visits = new_mission.copied_of(copied)
            return new_mission.copy_programme(book, plan, visits, copied.mission.ref)

        def done(begun: "Begun") -> None:
            def undo(book: "Notebook") -> None:
                from fieldguide.services import new_mission

                new_mission.undo(book, begun)

            words = self.tr("Planned “{mission}”").format(mission=plan.title)
            count = len(begun.meetings)
            if count:
                copied_words = self.tr(
                    "Planned “{mission}” with {count} visits, each to be verified"
                )
                words = copied_words.format(mission=plan.title, count=count)
            days = [one.day for one in copied.visits] if copied else []
            end = end_of_copy(days, plan.start, plan.end)
            if end > plan.end:
                longer = self.tr("Planned until {day}, as the {count} visits need; verify each")
                words = longer.format(day=day_text(end, HEAD), count=count)
            self._offer(words, undo)

        self._desk.planner.do(act, done, failed)

    def change(self, mission: Ref, plan: Plan, failed: Failed) -> None:
        """Give a mission another name or other days; its meetings stay on theirs."""

        def act(book: "Notebook") -> "Deed[Plan]":
            from fieldguide.services import planning

            return planning.change_plan(book, mission, lambda _: plan)

        self._plan(act, self.tr("Changed “{mission}”").format(mission=plan.title), failed)

    def remove(self, mission: Ref, title: str) -> None:
        """Throw a mission away with its meetings; the guide's own is shown then."""

        def act(book: "Notebook") -> "Deed[Plan]":
            from fieldguide.services import planning

            return planning.remove_plan(book, mission)

        self._plan(act, self.tr("Removed “{mission}”").format(mission=title), self._failed)

    def show(self, mission: Ref | None, title: str) -> None:
        """Show a mission that is planned, or with None that of the guide."""
        plan_id = entry_id(mission) if mission else ""

        def done(before: str) -> None:
            def undo(book: "Notebook") -> None:
                book.shown_mission.choose(before)

            self._offer(self.tr("Showing “{mission}”").format(mission=title), undo)

        self._desk.planner.do(lambda book: book.shown_mission.choose(plan_id), done, self._failed)

    def _plan(self, act: "Callable[[Notebook], Deed[Plan]]", words: str, failed: Failed) -> None:
        def done(deed: "Deed[Plan]") -> None:
            def undo(book: "Notebook") -> None:
                book.plans.undo(deed)

            self._offer(words, undo)

        self._desk.planner.do(act, done, failed)

    def _offer(self, words: str, undo: "Callable[[Notebook], None]") -> None:
        def pressed() -> None:
            self._desk.planner.do(undo, lambda _: self.done.emit(), self._failed)

        self._toast.offer(words, self.tr("Undo"), pressed)
        self.done.emit()

    def _failed(self, problem: "FieldGuideError") -> None:
        self.said.emit(str(problem))
