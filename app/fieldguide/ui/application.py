"""The running program: workers, theme and window, made in this order and closed in reverse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from fieldguide import assets
from fieldguide.errors import FieldGuideError, PassphraseNeeded
from fieldguide.services import preferences
from fieldguide.services.preferences import Preferences
from fieldguide.services.profile import is_guarded, is_used
from fieldguide.ui import pages, theme
from fieldguide.ui.access import Access
from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.driving import Driving
from fieldguide.ui.hourly import Hourly
from fieldguide.ui.idle import Idle
from fieldguide.ui.keeper import Keeper
from fieldguide.ui.map_drop import MapDrop
from fieldguide.ui.region_maps import RegionMaps
from fieldguide.ui.sweeper import Sweeper
from fieldguide.ui.tasks import Worker, take_short_turns
from fieldguide.ui.theme import Theme
from fieldguide.ui.window import Window
from fieldguide.ui.wiper import Wiper

if TYPE_CHECKING:
    from fieldguide.services.ground import Ground
    from fieldguide.services.guide import Guide
    from fieldguide.services.notebook import Notebook


LISTEN_MS: Final = 2_000
"""When the first page has long been there."""


class Application:
    """Everything that lives as long as the window."""

    def __init__(
        self,
        app: QApplication,
        guide_file: Path,
        profile: Path,
        clock: Callable[[], datetime],
        *,
        as_it_was: bool,
        chosen: Preferences,
    ) -> None:
        self._app = app
        self._stranger = not (chosen.welcomed or as_it_was)
        self._first = self._stranger and not is_used(profile)
        guide = Worker("guide", lambda: _open_guide(guide_file), lambda one: one.close(), held=True)
        shown = (lambda: clock().replace(microsecond=0)) if as_it_was else None
        access = Access(profile, shown, guarded=is_guarded(profile))
        notes = Worker("notes", access.open_notes, lambda one: one.close(), held=True)
        # Not behind the guide, which may be the very thing that is broken.
        self._settings = Worker("settings", lambda: profile, lambda _: None, held=True)
        self._look = Look(self._theme(chosen), chosen)
        theme.apply(app, self._look.theme)
        self._hourly = Hourly(access, notes)
        backups = self._hourly.worker
        self._regions = RegionMaps(profile)
        self.desk = Desk(
            guide, notes, self._look, clock, as_it_was, profile, access, backups, self._regions,
            Worker("ground", lambda: _open_ground(profile), lambda one: one.close(), held=True),
        )  # fmt: skip
        self.window = Window(self.desk, pages.makers())
        MapDrop(self.window, self._regions)
        self._hourly.said.connect(self.window.say)
        self.window.resize(chosen.width, chosen.height)
        self.keeper = Keeper(self.window, self.desk)
        self._wiper = Wiper(self.window, self.desk, self._hourly.hinder)
        self.driving = Driving(self.desk, self.window)
        self.window.locking.connect(self.keeper.lock)
        self._idle = Idle(app, chosen.lock)
        self._idle.due.connect(self.keeper.lock)
        self.keeper.unlocked.connect(self._idle.start)
        self.keeper.locking.connect(self._hourly.pause)
        self.keeper.unlocked.connect(self._hourly.go_on)
        self.keeper.unlocked.connect(self._hourly.release)
        self._sweeper = Sweeper()
        self._look.preferred.connect(self._prefer)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def show(self) -> None:
        """Show the window on its first page; on the very first start it asks who is there."""
        if self.desk.access.guarded:
            self.keeper.ask_first()
        self.window.start(Place("welcome" if self._first else "today"))
        self.window.painted.connect(self._release)
        self.window.show()

    def close(self) -> None:
        """Keep the window's size, finish what is being written, close all files."""
        size = self.window.size()
        chosen = replace(self._look.preferences, width=size.width(), height=size.height())
        if chosen != self._look.preferences:
            self._keep(chosen)
        self._sweeper.stop()
        self._hourly.close()
        self.keeper.close()
        self._wiper.close()
        self._regions.close()
        for worker in (self._settings, self.desk.notes, self.desk.guide, self.desk.ground):
            if worker is not None:
                worker.close()

    def _release(self) -> None:
        self._sweeper.start()
        take_short_turns()
        for worker in (self.desk.guide, self.desk.notes, self._settings):
            worker.release()
        self.desk.notes.do(lambda _: None, failed=self._missed)
        if self._stranger and not self._first:
            self.desk.notes.ask("known", _is_known, self._greet, lambda _: None)
        QTimer.singleShot(LISTEN_MS, self.keeper, self._listen)
        self._hourly.release()
        self._let_go()

    def _listen(self) -> None:
        from fieldguide.ui.lid import Lid

        lid = Lid(self.keeper)
        lid.closed.connect(self.keeper.lock)
        lid.listen()

    def _let_go(self) -> None:
        """Empty the trash of what is due, after each backup."""
        from fieldguide.ui.emptying import Emptying

        emptying = Emptying(self.desk.notes, self._hourly.worker, self._hourly)
        self._hourly.made.connect(emptying.purge)
        emptying.said.connect(self.window.say)

    def _missed(self, problem: FieldGuideError) -> None:
        """Ask for a passphrase that could not be seen before the notes were to be opened."""
        if isinstance(problem, PassphraseNeeded):
            self.keeper.ask_first()

    def _greet(self, known: bool) -> None:
        """A folder may be there though nobody has written yet, nor been asked who it is."""
        if not known:
            self.window.open(Place("welcome"), remember=False)

    def _theme(self, chosen: Preferences) -> Theme:
        scheme: theme.Scheme = "dark" if chosen.scheme == "dark" else "light"
        if chosen.scheme == "system":
            scheme = theme.system_scheme(self._app)
        return Theme(scheme, chosen.text / 100, theme.system_contrast(self._app))

    def _prefer(self, chosen: Preferences) -> None:
        self._dress()
        self._idle.set_minutes(chosen.lock)
        self._keep(chosen)

    def _keep(self, chosen: Preferences) -> None:
        if self.desk.access.gone:
            return
        self._settings.do(
            lambda profile: preferences.save(profile, chosen),
            failed=lambda problem: self.window.say(str(problem)),
        )

    def _dress(self) -> None:
        wanted = self._theme(self._look.preferences)
        if wanted != self._look.theme:
            self._look.set_theme(wanted)
            theme.apply(self._app, wanted)


def _open_ground(profile: Path) -> "Ground":
    """On the thread of the ground, which begins when a map is first looked at."""
    from fieldguide.services.ground import Ground

    return Ground(assets.path("map/base.pmtiles"), profile)


def _open_guide(file: Path) -> "Guide":
    """On the guide's own thread, where loading the service keeps no paint waiting."""
    from fieldguide.services.guide import Guide

    return Guide.open(file)


def _is_known(book: "Notebook") -> bool:
    return any(book.tally()) or bool(book.me().name)
