"""The running program: workers, theme and window, made in this order and closed in reverse."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QApplication

from fieldguide.services import preferences
from fieldguide.services.guide import Guide
from fieldguide.services.notebook import Notebook, open_notebook
from fieldguide.services.preferences import Preferences
from fieldguide.ui import pages, theme
from fieldguide.ui.desk import Desk, Look, Place
from fieldguide.ui.tasks import Worker
from fieldguide.ui.theme import Theme
from fieldguide.ui.window import Window


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
        guide = Worker("guide", lambda: Guide.open(guide_file), Guide.close)
        notes = Worker("notes", lambda: open_notebook(profile, create=True), Notebook.close)
        self._look = Look(self._theme(chosen), chosen)
        theme.apply(app, self._look.theme)
        self.desk = Desk(guide, notes, self._look, clock, as_it_was, profile)
        self.window = Window(self.desk, pages.makers())
        self.window.resize(chosen.width, chosen.height)
        self._look.preferred.connect(self._prefer)
        app.styleHints().colorSchemeChanged.connect(self._dress)

    def show(self) -> None:
        """Show the window on its first page."""
        self.window.start(Place("today"))
        self.window.show()

    def close(self) -> None:
        """Keep the window's size, finish what is being written, close all files."""
        size = self.window.size()
        chosen = replace(self._look.preferences, width=size.width(), height=size.height())
        if chosen != self._look.preferences:
            self._keep(chosen)
        self.desk.notes.close()
        self.desk.guide.close()

    def _theme(self, chosen: Preferences) -> Theme:
        scheme: theme.Scheme = "dark" if chosen.scheme == "dark" else "light"
        if chosen.scheme == "system":
            scheme = theme.system_scheme(self._app)
        return Theme(scheme, chosen.text / 100, theme.system_contrast(self._app))

    def _prefer(self, chosen: Preferences) -> None:
        self._dress()
        self._keep(chosen)

    def _keep(self, chosen: Preferences) -> None:
        profile = self.desk.profile
        self.desk.guide.do(
            lambda _: preferences.save(profile, chosen),
            failed=lambda problem: self.window.say(str(problem)),
        )

    def _dress(self) -> None:
        wanted = self._theme(self._look.preferences)
        if wanted != self._look.theme:
            self._look.set_theme(wanted)
            theme.apply(self._app, wanted)
