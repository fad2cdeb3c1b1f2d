"""Which mission is shown, that of the guide or a planned one, and what of it was seen last."""

from typing import TYPE_CHECKING, Final

from fieldguide.domain.entries import Entry, Kind
from fieldguide.domain.plans import Plan
from fieldguide.storage.workspace_db import Workspace

if TYPE_CHECKING:
    from fieldguide.services.notebook import Notebook

_SHOWN: Final = "mission"
"""The setting that names the entry."""
_SEEN: Final = "seen-programme"
"""The setting that remembers a programme; a colon and the id of its guide follow."""


class ShownMission:
    """The plan that was chosen last, and the programmes of guides as they were seen last."""

    def __init__(self, db: Workspace, book: "Notebook") -> None:
        self._db, self._book = db, book

    def plan(self) -> Entry[Plan] | None:
        """None for the mission of the guide, and when the plan lies in the trash."""
        found: Entry[Plan] | None = self._db.entries.one(Kind.PLAN, self._id())
        return None if found is None or found.deleted else found

    def choose(self, plan_id: str) -> str:
        """Show a plan, or with an empty id the guide's mission; returns the id of before."""
        before = self._id()
        if plan_id:
            self._book.plans.get(plan_id)
        with self._db.writing():
            self._db.set_setting(_SHOWN, plan_id)
        return before

    def seen(self, guide: str) -> str:
        """The programme of a guide in the text that was remembered last; empty at first."""
        return self._db.setting(f"{_SEEN}:{guide}") or ""

    def remember(self, guide: str, text: str) -> None:
        """Keep the programme of a guide as seen."""
        with self._db.writing():
            self._db.set_setting(f"{_SEEN}:{guide}", text)

    def _id(self) -> str:
        return self._db.setting(_SHOWN) or ""
