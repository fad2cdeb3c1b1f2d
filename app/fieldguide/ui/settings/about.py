"""What is running here: the guide and the program, each with its version."""

from fieldguide import __version__
from fieldguide.domain.guides import About
from fieldguide.errors import FieldGuideError
from fieldguide.ui.desk import Desk, Place
from fieldguide.ui.parts import IconButton
from fieldguide.ui.sections import Section, Statement
from fieldguide.ui.settings.panel import Panel


class AboutPanel(Panel):
    """Names and versions; the licences are in the help."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name)
        look = desk.look
        self._guide = Statement(look, self.tr("Guide"), "…", "book-open")
        program = Statement(
            look,
            self.tr("Program"),
            self.tr("fieldguide {version}").format(version=__version__),
            "compass",
        )
        licences = IconButton(look, "", self.tr("Licences"), self._open_licences, "link")
        program.add(licences)
        section = Section(look, name)
        section.add(self._guide)
        section.add(program)
        self.fill([section], [])

    def refresh(self) -> None:
        """Ask the guide who it is."""
        self.desk.guide.ask("about-panel", lambda guide: guide.about, self._show, self._cannot)

    def _show(self, about: About) -> None:
        text = self.tr("{title}, version {version}")
        self._guide.say(text.format(title=about.title, version=about.version))

    def _cannot(self, problem: FieldGuideError) -> None:
        self._guide.say(str(problem))

    def _open_licences(self) -> None:
        self.opened.emit(Place("help", detail="licences"))
