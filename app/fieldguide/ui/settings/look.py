"""How the window looks: the size of its text, and its colours."""

from dataclasses import replace
from typing import Final

from fieldguide.services.preferences import Preferences
from fieldguide.ui.desk import Desk
from fieldguide.ui.parts import key_text, label
from fieldguide.ui.sections import Section, Segments, Statement
from fieldguide.ui.settings.panel import Panel

TEXT_SIZES: Final = (80, 100, 125, 150, 200)


class LookPanel(Panel):
    """Every choice holds at once."""

    def __init__(self, desk: Desk, name: str) -> None:
        super().__init__(desk, name)
        look = desk.look
        self._sizes = text_sizes(self.tr("Text size"))
        self._sizes.chosen.connect(self._take_text)
        self._size = Statement(look, self.tr("Text size"))
        keys = self.tr("{larger} larger, {smaller} smaller, {reset} as at first").format(
            larger=key_text("Ctrl++"), smaller=key_text("Ctrl+-"), reset=key_text("Ctrl+0")
        )
        self._schemes = Segments(
            self.tr("Colours"),
            (
                ("system", self.tr("As the system")),
                ("light", self.tr("Light")),
                ("dark", self.tr("Dark")),
            ),
        )
        self._schemes.chosen.connect(self._take_scheme)
        size, colours = Section(look, self.tr("Text")), Section(look, self.tr("Colours"))
        for part in (self._size, self._sizes, label(keys, "caption", "t3", wrap=True)):
            size.add(part)
        colours.add(self._schemes)
        self.fill([size, colours], [])
        look.preferred.connect(self._show)
        self._show(look.preferences)

    def _show(self, chosen: Preferences) -> None:
        self._sizes.show_choice(chosen.text)
        self._schemes.show_choice(chosen.scheme)
        self._size.say(self.tr("{number} %").format(number=chosen.text))

    def _take_text(self, size: int) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, text=size))

    def _take_scheme(self, scheme: str) -> None:
        self.desk.look.prefer(replace(self.desk.look.preferences, scheme=scheme))


def text_sizes(name: str) -> Segments:
    """The choice of a text size in per cent."""
    return Segments(name, [(size, f"{size} %") for size in TEXT_SIZES])
