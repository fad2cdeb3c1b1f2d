"""What stands where the discreet view hides something."""

from PySide6.QtCore import QCoreApplication

from fieldguide.domain.discretion import is_private
from fieldguide.ui.desk import Look


def hidden_words() -> str:
    """The words for it."""
    return QCoreApplication.translate("Hidden", "Hidden in the discreet view")


def veiled(look: Look, line: str) -> str:
    """A line of a note as it may be seen now."""
    return hidden_words() if look.discreet and is_private(line) else line
