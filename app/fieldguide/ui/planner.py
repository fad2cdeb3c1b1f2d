"""Keeps the guide told of what the user planned, and lets pages change it, each deed with undo."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal

from fieldguide.ui.tasks import Failed, Worker

if TYPE_CHECKING:
    from fieldguide.domain.plans import Planned
    from fieldguide.domain.records import Ref
    from fieldguide.services.guide import Guide
    from fieldguide.services.notebook import Notebook

Answer = TypeVar("Answer")


class Planner(QObject):
    """One of a window: what one page changes all others hear of."""

    changed = Signal()
    """The guide answers with another programme now."""

    def __init__(self, guide: "Worker[Guide]", notes: "Worker[Notebook]") -> None:
        super().__init__()
        self._guide, self._notes = guide, notes
        self._mission: Ref | None = None
        self._told: Planned | None = None

    def refresh(self) -> None:
        """Tell the guide what stands in the notes now; without notes it stays as it is."""
        if self._mission is None:
            self._guide.ask("planner", _mission, self._begin, lambda _: None)
            return
        mission = self._mission
        self._notes.ask("planner", lambda book: _planned(book, mission), self._tell, lambda _: None)

    def do(
        self,
        deed: "Callable[[Notebook], Answer]",
        done: Callable[[Answer], object],
        failed: Failed,
    ) -> None:
        """Change something of the programme; ``done`` hears before the guide is told."""

        def arrived(answer: Answer) -> None:
            done(answer)
            self.refresh()

        self._notes.do(deed, arrived, failed)

    def _begin(self, mission: "Ref") -> None:
        self._mission = mission
        self.refresh()

    def _tell(self, planned: "Planned") -> None:
        before = self._told
        nothing = not (planned.plan or planned.meetings or planned.elsewhere)
        if planned == before or (before is None and nothing):
            return
        self._told = planned
        self._guide.do(lambda guide: guide.take(planned), lambda _: self.changed.emit())


def _mission(guide: "Guide") -> "Ref":
    from fieldguide.domain.records import Ref

    return Ref.parse(guide.about.mission)


def _planned(book: "Notebook", mission: "Ref") -> "Planned":
    from fieldguide.services.planning import read_planned

    return read_planned(book, mission)
