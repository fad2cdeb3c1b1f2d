"""What every page is given: the workers that hold the services, the look, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from fieldguide.services.preferences import Preferences
from fieldguide.ui.icons import Icons
from fieldguide.ui.planner import Planner
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme

if TYPE_CHECKING:
    from fieldguide.domain.records import Ref
    from fieldguide.services.backups import Backups
    from fieldguide.services.ground import Ground
    from fieldguide.services.guide import Guide
    from fieldguide.services.notebook import Notebook
    from fieldguide.ui.access import Access
    from fieldguide.ui.region_maps import RegionMaps


@dataclass(frozen=True)
class Place:
    """Where the window is: a page and what it shows; back and forward move between these."""

    page: str
    ref: "Ref | None" = None
    detail: str = ""
    """What else the page needs: an ISO day, a note's id, a section of the directory."""


CLOSING: Final = "closing"
DRIVER: Final = "driver"
"""No page: the driver card over the whole screen, of the ref or of the visit of now."""


def closing_of_visit(visit: "Ref", note: str) -> Place:
    """The note of a visit with the fields that say what the visit came to."""
    return Place("note", visit, f"{note}#{CLOSING}")


def line_of_note(about: "Ref | None", note: str, line: int) -> Place:
    """A note with the cursor in one of its lines, counted from 0."""
    return Place("note", about, f"{note}#{line}")


class Look(QObject):
    """The theme of now and its icons; pages read it when they build and when it changes."""

    preferred = Signal(object)
    """The user chose other Preferences; the application wears and keeps them."""
    veiled = Signal()
    """The discreet view came or went."""

    def __init__(self, theme: Theme, preferences: Preferences) -> None:
        super().__init__()
        self.theme = theme
        self.icons = Icons(theme)
        self.preferences = preferences

    @property
    def discreet(self) -> bool:
        """Whether opinions and what others said are hidden; ``veiled`` tells of a change."""
        return self.preferences.discreet

    def prefer(self, preferences: Preferences) -> None:
        """Take what the user chose."""
        before, self.preferences = self.discreet, preferences
        self.preferred.emit(preferences)
        if self.discreet != before:
            self.veiled.emit()

    def set_theme(self, theme: Theme) -> None:
        """Wear another theme."""
        self.theme = theme
        self.icons.set_theme(theme)


@dataclass(frozen=True)
class Desk:
    """The services of one window, each behind its worker."""

    guide: "Worker[Guide]"
    notes: "Worker[Notebook]"
    look: Look
    clock: Callable[[], datetime]
    """Now at the place of the mission, aware; a fixed day when one is shown as it was."""
    as_it_was: bool
    """Whether the clock is set to a day of the past."""
    profile: Path
    """The folder of the user; may not exist yet, or not be writable."""
    access: "Access"
    backups: "Worker[Backups] | None" = None
    """None where nothing is backed up: a page shown alone."""
    regions: "RegionMaps | None" = None
    """None where no region map can be kept: a page shown alone."""
    ground: "Worker[Ground] | None" = None
    """What lies under the stops of a map; None for plain ground."""
    planner: Planner = field(init=False)
    """What tells the guide of the user's own meetings and missions."""

    def __post_init__(self) -> None:
        """It works over the same two workers."""
        object.__setattr__(self, "planner", Planner(self.guide, self.notes))
